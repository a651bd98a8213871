"""Every sentence a plan can say, in one place: reasons first, notes last.

``{before}`` and ``{after}`` are the two ends of a reason; the other holes are
filled from its details. A translation uses the English sentence as its key.
"""

from calsync.business_days import Closed


def key_of(closed: Closed) -> str:
    """The row of ``CLOSED`` and ``AGREED_ALTHOUGH`` for a closed day: a bridge day has one for either side."""
    return f"{closed.kind}-before" if closed.before else closed.kind


# The anchor and the days counted from it.
DECISION_DATE = "They decide by {after}."
DECISION_SPAN = "They said {span}: counted from the interview, that is {after}."
DECISION_TWO_READINGS = (
    "They said {span}: {after} in calendar days, as taken here. In business days it would be {other},"
    " and this follow-up would be due on {elsewhere}."
)
AGREED = "You agreed with them on {after}, and that comes before every other rule."
OFFSETS = {
    ("interview", "days"): "Day {count} after the interview is {after}.",
    ("interview", "business_days"): "Business day {count} after the interview is {after}.",
    ("decision", "days"): "Day {count} after their decision day is {after}.",
    ("decision", "business_days"): "Business day {count} after their decision day is {after}.",
    ("agreed", "days"): "Day {count} after the agreed day is {after}.",
    ("agreed", "business_days"): "Business day {count} after the agreed day is {after}.",
    ("talk", "days"): "Day {count} after you talked is {after}.",
    ("talk", "business_days"): "Business day {count} after you talked is {after}.",
    ("skipped", "days"): "Day {count} after the follow-up that you skipped is {after}.",
    ("skipped", "business_days"): "Business day {count} after the follow-up that you skipped is {after}.",
    ("refusal", "business_days"): "Business day {count} after their refusal is {after}.",
    ("last-touch", "days"): "Day {count} after the last follow-up is {after}.",
    ("last-touch", "business_days"): "Business day {count} after the last follow-up is {after}.",
}
OFFSETS_OVER_HOLIDAYS = {
    "interview": "Business day {count} after the interview, with no work on {holidays}, is {after}.",
    "decision": "Business day {count} after their decision day, with no work on {holidays}, is {after}.",
    "agreed": "Business day {count} after the agreed day, with no work on {holidays}, is {after}.",
    "talk": "Business day {count} after you talked, with no work on {holidays}, is {after}.",
    "skipped": "Business day {count} after the follow-up that you skipped, with no work on {holidays}, is {after}.",
    "refusal": "Business day {count} after their refusal, with no work on {holidays}, is {after}.",
    "last-touch": "Business day {count} after the last follow-up, with no work on {holidays}, is {after}.",
}
BEFORE_DECISION = "The last good moment before they decide is late on the day before: {after}."

# Days passed over, one by one.
CLOSED = {
    "weekend": "{before} is a weekend day.",
    "holiday": "{before} is a public holiday: {name}.",
    "closure": "{before} is a day on which the employer is closed.",
    "away": "{before} is a day on which the contact is away.",
    "bridge": "{before} is a bridge day after {name}.",
    "bridge-before": "{before} is a bridge day before {name}.",
    "year-end": "{before} is one of the days around New Year on which nobody decides anything.",
    "kept-free": "{before} is a weekday kept free of calls.",
    "monday-like": "{before} follows a closed day that is otherwise kept free of calls, and is as busy as one.",
}
NO_SLOT = {
    "contact-busy": "{before} has no quarter hour in which the contact is free and you can call.",
    "own-hours": "{before} has no quarter hour in which their business hours and your own hours meet.",
    "taken": "{before} has no quarter hour left that is not taken.",
    "eve": "{before} is the eve of a holiday, and has no quarter hour before noon in which you can call.",
}
EARLIER_DAYS = "No day from {preferred} to {latest} would do, so earlier days are looked at."
LATE = "No day up to {latest} would do, so this is late, but better than never."
ONE_TOUCH_A_DAY = "The follow-up before it is on {last}; the next business day is the earliest for another."
PASSED = "{before} has passed, so from {after} on."

# Channel.
CALL_ASKED = "They asked to be called."
CALL_FITS = "They gave a number, and nothing speaks against a call."
EMAIL_ASKED = "They asked for email, so this is an email."
EMAIL_FORMAL = "They keep to formal ways, so this is an email."
EMAIL_REGULATED = "A regulated employer wants it in writing, so this is an email."
EMAIL_NO_NUMBER = "They gave no phone number, so this is an email."
EMAIL_NO_PHONE = "Your settings say that you would rather not call, so this is an email."
EMAIL_PLAYBOOK = "This playbook writes and does not call."
EMAIL_MESSAGES_LEFT = "All the messages that may be left are left, so this is an email."
EMAIL_POOR = "The interview felt poor; an email puts nobody on the spot."
FALLBACK = {
    "contact-busy": "No call fits between their busy hours from {before} to {limit}, so this is an email.",
    "own-hours": "Their business hours and yours do not meet for a call from {before} to {limit}, so this is an email.",
    "taken": "Every hour for a call is taken from {before} to {limit}, so this is an email.",
    "eve": "No hour before noon is left for a call from {before} to {limit}, so this is an email.",
    "closed": "No day from {before} to {limit} is open for a call, so this is an email.",
}

# Hours.
SLOTS = {
    "early": "Early in their day is a good time to call: {after}.",
    "late": "Late in their day is a good time to call: {after}.",
    "rest": "The first quarter hour of their business day that is left: {after}.",
}
SLOTS_IN_TWO_ZONES = {
    "early": "Early in their day is a good time to call: {after} in {city}, which is {own} for you.",
    "late": "Late in their day is a good time to call: {after} in {city}, which is {own} for you.",
    "rest": "The first quarter hour of their business day that is left: {after} in {city}, which is {own} for you.",
}
PASSED_HOURS = {
    "contact-busy": "At {clock} the contact is busy.",
    "own-hours": "At {clock} in their zone you are outside your own hours.",
    "taken": "At {clock} you have something else: {what}.",
}
EVE = "{before} is the eve of {name}; a call comes before noon."
BUSY = {
    "the same day": "At {clock} your {calendar} calendar is busy until {until}.",
    "another day": "From {clock} on your {calendar} calendar is busy, until {until}.",
}
BUSY_IN_TWO_ZONES = {
    "the same day": "At {clock} in {city}, {own} for you, your {calendar} calendar is busy until {until}.",
    "another day": "From {clock} in {city} on, {own} for you, your {calendar} calendar is busy, until {until}.",
}
EMAIL_SLOT = "It is there as their business day begins: {after}."
EMAIL_SLOT_IN_TWO_ZONES = (
    "The first quarter hour of their business day inside your hours: {after} in {city}, {own} for you."
)
EMAIL_EVENING = (
    "Your hours never meet theirs on that day: sent in your evening, {own}, it is there in their morning."
)
AGREED_TIME = "The time was agreed too: {after}."
AGREED_START_OF_DAY = (
    "No quarter hour of that day suits everybody, so it is the start of their business hours: {after}."
)
AGREED_ALTHOUGH = {
    "weekend": "{before} is a weekend day, but it was agreed.",
    "holiday": "{before} is a public holiday ({name}), but it was agreed.",
    "closure": "{before} is a day on which the employer is closed, but it was agreed.",
    "away": "{before} is a day on which the contact is away, but it was agreed.",
    "bridge": "{before} is a bridge day after {name}, but it was agreed.",
    "bridge-before": "{before} is a bridge day before {name}, but it was agreed.",
    "year-end": "{before} is one of the quiet days around New Year, but it was agreed.",
    "kept-free": "{before} is a weekday kept free of calls, but it was agreed.",
    "monday-like": "{before} is as busy as a day kept free of calls, but it was agreed.",
}
AGREED_BUSY = {
    "the same day": "Your {calendar} calendar is busy then, from {busy} to {until}, but the call was agreed.",
    "another day": "Your {calendar} calendar is busy then, from {busy} until {until}, but the call was agreed.",
}
CLOCKS_FORWARD = "The clocks go forward and {wanted} does not exist, so {after} is meant."
CLOCKS_BACK = "The clocks go back and this time comes twice; the first is meant."

# Moved by the candidate.
MOVED = "You moved it from {before} to {after}, and that comes before every other rule."
MOVED_PASSED = "You moved it to {before}; that has passed, so it is on {after}."
OUTSIDE_BUSINESS = "At {clock} in their zone it is outside their business hours."

# Around the interview.
ASK = "Half an hour before the interview, so that the questions are fresh: {after}."
THANKS_SOON = "Two hours after the interview ends, on a quarter hour, while it is fresh: {after}."
THANKS_MORNING = "Two hours after the interview is no time for an email, so the next morning: {after}."
THANKS_AT_ONCE = "A thank-you is still better than none, so it goes out at once: {after}."
THANKS_CALL_EARLIEST = "A thank-you call comes at least an hour after the interview's end."
THANKS_CALL_PASSED = "From {before} on no time is open for a call until {after}."
THANKS_CALL_NONE = "No legal time for a call within {hours} hours after the interview, so this is an email."
PREPARE = "The evening before the call leaves time to practise: {after}."

# Deadlines.
TOO_SOON = "{before} is too soon after the interview or the follow-up before."
NO_SLOT_IN_TIME = {
    "contact-busy": "The contact is busy at the good hours of {before}.",
    "own-hours": "The good hours of {before} are outside your own hours.",
    "taken": "The good hours of {before} are taken.",
    "eve": "{before} is the eve of a holiday, and nobody is called on its afternoon.",
}
DEADLINE_EMAIL = "No call is possible in time, so this is an email on the last open day before they decide."
DEADLINE_FAILED = "Nothing would reach them before they decide, so this waits until after it, as in balanced."

# Answers to what happened.
RETRY = "Nobody answered; one more call, at the other end of the day, from {after} on."
NEWS = "Another employer waits for your answer, so they hear it as soon as it is proper, from {after} on."
NEWS_EMAIL = "No legal time for a call up to {limit}, so this is an email."
NO_SHOW = "They missed a call that was agreed; a friendly word the same day keeps it alive."
AT_ONCE = "No open day is in sight, so this goes out at once: {after}."

# Why not on another day.
IT_IS_THAT_DAY = "It is on {before}."
BOUND = {
    "ask": "It belongs to the interview, half an hour before it.",
    "prepare": "It belongs to the call, on the evening before it.",
    "thank-you": "Thanks go out within a day of the interview.",
}
NOT_AGREED = "{after} was agreed, and that comes before every other rule."
MOVED_AWAY = "You moved it to {after}, and that comes before every other rule."
TOO_EARLY = "{before} is before {earliest}, the earliest day for it."
TOO_LATE = "{before} is after {latest}, and would be late."
LESS_PREFERRED = "{before} would do, but {after} comes first: from {preferred} on the later days are looked at, then the earlier ones."

# Notes.
COUNTRY_FROM = {
    "timezone": "{country}, taken from the time zone {zone}. If they are elsewhere, set the country (or none).",
    "phone": "{country}, taken from the number {phone}. If they are elsewhere, set the country (or none).",
    "settings": "{country}, taken from your settings. If they are elsewhere, set the country (or none).",
    "settings-timezone": "{country}, taken from your own time zone {zone}. If they are elsewhere, set the country (or none).",
}
NUMBER_ELSEWHERE = "The hours are those of {zone}, the phone number is one of {number}. If the hours are too, set the time zone."
THANKS_TOO_LATE = (
    "Thanks more than 72 hours after the interview would say the opposite, so they are left out."
)
MOVE_DROPPED = "You had moved it to {to}. The interview has another time now, so the plan decides again."
ANSWERED_BY_THEN = "Left out: the other employer has your answer by {by}."
LONG_AGO = "That is more than 60 days ago and nothing was logged, so nothing is planned: log an outcome, or close it."
DROPPED = "Left out: no day up to {limit} would do for it."
NO_ADDRESS = "There is no email address for {name}, so the thank-you goes to the others you met; ask for one."
NOT_OPEN = "The record says {status}, so nothing is pending."

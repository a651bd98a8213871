"""Short words for people: what a follow-up is, whom it is for, and why it is there in a line."""

from collections.abc import Iterator
from datetime import date, datetime

from calsync.domain import Event, Interview, Preferences, Reason
from calsync.domain.reason import DAYS, MONTHS

__all__ = ["addressee", "city", "clock", "in_short", "short_day", "task", "what", "whose"]

_ROLES = {
    "manager": "the hiring manager",
    "interviewer": "the interviewer",
    "recruiter": "the recruiter",
    "hr": "HR",
}
_ANCHORS = {
    "interview": "after the interview",
    "decision": "after they decide",
    "agreed": "after the agreed day",
    "refusal": "after their refusal",
    "last-touch": "after the last one",
}
_STRUCK = {
    "weekend": "a weekend",
    "closure": "a company closure",
    "away": "an absence",
    "monday-like": "a day like a Monday",
    "contact-busy": "their busy hours",
    "own-hours": "hours outside yours",
    "taken": "a full day",
}


def what(event: Event, interview: Interview) -> str:
    """What to do, and whom with: ``Call Sarah Smith``, ``Second email to Sarah Smith``."""
    person = event.person.name if event.person else ""
    return task(event.step, event.action, addressee(person, interview.contact, interview.contact_role or ""))


def task(step: str, action: str, whom: str) -> str:
    """What to do in a step, and whom with."""
    match step, action:
        case "ask", _:
            return "Ready your questions"
        case "prepare", _:
            return "Prepare the call"
        case "thank-you", "call":
            return f"Call {whom} to say thank you"
        case "thank-you", _:
            return f"Thank {whom} by email"
        case "status" | "retry" | "news" | "no-show", "call":
            return f"Call {whom}{_CALLS.get(step, '')}"
        case step, _:
            return f"{_EMAILS.get(step, 'Email')} {'to ' if step in _EMAILS else ''}{whom}"


_CALLS = {"retry": " again", "news": " with news"}
_EMAILS = {"second": "Second email", "closing": "Closing email", "courtesy": "Courteous note", "news": "News"}


def in_short(event: Event) -> str:
    """Why the event is where it is, in a few words; ``calsync why`` has them all."""
    words = ", ".join(_parts(event))
    return f"if nobody answers: {words}" if event.status == "tentative" else words


def _parts(event: Event) -> Iterator[str]:
    rules = {reason.rule for reason in event.trace}
    if event.step in _PLAIN:
        yield _PLAIN[event.step]
    elif "agreed" in rules:
        yield "agreed with them"
    else:
        yield from (_counted(reason) for reason in event.trace if reason.rule == "offset")
    if "fallback" in rules:
        yield "no time for a call"
    struck = dict.fromkeys(name for reason in event.trace for name in _struck(reason))
    if struck:
        yield f"not {' or '.join(struck)}"
    if event.late:
        yield "late"
    if event.overdue:
        yield "overdue"


_PLAIN = {
    "ask": "half an hour before",
    "prepare": "the evening before",
    "thank-you": "within a day",
    "retry": "one more try, at the other end of the day",
    "news": "as soon as it is proper",
    "no-show": "a friendly word the same day",
}
"""Steps whose reason is always the same."""


def _counted(reason: Reason) -> str:
    details = reason.details or {}
    if "count" not in details:
        return "the last moment before they decide"
    unit = "business day" if details["unit"] == "business_days" else "day"
    return f"{unit} {details['count']} {_ANCHORS[str(details['anchor'])]}"


def _struck(reason: Reason) -> Iterator[str]:
    """What a day that was passed over is called."""
    if reason.before == reason.after:
        return
    if reason.rule == "holiday":
        yield str((reason.details or {}).get("name", "a holiday"))
    elif reason.rule == "kept-free":
        yield f"a {reason.before:%A}"
    elif reason.rule in _STRUCK:
        yield _STRUCK[reason.rule]


def short_day(day: date, *, year: bool) -> str:
    """``Tue 24 Nov``, with the year where it matters."""
    return f"{DAYS[day.weekday()]} {day.day:2} {MONTHS[day.month]}{f' {day.year}' if year else ''}"


def clock(moment: datetime) -> str:
    """``09:30``."""
    return f"{moment.hour:02}:{moment.minute:02}"


def city(moment: datetime) -> str:
    """The city of the zone that a time is in."""
    return str(moment.tzinfo).rpartition("/")[2].replace("_", " ")


def whose(interview: Interview, preferences: Preferences, *, every: bool = False) -> str:
    """``Ann: `` in front of a line: where it is not the user's own, or the lines are everybody's."""
    name = interview.candidate
    return f"{name}: " if name and (every or name != preferences.candidate.name) else ""


def addressee(person: str, contact: str, role: str) -> str:
    """Who is meant: the one of a follow-up, else the contact of the interview, by name or by what they are."""
    return person or contact or _ROLES.get(role, "") or "your contact"

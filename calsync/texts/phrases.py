"""Short words for people, shared by terminal and page: what a follow-up is, whom it is for, why it is there.

Every sentence is English and its own key in the catalogue (``<language>/calsync.po``); a
new one is written here, listed in ``SENTENCES``, and translated there.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, tzinfo
from typing import get_args

from calsync.domain import Event, Interview, Preferences, Reason, Rule, Step
from calsync.domain.outcome import OUTCOMES
from calsync.texts.catalogue import translate
from calsync.texts.catalogue import written as value
from calsync.texts.languages import LANGUAGES, spoken

__all__ = [
    "SENTENCES",
    "addressee",
    "city",
    "clash",
    "clock",
    "in_short",
    "month",
    "quiet_day",
    "short_day",
    "task",
    "value",
    "weekday",
    "what",
    "whom",
    "whose",
]

_TASKS: Mapping[tuple[str, str], str] = {
    ("ask", "ask"): "Prepare your questions",
    ("prepare", "prepare"): "Prepare the call",
    ("thank-you", "call"): "Call {person} to say thank you",
    ("thank-you", "email"): "Thank {person} by email",
    ("retry", "call"): "Call {person} again",
    ("news", "call"): "Call {person} with news",
    ("second", "email"): "Second email to {person}",
    ("closing", "email"): "Closing email to {person}",
    ("courtesy", "email"): "Courteous note to {person}",
    ("news", "email"): "Email {person} with news",
    ("no-show", "email"): "Email {person} about the missed call",
}
CODES: tuple[str, ...] = (
    *get_args(Step),
    *OUTCOMES,
    "country",
    "timezone",
    "next",
    "decision",
    "by",
    "until",
)
"""Words of a command line that stand in what is told too: English as they are typed, other languages in theirs."""
_CALL, _EMAIL = "Call {person}", "Email {person}"
_ROLES = {
    "manager": "the hiring manager",
    "interviewer": "the interviewer",
    "recruiter": "the recruiter",
    "hr": "HR",
}
_CONTACT = "your contact"
_PLAIN = {
    "ask": "half an hour before",
    "prepare": "the evening before",
    "thank-you": "within a day",
    "retry": "one more try, at the other end of the day",
    "news": "as soon as it is proper",
    "no-show": "a friendly word the same day",
}
"""Steps whose reason is always the same."""
_ANCHORS = {
    "interview": "after the interview",
    "decision": "after they decide",
    "agreed": "after the agreed day",
    "talk": "after you talked",
    "skipped": "after the one you skipped",
    "refusal": "after their refusal",
    "last-touch": "after the last one",
}
_COUNTED = {"days": "day {count} {anchor}", "business_days": "business day {count} {anchor}"}
_STRUCK: Mapping[Rule, str] = {
    "weekend": "a weekend",
    "closure": "a company closure",
    "away": "an absence",
    "monday-like": "a day like a Monday",
    "bridge": "a bridge day",
    "year-end": "the year's end",
    "eve": "a holiday's eve",
    "contact-busy": "their busy hours",
    "own-hours": "hours outside yours",
    "taken": "a full day",
    "holiday": "a holiday",
}
_KEPT_FREE = "a {weekday}"
_LAST_MOMENT = "the last moment before they decide"
_MOVED = "moved by you"
_AGREED, _NO_CALL, _LATE, _OVERDUE = "agreed with them", "no time for a call", "late", "overdue"
_NOT, _OR, _TENTATIVE = "not {days}", "or", "if nobody answers: {why}"
_YOU, _AND = "you", "and"
_TWICE = "{name} would call {company} twice on {day}, about {roles}; log invited for a round that is over"
_BOTH = "{name} and {other} would both call {whom} on {day}"
SENTENCES = (
    *CODES,     _YOU, _AND, _TWICE, _BOTH,
    *_TASKS.values(), _CALL, _EMAIL, *_ROLES.values(), _CONTACT, *_PLAIN.values(), *_ANCHORS.values(),
    *_COUNTED.values(), *_STRUCK.values(), _KEPT_FREE, _LAST_MOMENT, _MOVED, _AGREED, _NO_CALL, _LATE, _OVERDUE, _NOT, _OR,
    _TENTATIVE,
)  # fmt: skip
"""The short sentences of this module, for the catalogue."""


def what(event: Event, interview: Interview, language: str) -> str:
    """What to do, and whom with: ``Call Sarah Smith``, ``Second email to Sarah Smith``."""
    return task(event.step, event.action, whom(event, interview, language), language)


def whom(event: Event, interview: Interview, language: str) -> str:
    """Whom a follow-up is to, by name or by what they are."""
    person = event.person.name if event.person else ""
    return addressee(person, interview.contact, interview.contact_role or "", language)


def task(step: str, action: str, whom: str, language: str) -> str:
    """What to do in a step, and whom with.

    >>> task("second", "email", "Sarah", "en"), task("status", "call", "Sarah", "de")
    ('Second email to Sarah', 'Sarah anrufen')
    """
    sentence = _TASKS.get((step, action)) or (_CALL if action == "call" else _EMAIL)
    return translate(sentence, language).format(person=whom)


def addressee(person: str, contact: str, role: str, language: str) -> str:
    """Who is meant: the one of a follow-up, else the contact of the interview, by name or by what they are."""
    return person or contact or translate(_ROLES.get(role, _CONTACT), language)


def whose(interview: Interview, preferences: Preferences, *, every: bool = False) -> str:
    """``Ann: `` in front of a line: where it is not the user's own, or the lines are everybody's."""
    name = interview.candidate
    return f"{name}: " if name and (every or name != preferences.candidate.name) else ""


def in_short(event: Event, language: str) -> str:
    """Why the event is where it is, in a few words; ``calsync why`` has them all."""
    words = ", ".join(_causes(event, language))
    if event.status == "tentative":
        return translate(_TENTATIVE, language).format(why=words)
    return words


def _causes(event: Event, language: str) -> Iterator[str]:
    rules = {reason.rule for reason in event.trace}
    if event.moved:
        yield translate(_MOVED, language)
        return
    if "agreed" in rules:
        yield translate(_AGREED, language)
    elif event.step in _PLAIN:
        yield translate(_PLAIN[event.step], language)
    else:
        yield from (_counted(reason, language) for reason in event.trace if reason.rule == "offset")
    if "fallback" in rules:
        yield translate(_NO_CALL, language)
    struck = dict.fromkeys(name for reason in event.trace for name in _struck(reason, language))
    if struck:
        days = f" {translate(_OR, language)} ".join(struck)
        yield translate(_NOT, language).format(days=days)
    if event.late:
        yield translate(_LATE, language)
    if event.overdue:
        yield translate(_OVERDUE, language)


def _counted(reason: Reason, language: str) -> str:
    details = reason.details or {}
    if "count" not in details:
        return translate(_LAST_MOMENT, language)
    sentence = _COUNTED["business_days" if details["unit"] == "business_days" else "days"]
    anchor = translate(_ANCHORS[str(details["anchor"])], language)
    return translate(sentence, language).format(count=details["count"], anchor=anchor)


def _struck(reason: Reason, language: str) -> Iterator[str]:
    """What a day that was passed over is called."""
    if reason.before == reason.after:
        return
    details = reason.details or {}
    if reason.rule == "holiday" and "name" in details:
        yield str(details["name"])
    elif reason.rule == "kept-free":
        weekday = LANGUAGES[language].weekdays[reason.before.weekday()]
        yield translate(_KEPT_FREE, language).format(weekday=weekday)
    elif reason.rule in _STRUCK:
        yield translate(_STRUCK[reason.rule], language)


def clash(day: date, first: Interview, second: Interview, language: str) -> str:
    """Two calls to one person or company on a day, of one candidate or of two, as a warning."""
    one, other = (each.candidate or translate(_YOU, language) for each in (first, second))
    on = spoken(day, language)
    if first.candidate == second.candidate:
        roles = f" {translate(_AND, language)} ".join(dict.fromkeys((first.role, second.role)))
        return translate(_TWICE, language).format(name=one, company=second.company, day=on, roles=roles)
    whom = second.contact or second.company
    return translate(_BOTH, language).format(name=one, other=other, whom=whom, day=on)


def quiet_day(kind: Rule, language: str) -> str:
    """What a day is called on which nobody decides anything."""
    return translate(_STRUCK[kind], language)


def short_day(day: date, language: str, *, year: bool) -> str:
    """A day as a table shows it, always as wide, with the year where it matters.

    >>> short_day(date(2026, 11, 24), "en", year=False), short_day(date(2026, 11, 3), "de", year=True)
    ('Tue 24 Nov', 'Di  3. Nov 2026')
    """
    tongue = LANGUAGES[language]
    text = tongue.narrow.format(
        weekday=tongue.weekdays[day.weekday()], day=day.day, month=tongue.months[day.month]
    )
    return f"{text} {day.year}" if year else text


def weekday(day: date, language: str) -> str:
    """``Tue``, ``Di``: as wide as in ``short_day``."""
    return LANGUAGES[language].narrow_weekday.format(LANGUAGES[language].weekdays[day.weekday()])


def month(day: date, language: str) -> str:
    """``Nov``."""
    return LANGUAGES[language].months[day.month][:3]


def clock(moment: datetime) -> str:
    """``09:30``."""
    return f"{moment.hour:02}:{moment.minute:02}"


def city(where: datetime | tzinfo) -> str:
    """The city of a zone, or of the one that a time is in."""
    return str(where.tzinfo if isinstance(where, datetime) else where).rpartition("/")[2].replace("_", " ")

"""What a template can name: the fields of a record and of an event, and what each means.

A new field is a row in ``FIELDS`` and a line in ``of_plan`` or
``of_event``. Only what is known is there: a field that would be empty is
absent, and the line that needs it is left out.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from calsync.domain import Event, Hours, Interview, Person, Plan, Preferences, WeeklyHours
from calsync.texts import languages
from calsync.texts.clean import clean
from calsync.texts.languages import LANGUAGES, hours

__all__ = [
    "FIELDS",
    "ROOMS",
    "SENTENCES",
    "Fields",
    "Room",
    "addressed",
    "as_html",
    "fields",
    "international",
    "is_another",
    "of_event",
    "of_plan",
    "reach",
    "tel",
]


# A phone number as the world dials it: the first line of an event, to tap (RFC 3966 behind it).

_LONGEST = 60
_NUMBER = re.compile(r"[+(]?[\d(][\d ()./~-]{3,}\d(?: (?:ext\.?|x) ?(?P<extension>\d{1,7}))?")

_WRITTEN_OUT = re.compile(r"\+[1-9][0-9]{0,2}(?: [0-9]+)(?:[ -][0-9]+)+")
"""A number in international form already, such as +1 212-555-0142: nobody needs to be asked."""


@lru_cache(maxsize=2048)
def international(number: str, country: str) -> str:
    """The international form of ``number``, read as in ``country``; as given if it cannot be read.

    >>> international("(212) 555-0142", "US"), international("030 901820", "DE")
    ('+1 212-555-0142', '+49 30 901820')
    >>> international("ask at the context", "US")
    'ask at the context'
    """
    given = clean(number, _LONGEST)
    if not given or _WRITTEN_OUT.fullmatch(given):
        return given
    import phonenumbers  # noqa: PLC0415  # 27 ms that nobody pays who writes emails

    try:
        read = phonenumbers.parse(given, country or None)
    except phonenumbers.NumberParseException:
        return given
    if phonenumbers.is_possible_number_with_reason(read) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return given
    return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def tel(line: str) -> str:
    """The ``tel:`` link of a line that is a phone number and nothing else, else an empty string.

    >>> tel("+1 212-555-0142"), tel("+1 212-555-0142 ext. 7"), tel("javascript:alert(1)")
    ('tel:+12125550142', 'tel:+12125550142;ext=7', '')
    """
    found = _NUMBER.fullmatch(line) if line.isascii() else None
    if not found:
        return ""
    extension = found["extension"] or ""
    digits = re.sub(r"\D", "", line[: found.start("extension")] if extension else line)
    plus = "+" if line.startswith("+") else ""
    return f"tel:{plus}{digits}" + (f";ext={extension}" if extension else "")


# When the candidate can be reached, as one says it to the contact (000-24).
#
# The candidate's own hours (the private ones, if given) are moved to the
# contact's clock and kept within the contact's business hours, because that is
# when a call back would come. Where the two never meet, the candidate's hours
# stand as they are, on the contact's clock.

_DAY = 24 * 60
_WORKING_WEEK = (0, 1, 2, 3, 4)
_MOST_SPANS = 2


@lru_cache(maxsize=1024)
def reach(own: Hours, private: tuple[WeeklyHours, ...], business: Hours, shift: int, language: str) -> str:
    """The words for it; ``shift`` is the contact's clock less the candidate's, in minutes.

    >>> reach(Hours(420, 1260), (), Hours(540, 1020), 0, "en")
    'on weekdays from 9 am to 5 pm'
    >>> reach(Hours(420, 1260), (), Hours(540, 1020), -300, "en")
    'on weekdays from 9 am to 4 pm your time'
    """
    tongue = LANGUAGES[language]
    spans = [(entry.weekdays, entry.hours) for entry in private[:_MOST_SPANS]] or [(_WORKING_WEEK, own)]
    said = [
        _days(weekdays, _hours_there(span, business, shift, language), language) for weekdays, span in spans
    ]
    text = said[0] if len(said) == 1 else tongue.joined.format(before=said[0], last=said[1])
    return tongue.your_time.format(hours=text) if shift else text


def _hours_there(span: Hours, business: Hours, shift: int, language: str) -> str:
    """The longest stretch of ``span`` on the contact's clock within business hours, else all of it."""
    inside = [(max(a, business.opens), min(b, business.closes)) for a, b in _moved(span, shift)]
    opens, closes = max(inside, key=lambda piece: piece[1] - piece[0])
    if opens >= closes:
        opens, closes = (span.opens + shift) % _DAY, (span.closes + shift) % _DAY or _DAY
    return hours(opens, closes, language)


def _moved(span: Hours, shift: int) -> list[tuple[int, int]]:
    """``span`` moved by ``shift``: in two pieces if it runs over midnight."""
    opens = (span.opens + shift) % _DAY
    closes = opens + span.closes - span.opens
    return [(opens, closes)] if closes <= _DAY else [(opens, _DAY), (0, closes - _DAY)]


def _days(weekdays: tuple[int, ...], said_hours: str, language: str) -> str:
    """In front of the hours, the weekdays: "on weekdays", "Monday to Thursday", "Monday and Friday"."""
    tongue = LANGUAGES[language]
    days = tuple(sorted(set(weekdays)))
    if days == _WORKING_WEEK:
        return tongue.on_weekdays.format(hours=said_hours)
    if len(days) == len(tongue.weekdays) or not days:
        return said_hours
    names = [tongue.weekdays[day] for day in days]
    if len(names) > 1 and days == tuple(range(days[0], days[-1] + 1)):
        listed = tongue.through.format(first=names[0], last=names[-1])
    elif len(names) > 1:
        listed = tongue.joined.format(before=", ".join(names[:-1]), last=names[-1])
    else:
        listed = names[0]
    return tongue.on_days.format(days=listed, hours=said_hours)


if TYPE_CHECKING:
    from calsync.texts.words import Words


Fields = dict[str, str]

FIELDS: Mapping[str, str] = {
    "me": "your name",
    "my_phone": "your phone number",
    "my_email": "your email address",
    "reach_me": "when they can reach you: on weekdays from 9 am to 5 pm",
    "contact": "the name of the person this goes to",
    "person": "that name, or what they are: the hiring manager",
    "contact_role": "what the contact is: the hiring manager",
    "phone": "their number, in international form",
    "email": "their email address",
    "others": "everybody else you met",
    "company": "the employer",
    "role": "the position",
    "interview_day": "the interview's day, after the word on: Thursday, November 12",
    "interview_date": "the same without the weekday: November 12",
    "met": "when the interview was, seen from this follow-up: last week",
    "decision_day": "the last day of the time in which they said they would decide",
    "agreed": "the word today, if this follow-up was agreed with them",
    "greeting": "Good morning, Good afternoon or Good evening, by their clock",
    "there_time": "the hour on their clock, where it is not yours",
    "offer_1": "a day to offer when the answer is vague",
    "offer_2": "another one",
    "answer_by": "the day by which you need their answer because of another offer",
    "call_day": "the day of the call, by your calendar",
    "call_time": "the time of the call, by your clock",
    "topic": "what you enjoyed talking about",
    "strengths": "what you bring",
    "missed": "what you forgot to say",
    "questions": "your questions",
    "notes": "your notes",
    "location": "where the interview is or was",
    "url": "a link that belongs to the interview",
}

_NAME = 60  # characters: longer names are cut, so that a summary and a message stay short
_LINE = 200
_LINK = 300  # a link that is cut off leads nowhere
_SAID = ("topic", "strengths", "missed")
_MOST_PEOPLE = 8
_MOST_QUESTIONS = 8
_CONTACT_ROLES = {
    "manager": "the hiring manager",
    "interviewer": "the interviewer",
    "recruiter": "the recruiter",
    "hr": "the HR department",
    None: "the hiring team",
}
_TODAY = "today"
SENTENCES = (*_CONTACT_ROLES.values(), _TODAY)
"""The short sentences of this module, for the catalogue."""


class Room(msgspec.Struct, frozen=True):
    """How many characters there are for each thing the candidate wrote.

    ``said`` is for what stands in the script (topic, strengths, missed),
    ``aside`` for what is only looked at (questions, notes): that gives way first.
    """

    said: int
    aside: int


ROOMS = (Room(300, 500), Room(300, 120), Room(120, 60), Room(60, 0), Room(0, 0))
"""From ample to none: a text that is too long is written again in less room."""


def fields() -> Mapping[str, str]:
    """Every field a template can name, with what it means."""
    return FIELDS


def is_another(event: Event, interview: Interview) -> bool:
    """Whether the event is for somebody met who is not the contact (002-24)."""
    person = event.person
    if person is None:
        return False
    elsewhere = person.email and interview.email and person.email.casefold() != interview.email.casefold()
    return person.name != interview.contact or bool(elsewhere)


def of_plan(plan: Plan, preferences: Preferences, words: "Words", room: "Room | None" = None) -> Fields:
    """What is the same for all follow-ups of an interview, in as much room as there is."""
    interview = plan.interview
    country, language = interview.country or preferences.country, words.language
    role = words.say(_CONTACT_ROLES[interview.contact_role])
    contact = clean(interview.contact, _NAME)
    return _known(
        {
            "me": clean(interview.candidate or preferences.candidate.name, _NAME),
            "contact": contact,
            "person": contact or role,
            "contact_role": role if interview.contact_role else "",
            "phone": international(interview.phone, country),
            "email": clean(interview.email, _LINE),
            "others": _people(interview.interviewers),
            "company": clean(interview.company, _NAME) or "…",
            "role": clean(interview.role, _NAME) or "…",
            "interview_day": languages.day(interview.day, language, country),
            "interview_date": languages.day(interview.day, language, country, weekday=False),
            "decision_day": languages.day(plan.decision, language, country) if plan.decision else "",
            "location": clean(interview.location, _LINE),
            "url": clean(interview.url, _LINK) if len(interview.url) <= _LINK else "",
            **_candidates(interview, preferences),
            **_own_words(interview, room or ROOMS[0]),
        }
    )


def of_event(event: Event, interview: Interview, preferences: Preferences, words: "Words") -> Fields:
    """What differs from one follow-up to the next; all hours but ``call_time`` are on the contact's clock."""
    language, country = words.language, interview.country or preferences.country
    there, here = _at(event.start, interview.zone), _at(event.start, preferences.zone)
    shift = 0 if there is here else _offset(there) - _offset(here)
    found = {
        "greeting": languages.greeting(there.hour, language),
        "met": languages.met(interview.day, there.date(), language, country),
        "reach_me": _reach(shift, preferences, words),
    }
    if event.action == "call":
        found["call_day"] = languages.day(here.date(), language, country)
        found["call_time"] = _clock(here, language)
        if shift:
            found["there_time"] = _clock(there, language)
    if event.pinned:
        found["agreed"] = words.say(_TODAY)
    if event.step == "news" and event.latest >= there.date():
        found["answer_by"] = languages.day(event.latest, language, country)
    for name, offer in zip(("offer_1", "offer_2"), event.offers, strict=False):
        found[name] = languages.day(offer, language, country)
    return found


def addressed(known: Fields, event: Event, interview: Interview) -> Fields:
    """The same fields for the person the event names: an interviewer's own address, and nothing of the contact's."""
    person = event.person
    if person is None:
        return known
    if not is_another(event, interview):
        return known | _known({"email": clean(person.email, _LINE)})
    of_contact = {"contact", "contact_role", "phone", "email", "others"}
    name, email = clean(person.name, _NAME), clean(person.email, _LINE)
    theirs = _known({"contact": name, "person": name or email or known["company"], "email": email})
    return {name: value for name, value in known.items() if name not in of_contact} | theirs


def _known(found: Fields) -> Fields:
    return {name: value for name, value in found.items() if value}


def _people(people: tuple[Person, ...]) -> str:
    return ", ".join(clean(person.name, _NAME) for person in people[:_MOST_PEOPLE] if person.name)


def _own_words(interview: Interview, room: Room) -> Fields:
    """What the candidate wrote; what stands inside a sentence, without the full stop at its own end."""
    texts = {
        "topic": interview.topic,
        "strengths": interview.strengths,
        "missed": interview.missed,
        "notes": interview.notes,
        "questions": " ".join(_question(clean(text)) for text in interview.questions[:_MOST_QUESTIONS]),
    }
    found = {
        name: clean(text, room.said if name in _SAID else room.aside) for name, text in texts.items() if text
    }
    return found | {name: found[name].rstrip(" .;,") for name in _SAID if name in found}


def _question(text: str) -> str:
    return text if not text or text[-1] in "?!.…？" else f"{text}?"


def _candidates(interview: Interview, preferences: Preferences) -> Fields:
    """How to reach the candidate; the number in the settings is not another candidate's."""
    settings = preferences.candidate
    if interview.candidate and settings.name and interview.candidate != settings.name:
        return {}
    return {"my_phone": clean(settings.phone, _NAME), "my_email": clean(settings.email, _LINE)}


def _at(start: datetime, zone: ZoneInfo) -> datetime:
    return start if start.tzinfo is zone else start.astimezone(zone)


def _clock(when: datetime, language: str) -> str:
    return languages.clock(when.hour * 60 + when.minute, language)


def _offset(when: datetime) -> int:
    return (when.utcoffset() or timedelta()) // timedelta(minutes=1)


def _reach(shift: int, preferences: Preferences, words: "Words") -> str:
    """Remembered for the preferences seen last: their hours are long to compare."""
    found = words.reached.get(shift)
    if found is None or found[0] is not preferences:
        own, private, business = preferences.hours, preferences.private_hours, preferences.business_hours
        found = words.reached[shift] = preferences, reach(own, private, business, shift, words.language)
    return found[1]


# The same text where markup is rendered: Google Calendar reads a description as HTML.
#
# Nothing becomes markup but one link, and that is made of digits.


def as_html(description: str) -> str:
    r"""The description with ``&`` and ``<`` escaped, its first line a ``tel:`` link if it is a number.

    >>> as_html("+1 212-555-0142\nR&D <b>")
    '<a href="tel:+12125550142">+1 212-555-0142</a>\nR&amp;D &lt;b>'
    """
    first, line_break, rest = description.partition("\n")
    link = tel(first)
    shown = f'<a href="{link}">{_escaped(first)}</a>' if link else _escaped(first)
    return shown + line_break + _escaped(rest)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")

"""What a template can name: the fields of a record and of an event, and what each means.

A new field is a row in ``FIELDS`` and a line in ``of_plan`` or
``of_event``. Only what is known is there: a field that would be empty is
absent, and the line that needs it is left out.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from calsync.business_days import employer_country
from calsync.domain import Event, Interview, Person, Plan, Preferences
from calsync.texts import languages
from calsync.texts.catalogue import translate
from calsync.texts.clean import clean
from calsync.texts.phone_numbers import international
from calsync.texts.reachable import reach

__all__ = [
    "FIELDS",
    "ROOMS",
    "SENTENCES",
    "Fields",
    "Room",
    "addressed",
    "fields",
    "is_another",
    "of_event",
    "of_plan",
]

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


def of_plan(plan: Plan, preferences: Preferences, language: str, room: Room = ROOMS[0]) -> Fields:
    """What is the same for all follow-ups of an interview, in as much room as there is."""
    interview = plan.interview
    country = plan.country or employer_country(interview, preferences).code
    role = translate(_CONTACT_ROLES[interview.contact_role], language)
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
            **_own_words(interview, room),
        }
    )


def of_event(event: Event, interview: Interview, preferences: Preferences, language: str) -> Fields:
    """What differs from one follow-up to the next; all hours but ``call_time`` are on the contact's clock."""
    country = employer_country(interview, preferences).code
    there, here = _at(event.start, interview.zone), _at(event.start, preferences.zone)
    shift = 0 if there is here else _offset(there) - _offset(here)
    found = {
        "greeting": languages.greeting(there.hour, language),
        "met": languages.met(interview.day, there.date(), language, country),
        "reach_me": _reach(shift, preferences, language),
    }
    if event.action == "call":
        found["call_day"] = languages.day(here.date(), language, country)
        found["call_time"] = _clock(here, language)
        if shift:
            found["there_time"] = _clock(there, language)
    if event.pinned:
        found["agreed"] = translate(_TODAY, language)
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


def _reach(shift: int, preferences: Preferences, language: str) -> str:
    return reach(preferences.hours, preferences.private_hours, preferences.business_hours, shift, language)

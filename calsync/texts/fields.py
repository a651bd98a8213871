"""What a template can name: the fields of a record and of an event, and what each means.

A new field is a row in ``FIELDS`` and a line in ``of_plan`` or
``of_event``. Only what is known is there: a field that would be empty is
absent, and the line that needs it is left out.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from calsync.business_days import employer_country
from calsync.domain import Event, Interview, Person, Plan, Preferences
from calsync.domain.interview import Culture
from calsync.texts import languages
from calsync.texts.address import address, at_company, cv
from calsync.texts.catalogue import translate
from calsync.texts.clean import clean
from calsync.texts.phone_numbers import international, reach

__all__ = [
    "FIELDS",
    "ROOMS",
    "SENTENCES",
    "Fields",
    "Room",
    "addressed",
    "country_of",
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
    "reach_me": "when they can reach you: weekdays 9 to 5",
    "dear": "the first line of an email: Dear Ms. Smith,",
    "hello": "the first words of a call: Good morning, Ms. Smith",
    "salutation": "how you address them aloud: Ms. Smith, Sarah",
    "regards": "the last line of an email: Best regards,",
    "cv": "what it is called there: résumé, CV",
    "contact": "the name of the person this goes to",
    "person": "that name, or what they are: the hiring manager",
    "contact_role": "what the contact is: the hiring manager",
    "phone": "their number, in international form",
    "email": "their email address",
    "others": "everybody else you met",
    "company": "the employer",
    "at_company": "at the employer; in German with its article",
    "role": "the position",
    "interview_day": "the interview's day, after the word on: Thursday, November 12",
    "interview_date": "the same without the weekday: November 12",
    "met": "when the interview was, seen from this follow-up: last week",
    "again": "the word again, if it is not your first conversation with them",
    "met_day": "the interview's day, seen from this follow-up: today, last Thursday, on November 12",
    "called_day": "in the same way the day of your call, if that was the last contact and nobody answered",
    "message_day": "the day of the message you left, if that was the last contact",
    "emailed_day": "the day of your email, if that was the last contact",
    "talked_day": "the day you talked on the phone, if that was the last contact",
    "replied_day": "the day of their reply, if that was the last contact",
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
_TODAY, _AGAIN = "today", "again"
_CONTACTS = {
    "call": "called_day",
    "message": "message_day",
    "email": "emailed_day",
    "talk": "talked_day",
    "reply": "replied_day",
}
_ANYBODY = re.compile(
    r"\s*\((?:[mwfdxia]\s*[/|,*]\s*)+[mwfdxia]\)|\s*\(gn\)|\s*\(all genders\)", re.IGNORECASE
)
"""What an advertisement says after the position, and nobody says aloud: (m/w/d)."""
SENTENCES = (*_CONTACT_ROLES.values(), _TODAY, _AGAIN)
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


def of_plan(plan: Plan, preferences: Preferences, variant: str, room: Room = ROOMS[0]) -> Fields:
    """What is the same for all follow-ups of an interview, in as much room as there is.

    ``variant`` is a language as it is written in a country (``languages.variant_of``).
    """
    interview = plan.interview
    country, company = country_of(plan, preferences), clean(interview.company, _NAME) or "…"
    role = translate(_CONTACT_ROLES[interview.contact_role], languages.language_of(variant))
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
            "company": company,
            "at_company": at_company(company, variant),
            "role": _ANYBODY.sub("", clean(interview.role, _NAME)) or "…",
            "cv": cv(variant),
            "again": translate(_AGAIN, languages.language_of(variant)) if plan.round > 1 else "",
            "interview_day": languages.day(interview.day, variant),
            "interview_date": languages.day(interview.day, variant, weekday=False),
            "decision_day": languages.day(plan.decision, variant) if plan.decision else "",
            "location": clean(interview.location, _LINE),
            "url": clean(interview.url, _LINK) if len(interview.url) <= _LINK else "",
            **_candidates(interview, preferences),
            **_own_words(interview, room),
        }
    )


def country_of(plan: Plan, preferences: Preferences) -> str:
    """The employer's country, as it was worked out for the plan."""
    return plan.country or employer_country(plan.interview, preferences).code


def of_event(event: Event, plan: Plan, preferences: Preferences, variant: str) -> Fields:
    """What differs from one follow-up to the next; all hours but ``call_time`` are on the contact's clock."""
    interview = plan.interview
    there, here = _at(event.start, interview.zone), _at(event.start, preferences.zone)
    shift = 0 if there is here else _offset(there) - _offset(here)
    found = {
        "greeting": languages.greeting(there.hour, variant),
        "met": languages.met(interview.day, there.date(), variant),
        "met_day": languages.lately(interview.day, there.date(), variant),
        "reach_me": _reach(shift, preferences, variant),
        **_last_contact(plan, there.date(), variant),
    }
    if event.action == "call":
        found["call_day"] = languages.day(here.date(), variant)
        found["call_time"] = _clock(here, variant)
        if shift:
            found["there_time"] = _clock(there, variant)
    if event.pinned and not event.moved:
        found["agreed"] = translate(_TODAY, languages.language_of(variant))
    if event.step == "news" and event.latest >= there.date():
        found["answer_by"] = languages.day(event.latest, variant)
    for name, offer in zip(("offer_1", "offer_2"), event.offers, strict=False):
        found[name] = languages.day(offer, variant)
    return found


def _last_contact(plan: Plan, today: date, variant: str) -> Fields:
    last = plan.last_contact
    return {_CONTACTS[last.way]: languages.lately(last.day, today, variant)} if last else {}


def addressed(known: Fields, event: Event, interview: Interview, variant: str) -> Fields:
    """The same fields for the person the event names: an interviewer's own address, and nothing of the contact's."""
    person = event.person
    if person is not None and is_another(event, interview):
        of_contact = {"contact", "contact_role", "phone", "email", "others"}
        name, email = clean(person.name, _NAME), clean(person.email, _LINE)
        theirs = _known({"contact": name, "person": name or email or known["company"], "email": email})
        known = {name: value for name, value in known.items() if name not in of_contact} | theirs
        return known | _openings(known, "", interview.culture, variant)
    if person is not None:
        known = known | _known({"email": clean(person.email, _LINE)})
    return known | _openings(known, interview.salutation, interview.culture, variant)


def _openings(known: Fields, salutation: str, culture: Culture | None, variant: str) -> Fields:
    found = address(known.get("contact", ""), salutation, culture, known["greeting"], variant)
    return _known(
        {"salutation": found.name, "dear": found.dear, "hello": found.hello, "regards": found.regards}
    )


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
    return found | {name: _plain(found[name]) for name in _SAID if name in found}


def _plain(text: str) -> str:
    """Without a full stop at its end; square brackets are for lines that are to be finished."""
    return text.rstrip(" .;,").translate(_ROUND)


_ROUND = str.maketrans("[]", "()")


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


def _clock(when: datetime, variant: str) -> str:
    return languages.clock(when.hour * 60 + when.minute, languages.language_of(variant))


def _offset(when: datetime) -> int:
    return (when.utcoffset() or timedelta()) // timedelta(minutes=1)


def _reach(shift: int, preferences: Preferences, variant: str) -> str:
    return reach(
        preferences.hours,
        preferences.private_hours,
        preferences.business_hours,
        shift,
        languages.language_of(variant),
    )

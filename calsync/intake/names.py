"""What people call the things that a record has keys for.

A spreadsheet's header that stands here is understood; a key of TOML or JSON is
not, but the error names the key that is meant. A new name is a word in ``_COMMON``.
"""

import re
from collections.abc import Mapping
from functools import cache

from calsync.errors import BadValue
from calsync.intake.rows import nearest, shown
from calsync.phrase import phrase

__all__ = ["names_of_keys", "nearest_key", "simplified", "unknown_key"]

_COMMON = {
    "id": "identifier, interview id, reference",
    "candidate": "candidate name, applicant, applicant name, client, coachee",
    "company": "employer, company name, organisation, organization, firm",
    "role": "position, job title, job, title, job role, position title, vacancy, opening",
    "start": "date, interview date, date and time, date time, date & time, datetime, interview time, "
    "interview date and time, start time, start date, starts, starts at, when, scheduled, scheduled for",
    "minutes": "duration, length, duration minutes, duration min, length minutes, mins",
    "timezone": "tz, zone, iana time zone",
    "country": "country code",
    "region": "state, province, federal state",
    "contact": "contact name, contact person, interviewer, interviewer name, hiring manager",
    "contact_role": "contact type, contact is",
    "salutation": "how to address, form of address, addressed as",
    "phone": "phone number, telephone, telephone number, tel, mobile, mobile number, mobile phone, "
    "cell, cell phone, contact phone, contact number",
    "email": "email address, mail, contact email, interviewer email",
    "interviewers": "panel, panelists, other interviewers, also met, others met",
    "decision": "decision date, decision by, decide by, decision due, hear by, answer by",
    "agreed": "agreed date, agreed day, check back, next contact, follow up date",
    "channel": "contact by, contact method, preferred channel, preferred contact",
    "culture": "company culture",
    "felt": "how it went, how it felt, impression",
    "window": "call window",
    "busy": "busy hours, busy times",
    "away": "out of office, vacation, on leave, absent",
    "topic": "topics",
    "questions": "question, questions to ask",
    "notes": "note, comment, comments, remarks",
    "location": "place, address, venue, where",
    "url": "link, website, web site, meeting link, video link",
}


def simplified(name: str) -> str:
    """The letters and digits of a name: case, spaces and signs do not matter in a header."""
    return re.sub(r"[\W_]+", "", name.casefold())


@cache
def names_of_keys() -> Mapping[str, str]:
    """The key that each simplified common name stands for."""
    return {simplified(name): key for key, names in _COMMON.items() for name in names.split(",")}


def nearest_key(name: str, keys: tuple[str, ...]) -> str:
    """The key that a wrong one probably means, or nothing."""
    known = {simplified(key): key for key in keys}
    aliases = {alias: key for alias, key in names_of_keys().items() if key in keys}
    wrong = simplified(name)
    near = nearest(wrong, tuple(known)) or nearest(wrong, tuple(aliases))
    return aliases.get(wrong) or known.get(near) or aliases.get(near, "")


def unknown_key(key: str, keys: tuple[str, ...]) -> BadValue:
    """The error for a key that no record has."""
    near = nearest_key(key, keys)
    remedy = phrase("try {near}", near=near) if near else phrase("the keys are {keys}", keys=", ".join(keys))
    return BadValue(phrase("there is no key {key}", key=shown(key)), remedy=remedy, code="CS-REC-003")

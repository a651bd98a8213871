"""The header row of a spreadsheet: which column is which key.

A header is a key in any case and with any spaces; or one of the names people
give such columns, which a new row in ``_COMMON`` adds to; or what ``--map``
says it is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from calsync.errors import Usage
from calsync.intake.record import KEYS, REQUIRED
from calsync.intake.rows import BadRow, BadRows, Fault, nearest, printable, shown

__all__ = ["DROPPED", "Columns", "checked_renames", "columns"]

DROPPED = "-"
"""Stands for the key of a column that ``--map "Salary="`` leaves out."""

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


@dataclass(frozen=True, slots=True)
class Columns:
    """The key of each column, and how it was found: empty for no header, ``DROPPED`` for one left out."""

    keys: tuple[str, ...]
    recognised: Mapping[str, str]
    renamed: frozenset[str]


def columns(cells: Sequence[str], renames: Mapping[str, str]) -> Columns:
    """Find the key of each header; raises BadRows with all that cannot be found."""
    names = [" ".join(cell.split()) for cell in cells]
    keys = [_key(name, renames) for name in names]
    faults = [_unknown(name) for name, key in zip(names, keys, strict=True) if key is None]
    found = [key or "" for key in keys]
    faults += [*_twice(names, found), *(() if faults else _missing(found))]
    if faults:
        raise BadRows([BadRow("", "row 1", tuple(faults))])
    common = {
        printable(name): key
        for name, key in zip(names, found, strict=True)
        if name not in renames and _squashed(name) in _common()
    }
    return Columns(tuple(found), common, frozenset(names).intersection(renames))


def checked_renames(renames: Mapping[str, str]) -> dict[str, str]:
    """What ``--map`` says, tidied: header to key, or to ``DROPPED``; raises Usage."""
    checked = {}
    for name, wanted in renames.items():
        key = wanted.strip().lower() or DROPPED
        if key not in KEYS and key != DROPPED:
            near = nearest(key, tuple(KEYS))
            raise Usage(
                f"--map {shown(f'{name}={wanted}')}: there is no key {shown(wanted)}",
                remedy=f"try {near}" if near else f"the keys are {', '.join(KEYS)}",
                code="CS-USE-014",
            )
        checked[" ".join(name.split())] = key
    return checked


def _key(name: str, renames: Mapping[str, str]) -> str | None:
    """The key of one header; empty for an empty one, None for one that nobody knows."""
    if name in renames:
        return renames[name]
    squashed = _squashed(name)
    return (_keys().get(squashed) or _common().get(squashed)) if name else ""


def _unknown(name: str) -> Fault:
    near = nearest(_squashed(name), (*_keys(), *_common()))
    key = _keys().get(near) or _common().get(near)
    leave_out = f"--map {shown(f'{name}=')} leaves the column out"
    return Fault(
        "",
        shown(name),
        f"no key is called {shown(name)}",
        f"try {key}; {leave_out}" if key else leave_out,
        "CS-CSV-002",
    )


def _twice(names: Sequence[str], keys: Sequence[str]) -> Iterator[Fault]:
    for place, key in enumerate(keys):
        if key not in {"", DROPPED} and key in keys[:place]:
            first, name = names[keys.index(key)], names[place]
            yield Fault(
                key,
                shown(name),
                f"the columns {shown(first)} and {shown(name)} both mean {key}",
                f"put them in one, or --map {shown(f'{name}=')} leaves one out",
                "CS-CSV-003",
            )


def _missing(keys: Sequence[str]) -> Iterator[Fault]:
    for key in REQUIRED:
        if key not in keys:
            what = f"there is no column {key}"
            yield Fault(key, "", what, f"add it, or say which it is: --map 'Header={key}'", "CS-CSV-004")


def _squashed(name: str) -> str:
    """Case, spaces and signs do not matter in a header."""
    return re.sub(r"[\W_]+", "", name.casefold())


@cache
def _keys() -> Mapping[str, str]:
    return {_squashed(key): key for key in KEYS}


@cache
def _common() -> Mapping[str, str]:
    return {_squashed(name): key for key, names in _COMMON.items() for name in names.split(",")}

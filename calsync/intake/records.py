"""Records to interviews and back, by the table of keys: for CSV, TOML and JSON, and for what is typed by hand."""

import re
import unicodedata
import zlib
from collections.abc import Container, Mapping
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import msgspec

from calsync.business_days import assumed_country, find_country
from calsync.domain import Interview, Preferences, replace
from calsync.errors import BadValue
from calsync.intake import names, values
from calsync.intake.keys import KEYS, Key
from calsync.intake.rows import BadRow, BadRows, Fault, Twice, shown
from calsync.intake.spoken_days import absolute, span
from calsync.intake.zones import zone
from calsync.phrase import phrase

__all__ = [
    "KEYS",
    "LONGEST_ID",
    "REQUIRED",
    "Draft",
    "Key",
    "Typed",
    "as_record",
    "derived_id",
    "draft_record",
    "next_free",
    "read_record",
    "read_typed",
    "slug",
]


class Draft(msgspec.Struct, frozen=True):
    """What became of a record: an interview, or what is wrong with it.

    ``id`` is the one that was given, if one was; ``notes`` are sentences about
    times that a change of clocks made doubtful.
    """

    interview: Interview | None
    id: str = ""
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()


_NAMES = tuple(KEYS)
_PLACED = {name: key.placed for name, key in KEYS.items() if key.placed}
REQUIRED = {
    "company": (phrase("there is no company"), phrase("say who the interview is with")),
    "role": (phrase("there is no role"), phrase("say which position it is for")),
    "start": (phrase("there is no start"), phrase("say when the interview is, like 2026-11-24 14:00")),
}


def read_record(
    values: Mapping[str, object], *, preferences: Preferences, taken: Container[str] = frozenset()
) -> Interview:
    """The interview of one record; ``taken`` are the ids that it must not be given by us.

    Raises BadRows with everything that is wrong.
    """
    draft = draft_record(values, preferences)
    if draft.interview is None:
        raise BadRows([BadRow("", "", draft.faults)])
    if draft.id:
        return draft.interview
    return replace(draft.interview, id=next_free(draft.interview.id, taken)[0])


def draft_record(values: Mapping[str, object], preferences: Preferences) -> Draft:
    """Read every value there is; all faults are found, not just the first.

    An id that is not given is derived, and may be another's too.
    """
    read, faults = _read(values)
    if not read.keys() >= REQUIRED.keys():
        faults += _wanting(read, faults)
    said: list[str] = []
    if "timezone" not in read:
        read["zone_assumed"] = True
    zone = read.pop("timezone", preferences.zone)
    for name, placed in _PLACED.items():
        if name in read:
            try:
                read[name] = placed(read[name], zone, said)
            except BadValue as error:
                faults.append(Fault.of(error, key=name, value=values[name]))
    given = read.get("id", "")
    if faults:
        return Draft(None, given, tuple(faults))
    read.setdefault("candidate", preferences.candidate.name)
    if not given:
        read["id"] = derived_id(read["company"], read["role"], read["start"])
    try:
        return Draft(Interview(**read), given, notes=tuple(said))
    except BadValue as error:
        return Draft(None, given, (Fault.of(error, value=values.get(error.where, "")),))


def as_record(interview: Interview) -> dict[str, str | int | None]:
    """Every key with its value in the written form; reading it gives the same interview.

    What is not given is an empty text, or None where a text has no empty form.
    """
    return {name: key.write(getattr(interview, name)) for name, key in KEYS.items()}


def _read(values: Mapping[str, object]) -> tuple[dict[str, Any], list[Fault]]:
    read, faults = {}, []
    for name, value in values.items():
        try:
            key = KEYS.get(name) or _unknown(name)
            text = value if type(value) is str else _spelled(value, key.takes)
            if text and not text.isspace():
                read[name] = key.read(text)
        except BadValue as error:
            faults.append(Fault.of(error, key=name, value=value))
    return read, faults


def _unknown(name: str) -> Key:
    raise names.unknown_key(name, _NAMES)


def _wanting(read: Mapping[str, object], faults: list[Fault]) -> list[Fault]:
    """What a record cannot do without, unless it is there and wrong."""
    there = {*read, *(fault.key for fault in faults)}
    return [Fault(name, "", *said, "CS-REC-002") for name, said in REQUIRED.items() if name not in there]


# --- what TOML and JSON know of themselves, spelled as CSV would have it ---

_HUGE_BITS = 64


def _spelled(value: object, takes: tuple[type, ...]) -> str:
    """The text that stands for a value of TOML or JSON; empty for nothing."""
    if value is None or value == []:
        return ""
    if isinstance(value, Twice):
        raise _twice()
    if isinstance(value, bool) or not isinstance(value, takes):
        raise _wrong_type(value)
    if isinstance(value, list):
        return "; ".join(_item(item) for item in value)
    return _person(value) if isinstance(value, dict) else _scalar(value)


def _item(value: object) -> str:
    if isinstance(value, dict):
        return _person(value)
    if isinstance(value, str | date):
        return value if isinstance(value, str) else value.isoformat()
    raise _wrong_type(value)


def _scalar(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and value.bit_length() > _HUGE_BITS:
        raise _wrong_type(value)
    return str(value)


def _person(value: Mapping[str, object]) -> str:
    for key, part in value.items():
        if key not in {"name", "email"}:
            raise names.unknown_key(key, ("name", "email"))
        if isinstance(part, Twice):
            raise _twice()
        if not isinstance(part, str) or re.search("[;<>\n]", part):
            raise BadValue(
                phrase("{part} is not a name", part=shown(part))
                if key == "name"
                else phrase("{text} is not an email address", text=shown(part)),
                remedy=phrase("leave out ; < and >"),
                code="CS-REC-016",
            )
    return f"{value.get('name', '')} <{value['email']}>" if value.get("email") else str(value.get("name", ""))


def _twice() -> BadValue:
    return BadValue(phrase("it is given twice"), remedy=phrase("leave one of them out"), code="CS-REC-023")


def _wrong_type(value: object) -> BadValue:
    return BadValue(
        phrase("{value} cannot stand here", value=shown(value)),
        remedy=phrase("write the value as text in quotes"),
        code="CS-REC-019",
    )


# --- an interview's id where none is given: who, what and when, in plain letters ---
#
# The same interview gives the same id, on any machine and in any file; two of one
# company, role and day are told apart in ``ids.py``.

_COMPANY = 30
_ROLE = 23
LONGEST_ID = 64

# Letters that do not fall apart into a plain one and a mark.
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def derived_id(company: str, role: str, day: date) -> str:
    """The id of an interview that was given none.

    >>> derived_id("Acme", "PM", date(2026, 11, 12))
    'acme-pm-20261112'
    """
    return f"{slug(company, _COMPANY)}-{slug(role, _ROLE)}-{day.year}{day.month:02}{day.day:02}"


def next_free(base: str, taken: Container[str], number: int = 2) -> tuple[str, int]:
    """``base``, or ``base-2`` and so on from ``number``; and the number to go on from."""
    if base not in taken:
        return base, number
    while (name := f"{base[: LONGEST_ID - len(str(number)) - 1]}-{number}") in taken:
        number += 1
    return name, number + 1


@lru_cache(maxsize=1024)
def slug(text: str, longest: int) -> str:
    """Letters a-z and digits, whole words up to ``longest``; a short hash if there are none."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    slug = re.sub(r"[^a-z0-9]+", "-", "".join(filter(str.isascii, _joined(folded)))).strip("-")
    if not slug:
        return f"{zlib.crc32(unicodedata.normalize('NFC', text).encode()):08x}"
    if len(slug) > longest:
        slug = slug[: longest + 1].rpartition("-")[0] or slug[:longest]
    return slug


def _joined(text: str) -> str:
    """Apostrophes and marks inside a word do not part it: O'Neill is oneill."""
    return "".join(sign for sign in text if sign not in "'’`" and not unicodedata.combining(sign))


# --- what a person types in by hand, one interview at a time ---
#
# A file says what it says, but whoever types can be asked at once what was meant:
# spoken days are read, and numbers that cannot be dialled are refused.

_DAYS = ("start", "decision", "agreed")


class Typed(msgspec.Struct, frozen=True):
    """The values for ``read_record``, and what cannot be meant; where there is a fault, the value is as it was."""

    values: dict[str, str]
    faults: tuple[Fault, ...] = ()


def _day_as_said(key: str, text: str, today: date) -> str:
    """A span until they decide counts from the interview, every other from today."""
    counted = span(text) if key == "decision" else None
    return absolute(text, today) if counted is None else counted


def read_typed(
    given: Mapping[str, str],
    preferences: Preferences,
    now: datetime,
    beside: Mapping[str, str] = MappingProxyType({}),
) -> Typed:
    """Spoken days become dates of the employer's calendar, numbers international.

    ``beside`` are values that are known already: country and zone say how to read.
    """
    read, faults = dict(given), list[Fault]()
    known = {**beside, **{key: value for key, value in given.items() if value}}
    try:
        here = zone(known["timezone"]) if known.get("timezone") else preferences.zone
    except BadValue as error:
        faults.append(Fault.of(error, key="timezone", value=known["timezone"]))
        here = preferences.zone
    today = now.astimezone(here).date()
    country = known.get("country") or assumed_country(known.get("timezone", ""), "", preferences)[0]
    for key in (*_DAYS, "phone"):
        if read.get(key):
            try:
                is_phone = key == "phone"
                read[key] = (
                    values.dialable(read[key], find_country(country))
                    if is_phone
                    else _day_as_said(key, read[key], today)
                )
            except BadValue as error:
                faults.append(Fault.of(error, key=key, value=read[key]))
    return Typed(read, tuple(faults))

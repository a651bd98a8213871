"""The keys of an interview's record: how each is read, and how it is written back.

One table for CSV, TOML and JSON, and for whoever adds or edits an interview by
hand. A new key is a row here and a field of ``calsync.domain.Interview``.
"""

import re
import unicodedata
import zlib
from collections.abc import Callable, Container, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from calsync.business_days import NO_COUNTRY, find_country
from calsync.domain import Interview, Period, Person, Preferences, Span, WeeklyHours, replace
from calsync.domain.interview import LONGEST_MINUTES
from calsync.domain.times import parse_periods, parse_weekly_hours
from calsync.errors import BadValue
from calsync.intake import dates
from calsync.intake.dates import absolute, day
from calsync.intake.rows import BadRow, BadRows, Fault, Twice, nearest, shown
from calsync.intake.zones import zone

__all__ = [
    "KEYS",
    "REQUIRED",
    "Draft",
    "Key",
    "Typed",
    "as_record",
    "away",
    "busy",
    "choice",
    "common",
    "country",
    "decision",
    "derived_id",
    "dialled",
    "drafted",
    "email",
    "identifier",
    "likely",
    "line",
    "minutes",
    "next_free",
    "paragraph",
    "people",
    "phone",
    "questions",
    "read_record",
    "squashed",
    "typed_in",
    "unknown_key",
    "url",
]


# An interview's id where none is given: who, what and when, in plain letters.
#
# The same interview gives the same id, on any machine and in any file; only two
# interviews of one company, role and day are told apart by ``-2``, ``-3`` …

_COMPANY = 30
_ROLE = 23
_LONGEST = 64

# Letters that do not fall apart into a plain one and a mark.
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def derived_id(company: str, role: str, day: date) -> str:
    """The id of an interview that was given none.

    >>> derived_id("Acme", "PM", date(2026, 11, 12))
    'acme-pm-20261112'
    """
    return f"{_slug(company, _COMPANY)}-{_slug(role, _ROLE)}-{day.year}{day.month:02}{day.day:02}"


def next_free(base: str, taken: Container[str], number: int = 2) -> tuple[str, int]:
    """``base``, or ``base-2`` and so on from ``number``; and the number to go on from."""
    if base not in taken:
        return base, number
    while (name := f"{base[: _LONGEST - len(str(number)) - 1]}-{number}") in taken:
        number += 1
    return name, number + 1


@lru_cache(maxsize=1024)
def _slug(text: str, longest: int) -> str:
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


# What people call the things that a record has keys for.
#
# A spreadsheet's header that stands here is understood; a key of TOML or JSON is
# not, but the error names the key that is meant. A new name is a word in ``_COMMON``.

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


def squashed(name: str) -> str:
    """The letters and digits of a name: case, spaces and signs do not matter in a header."""
    return re.sub(r"[\W_]+", "", name.casefold())


@cache
def common() -> Mapping[str, str]:
    """The key that each squashed common name stands for."""
    return {squashed(name): key for key, names in _COMMON.items() for name in names.split(",")}


def likely(name: str, keys: tuple[str, ...]) -> str:
    """The key that a wrong one probably means, or nothing."""
    known = {squashed(key): key for key in keys}
    aliases = {alias: key for alias, key in common().items() if key in keys}
    wrong = squashed(name)
    near = nearest(wrong, tuple(known)) or nearest(wrong, tuple(aliases))
    return aliases.get(wrong) or known.get(near) or aliases.get(near, "")


def unknown_key(key: str, keys: tuple[str, ...]) -> BadValue:
    """The error for a key that no record has."""
    near = likely(key, keys)
    remedy = f"try {near}" if near else f"the keys are {', '.join(keys)}"
    return BadValue(f"there is no key {shown(key)}", remedy=remedy, code="CS-REC-003")


# Reading one value from text: names, notes, choices, numbers, addresses, people.
#
# Every reader takes text that is not empty and gives back the value or raises
# BadValue. What a person cannot see is taken out of texts without a word (people
# paste from web pages and spreadsheets); what has a shape must have it.

_LONGEST_TEXT = 10_000
_LONGEST_URL = 2_000
_LONGEST_EMAIL = 254
_MOST_PEOPLE = 100
_DIGITS = range(3, 21)

# Line ends of every system and of Unicode; then controls, marks that turn the
# direction of text around, byte order marks, and halves of characters.
_LINE_ENDS = "\r\n|[\r\v\f\x85\u2028\u2029]"
_UNSEEN = "[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"


def line(text: str) -> str:
    r"""A text of one line: a name, a company, a place.

    >>> line("  Acme\r\n  Corp ")
    'Acme Corp'
    """
    if text.isprintable() and "  " not in text and len(text) <= _LONGEST_TEXT:
        return text.strip()
    return " ".join(_seen(text).split())


def paragraph(text: str) -> str:
    """A text that may have several lines; every line ends in one line feed."""
    if text.isprintable() and len(text) <= _LONGEST_TEXT:
        return text.strip()
    return _seen(text).strip()


def choice(what: str, *known: str) -> Callable[[str], str | None]:
    """A reader of one of a few words, in any case."""

    def read(text: str) -> str | None:
        wanted = text.strip().lower()
        for word in known:
            if wanted == word.lower():
                return word
        raise BadValue(
            f"{shown(text)} is not {what}",
            remedy=f"use {', '.join(known[:-1])} or {known[-1]}",
            code="CS-REC-010",
        )

    return read


def minutes(text: str) -> int:
    """A length: ``60``, ``60 min``, and ``60.0`` as spreadsheets write it."""
    found = _form(r"([0-9]{1,4})(?:\.0*)?(?: ?min(?:ute)?s?\.?)?").fullmatch(text.strip().lower())
    if not found or not 1 <= int(found[1]) <= LONGEST_MINUTES:
        raise BadValue(
            f"{shown(text)} is not a number of minutes",
            remedy=f"use 1 to {LONGEST_MINUTES}",
            code="CS-REC-011",
        )
    return int(found[1])


def country(text: str) -> str:
    """A country's code by its code or name, or ``none``; whether its holidays are known is known elsewhere.

    >>> country("usa"), country("Germany"), country("None")
    ('US', 'DE', 'none')
    """
    if text.strip().casefold() == NO_COUNTRY:
        return NO_COUNTRY
    if code := find_country(text):
        return code
    raise BadValue(
        f"{shown(text)} is not the code of a country", remedy="use one like US, DE or JP", code="CS-REC-012"
    )


def phone(text: str) -> str:
    """A number as it was given; only its shape is looked at.

    >>> phone("+1 212-555-0142 ext. 7"), phone("2125550142.0")
    ('+1 212-555-0142 ext. 7', '2125550142')
    """
    given = line(text).removeprefix("'").strip()
    if _form(r"[0-9]{3,20}\.0").fullmatch(given):
        given = given[:-2]
    shape = _form(r"([+(]*[0-9][0-9+()./\s‐-―-]*)(?:,? ?(?:ext(?:ension)?\.?|x|#) ?[0-9]{1,8})?")
    found = shape.fullmatch(given.casefold())
    if found and sum(map(str.isdigit, found[1])) in _DIGITS:
        return given
    raise BadValue(
        f"{shown(text)} is not a phone number",
        remedy="write it like +1 212 555 0142; format a spreadsheet's column as text",
        code="CS-REC-013",
    )


def email(text: str) -> str:
    """One address, without a name."""
    given = line(text)
    if len(given) <= _LONGEST_EMAIL and _form(r"[^\s@<>()\",;:]+@[^\s@<>()\",;:]+").fullmatch(given):
        return given
    raise BadValue(
        f"{shown(text)} is not an email address", remedy="write it like sarah@example.com", code="CS-REC-014"
    )


def url(text: str) -> str:
    """A link a browser may be given: http or https, nothing else."""
    given = line(text)
    if len(given) <= _LONGEST_URL and _form(r"https?://[^\s/\\<>\"]+[^\s<>\"]*", re.IGNORECASE).fullmatch(
        given
    ):
        return given
    raise BadValue(
        f"{shown(text)} is not a link", remedy="use one that begins with https://", code="CS-REC-015"
    )


def identifier(text: str) -> str:
    """An id of the user's own."""
    given = text.strip()
    if _form("[a-z0-9-]{1,64}").fullmatch(given):
        return given
    raise BadValue(
        f"{shown(text)} cannot be an id",
        remedy="use up to 64 of a-z, 0-9 and -, or leave it empty",
        code="CS-REC-022",
    )


def people(text: str) -> tuple[Person, ...]:
    """Everybody met: ``Name <email>; Name <email>``, the email where it is known.

    >>> [str(person) for person in people("Ana Ruiz <ana@example.com>; Bo Lind")]
    ['Ana Ruiz <ana@example.com>', 'Bo Lind']
    """
    parts = [part for part in map(line, re.split("[;\n]", _seen(text))) if part]
    if len(parts) > _MOST_PEOPLE:
        raise BadValue(
            f"{len(parts)} people are too many", remedy=f"name up to {_MOST_PEOPLE}", code="CS-REC-016"
        )
    return tuple(_person_from_text(part) for part in parts)


def questions(text: str) -> tuple[str, ...]:
    """Questions, separated by semicolons or line ends."""
    return tuple(part for part in map(line, re.split("[;\n]", _seen(text))) if part)


@lru_cache(maxsize=1024)
def decision(text: str) -> date | Span:
    """A day, or a number of days after the interview."""
    words = " ".join(text.lower().split())
    if re.fullmatch(r"[0-9]{1,4} ?(?:[a-z]+ )?(?:days?|weeks?)", words):
        return Span.parse(words)
    try:
        return day(text)
    except BadValue as error:
        if error.code == "CS-REC-005":
            error.remedy = "write 2026-11-24, 3 days, 5 business days or 2 weeks"
        raise


@lru_cache(maxsize=1024)
def busy(text: str) -> tuple[WeeklyHours, ...]:
    """Hours of the week in which the contact cannot talk."""
    return parse_weekly_hours(line(text))


@lru_cache(maxsize=1024)
def away(text: str) -> tuple[Period, ...]:
    """Days on which the contact is not there."""
    return parse_periods(line(text))


def _seen(text: str) -> str:
    """The text without what nobody sees, and with one kind of line end."""
    if "\0" in text:
        raise BadValue(f"{shown(text)} holds a NUL character", remedy="take it out", code="CS-REC-018")
    clean = text if text.isprintable() else re.sub(_LINE_ENDS, "\n", re.sub(_UNSEEN, "", text))
    if len(clean) > _LONGEST_TEXT:
        raise BadValue(
            f"a text of {len(clean):,} characters is too long",
            remedy=f"shorten it to {_LONGEST_TEXT:,}",
            code="CS-REC-017",
        )
    return clean


def _person_from_text(text: str) -> Person:
    found = _form(r"([^<>]*)(?:<([^<>]*)>)?").fullmatch(text)
    if not found:
        raise BadValue(
            f"{shown(text)} is not a person",
            remedy="write Name <email>, and ; between people",
            code="CS-REC-016",
        )
    name, address = found[1].strip().strip('"').strip(), found[2]
    if address is None and "@" in name and " " not in name:
        name, address = "", name
    address = email(address) if address else ""
    if not name and not address:
        raise BadValue(f"{shown(text)} names nobody", remedy="write Name <email>", code="CS-REC-016")
    return Person(name or address, address)


@lru_cache(maxsize=16)
def _form(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Compiled when first needed: most interviews have no use for most forms."""
    return re.compile(pattern, flags)


_HUGE_BITS = 64

Placed = Callable[[str, ZoneInfo, list[str] | None], date]
"""Reads the text of a time in a zone, and adds a sentence if a change of clocks made it doubtful."""


class Key(msgspec.Struct, frozen=True):
    """How the text of a value is read, and what other than text may stand for it.

    ``takes`` names types that TOML and JSON know; they are spelled as text and
    read like text. ``placed`` comes after ``read`` for times, once the
    employer's zone is known. ``write`` is the inverse of both.
    """

    read: Callable[[str], object]
    takes: tuple[type, ...] = ()
    placed: Placed | None = None
    write: Callable[[Any], str | int | None] = lambda value: value


class Draft(msgspec.Struct, frozen=True):
    """What became of a record: an interview, or what is wrong with it.

    ``id`` is the one that was given, if one was; ``notes`` are sentences about
    times that a change of clocks made doubtful.
    """

    interview: Interview | None
    id: str = ""
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()


def _listed(items: tuple[object, ...]) -> str:
    return "; ".join(map(str, items))


def _day_or_span(value: object) -> str | None:
    if isinstance(value, date):
        return dates.written(value)
    return None if value is None else str(value)


_LINE = Key(line, takes=(int,))
_PARAGRAPH = Key(paragraph, takes=(int,))
_DAY = (date, datetime)

KEYS: Mapping[str, Key] = {
    "id": Key(identifier, takes=(int,)),
    "candidate": _LINE,
    "company": _LINE,
    "role": _LINE,
    "start": Key(line, takes=_DAY, placed=dates.moment, write=dates.written),
    "minutes": Key(minutes, takes=(int, float)),
    "timezone": Key(zone, write=str),
    "country": Key(country),
    "region": _LINE,
    "contact": _LINE,
    "contact_role": Key(choice("what a contact can be", "manager", "interviewer", "recruiter", "hr")),
    "salutation": _LINE,
    "phone": Key(phone, takes=(int, float)),
    "email": Key(email),
    "interviewers": Key(people, takes=(list, dict), write=_listed),
    "decision": Key(decision, takes=_DAY, write=_day_or_span),
    "agreed": Key(line, takes=_DAY, placed=dates.day_or_moment, write=_day_or_span),
    "channel": Key(choice("a channel", "phone", "email")),
    "culture": Key(choice("a culture", "formal", "regulated", "casual")),
    "felt": Key(choice("how it felt", "good", "poor")),
    "window": Key(choice("a window", "early", "late", "any")),
    "busy": Key(busy, takes=(list,), write=_listed),
    "away": Key(away, takes=(list, *_DAY), write=_listed),
    "playbook": _LINE,
    "topic": _PARAGRAPH,
    "strengths": _PARAGRAPH,
    "missed": _PARAGRAPH,
    "questions": Key(questions, takes=(list,), write=_listed),
    "notes": _PARAGRAPH,
    "location": _LINE,
    "url": Key(url),
    "language": Key(choice("a language that calsync speaks", "en", "en-US", "en-GB", "de")),
    "status": Key(choice("a status", "open", "offer", "rejected", "withdrawn", "closed")),
}

_NAMES = tuple(KEYS)
_PLACED = {name: key.placed for name, key in KEYS.items() if key.placed}
REQUIRED = {
    "company": ("there is no company", "say who the interview is with"),
    "role": ("there is no role", "say which position it is for"),
    "start": ("there is no start", "say when the interview is, like 2026-11-24 14:00"),
}


def read_record(
    values: Mapping[str, object], *, preferences: Preferences, taken: Container[str] = frozenset()
) -> Interview:
    """The interview of one record; ``taken`` are the ids that it must not be given by us.

    Raises BadRows with everything that is wrong.
    """
    draft = drafted(values, preferences)
    if draft.interview is None:
        raise BadRows([BadRow("", "", draft.faults)])
    if draft.id:
        return draft.interview
    return replace(draft.interview, id=next_free(draft.interview.id, taken)[0])


def drafted(values: Mapping[str, object], preferences: Preferences) -> Draft:
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
    raise unknown_key(name, _NAMES)


def _wanting(read: Mapping[str, object], faults: list[Fault]) -> list[Fault]:
    """What a record cannot do without, unless it is there and wrong."""
    there = {*read, *(fault.key for fault in faults)}
    return [Fault(name, "", *said, "CS-REC-002") for name, said in REQUIRED.items() if name not in there]


# --- what TOML and JSON know of themselves, spelled as CSV would have it ---


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
            raise unknown_key(key, ("name", "email"))
        if isinstance(part, Twice):
            raise _twice()
        if not isinstance(part, str) or re.search("[;<>\n]", part):
            raise BadValue(f"{shown(part)} is not a {key}", remedy="leave out ; < and >", code="CS-REC-016")
    return f"{value.get('name', '')} <{value['email']}>" if value.get("email") else str(value.get("name", ""))


def _twice() -> BadValue:
    return BadValue("it is given twice", remedy="leave one of them out", code="CS-REC-023")


def _wrong_type(value: object) -> BadValue:
    return BadValue(
        f"{shown(value)} cannot stand here", remedy="write the value as text in quotes", code="CS-REC-019"
    )


# Phone numbers somebody types: read by country, and refused with the reason before they are kept.
#
# Files keep numbers as given, because a wrong digit in row 70 should not stop a
# coach; who adds one interview by hand can mend it at once.


def dialled(text: str, country: str) -> str:
    """The number in international form, like ``+1 212-555-0142``.

    Raises BadValue with the reason: too short, too long, no such country code,
    a national number without a country.
    """
    import phonenumbers  # noqa: PLC0415  # only where a number is typed

    try:
        read = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException as error:
        kinds = phonenumbers.NumberParseException
        unread = {
            kinds.INVALID_COUNTRY_CODE: "no country has that code"
            if "+" in text
            else "its country is missing",
            kinds.TOO_SHORT_AFTER_IDD: "it is too short",
            kinds.TOO_SHORT_NSN: "it is too short",
            kinds.TOO_LONG: "it is too long",
        }.get(error.error_type, "there is no number in it")
        raise _refused(text, country, unread) from None
    reasons = phonenumbers.ValidationResult
    problem = {
        reasons.TOO_SHORT: "it is too short",
        reasons.TOO_LONG: "it is too long",
        reasons.INVALID_LENGTH: "it has the wrong length",
        reasons.INVALID_COUNTRY_CODE: "no country has that code",
        reasons.IS_POSSIBLE_LOCAL_ONLY: "its area code is missing",
    }.get(phonenumbers.is_possible_number_with_reason(read))
    if problem:
        raise _refused(text, country, problem)
    return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _refused(text: str, country: str, problem: str) -> BadValue:
    whose = f" of {country}" if country and not text.strip().startswith("+") else ""
    return BadValue(
        f"{text!r} is no phone number{whose}: {problem}",
        where="phone",
        remedy="write it like +1 212-555-0142" + ("" if country else ", or give its country"),
        code="CS-REC-030",
    )


# What a person types in by hand, one interview at a time: spoken days, and numbers that can be dialled.
#
# Between the fields of a form or the options of a command and ``read_record``: a
# file says what it says, but whoever types can be asked at once what was meant.

_DAYS = ("start", "decision", "agreed")


class Typed(msgspec.Struct, frozen=True):
    """The values for ``read_record``, and what cannot be meant; where there is a fault, the value is as it was."""

    values: dict[str, str]
    faults: tuple[Fault, ...] = ()


def typed_in(
    given: Mapping[str, str],
    preferences: Preferences,
    now: datetime,
    beside: Mapping[str, str] = MappingProxyType({}),
) -> Typed:
    """Spoken days become dates of the employer's calendar, numbers international.

    ``beside`` are values that are known already: country and zone say how to read.
    """
    values, faults = dict(given), list[Fault]()
    known = {**beside, **{key: value for key, value in given.items() if value}}
    try:
        here = zone(known["timezone"]) if known.get("timezone") else preferences.zone
    except BadValue as error:
        faults.append(Fault.of(error, key="timezone", value=known["timezone"]))
        here = preferences.zone
    today = now.astimezone(here).date()
    country = find_country(known.get("country") or preferences.country)
    for key in (*_DAYS, "phone"):
        if values.get(key):
            try:
                values[key] = (
                    dialled(values[key], country) if key == "phone" else absolute(values[key], today)
                )
            except BadValue as error:
                faults.append(Fault.of(error, key=key, value=values[key]))
    return Typed(values, tuple(faults))

"""One value of a record, read from text: names, notes, choices, numbers, addresses, people.

Every reader takes text that is not empty and gives back the value or raises
BadValue. What a person cannot see is taken out of texts without a word (people
paste from web pages and spreadsheets); what has a shape must have it.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from calsync.business_days import NO_COUNTRY, find_country
from calsync.domain import Period, Person, Span, WeeklyHours
from calsync.domain.interview import LONGEST_MINUTES
from calsync.domain.times import parse_periods, parse_weekly_hours
from calsync.errors import BadValue
from calsync.intake.dates import day
from calsync.intake.rows import shown
from calsync.phrase import phrase

__all__ = [
    "away",
    "busy",
    "choice",
    "country",
    "decision",
    "dialable",
    "email",
    "identifier",
    "line",
    "minutes",
    "paragraph",
    "people",
    "phone",
    "questions",
    "url",
]

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
            phrase("{text} is not {what}", text=shown(text), what=what),
            remedy=phrase("use {known} or {known2}", known=", ".join(known[:-1]), known2=known[-1]),
            code="CS-REC-010",
        )

    return read


def minutes(text: str) -> int:
    """A length: ``60``, ``60 min``, and ``60.0`` as spreadsheets write it."""
    found = _form(r"([0-9]{1,4})(?:\.0*)?(?: ?min(?:ute)?s?\.?)?").fullmatch(text.strip().lower())
    if not found or not 1 <= int(found[1]) <= LONGEST_MINUTES:
        raise BadValue(
            phrase("{text} is not a number of minutes", text=shown(text)),
            remedy=phrase("use 1 to {longest_minutes}", longest_minutes=LONGEST_MINUTES),
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
        phrase("{text} is not the code of a country", text=shown(text)),
        remedy=phrase("use one like US, DE or JP"),
        code="CS-REC-012",
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
    if _form(r"[+-]?[0-9]+(?:[.,][0-9]+)?e[+-]?[0-9]+").fullmatch(given.casefold()):
        raise BadValue(
            phrase("{text} is a number that a spreadsheet has shortened", text=shown(text)),
            remedy=phrase("format the column as text, type the number again, and save"),
            code="CS-REC-013",
        )
    raise BadValue(
        phrase("{text} is not a phone number", text=shown(text)),
        remedy=phrase("write it like +1 212 555 0142; format a spreadsheet's column as text"),
        code="CS-REC-013",
    )


def email(text: str) -> str:
    """One address, without a name."""
    given = line(text)
    if len(given) <= _LONGEST_EMAIL and _form(r"[^\s@<>()\",;:]+@[^\s@<>()\",;:]+").fullmatch(given):
        return given
    raise BadValue(
        phrase("{text} is not an email address", text=shown(text)),
        remedy=phrase("write it like sarah@example.com"),
        code="CS-REC-014",
    )


def url(text: str) -> str:
    """A link a browser may be given: http or https, nothing else."""
    given = line(text)
    if len(given) <= _LONGEST_URL and _form(r"https?://[^\s/\\<>\"]+[^\s<>\"]*", re.IGNORECASE).fullmatch(
        given
    ):
        return given
    raise BadValue(
        phrase("{text} is not a link", text=shown(text)),
        remedy=phrase("use one that begins with https://"),
        code="CS-REC-015",
    )


def identifier(text: str) -> str:
    """An id of the user's own."""
    given = text.strip()
    if _form("[a-z0-9-]{1,64}").fullmatch(given):
        return given
    raise BadValue(
        phrase("{text} cannot be an id", text=shown(text)),
        remedy=phrase("use up to 64 of a-z, 0-9 and -, or leave it empty"),
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
            phrase("{parts} people are too many", parts=len(parts)),
            remedy=phrase("name up to {most_people}", most_people=_MOST_PEOPLE),
            code="CS-REC-016",
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
            error.remedy = phrase("write 2026-11-24, 3 days, 5 business days or 2 weeks")
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
        raise BadValue(
            phrase("{text} holds a NUL character", text=shown(text)),
            remedy=phrase("take it out"),
            code="CS-REC-018",
        )
    clean = text if text.isprintable() else re.sub(_LINE_ENDS, "\n", re.sub(_UNSEEN, "", text))
    if len(clean) > _LONGEST_TEXT:
        raise BadValue(
            phrase("a text of {clean:,} characters is too long", clean=len(clean)),
            remedy=phrase("shorten it to {longest_text:,}", longest_text=_LONGEST_TEXT),
            code="CS-REC-017",
        )
    return clean


def _person_from_text(text: str) -> Person:
    found = _form(r"([^<>]*)(?:<([^<>]*)>)?").fullmatch(text)
    if not found:
        raise BadValue(
            phrase("{text} is not a person", text=shown(text)),
            remedy=phrase("write Name <email>, and ; between people"),
            code="CS-REC-016",
        )
    name, address = found[1].strip().strip('"').strip(), found[2]
    if address is None and "@" in name and " " not in name:
        name, address = "", name
    address = email(address) if address else ""
    if not name and not address:
        raise BadValue(
            phrase("{text} names nobody", text=shown(text)),
            remedy=phrase("write Name <email>"),
            code="CS-REC-016",
        )
    return Person(name or address, address)


@lru_cache(maxsize=16)
def _form(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Compiled when first needed: most interviews have no use for most forms."""
    return re.compile(pattern, flags)


# --- a number that somebody types, refused where it cannot be dialled ---


def dialable(text: str, country: str) -> str:
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
            kinds.INVALID_COUNTRY_CODE: phrase("no country has that code")
            if "+" in text
            else phrase("its country is missing"),
            kinds.TOO_SHORT_AFTER_IDD: phrase("it is too short"),
            kinds.TOO_SHORT_NSN: phrase("it is too short"),
            kinds.TOO_LONG: phrase("it is too long"),
        }.get(error.error_type, phrase("there is no number in it"))
        raise _refused(text, country, unread) from None
    reasons = phonenumbers.ValidationResult
    problem = {
        reasons.TOO_SHORT: phrase("it is too short"),
        reasons.TOO_LONG: phrase("it is too long"),
        reasons.INVALID_LENGTH: phrase("it has the wrong length"),
        reasons.INVALID_COUNTRY_CODE: phrase("no country has that code"),
        reasons.IS_POSSIBLE_LOCAL_ONLY: phrase("its area code is missing"),
    }.get(phonenumbers.is_possible_number_with_reason(read))
    if problem:
        raise _refused(text, country, problem)
    return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _refused(text: str, country: str, problem: str) -> BadValue:
    whose = phrase(" of {country}", country=country) if country and not text.strip().startswith("+") else ""
    return BadValue(
        phrase("{text!r} is no phone number{whose}: {problem}", text=text, whose=whose, problem=problem),
        where="phone",
        remedy=phrase("write it like +1 212-555-0142")
        if country
        else phrase("write it like +1 212-555-0142, or give its country"),
        code="CS-REC-030",
    )

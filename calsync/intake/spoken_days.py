"""Days as people say them, turned into dates before anything reads them: ``tomorrow``, ``fri 14:00``, ``nov 24``, ``in zwei Wochen``.

What stands in a file is never read like this: there a day has its year. German is
read beside English, word by word: another language is its words in these tables.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from calsync.domain.interview import YEARS
from calsync.errors import BadValue
from calsync.intake.rows import shown
from calsync.phrase import Spoken, phrase

__all__ = ["absolute", "in_english", "span"]

_WEEK = 7
_NOON = 12
_LAST_HOUR = 23
_LONGEST = 80

_WEEKDAYS = (
    ("monday", "mon", "montag", "mo"),
    ("tuesday", "tue", "tues", "dienstag", "di"),
    ("wednesday", "wed", "weds", "mittwoch", "mi"),
    ("thursday", "thu", "thur", "thurs", "donnerstag", "do"),
    ("friday", "fri", "freitag", "fr"),
    ("saturday", "sat", "samstag", "sonnabend", "sa"),
    ("sunday", "sun", "sonntag", "so"),
)
_MONTHS = (
    ("january", "jan", "januar", "jänner"),
    ("february", "feb", "februar", "feber"),
    ("march", "mar", "märz", "maerz", "mrz", "mär"),
    ("april", "apr"),
    ("may", "mai"),
    ("june", "jun", "juni"),
    ("july", "jul", "juli"),
    ("august", "aug"),
    ("september", "sep", "sept"),
    ("october", "oct", "oktober", "okt"),
    ("november", "nov"),
    ("december", "dec", "dezember", "dez"),
)
_WEEKDAY_OF = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_NAMED = {
    "the day after tomorrow": 2, "day after tomorrow": 2, "übermorgen": 2, "uebermorgen": 2,
    "today": 0, "heute": 0, "tomorrow": 1, "morgen": 1, "yesterday": -1, "gestern": -1, "vorgestern": -2,
}  # fmt: skip
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "einem": 1, "einer": 1, "ein": 1, "eine": 1, "zwei": 2, "drei": 3,
    "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12,
}  # fmt: skip


def _any(names: object) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))  # type: ignore[call-overload]  # any texts


_COUNTED = rf"(?:in )?(?P<count>\d{{1,3}}|{_any(_COUNTS)}) (?P<unit>days?|weeks?|tage?n?|wochen?)"
_SPOKEN_DAY = re.compile(
    rf"(?:(?P<named>{_any(_NAMED)})"
    rf"|{_COUNTED}"
    rf"|(?:(?P<which>this|next|last|on|diesen|nächsten|naechsten|kommenden|letzten|am) )?(?P<weekday>{_any(_WEEKDAY_OF)})\.?)"
    r"(?![\w-])",
    re.IGNORECASE,
)
_WITHOUT_YEAR = re.compile(
    rf"(?:(?P<weekday>{_any(_WEEKDAY_OF)})\.?,? )?(?:the )?"
    rf"(?:(?P<month>{_any(_MONTH_OF)})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th|\.)? (?:of )?(?P<month2>{_any(_MONTH_OF)})\.?"
    r"|(?P<day3>\d{1,2})\.(?P<month3>\d{1,2})\.)"
    r"(?!,? ?\d{4})(?!,? ?\d{2}$)(?![\w-])",
    re.IGNORECASE,
)
_SPOKEN_CLOCK = re.compile(
    r",? ?(?:(?:at|um|@) )?(?:(?P<noon>noon|midday|mittags)"
    r"|(?P<hour>\d{1,2})(?:[:.h](?P<minute>[0-5]\d))?(?: ?(?P<half>[ap])\.?m\.?|(?P<whole> ?uhr|h)(?: (?P<after>[0-5]\d))?)?)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NEXT = frozenset({"next", "nächsten", "naechsten"})
_LAST = frozenset({"last", "letzten"})


def absolute(text: str, today: date, *, back: bool = False) -> str:
    """``text`` with a spoken day as a date (``tomorrow at 2pm`` becomes ``2026-11-25 14:00``); else as it is.

    A weekday, or a day without its year, is the next one, today left out; with
    ``back`` the last one, today included. Raises BadValue for what can mean two
    days (``next friday`` said on a Tuesday), for a weekday that does not fit, and
    for a time that is none or can mean morning and evening.

    >>> absolute("in 3 days 9:30", date(2026, 11, 24)), absolute("fri", date(2026, 11, 24))
    ('2026-11-27 09:30', '2026-11-27')
    """
    if len(text) > _LONGEST:
        return text
    said = " ".join(text.split())
    for pattern, read in ((_WITHOUT_YEAR, _dated), (_SPOKEN_DAY, _spoken)):
        found = pattern.match(said)
        if found and not _YEAR.search(said, found.end()):
            return f"{read(found, today, text, back=back)}{_clock(said[found.end() :], text)}"
    return in_english(said)


def span(text: str) -> str | None:
    """A spoken span as a record has it (``in two weeks`` becomes ``2 weeks``); None for what is none."""
    found = re.fullmatch(_COUNTED, " ".join(text.split()), re.IGNORECASE)
    if not found:
        return None
    unit = "week" if found["unit"].lower().startswith(("week", "woche")) else "day"
    return f"{_count(found)} {unit}{'' if _count(found) == 1 else 's'}"


_ENGLISH = re.compile(
    "(?:mon|tues?|weds?|wednes|thu|thur|thurs|fri|satur|sat|sun)(?:day)?"
    "|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|do|so"
)
_GERMAN_WORD = re.compile(r"(?<![\w])(?P<word>[^\W\d_]{2,10})(?P<dot>\.?)(?![\w-])")
_HOURS = re.compile(r"(?:\bum )?\b(\d{1,2})(?:[:.](\d{2}))? ?uhr\b(?: ([0-5]\d)\b)?", re.IGNORECASE)
_GERMAN = {
    name: names[0].capitalize()
    for table in (_WEEKDAYS, _MONTHS)
    for names in table
    for name in names
    if not _ENGLISH.fullmatch(name)
}
"""Names that only German has; ``do`` and ``so`` only where a dot follows."""


def in_english(text: str) -> str:
    """German names of days and months, and ``14 Uhr``, as English says them; the rest as it is.

    >>> in_english("Dienstag, 24. Dezember 2026 um 14 Uhr")
    'Tuesday, 24. December 2026 14:00'
    """

    def hours(found: re.Match[str]) -> str:
        return f"{int(found[1]):02}:{found[2] or found[3] or '00'}"

    def word(found: re.Match[str]) -> str:
        name = found["word"].lower()
        english = _GERMAN.get(name) or (_GERMAN_DOTTED.get(name) if found["dot"] else None)
        return english or found[0]

    return _GERMAN_WORD.sub(word, _HOURS.sub(hours, text))


_GERMAN_DOTTED = {"do": "Thursday", "so": "Sunday"}


def _dated(found: re.Match[str], today: date, text: str, *, back: bool) -> date:
    """A day and a month: the next such day that fits the calendar."""
    name = found["month"] or found["month2"]
    month = _MONTH_OF[name.lower()] if name else int(found["month3"])
    number = int(found["day"] or found["day2"] or found["day3"])
    years = range(today.year, today.year - 9, -1) if back else range(today.year, today.year + 9)
    fits: Callable[[date], bool] = (lambda day: day <= today) if back else (lambda day: day > today)
    days = [day for year in years if (day := _made(year, month, number)) is not None and fits(day)]
    if not days:
        raise BadValue(
            phrase("{text} is not a day of the calendar", text=shown(text)),
            remedy=phrase("write it like {example}", example="2026-11-24 14:00"),
            code="CS-REC-005",
        )
    weekday = found["weekday"]
    if weekday and days[0].weekday() != _WEEKDAY_OF[weekday.lower()]:
        raise BadValue(
            phrase(
                "{text} names the wrong weekday: the next such day is {day}",
                text=shown(text),
                day=_named(days[0]),
            ),
            remedy=phrase("write the day that is meant, like {found}", found=days[0]),
            code="CS-REC-008",
        )
    return days[0]


def _made(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number) if year in YEARS else None
    except ValueError:
        return None


def _spoken(found: re.Match[str], today: date, text: str, *, back: bool) -> date:
    if found["named"]:
        return today + timedelta(days=_NAMED[found["named"].lower()])
    if found["count"]:
        is_week = found["unit"].lower().startswith(("week", "woche"))
        return today + timedelta(days=_count(found) * (_WEEK if is_week else 1))
    weekday, which = _WEEKDAY_OF[found["weekday"].lower()], (found["which"] or "").lower()
    if which in _LAST:
        return today - timedelta(days=(today.weekday() - weekday - 1) % _WEEK + 1)
    if back and not which:
        return today - timedelta(days=(today.weekday() - weekday) % _WEEK)
    first = today + timedelta(days=(weekday - today.weekday() - 1) % _WEEK + 1)
    of_next_week = today + timedelta(days=_WEEK - today.weekday() + weekday)
    if which in _NEXT and first != of_next_week:
        raise BadValue(
            phrase(
                "{text} can be read two ways, {earlier} or {other}",
                text=shown(text),
                earlier=_named(first),
                other=_named(of_next_week),
            ),
            remedy=phrase("write {earlier} or {other}", earlier=first, other=of_next_week),
            code="CS-REC-006",
        )
    return first


def _count(found: re.Match[str]) -> int:
    said = found["count"].lower()
    return _COUNTS[said] if said in _COUNTS else int(said)


def _named(day: date) -> str:
    return Spoken(f"{day:%a} {day.day} {_MONTHS[day.month - 1][0].capitalize()} {day.year}", day)


def _clock(rest: str, text: str) -> str:
    """The time behind a day, as `` 14:00``; nothing if there is none."""
    if not rest.strip(" ,."):
        return ""
    found = _SPOKEN_CLOCK.fullmatch(rest)
    if not found:
        raise _no_time(text)
    if found["noon"]:
        return " 12:00"
    hour, minute = int(found["hour"]), int(found["minute"] or found["after"] or 0)
    if found["half"]:
        if not 1 <= hour <= _NOON:
            raise _no_time(text)
        hour = hour % _NOON + (_NOON if found["half"].lower() == "p" else 0)
    elif not found["minute"] and not found["whole"] and 1 <= hour <= _NOON:
        raise BadValue(
            phrase("{text!r} can mean morning or evening", text=text),
            remedy=phrase("write {hour:02}:00 or {hour}pm", hour=hour),
            code="CS-WHN-021",
        )
    if hour > _LAST_HOUR:
        raise _no_time(text)
    return f" {hour:02}:{minute:02}"


def _no_time(text: str) -> BadValue:
    return BadValue(
        phrase("{text!r} is no time", text=text),
        remedy=phrase('write it like "tomorrow 14:00"'),
        code="CS-WHN-020",
    )

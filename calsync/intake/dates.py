"""Reading days and times the way people and spreadsheets write them.

Any form is read only if it can mean one thing: nothing missing is filled in,
no year has two digits, and ``03/04/2026`` is refused with both its meanings.
ISO is read here; python-dateutil reads what else people type, asked once for
each order of day and month and with two defaults: where its answers differ,
the text is refused.

Wall times that a change of clocks leaves out move forward by the gap; those
that it brings twice mean the first. Both are said (``said``).
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from calsync.domain.interview import YEARS
from calsync.domain.reason import spoken
from calsync.errors import BadValue
from calsync.intake.rows import shown
from calsync.intake.spoken_days import in_english
from calsync.phrase import Spoken, phrase

if TYPE_CHECKING:
    from dateutil.parser import parser

__all__ = ["day", "day_or_moment", "echo", "moment", "written"]

_EXAMPLE = "2026-11-24 14:00"
_LONGEST = 80
_LAST_HOUR = 23
_NOON = 12

_ABBREVIATIONS: Mapping[str, tuple[str, ...]] = {
    "EST": ("America/New_York", "America/Panama", "Australia/Sydney"),
    "EDT": ("America/New_York", "Australia/Sydney"),
    "CST": ("America/Chicago", "Asia/Shanghai", "America/Havana"),
    "CDT": ("America/Chicago", "America/Havana"),
    "MST": ("America/Denver", "America/Phoenix", "Asia/Kuala_Lumpur"),
    "PST": ("America/Los_Angeles", "Asia/Manila"),
    "IST": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "BST": ("Europe/London", "Asia/Dhaka"),
    "AST": ("America/Halifax", "Asia/Riyadh"),
    "GST": ("Asia/Dubai", "Atlantic/South_Georgia"),
    "CET": ("Europe/Berlin", "Europe/Paris", "Europe/Madrid"),
    "CEST": ("Europe/Berlin", "Europe/Paris", "Europe/Madrid"),
}
"""Three letters are no zone: what each of them can mean."""
_ABBREVIATED = re.compile(rf" ({'|'.join(_ABBREVIATIONS)})\b", re.IGNORECASE)

Written = tuple[date, time | None, timezone | None]
"""What stands there: a day, and a time and an offset from UTC where given."""

_OFFSET = r"(?P<offset>[Zz]|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})"
_ISO = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[Tt ](?P<clock>(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?)(?:[.,][0-9]+)?"
    rf"(?: ?{_OFFSET})?)?"
)
_CLOCK = (
    r"(?P<day>.*?)[ ,]*(?:\bat)? ?\b(?:"
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9])(?:[.,][0-9]+)?)?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?"
    r"|(?P<whole>[0-9]{1,2}) ?(?P<its_half>[ap])\.?m\.?"
    rf")(?: ?{_OFFSET})?"
)


def moment(text: str, zone: ZoneInfo, said: list[str] | None = None) -> datetime:
    """Read a day and time; without an offset it is wall time in ``zone``, and in ``zone`` it comes back.

    >>> moment("2026-11-24T19:00Z", ZoneInfo("America/New_York")).isoformat()
    '2026-11-24T14:00:00-05:00'
    """
    found, clock, offset = _written(text)
    if clock is None:
        raise BadValue(
            phrase("{text} has no time of day", text=shown(text)),
            remedy=phrase("add it, like {found} 14:00", found=found),
            code="CS-REC-007",
        )
    return _placed(found, clock, offset, zone, said)


def day(text: str) -> date:
    """Read a day; no time of day may stand beside it but a spreadsheet's 00:00:00.

    >>> day("24 November 2026"), day("24/11/2026")
    (datetime.date(2026, 11, 24), datetime.date(2026, 11, 24))
    """
    found, clock, offset = _written(text)
    if offset or clock not in {None, time()}:
        raise BadValue(
            phrase("{text} is more than a day", text=shown(text)),
            remedy=phrase("leave the time out: {found}", found=found),
            code="CS-REC-024",
        )
    return found


def day_or_moment(text: str, zone: ZoneInfo, said: list[str] | None = None) -> date | datetime:
    """Read whichever of the two is written."""
    found, clock, offset = _written(text)
    return found if clock is None else _placed(found, clock, offset, zone, said)


def echo(moment: date | datetime) -> str:
    """What was read, for the person who wrote it.

    >>> echo(datetime(2026, 11, 24, 14, 0, tzinfo=ZoneInfo("America/New_York")))
    'Tue 24 Nov 2026 14:00 America/New_York'
    """
    place = f" {moment.tzinfo}" if isinstance(moment, datetime) and moment.tzinfo else ""
    return f"{spoken(moment)}{place}"


def written(moment: date | datetime) -> str:
    """The form of a record, which reads as the same moment again.

    An offset is written only for the second of two equal wall times.

    >>> written(datetime(2026, 11, 24, 14, 0, tzinfo=ZoneInfo("America/New_York")))
    '2026-11-24 14:00'
    """
    if not isinstance(moment, datetime):
        return moment.isoformat()
    wall = moment if moment.fold else moment.replace(tzinfo=None)
    return wall.isoformat(" ", "seconds" if moment.second else "minutes")


# --- from what is written to a moment ---


def _placed(
    found: date, clock: time, offset: timezone | None, zone: ZoneInfo, said: list[str] | None
) -> datetime:
    if offset is not None:
        return datetime.combine(found, clock, offset).astimezone(zone)
    wall = datetime.combine(found, clock, zone)
    if wall.utcoffset() == wall.replace(fold=1).utcoffset():
        return wall
    real = wall.astimezone(UTC).astimezone(zone)
    if said is not None:
        said.append(_change_of_clocks(wall, real))
    return real


def _change_of_clocks(wall: datetime, real: datetime) -> str:
    if real.time() != wall.time():
        return phrase(
            "{wall} does not exist, clocks go forward then: taken as {real:%H:%M}", wall=echo(wall), real=real
        )
    return phrase("{wall} comes twice, clocks go back then: taken as the first", wall=echo(wall))


def _written(text: str) -> Written:
    if not (iso := _ISO.fullmatch(text)):
        text = _tidy(text)
        iso = _ISO.fullmatch(text)
    found, clock, offset = _iso(iso) if iso else _free(text)
    if found.year not in YEARS:
        raise BadValue(
            phrase("the year of {text} is out of range", text=shown(text)),
            remedy=phrase("use {start} to {stop}", start=YEARS.start, stop=YEARS.stop - 1),
            code="CS-REC-009",
        )
    return found, clock, offset


def _tidy(text: str) -> str:
    tidy = " ".join(text.split()).strip(" ,'")
    if len(tidy) > _LONGEST:
        raise _unreadable(text)
    return tidy


def _iso(found: re.Match[str]) -> Written:
    day, clock, offset = found["day"], found["clock"], found["offset"]
    try:
        known = date.fromisoformat(day)
    except ValueError:
        raise _no_such_day(day) from None
    return known, time.fromisoformat(clock) if clock else None, _offset(offset)


def _free(text: str) -> Written:
    """A day in any form, in English or German, and a time after it if there is one."""
    text = in_english(text)
    if name := _ABBREVIATED.search(text):
        zones = _ABBREVIATIONS[name[1].upper()]
        raise BadValue(
            phrase(
                "{name} in {text} means one of several zones: {zones}",
                name=name[1],
                text=shown(text),
                zones=", ".join(zones),
            ),
            remedy=phrase("leave it out and name the time zone by itself, like {zone}", zone=zones[0]),
            code="CS-REC-005",
        )
    found = re.fullmatch(_CLOCK, text, re.IGNORECASE)
    day = found["day"].strip(" ,") if found else text
    if not day:
        raise _missing("day", text)
    if not found:
        return _day(day), None, None
    return _day(day), _clock(found), _offset(found["offset"])


def _clock(found: re.Match[str]) -> time:
    hour, half = int(found["hour"] or found["whole"]), (found["half"] or found["its_half"] or "").lower()
    if hour > _LAST_HOUR or (half and not 1 <= hour <= _NOON):
        raise BadValue(
            phrase("{found} has no such hour", found=shown(found[0])),
            remedy=phrase("write it like {example}", example=_EXAMPLE),
            code="CS-REC-005",
        )
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    return time(hour, int(found["minute"] or 0), int(found["second"] or 0))


def _offset(text: str | None) -> timezone | None:
    if not text or text.upper() in {"Z", "UTC", "GMT"}:
        return UTC if text else None
    away = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    if away >= timedelta(days=1):
        raise BadValue(
            phrase("{text} is not an offset from UTC", text=shown(text)),
            remedy=phrase("write it like -05:00"),
            code="CS-REC-005",
        )
    return timezone(-away if text[0] == "-" else away)


# --- a day in any other form than ISO's: python-dateutil reads it, and three guards of ours look at it ---

_YEAR_FIRST = re.compile(r"([0-9]{4})([/.-])([0-9]{1,2})\2([0-9]{1,2})")
_DOTTED = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})")
_SERIAL_NUMBER = re.compile(r"[34][0-9]{4}(?:[.,][0-9]+)?")
_PLAIN = re.compile(r"[A-Za-z0-9 ,./-]+")
_BESIDE_NUMBERS = frozenset({"the", "of", "on", "st", "nd", "rd", "th"})
_DEFAULTS = (datetime(1999, 1, 1, tzinfo=UTC), datetime(2003, 2, 2, tzinfo=UTC))
"""What dateutil fills in where something is missing: where the two answers differ, something was."""


def _day(text: str) -> date:
    """The one day that ``text`` can mean; raises BadValue, with both readings where there are two."""
    if _SERIAL_NUMBER.fullmatch(text):
        raise BadValue(
            phrase("{text} is a spreadsheet's own number for a day", text=shown(text)),
            remedy=phrase("format the column as text or as yyyy-mm-dd hh:mm and save again"),
            code="CS-REC-005",
        )
    if found := _YEAR_FIRST.fullmatch(
        text
    ):  # month, then day: dateutil would also take them the other way round
        return _made(int(found[1]), int(found[3]), int(found[4]), text)
    if found := _DOTTED.fullmatch(text):  # dots are always day first
        return _made(int(found[3]), int(found[2]), int(found[1]), text)
    weekday = _guarded(text)
    (earlier, later), (other, _) = (
        [_parsed(text, default, day_first=day_first) for default in _DEFAULTS] for day_first in (True, False)
    )
    for part in ("year", "month", "day"):
        if getattr(earlier, part) != getattr(later, part):
            raise _missing(part, text)
    if earlier != other:
        raise BadValue(
            phrase(
                "{text} can be read two ways, {earlier} or {other}",
                text=shown(text),
                earlier=_in_full(earlier),
                other=_in_full(other),
            ),
            remedy=phrase("write {earlier} or {other}", earlier=earlier, other=other),
            code="CS-REC-006",
        )
    if weekday not in {None, earlier.weekday()}:
        raise _other_weekday(earlier, text)
    return earlier


def _guarded(text: str) -> int | None:
    """The weekday that is named, if one is.

    dateutil fills up years of two digits, does not mind a wrong weekday, and takes
    unknown words for zones: none of these gets as far as that.
    """
    if not _PLAIN.fullmatch(text):
        raise _unreadable(text)
    info = _dateutil().info
    words = [word for word in re.findall("[a-z]+", text.lower()) if word not in _BESIDE_NUMBERS]
    months = [word for word in words if info.month(word) is not None]
    weekdays = [weekday for word in words if (weekday := info.weekday(word)) is not None]
    if len(months) > 1 or len(months) + len(weekdays) != len(words):
        raise _unreadable(text)
    lengths = sorted(map(len, re.findall("[0-9]+", text)))
    wanted = 2 if months else 3
    if not lengths or len(lengths) > wanted or lengths[-1] not in {1, 2, 4}:
        raise _unreadable(text)
    if lengths[-1] < _FULL_YEAR:
        raise _missing("year", text) if len(lengths) < wanted else _two_digits(text)
    return weekdays[0] if weekdays else None


_FULL_YEAR = 4


def _parsed(text: str, default: datetime, *, day_first: bool) -> date:
    try:
        found: datetime = _dateutil().parse(text, default=default, dayfirst=day_first)
    except (ValueError, OverflowError) as error:
        raise (_no_such_day if "out of range" in str(error) or "must be in" in str(error) else _unreadable)(
            text
        ) from None
    return found.date()


@cache
def _dateutil() -> "parser":
    from dateutil.parser import parser, parserinfo  # noqa: PLC0415  # heavy, and ISO, which most write, needs none of it

    class Names(parserinfo):
        """English, with the beginnings that people write."""

        JUMP = (*parserinfo.JUMP, "the")  # type: ignore[assignment]  # any sequence will do
        WEEKDAYS = (  # type: ignore[assignment]  # as many names as there are, not only two
            ("Mon", "Monday"),
            ("Tue", "Tues", "Tuesday"),
            ("Wed", "Weds", "Wednesday"),
            ("Thu", "Thur", "Thurs", "Thursday"),
            ("Fri", "Friday"),
            ("Sat", "Saturday"),
            ("Sun", "Sunday"),
        )

    return parser(Names())


def _made(year: int, month: int, number: int, text: str) -> date:
    try:
        return date(year, month, number)
    except ValueError:
        raise _no_such_day(text) from None


def _in_full(day: date) -> str:
    return Spoken(f"{day.day} {_MONTHS[day.month - 1]} {day.year}", day)


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = (
    phrase("Monday"),
    phrase("Tuesday"),
    phrase("Wednesday"),
    phrase("Thursday"),
    phrase("Friday"),
    phrase("Saturday"),
    phrase("Sunday"),
)


# --- errors said in more than one place ---


def _missing(what: str, text: str) -> BadValue:
    return BadValue(
        phrase("{text} has no {what}", text=shown(text), what=what),
        remedy=phrase("write it like {example}", example=_EXAMPLE),
        code="CS-REC-007",
    )


def _two_digits(text: str) -> BadValue:
    return BadValue(
        phrase("the year in {text} has two digits", text=shown(text)),
        remedy=phrase("write it in full, like {example}", example=_EXAMPLE),
        code="CS-REC-007",
    )


def _no_such_day(text: str) -> BadValue:
    return BadValue(
        phrase("{text} is not a day of the calendar", text=shown(text)),
        remedy=phrase("write it like {example}", example=_EXAMPLE),
        code="CS-REC-005",
    )


def _unreadable(text: str) -> BadValue:
    return BadValue(
        phrase("{text} is not a date", text=shown(text)),
        remedy=phrase("write it like {example}", example=_EXAMPLE),
        code="CS-REC-005",
    )


def _other_weekday(found: date, text: str) -> BadValue:
    return BadValue(
        phrase(
            "{text} names the wrong weekday: {found} is a {weekdays}",
            text=shown(text),
            found=_in_full(found),
            weekdays=_WEEKDAYS[found.weekday()],
        ),
        remedy=phrase("write the day that is meant, like {found}", found=found),
        code="CS-REC-008",
    )

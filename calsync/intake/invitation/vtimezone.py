"""A file's own definition of a zone (VTIMEZONE; RFC 5545, 3.6.5): which offset it gives at a time of day.

Only what calendars write is understood: onsets once a year by month and weekday
or day, and onsets one by one. What else stands there is never expanded; such a
definition gives all of its offsets, as one that has run out does.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

__all__ = ["Definition", "fits", "offset_of"]

Offsets = frozenset[timedelta]
"""What an offset may be; one without a sign may be two."""

_OFFSET = re.compile(r"([+-]?)([01][0-9]):?([0-5][0-9])(?::?[0-5][0-9])?")
_ONSET = re.compile(r"([0-9]{8}T[0-9]{6})Z?")
_ON_DAY = re.compile(r"([+-]?[1-5])?(SU|MO|TU|WE|TH|FR|SA)")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_UNDERSTOOD = frozenset({"FREQ", "BYMONTH", "BYDAY", "BYMONTHDAY", "UNTIL", "INTERVAL", "WKST"})
_RUN_OUT = timedelta(days=400)
"""A zone that changes its clock does so each year."""


def offset_of(text: str) -> Offsets:
    """``+0530`` as written; both ways where there is no sign; nothing where it is no offset.

    >>> offset_of("-0800") == {timedelta(hours=-8)}, len(offset_of("0800"))
    (True, 2)
    """
    found = _OFFSET.fullmatch(text.strip())
    if not found:
        return frozenset()
    length = timedelta(hours=int(found[2]), minutes=int(found[3]))
    signs = {"+": (1,), "-": (-1,), "": (1, -1)}[found[1]]
    return frozenset(sign * length for sign in signs)


def fits(zone: ZoneInfo, wall: datetime, offsets: Offsets) -> bool:
    """Whether the zone's clock has one of these offsets then."""
    return any(wall.replace(tzinfo=zone, fold=fold).utcoffset() in offsets for fold in (0, 1))


class Definition(msgspec.Struct, frozen=True):
    """One VTIMEZONE: its properties, and those of each of its parts (STANDARD, DAYLIGHT)."""

    properties: Mapping[str, list[str]] = msgspec.field(default_factory=dict)
    parts: tuple[Mapping[str, list[str]], ...] = ()

    @property
    def every_offset(self) -> Offsets:
        """Those it ever gives."""
        return frozenset().union(*map(_to, self.parts))

    def offsets(self, wall: datetime) -> Offsets:
        """What it gives at that time of day; more than one where it does not decide, none where it is no use."""
        begun: list[tuple[datetime, Offsets]] = []
        for part in self.parts:
            onsets = _onsets(part, wall)
            if onsets is None:
                return self.every_offset
            if onsets:
                begun.append((max(onsets), _to(part)))
        if not begun:
            return self.every_offset
        last, offsets = max(begun, key=lambda each: each[0])
        return self.every_offset if wall - last > _RUN_OUT and not self._is_for_good else offsets

    def lacks_daylight(self, zone: ZoneInfo, wall: datetime) -> bool:
        """Whether it gives one offset the whole year round, and the zone has that for a part of the year."""
        sides = {_to(part) for part in self.parts}
        seasons = (wall.replace(month=month, day=1) for month in (1, 4, 7, 10))
        return len(sides) == 1 and any(fits(zone, season, self.every_offset) for season in seasons)

    @property
    def _is_for_good(self) -> bool:
        """Whether it has one offset from its last onset on, or changes it by a rule."""
        return len({_to(part) for part in self.parts}) == 1 or any("RRULE" in part for part in self.parts)


def _to(part: Mapping[str, list[str]]) -> Offsets:
    return frozenset().union(*map(offset_of, part.get("TZOFFSETTO", ())))


def _onsets(part: Mapping[str, list[str]], wall: datetime) -> list[datetime] | None:
    """Onsets up to that time of day, the last among them; None where that cannot be told."""
    first = next(map(_moment, part.get("DTSTART", ())), None) or datetime.min  # noqa: DTZ901  # wall time
    dates = [
        first,
        *filter(None, (_moment(each) for line in part.get("RDATE", ()) for each in line.split(","))),
    ]
    for line in part.get("RRULE", ()):
        onsets = _yearly(line, first, wall)
        if onsets is None:
            return None
        dates += onsets
    return [each for each in dates if each <= wall]


def _yearly(line: str, first: datetime, wall: datetime) -> list[datetime] | None:
    """A rule's onsets in the year of that time and the one before."""
    rule = dict(part.split("=", 1) for part in line.upper().split(";") if "=" in part)
    if rule.get("FREQ") != "YEARLY" or rule.get("INTERVAL", "1") != "1" or not rule.keys() <= _UNDERSTOOD:
        return None
    until = _moment(rule["UNTIL"]) if "UNTIL" in rule else None
    years = [year for year in (wall.year - 1, wall.year) if year >= first.year]
    with suppress(ValueError, KeyError):
        found = [day for year in years for day in _days(rule, first.replace(year=year, day=1))]
        return [day for day in found if day >= first and (until is None or day <= until)]
    return None


def _days(rule: Mapping[str, str], begin: datetime) -> Iterator[datetime]:
    """The days of one year, by month, weekday and day of the month; ``begin`` has the hour. Raises ValueError."""
    month = begin.replace(month=int(rule.get("BYMONTH", begin.month)))
    days = [day for number in range(31) if (day := month + timedelta(days=number)).month == month.month]
    if "BYMONTHDAY" in rule:
        wanted = {int(number) for number in rule["BYMONTHDAY"].split(",")}
        days = [day for day in days if day.day in wanted or day.day - len(days) - 1 in wanted]
    found = _ON_DAY.fullmatch(rule.get("BYDAY", ""))
    if not found and ("BYDAY" in rule or "BYMONTHDAY" not in rule):
        raise ValueError(rule)
    if found:
        days = [day for day in days if _WEEKDAYS[day.weekday()] == found[2]]
        place = int(found[1] or 0)
        days = (
            days if not place else days[place - 1 : place] if place > 0 else days[place : place + 1 or None]
        )
    yield from days


def _moment(text: str) -> datetime | None:
    found = _ONSET.fullmatch(text.strip())
    with suppress(ValueError):
        return datetime.strptime(found[1], "%Y%m%dT%H%M%S") if found else None  # noqa: DTZ007  # wall time
    return None

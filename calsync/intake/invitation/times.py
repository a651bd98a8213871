"""When the interview is and how long it takes: DTSTART, DTEND, DURATION (RFC 5545, 3.8.2).

The moment must be certain. A time without a zone, or with one that means
nothing here, is asked for; a day without a time is refused.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from calsync.domain import spoken
from calsync.domain.interview import LONGEST_MINUTES
from calsync.errors import BadValue
from calsync.intake import dates
from calsync.intake.invitation.child import Lines, Property
from calsync.intake.invitation.tzid import UNIVERSAL, named
from calsync.intake.invitation.zones import placing
from calsync.intake.rows import shown
from calsync.phrase import phrase

__all__ = ["USUAL_MINUTES", "WHOLE_DAY", "Times", "stamp", "times", "whole_day"]

USUAL_MINUTES = 60
"""What a record has where it does not say."""

WHOLE_DAY = "CS-INV-023"
"""The code of the error about one that gives a day and no time."""

_TIME = re.compile(
    r"(?P<day>[0-9]{8})(?:T(?P<clock>(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9])?)(?P<utc>Z)?)?",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"\+?P(?:([0-9]{1,3})W)?(?:([0-9]{1,4})D)?(?:T(?:([0-9]{1,5})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,8})S)?)?",
    re.IGNORECASE,
)
_UNITS = ("weeks", "days", "hours", "minutes", "seconds")
_MINUTE = timedelta(minutes=1)
_UTC = ZoneInfo("UTC")


class Times(msgspec.Struct, frozen=True):
    """``start`` is None only where nobody needs it and nothing names it; ``notes`` say what is not as written."""

    start: datetime | None
    minutes: int = USUAL_MINUTES
    notes: tuple[str, ...] = ()


def times(lines: Lines, *, home: ZoneInfo, zone: ZoneInfo | None, needed: bool = True) -> Times:
    """Read start and length.

    ``home`` is the zone of a start that is given in UTC, ``zone`` what was
    answered for one that says no zone, and goes before ``home``; it never moves
    a moment that is known. Raises ZoneWanted, or BadValue for what cannot be a time,
    where it is ``needed``: a cancellation is known by its UID, and somebody may have said when it is.
    """
    begun = lines.event.get("DTSTART")
    if begun is None and not needed:
        return Times(None)
    if begun is None:
        raise BadValue(
            phrase("it does not say when it begins"), remedy=_BY_HAND, where="DTSTART", code="CS-INV-021"
        )
    clock = _Clock(lines, home=home, zone=zone)
    try:
        if lines.event.get("X-MICROSOFT-CDO-ALLDAYEVENT", Property()).value.strip().upper() == "TRUE":
            raise whole_day(_day(_TIME.fullmatch(begun.value.strip())))
        start = clock.moment(begun, "DTSTART")
    except BadValue:
        if not needed:
            return Times(None)
        raise
    minutes = _minutes(lines.event, start, clock)
    if minutes is None:
        clock.notes.append(
            phrase(
                "it does not say when it ends: {usual_minutes} minutes are assumed",
                usual_minutes=USUAL_MINUTES,
            )
        )
    return Times(start, minutes or USUAL_MINUTES, tuple(dict.fromkeys(clock.notes)))


def stamp(said: Property | None) -> datetime | None:
    """DTSTAMP (3.8.7.2), always in UTC; None if there is none that makes sense."""
    found = _TIME.fullmatch(said.value.strip()) if said else None
    try:
        return datetime.fromisoformat(f"{_iso(found)}+00:00").astimezone(UTC) if found else None
    except ValueError:
        return None


class _Clock:
    """Places times in zones, and keeps the sentences about those that are not quite as written."""

    def __init__(self, lines: Lines, *, home: ZoneInfo, zone: ZoneInfo | None) -> None:
        self.zones = lines.zones
        self.calendar = named(lines.calendar.get("X-WR-TIMEZONE", ""))
        self.home = home
        self.zone = zone
        self.notes: list[str] = []

    def moment(self, said: Property, name: str) -> datetime:
        rest, _, written = said.value.strip().rpartition(
            ":"
        )  # of a zone's name that should have been in quotes
        found = _TIME.fullmatch(written)
        if not found:
            raise BadValue(
                phrase("{value} is not a time", value=shown(said.value)),
                remedy=_BY_HAND,
                where=name,
                code="CS-INV-021",
            )
        if not found["clock"] or said.parameters.get("VALUE", "").upper() == "DATE":
            raise whole_day(_day(found)).at(name)
        try:
            tzid = said.parameters.get("TZID", "")
            return self._placed(found, f"{tzid}:{rest}" if tzid and rest else tzid.strip())
        except BadValue as error:
            raise error.at(name) from None

    def _placed(self, found: re.Match[str], tzid: str) -> datetime:
        home = self.zone or self.home
        if found["utc"]:
            place = named(tzid) or home
            place = home if place.key in UNIVERSAL else place
            self.notes.append(
                phrase("it gives its time in UTC: shown as the clock is in {place}", place=place)
            )
            return dates.moment(f"{_iso(found)}Z", place)
        wall = dates.moment(_iso(found), _UTC).replace(tzinfo=None)
        likely = self.home if tzid else self.calendar or self.home
        placed = placing(wall, tzid, self.zones, home=likely, answer=self.zone)
        if placed.note:
            self.notes.append(placed.note)
        if not tzid and self.zone and self.calendar and self.calendar.key != self.zone.key:
            self.notes.append(
                phrase(
                    "it names no zone, and its calendar is in {calendar}: {zone} is taken, as you said",
                    calendar=self.calendar,
                    zone=self.zone,
                )
            )
        if placed.zone is None or placed.has_no_place:
            where = phrase("in UTC") if placed.zone else phrase("by its offset")
            self.notes.append(
                phrase("it gives its time {where}: shown as the clock is in {home}", where=where, home=home)
            )
            return placed.moment(wall).astimezone(home)
        read = dates.moment(_iso(found), placed.zone, self.notes)
        return placed.moment(wall) if read.replace(tzinfo=None) == wall else read


def _minutes(event: Mapping[str, Property], start: datetime, clock: _Clock) -> int | None:
    """Whole minutes of real time, rounded up; None where the event has no length."""
    if ended := event.get("DTEND"):
        name, length = "DTEND", clock.moment(ended, "DTEND").astimezone(UTC) - start.astimezone(UTC)
    elif lasting := event.get("DURATION"):
        name, length = "DURATION", _length(lasting.value.strip())
    else:
        return None
    if not timedelta() <= length <= timedelta(minutes=LONGEST_MINUTES):
        what = (
            phrase("it ends before it begins") if length < timedelta() else phrase("it takes more than a day")
        )
        raise BadValue(what, remedy=_BY_HAND, where=name, code="CS-INV-022")
    return -(-length // _MINUTE) or None


def _length(text: str) -> timedelta:
    found = _DURATION.fullmatch(text)
    if not found or not any(found.groups()):
        raise BadValue(
            phrase("{text} is not a length", text=shown(text)),
            remedy=_BY_HAND,
            where="DURATION",
            code="CS-INV-021",
        )
    return timedelta(**{unit: int(number or 0) for unit, number in zip(_UNITS, found.groups(), strict=True)})


def _iso(found: re.Match[str]) -> str:
    day, clock = found["day"], found["clock"] or "0000"
    seconds = f":{clock[4:]}" if clock[4:] else ""
    return f"{day[:4]}-{day[4:6]}-{day[6:]}T{clock[:2]}:{clock[2:4]}{seconds}"


_BY_HAND = phrase('add the interview by hand: calsync add "Acme" "Product manager" --at "2026-11-24 14:00"')


def whole_day(day: date | None) -> BadValue:
    """The error about an invitation for a day, which gives no time."""
    what = (
        phrase("it is for a whole day, {day}, and gives no time", day=spoken(day))
        if day
        else phrase("it is for a whole day and gives no time")
    )
    remedy = phrase('say when it begins: --at "{day} 14:00"', day=day or "2026-11-24")
    return BadValue(what, remedy=remedy, code=WHOLE_DAY)


def _day(found: re.Match[str] | None) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(_iso(found)[:10]) if found else None
    return None

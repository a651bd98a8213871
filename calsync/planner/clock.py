"""Two clocks: local times on quarter hours, the nights on which they misbehave, and the hours that both sides share."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from calsync.domain.preferences import Preferences
from calsync.domain.reason import Reason
from calsync.domain.times import QUARTER, Hours, WeeklyHours
from calsync.planner import sentences

__all__ = [
    "CALL_MINUTES",
    "Part",
    "Quarter",
    "SharedHours",
    "at_minute",
    "call_minutes",
    "clock_change",
    "later",
    "minute_of",
    "quarter_index",
    "round_up",
    "steady_offset",
    "up",
]

_DAY = timedelta(days=1)
_QUARTER = timedelta(minutes=QUARTER)
_MINUTES_A_DAY = 24 * 60


@lru_cache(maxsize=65536)
def at_minute(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """``minute`` minutes after midnight on ``day``, as the clock on the wall shows it (1440 is the next midnight).

    A time that comes twice means the first; one that does not exist moves on by the gap.
    """
    if minute >= _MINUTES_A_DAY:
        day, minute = day + _DAY, minute - _MINUTES_A_DAY
    wall = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)
    return wall if steady_offset(day, zone) is not None else wall.astimezone(UTC).astimezone(zone)


def clock_change(day: date, minute: int, start: datetime) -> tuple[Reason, ...]:
    """What there is to say when ``start``, wanted at ``minute`` of ``day``, meets a change of the clocks."""
    if steady_offset(day, start.tzinfo) is not None:
        return ()
    if start.utcoffset() != start.replace(fold=1).utcoffset():
        return (Reason("dst", start, start, sentences.CLOCKS_BACK),)
    if minute_of(start) != minute % _MINUTES_A_DAY:
        wanted = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=start.tzinfo)
        return (Reason("dst", start, start, sentences.CLOCKS_FORWARD, details={"wanted": wanted}),)
    return ()


def later(moment: datetime, minutes: int) -> datetime:
    """``minutes`` of real time after ``moment``, in its zone."""
    wall, zone = moment + _delta(minutes), moment.tzinfo
    day, its_day = moment.date(), wall.date()
    offset = steady_offset(day, zone)
    if offset is not None and (its_day == day or steady_offset(its_day, zone) == offset):
        return wall
    if _is_plain(wall, moment.utcoffset()):
        return wall
    return (moment.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(moment.tzinfo)


@lru_cache(maxsize=1024)
def _delta(minutes: int) -> timedelta:
    return timedelta(minutes=minutes)


@lru_cache(maxsize=65536)
def steady_offset(day: date, zone: tzinfo | None) -> timedelta | None:
    """What the clocks of ``zone`` are ahead of UTC all through ``day``; None if they change on it.

    Read twice, at the first reading of its first midnight and at the second of
    its last: a change on the day, or in a midnight that comes twice or never,
    lies between the two.
    """
    after = day + _DAY
    begin = datetime(day.year, day.month, day.day, tzinfo=zone).utcoffset()
    end = datetime(after.year, after.month, after.day, tzinfo=zone, fold=1).utcoffset()
    return begin if begin == end else None


def round_up(moment: datetime) -> datetime:
    """The next quarter hour of the clock on the wall, ``moment`` itself if it is one."""
    past = timedelta(minutes=moment.minute % QUARTER, seconds=moment.second, microseconds=moment.microsecond)
    if not past:
        return moment
    wall = moment - past + _QUARTER
    if _is_plain(wall, moment.utcoffset()):
        return wall
    return (moment.astimezone(UTC) - past + _QUARTER).astimezone(moment.tzinfo)


def _is_plain(wall: datetime, offset: timedelta | None) -> bool:
    """Whether a time comes once, at that offset; one that the clocks leave out has two, like one that comes twice."""
    return wall.utcoffset() == offset == wall.replace(fold=1).utcoffset()


def minute_of(moment: datetime) -> int:
    """Minutes after midnight on the clock on the wall."""
    return moment.hour * 60 + moment.minute


def quarter_index(moment: datetime) -> int:
    """The number of the quarter hour since 1970 that holds ``moment``, the same in every zone."""
    return int(moment.timestamp()) // (QUARTER * 60)


# The quarter hours of a contact's business day, and which of them lie inside the candidate's own hours.
#
# On nearly every day the two clocks keep the same distance from midnight to
# midnight, and the answer depends only on that distance and the weekday: it is
# worked out once. On the days of a clock change each quarter hour is asked for.


CALL_MINUTES = 15
Part = Literal["early", "late", "rest"]
_HOUR = 60
_EPOCH = date(1970, 1, 1).toordinal()


class Quarter(msgspec.Struct, frozen=True, order=True):
    """A quarter hour: minutes after the contact's midnight, part of the day, whether the candidate can."""

    minute: int
    part: Part
    is_own: bool
    number: int


class SharedHours:
    """The business day of contacts in one zone, seen from the candidate's."""

    __slots__ = ("_emails", "_preferences", "_private", "_quarters", "business", "own", "zone")

    def __init__(self, zone: ZoneInfo, preferences: Preferences) -> None:
        self.zone = zone
        self.own = preferences.zone
        self.business = preferences.business_hours
        self._preferences = preferences
        self._private = _by_weekday(preferences.private_hours) if preferences.private_hours else None
        self._quarters: dict[tuple[int, int, tuple[Part, ...]], tuple[Quarter, ...]] = {}
        self._emails: dict[int, int | None] = {}

    def calls(self, day: date, parts: tuple[Part, ...]) -> tuple[int, Sequence[Quarter]]:
        """The quarter hours of ``day`` in the order of ``parts``, and what to add to their ``number``.

        The sum is the quarter hour's number since 1970, as in the diary.
        """
        offsets = _offsets(day, self.zone, self.own)
        if offsets is None:
            return 0, self._one_by_one(day, parts)
        theirs, ours = offsets
        key = (ours - theirs, day.weekday(), parts)
        quarters = self._quarters.get(key)
        if quarters is None:
            quarters = self._quarters[key] = self._steady(*key)
        return ((day.toordinal() - _EPOCH) * _MINUTES_A_DAY - theirs) // QUARTER, quarters

    def first_email(self, day: date) -> int | None:
        """The first quarter hour of the business day inside the candidate's hours, in minutes."""
        offsets = _offsets(day, self.zone, self.own)
        if offsets is None:
            return self._first_email(day, None)
        distance = offsets[1] - offsets[0]
        if distance not in self._emails:
            self._emails[distance] = self._first_email(day, distance)
        return self._emails[distance]

    def can_email(self, day: date, minute: int) -> bool:
        """Whether a quarter hour of the business day lies inside the candidate's hours."""
        inside = minute + QUARTER <= self.business.closes
        return inside and self._preferences.hours.contains(self._own_minute(day, minute), QUARTER)

    def evening_before(self, day: date) -> datetime:
        """The last quarter hour of the candidate's hours before business opens on ``day``, in the contact's zone."""
        latest = at_minute(day, self.business.opens, self.zone) - timedelta(minutes=QUARTER)
        own = latest.astimezone(self.own)
        hours = self._preferences.hours
        last = min(minute_of(own), hours.closes - QUARTER) // QUARTER * QUARTER
        if last < hours.opens:
            own, last = own - _DAY, (hours.closes - QUARTER) // QUARTER * QUARTER
        return at_minute(own.date(), last, self.own).astimezone(self.zone)

    def _first_email(self, day: date, distance: int | None) -> int | None:
        for minute in range(up(self.business.opens), self.business.closes - QUARTER + 1, QUARTER):
            own = (
                (minute + distance) % _MINUTES_A_DAY
                if distance is not None
                else self._own_minute(day, minute)
            )
            if self._preferences.hours.contains(own, QUARTER):
                return minute
        return None

    def _own_minute(self, day: date, minute: int) -> int:
        return minute_of(at_minute(day, minute, self.zone).astimezone(self.own))

    def _steady(self, distance: int, weekday: int, parts: tuple[Part, ...]) -> tuple[Quarter, ...]:
        found = []
        for minute, part in call_minutes(self.business, parts):
            days_on, own = divmod(minute + distance, _MINUTES_A_DAY)
            is_own = self._can_call((weekday + days_on) % 7, own)
            found.append(Quarter(minute, part, is_own, minute // QUARTER))
        return tuple(found)

    def _one_by_one(self, day: date, parts: tuple[Part, ...]) -> list[Quarter]:
        found = []
        for minute, part in call_minutes(self.business, parts):
            start = at_minute(day, minute, self.zone)
            own = start.astimezone(self.own)
            found.append(
                Quarter(minute, part, self._can_call(own.weekday(), minute_of(own)), quarter_index(start))
            )
        return found

    def is_own(self, own: datetime, *, to_call: bool) -> bool:
        """Whether a call, or an email, at that time on the candidate's clock lies in their hours."""
        minute = minute_of(own)
        if to_call:
            return self._can_call(own.weekday(), minute)
        return self._preferences.hours.contains(minute, QUARTER)

    def _can_call(self, weekday: int, minute: int) -> bool:
        """Whether a call at that minute of the candidate's own day lies in their hours (004-13)."""
        if not self._preferences.hours.contains(minute, CALL_MINUTES):
            return False
        private = self._private
        return private is None or any(hours.contains(minute, CALL_MINUTES) for hours in private[weekday])


def _by_weekday(weekly: Sequence[WeeklyHours]) -> tuple[tuple[Hours, ...], ...]:
    """The hours of each weekday, Monday first; spans that meet or overlap are one."""
    return tuple(_joined(sorted(each.hours for each in weekly if day in each.weekdays)) for day in range(7))


def _joined(spans: Sequence[Hours]) -> tuple[Hours, ...]:
    joined: list[Hours] = []
    for span in spans:
        meets = bool(joined) and span.opens <= joined[-1].closes
        last = joined.pop() if meets else span
        joined.append(Hours(last.opens, max(last.closes, span.closes)))
    return tuple(joined)


def up(minute: int) -> int:
    """The next quarter hour."""
    return -(-minute // QUARTER) * QUARTER


@lru_cache(maxsize=256)
def call_minutes(business: Hours, parts: tuple[Part, ...]) -> tuple[tuple[int, Part], ...]:
    """The quarter hours of a business day that hold a call, part after part; each counts once.

    *Early* is the first business hour, *late* the last (004-05), and a call
    ends inside its hour; what lies between is the rest.

    >>> [minute // 60 for minute, _ in call_minutes(Hours(9 * 60, 12 * 60), ("late", "early", "rest"))][::4]
    [11, 9, 10]
    """
    early = Hours(business.opens, min(business.opens + _HOUR, business.closes))
    late = Hours(max(business.closes - _HOUR, business.opens), business.closes)
    minutes = range(up(business.opens), business.closes - CALL_MINUTES + 1, QUARTER)
    inside: dict[Part, list[int]] = {
        "early": [minute for minute in minutes if early.contains(minute, CALL_MINUTES)],
        "late": [minute for minute in minutes if late.contains(minute, CALL_MINUTES)],
    }
    inside["rest"] = [minute for minute in minutes if minute not in inside["early"] + inside["late"]]
    found: dict[int, Part] = {}
    for part in parts:
        for minute in inside[part]:
            found.setdefault(minute, part)
    return tuple(found.items())


@lru_cache(maxsize=65536)
def _offsets(day: date, zone: ZoneInfo, own: ZoneInfo) -> tuple[int, int] | None:
    """Minutes east of Greenwich of both clocks, if neither changes from midnight to midnight of ``day``."""
    theirs = steady_offset(day, zone)
    if theirs is None:
        return None
    if own is zone:
        return _minutes(theirs), _minutes(theirs)
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    ours = midnight.astimezone(own).utcoffset()
    is_steady = ours == (midnight + _DAY).astimezone(own).utcoffset()
    return (_minutes(theirs), _minutes(ours)) if is_steady else None


def _minutes(offset: timedelta | None) -> int:
    return int((offset or timedelta()).total_seconds()) // 60

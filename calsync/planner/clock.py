"""Local times on quarter hours, and the two nights a year on which they misbehave."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from calsync.domain.reason import Reason
from calsync.domain.times import QUARTER
from calsync.planner import sentences

__all__ = ["at_minute", "clock_change", "later", "minute_of", "quarter_index", "round_up", "steady_offset"]

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

"""A business calendar: a sum of closures that knows open days from closed ones.

Adding business days looks one index up in a table of open days that begins at
the first day asked for and grows by some days when it has to, so that the 2nd
and the 200th business day cost the same; what was added once is remembered, as
many interviews share their days.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec

from calsync.domain.times import Period
from calsync.errors import BadValue

__all__ = ["BusinessCalendar", "Closed", "Closure", "Kind", "away", "closures", "kept_free", "monday_like"]


# Reasons for a day to be closed.
#
# A weekend day, a public holiday, a contact's absence and a Monday kept free are
# the same thing here: a closure, a function from a day to why it is closed, or
# None. A new kind of closure is one function in this module.

Kind = Literal["weekend", "holiday", "closure", "away", "kept-free", "monday-like"]

_ONE_DAY = timedelta(days=1)


class Closed(msgspec.Struct, frozen=True):
    """Why a day is closed; ``name`` is the holiday's, and empty elsewhere."""

    kind: Kind
    name: str = ""


Closure = Callable[[date], Closed | None]
KeptWeekdays = Callable[[date], Collection[int]]
"""The weekdays kept free in the week of a day (Monday is 0)."""

_CLOSURE = Closed("closure")
_AWAY = Closed("away")
_KEPT_FREE = Closed("kept-free")
_MONDAY_LIKE = Closed("monday-like")


def closures(periods: Sequence[Period]) -> Closure:
    """The employer's house is shut: company closures from the settings."""
    return lambda day: _CLOSURE if any(day in period for period in periods) else None


def away(periods: Sequence[Period]) -> Closure:
    """The contact is away (002-19)."""
    return lambda day: _AWAY if any(day in period for period in periods) else None


def kept_free(weekdays: KeptWeekdays) -> Closure:
    """Weekdays on which no call is placed (002-07)."""
    return lambda day: _KEPT_FREE if day.weekday() in weekdays(day) else None


def monday_like(counting: Closure, weekdays: KeptWeekdays) -> Closure:
    """The first open day after a run of closed days that swallowed a weekday kept free.

    The Tuesday after a Monday holiday is the busiest day of its week, for the
    reason that makes a Monday one (C9 of the advice).
    """

    def closed(day: date) -> Closed | None:
        if counting(day):
            return None
        for back in range(1, 8):  # a longer run has held every weekday by then
            before = day - back * _ONE_DAY
            if not counting(before):
                return None
            if before.weekday() in weekdays(before):
                return _MONDAY_LIKE
        return None

    return closed


_PATIENCE_YEARS = 4
_MARGIN_DAYS = 14
_MARGIN_BEFORE_DAYS = 60


class BusinessCalendar:
    """Answers *is this day open, and if not, why not*; the first closure that objects gives the reason.

    A calendar is itself a closure (``calendar.why_closed``), so calendars add
    up: ``BusinessCalendar(counting.why_closed, away(periods))``.
    """

    __slots__ = ("_begin", "_closures", "_days", "_end", "_known", "_named", "_position", "_sums")

    def __init__(self, *closures: Closure) -> None:
        self._closures = closures
        self._known: dict[date, Closed | None] = {}
        self._days: list[date] = []
        self._named: list[tuple[date, str]] = []
        self._position: dict[date, int] = {}
        self._sums: dict[int, dict[date, date]] = {}
        self._begin: date | None = None
        self._end: date | None = None

    def why_closed(self, day: date) -> Closed | None:
        """The reason ``day`` is closed, None if it is open."""
        try:
            return self._known[day]
        except KeyError:
            found = self._known[day] = self._objection(day)
            return found

    def is_open(self, day: date) -> bool:
        """Whether business is done on ``day``."""
        return self.why_closed(day) is None

    def add(self, day: date, count: int) -> date:
        """The ``count``-th open day after ``day``, whether or not ``day`` is open; ``day`` itself for 0.

        Raises BadValue where closures leave no such day within a few years.
        """
        try:
            return self._sums[count][day]
        except KeyError:
            found = self._add(day, count) if count > 0 else self._subtract(day, -count)
            self._sums.setdefault(count, {})[day] = found
            return found

    def names_between(self, begin: date, end: date) -> tuple[str, ...]:
        """The names of holidays between two days, both left out, in order and each once."""
        self._cover(begin, end)
        inside = self._named[
            bisect_right(self._named, (begin, chr(0x10FFFF))) : bisect_left(self._named, (end, ""))
        ]
        return tuple(dict.fromkeys(name for _, name in inside))

    def _subtract(self, day: date, count: int) -> date:
        """The ``count``-th open day before ``day``."""
        limit = day - timedelta(days=366 * _PATIENCE_YEARS)
        while count:
            day -= _ONE_DAY
            count -= self.is_open(day)
            if day < limit:
                raise _no_open_day(day)
        return day

    def _add(self, day: date, count: int) -> date:
        for years_on in range(_PATIENCE_YEARS):
            self._cover(day, _later(day, 2 * count + 366 * years_on))
            position = self._position[day] + count
            if position < len(self._days):
                return self._days[position]
        raise _no_open_day(day)

    def _cover(self, first: date, last: date) -> None:
        """Let the table span the days from ``first`` to ``last``, some more, and those it spans already.

        The position of a day is that of the last open day up to and including
        it; -1 stands before the first, so position + n is always the n-th after.
        """
        if first in self._position and last in self._position:
            return
        begin, end = self._begin, self._end
        if begin is None or end is None:
            self._begin = first
            self._fill(first, last)
        elif first < begin:
            self._begin = begin = _later(first, -_MARGIN_BEFORE_DAYS)
            self._days, self._named, self._position = [], [], {}
            self._fill(begin, max(last, end))
        else:
            self._fill(_later(end, 1), max(last, end))

    def _fill(self, first: date, last: date) -> None:
        """Enter the days from ``first``, with which the table goes on, to some days after ``last``."""
        self._end = end = _later(last, _MARGIN_DAYS)
        days, position, why_closed = self._days, self._position, self.why_closed
        for day in map(date.fromordinal, range(first.toordinal(), end.toordinal() + 1)):
            closed = why_closed(day)
            if closed is None:
                days.append(day)
            elif closed.name:
                self._named.append((day, closed.name))
            position[day] = len(days) - 1

    def _objection(self, day: date) -> Closed | None:
        for closure in self._closures:
            closed = closure(day)
            if closed is not None:
                return closed
        return None


def _later(day: date, days: int) -> date:
    """``days`` after ``day``, as far as the calendar goes."""
    return date.fromordinal(max(1, min(day.toordinal() + days, date.max.toordinal())))


def _no_open_day(day: date) -> BadValue:
    return BadValue(
        f"there is no business day within {_PATIENCE_YEARS} years of {day}",
        remedy="shorten the closures in the settings",
        code="CS-DAY-002",
    )

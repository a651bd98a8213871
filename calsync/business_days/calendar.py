"""Business calendars: reasons for a day to be closed, and a sum of them that counts the days that are open.

A weekend day, a public holiday, a contact's absence, a bridge day and a Monday kept
free are the same thing here, a *closure*. A new kind of closure is one function in
this module, its kind in ``Kind``, and its sentences in ``planner.sentences``; what
one employer is closed for is put together in ``calsync.business_days.employer``.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec

from calsync.domain.times import Period
from calsync.errors import BadValue
from calsync.phrase import phrase

__all__ = [
    "BusinessCalendar",
    "Closed",
    "Closure",
    "Kind",
    "away",
    "bridge_days",
    "closures",
    "holiday_eves",
    "kept_free",
    "monday_like",
    "year_end",
]

Kind = Literal[
    "weekend", "holiday", "closure", "away", "bridge", "year-end", "eve", "kept-free", "monday-like"
]


class Closed(msgspec.Struct, frozen=True):
    """Why a day is closed.

    ``name`` is the holiday's; that of a bridge day or an eve is the holiday next to
    it, which for an eve and where ``before`` is set comes after the day. Empty elsewhere.
    """

    kind: Kind
    name: str = ""
    before: bool = False


Closure = Callable[[date], Closed | None]
_ONE_DAY = timedelta(days=1)
_MOST_YEARS = 4
_MONTH = 31
_YEAR = 366


class BusinessCalendar:
    """Answers *is this day open, and if not, why not*; the first closure that objects gives the reason.

    A calendar is itself a closure (``calendar.why_closed``), so calendars add
    up: ``BusinessCalendar(counting.why_closed, away(periods))``.
    """

    def __init__(self, *closures: Closure) -> None:
        self._closures = closures
        self._known: dict[date, Closed | None] = {}
        self._added: dict[int, dict[date, date]] = {}  # many interviews share their days
        self._open: list[date] = []  # all open days from _first to _last
        self._named: list[date] = []  # the closed ones among them that have a name
        self._first: date | None = None
        self._last: date | None = None

    def why_closed(self, day: date) -> Closed | None:
        """The reason ``day`` is closed, None if it is open."""
        try:
            return self._known[day]
        except KeyError:
            found = None
            for closure in self._closures:
                found = closure(day)
                if found is not None:
                    break
            self._known[day] = found
            return found

    def is_open(self, day: date) -> bool:
        """Whether business is done on ``day``."""
        known = self._known
        return (known[day] if day in known else self.why_closed(day)) is None

    def add(self, day: date, count: int) -> date:
        """The ``count``-th open day after ``day``, whether or not ``day`` is open; before it where negative.

        ``day`` itself for 0. Raises BadValue where closures leave no such day within a few years.
        """
        try:
            return self._added[count][day]
        except KeyError:
            found = self._add(day, count) if count > 0 else self._subtract(day, -count)
            self._added.setdefault(count, {})[day] = found
            return found

    def names_between(self, begin: date, end: date) -> tuple[str, ...]:
        """The names of holidays between two days, both left out, in order and each once."""
        if self._first is None or self._last is None or begin < self._first or end > self._last:
            self._cover(begin, end)
        first, last = bisect_right(self._named, begin), bisect_left(self._named, end)
        if first >= last:
            return ()
        closed = (self._known[day] for day in self._named[first:last])
        return tuple(dict.fromkeys(each.name for each in closed if each))

    def _add(self, day: date, count: int) -> date:
        for years in range(_MOST_YEARS):
            if self._first is not None and self._first <= day:
                position = bisect_right(self._open, day) + count - 1
                if position < len(self._open):
                    return self._open[position]
            self._cover(day, _later(day, 2 * count + _YEAR * years))
        raise _no_open_day(day)

    def _subtract(self, day: date, count: int) -> date:
        limit = day - timedelta(days=_YEAR * _MOST_YEARS)
        while count:
            day -= _ONE_DAY
            count -= self.is_open(day)
            if day < limit:
                raise _no_open_day(day)
        return day

    def _cover(self, first: date, last: date) -> None:
        """Let the lists reach from ``first`` to ``last``, and over what they cover already."""
        if self._first is None or self._last is None:
            self._open, self._named = self._look_at(first, last)
            self._first, self._last = first, last
            return
        if first < self._first:
            begin = _later(first, -_MONTH)
            open_days, named = self._look_at(begin, self._first - _ONE_DAY)
            self._open[:0], self._named[:0], self._first = open_days, named, begin
        if last > self._last:
            end = _later(last, _MONTH)
            open_days, named = self._look_at(self._last + _ONE_DAY, end)
            self._open += open_days
            self._named += named
            self._last = end

    def _look_at(self, first: date, last: date) -> tuple[list[date], list[date]]:
        """The open days from ``first`` to ``last``, and the closed ones that have a name."""
        open_days, named = [], []
        for day in map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1)):
            closed = self.why_closed(day)
            if closed is None:
                open_days.append(day)
            elif closed.name:
                named.append(day)
        return open_days, named


def _later(day: date, days: int) -> date:
    """``days`` after ``day``, as far as the calendar goes."""
    return date.fromordinal(max(1, min(day.toordinal() + days, date.max.toordinal())))


def _no_open_day(day: date) -> BadValue:
    return BadValue(
        phrase(
            "there is no business day within {most_years} years of {day}", most_years=_MOST_YEARS, day=day
        ),
        remedy=phrase("shorten the closures in the settings"),
        code="CS-DAY-002",
    )


# Closures, each a function from a day to why it is closed, or None.

OnWeekday = Callable[[date], Collection[int]]
"""Some weekdays (Monday is 0), as they are in the week of a day: those kept free, or the weekend."""

_CLOSURE = Closed("closure")
_AWAY = Closed("away")
_YEAR_END = Closed("year-end")
_KEPT_FREE = Closed("kept-free")
_MONDAY_LIKE = Closed("monday-like")


def closures(periods: Sequence[Period]) -> Closure:
    """The employer's house is shut: company closures from the settings."""
    return lambda day: _CLOSURE if any(day in period for period in periods) else None


def away(periods: Sequence[Period]) -> Closure:
    """The contact is away (002-19)."""
    return lambda day: _AWAY if any(day in period for period in periods) else None


def kept_free(weekdays: OnWeekday) -> Closure:
    """Weekdays on which no call is placed (002-07)."""
    return lambda day: _KEPT_FREE if day.weekday() in weekdays(day) else None


def monday_like(counting: Closure, weekdays: OnWeekday) -> Closure:
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


# Quiet days: open on paper, and nobody decides anything on them. They are counted, and nothing lands on them.


def bridge_days(counting: Closure, weekend: OnWeekday) -> Closure:
    """One open day alone between two runs of closed days, one of which holds a holiday on a day otherwise worked."""

    def closed(day: date) -> Closed | None:
        if counting(day) or not counting(day - _ONE_DAY) or not counting(day + _ONE_DAY):
            return None
        if name := _holiday_in_run(day, -_ONE_DAY, counting, weekend):
            return Closed("bridge", name)
        name = _holiday_in_run(day, _ONE_DAY, counting, weekend)
        return Closed("bridge", name, before=True) if name else None

    return closed


def year_end(counting: Closure, has_christmas: Callable[[int], bool]) -> Closure:
    """24 December to 1 January, in the years in which Christmas Day is a public holiday."""

    def closed(day: date) -> Closed | None:
        if (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1):
            christmas = day.year if day.month > 1 else day.year - 1
            return None if counting(day) or not has_christmas(christmas) else _YEAR_END
        return None

    return closed


def holiday_eves(counting: Closure, weekend: OnWeekday) -> Closure:
    """The last open day before a run of closed days that holds a holiday on a day otherwise worked."""

    def closed(day: date) -> Closed | None:
        if counting(day):
            return None
        name = _holiday_in_run(day, _ONE_DAY, counting, weekend)
        return Closed("eve", name, before=True) if name else None

    return closed


_LONGEST_RUN = 400
"""Closed days in a row that are looked through for a holiday; more than a year holds one anyhow."""


def _holiday_in_run(day: date, step: timedelta, counting: Closure, weekend: OnWeekday) -> str:
    """The holiday nearest to ``day``, on a day otherwise worked, in the run of closed days next to it."""
    for _ in range(_LONGEST_RUN):
        day += step
        closed = counting(day)
        if closed is None:
            return ""
        if closed.kind == "holiday" and day.weekday() not in weekend(day):
            return closed.name
    return ""

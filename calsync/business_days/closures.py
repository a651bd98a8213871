"""Reasons for a day to be closed: each a function from a day to why it is closed, or None.

A weekend day, a public holiday, a contact's absence, a bridge day and a Monday kept
free are the same thing here, a *closure*. A new kind of closure is one function in
this module, its kind in ``Kind``, and its sentences in ``planner.sentences``.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec

from calsync.domain.times import Period

__all__ = [
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

_ONE_DAY = timedelta(days=1)
_LONGEST_RUN = 400
"""Closed days in a row that are looked through for a holiday; more than a year holds one anyhow."""


class Closed(msgspec.Struct, frozen=True):
    """Why a day is closed.

    ``name`` is the holiday's; that of a bridge day or an eve is the holiday next to
    it, which for an eve and where ``before`` is set comes after the day. Empty elsewhere.
    """

    kind: Kind
    name: str = ""
    before: bool = False


Closure = Callable[[date], Closed | None]
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

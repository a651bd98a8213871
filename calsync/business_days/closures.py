"""Reasons for a day to be closed.

A weekend day, a public holiday, a contact's absence and a Monday kept free are
the same thing here: a closure, a function from a day to why it is closed, or
None. A new kind of closure is one function in this module.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from calsync.domain.periods import Period

__all__ = ["Closed", "Closure", "Kind", "away", "closures", "kept_free", "monday_like"]

Kind = Literal["weekend", "holiday", "closure", "away", "kept-free", "monday-like"]

_ONE_DAY = timedelta(days=1)


class Closed(NamedTuple):
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

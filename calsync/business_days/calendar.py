"""A business calendar: a sum of closures that knows open days from closed ones, and counts the open ones.

The closures are in ``calsync.business_days.closures``; what they are made of for
one employer is in ``calsync.business_days.employer``.
"""

from bisect import bisect_right
from datetime import date, timedelta

from calsync.business_days.closures import Closed, Closure
from calsync.errors import BadValue

__all__ = ["BusinessCalendar"]

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
        self._open_days: list[date] = []  # all of them from _first to _last
        self._first: date | None = None
        self._last: date | None = None

    def why_closed(self, day: date) -> Closed | None:
        """The reason ``day`` is closed, None if it is open."""
        try:
            return self._known[day]
        except KeyError:
            objections = (closure(day) for closure in self._closures)
            found = self._known[day] = next((closed for closed in objections if closed), None)
            return found

    def is_open(self, day: date) -> bool:
        """Whether business is done on ``day``."""
        return self.why_closed(day) is None

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
        days = map(date.fromordinal, range(begin.toordinal() + 1, end.toordinal()))
        closed = (self.why_closed(day) for day in days)
        return tuple(dict.fromkeys(each.name for each in closed if each and each.name))

    def _add(self, day: date, count: int) -> date:
        for years in range(_MOST_YEARS):
            self._cover(day, _later(day, 2 * count + _YEAR * years))
            position = bisect_right(self._open_days, day) + count - 1
            if position < len(self._open_days):
                return self._open_days[position]
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
        """Let the list of open days reach from ``first`` to ``last``, and over what it covers already."""
        if self._first is None or self._last is None:
            self._open_days, self._first = self._open_between(first, last), first
            self._last = last
        if first < self._first:
            begin = _later(first, -_MONTH)
            self._open_days[:0] = self._open_between(begin, self._first - _ONE_DAY)
            self._first = begin
        if last > self._last:
            end = _later(last, _MONTH)
            self._open_days += self._open_between(self._last + _ONE_DAY, end)
            self._last = end

    def _open_between(self, first: date, last: date) -> list[date]:
        days = map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))
        return [day for day in days if self.is_open(day)]


def _later(day: date, days: int) -> date:
    """``days`` after ``day``, as far as the calendar goes."""
    return date.fromordinal(max(1, min(day.toordinal() + days, date.max.toordinal())))


def _no_open_day(day: date) -> BadValue:
    return BadValue(
        f"there is no business day within {_MOST_YEARS} years of {day}",
        remedy="shorten the closures in the settings",
        code="CS-DAY-002",
    )

"""What a candidate's time is taken by: interviews, calls, and busy times of their own.

Every slot is a quarter hour and every zone in use keeps to quarter hours, so
that a set of quarter hours says exactly what overlaps what.
"""

from collections.abc import Hashable, Iterable
from datetime import datetime
from math import ceil
from typing import NamedTuple

from calsync.domain.hours import QUARTER

__all__ = ["BusyTime", "Diary"]

_SECONDS = QUARTER * 60


class BusyTime(NamedTuple):
    """A time that the candidate has given to something else, and whose ``calendar`` says so ("" for none)."""

    start: datetime
    end: datetime
    calendar: str = ""


class Diary:
    """The quarter hours of one candidate that are taken, and by what."""

    __slots__ = ("_busy", "_full_days", "_taken")

    def __init__(self) -> None:
        self._taken: dict[int, str | BusyTime] = {}
        self._full_days: set[Hashable] = set()
        self._busy: list[BusyTime] = []

    def take(self, start: datetime, minutes: int, what: str | BusyTime) -> None:
        """Enter ``what`` for every quarter hour that these minutes touch; what came first stays."""
        begin = start.timestamp()
        self._take(begin, begin + 60 * minutes, what)

    def take_busy(self, times: Iterable[BusyTime]) -> None:
        """Enter the candidate's own busy times, after what is known better: an interview is in their calendar too."""
        for each in times:
            what = each if each.calendar else "an appointment of your own"
            self._take(each.start.timestamp(), each.end.timestamp(), what)
            if each.calendar:
                self._busy.append(each)

    def taken_by(self, quarter: int) -> str | BusyTime | None:
        """What takes the quarter hour of that index, None if it is free."""
        return self._taken.get(quarter)

    def busy_at(self, start: datetime, end: datetime) -> BusyTime | None:
        """The busy time out of a calendar that a call from ``start`` to ``end`` would fall into."""
        return next((each for each in self._busy if each.start < end and each.end > start), None)

    def is_known_full(self, day: Hashable) -> bool:
        """Whether a search like this one found nothing on that day before; time taken is never given back."""
        return bool(self._full_days) and day in self._full_days

    def remember_full(self, day: Hashable) -> None:
        """Spare the next search like this one the same day."""
        self._full_days.add(day)

    def _take(self, begin: float, end: float, what: str | BusyTime) -> None:
        """The same from one second since 1970 to another."""
        for quarter in range(int(begin // _SECONDS), ceil(end / _SECONDS)):
            self._taken.setdefault(quarter, what)

"""What a candidate's time is taken by: interviews, calls, and busy times of their own.

Every slot is a quarter hour and every zone in use keeps to quarter hours, so
that a set of quarter hours says exactly what overlaps what.
"""

from collections.abc import Hashable
from datetime import datetime, timedelta

from calsync.planner.clock import quarter_index

__all__ = ["Diary"]

_MOMENT = timedelta(microseconds=1)


class Diary:
    """The quarter hours of one candidate that are taken, and by what."""

    __slots__ = ("_full_days", "_taken")

    def __init__(self) -> None:
        self._taken: dict[int, str] = {}
        self._full_days: set[Hashable] = set()

    def take(self, start: datetime, end: datetime, what: str) -> None:
        """Enter ``what`` for every quarter hour it touches; what came first stays."""
        for quarter in range(quarter_index(start), quarter_index(end - _MOMENT) + 1):
            self._taken.setdefault(quarter, what)

    def taken_by(self, quarter: int) -> str | None:
        """What takes the quarter hour of that index, None if it is free."""
        return self._taken.get(quarter)

    def is_known_full(self, day: Hashable) -> bool:
        """Whether a search like this one found nothing on that day before; time taken is never given back."""
        return bool(self._full_days) and day in self._full_days

    def remember_full(self, day: Hashable) -> None:
        """Spare the next search like this one the same day."""
        self._full_days.add(day)

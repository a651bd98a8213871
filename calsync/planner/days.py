"""Which day a wait falls on: preferred first, then later, then earlier, then late.

(The working values of the planner are NamedTuples: a plan makes dozens of them,
and a frozen dataclass takes three times as long to make.)
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from calsync.business_days import BusinessCalendar
from calsync.domain.reason import Reason
from calsync.planner import sentences
from calsync.planner.slots import Hurdle, Slot

__all__ = ["Found", "NotFound", "WaitDays", "find_day", "passed_over"]

_ONE_DAY = timedelta(days=1)
_SOURCES = {"kept-free": ("002-07",), "away": ("002-19",)}

Phase = Literal["window", "earlier", "late"]


class WaitDays(NamedTuple):
    """The days of a wait: its window, the first day that is allowed at all, and how long to keep looking."""

    earliest: date
    preferred: date
    latest: date
    floor: date
    patience_days: int

    @property
    def limit(self) -> date:
        """The last day that is looked at."""
        return max(self.latest, self.floor - _ONE_DAY) + timedelta(days=self.patience_days)

    @property
    def first_choice(self) -> date:
        """The preferred day, or the first after it that is allowed."""
        return max(self.preferred, self.floor)

    def in_order(self) -> Iterator[tuple[date, Phase]]:
        """Preferred to latest, then back from preferred to earliest, then on after latest."""
        yield from ((day, "window") for day in _range(max(self.preferred, self.floor), self.latest))
        back = _range(max(self.earliest, self.floor), self.preferred - _ONE_DAY)
        yield from ((day, "earlier") for day in reversed(list(back)))
        yield from ((day, "late") for day in _range(max(self.latest + _ONE_DAY, self.floor), self.limit))


class Found(NamedTuple):
    """The slot, the way to it from the first day looked at, and whether it is late."""

    slot: Slot
    reasons: tuple[Reason, ...]
    late: bool


class NotFound(NamedTuple):
    """No day up to ``limit`` would do; ``hurdle`` is what most stood in the way."""

    limit: date
    hurdle: Hurdle | Literal["closed"]


def find_day(
    days: WaitDays, landing: BusinessCalendar, slot_on: Callable[[date], Slot | Hurdle | None]
) -> Found | NotFound:
    """The first day in order that is open in ``landing`` and has a legal slot."""
    reasons: list[Reason] = []
    first = days.first_choice
    if first <= days.latest and landing.is_open(first) and isinstance(slot := slot_on(first), Slot):
        return Found(slot, (), late=False)
    hurdle: Hurdle | Literal["closed"] = "closed"
    rejected: Callable[[date], Reason] | None = None
    phase: Phase = "window"
    for day, its_phase in days.in_order():
        if rejected is not None:
            reasons.append(rejected(day))
        if its_phase != phase:
            phase = its_phase
            reasons.append(_turn(days, day, phase))
        closed = landing.why_closed(day)
        if closed is not None:
            rejected = passed_over(day, closed.kind, sentences.CLOSED[closed.kind], closed.name)
            continue
        slot = slot_on(day)
        if isinstance(slot, Slot):
            return Found(slot, tuple(reasons), phase == "late")
        if slot is None:
            rejected = passed_over(day, "overdue", sentences.PASSED)
        else:
            hurdle = slot
            rejected = passed_over(day, slot, sentences.NO_SLOT[slot])
    return NotFound(days.limit, hurdle)


def passed_over(day: date, rule: str, sentence: str, name: str = "") -> Callable[[date], Reason]:
    """A reason that waits to hear which day is looked at next."""
    details = {"name": name} if name else None
    return lambda after: Reason(rule, day, after, sentence, _SOURCES.get(rule, ()), details)  # type: ignore[arg-type]  # every kind of closure and hurdle is a rule


def _turn(days: WaitDays, day: date, phase: Phase) -> Reason:
    """The search leaves the window: back to earlier days, or on to late ones."""
    if phase == "earlier":
        details = {"preferred": days.preferred, "latest": days.latest}
        return Reason("window-end", day, day, sentences.EARLIER_DAYS, (), details)
    return Reason("late", day, day, sentences.LATE, ("003-02",), {"latest": days.latest})


def _range(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += _ONE_DAY

"""Steps that must not come early: the days of a window, a channel, and a slot on one of them."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Literal

import msgspec
from msgspec.structs import replace

from calsync.business_days import BusinessCalendar, Closed
from calsync.domain.event import Event, Step, uid
from calsync.domain.reason import Note, Reason
from calsync.planner import sentences
from calsync.planner.case import Case, Place
from calsync.planner.progress import Anchor
from calsync.planner.slots import Hurdle, Slot
from calsync.playbooks import Days, WaitWindow

__all__ = [
    "Found",
    "NotFound",
    "WaitDays",
    "find_day",
    "landing_day",
    "passed_over",
    "shut",
    "wait",
    "wait_for",
]

_ONE_DAY = timedelta(days=1)
_SOURCES = {"kept-free": ("002-07",), "away": ("002-19",)}
Phase = Literal["window", "earlier", "late"]


class WaitDays(msgspec.Struct, frozen=True):
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
        day = self.first_choice
        while day <= self.latest:
            yield day, "window"
            day += _ONE_DAY
        day, first = self.preferred - _ONE_DAY, max(self.earliest, self.floor)
        while day >= first:
            yield day, "earlier"
            day -= _ONE_DAY
        day, limit = max(self.latest + _ONE_DAY, self.floor), self.limit
        while day <= limit:
            yield day, "late"
            day += _ONE_DAY


class Found(msgspec.Struct, frozen=True):
    """The slot, the way to it from the first day looked at, and whether it is late."""

    slot: Slot
    reasons: tuple[Reason, ...]
    late: bool


class NotFound(msgspec.Struct, frozen=True):
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
            rejected = shut(day, closed)
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


def shut(day: date, closed: Closed) -> Callable[[date], Reason]:
    """The same for a day that is closed."""
    return passed_over(day, closed.kind, sentences.CLOSED[sentences.key_of(closed)], closed.name)


def _turn(days: WaitDays, day: date, phase: Phase) -> Reason:
    """The search leaves the window: back to earlier days, or on to late ones."""
    if phase == "earlier":
        details = {"preferred": days.preferred, "latest": days.latest}
        return Reason("window-end", day, day, sentences.EARLIER_DAYS, (), details)
    return Reason("late", day, day, sentences.LATE, ("003-02",), {"latest": days.latest})


# A wait: a channel, the days that its window gives, and a slot on one of them.


_PATIENCE_DAYS = {"call": 30, "email": 60}


def wait(
    case: Case,
    step: Step,
    window: WaitWindow,
    anchor: Anchor,
    reasons: tuple[Reason, ...] = (),
    *,
    to_call: bool = False,
) -> Event | None:
    """Place a wait and enter it; a call that finds no day becomes an email, an email that finds none a note.

    ``reasons`` lead up to the anchor. Raises BadValue where closures leave no
    business day to count to.
    """
    days, reason = _counted(case, window, anchor)
    place = _place(case, days, (*reasons, reason), to_call=to_call)
    return _entered(case, step, place)


def wait_for(
    case: Case,
    step: Step,
    days: tuple[date, date, date],
    reasons: tuple[Reason, ...],
    *,
    to_call: bool,
    overdue: bool = False,
) -> Event | None:
    """The same for days that are known: earliest, preferred, latest; ``reasons`` lead up to preferred."""
    place = _place(case, days, reasons, to_call=to_call)
    return _entered(
        case, step, replace(place, overdue=True) if overdue and isinstance(place, Place) else place
    )


def landing_day(case: Case, window: WaitWindow, anchor: date, *, to_call: bool) -> date | None:
    """The day a wait would land on if every open day had a slot, as a call or else an email; places nothing."""
    landing = case.calendars.calls if to_call else case.calendars.emails
    days = _wait_days(case, _window_days(case, window, anchor), "call" if to_call else "email")
    first = days.first_choice
    if first <= days.latest and landing.is_open(first):
        return first
    found = next((day for day, _ in days.in_order() if landing.is_open(day)), None)
    return landing_day(case, window, anchor, to_call=False) if found is None and to_call else found


def _window_days(case: Case, window: WaitWindow, anchor: date) -> tuple[date, date, date]:
    """Earliest, preferred and latest day of a window that counts from ``anchor``."""
    counting = case.calendars.counting
    return (
        window.earliest.after(anchor, counting),
        window.preferred.after(anchor, counting),
        window.latest.after(anchor, counting),
    )


def _entered(case: Case, step: Step, place: Place | NotFound) -> Event | None:
    if isinstance(place, Place):
        return case.enter(step, place)
    moved = case.move_of(uid(case.interview.id, step)) if case.progress.moves else None
    if moved is not None and moved.to is not None and not case.has_passed(moved.to):
        start = moved.to.astimezone(case.interview.zone)
        return case.enter(step, Place("email", start, (), start.date(), start.date(), start.date()))
    case.notes.append(Note(step, sentences.DROPPED, {"limit": place.limit}))
    return None


def _counted(case: Case, window: WaitWindow, anchor: Anchor) -> tuple[tuple[date, date, date], Reason]:
    """The days counted from an anchor, and the reason that leads to the preferred one."""
    days = _window_days(case, window, anchor[1])
    return days, _offset(case.calendars.counting, anchor, window.preferred, days[1])


def _offset(counting: BusinessCalendar, anchor: Anchor, days: Days, day: date) -> Reason:
    """The reason that leads from an anchor to the day counted from it, naming holidays that did not count."""
    name, begin = anchor
    details: dict[str, object] = {"count": days.count, "unit": days.unit, "anchor": name}
    sentence = sentences.OFFSETS[name, days.unit]
    if days.unit == "business_days" and (holidays := counting.names_between(begin, day)):
        sentence = sentences.OFFSETS_OVER_HOLIDAYS[name]
        details["holidays"] = ", ".join(holidays)
    return Reason("offset", begin, day, sentence, days.source, details)


def _place(
    case: Case, days: tuple[date, date, date], reasons: tuple[Reason, ...], *, to_call: bool
) -> Place | NotFound:
    found: Found | NotFound
    if to_call:
        call_days = _wait_days(case, days, "call")
        found = find_day(call_days, case.calendars.calls, _slots(case, "call"))
        if isinstance(found, Found):
            return _placed(case, "call", call_days, reasons, found)
        details = {"limit": found.limit}
        fallback = Reason(
            "fallback", days[1], days[1], sentences.FALLBACK[found.hurdle], ("000-02",), details
        )
        reasons = (*reasons, fallback)
    email_days = _wait_days(case, days, "email")
    found = find_day(email_days, case.calendars.emails, _slots(case, "email"))
    if isinstance(found, NotFound):
        return found
    return _placed(case, "email", email_days, reasons, found)


def _placed(
    case: Case, action: Literal["call", "email"], days: WaitDays, reasons: tuple[Reason, ...], found: Found
) -> Place:
    floored, overdue = _floor_reason(case, days) if days.floor > days.preferred else ((), False)
    return Place(
        action=action,
        start=found.slot.start,
        reasons=(*reasons, *floored, *found.reasons, *found.slot.reasons),
        earliest=days.earliest,
        preferred=days.preferred,
        latest=days.latest,
        late=found.late,
        overdue=overdue,
    )


def _wait_days(case: Case, days: tuple[date, date, date], action: Literal["call", "email"]) -> WaitDays:
    floor, next_touch = days[0], case.next_touch()
    if next_touch is not None and next_touch > floor:
        floor = next_touch
    if case.floor_day is not None and case.floor_day > floor:
        floor = case.floor_day
    return WaitDays(*days, floor, _PATIENCE_DAYS[action])


def _floor_reason(case: Case, days: WaitDays) -> tuple[tuple[Reason, ...], bool]:
    """What led past the preferred day before the search began, and whether that was time."""
    first = next(days.in_order())[0]
    floor = case.floor_day
    overdue = floor is not None and floor > days.preferred
    if floor == first:
        return (Reason("overdue", days.preferred, first, sentences.PASSED),), overdue
    details = {"last": case.last_touch}
    return (Reason("limit", days.preferred, first, sentences.ONE_TOUCH_A_DAY, ("000-05",), details),), overdue


def _slots(case: Case, action: Literal["call", "email"]) -> Callable[[date], Slot | Hurdle | None]:
    """How a slot is looked for on a day; under a floor only what has not passed counts.

    A call can only have passed on the day of the floor; an email also on the
    day after, where it would have left the evening before.
    """
    floor = case.floor_day
    if floor is None:
        return case.finder.call if action == "call" else case.finder.email
    if action == "email":
        return lambda day: case.finder.email(day, not_before=case.not_before)
    return lambda day: case.finder.call(day, not_before=case.not_before if day <= floor else None)

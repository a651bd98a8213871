"""A status touch that must not come late: the last good moment before they decide (002-21)."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Literal

from calsync.domain.event import Event
from calsync.domain.reason import Reason
from calsync.planner import sentences
from calsync.planner.case import Case, Place
from calsync.planner.days import passed_over
from calsync.planner.slots import Part, Slot

__all__ = ["before_decision", "deadline_day"]

_SOURCE = ("002-21",)
_ONE_DAY = timedelta(days=1)

_Try = tuple[date, Literal["call", "email"], tuple[Part, ...]]
_Rejected = Callable[[date], Reason]


def before_decision(
    case: Case, decision: date, reasons: tuple[Reason, ...], *, to_call: bool
) -> tuple[Event | None, tuple[Reason, ...]]:
    """A call late on the eve of the decision, else early on its day; an email on the last open day before.

    Nothing is placed before the day after the interview. Gives the event, or
    None and the reasons, which lead back to the decision day.
    """
    eve, first = decision - _ONE_DAY, _first_day(case)
    trail = [*reasons, Reason("offset", decision, eve, sentences.BEFORE_DECISION, _SOURCE)]
    rejected: _Rejected | None = None
    action: Literal["call", "email"] = "call" if to_call else "email"
    for day, its_action, parts in _tries(first, decision, to_call=to_call):
        if rejected is not None:
            trail.append(rejected(day))
        if its_action != action:
            action = its_action
            trail.append(Reason("fallback", day, day, sentences.DEADLINE_EMAIL, _SOURCE))
        slot = _slot(case, day, first, action, parts)
        if isinstance(slot, Slot):
            place = Place(
                action=action,
                start=slot.start,
                reasons=(*trail, *slot.reasons),
                earliest=min(first, eve),
                preferred=eve,
                latest=decision,
            )
            return case.enter("status", place), ()
        rejected = slot
    trail.append(rejected(decision) if rejected else Reason("limit", eve, decision, sentences.TOO_SOON))
    return None, (*trail, Reason("fallback", decision, decision, sentences.DEADLINE_FAILED))


def deadline_day(case: Case, decision: date, *, to_call: bool) -> date | None:
    """The day that ``before_decision`` would find if every open day had a slot; places nothing."""
    first = _first_day(case)
    for day, action, _ in _tries(first, decision, to_call=to_call):
        landing = case.calendars.calls if action == "call" else case.calendars.emails
        if day >= first and landing.is_open(day):
            return day
    return None


def _tries(first: date, decision: date, *, to_call: bool) -> Iterator[_Try]:
    """The days to look at, in order, with what to look for."""
    eve = decision - _ONE_DAY
    if to_call:
        yield eve, "call", ("late",)
        yield decision, "call", ("early",)
    day = eve
    while day >= first:
        yield day, "email", ()
        day -= _ONE_DAY
    if decision >= first:
        yield decision, "email", ()


def _slot(
    case: Case, day: date, first: date, action: Literal["call", "email"], parts: tuple[Part, ...]
) -> Slot | _Rejected:
    if day < first:
        return passed_over(day, "limit", sentences.TOO_SOON)
    closed = (case.calendars.calls if action == "call" else case.calendars.emails).why_closed(day)
    if closed is not None:
        return passed_over(day, closed.kind, sentences.CLOSED[closed.kind], closed.name)
    if action == "email":
        email = case.finder.email(day, not_before=case.not_before)
        return email or passed_over(day, "overdue", sentences.PASSED)
    not_before = case.not_before if day == case.floor_day else None
    slot = case.finder.call(day, not_before=not_before, parts=parts)
    return slot if isinstance(slot, Slot) else passed_over(day, slot, sentences.NO_SLOT_IN_TIME[slot])


def _first_day(case: Case) -> date:
    """The day after the interview, or the first that another touch or the floor allows."""
    floors = (case.interview.day + _ONE_DAY, case.next_touch(), case.floor_day)
    return max(day for day in floors if day is not None)

"""A day, or a day and time, that the employer named: it is kept, whatever day it is."""

from datetime import date, datetime

from calsync.domain.event import Event, Step
from calsync.domain.hours import QUARTER
from calsync.domain.reason import Reason
from calsync.planner import sentences
from calsync.planner.case import Case, Place
from calsync.planner.clock import at_minute, later, round_up
from calsync.planner.slots import CALL_MINUTES, Slot
from calsync.planner.waits import wait_for

__all__ = ["agreed", "asked_to_call"]

_SOURCE = ("000-07", "001-17")


def agreed(case: Case, step: Step, moment: date | datetime, chosen: Reason, *, to_call: bool) -> Event | None:
    """Pin ``step`` to the agreed day, and to its time if one was named.

    With a day alone it takes the first legal slot, or the start of business
    hours where there is none. A moment that has passed is caught up with: the
    first legal slot from the floor on, overdue.
    """
    start = moment.astimezone(case.interview.zone) if isinstance(moment, datetime) else None
    day = start.date() if start else moment
    reasons: tuple[Reason, ...] = (chosen, Reason("agreed", chosen.after, day, sentences.AGREED, _SOURCE))
    if _has_passed(case, day, start):
        if start is not None:
            reasons = (*reasons, *_passed(day, start))
        return wait_for(case, step, (day, day, day), reasons, to_call=to_call, overdue=True)
    reasons = (*reasons, *_although(case, day, to_call=to_call))
    if start is not None:
        slot = Slot(start, (Reason("pinned", day, start, sentences.AGREED_TIME, ("003-09",)),))
    else:
        slot = _slot_on(case, day, to_call=to_call)
    if to_call:
        slot = slot._replace(reasons=(*slot.reasons, *_although_busy(case, slot.start)))
    place = Place(
        action="call" if to_call else "email",
        start=slot.start,
        reasons=(*reasons, *slot.reasons),
        earliest=day,
        preferred=day,
        latest=day,
        pinned=True,
    )
    return case.enter(step, place)


def asked_to_call(case: Case, step: Step, moment: date | datetime) -> Event | None:
    """Pin ``step`` to the time at which they asked to be called; an email where there is no number (003-09)."""
    met = case.interview.day
    wanted = Reason("channel", met, met, sentences.CALL_ASKED, ("003-09",))
    return agreed(case, step, moment, wanted, to_call=bool(case.interview.phone))


def _has_passed(case: Case, day: date, start: datetime | None) -> bool:
    if case.not_before is None:
        return False
    last = start or at_minute(day, case.preferences.business_hours.closes - QUARTER, case.interview.zone)
    return last < case.not_before


def _passed(day: date, start: datetime) -> tuple[Reason, ...]:
    """The agreed time, and that it is over; leads back to its day, from which on it is caught up with."""
    agreed_time = Reason("agreed", day, start, sentences.AGREED_TIME, ("003-09",))
    return agreed_time, Reason("overdue", start, day, sentences.PASSED)


def _although(case: Case, day: date, *, to_call: bool) -> tuple[Reason, ...]:
    """The closure that the agreement overrules, if there is one."""
    closed = (case.calendars.calls if to_call else case.calendars.emails).why_closed(day)
    if closed is None:
        return ()
    return (Reason("pinned", day, day, sentences.AGREED_ALTHOUGH[closed.kind], (), {"name": closed.name}),)


def _although_busy(case: Case, start: datetime) -> tuple[Reason, ...]:
    """The busy time of the candidate's own that the agreement overrules, in the candidate's clock."""
    busy = case.diary.busy_at(start, later(start, CALL_MINUTES))
    if busy is None:
        return ()
    begin, end = (moment.astimezone(case.preferences.zone) for moment in (busy.start, busy.end))
    on_one_day = begin.date() == end.date()
    details = {
        "calendar": busy.calendar,
        "busy": begin.time() if on_one_day else begin,
        "until": end.time() if on_one_day else end,
    }
    sentence = sentences.AGREED_BUSY["the same day" if on_one_day else "another day"]
    return (Reason("pinned", start, start, sentence, (), details),)


def _slot_on(case: Case, day: date, *, to_call: bool) -> Slot:
    floors = [case.end] if day == case.end.date() else []
    if case.not_before is not None and day == case.floor_day:
        floors.append(case.not_before)
    find = case.finder.call if to_call else case.finder.email
    slot = find(day, not_before=max(floors, default=None))
    if isinstance(slot, Slot):
        return slot
    opens = case.finder.start_of_day(day)
    start = max([opens, *(round_up(floor.astimezone(case.interview.zone)) for floor in floors)])
    passed = (Reason("overdue", opens, start, sentences.PASSED),) if start > opens else ()
    return Slot(start, (Reason("pinned", day, opens, sentences.AGREED_START_OF_DAY), *passed))

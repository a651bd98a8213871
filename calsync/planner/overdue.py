"""What is said of a follow-up whose time has passed: when the next legal slot for it is.

Time that passes changes no plan; this is worked out from ``now`` each time somebody looks.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from calsync.business_days import EmployerCalendars
from calsync.domain.event import Event
from calsync.domain.interview import Interview
from calsync.planner.clock import later, round_up
from calsync.planner.slots import Slot, SlotFinder
from calsync.planner.steps import LAST_THANKS_HOURS, decent

__all__ = ["next_slot"]

_ONE_DAY = timedelta(days=1)
_MOST_DAYS = 60


def next_slot(
    event: Event,
    interview: Interview,
    now: datetime,
    *,
    calendars: EmployerCalendars,
    finder: SlotFinder,
    own: ZoneInfo,
    last_touch: date | None = None,
) -> datetime | None:
    """The first legal start for a pending follow-up from ``now`` on, by time; None where there is none.

    What was pinned counts as unpinned. A call keeps to landing days, hours, eves
    and what is taken; an email takes any quarter hour of their business hours
    inside the candidate's; both come at least a business day after
    ``last_touch``. Thanks go out until 72 hours after the interview's end, by
    email between 08:00 and 20:30 on any day. ``ask`` and ``prepare`` have no next slot.
    """
    if event.action in {"ask", "prepare"}:
        return None
    until = later(interview.end, LAST_THANKS_HOURS * 60) if event.step == "thank-you" else None
    if until is not None and event.action == "email":
        found: datetime | None = decent(round_up(now.astimezone(own)))
    else:
        first = now.astimezone(interview.zone).date()
        if last_touch is not None and until is None:
            first = max(first, calendars.counting.add(last_touch, 1))
        found = _first_slot(event, now, first, calendars, finder)
    return found if found is None or until is None or found <= until else None


def _first_slot(
    event: Event, now: datetime, first: date, calendars: EmployerCalendars, finder: SlotFinder
) -> datetime | None:
    by_call = event.action == "call"
    landing = calendars.calls if by_call else calendars.emails
    find: Callable[[date], object] = (
        (lambda day: finder.call(day, not_before=now, soonest=True))
        if by_call
        else (lambda day: finder.email(day, not_before=now))
    )
    days = (first + count * _ONE_DAY for count in range(_MOST_DAYS))
    slots = (find(day) for day in days if landing.is_open(day))
    return next((slot.start for slot in slots if isinstance(slot, Slot)), None)

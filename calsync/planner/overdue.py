"""What is said of a follow-up whose time has passed: when the next legal slot for it is.

Time that passes changes no plan; this is worked out from ``now`` each time somebody looks.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from calsync.business_days import EmployerCalendars
from calsync.domain.event import Event
from calsync.domain.interview import Interview
from calsync.planner.case import LAST_THANKS_HOURS
from calsync.planner.clock import at_minute, later, round_up
from calsync.planner.slots import Slot, SlotFinder
from calsync.planner.steps import decent

__all__ = ["SlotSearch"]

_ONE_DAY = timedelta(days=1)
_MOST_DAYS = 60


class SlotSearch(msgspec.Struct, frozen=True):
    """Where a pending follow-up could go instead, by every rule: landing days, hours, eves and what is taken.

    What was pinned counts as unpinned. An email takes any quarter hour of their
    business hours inside the candidate's; both come at least a business day
    after ``last_touch``. Thanks go out until 72 hours after the interview's end,
    by email between 08:00 and 20:30 on any day. ``ask`` and ``prepare`` go nowhere else.
    """

    event: Event
    interview: Interview
    calendars: EmployerCalendars
    finder: SlotFinder
    own: ZoneInfo
    last_touch: date | None = None

    def soonest(self, now: datetime) -> datetime | None:
        """The first legal start from ``now`` on, by time; None where there is none."""
        return self._legal(now, soonest=True)

    def on(self, day: date, now: datetime) -> datetime | None:
        """The first legal slot of ``day`` in the order of preference, else of the next day that has one."""
        zone = self.own if self._is_written_thanks else self.interview.zone
        return self._legal(max(now, at_minute(day, 0, zone)), soonest=False)

    @property
    def _is_written_thanks(self) -> bool:
        return self.event.step == "thank-you" and self.event.action == "email"

    def _legal(self, begin: datetime, *, soonest: bool) -> datetime | None:
        if self.event.action in {"ask", "prepare"}:
            return None
        if self._is_written_thanks:
            found: datetime | None = decent(round_up(begin.astimezone(self.own)))
        else:
            found = self._first_slot(begin, soonest=soonest)
        if found is None or self.event.step != "thank-you":
            return found
        return found if found <= later(self.interview.end, LAST_THANKS_HOURS * 60) else None

    def _first_slot(self, begin: datetime, *, soonest: bool) -> datetime | None:
        first = begin.astimezone(self.interview.zone).date()
        if self.last_touch is not None and self.event.step != "thank-you":
            first = max(first, self.calendars.counting.add(self.last_touch, 1))
        by_call = self.event.action == "call"
        landing = self.calendars.calls if by_call else self.calendars.emails
        days = (first + count * _ONE_DAY for count in range(_MOST_DAYS))
        for day in days:
            if not landing.is_open(day):
                continue
            slot = (
                self.finder.call(day, not_before=begin, soonest=soonest)
                if by_call
                else self.finder.email(day, not_before=begin)
            )
            if isinstance(slot, Slot):
                return slot.start
        return None

"""Where else a follow-up could be: the next slot by the rules once its time has passed or it is moved, and why not on another day.

Time that passes changes no plan; this is worked out from ``now`` each time somebody looks.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from calsync.business_days import EmployerCalendars
from calsync.domain.event import LAST_THANKS_HOURS, Event, Plan
from calsync.domain.interview import Interview
from calsync.domain.reason import Moment, Reason
from calsync.planner import sentences
from calsync.planner.around import decent
from calsync.planner.clock import CALL_MINUTES, at_minute, later, round_up
from calsync.planner.rules import RuleBook, preferred_window
from calsync.planner.slots import BusyTime, Diary, Slot, SlotFinder

__all__ = ["SlotSearch", "reasons_against", "search_for"]

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


def search_for(
    rules: RuleBook,
    event: Event,
    interview: Interview,
    others: Iterable[Interview | Event],
    busy: Iterable[BusyTime],
    last_touch: date | None = None,
) -> SlotSearch:
    """A search for ``event`` beside what is taken: by ``others``, interviews and calls, and by ``busy`` times."""
    diary = Diary()
    for each in others:
        if isinstance(each, Interview):
            if each.status != "withdrawn":
                diary.take(each.start, each.minutes, f"the interview with {each.company}")
        elif each.action == "call" and each.uid != event.uid:
            diary.take(each.start, CALL_MINUTES, f"{each.step} call")
    diary.take_busy(busy)
    its_rules = rules.of(interview)
    calendars = its_rules.calendars.with_away(interview.away)
    window = preferred_window(interview, rules.preferences, its_rules.playbook)
    finder = SlotFinder(its_rules.hours, interview.busy, window, diary, calendars.eve)
    return SlotSearch(event, interview, calendars, finder, rules.preferences.zone, last_touch)


# What speaks against a day that somebody would have expected a follow-up on: "why not Tuesday?".


def reasons_against(search: SlotSearch, plan: Plan, day: date) -> tuple[Reason, ...]:
    """Every reason against ``day``, the hardest first; one that says what is preferred where nothing forbids it."""
    event = search.event
    chosen = event.start.astimezone(plan.interview.zone).date()
    if day == chosen:
        return (Reason("slot", day, chosen, sentences.IT_IS_THAT_DAY),)
    if event.action in {"ask", "prepare"} or event.step == "thank-you":
        return (Reason("offset", day, chosen, sentences.BOUND[event.step]),)
    found = [*_met_on_the_way(event, day)]
    if not found:
        found += _of_the_day(search, plan, day, chosen)
    if event.moved:
        found.insert(0, Reason("moved", day, chosen, sentences.MOVED_AWAY))
    elif event.pinned:
        found.insert(0, Reason("pinned", day, chosen, sentences.NOT_AGREED))
    return tuple(
        found or [Reason("offset", day, chosen, sentences.LESS_PREFERRED, (), {"preferred": event.preferred})]
    )


def _met_on_the_way(event: Event, day: date) -> Iterator[Reason]:
    """The entries of the trace that passed over that day."""
    for reason in event.trace:
        if (
            _day(reason.before) == day
            and _day(reason.after) != day
            and reason.rule not in {"offset", "decision"}
        ):
            yield reason


def _of_the_day(search: SlotSearch, plan: Plan, day: date, chosen: date) -> Iterator[Reason]:
    """The same for a day that was never looked at."""
    event, calendars = search.event, search.calendars
    before = [_touch_day(each, plan) for each in plan.events if _is_touch(each) and each.start < event.start]
    if before and day < calendars.counting.add(max(before), 1):
        yield Reason("limit", day, chosen, sentences.ONE_TOUCH_A_DAY, ("000-05",), {"last": max(before)})
    elif day < event.earliest:
        yield Reason("offset", day, chosen, sentences.TOO_EARLY, (), {"earliest": event.earliest})
    elif day > event.latest:
        yield Reason("late", day, chosen, sentences.TOO_LATE, ("003-02",), {"latest": event.latest})
    closed = (calendars.calls if event.action == "call" else calendars.emails).why_closed(day)
    if closed is not None:
        details = {"name": closed.name}
        yield Reason(closed.kind, day, chosen, sentences.CLOSED[sentences.key_of(closed)], (), details)
    elif event.action == "call" and not isinstance(hurdle := search.finder.call(day), Slot):
        yield Reason(hurdle, day, chosen, sentences.NO_SLOT[hurdle])


def _is_touch(event: Event) -> bool:
    return event.action in {"call", "email"}


def _touch_day(event: Event, plan: Plan) -> date:
    return event.start.astimezone(plan.interview.zone).date()


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment

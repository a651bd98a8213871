"""What speaks against a day that somebody would have expected a follow-up on: "why not Tuesday?"."""

from collections.abc import Iterator
from datetime import date, datetime

from calsync.business_days import EmployerCalendars
from calsync.domain.event import Event, Plan
from calsync.domain.reason import Moment, Reason
from calsync.planner import sentences
from calsync.planner.slots import Slot, SlotFinder

__all__ = ["reasons_against"]


def reasons_against(
    event: Event, plan: Plan, day: date, calendars: EmployerCalendars, finder: SlotFinder
) -> tuple[Reason, ...]:
    """Every reason against ``day``, the hardest first; one that says what is preferred where nothing forbids it."""
    chosen = event.start.astimezone(plan.interview.zone).date()
    if day == chosen:
        return (Reason("slot", day, chosen, sentences.IT_IS_THAT_DAY),)
    if event.action in {"ask", "prepare"} or event.step == "thank-you":
        return (Reason("offset", day, chosen, sentences.BOUND[event.step]),)
    found = [*_met_on_the_way(event, day)]
    if not found:
        found += _of_the_day(event, plan, day, chosen, calendars, finder)
    if event.pinned:
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


def _of_the_day(
    event: Event, plan: Plan, day: date, chosen: date, calendars: EmployerCalendars, finder: SlotFinder
) -> Iterator[Reason]:
    """The same for a day that was never looked at."""
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
    elif event.action == "call" and not isinstance(hurdle := finder.call(day), Slot):
        yield Reason(hurdle, day, chosen, sentences.NO_SLOT[hurdle])


def _is_touch(event: Event) -> bool:
    return event.action in {"call", "email"}


def _touch_day(event: Event, plan: Plan) -> date:
    return event.start.astimezone(plan.interview.zone).date()


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment

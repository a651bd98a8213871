"""The steps of one interview in their order, each anchored on the ones before it; among them the status touch."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Literal

from calsync.domain.event import Event, Step
from calsync.domain.reason import Note, Reason
from calsync.domain.times import Span
from calsync.planner import sentences
from calsync.planner.around import ask, prepare, thank_you
from calsync.planner.case import Case, Place
from calsync.planner.clock import Part
from calsync.planner.progress import Anchor
from calsync.planner.replies import (
    agreed,
    asked_to_call,
    courtesy,
    missed_call,
    news,
    retry,
)
from calsync.planner.slots import Slot
from calsync.planner.windows import landing_day, passed_over, shut, wait
from calsync.playbooks import Days, FollowUp

__all__ = ["decision_day", "follow_ups", "status"]


def follow_ups(case: Case) -> None:
    """Place everything that is still to come, from where the outcomes have led."""
    if _is_long_ago(case):
        case.notes.append(Note("status", sentences.LONG_AGO))
        return
    ended = case.progress.ended
    if ended is None:
        ask(case)
    if ended in (None, "invited"):
        for event in thank_you(case):
            case.touched(event)
    if ended == "rejected":
        courtesy(case)
    if ended is None:
        _touches(case)
    for call in [event for event in case.events if event.action == "call"]:
        prepare(case, call)


def _is_long_ago(case: Case) -> bool:
    """Whether the floor is far behind all the days that count, and nothing was ever logged."""
    if case.floor_day is None or case.progress.has_log:
        return False
    days = (case.interview.day, case.decision, case.agreed_day)
    return (case.floor_day - max(day for day in days if day is not None)).days > _LONG_AGO_DAYS


_LONG_AGO_DAYS = 60


def _touches(case: Case) -> None:
    for step, place in _IN_ORDER:
        over = step in case.progress.done or (step == "status" and case.told_with_the_news)
        event = None if over else place(case)
        if event is not None:
            case.touched(event)
    for step, follow_up in (("second", case.playbook.second), ("closing", case.playbook.closing)):
        if follow_up is None or step in case.progress.done:
            continue
        event = wait(case, step, follow_up.window, _anchor(case, step, follow_up))
        if event is None or _is_after_the_answer(case, event):
            break  # what counts from a follow-up that was left out is left out with it
        case.touched(event)


def _is_after_the_answer(case: Case, event: Event) -> bool:
    """Whether another employer has its answer by then; the event is taken out again, with a note."""
    by = case.progress.answer_by
    if by is None or event.pinned or event.start.astimezone(case.interview.zone).date() <= by:
        return False
    case.events.remove(event)
    case.notes.append(Note(event.step, sentences.ANSWERED_BY_THEN, {"by": by}))
    return True


def _anchor(case: Case, step: Step, follow_up: FollowUp) -> Anchor:
    """What a second or closing email counts from: the agreed day before all, else as the playbook says."""
    counted = case.progress.counts_from
    if counted is None and case.agreed_day is not None:
        moved = next((event.start for event in case.events if event.step == "status" and event.moved), None)
        day = case.local_day(moved)
        counted = ("agreed", case.agreed_day) if day is None else ("last-touch", day)
    if counted is not None and (step == "second" or "second" in case.progress.done):
        return counted
    if follow_up.after == "decision" and case.decision is not None:
        return "decision", case.decision
    if case.last_touch is not None:
        return "last-touch", case.last_touch
    return "interview", case.interview.day


# The status touch: on the agreed day, at the last moment before the decision, or after a wait.


def decision_day(case: Case) -> date | None:
    """D, the last day of the employer's stated time, counted from the interview's local date."""
    stated = case.progress.decision or case.interview.decision
    if not isinstance(stated, Span):
        return stated
    return Days(stated.count, stated.unit).after(case.interview.day, case.calendars.counting)


def status(case: Case) -> Event | None:
    """Place the one status touch of an interview, if the playbook has one for what is known."""
    to_call, sentence, source = case.channel()
    met = case.interview.day
    if (wanted := case.progress.asked_to_call("status")) is not None:
        return asked_to_call(case, "status", wanted)
    if case.progress.agreed is not None:
        to_call, sentence, source = case.channel(they_named_it=True)
        chosen = Reason("channel", met, met, sentence, source)
        return agreed(case, "status", case.progress.agreed, chosen, to_call=to_call)
    if case.decision is not None:
        chosen = Reason("channel", case.decision, case.decision, sentence, source)
        return _around_decision(case, case.decision, chosen, to_call=to_call)
    window = case.playbook.status.no_decision
    reasons = (Reason("channel", met, met, sentence, source),)
    return wait(case, "status", window, ("interview", met), reasons, to_call=to_call) if window else None


def _around_decision(case: Case, decision: date, chosen: Reason, *, to_call: bool) -> Event | None:
    """After the decision day, or before it where the playbook says so."""
    if case.playbook.status.before_decision:
        return _before(case, decision, chosen, to_call=to_call)
    window = case.playbook.status.decision
    if window is None:
        return None
    lands = partial(landing_day, case, window, to_call=to_call)
    stated = _stated(case, decision, _other_reading(case, decision, lands))
    return wait(case, "status", window, ("decision", decision), (stated, chosen), to_call=to_call)


def _before(case: Case, decision: date, chosen: Reason, *, to_call: bool) -> Event | None:
    """The deadline before the decision; where nothing meets it, the fallback playbook's wait after it."""
    window = case.fallback_playbook.status.decision

    def lands(day: date) -> date | None:
        found = deadline_day(case, day, to_call=to_call)
        return found if found or window is None else landing_day(case, window, day, to_call=to_call)

    stated = _stated(case, decision, _other_reading(case, decision, lands))
    event, reasons = before_decision(case, decision, (stated, chosen), to_call=to_call)
    if event is not None or window is None:
        return event
    return wait(case, "status", window, ("decision", decision), reasons, to_call=to_call)


def _stated(case: Case, decision: date, other: dict[str, object] | None = None) -> Reason:
    """What they said about their decision: from the interview to that day."""
    met, stated = case.interview.day, case.interview.decision
    if case.progress.decision is not None or not isinstance(stated, Span):
        return Reason("decision", met, decision, sentences.DECISION_DATE, ("000-07",))
    sentence = sentences.DECISION_TWO_READINGS if other else sentences.DECISION_SPAN
    return Reason("decision", met, decision, sentence, ("002-05",), {"span": stated, **(other or {})})


def _other_reading(
    case: Case, decision: date, lands: Callable[[date], date | None]
) -> dict[str, object] | None:
    """Where "3 days" may have meant business days and that would move the touch: both days (C14).

    ``lands`` tells the day of the touch for a decision day, as far as closed days decide it.
    """
    stated = case.interview.decision
    if case.progress.decision is not None or not isinstance(stated, Span) or stated.unit == "business_days":
        return None
    other = case.calendars.counting.add(case.interview.day, stated.count)
    if other == decision or (elsewhere := lands(other)) in {None, lands(decision)}:
        return None
    return {"other": other, "elsewhere": elsewhere}


# A status touch that must not come late: the last good moment before they decide (002-21).


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
        elif day != eve:
            trail.append(Reason("limit", eve, day, sentences.TOO_SOON))
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
        return shut(day, closed)
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


_IN_ORDER: tuple[tuple[Step, Callable[[Case], Event | None]], ...] = (
    ("no-show", missed_call),
    ("news", news),
    ("retry", retry),
    ("status", status),
)
"""In the order of their days: a retry is pending beside a status touch only if it is of a thank-you call."""

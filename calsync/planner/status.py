"""The status touch: on the agreed day, at the last moment before the decision, or after a wait."""

from collections.abc import Callable
from datetime import date
from functools import partial

from calsync.domain.event import Event
from calsync.domain.periods import Span
from calsync.domain.reason import Reason
from calsync.planner import sentences
from calsync.planner.agreed import agreed, asked_to_call
from calsync.planner.case import Case
from calsync.planner.deadline import before_decision, deadline_day
from calsync.planner.waits import landing_day, wait
from calsync.playbooks import Days

__all__ = ["decision_day", "status"]


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

"""The steps that every playbook has: ask, half an hour before the interview, and prepare, the evening before a call."""

from datetime import timedelta

from calsync.domain.event import Event
from calsync.domain.reason import Reason
from calsync.planner import sentences
from calsync.planner.case import Case, Place
from calsync.planner.clock import at_minute, clock_change, later

__all__ = ["ask", "prepare"]

_ASK_BEFORE = 30
_ASK_MINUTES = 15
_PREPARE_AT = 18 * 60
_PREPARE_MINUTES = 30
_ONE_DAY = timedelta(days=1)


def ask(case: Case) -> None:
    """Thirty minutes before the interview: when to follow up, how, and when they decide (000-06, 004-15)."""
    own = case.preferences.zone
    start = later(case.interview.start.astimezone(own), -_ASK_BEFORE)
    if case.not_before is not None and start < case.not_before:
        return
    reason = Reason("offset", case.interview.start, start, sentences.ASK, ("000-06", "004-15"))
    day = start.date()
    place = Place("ask", start, (reason,), day, day, day)
    case.enter("ask", place, minutes=_ASK_MINUTES)


def prepare(case: Case, call: Event) -> None:
    """At 18:00 on the day before a call, in the candidate's zone (000-12, 001-10, 004-12).

    Left out where the interview has not ended by then, or that time has passed;
    the call's own text carries the checklist anyway.
    """
    own = case.preferences.zone
    day = call.start.astimezone(own).date() - _ONE_DAY
    start = at_minute(day, _PREPARE_AT, own)
    if start < case.end or (case.not_before is not None and start < case.not_before):
        return
    reason = Reason("offset", call.start, start, sentences.PREPARE, ("000-12", "001-10", "004-12"))
    reasons = (reason, *clock_change(day, _PREPARE_AT, start))
    place = Place("prepare", start, reasons, day, day, day)
    case.enter("prepare", place, minutes=_PREPARE_MINUTES, part=call.step, before=call.step)

"""The steps of one interview in their order, each anchored on the ones before it."""

from collections.abc import Callable

from calsync.domain.event import Event, Step
from calsync.planner.alike import Anchor
from calsync.planner.around import ask, prepare
from calsync.planner.case import Case
from calsync.planner.replies import courtesy, is_told_with_the_news, missed_call, news, retry
from calsync.planner.status import status
from calsync.planner.thank_you import thank_you
from calsync.planner.waits import wait
from calsync.playbooks import FollowUp

__all__ = ["follow_ups"]


def follow_ups(case: Case) -> None:
    """Place everything that is still to come, from where the outcomes have led."""
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


_ANSWERS: tuple[tuple[Step, Callable[[Case], Event | None]], ...] = (
    ("no-show", missed_call),
    ("news", news),
    ("retry", retry),
    ("status", status),
)
"""In the order of their days: a retry is pending beside a status touch only if it is of a thank-you call."""


def _touches(case: Case) -> None:
    for step, place in _ANSWERS:
        over = step in case.progress.done or (step == "status" and is_told_with_the_news(case))
        event = None if over else place(case)
        if event is not None:
            case.touched(event)
    for step, follow_up in (("second", case.playbook.second), ("closing", case.playbook.closing)):
        if follow_up is None or step in case.progress.done:
            continue
        event = wait(case, step, follow_up.window, _anchor(case, step, follow_up))
        if event is None:
            break  # what counts from a follow-up that was left out is left out with it
        case.touched(event)


def _anchor(case: Case, step: Step, follow_up: FollowUp) -> Anchor:
    """What a second or closing email counts from: the agreed day before all, else as the playbook says."""
    agreed = case.progress.counts_from or case.agreed_day
    if agreed is not None and (step == "second" or "second" in case.progress.done):
        return "agreed", agreed
    if follow_up.after == "decision" and case.decision is not None:
        return "decision", case.decision
    if case.last_touch is not None:
        return "last-touch", case.last_touch
    return "interview", case.interview.day

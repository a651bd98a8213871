"""Which outcomes can follow which: refused with the reason, before anything is recorded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from calsync.domain import Event, Outcome
from calsync.domain.outcome import Result
from calsync.planner import MOST_MESSAGES
from calsync.playbooks import Playbook

if TYPE_CHECKING:
    from calsync.store import Kept

__all__ = ["refusal"]

_OF_A_TOUCH: frozenset[Result] = frozenset(
    {"sent", "no-answer", "voicemail", "gatekeeper", "bad-time", "reached", "vague", "call-back", "skip"}
)
_OF_A_CALL: frozenset[Result] = frozenset({"no-answer", "voicemail", "gatekeeper", "bad-time"})
_MESSAGES: frozenset[Result] = frozenset({"voicemail", "gatekeeper"})
_ENDS: frozenset[Result] = frozenset({"offer", "rejected", "withdrew", "invited"})
_MISSES: frozenset[Result] = frozenset({"no-answer", "voicemail", "gatekeeper"})


@dataclass(frozen=True, slots=True)
class _Log:
    """An outcome about to be logged, and everything it has to fit."""

    told: Outcome
    kept: "Kept"
    logged: Sequence[Outcome]
    pending: Sequence[Event]
    now: datetime
    playbook: Playbook

    @property
    def messages(self) -> int:
        return sum(each.result in _MESSAGES for each in self.logged)


def refusal(
    told: Outcome,
    kept: "Kept",
    logged: Sequence[Outcome],
    pending: Sequence[Event],
    *,
    now: datetime,
    playbook: Playbook,
) -> str | None:
    """Why the outcome cannot have happened, or should not; None where nothing speaks against it."""
    log = _Log(told, kept, logged, pending, now, playbook)
    return next((why for rule in _RULES if (why := rule(log))), None)


def _in_the_future(log: _Log) -> str | None:
    return "that is still to come" if log.told.at > log.now else None


def _before_the_interview(log: _Log) -> str | None:
    if log.told.result in _OF_A_TOUCH - {"skip"} and log.told.at < log.kept.interview.start:
        return "the interview has not taken place by then"
    return None


def _out_of_order(log: _Log) -> str | None:
    if log.logged and log.told.at < log.logged[-1].at:
        return f"{log.logged[-1].result} was logged for a later time already"
    return None


def _after_the_end(log: _Log) -> str | None:
    ends = [each.result for each in log.logged if each.result in _ENDS]
    if ends and log.told.result in _OF_A_TOUCH and log.told.step not in {"courtesy", "thank-you"}:
        return f"{ends[-1]} was logged, and nothing is pending after it"
    return None


def _nothing_pending(log: _Log) -> str | None:
    if log.told.result in _OF_A_TOUCH and log.told.step is None:
        return "nothing is pending for this interview"
    return None


def _not_pending(log: _Log) -> str | None:
    steps = {event.step for event in log.pending}
    if log.told.result in _OF_A_TOUCH and log.told.step not in steps:
        return f"the step {log.told.step} is not pending; pending: {', '.join(sorted(steps)) or 'nothing'}"
    return None


def _not_a_call(log: _Log) -> str | None:
    if log.told.result not in _OF_A_CALL:
        return None
    event = next((event for event in log.pending if event.step == log.told.step), None)
    return f"the step {event.step} is an email, not a call" if event and event.action != "call" else None


def _too_many_messages(log: _Log) -> str | None:
    most = min(log.playbook.calls.messages.count, MOST_MESSAGES)
    if log.told.result in _MESSAGES and log.messages >= most:
        return f"{log.messages} messages were left already, and {most} are the limit (002-10)"
    return None


def _second_call_that_day(log: _Log) -> str | None:
    zone = log.kept.interview.zone
    day = log.told.at.astimezone(zone).date()
    if log.told.result in _MISSES and any(
        each.result in _MISSES and each.at.astimezone(zone).date() == day for each in log.logged
    ):
        return f"a call was logged for {day} already, and one a day is the limit (000-20)"
    return None


_RULES: tuple[Callable[[_Log], str | None], ...] = (
    _in_the_future,
    _before_the_interview,
    _out_of_order,
    _after_the_end,
    _nothing_pending,
    _not_pending,
    _not_a_call,
    _too_many_messages,
    _second_call_that_day,
)

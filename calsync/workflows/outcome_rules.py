"""Which outcomes can follow which: refused with the reason, before anything is recorded.

A rule is a function in ``_RULES``. The first that speaks against an outcome is
the reason that is told.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Literal

import msgspec

from calsync.domain import Event, Outcome, Step
from calsync.domain.outcome import Result
from calsync.phrase import phrase
from calsync.planner import MOST_MESSAGES
from calsync.playbooks import Playbook
from calsync.workflows.replanning import ENDS

if TYPE_CHECKING:
    from calsync.store import StoredInterview

__all__ = ["NEEDS", "is_far_ahead", "meant", "refusal"]

NEEDS: Mapping[Result, Literal["next", "decision", "by"]] = {
    "bad-time": "next",
    "call-back": "next",
    "more-time": "decision",
    "competing-offer": "by",
}
"""The day that an outcome is worth nothing without."""

_OF_A_TOUCH: frozenset[Result] = frozenset(
    {"sent", "no-answer", "voicemail", "gatekeeper", "bad-time", "skip"}
)
"""Nothing of the kind happens without a touch that is pending."""
_TALKS: frozenset[Result] = frozenset({"reached", "vague", "call-back"})
"""These happen in a touch, or because they called by themselves."""
_OF_A_CALL: frozenset[Result] = frozenset({"no-answer", "voicemail", "gatekeeper", "bad-time"})
_MESSAGES: frozenset[Result] = frozenset({"voicemail", "gatekeeper"})
_MISSES: frozenset[Result] = frozenset({"no-answer", "voicemail", "gatekeeper"})


def meant(result: Result, pending: Sequence[Event]) -> Step | None:
    """The step that an outcome logged without one is about; ``pending`` touches, the earliest first.

    The earliest that it can be about: nobody leaves a message at an email, and
    who was talked to was called, if a call is pending. None where no touch is
    needed, and for what the employer does by themselves.
    """
    calls = [event for event in pending if event.action == "call"]
    if result in _OF_A_CALL | _TALKS:
        fitting = calls or pending
    elif result == "sent":
        fitting = [event for event in pending if event.action == "email"] or pending
    elif result == "more-time":
        fitting = calls
    else:
        fitting = pending if result in _OF_A_TOUCH else ()
    return fitting[0].step if fitting else None


def is_far_ahead(told: Outcome, pending: Sequence[Event], zone: tzinfo, next_business_day: date) -> bool:
    """Whether the touch that an outcome would be about begins after the business day that follows it.

    Said of the interview, such an outcome most likely means something else: an email
    that was logged already, typed once more. Who talked may have been called: that is
    never too early.
    """
    if told.result not in _OF_A_TOUCH:
        return False
    starts = [event.start.astimezone(zone).date() for event in pending if event.step == told.step]
    return bool(starts) and min(starts) > next_business_day


class _Log(msgspec.Struct, frozen=True):
    """An outcome about to be logged, and everything it has to fit."""

    told: Outcome
    kept: "StoredInterview"
    logged: Sequence[Outcome]
    pending: Sequence[Event]
    now: datetime
    playbook: Playbook

    @property
    def messages(self) -> int:
        return sum(each.result in _MESSAGES for each in self.logged)

    @property
    def events(self) -> list[Event]:
        """The pending events of the step that it is about."""
        return [event for event in self.pending if event.step == self.told.step]

    def day(self, moment: datetime) -> date:
        """Its day in the contact's zone."""
        return moment.astimezone(self.kept.interview.zone).date()


def refusal(
    told: Outcome,
    kept: "StoredInterview",
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
    return phrase("that is still to come") if log.told.at > log.now else None


def _before_the_interview(log: _Log) -> str | None:
    of_a_touch = (_OF_A_TOUCH | _TALKS) - {"skip"}
    if log.told.result in of_a_touch and log.told.at < log.kept.interview.start:
        return phrase("the interview has not taken place by then")
    return None


def _out_of_order(log: _Log) -> str | None:
    if log.logged and log.told.at < log.logged[-1].at:
        return phrase("{result} was logged for a later time already", result=log.logged[-1].result)
    return None


def _days_gone_by(log: _Log) -> str | None:
    """A day that they named is still to come, or today."""
    at, today = log.told.at, log.day(log.told.at)
    for day in _named(log.told):
        gone = day < at if isinstance(day, datetime) else day < today
        if gone:
            return phrase("{day:%Y-%m-%d} was over by then", day=day)
    return None


def _named(told: Outcome) -> Iterator[date | datetime]:
    yield from (day for day in (told.next, told.decision, told.by) if isinstance(day, date))


def _after_the_end(log: _Log) -> str | None:
    status = log.kept.interview.status
    if status == "open" or log.told.result in ENDS:
        return None
    of_what_is_left = _OF_A_TOUCH | _TALKS if log.told.step == "thank-you" else {"sent", "skip"}
    if log.told.result in of_what_is_left and log.events:
        return None
    ends = [each.result for each in log.logged if ENDS.get(each.result) == status]
    return (
        phrase("{ends} was logged", ends=ends[-1])
        if ends
        else phrase("the record says {status}", status=status)
    )


def _nothing_pending(log: _Log) -> str | None:
    if log.told.result in _OF_A_TOUCH and log.told.step is None:
        return phrase("nothing is pending for this interview")
    return None


def _not_pending(log: _Log) -> str | None:
    if log.told.step is None or log.events or log.told.result not in _OF_A_TOUCH | _TALKS:
        return None
    steps = sorted({event.step for event in log.pending})
    return phrase(
        "the step {step} is not pending; pending: {steps}",
        step=log.told.step,
        steps=", ".join(steps) or "nothing",
    )


def _not_a_call(log: _Log) -> str | None:
    if log.told.result not in _OF_A_CALL or any(event.action == "call" for event in log.events):
        return None
    return phrase("the step {step} is an email, not a call", step=log.told.step)


def _too_many_messages(log: _Log) -> str | None:
    most = min(log.playbook.calls.messages.count, MOST_MESSAGES)
    if log.told.result not in _MESSAGES or log.messages < most:
        return None
    if not most:
        return phrase("the playbook {name} leaves no messages", name=log.playbook.name)
    if log.messages == 1:
        return phrase("1 message was left already, and the limit is {most} (002-10)", most=most)
    return phrase(
        "{count} messages were left already, and the limit is {most} (002-10)", count=log.messages, most=most
    )


def _second_call_that_day(log: _Log) -> str | None:
    """Only a call that they asked for themselves may be a second one on its day."""
    day = log.day(log.told.at)
    if log.told.result not in _MISSES or any(event.pinned for event in log.events):
        return None
    if any(each.result in _MISSES and log.day(each.at) == day for each in log.logged):
        return phrase("a call was logged for {day} already, and one a day is the limit (000-20)", day=day)
    return None


_RULES: tuple[Callable[[_Log], str | None], ...] = (
    _in_the_future,
    _before_the_interview,
    _out_of_order,
    _days_gone_by,
    _after_the_end,
    _nothing_pending,
    _not_pending,
    _not_a_call,
    _too_many_messages,
    _second_call_that_day,
)

"""What an outcome is about, and which can follow which: refused with the reason, before anything is recorded.

A rule is a function in ``_RULES``. The first that speaks against an outcome is
the reason that is told. Those in ``_LIMITS`` can be gone over with ``--force``;
the others say that it is about something else.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Literal

import msgspec

from calsync.domain import Action, Event, Outcome
from calsync.domain.outcome import SET_NO_FLOOR, Result
from calsync.phrase import phrase
from calsync.planner import MOST_MESSAGES
from calsync.playbooks import Playbook
from calsync.workflows.replanning import ENDS

if TYPE_CHECKING:
    from calsync.store import StoredInterview

__all__ = ["NEEDS", "Refusal", "is_far_ahead", "meant", "refusal"]

NEEDS: Mapping[Result, Literal["next", "decision", "by", "until"]] = {
    "bad-time": "next",
    "call-back": "next",
    "more-time": "decision",
    "competing-offer": "by",
    "away": "until",
}
"""The day that an outcome is worth nothing without."""

_OF_A_TOUCH: frozenset[Result] = frozenset(
    {"sent", "no-answer", "voicemail", "gatekeeper", "bad-time", "skip", "moved"}
)
"""Nothing of the kind happens without a touch that is pending."""
_OF_PREPARING: frozenset[Result] = frozenset({"done"})
"""Said of what is asked or prepared, and of nothing else."""
_TOUCHES, _PREPARING = frozenset({"call", "email"}), frozenset({"ask", "prepare"})
_TALKS: frozenset[Result] = frozenset({"reached", "vague", "call-back"})
"""These happen in a touch, or because they called by themselves."""
_OF_A_CALL: frozenset[Result] = frozenset({"no-answer", "voicemail", "gatekeeper", "bad-time"})
_MESSAGES: frozenset[Result] = frozenset({"voicemail", "gatekeeper"})
_MISSES: frozenset[Result] = frozenset({"no-answer", "voicemail", "gatekeeper"})


def meant(result: Result, pending: Sequence[Event]) -> Event | None:
    """The follow-up that an outcome said of an interview is about; ``pending`` ones, the earliest first.

    The earliest that it can be true of: what is sent is an email, nobody leaves
    a message at one, and who was talked to was called, if a call is pending.
    None where it is about the interview as a whole.
    """
    fitting = _FITTING.get(result)
    return next((event for event in pending if fitting is not None and event.action in fitting), None)


_FITTING: Mapping[Result, frozenset[str]] = {
    "sent": frozenset({"email"}),
    **dict.fromkeys([*_OF_A_CALL, *_TALKS, "more-time"], frozenset({"call"})),
    **dict.fromkeys(["skip", "moved"], _TOUCHES),
    "done": _PREPARING,
}
"""Which kinds of follow-up an outcome can be about, where it is about one."""


def is_far_ahead(told: Outcome, event: Event | None, zone: tzinfo, next_business_day: date) -> bool:
    """Whether the follow-up that an outcome would be about begins after the business day that follows it.

    Said of the interview, such an outcome most likely means something else: an email
    that was logged already, typed once more. Who talked may have been called: that is
    never too early.
    """
    if event is None or told.result not in _OF_A_TOUCH | _OF_PREPARING:
        return False
    return event.start.astimezone(zone).date() > next_business_day


class Refusal(msgspec.Struct, frozen=True):
    """Why an outcome is not logged; whether it ``is_limit`` that may be gone over."""

    what: str
    is_limit: bool = False


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
        """The pending follow-ups that it is about."""
        if self.told.uid:
            return [event for event in self.pending if event.uid == self.told.uid]
        return [event for event in self.pending if event.step == self.told.step]

    def is_about(self, action: Action) -> bool:
        """Whether one of them is of that kind."""
        return any(event.action == action for event in self.events)

    @property
    def is_news(self) -> bool:
        """Whether it is the employer's news, whatever was pending."""
        return self.told.result not in _OF_A_TOUCH | _TALKS | _OF_PREPARING

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
    force: bool = False,
) -> Refusal | None:
    """Why the outcome cannot have happened, or should not; None where nothing speaks against it.

    With ``force``, limits do not count; nor, for a message over the cap, that no call is pending any more.
    """
    log = _Log(told, kept, logged, pending, now, playbook)
    passed = _LIMITS
    if _too_many_messages(log):
        passed |= {_nothing_pending, _not_pending}
    against = {rule: why for rule in _RULES if (why := rule(log))}
    can_be_forced = against.keys() <= passed
    if not against or (force and can_be_forced):
        return None
    return Refusal(next(iter(against.values())), can_be_forced)


def _in_the_future(log: _Log) -> str | None:
    return phrase("that is still to come") if log.told.at > log.now else None


def _before_the_interview(log: _Log) -> str | None:
    of_a_touch = (_OF_A_TOUCH | _TALKS) - {"skip", "moved"}
    if log.told.result in of_a_touch and log.told.at < log.kept.interview.start:
        return phrase("the interview has not taken place by then")
    return None


def _out_of_order(log: _Log) -> str | None:
    happened = [each for each in log.logged if each.result not in SET_NO_FLOOR]
    if happened and log.told.at < happened[-1].at:
        return phrase("{result} was logged for a later time already", result=happened[-1].result)
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
    yield from (day for day in (told.next, told.decision, told.by, told.until) if isinstance(day, date))


def _after_the_end(log: _Log) -> str | None:
    status = log.kept.interview.status
    if status == "open" or log.told.result in {*ENDS, "note"}:
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
    if log.told.result not in _OF_A_TOUCH | _OF_PREPARING or log.told.step is not None:
        return None
    if log.told.result in _OF_PREPARING:
        return phrase("nothing is to be prepared or asked for this interview")
    if not any(event.action in _TOUCHES for event in log.pending):
        return phrase("nothing is pending for this interview")
    if log.told.result == "sent":
        return phrase("no email is pending for this interview")
    return phrase("no call is pending for this interview")


def _not_pending(log: _Log) -> str | None:
    named = log.told.step is not None or log.told.uid
    if not named or log.events or log.told.result not in _OF_A_TOUCH | _TALKS | _OF_PREPARING:
        return None
    if log.told.uid:
        return phrase("that follow-up ({step}) is done or no longer planned", step=log.told.step)
    steps = sorted({event.step for event in log.pending if event.action in _TOUCHES})
    return phrase(
        "the step {step} is not pending; pending: {steps}",
        step=log.told.step,
        steps=", ".join(steps) or phrase("nothing"),
    )


def _another_kind(log: _Log) -> str | None:
    """What is said of one kind of follow-up, and this is another."""
    result, step = log.told.result, log.told.step
    if not log.events or (result == "note" or log.is_news):
        return None
    if log.is_about("ask") or log.is_about("prepare"):
        return (
            None
            if result == "done"
            else phrase("{step} is only prepared: say done, or name the call or email", step=step)
        )
    if result == "done":
        return phrase(
            "the step {step} is {a_call}: say what came of it", step=step, a_call=_A[log.events[0].action]
        )
    if result in _OF_A_CALL and not log.is_about("call"):
        return phrase("the step {step} is an email, not a call", step=step)
    if result == "sent" and not log.is_about("email"):
        return phrase("the step {step} is a call, not an email", step=step)
    return None


_A: Mapping[Action, str] = {
    "call": phrase("a call"),
    "email": phrase("an email"),
    "ask": phrase("a question"),
    "prepare": phrase("a preparation"),
}


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


_Rule = Callable[[_Log], str | None]
_RULES: tuple[_Rule, ...] = (
    _in_the_future,
    _before_the_interview,
    _out_of_order,
    _days_gone_by,
    _after_the_end,
    _too_many_messages,
    _nothing_pending,
    _not_pending,
    _another_kind,
    _second_call_that_day,
)
_LIMITS = frozenset(
    {
        _in_the_future,
        _before_the_interview,
        _out_of_order,
        _days_gone_by,
        _after_the_end,
        _too_many_messages,
        _second_call_that_day,
    }
)

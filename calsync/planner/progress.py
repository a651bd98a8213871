"""What has happened so far: the log of one interview's outcomes, folded into where its follow-ups stand.

One row of ``_FOLDS`` a kind of outcome; each takes what was known and the
outcome, and gives what is known now. Nothing here places an event.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from calsync.business_days import BusinessCalendar
from calsync.domain.event import Step
from calsync.domain.outcome import Outcome, Result
from calsync.domain.periods import Span
from calsync.playbooks import Calls

__all__ = ["MOST_MESSAGES", "Progress", "fold"]

MOST_MESSAGES = 2
"""Never a third message, whatever a playbook or an outcome says (002-10)."""

End = Literal["replied", "offer", "rejected", "withdrew", "invited"]

_ANSWERS: frozenset[Step] = frozenset({"status", "retry"})
"""The touches that ask for an answer: once one is done or due again, so is the other."""
_STATUS: frozenset[Step] = frozenset({"status"})
_INSTEAD: frozenset[Step] = frozenset({"status", "retry", "news", "no-show"})


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the follow-ups of one interview stand.

    ``done`` are the steps that need no event any more, ``last_touch`` the day
    of the last one in the contact's zone. ``misses`` and ``messages`` count
    calls without an answer and messages left; ``missed_at`` is the miss that a
    retry would follow. ``agreed`` and ``decision`` are what the contact said
    last, ``call_at`` a call they asked for, ``counts_from`` the day that the
    second email counts from. ``ended`` says why nothing else is pending.
    """

    done: frozenset[Step] = frozenset()
    last_touch: date | None = None
    misses: int = 0
    messages: int = 0
    missed_at: datetime | None = None
    missed_step: Step | None = None
    agreed: date | datetime | None = None
    call_at: date | datetime | None = None
    decision: date | None = None
    counts_from: date | None = None
    news: Outcome | None = None
    no_show: Outcome | None = None
    ended: End | None = None
    ended_at: datetime | None = None

    def may_retry(self, calls: Calls) -> bool:
        """Whether another call may follow the last miss: the playbook has one left, and a message too."""
        most = min(calls.messages.count, MOST_MESSAGES)
        return self.missed_at is not None and self.misses <= calls.retries.count and self.messages < most


@dataclass(frozen=True, slots=True)
class _Told:
    """One outcome, with what it takes to read it: the contact's zone and counting calendar."""

    outcome: Outcome
    zone: ZoneInfo
    counting: BusinessCalendar

    @property
    def step(self) -> Step:
        return self.outcome.step or "status"

    @property
    def day(self) -> date:
        """The day of the outcome in the contact's zone."""
        return self.outcome.at.astimezone(self.zone).date()

    @property
    def decision(self) -> date | None:
        """The new decision day; a span counts from the day it was told."""
        stated = self.outcome.decision
        if not isinstance(stated, Span):
            return stated
        if stated.unit == "business_days":
            return self.counting.add(self.day, stated.count)
        return self.day + timedelta(days=stated.count)

    @property
    def next_day(self) -> date | None:
        agreed = self.outcome.next
        return agreed.astimezone(self.zone).date() if isinstance(agreed, datetime) else agreed


_Fold = Callable[[Progress, _Told], Progress]


def fold(
    outcomes: Iterable[Outcome], zone: ZoneInfo, counting: BusinessCalendar, start: Progress
) -> Progress:
    """The progress after ``outcomes``, in the order in which they were logged."""
    progress = start
    for outcome in outcomes:
        progress = _FOLDS[outcome.result](progress, _Told(outcome, zone, counting))
    return progress


def _touched(progress: Progress, told: _Told) -> Progress:
    """The step was taken, in whatever way: it is done, and the next keeps its distance."""
    return replace(
        progress,
        done=progress.done | {told.step},
        last_touch=told.day,
        missed_at=None,
        missed_step=None,
        call_at=None,
        agreed=progress.agreed if told.step == "thank-you" else None,
        news=None if told.step == "news" else progress.news,
        no_show=None if told.step == "no-show" else progress.no_show,
        counts_from=progress.counts_from if told.step == "thank-you" else None,
    )


def _missed(progress: Progress, told: _Told) -> Progress:
    """Nobody answered; a retry may follow."""
    after = _touched(progress, told)
    first = told.step if told.step != "retry" else progress.missed_step or "status"
    done = after.done if told.step == "thank-you" else after.done | _STATUS
    return replace(
        after, done=done - {"retry"}, misses=progress.misses + 1, missed_at=told.outcome.at, missed_step=first
    )


def _message_left(progress: Progress, told: _Told) -> Progress:
    return replace(_missed(progress, told), messages=progress.messages + 1)


def _talked(progress: Progress, told: _Told) -> Progress:
    """They were reached; what they named next decides what the rest counts from."""
    after = _touched(progress, told)
    if told.step == "thank-you":
        after = replace(after, agreed=told.outcome.next or after.agreed)
    else:
        after = replace(after, done=after.done | _ANSWERS, counts_from=told.next_day)
    return _with_decision(after, told)


def _call_wanted(progress: Progress, told: _Told) -> Progress:
    """They asked for a call at another time: it is due then, whatever was done before."""
    done = progress.done - _ANSWERS
    waits = replace(progress, done=done, call_at=told.outcome.next, missed_at=None, ended=None)
    return replace(waits, done=done | {"thank-you"}) if told.step == "thank-you" else waits


def _called_back_later(progress: Progress, told: _Told) -> Progress:
    return _call_wanted(replace(progress, last_touch=told.day), told)


def _more_time(progress: Progress, told: _Told) -> Progress:
    """A new decision day: the status touch is due again after it."""
    touched = replace(_touched(progress, told), agreed=None)
    return _with_decision(replace(touched, done=touched.done - {"second", "closing"}, ended=None), told)


def _replied(progress: Progress, told: _Told) -> Progress:
    """They wrote or called by themselves; only what they named next is left."""
    after = replace(progress, missed_at=None, call_at=None, news=None, no_show=None)
    if told.outcome.next is not None:
        return replace(after, agreed=told.outcome.next, done=after.done - _ANSWERS)
    if told.outcome.decision is not None:
        return _with_decision(replace(after, agreed=None), told)
    return replace(after, ended="replied", ended_at=told.outcome.at)


def _with_decision(progress: Progress, told: _Told) -> Progress:
    if told.decision is None:
        return progress
    return replace(progress, decision=told.decision, agreed=None, done=progress.done - _ANSWERS)


def _ended(end: End) -> _Fold:
    return lambda progress, told: replace(progress, ended=end, ended_at=told.outcome.at)


def _news(progress: Progress, told: _Told) -> Progress:
    """Another employer waits for an answer: a call with the news takes the place of the status touch."""
    return replace(progress, news=told.outcome, done=(progress.done - {"news"}) | _ANSWERS, missed_at=None)


def _no_show(progress: Progress, told: _Told) -> Progress:
    """They missed a call that was agreed: an email says so, and the rest counts from it."""
    done = (progress.done - {"no-show"}) | _ANSWERS
    return replace(progress, no_show=told.outcome, done=done, agreed=None, call_at=None, missed_at=None)


def _skipped(progress: Progress, told: _Told) -> Progress:
    """The step is passed over: nothing was done, and what follows does not wait for it."""
    skipped: frozenset[Step] = frozenset({told.step}) | (_ANSWERS if told.step == "status" else frozenset())
    return replace(
        progress,
        done=progress.done | skipped,
        missed_at=None,
        call_at=None,
        news=None if told.step == "news" else progress.news,
        no_show=None if told.step == "no-show" else progress.no_show,
    )


def _sent(progress: Progress, told: _Told) -> Progress:
    after = _touched(progress, told)
    return replace(after, done=after.done | _ANSWERS) if told.step in _INSTEAD else after


_FOLDS: dict[Result, _Fold] = {
    "sent": _sent,
    "no-answer": _missed,
    "voicemail": _message_left,
    "gatekeeper": _message_left,
    "bad-time": _call_wanted,
    "reached": _talked,
    "vague": _talked,
    "call-back": _called_back_later,
    "more-time": _more_time,
    "replied": _replied,
    "offer": _ended("offer"),
    "rejected": _ended("rejected"),
    "withdrew": _ended("withdrew"),
    "invited": _ended("invited"),
    "competing-offer": _news,
    "no-show": _no_show,
    "skip": _skipped,
}

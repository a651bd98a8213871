"""What has happened so far: the log of one interview's outcomes, folded into where its follow-ups stand.

One row of ``_FOLDS`` a kind of outcome; each takes what was known and the
outcome, and gives what is known now. Nothing here places an event.

Where the rules leave it open, this is how outcomes are read:

- The course runs thank-you, status, retry, second, closing. An outcome of a later
  touch ends the earlier ones, except the thank-yous, which are on a track of their own.
- One ``sent`` is for all the thank-yous of an interview that are emails, unless it names
  one. A call that thanks the contact ends with its own outcome, and the emails to the others stay.
- A retry belongs to the call that was missed: after a missed thank-you call the
  status touch is still to come.
- Whoever was talked to, or answered, counts as reached: misses are counted anew.
  Messages are not, and at their cap a status touch is an email from then on,
  unless they named the day for it themselves.
- A day that they name (``--next``, ``--decision``) starts the course anew: status, then
  second and closing, whatever was sent before. Both at once: the day for the
  next contact counts, as it does in a record.
- An answer without a day is about the thank-yous as long as nobody was asked for news;
  afterwards it ends what is pending.
- ``offer``, ``rejected``, ``withdrew``, ``ghosted``, ``cancelled`` and ``invited`` end
  everything; only a day that they name afterwards opens it again.
- A follow-up that was moved stays where it was put until it is done, or they name
  another day; a miss of it gives it back to the plan.
"""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from calsync.business_days import BusinessCalendar
from calsync.domain.event import Contact, Step
from calsync.domain.interview import Interview
from calsync.domain.outcome import SET_NO_FLOOR, Outcome, Result
from calsync.domain.times import Period, Span
from calsync.planner.changes import uid
from calsync.playbooks import Calls

__all__ = [
    "MOST_MESSAGES",
    "Anchor",
    "AnchorName",
    "Progress",
    "fold",
    "last_contact",
    "with_absences",
]

MOST_MESSAGES = 2
"""Never a third message, whatever a playbook or an outcome says (002-10)."""

AnchorName = Literal["interview", "decision", "agreed", "talk", "skipped", "refusal", "last-touch"]
Anchor = tuple[AnchorName, date]
"""What days are counted from."""

End = Literal["replied", "offer", "rejected", "withdrew", "ghosted", "cancelled", "invited"]
Thanks = Literal["call", "email"]

_ANSWERS: frozenset[Step] = frozenset({"status", "retry"})
"""The touches that ask for an answer: once one is done or due again, so is the other."""
_AFTER_THEM: frozenset[Step] = frozenset({"second", "closing"})
_ALL_THANKS: frozenset[Thanks] = frozenset({"call", "email"})
_CALLED: frozenset[Step] = frozenset({"thank-you", "status", "retry", "news"})
"""The steps that can be a call, and so can be missed and tried again."""
_ENDS_TOO: Mapping[Step, frozenset[Step]] = {
    "retry": frozenset({"status"}),
    "second": _ANSWERS,
    "closing": _ANSWERS | {"second"},
    "news": _ANSWERS,
    "no-show": _ANSWERS,
}
"""What an outcome of a touch leaves no room for, besides the touch itself."""


class Progress(msgspec.Struct, frozen=True):
    """Where the follow-ups of one interview stand.

    ``done`` are the steps that need no event any more, ``over`` the uids of
    single follow-ups that need none, ``thanked`` the ways in
    which thanks were given: by a call to the contact, by emails to everybody
    else. ``asked`` tells that they were asked for news. ``last_touch`` is the day of the last touch in the contact's zone.
    ``misses`` counts calls without an answer since they were last talked to,
    ``messages`` all that were left; ``missed_at`` is the miss that a retry
    would follow, ``missed_step`` what it was a try of. ``agreed`` and
    ``decision`` are what the contact said last, ``call_at`` a call they asked
    for in the place of ``call_step``, ``counts_from`` what the next
    email counts from, ``answer_by`` the day on which another employer must have its answer;
    ``moves`` are the follow-ups that the candidate moved, ``has_log`` tells that
    anything happened. ``ended`` says why nothing else is pending.
    """

    done: frozenset[Step] = frozenset()
    over: frozenset[str] = frozenset()
    asked: bool = False
    thanked: frozenset[Thanks] = frozenset()
    last_touch: date | None = None
    misses: int = 0
    messages: int = 0
    missed_at: datetime | None = None
    missed_step: Step | None = None
    agreed: date | datetime | None = None
    call_at: date | datetime | None = None
    call_step: Step | None = None
    decision: date | None = None
    counts_from: Anchor | None = None
    answer_by: date | None = None
    moves: tuple[Outcome, ...] = ()
    news: Outcome | None = None
    no_show: Outcome | None = None
    last_contact: Contact | None = None
    ended: End | None = None
    ended_at: datetime | None = None
    has_log: bool = False

    def may_call(self, calls: Calls) -> bool:
        """Whether another call may follow: no message was left yet, or not all that may be."""
        return not self.messages or self.messages < min(calls.messages.count, MOST_MESSAGES)

    def may_retry(self, calls: Calls) -> bool:
        """Whether another call may follow the last miss: the playbook has one left, and a message too."""
        return self.missed_at is not None and self.misses <= calls.retries.count and self.may_call(calls)

    @property
    def agreed_day(self) -> date | datetime | None:
        """What the contact named and still counts, whether it is to come or was kept."""
        kept = self.counts_from[1] if self.counts_from and self.counts_from[0] == "agreed" else None
        return self.named or kept

    @property
    def named(self) -> date | datetime | None:
        """When the status touch is to be, if they named a day for it."""
        return self.call_at if self.call_step == "status" else self.agreed

    def asked_to_call(self, step: Step) -> date | datetime | None:
        """When they asked to be called in the place of ``step``."""
        return self.call_at if self.call_step == step else None


class _Told(msgspec.Struct, frozen=True):
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
    def names_a_day(self) -> bool:
        return self.outcome.next is not None or self.outcome.decision is not None

    def is_thanks(self, progress: Progress) -> bool:
        """Whether the touch was to thank: the thank-you itself, or another try of its call."""
        return self.step == "thank-you" or (self.step == "retry" and progress.missed_step == "thank-you")

    @property
    def planned_day(self) -> date:
        """The day the follow-up was planned for, as far as it was written down."""
        return (self.outcome.was or self.outcome.at).astimezone(self.zone).date()

    def local_day(self, moment: date | datetime | None) -> date | None:
        return moment.astimezone(self.zone).date() if isinstance(moment, datetime) else moment

    def uid(self, step: Step, part: str = "") -> str:
        """The follow-up that it names, else the one of that step."""
        return self.outcome.uid or uid(self.outcome.interview, step, part=part)


_Fold = Callable[[Progress, _Told], Progress]


def fold(
    outcomes: Iterable[Outcome], zone: ZoneInfo, counting: BusinessCalendar, start: Progress
) -> Progress:
    """The progress after ``outcomes``, in the order in which they were logged.

    An outcome without a step is one of the status touch.
    """
    progress = start
    for outcome in outcomes:
        progress = _FOLDS[outcome.result](progress, _Told(outcome, zone, counting))
        if outcome.result not in SET_NO_FLOOR:
            progress = replace(progress, has_log=True)
    return progress


def with_absences(interview: Interview, outcomes: Iterable[Outcome]) -> Interview:
    """The interview with the days on which, as was logged, the contact is away."""
    zone = interview.zone
    told = [(each.at.astimezone(zone).date(), each.until) for each in outcomes if each.until is not None]
    away = tuple(Period(first, last) for first, last in told if first <= last)
    return replace(interview, away=interview.away + away) if away else interview


_WAYS: Mapping[Result, Literal["call", "message", "email", "talk", "reply"]] = {
    "no-answer": "call",
    "voicemail": "message",
    "gatekeeper": "message",
    "sent": "email",
    "reached": "talk",
    "vague": "talk",
    "call-back": "talk",
    "more-time": "reply",
    "replied": "reply",
}


def last_contact(outcomes: Iterable[Outcome], zone: ZoneInfo) -> Contact | None:
    """The last time they were in touch; an email of thanks is none, nor an answer to it that names no day."""
    found = None
    for outcome in outcomes:
        way = _WAYS.get(outcome.result)
        is_thanks = way == "email" and outcome.step in {"thank-you", "courtesy"}
        says_nothing = outcome.result == "replied" and outcome.next is None and outcome.decision is None
        if way and not is_thanks and not says_nothing:
            found = Contact(way, outcome.at.astimezone(zone).date())
    return found


# What outcomes have in common


def _contacted(progress: Progress, told: _Told) -> Progress:
    """There was a touch on that day, and the next keeps its distance."""
    return replace(progress, last_touch=max(told.day, progress.last_touch or told.day))


def _touched(progress: Progress, told: _Told) -> Progress:
    """The step was taken, in whatever way: it is done, and what stood in for it too."""
    after = _contacted(progress, told)
    if told.is_thanks(progress):
        return _no_call_for("thank-you", after)
    return replace(
        _free(after, told, {told.step, *_ENDS_TOO.get(told.step, ())}),
        done=after.done | {told.step} | _ENDS_TOO.get(told.step, frozenset()),
        asked=after.asked or _asks(told),
        missed_at=None,
        missed_step=None,
        call_at=None,
        call_step=None,
        agreed=None,
        counts_from=None,
        news=None if told.step == "news" else after.news,
        no_show=None if told.step == "no-show" else after.no_show,
    )


def _asks(told: _Told) -> bool:
    """Whether they were asked for news in it, not only told that they need longer."""
    return told.step != "courtesy" and (told.outcome.step is not None or told.outcome.result != "more-time")


def _free(progress: Progress, told: _Told, steps: AbstractSet[Step]) -> Progress:
    """Where follow-ups of these steps were moved to, and that their calls were prepared for, counts no more."""
    if not (progress.moves or progress.over):
        return progress
    moves = tuple(move for move in progress.moves if (move.step or "status") not in steps)
    prepared = {uid(told.outcome.interview, "prepare", part=step) for step in steps}
    return replace(progress, moves=moves, over=progress.over - prepared)


def _no_call_for(step: Step, progress: Progress) -> Progress:
    """Neither a retry nor a call they asked for is pending in the place of ``step``."""
    if progress.call_step == step or (progress.call_step == "retry" and progress.missed_step == step):
        progress = replace(progress, call_at=None, call_step=None)
    if progress.missed_step == step:
        progress = replace(progress, missed_at=None, missed_step=None)
    return progress


def _answered(progress: Progress) -> Progress:
    """They were talked to, or wrote: nobody is being tried any more, and a missed call is forgotten."""
    return replace(progress, misses=0, missed_at=None, missed_step=None, no_show=None)


def _anew(progress: Progress, told: _Told) -> Progress:
    """The course begins again from the status touch, and what had ended goes on."""
    return replace(
        _free(progress, told, _ANSWERS | _AFTER_THEM),
        done=progress.done - _ANSWERS - _AFTER_THEM,
        call_at=None,
        call_step=None,
        counts_from=None,
        answer_by=None,
        ended=None,
        ended_at=None,
    )


def _named(progress: Progress, told: _Told) -> Progress:
    """The status touch is due again as they said: on the day for the next contact, else after they decide."""
    return replace(
        _anew(progress, told), agreed=told.outcome.next, decision=told.decision or progress.decision
    )


# A row of the table each


def _sent(progress: Progress, told: _Told) -> Progress:
    """The email is done; in the place of a call it is done by email."""
    if told.step == "thank-you" and told.outcome.uid:
        return _one_thanked(_contacted(progress, told), told)
    after = _touched(progress, told)
    if told.step == "thank-you":
        return replace(after, thanked=after.thanked | {"email"})
    if told.step == "status":
        return replace(after, done=after.done | _ANSWERS)
    return after


def _one_thanked(progress: Progress, told: _Told) -> Progress:
    """One of several thank-yous needs no event any more; that of the contact may have been a call."""
    after = replace(progress, over=progress.over | {told.outcome.uid})
    is_contacts = told.outcome.uid == uid(told.outcome.interview, "thank-you")
    return _no_call_for("thank-you", after) if is_contacts else after


def _missed(progress: Progress, told: _Told) -> Progress:
    """Nobody answered; a retry may follow. An agreed day still counts if it was kept."""
    after = _touched(progress, told)
    if told.is_thanks(progress):
        after = replace(after, thanked=after.thanked | {"call"})
    else:
        agreed = told.local_day(progress.agreed)
        kept: Anchor | None = ("agreed", agreed) if agreed is not None and told.day <= agreed else None
        after = replace(after, done=after.done | {"status"}, counts_from=progress.counts_from or kept)
    if told.step not in _CALLED:
        return after
    first = told.step if told.step != "retry" else progress.missed_step or "status"
    return replace(
        _free(after, told, {"retry"}),
        done=after.done - {"retry"},
        misses=progress.misses + 1,
        missed_at=told.outcome.at,
        missed_step=first,
    )


def _message_left(progress: Progress, told: _Told) -> Progress:
    """A miss with a message; the retry is on the day that somebody named for it, if they did."""
    after = replace(_missed(progress, told), messages=progress.messages + 1)
    if told.outcome.next is None:
        return after
    return replace(after, done=after.done - {"retry"}, call_at=told.outcome.next, call_step="retry")


def _talked(progress: Progress, told: _Told) -> Progress:
    """They were reached.

    A day that they named makes the status touch due again, on it or after they
    decide; without one, emails count from the day of the talk. After thanks the
    status touch is still to come.
    """
    after = _answered(_touched(progress, told))
    if told.is_thanks(progress):
        after = replace(after, thanked=after.thanked | {"call"})
        return _named(after, told) if told.names_a_day else after
    if told.names_a_day:
        return _named(after, told)
    return replace(after, done=after.done | _ANSWERS, counts_from=("talk", told.day))


def _call_wanted(progress: Progress, told: _Told) -> Progress:
    """They asked for a call at another time: it is due then, whatever was done before."""
    after = _answered(_contacted(progress, told))
    if told.is_thanks(progress):
        waits = _no_call_for("thank-you", after)
        thanked = waits.thanked - {"call"}
        return replace(waits, thanked=thanked, call_at=told.outcome.next, call_step="thank-you")
    after = replace(after, asked=True)
    if told.step == "news" and progress.news is not None:
        return replace(_free(after, told, {"news"}), call_at=told.outcome.next, call_step="news")
    return replace(_anew(after, told), agreed=None, call_at=told.outcome.next, call_step="status")


def _more_time(progress: Progress, told: _Told) -> Progress:
    """A new decision day: the status touch is due again after it. In a thank-you call, that is done too."""
    after = _answered(_touched(progress, told))
    if told.is_thanks(progress):
        after = replace(after, thanked=after.thanked | {"call"})
    return _named(after, told)


def _replied(progress: Progress, told: _Told) -> Progress:
    """They wrote or called by themselves; only what they named next is left.

    Without a day it is an answer to the thanks, unless they were asked for news before.
    """
    if not told.names_a_day and not progress.asked:
        return replace(_no_call_for("thank-you", _answered(progress)), thanked=_ALL_THANKS)
    after = replace(_answered(progress), call_at=None, call_step=None, news=None, no_show=None)
    if told.names_a_day:
        return _named(after, told)
    return after if after.ended else _end("replied", after, told)


def _end(end: End, progress: Progress, told: _Told) -> Progress:
    """Nothing that was pending is left, and no hour is kept for it."""
    return replace(
        _answered(progress),
        agreed=None,
        call_at=None,
        call_step=None,
        news=None,
        no_show=None,
        ended=end,
        ended_at=told.outcome.at,
    )


def _ended(end: End) -> _Fold:
    return lambda progress, told: _end(end, progress, told)


def _news(progress: Progress, told: _Told) -> Progress:
    """Another employer waits for an answer: a call with the news takes the place of the status touch.

    A touch that they named a day for is kept beside it.
    """
    over: frozenset[Step] = _ANSWERS if progress.named is None else frozenset({"retry"})
    after = replace(
        _free(_still_open(progress), told, {"news"}),
        news=told.outcome,
        answer_by=told.outcome.by,
        done=(progress.done - {"news"}) | over,
    )
    if progress.call_step == "news":
        after = replace(after, call_at=None, call_step=None)
    return replace(after, missed_at=None, missed_step=None)


def _no_show(progress: Progress, told: _Told) -> Progress:
    """They missed a call that was agreed: an email says so, and the rest counts from it."""
    done = (progress.done - {"no-show"}) | _ANSWERS
    after = replace(
        _free(_still_open(progress), told, {"no-show"}),
        no_show=told.outcome,
        done=done,
        asked=True,
        agreed=None,
        counts_from=None,
    )
    return replace(after, call_at=None, call_step=None, missed_at=None, missed_step=None)


def _still_open(progress: Progress) -> Progress:
    """After an answer without a day there can be more to say; after an end there cannot."""
    return replace(progress, ended=None, ended_at=None) if progress.ended == "replied" else progress


def _skipped(progress: Progress, told: _Told) -> Progress:
    """The step is passed over; what follows counts from the day it was planned for."""
    if told.step in {"ask", "prepare"}:
        return _done(progress, told)
    if told.is_thanks(progress):
        return _thanks_skipped(progress, told)
    after = replace(_free(progress, told, {told.step}), done=progress.done | {told.step})
    if told.step in {"closing", "courtesy"}:
        return after
    agreed = told.local_day(progress.agreed) if told.step == "status" else None
    anchor: Anchor = ("agreed", agreed) if agreed is not None else ("skipped", told.planned_day)
    if told.step == "second":
        return replace(after, counts_from=anchor)
    if told.step == "status":
        after = replace(after, done=after.done | _ANSWERS, agreed=None)
    return replace(
        after,
        counts_from=anchor if told.step == "status" else progress.counts_from or anchor,
        missed_at=None,
        missed_step=None,
        call_at=None,
        call_step=None,
        news=None if told.step == "news" else after.news,
        no_show=None if told.step == "no-show" else after.no_show,
    )


def _thanks_skipped(progress: Progress, told: _Told) -> Progress:
    """One of the thank-yous, all of them, or the second try of the call."""
    if told.step == "thank-you" and told.outcome.uid:
        return _one_thanked(progress, told)
    after = _no_call_for("thank-you", progress)
    return replace(after, thanked=_ALL_THANKS) if told.step == "thank-you" else after


def _moved(progress: Progress, told: _Told) -> Progress:
    """The candidate wants one follow-up at another time; without one, where the plan has it."""
    name = told.uid(told.step)
    moves = tuple(each for each in progress.moves if each.uid != name)
    if told.outcome.to is not None:
        moves = (*moves, replace(told.outcome, uid=name, step=told.step))
    return replace(progress, moves=moves)


def _done(progress: Progress, told: _Told) -> Progress:
    """The questions, or a preparation, are done; without a uid all preparations that can be pending."""
    if told.outcome.uid or told.step != "prepare":
        return replace(progress, over=progress.over | {told.uid(told.step)})
    interview = told.outcome.interview
    return replace(progress, over=progress.over | {uid(interview, "prepare", part=step) for step in _CALLED})


def _unchanged(progress: Progress, told: _Told) -> Progress:  # noqa: ARG001  # a row of the table takes both
    return progress


_FOLDS: Mapping[Result, _Fold] = {
    "sent": _sent,
    "no-answer": _missed,
    "voicemail": _message_left,
    "gatekeeper": _message_left,
    "bad-time": _call_wanted,
    "reached": _talked,
    "vague": _talked,
    "call-back": _call_wanted,
    "more-time": _more_time,
    "replied": _replied,
    "offer": _ended("offer"),
    "rejected": _ended("rejected"),
    "withdrew": _ended("withdrew"),
    "ghosted": _ended("ghosted"),
    "cancelled": _ended("cancelled"),
    "invited": _ended("invited"),
    "competing-offer": _news,
    "no-show": _no_show,
    "away": _unchanged,  # the days are closed: ``with_absences``
    "skip": _skipped,
    "moved": _moved,
    "done": _done,
    "note": _unchanged,
}

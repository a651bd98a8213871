"""Where the follow-ups of one interview stand after what was logged, and the steps from one standing to the next.

Nothing here places an event. What each kind of outcome makes of these is in
``calsync.planner.outcomes``.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from calsync.business_days import BusinessCalendar
from calsync.domain.event import Contact, Step, uid
from calsync.domain.interview import Interview
from calsync.domain.outcome import Outcome, Result
from calsync.domain.times import Span
from calsync.playbooks import Calls

__all__ = [
    "AFTER_THEM",
    "ALL_THANKS",
    "ANSWERS",
    "CALLED",
    "MOST_MESSAGES",
    "Anchor",
    "AnchorName",
    "Progress",
    "Told",
    "anew",
    "answered",
    "contacted",
    "free",
    "holds",
    "last_contact",
    "named",
    "no_call_for",
    "touched",
    "without",
]

MOST_MESSAGES = 2
"""Never a third message, whatever a playbook or an outcome says (002-10)."""
AnchorName = Literal["interview", "decision", "agreed", "talk", "skipped", "refusal", "last-touch"]
Anchor = tuple[AnchorName, date]
"""What days are counted from."""
End = Literal["replied", "offer", "rejected", "withdrew", "ghosted", "cancelled", "invited"]
Thanks = Literal["call", "email"]
ANSWERS: frozenset[Step] = frozenset({"status", "retry"})
"""The touches that ask for an answer: once one is done or due again, so is the other."""
AFTER_THEM: frozenset[Step] = frozenset({"second", "closing"})
ALL_THANKS: frozenset[Thanks] = frozenset({"call", "email"})
CALLED: frozenset[Step] = frozenset({"thank-you", "status", "retry", "news"})
"""The steps that can be a call, and so can be missed and tried again."""
_ENDS_TOO: Mapping[Step, frozenset[Step]] = {
    "retry": frozenset({"status"}),
    "second": ANSWERS,
    "closing": ANSWERS | {"second"},
    "news": ANSWERS,
    "no-show": ANSWERS,
}
"""What an outcome of a touch leaves no room for, besides the touch itself."""


class Progress(msgspec.Struct, frozen=True):
    """Where the follow-ups of one interview stand.

    ``done`` are the steps that need no event any more, ``over`` the uids of single
    follow-ups that need none, ``thanked`` the ways in which thanks were given: by a
    call to the contact, by emails to everybody else. ``asked`` tells that they were
    asked for news, ``last_touch`` the day of the last touch in the contact's zone.
    ``misses`` counts calls without an answer since they were last talked to,
    ``messages`` all that were left; ``missed_at`` is the miss that a retry
    would follow, ``missed_step`` what it was a try of. ``agreed`` and
    ``decision`` are what the contact said last, ``calls`` those that they asked
    for, by the step in whose place each is, ``counts_from`` what the next email counts
    from, ``answer_by`` the day on which another employer must have its answer.
    ``moves`` are the follow-ups that the candidate moved, each with its uid and step;
    ``has_log`` tells that anything happened, ``ended`` why nothing else is pending.
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
    calls: Mapping[Step, date | datetime] = {}
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
        return self.calls.get("status") or self.agreed

    def asked_to_call(self, step: Step) -> date | datetime | None:
        """When they asked to be called in the place of ``step``."""
        return self.calls.get(step)


def holds(move: Outcome, interview: Interview) -> bool:
    """Whether what was moved stays there: not once the interview itself has another time."""
    return move.met is None or move.met == interview.start


class Told(msgspec.Struct, frozen=True):
    """One outcome, with what it takes to read it: the contact's zone and counting calendar."""

    outcome: Outcome
    zone: ZoneInfo
    counting: BusinessCalendar

    @property
    def step(self) -> Step:
        """The step it is about; the status touch where none was named."""
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
        """Whether they said when to go on."""
        return self.outcome.next is not None or self.outcome.decision is not None

    def is_thanks(self, progress: Progress) -> bool:
        """Whether the touch was to thank: the thank-you itself, or another try of its call."""
        return self.step == "thank-you" or (self.step == "retry" and progress.missed_step == "thank-you")

    @property
    def planned_day(self) -> date:
        """The day the follow-up was planned for, as far as it was written down."""
        return (self.outcome.was or self.outcome.at).astimezone(self.zone).date()

    def local_day(self, moment: date | datetime | None) -> date | None:
        """The day of ``moment`` in the contact's zone."""
        return moment.astimezone(self.zone).date() if isinstance(moment, datetime) else moment

    @property
    def uid(self) -> str:
        """The follow-up that it names, else the one of its step."""
        return self.outcome.uid or uid(self.outcome.interview, self.step)


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


# What outcomes have in common: each takes what was known and what was told, and gives what is known now.


def contacted(progress: Progress, told: Told) -> Progress:
    """There was a touch on that day, and the next keeps its distance."""
    return replace(progress, last_touch=max(told.day, progress.last_touch or told.day))


def touched(progress: Progress, told: Told) -> Progress:
    """The step was taken, in whatever way: it is done, and what stood in for it too."""
    after = contacted(progress, told)
    if told.is_thanks(progress):
        return no_call_for("thank-you", after)
    over = _ENDS_TOO.get(told.step, frozenset()) | {told.step}
    return replace(
        free(after, told, over),
        calls=without(after.calls, over | ANSWERS),
        done=after.done | over,
        asked=after.asked or _asks(told),
        missed_at=None,
        missed_step=None,
        agreed=None,
        counts_from=None,
        news=None if told.step == "news" else after.news,
        no_show=None if told.step == "no-show" else after.no_show,
    )


def _asks(told: Told) -> bool:
    """Whether they were asked for news in it, not only told that they need longer."""
    return told.step != "courtesy" and (told.outcome.step is not None or told.outcome.result != "more-time")


def free(progress: Progress, told: Told, steps: AbstractSet[Step]) -> Progress:
    """Where follow-ups of these steps were moved to, and that their calls were prepared for, counts no more."""
    if not (progress.moves or progress.over):
        return progress
    moves = tuple(move for move in progress.moves if (move.step or "status") not in steps)
    prepared = {uid(told.outcome.interview, "prepare", part=step) for step in steps}
    return replace(progress, moves=moves, over=progress.over - prepared)


def without(
    calls: Mapping[Step, date | datetime], steps: AbstractSet[Step]
) -> Mapping[Step, date | datetime]:
    """The calls that they asked for but those in the place of these steps."""
    return {step: moment for step, moment in calls.items() if step not in steps} if calls else calls


def no_call_for(step: Step, progress: Progress) -> Progress:
    """Neither a retry nor a call they asked for is pending in the place of ``step``."""
    if progress.missed_step != step:
        return replace(progress, calls=without(progress.calls, {step}))
    return replace(progress, calls=without(progress.calls, {step, "retry"}), missed_at=None, missed_step=None)


def answered(progress: Progress) -> Progress:
    """They were talked to, or wrote: nobody is being tried any more, and a missed call is forgotten."""
    return replace(progress, misses=0, missed_at=None, missed_step=None, no_show=None)


def anew(progress: Progress, told: Told) -> Progress:
    """The course begins again from the status touch, and what had ended goes on."""
    return replace(
        free(progress, told, ANSWERS | AFTER_THEM),
        done=progress.done - ANSWERS - AFTER_THEM,
        calls=without(progress.calls, ANSWERS | AFTER_THEM),
        counts_from=None,
        answer_by=None,
        ended=None,
        ended_at=None,
    )


def named(progress: Progress, told: Told) -> Progress:
    """The status touch is due again as they said: on the day for the next contact, else after they decide."""
    return replace(
        anew(progress, told), agreed=told.outcome.next, decision=told.decision or progress.decision
    )

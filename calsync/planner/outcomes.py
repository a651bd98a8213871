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
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from calsync.business_days import BusinessCalendar
from calsync.domain.event import Step, uid
from calsync.domain.interview import Interview
from calsync.domain.outcome import SET_NO_FLOOR, Outcome, Result
from calsync.domain.times import Period
from calsync.planner.progress import (
    ALL_THANKS,
    ANSWERS,
    CALLED,
    Anchor,
    End,
    Progress,
    Told,
    anew,
    answered,
    contacted,
    free,
    named,
    no_call_for,
    touched,
    without,
)

__all__ = ["fold", "with_absences"]

_Fold = Callable[[Progress, Told], Progress]


def fold(
    outcomes: Iterable[Outcome], zone: ZoneInfo, counting: BusinessCalendar, start: Progress
) -> Progress:
    """The progress after ``outcomes``, in the order in which they were logged.

    An outcome without a step is one of the status touch.
    """
    progress = start
    for outcome in outcomes:
        progress = _FOLDS[outcome.result](progress, Told(outcome, zone, counting))
        if outcome.result not in SET_NO_FLOOR:
            progress = replace(progress, has_log=True)
    return progress


def with_absences(interview: Interview, outcomes: Iterable[Outcome]) -> Interview:
    """The interview with the days on which, as was logged, the contact is away."""
    zone = interview.zone
    told = [(each.at.astimezone(zone).date(), each.until) for each in outcomes if each.until is not None]
    away = tuple(Period(first, last) for first, last in told if first <= last)
    return replace(interview, away=interview.away + away) if away else interview


# A row of the table each


def _sent(progress: Progress, told: Told) -> Progress:
    """The email is done; in the place of a call it is done by email."""
    if told.step == "thank-you" and told.outcome.uid:
        return _one_thanked(contacted(progress, told), told)
    after = touched(progress, told)
    if told.step == "thank-you":
        return replace(after, thanked=after.thanked | {"email"})
    if told.step == "status":
        return replace(after, done=after.done | ANSWERS)
    return after


def _one_thanked(progress: Progress, told: Told) -> Progress:
    """One of several thank-yous needs no event any more; that of the contact may have been a call."""
    after = replace(progress, over=progress.over | {told.outcome.uid})
    is_contacts = told.outcome.uid == uid(told.outcome.interview, "thank-you")
    return no_call_for("thank-you", after) if is_contacts else after


def _missed(progress: Progress, told: Told) -> Progress:
    """Nobody answered; a retry may follow. An agreed day still counts if it was kept."""
    after = touched(progress, told)
    if told.is_thanks(progress):
        after = replace(after, thanked=after.thanked | {"call"})
    else:
        agreed = _agreed_day(progress, told)
        kept: Anchor | None = ("agreed", agreed) if agreed is not None and told.day <= agreed else None
        after = replace(after, done=after.done | {"status"}, counts_from=progress.counts_from or kept)
    if told.step not in CALLED:
        return after
    first = told.step if told.step != "retry" else progress.missed_step or "status"
    return replace(
        free(after, told, {"retry"}),
        done=after.done - {"retry"},
        misses=progress.misses + 1,
        missed_at=told.outcome.at,
        missed_step=first,
    )


def _agreed_day(progress: Progress, told: Told) -> date | None:
    """The day that they named, unless the candidate moved what it was named for."""
    return None if _is_moved("status", progress) else told.local_day(progress.agreed)


def _is_moved(step: Step, progress: Progress) -> bool:
    return any(move.step == step for move in progress.moves)


def _message_left(progress: Progress, told: Told) -> Progress:
    """A miss with a message; the retry is on the day that somebody named for it, if they did."""
    after = replace(_missed(progress, told), messages=progress.messages + 1)
    if told.outcome.next is None:
        return after
    return replace(after, done=after.done - {"retry"}, calls={**after.calls, "retry": told.outcome.next})


def _talked(progress: Progress, told: Told) -> Progress:
    """They were reached.

    A day that they named makes the status touch due again, on it or after they
    decide; without one, emails count from the day of the talk. After thanks the
    status touch is still to come.
    """
    after = answered(touched(progress, told))
    if told.is_thanks(progress):
        after = replace(after, thanked=after.thanked | {"call"})
        return named(after, told) if told.names_a_day else after
    if told.names_a_day:
        return named(after, told)
    return replace(after, done=after.done | ANSWERS, counts_from=("talk", told.day))


def _call_wanted(progress: Progress, told: Told) -> Progress:
    """They asked for a call at another time: it is due then, whatever was done before."""
    when = told.outcome.next
    after = contacted(progress, told)
    if told.is_thanks(progress):
        waits = answered(no_call_for("thank-you", free(after, told, {"thank-you"})))
        return _asked_for("thank-you", when, replace(waits, thanked=waits.thanked - {"call"}))
    after = replace(answered(after), asked=True)
    if told.step == "news" and progress.news is not None:
        return _asked_for("news", when, free(after, told, {"news"}))
    return _asked_for("status", when, replace(anew(after, told), agreed=None))


def _asked_for(step: Step, when: date | datetime | None, progress: Progress) -> Progress:
    return replace(progress, calls={**progress.calls, step: when}) if when is not None else progress


def _more_time(progress: Progress, told: Told) -> Progress:
    """A new decision day: the status touch is due again after it. In a thank-you call, that is done too."""
    after = answered(touched(progress, told))
    if told.is_thanks(progress):
        after = replace(after, thanked=after.thanked | {"call"})
    return named(after, told)


def _replied(progress: Progress, told: Told) -> Progress:
    """They wrote or called by themselves; only what they named next is left.

    Without a day it is an answer to the thanks, unless they were asked for news before.
    """
    if not told.names_a_day and not progress.asked:
        return replace(answered(no_call_for("thank-you", progress)), thanked=ALL_THANKS)
    calls = without(progress.calls, {"retry", "news", "status"})
    after = replace(answered(progress), calls=calls, news=None, no_show=None)
    if told.names_a_day:
        return named(after, told)
    return after if after.ended else _end("replied", after, told)


def _end(end: End, progress: Progress, told: Told) -> Progress:
    """Nothing that was pending is left, and no hour is kept for it; but thanks go on where they are invited again."""
    thanks = progress.asked_to_call("thank-you") if end == "invited" else None
    return replace(
        answered(progress),
        agreed=None,
        calls={"thank-you": thanks} if thanks else {},
        news=None,
        no_show=None,
        ended=end,
        ended_at=told.outcome.at,
    )


def _ended(end: End) -> _Fold:
    return lambda progress, told: _end(end, progress, told)


def _news(progress: Progress, told: Told) -> Progress:
    """Another employer waits for an answer: a call with the news takes the place of the status touch.

    A touch that they named a day for is kept beside it, unless the candidate moved it from there.
    """
    is_kept = progress.named is not None and not _is_moved("status", progress)
    over: frozenset[Step] = frozenset({"retry"}) if is_kept else ANSWERS
    return replace(
        free(_still_open(progress), told, over | {"news"}),
        news=told.outcome,
        answer_by=told.outcome.by,
        done=(progress.done - {"news"}) | over,
        agreed=progress.agreed if is_kept else None,
        calls=without(progress.calls, over | {"news"}),
        missed_at=None,
        missed_step=None,
    )


def _no_show(progress: Progress, told: Told) -> Progress:
    """They missed a call that was agreed: an email says so, and the rest counts from it."""
    done = (progress.done - {"no-show"}) | ANSWERS
    after = replace(
        free(_still_open(progress), told, {"no-show"}),
        no_show=told.outcome,
        done=done,
        asked=True,
        agreed=None,
        counts_from=None,
    )
    return replace(after, calls={}, missed_at=None, missed_step=None)


def _still_open(progress: Progress) -> Progress:
    """After an answer without a day there can be more to say; after an end there cannot."""
    return replace(progress, ended=None, ended_at=None) if progress.ended == "replied" else progress


def _skipped(progress: Progress, told: Told) -> Progress:
    """The step is passed over; what follows counts from the day it was planned for."""
    if told.step in {"ask", "prepare"}:
        return _done(progress, told)
    if told.is_thanks(progress):
        return _thanks_skipped(progress, told)
    after = replace(free(progress, told, {told.step}), done=progress.done | {told.step})
    if told.step in {"closing", "courtesy"}:
        return after
    agreed = _agreed_day(progress, told) if told.step == "status" else None
    anchor: Anchor = ("agreed", agreed) if agreed is not None else ("skipped", told.planned_day)
    if told.step == "second":
        return replace(after, counts_from=anchor)
    if told.step == "status":
        after = replace(after, done=after.done | ANSWERS, agreed=None)
    over = ANSWERS if told.step in ANSWERS else {told.step}
    return replace(
        after,
        calls=without(after.calls, over),
        counts_from=anchor if told.step == "status" else progress.counts_from or anchor,
        missed_at=progress.missed_at if progress.missed_step == "thank-you" else None,
        missed_step=progress.missed_step if progress.missed_step == "thank-you" else None,
        news=None if told.step == "news" else after.news,
        no_show=None if told.step == "no-show" else after.no_show,
    )


def _thanks_skipped(progress: Progress, told: Told) -> Progress:
    """One of the thank-yous, all of them, or the second try of the call."""
    if told.step == "thank-you" and told.outcome.uid:
        return _one_thanked(progress, told)
    after = no_call_for("thank-you", progress)
    return replace(after, thanked=ALL_THANKS) if told.step == "thank-you" else after


def _moved(progress: Progress, told: Told) -> Progress:
    """The candidate wants one follow-up at another time; without one, where the plan has it."""
    moves = tuple(each for each in progress.moves if each.uid != told.uid)
    if told.outcome.to is not None:
        moves = (*moves, replace(told.outcome, uid=told.uid, step=told.step))
    return replace(progress, moves=moves)


def _done(progress: Progress, told: Told) -> Progress:
    """The questions, or a preparation, are done; without a uid all preparations that can be pending."""
    if told.outcome.uid or told.step != "prepare":
        return replace(progress, over=progress.over | {told.uid})
    interview = told.outcome.interview
    return replace(progress, over=progress.over | {uid(interview, "prepare", part=step) for step in CALLED})


def _unchanged(progress: Progress, told: Told) -> Progress:  # noqa: ARG001  # a row of the table takes both
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

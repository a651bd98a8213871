"""Follow-ups that answer something that happened: a missed call, a refusal, another offer, a call they forgot."""

from datetime import date, datetime, timedelta

from calsync.domain.event import Action, Event
from calsync.domain.outcome import Outcome
from calsync.domain.reason import Reason
from calsync.planner import sentences
from calsync.planner.case import Case, Place
from calsync.planner.channel import channel
from calsync.planner.clock import round_up
from calsync.planner.days import Found, WaitDays, find_day
from calsync.planner.slots import Slot
from calsync.planner.waits import wait, wait_for
from calsync.playbooks import Days, WaitWindow

__all__ = ["courtesy", "missed_call", "news", "retry"]

_PATIENCE_DAYS = 14
_COURTESY = WaitWindow(
    Days(0, "business_days", ("002-25",)),
    Days(1, "business_days", ("002-25",)),
    Days(2, "business_days", ("002-25",)),
)
_NEXT_BUSINESS_DAY = Days(1, "business_days", ("000-20",))


def retry(case: Case) -> Event | None:
    """One more call after a miss, at the other end of the day (003-11); none where the playbook has none left."""
    progress, calls = case.progress, case.playbook.calls
    if progress.missed_at is None or not progress.may_retry(calls):
        return None
    missed = progress.missed_at.astimezone(case.interview.zone)
    case.finder.prefer_other_end(missed)
    after = calls.retry_after or _NEXT_BUSINESS_DAY
    first = after.after(missed.date(), case.calendars.counting)
    last = case.calendars.counting.add(first, 1)
    reasons = (Reason("offset", missed, first, sentences.RETRY, after.source or ("004-04",)),)
    return wait_for(case, "retry", (first, first, last), reasons, to_call=True)


def courtesy(case: Case) -> Event | None:
    """A note after a refusal, so that the door stays open (002-12, 002-25)."""
    at = case.progress.ended_at
    if at is None or "courtesy" in case.progress.done:
        return None
    return wait(case, "courtesy", _COURTESY, ("refusal", at.astimezone(case.interview.zone).date()))


def news(case: Case) -> Event | None:
    """Another employer waits for an answer: a call at the first legal slot from now, else an email (000-10)."""
    told = case.progress.news
    if told is None:
        return None
    now = _now(case, told)
    first = max(now.date(), case.next_touch() or now.date())
    last = _last_day(case, told, first)
    to_call, sentence, source = channel(case.interview, case.preferences, case.playbook)
    reasons: tuple[Reason, ...] = (
        Reason("offset", now, first, sentences.NEWS, ("000-10",)),
        Reason("channel", first, first, sentence, source),
    )
    if to_call:
        place = _first_call(case, now, first, last, reasons)
        if place is not None:
            return case.enter("news", place)
        details = {"limit": last}
        reasons = (*reasons, Reason("fallback", first, first, sentences.NEWS_EMAIL, (), details))
    return case.enter("news", _email_from(case, now, first, last, reasons))


def missed_call(case: Case) -> Event | None:
    """They missed a call that was agreed: an email the same day, else on the next open morning."""
    told = case.progress.no_show
    if told is None:
        return None
    now = _now(case, told)
    reasons = (Reason("offset", now, now.date(), sentences.NO_SHOW, ("003-09",)),)
    return case.enter("no-show", _email_from(case, now, now.date(), now.date(), reasons))


def _now(case: Case, told: Outcome) -> datetime:
    """The moment from which the answer can go out, in the contact's zone."""
    return max(told.at, case.not_before or told.at).astimezone(case.interview.zone)


def _last_day(case: Case, told: Outcome, first: date) -> date:
    """The business day before the other employer's day, but never before ``first``."""
    if told.by is None:
        return first + timedelta(days=_PATIENCE_DAYS)
    return max(case.calendars.counting.add(told.by, -1), first)


def _first_call(
    case: Case, now: datetime, first: date, last: date, reasons: tuple[Reason, ...]
) -> Place | None:
    days = WaitDays(first, first, last, first, 0)
    found = find_day(
        days, case.calendars.calls, lambda day: case.finder.call(day, not_before=now, soonest=True)
    )
    return _placed("call", found, reasons, first, last) if isinstance(found, Found) else None


def _email_from(case: Case, now: datetime, first: date, last: date, reasons: tuple[Reason, ...]) -> Place:
    """An email from ``now`` on in business hours; at once where even that finds nothing."""
    days = WaitDays(first, first, last, first, _PATIENCE_DAYS)
    found = find_day(days, case.calendars.emails, lambda day: case.finder.email(day, not_before=now))
    if isinstance(found, Found):
        return _placed("email", found, reasons, first, last)
    start = round_up(now)
    at_once = Found(Slot(start, (Reason("fallback", first, start, sentences.AT_ONCE),)), (), late=False)
    return _placed("email", at_once, reasons, first, last)


def _placed(action: Action, found: Found, reasons: tuple[Reason, ...], first: date, last: date) -> Place:
    way = (*reasons, *found.reasons, *found.slot.reasons)
    return Place(
        action=action,
        start=found.slot.start,
        reasons=way,
        earliest=first,
        preferred=first,
        latest=last,
        late=found.late,
    )

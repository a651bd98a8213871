"""Follow-ups that answer what they said or did: a day they named, a missed call, a refusal, another offer, a call they forgot."""

from datetime import date, datetime, timedelta

from msgspec.structs import replace

from calsync.domain.event import Action, Event, Step
from calsync.domain.outcome import Outcome
from calsync.domain.reason import Reason
from calsync.domain.times import QUARTER
from calsync.planner import sentences
from calsync.planner.case import Case, Place
from calsync.planner.clock import CALL_MINUTES, at_minute, later, round_up
from calsync.planner.slots import Hurdle, Slot
from calsync.planner.windows import Found, WaitDays, find_day, wait, wait_for
from calsync.playbooks import Days, WaitWindow

__all__ = ["agreed", "asked_to_call", "courtesy", "missed_call", "news", "retry"]

# A day, or a day and time, that the employer named: it is kept, whatever day it is.


_AGREED_SOURCE = ("000-07", "001-17")


def agreed(case: Case, step: Step, moment: date | datetime, chosen: Reason, *, to_call: bool) -> Event | None:
    """Pin ``step`` to the agreed day, and to its time if one was named.

    With a day alone it takes the first legal slot, or the start of business
    hours where there is none. A moment that has passed is caught up with: the
    first legal slot from the floor on, overdue.
    """
    start = moment.astimezone(case.interview.zone) if isinstance(moment, datetime) else None
    day = start.date() if start else moment
    reasons: tuple[Reason, ...] = (
        chosen,
        Reason("agreed", chosen.after, day, sentences.AGREED, _AGREED_SOURCE),
    )
    if _has_passed(case, day, start):
        if start is not None:
            reasons = (*reasons, *_passed(day, start))
        return wait_for(case, step, (day, day, day), reasons, to_call=to_call, overdue=True)
    reasons = (*reasons, *_although(case, day, to_call=to_call))
    if start is not None:
        slot = Slot(start, (Reason("pinned", day, start, sentences.AGREED_TIME, ("003-09",)),))
    else:
        slot = _slot_on(case, day, to_call=to_call)
    if to_call:
        slot = replace(slot, reasons=(*slot.reasons, *_although_busy(case, slot.start)))
    place = Place(
        action="call" if to_call else "email",
        start=slot.start,
        reasons=(*reasons, *slot.reasons),
        earliest=day,
        preferred=day,
        latest=day,
        pinned=True,
    )
    return case.enter(step, place)


def asked_to_call(case: Case, step: Step, moment: date | datetime) -> Event | None:
    """Pin ``step`` to the time at which they asked to be called; an email where there is no number (003-09)."""
    met = case.interview.day
    wanted = Reason("channel", met, met, sentences.CALL_ASKED, ("003-09",))
    return agreed(case, step, moment, wanted, to_call=bool(case.interview.phone))


def _has_passed(case: Case, day: date, start: datetime | None) -> bool:
    if case.not_before is None:
        return False
    last = start or at_minute(day, case.preferences.business_hours.closes - QUARTER, case.interview.zone)
    return last < case.not_before


def _passed(day: date, start: datetime) -> tuple[Reason, ...]:
    """The agreed time, and that it is over; leads back to its day, from which on it is caught up with."""
    agreed_time = Reason("agreed", day, start, sentences.AGREED_TIME, ("003-09",))
    return agreed_time, Reason("overdue", start, day, sentences.PASSED)


def _although(case: Case, day: date, *, to_call: bool) -> tuple[Reason, ...]:
    """The closure that the agreement overrules, if there is one."""
    closed = (case.calendars.calls if to_call else case.calendars.emails).why_closed(day)
    if closed is None:
        return ()
    return (
        Reason(
            "pinned", day, day, sentences.AGREED_ALTHOUGH[sentences.key_of(closed)], (), {"name": closed.name}
        ),
    )


def _although_busy(case: Case, start: datetime) -> tuple[Reason, ...]:
    """The busy time of the candidate's own that the agreement overrules, in the candidate's clock."""
    busy = case.diary.busy_at(start, later(start, CALL_MINUTES))
    if busy is None:
        return ()
    begin, end = (moment.astimezone(case.preferences.zone) for moment in (busy.start, busy.end))
    on_one_day = begin.date() == end.date()
    details = {
        "calendar": busy.calendar,
        "busy": begin.time() if on_one_day else begin,
        "until": end.time() if on_one_day else end,
    }
    sentence = sentences.AGREED_BUSY["the same day" if on_one_day else "another day"]
    return (Reason("pinned", start, start, sentence, (), details),)


def _slot_on(case: Case, day: date, *, to_call: bool) -> Slot:
    if day < case.end.date():  # the interview goes on past midnight
        passed = Reason("overdue", day, case.end.date(), sentences.PASSED)
        slot_after = _slot_on(case, case.end.date(), to_call=to_call)
        return replace(slot_after, reasons=(passed, *slot_after.reasons))
    floors = [case.end] if day == case.end.date() else []
    if case.not_before is not None:  # an email may leave on the evening before the day
        floors.append(case.not_before)
    not_before = max(floors, default=None)
    slot: Slot | Hurdle | None
    if to_call:
        slot = case.finder.call(day, not_before=not_before, any_day=True)
    else:
        slot = case.finder.email(day, not_before=not_before)
    if isinstance(slot, Slot):
        return slot
    opens = case.finder.start_of_day(day)
    start = max([opens, *(round_up(floor.astimezone(case.interview.zone)) for floor in floors)])
    waits = (Reason("overdue", opens, start, sentences.PASSED),) if start > opens else ()
    return Slot(start, (Reason("pinned", day, opens, sentences.AGREED_START_OF_DAY), *waits))


# What happened after a touch, or instead of one.


_PATIENCE_DAYS = 14
_COURTESY = WaitWindow(
    Days(0, "business_days", ("002-25",)),
    Days(1, "business_days", ("002-25",)),
    Days(2, "business_days", ("002-25",)),
)
_NEXT_BUSINESS_DAY = Days(1, "business_days", ("000-20",))


def retry(case: Case) -> Event | None:
    """One more call after a miss, at the other end of the day (003-11); none where the playbook has none left.

    Thanks that can be said in a call on a day they named are not tried again before it.
    """
    progress, calls = case.progress, case.playbook.calls
    if (wanted := progress.asked_to_call("retry")) is not None:
        return asked_to_call(case, "retry", wanted)
    if progress.missed_at is None or not progress.may_retry(calls):
        return None
    missed = progress.missed_at.astimezone(case.interview.zone)
    after = calls.retry_after or _NEXT_BUSINESS_DAY
    first = after.after(missed.date(), case.calendars.counting)
    last = case.calendars.counting.add(first, 1)
    named = case.local_day(progress.named)
    if progress.missed_step == "thank-you" and named is not None and named <= last:
        return None
    to_call, sentence, source = case.channel()
    reasons: tuple[Reason, ...] = (
        Reason("offset", missed, first, sentences.RETRY, after.source or ("004-04",)),
    )
    if not to_call:
        reasons = (*reasons, Reason("channel", first, first, sentence, source))
    usual, case.finder = case.finder, case.finder.at_other_end(missed)
    event = wait_for(case, "retry", (first, first, last), reasons, to_call=to_call)
    case.finder = usual
    return event


def courtesy(case: Case) -> Event | None:
    """A note after a refusal, so that the door stays open (002-12, 002-25)."""
    at = case.progress.ended_at
    if at is None or "courtesy" in case.progress.done:
        return None
    return wait(case, "courtesy", _COURTESY, ("refusal", at.astimezone(case.interview.zone).date()))


def news(case: Case) -> Event | None:
    """Another employer waits for an answer: a call at the first legal slot from now, else an email (000-10).

    Where they named that day, or one before it, for the status touch, the news is told
    then and takes its place.
    """
    told = case.progress.news
    if told is None:
        return None
    if (wanted := case.progress.asked_to_call("news")) is not None:
        event = asked_to_call(case, "news", wanted)
        case.told_with_the_news = event is not None and _is_by(case, wanted if event.moved else event.start)
        return event
    now = _now(case, told)
    first = max(now.date(), case.next_touch() or now.date())
    last = _last_day(case, told, first)
    to_call, sentence, source = case.channel()
    chosen = Reason("channel", first, first, sentence, source)
    reasons: tuple[Reason, ...] = (Reason("offset", now, first, sentences.NEWS, ("000-10",)), chosen)
    place = _first_call(case, now, first, last, reasons) if to_call else None
    if place is None:
        if to_call:
            details = {"limit": last}
            reasons = (*reasons, Reason("fallback", first, first, sentences.NEWS_EMAIL, (), details))
        place = _email_from(case, now, first, max(first, last), reasons)
    named = case.progress.named
    if named is None or not _is_by(case, place.start):
        return case.enter("news", place)
    if case.progress.asked_to_call("status") is not None:
        event = asked_to_call(case, "news", named)
    else:
        event = agreed(case, "news", named, chosen, to_call=to_call)
    case.told_with_the_news = event is not None
    return event


def _is_by(case: Case, moment: date | datetime) -> bool:
    """Whether the day named for the status touch has come by then."""
    named, day = case.local_day(case.progress.named), case.local_day(moment)
    return named is not None and day is not None and named <= day


def missed_call(case: Case) -> Event | None:
    """They missed a call that was agreed: an email the same day, else on the next open morning."""
    told = case.progress.no_show
    if told is None:
        return None
    now = _now(case, told)
    reasons = (Reason("offset", now, now.date(), sentences.NO_SHOW, ("003-09",)),)
    closed = case.calendars.emails.why_closed(now.date())
    if closed is not None and closed.kind in {"bridge", "year-end"}:  # they were to call on it themselves
        slot = case.finder.email(now.date(), not_before=now)
        if slot is not None:
            found = Found(slot, (), late=False)
            return case.enter("no-show", _placed("email", found, reasons, now.date(), now.date()))
    next_one = case.calendars.counting.add(now.date(), 1)
    return case.enter("no-show", _email_from(case, now, now.date(), next_one, reasons))


def _now(case: Case, told: Outcome) -> datetime:
    """The moment from which the answer can go out, in the contact's zone."""
    return max(told.at, case.not_before or told.at).astimezone(case.interview.zone)


def _last_day(case: Case, told: Outcome, first: date) -> date:
    """The business day before the other employer's day; it may have passed."""
    if told.by is None:
        return first + timedelta(days=_PATIENCE_DAYS)
    return case.calendars.counting.add(told.by, -1)


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

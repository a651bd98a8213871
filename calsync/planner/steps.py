"""The status touch: on the agreed day, at the last moment before the decision, or after a wait."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Literal

from calsync.domain.event import Event, Step
from calsync.domain.interview import Person
from calsync.domain.reason import Note, Reason
from calsync.domain.times import QUARTER, Span
from calsync.planner import sentences
from calsync.planner.case import LAST_THANKS_HOURS, Anchor, Case, Place
from calsync.planner.changes import uid
from calsync.planner.clock import at_minute, clock_change, later, minute_of, round_up
from calsync.planner.replies import courtesy, is_told_with_the_news, missed_call, news, retry
from calsync.planner.slots import Part, Slot
from calsync.planner.windows import agreed, asked_to_call, landing_day, passed_over, shut, wait
from calsync.playbooks import Days, FollowUp, ThankYou

__all__ = [
    "ask",
    "before_decision",
    "deadline_day",
    "decent",
    "decision_day",
    "follow_ups",
    "prepare",
    "status",
    "thank_you",
]


# A status touch that must not come late: the last good moment before they decide (002-21).

_SOURCE = ("002-21",)
_ONE_DAY = timedelta(days=1)

_Try = tuple[date, Literal["call", "email"], tuple[Part, ...]]
_Rejected = Callable[[date], Reason]


def before_decision(
    case: Case, decision: date, reasons: tuple[Reason, ...], *, to_call: bool
) -> tuple[Event | None, tuple[Reason, ...]]:
    """A call late on the eve of the decision, else early on its day; an email on the last open day before.

    Nothing is placed before the day after the interview. Gives the event, or
    None and the reasons, which lead back to the decision day.
    """
    eve, first = decision - _ONE_DAY, _first_day(case)
    trail = [*reasons, Reason("offset", decision, eve, sentences.BEFORE_DECISION, _SOURCE)]
    rejected: _Rejected | None = None
    action: Literal["call", "email"] = "call" if to_call else "email"
    for day, its_action, parts in _tries(first, decision, to_call=to_call):
        if rejected is not None:
            trail.append(rejected(day))
        elif day != eve:
            trail.append(Reason("limit", eve, day, sentences.TOO_SOON))
        if its_action != action:
            action = its_action
            trail.append(Reason("fallback", day, day, sentences.DEADLINE_EMAIL, _SOURCE))
        slot = _slot(case, day, first, action, parts)
        if isinstance(slot, Slot):
            place = Place(
                action=action,
                start=slot.start,
                reasons=(*trail, *slot.reasons),
                earliest=min(first, eve),
                preferred=eve,
                latest=decision,
            )
            return case.enter("status", place), ()
        rejected = slot
    trail.append(rejected(decision) if rejected else Reason("limit", eve, decision, sentences.TOO_SOON))
    return None, (*trail, Reason("fallback", decision, decision, sentences.DEADLINE_FAILED))


def deadline_day(case: Case, decision: date, *, to_call: bool) -> date | None:
    """The day that ``before_decision`` would find if every open day had a slot; places nothing."""
    first = _first_day(case)
    for day, action, _ in _tries(first, decision, to_call=to_call):
        landing = case.calendars.calls if action == "call" else case.calendars.emails
        if day >= first and landing.is_open(day):
            return day
    return None


def _tries(first: date, decision: date, *, to_call: bool) -> Iterator[_Try]:
    """The days to look at, in order, with what to look for."""
    eve = decision - _ONE_DAY
    if to_call:
        yield eve, "call", ("late",)
        yield decision, "call", ("early",)
    day = eve
    while day >= first:
        yield day, "email", ()
        day -= _ONE_DAY
    if decision >= first:
        yield decision, "email", ()


def _slot(
    case: Case, day: date, first: date, action: Literal["call", "email"], parts: tuple[Part, ...]
) -> Slot | _Rejected:
    if day < first:
        return passed_over(day, "limit", sentences.TOO_SOON)
    closed = (case.calendars.calls if action == "call" else case.calendars.emails).why_closed(day)
    if closed is not None:
        return shut(day, closed)
    if action == "email":
        email = case.finder.email(day, not_before=case.not_before)
        return email or passed_over(day, "overdue", sentences.PASSED)
    not_before = case.not_before if day == case.floor_day else None
    slot = case.finder.call(day, not_before=not_before, parts=parts)
    return slot if isinstance(slot, Slot) else passed_over(day, slot, sentences.NO_SLOT_IN_TIME[slot])


def _first_day(case: Case) -> date:
    """The day after the interview, or the first that another touch or the floor allows."""
    floors = (case.interview.day + _ONE_DAY, case.next_touch(), case.floor_day)
    return max(day for day in floors if day is not None)


def decision_day(case: Case) -> date | None:
    """D, the last day of the employer's stated time, counted from the interview's local date."""
    stated = case.progress.decision or case.interview.decision
    if not isinstance(stated, Span):
        return stated
    return Days(stated.count, stated.unit).after(case.interview.day, case.calendars.counting)


def status(case: Case) -> Event | None:
    """Place the one status touch of an interview, if the playbook has one for what is known."""
    to_call, sentence, source = case.channel()
    met = case.interview.day
    if (wanted := case.progress.asked_to_call("status")) is not None:
        return asked_to_call(case, "status", wanted)
    if case.progress.agreed is not None:
        to_call, sentence, source = case.channel(they_named_it=True)
        chosen = Reason("channel", met, met, sentence, source)
        return agreed(case, "status", case.progress.agreed, chosen, to_call=to_call)
    if case.decision is not None:
        chosen = Reason("channel", case.decision, case.decision, sentence, source)
        return _around_decision(case, case.decision, chosen, to_call=to_call)
    window = case.playbook.status.no_decision
    reasons = (Reason("channel", met, met, sentence, source),)
    return wait(case, "status", window, ("interview", met), reasons, to_call=to_call) if window else None


def _around_decision(case: Case, decision: date, chosen: Reason, *, to_call: bool) -> Event | None:
    """After the decision day, or before it where the playbook says so."""
    if case.playbook.status.before_decision:
        return _before(case, decision, chosen, to_call=to_call)
    window = case.playbook.status.decision
    if window is None:
        return None
    lands = partial(landing_day, case, window, to_call=to_call)
    stated = _stated(case, decision, _other_reading(case, decision, lands))
    return wait(case, "status", window, ("decision", decision), (stated, chosen), to_call=to_call)


def _before(case: Case, decision: date, chosen: Reason, *, to_call: bool) -> Event | None:
    """The deadline before the decision; where nothing meets it, the fallback playbook's wait after it."""
    window = case.fallback_playbook.status.decision

    def lands(day: date) -> date | None:
        found = deadline_day(case, day, to_call=to_call)
        return found if found or window is None else landing_day(case, window, day, to_call=to_call)

    stated = _stated(case, decision, _other_reading(case, decision, lands))
    event, reasons = before_decision(case, decision, (stated, chosen), to_call=to_call)
    if event is not None or window is None:
        return event
    return wait(case, "status", window, ("decision", decision), reasons, to_call=to_call)


def _stated(case: Case, decision: date, other: dict[str, object] | None = None) -> Reason:
    """What they said about their decision: from the interview to that day."""
    met, stated = case.interview.day, case.interview.decision
    if case.progress.decision is not None or not isinstance(stated, Span):
        return Reason("decision", met, decision, sentences.DECISION_DATE, ("000-07",))
    sentence = sentences.DECISION_TWO_READINGS if other else sentences.DECISION_SPAN
    return Reason("decision", met, decision, sentence, ("002-05",), {"span": stated, **(other or {})})


def _other_reading(
    case: Case, decision: date, lands: Callable[[date], date | None]
) -> dict[str, object] | None:
    """Where "3 days" may have meant business days and that would move the touch: both days (C14).

    ``lands`` tells the day of the touch for a decision day, as far as closed days decide it.
    """
    stated = case.interview.decision
    if case.progress.decision is not None or not isinstance(stated, Span) or stated.unit == "business_days":
        return None
    other = case.calendars.counting.add(case.interview.day, stated.count)
    if other == decision or (elsewhere := lands(other)) in {None, lands(decision)}:
        return None
    return {"other": other, "elsewhere": elsewhere}


# The steps that every playbook has: ask, half an hour before the interview, and prepare, the evening before a call.

_ASK_BEFORE = 30
_ASK_MINUTES = 15
_PREPARE_AT = 18 * 60
_PREPARE_MINUTES = 30


def ask(case: Case) -> None:
    """Thirty minutes before the interview: when to follow up, how, and when they decide (000-06, 004-15)."""
    own = case.preferences.zone
    start = later(case.interview.start.astimezone(own), -_ASK_BEFORE)
    if case.not_before is not None and start < case.not_before:
        return
    if uid(case.interview.id, "ask") in case.progress.over:
        return
    reason = Reason("offset", case.interview.start, start, sentences.ASK, ("000-06", "004-15"))
    day = start.date()
    place = Place("ask", start, (reason,), day, day, day)
    case.enter("ask", place, minutes=_ASK_MINUTES)


def prepare(case: Case, call: Event) -> None:
    """At 18:00 on the day before a call, in the candidate's zone (000-12, 001-10, 004-12).

    Left out where the interview has not ended by then, or that time has passed;
    the call's own text carries the checklist anyway.
    """
    own = case.preferences.zone
    day = call.start.astimezone(own).date() - _ONE_DAY
    start = at_minute(day, _PREPARE_AT, own)
    if start < case.end or (case.not_before is not None and start < case.not_before):
        return
    if uid(case.interview.id, "prepare", part=call.step) in case.progress.over:
        return
    reason = Reason("offset", call.start, start, sentences.PREPARE, ("000-12", "001-10", "004-12"))
    reasons = (reason, *clock_change(day, _PREPARE_AT, start))
    place = Place("prepare", start, reasons, day, day, day)
    case.enter("prepare", place, minutes=_PREPARE_MINUTES, part=call.step, before=call.step)


# The thank-you: a deadline of a day, by email, or by telephone where the playbook dares to.

_AFTER_EMAIL = 2 * 60
_AFTER_CALL = 60
_FIRST_MINUTE = 8 * 60
_LAST_MINUTE = 20 * 60 + 30
_SOON = timedelta(minutes=_AFTER_EMAIL + QUARTER)


def thank_you(case: Case) -> list[Event]:
    """One for the contact and each interviewer with an email (002-24), or one to the contact without any.

    Thanks that were given are left out. Emails are for everybody, unless the
    contact is called and there are others to write to.
    """
    step, thanked = case.playbook.thank_you, case.progress.thanked
    if step is not None and thanked != {"call", "email"} and _is_too_late(case):
        case.notes.append(Note("thank-you", sentences.THANKS_TOO_LATE))
        step = None
    asked = case.progress.asked_to_call("thank-you")
    call = asked_to_call(case, "thank-you", asked) if asked is not None else None
    if step is None:
        return [call] if call else []
    others = _others(case)
    by_call = bool(others) and step.action == "call" and case.channel()[0]
    is_done = "call" in thanked or ("email" in thanked and not by_call) or _is_over(case)
    why_email: tuple[Reason, ...] = ()
    if call is None and not is_done and step.action == "call":
        place, why_email = _call(case, step)
        call = case.enter("thank-you", place) if place else None
    entered = [call] if call else []
    if not (is_done or call):
        entered += _email_to_contact(case, step, others, why_email)
    if "email" not in thanked:
        waiting = [person for person in others if not _is_over(case, person.email)]
        entered += [_email(case, step, why_email, person) for person in waiting]
    return entered


def _is_over(case: Case, part: str = "") -> bool:
    """Whether the thanks to one of them, the contact unless a part is given, were given or passed over alone."""
    over = case.progress.over
    return bool(over) and uid(case.interview.id, "thank-you", part=part) in over


def _is_too_late(case: Case) -> bool:
    """Whether the floor lets an email go out only when thanks say the opposite, and the candidate did not insist."""
    if case.not_before is None or any(move.step == "thank-you" for move in case.progress.moves):
        return False
    at_once = decent(round_up(case.not_before.astimezone(case.preferences.zone)))
    return at_once > later(case.end, LAST_THANKS_HOURS * 60)


def _others(case: Case) -> list[Person]:
    """Everybody met but the contact who has an address, each address once."""
    if not case.interview.interviewers:
        return []
    others = {person.email.casefold(): person for person in case.interview.interviewers if person.email}
    others.pop(case.contact.email.casefold(), None)
    return list(others.values())


def _email_to_contact(
    case: Case, step: ThankYou, others: list[Person], why_email: tuple[Reason, ...]
) -> list[Event]:
    """The contact's email; without an address a note, if others can be written to instead."""
    if case.contact.email or why_email or not others:
        return [_email(case, step, why_email, case.contact)]
    if case.contact.name:
        case.notes.append(Note("thank-you", sentences.NO_ADDRESS, {"name": case.contact.name}))
    return []


def _call(case: Case, step: ThankYou) -> tuple[Place | None, tuple[Reason, ...]]:
    """A call within the hours after the interview's end, or the reasons for an email instead."""
    end = case.end
    to_call, sentence, source = case.channel()
    chosen = Reason("channel", end, end, sentence, source)
    if not to_call:
        return None, (chosen,)
    latest = later(end, step.within_hours * 60)
    earliest = later(end, _AFTER_CALL)
    if case.not_before is not None:
        earliest = max(earliest, case.not_before)
    first, last = earliest.astimezone(case.interview.zone).date(), latest.date()
    days = [first + _ONE_DAY * count for count in range((last - first).days + 1)]
    landing = [day for day in days if case.calendars.calls.is_open(day)]
    slot = case.finder.thank_you_call(earliest, latest, landing)
    if slot is None:
        details = {"hours": step.within_hours}
        return None, (Reason("fallback", end, end, sentences.THANKS_CALL_NONE, ("004-03",), details),)
    soonest = Reason("offset", end, slot.reasons[0].before, sentences.THANKS_CALL_EARLIEST, step.source)
    return (
        Place(
            action="call",
            start=slot.start,
            reasons=(chosen, soonest, *slot.reasons),
            earliest=first,
            preferred=slot.start.date(),
            latest=last,
        ),
        (),
    )


def _email(case: Case, step: ThankYou, before: tuple[Reason, ...], person: Person) -> Event:
    place = _email_place(case, step, before)
    return case.enter("thank-you", place, part="" if person is case.contact else person.email, person=person)


def _email_place(case: Case, step: ThankYou, before: tuple[Reason, ...]) -> Place:
    """Two hours after the interview's end if that is a decent time, else the next morning."""
    own = case.preferences.zone
    end = case.end.astimezone(own)
    start = decent(round_up(later(end, _AFTER_EMAIL)))
    latest = later(end, step.within_hours * 60)
    sentence = sentences.THANKS_SOON if start - end < _SOON else sentences.THANKS_MORNING
    reasons = (*before, Reason("offset", end, start, sentence, step.source))
    preferred, overdue = start.date(), False
    if case.not_before is not None and start < case.not_before:
        at_once = decent(round_up(case.not_before.astimezone(own)))
        overdue = at_once > latest
        reasons = (*reasons, Reason("overdue", start, at_once, sentences.THANKS_AT_ONCE, step.source))
        start = at_once
    return Place(
        action="email",
        start=start,
        reasons=reasons,
        earliest=end.date(),
        preferred=preferred,
        latest=latest.date(),
        overdue=overdue,
    )


def decent(moment: datetime) -> datetime:
    """``moment`` if it is a time to write at, else the next 08:00."""
    if _FIRST_MINUTE <= minute_of(moment) <= _LAST_MINUTE:
        return moment
    day = moment.date() if minute_of(moment) < _FIRST_MINUTE else moment.date() + _ONE_DAY
    return at_minute(day, _FIRST_MINUTE, moment.tzinfo)


# The steps of one interview in their order, each anchored on the ones before it.


def follow_ups(case: Case) -> None:
    """Place everything that is still to come, from where the outcomes have led."""
    if _is_long_ago(case):
        case.notes.append(Note("status", sentences.LONG_AGO))
        return
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


def _is_long_ago(case: Case) -> bool:
    """Whether the floor is far behind all the days that count, and nothing was ever logged."""
    if case.floor_day is None or case.progress.has_log:
        return False
    days = (case.interview.day, case.decision, case.agreed_day)
    return (case.floor_day - max(day for day in days if day is not None)).days > _LONG_AGO_DAYS


_LONG_AGO_DAYS = 60
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
        if event is None or _is_after_the_answer(case, event):
            break  # what counts from a follow-up that was left out is left out with it
        case.touched(event)


def _is_after_the_answer(case: Case, event: Event) -> bool:
    """Whether another employer has its answer by then; the event is taken out again, with a note."""
    by = case.progress.answer_by
    day = case.local_day(event.start)
    if by is None or event.pinned or day is None or day <= by:
        return False
    case.events.remove(event)
    case.notes.append(Note(event.step, sentences.ANSWERED_BY_THEN, {"by": by}))
    return True


def _anchor(case: Case, step: Step, follow_up: FollowUp) -> Anchor:
    """What a second or closing email counts from: the agreed day before all, else as the playbook says."""
    counted = case.progress.counts_from
    if counted is None and case.agreed_day is not None:
        counted = "agreed", case.agreed_day
    if counted is not None and (step == "second" or "second" in case.progress.done):
        return counted
    if follow_up.after == "decision" and case.decision is not None:
        return "decision", case.decision
    if case.last_touch is not None:
        return "last-touch", case.last_touch
    return "interview", case.interview.day

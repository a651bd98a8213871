"""Around the interview: the questions before it, the thanks after it, and the evening before each call.

``ask`` and ``prepare`` belong to every playbook; the thank-you is its own.
"""

from datetime import datetime, timedelta

from calsync.domain.event import LAST_THANKS_HOURS, Event
from calsync.domain.interview import Person
from calsync.domain.reason import Note, Reason
from calsync.domain.times import QUARTER
from calsync.planner import sentences
from calsync.planner.case import Case, Place
from calsync.planner.clock import at_minute, clock_change, later, minute_of, round_up
from calsync.planner.replies import asked_to_call
from calsync.playbooks import ThankYou

__all__ = ["ask", "decent", "prepare", "thank_you"]

_ASK_BEFORE = 30
_ASK_MINUTES = 15
_PREPARE_AT = 18 * 60
_PREPARE_MINUTES = 30
_ONE_DAY = timedelta(days=1)


def ask(case: Case) -> None:
    """Thirty minutes before the interview: when to follow up, how, and when they decide (000-06, 004-15)."""
    own = case.preferences.zone
    start = later(case.interview.start.astimezone(own), -_ASK_BEFORE)
    if case.not_before is not None and start < case.not_before:
        return
    if case.is_over("ask"):
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
    if case.is_over("prepare", call.step) or _was_moved_after(case, call, start):
        return
    reason = Reason("offset", call.start, start, sentences.PREPARE, ("000-12", "001-10", "004-12"))
    reasons = (reason, *clock_change(day, _PREPARE_AT, start))
    place = Place("prepare", start, reasons, day, day, day)
    case.enter("prepare", place, minutes=_PREPARE_MINUTES, part=call.step, before=call.step)


def _was_moved_after(case: Case, call: Event, start: datetime) -> bool:
    """Whether a moment had passed as the candidate moved the call to where it is."""
    return call.moved and any(move.uid == call.uid and start < move.at for move in case.progress.moves)


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
    is_done = "call" in thanked or ("email" in thanked and not by_call) or case.is_over("thank-you")
    why_email: tuple[Reason, ...] = ()
    if call is None and not is_done and step.action == "call":
        place, why_email = _call(case, step)
        call = case.enter("thank-you", place) if place else None
    entered = [call] if call else []
    if not (is_done or call):
        entered += _email_to_contact(case, step, others, why_email)
    if "email" not in thanked:
        waiting = [person for person in others if not case.is_over("thank-you", person.email)]
        entered += [_email(case, step, why_email, person) for person in waiting]
    return entered


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

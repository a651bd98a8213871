"""The thank-you: a deadline of a day, by email, or by telephone where the playbook dares to."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from calsync.domain.event import Event
from calsync.domain.hours import QUARTER
from calsync.domain.interview import Person
from calsync.domain.reason import Note, Reason
from calsync.planner import sentences
from calsync.planner.case import Case, Place
from calsync.planner.channel import channel
from calsync.planner.clock import at_minute, later, minute_of, round_up
from calsync.playbooks import ThankYou

__all__ = ["thank_you"]

_AFTER_EMAIL = 2 * 60
_AFTER_CALL = 60
_FIRST_MINUTE = 8 * 60
_LAST_MINUTE = 20 * 60 + 30
_ONE_DAY = timedelta(days=1)


def thank_you(case: Case) -> list[Event]:
    """One for the contact and each interviewer with an email (002-24), or one to the contact without any."""
    step = case.playbook.thank_you
    if step is None or "thank-you" in case.progress.done:
        return []
    call, why_email = _call(case, step) if step.action == "call" else (None, ())
    entered = []
    if call is not None:
        entered.append(case.enter("thank-you", call, person=_contact(case)))
    for person in _recipients(case, called=call is not None, meant_to_call=bool(why_email)):
        place = _email(case, step, why_email)
        part = "" if person == _contact(case) else person.email
        entered.append(case.enter("thank-you", place, part=part, person=person))
    return entered


def _contact(case: Case) -> Person:
    return Person(case.interview.contact, case.interview.email)


def _recipients(case: Case, *, called: bool, meant_to_call: bool) -> Iterator[Person]:
    """Whom to write to, each address once."""
    contact = _contact(case)
    others = {person.email.casefold(): person for person in case.interview.interviewers if person.email}
    others.pop(contact.email.casefold(), None)
    if not called:
        if contact.email or meant_to_call or not others:
            yield contact
        elif contact.name:
            case.notes.append(Note("thank-you", sentences.NO_ADDRESS, {"name": contact.name}))
    yield from others.values()


def _call(case: Case, step: ThankYou) -> tuple[Place | None, tuple[Reason, ...]]:
    """A call within the hours after the interview's end, or the reasons for an email instead."""
    end = case.end
    to_call, sentence, source = channel(case.interview, case.preferences, case.playbook)
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


def _email(case: Case, step: ThankYou, before: tuple[Reason, ...]) -> Place:
    """Two hours after the interview's end if that is a decent time, else the next morning."""
    own = case.preferences.zone
    end = case.end.astimezone(own)
    start = _decent(round_up(later(end, _AFTER_EMAIL)))
    latest = later(end, step.within_hours * 60)
    soon = start - end < timedelta(minutes=_AFTER_EMAIL + QUARTER)
    sentence = sentences.THANKS_SOON if soon else sentences.THANKS_MORNING
    reasons = (*before, Reason("offset", end, start, sentence, step.source))
    preferred, overdue = start.date(), False
    if case.not_before is not None and start < case.not_before:
        at_once = _decent(round_up(case.not_before.astimezone(own)))
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


def _decent(moment: datetime) -> datetime:
    """``moment`` if it is a time to write at, else the next 08:00."""
    if _FIRST_MINUTE <= minute_of(moment) <= _LAST_MINUTE:
        return moment
    day = moment.date() if minute_of(moment) < _FIRST_MINUTE else moment.date() + _ONE_DAY
    return at_minute(day, _FIRST_MINUTE, moment.tzinfo)  # type: ignore[arg-type]  # the candidate's zone

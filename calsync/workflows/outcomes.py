"""What happened, and what the candidate wants otherwise: logged in one change with the plan that follows."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from calsync.domain import Event, Interview, Outcome, replace, spoken
from calsync.domain.outcome import Result
from calsync.errors import BadData
from calsync.phrase import joined, phrase
from calsync.workflows.context import Context
from calsync.workflows.due import Agenda, is_over
from calsync.workflows.interviews import Done
from calsync.workflows.outcome_rules import is_far_ahead, meant, refusal
from calsync.workflows.replanning import ENDS, replan

if TYPE_CHECKING:
    from calsync.store import Change as Open
    from calsync.store import Store, StoredEvent, StoredInterview

__all__ = ["FarAhead", "log", "move", "others_to_tell"]

_OPENS: frozenset[Result] = frozenset({"bad-time", "call-back", "reached", "vague", "more-time", "replied"})
"""An outcome of these that names a day opens again what had ended."""
_ONE_OF_SEVERAL = frozenset({"thank-you", "prepare"})
"""Steps of which an interview can have several follow-ups."""
_OF_THE_INTERVIEW: frozenset[Result] = frozenset({*ENDS, "replied", "competing-offer", "no-show", "away"})
"""News of the employer's: about the interview, whichever follow-up it came with."""


class FarAhead(BadData):
    """What the outcome would be about begins later than a business day from it: ``event`` has to be named to be meant."""

    event: "StoredEvent"


def log(
    context: Context, store: "Store", name: int | str, outcome: Outcome, *, now: datetime, force: bool = False
) -> Done:
    """Record what happened; what is still to come follows.

    An outcome that names neither a follow-up (``uid``) nor a step is about the
    earliest pending one that it can be true of, as things stood ``at`` its time.
    Raises FarAhead where that one is more than a business day ahead, BadData
    for an outcome that cannot be, with the reason; ``force`` records what only
    goes over the limits.
    """
    kept = store.interview(name)
    with store.change(
        phrase("log {result} for {name}", result=outcome.result, name=_name(kept)), at=now
    ) as change:
        kept = store.interview(kept.number)
        logged = store.outcomes(kept.number)
        pending = _pending(context, store, kept, logged, outcome)
        told = _aimed(outcome, kept, pending, now)
        playbook = context.playbook_of(kept.interview)
        why_not = refusal(told, kept, logged, pending, now=now, playbook=playbook, force=force)
        if why_not is not None:
            remedy = (
                phrase("add --force if it did happen") if why_not.is_limit else _what_is_pending(store, kept)
            )
            raise BadData(why_not.what, remedy=remedy, code="CS-LOG-001")
        if not outcome.step and not outcome.uid:
            _refuse_far_ahead(context, store, told, pending, kept.interview)
        return _record(context, store, change, kept, told)


def move(
    context: Context,
    store: "Store",
    planned: "StoredEvent",
    when: date | datetime | None,
    *,
    now: datetime,
    back: bool = False,
) -> Done:
    """Put one follow-up where the candidate wants it: a time, a day, or the next good moment; ``back`` where the plan has it.

    Raises BadData for what is only prepared, for a time that has passed, and where no good moment is left.
    """
    event, kept = planned.event, store.interview(planned.event.interview)
    with store.change(phrase("move {ref} of {name}", ref=planned.ref, name=_name(kept)), at=now) as change:
        if event.action not in {"call", "email"}:
            raise BadData(
                phrase("{ref} is only prepared; it goes along with the interview or call", ref=planned.ref),
                remedy=phrase("move that one"),
                code="CS-MOV-001",
            )
        if back and not event.moved:
            raise BadData(
                phrase("{ref} is where the plan has it", ref=planned.ref),
                remedy=phrase("there is nothing to take back"),
                code="CS-MOV-004",
            )
        to = None if back else _slot(context, store, planned, kept.interview, when, now)
        told = Outcome(
            interview=kept.interview.id,
            result="moved",
            at=now,
            step=event.step,
            uid=event.uid,
            to=to,
            was=event.start,
            met=kept.interview.start,
        )
        return _record(context, store, change, kept, told)


def others_to_tell(store: "Store", kept: "StoredInterview") -> "list[StoredInterview]":
    """The candidate's other open interviews, whose employers may want to know of an offer."""
    every = store.interviews(candidate=kept.interview.candidate, open_only=True)
    return [each for each in every if each.number != kept.number]


def _record(context: Context, store: "Store", change: "Open", kept: "StoredInterview", told: Outcome) -> Done:
    change.log(told)
    kept = _with_status(store, change, kept, told)
    plan, moved = replan(context, store, change, kept)
    return Done(kept=kept, plan=plan, changes=moved, outcome=told)


def _pending(
    context: Context, store: "Store", kept: "StoredInterview", logged: Sequence[Outcome], outcome: Outcome
) -> list[Event]:
    """What waited when it happened, the earliest first: thanks that went out on the second day can be logged on the fifth.

    What is named may have waited too long: thanks after three days.
    """
    if outcome.at < kept.recorded and not logged:
        (plan,) = context.plans([kept.interview], not_before=outcome.at)
        events: Sequence[Event] = plan.events
    else:
        events = [each.event for each in store.planned(interview=kept.number)]
    named = bool(outcome.uid or outcome.step)
    return [event for event in events if named or not is_over(store, event, outcome.at)]


def _aimed(outcome: Outcome, kept: "StoredInterview", pending: Sequence[Event], now: datetime) -> Outcome:
    """The outcome with the follow-up that it is about."""
    named = bool(outcome.uid or outcome.step)
    fitting = [
        event for event in pending if outcome.uid in ("", event.uid) and outcome.step in (None, event.step)
    ]
    event = next(iter(fitting), None) if named else meant(outcome.result, pending)
    step = outcome.step or (event.step if event else None)
    one_of_several = outcome.uid or outcome.result == "done"
    keeps_uid = event is not None and one_of_several and event.step in _ONE_OF_SEVERAL
    return replace(
        outcome,
        interview=kept.interview.id,
        step=None if outcome.result in _OF_THE_INTERVIEW else step,
        uid=event.uid if event is not None and keeps_uid else "" if event is not None else outcome.uid,
        was=event.start if event is not None and outcome.result == "skip" else outcome.was,
        logged=now if now > outcome.at else None,
    )


def _refuse_far_ahead(
    context: Context, store: "Store", told: Outcome, pending: Sequence[Event], interview: Interview
) -> None:
    """Nothing is logged for what is more than a business day ahead, unless it is named."""
    near = context.next_business_day(interview, told.at.astimezone(interview.zone).date())
    event = meant(told.result, pending)
    if event is None or not is_far_ahead(told, event, interview.zone, near):
        return
    planned = store.event(event.uid)
    thanks = any(each.event.step == "thank-you" for each in store.planned(interview=interview.id))
    remedy = phrase("if you mean that one: calsync log {ref} {result}", ref=planned.ref, result=told.result)
    if thanks and told.result == "sent":
        in_time = phrase("if the thank-you went out in time, say when with --at")
        remedy = joined([remedy, in_time], "; ")
    error = FarAhead(
        phrase(
            "no follow-up due by now fits {result}: the next one, {ref} ({step}), is on {start}",
            result=told.result,
            ref=planned.ref,
            step=event.step,
            start=spoken(event.start.date()),
        ),
        remedy=remedy,
        code="CS-LOG-002",
    )
    error.event = planned
    raise error


def _what_is_pending(store: "Store", kept: "StoredInterview") -> str:
    if kept.interview.status != "open":
        return phrase("to open it again: calsync edit {number} --status open", number=kept.number)
    pending = [each.ref for each in store.planned(interview=kept.number)]
    if not pending:
        return phrase("see calsync show {number}", number=kept.number)
    return phrase(
        "pending: {pending}; calsync show {number} shows them", pending=", ".join(pending), number=kept.number
    )


def _slot(
    context: Context,
    store: "Store",
    planned: "StoredEvent",
    interview: Interview,
    when: date | datetime | None,
    now: datetime,
) -> datetime:
    """The time that the candidate means. Raises BadData."""
    if isinstance(when, datetime) and when < now:
        raise BadData(
            phrase("{when} has passed", when=spoken(when)),
            remedy=phrase("name a time to come"),
            code="CS-MOV-002",
        )
    if (
        when is not None
        and not isinstance(when, datetime)
        and when < now.astimezone(context.preferences.zone).date()
    ):
        raise BadData(
            phrase("{when} has passed", when=spoken(when)),
            remedy=phrase("name a day to come"),
            code="CS-MOV-002",
        )
    agenda = Agenda(context, store, now)
    plan = store.plan(interview.id)
    found = context.planner.slot_for(
        planned.event,
        interview,
        when,
        now,
        others=agenda.taken(interview.candidate),
        busy=agenda.busy(interview.candidate),
        last_touch=plan.last_contact.day if plan and plan.last_contact else None,
    )
    if found is None:
        raise BadData(
            phrase("no good moment is left for {ref}", ref=planned.ref),
            remedy=phrase("name a time, or pass it over: calsync log {ref} skip", ref=planned.ref),
            code="CS-MOV-003",
        )
    return found


def _with_status(store: "Store", change: "Open", kept: "StoredInterview", told: Outcome) -> "StoredInterview":
    """The interview with the status that the outcome leaves."""
    names_a_day = told.next is not None or told.decision is not None
    for_thanks = told.step == "thank-you" and told.result in {"bad-time", "call-back"}
    opens = told.result in _OPENS and names_a_day and not for_thanks
    status = ENDS.get(told.result, "open" if opens else kept.interview.status)
    if status == kept.interview.status:
        return kept
    change.replace(replace(kept.interview, status=status))
    return store.interview(kept.number)


def _name(kept: "StoredInterview") -> str:
    return f"{kept.interview.company}, {kept.interview.role}"

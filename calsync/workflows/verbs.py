"""The verbs that change what is remembered: each is one change of the store, with its plans, and can be undone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from calsync.domain import Cancel, Change, Event, Interview, Outcome, Plan
from calsync.domain.interview import Status
from calsync.domain.outcome import Result
from calsync.errors import BadData
from calsync.workflows.desk import Desk
from calsync.workflows.replanning import replan, replan_candidates
from calsync.workflows.sequence import refusal

if TYPE_CHECKING:
    from calsync.store import Invitation, Kept, Store, Undone

__all__ = ["Done", "Imported", "add", "add_all", "edit", "log", "remove", "undo"]

_STATUS: Mapping[Result, Status] = {
    "offer": "offer",
    "rejected": "rejected",
    "withdrew": "withdrawn",
    "invited": "closed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a verb did: the interview as it is now, its plan, and how its candidate's follow-ups changed.

    ``kept`` and ``plan`` are None for an interview that is gone.
    """

    kept: "Kept | None"
    plan: Plan | None
    changes: tuple[Change, ...]
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """The short numbers of what an import added and changed, and how many were known already."""

    added: tuple[int, ...]
    updated: tuple[int, ...]
    unchanged: int


def add(
    desk: Desk, store: "Store", interview: Interview, *, now: datetime, invitation: "Invitation | None" = None
) -> Done:
    """Remember an interview and plan it. Raises BadData where its id is taken."""
    desk.check(interview)
    with store.change(f"add {interview.company}, {interview.role}", at=now) as change:
        kept = store.interview(change.add(interview, invitation=invitation))
        plan, moved = replan(desk, store, change, kept)
    return Done(kept=kept, plan=plan, changes=moved)


def add_all(
    desk: Desk, store: "Store", interviews: Sequence[Interview], *, label: str, now: datetime
) -> Imported:
    """Remember many interviews in one change and plan them: all or none.

    One whose id is remembered takes the place of the old one, so that a
    spreadsheet can be imported again after it has changed.
    """
    with store.change(label, at=now) as change:
        known = store.taken(interview.id for interview in interviews)
        fresh = [interview for interview in interviews if interview.id not in known]
        numbers = change.add_all((interview, None) for interview in fresh)
        updated = []
        touched = {interview.candidate for interview in fresh}
        for interview in interviews:
            if interview.id in known and (old := store.interview(interview.id)).interview != interview:
                updated.append(change.replace(interview))
                touched |= {interview.candidate, old.interview.candidate}
        replan_candidates(desk, store, change, sorted(touched))
    return Imported(added=tuple(numbers), updated=tuple(updated), unchanged=len(known) - len(updated))


def edit(
    desk: Desk,
    store: "Store",
    name: int | str,
    values: Mapping[str, object],
    *,
    now: datetime,
    invitation: "Invitation | None" = None,
    label: str = "edit",
) -> Done:
    """Change some keys of an interview's record; its follow-ups go along, with the same identities.

    ``values`` are in the forms of the record. Raises BadRows for what cannot be
    read, NoInput for an interview that is not kept.
    """
    from calsync.intake import as_record, read_record  # noqa: PLC0415  # not for the other verbs

    with store.change(f"{label} {name}", at=now) as change:
        old = store.interview(name)
        record = {**as_record(old.interview), **values, "id": old.interview.id}
        interview = read_record(record, preferences=desk.preferences)
        desk.check(interview)
        change.replace(interview, invitation=invitation)
        kept = store.interview(old.number)
        plan, moved = replan(desk, store, change, kept)
        if interview.candidate != old.interview.candidate:
            replan_candidates(desk, store, change, [old.interview.candidate])
    return Done(kept=kept, plan=plan, changes=moved)


def remove(desk: Desk, store: "Store", name: int | str, *, now: datetime) -> Done:
    """Forget an interview and its follow-ups; undo brings it back."""
    kept = store.interview(name)
    interview = kept.interview
    with store.change(f"remove {interview.company}, {interview.role}", at=now) as change:
        gone = tuple(Cancel(planned.event) for planned in store.planned(interview=kept.number))
        change.remove(name)
        replan_candidates(desk, store, change, [interview.candidate])
    return Done(kept=None, plan=None, changes=gone)


def log(
    desk: Desk, store: "Store", name: int | str, outcome: Outcome, *, now: datetime, force: bool = False
) -> Done:
    """Record what happened; what is still to come follows.

    An outcome without a step means the earliest pending touch. Raises BadData,
    with the reason, for one that cannot have happened or goes over the limits;
    ``force`` records it anyway.
    """
    with store.change(f"log {outcome.result} for {name}", at=now) as change:
        kept = store.interview(name)
        logged = store.outcomes(name)
        pending = _touches(store, kept.number)
        told = replace(
            outcome, interview=kept.interview.id, step=outcome.step or (pending[0].step if pending else None)
        )
        why_not = refusal(told, kept, logged, pending, now=now, playbook=desk.playbook_of(kept.interview))
        if why_not is not None and not force:
            raise BadData(why_not, remedy="add --force if it did happen", code="CS-LOG-001")
        change.log(told)
        status = _STATUS.get(told.result)
        if status is not None:
            change.replace(replace(kept.interview, status=status))
            kept = store.interview(kept.number)
        plan, moved = replan(desk, store, change, kept)
    return Done(kept=kept, plan=plan, changes=moved, outcome=told)


def undo(store: "Store", *, now: datetime) -> "Undone | None":
    """Take back the last change that is not taken back yet."""
    return store.undo(at=now)


def _touches(store: "Store", number: int) -> list[Event]:
    """The pending calls and emails of an interview, the earliest first."""
    planned = (each.event for each in store.planned(interview=number))
    return [event for event in planned if event.action in {"call", "email"}]

"""The verbs that change what is remembered: each is one change of the store, with its plans, and can be undone."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING

import msgspec

from calsync.domain import Cancel, Change, Interview, Outcome, Plan, Span, replace
from calsync.errors import BadData, BadValue
from calsync.intake import BadRow, BadRows, Fault, as_record, read_record
from calsync.intake.ids import free_id
from calsync.intake.records import next_free
from calsync.intake.rows import shown
from calsync.phrase import joined, phrase
from calsync.workflows.context import Context
from calsync.workflows.identity import Matches, match, relevant
from calsync.workflows.replanning import (
    refresh_undone,
    replan,
    replan_candidates,
    still_said,
)

if TYPE_CHECKING:
    from calsync.intake import Written
    from calsync.store import Change as Open
    from calsync.store import Invitation, Store, StoredInterview, Undone

__all__ = ["Done", "Imported", "add", "add_all", "edit", "redo", "remove", "seem_moved", "undo"]

_TOLD = 20
"""Interviews that an import changed and can tell how they were."""


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What a verb did: the interview as it is now, its plan, and how its candidate's follow-ups changed.

    ``kept`` and ``plan`` are None for an interview that is gone.
    """

    kept: "StoredInterview | None"
    plan: Plan | None
    changes: tuple[Change, ...]
    outcome: Outcome | None = None


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """The short numbers of what an import added and changed, and how many were known already.

    ``before`` are the first of those that changed, as they were; ``skipped``
    rows that do not go with what is remembered, ``moved`` those that were taken
    for the same at another time.
    """

    added: tuple[int, ...]
    updated: tuple[int, ...]
    unchanged: int
    before: tuple[Interview, ...] = ()
    skipped: "tuple[BadRow, ...]" = ()
    moved: "tuple[StoredInterview, ...]" = ()


def add(
    context: Context,
    store: "Store",
    interview: Interview,
    *,
    now: datetime,
    invitation: "Invitation | None" = None,
    id_given: bool = True,
) -> Done:
    """Remember an interview and plan it.

    Raises BadData where its id is taken; one that was derived is counted on
    instead (``acme-pm-20261112-2``).
    """
    context.check(interview)
    with store.change(phrase("add {name}", name=_name(interview)), at=now) as change:
        if not id_given:
            interview = replace(interview, id=_free(store, interview.id))
        kept = store.interview(change.add(interview, invitation=invitation))
        plan, moved = replan(context, store, change, kept)
    return Done(kept=kept, plan=plan, changes=moved)


def add_all(  # noqa: PLR0913  # all but three by name
    context: Context,
    store: "Store",
    interviews: Sequence[Interview],
    *,
    label: str,
    now: datetime,
    written: "Sequence[Written]" = (),
    skip_bad: bool = False,
    apart: Collection[int] = (),
) -> Imported:
    """Remember many interviews in one change and plan them: all or none.

    One that is remembered changes the old one (``calsync.workflows.identity``), so
    that a spreadsheet can be imported again: in the keys that ``written`` has of it,
    or as a whole where nothing is written. What was logged in the meantime stays,
    and an interview that has ended is not opened again by a file that knows nothing
    of it. Raises BadRows for one that does not go with what is remembered of it,
    unless ``skip_bad``. The interviews numbered in ``apart`` are none of those that
    seem to have moved.
    """
    with store.change(label, at=now) as change:
        found = _matches(context, store, interviews, written, now)
        for place in [place for place in found.moved if found.old[place].number in apart]:
            found.moved.remove(place)
            del found.old[place]
        fresh = _fresh(store, [each for place, each in enumerate(interviews) if place not in found.old])
        numbers = change.add_all((interview, None) for interview in fresh)
        touched: dict[str, list[int]] = {}
        for number, interview in zip(numbers, fresh, strict=True):
            touched.setdefault(interview.candidate, []).append(number)
        updated: list[int] = []
        before: list[Interview] = []
        skipped: list[BadRow] = []
        for place, old in sorted(found.old.items()):
            row = written[place] if written else None
            new, bad = _over(context, old.interview, replace(interviews[place], id=old.interview.id), row)
            if new.candidate != old.interview.candidate and store.outcomes(old.number):
                new, bad = old.interview, [_another_person(old.interview, new, row)]
            skipped += bad
            if _differ(old.interview, new):
                updated.append(_put(context, store, change, old, new, now))
                before += [old.interview] if len(before) < _TOLD else []
                touched.setdefault(old.interview.candidate, [])
                touched.setdefault(new.candidate, []).append(old.number)
        if skipped and not skip_bad:
            raise BadRows(skipped, good=len(interviews) - len(skipped))
        replan_candidates(context, store, change, touched)
    return Imported(
        added=tuple(numbers),
        updated=tuple(updated),
        unchanged=len(found.old) - len(updated) - len(skipped),
        before=tuple(before),
        skipped=tuple(skipped),
        moved=tuple(
            store.interview(found.old[place].number)
            for place in sorted(found.moved)
            if found.old[place].number in updated
        ),
    )


def seem_moved(
    context: Context,
    store: "Store",
    interviews: Sequence[Interview],
    *,
    now: datetime,
    written: "Sequence[Written]" = (),
) -> "list[tuple[StoredInterview, Interview]]":
    """The remembered interviews that ``add_all`` would take for moved, each with the row that it would be."""
    found = _matches(context, store, interviews, written, now)
    return [(found.old[place], interviews[place]) for place in sorted(found.moved)]


def _matches(
    context: Context,
    store: "Store",
    interviews: Sequence[Interview],
    written: "Sequence[Written]",
    now: datetime,
) -> Matches:
    own = context.preferences.candidate.name
    brings_id = {place for place, row in enumerate(written) if row.said().get("id")}
    return match(
        interviews,
        brings_id if written else range(len(interviews)),
        relevant(interviews, store.interviews(), own),
        own=own,
        now=now,
        is_logged=lambda each: bool(store.outcomes(each.number)),
    )


def _fresh(store: "Store", interviews: Sequence[Interview]) -> list[Interview]:
    """Those that are new, with ids that nobody has."""
    known = store.taken(interview.id for interview in interviews)
    names = {interview.id for interview in interviews}

    def is_taken(name: str) -> bool:
        return name in names or bool(store.taken([name]))

    fresh = []
    for interview in interviews:
        name = free_id(interview, is_taken) if interview.id in known else interview.id
        names.add(name)
        fresh.append(replace(interview, id=name))
    return fresh


def _another_person(old: Interview, new: Interview, row: "Written | None") -> BadRow:
    fault = Fault(
        "candidate",
        shown(new.candidate),
        phrase("{id} is {candidate}'s, and something is logged for it", id=old.id, candidate=old.candidate),
        phrase("give this row another id, or none"),
        "CS-IMP-001",
    )
    return BadRow(row.source if row else "", row.place if row else "", (fault,))


def edit(
    context: Context,
    store: "Store",
    name: int | str,
    values: Mapping[str, object],
    *,
    now: datetime,
    invitation: "Invitation | None" = None,
    label: str = phrase("edit"),
) -> Done:
    """Change some keys of an interview's record; its follow-ups go along, with the same identities.

    ``values`` are in the forms of the record. Raises BadRows for what cannot be
    read, NoInput for an interview that is not kept.
    """
    old = store.interview(name)
    with store.change(joined((label, _name(old.interview)), " "), at=now) as change:
        old = store.interview(old.number)
        record = {**as_record(old.interview), **values, "id": old.interview.id}
        interview = read_record(record, preferences=context.preferences)
        if not values.get("timezone"):
            interview = replace(interview, zone_assumed=old.interview.zone_assumed)
        context.check(interview)
        _put(context, store, change, old, interview, now, invitation)
        kept = store.interview(old.number)
        plan, moved = replan(context, store, change, kept)
        if interview.candidate != old.interview.candidate:
            replan_candidates(context, store, change, {old.interview.candidate: []})
    return Done(kept=kept, plan=plan, changes=moved)


def remove(context: Context, store: "Store", name: int | str, *, now: datetime) -> Done:
    """Forget an interview and its follow-ups; undo brings it back."""
    kept = store.interview(name)
    with store.change(phrase("remove {name}", name=_name(kept.interview)), at=now) as change:
        gone = tuple(Cancel(planned.event) for planned in store.planned(interview=kept.number))
        change.remove(kept.number)
        replan_candidates(context, store, change, {kept.interview.candidate: []})
    return Done(kept=None, plan=None, changes=gone)


def undo(context: Context, store: "Store", *, now: datetime, only: int | None = None) -> "Undone | None":
    """Take back the last change that is not taken back yet; its plans are as today's settings want them.

    ``only`` names the change that is meant by its number in the history; BadData where another came after it.

    What was taken back is told, even where a damaged plan of another interview
    cannot be looked at afterwards: the next command says so.
    """
    undone = store.undo(at=now, only=only)
    if undone is not None:
        with suppress(BadData):
            refresh_undone(context, store, now)
    return undone


def redo(context: Context, store: "Store", *, now: datetime) -> "Undone | None":
    """Make the change again that was taken back last, if nothing was changed since; its plans are as today's settings want them."""
    redone = store.redo(at=now)
    if redone is not None:
        with suppress(BadData):
            refresh_undone(context, store, now)
    return redone


def _free(store: "Store", base: str) -> str:
    """The id, or the first of those counted on from it that nobody has."""
    name, number = next_free(base, ())
    while store.taken([name]):
        name, number = next_free(base, (base,), number)
    return name


def _name(interview: Interview) -> str:
    return f"{interview.company}, {interview.role}"


def _over(
    context: Context, old: Interview, new: Interview, written: "Written | None"
) -> "tuple[Interview, list[BadRow]]":
    """The remembered interview with what a file says of it now; or as it was, and why it cannot be that."""
    if new.status == "open":
        new = replace(new, status=old.status)
    if written is None or not _differ(old, new):
        return new, []

    record = {**as_record(old), **written.said(), "id": old.id, "status": new.status}
    try:
        assumed = new.zone_assumed and old.zone_assumed
        new = replace(read_record(record, preferences=context.preferences), zone_assumed=assumed)
        context.check(new)
    except BadRows as error:
        return old, [BadRow(written.source, written.place, row.faults) for row in error.rows]
    except BadValue as error:
        return old, [BadRow(written.source, written.place, (Fault.of(error),))]
    return new, []


def _differ(one: Interview, other: Interview) -> bool:
    """Whether two records say different things; one instant in two zones does."""
    return one != other or one.timezone != other.timezone or one.start.fold != other.start.fold


def _put(
    context: Context,
    store: "Store",
    change: "Open",
    old: "StoredInterview",
    interview: Interview,
    now: datetime,
    invitation: "Invitation | None" = None,
) -> int:
    """Write the record anew; a new day that they named after outcomes were logged is one more of them.

    What was logged has used up what the record said before, so a day in the
    record alone would be taken for one that has been kept.
    """
    number = change.replace(interview, invitation=invitation)
    for told in _news_of_days(context, store, old, interview, now):
        change.log(told)
    return number


def _news_of_days(
    context: Context, store: "Store", old: "StoredInterview", interview: Interview, now: datetime
) -> Iterator[Outcome]:
    """``replied`` with the new days, if the status touch was on its way already."""
    logged = list(still_said(interview, store.outcomes(old.number)))
    begun = any(told.step != "thank-you" or told.next or told.decision for told in logged)
    changed = (interview.agreed, interview.decision) != (old.interview.agreed, old.interview.decision)
    if interview.status != "open" or not begun or not changed:
        return
    agreed = interview.agreed if interview.agreed != old.interview.agreed else None
    decision = interview.decision if interview.decision != old.interview.decision else None
    if isinstance(decision, Span):
        decision = next(context.plans([interview])).decision
    today = now.astimezone(interview.zone).date()
    days = [day for day in (agreed, decision) if isinstance(day, date)]
    at = max([now, *(told.at for told in logged)])
    if any(_day(day, interview) >= today for day in days):
        yield Outcome(interview=interview.id, result="replied", at=at, next=agreed, decision=decision)


def _day(moment: date | datetime, interview: Interview) -> date:
    return moment.astimezone(interview.zone).date() if isinstance(moment, datetime) else moment

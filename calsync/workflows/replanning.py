"""Plans that follow: whatever changes in the store, the plans it touches are made again in the same change.

A candidate's interviews share their hours, so all of one candidate's are
planned together. Where those are very many, only what was touched is planned
again, around the calls that the others have.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from calsync.domain import Change as Moved
from calsync.domain import Interview, Outcome, Plan
from calsync.planner import changes
from calsync.workflows.desk import Desk

if TYPE_CHECKING:
    from calsync.store import Change, Kept, Store, Upkeep

__all__ = ["planned_again", "refresh", "replan", "replan_candidates"]

TOGETHER = 200
"""Interviews of one candidate that are planned together; beyond, only what was touched."""

_MOST_ROUNDS = 8


def replan(
    desk: Desk, store: "Store", change: "Change | Upkeep", kept: "Kept"
) -> tuple[Plan, tuple[Moved, ...]]:
    """Plan one interview again, and what shares its candidate's hours.

    Gives its new plan, and how the follow-ups of all of them changed.
    """
    together = list(
        islice(store.interviews(candidate=kept.interview.candidate, open_only=True), TOGETHER + 1)
    )
    if len(together) > TOGETHER:
        together, plans = [kept], [_around_the_others(desk, store, kept)]
    else:
        together = [*(other for other in together if other.number != kept.number), kept]
        plans = list(planned_again(desk, store, together))
    before = [planned.event for each in together for planned in store.planned(interview=each.number)]
    change.record_plans(plans, basis=desk.basis)
    found = changes(before, [event for plan in plans for event in plan.events])
    return next(plan for plan in plans if plan.interview.id == kept.interview.id), found


def replan_candidates(
    desk: Desk, store: "Store", change: "Change | Upkeep", candidates: Iterable[str]
) -> None:
    """Plan all open interviews of some candidates again, candidate by candidate."""
    for candidate in candidates:
        kept = store.interviews(candidate=candidate, open_only=True)
        change.record_plans(planned_again(desk, store, list(kept)), basis=desk.basis)


def refresh(desk: Desk, store: "Store", now: datetime) -> None:
    """Plan again what was planned with other settings, playbooks or zone data than today's."""
    if store.state(_STATE).get(_BASIS) == desk.basis:
        return
    with store.upkeep(at=now) as upkeep:
        stale = dict.fromkeys(kept.interview.candidate for kept in store.stale(desk.basis))
        replan_candidates(desk, store, upkeep, stale)
        upkeep.keep(_STATE, _BASIS, desk.basis)


_STATE, _BASIS = "calsync", "basis"


def planned_again(
    desk: Desk, store: "Store", kept: "Sequence[Kept]", *, not_before: datetime | None = None
) -> Iterator[Plan]:
    """The plans of these interviews of one candidate as they follow from their logs; nothing is recorded.

    None begins before its interview was recorded, its last outcome was logged, or ``not_before``.
    """
    log = {each.interview.id: store.outcomes(each.number) for each in kept}
    floors = {each.interview.id: _floor(each, log[each.interview.id], not_before) for each in kept}
    outcomes = [outcome for each in log.values() for outcome in each]
    return desk.plans([each.interview for each in kept], outcomes=outcomes, not_before=floors)


def _floor(kept: "Kept", outcomes: Sequence[Outcome], not_before: datetime | None = None) -> datetime:
    """The moment the interview was recorded, or the last outcome was logged, or the one asked for."""
    return max([kept.recorded, *(outcome.at for outcome in outcomes), not_before or kept.recorded])


def _around_the_others(desk: Desk, store: "Store", kept: "Kept") -> Plan:
    """One plan, moved until none of its calls meets a call of another interview of the candidate."""
    log = store.outcomes(kept.number)
    floors = {kept.interview.id: _floor(kept, log)}
    busy: list[tuple[datetime, datetime]] = []
    for _ in range(_MOST_ROUNDS):
        (plan,) = desk.plans([kept.interview], outcomes=log, not_before=floors, busy=busy)
        met = list(_met(store, kept.interview, plan))
        if not met:
            break
        busy += met
    return plan


def _met(store: "Store", interview: Interview, plan: Plan) -> Iterable[tuple[datetime, datetime]]:
    """The calls of other interviews that calls of this plan would overlap."""
    hour = timedelta(hours=1)
    for event in plan.events:
        if event.action != "call" or event.pinned:
            continue
        near = store.planned(since=event.start - hour, until=event.end, candidate=interview.candidate)
        for other in near:
            theirs = other.event
            if theirs.action == "call" and theirs.interview != interview.id and theirs.end > event.start:
                yield theirs.start, theirs.end

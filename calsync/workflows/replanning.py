"""Plans that follow: whatever changes in the store, the plans it touches are made again in the same change.

A candidate's interviews share their hours, so all of one candidate's that are
open, or have something pending, are planned together. Where those are very
many, only what was touched is planned again, around what the others have;
whoever has a call at the hour of an interview, or of a call that was agreed,
makes room for it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from calsync.domain import Change as Moved
from calsync.domain import Event, Interview, Outcome, Plan, changes
from calsync.domain.interview import LONGEST_MINUTES, Status
from calsync.domain.outcome import SET_NO_FLOOR, Result
from calsync.workflows.busy_times import BusyTimes, bases_apart, basis_of, busy_times, is_owner
from calsync.workflows.context import Context

if TYPE_CHECKING:
    from calsync.planner import BusyTime
    from calsync.store import Change, Store, StoredInterview, Upkeep

__all__ = [
    "ENDS",
    "are_stale",
    "planned_again",
    "refresh",
    "refresh_undone",
    "refresh_within",
    "replan",
    "replan_candidates",
    "still_said",
]

TOGETHER = 200
"""Interviews of one candidate that are planned together; beyond, only what was touched."""

ENDS: Mapping[Result, Status] = {
    "offer": "offer",
    "rejected": "rejected",
    "withdrew": "withdrawn",
    "ghosted": "closed",
    "cancelled": "closed",
    "invited": "closed",
}
"""The outcomes after which nothing is pending, and the status that each leaves."""

_MOST_ROUNDS = 50
_FAR_MORE = 4
_LONGEST = timedelta(minutes=LONGEST_MINUTES)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_NO_TIME = timedelta()

Busy = tuple[datetime, datetime]


def replan(
    context: Context, store: "Store", change: "Change | Upkeep", kept: "StoredInterview"
) -> tuple[Plan, tuple[Moved, ...]]:
    """Plan one interview again, and what shares its candidate's hours.

    Gives its new plan, and how the follow-ups of all of them changed.
    """
    together = _together(store, kept.interview.candidate)
    if together is None:
        plans, before = _one_by_one(context, store, change, [kept])
    else:
        together = [*(other for other in together if other.number != kept.number), kept]
        before = [event for each in together for event in _events(store, each)]
        plans = list(planned_again(context, store, together))
        change.record_plans(plans, basis=basis_of(context, store, kept.interview.candidate))
    found = changes(before, [event for plan in plans for event in plan.events])
    return next(plan for plan in plans if plan.interview.id == kept.interview.id), found


def replan_candidates(
    context: Context, store: "Store", change: "Change | Upkeep", touched: Mapping[str, Sequence[int]]
) -> None:
    """Plan again, candidate by candidate, after interviews of these numbers were touched, or some are gone."""
    for candidate, numbers in touched.items():
        together = _together(store, candidate)
        if together is None and _are_few(store, candidate, numbers):
            _one_by_one(context, store, change, [store.interview(number) for number in numbers])
            continue
        if together is None:
            together = list(store.interviews(candidate=candidate, open_only=True))
        known = {each.number for each in together}
        together += [store.interview(number) for number in numbers if number not in known]
        change.record_plans(
            planned_again(context, store, together), basis=basis_of(context, store, candidate)
        )


def refresh(context: Context, store: "Store", now: datetime) -> None:
    """Plan again what was planned with other settings, playbooks, zone data or busy times than today's."""
    if store.state(_STATE).get(_BASIS) == basis_of(context, store, _OWNER):
        return
    with store.upkeep(at=now) as upkeep:
        refresh_within(context, store, upkeep)


def refresh_within(context: Context, store: "Store", upkeep: "Upkeep") -> None:
    """The same inside a change that is being made."""
    stale = dict.fromkeys(kept.interview.candidate for kept in _stale(context, store))
    for candidate in stale:
        whole = list(store.interviews(candidate=candidate))
        upkeep.record_plans(planned_again(context, store, whole), basis=basis_of(context, store, candidate))
    upkeep.keep(_STATE, _BASIS, basis_of(context, store, _OWNER))


def are_stale(context: Context, store: "Store") -> bool:
    """Whether anything is planned otherwise than it would be today."""
    return next(_stale(context, store), None) is not None


def refresh_undone(context: Context, store: "Store", now: datetime) -> None:
    """The same after an undo, which may have brought back plans that were made before ``refresh``."""
    if not are_stale(context, store):
        return
    with store.upkeep(at=now) as upkeep:
        upkeep.keep(_STATE, _BASIS, None)
    refresh(context, store, now)


_STATE, _BASIS = "calsync", "basis"
_OWNER = ""
"""A candidate around whose own busy times is planned."""


def _stale(context: Context, store: "Store") -> "Iterator[StoredInterview]":
    return store.stale(context.basis, apart=bases_apart(context, store))


def planned_again(
    context: Context,
    store: "Store",
    kept: "Sequence[StoredInterview]",
    *,
    not_before: datetime | None = None,
    busy: BusyTimes | None = None,
) -> Iterator[Plan]:
    """The plans of these interviews of one candidate as they follow from their logs; nothing is recorded.

    None begins before its interview was recorded, its last outcome was logged, or ``not_before``.
    ``busy`` takes the place of the busy times that are remembered.
    """
    known = busy or busy_times(store)
    log = {each.interview.id: store.outcomes(each.number) for each in kept}
    floors = {each.interview.id: _floor(each, log[each.interview.id], known, not_before) for each in kept}
    outcomes = [told for each in kept for told in still_said(each.interview, log[each.interview.id])]
    mine = known.planned_around() if kept and is_owner(context, kept[0].interview.candidate) else ()
    return context.plans([each.interview for each in kept], outcomes=outcomes, not_before=floors, busy=mine)


def still_said(interview: Interview, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The outcomes without those ends that the record does not stand by any more: its status is the last word."""
    return (told for told in outcomes if ENDS.get(told.result, interview.status) == interview.status)


def _floor(
    kept: "StoredInterview", outcomes: Sequence[Outcome], busy: BusyTimes, not_before: datetime | None = None
) -> datetime:
    """The moment the interview was recorded, the last outcome logged, a busy time moved it, or the one asked for."""
    logged = (told.logged or told.at for told in outcomes if told.result not in SET_NO_FLOOR)
    moved = busy.floors.get(kept.interview.id, kept.recorded)
    return max([kept.recorded, *logged, moved, not_before or kept.recorded])


def _together(store: "Store", candidate: str) -> "list[StoredInterview] | None":
    """The interviews of a candidate that share hours; None for too many.

    All there are; of more than ``TOGETHER`` the open ones, and ended ones with a touch left.
    """
    every = list(islice(store.interviews(candidate=candidate), TOGETHER + 1))
    if len(every) <= TOGETHER:
        return every
    found = list(islice(store.interviews(candidate=candidate, open_only=True), TOGETHER + 1))
    if len(found) > TOGETHER:
        return None
    known = {each.interview.id for each in found}
    pending = dict.fromkeys(planned.event.interview for planned in store.planned(candidate=candidate))
    return found + [store.interview(name) for name in pending if name not in known]


def _are_few(store: "Store", candidate: str, numbers: Sequence[int]) -> bool:
    """Whether planning them one by one is less work than planning all of the candidate's."""
    enough = len(numbers) * _FAR_MORE
    every = store.interviews(candidate=candidate, open_only=True)
    return sum(1 for _ in islice(every, enough + 1)) > enough


def _events(store: "Store", kept: "StoredInterview") -> list[Event]:
    return [planned.event for planned in store.planned(interview=kept.number)]


def _one_by_one(
    context: Context, store: "Store", change: "Change | Upkeep", touched: "Sequence[StoredInterview]"
) -> tuple[list[Plan], list[Event]]:
    """Plan these, and whoever has to make room for them, each around what the others have.

    Gives the plans, and the events that there were before.
    """
    plans: dict[int, Plan] = {}
    before: list[Event] = []
    waiting = list(touched)
    for kept in waiting:  # grows as it goes
        if kept.number in plans:
            continue
        before += _events(store, kept)
        plan = plans[kept.number] = _around_the_others(context, store, kept)
        change.record_plans([plan], basis=basis_of(context, store, kept.interview.candidate))
        waiting += _in_the_way(store, plan)
    return list(plans.values()), before


def _around_the_others(context: Context, store: "Store", kept: "StoredInterview") -> Plan:
    """One plan, moved until none of its calls meets a call or an interview of the candidate's others."""
    log, known = store.outcomes(kept.number), busy_times(store)
    floors = {kept.interview.id: _floor(kept, log, known)}
    outcomes = list(still_said(kept.interview, log))
    mine = known.planned_around() if is_owner(context, kept.interview.candidate) else []
    busy: set[Busy] = set()
    for _ in range(_MOST_ROUNDS):
        around: list[Busy | BusyTime] = [*sorted(busy), *mine]
        (plan,) = context.plans([kept.interview], outcomes=outcomes, not_before=floors, busy=around)
        met = [event for event in _movable(plan) if _meets(store, plan.interview, event)]
        if not met:
            break
        busy |= {each for event in met for each in _taken(store, plan.interview, event, within=_DAY)}
    return plan


def _movable(plan: Plan) -> Iterator[Event]:
    return (event for event in plan.events if event.action == "call" and not event.pinned)


def _meets(store: "Store", interview: Interview, event: Event) -> bool:
    return next(_taken(store, interview, event, within=_NO_TIME), None) is not None


def _taken(store: "Store", interview: Interview, event: Event, *, within: timedelta) -> Iterator[Busy]:
    """What the others of the candidate have at the hour of a call, and ``within`` a time of it.

    Calls, and interviews, known by their ``ask``.
    """
    first, last = event.start - within, event.end + within
    near = store.planned(
        since=first - _LONGEST - _HOUR, until=last, candidate=interview.candidate, actions=("ask", "call")
    )
    for other in (planned.event for planned in near):
        if other.interview == interview.id:
            continue
        start, end = other.start, other.end
        if other.step == "ask":
            met = store.interview(other.interview).interview
            start, end = met.start, met.end
        if (other.step == "ask" or other.action == "call") and start < last and end > first:
            yield start, end


def _in_the_way(store: "Store", plan: Plan) -> "Iterator[StoredInterview]":
    """The others of the candidate with a call at the hour of this interview, or of a call pinned for it."""
    interview = plan.interview
    pinned = [(event.start, event.end) for event in plan.events if event.pinned and event.action == "call"]
    for start, end in [(interview.start, interview.end), *pinned]:
        near = store.planned(since=start - _HOUR, until=end, candidate=interview.candidate, actions=("call",))
        for other in [planned.event for planned in near]:
            mine = other.interview == interview.id or other.action != "call" or other.pinned
            if not mine and other.end > start:
                yield store.interview(other.interview)

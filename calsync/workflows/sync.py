"""What is remembered and a calendar that is kept as the plan is, made to agree: the plan brought up to date, one sync."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from calsync.domain import replace, spoken
from calsync.errors import BadData, NoInput
from calsync.phrase import phrase
from calsync.sync.engine import Connect, Order, Planned, Sync
from calsync.sync.memory import Memory
from calsync.sync.protocol import Profile
from calsync.sync.report import Line, Report
from calsync.sync.rounds import Progress
from calsync.workflows.busy_times import BusyTimes
from calsync.workflows.context import Context
from calsync.workflows.last_sync import keep_last
from calsync.workflows.outcomes import move
from calsync.workflows.plans import Plans, StorePlans, WhatIfPlans
from calsync.workflows.replanning import are_stale, refresh
from calsync.workflows.sync_lock import sync_lock

if TYPE_CHECKING:
    from calsync.store import Store

__all__ = ["Order", "Progress", "sync_with"]


def sync_with(  # noqa: PLR0913  # what a sync works with
    profile: Profile,
    context: Context,
    store: "Store",
    connect: Connect,
    order: Order,
    *,
    now: datetime,
    progress: Progress | None = None,
    busy: BusyTimes | None = None,
) -> Report:
    """Bring the calendar to where the plan is, and say what was done.

    ``busy`` are times to plan around that are not remembered, for a dry run.
    ``connect`` is called when there is something to ask: it signs in. What went
    wrong after the first write is in the report, as ``stopped``. Raises
    NeedsConsent, CalendarGone, Unavailable, TryLater, SignInAgain before it.
    """
    if order.candidate is not None and order.candidate not in store.candidates():
        raise NoInput(
            phrase("there is no interview of {candidate}", candidate=order.candidate),
            remedy=phrase("see calsync list"),
            code="CS-GOO-022",
        )

    def run(plans: Plans) -> Report:
        return Sync(
            profile,
            Memory(store, profile.name, now, lasting=not order.dry_run),
            order,
            connect=connect,
            read=_reader(context, plans, order.candidate),
            digest=lambda: f"{context.wording}-{store.digest()}",
            now=now,
            zone=context.preferences.zone,
            progress=progress,
        ).run()

    if order.dry_run:
        return run(_plans_as_they_would_be(context, store, busy))
    with sync_lock(Path(store.path)):
        refresh(context, store, now)
        report = run(StorePlans(store))
        if moved := _moved_there(context, store, report, now):
            report = _joined(report, run(StorePlans(store)), moved)
        keep_last(store, profile.name, report, now)
        return report


def _moved_there(context: Context, store: "Store", report: Report, now: datetime) -> list[Line]:
    """Calls and emails that the user moved in the calendar are moved in the plan too; undo gives them back."""
    found = []
    for line in report.kept_user_edit:
        if line.moved_to is None or report.stopped is not None:
            continue
        try:
            planned = store.event(line.uid)
            if line.moved_to == planned.event.start:
                continue
            move(context, store, planned, line.moved_to, now=now)
        except (BadData, NoInput):  # only prepared, done meanwhile, or moved to a time that has passed
            continue
        zone = context.preferences.zone
        message = phrase(
            "you moved it from {was} to {now}",
            was=spoken(planned.event.start.astimezone(zone)),
            now=spoken(line.moved_to.astimezone(zone)),
        )
        found.append(replace(line, message=message))
    return found


def _joined(first: Report, second: Report, moved: list[Line]) -> Report:
    """What both runs did, as one."""
    second.created[:0] = first.created
    second.updated[:0] = first.updated
    second.cancelled[:0] = first.cancelled
    second.moved += moved
    return second


def _plans_as_they_would_be(context: Context, store: "Store", busy: BusyTimes | None) -> Plans:
    """Up to date, without writing anything down."""
    if busy is None and not are_stale(context, store):
        return StorePlans(store)
    return WhatIfPlans(context, store, busy=busy)


def _reader(context: Context, plans: Plans, candidate: str | None) -> Callable[[], Planned]:
    """Reads the plan with the words inside its events."""

    def read() -> Planned:
        worded = list(context.worded(numbered.plan for numbered in plans.plans(candidate)))
        events = [(event, each.interview.candidate) for each in worded for event in each.events]
        return Planned(events, frozenset(each.interview.id for each in worded))

    return read

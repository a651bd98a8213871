"""``sync google``: the store's plan and calsync's own calendar at Google, made to agree.

Read what is there, take it in, decide, write down what is about to be sent,
send it, write down what was answered. After each of these steps the process may
die: the next sync finds out what became of it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from calsync.domain import Event, Plan
from calsync.errors import CalsyncError, NoInput
from calsync.targets.google.calendar import Calendar, CalendarGone, Google, Listing
from calsync.targets.google.picture import Picture, Wanted, bury, observe
from calsync.targets.google.reconcile import Action, NeedsConsent, decide, guard, guard_absence
from calsync.targets.google.wire import body, fields
from calsync.workflows.busy_times import BusyTimes
from calsync.workflows.context import Context
from calsync.workflows.last_sync import keep_last
from calsync.workflows.plans import Plans, StorePlans, WhatIfPlans
from calsync.workflows.replanning import are_stale, refresh
from calsync.workflows.sync_memory import CALENDAR, MAKING, SETTLED, TOKEN, Memory
from calsync.workflows.sync_report import Report
from calsync.workflows.sync_rounds import Progress, Rounds
from calsync.workflows.sync_turn import turn

if TYPE_CHECKING:
    from calsync.store import Store

__all__ = ["Order", "Progress", "sync_google"]


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for: whose follow-ups, and what may be done.

    ``name`` is that of a calendar to be made. ``yes`` agrees to many
    cancellations; ``restore`` brings back what the user deleted.
    """

    name: str
    candidate: str | None = None
    dry_run: bool = False
    yes: bool = False
    restore: bool = False


def sync_google(
    context: Context,
    store: "Store",
    google: Callable[[], Google],
    order: Order,
    *,
    now: datetime,
    progress: Progress | None = None,
    busy: BusyTimes | None = None,
) -> Report:
    """Bring the calendar to where the plan is, and say what was done.

    ``busy`` are times to plan around that are not remembered, for a dry run.
    ``google`` is called when there is something to ask: it signs in. What went
    wrong after the first write is in the report, as ``stopped``. Raises
    NeedsConsent, CalendarGone, Unavailable, TryLater, SignInAgain before it.
    """
    if order.candidate is not None and order.candidate not in store.candidates():
        raise NoInput(
            f"there is no interview of {order.candidate}", remedy="see calsync list", code="CS-GOO-022"
        )
    if order.dry_run:
        return _Sync(context, store, google, order, now, progress).run(
            _plans_as_they_would_be(context, store, busy)
        )
    with turn(Path(store.path)):
        refresh(context, store, now)
        report = _Sync(context, store, google, order, now, progress).run(StorePlans(store))
        keep_last(store, report, now)
        return report


def _plans_as_they_would_be(context: Context, store: "Store", busy: BusyTimes | None) -> Plans:
    """Up to date, without writing anything down."""
    if busy is None and not are_stale(context, store):
        return StorePlans(store)
    return WhatIfPlans(context, store, busy=busy)


class _Sync:
    """One sync; its parts share the memory, the calendar and the report."""

    def __init__(
        self,
        context: Context,
        store: "Store",
        google: Callable[[], Google],
        order: Order,
        now: datetime,
        progress: Progress | None,
    ) -> None:
        self._context, self._connect, self._order, self._now, self._progress = (
            context,
            google,
            order,
            now,
            progress,
        )
        self._store, self._memory = store, Memory(store, now, lasting=not order.dry_run)
        self._wanted: dict[str, Wanted] = {}
        self._live: set[str] = set()
        self._report = Report(context.preferences.zone)

    def run(self, plans: Plans) -> Report:
        memory, report = self._memory, self._report
        report.calendar = memory.word(CALENDAR)
        settled = self._settled()
        if settled is None:
            self._read(plans)
            if not report.calendar and not self._wanted:
                return report
            if not report.calendar and self._order.dry_run:
                self._foretell(list(self._decided(memory.picture)))
                return report
        google = self._connect()
        try:
            calendar, listing = self._opened(google)
            report.calendar = calendar.id
            if settled is None or listing.full or listing.events:
                if settled is not None:
                    self._read(plans)
                self._agree(calendar, listing)
            else:
                memory.keep(**{TOKEN: listing.token})
                report.unchanged = settled
        finally:
            google.close()
        return report

    def _agree(self, calendar: Calendar, listing: Listing) -> None:
        """Take in, decide, carry out."""
        memory, report = self._memory, self._report
        picture = observe(memory.picture, listing.events, self._wanted.values())
        unseen = _unseen(picture, listing)
        actions = list(self._decided(picture, unseen))
        self._guard(actions, picture, unseen)
        if self._order.dry_run:
            self._foretell(actions)
            return
        self._note(picture, "" if unseen else listing.token)
        rounds = Rounds(calendar, memory, report, self._wanted.values(), self._decided, self._progress)
        try:
            rounds.carry_out(actions)
        except CalsyncError as error:
            report.stopped = error
        else:
            self._note(memory.picture, listing.token)
            self._settle()

    # Where nothing has happened since all was as planned, there is nothing to read, to word or to compare

    def _settled(self) -> int | None:
        """How many follow-ups stand there as planned, if nothing was planned since; None where it has to be seen."""
        of, _, count = self._memory.word(SETTLED).partition(" ")
        whole = self._order.candidate is None and not (self._order.dry_run or self._order.restore)
        return int(count) if whole and of and of == self._state_of_plans() else None

    def _settle(self) -> None:
        report = self._report
        left = report.kept_user_edit or report.kept_deleted or report.failed
        if self._order.candidate is None and not left:
            self._memory.keep(**{SETTLED: f"{self._state_of_plans()} {len(self._wanted)}"})

    def _state_of_plans(self) -> str:
        return f"{self._context.wording}-{self._store.digest()}"

    # What is planned, and what is there

    def _read(self, plans: Plans) -> None:
        for each in self._context.worded(numbered.plan for numbered in plans.plans(self._order.candidate)):
            self._live.add(each.interview.id)
            self._wanted |= {event.uid: _wanted(each, event) for event in each.events}

    def _opened(self, google: Google) -> tuple[Calendar, Listing]:
        """The calendar and what changed in it; made where there is none, or where a new one was asked for."""
        memory = self._memory
        if not memory.word(CALENDAR):
            self._make(google)
        calendar = google.calendar(memory.word(CALENDAR))
        try:
            return calendar, calendar.changes(memory.word(TOKEN))
        except CalendarGone:
            if not self._order.restore or self._order.dry_run:
                raise
        self._make(google)
        calendar = google.calendar(memory.word(CALENDAR))
        return calendar, calendar.changes(None)

    def _make(self, google: Google) -> None:
        """A calendar of our own; that it is being made is written down before, for its answer may get lost."""
        memory, picture = self._memory, self._memory.picture
        self._report.may_be_twice = bool(memory.word(MAKING))
        memory.record(picture, **{MAKING: self._now.isoformat()})
        made = google.make_calendar(self._order.name, self._context.preferences.zone.key)
        empty = _buried_whole(picture)
        memory.record(empty, **{CALENDAR: made, TOKEN: None, MAKING: None, SETTLED: None})

    def _note(self, picture: Picture, token: str) -> None:
        """Keep what was seen with the token from which the next list goes on.

        No token until what a full list did not show has been asked for: the next would not show it either.
        """
        memory = self._memory
        if picture != memory.picture or token != memory.word(TOKEN) or memory.word(SETTLED):
            memory.record(picture, **{TOKEN: token or None, SETTLED: None})

    def _decided(self, picture: Picture, unseen: Iterable[str] = ()) -> Iterator[Action]:
        return decide(
            picture,
            self._wanted.values(),
            now=self._now,
            live=self._live,
            candidate=self._order.candidate,
            unseen=set(unseen),
            restore=self._order.restore,
        )

    def _guard(self, actions: Sequence[Action], picture: Picture, unseen: Sequence[str]) -> None:
        if self._order.yes:
            return
        try:
            if not self._order.restore:
                guard_absence(picture, unseen)
            guard(actions, picture, self._now)
        except NeedsConsent as error:
            if not self._order.dry_run:
                raise
            self._report.needs_yes = error

    def _foretell(self, actions: Iterable[Action]) -> None:
        for action in actions:
            self._report.tell(action)


def _buried_whole(picture: Picture) -> Picture:
    """All that stood in a calendar is gone with it, and by nobody's wish: what the user once deleted and
    had restored is not deleted for good because of that.
    """
    known, buried = dict(picture.known), dict(picture.buried)
    for each in picture.known.values():
        bury(known, buried, each, "calsync")
    return Picture(picture.store, known, buried)


def _wanted(plan: Plan, event: Event) -> Wanted:
    made = body(event)
    return Wanted(event.uid, made, fields(made), event, plan.interview.candidate)


def _unseen(picture: Picture, listing: Listing) -> list[str]:
    """What a full list did not show; without one, nothing is known to be absent."""
    if not listing.full:
        return []
    shown = {each.get("id") for each in listing.events}
    return [known.uid for known in picture.known.values() if known.etag and known.id not in shown]

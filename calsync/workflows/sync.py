"""``sync google``: the store's plan and calsync's own calendar at Google, made to agree.

Read what is there, take it in, decide, write down what is about to be sent,
send it, write down what was answered. After each of these steps the process may
die: the next sync finds out what became of it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from calsync.domain import Event, Plan
from calsync.errors import CalsyncError, NoInput
from calsync.targets.google import reconcile
from calsync.targets.google.calendar import Calendar, CalendarGone, Google, Listing
from calsync.targets.google.http import Answer
from calsync.targets.google.merge import Known, confirmed, sending
from calsync.targets.google.reconcile import (
    Action,
    Buried,
    Insert,
    KeptDeleted,
    Look,
    Patch,
    Picture,
    Remove,
    Unchanged,
    Wanted,
    decide,
    observe,
)
from calsync.targets.google.wire import Resource, body, fields
from calsync.workflows.desk import Desk
from calsync.workflows.plans import Plans, StorePlans, WhatIfPlans
from calsync.workflows.replanning import refresh
from calsync.workflows.sync_memory import CALENDAR, MAKING, TOKEN, Memory
from calsync.workflows.sync_report import Report
from calsync.workflows.sync_turn import turn

if TYPE_CHECKING:
    from calsync.store import Store

__all__ = ["Order", "sync_google"]

_ROUNDS = 4
"""How often we read again and decide again where somebody else was faster."""

Write = Insert | Patch | Remove


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked for: whose follow-ups, and what may be done.

    ``name`` is that of a calendar to be made. ``yes`` agrees to many
    cancellations; ``restore`` brings back what the user deleted.
    """

    name: str
    candidate: str | None = None
    dry_run: bool = False
    yes: bool = False
    restore: bool = False


Progress: TypeAlias = Callable[[int, int], object]
"""Hears how many of how many events have been dealt with."""


def sync_google(
    desk: Desk,
    store: "Store",
    google: Callable[[], Google],
    order: Order,
    *,
    now: datetime,
    progress: Progress | None = None,
) -> Report:
    """Bring the calendar to where the plan is, and say what was done.

    ``google`` is called when there is something to ask: it signs in. What went
    wrong after the first write is in the report, as ``stopped``. Raises
    NeedsConsent, CalendarGone, Unavailable, TryLater, SignInAgain before it.
    """
    if order.candidate is not None and order.candidate not in store.candidates():
        raise NoInput(
            f"there is no interview of {order.candidate}", remedy="see calsync list", code="CS-GOO-022"
        )
    if order.dry_run:
        return _Sync(desk, store, google, order, now, progress).run(_plans_as_they_would_be(desk, store))
    with turn(store.path):
        refresh(desk, store, now)
        return _Sync(desk, store, google, order, now, progress).run(StorePlans(store))


def _plans_as_they_would_be(desk: Desk, store: "Store") -> Plans:
    """Up to date, without writing anything down."""
    stale = next(store.stale(desk.basis), None) is not None
    return WhatIfPlans(desk, store) if stale else StorePlans(store)


class _Sync:
    """One sync; its parts share the memory, the calendar and the report."""

    def __init__(
        self,
        desk: Desk,
        store: "Store",
        google: Callable[[], Google],
        order: Order,
        now: datetime,
        progress: Progress | None,
    ) -> None:
        self._desk, self._connect, self._order, self._now, self._progress = desk, google, order, now, progress
        self._memory = Memory(store, now, lasting=not order.dry_run)
        self._wanted: dict[str, Wanted] = {}
        self._live: set[str] = set()
        self._report = Report(desk.preferences.zone)
        self._done = self._total = 0
        self._meant: dict[str, Write] = {}
        self._seen_there = False

    def run(self, plans: Plans) -> Report:
        self._read(plans)
        memory, report = self._memory, self._report
        report.calendar = memory.word(CALENDAR)
        if not report.calendar and not self._wanted:
            return report
        if not report.calendar and self._order.dry_run:
            self._foretell(list(self._decided(memory.picture)))
            return report
        google = self._connect()
        try:
            self._agree(google)
        finally:
            google.close()
        return report

    def _agree(self, google: Google) -> None:
        """Read, take in, decide, carry out."""
        memory, report = self._memory, self._report
        calendar, listing = self._opened(google)
        report.calendar = calendar.id
        self._take_in(listing)
        unseen = _unseen(memory.picture, listing)
        actions = list(self._decided(memory.picture, unseen))
        self._guard(actions, unseen)
        if self._order.dry_run:
            self._foretell(actions)
            return
        try:
            self._carry_out(calendar, actions)
        except CalsyncError as error:
            report.stopped = error

    # What is planned, and what is there

    def _read(self, plans: Plans) -> None:
        for each in self._desk.worded(numbered.plan for numbered in plans.plans(self._order.candidate)):
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
        made = google.make_calendar(self._order.name, self._desk.preferences.zone.key)
        empty = Picture(picture.store, {}, picture.buried)
        memory.record(empty, **{CALENDAR: made, TOKEN: None, MAKING: None})

    def _take_in(self, listing: Listing) -> None:
        picture = observe(self._memory.picture, listing.events, self._wanted.values())
        if picture != self._memory.picture or listing.token != self._memory.word(TOKEN):
            self._memory.record(picture, **{TOKEN: listing.token})

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

    def _guard(self, actions: Sequence[Action], unseen: Sequence[str]) -> None:
        if self._order.yes:
            return
        try:
            if not self._order.restore:
                reconcile.guard_absence(self._memory.picture, unseen)
            reconcile.guard(actions, self._memory.picture, self._now)
        except reconcile.NeedsConsent as error:
            if not self._order.dry_run:
                raise
            self._report.needs_yes = error

    # What is done about it

    def _foretell(self, actions: Iterable[Action]) -> None:
        for action in actions:
            self._report.tell(action)

    def _carry_out(self, calendar: Calendar, actions: Sequence[Action]) -> None:
        """Send what has to be sent, and look again and decide again where an answer says so."""
        self._total = sum(isinstance(action, Write) for action in actions)
        for _ in range(_ROUNDS):
            writes = self._begun(actions)
            looks = {action.known.uid for action in actions if isinstance(action, Look)}
            for answers in calendar.writes(writes):
                looks |= self._took(calendar, [(writes[place], answer) for place, answer in answers.items()])
            if not looks:
                return
            actions = self._looked_again(calendar, looks)
        for action in self._begun(actions):
            self._report.fail(action, "it keeps changing while we look; the next sync tries again")

    def _begun(self, actions: Iterable[Action]) -> list[Write]:
        """What will be sent, written down; what needs nothing sent is told."""
        picture = self._memory.picture
        known, writes = dict(picture.known), list[Write]()
        for action in actions:
            match action:
                case Insert(wanted, there) | Patch(wanted, there):
                    names = action.names if isinstance(action, Patch) else wanted.fields
                    action = action._replace(known=sending(there, wanted.fields, names))  # noqa: PLW2901  # the same, begun
                    writes.append(action)
                case Remove(there):
                    action = Remove(there._replace(removing=True))  # noqa: PLW2901  # as above
                    writes.append(action)
                case _:
                    self._report.tell(action)
            if not isinstance(action, KeptDeleted):
                known[action.known.uid] = action.known
        if known != picture.known:
            self._memory.record(picture._replace(known=known))
        return writes

    def _took(self, calendar: Calendar, answers: Iterable[tuple[Write, Answer]]) -> set[str]:
        """Take in what was answered to some writes, all at once; the uids that have to be looked at again."""
        picture = self._memory.picture
        known, buried = dict(picture.known), dict(picture.buried)
        looks = set()
        for action, answer in answers:
            if answer.status == _NOT_FOUND:
                self._still_there(calendar)
            if _took_in(action, answer, known, buried):
                self._report.tell(action)
                self._step()
            elif answer.status in _LOOK_AGAIN or answer.is_good:
                self._meant[action.known.uid] = action
                looks.add(action.known.uid)
            else:
                why = answer.message or answer.reason or f"Google answered {answer.status}"
                self._report.fail(action, why)
                self._step()
        self._memory.record(picture._replace(known=known, buried=buried))
        return looks

    def _looked_again(self, calendar: Calendar, uids: set[str]) -> list[Action]:
        """See how these events stand, and decide about them anew."""
        events = [self._memory.picture.known[uid] for uid in sorted(uids)]
        found: list[Resource] = []
        for answers in calendar.looks(events):
            for place, answer in answers.items():
                if answer.status == _NOT_FOUND:
                    self._still_there(calendar)
                found += _as_found(events[place], answer)
        self._memory.record(observe(self._memory.picture, found, self._wanted.values()))
        for uid in uids - self._memory.picture.known.keys():
            meant = self._meant.get(uid)
            if isinstance(meant, Remove):  # gone, as it was meant to be
                self._report.tell(meant)
                self._step()
        return [
            self._settled(action) for action in self._decided(self._memory.picture) if _uid(action) in uids
        ]

    def _settled(self, action: Action) -> Action:
        """What we meant to write and found written is told as written."""
        meant = self._meant.get(_uid(action))
        if meant is None or not isinstance(action, Unchanged):
            return action
        self._step()
        return reconcile.Settled(action, meant)

    def _still_there(self, calendar: Calendar) -> None:
        """An event that is not found may mean that the calendar is gone; asked once. Raises CalendarGone."""
        if not self._seen_there:
            calendar.check()
            self._seen_there = True

    def _step(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total)


_NOT_FOUND = 404
_DELETED = 410
_LOOK_AGAIN = {404, 409, 410, 412}
"""The id is taken, the event is gone, or somebody changed it: what stands there now decides."""


def _wanted(plan: Plan, event: Event) -> Wanted:
    made = body(event)
    return Wanted(event.uid, made, fields(made), event, plan.interview.candidate)


def _unseen(picture: Picture, listing: Listing) -> list[str]:
    """What a full list did not show; without one, nothing is known to be absent."""
    if not listing.full:
        return []
    shown = {each.get("id") for each in listing.events}
    return [known.uid for known in picture.known.values() if known.etag and known.id not in shown]


def _took_in(action: Write, answer: Answer, known: dict[str, Known], buried: dict[str, Buried]) -> bool:
    """Whether an answer says that it is done; what is known then.

    That an event to be removed is not found proves little: it is looked for once more.
    """
    if not answer.is_good:
        return False
    if isinstance(action, Remove):
        reconcile.bury(known, buried, action.known, "calsync")
        return True
    if answer.resource is None or not reconcile.is_there(answer.resource):
        return False
    known[action.known.uid] = _as_answered(action.known, answer)
    return True


def _as_found(event: Known, answer: Answer) -> list[Resource]:
    """What an answer to a look tells: the event, or that it is deleted; nothing of one that never was there."""
    if answer.is_good and answer.resource:
        return [answer.resource]
    if answer.status == _DELETED or (answer.status == _NOT_FOUND and event.etag):
        return [{"id": event.id, "status": "cancelled"}]
    return []


def _as_answered(known: Known, answer: Answer) -> Known:
    resource = answer.resource or {}
    return confirmed(known, fields(resource), resource.get("etag", ""))


def _uid(action: Action) -> str:
    return action.wanted.uid if isinstance(action, KeptDeleted) else action.known.uid

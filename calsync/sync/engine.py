"""One sync: the plan and a calendar of calsync's own, made to agree.

Read what is there, take it in, decide, write down what is about to be sent,
send it, write down what was answered. After each of these steps the process may
die: the next sync finds out what became of it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from calsync.domain import Event
from calsync.errors import CalsyncError
from calsync.sync.memory import CALENDAR, MAKING, SETTLED, TOKEN, Memory
from calsync.sync.protocol import CalendarGone, Listing, Profile, Remote, Service
from calsync.sync.reconcile import Action, KeptDeleted, NeedsConsent, decide, guard, guard_absence
from calsync.sync.report import Report
from calsync.sync.rounds import Progress, Rounds
from calsync.sync.state import CalendarState, Grave, bury_all, take_in
from calsync.sync.values import Wanted

__all__ = ["Connect", "Order", "Planned", "Sync"]

Connect = Callable[[], Service]
"""Signs in; called when there is something to ask."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for: whose follow-ups, and what may be done.

    ``name`` is that of a calendar to be made; ``calendar`` the id of one that
    stands there already, for a memory that knows of none. ``yes`` agrees to many
    cancellations; ``restore`` brings back what the user deleted.
    """

    name: str
    calendar: str = ""
    candidate: str | None = None
    dry_run: bool = False
    yes: bool = False
    restore: bool = False


class Planned(msgspec.Struct, frozen=True):
    """What should stand in the calendar: each event with its candidate, and the interviews that are remembered."""

    events: Sequence[tuple[Event, str]]
    live: frozenset[str]


class Sync:
    """One sync; its parts share the memory, the calendar and the report.

    ``read`` gives the plan, when it is needed. ``digest`` tells whether it is
    still the one of the last sync, without reading it.
    """

    def __init__(  # noqa: PLR0913  # what a sync works with, each by its name
        self,
        profile: Profile,
        memory: Memory,
        order: Order,
        *,
        connect: Connect,
        read: Callable[[], Planned],
        digest: Callable[[], str],
        now: datetime,
        zone: ZoneInfo,
        progress: Progress | None = None,
    ) -> None:
        self._profile, self._memory, self._order = profile, memory, order
        self._connect, self._read_plan, self._digest = connect, read, digest
        self._now, self._zone, self._progress = now, zone, progress
        self._wanted: dict[str, Wanted] = {}
        self._live: frozenset[str] = frozenset()
        self._report = Report(zone, profile)

    def run(self) -> Report:
        """Bring the calendar to where the plan is, and say what was done.

        What went wrong after the first write is in the report, as ``stopped``.
        Raises NeedsConsent, CalendarGone, Unavailable, TryLater, SignInAgain before it.
        """
        memory, report = self._memory, self._report
        report.calendar = memory.word(CALENDAR) or self._order.calendar
        settled = self._settled()
        if settled is None:
            self._read()
            if not report.calendar and not self._wanted:
                return report
            if not report.calendar and self._order.dry_run:
                self._foretell(list(self._decide(memory.state)))
                return report
        service = self._connect()
        try:
            at_once = settled is None and self._profile.lists_before_writing
            remote, listing = self._open(service, at_once=at_once)
            report.calendar = remote.id
            if settled is None or listing.full or listing.resources or listing.count > memory.state.count:
                if settled is not None:
                    self._read()
                self._agree(remote, listing)
            else:
                memory.keep(**{TOKEN: listing.token})
                report.unchanged = settled
        finally:
            service.close()
        if memory.word(MAKING) and not self._order.dry_run:
            report.may_be_twice = True
            memory.keep(**{MAKING: None})  # it is told now
        return report

    def _agree(self, remote: Remote, listing: Listing) -> None:
        """Take in, decide, carry out."""
        memory, report, order = self._memory, self._report, self._order
        state = take_in(memory.state, listing.resources, self._wanted.values(), self._profile, listing.count)
        report.is_older = state.older
        unseen = _unseen(state, listing)
        actions = list(self._decide(state, unseen))
        self._guard(actions, state, unseen)
        if order.dry_run:
            self._foretell(actions)
            return
        if order.yes:
            state = _accept(state, actions)
        self._note(state, "" if unseen else listing.token)
        rounds = Rounds(
            remote, self._profile, memory, report, self._wanted.values(), self._decide, self._progress
        )
        try:
            rounds.carry_out(actions)
        except CalsyncError as error:
            report.stopped = error
        else:
            self._note(replace(memory.state, older=False), listing.token)
            self._settle()

    # Where nothing has happened since all was as planned, there is nothing to read, to word or to compare

    def _settled(self) -> int | None:
        """How many follow-ups stand there as planned, if nothing was planned since; None where it has to be seen."""
        plan, _, count = self._memory.word(SETTLED).partition(" ")
        whole = self._order.candidate is None and not (self._order.dry_run or self._order.restore)
        return int(count) if whole and plan and plan == self._digest() else None

    def _settle(self) -> None:
        report = self._report
        left = report.kept_user_edit or report.kept_deleted or report.failed
        if self._order.candidate is None and not left:
            self._memory.keep(**{SETTLED: f"{self._digest()} {len(self._wanted)}"})

    # What is planned, and what is there

    def _read(self) -> None:
        planned = self._read_plan()
        self._live = planned.live
        fields = self._profile.fields
        self._wanted = {
            event.uid: Wanted(event.uid, fields(event), event, candidate)
            for event, candidate in planned.events
        }

    def _open(self, service: Service, *, at_once: bool) -> tuple[Remote, Listing]:
        """The calendar and what changed in it, or all ``at_once``; made where there is none, or a new one was asked for."""
        memory = self._memory
        if not memory.word(CALENDAR) and not self._order.calendar:
            self._make(service)
        remote = service.calendar(memory.word(CALENDAR) or self._order.calendar)
        try:
            listing = remote.changes(None if at_once else memory.word(TOKEN))
        except CalendarGone:
            if not self._order.restore or self._order.dry_run:
                raise
        else:
            memory.keep(**{CALENDAR: remote.id})
            return remote, listing
        self._make(service)
        remote = service.calendar(memory.word(CALENDAR))
        return remote, remote.changes(None)

    def _make(self, service: Service) -> None:
        """A calendar of our own.

        That it is being made is written down before, for its answer may get
        lost, and stays written down until somebody was told what that may mean.
        """
        memory = self._memory
        before = memory.word(MAKING)
        memory.record(memory.state, **{MAKING: before or self._now.isoformat()})
        made = service.make_calendar(self._order.name, self._zone.key)
        self._report.may_be_twice = bool(before) or made.repeated
        still = {} if self._report.may_be_twice else {MAKING: None}
        memory.record(bury_all(memory.state), **{CALENDAR: made.id, TOKEN: None, SETTLED: None, **still})

    def _note(self, state: CalendarState, token: str) -> None:
        """Keep what was seen with the token from which the next list goes on.

        No token until what a full list did not show has been asked for: the next would not show it either.
        """
        memory = self._memory
        if state != memory.state or token != memory.word(TOKEN) or memory.word(SETTLED):
            memory.record(state, **{TOKEN: token or None, SETTLED: None})

    def _decide(self, state: CalendarState, unseen: Iterable[str] = ()) -> Iterator[Action]:
        return decide(
            state,
            self._wanted.values(),
            self._profile,
            now=self._now,
            zone=self._zone,
            live=self._live,
            candidate=self._order.candidate,
            unseen=set(unseen),
            restore=self._order.restore,
        )

    def _guard(self, actions: Sequence[Action], state: CalendarState, unseen: Sequence[str]) -> None:
        if self._order.yes:
            return
        try:
            if not self._order.restore:
                guard_absence(state, unseen, self._profile.title)
            guard(actions, state, self._now, self._zone)
        except NeedsConsent as error:
            if not self._order.dry_run:
                raise
            self._report.needs_yes = error

    def _foretell(self, actions: Iterable[Action]) -> None:
        for action in actions:
            self._report.tell(action)


def _unseen(state: CalendarState, listing: Listing) -> list[str]:
    """What a full list did not show; without one, nothing is known to be absent."""
    if not listing.full:
        return []
    shown = {each.href for each in listing.resources}
    return [known.uid for known in state.known.values() if known.etag and known.href not in shown]


def _accept(state: CalendarState, actions: Iterable[Action]) -> CalendarState:
    """What is gone and nobody can say how stays gone, as the user agrees."""
    graves = dict(state.graves)
    for action in actions:
        if isinstance(action, KeptDeleted) and action.grave.why == "unknown":
            uid = action.grave.uid
            graves[uid] = Grave(uid, action.grave.generation + 1, "user")
    return replace(state, graves=graves)

"""What stands at the fake's Google: people, their calendars, the events in them.

Plain memory behind one lock. Every change ticks a counter; etags, sync tokens
and the order of changes all come from it, so nothing depends on the clock.
"""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from threading import RLock
from typing import Any

from tests.fakes.google.clock import Clock
from tests.fakes.google.switches import Switches

__all__ = ["StoredCalendar", "StoredEvent", "World", "etag_of"]

# Google derives etags from the time of the change in some small unit.
FIRST_ETAG = 3_500_000_000_000_000


@dataclass(slots=True)
class StoredEvent:
    """One event: ``fields`` are what a client may write, the rest is the server's.

    ``serial`` is its place in the calendar, ``version`` the tick of the last change.
    """

    id: str
    serial: int
    version: int
    created: datetime
    updated: datetime
    fields: dict[str, Any]
    sequence: int = 0
    purged: bool = False  # out of the bin too; the id stays taken

    @property
    def cancelled(self) -> bool:
        return self.fields.get("status") == "cancelled"

    @property
    def etag(self) -> str:
        return etag_of(self.version)


@dataclass(slots=True)
class StoredCalendar:
    """One calendar of one person; ``by_app`` if a program made it."""

    id: str
    owner: str
    summary: str
    zone: str
    version: int
    by_app: bool = False
    primary: bool = False
    access: str = "owner"
    fields: dict[str, Any] = field(default_factory=dict)
    entry: dict[str, Any] = field(default_factory=dict)
    reminders: list[dict[str, Any]] = field(default_factory=list)
    busy: list[tuple[datetime, datetime]] = field(default_factory=list)
    events: dict[str, StoredEvent] = field(default_factory=dict)
    changed: int = 0  # the tick of the last change in it
    changed_at: datetime | None = None
    oldest_sync: int = 0  # sync tokens from before this tick have expired

    @property
    def etag(self) -> str:
        return etag_of(self.version)


class World:
    """All of it. ``lock`` is held for each request and each act of the user."""

    def __init__(self, clock: Clock, answers: Switches, *, account: str, zone: str) -> None:
        self.clock = clock
        self.answers = answers
        self.account = account
        self.zone = zone
        self.lock = RLock()
        self.calendars: dict[str, StoredCalendar] = {}
        self._ticks = 0
        self.primary(account)

    def tick(self) -> int:
        """The next number; no two changes share one."""
        self._ticks += 1
        return self._ticks

    @property
    def ticks(self) -> int:
        return self._ticks

    def primary(self, account: str) -> StoredCalendar:
        """The account's own calendar, which was there before anybody asked."""
        if account not in self.calendars:
            reminders = [{"method": "popup", "minutes": 10}]
            self.calendars[account] = StoredCalendar(
                account, account, account, self.zone, self.tick(), primary=True, reminders=reminders
            )
        return self.calendars[account]

    def add_calendar(self, account: str, summary: str, zone: str, *, by_app: bool) -> StoredCalendar:
        """A new secondary calendar; its id is Google's to choose."""
        tick = self.tick()
        name = sha256(f"calendar {tick}".encode()).hexdigest()
        calendar = StoredCalendar(
            f"c_{name}@group.calendar.google.com", account, summary, zone, tick, by_app=by_app
        )
        calendar.changed, calendar.changed_at = tick, self.clock.now
        self.calendars[calendar.id] = calendar
        return calendar

    def touch(
        self, calendar: StoredCalendar, event: StoredEvent | None = None, *, quiet: bool = False
    ) -> None:
        """Something changed: etags move on, and ``updated`` unless it was ``quiet``."""
        calendar.changed = self.tick()
        calendar.changed_at = self.clock.now
        if event is None:
            calendar.version = calendar.changed
            return
        event.version = calendar.changed
        if not quiet:
            event.updated = self.clock.now


def etag_of(version: int) -> str:
    """An etag with its quotes."""
    return f'"{FIRST_ETAG + 2_000_000 * version}"'

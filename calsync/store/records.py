"""What the store gives back: records of the domain with what it keeps beside them.

Values only, so a target or a page can take them without opening a store.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

import msgspec

from calsync.domain import Event, Interview, Outcome, Plan
from calsync.sync.memory import Published, Tombstone

__all__ = [
    "HistoryEntry",
    "Invitation",
    "Published",
    "Snapshot",
    "StoredEvent",
    "StoredInterview",
    "StoredPlan",
    "Told",
    "Tombstone",
    "Undone",
]


Told = tuple[str | int, int, str]
"""A value of the record, and the message that it is from: SEQUENCE and stamp."""


class Invitation(msgspec.Struct, frozen=True):
    """Where an interview came from, and what the messages about it said so far.

    UID, SEQUENCE and DTSTAMP of the newest (RFC 5545, 3.8.4.7, 3.8.7.4 and
    3.8.7.2; the stamp in UTC as ISO text, "" where it is not known), and whether
    that one cancels. ``told`` has of each key what the newest message says that tells it.
    """

    uid: str
    sequence: int = 0
    stamp: str = ""
    cancelled: bool = False
    told: Mapping[str, Told] = MappingProxyType({})


class StoredInterview(msgspec.Struct, frozen=True, kw_only=True):
    """An interview with its short number, never given to another, and the moment it was recorded."""

    number: int
    interview: Interview
    recorded: datetime
    invitation: Invitation | None = None


class StoredEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event of a last plan: ``number`` within the interview of number ``of``, kept for good.

    ``sequence`` goes up by one whenever something changes that a calendar
    shows, ``stamp`` (LAST-MODIFIED) with it; neither ever goes back, not even
    when a change is undone or the clock is.
    """

    of: int
    number: int
    event: Event
    sequence: int
    created: datetime
    stamp: datetime

    @property
    def ref(self) -> str:
        """What people call it: ``1.3``."""
        return f"{self.of}.{self.number}"


class StoredPlan(msgspec.Struct, frozen=True, kw_only=True):
    """The last plan of an interview; ``refs`` are what its events are called, by uid."""

    kept: StoredInterview
    plan: Plan
    refs: Mapping[str, str]


class HistoryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the history. An entry that is not ``undoable`` changed only what undo leaves alone."""

    number: int
    at: datetime
    label: str
    undone: datetime | None
    undoable: bool


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """The interviews that an undo touched, with all that hangs on them, at one moment."""

    interviews: tuple[StoredInterview, ...]
    outcomes: tuple[Outcome, ...]
    events: tuple[StoredEvent, ...]


class Undone(msgspec.Struct, frozen=True, kw_only=True):
    """A change taken back: ``before`` the undo and ``after`` it.

    The pictures show the first interviews it touched, ``touched`` counts them all.
    """

    label: str
    at: datetime
    touched: int
    before: Snapshot
    after: Snapshot

"""What the sync engine works with: resources and their marks, what is known of them, and the writes.

A *resource* is a follow-up as the calendar keeps it, read into comparable
fields. Each carries a *mark* that calsync wrote: which store made it, for which
follow-up, at which count of that store's writes, with a digest of each field as
it was sent. So the calendar itself tells what calsync wrote last, also where the
store has forgotten.

All are values; nothing here sends or stores anything.
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeAlias

import msgspec

from calsync.domain import Event

__all__ = [
    "Create",
    "Delete",
    "Fields",
    "Known",
    "Mark",
    "Patch",
    "Pending",
    "Resource",
    "Wanted",
    "digest",
    "times",
]

Fields: TypeAlias = Mapping[str, Any]
"""Comparable values by field, of plain JSON. ``time`` is start and end: instants in UTC, or days."""


class Mark(msgspec.Struct, frozen=True):
    """What calsync wrote into a resource about itself.

    ``generation`` counts how often the follow-up was brought back, ``count``
    all writes of the store. ``digests`` is empty where an older calsync wrote it.
    """

    uid: str
    store: str = ""
    generation: int = 0
    count: int = 0
    digests: Mapping[str, str] = {}

    def fits(self, name: str, value: object) -> bool:
        """Whether a field stands there as it was sent."""
        return self.digests.get(name) == digest(value)


class Resource(msgspec.Struct, frozen=True):
    """A follow-up as it stands in the calendar; of one that is ``deleted`` no more than its name is known."""

    href: str
    etag: str = ""
    fields: Fields = {}
    mark: Mark | None = None
    deleted: bool = False


class Pending(msgspec.Struct, frozen=True):
    """A write whose fate is not known: its count in the store, and the fields it sent."""

    count: int
    fields: Fields


class Known(msgspec.Struct, frozen=True):
    """What is known of one resource.

    ``sent`` is what our writes said, ``returned`` what the calendar made of
    them, ``there`` what was last seen. ``deleting``: we have begun to delete it.
    ``etag`` is empty until the calendar has answered for it once. ``count`` is
    that of our last write that is known to have arrived. ``interview`` and
    ``candidate`` say whose follow-up it is when it is planned no longer.
    """

    uid: str
    href: str
    generation: int = 0
    etag: str = ""
    sent: Fields = {}
    returned: Fields = {}
    there: Fields = {}
    pending: tuple[Pending, ...] = ()
    deleting: bool = False
    count: int = 0
    interview: str = ""
    candidate: str = ""

    @property
    def shown(self) -> Fields:
        """What stands there, or was sent last."""
        return self.there or (self.pending[-1].fields if self.pending else {})

    def mark(self, store: str) -> Mark:
        """What the write that is under way says of itself: of each field, what is ours once it has arrived."""
        sent = {**self.sent, **(self.pending[-1].fields if self.pending else {})}
        count = self.pending[-1].count if self.pending else self.count
        digests = {name: digest(value) for name, value in sent.items()}
        return Mark(self.uid, store, self.generation, count, digests)


class Wanted(msgspec.Struct, frozen=True):
    """A follow-up as it should stand in the calendar, and whose it is."""

    uid: str
    fields: Fields
    event: Event
    candidate: str = ""


class Create(msgspec.Struct, frozen=True):
    """A follow-up that is not there; ``known`` is what to remember before it is sent."""

    wanted: Wanted
    known: Known


class Patch(msgspec.Struct, frozen=True):
    """A resource some of whose fields (``names``) the plan has changed; ``kept`` are those that the user changed."""

    wanted: Wanted
    known: Known
    names: tuple[str, ...]
    kept: tuple[str, ...]


class Delete(msgspec.Struct, frozen=True):
    """A resource whose follow-up is planned no longer."""

    known: Known


def times(fields: Fields, zone: Any) -> tuple[datetime, datetime] | None:
    """Start and end out of comparable fields; a whole day begins and ends at midnight in ``zone``."""
    try:
        start, end = (datetime.fromisoformat(text) for text in fields["time"])
    except (KeyError, TypeError, ValueError):
        return None
    return _aware(start, zone), _aware(end, zone)


def _aware(moment: datetime, zone: Any) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def digest(value: object) -> str:
    """Of a comparable value, in a few letters."""
    return sha256(msgspec.json.encode(value, order="sorted")).hexdigest()[:_DIGEST]


_DIGEST = 10

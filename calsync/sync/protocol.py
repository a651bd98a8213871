"""What a calendar can do, as the engine asks it: list changes, create, patch, delete, fetch, be made.

A *resource* is a follow-up as the calendar keeps it, read into comparable
fields. Each carries a *mark* that calsync wrote: which store made it, for which
follow-up, at which count of that store's writes, with a digest of each field as
it was sent. So the calendar itself tells what calsync wrote last, also where the
store has forgotten.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum, auto
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import msgspec

from calsync.domain import Event
from calsync.errors import Unavailable

if TYPE_CHECKING:
    from calsync.sync.merge import Known
    from calsync.sync.reconcile import Create, Delete, Patch

__all__ = [
    "Answer",
    "CalendarGone",
    "Fields",
    "Listing",
    "Made",
    "Mark",
    "Profile",
    "Remote",
    "Resource",
    "Service",
    "Verdict",
    "digest",
    "times",
]

Fields: TypeAlias = Mapping[str, Any]
"""Comparable values by field, of plain JSON. ``time`` is start and end: instants in UTC, or days."""
_DIGEST = 10


class CalendarGone(Unavailable):
    """The calendar is not there for whoever is signed in."""

    default_code = "CS-GOO-010"


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


class Listing(msgspec.Struct, frozen=True):
    """Resources that changed since a token, or all of them (``full``), and the token for the next time.

    ``count`` is the highest that this store noted in the calendar when it deleted there.
    """

    resources: Sequence[Resource]
    token: str
    full: bool
    count: int = 0


class Verdict(Enum):
    """What became of one request."""

    DONE = auto()
    MISSING = auto()
    """Nothing of that name is known there."""
    DELETED = auto()
    CONFLICT = auto()
    """The name is taken, or somebody changed the resource: what stands there now decides."""
    REFUSED = auto()


class Answer(msgspec.Struct, frozen=True):
    """The answer to one request; ``resource`` as it stands now, ``why`` for one that was refused."""

    verdict: Verdict
    resource: Resource | None = None
    why: str = ""


class Made(msgspec.Struct, frozen=True):
    """A calendar that was made; ``repeated`` where an earlier request may have made another one."""

    id: str
    repeated: bool = False


class Profile(msgspec.Struct, frozen=True):
    """What one kind of calendar does its own way, without asking it anything.

    ``fields`` is what an event's resource is compared by; ``href`` names the
    resource of a follow-up (store, uid, generation); ``keys`` is what the
    calendar calls a field whose two values differ.
    """

    name: str
    title: str
    fields: Callable[[Event], Fields]
    href: Callable[[str, str, int], str]
    keys: Callable[[str, object, object], list[str]]


class Remote(Protocol):
    """One calendar. Each method may raise Unavailable, TryLater, SignInAgain; most CalendarGone too."""

    @property
    def id(self) -> str:
        """By which it is found again."""
        ...

    def changes(self, token: str | None) -> Listing:
        """What changed since the token; everything where there is none, or it is no longer known."""
        ...

    def check(self) -> None:
        """Raises CalendarGone where the calendar is not there any more."""
        ...

    def write(self, actions: "Sequence[Create | Patch | Delete]") -> Iterator[dict[int, Answer]]:
        """The answers to these by their place, as they come. What changes or deletes has its precondition."""
        ...

    def fetch(self, known: "Sequence[Known]") -> Iterator[dict[int, Answer]]:
        """How these stand now, by their place."""
        ...

    def note(self, store: str, count: int) -> None:
        """Keep the count of a store's writes in the calendar itself, where ``Listing.count`` finds it."""
        ...


class Service(Protocol):
    """Where calendars are, for whoever is signed in."""

    def make_calendar(self, name: str, zone: str) -> Made:
        """A new calendar."""
        ...

    def calendar(self, name: str) -> Remote:
        """The calendar of that id."""
        ...

    def close(self) -> None:
        """Let go of the connections."""
        ...


def digest(value: object) -> str:
    """Of a comparable value, in a few letters."""
    return sha256(msgspec.json.encode(value, order="sorted")).hexdigest()[:_DIGEST]


def times(fields: Fields, zone: Any) -> tuple[datetime, datetime] | None:
    """Start and end out of comparable fields; a whole day begins and ends at midnight in ``zone``."""
    try:
        start, end = (datetime.fromisoformat(text) for text in fields["time"])
    except (KeyError, TypeError, ValueError):
        return None
    return _aware(start, zone), _aware(end, zone)


def _aware(moment: datetime, zone: Any) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)

"""What a calendar can do, as the engine asks it: list changes, create, patch, delete, fetch, be made."""

from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto
from typing import Protocol

import msgspec

from calsync.domain import Event
from calsync.errors import Unavailable
from calsync.sync.values import Create, Delete, Fields, Known, Patch, Resource

__all__ = ["Answer", "CalendarGone", "Listing", "Made", "Profile", "Remote", "Service", "Verdict"]


class CalendarGone(Unavailable):
    """The calendar is not there for whoever is signed in."""

    default_code = "CS-GOO-010"


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
    calendar calls a field whose two values differ. ``lists_before_writing``: what
    is there has to be read before it is changed, so it is listed at once.
    """

    name: str
    title: str
    fields: Callable[[Event], Fields]
    href: Callable[[str, str, int], str]
    keys: Callable[[str, object, object], list[str]]
    lists_before_writing: bool = False


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

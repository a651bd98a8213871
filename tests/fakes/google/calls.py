"""One call of one method, as the operations see it, and the doors they all pass."""

from dataclasses import dataclass, field
from typing import Any

from tests.fakes.google.document import Method
from tests.fakes.google.errors import FAULTS, Refused, condition_not_met, not_found, not_modified
from tests.fakes.google.world import StoredCalendar, World

__all__ = ["RANKS", "Call", "calendar_of", "if_match", "if_none_match"]

RANKS = ("freeBusyReader", "reader", "writerWithoutPrivateAccess", "writer", "owner")
BY_APP_ALONE = frozenset({"https://www.googleapis.com/auth/calendar.app.created"})


@dataclass(slots=True)
class Call:
    """What was asked, after the document has looked at it.

    ``scopes`` are those of the token that open this method; ``query`` holds values, not texts.
    """

    world: World
    method: Method
    account: str
    scopes: frozenset[str]
    path: dict[str, str]
    query: dict[str, Any]
    body: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)


def calendar_of(call: Call, name: str | None = None, *, rank: str = "reader") -> StoredCalendar:
    """The calendar that was named, if this person and this program may see it."""
    name = name or call.path["calendarId"]
    found = call.world.calendars.get(call.account if name == "primary" else name)
    if found is None or found.owner != call.account:
        raise not_found()
    if not found.by_app and call.scopes <= BY_APP_ALONE:
        raise _isolated(call)
    if RANKS.index(found.access) < RANKS.index(rank):
        raise FAULTS["requiredAccessLevel"]
    return found


def if_match(call: Call, etag: str) -> None:
    """The change is meant for this state alone: 412 for any other."""
    wanted = call.headers.get("if-match")
    if wanted is not None and wanted != "*" and etag not in _etags(wanted):
        raise condition_not_met()


def if_none_match(call: Call, etag: str) -> None:
    """The client has this state already: 304."""
    known = call.headers.get("if-none-match")
    if known is not None and (known == "*" or etag in _etags(known)):
        raise not_modified(etag)


def _etags(header: str) -> list[str]:
    return [each.strip().removeprefix("W/") for each in header.split(",")]


def _isolated(call: Call) -> Refused:
    """What a program hears that asks for a calendar it did not make."""
    return not_found() if call.world.answers.isolation == "not found" else FAULTS["forbidden"]

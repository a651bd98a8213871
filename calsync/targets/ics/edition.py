"""One edition of the file: every event as it stands now, stamped in the light of the one before.

An event that says what it said keeps its bytes. One that says something else
keeps CREATED, raises SEQUENCE by one and moves DTSTAMP and LAST-MODIFIED on:
Google looks at the first, Fossify and ICSx5 at the last (RFC 5546, section 2.1.4).
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain, islice

import msgspec

from calsync.domain.event import Event
from calsync.targets.ics.content_lines import content_line, escaped, one_line
from calsync.targets.ics.previous import Previous, PreviousEvent, duplicate
from calsync.targets.ics.vevent import PRODID, body, head, instant, uid_line

__all__ = ["NAME", "Edition", "EditionCounts", "content"]

NAME = "Follow-ups"
_SECOND = timedelta(seconds=1)


class EditionCounts(msgspec.Struct, frozen=True):
    """How many events an export found new, changed, as they were, and no longer wanted."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0


def content(
    events: Iterable[Event], *, now: datetime, name: str = NAME, previous: Previous | None = None
) -> Iterator[bytes]:
    """The file piece by piece: the frame's beginning, one piece for each event, its end.

    Events come out in the order they come in, and none is held: memory stays
    flat. ``previous`` serves one edition.
    """
    return Edition(now=now, name=name, previous=previous).pieces(events)


class Edition:
    """Stamps events at ``now`` (aware) and counts what became of them."""

    def __init__(self, *, now: datetime, name: str = NAME, previous: Previous | None = None) -> None:
        if now.tzinfo is None:
            message = "now needs a zone"
            raise TypeError(message)
        self._now = instant(now).encode()
        self._name = name
        self._previous = previous
        self._uids: set[int] = set()
        self._created = self._changed = self._unchanged = 0

    @property
    def counts(self) -> EditionCounts:
        """The counts, once ``pieces`` is used up."""
        gone = self._previous.untaken if self._previous else 0
        return EditionCounts(self._created, self._changed, self._unchanged, gone)

    def pieces(self, events: Iterable[Event]) -> Iterator[bytes]:
        """What ``content`` gives."""
        rest = iter(events)
        first = tuple(islice(rest, 2))
        yield _opening(self._name if len(first) > 1 else "")
        for event in chain(first, rest):
            yield self._block(event)
        yield b"END:VCALENDAR\r\n"

    def _block(self, event: Event) -> bytes:
        uid, saying = uid_line(event.uid), body(event)
        known = self._previous.take(uid) if self._previous else None
        if known:
            return self._again(uid, known, saying)
        if hash(uid) in self._uids:
            raise duplicate(uid)
        self._uids.add(hash(uid))
        self._created += 1
        return head(uid, self._now, self._now, 0) + saying

    def _again(self, uid: bytes, known: PreviousEvent, saying: bytes) -> bytes:
        if known.body == saying:
            self._unchanged += 1
            return known.block
        self._changed += 1
        modified = _later(self._now, known.modified)
        return head(uid, known.created, modified, known.sequence + 1) + saying


def _opening(name: str) -> bytes:
    """The calendar's own properties; ``name`` both as RFC 7986 and as everybody else reads it."""
    value = escaped(one_line(name))
    names = content_line("NAME", value) + content_line("X-WR-CALNAME", value) if value else b""
    return f"BEGIN:VCALENDAR\r\nPRODID:{PRODID}\r\nVERSION:2.0\r\nCALSCALE:GREGORIAN\r\n".encode() + names


def _later(now: bytes, before: bytes) -> bytes:
    """``now``, but always after ``before``: a clock put back must not make a change look old."""
    if now > before:
        return now
    moment = datetime.strptime(before.decode(), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return instant(moment + _SECOND).encode()

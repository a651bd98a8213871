"""One edition of the file: every event as it stands now, stamped in the light of the one before.

An event that says what it said keeps its bytes. One that says something else
keeps CREATED, raises SEQUENCE by one and moves DTSTAMP and LAST-MODIFIED on:
Google looks at the first, Fossify and ICSx5 at the last (RFC 5546, section 2.1.4).
"""

import re
from array import array
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from calsync.domain.event import Event
from calsync.errors import BadData, CannotWrite, InputOutput
from calsync.phrase import phrase
from calsync.targets.ics.vevent import (
    BEGIN,
    END,
    PRODID,
    body,
    content_line,
    escaped,
    head,
    instant,
    one_line,
    uid_line,
)

__all__ = ["NAME", "Edition", "EditionCounts", "Previous", "PreviousEvent", "content", "duplicate"]

NAME = "Follow-ups"
_SECOND = timedelta(seconds=1)


class EditionCounts(msgspec.Struct, frozen=True):
    """How many events an export found new, changed, as they were, and no longer wanted."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0


def content(
    events: Iterable[Event], *, now: datetime, name: str = NAME, previous: "Previous | None" = None
) -> Iterator[bytes]:
    """The file piece by piece: the frame's beginning, one piece for each event, its end.

    Events come out in the order they come in, and none is held: memory stays
    flat. ``previous`` serves one edition.
    """
    return Edition(now=now, name=name, previous=previous).pieces(events)


class Edition:
    """Stamps events at ``now`` (aware) and counts what became of them."""

    def __init__(self, *, now: datetime, name: str = NAME, previous: "Previous | None" = None) -> None:
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

    def _again(self, uid: bytes, known: "PreviousEvent", saying: bytes) -> bytes:
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


# The file calsync wrote before: which events it holds, and where each of them lies.
#
# It is read once from end to end, in pieces, to see that it is whole; the events
# themselves stay on disk until they are asked for. Plain reads rather than mmap:
# mapped pages count as memory of the process, and a mapped file cannot be
# replaced on Windows.

_OURS = f"BEGIN:VCALENDAR\r\nPRODID:{PRODID}\r\n".encode()
_LAST = b"END:VCALENDAR\r\n"
_FRAME = re.compile(
    re.escape(_OURS) + rb"(?:(?!BEGIN:|END:|UID:)[^\r\n]*\r\n)*(?=BEGIN:VEVENT\r\n|END:VCALENDAR\r\n)"
)
_HEAD = re.compile(
    rb"BEGIN:VEVENT\r\n(UID:[^\r\n]+\r\n(?: [^\r\n]+\r\n)*)DTSTAMP:(\d{8}T\d{6}Z)\r\nCREATED:(\d{8}T\d{6}Z)\r\n"
    rb"LAST-MODIFIED:(\d{8}T\d{6}Z)\r\nSEQUENCE:(\d{1,9})\r\n(?=DTSTART:)"
)
_BUFFER = 1 << 16
_PIECE = 1 << 20
_LONGEST_EVENT = 1 << 24
_TAKEN = -1


class PreviousEvent(msgspec.Struct, frozen=True):
    """One event of the file: all its bytes, what follows SEQUENCE, and the stamps as they are written.

    DTSTAMP is the same as LAST-MODIFIED (RFC 5545, section 3.8.7.2).
    """

    block: bytes
    body: bytes
    created: bytes
    modified: bytes
    sequence: int


class Previous:
    """An open file of ours; leave the ``with`` before replacing it.

    Of each event 64 bits of its uid's hash and its place are kept, for there may be 650,000:
    two of a million uids are taken for the same with a probability of 1 to 30 million.

    Raises CannotWrite when the file is somebody else's, BadData when it is ours
    and damaged, OSError when it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("rb", buffering=_BUFFER)
        self._numbers: dict[int, int] = {}
        self._places = array("Q")
        try:
            self._read_through()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    @property
    def untaken(self) -> int:
        """How many events nobody took."""
        return sum(number != _TAKEN for number in self._numbers.values())

    def take(self, uid: bytes) -> PreviousEvent | None:
        """The event with this UID line (folded, with CRLF), once; None when it was not there."""
        key = hash(uid)
        number = self._numbers.get(key)
        if number is None:
            return None
        if number == _TAKEN:
            raise duplicate(uid)
        self._numbers[key] = _TAKEN
        begin, end = self._places[number : number + 2]
        block = self._read(begin, end)
        found = _HEAD.match(block)
        if not found or found[1] != uid:
            raise self._damaged(begin)
        return PreviousEvent(block, block[found.end() :], found[3], found[4], int(found[5]))

    def _read(self, begin: int, end: int) -> bytes:
        try:
            self._file.seek(begin)
            return self._file.read(end - begin)
        except OSError as error:
            raise InputOutput(
                phrase("cannot be read: {strerror}", strerror=error.strerror), where=str(self._path)
            ) from error

    def _read_through(self) -> None:
        """Check the frame and note where each event begins; after the last, where it ended."""
        place = self._first_event()
        for block in self._blocks(place):
            found = _HEAD.match(block)
            if not found or block.count(BEGIN) > 1 or hash(found[1]) in self._numbers:
                raise self._damaged(place)
            self._numbers[hash(found[1])] = len(self._places)
            self._places.append(place)
            place += len(block)
        self._places.append(place)

    def _first_event(self) -> int:
        beginning = self._file.read(_PIECE)
        if not beginning.startswith(_OURS):
            raise self._not_ours() if not _OURS.startswith(beginning) else self._damaged(len(beginning))
        frame = _FRAME.match(beginning)
        if not frame:
            raise self._damaged(len(_OURS))
        return frame.end()

    def _blocks(self, place: int) -> Iterator[bytes]:
        """Each event from ``place`` on; what stands behind the last must be the end of the calendar."""
        self._file.seek(place)
        rest, mark = b"", b"\r\n" + END
        while piece := self._file.read(_PIECE):
            looked, rest = max(len(rest) - len(mark), 0), rest + piece
            begin = 0
            while (end := rest.find(mark, max(looked, begin))) >= 0:
                end += len(mark)
                yield rest[begin:end]
                place += end - begin
                begin = end
            rest = rest[begin:]
            if len(rest) > _LONGEST_EVENT:
                break
        if rest != _LAST:
            raise self._damaged(place)

    def _damaged(self, place: int) -> BadData:
        return BadData(
            phrase("this file was written by calsync and then damaged, at octet {place}", place=place),
            remedy=phrase("write to another file, or use --force to give up what it holds"),
            where=str(self._path),
            code="CS-ICS-002",
        )

    def _not_ours(self) -> CannotWrite:
        return CannotWrite(
            phrase("calsync did not write this file and leaves it alone"),
            remedy=phrase("write to another file, or use --force to replace it"),
            where=str(self._path),
            code="CS-ICS-001",
        )


def duplicate(uid: bytes) -> BadData:
    """One uid for two events of a file: a calendar would show only one of them."""
    return BadData(
        phrase("two events have the same {uid}", uid=uid.decode().strip()),
        remedy=phrase("give each interview an id of its own"),
        code="CS-ICS-003",
    )

"""The file calsync wrote before: which events it holds, and where each of them lies.

It is read once from end to end, in pieces, to see that it is whole; the events
themselves stay on disk until they are asked for. Plain reads rather than mmap:
mapped pages count as memory of the process, and a mapped file cannot be
replaced on Windows.
"""

import re
from array import array
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from calsync.errors import BadData, CannotWrite, InputOutput
from calsync.targets.ics.vevent import BEGIN, END, PRODID

__all__ = ["Previous", "PreviousEvent", "duplicate"]


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
            raise InputOutput(f"cannot be read: {error.strerror}", where=str(self._path)) from error

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
            f"this file was written by calsync and then damaged, at octet {place}",
            remedy="write to another file, or use --force to give up what it holds",
            where=str(self._path),
            code="CS-ICS-002",
        )

    def _not_ours(self) -> CannotWrite:
        return CannotWrite(
            "calsync did not write this file and leaves it alone",
            remedy="write to another file, or use --force to replace it",
            where=str(self._path),
            code="CS-ICS-001",
        )


def duplicate(uid: bytes) -> BadData:
    """One uid for two events of a file: a calendar would show only one of them."""
    return BadData(
        f"two events have the same {uid.decode().strip()}",
        remedy="give each interview an id of its own",
        code="CS-ICS-003",
    )

"""The file calsync wrote before: which events it holds, and where.

It is read once from end to end, in pieces, to see that it is whole and where
each event lies; the events themselves stay on disk until they are asked for.
Plain reads rather than mmap: mapped pages count as memory of the process, and a
mapped file cannot be replaced on Windows.
"""

import re
from array import array
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from calsync.errors import BadData, CannotWrite, InputOutput
from calsync.targets.ics.uids import Uids, twice
from calsync.targets.ics.vevent import BEGIN, END, PRODID

__all__ = ["Edited", "Previous"]

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


class Edited:
    """One event of the previous file: its bytes, and what its head says.

    Made for every event of a large file: the head is taken apart when asked.
    """

    __slots__ = ("_head", "block")

    def __init__(self, block: bytes, head: re.Match[bytes]) -> None:
        self.block = block
        self._head = head

    def says(self, body: bytes) -> bool:
        """Whether this is all that follows the head."""
        return self.block.endswith(body) and len(body) == len(self.block) - self._head.end()

    @property
    def created(self) -> bytes:
        """CREATED, as it is written."""
        return self._head[3]

    @property
    def modified(self) -> bytes:
        """LAST-MODIFIED, as it is written; DTSTAMP is the same (RFC 5545, section 3.8.7.2)."""
        return self._head[4]

    @property
    def sequence(self) -> int:
        """SEQUENCE."""
        return int(self._head[5])


class Previous:
    """An open file of ours; close it (or leave the ``with``) before replacing it.

    Raises CannotWrite when the file is somebody else's, BadData when it is ours
    and damaged, OSError when it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("rb", buffering=_BUFFER)
        self._uids = Uids()
        self._places = array("Q")
        self._taken = bytearray()
        try:
            self._look_through()
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
        return self._taken.count(0)

    def take(self, uid: bytes) -> Edited | None:
        """The event with this UID line (folded, with CRLF), once; None when it was not there."""
        number = self._uids.number(uid)
        if number is None:
            return None
        if self._taken[number]:
            raise twice(uid)
        self._taken[number] = True
        begin, end = self._places[number : number + 2]
        block = self._read(begin, end)
        found = _HEAD.match(block)
        if not found or found[1] != uid:
            raise self._damaged(begin)
        return Edited(block, found)

    def _read(self, begin: int, end: int) -> bytes:
        try:
            self._file.seek(begin)
            return self._file.read(end - begin)
        except OSError as error:
            raise InputOutput(f"cannot be read: {error.strerror}", where=str(self._path)) from error

    def _look_through(self) -> None:
        """Check the frame and note where each event begins; after the last, where it ended."""
        place = self._first_event()
        for block in self._blocks(place):
            found = _HEAD.match(block)
            if not found or block.count(BEGIN) > 1 or not self._uids.add(found[1]):
                raise self._damaged(place)
            self._places.append(place)
            place += len(block)
        self._places.append(place)
        self._taken = bytearray(len(self._uids))

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

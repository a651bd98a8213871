"""The file on disk: the old one or the new one, never half of one.

A draft is written beside the target, forced to disk and renamed over it. It is
begun at the first octet that differs from the old file; when none does, the old
file is left alone, down to its time of change.
"""

import errno
import os
import stat
from collections.abc import Iterable
from contextlib import nullcontext, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from calsync.domain.event import Event
from calsync.errors import BadData, CannotWrite, InputOutput
from calsync.files import settle, sweep
from calsync.phrase import phrase
from calsync.targets.ics.edition import NAME, Edition, EditionCounts, Previous

__all__ = ["dump", "export"]

_BUFFER = 1 << 18


def export(
    path: Path, events: Iterable[Event], *, now: datetime, name: str = NAME, force: bool = False
) -> EditionCounts:
    """Write the events to ``path`` over the edition that is there; see ``edition`` for what is kept.

    A link at ``path`` is replaced, not followed; a device or a pipe is written
    to. ``force`` replaces a file that is not ours, or ours and damaged. Raises
    CannotWrite when the file cannot be made, InputOutput when writing fails
    midway, BadData when the old one is damaged; the old file is then untouched.
    """
    path = Path(path)
    if _is_device(path):
        return _pour(path, events, now, name)
    mode = _mode_of_old(path)
    previous = _previous(path, mode, force=force)
    draft = _Draft(path, mode, compare=previous is not None)
    try:
        with previous or nullcontext():
            edition = Edition(now=now, name=name, previous=previous)
            for piece in edition.pieces(events):
                draft.write(piece)
        draft.publish()
    except BaseException:
        draft.discard()
        raise
    return edition.counts


def dump(stream: BinaryIO, events: Iterable[Event], *, now: datetime, name: str = NAME) -> EditionCounts:
    """Write the events to an open binary stream, such as ``sys.stdout.buffer``, as a first edition.

    A reader that went away is the caller's affair (BrokenPipeError); any other
    failure is InputOutput.
    """
    edition = Edition(now=now, name=name)
    for piece in edition.pieces(events):
        _sent(stream, piece)
    _sent(stream)
    return edition.counts


def _sent(stream: BinaryIO, piece: bytes | None = None) -> None:
    try:
        stream.flush() if piece is None else stream.write(piece)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _failed(Path(str(getattr(stream, "name", "output"))), error) from error


def _pour(path: Path, events: Iterable[Event], now: datetime, name: str) -> EditionCounts:
    try:
        stream = path.open("wb")
    except OSError as error:
        raise _refused(path, error) from error
    try:
        return dump(stream, events, now=now, name=name)
    finally:
        with suppress(OSError):  # said by dump already
            stream.close()


def _is_device(path: Path) -> bool:
    """Whether there is something that must never be renamed over: /dev/full, /dev/stdout, a pipe."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    if path.is_symlink() and path.absolute().parts[1:2] in {("dev",), ("proc",)}:
        return True
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _mode_of_old(path: Path) -> int | None:
    """The permission bits of the file that is there; None when there is none, or a link."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise _refused(path, error) from error
    if stat.S_ISLNK(found.st_mode):
        return None
    if stat.S_ISDIR(found.st_mode):
        raise _refused(path, IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)))
    if not os.access(path, os.W_OK):
        raise _refused(path, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))
    return stat.S_IMODE(found.st_mode) & 0o777


def _previous(path: Path, mode: int | None, *, force: bool) -> Previous | None:
    """The old edition, if there is one; an empty file holds nothing that could be lost."""
    try:
        return Previous(path) if mode is not None and path.stat().st_size else None
    except OSError as error:
        raise _refused(path, error) from error
    except (CannotWrite, BadData):
        if force:
            return None
        raise


class _Draft:
    """What will stand at ``path``, kept beside it until it is whole."""

    def __init__(self, path: Path, mode: int | None, *, compare: bool) -> None:
        self._path = path
        self._mode = mode
        self._old = path.open("rb", buffering=_BUFFER) if compare else None
        self._same = 0
        self._file: BinaryIO | None = None
        self._name: Path | None = None

    def write(self, piece: bytes) -> None:
        """The next piece; nothing is written as long as the old file says the same."""
        try:
            if self._file is None and self._old and self._old.read(len(piece)) == piece:
                self._same += len(piece)
            else:
                (self._file or self._begin()).write(piece)
        except OSError as error:
            raise _failed(self._path, error) from error

    def publish(self) -> None:
        """Force the draft to disk and put it in the old file's place, with its permission bits.

        Without a draft both files say the same: END:VCALENDAR stands at the end of each.
        """
        try:
            self._finish()
        except OSError as error:
            raise _failed(self._path, error) from error
        self._close()
        if self._name:
            self._rename(self._name)

    def discard(self) -> None:
        """Leave no trace."""
        self._close()
        if self._name:
            with suppress(OSError):
                self._name.unlink()

    def _begin(self) -> BinaryIO:
        """A new file beside the target, as the umask says, with what both editions share."""
        self._name, self._file = _created(self._path)
        if self._old:
            self._old.seek(0)
            _copy(self._old, self._file, self._same)
        return self._file

    def _finish(self) -> None:
        if self._file:
            self._file.flush()
            os.fsync(self._file.fileno())

    def _rename(self, draft: Path) -> None:
        try:
            if self._mode is not None:
                draft.chmod(self._mode)
            draft.replace(self._path)
        except OSError as error:
            raise _refused(self._path, error) from error
        settle(self._path.parent)

    def _close(self) -> None:
        for file in (self._file, self._old):
            if file:
                with suppress(OSError):  # a full disk is met again when the buffer goes out
                    file.close()


_DRAFT, _DRAFT_ENDING = ".calsync-", ".tmp"
_QUIET_SECONDS = 3600
"""A draft that nobody has written to for so long, and whose process is gone, is left over."""


def _created(path: Path) -> tuple[Path, BinaryIO]:
    """A draft of a name that nobody has; what stands in the way cannot be written."""
    number = 0
    while True:
        name = path.with_name(f"{_DRAFT}{os.getpid()}-{number}{_DRAFT_ENDING}")
        try:
            file = name.open("xb", buffering=_BUFFER)
        except FileExistsError:
            number += 1
        except OSError as error:
            raise _refused(path, error) from error
        else:
            sweep(
                path.parent,
                _DRAFT,
                _DRAFT_ENDING,
                untouched_since=name.stat().st_mtime - _QUIET_SECONDS,
            )
            return name, file


def _copy(source: BinaryIO, target: BinaryIO, octets: int) -> None:
    while octets:
        piece = source.read(min(octets, _BUFFER))
        target.write(piece)
        octets -= len(piece)


def _refused(path: Path, error: OSError | ValueError) -> CannotWrite:
    reason = getattr(error, "strerror", None) or str(error)
    remedy = (
        phrase("make the folder first")
        if isinstance(error, FileNotFoundError)
        else phrase("name another file with -o")
    )
    return CannotWrite(phrase("cannot be written: {reason}", reason=reason), remedy=remedy, where=str(path))


def _failed(path: Path, error: OSError) -> InputOutput:
    return InputOutput(
        phrase("writing failed: {strerror}", strerror=error.strerror or error),
        remedy=phrase("free some room, or write elsewhere"),
        where=str(path),
    )

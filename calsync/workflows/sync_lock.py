"""One sync at a time: a lock of the system's on a file beside the store, let go of however the process ends."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from calsync.errors import CannotWrite, TryLater
from calsync.phrase import phrase

__all__ = ["sync_lock"]


@contextmanager
def sync_lock(store: Path) -> Iterator[None]:
    """Hold the lock of the store at that path. Raises TryLater where another process holds it, CannotWrite."""
    path = store.with_name(f"{store.name}-sync")
    try:
        file = path.open("a+b")
    except OSError as error:
        raise CannotWrite(
            error.strerror or str(error), where=str(path), remedy=phrase("see who owns it")
        ) from None
    with file:
        if not _locked(file):
            raise TryLater(
                phrase("{holder} is syncing already", holder=_holder(file)),
                remedy=phrase("wait for it to finish and try again"),
                code="CS-GOO-019",
            )
        _sign(file)
        yield


def _locked(file: IO[bytes]) -> bool:
    """Whether the lock was free; closing the file, or dying, lets go of it."""
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415  # only there

            file.seek(_FAR)  # locked octets cannot be read there, and the note in front has to be
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        else:
            import fcntl  # noqa: PLC0415  # is not on Windows

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


_FAR = 1 << 20


def _sign(file: IO[bytes]) -> None:
    with suppress(OSError):  # a full disk takes no note; the lock is what counts
        file.truncate(0)
        file.write(str(os.getpid()).encode())
        file.flush()


def _holder(file: IO[bytes]) -> str:
    try:
        file.seek(0)
        return phrase("process {pid}", pid=int(file.read(32)))
    except (OSError, ValueError):
        return phrase("another process")

"""A file that is there as a whole: the old one or the new one, never half of one, not even after a power cut."""

import os
from contextlib import suppress
from threading import get_ident

from calsync.processes import sweep

__all__ = ["put"]


def put(path: str, octets: bytes, mode: int | None = None) -> None:
    """Put ``octets`` in the place of the file at ``path``; a link there is replaced, not followed.

    The draft beside it has the file's own permission bits from its first moment:
    ``mode`` if given, else those of the old file, else as the umask has it.
    Raises OSError; the old file is then untouched.
    """
    draft = f"{path}.new-{os.getpid()}-{get_ident()}"
    sweep(f"{path}.new-")
    with suppress(FileNotFoundError):
        os.unlink(draft)  # of a process of our number that was killed
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, 0o666 if mode is None else mode)
    try:
        with open(handle, "wb") as out:
            out.write(octets)
            out.flush()
            os.fsync(handle)
        if mode is None:
            _as_the_old_one(path, draft)
        os.replace(draft, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(draft)
        raise
    _settle(os.path.dirname(path))


_BINARY = getattr(os, "O_BINARY", 0)
"""What Windows needs so that no octet is added."""


def _as_the_old_one(path: str, draft: str) -> None:
    with suppress(OSError):
        os.chmod(draft, os.stat(path).st_mode & 0o777)


def _settle(folder: str) -> None:
    """Force the new name itself to disk, where the system lets a folder be opened."""
    with suppress(OSError):
        handle = os.open(folder or os.curdir, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

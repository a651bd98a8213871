"""A file that is there as a whole: the old one or the new one, never half of one, not even after a power cut."""

import os
import re
import stat
from contextlib import suppress
from pathlib import Path
from threading import get_ident

__all__ = ["draft_of", "lives", "put", "sweep"]


# Whether a process is there still, and what those that are gone have left behind.


def lives(pid: int) -> bool:
    """Whether there is a process of that id; on Windows always said to be."""
    if os.name == "nt":  # there, signal 0 would end the process
        return True
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # somebody else's, so there
        return True
    return True


def sweep(drafts: str) -> None:
    """Take away the drafts that other processes were killed at.

    ``drafts`` is the path with which their names begin; the id of the process
    follows, and after a ``-`` whatever else is in the name. What cannot be
    taken away stays.
    """
    folder, name = os.path.split(drafts)
    with suppress(OSError):
        for found in os.listdir(folder or os.curdir):
            pid, _, _ = found.removeprefix(name).partition("-")
            if found.startswith(name) and pid.isdecimal() and not lives(int(pid)):
                with suppress(OSError):
                    os.unlink(os.path.join(folder, found))


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


# Drafts beside a file: their names, and those that a killed export has left behind.
#
# A draft is called ``.calsync-PID-N.tmp``. It is swept by the next export into
# the folder when its process is gone and nothing was written to it for an hour;
# a process of another machine that shares the folder is gone for this one, too,
# but it writes.

_NAME = re.compile(r"\.calsync-([1-9]\d{0,9})-\d{1,6}\.tmp")
_QUIET_SECONDS = 3600


def draft_of(path: Path, number: int) -> Path:
    """The name of this process's draft of that number for the file at ``path``."""
    return path.with_name(f".calsync-{os.getpid()}-{number}.tmp")


def sweep_drafts(draft: Path) -> None:
    """Take away what stands beside this new draft and nobody will finish.

    Its own stamp is the time now, by the clock of the disk they are on.
    """
    with suppress(OSError):
        latest = draft.stat().st_mtime - _QUIET_SECONDS
        for left in draft.parent.iterdir():
            if (found := _NAME.fullmatch(left.name)) and left != draft:
                with suppress(OSError):
                    _drop(left, int(found[1]), latest)


def _drop(left: Path, pid: int, latest: float) -> None:
    """On Windows every process is said to live, but an open file cannot be taken away there."""
    about = left.lstat()
    if stat.S_ISREG(about.st_mode) and about.st_mtime < latest and (os.name == "nt" or not lives(pid)):
        left.unlink()

"""A file that is there as a whole: the old one or the new one, never half of one, not even after a power cut.

Whoever writes a file makes a draft beside it, named after its process, and puts
it in the file's place at the end. What a process left behind that was killed in
between is swept by the next one.
"""

import os
import re
import stat
from contextlib import suppress
from pathlib import Path
from threading import get_ident

__all__ = ["is_running", "settle", "sweep", "write_whole"]


def write_whole(path: str | os.PathLike[str], octets: bytes, mode: int | None = None) -> None:
    """Put ``octets`` in the place of the file at ``path``; a link there is replaced, not followed.

    The draft has its permission bits from its first moment: ``mode`` if given, else
    those of the old file, else as the umask has it. Raises OSError; the old file is
    then untouched.
    """
    file = Path(path)
    sweep(file.parent, f"{file.name}.new-")
    draft = Path(f"{file}.new-{os.getpid()}-{get_ident()}")
    with suppress(OSError):
        draft.unlink()  # of a process of our number that was killed
    bits = _permissions(file) if mode is None else mode
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, 0o666 if bits is None else bits)
    try:
        with open(handle, "wb") as out:  # noqa: PTH123  # what is open already has no path to be opened by
            out.write(octets)
            out.flush()
            os.fsync(handle)
        if mode is None and bits is not None:
            with suppress(OSError):
                draft.chmod(bits)  # what the umask took away from the old file's own
        draft.replace(file)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise
    settle(file.parent)


def settle(folder: Path) -> None:
    """Force the names in a folder to disk, where the system lets a folder be opened."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep(folder: Path, beginning: str, ending: str = "", *, untouched_since: float | None = None) -> None:
    """Take away the drafts in ``folder`` that other processes were killed at.

    In their names the id of the process stands between ``beginning`` and ``ending``,
    and behind a ``-`` whatever else. ``untouched_since`` (a stamp of the disk's own
    clock) spares those written to later: a process of another computer that shares the
    folder seems to be gone here, but it writes. What cannot be taken away stays.
    """
    name = re.compile(rf"{re.escape(beginning)}([1-9]\d*)(-.*)?{re.escape(ending)}")
    with suppress(OSError):
        for draft in folder.iterdir():
            if found := name.fullmatch(draft.name):
                with suppress(OSError):
                    if _is_left(draft, int(found[1]), untouched_since):
                        draft.unlink()


def _is_left(draft: Path, pid: int, untouched_since: float | None) -> bool:
    if untouched_since is None:
        return not is_running(pid)
    about = draft.lstat()
    # On Windows every process is said to run, but an open file cannot be taken away there.
    is_old = stat.S_ISREG(about.st_mode) and about.st_mtime < untouched_since
    return is_old and (os.name == "nt" or not is_running(pid))


def is_running(pid: int) -> bool:
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


def _permissions(file: Path) -> int | None:
    """The old file's own; None where there is none."""
    try:
        return stat.S_IMODE(file.stat().st_mode) & 0o777
    except OSError:
        return None


_BINARY = getattr(os, "O_BINARY", 0)
"""What Windows needs so that no octet is added."""

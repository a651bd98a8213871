"""Drafts beside a file: their names, and those that a killed export has left behind.

A draft is called ``.calsync-PID-N.tmp``. It is swept by the next export into
the folder when its process is gone and nothing was written to it for an hour;
a process of another machine that shares the folder is gone for this one, too,
but it writes.
"""

import os
import re
import stat
from contextlib import suppress
from pathlib import Path

from calsync.processes import lives

__all__ = ["draft_of", "sweep"]

_NAME = re.compile(r"\.calsync-([1-9]\d{0,9})-\d{1,6}\.tmp")
_QUIET_SECONDS = 3600


def draft_of(path: Path, number: int) -> Path:
    """The name of this process's draft of that number for the file at ``path``."""
    return path.with_name(f".calsync-{os.getpid()}-{number}.tmp")


def sweep(draft: Path) -> None:
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

"""Whether a process is there still, and what those that are gone have left behind."""

import os
from contextlib import suppress

__all__ = ["lives", "sweep"]


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

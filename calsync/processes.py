"""Whether a process is there still, for whoever finds something that one has left behind."""

import os

__all__ = ["lives"]


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

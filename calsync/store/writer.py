"""Who is writing: a note beside the store with the writer's process id.

Only advice for an error message. SQLite's own lock decides; a note left by a
killed process is ignored when that process is gone, and overwritten by the next.
"""

import os
from contextlib import suppress
from pathlib import Path

from calsync.files import is_running

__all__ = ["sign", "unsign", "who_writes"]


def sign(path: str) -> None:
    """Note that this process holds the lock of the store at ``path``."""
    with suppress(OSError):  # a full disk must not keep anybody from trying
        file = os.open(_note(path), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(file, str(os.getpid()).encode())
        finally:
            os.close(file)


def unsign(path: str) -> None:
    """Take the note away; to be done while the lock is still held, or it may be the next writer's."""
    with suppress(OSError):
        _note(path).unlink()


def who_writes(path: str) -> str:
    """``process 4711`` where the note names a living process, else ``another process``."""
    try:
        pid = int(_note(path).read_text("ascii"))
    except (OSError, ValueError):
        return "another process"
    return f"process {pid}" if pid > 0 and is_running(pid) else "another process"


def _note(path: str) -> Path:
    return Path(f"{path}-writer")

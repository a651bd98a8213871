"""What stands beside a store: the copies it can be put right from, and a note of who is writing."""

import os
from contextlib import suppress
from pathlib import Path

from calsync.errors import BadData, BadSettings
from calsync.files import is_running
from calsync.phrase import phrase

__all__ = ["UNCHANGED", "backup_of", "damaged", "last_backup", "newer", "sign", "unsign", "who_writes"]

_BACKUP = ".backup-v"
UNCHANGED = phrase("nothing was changed")


def damaged(path: str, what: str) -> BadData:
    """The error for a store that is not what was written; it leads to the last backup."""
    backup = last_backup(path)
    way = (
        phrase(
            "{unchanged}; move it away and put a copy of {backup} in its place",
            unchanged=UNCHANGED,
            backup=backup,
        )
        if backup
        else phrase(
            "{unchanged}, and there is no backup beside it; move it away to begin a new one",
            unchanged=UNCHANGED,
        )
    )
    return BadData(
        phrase("the store is damaged: {what}", what=what), remedy=way, where=path, code="CS-STO-002"
    )


def newer(path: str, version: int, newest: int) -> BadSettings:
    """The error for a store that only a newer program understands."""
    return BadSettings(
        phrase(
            "the store is of version {version}, made by a newer calsync; this one knows up to {newest}",
            version=version,
            newest=newest,
        ),
        remedy=phrase("install the newer calsync again; nothing was changed"),
        where=path,
        code="CS-STO-003",
    )


def last_backup(path: str) -> str | None:
    """The youngest backup beside the store, if there is one."""
    store = Path(path)
    try:
        beside = (each for each in store.parent.iterdir() if each.name.startswith(f"{store.stem}{_BACKUP}"))
        found = [each for each in beside if each.name.endswith(store.suffix)]
        return str(max(found, key=lambda each: each.stat().st_mtime)) if found else None
    except OSError:
        return None


def backup_of(path: str, version: object) -> str:
    """Where the copy of a store is kept that is made before it leaves ``version``: beside it."""
    store = Path(path)
    return str(store.with_name(f"{store.stem}{_BACKUP}{version}{store.suffix}"))


# Who is writing: a note beside the store with the writer's process id.
#
# Only advice for an error message. SQLite's own lock decides; a note left by a
# killed process is ignored when that process is gone, and overwritten by the next.


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
        return phrase("another process")
    return phrase("process {pid}", pid=pid) if pid > 0 and is_running(pid) else phrase("another process")


def _note(path: str) -> Path:
    return Path(f"{path}-writer")

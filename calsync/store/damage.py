"""A store that is not what was written, and the copies beside it that it can be put right from."""

from pathlib import Path

from calsync.errors import BadData, BadSettings
from calsync.phrase import phrase

__all__ = ["UNCHANGED", "backup_of", "damaged", "last_backup", "newer"]

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

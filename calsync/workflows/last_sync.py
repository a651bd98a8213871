"""What the last sync did, remembered in short for whoever looks later: counts, and what was kept as the user left it."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from calsync.store import Store
    from calsync.sync.report import Line, Report

__all__ = ["LastSync", "Left", "keep_last", "last_sync"]

_WORD = "last"
_MOST = 20
"""Lines of each kind; the others are counted."""


class Left(msgspec.Struct, frozen=True):
    """One follow-up that was left as it stood, and why."""

    summary: str
    message: str


class LastSync(msgspec.Struct, frozen=True):
    """The last one that was not a dry run; ``stopped`` says why not all of it was done, empty where it was."""

    at: datetime
    created: int
    updated: int
    cancelled: int
    unchanged: int
    kept: Sequence[Left] = ()
    deleted: Sequence[Left] = ()
    failed: Sequence[Left] = ()
    stopped: str = ""


def keep_last(store: "Store", target: str, report: "Report", now: datetime) -> None:
    """Remember it, in the place of the one before."""
    told = {
        "at": now.isoformat(),
        "created": len(report.created),
        "updated": len(report.updated),
        "cancelled": len(report.cancelled),
        "unchanged": report.unchanged,
        "kept": _lines(report.kept_user_edit),
        "deleted": _lines(report.kept_deleted),
        "failed": _lines(report.failed),
        "stopped": report.stopped.what if report.stopped else "",
    }
    with store.upkeep(at=now) as upkeep:
        upkeep.keep(f"{target}-report", _WORD, json.dumps(told, ensure_ascii=False))


def last_sync(store: "Store", target: str = "google") -> LastSync | None:
    """The last sync; None where there was none, or a later calsync wrote of it in a way of its own."""
    try:
        told: dict[str, Any] = json.loads(store.state(f"{target}-report").get(_WORD, ""))
        return LastSync(
            at=datetime.fromisoformat(told["at"]),
            created=int(told["created"]),
            updated=int(told["updated"]),
            cancelled=int(told["cancelled"]),
            unchanged=int(told["unchanged"]),
            kept=[Left(*line) for line in told["kept"]],
            deleted=[Left(*line) for line in told["deleted"]],
            failed=[Left(*line) for line in told["failed"]],
            stopped=str(told["stopped"]),
        )
    except (ValueError, KeyError, TypeError):
        return None


def _lines(lines: "Sequence[Line]") -> list[list[str]]:
    return [[line.summary, line.message] for line in lines[:_MOST]]

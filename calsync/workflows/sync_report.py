"""What a sync did, follow-up by follow-up, each with its reason."""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from calsync.domain import spoken
from calsync.errors import CalsyncError
from calsync.targets.google.merge import Known
from calsync.targets.google.picture import Wanted
from calsync.targets.google.reconcile import (
    Action,
    Insert,
    KeptDeleted,
    Look,
    NeedsConsent,
    Patch,
    Remove,
    Settled,
    Unchanged,
)
from calsync.targets.google.wire import google_names, times

__all__ = ["Line", "Report"]

_WORDS = {
    "time": "the time",
    "summary": "the title",
    "description": "the text",
    "location": "the place",
    "source": "the link",
    "status": "whether it is certain",
    "transparency": "whether it shows as busy",
    "visibility": "who can see it",
    "reminders": "the reminders",
}
"""What a person calls a field."""


class Line(msgspec.Struct, frozen=True):
    """One follow-up in a report; ``start`` as it stands in the calendar afterwards."""

    uid: str
    summary: str
    start: datetime | None
    fields: tuple[str, ...] = ()
    message: str = ""


class Report(msgspec.Struct):
    """What became of each follow-up. ``stopped`` says why not all of it was done, ``needs_yes`` what it would take.

    ``may_be_twice``: an earlier run asked for a calendar and never heard of it,
    so an empty one of the same name may stand at Google.
    """

    zone: ZoneInfo
    calendar: str = ""
    created: list[Line] = msgspec.field(default_factory=list)
    updated: list[Line] = msgspec.field(default_factory=list)
    cancelled: list[Line] = msgspec.field(default_factory=list)
    unchanged: int = 0
    kept_user_edit: list[Line] = msgspec.field(default_factory=list)
    kept_deleted: list[Line] = msgspec.field(default_factory=list)
    failed: list[Line] = msgspec.field(default_factory=list)
    stopped: CalsyncError | None = None
    needs_yes: NeedsConsent | None = None
    may_be_twice: bool = False

    def tell(self, action: Action) -> None:
        """Put down what an action did, or would do."""
        match action:
            case Insert(wanted):
                self.created.append(_planned(wanted))
            case Patch(wanted, known, names, kept):
                changed = _names(names, known, wanted)
                self.updated.append(_planned(wanted, changed, f"the plan changed {_said(names)}"))
                self._keep(wanted, known, kept)
            case Remove(known):
                self.cancelled.append(self._there(known, "no longer planned"))
            case Unchanged(wanted, known, kept):
                self.unchanged += not kept
                self._keep(wanted, known, kept)
            case Settled(unchanged, meant):
                self.tell(replace(meant, kept=()) if isinstance(meant, Patch) else meant)
                self._keep(unchanged.wanted, unchanged.known, unchanged.kept)
            case KeptDeleted(wanted):
                told = "you deleted it; --restore brings it back"
                self.kept_deleted.append(_planned(wanted, message=told))
            case Look():
                self.unchanged += 1

    def fail(self, action: Insert | Patch | Remove, why: str) -> None:
        """Put down that Google would not do it."""
        if isinstance(action, Remove):
            self.failed.append(self._there(action.known, why))
        else:
            self.failed.append(_planned(action.wanted, message=why))

    def _keep(self, wanted: Wanted, known: Known, kept: tuple[str, ...]) -> None:
        if kept:
            line = self._there(known, self._why_kept(wanted, known, kept))
            names = _names(kept, known, wanted)
            self.kept_user_edit.append(replace(line, summary=wanted.event.summary, fields=names))

    def _why_kept(self, wanted: Wanted, known: Known, kept: tuple[str, ...]) -> str:
        mine = f"you changed {_said(kept)}, and that stays"
        found = times(known.there)
        if "time" not in kept or found is None:
            return mine
        planned = spoken(wanted.event.start.astimezone(self.zone))
        return f"{mine}: {spoken(found[0].astimezone(self.zone))}; the plan says {planned}"

    def _there(self, known: Known, message: str) -> Line:
        """An event as it stands at Google."""
        there = known.there or known.pending or {}
        found = times(there)
        start = found[0].astimezone(self.zone) if found else None
        return Line(known.uid, str(there.get("summary", "")), start, (), message)


def _planned(wanted: Wanted, fields: tuple[str, ...] = (), message: str = "") -> Line:
    event = wanted.event
    return Line(wanted.uid, event.summary, event.start, fields, message)


def _names(names: tuple[str, ...], known: Known, wanted: Wanted) -> tuple[str, ...]:
    """What Google calls these fields."""
    there, want = known.there, wanted.fields
    return tuple(each for name in names for each in google_names(name, there.get(name), want[name]))


def _said(names: tuple[str, ...]) -> str:
    words = [_WORDS[name] for name in names]
    return " and ".join(words) if len(words) < 3 else f"{', '.join(words[:-1])} and {words[-1]}"  # noqa: PLR2004  # one or two

"""What a sync did, follow-up by follow-up, each with its reason."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from calsync.domain import spoken
from calsync.errors import CalsyncError
from calsync.phrase import joined, phrase
from calsync.sync.protocol import Profile
from calsync.sync.reconcile import Action, Fetch, KeptDeleted, NeedsConsent, Settled, Unchanged, Write
from calsync.sync.values import Create, Delete, Fields, Known, Patch, Wanted, times

__all__ = ["Line", "Report"]

_WORDS = {
    "time": phrase("the time"),
    "summary": phrase("the title"),
    "description": phrase("the text"),
    "location": phrase("the place"),
    "source": phrase("the link"),
    "status": phrase("whether it is certain"),
    "transparency": phrase("whether it shows as busy"),
    "visibility": phrase("who can see it"),
    "reminders": phrase("the reminders"),
}
"""What a person calls a field."""


class Line(msgspec.Struct, frozen=True):
    """One follow-up in a report; ``start`` as it stands in the calendar afterwards, ``all_day`` if it is a day there.

    ``moved_to`` is the time that the user gave it there.
    """

    uid: str
    summary: str
    start: datetime | None
    fields: tuple[str, ...] = ()
    message: str = ""
    all_day: bool = False
    moved_to: datetime | None = None


class Report(msgspec.Struct):
    """What became of each follow-up. ``stopped`` says why not all of it was done, ``needs_yes`` what it would take.

    ``may_be_twice``: an earlier request for a calendar was never answered well,
    so an empty one of the same name may stand there. ``is_older``: the calendar
    knows later writes than this memory, which must be a copy of an earlier day.
    """

    zone: ZoneInfo
    profile: Profile
    calendar: str = ""
    created: list[Line] = msgspec.field(default_factory=list)
    updated: list[Line] = msgspec.field(default_factory=list)
    cancelled: list[Line] = msgspec.field(default_factory=list)
    unchanged: int = 0
    moved: list[Line] = msgspec.field(default_factory=list)
    kept_user_edit: list[Line] = msgspec.field(default_factory=list)
    kept_deleted: list[Line] = msgspec.field(default_factory=list)
    failed: list[Line] = msgspec.field(default_factory=list)
    stopped: CalsyncError | None = None
    needs_yes: NeedsConsent | None = None
    may_be_twice: bool = False
    is_older: bool = False

    def tell(self, action: Action) -> None:
        """Put down what an action did, or would do."""
        match action:
            case Create(wanted):
                self.created.append(_planned(wanted))
            case Patch(wanted, known, names, kept):
                if names:
                    changed = self._keys(names, known, wanted)
                    self.updated.append(
                        _planned(wanted, changed, phrase("the plan changed {said}", said=_said(names)))
                    )
                else:
                    self.unchanged += not kept
                self._keep(wanted, known, kept)
            case Delete(known):
                self.cancelled.append(self._there(known, phrase("no longer planned")))
            case Unchanged(wanted, known, kept):
                self.unchanged += not kept
                self._keep(wanted, known, kept)
            case Settled(unchanged, meant):
                self.tell(replace(meant, kept=()) if isinstance(meant, Patch) else meant)
                self._keep(unchanged.wanted, unchanged.known, unchanged.kept)
            case KeptDeleted(wanted, grave):
                told = phrase("you deleted it; --restore brings it back")
                if grave.why == "unknown":
                    told = phrase("it is gone, and nobody can say who deleted it; --restore brings it back")
                self.kept_deleted.append(_planned(wanted, message=told))
            case Fetch():
                self.unchanged += 1

    def fail(self, action: Write, why: str) -> None:
        """Put down that the calendar would not do it."""
        if isinstance(action, Delete):
            self.failed.append(self._there(action.known, why))
        else:
            self.failed.append(_planned(action.wanted, message=why))

    def _keep(self, wanted: Wanted, known: Known, kept: tuple[str, ...]) -> None:
        if kept:
            line = self._there(known, self._why_kept(wanted, known, kept))
            names = self._keys(kept, known, wanted)
            moved = line.start if "time" in kept and not line.all_day else None
            line = replace(line, summary=wanted.event.summary, fields=names, moved_to=moved)
            self.kept_user_edit.append(line)

    def _why_kept(self, wanted: Wanted, known: Known, kept: tuple[str, ...]) -> str:
        mine = phrase("you changed {said}, and that stays", said=_said(kept))
        found = times(known.there, self.zone)
        if "time" not in kept or found is None:
            return mine
        planned = spoken(wanted.event.start.astimezone(self.zone))
        there = _all_day(known.there)
        said = (
            phrase("all day on {there}", there=spoken(there))
            if there
            else spoken(found[0].astimezone(self.zone))
        )
        return phrase("{mine}: {said}; the plan says {planned}", mine=mine, said=said, planned=planned)

    def _there(self, known: Known, message: str) -> Line:
        """A resource as it stands in the calendar."""
        found = times(known.shown, self.zone)
        start = found[0].astimezone(self.zone) if found else None
        all_day = _all_day(known.shown) is not None
        return Line(
            known.uid.partition("#")[0], str(known.shown.get("summary", "")), start, (), message, all_day
        )

    def _keys(self, names: tuple[str, ...], known: Known, wanted: Wanted) -> tuple[str, ...]:
        """What the calendar calls these fields."""
        there, want = known.there, wanted.fields
        return tuple(key for name in names for key in self.profile.keys(name, there.get(name), want[name]))


def _all_day(fields: Fields) -> date | None:
    """The day, where the user made it one."""
    try:
        start = datetime.fromisoformat(fields["time"][0])
    except (KeyError, TypeError, ValueError, IndexError):
        return None
    return start.date() if start.tzinfo is None and start.time() == time.min else None


def _planned(wanted: Wanted, fields: tuple[str, ...] = (), message: str = "") -> Line:
    event = wanted.event
    return Line(wanted.uid, event.summary, event.start, fields, message)


def _said(names: tuple[str, ...]) -> str:
    words = [_WORDS.get(name, name) for name in names]
    return joined(words, last=phrase(" and "))

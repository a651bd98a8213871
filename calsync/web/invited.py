"""An invitation that was dropped: what it is about, what has to be confirmed, and what taking it in would do."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from calsync.errors import BadData, CalsyncError
from calsync.intake import zone
from calsync.intake.invitation import IncomingInvitation, ZoneWanted, read_invitation
from calsync.web.ahead import Line, Told, ahead, notes, told_record
from calsync.web.dropped import Dropped
from calsync.web.record_form import Wrong, refused, wrong
from calsync.web.told import changes_of
from calsync.web.words import phrase
from calsync.workflows.invitations import Received, receive

if TYPE_CHECKING:
    from calsync.web.visit import Visit

__all__ = ["Asked", "Invited", "looked_at", "taken_in"]

_ASKED = (
    ("company", phrase("Company")),
    ("role", phrase("Position")),
    ("contact", phrase("Whom to call or write")),
)
_SAID = {
    "new": phrase("A new interview"),
    "moved": phrase("It moves an interview that is known:"),
    "cancelled": phrase("It cancels this interview; its follow-ups go:"),
    "known": phrase("There is nothing new in it."),
    "stale": phrase("It is an older message about an interview that was changed since. It is left alone."),
    "unknown": phrase("It cancels an interview that is not known here. There is nothing to do."),
}
"""What a message can be about, and how that is said."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Something to confirm; ``source`` says what proposed it."""

    name: str
    label: str
    value: str
    source: str = ""
    wrong: Wrong | None = None


@dataclass(slots=True)
class Invited:
    """One invitation; ``said`` is what it is about, empty as long as something has to be told first."""

    file: str
    number: int
    said: str = ""
    title: str = ""
    asked: Sequence[Asked] = ()
    changes: Sequence[str] = ()
    lines: Sequence[Line] = ()
    record: Sequence[Told] = ()
    notes: list[str] = field(default_factory=list)
    problem: CalsyncError | None = None
    is_ready: bool = False
    is_news: bool = False


def looked_at(visit: "Visit", file: Dropped, number: int) -> Invited:
    """What it would do; to be called within a rehearsal, for it is done."""
    told = Invited(file.name, number)
    try:
        invitation = _read(visit, file, number)
    except ZoneWanted as error:
        told.asked = [
            Asked(f"{number}.timezone", visit.say("Their time zone"), "", "", _no_zone(visit, error))
        ]
        return told
    except CalsyncError as error:
        told.problem = error
        return told
    told.title, told.notes = invitation.summary, list(invitation.notes)
    is_new = visit.store.invited(invitation.uid) is None and not invitation.cancelled
    try:
        received = receive(
            visit.desk,
            visit.store,
            invitation,
            now=visit.now,
            values=_values(visit, number) if is_new else {},
        )
    except BadData as error:
        told.asked = _asked(visit, invitation, number, error)
        return told
    if is_new:
        told.asked = _asked(visit, invitation, number)
    _tell(visit, told, received)
    return told


def taken_in(visit: "Visit", file: Dropped, number: int) -> Received:
    """Take it in. Raises what reading it raises, and BadData for what is missing."""
    invitation = _read(visit, file, number)
    is_new = visit.store.invited(invitation.uid) is None
    values = _values(visit, number) if is_new else {}
    return receive(visit.desk, visit.store, invitation, now=visit.now, values=values)


def _read(visit: "Visit", file: Dropped, number: int) -> IncomingInvitation:
    named = visit.field(f"{number}.timezone")
    return read_invitation(file.source, preferences=visit.preferences, zone=zone(named) if named else None)


def _values(visit: "Visit", number: int) -> dict[str, object]:
    """What somebody wrote over the proposals; an emptied field counts too."""
    return {key: visit.field(f"{number}.{key}") for key, _ in _ASKED if visit.every(f"{number}.{key}")}


def _asked(
    visit: "Visit", invitation: IncomingInvitation, number: int, error: BadData | None = None
) -> list[Asked]:
    """The proposals, or what was written over them; what is missing says so."""
    faults = {each.key: each for each in wrong(visit, refused(error))} if error else {}
    written, found = _values(visit, number), []
    for key, label in _ASKED:
        proposal = getattr(invitation, key)
        value = str(written.get(key, proposal.value if proposal else ""))
        fault = faults.get(key)
        if error is not None and not value and key != "contact" and fault is None:
            fault = Wrong(key, visit.say(label), visit.say("the invitation does not tell it"), "")
        source = visit.say("from {source}", source=proposal.source) if proposal else ""
        found.append(Asked(f"{number}.{key}", visit.say(label), value, source, fault))
    if named := visit.field(f"{number}.timezone"):
        found.append(Asked(f"{number}.timezone", visit.say("Their time zone"), named))
    return found


def _no_zone(visit: "Visit", error: CalsyncError) -> Wrong:
    return Wrong("timezone", "", error.what, visit.say("a name like America/New_York"))


def _tell(visit: "Visit", told: Invited, received: Received) -> None:
    told.is_ready, told.said = True, visit.say(_SAID[received.kind])
    done = received.done
    if done is None or done.kept is None:
        return
    interview, told.is_news = done.kept.interview, True
    told.record = told_record(visit, interview, done.plan)
    told.changes = changes_of(visit, done) if received.kind != "new" else ()
    told.lines = ahead(visit, interview, done.plan.events if done.plan else ())
    told.notes += notes(visit, done.plan)

"""An invitation that was dropped: what it is about, what has to be confirmed, and what taking it in would do."""

from collections.abc import Sequence

import msgspec

from calsync.domain import replace
from calsync.errors import BadData, CalsyncError
from calsync.intake import zone
from calsync.intake.invitation import WHOLE_DAY, IncomingInvitation, ZoneWanted, calendars_in, read_invitation
from calsync.phrase import phrase
from calsync.web.changes import changes_of
from calsync.web.plan_lines import PlanLine, RecordLine, plan_lines, plan_notes, record_lines
from calsync.web.record_form import FieldError, faults_of, field_errors
from calsync.web.request import PageRequest
from calsync.web.uploads import Upload
from calsync.workflows.invitations import Received, receive

__all__ = ["InvitationPreview", "preview_invitation", "take_invitation"]


_ASKED = (
    ("company", phrase("Company")),
    ("role", phrase("Position")),
    ("contact", phrase("Whom to call or write")),
)
_SAID = {
    "new": phrase("A new interview"),
    "moved": phrase("It moves an interview that is known:"),
    "changed": phrase("It changes an interview that is known:"),
    "reopened": phrase("It opens an interview again that was cancelled:"),
    "cancelled": phrase("It cancels this interview; its follow-ups go:"),
    "known": phrase("There is nothing new in it."),
    "stale": phrase("It is an older message about an interview that was changed since. It is left alone."),
    "unknown": phrase(
        "It cancels an interview that is not known here. Save it, and it is remembered: should the invitation still come, it is cancelled."
    ),
}
"""What a message can be about, and how that is said."""


class AskedField(msgspec.Struct, frozen=True):
    """Something to confirm; ``source`` says what proposed it."""

    name: str
    label: str
    value: str
    source: str = ""
    wrong: FieldError | None = None


class InvitationPreview(msgspec.Struct):
    """One invitation; ``said`` is what it is about, empty as long as something has to be told first."""

    file: str
    number: int
    said: str = ""
    title: str = ""
    asked: Sequence[AskedField] = ()
    changes: Sequence[str] = ()
    lines: Sequence[PlanLine] = ()
    record: Sequence[RecordLine] = ()
    notes: list[str] = msgspec.field(default_factory=list)
    problem: CalsyncError | None = None
    is_ready: bool = False
    is_news: bool = False


def preview_invitation(request: PageRequest, file: Upload, number: int) -> InvitationPreview:
    """What it would do; to be called within a rehearsal, for it is done."""
    told = InvitationPreview(file.name, number)
    try:
        calendars_in(file.source)  # says what is wrong with a mail that carries none
        invitation = _read(request, file, number)
    except ZoneWanted as error:
        told.asked = [
            AskedField(f"{number}.timezone", request.say("Their time zone"), "", "", _no_zone(request, error))
        ]
        return told
    except CalsyncError as error:
        if error.code == WHOLE_DAY:
            fault = FieldError(
                "start", "", request.say(error.what), request.say("a day and a time like 2026-11-24 14:00")
            )
            told.asked = [AskedField(f"{number}.start", request.say("When it begins"), "", "", fault)]
        else:
            told.problem = error
        return told
    told.title, told.notes = invitation.summary, list(invitation.notes)
    is_new = request.store.invited(invitation.uid) is None and not invitation.cancelled
    try:
        received = receive(
            request.context,
            request.store,
            invitation,
            now=request.now,
            values=_values(request, number, is_new=is_new),
        )
    except BadData as error:
        told.asked = _asked(request, invitation, number, error)
        return told
    if is_new:
        told.asked = _asked(request, invitation, number)
    _tell(request, told, received)
    return told


def take_invitation(request: PageRequest, file: Upload, number: int) -> Received:
    """Take it in. Raises what reading it raises, and BadData for what is missing."""
    invitation = _read(request, file, number)
    is_new = request.store.invited(invitation.uid) is None
    values = _values(request, number, is_new=is_new)
    return receive(request.context, request.store, invitation, now=request.now, values=values)


def _read(request: PageRequest, file: Upload, number: int) -> IncomingInvitation:
    named, preferences = request.field(f"{number}.timezone"), request.preferences
    if me := request.field(f"{number}.me"):
        own = preferences.candidate
        preferences = replace(preferences, candidate=replace(own, email=own.email or me))
    return read_invitation(
        file.source,
        preferences=preferences,
        zone=zone(named) if named else None,
        start_needed=not request.field(f"{number}.start"),
    )


def _values(request: PageRequest, number: int, *, is_new: bool = True) -> dict[str, object]:
    """What somebody wrote over the proposals of a new one, an emptied field too; and when it is, where that was asked."""
    values: dict[str, object] = {
        key: request.field(f"{number}.{key}")
        for key, _ in _ASKED
        if is_new and request.every(f"{number}.{key}")
    }
    return values | {key: said for key in ("start", "timezone") if (said := request.field(f"{number}.{key}"))}


def _asked(
    request: PageRequest, invitation: IncomingInvitation, number: int, error: BadData | None = None
) -> list[AskedField]:
    """The proposals, or what was written over them; what is missing says so."""
    faults = {each.key: each for each in field_errors(request, faults_of(error))} if error else {}
    written, found = _values(request, number), []
    for key, label in _ASKED:
        proposal = getattr(invitation, key)
        value = str(written.get(key, proposal.value if proposal else ""))
        fault = faults.get(key)
        if error is not None and not value and key != "contact" and fault is None:
            fault = FieldError(key, request.say(label), request.say("the invitation does not tell it"), "")
        source = request.say("from {source}", source=proposal.source) if proposal else ""
        found.append(AskedField(f"{number}.{key}", request.say(label), value, source, fault))
    me = request.field(f"{number}.me")
    if me or invitation.assumed or invitation.perhaps:
        found.append(_who(request, invitation, f"{number}.me", me))
    if start := request.field(f"{number}.start"):
        found.append(AskedField(f"{number}.start", request.say("When it begins"), start))
    if named := request.field(f"{number}.timezone"):
        found.append(AskedField(f"{number}.timezone", request.say("Their time zone"), named))
    return found


def _who(request: PageRequest, invitation: IncomingInvitation, name: str, said: str) -> AskedField:
    """Who of those invited is the candidate: whoever is taken for them, or all who may be."""
    value = said or (invitation.assumed.email if invitation.assumed else "")
    people = ", ".join(person.email or person.name for person in invitation.perhaps[:4])
    hint = (
        request.say("one of {people}", people=people)
        if people
        else request.say("the settings can say it for good")
    )
    return AskedField(name, request.say("Your own address in it"), value, hint)


def _no_zone(request: PageRequest, error: CalsyncError) -> FieldError:
    fitting = error.fitting if isinstance(error, ZoneWanted) else ()
    return FieldError(
        "timezone", "", error.what, ", ".join(fitting) or request.say("a name like America/New_York")
    )


def _tell(request: PageRequest, told: InvitationPreview, received: Received) -> None:
    told.is_ready, told.said = True, request.say(_SAID[received.kind])
    told.notes += received.notes
    told.is_news = received.kind == "unknown"
    done = received.done
    if done is None or done.kept is None:
        return
    interview, told.is_news = done.kept.interview, True
    told.record = record_lines(request, interview, done.plan)
    told.changes = changes_of(request, done) if received.kind != "new" else ()
    told.lines = plan_lines(request, interview, done.plan.events if done.plan else ())
    told.notes += plan_notes(request, done.plan)

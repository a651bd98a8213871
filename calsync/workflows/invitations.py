"""An invitation meets what is remembered: it brings an interview, moves it, cancels it, or comes too late.

RFC 5546, section 2.1.4: the UID says which interview, the SEQUENCE which
message about it is newer.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from msgspec.structs import replace

from calsync.domain import spoken
from calsync.errors import BadData, BadValue, Usage
from calsync.intake import as_record, read_record
from calsync.intake.invitation import account_of, from_google, has_declined, is_of_a_series, likeness
from calsync.store import Invitation
from calsync.workflows.context import Context
from calsync.workflows.interviews import Done, add, edit

__all__ = [
    "FoundInvitation",
    "Kind",
    "LeftOut",
    "Looked",
    "Received",
    "chosen",
    "foretold",
    "look",
    "receive",
]

if TYPE_CHECKING:
    from calsync.intake.invitation import IncomingInvitation
    from calsync.store import Store, StoredInterview


Kind = Literal["new", "moved", "cancelled", "known", "stale", "unknown"]

_MOVES = ("start", "timezone", "minutes", "location", "url")
"""What a newer invitation changes; the rest of the record is the candidate's."""


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an invitation; ``done`` where something changed, ``notes`` what is to be said of it."""

    kind: Kind
    done: Done | None = None
    notes: tuple[str, ...] = ()


def receive(
    context: Context,
    store: "Store",
    invitation: "IncomingInvitation",
    *,
    now: datetime,
    values: Mapping[str, object] | None = None,
) -> Received:
    """Take an invitation in: a new one adds, a newer one moves, a cancellation ends, an older one is left alone.

    ``values`` are keys of the record that somebody gave beside it; a zone among
    them is the one that the invitation was read with. Raises
    BadData for a new one that does not tell company, role or start.
    """
    received = _received(context, store, invitation, _given(invitation, values or {}), now)
    kept = received.done.kept if received.done else None
    if kept is None or received.kind == "cancelled" or kept.interview.end > now:
        return received
    return replace(received, notes=(f"it is over: it was on {spoken(kept.interview.start)}",))


def _received(
    context: Context,
    store: "Store",
    invitation: "IncomingInvitation",
    given: dict[str, object],
    now: datetime,
) -> Received:
    known = store.invited(invitation.uid)
    if known is None:
        return _unknown(context, store, invitation, given, now)
    if known.invitation is not None and invitation.sequence < known.invitation.sequence:
        return Received(kind="stale")
    if invitation.cancelled:
        return _cancelled(context, store, invitation, known, now)
    return _again(context, store, invitation, known, given, now)


def _given(invitation: "IncomingInvitation", values: Mapping[str, object]) -> dict[str, object]:
    """What somebody gave beside it; a zone has been heard already, and moves no start that is known."""
    heard = {"timezone"} if invitation.start and not values.get("start") else set[str]()
    return {key: value for key, value in values.items() if key not in heard}


def foretold(store: "Store", invitation: "IncomingInvitation") -> Kind:
    """What ``receive`` would make of it, without anything given beside it."""
    known = store.invited(invitation.uid)
    if known is None:
        return "unknown" if invitation.cancelled else "new"
    if known.invitation is not None and invitation.sequence < known.invitation.sequence:
        return "stale"
    if invitation.cancelled:
        return "cancelled" if known.interview.status == "open" else "known"
    return "moved" if _changes(invitation, known, {}) else "known"


def _unknown(
    context: Context,
    store: "Store",
    invitation: "IncomingInvitation",
    values: dict[str, object],
    now: datetime,
) -> Received:
    if invitation.cancelled:
        return Received(kind="unknown")
    record = {**invitation.proposed, **values}
    missing = [key for key in ("company", "role", "start") if not record.get(key)]
    if missing:
        raise BadData(
            f"the invitation does not tell the {' and the '.join(missing)}",
            remedy=f"add {' '.join(f'--{key} …' if key != 'start' else '--at …' for key in missing)}",
            code="CS-INV-030",
        )
    interview = read_record(record, preferences=context.preferences)
    taken = store.taken([interview.id, *(f"{interview.id[:60]}-{number}" for number in range(2, 50))])
    if interview.id in taken:
        interview = read_record(record, preferences=context.preferences, taken=taken)
    return Received(kind="new", done=add(context, store, interview, now=now, invitation=_source(invitation)))


def _cancelled(
    context: Context,
    store: "Store",
    invitation: "IncomingInvitation",
    known: "StoredInterview",
    now: datetime,
) -> Received:
    if known.interview.status != "open":
        return Received(kind="known")
    done = edit(
        context,
        store,
        known.number,
        {"status": "closed"},
        now=now,
        invitation=_source(invitation),
        label="invitation cancels",
    )
    return Received(kind="cancelled", done=done)


def _again(
    context: Context,
    store: "Store",
    invitation: "IncomingInvitation",
    known: "StoredInterview",
    values: dict[str, object],
    now: datetime,
) -> Received:
    """A message about an interview that is known: moved if it says another time or place."""
    changed = _changes(invitation, known, values)
    if not changed and not _is_newer(invitation, known):
        return Received(kind="known")
    done = edit(
        context,
        store,
        known.number,
        changed,
        now=now,
        invitation=_source(invitation),
        label="invitation moves",
    )
    return Received(kind="moved" if changed else "known", done=done if changed else None)


def _changes(
    invitation: "IncomingInvitation", known: "StoredInterview", values: Mapping[str, object]
) -> dict[str, object]:
    """The keys of the record that a newer message, and what was given beside it, say otherwise."""
    record = as_record(known.interview)
    said = {key: invitation.proposed[key] for key in _MOVES if key in invitation.proposed} | dict(values)
    changed = {key: value for key, value in said.items() if str(value) != str(record.get(key))}
    if known.interview.status == "closed" and _is_newer(invitation, known):
        changed["status"] = "open"  # cancelled before, and invited again
    return changed


def _is_newer(invitation: "IncomingInvitation", known: "StoredInterview") -> bool:
    return known.invitation is None or invitation.sequence > known.invitation.sequence


def _source(invitation: "IncomingInvitation") -> "Invitation":
    return Invitation(invitation.uid, invitation.sequence)


# Appointments in the user's calendar at Google that look like interviews, and what is known of them already.
#
# ``look`` finds them; which of them is one is for a person to say, and ``receive`` takes it in
# like any other invitation.

if TYPE_CHECKING:
    from calsync.intake.invitation import IncomingInvitation
    from calsync.store import Store


class FoundInvitation(msgspec.Struct, frozen=True):
    """An appointment with its number in the list, which stays the same when others are taken.

    ``why`` is what makes it look like an interview; ``known`` the interview that it brought before.
    """

    number: int
    invitation: "IncomingInvitation"
    kind: Kind
    why: tuple[str, ...]
    known: int | None = None

    @property
    def is_news(self) -> bool:
        """Whether taking it would change anything."""
        return self.kind in {"new", "moved", "cancelled"}


class LeftOut(msgspec.Struct, frozen=True):
    """Something that looks like an interview and cannot be taken."""

    title: str
    why: str


class Looked(msgspec.Struct, frozen=True):
    """What was found, in order of its start, and what was left out."""

    found: Sequence[FoundInvitation]
    left_out: Sequence[LeftOut]


def look(context: Context, store: "Store", events: Iterable[Mapping[str, Any]], calendar_zone: str) -> Looked:
    """Those of the events that look like interviews, or brought one before."""
    found: list[FoundInvitation] = []
    left_out: list[LeftOut] = []
    for event in events:
        told = _told(context, store, event, calendar_zone)
        if isinstance(told, LeftOut):
            left_out.append(told)
        elif told is not None:
            found.append(replace(told, number=len(found) + 1))
    return Looked(found, left_out)


def chosen(found: Sequence[FoundInvitation], names: Iterable[str]) -> list[FoundInvitation]:
    """Those that are meant by their numbers or their uids, each once, in their order. Raises Usage."""
    meant: set[int] = set()
    for name in names:
        numbers = [each.number for each in found if name in (str(each.number), each.invitation.uid)]
        if not numbers:
            last = f"from 1 to {len(found)}" if found else "none"
            raise Usage(
                f"{name!r} is none of the numbers in the list", remedy=f"they are {last}", where="--take",
                code="CS-USE-040",
            )  # fmt: skip
        meant.update(numbers)
    return [each for each in found if each.number in meant]


def _told(
    context: Context, store: "Store", event: Mapping[str, Any], calendar_zone: str
) -> "FoundInvitation | LeftOut | None":
    try:
        invitation = from_google(event, preferences=context.preferences, calendar_zone=calendar_zone)
    except (BadValue, BadData):  # whole days, weeks away, tasks: nothing that anybody is interviewed in
        return None
    known = store.invited(invitation.uid)
    if known is not None:
        return FoundInvitation(0, invitation, foretold(store, invitation), (), known.number)
    why = likeness(invitation, account_of(event))
    if not why or invitation.cancelled or has_declined(event):
        return None
    if is_of_a_series(event):
        return LeftOut(invitation.summary, "it is one of a series")
    return FoundInvitation(0, invitation, "new", why)

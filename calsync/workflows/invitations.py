"""An invitation meets what is remembered: it brings an interview, moves it, cancels it, or comes too late.

RFC 5546, section 2.1.4: the UID says which interview, the SEQUENCE which
message about it is newer.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from calsync.domain.value import Value
from calsync.errors import BadData
from calsync.workflows.desk import Desk
from calsync.workflows.verbs import Done, add, edit

if TYPE_CHECKING:
    from calsync.intake.invitation import IncomingInvitation
    from calsync.store import Invitation, Kept, Store

__all__ = ["Kind", "Received", "foretold", "receive"]

Kind = Literal["new", "moved", "cancelled", "known", "stale", "unknown"]

_MOVES = ("start", "timezone", "minutes", "location", "url")
"""What a newer invitation changes; the rest of the record is the candidate's."""


class Received(Value, kw_only=True):
    """What became of an invitation; ``done`` where something changed."""

    kind: Kind
    done: Done | None = None


def receive(
    desk: Desk,
    store: "Store",
    invitation: "IncomingInvitation",
    *,
    now: datetime,
    values: Mapping[str, object] | None = None,
) -> Received:
    """Take an invitation in: a new one adds, a newer one moves, a cancellation ends, an older one is left alone.

    ``values`` are keys of the record that somebody gave beside it. Raises
    BadData for a new one that does not tell company, role or start.
    """
    known = store.invited(invitation.uid)
    if known is None:
        return _unknown(desk, store, invitation, dict(values or {}), now)
    if known.invitation is not None and invitation.sequence < known.invitation.sequence:
        return Received(kind="stale")
    if invitation.cancelled:
        return _cancelled(desk, store, invitation, known, now)
    return _again(desk, store, invitation, known, dict(values or {}), now)


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
    desk: Desk, store: "Store", invitation: "IncomingInvitation", values: dict[str, object], now: datetime
) -> Received:
    from calsync.intake import read_record  # noqa: PLC0415  # not for what is known

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
    interview = read_record(record, preferences=desk.preferences)
    taken = store.taken([interview.id, *(f"{interview.id[:60]}-{number}" for number in range(2, 50))])
    if interview.id in taken:
        interview = read_record(record, preferences=desk.preferences, taken=taken)
    return Received(kind="new", done=add(desk, store, interview, now=now, invitation=_source(invitation)))


def _cancelled(
    desk: Desk, store: "Store", invitation: "IncomingInvitation", known: "Kept", now: datetime
) -> Received:
    if known.interview.status != "open":
        return Received(kind="known")
    done = edit(
        desk,
        store,
        known.number,
        {"status": "closed"},
        now=now,
        invitation=_source(invitation),
        label="invitation cancels",
    )
    return Received(kind="cancelled", done=done)


def _again(
    desk: Desk,
    store: "Store",
    invitation: "IncomingInvitation",
    known: "Kept",
    values: dict[str, object],
    now: datetime,
) -> Received:
    """A message about an interview that is known: moved if it says another time or place."""
    changed = _changes(invitation, known, values)
    if not changed and not _is_newer(invitation, known):
        return Received(kind="known")
    done = edit(
        desk, store, known.number, changed, now=now, invitation=_source(invitation), label="invitation moves"
    )
    return Received(kind="moved" if changed else "known", done=done if changed else None)


def _changes(
    invitation: "IncomingInvitation", known: "Kept", values: Mapping[str, object]
) -> dict[str, object]:
    """The keys of the record that a newer message, and what was given beside it, say otherwise."""
    from calsync.intake import as_record  # noqa: PLC0415  # as above

    record = as_record(known.interview)
    said = {key: invitation.proposed[key] for key in _MOVES if key in invitation.proposed} | dict(values)
    changed = {key: value for key, value in said.items() if str(value) != str(record.get(key))}
    if known.interview.status == "closed" and _is_newer(invitation, known):
        changed["status"] = "open"  # cancelled before, and invited again
    return changed


def _is_newer(invitation: "IncomingInvitation", known: "Kept") -> bool:
    return known.invitation is None or invitation.sequence > known.invitation.sequence


def _source(invitation: "IncomingInvitation") -> "Invitation":
    from calsync.store import Invitation  # noqa: PLC0415  # as above

    return Invitation(invitation.uid, invitation.sequence)

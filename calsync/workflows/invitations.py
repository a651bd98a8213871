"""An invitation meets what is remembered: it brings an interview, changes it, cancels it, or comes too late.

The UID says which interview it is about, ``calsync.workflows.threads`` what the
message means for it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from calsync.domain import Interview, spoken
from calsync.errors import BadData
from calsync.intake import read_record
from calsync.phrase import joined, phrase
from calsync.workflows.context import Context
from calsync.workflows.identity import same_interview
from calsync.workflows.interviews import Done, add, edit
from calsync.workflows.threads import Kind, first_of, order, verdict

if TYPE_CHECKING:
    from calsync.intake.invitation import IncomingInvitation
    from calsync.store import Store, StoredInterview

__all__ = ["Kind", "Received", "foretold", "receive"]

_LABELS = {
    "moved": phrase("invitation moves"),
    "changed": phrase("invitation changes"),
    "reopened": phrase("invitation opens again"),
    "cancelled": phrase("invitation cancels"),
    "stale": phrase("earlier invitation adds to"),
}


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an invitation; ``done`` where something changed, ``notes`` what is to be said of it.

    ``before`` is the interview that was known, as it was.
    """

    kind: Kind
    done: Done | None = None
    before: Interview | None = None
    notes: tuple[str, ...] = ()


def receive(
    context: Context,
    store: "Store",
    invitation: "IncomingInvitation",
    *,
    now: datetime,
    values: Mapping[str, object] | None = None,
) -> Received:
    """Take an invitation in: a new one adds, a newer one changes, a cancellation ends, an older one is left alone.

    ``values`` are keys of the record that somebody gave beside it; a zone among
    them is the one that the invitation was read with. Raises
    BadData for a new one that does not tell company, role or start.
    """
    given = _given(invitation, values or {})
    known = store.invited(invitation.uid)
    if known is not None:
        received = _known(context, store, invitation, known, given, now)
    elif invitation.cancelled:
        received = _unknown(store, invitation, now)
    else:
        received = _new(context, store, invitation, given, now)
    kept = received.done.kept if received.done else None
    if kept is None or received.kind == "cancelled" or kept.interview.end > now:
        return received
    past = phrase("it is over: it was on {start}", start=spoken(kept.interview.start))
    return replace(received, notes=(*received.notes, past))


def foretold(context: Context, store: "Store", invitation: "IncomingInvitation") -> Kind:
    """What ``receive`` would make of it, without anything given beside it."""
    known = store.invited(invitation.uid)
    if known is None:
        return "unknown" if invitation.cancelled else "new"
    return verdict(invitation, known, {}, context.preferences).kind


def _given(invitation: "IncomingInvitation", values: Mapping[str, object]) -> dict[str, object]:
    """What somebody gave beside it; a zone has been heard already, and moves no start that is known."""
    heard = {"timezone"} if invitation.start and not values.get("start") else set[str]()
    return {key: value for key, value in values.items() if key not in heard}


def _known(
    context: Context,
    store: "Store",
    invitation: "IncomingInvitation",
    known: "StoredInterview",
    given: Mapping[str, object],
    now: datetime,
) -> Received:
    """A message about an interview that is known."""
    said = verdict(invitation, known, given, context.preferences)
    if not said.values:
        if said.thread != known.invitation:
            with store.upkeep(at=now) as upkeep:
                upkeep.hear(known.number, said.thread)
        return Received(kind=said.kind, before=known.interview)
    done = edit(
        context,
        store,
        known.number,
        said.values,
        now=now,
        invitation=said.thread,
        label=_LABELS[said.kind],
    )
    return Received(kind=said.kind, done=done, before=known.interview)


def _unknown(store: "Store", invitation: "IncomingInvitation", now: datetime) -> Received:
    """A cancellation of nothing known: what it cancels may still be on its way."""
    message, heard = first_of(invitation), store.called_off(invitation.uid)
    if heard is None or order(message, heard) > 0:
        with store.upkeep(at=now) as upkeep:
            upkeep.call_off(message)
    return Received(kind="unknown")


def _new(
    context: Context,
    store: "Store",
    invitation: "IncomingInvitation",
    given: Mapping[str, object],
    now: datetime,
) -> Received:
    record = {**invitation.proposed, **given}
    missing = [key for key in ("company", "role", "start") if not record.get(key)]
    if missing:
        raise BadData(
            phrase(
                "the invitation does not tell the {missing}", missing=joined(missing, phrase(" and the "))
            ),
            remedy=phrase(
                "add {options}",
                options=" ".join(f"--{key} …" if key != "start" else "--at …" for key in missing),
            ),
            code="CS-INV-030",
        )
    thread = first_of(invitation, store.called_off(invitation.uid))
    notes: tuple[str, ...] = ()
    if thread.cancelled:
        record, notes = (
            {**record, "status": "closed"},
            (phrase("a later message that came before this one cancels it"),),
        )
    interview = read_record(record, preferences=context.preferences)
    if same := same_interview(store, interview):
        return _under_another_uid(context, store, invitation, same, given, now)
    taken = store.taken([interview.id, *(f"{interview.id[:60]}-{number}" for number in range(2, 50))])
    if interview.id in taken:
        interview = read_record(record, preferences=context.preferences, taken=taken)
    return Received(kind="new", done=add(context, store, interview, now=now, invitation=thread), notes=notes)


def _under_another_uid(
    context: Context,
    store: "Store",
    invitation: "IncomingInvitation",
    same: "StoredInterview",
    given: Mapping[str, object],
    now: datetime,
) -> Received:
    """The interview is known, from another message or by hand: from now on it goes by this one."""
    was_cancelled = same.invitation is not None and same.invitation.cancelled
    values = {**given, **({"status": "open"} if was_cancelled and same.interview.status == "closed" else {})}
    thread = first_of(invitation)
    note = (
        phrase(
            "it is interview {number}, which is remembered already: later messages of this thread change it",
            number=same.number,
        ),
    )
    if not values:
        with store.upkeep(at=now) as upkeep:
            upkeep.hear(same.number, thread)
        return Received(kind="known", before=same.interview, notes=note)
    kind: Kind = "reopened" if "status" in values else "changed"
    done = edit(context, store, same.number, values, now=now, invitation=thread, label=_LABELS[kind])
    return Received(kind=kind, done=done, before=same.interview, notes=note)

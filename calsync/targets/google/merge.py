"""Three ways, field by field: what stood there after our last write, what stands there now, what is planned.

Whatever differs from what our last write left is the user's doing and stays.
Whatever the plan changed since our last write, and the user did not, is sent.
Google's answer to a write need not be what was written (minutes clamped, texts
trimmed), so both are kept: a plan is compared with what was *sent*, an event
with what was *answered*, and a difference between the two never makes a write.

A write whose answer got lost is known by ``pending``, which is recorded before
anything is sent: a field that stands there as it was sent is our own.
"""

from collections.abc import Collection, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from calsync.targets.google.wire import FIELDS, Fields

__all__ = ["Known", "Merged", "confirmed", "merge", "seen", "sending"]

_NOTHING: Mapping[str, Any] = {}


class Known(msgspec.Struct, frozen=True):
    """What is known of one event at Google.

    ``sent`` is what our writes said, ``base`` what Google answered to them,
    ``there`` what was last seen, ``pending`` what is under way (None: nothing).
    ``removing``: we have begun to delete it. ``etag`` is empty until Google
    has answered for this event once. ``interview`` and ``candidate`` say whose
    follow-up it is when it is planned no longer.
    """

    uid: str
    id: str
    generation: int = 0
    etag: str = ""
    sent: Fields = _NOTHING
    base: Fields = _NOTHING
    there: Fields = _NOTHING
    pending: Fields | None = None
    removing: bool = False
    interview: str = ""
    candidate: str = ""


class Merged(msgspec.Struct, frozen=True):
    """``patch``: the fields to send. ``kept``: those that differ from the plan because the user changed them."""

    known: Known
    patch: tuple[str, ...]
    kept: tuple[str, ...]


def merge(known: Known, wanted: Fields) -> Merged:
    """What to send so that the event is as planned wherever the user did not touch it."""
    base, sent = dict(known.base), dict(known.sent)
    patch, kept = [], []
    for name in FIELDS:
        there, want = known.there[name], wanted[name]
        if there == want:
            base[name], sent[name] = there, want
        elif there != base[name]:
            kept.append(name)
        elif want != sent[name]:
            patch.append(name)
    return Merged(replace(known, base=base, sent=sent), tuple(patch), tuple(kept))


def sending(known: Known, wanted: Fields, names: Collection[str] = FIELDS) -> Known:
    """Before these fields are sent: an answer that gets lost must not look like the user's doing."""
    return replace(known, pending={name: wanted[name] for name in names})


def confirmed(known: Known, there: Fields, etag: str) -> Known:
    """After Google answered to what was pending: that is how our write came out.

    Fields that the user changed stay different from the base, and so stay theirs.
    """
    pending = known.pending or _NOTHING
    theirs = {name for name in known.base if name not in pending and known.there[name] != known.base[name]}
    base = {name: known.base[name] if name in theirs else there[name] for name in FIELDS}
    return replace(
        known,
        etag=etag,
        sent={**known.sent, **pending},
        base=base,
        there=dict(there),
        pending=None,
        removing=False,
    )


def seen(known: Known, there: Fields, etag: str) -> Known:
    """After a look at the event: what stands there now, and whether a write that was under way went through."""
    pending = known.pending or _NOTHING
    base, sent = dict(known.base), dict(known.sent)
    for name, value in pending.items():
        if name not in base or there[name] == value:
            base[name] = sent[name] = value
    return replace(known, etag=etag, sent=sent, base=base, there=dict(there), pending=None)

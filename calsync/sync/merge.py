"""Three ways, field by field: what stood there after our last write, what stands there now, what is planned.

Whatever differs from what our last write left is the user's doing and stays.
Whatever the plan changed since our last write, and the user did not, is sent.
A calendar's answer to a write need not be what was written (minutes clamped,
texts trimmed), so both are kept: a plan is compared with what was *sent*, a
resource with what was *returned*, and a difference between the two never makes a write.

A write whose answer got lost is known by ``pending``, noted before anything is
sent, and by the mark that it left: a field that stands there as it was sent is our own.
"""

from collections.abc import Collection
from typing import Any

import msgspec
from msgspec.structs import replace

from calsync.sync.values import Fields, Known, Pending, Resource

__all__ = ["Merged", "adopt", "confirm", "merge", "observe", "prepare"]


class Merged(msgspec.Struct, frozen=True):
    """``patch``: the fields to send. ``kept``: those that differ from the plan because the user changed them."""

    known: Known
    patch: tuple[str, ...]
    kept: tuple[str, ...]


def merge(known: Known, wanted: Fields) -> Merged:
    """What to send so that the resource is as planned wherever the user did not touch it."""
    returned, sent = dict(known.returned), dict(known.sent)
    patch, kept = [], []
    for name, want in wanted.items():
        there = known.there[name]
        if there == want:
            returned[name], sent[name] = there, want
        elif there != returned.get(name):
            kept.append(name)
        elif want != sent.get(name):
            patch.append(name)
    return Merged(replace(known, returned=returned, sent=sent), tuple(patch), tuple(kept))


def prepare(known: Known, wanted: Fields, names: Collection[str], count: int = 0) -> Known:
    """Before these fields are sent: an answer that gets lost must not look like the user's doing."""
    sending = Pending(count, {name: wanted[name] for name in names})
    return replace(known, pending=(*known.pending, sending))


def confirm(known: Known, resource: Resource) -> Known:
    """After the answer to the last write: that is how it came out.

    Fields that the user changed stay different from what was returned, and so stay theirs.
    """
    last = known.pending[-1] if known.pending else Pending(known.count, {})
    there = resource.fields
    theirs = {
        name
        for name in known.returned
        if name not in last.fields and known.there.get(name) != known.returned[name]
    }
    returned = {name: known.returned[name] if name in theirs else there[name] for name in there}
    return replace(
        known,
        etag=resource.etag,
        sent={**known.sent, **last.fields},
        returned=returned,
        there=dict(there),
        pending=(),
        deleting=False,
        count=last.count,
    )


def observe(known: Known, resource: Resource, store: str = "") -> Known:
    """After a look: what stands there now, and which of our writes it shows.

    A field is ours where it stands as one of the pending writes sent it, or as
    the resource's own mark says that calsync sent it.
    """
    there, mark = resource.fields, resource.mark
    arrived = mark if mark is not None and mark.store == store and mark.digests else None
    returned, sent = dict(known.returned), dict(known.sent)
    for name, value in there.items():
        for write in known.pending:
            if name in write.fields and (name not in returned or value == write.fields[name]):
                returned[name] = sent[name] = write.fields[name]
        if arrived and arrived.count != known.count and arrived.fits(name, value):
            returned[name] = sent[name] = value
    count = arrived.count if arrived else known.count
    return replace(
        known,
        etag=resource.etag,
        sent=sent,
        returned=returned,
        there=dict(there),
        pending=tuple(write for write in known.pending if arrived and write.count > count),
        count=count,
    )


def adopt(known: Known, resource: Resource, wanted: Fields) -> Known:
    """A resource of ours that is not remembered: what fits its mark is ours, and what fits the plan.

    Without digests, whatever differs from the plan is the user's: nothing else is known of it.
    """
    mark = resource.mark
    values: dict[str, Any] = {}
    for name, value in resource.fields.items():
        fits = mark is not None and mark.fits(name, value)
        values[name] = value if fits or name not in wanted else wanted[name]
    return replace(
        known,
        etag=resource.etag,
        sent=values,
        returned=values,
        there=dict(resource.fields),
        count=mark.count if mark else 0,
    )

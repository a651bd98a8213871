"""What is known of our calendar at Google, and how it takes in what Google shows: values in, values out."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal

import msgspec
from msgspec.structs import replace

from calsync.domain import Event
from calsync.targets.google.merge import Known, seen
from calsync.targets.google.wire import Fields, Resource, event_id, fields, is_ours, times

__all__ = ["Buried", "Picture", "Wanted", "Why", "bury", "is_over", "is_there", "next_generation", "observe"]

Why = Literal["user", "calsync"]
"""Who deleted an event: the user for good, or calsync because it was planned no longer."""


class Wanted(msgspec.Struct, frozen=True):
    """A follow-up as it should stand at Google, and whose it is."""

    uid: str
    body: Resource
    fields: Fields
    event: Event
    candidate: str = ""


class Buried(msgspec.Struct, frozen=True):
    """An id that is gone and stays taken."""

    uid: str
    generation: int
    why: Why


class Picture(msgspec.Struct, frozen=True):
    """All that is known of our calendar, by uid; ``buried`` is the last burial of each."""

    store: str
    known: Mapping[str, Known]
    buried: Mapping[str, Buried]


def observe(picture: Picture, resources: Iterable[Resource], wanted: Iterable[Wanted]) -> Picture:
    """What is known after Google showed these events.

    A follow-up that is ``wanted`` and not known may be there all the same: its
    answer got lost together with our memory, or the user brought it back.
    """
    known, buried = dict(picture.known), dict(picture.buried)
    by_id = {each.id: each.uid for each in known.values()}
    strange = [each for each in resources if not _took_in(known, buried, by_id, each)]
    if strange:
        expected = _expected(picture, wanted)
        for resource in strange:
            each, generation = expected.get(resource.get("id", ""), (None, 0))
            if each and each.uid not in known and is_there(resource) and is_ours(resource, each.uid):
                known[each.uid] = _found(each, generation, resource)
    return Picture(picture.store, known, buried)


def is_over(known: Known, now: datetime) -> bool:
    """Whether an event has ended, as it stands there."""
    found = times(known.there or known.pending or {})
    return found is not None and found[1] <= now


def next_generation(picture: Picture, uid: str) -> int:
    """Deleted ids stay taken, so each return of a follow-up is a generation."""
    buried = picture.buried.get(uid)
    return 0 if buried is None else buried.generation + 1


def _took_in(
    known: dict[str, Known], buried: dict[str, Buried], by_id: Mapping[str, str], resource: Resource
) -> bool:
    """Take in an event that is known; False for one that is not."""
    uid = by_id.get(resource.get("id", ""))
    mine = known.get(uid) if uid is not None else None
    if mine is None:
        return False
    if not is_there(resource):
        bury(known, buried, mine, "calsync" if mine.removing else "user")
    elif not mine.etag and not is_ours(resource, mine.uid):
        bury(known, buried, mine, "calsync")  # somebody else's event has the id, and keeps it
    elif resource.get("etag") != mine.etag or mine.pending is not None or mine.removing:
        known[mine.uid] = _looked_at(mine, resource)
    return True


def bury(known: dict[str, Known], buried: dict[str, Buried], gone: Known, why: Why) -> None:
    """Know no more of an event than that its id is taken for good, and who deleted it."""
    known.pop(gone.uid, None)
    last = buried.get(gone.uid)
    again = (
        last is not None and last.generation >= gone.generation
    )  # brought back by the user, and gone once more
    buried[gone.uid] = Buried(gone.uid, last.generation + 1 if last and again else gone.generation, why)


def is_there(resource: Resource) -> bool:
    """Whether an event stands in the calendar; a deleted one is still answered for, as cancelled."""
    return resource.get("status") != "cancelled"


def _looked_at(known: Known, resource: Resource) -> Known:
    return replace(seen(known, fields(resource), resource.get("etag", "")), removing=False)


def _found(wanted: Wanted, generation: int, resource: Resource) -> Known:
    """What differs from the plan is the user's: nothing else is known of the event."""
    known = Known(wanted.uid, resource["id"], generation, pending=wanted.fields)
    known = replace(known, interview=wanted.event.interview, candidate=wanted.candidate)
    return seen(known, fields(resource), resource.get("etag", ""))


def _expected(picture: Picture, wanted: Iterable[Wanted]) -> dict[str, tuple[Wanted, int]]:
    """The follow-ups that are not known, by the ids that they could have: of their last burial, and the next."""
    found = {}
    for each in wanted:
        if each.uid not in picture.known:
            following = next_generation(picture, each.uid)
            for generation in {following, max(following - 1, 0)}:
                found[event_id(picture.store, each.uid, generation)] = (each, generation)
    return found

"""What is known of one calendar, and how it takes in what the calendar shows: values in, values out."""

from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from typing import Literal

import msgspec
from msgspec.structs import replace

from calsync.sync.merge import adopt, observe
from calsync.sync.protocol import Profile
from calsync.sync.values import Known, Resource, Wanted, times

__all__ = ["CalendarState", "Grave", "Why", "bury", "bury_all", "is_over", "next_generation", "take_in"]

Why = Literal["user", "calsync", "never", "unknown"]
"""Who deleted a resource: the user for good, or calsync because it was planned no longer. ``never``: it was
begun and not found, and may yet arrive. ``unknown``: it went while this memory was not the newest."""


class Grave(msgspec.Struct, frozen=True):
    """A name that is gone and stays taken."""

    uid: str
    generation: int
    why: Why


class CalendarState(msgspec.Struct, frozen=True):
    """All that is known of a calendar, by uid; ``graves`` has the last one of each.

    ``count`` numbers the writes of this store. ``older``: the calendar has seen
    later writes of this store than this memory knows of; ``restored``: it was so once.
    """

    store: str
    known: Mapping[str, Known]
    graves: Mapping[str, Grave]
    count: int = 0
    older: bool = False
    restored: bool = False


def take_in(
    state: CalendarState,
    resources: Iterable[Resource],
    wanted: Iterable[Wanted],
    profile: Profile,
    count: int = 0,
) -> CalendarState:
    """What is known after the calendar showed these resources, and that this store had come to ``count``.

    A follow-up that is ``wanted`` and not known may be there all the same: its
    answer got lost together with our memory, or the user brought it back.
    """
    resources = list(resources)
    newest = max([count, *(_count(state, each) for each in resources)])
    older = state.older or newest > state.count
    restored = state.restored or older
    state = replace(state, count=max(state.count, newest), older=older, restored=restored)
    known, graves = dict(state.known), dict(state.graves)
    by_href = {each.href: each.uid for each in known.values()}
    strange = [each for each in resources if not _take_in_known(state, known, graves, by_href, each)]
    if strange:
        plan = {each.uid: each for each in wanted}
        for resource in strange:
            _take_in_strange(state, known, plan, profile, resource)
    return replace(state, known=known, graves=graves)


def _count(state: CalendarState, resource: Resource) -> int:
    return resource.mark.count if resource.mark and resource.mark.store == state.store else 0


def _take_in_known(
    state: CalendarState,
    known: dict[str, Known],
    graves: dict[str, Grave],
    by_href: Mapping[str, str],
    resource: Resource,
) -> bool:
    """Take in a resource that is known; False for one that is not."""
    uid = by_href.get(resource.href)
    mine = known.get(uid) if uid is not None else None
    if mine is None:
        return False
    if resource.deleted:
        why: Why = "unknown" if state.older else "user"
        if mine.deleting:
            why = "calsync" if mine.etag else "never"
        elif state.restored and not mine.etag and len(mine.pending) <= 1:
            why = "calsync"  # the name was given in a life that this memory does not know
        bury(known, graves, mine, why)
    elif not mine.etag and (resource.mark is None or resource.mark.uid != mine.uid):
        bury(known, graves, mine, "calsync")  # somebody else's resource has the name, and keeps it
    elif resource.etag != mine.etag or mine.pending or mine.deleting:
        known[mine.uid] = observe(mine, resource, state.store)
    return True


def _take_in_strange(
    state: CalendarState,
    known: dict[str, Known],
    plan: Mapping[str, Wanted],
    profile: Profile,
    resource: Resource,
) -> None:
    """Take in a resource that is not remembered, if it is one of ours under a name that calsync gave."""
    mark = resource.mark
    if mark is None or resource.deleted:
        return
    each = plan.get(mark.uid)
    generation = _generation(state, profile, resource)
    if generation is None:
        return
    if each is not None and mark.uid not in known:
        made = Known(each.uid, resource.href, generation)
        made = replace(made, interview=each.event.interview, candidate=each.candidate)
        known[each.uid] = adopt(made, resource, each.fields)
    elif _is_stray(state, resource, mark.uid in known, planned=each is not None):
        uid = f"{mark.uid}#{generation}"
        known[uid] = adopt(Known(uid, resource.href, generation), resource, {})


def _generation(state: CalendarState, profile: Profile, resource: Resource) -> int | None:
    """Which return of a follow-up a resource of ours is, by its name; None where the name is not of calsync's making."""
    mark = resource.mark
    assert mark is not None  # the caller has looked
    following = next_generation(state, mark.uid)
    for generation in {following, max(following - 1, 0), mark.generation}:
        for store in {state.store, mark.store or state.store}:
            if profile.href(store, mark.uid, generation) == resource.href:
                return generation
    return None


def _is_stray(state: CalendarState, resource: Resource, is_known: bool, *, planned: bool) -> bool:  # noqa: FBT001  # as named
    """Whether a creation of ours arrived late, or a removal of ours was forgotten, and nobody has touched it since."""
    mark = resource.mark
    if mark is None or mark.store != state.store or not mark.digests:
        return False
    grave = state.graves.get(mark.uid)
    forgotten = grave is None or grave.why == "never" or grave.generation < mark.generation
    untouched = all(mark.fits(name, value) for name, value in resource.fields.items())
    return forgotten and untouched and (is_known or not planned)


def is_over(known: Known, now: datetime, zone: tzinfo) -> bool:
    """Whether a resource has ended, as it stands there; a whole day ends with the user's day."""
    found = times(known.shown, zone)
    return found is not None and found[1] <= now


def next_generation(state: CalendarState, uid: str) -> int:
    """Deleted names stay taken, so each return of a follow-up is a generation."""
    grave = state.graves.get(uid)
    return 0 if grave is None else grave.generation + 1


def bury(known: dict[str, Known], graves: dict[str, Grave], gone: Known, why: Why) -> None:
    """Know no more of a resource than that its name is taken for good, and who deleted it."""
    known.pop(gone.uid, None)
    last = graves.get(gone.uid)
    again = (
        last is not None and last.generation >= gone.generation
    )  # brought back by the user, and gone once more
    graves[gone.uid] = Grave(gone.uid, last.generation + 1 if last and again else gone.generation, why)


def bury_all(state: CalendarState) -> CalendarState:
    """All that stood in a calendar is gone with it, and by nobody's wish.

    What the user deleted once and had restored is not deleted for good by that.
    """
    known, graves = dict(state.known), dict(state.graves)
    for each in state.known.values():
        bury(known, graves, each, "calsync")
    return replace(state, known=known, graves=graves)

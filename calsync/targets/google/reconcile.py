"""From what is known, what was seen and what is planned to what has to be done at Google: values in, values out.

``observe`` takes in what Google says of events; ``decide`` says what to do about
each follow-up; ``guard`` refuses to take away much at once. Nothing here sends
or stores anything: the caller does what an action says, takes in the answer,
and decides again where somebody else was faster.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Literal, NamedTuple, TypeAlias

from calsync.domain import Event
from calsync.errors import CalsyncError
from calsync.targets.google.ids import event_id
from calsync.targets.google.merge import Known, merge, seen
from calsync.targets.google.wire import Fields, Resource, fields, is_ours, part, times

__all__ = [
    "Action",
    "Buried",
    "Insert",
    "KeptDeleted",
    "Look",
    "NeedsConsent",
    "Patch",
    "Picture",
    "Remove",
    "Settled",
    "Unchanged",
    "Wanted",
    "Why",
    "bury",
    "decide",
    "guard",
    "guard_absence",
    "is_over",
    "is_there",
    "observe",
]

Why = Literal["user", "calsync"]
"""Who deleted an event: the user for good, or calsync because it was planned no longer."""


class Wanted(NamedTuple):
    """A follow-up as it should stand at Google, and whose it is."""

    uid: str
    body: Resource
    fields: Fields
    event: Event
    candidate: str = ""


class Buried(NamedTuple):
    """An id that is gone and stays taken."""

    uid: str
    generation: int
    why: Why


class Picture(NamedTuple):
    """All that is known of our calendar, by uid; ``buried`` is the last burial of each."""

    store: str
    known: Mapping[str, Known]
    buried: Mapping[str, Buried]


class Insert(NamedTuple):
    """A follow-up that is not there; ``known`` is what to remember before it is sent."""

    wanted: Wanted
    known: Known


class Patch(NamedTuple):
    """An event some of whose fields the plan has changed; ``kept`` are those that the user changed."""

    wanted: Wanted
    known: Known
    names: tuple[str, ...]
    kept: tuple[str, ...]

    @property
    def body(self) -> dict[str, Any]:
        """What to send: these fields and nothing else."""
        return part(self.wanted.body, self.names)


class Remove(NamedTuple):
    """An event whose follow-up is planned no longer."""

    known: Known


class Look(NamedTuple):
    """An event that a full list did not show: to be asked for by its id, for an absence proves nothing."""

    known: Known


class Settled(NamedTuple):
    """A write whose answer got lost, or that was refused, and that stands there all the same."""

    unchanged: "Unchanged"
    meant: "Insert | Patch | Remove"

    @property
    def known(self) -> Known:
        """What to remember of it."""
        return self.unchanged.known


class Unchanged(NamedTuple):
    """Nothing to send; ``kept`` are the fields that the user changed. ``known`` may have been learnt anew."""

    wanted: Wanted
    known: Known
    kept: tuple[str, ...]


class KeptDeleted(NamedTuple):
    """A follow-up that the user deleted, and that stays deleted."""

    wanted: Wanted


Action: TypeAlias = Insert | Patch | Remove | Look | Unchanged | Settled | KeptDeleted


class NeedsConsent(CalsyncError):
    """More would be taken away than anybody would expect; nothing was changed."""

    default_code = "CS-GOO-020"


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


def decide(
    picture: Picture,
    wanted: Iterable[Wanted],
    *,
    now: datetime,
    live: Collection[str] = (),
    candidate: str | None = None,
    unseen: Collection[str] = (),
    restore: bool = False,
) -> Iterator[Action]:
    """What to do about each follow-up that is planned, and each event whose follow-up is not.

    What is over stays, as a calendar's memory of what was done, as long as its
    interview is among ``live``. With a ``candidate``, nothing of another's is
    taken away. ``unseen`` are the uids that a full list did not show.
    """
    planned = set()
    for each in wanted:
        planned.add(each.uid)
        yield _about(picture, each, restore=restore, unseen=each.uid in unseen)
    for known in picture.known.values():
        mine = candidate is None or known.candidate == candidate
        if mine and known.uid not in planned and not (is_over(known, now) and known.interview in live):
            yield Remove(known)


def guard(actions: Collection[Action], picture: Picture, now: datetime) -> None:
    """Refuse to take away more than a quarter of what is to come, if it is more than five. Raises NeedsConsent."""
    gone = sum(isinstance(action, Remove) for action in actions)
    ahead = sum(not is_over(known, now) for known in picture.known.values())
    if gone > _FEW and gone * _QUARTER > ahead:
        raise NeedsConsent(
            f"{gone} of {ahead} follow-ups in the calendar are planned no longer and would be cancelled; nothing was changed",
            remedy="look at them with --dry-run; if that is right, say so with --yes",
        )


def guard_absence(picture: Picture, unseen: Collection[str]) -> None:
    """Refuse to believe that everything is gone where a list shows nothing of ours. Raises NeedsConsent."""
    there = [known.uid for known in picture.known.values() if known.etag]
    if len(there) > _FEW and set(there) <= set(unseen):
        raise NeedsConsent(
            f"Google shows none of the {len(there)} follow-ups that were in the calendar; nothing was changed",
            remedy="--restore puts them there again; if you cleared the calendar yourself, say so with --yes",
            code="CS-GOO-021",
        )


def is_over(known: Known, now: datetime) -> bool:
    """Whether an event has ended, as it stands there."""
    found = times(known.there or known.pending or {})
    return found is not None and found[1] <= now


_FEW, _QUARTER = 5, 4


def _about(picture: Picture, wanted: Wanted, *, restore: bool, unseen: bool) -> Action:
    known = picture.known.get(wanted.uid)
    if known is None:
        buried = picture.buried.get(wanted.uid)
        if buried is not None and buried.why == "user" and not restore:
            return KeptDeleted(wanted)
        return Insert(wanted, _new(picture, wanted))
    known = known._replace(removing=False, interview=wanted.event.interview, candidate=wanted.candidate)
    if not known.etag:
        return Insert(wanted, known)
    if unseen:
        return Look(known)
    merged = merge(known, wanted.fields)
    if merged.patch:
        return Patch(wanted, merged.known, merged.patch, merged.kept)
    return Unchanged(wanted, merged.known, merged.kept)


def _new(picture: Picture, wanted: Wanted) -> Known:
    generation = _next_generation(picture, wanted.uid)
    name = event_id(picture.store, wanted.uid, generation)
    return Known(wanted.uid, name, generation, interview=wanted.event.interview, candidate=wanted.candidate)


def _next_generation(picture: Picture, uid: str) -> int:
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
    return seen(known, fields(resource), resource.get("etag", ""))._replace(removing=False)


def _found(wanted: Wanted, generation: int, resource: Resource) -> Known:
    """What differs from the plan is the user's: nothing else is known of the event."""
    known = Known(wanted.uid, resource["id"], generation, pending=wanted.fields)
    known = known._replace(interview=wanted.event.interview, candidate=wanted.candidate)
    return seen(known, fields(resource), resource.get("etag", ""))


def _expected(picture: Picture, wanted: Iterable[Wanted]) -> dict[str, tuple[Wanted, int]]:
    """The follow-ups that are not known, by the ids that they could have: of their last burial, and the next."""
    found = {}
    for each in wanted:
        if each.uid not in picture.known:
            following = _next_generation(picture, each.uid)
            for generation in {following, max(following - 1, 0)}:
                found[event_id(picture.store, each.uid, generation)] = (each, generation)
    return found

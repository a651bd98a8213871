"""From what is known, what was seen and what is planned to what has to be done at Google: values in, values out.

``decide`` says what to do about each follow-up, ``guard`` refuses to take away
much at once. Nothing here sends or stores anything: the caller does what an
action says, takes in the answer (``picture``), and decides again where somebody
else was faster.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any, TypeAlias

import msgspec
from msgspec.structs import replace

from calsync.errors import CalsyncError
from calsync.targets.google.merge import Known, merge
from calsync.targets.google.picture import Picture, Wanted, is_over, next_generation
from calsync.targets.google.wire import event_id, part

__all__ = [
    "Action",
    "Insert",
    "KeptDeleted",
    "Look",
    "NeedsConsent",
    "Patch",
    "Remove",
    "Settled",
    "Unchanged",
    "decide",
    "guard",
    "guard_absence",
]


class Insert(msgspec.Struct, frozen=True):
    """A follow-up that is not there; ``known`` is what to remember before it is sent."""

    wanted: Wanted
    known: Known


class Patch(msgspec.Struct, frozen=True):
    """An event some of whose fields the plan has changed; ``kept`` are those that the user changed."""

    wanted: Wanted
    known: Known
    names: tuple[str, ...]
    kept: tuple[str, ...]

    @property
    def body(self) -> dict[str, Any]:
        """What to send: these fields and nothing else."""
        return part(self.wanted.body, self.names)


class Remove(msgspec.Struct, frozen=True):
    """An event whose follow-up is planned no longer."""

    known: Known


class Look(msgspec.Struct, frozen=True):
    """An event that a full list did not show: to be asked for by its id, for an absence proves nothing."""

    known: Known


class Settled(msgspec.Struct, frozen=True):
    """A write whose answer got lost, or that was refused, and that stands there all the same."""

    unchanged: "Unchanged"
    meant: "Insert | Patch | Remove"

    @property
    def known(self) -> Known:
        """What to remember of it."""
        return self.unchanged.known


class Unchanged(msgspec.Struct, frozen=True):
    """Nothing to send; ``kept`` are the fields that the user changed. ``known`` may have been learnt anew."""

    wanted: Wanted
    known: Known
    kept: tuple[str, ...]


class KeptDeleted(msgspec.Struct, frozen=True):
    """A follow-up that the user deleted, and that stays deleted."""

    wanted: Wanted


Action: TypeAlias = Insert | Patch | Remove | Look | Unchanged | Settled | KeptDeleted


class NeedsConsent(CalsyncError):
    """More would be taken away than anybody would expect; nothing was changed."""

    default_code = "CS-GOO-020"


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


_FEW, _QUARTER = 5, 4


def _about(picture: Picture, wanted: Wanted, *, restore: bool, unseen: bool) -> Action:
    known = picture.known.get(wanted.uid)
    if known is None:
        buried = picture.buried.get(wanted.uid)
        if buried is not None and buried.why == "user" and not restore:
            return KeptDeleted(wanted)
        return Insert(wanted, _new(picture, wanted))
    known = replace(known, removing=False, interview=wanted.event.interview, candidate=wanted.candidate)
    if not known.etag:
        return Insert(wanted, known)
    if unseen:
        return Look(known)
    merged = merge(known, wanted.fields)
    if merged.patch:
        return Patch(wanted, merged.known, merged.patch, merged.kept)
    return Unchanged(wanted, merged.known, merged.kept)


def _new(picture: Picture, wanted: Wanted) -> Known:
    generation = next_generation(picture, wanted.uid)
    name = event_id(picture.store, wanted.uid, generation)
    return Known(wanted.uid, name, generation, interview=wanted.event.interview, candidate=wanted.candidate)

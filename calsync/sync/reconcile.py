"""From what is known, what was seen and what is planned to what has to be done: values in, values out.

``decide`` says what to do about each follow-up, ``guard`` refuses to take away
much at once. Nothing here sends or stores anything: the caller does what an
action says, takes in the answer (``state``), and decides again where somebody
else was faster.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from calsync.errors import CalsyncError
from calsync.phrase import phrase
from calsync.sync.merge import merge
from calsync.sync.protocol import Profile
from calsync.sync.state import CalendarState, Grave, is_over, next_generation
from calsync.sync.values import Create, Delete, Known, Patch, Wanted

__all__ = [
    "Action",
    "Fetch",
    "KeptDeleted",
    "NeedsConsent",
    "Settled",
    "Unchanged",
    "Write",
    "decide",
    "guard",
    "guard_absence",
]


class Fetch(msgspec.Struct, frozen=True):
    """A resource that a full list did not show: to be asked for by its name, for an absence proves nothing."""

    known: Known


class Settled(msgspec.Struct, frozen=True):
    """A write whose answer got lost, or that was refused, and that stands there all the same."""

    unchanged: "Unchanged"
    meant: "Create | Patch | Delete"

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
    """A follow-up that the user deleted, or nobody knows who, and that stays deleted."""

    wanted: Wanted
    grave: Grave


Write: TypeAlias = Create | Patch | Delete
Action: TypeAlias = Create | Patch | Delete | Fetch | Unchanged | Settled | KeptDeleted


class NeedsConsent(CalsyncError):
    """More would be taken away than anybody would expect; nothing was changed."""

    default_code = "CS-GOO-020"


def decide(  # noqa: PLR0913  # what a decision depends on, each by its name
    state: CalendarState,
    wanted: Iterable[Wanted],
    profile: Profile,
    *,
    now: datetime,
    zone: tzinfo = UTC,
    live: Collection[str] = (),
    candidate: str | None = None,
    unseen: Collection[str] = (),
    restore: bool = False,
) -> Iterator[Action]:
    """What to do about each follow-up that is planned, and each resource whose follow-up is not.

    What is over stays, as a calendar's memory of what was done, as long as its
    interview is among ``live``. With a ``candidate``, nothing of another's is
    taken away. ``unseen`` are the uids that a full list did not show.
    """
    planned = set()
    for each in wanted:
        planned.add(each.uid)
        yield _about(state, each, profile, restore=restore, unseen=each.uid in unseen)
    for known in state.known.values():
        mine = candidate is None or known.candidate == candidate
        kept = is_over(known, now, zone) and known.interview in live
        if mine and known.uid not in planned and not kept:
            yield Delete(known)


def guard(actions: Collection[Action], state: CalendarState, now: datetime, zone: tzinfo = UTC) -> None:
    """Refuse to take away more than a quarter of what is to come, if it is more than five. Raises NeedsConsent."""
    gone = sum(isinstance(action, Delete) for action in actions)
    ahead = sum(not is_over(known, now, zone) for known in state.known.values())
    if gone > _FEW and gone * _QUARTER > ahead:
        raise NeedsConsent(
            phrase(
                "{gone} of {ahead} follow-ups in the calendar are planned no longer and would be cancelled; nothing was changed",
                gone=gone,
                ahead=ahead,
            ),
            remedy=phrase("look at them with --dry-run; if that is right, say so with --yes"),
        )


def guard_absence(state: CalendarState, unseen: Collection[str], title: str) -> None:
    """Refuse to believe that everything is gone where a list shows nothing of ours. Raises NeedsConsent."""
    there = [known.uid for known in state.known.values() if known.etag]
    if len(there) > _FEW and set(there) <= set(unseen):
        raise NeedsConsent(
            phrase(
                "{title} shows none of the {there} follow-ups that were in the calendar; nothing was changed",
                title=title,
                there=len(there),
            ),
            remedy=phrase(
                "--restore puts them there again; if you cleared the calendar yourself, say so with --yes"
            ),
            code="CS-GOO-021",
        )


_FEW, _QUARTER = 5, 4


def _about(state: CalendarState, wanted: Wanted, profile: Profile, *, restore: bool, unseen: bool) -> Action:
    known = state.known.get(wanted.uid)
    if known is None:
        grave = state.graves.get(wanted.uid)
        if grave is not None and grave.why in {"user", "unknown"} and not restore:
            return KeptDeleted(wanted, grave)
        return Create(wanted, _new(state, wanted, profile))
    known = replace(known, interview=wanted.event.interview, candidate=wanted.candidate)
    if not known.etag:
        return Create(wanted, replace(known, deleting=False))
    if unseen:
        return Fetch(known)
    merged = merge(known, wanted.fields)
    if (
        merged.patch or known.deleting
    ):  # a write makes the precondition of a deletion fail that may yet arrive
        return Patch(wanted, merged.known, merged.patch, merged.kept)
    return Unchanged(wanted, merged.known, merged.kept)


def _new(state: CalendarState, wanted: Wanted, profile: Profile) -> Known:
    generation = next_generation(state, wanted.uid)
    href = profile.href(state.store, wanted.uid, generation)
    return Known(wanted.uid, href, generation, interview=wanted.event.interview, candidate=wanted.candidate)

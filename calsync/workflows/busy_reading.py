"""Reading the user's busy times from Google, and planning again around them.

Before a sync: what was read is kept and planned around, so that the follow-ups
that are sent already keep out of it. calsync's own calendar is never asked
about: a follow-up would be in its own way.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from calsync.domain import replace, spoken
from calsync.errors import CalsyncError, SignInAgain, TryLater, Unavailable
from calsync.phrase import phrase
from calsync.sync.memory import CALENDAR
from calsync.targets.google.tokens import NOT_ALLOWED
from calsync.targets.google.wire import PROFILE
from calsync.workflows.busy_times import NOTHING, BusyTimes, busy_times, keep_busy, owners
from calsync.workflows.context import Context
from calsync.workflows.replanning import refresh_within

if TYPE_CHECKING:
    from calsync.store import Store, Upkeep
    from calsync.targets.google.calendar import Google
    from calsync.targets.google.own_calendars import BusyAnswer

__all__ = ["BusyReading", "forget_busy", "matter", "read_busy"]


class BusyReading(msgspec.Struct, frozen=True):
    """The busy times as they are known now, and why they are not as fresh as they should be."""

    known: BusyTimes
    problem: str = ""


def matter(context: Context, store: "Store", candidate: str | None = None) -> bool:
    """Whether anything is planned around the busy times; of one candidate, or of all."""
    names = [name for name in owners(context) if candidate in (None, name)]
    return any(next(store.interviews(candidate=name, open_only=True), None) for name in names)


def read_busy(
    context: Context,
    store: "Store",
    google: "Callable[[], Google]",
    calendars: Sequence[str],
    *,
    now: datetime,
    lasting: bool = True,
) -> BusyReading:
    """Ask Google and plan around its answer; what cannot be had is said, and what is known goes on to count.

    Without ``lasting`` nothing is written down, plans included. Raises
    SignInAgain where nothing at all is allowed any more.
    """
    from calsync.targets.google.own_calendars import AHEAD, ask_busy  # noqa: PLC0415  # the extra, and heavy

    before = busy_times(store)
    asked = [each for each in calendars if each != store.state(PROFILE.name).get(CALENDAR)]
    try:
        answer = ask_busy(google(), asked, now, now + AHEAD)
    except (Unavailable, TryLater, SignInAgain) as error:
        if isinstance(error, SignInAgain) and error.code != NOT_ALLOWED:
            raise
        return BusyReading(before, _problem(error.what, _remedy(error), before, context))
    whole = not answer.untold
    news = before.with_news(answer.times, now, now + AHEAD, whole=whole)
    known = _take_in(context, store, replace(news, read=now if whole else before.read), now, lasting=lasting)
    return BusyReading(known, "" if whole else _problem(_untold(answer), _CHECK, before, context))


def forget_busy(context: Context, store: "Store", now: datetime) -> bool:
    """Forget when the user is busy, and plan without it; whether anything was known."""
    before = busy_times(store)
    if not before.times and before.read is None:
        return False
    _take_in(context, store, replace(NOTHING, floors=before.floors), now, lasting=True)
    return True


def _take_in(
    context: Context, store: "Store", known: BusyTimes, now: datetime, *, lasting: bool
) -> BusyTimes:
    """Keep it and plan again, all at once; gives what is known with the floors that it takes."""
    with suppress(_NotMeantError), store.upkeep(at=now) as upkeep:
        known = _settled(context, store, upkeep, known, now)
        if not lasting:
            raise _NotMeantError
    return known


class _NotMeantError(Exception):
    """Takes back what was only tried."""


def _settled(
    context: Context, store: "Store", upkeep: "Upkeep", known: BusyTimes, now: datetime
) -> BusyTimes:
    """Plan again until nothing has moved into the past: what is in the way now leaves only later hours."""
    before = {uid: start for _, uid, start in _touches(context, store)}
    while True:
        keep_busy(upkeep, known)
        refresh_within(context, store, upkeep)
        passed = {
            name
            for name, uid, start in _touches(context, store)
            if start < now and before.get(uid) != start and known.floors.get(name) != now
        }
        if not passed:
            return known
        known = replace(known, floors={**known.floors, **dict.fromkeys(sorted(passed), now)})


def _touches(context: Context, store: "Store") -> Iterator[tuple[str, str, datetime]]:
    """Interview, uid and start of each follow-up that can be moved."""
    for name in owners(context):
        for event in (each.event for each in store.planned(candidate=name)):
            if event.action in {"call", "email"} and not event.pinned:
                yield event.interview, event.uid, event.start


_CHECK = phrase("see that it is named rightly under [google] in settings.toml, as busy")


def _untold(answer: "BusyAnswer") -> str:
    return ", ".join(f"calendar {name}: {why}" for name, why in answer.untold.items())


def _remedy(error: CalsyncError) -> str:
    return "type: calsync auth google --busy" if error.code == NOT_ALLOWED else error.remedy


def _problem(what: str, remedy: str, known: BusyTimes, context: Context) -> str:
    still = (
        phrase(
            " What was read on {astimezone} still counts.",
            astimezone=spoken(known.read.astimezone(context.preferences.zone)),
        )
        if known.read
        else ""
    )
    return phrase(
        "when you are busy could not be read ({what}; {remedy}).{still}",
        what=what,
        remedy=remedy,
        still=still,
    )

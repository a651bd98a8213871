"""What still waits for somebody: the one order of the day, for the command line and the page."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calsync.domain import Action
    from calsync.store import Planned, Store
    from calsync.store.summaries import Summary

__all__ = ["first_of_each", "is_touch", "summaries", "waiting"]

_TOUCHES: "tuple[Action, ...]" = ("call", "email")
_LONGEST = timedelta(days=1)
"""No preparation takes longer: one that began before that is over."""


def waiting(
    store: "Store",
    now: datetime,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    candidate: str | None = None,
) -> "Iterator[Planned]":
    """The calls and emails that are due, overdue ones first, and preparations not yet over; of one candidate, or all."""
    for planned in store.planned(since=since, until=until, candidate=candidate):
        if _waits(planned, now):
            yield planned


def first_of_each(store: "Store", now: datetime, *, candidate: str | None = None) -> "list[Planned]":
    """What comes next in each interview that has something, the earliest first; preparations that are over do not count."""
    found = []
    first = store.upcoming(candidate=candidate, since=now - _LONGEST, always=_TOUCHES)
    for planned in list(first):
        found += [planned] if _waits(planned, now) else _next(store, planned.event.interview, now)
    return sorted(found, key=lambda planned: planned.event.start)


def summaries(
    store: "Store", now: datetime, *, candidate: str | None = None, open_only: bool = False
) -> "Iterator[Summary]":
    """A line for each interview, by their numbers, and one for what comes next, as in ``first_of_each``."""
    for each in store.summaries(
        candidate=candidate, open_only=open_only, since=now - _LONGEST, always=_TOUCHES
    ):
        begun = each.start is not None and each.start <= now and each.action not in _TOUCHES
        yield _looked_at(each, store, now) if begun else each


def _looked_at(summary: "Summary", store: "Store", now: datetime) -> "Summary":
    """With what really comes next: a preparation that has begun may be over."""
    bare = summary._replace(start=None, step="", action="", person="")
    for planned in _next(store, summary.number, now):
        event = planned.event
        person = event.person.name if event.person else ""
        return bare._replace(start=event.start, step=event.step, action=event.action, person=person)
    return bare


def _next(store: "Store", interview: int | str, now: datetime) -> "list[Planned]":
    """The first that waits, if there is one."""
    return list(islice((each for each in store.planned(interview=interview) if _waits(each, now)), 1))


def _waits(planned: "Planned", now: datetime) -> bool:
    return is_touch(planned) or planned.event.end > now


def is_touch(planned: "Planned") -> bool:
    """Whether somebody waits for it: a call or an email, not what is only prepared."""
    return planned.event.action in _TOUCHES

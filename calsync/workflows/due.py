"""What still waits for somebody: the one order of the day, for the command line and the page."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calsync.store import Planned, Store

__all__ = ["first_of_each", "is_touch", "waiting"]


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
    for planned in list(store.upcoming(candidate=candidate)):
        if _waits(planned, now):
            found.append(planned)
        else:
            later = store.planned(interview=planned.event.interview)
            found += list(islice((each for each in later if _waits(each, now)), 1))
    return sorted(found, key=lambda planned: planned.event.start)


def _waits(planned: "Planned", now: datetime) -> bool:
    return is_touch(planned) or planned.event.end > now


def is_touch(planned: "Planned") -> bool:
    """Whether somebody waits for it: a call or an email, not what is only prepared."""
    return planned.event.action in {"call", "email"}

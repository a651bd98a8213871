"""What still waits for somebody: the one order of the day, for the command line and the page."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calsync.store import Planned, Store

__all__ = ["is_touch", "waiting"]


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
        if is_touch(planned) or planned.event.end > now:
            yield planned


def is_touch(planned: "Planned") -> bool:
    """Whether somebody waits for it: a call or an email, not what is only prepared."""
    return planned.event.action in {"call", "email"}

"""From what a calendar was told to what is planned now: the least that has to change."""

from collections.abc import Iterable

from calsync.domain.change import Cancel, Change, Create, Update
from calsync.domain.event import Event

__all__ = ["changes"]


def changes(before: Iterable[Event], after: Iterable[Event]) -> tuple[Change, ...]:
    """The changes that lead from one set of events to another, in order of their starts.

    Events are the same by their uid. One whose reasons alone have changed has
    not changed. Applying the result to ``before`` gives ``after``; from a set
    to itself there is nothing to do.
    """
    old = {event.uid: event for event in before}
    new = {event.uid: event for event in after}
    found: list[Change] = [Cancel(event) for uid, event in old.items() if uid not in new]
    for uid, event in new.items():
        if uid not in old:
            found.append(Create(event))
        elif _shown(old[uid]) != _shown(event):
            found.append(Update(old[uid], event))
    return tuple(sorted(found, key=lambda change: (change.event.start, change.event.uid)))


def _shown(event: Event) -> tuple[object, ...]:
    """What a calendar shows of an event."""
    return (
        event.start,
        event.end,
        event.timezone,
        event.step,
        event.action,
        event.status,
        event.alarms,
        event.summary,
        event.description,
        event.location,
        event.url,
    )

"""From what a calendar was told to what is planned now: the least that has to change."""

from collections.abc import Iterable
from zlib import crc32

from calsync.domain.event import Add, Cancel, Change, Event, Step, Update

__all__ = ["changes", "uid"]


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
            found.append(Add(event))
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


# Which follow-up an event is: a uid that stays while its dates and words change.
#
# Derived from the interview's id and the step, never drawn and never from the
# content, so that planning again finds the same events.


def uid(interview_id: str, step: Step, *, part: str = "", generation: int = 0) -> str:
    """A UID (RFC 7986, section 5.3): ASCII, under 255 octets, ending in ``@calsync``.

    ``part`` tells events of one step apart: whom a thank-you is for, what a
    preparation prepares, which retry it is. ``generation`` counts restorations.

    >>> uid("acme-pm-20261112", "status")
    'acme-pm-20261112.status@calsync'
    >>> uid("acme-pm-20261112", "thank-you", part="bob@example.com")
    'acme-pm-20261112.thank-you.6493ebfa@calsync'
    """
    tail = f".{crc32(part.casefold().encode('utf-8', 'surrogatepass')):08x}" if part else ""
    again = f".{generation}" if generation else ""
    return f"{interview_id}.{step}{tail}{again}@calsync"

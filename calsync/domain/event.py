"""A dated follow-up: what becomes a VEVENT (RFC 5545, section 3.6.1) or a Google event."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal
from zlib import crc32
from zoneinfo import ZoneInfo

import msgspec

from calsync.domain.interview import Interview, Person
from calsync.domain.reason import Note, Reason
from calsync.domain.times import Period
from calsync.phrase import phrase

__all__ = [
    "LAST_THANKS_HOURS",
    "Action",
    "Add",
    "Cancel",
    "Certainty",
    "Change",
    "Contact",
    "Event",
    "Plan",
    "Step",
    "Update",
    "changes",
    "uid",
]

Step = Literal[
    "ask", "thank-you", "prepare", "status", "retry", "second", "closing", "courtesy", "news", "no-show"
]
Action = Literal["ask", "prepare", "call", "email"]
Certainty = Literal["confirmed", "tentative"]
LAST_THANKS_HOURS = 72
"""After the interview's end; thanks that are later say the opposite."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One follow-up with the reasons for its date.

    ``start`` and ``end`` are aware, in the zone of whoever looks at the clock
    for it: the candidate's for ``ask``, ``prepare`` and written thanks, the contact's for the rest. ``alarms`` are minutes before the start.
    ``before`` names the step that a ``prepare`` prepares; ``offers`` are two
    days on which a call could be placed next, to offer when the answer is vague
    (001-21). ``summary`` and ``description`` are filled in by ``calsync.texts``.
    """

    uid: str
    interview: str
    step: Step
    action: Action
    status: Certainty
    start: datetime
    end: datetime
    earliest: date
    preferred: date
    latest: date
    trace: tuple[Reason, ...]
    person: Person | None = None
    before: Step | None = None
    late: bool = False
    overdue: bool = False
    pinned: bool = False
    withdraws: bool = False
    alarms: tuple[int, ...] = ()
    offers: tuple[date, ...] = ()
    location: str = ""
    url: str = ""
    summary: str = ""
    description: str = ""

    def __post_init__(self) -> None:
        if not (isinstance(self.start.tzinfo, ZoneInfo) and isinstance(self.end.tzinfo, ZoneInfo)):
            message = phrase("{uid}: an event needs a start and an end with a zone", uid=self.uid)
            raise TypeError(message)

    @property
    def moved(self) -> bool:
        """Whether the candidate chose the time, so that nobody agreed to it."""
        return self.pinned and any(reason.rule == "moved" for reason in self.trace)

    @property
    def timezone(self) -> str:
        """The IANA name of the zone that ``start`` and ``end`` are in."""
        return str(self.start.tzinfo)


class Contact(msgspec.Struct, frozen=True):
    """The last time the two of them were in touch about an answer, on that day in the contact's zone.

    ``call`` is one that nobody answered, ``message`` one that was left, ``reply`` one of theirs.
    """

    way: Literal["call", "message", "email", "talk", "reply"]
    day: date


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """The follow-ups of one interview, in order of their start, and what else there is to say.

    ``country`` and ``region`` are those whose days were counted, "" for none, and
    ``country_from`` what the country was taken from.
    ``decision`` is the last day of the employer's stated time, worked out;
    ``agreed`` the day, or day and time, that they named for the next contact,
    both as they stand after all that was logged; ``playbook`` the name of the
    one that was followed; ``last_contact`` what a text may refer to, ``last_touch``
    the day of the last touch that was made, ``absences`` when, as was logged, the contact is away,
    ``round`` which conversation with that company it is, as far as they were planned together.
    """

    interview: Interview
    playbook: str
    decision: date | None
    events: tuple[Event, ...]
    notes: tuple[Note, ...] = ()
    agreed: date | datetime | None = None
    country: str = ""
    region: str = ""
    country_from: str | None = None
    last_contact: Contact | None = None
    last_touch: date | None = None
    absences: tuple[Period, ...] = ()
    round: int = 1


# What has to happen to a calendar so that it shows a plan: values, which a target applies or a dry run prints.


class Add(msgspec.Struct, frozen=True):
    """An event that was not there."""

    event: Event


class Update(msgspec.Struct, frozen=True):
    """An event that was there and has changed; the uid is the same."""

    before: Event
    event: Event


class Cancel(msgspec.Struct, frozen=True):
    """An event that was there and is planned no longer."""

    event: Event


Change = Add | Update | Cancel


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

"""Why a date is where it is: one step of the way from an anchor to a start.

A reason keeps its parts (a sentence with named holes and the values that fill
them) and writes itself only when somebody reads it: a plan of ten thousand
interviews makes a hundred thousand reasons and prints five. The same parts let
a translation fill its own sentence.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from calsync.domain.times import Span
from calsync.phrase import Spoken

__all__ = ["DAYS", "MONTHS", "Moment", "Note", "Reason", "Rule", "spoken"]

Rule = Literal[
    "offset",
    "decision",
    "agreed",
    "weekend",
    "holiday",
    "closure",
    "away",
    "kept-free",
    "monday-like",
    "bridge",
    "year-end",
    "eve",
    "moved",
    "window-end",
    "late",
    "overdue",
    "channel",
    "fallback",
    "slot",
    "contact-busy",
    "own-hours",
    "taken",
    "dst",
    "pinned",
    "limit",
]
Moment = date | datetime
"""A day, or an aware local time."""

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""By ``weekday()``; looked up, a name costs a fraction of what ``strftime`` takes for it."""
MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def spoken(value: object) -> str:
    """A day or a time as people write it, a zone as its city; anything else as text.

    >>> spoken(date(2026, 11, 24))
    'Tue 24 Nov 2026'
    """
    if isinstance(value, datetime):
        day = f"{DAYS[value.weekday()]} {value.day} {MONTHS[value.month]} {value.year}"
        return Spoken(f"{day} {value:%H:%M}", value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, ZoneInfo):
        return value.key.rpartition("/")[2].replace("_", " ")
    if isinstance(value, date):
        return Spoken(f"{DAYS[value.weekday()]} {value.day} {MONTHS[value.month]} {value.year}", value)
    return Spoken(str(value), value) if isinstance(value, Span) else str(value)


class Reason(msgspec.Struct, frozen=True):
    """One entry of a trace: ``rule`` led from ``before`` to ``after``.

    ``sentence`` may name ``{before}``, ``{after}`` and any of ``details``;
    ``source`` holds the ids of the advice (``002-07``), and may be empty.
    """

    rule: Rule
    before: Moment
    after: Moment
    sentence: str
    source: tuple[str, ...] = ()
    details: Mapping[str, object] | None = None

    @property
    def text(self) -> str:
        """The sentence for people, in English."""
        return _filled(self.sentence, {"before": self.before, "after": self.after, **(self.details or {})})


class Note(msgspec.Struct, frozen=True):
    """Something a plan has to say that is not an event: a step dropped, a doubt about the record."""

    step: str
    sentence: str
    details: Mapping[str, object] | None = None

    @property
    def text(self) -> str:
        """The sentence for people, in English."""
        return _filled(self.sentence, self.details or {})


def _filled(sentence: str, values: Mapping[str, object]) -> str:
    return sentence.format_map({name: spoken(value) for name, value in values.items()})

"""The judge: a sample of every edition is read back by icalendar and compared field by field.

Writer and reader share no code, so what both agree on is in the file. The first
events are held back until it is clear how many there are: of 50 at most, all
are read; of more, every hundredth and five of the first fifty.
"""

from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime

from calsync.domain.event import Event
from calsync.targets.ics.lines import cleaned, one_line
from calsync.targets.ics.reading import Entry, entries
from calsync.targets.ics.vevent import CATEGORY, link

__all__ = ["Judge"]

_ALL_UP_TO = 50
_ONE_IN = 100
_AT_LEAST = 5
_STAMPS = {"stamped", "created", "modified"}
"""Only ``sequence`` among the head's fields follows from the event."""


Heard = tuple[Event, int, bytes]
"""An event, its SEQUENCE, and the bytes that were written for it."""


class Judge:
    """Hears every event with its bytes; raises when icalendar reads something else in them.

    That is a bug of ours or of icalendar's, never the user's: a plain RuntimeError.
    """

    def __init__(self) -> None:
        self._heard = 0
        self._first: list[Heard] = []

    def hear(self, event: Event, sequence: int, block: bytes) -> None:
        """Take in the next event of the edition."""
        self._heard += 1
        if self._heard <= _ALL_UP_TO:
            self._first.append((event, sequence, block))
        elif self._heard % _ONE_IN == 0:
            _compare([(event, sequence, block)])
        if self._heard == _ALL_UP_TO + 1:
            self._first = self._first[:: _ALL_UP_TO // _AT_LEAST]
            self.close()

    def close(self) -> None:
        """Read what was held back: at the end of the edition, or once it is seen to be long."""
        if self._first:
            _compare(self._first)
        self._first = []


def _compare(heard: Sequence[Heard]) -> None:
    """All in one calendar, for which icalendar takes half the time it takes for one after the other."""
    blocks = b"".join(block for _, _, block in heard)
    read = entries(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n%bEND:VCALENDAR\r\n" % blocks)
    for (event, sequence, _), found in zip(heard, read, strict=True):
        for name, wanted in _wanted(event, sequence).items():
            if getattr(found, name) != wanted:
                what = f"{event.uid}: {name} is {wanted!r} and icalendar reads {getattr(found, name)!r}"
                raise RuntimeError(what)


def _wanted(event: Event, sequence: int) -> dict[str, object]:
    """What each field of the Entry must be; no field is left out by accident."""
    wanted = {
        "uid": event.uid,
        "sequence": sequence,
        "start": _second(event.start),
        "end": _second(event.end),
        "summary": one_line(event.summary),
        "description": cleaned(event.description),
        "location": cleaned(event.location),
        "url": link(event.url),
        "status": event.status,
        "busy": event.action == "call",
        "categories": (CATEGORY,),
        "alarms": event.alarms[:1],
    }
    assert {field.name for field in fields(Entry)} == wanted.keys() | _STAMPS  # noqa: S101  # a new field must be judged
    return wanted


def _second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)

"""Reading a calsync file back, through icalendar, into small frozen values.

icalendar is imported when something is read: it takes longer to load than a
small plan takes to make.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from msgspec.structs import fields

from calsync.domain.event import Certainty, Event
from calsync.errors import BadData, NoInput
from calsync.targets.ics.vevent import CATEGORY, cleaned, link, one_line

__all__ = ["Entry", "Judge", "entries", "read"]

if TYPE_CHECKING:
    from icalendar import Component


_STATUS: dict[str, Certainty | Literal["cancelled"]] = {
    "CONFIRMED": "confirmed",
    "TENTATIVE": "tentative",
    "CANCELLED": "cancelled",
}
_LONGEST_REASON = 160
_MINUTE = timedelta(minutes=1)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An event as a file has it: times in UTC, ``alarms`` in minutes before the start.

    ``busy`` is TRANSP; the three stamps are DTSTAMP, CREATED and LAST-MODIFIED.
    """

    uid: str
    sequence: int
    start: datetime
    end: datetime
    summary: str
    description: str
    location: str
    url: str
    status: Certainty | Literal["cancelled"]
    busy: bool
    categories: tuple[str, ...]
    alarms: tuple[int, ...]
    stamped: datetime
    created: datetime
    modified: datetime


def read(source: Path | str | bytes) -> tuple[Entry, ...]:
    """The events of a file that calsync wrote, given as its path or its bytes, in their order.

    Raises NoInput when there is no such file, BadData when it is not readable.
    """
    if isinstance(source, bytes):
        return entries(source)
    path = Path(source)
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise NoInput(f"cannot be read: {reason}", where=str(source)) from error
    try:
        return entries(content)
    except BadData as error:
        raise error.at(str(path)) from None


def entries(content: bytes) -> tuple[Entry, ...]:
    """The events in the bytes of one VCALENDAR."""
    from icalendar import Calendar  # noqa: PLC0415  # loaded when used, see above

    try:
        return tuple(_entries(Calendar.from_ical(content)))
    except BadData:
        raise
    except ValueError as error:
        raise _unreadable(f"this is not a calendar: {error}") from error
    except Exception as error:
        # AttributeError, KeyError, OSError: what icalendar meets inside itself on hostile input.
        raise _unreadable("this is not a calendar") from error


def _entries(calendar: "Component") -> Iterator[Entry]:
    if calendar.name != "VCALENDAR":
        raise _unreadable(f"this is a {calendar.name} and not a VCALENDAR")
    for number, event in enumerate(calendar.walk("VEVENT"), 1):
        try:
            yield _entry(event)
        except BadData as error:
            raise error.at(f"event {number}") from None


def _entry(event: "Component") -> Entry:
    for name, problem in event.errors:
        raise _unreadable(f"{name} makes no sense: {problem}")
    return Entry(
        uid=_text(event, "UID"),
        sequence=int(event.get("SEQUENCE", 0)),
        start=_instant(event, "DTSTART"),
        end=_instant(event, "DTEND"),
        summary=_text(event, "SUMMARY"),
        description=_text(event, "DESCRIPTION"),
        location=_text(event, "LOCATION"),
        url=_text(event, "URL"),
        status=_status(event),
        busy=_text(event, "TRANSP").upper() != "TRANSPARENT",
        categories=_categories(event),
        alarms=tuple(_minutes(alarm) for alarm in event.walk("VALARM")),
        stamped=_instant(event, "DTSTAMP"),
        created=_instant(event, "CREATED"),
        modified=_instant(event, "LAST-MODIFIED"),
    )


def _one(component: "Component", name: str) -> Any:  # noqa: ANN401  # icalendar's values share no type
    value = component.get(name)
    if isinstance(value, list):
        raise _unreadable(f"{name} is there more than once")
    return value


def _text(event: "Component", name: str) -> str:
    return str(_one(event, name) or "")


def _instant(event: "Component", name: str) -> datetime:
    moment = getattr(_one(event, name), "dt", None)
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise _unreadable(f"{name} is no time in UTC")
    return moment.astimezone(UTC)


def _status(event: "Component") -> Certainty | Literal["cancelled"]:
    name = _text(event, "STATUS").upper()
    if name not in _STATUS:
        raise _unreadable(f"STATUS is {name!r}")
    return _STATUS[name]


def _categories(event: "Component") -> tuple[str, ...]:
    value = _one(event, "CATEGORIES")
    return tuple(str(category) for category in value.cats) if value else ()


def _minutes(alarm: "Component") -> int:
    before = getattr(_one(alarm, "TRIGGER"), "dt", None)
    if not isinstance(before, timedelta):
        raise _unreadable("TRIGGER is no span of time")
    return -before // _MINUTE


def _unreadable(what: str) -> BadData:
    return BadData(
        " ".join(what.split())[:_LONGEST_REASON], remedy="give a file that calsync wrote", code="CS-ICS-004"
    )


# The judge: a sample of every edition is read back by icalendar and compared field by field.
#
# Writer and reader share no code, so what both agree on is in the file. The first
# events are held back until it is clear how many there are: of 50 at most, all
# are read; of more, every hundredth and five of the first fifty.

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

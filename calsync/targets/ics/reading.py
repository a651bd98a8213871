"""Reading a calsync file back, through icalendar, into small frozen values.

icalendar is imported when something is read: it takes longer to load than a
small plan takes to make.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from calsync.domain.event import Certainty
from calsync.errors import BadData, NoInput
from calsync.phrase import phrase

__all__ = ["Entry", "read"]

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
        return _parse(source)
    path = Path(source)
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise NoInput(phrase("cannot be read: {reason}", reason=reason), where=str(source)) from error
    try:
        return _parse(content)
    except BadData as error:
        raise error.at(str(path)) from None


def _parse(content: bytes) -> tuple[Entry, ...]:
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


def _one(component: "Component", name: str) -> Any:
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
        " ".join(what.split())[:_LONGEST_REASON],
        remedy=phrase("give a file that calsync wrote"),
        code="CS-ICS-004",
    )

"""A program of its own: the bytes of one invitation in, its properties as plain JSON out.

``calsync.intake.invitation.child`` starts it, because what comes by mail may be
meant to do harm: before it reads a byte it limits its own processor time and
memory. icalendar takes the content lines apart (RFC 5545, 3.1); what it would
make of them beyond that (zones looked up in the file system, unknown ones as
floating time, series expanded) is not asked for. Components that are not read
are skipped, whatever stands in them.

It decides nothing but whether the lines are those of one event. What it has
against them is one word of ``calsync.intake.invitation.child``, and a detail.
"""

import json
import sys
from contextlib import suppress
from itertools import islice

from icalendar.parser import Contentline

__all__ = ["Refused", "parse"]

_CPU_SECONDS = 1
_MEMORY = 256 << 20
_DEEPEST = 6
_MOST_LINES = 20_000
_MOST_ATTENDEES = 500
_MOST_ZONES = 50
_SHOWN = 60

# What is kept of an event, and how many characters of it; each at most once (section 3.6.1).
_KEPT = {
    "UID": 1_001,
    "SEQUENCE": 40,
    "DTSTAMP": 40,
    "DTSTART": 40,
    "DTEND": 40,
    "DURATION": 40,
    "STATUS": 40,
    "SUMMARY": 2_000,
    "LOCATION": 4_000,
    "URL": 4_000,
    "DESCRIPTION": 100_000,
    "ORGANIZER": 1_000,
    "X-GOOGLE-CONFERENCE": 4_000,
    "X-MICROSOFT-SKYPETEAMSMEETINGURL": 4_000,
    "X-MICROSOFT-CDO-ALLDAYEVENT": 40,
}
_FIRST_OF_MANY = {"X-ALT-DESC": 100_000, "CONFERENCE": 4_000}
_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), 127))
"""What no content line may hold (3.1); icalendar would refuse the line."""
_READ = frozenset({"VEVENT", "VTIMEZONE"})
_ONE_OF_A_SERIES = frozenset({"RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"})
_LONGEST_PARAMETER = 300
_MOST_PARAMETERS = 20

Said = dict[str, object]
"""One property: its value as it is written, and its parameters."""


class Refused(Exception):
    """The lines are not those of one event: a word that says why, and a detail."""


class _Found:
    """What has been found so far, and in which component the next line stands."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.calendars = self.events = 0
        self.calendar: dict[str, str] = {}
        self.event: dict[str, Said] = {}
        self.attendees: list[Said] = []
        self.zones: list[dict[str, list[str]]] = []

    def as_json(self) -> dict[str, object]:
        return {
            "calendar": self.calendar,
            "event": self.event,
            "attendees": self.attendees,
            "zones": self.zones,
        }


def parse(content: bytes) -> dict[str, object]:
    """The properties of the one event in a calendar; raises Refused."""
    found = _Found()
    for number, line in enumerate(_unfolded(content), 1):
        if number > _MOST_LINES:
            raise Refused("long", f"{_MOST_LINES:,} lines")
        if line and not line.isspace():
            _take(line, number, found)
    if found.path:
        raise Refused("torn", f"END:{found.path[-1]}")
    if found.calendars != 1:
        raise Refused("calendars" if found.calendars else "no calendar", str(found.calendars))
    if found.events != 1:
        raise Refused("events" if found.events else "no event", str(found.events))
    return found.as_json()


def _unfolded(content: bytes) -> list[str]:
    """Lines as they were before they were folded: in octets, which may have parted a character (3.1)."""
    bare = content.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = bare.replace(b"\n ", b"").replace(b"\n\t", b"").decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("encoding", f"0x{error.object[error.start]:02x}") from None
    return text.split("\n")


def _take(line: str, number: int, found: _Found) -> None:
    if (
        len(found.path) > 1
        and found.path[1] not in _READ
        and not line[:6].upper().startswith(("BEGIN:", "END:"))
    ):
        return
    name, parameters, value = _parts(line, number)
    if name == "BEGIN":
        _begin(value.strip().upper(), found)
    elif name == "END":
        if not found.path or found.path.pop() != value.strip().upper():
            raise Refused("torn", f"END:{value[:_SHOWN]}")
    elif not found.path:
        raise Refused("line", str(number))
    elif found.path == ["VCALENDAR"]:
        if name in {"METHOD", "VERSION"} and found.calendar.setdefault(name, value[:40]) != value[:40]:
            raise Refused("twice", name)
    elif found.path == ["VCALENDAR", "VEVENT"]:
        _keep(name, {"value": value, "parameters": parameters}, found)
    elif found.path[1] == "VTIMEZONE":
        found.zones[-1].setdefault(name, []).append(value[:_LONGEST_PARAMETER])


def _begin(component: str, found: _Found) -> None:
    found.path.append(component[:_SHOWN])
    if len(found.path) > _DEEPEST:
        raise Refused("deep", "")
    if (component == "VCALENDAR") != (len(found.path) == 1):
        raise Refused("torn", f"BEGIN:{component[:_SHOWN]}")
    found.calendars += component == "VCALENDAR"
    found.events += component == "VEVENT"
    if component == "VTIMEZONE":
        found.zones.append({})
        if len(found.zones) > _MOST_ZONES or len(found.path) > len(("VCALENDAR", "VTIMEZONE")):
            raise Refused("deep", "")


def _keep(name: str, said: Said, found: _Found) -> None:
    if name in _ONE_OF_A_SERIES:
        raise Refused("series", name)
    if name == "ATTENDEE":
        found.attendees.append(_cut(said, 1_000))
        if len(found.attendees) > _MOST_ATTENDEES:
            raise Refused("crowd", "")
    elif name in _FIRST_OF_MANY:
        found.event.setdefault(name, _cut(said, _FIRST_OF_MANY[name]))
    elif name in _KEPT:
        if name in found.event:
            raise Refused("twice", name)
        found.event[name] = _cut(said, _KEPT[name])


def _cut(said: Said, longest: int) -> Said:
    return said | {"value": str(said["value"])[:longest]}


def _parts(line: str, number: int) -> tuple[str, dict[str, str], str]:
    """Name, parameters and value of a content line (3.1), the first two in capitals, the value as it is written."""
    try:
        name, parameters, value = Contentline(line.translate(_CONTROLS)).raw_parts()
    except ValueError:
        raise Refused("line", str(number)) from None
    kept = islice(parameters.items(), _MOST_PARAMETERS)
    return name.upper(), {key.upper(): _text(said)[:_LONGEST_PARAMETER] for key, said in kept}, value


def _text(value: str | list[str]) -> str:
    """A parameter's value; one with a bare comma is a list to icalendar, and most often a name to whoever wrote it."""
    return value if isinstance(value, str) else ",".join(value)


def _limit() -> None:  # pragma: no cover  # in the child alone: it would limit the tests themselves
    """Give up after so much processor time and memory; Windows and a stricter system leave it as it is."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # is not on Windows

    limits = {"RLIMIT_CPU": _CPU_SECONDS, "RLIMIT_AS": _MEMORY, "RLIMIT_CORE": 0, "RLIMIT_FSIZE": 0}
    for name, most in limits.items():
        with suppress(AttributeError, OSError, ValueError):
            resource.setrlimit(getattr(resource, name), (most, most))


def _main() -> None:  # pragma: no cover  # in the child alone
    _limit()
    try:
        answer = parse(sys.stdin.buffer.read())
    except Refused as refusal:
        answer = {"refused": refusal.args}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


if __name__ == "__main__":  # pragma: no cover  # in the child alone
    _main()

"""In a child process: the bytes of one invitation in, its properties as plain JSON out.

icalendar takes the content lines apart (RFC 5545, 3.1); what it would
make of them beyond that (zones looked up in the file system, unknown ones as
floating time, series expanded) is not asked for. Components that are not read
are skipped, whatever stands in them.

It decides nothing but whether the lines are those of one event, and what is
forgiven: equal repeats, what cannot be read in parts that nobody asks for,
lines behind the end. Text that runs on without a fold is read as text, never as
a property. What it has against the lines, or forgave, is one word of
``calsync.intake.invitation.child``, and a detail.
"""

import re
from contextlib import suppress
from itertools import islice
from typing import Any

from icalendar.parser import Contentline

__all__ = ["Refused", "answer", "parse"]

_DEEPEST = 6
_MOST_LINES = 20_000
_MOST_ATTENDEES = 500
_MOST_ZONES = 50
_SHOWN = 60
_MOST_NOTES = 10
_MOST_OF_A_KIND = 200

# What is kept of an event, and how many characters of it; each at most once (section 3.6.1).
_KEPT = {
    "UID": 1_001,
    "SEQUENCE": 40,
    "DTSTAMP": 40,
    "DTSTART": 200,
    "DTEND": 200,
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
_DECIDING = frozenset({"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "STATUS", "ORGANIZER"})
"""Of these nobody may say two things."""
_OF_THE_CALENDAR = frozenset({"METHOD", "VERSION", "X-WR-TIMEZONE"})
_OTHERS = frozenset(
    {
        *(
            "ATTACH",
            "ATTENDEE",
            "CATEGORIES",
            "CLASS",
            "COLOR",
            "COMMENT",
            "CONTACT",
            "CREATED",
            "GEO",
            "IMAGE",
        ),
        *("LAST-MODIFIED", "PRIORITY", "RELATED-TO", "REQUEST-STATUS", "RESOURCES", "STRUCTURED-DATA"),
        *("STYLED-DESCRIPTION", "TRANSP"),
    }
)
"""The other properties that an event may have (RFC 5545, 3.6.1; RFC 7986; RFC 9073), beside X- of anybody's."""
_TEXTS = frozenset(
    {"SUMMARY", "LOCATION", "DESCRIPTION", "COMMENT", "CONTACT", "RESOURCES", "CATEGORIES", "NAME"}
)
"""Behind these, and behind X-, a line that is no property is text that was not folded."""
_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), 127))
"""What no content line may hold (3.1); icalendar would refuse the line."""
_READ = frozenset({"VEVENT", "VTIMEZONE"})
_ONE_OF_A_SERIES = frozenset({"RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"})
_LONGEST_PARAMETER = 300
_MOST_PARAMETERS = 20

Said = dict[str, object]
"""One property: its value as it is written, and its parameters."""
Line = tuple[int, str]
"""Its number in the file, and what stands there."""
Parts = tuple[str, dict[str, str], str]
"""Name and parameters in capitals, and the value as it is written."""


class Refused(Exception):
    """The lines are not those of one event: a word that says why, and a detail."""


class _Found:
    """What has been found so far, and in which component the next line stands."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.calendars = self.events = 0
        self.calendar: dict[str, str] = {}
        self.is_behind_text = self.is_running_on = False
        self.lines: list[Line] = []
        self.event: dict[str, Said] = {}
        self.attendees: list[Said] = []
        self.zones: list[dict[str, object]] = []
        self.notes: dict[tuple[str, str], None] = {}

    def note(self, word: str, detail: str) -> None:
        if len(self.notes) < _MOST_NOTES:
            self.notes[word, detail] = None

    def as_json(self) -> dict[str, object]:
        return {
            "calendar": self.calendar,
            "event": self.event,
            "attendees": self.attendees,
            "zones": self.zones,
            "notes": list(self.notes),
        }


def answer(content: bytes) -> dict[str, object]:
    """The same, with what was refused as a part of it."""
    try:
        return parse(content)
    except Refused as refusal:
        return {"refused": refusal.args}


def parse(content: bytes) -> dict[str, object]:
    """The properties of the one event in a calendar; raises Refused."""
    found = _Found()
    for number, line in enumerate(_unfolded(content, found), 1):
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


def _unfolded(content: bytes, found: _Found) -> list[str]:
    """Lines as they were before they were folded: in octets, which may have parted a character (3.1)."""
    bare = content.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    whole = bare.replace(b"\n ", b"").replace(b"\n\t", b"").removeprefix(b"\xef\xbb\xbf")
    try:
        return whole.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        found.note("encoding", f"0x{error.object[error.start]:02x}")
    return [_decoded(line) for line in whole.split(b"\n")]


def _decoded(line: bytes) -> str:
    for encoding in ("utf-8", "cp1252"):
        with suppress(UnicodeDecodeError):
            return line.decode(encoding)
    return line.decode("latin-1")


# --- components ---

_STRUCTURE = re.compile(r"(BEGIN|END):([A-Z][A-Z0-9-]*)\s*", re.IGNORECASE)


def _take(line: str, number: int, found: _Found) -> None:
    if mark := _STRUCTURE.fullmatch(line):
        begins, component = mark[1].upper() == "BEGIN", mark[2].upper()[:_SHOWN]
        if begins:
            _begin(component, found)
        elif found.path or not found.calendars:
            _end(component, found)
    elif not found.path:
        if not found.calendars:
            raise Refused("line", str(number))
    elif found.path == ["VCALENDAR"]:
        _of_calendar(line, found)
    elif found.path == ["VCALENDAR", "VEVENT"]:
        found.lines.append((number, line))
    elif found.path[1] == "VTIMEZONE" and (parts := _parts(line)):
        _of_zone(parts, found)


def _begin(component: str, found: _Found) -> None:
    found.path.append(component)
    if len(found.path) > _DEEPEST:
        raise Refused("deep", "")
    if (component == "VCALENDAR") != (len(found.path) == 1):
        raise Refused("torn", f"BEGIN:{component}")
    found.calendars += component == "VCALENDAR"
    found.events += component == "VEVENT"
    if component == "VTIMEZONE":
        found.zones.append({"properties": {}, "parts": []})
        if len(found.zones) > _MOST_ZONES or len(found.path) > len(("VCALENDAR", "VTIMEZONE")):
            raise Refused("deep", "")
    elif found.path[1:2] == ["VTIMEZONE"]:
        parts: Any = found.zones[-1]["parts"]
        parts.append({})


def _end(component: str, found: _Found) -> None:
    path = tuple(found.path)
    if not path or found.path.pop() != component:
        raise Refused("torn", f"END:{component}")
    if path == ("VCALENDAR", "VEVENT"):
        _read_event(found)


def _of_calendar(line: str, found: _Found) -> None:
    """A line before the components; nothing is taken from behind one that is none."""
    parts = _parts(line)
    if parts is None or (found.is_behind_text and not _is_written_as_one(line)):
        found.is_running_on = found.is_behind_text
    elif parts[0] in _OF_THE_CALENDAR and not found.is_running_on:
        name, value = parts[0], parts[2][:_LONGEST_PARAMETER]
        if found.calendar.setdefault(name, value) != value:
            raise Refused("twice", name)
    if parts is not None and not found.is_running_on:
        found.is_behind_text = parts[0] in _TEXTS or parts[0].startswith("X-")


def _of_zone(parts: Parts, found: _Found) -> None:
    zone: Any = found.zones[-1]
    inside = len(found.path) > len(("VCALENDAR", "VTIMEZONE"))
    properties = zone["parts"][-1] if inside else zone["properties"]
    said = properties.setdefault(parts[0], [])
    if len(said) < _MOST_OF_A_KIND:
        said.append(parts[2][:_LONGEST_PARAMETER])


# --- the lines of the event ---


def _read_event(found: _Found) -> None:
    """Its own lines, in order; where text runs on, what is behind it counts only where the event is not whole without."""
    before = ""
    for place, (number, line) in enumerate(found.lines):
        parts = _parts(line)
        if parts and (not before or _is_property(line, parts)):
            before = parts[0] if parts[0] in _TEXTS or parts[0].startswith("X-") else ""
            _keep(parts, found)
        elif before:
            _run_on(before, place, found)
            break
        else:
            _keep_broken(number, line, found)
    found.lines.clear()


def _run_on(name: str, place: int, found: _Found) -> None:
    """Text behind a text: up to where nothing but properties follows."""
    rest = [line for _, line in found.lines[place:]]
    behind = len(rest)
    while behind and (parts := _parts(rest[behind - 1])) and _is_property(rest[behind - 1], parts):
        behind -= 1
    if name in found.event and name in _KEPT:
        value = r"\n".join((str(found.event[name]["value"]), *rest[:behind]))
        found.event[name] = _cut(found.event[name] | {"value": value}, _KEPT[name])
    found.note("broken", str(found.lines[place][0]))
    if not found.event.keys() >= {"UID", "DTSTART", "SUMMARY"}:
        for line in rest[behind:]:
            parts = _parts(line)
            if parts and parts[0] != "STATUS" and parts[0] not in found.event:
                _keep(parts, found)


def _keep(parts: Parts, found: _Found) -> None:
    name, parameters, value = parts
    said: Said = {"value": value, "parameters": parameters}
    if name in _ONE_OF_A_SERIES:
        raise Refused("series", name)
    if name == "ATTENDEE":
        found.attendees.append(_cut(said, 1_000))
        if len(found.attendees) > _MOST_ATTENDEES:
            raise Refused("crowd", "")
    elif name in _FIRST_OF_MANY:
        found.event.setdefault(name, _cut(said, _FIRST_OF_MANY[name]))
    elif name in _KEPT:
        said = _cut(said, _KEPT[name])
        if found.event.setdefault(name, said) == said:
            return
        if name in _DECIDING:
            raise Refused("twice", name)
        found.note("again", name)


def _keep_broken(number: int, line: str, found: _Found) -> None:
    """A line that cannot be taken apart: of a person what can be told, of the rest what nobody asks for is left out."""
    name = re.split("[;:]", line, maxsplit=1)[0].strip().upper()
    if (person := _PERSON.fullmatch(line)) and name in {"ORGANIZER", "ATTENDEE"}:
        _keep((name, {"CN": (person["name"] or "").replace('"', "")}, person["address"]), found)
    elif name in _KEPT or name in _ONE_OF_A_SERIES:
        raise Refused("line", str(number))
    else:
        found.note("left out", str(number))


_PERSON = re.compile(
    r'[A-Z]+(?:;CN=(?P<name>[^:;]{0,300})|;[^:;]{0,300}){0,20}:.*?(?P<address>mailto:[^\s"<>;]{1,300})',
    re.IGNORECASE,
)


def _is_property(line: str, parts: Parts) -> bool:
    """Whether a line behind a text is a property, and not a part of the text that looks like one."""
    known = (
        parts[0] in _KEPT or parts[0] in _FIRST_OF_MANY or parts[0] in _OTHERS or parts[0] in _ONE_OF_A_SERIES
    )
    return (known or parts[0].startswith("X-")) and _is_written_as_one(line)


def _is_written_as_one(line: str) -> bool:
    """Calendars write names in capitals; people write ``Status:``."""
    name = re.split("[;:]", line, maxsplit=1)[0]
    return name.isupper()


def _cut(said: Said, longest: int) -> Said:
    return said | {"value": str(said["value"])[:longest]}


def _parts(line: str) -> Parts | None:
    """A content line (3.1); None for one that is none."""
    try:
        name, parameters, value = Contentline(line.translate(_CONTROLS)).raw_parts()
    except ValueError:
        return None
    kept = islice(parameters.items(), _MOST_PARAMETERS)
    return name.upper(), {key.upper(): _text(said)[:_LONGEST_PARAMETER] for key, said in kept}, value


def _text(value: str | list[str]) -> str:
    """A parameter's value; one with a bare comma is a list to icalendar, and most often a name to whoever wrote it."""
    return value if isinstance(value, str) else ",".join(value)

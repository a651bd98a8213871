"""A follow-up as the text of a resource, and what of a resource is ours to compare.

A resource is kept as its content lines. What the user's program put into it
stays, in its order: a change takes out the lines of the fields that change, and
writes them anew. A field that is ours is a row of ``_FIELDS``.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from calsync.domain import Event
from calsync.sync.protocol import Profile
from calsync.sync.values import Mark, Resource
from calsync.targets.ics.vevent import (
    CATEGORY,
    PRODID,
    UNTITLED,
    cleaned,
    content_line,
    escaped,
    instant,
    link,
    one_line,
)

__all__ = ["MARK", "changed", "created", "is_event", "profile", "read_mark", "resource", "resource_name"]

MARK = "X-CALSYNC"
"""The property by which a resource says whose it is."""
_LONGEST_PLAIN = 200


class Line(msgspec.Struct, frozen=True):
    """One content line, unfolded: its name, its parameters as they stand, and its raw value."""

    name: str
    parameters: str
    value: str

    def octets(self) -> bytes:
        """Folded again."""
        return content_line(f"{self.name}{self.parameters}", self.value)

    def parameter(self, name: str) -> str:
        """The value of a parameter, or nothing."""
        found = re.search(rf';{name}=("[^"]*"|[^;]*)', self.parameters, re.IGNORECASE)
        return found[1].strip('"') if found else ""


_LINE = re.compile(r'([A-Za-z0-9-]+)((?:;[^":;=]+=(?:"[^"]*"|[^":;]*)+)*):(.*)', re.DOTALL)


def _lines(text: str) -> list[Line]:
    """What can be read as content lines; the rest is nobody's."""
    unfolded = re.sub(r"\n[ \t]", "", text.replace("\r\n", "\n"))
    found = (_LINE.fullmatch(each) for each in unfolded.split("\n"))
    return [Line(each[1].upper(), each[2], each[3]) for each in found if each]


def _parts(lines: Sequence[Line]) -> tuple[list[Line], list[list[Line]], int, int]:
    """Of the first event that is no exception of a series: properties, components within, first and last line."""
    begin = next(
        (place for place, line in enumerate(lines) if (line.name, line.value.upper()) == ("BEGIN", "VEVENT")),
        len(lines),
    )
    properties: list[Line] = []
    within: list[list[Line]] = []
    depth = 0
    for place in range(begin + 1, len(lines)):
        line = lines[place]
        if line.name == "BEGIN":
            if depth == 0:
                within.append([])
            depth += 1
        if depth:
            within[-1].append(line)
        elif line.name == "END":
            return properties, within, begin, place
        else:
            properties.append(line)
        if line.name == "END":
            depth -= 1
    return properties, within, begin, len(lines)


# Written


def created(event: Event, mark: Mark, now: datetime, uid: str = "") -> bytes:
    """A new resource; nothing in it can send mail to anybody."""
    stamp = instant(now)
    head = [
        Line("UID", "", uid or event.uid),
        Line("DTSTAMP", "", stamp),
        Line("CREATED", "", stamp),
        Line("LAST-MODIFIED", "", stamp),
        Line("SEQUENCE", "", "0"),
    ]
    middle = [line for name in _FIELDS for line in _FIELDS[name].written(event)]
    inner = [*head, *middle, Line("CATEGORIES", "", CATEGORY), _mark_line(mark), *_alarms(event)]
    return b"".join(line.octets() for line in _wrapped(inner))


def changed(text: str, event: Event, names: Collection[str], mark: Mark, now: datetime) -> bytes:
    """The resource with these fields as the event has them; everything else in it stays."""
    lines = _lines(text)
    properties, within, begin, end = _parts(lines)
    ours = {name for field in names for name in _FIELDS[field].properties}
    sequence = next((line.value for line in properties if line.name == "SEQUENCE"), "0")
    anew = ours | {MARK, "DTSTAMP", "LAST-MODIFIED", "SEQUENCE"}
    kept = [line for line in properties if line.name not in anew]
    stamps = [
        Line("DTSTAMP", "", instant(now)),
        Line("LAST-MODIFIED", "", instant(now)),
        Line("SEQUENCE", "", str(int(sequence) + 1 if sequence.isdigit() else 1)),
    ]
    written = [line for name in _FIELDS if name in names for line in _FIELDS[name].written(event)]
    rings = "reminders" in names
    inner = [
        line for part in within if not (rings and _is_alarm(part) and not _is_default(part)) for line in part
    ]
    new = [*kept, *stamps, *written, _mark_line(mark), *inner, *(_alarms(event) if rings else ())]
    return b"".join(line.octets() for line in (*lines[: begin + 1], *new, *lines[end:]))


def _wrapped(inner: Iterable[Line]) -> Iterator[Line]:
    yield Line("BEGIN", "", "VCALENDAR")
    yield Line("VERSION", "", "2.0")
    yield Line("PRODID", "", PRODID)
    yield Line("CALSCALE", "", "GREGORIAN")
    yield Line("BEGIN", "", "VEVENT")
    yield from inner
    yield Line("END", "", "VEVENT")
    yield Line("END", "", "VCALENDAR")


def _alarms(event: Event) -> Iterator[Line]:
    title = escaped(one_line(event.summary)) or UNTITLED
    for minutes in dict.fromkeys(event.alarms):
        yield Line("BEGIN", "", "VALARM")
        yield Line("ACTION", "", "DISPLAY")
        yield Line("DESCRIPTION", "", title)
        yield Line("TRIGGER", "", f"-PT{minutes}M")
        yield Line("END", "", "VALARM")


def _mark_line(mark: Mark) -> Line:
    said = " ".join(f"{name}={digest}" for name, digest in mark.digests.items())
    return Line(MARK, "", f"{mark.store or '-'} {mark.generation} {mark.count} {mark.uid} {said}")


# Read


def resource(href: str, etag: str, text: str) -> Resource:
    """A resource as the engine compares it."""
    properties, within, _, _ = _parts(_lines(text))
    return Resource(href, etag, _fields(properties, within), _mark(properties))


def is_event(text: str) -> bool:
    """Whether there is an event in it that could be read."""
    properties, _, _, _ = _parts(_lines(text))
    return any(line.name == "DTSTART" for line in properties)


def read_mark(text: str) -> Mark | None:
    """What a resource says of itself."""
    return _mark(_parts(_lines(text))[0])


def _mark(properties: Iterable[Line]) -> Mark | None:
    value = next((line.value for line in properties if line.name == MARK), "")
    try:
        store, generation, count, uid, *said = value.split()
        digests = dict(each.split("=", 1) for each in said)
        return Mark(uid, "" if store == "-" else store, int(generation), int(count), digests)
    except ValueError:
        return None


def _fields(properties: Sequence[Line], within: Sequence[Sequence[Line]]) -> dict[str, Any]:
    by_name: dict[str, Line] = {}
    for line in properties:
        by_name.setdefault(line.name, line)
    found = {name: _marked(field.read(by_name)) for name, field in _FIELDS.items() if name != "reminders"}
    rings = {_minutes(part) for part in within if _is_alarm(part) and not _is_default(part)}
    return {**found, "reminders": sorted(rings, key=str)}


def _text(name: str) -> Callable[[Mapping[str, Line]], str]:
    def read(lines: Mapping[str, Line]) -> str:
        line = lines.get(name)
        return "" if line is None else cleaned(_unescaped(line.value)).strip()

    return read


def _word(name: str, usual: str) -> Callable[[Mapping[str, Line]], str]:
    """A word that some servers leave out where it is the usual one."""
    return lambda lines: lines[name].value.strip().upper() if name in lines else usual


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def _read_time(lines: Mapping[str, Line]) -> list[str]:
    start, end = _moment(lines.get("DTSTART")), _moment(lines.get("DTEND"))
    if isinstance(end, str) and not end and not isinstance(start, str):
        length = _length(lines["DURATION"].value) if "DURATION" in lines else None
        end = start + (length or (timedelta(days=1) if type(start) is date else timedelta()))
    return [each if isinstance(each, str) else _written(each) for each in (start, end)]


def _written(moment: date) -> str:
    if isinstance(moment, datetime) and moment.tzinfo:
        return moment.astimezone(UTC).isoformat(timespec="seconds")
    return moment.isoformat()


def _moment(line: Line | None) -> date | str:
    """A moment or a day; as it stands where it cannot be read."""
    if line is None:
        return ""
    value = line.value.strip()
    known = re.fullmatch(r"\d{8}(T\d{6}Z?)?", value)
    try:
        if known and "T" not in value:
            return date.fromisoformat(value)
        moment = datetime.fromisoformat(value.removesuffix("Z") if known else "")
    except ValueError:
        return f"{value} ?"
    if value.endswith("Z"):
        return moment.replace(tzinfo=UTC)
    name = line.parameter("TZID")
    zone = _zone(name) if name else None
    if name and zone is None:
        return f"{value} {name}"
    return moment.replace(tzinfo=zone)


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo | None:
    """A zone by its name, as programs write it: also Windows' names, and with a path in front."""
    parts = WINDOWS_TO_OLSON.get(name, name).strip("/").split("/")
    for begin in range(len(parts)):
        try:
            return ZoneInfo("/".join(parts[begin:]))
        except (OSError, ValueError):
            continue
    return None


_LENGTH = re.compile(
    r"([+-]?)P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?"
)


def _length(value: str) -> timedelta | None:
    found = _LENGTH.fullmatch(value.strip().upper())
    if found is None:
        return None
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in found.groups()[1:])
    span = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -span if found[1] == "-" else span


def _is_alarm(part: Sequence[Line]) -> bool:
    return part[0].value.upper() == "VALARM"


def _is_default(part: Sequence[Line]) -> bool:
    """An alarm that the calendar rings by itself, or that came from putting one off: neither is an edit."""
    said = {(line.name, line.value.strip().upper()) for line in part}
    return bool(
        said & {("X-APPLE-DEFAULT-ALARM", "TRUE"), ("ACTION", "NONE")}
        or any(line.name == "RELATED-TO" for line in part)
    )


def _minutes(part: Sequence[Line]) -> int | str:
    """Minutes before the start; as it stands what counts from elsewhere."""
    line = next((line for line in part if line.name == "TRIGGER"), Line("TRIGGER", "", ""))
    span = _length(line.value)
    if span is None or line.parameter("RELATED").upper() == "END" or span.total_seconds() % 60:
        return f"{line.parameters}:{line.value.strip()}"
    return int(-span.total_seconds() // 60)


def _marked(value: object) -> object:
    """A long text as its digest: it is compared, never shown, and kept for each event."""
    if isinstance(value, str) and len(value) > _LONGEST_PLAIN:
        return f"#{sha256(value.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"
    return value


class _Field(msgspec.Struct, frozen=True):
    """The properties that carry a field, how it is read, and its lines for an event."""

    properties: tuple[str, ...]
    read: Callable[[Mapping[str, Line]], Any]
    written: Callable[[Event], Sequence[Line]]


def _line(name: str, value: str) -> Sequence[Line]:
    return [Line(name, "", value)] if value else []


def _busy(event: Event) -> Sequence[Line]:
    call = event.action == "call"
    return [
        Line("TRANSP", "", "OPAQUE" if call else "TRANSPARENT"),
        Line("X-MICROSOFT-CDO-BUSYSTATUS", "", "BUSY" if call else "FREE"),
    ]


_FIELDS: dict[str, _Field] = {
    "time": _Field(
        ("DTSTART", "DTEND", "DURATION"),
        _read_time,
        lambda event: [
            Line("DTSTART", "", instant(event.start)),
            Line("DTEND", "", instant(event.end)),
        ],
    ),
    "summary": _Field(
        ("SUMMARY",), _text("SUMMARY"), lambda event: _line("SUMMARY", escaped(one_line(event.summary)))
    ),
    "description": _Field(
        ("DESCRIPTION",),
        _text("DESCRIPTION"),
        lambda event: _line("DESCRIPTION", escaped(cleaned(event.description).strip())),
    ),
    "location": _Field(
        ("LOCATION",), _text("LOCATION"), lambda event: _line("LOCATION", escaped(cleaned(event.location)))
    ),
    "source": _Field(
        ("URL",),
        lambda lines: lines["URL"].value.strip() if "URL" in lines else "",
        lambda event: _line("URL", link(event.url)),
    ),
    "status": _Field(
        ("STATUS",), _word("STATUS", "CONFIRMED"), lambda event: _line("STATUS", event.status.upper())
    ),
    "transparency": _Field(("TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS"), _word("TRANSP", "OPAQUE"), _busy),
    "reminders": _Field((), lambda _: [], lambda _: []),
}
"""Each field; reminders are components and not properties, and are written last."""


# What the engine has to know


def resource_name(store: str, uid: str, generation: int = 0) -> str:
    """The name of the resource of a follow-up: plain letters and digits, the same whenever it is worked out."""
    return sha256(f"{store}\n{generation}\n{uid}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _planned(event: Event) -> dict[str, Any]:
    """What is compared of an event: read out of what would be sent."""
    properties = [line for field in _FIELDS.values() for line in field.written(event)]
    return {**_fields(properties, ()), "reminders": sorted(dict.fromkeys(event.alarms), key=str)}


def profile(name: str, title: str) -> Profile:
    """What the engine has to know of calendars at one server."""
    return Profile(
        name=name,
        title=title,
        fields=_planned,
        href=resource_name,
        keys=lambda field, _, __: _keys(field),
        lists_before_writing=True,
    )


def _keys(field: str) -> list[str]:
    return {"time": ["start", "end"]}.get(field, [field])

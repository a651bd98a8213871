"""A follow-up as Google takes it, and what of an event at Google is ours to compare.

``body`` is what we send. ``fields`` reads what we send and what Google answers
into the same few comparable values: Google's answers are no echoes (times in the
calendar's zone, aliases of zones, defaults left out, reminders in another
order), and comparing them as they come would never come to rest. A field that
is ours is a row of ``_FIELDS``; what is not there (colour, guests, attachments)
belongs to the user and is neither compared nor sent.
"""

from base64 import b32hexencode
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from calsync.domain import Event
from calsync.sync.protocol import Profile
from calsync.sync.values import Mark, Resource

__all__ = [
    "FIELDS",
    "PROFILE",
    "Body",
    "body",
    "event_id",
    "fields",
    "google_names",
    "mark_properties",
    "part",
    "read_mark",
    "resource",
]

Body: TypeAlias = Mapping[str, Any]
"""An event as JSON, as it is sent or answered."""

MARKER, UID, WRITE, DIGESTS = "calsync", "calsyncUid", "calsyncWrite", "calsyncFields"
"""Names of private properties (at most 44 characters), by which an event says whose it is."""
_PROPERTY = 1024
_MOST_REMINDERS = 5
_LONGEST_REMINDER = 40320  # four weeks of minutes, Google's limit
_LONGEST_DESCRIPTION = 8000  # of 8192
_LONGEST_PLAIN = 200


def body(event: Event) -> dict[str, Any]:
    """Everything of a worded follow-up that Google is told, without an id.

    Reminders are always explicit: a calendar's defaults would ring where no
    alarm is planned. No attendees, no conference: they can send mail.
    """
    made: dict[str, Any] = {
        "summary": event.summary,
        "description": _escaped(event.description),
        "start": _time(event.start),
        "end": _time(event.end),
        "status": event.status,
        "transparency": "opaque" if event.action == "call" else "transparent",
        "visibility": "private",
        "reminders": _reminders(event.alarms),
        "extendedProperties": {"private": {MARKER: "1", UID: event.uid[:_PROPERTY]}},
    }
    if event.location:
        made["location"] = event.location
    if event.url.lower().startswith(("http://", "https://")):
        made["source"] = {"title": event.url.split("/")[2], "url": event.url}
    return made


def part(made: Body, names: Collection[str]) -> dict[str, Any]:
    """The part of a body that sets these fields, and clears those of them it does not have."""
    return {key: made.get(key) for name in FIELDS if name in names for key in _FIELDS[name][0]}


def fields(event: Body) -> dict[str, Any]:
    """What is compared of an event, ours or Google's."""
    return {name: _marked(read(event)) for name, (_, read) in _FIELDS.items()}


def google_names(name: str, one: object, other: object) -> list[str]:
    """What Google calls a field that differs: for the time, ``start`` or ``end`` or both."""
    keys = _FIELDS[name][0]
    if name == "time" and isinstance(one, list) and isinstance(other, list):
        return [key for key, *pair in zip(keys, one, other, strict=True) if pair[0] != pair[1]]
    return list(keys)


def mark_properties(mark: Mark) -> dict[str, Any]:
    """What an event says of itself, as a part of its body."""
    said = " ".join(f"{name}={digest}" for name, digest in mark.digests.items())
    private = {
        MARKER: "1",
        UID: mark.uid[:_PROPERTY],
        WRITE: f"{mark.store} {mark.generation} {mark.count}",
        DIGESTS: said[:_PROPERTY],
    }
    return {"extendedProperties": {"private": private}}


def resource(event: Body) -> Resource:
    """An event of Google's as the engine compares it."""
    href, etag = str(event.get("id", "")), str(event.get("etag", ""))
    if event.get("status") == "cancelled":
        return Resource(href, etag, deleted=True)
    return Resource(href, etag, fields(event), read_mark(event))


def read_mark(event: Body) -> Mark | None:
    """What an event says of itself; an older calsync wrote no more than the uid."""
    private = event.get("extendedProperties", {}).get("private", {})
    if MARKER not in private or UID not in private:
        return None
    mark = Mark(private[UID])
    try:
        store, generation, count = private[WRITE].split()
        digests = dict(each.split("=") for each in private[DIGESTS].split())
        return replace(mark, store=store, generation=int(generation), count=int(count), digests=digests)
    except (KeyError, ValueError):
        return mark


def _time(moment: datetime) -> dict[str, str]:
    """Wall time and zone; the offset only in the hour that a clock shows twice."""
    zone = str(moment.tzinfo)
    twice = moment.utcoffset() != moment.replace(fold=1 - moment.fold).utcoffset()
    wall = moment if twice else moment.replace(tzinfo=None)
    return {"dateTime": wall.isoformat(timespec="seconds"), "timeZone": zone}


def _reminders(alarms: Collection[int]) -> dict[str, Any]:
    """Both keys, whatever is in them: a patch that sends one alone leaves the other as it was."""
    minutes = [each for each in dict.fromkeys(alarms) if 0 <= each <= _LONGEST_REMINDER][:_MOST_REMINDERS]
    return {"useDefault": False, "overrides": [{"method": "popup", "minutes": each} for each in minutes]}


def _escaped(text: str) -> str:
    """Google shows descriptions as HTML; as much of the text as fits when it is escaped."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    if len(escaped) <= _LONGEST_DESCRIPTION:
        return escaped
    kept = "".join(_whole_signs(text))
    return f"{kept}…"


def _whole_signs(text: str) -> Collection[str]:
    signs: list[str] = []
    room = _LONGEST_DESCRIPTION - 1
    for sign in text:
        written = {"&": "&amp;", "<": "&lt;"}.get(sign, sign)
        room -= len(written)
        if room < 0:
            break
        signs.append(written)
    return signs


def _read_time(event: Body) -> list[str]:
    return [_instant(event.get(key) or {}) for key in ("start", "end")]


def _instant(moment: Mapping[str, str]) -> str:
    """A moment in UTC, whichever zone it is written in; a whole day as it stands."""
    text = moment.get("dateTime")
    if not text:
        return moment.get("date") or ""
    return _in_utc(text, moment.get("timeZone") or "UTC")


@lru_cache(maxsize=4096)
def _in_utc(text: str, zone: str) -> str:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:  # only what we send: Google always answers with an offset
        found = found.replace(tzinfo=ZoneInfo(zone))
    return found.astimezone(UTC).isoformat(timespec="seconds")


def _read_reminders(event: Body) -> Any:
    """Sorted, for Google answers in an order of its own; ``default`` where the calendar's apply."""
    reminders = event.get("reminders") or {"useDefault": True}
    if reminders.get("useDefault"):
        return "default"
    found = ((each.get("method"), each.get("minutes")) for each in reminders.get("overrides") or ())
    return sorted([method, minutes] for method, minutes in dict.fromkeys(found))


def _text(key: str) -> Callable[[Body], str]:
    return lambda event: (event.get(key) or "").replace("\r\n", "\n").strip()


def _word(key: str, usual: str) -> Callable[[Body], str]:
    """A word that Google leaves out where it is the usual one."""
    return lambda event: event.get(key) or usual


_FIELDS: dict[str, tuple[tuple[str, ...], Callable[[Body], Any]]] = {
    "time": (("start", "end"), _read_time),
    "summary": (("summary",), _text("summary")),
    "description": (("description",), _text("description")),
    "location": (("location",), _text("location")),
    "source": (("source",), lambda event: (event.get("source") or {}).get("url", "")),
    "status": (("status",), _word("status", "confirmed")),
    "transparency": (("transparency",), _word("transparency", "opaque")),
    "visibility": (("visibility",), _word("visibility", "default")),
    "reminders": (("reminders",), _read_reminders),
}
"""Each field: the keys of the resource that carry it, and how it is read. A start belongs to its end."""

FIELDS = tuple(_FIELDS)


def _marked(value: object) -> object:
    """A long text as its digest: it is compared, never shown, and kept for each event."""
    if isinstance(value, str) and len(value) > _LONGEST_PLAIN:
        return f"#{sha256(value.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"
    return value


# Which event at Google a follow-up is: an id of our own, the same whenever it is worked out.
#
# With an id of ours a request that is sent twice makes one event: the second is
# refused, because the id is taken. It is derived from the store, the uid and the
# generation, never from the content, and says nothing about any of them.

_OCTETS = 20
"""A whole number of base-32 groups, so that nothing is padded: 32 letters."""


def event_id(store: str, uid: str, generation: int = 0) -> str:
    """The id (letters a to v and digits) of a follow-up; deleted ids stay taken, so each return is a generation.

    >>> event_id("00112233aabbccdd", "acme.status@calsync")
    't8rblf5ff50o7ivvtl61kk74hh9g3avj'
    """
    digest = sha256(f"{store}\n{generation}\n{uid}".encode("utf-8", "surrogatepass")).digest()
    return b32hexencode(digest[:_OCTETS]).decode("ascii").lower()


PROFILE = Profile(
    name="google",
    title="Google",
    fields=lambda event: fields(body(event)),
    href=event_id,
    keys=google_names,
)
"""What the engine has to know of calendars at Google."""

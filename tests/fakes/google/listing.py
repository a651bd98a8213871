"""``events.list``: filters, order, pages, and what has changed since the last time.

Tokens are opaque to clients but hold their own state: which calendar, which
question, up to which tick. A page token remembers when its first page was
given, so what changes between two pages comes with the next sync at the latest.
"""

import base64
import json
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from tests.fakes.google.calls import Call, calendar_of, if_none_match
from tests.fakes.google.errors import bad_value, full_sync_required, updated_min_too_long_ago
from tests.fakes.google.event_body import moment_of
from tests.fakes.google.event_view import event_view
from tests.fakes.google.times import stamp, zone
from tests.fakes.google.world import StoredCalendar, StoredEvent, etag_of

__all__ = ["list_events"]

LARGEST_PAGE, DEFAULT_PAGE = 2500, 250
# What may not stand beside a sync token (the document's own list).
NOT_WITH_SYNC = (
    "iCalUID",
    "orderBy",
    "privateExtendedProperty",
    "q",
    "sharedExtendedProperty",
    "timeMin",
    "timeMax",
    "updatedMin",
)
# After which questions no sync token is given. A window of time is none of them: the
# token is given, but the window is forgotten (the way Google's own guide begins a sync).
NO_TOKEN_AFTER = tuple(name for name in NOT_WITH_SYNC if name not in {"timeMin", "timeMax"})
# How far back changes can be asked for by their time.
CHANGES_KEPT = timedelta(days=28)
# How a page looks, not what is on it.
NOT_THE_QUESTION = {
    "pageToken",
    "syncToken",
    "maxResults",
    "fields",
    "prettyPrint",
    "alt",
    "key",
    "quotaUser",
}
Key = tuple[Any, ...]


def list_events(call: Call) -> dict[str, Any]:
    """One page, with ``nextPageToken``, or ``nextSyncToken`` on the last one."""
    calendar = calendar_of(call)
    _refuse_impossible(call)
    collection = etag_of(max(calendar.changed, calendar.version))
    if_none_match(call, collection)
    _refuse_long_ago(call)
    since, until, last = _where_we_are(call, calendar)
    found = sorted(
        (event for event in calendar.events.values() if _wanted(call, calendar, event, since)),
        key=lambda event: _key(call, calendar, event),
    )
    rest = [event for event in found if last is None or _key(call, calendar, event) > last]
    size = min(call.query.get("maxResults", DEFAULT_PAGE), LARGEST_PAGE)
    page = rest[:size]
    views = [_view(call, calendar, event) for event in page]
    more = {"pageOf": [since, until], "last": _key(call, calendar, page[-1])} if len(rest) > size else None
    return _head(call, calendar, collection) | _foot(call, calendar, more, until) | {"items": views}


def _refuse_impossible(call: Call) -> None:
    query = call.query
    beside = [name for name in NOT_WITH_SYNC if name in query]
    if "syncToken" in query and beside:
        other = "non-default ordering" if beside[0] == "orderBy" else "other request restrictions"
        raise bad_value(f"Sync token cannot be used with {other}.", at=beside[0])
    if "syncToken" in query and query.get("showDeleted") is False:
        message = "Sync token cannot be used when deleted entries are hidden."
        raise bad_value(message, at="showDeleted")
    if query.get("orderBy") == "startTime" and not query.get("singleEvents"):
        raise bad_value("The requested ordering is not available for the particular query.", at="orderBy")
    if "timeMin" in query and "timeMax" in query and query["timeMin"] >= query["timeMax"]:
        message = "The specified time range is empty."
        raise bad_value(message, reason="timeRangeEmpty", at="timeMax", domain="calendar")
    if "timeZone" in query and zone(query["timeZone"]) is None:
        raise bad_value(f"Invalid time zone: {query['timeZone']}", at="timeZone")
    for name in ("privateExtendedProperty", "sharedExtendedProperty"):
        if any("=" not in each for each in query.get(name, ())):
            raise bad_value("Invalid extended property constraint.", at=name)


def _refuse_long_ago(call: Call) -> None:
    least = call.query.get("updatedMin")
    if least is not None and least < call.world.clock.now - CHANGES_KEPT:
        raise updated_min_too_long_ago()


def _where_we_are(call: Call, calendar: StoredCalendar) -> tuple[int | None, int, Key | None]:
    """Changes since when (None: everything), up to when, and after which one."""
    since = None
    if "syncToken" in call.query:
        since = _sync_token(call, calendar)
    if "pageToken" not in call.query:
        return since, call.world.ticks, None
    state = _opened(call.query["pageToken"])
    if state is None or state.get("for") != _question(call, calendar):
        raise bad_value("Invalid page token value.", at="pageToken")
    since, until = state["pageOf"]
    return since, until, tuple(state["last"])


def _sync_token(call: Call, calendar: StoredCalendar) -> int:
    state = _opened(call.query["syncToken"])
    if state is None or "tick" not in state or state.get("calendar") != calendar.id:
        raise bad_value("Invalid sync token value.", at="syncToken")
    if state["tick"] < calendar.oldest_sync:
        raise full_sync_required()
    return int(state["tick"])


def _wanted(call: Call, calendar: StoredCalendar, event: StoredEvent, since: int | None) -> bool:
    query = call.query
    if event.purged:
        return False
    if since is not None:
        return event.version > since
    fresh = "updatedMin" not in query or event.updated >= query["updatedMin"]
    shown = not event.cancelled or query.get("showDeleted") or "updatedMin" in query
    types = query.get("eventTypes", ["default"])
    return bool(
        fresh
        and shown
        and "default" in types
        and _within(query, calendar, event)
        and _says(query, event)
        and _carries(call, event)
    )


def _within(query: dict[str, Any], calendar: StoredCalendar, event: StoredEvent) -> bool:
    """``timeMin`` looks at the end, ``timeMax`` at the start; both bounds are outside."""
    begin, end = (moment_of(event.fields[name], calendar.zone) for name in ("start", "end"))
    low: datetime | None = query.get("timeMin")
    high: datetime | None = query.get("timeMax")
    return (low is None or end > low) and (high is None or begin < high)


def _says(query: dict[str, Any], event: StoredEvent) -> bool:
    uid = event.fields.get("iCalUID", f"{event.id}@google.com")
    if "iCalUID" in query and query["iCalUID"] != uid:
        return False
    people = [event.fields.get("organizer", {}), *event.fields.get("attendees", ())]
    texts = [str(event.fields.get(name, "")) for name in ("summary", "description", "location")]
    texts += [str(each.get(name, "")) for each in people for name in ("displayName", "email")]
    text = " ".join(texts).casefold()
    return all(word in text for word in query.get("q", "").casefold().split())


def _carries(call: Call, event: StoredEvent) -> bool:
    """Several constraints on private properties: all of them or any, as the fake was told."""
    held = event.fields.get("extendedProperties", {})
    together = all if call.world.answers.properties == "and" else any
    for side in ("private", "shared"):
        wanted = [each.partition("=") for each in call.query.get(f"{side}ExtendedProperty", ())]
        if wanted and not together(held.get(side, {}).get(key) == value for key, _, value in wanted):
            return False
    return True


def _key(call: Call, calendar: StoredCalendar, event: StoredEvent) -> Key:
    match call.query.get("orderBy"):
        case "startTime":
            return (moment_of(event.fields["start"], calendar.zone).timestamp(), event.serial)
        case "updated":
            return (event.updated.timestamp(), event.version)
    return (event.serial,)


def _view(call: Call, calendar: StoredCalendar, event: StoredEvent) -> dict[str, Any]:
    query = call.query
    return event_view(call.world, calendar, event, query.get("timeZone"), most=query.get("maxAttendees"))


def _head(call: Call, calendar: StoredCalendar, collection: str) -> dict[str, Any]:
    head = {"kind": "calendar#events", "etag": collection, "summary": calendar.summary}
    if calendar.fields.get("description"):
        head["description"] = calendar.fields["description"]
    return head | {
        "updated": stamp(calendar.changed_at or call.world.clock.now),
        "timeZone": call.query.get("timeZone", calendar.zone),
        "accessRole": calendar.access,
        "defaultReminders": calendar.reminders,
    }


def _foot(call: Call, calendar: StoredCalendar, more: dict[str, Any] | None, until: int) -> dict[str, Any]:
    if more is not None:
        return {"nextPageToken": _sealed(more | {"for": _question(call, calendar)})}
    if any(name in call.query for name in NO_TOKEN_AFTER):
        return {}
    return {"nextSyncToken": _sealed({"calendar": calendar.id, "tick": until})}


def _question(call: Call, calendar: StoredCalendar) -> str:
    asked = {name: str(value) for name, value in call.query.items() if name not in NOT_THE_QUESTION}
    return sha256(json.dumps([calendar.id, sorted(asked.items())]).encode()).hexdigest()[:16]


def _sealed(state: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(state).encode()).decode()


def _opened(token: str) -> dict[str, Any] | None:
    try:
        state = json.loads(base64.b64decode(token.encode(), altchars=b"-_", validate=True))
    except ValueError:
        return None
    return state if isinstance(state, dict) else None

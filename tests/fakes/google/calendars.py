"""The operations on calendars as such: their making and end, the person's list, free and busy."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.fakes.google.calls import RANKS, Call, calendar_of, if_match, if_none_match
from tests.fakes.google.errors import Refused, bad_value, missing
from tests.fakes.google.event_body import merged, moment_of
from tests.fakes.google.event_view import calendar_view, entry_view
from tests.fakes.google.times import moment, shown, zone
from tests.fakes.google.world import StoredCalendar, etag_of

__all__ = [
    "calendar_clear",
    "calendar_delete",
    "calendar_get",
    "calendar_insert",
    "calendar_patch",
    "calendar_update",
    "free_busy",
    "list_delete",
    "list_get",
    "list_list",
    "list_patch",
]

TEXTS = ("description", "location")
ENTRY = ("colorId", "hidden", "selected", "summaryOverride", "backgroundColor", "foregroundColor")
MOST_IN_FREE_BUSY = 50
# Google says no number; two and three months have been reported.
LONGEST_FREE_BUSY = timedelta(days=92)


def calendar_insert(call: Call) -> dict[str, Any]:
    summary = call.body.get("summary")
    if not summary:
        raise missing("Missing title.")
    calendar = call.world.add_calendar(call.account, summary, _zone(call.body, "UTC"), by_app=True)
    calendar.fields = {name: call.body[name] for name in TEXTS if call.body.get(name)}
    return calendar_view(call.world, calendar)


def calendar_get(call: Call) -> dict[str, Any]:
    calendar = calendar_of(call)
    if_none_match(call, calendar.etag)
    return calendar_view(call.world, calendar)


def calendar_patch(call: Call) -> dict[str, Any]:
    calendar = calendar_of(call, rank="owner")
    if_match(call, calendar.etag)
    now = {"summary": calendar.summary, "timeZone": calendar.zone} | calendar.fields
    return _written(call, calendar, merged(now, call.body))


def calendar_update(call: Call) -> dict[str, Any]:
    calendar = calendar_of(call, rank="owner")
    if_match(call, calendar.etag)
    return _written(call, calendar, call.body)


def calendar_delete(call: Call) -> None:
    """A secondary calendar goes with everything in it; the own one cannot."""
    calendar = calendar_of(call, rank="owner")
    if calendar.primary:
        message = "Cannot delete the primary calendar."
        raise Refused(403, "cannotDeletePrimaryCalendar", message, domain="calendar")
    if_match(call, calendar.etag)
    del call.world.calendars[calendar.id]


def calendar_clear(call: Call) -> None:
    """All events of the own calendar go; Google does this for no other."""
    calendar = calendar_of(call, rank="owner")
    if not calendar.primary:
        raise bad_value("Invalid Value", at="calendarId")
    for event in calendar.events.values():
        if not event.cancelled:
            event.fields = event.fields | {"status": "cancelled"}
            call.world.touch(calendar, event)


def list_get(call: Call) -> dict[str, Any]:
    calendar = calendar_of(call)
    if_none_match(call, calendar.etag)
    return entry_view(call.world, calendar)


def list_list(call: Call) -> dict[str, Any]:
    least = RANKS.index(call.query.get("minAccessRole", RANKS[0]))
    found = [each for each in call.world.calendars.values() if each.owner == call.account]
    found = [each for each in found if RANKS.index(each.access) >= least]
    found = [each for each in found if call.query.get("showHidden") or not each.entry.get("hidden")]
    return {
        "kind": "calendar#calendarList",
        "etag": etag_of(max((each.version for each in found), default=0)),
        "items": [entry_view(call.world, each) for each in found],
    }


def list_patch(call: Call) -> dict[str, Any]:
    calendar = calendar_of(call)
    if_match(call, calendar.etag)
    said = {name: call.body[name] for name in ENTRY if name in call.body}
    calendar.entry = merged(calendar.entry, said)
    if "defaultReminders" in call.body:
        calendar.reminders = call.body["defaultReminders"] or []
    call.world.touch(calendar)
    return entry_view(call.world, calendar)


def list_delete(call: Call) -> None:
    """Out of the list; the owner's calendars cannot be unsubscribed from."""
    calendar = calendar_of(call)
    if calendar.access == "owner":
        message = "The data owner of a calendar cannot remove it from the calendar list."
        raise Refused(403, "forbidden", message)
    del call.world.calendars[calendar.id]


def free_busy(call: Call) -> dict[str, Any]:
    """When each calendar is busy: overlapping events run together, transparent ones do not count."""
    low, high = (_bound(call, name) for name in ("timeMin", "timeMax"))
    if low >= high:
        message = "The specified time range is empty."
        raise bad_value(message, reason="timeRangeEmpty", at="timeMax", domain="calendar")
    if high - low > LONGEST_FREE_BUSY:
        message = "The requested time range is too long."
        raise bad_value(message, reason="timeRangeTooLong", at="timeMax", domain="calendar")
    items = [each.get("id", "") for each in call.body.get("items") or []]
    where = zone(call.body.get("timeZone", "UTC"))
    if where is None:
        raise bad_value(f"Invalid time zone: {call.body['timeZone']}", at="timeZone")
    most = min(call.body.get("calendarExpansionMax", MOST_IN_FREE_BUSY), MOST_IN_FREE_BUSY)
    if len(items) > most:
        raise bad_value(
            "Too many calendars requested.", reason="tooManyCalendarsRequested", domain="calendar"
        )
    busy: dict[str, Any] = {}
    for item in items:
        try:
            spans = _spans(calendar_of(call, item, rank="freeBusyReader"), low, high)
            busy[item] = {"busy": [{"start": shown(a, where), "end": shown(b, where)} for a, b in spans]}
        except Refused as refused:
            busy[item] = {"errors": [{"domain": "global", "reason": refused.reason}], "busy": []}
    utc = zone("UTC") or UTC
    stamps = {
        name: f"{at.astimezone(utc):%Y-%m-%dT%H:%M:%S}.000Z"
        for name, at in (("timeMin", low), ("timeMax", high))
    }
    return {"kind": "calendar#freeBusy", **stamps, "calendars": busy}


def _bound(call: Call, name: str) -> datetime:
    text = call.body.get(name)
    if not text:
        raise missing(f"Missing {name} parameter.", at=name)
    found = moment(text)
    if found is None or found.tzinfo is None:
        raise Refused(400, "badRequest", "Bad Request")
    return found


def _spans(calendar: StoredCalendar, low: datetime, high: datetime) -> list[tuple[datetime, datetime]]:
    spans = list(calendar.busy)
    for event in calendar.events.values():
        if not event.cancelled and event.fields.get("transparency") != "transparent":
            begin, end = (moment_of(event.fields[name], calendar.zone) for name in ("start", "end"))
            spans.append((begin, end))
    spans = sorted((max(a, low), min(b, high)) for a, b in spans if a < high and b > low)
    return _run_together(spans)


def _run_together(spans: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    result: list[tuple[datetime, datetime]] = []
    for begin, end in spans:
        if result and begin <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        elif begin < end:
            result.append((begin, end))
    return result


def _zone(body: dict[str, Any], otherwise: str) -> str:
    name = body.get("timeZone") or otherwise
    if zone(name) is None:
        raise bad_value("Invalid Value", at="timeZone")
    return str(name)


def _written(call: Call, calendar: StoredCalendar, body: dict[str, Any]) -> dict[str, Any]:
    if not body.get("summary"):
        raise missing("Missing title.")
    calendar.zone = _zone(body, calendar.zone)
    calendar.summary = body["summary"]
    calendar.fields = {name: body[name] for name in TEXTS if body.get(name)}
    call.world.touch(calendar)
    return calendar_view(call.world, calendar)

"""From what is stored to what is answered: never an echo of what was sent.

Times stand in the calendar's zone (or the one asked for), defaults are left
out, and the server's own fields are put in.
"""

import base64
from typing import Any

from tests.fakes.google import times
from tests.fakes.google.event_body import moment_of
from tests.fakes.google.world import StoredCalendar, StoredEvent, World

__all__ = ["calendar_view", "entry_view", "event_view", "time_view"]

# Google's order of fields, as far as it can be seen from outside.
ORDER = (
    "kind",
    "etag",
    "id",
    "status",
    "htmlLink",
    "created",
    "updated",
    "summary",
    "description",
    "location",
    "colorId",
    "creator",
    "organizer",
    "start",
    "end",
    "endTimeUnspecified",
    "recurrence",
    "transparency",
    "visibility",
    "iCalUID",
    "sequence",
    "attendees",
    "attendeesOmitted",
    "extendedProperties",
    "hangoutLink",
    "conferenceData",
    "anyoneCanAddSelf",
    "guestsCanInviteOthers",
    "guestsCanModify",
    "guestsCanSeeOtherGuests",
    "privateCopy",
    "locked",
    "reminders",
    "source",
    "attachments",
    "eventType",
)


def event_view(
    world: World,
    calendar: StoredCalendar,
    event: StoredEvent,
    zone: str | None = None,
    *,
    most: int | None = None,
) -> dict[str, Any]:
    """The event as it is answered; ``zone`` if the request asked for one; ``most`` attendees."""
    if event.cancelled and world.answers.tombstones == "bare":
        return {"kind": "calendar#event", "etag": event.etag, "id": event.id, "status": "cancelled"}
    view = event.fields | _servers_own(calendar, event)
    view |= {name: time_view(event.fields[name], zone or calendar.zone) for name in ("start", "end")}
    if most is not None and len(view.get("attendees", ())) > most:
        view["attendees"] = [each for each in view["attendees"] if each.get("self")]
        view["attendeesOmitted"] = True
    return {name: view[name] for name in ORDER if name in view}


def time_view(value: dict[str, Any], zone: str) -> dict[str, Any]:
    """A start or an end, seen from a zone."""
    if "date" in value:
        return dict(value)
    seen_from = times.zone(zone)
    if seen_from is None:
        raise ValueError(f"no such zone: {zone}")
    return value | {"dateTime": times.shown(moment_of(value, zone), seen_from)}


def calendar_view(world: World, calendar: StoredCalendar) -> dict[str, Any]:
    """The calendar itself, as ``calendars.get`` has it."""
    named = times.old_name(calendar.zone) if world.answers.zones == "canonical" else calendar.zone
    view = {
        "kind": "calendar#calendar",
        "etag": calendar.etag,
        "id": calendar.id,
        "summary": calendar.summary,
    }
    view |= {name: calendar.fields[name] for name in ("description", "location") if calendar.fields.get(name)}
    view["timeZone"] = named
    view["conferenceProperties"] = {"allowedConferenceSolutionTypes": ["hangoutsMeet"]}
    return view if calendar.primary else view | {"dataOwner": calendar.owner}


def entry_view(world: World, calendar: StoredCalendar) -> dict[str, Any]:
    """The calendar as it stands in the person's list."""
    view = calendar_view(world, calendar) | {
        "kind": "calendar#calendarListEntry",
        "colorId": "14",
        "backgroundColor": "#9fe1e7",
        "foregroundColor": "#000000",
        "selected": True,
        "accessRole": calendar.access,
        "defaultReminders": calendar.reminders,
    }
    return view | calendar.entry | ({"primary": True} if calendar.primary else {})


def _servers_own(calendar: StoredCalendar, event: StoredEvent) -> dict[str, Any]:
    link = base64.urlsafe_b64encode(f"{event.id} {_short(calendar.id)}".encode()).decode().rstrip("=")
    myself = {"self": True}
    organizer = (
        {"email": calendar.id} | ({} if calendar.primary else {"displayName": calendar.summary}) | myself
    )
    return {
        "kind": "calendar#event",
        "etag": event.etag,
        "id": event.id,
        "htmlLink": f"https://www.google.com/calendar/event?eid={link}",
        "created": times.stamp(event.created, whole=True),
        "updated": times.stamp(event.updated),
        "creator": {"email": calendar.owner} | (myself if calendar.primary else {}),
        "organizer": event.fields.get("organizer", organizer),
        "iCalUID": event.fields.get("iCalUID", f"{event.id}@google.com"),
        "sequence": event.sequence,
        "eventType": "default",
    }


def _short(calendar: str) -> str:
    return calendar.replace("@group.calendar.google.com", "@g")

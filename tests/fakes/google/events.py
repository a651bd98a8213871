"""The operations on single events: insert, get, patch, update, delete."""

from hashlib import sha256
from typing import Any

from tests.fakes.google.calls import Call, calendar_of, if_match, if_none_match
from tests.fakes.google.errors import (
    FAULTS,
    bad_value,
    deleted,
    duplicate,
    not_found,
    not_modelled,
)
from tests.fakes.google.event_body import ID, accepted, merged
from tests.fakes.google.event_view import event_view
from tests.fakes.google.times import zone
from tests.fakes.google.world import StoredCalendar, StoredEvent, World

__all__ = ["change", "delete", "get", "insert", "patch", "put", "update"]

# What a client may say on insert at most; later it stays as it is.
KEPT = ("iCalUID", "organizer", "hangoutLink", "conferenceData", "attendees")
# A move in time is a new edition of the invitation (RFC 5546, 2.1.4); a new title is not.
NEW_EDITION = ("start", "end", "status")


def insert(call: Call) -> dict[str, Any]:
    calendar = calendar_of(call, rank="writer")
    return _shown(call, calendar, put(call.world, calendar, call.body, call.query))


def get(call: Call) -> dict[str, Any]:
    calendar = calendar_of(call)
    event = _found(call, calendar)
    if_none_match(call, event.etag)
    return _shown(call, calendar, event)


def patch(call: Call) -> dict[str, Any]:
    calendar = calendar_of(call, rank="writer")
    event = _found(call, calendar)
    if_match(call, event.etag)
    change(call.world, calendar, event, merged(event.fields, call.body), call.query, said=call.body)
    return _shown(call, calendar, event)


def update(call: Call) -> dict[str, Any]:
    """The whole event anew: what is not said is gone."""
    calendar = calendar_of(call, rank="writer")
    event = _found(call, calendar)
    if_match(call, event.etag)
    change(call.world, calendar, event, call.body, call.query, said=call.body)
    return _shown(call, calendar, event)


def delete(call: Call) -> None:
    calendar = calendar_of(call, rank="writer")
    event = _found(call, calendar)
    if event.cancelled:
        raise deleted()
    if_match(call, event.etag)
    event.fields = event.fields | {"status": "cancelled"}
    call.world.touch(calendar, event)


def put(
    world: World, calendar: StoredCalendar, body: dict[str, Any], query: dict[str, Any] | None = None
) -> StoredEvent:
    """A new event; a taken id is refused, also when what took it is deleted."""
    name = body.get("id")
    if name is not None and not ID.fullmatch(name):
        raise bad_value("Invalid resource id value.", at="id")
    if name in calendar.events or _uid_taken(calendar, body):
        raise duplicate()
    fields = accepted(body, world.answers, calendar.zone, query)
    tick = world.tick()
    name = name or sha256(f"event {tick}".encode()).hexdigest()[:26]
    now = world.clock.now
    event = StoredEvent(name, tick, tick, now, now, fields, _sequence(body, 0))
    calendar.events[name] = event
    world.touch(calendar, event)
    return event


def change(
    world: World,
    calendar: StoredCalendar,
    event: StoredEvent,
    body: dict[str, Any],
    query: dict[str, Any] | None = None,
    *,
    said: dict[str, Any] | None = None,
) -> None:
    """Give an event the fields of ``body``; ``said`` is what the client wrote of them itself."""
    said = body if said is None else said
    _refuse_dead_edits(world, event, body)
    sequence = _sequence(said, event.sequence)
    if said.get("attendees", event.fields.get("attendees")) != event.fields.get("attendees"):
        raise not_modelled("attendees")
    body = {name: value for name, value in body.items() if name not in KEPT}
    fields = accepted(body, world.answers, calendar.zone, query)
    fields |= {name: event.fields[name] for name in KEPT if name in event.fields}
    moved = {name for name in fields | event.fields if fields.get(name) != event.fields.get(name)}
    if not moved and sequence == event.sequence and world.answers.echo == "still":
        return
    if moved & set(NEW_EDITION):
        sequence = max(sequence, event.sequence + 1)
    event.fields, event.sequence = fields, sequence
    world.touch(calendar, event, quiet=moved == {"reminders"})


def _refuse_dead_edits(world: World, event: StoredEvent, body: dict[str, Any]) -> None:
    """What may still be done to a deleted event is one of the things that nobody knows."""
    if not event.cancelled:
        return
    revived = body.get("status", "confirmed") != "cancelled"
    if revived and world.answers.undelete == "forbidden":
        raise FAULTS["forbidden"]
    if not revived and world.answers.dead_edits == "gone":
        raise deleted()


def _sequence(said: dict[str, Any], now: int) -> int:
    wanted = said.get("sequence")
    if wanted is None:
        return now
    if wanted < now:
        raise bad_value(
            "Invalid sequence value. The specified sequence number is below the current sequence number.",
            at="sequence",
        )
    return int(wanted)


def _found(call: Call, calendar: StoredCalendar) -> StoredEvent:
    event = calendar.events.get(call.path["eventId"])
    if event is None:
        raise not_found()
    if event.purged:
        raise not_found() if call.world.answers.emptied == "not found" else deleted()
    return event


def _uid_taken(calendar: StoredCalendar, body: dict[str, Any]) -> bool:
    uid = body.get("iCalUID")
    return uid is not None and any(
        uid == event.fields.get("iCalUID", f"{event.id}@google.com") for event in calendar.events.values()
    )


def _shown(call: Call, calendar: StoredCalendar, event: StoredEvent) -> dict[str, Any]:
    wanted = call.query.get("timeZone")
    if wanted is not None and zone(wanted) is None:
        raise bad_value(f"Invalid time zone: {wanted}", at="timeZone")
    return event_view(call.world, calendar, event, wanted, most=call.query.get("maxAttendees"))

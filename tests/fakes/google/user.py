"""The person at calendar.google.com: sees everything, may do everything, asks nobody."""

from copy import deepcopy
from datetime import datetime
from typing import Any

from tests.fakes.google import events, times
from tests.fakes.google.event_body import merged
from tests.fakes.google.event_view import event_view
from tests.fakes.google.world import StoredCalendar, StoredEvent, World

__all__ = ["User"]

# What comes with invitations and video calls: programs cannot write it here, people receive it.
RECEIVED = ("attendees", "organizer", "hangoutLink", "conferenceData")


class User:
    """One account's person. Calendars and events are named by their ids, ``primary`` is the own calendar."""

    def __init__(self, world: World, account: str) -> None:
        self._world = world
        self.account = account

    def edit(self, calendar: str, event_id: str, **fields: Any) -> dict[str, Any]:
        """Change fields of an event, given as the API writes them; None takes one away."""
        with self._world.lock:
            where, event = self._find(calendar, event_id)
            received = {name: fields.pop(name) for name in RECEIVED if name in fields}
            events.change(self._world, where, event, merged(event.fields, fields), said=fields)
            if received:
                event.fields |= received
                self._world.touch(where, event)
            return self._view(where, event)

    def delete(self, calendar: str, event_id: str) -> None:
        """Into the bin."""
        self._status(calendar, event_id, "cancelled")

    def restore(self, calendar: str, event_id: str) -> None:
        """Out of the bin again; a person may, whatever a program is told."""
        self._status(calendar, event_id, "confirmed")

    def empty_bin(self, calendar: str) -> None:
        """What is in the bin is gone for good; nobody brings it back."""
        with self._world.lock:
            for event in self._calendar(calendar).events.values():
                event.purged = event.purged or event.cancelled

    def create(self, calendar: str, body: dict[str, Any]) -> dict[str, Any]:
        """A new event; attendees, another organizer and a video call may come with it."""
        with self._world.lock:
            where = self._calendar(calendar)
            received = {name: body[name] for name in RECEIVED if name in body}
            plain = {name: value for name, value in body.items() if name not in RECEIVED}
            event = events.put(self._world, where, plain)
            event.fields |= received
            return self._view(where, event)

    def event(self, calendar: str, event_id: str) -> dict[str, Any]:
        """One event, as the API would show it; also from the bin."""
        with self._world.lock:
            where, event = self._find(calendar, event_id)
            return self._view(where, event)

    def events(self, calendar: str, *, deleted: bool = False) -> list[dict[str, Any]]:
        """All events of a calendar in the order they were made; those in the bin too if asked."""
        with self._world.lock:
            where = self._calendar(calendar)
            found = [each for each in where.events.values() if not each.purged]
            found = [each for each in found if deleted or not each.cancelled]
            return [self._view(where, each) for each in found]

    def calendars(self) -> list[str]:
        """The ids of all calendars, the own one first."""
        with self._world.lock:
            own = [each for each in self._world.calendars.values() if each.owner == self.account]
            return [each.id for each in sorted(own, key=lambda each: not each.primary)]

    def add_calendar(self, summary: str, zone: str = "", *, access: str = "owner") -> str:
        """A calendar that no program made; its id."""
        with self._world.lock:
            made = self._world.add_calendar(
                self.account, summary, zone or self._calendar("primary").zone, by_app=False
            )
            made.access = access
            return made.id

    def rename_calendar(self, calendar: str, summary: str) -> None:
        """Another name for a calendar."""
        with self._world.lock:
            where = self._calendar(calendar)
            where.summary = summary
            self._world.touch(where)

    def move_calendar(self, calendar: str, zone: str) -> None:
        """Another zone for a calendar: all its times are shown in it from now on."""
        if times.zone(zone) is None:
            raise ValueError(f"no such zone: {zone}")
        with self._world.lock:
            where = self._calendar(calendar)
            where.zone = zone
            self._world.touch(where)

    def delete_calendar(self, calendar: str) -> None:
        """A calendar with everything in it."""
        with self._world.lock:
            del self._world.calendars[self._calendar(calendar).id]

    def busy(self, start: datetime, end: datetime, calendar: str = "primary") -> None:
        """Be busy without saying with what."""
        with self._world.lock:
            self._calendar(calendar).busy.append((start, end))

    def _status(self, calendar: str, event_id: str, status: str) -> None:
        with self._world.lock:
            where, event = self._find(calendar, event_id)
            event.fields = event.fields | {"status": status}
            self._world.touch(where, event)

    def _view(self, calendar: StoredCalendar, event: StoredEvent) -> dict[str, Any]:
        """A copy: what a test does to it changes nothing here."""
        return deepcopy(event_view(self._world, calendar, event))

    def _calendar(self, name: str) -> StoredCalendar:
        return self._world.calendars[self.account if name == "primary" else name]

    def _find(self, calendar: str, event_id: str) -> tuple[StoredCalendar, StoredEvent]:
        where = self._calendar(calendar)
        event = where.events[event_id]
        if event.purged:
            raise KeyError(event_id)
        return where, event

"""What has to happen to a calendar so that it shows a plan: values, which a target applies or a dry run prints."""

from dataclasses import dataclass

from calsync.domain.event import Event

__all__ = ["Cancel", "Change", "Create", "Update"]


@dataclass(frozen=True, slots=True)
class Create:
    """An event that was not there."""

    event: Event


@dataclass(frozen=True, slots=True)
class Update:
    """An event that was there and has changed; the uid is the same."""

    before: Event
    event: Event


@dataclass(frozen=True, slots=True)
class Cancel:
    """An event that was there and is planned no longer."""

    event: Event


Change = Create | Update | Cancel

"""What has to happen to a calendar so that it shows a plan: values, which a target applies or a dry run prints."""

from calsync.domain.event import Event
from calsync.domain.value import Value

__all__ = ["Cancel", "Change", "Create", "Update"]


class Create(Value):
    """An event that was not there."""

    event: Event


class Update(Value):
    """An event that was there and has changed; the uid is the same."""

    before: Event
    event: Event


class Cancel(Value):
    """An event that was there and is planned no longer."""

    event: Event


Change = Create | Update | Cancel

"""What interviews of one playbook, at employers of one place and zone, have in common.

A coach's interviews share their days. Where a second email falls, counted from
the same day, is the same for all whose contact is not away and whose plan has
no floor: it is worked out for the first of them and kept for the others. Only
calls depend on the hours that a candidate has left.
"""

from datetime import date, datetime
from typing import Literal, NamedTuple, TypeVar

from calsync.business_days import EmployerCalendars
from calsync.domain.event import Action, Step
from calsync.domain.preferences import Preferences
from calsync.domain.reason import Reason
from calsync.planner.shared_hours import SharedHours
from calsync.playbooks import Playbook

__all__ = ["Alike", "Anchor", "AnchorName", "Counted", "Kept", "Place"]

AnchorName = Literal["interview", "decision", "agreed", "refusal", "last-touch"]
Anchor = tuple[AnchorName, date]

_K = TypeVar("_K")
_V = TypeVar("_V")
_MOST_KEPT = 4096


class Place(NamedTuple):
    """Where a step came to lie, and how it got there; becomes an event by ``Case.enter``."""

    action: Action
    start: datetime
    reasons: tuple[Reason, ...]
    earliest: date
    preferred: date
    latest: date
    late: bool = False
    overdue: bool = False
    pinned: bool = False


class Counted(NamedTuple):
    """The days of a wait: earliest, preferred and latest, and the reason that leads to the preferred one."""

    days: tuple[date, date, date]
    reason: Reason


class Kept(dict[_K, _V]):
    """What was worked out before; forgotten when it is much, as interviews come in the order of their days."""

    def keep(self, key: _K, value: _V) -> _V:
        """Remember ``value``, and give it back."""
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[key] = value
        return value


class Alike:
    """The rules for some interviews, and what was worked out by nothing but them.

    A step has one wait for each kind of anchor, so ``counted`` goes by the step
    and the anchor; ``emails`` also by the day of the touch before it.
    """

    __slots__ = ("calendars", "counted", "emails", "fallback_playbook", "hours", "playbook", "preferences")

    def __init__(
        self,
        preferences: Preferences,
        playbook: Playbook,
        fallback_playbook: Playbook,
        calendars: EmployerCalendars,
        hours: SharedHours,
    ) -> None:
        self.preferences = preferences
        self.playbook = playbook
        self.fallback_playbook = fallback_playbook
        self.calendars = calendars
        self.hours = hours
        self.counted: Kept[tuple[Step, Anchor], Counted] = Kept()
        self.emails: Kept[tuple[Step, Anchor, date | None], Place] = Kept()

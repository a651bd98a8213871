"""What a playbook is: which follow-ups an interview calls for, how long after what, and on whose advice.

Every number knows its sources (``002-07``). The loader reads playbooks from
TOML; a new kind of number is a field here and a line in ``loader``.
"""

from datetime import date
from typing import Literal

import msgspec

from calsync.business_days import BusinessCalendar
from calsync.domain.interview import Window

__all__ = [
    "Anchor",
    "Calls",
    "Count",
    "Days",
    "FollowUp",
    "Playbook",
    "StatusStep",
    "ThankYou",
    "Unit",
    "WaitWindow",
]

Unit = Literal["days", "business_days"]
Anchor = Literal["last-touch", "decision"]


class Days(msgspec.Struct, frozen=True):
    """A number of days after an anchor, calendar days or business days."""

    count: int
    unit: Unit
    source: tuple[str, ...] = ()

    def after(self, anchor: date, counting: BusinessCalendar) -> date:
        """The day that many days after ``anchor``."""
        if self.unit == "business_days":
            return counting.add(anchor, self.count)
        return date.fromordinal(anchor.toordinal() + self.count)

    def __str__(self) -> str:
        unit = "business day" if self.unit == "business_days" else "day"
        return f"{self.count} {unit}{'' if self.count == 1 else 's'}"


class WaitWindow(msgspec.Struct, frozen=True):
    """When a wait may land: not before ``earliest``, best on ``preferred``, from ``latest`` on late."""

    earliest: Days
    preferred: Days
    latest: Days

    @property
    def source(self) -> tuple[str, ...]:
        """The sources of the preferred day."""
        return self.preferred.source


class Count(msgspec.Struct, frozen=True):
    """A number of something, with its sources."""

    count: int
    source: tuple[str, ...] = ()


class ThankYou(msgspec.Struct, frozen=True):
    """The thank-you: an email or a call within some hours after the interview's end."""

    action: Literal["email", "call"]
    within_hours: int
    source: tuple[str, ...] = ()


class StatusStep(msgspec.Struct, frozen=True):
    """The status call or email.

    ``no_decision`` counts from the interview, ``decision`` from the employer's
    decision day; None means there is no such step. ``before_decision`` turns
    the second into a deadline: the last good moment before that day (002-21).
    ``email_only`` rules calls out.
    """

    no_decision: WaitWindow | None
    decision: WaitWindow | None
    before_decision: bool = False
    email_only: bool = False
    source: tuple[str, ...] = ()


class Calls(msgspec.Struct, frozen=True):
    """What to do when nobody answers.

    A message is left from miss number ``message_on_miss`` on, never more than
    ``messages`` in all; ``retries`` calls follow a miss, ``retry_after`` it or,
    where that is None, at the next legal slot.
    """

    message_on_miss: Count
    retries: Count
    retry_after: Days | None
    messages: Count


class FollowUp(msgspec.Struct, frozen=True):
    """The second or the closing email; ``after`` is what its window counts from."""

    window: WaitWindow
    after: Anchor = "last-touch"
    withdraws: bool = False
    note: str = ""


class Playbook(msgspec.Struct, frozen=True):
    """The follow-ups one article (or a mean of them) calls for; None is a step it does not have."""

    name: str
    title: str
    summary: str
    thank_you: ThankYou | None
    status: StatusStep
    calls: Calls
    second: FollowUp | None
    closing: FollowUp | None
    window: Window | None = None

"""What the candidate prefers and where they are: everything a plan needs beside the record.

``calsync.settings`` reads these from settings.toml; a program makes one directly.
"""

from typing import Literal, get_args
from zoneinfo import ZoneInfo

import msgspec

from calsync.domain.interview import Window
from calsync.domain.times import Hours, Period, WeeklyHours

__all__ = ["QUIET_DAYS", "Alarms", "Candidate", "Preferences", "QuietDays"]

QuietDays = Literal["bridge-days", "year-end", "holiday-eves"]
"""Working days on paper, on which nobody decides anything."""
QUIET_DAYS: tuple[QuietDays, ...] = get_args(QuietDays)


class Alarms(msgspec.Struct, frozen=True):
    """Minutes before the start, for each action; the first goes into .ics, up to five to Google."""

    ask: tuple[int, ...] = (15,)
    call: tuple[int, ...] = (15,)
    email: tuple[int, ...] = (5,)
    prepare: tuple[int, ...] = (15,)


class Candidate(msgspec.Struct, frozen=True):
    """Who is looking for work; the name opens every script."""

    name: str = ""
    phone: str = ""
    email: str = ""


class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    """One candidate's settings; only ``zone`` (the candidate's own) has no default.

    ``kept_free`` is None for the default of the employer's country, else the
    weekdays (Monday is 0) on which no call is placed; empty keeps none free.
    """

    zone: ZoneInfo
    hours: Hours = Hours(7 * 60, 21 * 60)
    private_hours: tuple[WeeklyHours, ...] = ()
    country: str = ""
    region: str = ""
    business_hours: Hours = Hours(9 * 60, 17 * 60)
    window: Window | None = None
    kept_free: frozenset[int] | None = None
    monday_like: bool = False
    phone: bool = True
    playbook: str = "balanced"
    closures: tuple[Period, ...] = ()
    quiet_days: tuple[QuietDays, ...] = QUIET_DAYS
    alarms: Alarms = Alarms()
    candidate: Candidate = Candidate()

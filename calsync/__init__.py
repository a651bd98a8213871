"""calsync turns interviews into dated follow-ups, and says why each date is where it is.

    from calsync import Interview, Preferences, plan, worded, write_ics

Every name below is loaded when it is first used, so that importing calsync
costs nothing. README shows them at work.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from calsync.business_days import BusinessCalendar, PublicYear, employer_calendars, public_year
    from calsync.domain import (
        Alarms,
        Candidate,
        Event,
        Hours,
        Interview,
        Note,
        Outcome,
        Period,
        Person,
        Plan,
        Preferences,
        Reason,
        Span,
        WeeklyHours,
        changes,
    )
    from calsync.errors import BadData, BadSettings, BadValue, CalsyncError
    from calsync.intake import as_record, read_record
    from calsync.intake import read as read_interviews
    from calsync.planner import Planner, plan
    from calsync.playbooks import Playbook
    from calsync.playbooks import load as load_playbook
    from calsync.targets.ics import dump as dump_ics
    from calsync.targets.ics import export as write_ics
    from calsync.targets.ics import read as read_ics
    from calsync.texts import Words
    from calsync.texts import render_plan as worded

_ROOMS = {
    "calsync.business_days": ("BusinessCalendar", "PublicYear", "employer_calendars", "public_year"),
    "calsync.domain": (
        *("Alarms", "Candidate", "Event", "Hours", "Interview", "Note", "Outcome", "Period", "Person"),
        *("Plan", "Preferences", "Reason", "Span", "WeeklyHours", "changes"),
    ),
    "calsync.errors": ("BadData", "BadSettings", "BadValue", "CalsyncError"),
    "calsync.intake": ("as_record", "read_interviews=read", "read_record"),
    "calsync.planner": ("Planner", "plan"),
    "calsync.playbooks": ("Playbook", "load_playbook=load"),
    "calsync.targets.ics": ("dump_ics=dump", "read_ics=read", "write_ics=export"),
    "calsync.texts": ("Words", "worded=render_plan"),
}
"""Where each public name lives; ``ours=theirs`` where the room calls it otherwise."""

_PLACES = {
    ours: (room, theirs or ours)
    for room, names in _ROOMS.items()
    for ours, _, theirs in (name.partition("=") for name in names)
}

__all__ = [
    "Alarms",
    "BadData",
    "BadSettings",
    "BadValue",
    "BusinessCalendar",
    "CalsyncError",
    "Candidate",
    "Event",
    "Hours",
    "Interview",
    "Note",
    "Outcome",
    "Period",
    "Person",
    "Plan",
    "Planner",
    "Playbook",
    "Preferences",
    "PublicYear",
    "Reason",
    "Span",
    "WeeklyHours",
    "Words",
    "__version__",
    "as_record",
    "changes",
    "dump_ics",
    "employer_calendars",
    "load_playbook",
    "plan",
    "public_year",
    "read_ics",
    "read_interviews",
    "read_record",
    "worded",
    "write_ics",
]


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    room, its_name = _PLACES[name]
    found = getattr(import_module(room), its_name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)

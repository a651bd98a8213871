"""Frozen values: what an interview, an outcome, an event and a reason are. No I/O, no clock."""

from msgspec.structs import replace

from calsync.domain.event import (
    LAST_THANKS_HOURS,
    Action,
    Add,
    Cancel,
    Certainty,
    Change,
    Contact,
    Event,
    Plan,
    Step,
    Update,
    changes,
)
from calsync.domain.interview import Interview, Person
from calsync.domain.outcome import OUTCOMES, Outcome, Result
from calsync.domain.preferences import QUIET_DAYS, Alarms, Candidate, Preferences, QuietDays
from calsync.domain.reason import Moment, Note, Reason, Rule, spoken
from calsync.domain.times import QUARTER, Hours, Period, Span, WeeklyHours

__all__ = [
    "LAST_THANKS_HOURS",
    "OUTCOMES",
    "QUARTER",
    "QUIET_DAYS",
    "Action",
    "Add",
    "Alarms",
    "Cancel",
    "Candidate",
    "Certainty",
    "Change",
    "Contact",
    "Event",
    "Hours",
    "Interview",
    "Moment",
    "Note",
    "Outcome",
    "Period",
    "Person",
    "Plan",
    "Preferences",
    "QuietDays",
    "Reason",
    "Result",
    "Rule",
    "Span",
    "Step",
    "Update",
    "WeeklyHours",
    "changes",
    "replace",
    "spoken",
]

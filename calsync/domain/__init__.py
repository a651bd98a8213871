"""Frozen values: what an interview, an outcome, an event and a reason are. No I/O, no clock."""

from calsync.domain.change import Cancel, Change, Create, Update
from calsync.domain.event import Action, Certainty, Event, Plan, Step
from calsync.domain.hours import QUARTER, Hours, WeeklyHours
from calsync.domain.interview import Interview, Person
from calsync.domain.outcome import OUTCOMES, Outcome, Result
from calsync.domain.periods import Period, Span
from calsync.domain.preferences import Alarms, Candidate, Preferences
from calsync.domain.reason import Moment, Note, Reason, Rule, spoken
from calsync.domain.value import replace

__all__ = [
    "OUTCOMES",
    "QUARTER",
    "Action",
    "Alarms",
    "Cancel",
    "Candidate",
    "Certainty",
    "Change",
    "Create",
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
    "Reason",
    "Result",
    "Rule",
    "Span",
    "Step",
    "Update",
    "WeeklyHours",
    "replace",
    "spoken",
]

"""The planner: ``plan()`` places every follow-up and says why; values in, values out.

An interview's follow-ups are placed one after another, ask, thank-you, status,
second, closing, each in a module named after what decides its date: around the
interview, a wait, a deadline, an agreed day. No clock, no disk, no network.
"""

from calsync.planner.changes import changes, uid
from calsync.planner.outcomes import MOST_MESSAGES, with_absences
from calsync.planner.plan import Busy, NotBefore, Planner, plan
from calsync.planner.slots import BusyTime

__all__ = [
    "MOST_MESSAGES",
    "Busy",
    "BusyTime",
    "NotBefore",
    "Planner",
    "changes",
    "plan",
    "uid",
    "with_absences",
]

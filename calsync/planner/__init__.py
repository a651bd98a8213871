"""The planner: ``plan()`` places every follow-up and says why; values in, values out.

An interview's follow-ups are placed one after another, ask, thank-you, status,
second, closing (``steps``): around the interview, after a wait (``windows``), on a
day that was named or in reply to what happened (``replies``). No clock, no disk, no network.
"""

from calsync.planner.outcomes import with_absences
from calsync.planner.plan import Busy, NotBefore, Planner, plan
from calsync.planner.progress import MOST_MESSAGES
from calsync.planner.slots import BusyTime

__all__ = [
    "MOST_MESSAGES",
    "Busy",
    "BusyTime",
    "NotBefore",
    "Planner",
    "plan",
    "with_absences",
]

"""What happened after a touch: the words a candidate logs, and what they carry."""

from datetime import date, datetime
from typing import Literal, get_args

import msgspec

from calsync.domain.event import Step
from calsync.domain.times import Span
from calsync.errors import BadValue

__all__ = ["OUTCOMES", "Outcome", "Result"]

Result = Literal[
    "sent",
    "no-answer",
    "voicemail",
    "gatekeeper",
    "bad-time",
    "reached",
    "vague",
    "call-back",
    "more-time",
    "replied",
    "offer",
    "rejected",
    "withdrew",
    "invited",
    "competing-offer",
    "no-show",
    "skip",
]
OUTCOMES: tuple[Result, ...] = get_args(Result)


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """One line of an interview's log, at an aware moment ``at``.

    ``next`` is the contact's next day (or day and time), ``decision`` a new
    decision time, ``by`` the day another employer wants an answer. ``logged``
    is when it was written down, if that was later: what follows is not planned
    into the days between.
    """

    interview: str
    result: Result
    at: datetime
    step: Step | None = None
    next: date | datetime | None = None
    decision: date | Span | None = None
    by: date | None = None
    logged: datetime | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise BadValue(
                f"{self.at} has no time zone", remedy="give an aware time", where="at", code="CS-OUT-010"
            )

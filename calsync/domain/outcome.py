"""What happened after a touch: the words a candidate logs, and what they carry."""

from datetime import date, datetime
from typing import Literal, get_args

import msgspec

from calsync.domain.event import Step
from calsync.domain.times import Span
from calsync.errors import BadValue
from calsync.phrase import phrase

__all__ = ["OUTCOMES", "SET_NO_FLOOR", "Outcome", "Result"]

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
    "ghosted",
    "cancelled",
    "invited",
    "competing-offer",
    "no-show",
    "away",
    "skip",
    "moved",
    "done",
    "note",
]
OUTCOMES: tuple[Result, ...] = get_args(Result)
SET_NO_FLOOR: frozenset[Result] = frozenset({"moved", "note"})
"""Said of the plan rather than of what happened: nothing has to begin after these were logged."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """One line of an interview's log, at an aware moment ``at``.

    ``uid`` names the follow-up it is about, where its step alone does not tell:
    one of several thank-yous, a preparation, what is moved.
    ``next`` is the contact's next day (or day and time), ``decision`` a new
    decision time, ``by`` the day another employer wants an answer, ``until`` the
    last day on which the contact is away. ``to`` is the time that a follow-up is
    moved to, None to let the plan have it again; such a time holds as long as the
    interview's start is ``met``. ``was`` is when the follow-up was planned for
    as the outcome was logged. ``note`` is for people. ``logged``
    is when it was written down, if that was later: what follows is not planned
    into the days between.
    """

    interview: str
    result: Result
    at: datetime
    step: Step | None = None
    uid: str = ""
    next: date | datetime | None = None
    decision: date | Span | None = None
    by: date | None = None
    until: date | None = None
    to: datetime | None = None
    was: datetime | None = None
    met: datetime | None = None
    note: str = ""
    logged: datetime | None = None

    def __post_init__(self) -> None:
        for key in ("at", "to", "was", "met", "logged"):
            moment = getattr(self, key)
            if moment is not None and moment.tzinfo is None:
                raise BadValue(
                    phrase("{moment} has no time zone", moment=moment),
                    remedy=phrase("give an aware time"),
                    where=key,
                    code="CS-OUT-010",
                )

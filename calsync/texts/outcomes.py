"""Outcomes in words, one row each: for menus, for the log, and for what has to be known besides.

A new outcome is a row here, and says in ``workflows/outcome_rules`` what it can be about.
"""

from collections.abc import Mapping

import msgspec

from calsync.domain.event import Action
from calsync.domain.outcome import Result

__all__ = ["FIRST", "NEWS", "WORDS", "OutcomeWords"]


class OutcomeWords(msgspec.Struct, frozen=True):
    """``label`` says it as the candidate would; ``question`` asks for the day that it is worth nothing without."""

    label: str
    question: str = ""


WORDS: Mapping[Result, OutcomeWords] = {
    "sent": OutcomeWords("It is sent"),
    "no-answer": OutcomeWords("Nobody answered"),
    "voicemail": OutcomeWords("You left a message"),
    "gatekeeper": OutcomeWords("You left word with somebody"),
    "bad-time": OutcomeWords("It was a bad time; they named another", "When should you call?"),
    "reached": OutcomeWords("You talked"),
    "vague": OutcomeWords("You talked, and they left it open"),
    "call-back": OutcomeWords("They asked you to call another day", "On which day?"),
    "more-time": OutcomeWords("They need more time", "When do they decide now?"),
    "replied": OutcomeWords("They replied"),
    "offer": OutcomeWords("They made you an offer"),
    "rejected": OutcomeWords("They turned you down"),
    "withdrew": OutcomeWords("You withdrew"),
    "ghosted": OutcomeWords("They never answered"),
    "cancelled": OutcomeWords("They called it off"),
    "invited": OutcomeWords("They invited you to the next round"),
    "competing-offer": OutcomeWords(
        "Another employer wants an answer", "By which day does the other employer want an answer?"
    ),
    "no-show": OutcomeWords("They missed a call that was agreed"),
    "away": OutcomeWords("They are away", "Until which day are they away?"),
    "skip": OutcomeWords("Leave this one out"),
    "moved": OutcomeWords("Another time would be better"),
    "done": OutcomeWords("It is done"),
    "note": OutcomeWords("Only a note"),
}

FIRST: Mapping[Action, tuple[Result, ...]] = {
    "call": (
        "reached",
        "voicemail",
        "no-answer",
        "gatekeeper",
        "bad-time",
        "call-back",
        "vague",
        "moved",
        "skip",
    ),
    "email": ("sent", "replied", "skip", "moved"),
    "ask": ("done",),
    "prepare": ("done",),
}
"""What most often comes of a follow-up, by what it is."""

NEWS: tuple[Result, ...] = (
    "replied",
    "more-time",
    "invited",
    "offer",
    "rejected",
    "competing-offer",
    "away",
    "no-show",
    "cancelled",
    "ghosted",
    "withdrew",
    "note",
)
"""What can happen with an interview whatever was pending."""

"""Outcomes in words, one row each: for menus, for the log, and for what has to be known besides.

A new outcome is a row here, and says in ``workflows/outcome_rules`` what it can be about.
"""

from collections.abc import Mapping

import msgspec

from calsync.domain.event import Action
from calsync.domain.outcome import Result
from calsync.phrase import phrase

__all__ = ["FIRST", "NEWS", "WORDS", "OutcomeWords"]


class OutcomeWords(msgspec.Struct, frozen=True):
    """``label`` says it as the candidate would; ``question`` asks for the day that it is worth nothing without."""

    label: str
    question: str = ""


WORDS: Mapping[Result, OutcomeWords] = {
    "sent": OutcomeWords(phrase("It is sent")),
    "no-answer": OutcomeWords(phrase("Nobody answered")),
    "voicemail": OutcomeWords(phrase("You left a message")),
    "gatekeeper": OutcomeWords(phrase("You left word with somebody")),
    "bad-time": OutcomeWords(
        phrase("It was a bad time; they named another"), phrase("When should you call?")
    ),
    "reached": OutcomeWords(phrase("You talked")),
    "vague": OutcomeWords(phrase("You talked, and they left it open")),
    "call-back": OutcomeWords(phrase("They asked you to call another day"), phrase("On which day?")),
    "more-time": OutcomeWords(phrase("They need more time"), phrase("When do they decide now?")),
    "replied": OutcomeWords(phrase("They replied")),
    "offer": OutcomeWords(phrase("They made you an offer")),
    "rejected": OutcomeWords(phrase("They turned you down")),
    "withdrew": OutcomeWords(phrase("You withdrew")),
    "ghosted": OutcomeWords(phrase("They never answered")),
    "cancelled": OutcomeWords(phrase("They called it off")),
    "invited": OutcomeWords(phrase("They invited you to the next round")),
    "competing-offer": OutcomeWords(
        phrase("Another employer wants an answer"),
        phrase("By which day does the other employer want an answer?"),
    ),
    "no-show": OutcomeWords(phrase("They missed a call that was agreed")),
    "away": OutcomeWords(phrase("They are away"), phrase("Until which day are they away?")),
    "skip": OutcomeWords(phrase("Leave this one out")),
    "moved": OutcomeWords(phrase("Another time would be better")),
    "done": OutcomeWords(phrase("It is done")),
    "note": OutcomeWords(phrase("Only a note")),
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

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
    """``label`` says it as the candidate would, ``logged`` as a list of what was logged does.

    ``button`` is what the page has to press for it; empty where a form or a command tells of it.
    ``question`` asks for the day that it is worth nothing without.
    """

    label: str
    logged: str
    button: str = ""
    question: str = ""


WORDS: Mapping[Result, OutcomeWords] = {
    "sent": OutcomeWords(phrase("It is sent"), phrase("sent"), phrase("Sent")),
    "no-answer": OutcomeWords(phrase("Nobody answered"), phrase("no answer"), phrase("No answer")),
    "voicemail": OutcomeWords(
        phrase("You left a message"), phrase("voicemail left"), phrase("Left voicemail")
    ),
    "gatekeeper": OutcomeWords(
        phrase("You left word with somebody"),
        phrase("message left with somebody"),
        phrase("Left a message with somebody"),
    ),
    "bad-time": OutcomeWords(
        phrase("It was a bad time; they named another"),
        phrase("bad time, another was named"),
        question=phrase("When should you call?"),
    ),
    "reached": OutcomeWords(phrase("You talked"), phrase("talked"), phrase("Talked")),
    "vague": OutcomeWords(phrase("You talked, and they left it open"), phrase("talked, no clear answer")),
    "call-back": OutcomeWords(
        phrase("They asked you to call another day"),
        phrase("a call was agreed"),
        question=phrase("On which day?"),
    ),
    "more-time": OutcomeWords(
        phrase("They need more time"),
        phrase("they need more time"),
        question=phrase("When do they decide now?"),
    ),
    "replied": OutcomeWords(phrase("They replied"), phrase("they replied"), phrase("They replied")),
    "offer": OutcomeWords(phrase("They made you an offer"), phrase("offer"), phrase("Offer")),
    "rejected": OutcomeWords(phrase("They turned you down"), phrase("rejected"), phrase("Rejected")),
    "withdrew": OutcomeWords(phrase("You withdrew"), phrase("withdrawn"), phrase("I withdraw")),
    "ghosted": OutcomeWords(phrase("They never answered"), phrase("they never answered")),
    "cancelled": OutcomeWords(phrase("They called it off"), phrase("they called it off")),
    "invited": OutcomeWords(
        phrase("They invited you to the next round"),
        phrase("invited to the next round"),
        phrase("Invited to the next round"),
    ),
    "competing-offer": OutcomeWords(
        phrase("Another employer wants an answer"),
        phrase("another employer's offer"),
        question=phrase("By which day does the other employer want an answer?"),
    ),
    "no-show": OutcomeWords(
        phrase("They missed a call that was agreed"),
        phrase("they missed the call"),
        phrase("They missed the call"),
    ),
    "away": OutcomeWords(
        phrase("They are away"), phrase("they are away"), question=phrase("Until which day are they away?")
    ),
    "skip": OutcomeWords(phrase("Leave this one out"), phrase("skipped"), phrase("Skip this one")),
    "moved": OutcomeWords(phrase("Another time would be better"), phrase("moved to another time")),
    "done": OutcomeWords(phrase("It is done"), phrase("done")),
    "note": OutcomeWords(phrase("Only a note"), phrase("a note")),
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

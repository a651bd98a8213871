"""What can be logged from a follow-up's card: one row for each button, and the forms for what needs a day.

A new button is a row. What an outcome means, and which cannot be, is for ``calsync.workflows``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from calsync.domain import Action, Event, Interview, Outcome
from calsync.domain.outcome import OUTCOMES, Result
from calsync.errors import Usage
from calsync.planner import MOST_MESSAGES
from calsync.web.words import phrase
from calsync.workflows.sequence import NEEDS

if TYPE_CHECKING:
    from calsync.store import Kept
    from calsync.web.visit import Visit

__all__ = ["Choices", "Form", "choices", "outcome_of"]

Key = Literal["next", "decision", "by"]

_BUTTONS: Sequence[tuple[Result, str, frozenset[Action]]] = (
    ("reached", phrase("Talked"), frozenset({"call"})),
    ("voicemail", phrase("Left voicemail"), frozenset({"call"})),
    ("gatekeeper", phrase("Left a message with somebody"), frozenset({"call"})),
    ("no-answer", phrase("No answer"), frozenset({"call"})),
    ("sent", phrase("Sent"), frozenset({"email"})),
    ("replied", phrase("They replied"), frozenset({"call", "email"})),
    ("skip", phrase("Skip this one"), frozenset({"call", "email"})),
)
_MISSED: tuple[Result, str] = ("no-show", phrase("They missed the call"))
"""Only where the two had agreed on one."""
_ENDS: Sequence[tuple[Result, str]] = (
    ("offer", phrase("Offer")),
    ("rejected", phrase("Rejected")),
    ("invited", phrase("Invited to the next round")),
    ("withdrew", phrase("I withdraw")),
)
_OF_THE_STEP: frozenset[Result] = frozenset(
    {
        "sent",
        "no-answer",
        "voicemail",
        "gatekeeper",
        "bad-time",
        "reached",
        "vague",
        "call-back",
        "more-time",
        "skip",
    }
)
"""Outcomes of the touch itself; the others are news of the employer's."""
_MESSAGES: frozenset[Result] = frozenset({"voicemail", "gatekeeper"})


class Button(NamedTuple):
    """A result, its label, and how many messages it would make (``1 of 2``); empty where that is no matter."""

    result: Result
    label: str
    messages: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """Something that needs a day: ``results`` are the ways to mean it, the first one chosen."""

    title: str
    key: Key
    label: str
    results: Sequence[tuple[Result, str]]
    with_time: bool = False


_FOR_A_CALL = (
    Form(
        phrase("They named a day"),
        "next",
        phrase("Day"),
        (
            ("call-back", phrase("Call again then")),
            ("bad-time", phrase("It was a bad time: call then")),
            ("reached", phrase("We talked: write again then")),
        ),
        with_time=True,
    ),
    Form(
        phrase("They need more time"),
        "decision",
        phrase("They decide by"),
        (("more-time", phrase("They told me on the phone")), ("replied", phrase("They wrote to me"))),
    ),
)
_FOR_AN_EMAIL = (
    Form(
        phrase("They named a day"),
        "next",
        phrase("Day"),
        (("replied", phrase("Get in touch then")), ("call-back", phrase("Call then"))),
        with_time=True,
    ),
    Form(
        phrase("They need more time"),
        "decision",
        phrase("They decide by"),
        (("replied", phrase("They wrote to me")),),
    ),
)
_OTHER_OFFER = Form(
    phrase("Another employer made an offer"),
    "by",
    phrase("They want an answer by"),
    (("competing-offer", phrase("Tell this employer")),),
)


@dataclass(frozen=True, slots=True)
class Choices:
    """The buttons and forms of one follow-up."""

    buttons: Sequence[Button]
    ends: Sequence[Button]
    forms: Sequence[Form]


def choices(visit: "Visit", kept: "Kept", event: Event) -> Choices | None:
    """What can be logged; None for what is only prepared."""
    if event.action not in {"call", "email"}:
        return None
    count = _count(visit, kept)
    buttons = [
        Button(result, label, count if result == "voicemail" else "")
        for result, label, actions in _BUTTONS
        if event.action in actions
    ]
    if event.pinned and event.action == "call":
        buttons.insert(-1, Button(*_MISSED))
    return Choices(
        buttons,
        [Button(result, label) for result, label in _ENDS],
        [*(_FOR_A_CALL if event.action == "call" else _FOR_AN_EMAIL), _OTHER_OFFER],
    )


def _count(visit: "Visit", kept: "Kept") -> str:
    """Which message the next would be, of how many."""
    most = min(visit.desk.playbook_of(kept.interview).calls.messages.count, MOST_MESSAGES)
    left = sum(told.result in _MESSAGES for told in visit.store.outcomes(kept.number))
    return visit.say("{count} of {most}", count=left + 1, most=most)


def outcome_of(visit: "Visit", interview: Interview, event: Event) -> Outcome:
    """The outcome that a form tells of. Raises Usage, BadValue."""
    result = next((known for known in OUTCOMES if known == visit.field("result")), None)
    if result is None:
        raise Usage(
            visit.say("nothing was chosen"), remedy=visit.say("press one of the buttons"), code="CS-WEB-004"
        )
    needed = NEEDS.get(result)
    if needed and not visit.field(needed):
        raise Usage(
            visit.say("the day is missing"), remedy=visit.say("go back and fill it in"), code="CS-WEB-006"
        )
    return Outcome(
        interview=interview.id,
        result=result,
        at=_happened(visit),
        step=event.step if result in _OF_THE_STEP else None,
        next=_when(visit, "next", interview),
        decision=_day(visit, "decision"),
        by=_day(visit, "by"),
    )


def _happened(visit: "Visit") -> datetime:
    from calsync.intake import day_or_moment  # noqa: PLC0415  # looking at the page needs no reader

    text = visit.field("at").replace("T", " ")
    if not text:
        return visit.now
    at = day_or_moment(text, visit.zone)
    return at if isinstance(at, datetime) else visit.now


def _when(visit: "Visit", key: Key, interview: Interview) -> date | datetime | None:
    from calsync.intake import day_or_moment  # noqa: PLC0415  # as above

    text = f"{visit.field(key)} {visit.field(f'{key}_time')}".strip()
    if not text:
        return None
    if not visit.field(key):
        raise Usage(
            visit.say("there is a time, and no day"), remedy=visit.say("give the day too"), code="CS-WEB-005"
        )
    return day_or_moment(text, interview.zone)


def _day(visit: "Visit", key: Key) -> date | None:
    from calsync.intake import day  # noqa: PLC0415  # as above

    text = visit.field(key)
    return day(text) if text else None

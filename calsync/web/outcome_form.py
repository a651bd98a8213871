"""What can be logged from a follow-up's card: one row for each button, and the forms for what needs a day.

A new button is a word in ``_BUTTONS``. What an outcome means, and which cannot be, is for ``calsync.workflows``.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal

import msgspec

from calsync.domain import (
    Action,
    Event,
    Interview,
    Outcome,
)
from calsync.domain.outcome import OUTCOMES, Result
from calsync.errors import Usage
from calsync.intake import day, day_or_moment
from calsync.phrase import phrase
from calsync.planner import MOST_MESSAGES
from calsync.store import StoredInterview
from calsync.texts.outcomes import WORDS
from calsync.web.request import PageRequest
from calsync.workflows.outcome_rules import NEEDS

__all__ = ["OutcomeChoices", "outcome_choices", "read_outcome"]


DayKey = Literal["next", "decision", "by"]

_BUTTONS: Mapping[Action, Sequence[Result]] = {
    "call": ("reached", "voicemail", "gatekeeper", "no-answer", "replied", "skip"),
    "email": ("sent", "replied", "skip"),
}
"""What a button tells of a call or an email; its words are those of ``texts.outcomes``."""
_MISSED: Result = "no-show"
"""Only where the two had agreed on one."""
_ENDS: Sequence[Result] = ("offer", "rejected", "invited", "withdrew")
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


class Button(msgspec.Struct, frozen=True):
    """A result, its label, and how many messages it would make (``1 of 2``); empty where that is no matter."""

    result: Result
    label: str
    messages: str = ""


class OutcomeForm(msgspec.Struct, frozen=True):
    """Something that needs a day: ``results`` are the ways to mean it, the first one chosen."""

    title: str
    key: DayKey
    label: str
    results: Sequence[tuple[Result, str]]
    with_time: bool = False


_FOR_A_CALL = (
    OutcomeForm(
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
    OutcomeForm(
        phrase("They need more time"),
        "decision",
        phrase("They decide by"),
        (("more-time", phrase("They told me on the phone")), ("replied", phrase("They wrote to me"))),
    ),
)
_FOR_AN_EMAIL = (
    OutcomeForm(
        phrase("They named a day"),
        "next",
        phrase("Day"),
        (("replied", phrase("Get in touch then")), ("call-back", phrase("Call then"))),
        with_time=True,
    ),
    OutcomeForm(
        phrase("They need more time"),
        "decision",
        phrase("They decide by"),
        (("replied", phrase("They wrote to me")),),
    ),
)
_OTHER_OFFER = OutcomeForm(
    phrase("Another employer made an offer"),
    "by",
    phrase("They want an answer by"),
    (("competing-offer", phrase("Tell this employer")),),
)


class OutcomeChoices(msgspec.Struct, frozen=True):
    """The buttons and forms of one follow-up."""

    buttons: Sequence[Button]
    ends: Sequence[Button]
    forms: Sequence[OutcomeForm]


def outcome_choices(request: PageRequest, kept: "StoredInterview", event: Event) -> OutcomeChoices | None:
    """What can be logged; None for what is only prepared."""
    if event.action not in {"call", "email"}:
        return None
    count = _count(request, kept)
    buttons = [
        Button(result, WORDS[result].button, count if result == "voicemail" else "")
        for result in _BUTTONS[event.action]
    ]
    if event.pinned and not event.moved and event.action == "call":
        buttons.insert(-1, Button(_MISSED, WORDS[_MISSED].button))
    return OutcomeChoices(
        buttons,
        [Button(result, WORDS[result].button) for result in _ENDS],
        [*(_FOR_A_CALL if event.action == "call" else _FOR_AN_EMAIL), _OTHER_OFFER],
    )


def _count(request: PageRequest, kept: "StoredInterview") -> str:
    """Which message the next would be, of how many."""
    most = min(request.context.playbook_of(kept.interview).calls.messages.count, MOST_MESSAGES)
    left = sum(told.result in _MESSAGES for told in request.store.outcomes(kept.number))
    return request.say("{count} of {most}", count=left + 1, most=most)


def read_outcome(request: PageRequest, interview: Interview, event: Event) -> Outcome:
    """The outcome that a form tells of. Raises Usage, BadValue."""
    result = next((known for known in OUTCOMES if known == request.field("result")), None)
    if result is None:
        raise Usage(
            request.say("nothing was chosen"),
            remedy=request.say("press one of the buttons"),
            code="CS-WEB-004",
        )
    needed = NEEDS.get(result)
    if needed and not request.field(needed):
        raise Usage(
            request.say("the day is missing"), remedy=request.say("go back and fill it in"), code="CS-WEB-006"
        )
    return Outcome(
        interview=interview.id,
        result=result,
        at=_happened(request),
        step=event.step if result in _OF_THE_STEP else None,
        next=_when(request, "next", interview),
        decision=_day(request, "decision"),
        by=_day(request, "by"),
    )


def _happened(request: PageRequest) -> datetime:
    text = request.field("at").replace("T", " ")
    if not text:
        return request.now
    at = day_or_moment(text, request.zone)
    return at if isinstance(at, datetime) else request.now


def _when(request: PageRequest, key: DayKey, interview: Interview) -> date | datetime | None:
    text = f"{request.field(key)} {request.field(f'{key}_time')}".strip()
    if not text:
        return None
    if not request.field(key):
        raise Usage(
            request.say("there is a time, and no day"),
            remedy=request.say("give the day too"),
            code="CS-WEB-005",
        )
    return day_or_moment(text, interview.zone)


def _day(request: PageRequest, key: DayKey) -> date | None:
    text = request.field(key)
    return day(text) if text else None

"""What an event says, and why it is there, in words: of the settings' language or the interview's own."""

from typing import TYPE_CHECKING, Literal

from calsync.domain import Event, Note, Plan, Reason, Rule
from calsync.texts import mailto as link_of
from calsync.texts import note_text, reason_text
from calsync.texts import script as text_of
from calsync.workflows.context import Context

if TYPE_CHECKING:
    from calsync.texts import Script

__all__ = ["Form", "is_passed_over", "mailto", "said", "script", "worded_event"]

Form = Literal["call", "voicemail", "gatekeeper", "email"]
"""``calsync.texts.Form``, for those who only name one."""


def said(context: Context, told: Reason | Note) -> str:
    """A reason or a note as a sentence in the language of the settings; English loads no texts."""
    if context.language.startswith("en"):
        return told.text

    return note_text(told, context.words) if isinstance(told, Note) else reason_text(told, context.words)


def is_passed_over(reason: Reason) -> bool:
    """Whether the reason strikes out a day or an hour that was looked at."""
    return reason.rule in _PASSED_OVER and reason.before != reason.after


_PASSED_OVER: frozenset[Rule] = frozenset(
    {
        "weekend",
        "holiday",
        "closure",
        "away",
        "kept-free",
        "monday-like",
        "contact-busy",
        "own-hours",
        "taken",
    }
)


def worded_event(context: Context, plan: Plan, event: Event) -> Event:
    """One event of a plan with its words; a preparation speaks of the call that the plan has for it."""
    (worded,) = context.worded([plan])
    return next((each for each in worded.events if each.uid == event.uid), event)


def script(context: Context, plan: Plan, event: Event, form: "Form | None" = None) -> "Script":
    """What to say or write, in the form asked for or the event's own. Raises Usage for a form it does not have."""
    return text_of(plan, event, context.preferences, context.words, form)


def mailto(context: Context, plan: Plan, event: Event) -> str:
    """The email of an event as a link that a mail program opens. Raises Usage for an event without an email."""
    return link_of(plan, event, context.preferences, context.words)

"""What an event says, and why it is there, in words: of the settings' language or the interview's own."""

from calsync.domain import Event, Note, Plan, Reason
from calsync.texts import Form, Script, note_text, reason_text, render_plan
from calsync.texts import mailto as mailto_of
from calsync.texts import passes_over as is_passed_over
from calsync.texts import script as script_of
from calsync.texts.languages import language_of
from calsync.workflows.context import Context

__all__ = ["Form", "is_passed_over", "mailto", "said", "script", "worded_event"]


def said(context: Context, told: Reason | Note) -> str:
    """A reason or a note as a sentence in the language of the settings."""
    language = language_of(context.language)
    return note_text(told, language) if isinstance(told, Note) else reason_text(told, language)


def worded_event(context: Context, plan: Plan, event: Event) -> Event:
    """One event of a plan with its words; a preparation speaks of the call that the plan has for it."""
    worded = render_plan(plan, context.preferences, context.words)
    return next((each for each in worded.events if each.uid == event.uid), event)


def script(context: Context, plan: Plan, event: Event, form: Form | None = None) -> Script:
    """What to say or write, in the form asked for or the event's own. Raises Usage for a form it does not have."""
    return script_of(plan, event, context.preferences, context.words, form)


def mailto(context: Context, plan: Plan, event: Event) -> str:
    """The email of an event as a link that a mail program opens. Raises Usage for an event without an email."""
    return mailto_of(plan, event, context.preferences, context.words)

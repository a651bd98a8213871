"""Follow-ups as they go to a phone: the text of each, cut down to what a code and a link can carry."""

from calsync.domain import Event, Plan
from calsync.targets.phone import PhoneEvent
from calsync.texts import event_text
from calsync.workflows.context import Context

__all__ = ["phone_event"]


def phone_event(context: Context, plan: Plan, event: Event) -> PhoneEvent:
    """One follow-up with number, address and the first words to say.

    Discreet ones carry the number alone: address and words name the employer.
    """
    text = event_text(plan, event, context.preferences, context.words)
    phone = text.phone if event.action == "call" else ""
    section = text.section("do" if event.action == "prepare" else "say")
    lines = [text.phone, text.email]
    lines = [line for line in lines if line]
    details = "\n\n".join(["\n".join(lines), section.text if section else ""]).strip()
    return PhoneEvent(
        uid=event.uid,
        summary=text.summary,
        start=event.start,
        end=event.end,
        location=phone,
        details=text.phone if context.words.discreet else details,
        is_busy=event.action == "call",
    )

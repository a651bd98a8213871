"""What an event says: scripts, checklists and emails, one template file each, in the reader's language.

A text is changed in its template (``en/status.call.txt``), a language is added
in ``languages``, a field in ``fields``, a step in ``PARTS`` of ``words``.
"""

from calsync.texts.events import EventText, Section, event_text, render_plan
from calsync.texts.fields import fields
from calsync.texts.phone_numbers import as_html, international
from calsync.texts.reasons import note_text, passes_over, reason_text
from calsync.texts.script import FORMS, Form, Script, mailto, script, template_name
from calsync.texts.words import Words

__all__ = [
    "FORMS",
    "EventText",
    "Form",
    "Script",
    "Section",
    "Words",
    "as_html",
    "event_text",
    "fields",
    "international",
    "mailto",
    "note_text",
    "passes_over",
    "reason_text",
    "render_plan",
    "script",
    "template_name",
]

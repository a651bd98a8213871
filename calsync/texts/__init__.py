"""What an event says: scripts, checklists and emails, one template file each, in the reader's language.

A text is changed in its template (``en/status.call.txt``), a language is added
in ``languages``, a field in ``fields``, a step in ``parts``.
"""

from calsync.texts.events import worded
from calsync.texts.fields import as_html, fields, international
from calsync.texts.reasons import note_text, reason_text
from calsync.texts.script import FORMS, Form, Script, mailto, script
from calsync.texts.words import Words

__all__ = [
    "FORMS",
    "Form",
    "Script",
    "Words",
    "as_html",
    "fields",
    "international",
    "mailto",
    "note_text",
    "reason_text",
    "script",
    "worded",
]

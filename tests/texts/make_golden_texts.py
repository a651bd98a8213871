"""Write every text anew, for a person to read and for the tests to hold on to.

Run ``python tests/texts/make_golden.py`` after changing a template, read what
``git diff fixtures/golden/texts`` shows (best aloud), and commit both together.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from calsync.texts import Words, render_plan
from calsync.texts.events import PlanTexts
from calsync.texts.languages import LANGUAGES
from calsync.texts.parts import TEMPLATES
from tests.texts.rich import RECORDS, everything, offering, plan, touch

FOLDER = Path(__file__).parents[2] / "fixtures" / "golden" / "texts"


def texts():
    """Every golden file, as its path below ``FOLDER`` and its text."""
    for language in LANGUAGES:
        for name in TEMPLATES:
            yield f"{language}/{name}.txt", "\n".join(_filled(name, record, language) for record in RECORDS)
        yield f"{language}/events.txt", "\n".join(_event(record, language) for record in RECORDS)


def filled(name, record, language):
    """The subject and the text of one template for one record."""
    frame, event = _where_used(name, record, language)
    known = frame.fields(event)
    template = frame.words.template(name)
    return template.subject(known), template.body(known)


def _filled(name, record, language):
    subject, body = filled(name, record, language)
    return "\n".join([f"=== {record} ===", *([subject, ""] if subject else []), body, ""])


def _where_used(name, record, language):
    words = Words(language)
    for one, event in everything(record):
        frame = PlanTexts(one, RECORDS[record][1], words)
        if name in frame.parts(event).names:
            return frame, event
    raise LookupError(name)


def _event(record, language):
    """A status call as the calendar gets it."""
    interview, preferences = RECORDS[record]
    one = plan(interview, offering(touch()) if record == "rich" else touch())
    (event,) = render_plan(one, preferences, Words(language)).events
    return f"=== {record} ===\n{event.summary}\n\n{event.description}\n"


def main():
    for path, text in texts():
        (FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / path).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

"""Write every text anew, for a person to read and for the tests to hold on to.

Run ``python -m tests.texts.make_golden_texts`` after changing a template, read what
``git diff fixtures/golden/texts`` shows (best aloud), and commit both together.
"""

from pathlib import Path

from calsync.texts import Words, render_plan
from calsync.texts.words import TEMPLATES
from tests.texts.rich import touch
from tests.texts.situations import SITUATIONS, VARIANTS, planned, written

FOLDER = Path(__file__).parents[2] / "fixtures" / "golden" / "texts"


def texts():
    """Every golden file, as its path below ``FOLDER`` and its text."""
    for variant in VARIANTS:
        for name in TEMPLATES:
            said = {situation: _page(*written(name, situation, variant)) for situation in SITUATIONS}
            yield f"{variant}/{name}.txt", _sections(said)
        yield f"{variant}/events.txt", _sections({each: _event(each, variant) for each in SITUATIONS})


def _page(subject, body):
    return f"{subject}\n\n{body}" if subject else body


def _event(situation, variant):
    """A status call as the calendar gets it."""
    plan, _, preferences = planned(situation, variant, touch())
    (event,) = render_plan(plan, preferences, Words(variant)).events
    return f"{event.summary}\n\n{event.description}"


def _sections(said):
    """Each text once, under the names of the situations in which it is said."""
    names = {}
    for situation, text in said.items():
        names.setdefault(text, []).append(situation)
    return "\n".join(f"=== {'; '.join(situations)} ===\n{text}\n" for text, situations in names.items())


def main():
    for path in FOLDER.rglob("*.txt"):
        path.unlink()
    for path, text in texts():
        (FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / path).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

"""What the command line says: the first argument of every ``say(…)`` and ``phrase(…)`` in ``calsync/cli``, read from the source."""

import ast
from pathlib import Path

from calsync.cli.add import QUESTIONS
from calsync.cli.export import RINGS
from calsync.cli.next_ import AFTERWARDS
from calsync.cli.overview import HEADINGS as OVERVIEW
from calsync.cli.today import HEADINGS as TODAY

FOLDER = Path(__file__).parents[2] / "calsync" / "cli"

BY_NAME = {
    "new",
    "changed",
    "unchanged",
    "gone",
    *RINGS,
    *(question for _, question, _ in QUESTIONS),
    *OVERVIEW.values(),
    *TODAY.values(),
    *(text for texts in AFTERWARDS.values() for text in texts.values()),
    "what to do, with number and words",
    "what came of it",
    "remember another interview",
    "the interviews there are",
    "six weeks at a glance",
    "before",
    "now",
    "offer",
    "rejected",
    "withdrawn",
    "closed",
}
"""Said under a name of theirs: headings of ``today`` and ``undo``, and states of an interview."""


def spoken():
    """Every sentence that is written where it is said."""
    for file in sorted(FOLDER.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = getattr(node, "func", None) and getattr(node.func, "id", getattr(node.func, "attr", ""))
            said = name == "phrase" or (
                name == "say" and len(node.args) > 1
            )  # state.say prints what is said already
            if said and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value

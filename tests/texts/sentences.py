"""Every sentence that calsync says to people, read from the source: what stands in ``say(…)``, ``phrase(…)``, and a template's ``_(…)``."""

import ast
import re
from pathlib import Path

from calsync.cli.export import RINGS
from calsync.cli.overview import HEADINGS as OVERVIEW
from calsync.cli.today import HEADINGS as TODAY

PACKAGE = Path(__file__).parents[2] / "calsync"
_IN_TEMPLATES = re.compile(r"""\b_\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""")
_SAYING = {"say", "phrase", "translate", "warn"}

BY_NAME = {
    "new",
    "changed",
    "unchanged",
    "gone",
    *RINGS,
    *OVERVIEW.values(),
    *TODAY.values(),
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
    return {*in_templates(), *in_python()}


def in_templates(folder=PACKAGE / "web" / "templates"):
    for file in sorted(folder.glob("*.html")):
        for double, single in _IN_TEMPLATES.findall(file.read_text("utf-8")):
            yield double or single


def in_python(folder=PACKAGE):
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and _name(node.func) in _SAYING:
                yield from _constants(node.args[0])


def _name(function):
    return getattr(function, "id", getattr(function, "attr", ""))


def _constants(node):
    """The texts that an argument may be: itself, or either side of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if re.search("[A-Za-z]", re.sub(r"\{[^}]*\}", "", node.value)):  # others have nothing to translate
            yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)

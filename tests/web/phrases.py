"""Every sentence of the page's own: what templates have in ``_("…")``, and Python in ``say`` and ``phrase``."""

import ast
import re
from pathlib import Path

ROOM = Path(__file__).parents[2] / "calsync" / "web"
_IN_TEMPLATES = re.compile(r"""\b_\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""")
_SAYING = {"say", "phrase"}


def in_templates(folder=ROOM / "templates"):
    for file in sorted(folder.glob("*.html")):
        for double, single in _IN_TEMPLATES.findall(file.read_text("utf-8")):
            yield double or single


def in_python(folder=ROOM):
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in _SAYING:
                yield from (piece for given in node.args for piece in _constants(given))


def _name(function):
    """``say`` of a request, or the function itself; the texts room has a ``say`` of its own."""
    if isinstance(function, ast.Attribute):
        return (
            function.attr if getattr(function.value, "id", "") in {"request", "page_request", "self"} else ""
        )
    return getattr(function, "id", "")


def _constants(node):
    """The texts that an argument may be: itself, or either side of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)


def all_phrases():
    return {*in_templates(), *in_python()}

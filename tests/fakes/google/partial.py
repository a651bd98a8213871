"""The ``fields`` parameter: which parts of an answer are wanted.

``items(id,start/dateTime),nextPageToken``: names, ``/`` for inside, brackets
for several inside, ``*`` for all.
"""

import re
from typing import Any

from tests.fakes.google.errors import bad_value

__all__ = ["part_of"]

Wanted = dict[str, Any]
TOKEN = re.compile(r"[A-Za-z0-9_*:.-]+|[/(),]")


def part_of(answer: dict[str, Any], selection: str) -> dict[str, Any]:
    """Only what was asked for; raises for a selection that cannot be read."""
    tokens = TOKEN.findall(selection)
    if not tokens or "".join(tokens) != selection.replace(" ", ""):
        raise _invalid(selection)
    try:
        wanted = _several(tokens, selection)
    except RecursionError:
        raise _invalid(selection) from None
    if tokens:
        raise _invalid(selection)
    return _picked(answer, wanted)


def _several(tokens: list[str], selection: str) -> Wanted:
    wanted: Wanted = {}
    while True:
        _one(tokens, wanted, selection)
        if not tokens or tokens[0] != ",":
            return wanted
        tokens.pop(0)


def _one(tokens: list[str], wanted: Wanted, selection: str) -> None:
    if not tokens or tokens[0] in "/(),":
        raise _invalid(selection)
    inside = wanted.setdefault(tokens.pop(0), {})
    if tokens and tokens[0] == "/":
        tokens.pop(0)
        _one(tokens, inside, selection)
    elif tokens and tokens[0] == "(":
        tokens.pop(0)
        inside |= _several(tokens, selection)
        if not tokens or tokens.pop(0) != ")":
            raise _invalid(selection)


def _picked(value: Any, wanted: Wanted) -> Any:
    if not wanted:
        return value
    if isinstance(value, list):
        return [_picked(each, wanted) for each in value]
    if not isinstance(value, dict):
        return value
    names = value if "*" in wanted else [name for name in value if name in wanted]
    return {name: _picked(value[name], wanted.get(name, wanted.get("*", {}))) for name in names}


def _invalid(selection: str) -> Exception:
    return bad_value(f"Invalid field selection {selection}", reason="invalidParameter", at="fields")

"""TOML: an array of tables, ``[[interview]]``, one for each interview."""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import Any, BinaryIO

from calsync.errors import BadData
from calsync.intake.rows import Fault, Row, Table, Twice, nearest, printable, shown, too_many
from calsync.intake.source import characters, refuse_crowded
from calsync.phrase import phrase
from calsync.toml_text import TOO_MANY_DIGITS, endless_line

__all__ = ["LARGEST", "json_table", "toml_table"]

LARGEST = 32_000_000
"""Bytes; a file of this kind is read in one piece."""

_MOST_IN_TOML = {"=": 1_500_000, ",": 1_000_000}
_MOST_TABLES = 200_000
_TOP_OF_TOML = ("interview", "schema")


def toml_table(stream: BinaryIO, _ways: object) -> Table:
    """The interviews of a TOML file; raises BadData, and no error of tomllib's."""
    document = _parsed_toml(characters(stream, LARGEST))
    for key in document:
        if key not in _TOP_OF_TOML:
            near = nearest(key, _TOP_OF_TOML)
            raise BadData(
                phrase("there is no key {key} beside [[interview]]", key=shown(key)),
                remedy=phrase("try {near}", near=near) if near else phrase("put it below an [[interview]]"),
                code="CS-TOM-004",
            )
    found = document.get("interview")
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise BadData(
            phrase("there is no [[interview]] in it"),
            remedy=phrase("begin each with a line [[interview]], in two brackets"),
            code="CS-TOM-003",
        )
    return Table(_toml_rows(found))


def _toml_rows(found: list[dict[str, Any]]) -> Iterator[Row]:
    found.reverse()
    number = 0
    while found:  # each is let go once read: twice all of them would be too much memory
        number += 1
        yield Row(phrase("interview {name}", name=number), found.pop())


def _parsed_toml(text: str) -> dict[str, Any]:
    refuse_crowded(text, _MOST_IN_TOML)
    _refuse_endless(text)
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise BadData(
            phrase("brackets are nested too deeply"),
            remedy=phrase("check that it is the right file"),
            code="CS-TOM-002",
        ) from None
    except ValueError as error:  # TOMLDecodeError, and numbers of thousands of digits
        found = re.fullmatch(
            r"(.*?) \(at (?:line (\d+), column (\d+)|end of document)\)", str(error), re.DOTALL
        )
        is_toml = isinstance(error, tomllib.TOMLDecodeError)
        what = printable(found[1] if found else str(error)) if is_toml else TOO_MANY_DIGITS
        place = (
            phrase("line {line}, column {column}", line=found[2], column=found[3])
            if found and found[2]
            else ""
        )
        raise BadData(
            phrase("this is not TOML: {problem}", problem=what[:1].lower() + what[1:]),
            remedy=phrase("put texts in quotes"),
            where=place,
            code="CS-TOM-001",
        ) from None


def _refuse_endless(text: str) -> None:
    """Lines that tomllib would take minutes over: it goes through keys of many parts again for each part."""
    if text.count("[") > _MOST_TABLES and _tables(text) > _MOST_TABLES:
        raise too_many()
    if number := endless_line(text):
        raise BadData(
            phrase("line {number} is too long", number=number),
            remedy=phrase("check that it is the right file"),
            code="CS-TOM-006",
        )


def _tables(text: str) -> int:
    """How many tables its headers make; ``[a.b]`` makes two."""
    return sum(1 + line.count(".") for line in StringIO(text) if line.lstrip(" \t").startswith("["))


# JSON: ``{"interviews": [...]}`` or the list alone, one object for each interview.
#
# What ``calsync list --json`` prints is read too; the short number of each
# interview there belongs to the store and is passed over.

_MOST_IN_JSON = {"{": 300_000, "[": 300_000, ",": 2_000_000}
_TOP_OF_JSON = ("interviews", "schema")
_LONGEST_INTEGER = 18


def json_table(stream: BinaryIO, _ways: object) -> Table:
    """The interviews of a JSON file; raises BadData, and no error of json's."""
    text = characters(stream, LARGEST)
    refuse_crowded(text, _MOST_IN_JSON)
    document = _parsed_json(text)
    found = _listed(document) if isinstance(document, dict) else document
    if not isinstance(found, list):
        raise BadData(
            phrase("there are no interviews in it"),
            remedy=phrase('write {"interviews": [...]} or a list of them'),
            code="CS-JSN-003",
        )
    return Table(_json_rows(found))


def _listed(document: dict[str, object]) -> object:
    for key in document:
        if key not in _TOP_OF_JSON:
            near = nearest(key, _TOP_OF_JSON)
            raise BadData(
                phrase('there is no key {key} beside "interviews"', key=shown(key)),
                remedy=phrase("try {near}", near=near) if near else phrase('write {"interviews": [...]}'),
                code="CS-JSN-004",
            )
    return document.get("interviews")


def _json_rows(found: list[Any]) -> Iterator[Row]:
    found.reverse()
    number = 0
    while found:  # each is let go once read: twice all of them would be too much memory
        number += 1
        record = found.pop()
        if isinstance(record, dict):
            record.pop("number", None)
            yield Row(phrase("interview {name}", name=number), record)
        else:
            yield Row(phrase("interview {name}", name=number), {}, (_no_record(record),))


def _no_record(value: object) -> Fault:
    return Fault(
        "",
        shown(value),
        phrase("{value} is not an interview", value=shown(value)),
        phrase("write an object with company, role and start"),
        "CS-JSN-005",
    )


def _parsed_json(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_object, parse_int=_integer)
    except RecursionError:
        raise BadData(
            phrase("brackets are nested too deeply"),
            remedy=phrase("check that it is the right file"),
            code="CS-JSN-002",
        ) from None
    except json.JSONDecodeError as error:
        raise BadData(
            phrase("this is not JSON: {msg}", msg=printable(error.msg[:1].lower() + error.msg[1:])),
            remedy=phrase("check the quotes, commas and brackets before it"),
            where=phrase("line {line}, column {column}", line=error.lineno, column=error.colno),
            code="CS-JSN-001",
        ) from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A key that comes twice says two things: it is marked, and refused with its interview."""
    made = dict(pairs)
    if len(made) < len(pairs):
        times = Counter(key for key, _ in pairs)
        made.update((key, Twice()) for key, number in times.items() if number > 1)
    return made


def _integer(digits: str) -> int | float:
    """No value of ours has so many digits, and Python refuses to read thousands of them."""
    return int(digits) if len(digits) <= _LONGEST_INTEGER else float("inf")

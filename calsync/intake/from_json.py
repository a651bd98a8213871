"""JSON: ``{"interviews": [...]}`` or the list alone, one object for each interview.

What ``calsync list --json`` prints is read too; the short number of each
interview there belongs to the store and is passed over.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from calsync.errors import BadData
from calsync.intake.rows import Fault, Row, Table, Twice, nearest, printable, shown
from calsync.intake.source import characters, refuse_crowded

__all__ = ["LARGEST", "table"]

LARGEST = 32_000_000
"""Bytes; a file of this kind is read in one piece."""

_MOST = {"{": 300_000, "[": 300_000, ",": 2_000_000}
_TOP = ("interviews", "schema")
_LONGEST_INTEGER = 18


def table(stream: BinaryIO, headers: Mapping[str, str]) -> Table:  # noqa: ARG001  # only CSV has headers
    """The interviews of a JSON file; raises BadData, and no error of json's."""
    text = characters(stream, LARGEST)
    refuse_crowded(text, _MOST)
    document = _parsed(text)
    found = _listed(document) if isinstance(document, dict) else document
    if not isinstance(found, list):
        raise BadData(
            "there are no interviews in it",
            remedy='write {"interviews": [...]} or a list of them',
            code="CS-JSN-003",
        )
    return Table(_rows(found))


def _listed(document: dict[str, object]) -> object:
    for key in document:
        if key not in _TOP:
            near = nearest(key, _TOP)
            raise BadData(
                f'there is no key {shown(key)} beside "interviews"',
                remedy=f"try {near}" if near else 'write {"interviews": [...]}',
                code="CS-JSN-004",
            )
    return document.get("interviews")


def _rows(found: list[Any]) -> Iterator[Row]:
    found.reverse()
    number = 0
    while found:  # each is let go once read: twice all of them would be too much memory
        number += 1
        record = found.pop()
        if isinstance(record, dict):
            record.pop("number", None)
            yield Row(f"interview {number}", record)
        else:
            yield Row(f"interview {number}", {}, (_no_record(record),))


def _no_record(value: object) -> Fault:
    return Fault(
        "",
        shown(value),
        f"{shown(value)} is not an interview",
        "write an object with company, role and start",
        "CS-JSN-005",
    )


def _parsed(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_object, parse_int=_integer)
    except RecursionError:
        raise BadData(
            "brackets are nested too deeply", remedy="check that it is the right file", code="CS-JSN-002"
        ) from None
    except json.JSONDecodeError as error:
        raise BadData(
            f"this is not JSON: {printable(error.msg[:1].lower() + error.msg[1:])}",
            remedy="check the quotes, commas and brackets before it",
            where=f"line {error.lineno}, column {error.colno}",
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

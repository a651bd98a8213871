"""CSV as spreadsheets save it: a header row, then a row for each interview.

Commas, semicolons or tabs, whichever the header row has most of. Rows carry
the numbers a spreadsheet shows, with the header as row 1. A cell is always
text: a formula, or an apostrophe before a number, has no meaning here.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import BinaryIO, NoReturn

import msgspec

from calsync.errors import BadData, Usage
from calsync.intake.names import names_of_keys, nearest_key, simplified
from calsync.intake.records import KEYS, REQUIRED
from calsync.intake.rows import (
    MOST_INTERVIEWS,
    BadRow,
    BadRows,
    Fault,
    Row,
    Table,
    printable,
    shown,
    too_many,
)
from calsync.intake.source import lines
from calsync.phrase import phrase

__all__ = ["DROPPED", "LARGEST", "Columns", "checked_renames", "columns", "csv_table", "header", "meant"]


# The header row of a spreadsheet: which column is which key.
#
# A header is a key in any case and with any spaces; or one of the names people
# give such columns (``calsync.intake.records``); or what ``--map`` says it is.

DROPPED = "-"
"""Stands for the key of a column that ``--map "Salary="`` leaves out."""


class Columns(msgspec.Struct, frozen=True):
    """The key of each column, and how it was found: empty for no header, ``DROPPED`` for one left out."""

    keys: tuple[str, ...]
    recognised: Mapping[str, str]
    renamed: frozenset[str]


def columns(cells: Sequence[str], renames: Mapping[str, str]) -> Columns:
    """Find the key of each header; raises BadRows with all that cannot be found."""
    names = [" ".join(cell.split()) for cell in cells]
    keys = [_key(name, renames) for name in names]
    faults = [_unknown(name) for name, key in zip(names, keys, strict=True) if key is None]
    found = [key or "" for key in keys]
    faults += [*_twice(names, found), *(() if faults else _missing(found))]
    if faults:
        raise BadRows([BadRow("", phrase("row 1"), tuple(faults))])
    recognised = {
        printable(name): key
        for name, key in zip(names, found, strict=True)
        if name not in renames and simplified(name) in names_of_keys()
    }
    return Columns(tuple(found), recognised, frozenset(names).intersection(renames))


def checked_renames(renames: Mapping[str, str]) -> dict[str, str]:
    """What ``--map`` says, tidied: header to key, or to ``DROPPED``; raises Usage."""
    checked = {}
    for name, wanted in renames.items():
        key = wanted.strip().lower() or DROPPED
        if key not in KEYS and key != DROPPED:
            near = nearest_key(key, tuple(KEYS))
            raise Usage(
                phrase(
                    "--map {it}: there is no key {wanted}", it=shown(f"{name}={wanted}"), wanted=shown(wanted)
                ),
                remedy=phrase("try {near}", near=near)
                if near
                else phrase("the keys are {keys}", keys=", ".join(KEYS)),
                code="CS-USE-014",
            )
        checked[" ".join(name.split())] = key
    return checked


def meant(name: str) -> str:
    """The key that a header is taken for without being told; empty where nobody knows."""
    return _key(" ".join(name.split()), {}) or ""


def _key(name: str, renames: Mapping[str, str]) -> str | None:
    """The key of one header; empty for an empty one, None for one that nobody knows."""
    if name in renames:
        return renames[name]
    return (_keys().get(simplified(name)) or names_of_keys().get(simplified(name))) if name else ""


def _unknown(name: str) -> Fault:
    key = nearest_key(name, tuple(KEYS))
    leave_out = phrase("--map {it} leaves the column out", it=shown(f"{name}="))
    return Fault(
        "",
        shown(name),
        phrase("no key is called {name}", name=shown(name)),
        phrase("try {key}; {leave_out}", key=key, leave_out=leave_out) if key else leave_out,
        "CS-CSV-002",
    )


def _twice(names: Sequence[str], keys: Sequence[str]) -> Iterator[Fault]:
    for place, key in enumerate(keys):
        if key not in {"", DROPPED} and key in keys[:place]:
            first, name = names[keys.index(key)], names[place]
            yield Fault(
                key,
                shown(name),
                phrase(
                    "the columns {first} and {name} both mean {key}",
                    first=shown(first),
                    name=shown(name),
                    key=key,
                ),
                phrase("put them in one, or --map {it} leaves one out", it=shown(f"{name}=")),
                "CS-CSV-003",
            )


def _missing(keys: Sequence[str]) -> Iterator[Fault]:
    for key in REQUIRED:
        if key not in keys:
            what = phrase("there is no column {key}", key=key)
            yield Fault(
                key,
                "",
                what,
                phrase("add it, or say which it is: --map 'Header={key}'", key=key),
                "CS-CSV-004",
            )


@cache
def _keys() -> Mapping[str, str]:
    return {simplified(key): key for key in KEYS}


LARGEST = 512_000_000
"""Bytes; rows are read one by one, so only the interviews take memory."""

_PIECE = 1 << 20
_MOST_COLUMNS = 1_000
_SEPARATORS = ",;\t"


def csv_table(stream: BinaryIO, headers: Mapping[str, str]) -> Table:
    """The rows of a CSV file; ``headers`` renames columns (header to key)."""
    _refuse_endless(stream)
    records = _opened(stream)
    header = next(records, [])
    _refuse_unfit(header)
    found = columns(header, headers)
    return Table(_rows(records, found), found.recognised, found.renamed)


def header(stream: BinaryIO) -> list[str]:
    """The header row alone, each header in one line; empty for a file without one."""
    return [name for cell in next(_opened(stream), []) if (name := " ".join(cell.split()))]


def _refuse_endless(stream: BinaryIO) -> None:
    """A file with too many rows is refused before the first of them is made an interview.

    Rows are only counted where there are lines enough, and empty ones, of which
    spreadsheets save many, do not count. What comes through a pipe is counted as it is read.
    """
    if not stream.seekable():
        return
    start = stream.tell()
    ends = sum(piece.count(b"\n") for piece in iter(lambda: stream.read(_PIECE), b""))
    stream.seek(start)
    if ends > MOST_INTERVIEWS:
        records = _opened(stream)
        _refuse_unfit(next(records, []))
        filled = (1 for cells in records if any(map(str.strip, cells)))
        count = sum(islice(filled, MOST_INTERVIEWS + 1))
        stream.seek(start)
        if count > MOST_INTERVIEWS:
            raise too_many("rows")


def _opened(stream: BinaryIO) -> Iterator[list[str]]:
    """The header and the rows behind it."""
    text = lines(stream, LARGEST)
    first = next(text, "")
    if said := re.fullmatch(r"sep=([,;\t])\r?\n?", first):  # a line that spreadsheets hide
        first = next(text, "")
    return _records(_again(first, text), said[1] if said else _separator(first))


def _rows(records: Iterator[list[str]], found: Columns) -> Iterator[Row]:
    keys = [key if key != DROPPED else "" for key in found.keys]
    bare = [place for place, key in enumerate(found.keys) if not key]
    for number, cells in enumerate(records, 2):
        values = {key: cell for key, cell in zip(keys, cells) if key and cell}  # noqa: B905  # short rows are whole
        faults: tuple[Fault, ...] = ()
        if bare or len(cells) > len(keys):
            faults = tuple(_outside(cells, bare, len(keys)))
        if faults or not all(map(str.isspace, values.values())):
            yield Row(phrase("row {number}", number=number), values, faults)


def _outside(cells: list[str], bare: list[int], width: int) -> Iterator[Fault]:
    """Cells below no header: nobody can tell what they mean."""
    for place in (*bare, *range(width, len(cells))):
        cell = cells[place] if place < len(cells) else ""
        if cell and not cell.isspace():
            yield Fault(
                "",
                shown(cell),
                phrase("{cell} in column {place} is below no header", cell=shown(cell), place=place + 1),
                phrase("put texts with separators or line breaks in double quotes"),
                "CS-CSV-007",
            )
            return


def _records(text: Iterator[str], separator: str) -> Iterator[list[str]]:
    records = csv.reader(text, delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(records, 1):  # noqa: B007  # an error tells it
            yield cells
    except csv.Error as error:
        _explain(error, number)


def _explain(error: csv.Error, number: int) -> NoReturn:
    where = phrase("row {number}", number=number + 1)
    if "field limit" in str(error):
        raise BadData(
            phrase(
                "a cell is longer than {field_size_limit:,} characters",
                field_size_limit=csv.field_size_limit(),
            ),
            remedy=phrase("shorten it, or close a quote before it"),
            where=where,
            code="CS-CSV-006",
        ) from None
    raise BadData(
        phrase("the double quotes do not pair up"),
        remedy=phrase('close each cell that begins with a quote, and write "" for a quote inside'),
        where=where,
        code="CS-CSV-005",
    ) from None


def _separator(line: str) -> str:
    """The one the header line has most of, outside quotes; the first of equals."""
    bare = re.sub(r'"[^"]*"?', "", line)
    return max(_SEPARATORS, key=bare.count)


def _refuse_unfit(header: list[str]) -> None:
    if not any(cell.strip() for cell in header):
        raise BadData(
            phrase("it does not begin with a row of headers"),
            remedy=phrase("begin with a line like company,role,start"),
            code="CS-CSV-001",
        )
    if any("\0" in cell for cell in header):
        raise BadData(
            phrase("it holds NUL characters, so it is no text"),
            remedy=phrase("save it as UTF-8 (in a spreadsheet: Save as, CSV UTF-8)"),
            code="CS-CSV-009",
        )
    if len(header) > _MOST_COLUMNS:
        raise BadData(
            phrase("it has {header:,} columns", header=len(header)),
            remedy=phrase("leave at most {most_columns:,}", most_columns=_MOST_COLUMNS),
            code="CS-CSV-008",
        )


def _again(first: str, text: Iterator[str]) -> Iterator[str]:
    yield first
    yield from text

"""CSV as spreadsheets save it: titles perhaps, a row of headers, then a row for each interview.

Commas, semicolons, tabs or bars, whichever make headers of the first lines. Rows
carry the numbers a spreadsheet shows. A cell is always text: a formula, or an
apostrophe before a number, has no meaning here.
"""

import codecs
import csv
import re
from collections.abc import Iterator
from functools import partial
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, NoReturn, cast

from calsync.errors import BadData
from calsync.intake.columns import Ways, known_headers
from calsync.intake.rows import Table
from calsync.intake.sheets import Sheet, header_of, sheet_table
from calsync.intake.source import UTF16, lines
from calsync.phrase import phrase

__all__ = ["LARGEST", "csv_table", "header"]

LARGEST = 512_000_000
"""Bytes; rows are read one by one, so only the interviews take memory."""

_PIECE = 1 << 20
_IN_MEMORY = 1 << 24
_SEPARATORS = ",;\t|"
_LOOKED_AT = 30
"""Lines at the beginning, in which the headers stand."""


def csv_table(stream: BinaryIO, ways: Ways) -> Table:
    """The rows of a CSV file."""
    return sheet_table(_sheet(_seekable(stream), ways), ways)


def header(stream: BinaryIO, ways: Ways) -> list[str]:
    """The header row alone, each header in one line; empty for a file without one."""
    return header_of(_sheet(stream, ways), ways)


def _sheet(stream: BinaryIO, ways: Ways) -> Sheet:
    """How to read its rows, as often as somebody wants to; what had to be assumed for it is said."""
    start = stream.tell()
    encoding = _encoding(stream)
    stream.seek(start)
    head = list(islice(lines(stream, LARGEST, encoding), _LOOKED_AT))
    stream.seek(start)
    said = re.fullmatch(r"sep=(.)\r?\n?", head[0]) if head else None  # a line that spreadsheets hide
    separator = said[1] if said else _separator(head, ways)

    def rows() -> Iterator[list[str]]:
        stream.seek(start)
        text = lines(stream, LARGEST, encoding)
        if said:
            next(text)
        return _records(text, separator)

    remarks = (
        [phrase("it is not UTF-8: read as cp1252, as older Windows programs save")]
        if encoding == "cp1252"
        else []
    )
    return Sheet(rows, tuple(remarks))


def _seekable(stream: BinaryIO) -> BinaryIO:
    """What comes through a pipe is put aside, to be looked at before it is read."""
    if stream.seekable():
        return stream
    kept = cast("BinaryIO", SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115  # closed with the last that reads it
    size = 0
    while (piece := stream.read(_PIECE)) and size <= LARGEST:
        size += kept.write(piece)
    kept.seek(0)
    return kept


def _encoding(stream: BinaryIO) -> str:
    """UTF-16 by its mark; cp1252 where UTF-8 fails and no letter of it is found."""
    first = stream.read(_PIECE)
    if first.startswith(UTF16):
        return "utf-16"
    if b"\0" in first:  # no text, and perhaps without an end
        return "utf-8-sig"
    decoder = codecs.getincrementaldecoder("utf-8")()
    piece = first
    try:
        while piece:
            decoder.decode(piece)
            piece = stream.read(_PIECE)
        decoder.decode(b"", True)  # noqa: FBT003  # the codec's own flag: the end
    except UnicodeDecodeError:
        in_utf8 = re.search(rb"[\xc3-\xf4][\x80-\xbf]", first + piece)
        return "utf-8-sig" if in_utf8 else "cp1252"
    return "utf-8-sig"


def _separator(head: list[str], ways: Ways) -> str:
    """The one that makes most headers of one of the first lines; else the one that the first has most of."""
    known = {
        each: max(map(partial(known_headers, ways=ways), _plain(head, each)), default=0)
        for each in _SEPARATORS
    }
    best = max(_SEPARATORS, key=lambda each: known[each])
    if known[best] > 1:
        return best
    bare = re.sub(r'"[^"]*"?', "", next((line for line in head if line.strip()), ""))
    return max(_SEPARATORS, key=bare.count)


def _plain(head: list[str], separator: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(head, delimiter=separator)
    except csv.Error:
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

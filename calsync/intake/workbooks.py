"""Workbooks (.xlsx, .xls, .ods): the first sheet that has headers of ours, its cells as a CSV would have them."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, BinaryIO
from zipfile import BadZipFile, ZipFile, is_zipfile

from calsync.errors import BadData, Usage
from calsync.extras import install_command
from calsync.intake.columns import Ways, known_headers
from calsync.intake.rows import Table, printable
from calsync.intake.sheets import Sheet, header_of, sheet_table
from calsync.phrase import phrase

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

__all__ = ["LARGEST", "workbook_header", "workbook_table"]

LARGEST = 20_000_000
"""Bytes; a workbook is read in one piece."""

_UNPACKED = 300_000_000
_MOST_CELLS = 3_000_000
_LOOKED_AT = 30

Cell = int | float | str | bool | time | date | datetime | timedelta


def workbook_table(stream: BinaryIO, ways: Ways) -> Table:
    """The interviews of a workbook."""
    return sheet_table(_sheet(stream, ways), ways)


def workbook_header(stream: BinaryIO, ways: Ways) -> list[str]:
    """The header row alone."""
    return header_of(_sheet(stream, ways), ways)


def _sheet(stream: BinaryIO, ways: Ways) -> Sheet:
    content = stream.read(LARGEST + 1)
    _refuse_large(content)
    book = _opened(content)
    every = [book.get_sheet_by_name(name) for name in book.sheet_names if _is_table(book, name)]
    if not every:
        raise BadData(
            phrase("there is no table in it"),
            remedy=phrase("put the interviews into one"),
            code="CS-XLS-003",
        )
    chosen = next((each for each in every if _has_headers(each, ways)), every[0])
    if chosen.total_height * chosen.total_width > _MOST_CELLS:
        raise BadData(
            phrase("it has more than {most:,} cells", most=_MOST_CELLS),
            remedy=phrase("delete empty rows and columns, or split it"),
            code="CS-XLS-004",
        )
    rows = [[_text(cell) for cell in cells] for cells in chosen.to_python(skip_empty_area=False)]

    def again() -> Iterator[list[str]]:
        yield from rows

    remarks = [phrase("the sheet {name} is read", name=printable(chosen.name))] if len(every) > 1 else []
    return Sheet(again, tuple(remarks))


def _is_table(book: "CalamineWorkbook", name: str) -> bool:
    kind = next((str(each.typ) for each in book.sheets_metadata if each.name == name), "")
    return "WorkSheet" in kind or not kind


def _has_headers(sheet: "CalamineSheet", ways: Ways) -> bool:
    head = sheet.to_python(skip_empty_area=False, nrows=_LOOKED_AT)
    return any(known_headers([_text(cell) for cell in cells], ways) > 1 for cells in head)


def _opened(content: bytes) -> "CalamineWorkbook":
    try:
        from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415  # an extra
    except ImportError:
        raise Usage(
            phrase("reading workbooks needs the extra excel"),
            remedy=phrase(
                "type: {command}, or save the sheet as CSV UTF-8", command=install_command("calsync[excel]")
            ),
            code="CS-XLS-001",
        ) from None
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError:
        what = phrase("it is locked with a password")
        remedy = phrase("save it without one")
    except (CalamineError, OSError, ValueError) as error:
        what = phrase("this is no workbook: {problem}", problem=printable(str(error)))
        remedy = phrase("save it again, or as CSV UTF-8")
    raise BadData(what, remedy=remedy, code="CS-XLS-002")


def _refuse_large(content: bytes) -> None:
    """A small file can unpack to more than fits into memory."""
    try:
        size = (
            sum(each.file_size for each in ZipFile(io.BytesIO(content)).infolist())
            if is_zipfile(io.BytesIO(content))
            else 0
        )
    except BadZipFile:
        size = 0  # said when it is opened
    if len(content) > LARGEST or size > _UNPACKED:
        raise BadData(
            phrase("it is larger than calsync reads at once"),
            remedy=phrase("save the sheet alone, as CSV UTF-8"),
            code="CS-XLS-004",
        )


def _text(cell: Cell) -> str:
    """A cell as text: whole numbers without a point, days without midnight.

    >>> _text(4930123.0), _text(datetime(2026, 12, 10)), _text(datetime(2026, 12, 10, 14, 0))
    ('4930123', '2026-12-10', '2026-12-10 14:00')
    """
    if isinstance(cell, datetime):
        if cell.time() == time():
            return cell.date().isoformat()
        rounded = cell + timedelta(seconds=30) if cell.second or cell.microsecond else cell
        return rounded.isoformat(" ", "minutes")
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)

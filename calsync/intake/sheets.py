"""Sheets, from CSV or from a workbook: headers found below titles, columns joined, rows made records.

A sheet is gone through twice: first for what one cell cannot tell (how many rows
there are, whether days stand first), then for its interviews. What was assumed is
said in a line each.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

import msgspec

from calsync.errors import BadData, BadValue
from calsync.intake.columns import DROPPED, JOINED, Columns, Ways, columns, known_headers
from calsync.intake.date_columns import DateOrder, Proof, tidied, with_clock
from calsync.intake.rows import MOST_INTERVIEWS, Fault, Row, Table, shown, too_many
from calsync.intake.trackers import nearly, stage
from calsync.phrase import joined, phrase

__all__ = ["Sheet", "header_of", "sheet_table"]

_MOST_COLUMNS = 1_000
_LOOKED_AT = 30
_DATES = ("start", "decision", "agreed")
_EMPTY = frozenset({"-", "–", "—", "--", "?", "n/a", "na", "#n/a", "k.a.", "k. a."})
_NOT_YET = frozenset(
    {"tbd", "tba", "tbc", "offen", "noch offen", "unknown", "unbekannt", "none", "pending", "folgt"}
)
_LONGEST_EMPTY = max(map(len, _EMPTY | _NOT_YET))
_TEXTS = frozenset({*JOINED, "company", "role", "country"})


class Sheet(msgspec.Struct, frozen=True):
    """``rows`` gives the cells from the first row on, each time anew; ``remarks`` say how it was read."""

    rows: Callable[[], Iterator[list[str]]]
    remarks: tuple[str, ...] = ()


def header_of(sheet: Sheet, ways: Ways) -> list[str]:
    """The header row alone, each header in one line; empty for a sheet without one."""
    _, cells = _found_header(sheet, ways)
    return [name for cell in cells if (name := " ".join(cell.split()))]


def sheet_table(sheet: Sheet, ways: Ways) -> Table:
    """The interviews of a sheet."""
    skipped, cells = _found_header(sheet, ways)
    _refuse_unfit(cells)
    found = columns(cells, ways, skipped + 1)
    proofs = _looked_through(sheet, skipped, found)
    orders = {place: proof.order or ways.dates for place, proof in proofs.items()}
    for place, proof in proofs.items():
        if ways.dates and proof.order and proof.order != ways.dates:
            orders[place] = ways.dates  # and every cell that is not in this order is refused
    remarks = [said for said in (_of_file(sheet, skipped, found), _of_columns(found)) if said]
    days = _of_days(cells, proofs, ways)
    return Table(
        _rows(sheet, skipped, found, orders, days, remarks), found.recognised, found.renamed, remarks
    )


def _found_header(sheet: Sheet, ways: Ways) -> tuple[int, list[str]]:
    """How many rows stand above the headers, and the headers: the row with most that we know."""
    head = [cells[: _MOST_COLUMNS + 1] for cells in islice(sheet.rows(), _LOOKED_AT)]
    known = [known_headers(cells, ways) for cells in head]
    if known and max(known) > 1:
        place = known.index(max(known))
    else:
        place = next((number for number, cells in enumerate(head) if any(map(str.strip, cells))), 0)
    return place, head[place] if head else []


def _looked_through(sheet: Sheet, skipped: int, found: Columns) -> dict[int, Proof]:
    """What the columns of dates prove; raises BadData for too many rows before the first is made an interview."""
    proofs = {place: Proof() for place, key in enumerate(found.keys) if key in _DATES}
    filled = 0
    for cells in islice(sheet.rows(), skipped + 1, None):
        if not any(map(str.strip, cells)):
            continue
        filled += 1
        if filled > MOST_INTERVIEWS:
            raise too_many(phrase("rows"))
        for place, proof in proofs.items():
            if place < len(cells) and ("/" in cells[place] or "-" in cells[place]):
                proof.see(cells[place])
    return proofs


# What was recognised, in a line each: the file, its columns, its days and rows.


def _of_file(sheet: Sheet, skipped: int, found: Columns) -> str:
    said = list(sheet.remarks)
    if found.tracker:
        said.append(phrase("this is an export of {tracker}", tracker=found.tracker))
    if skipped:
        said.append(
            phrase("the headers stand in row {number}; what is above them is passed over", number=skipped + 1)
        )
    return joined(said, "; ") if said else ""


def _of_columns(found: Columns) -> str:
    said: list[str] = []
    if found.recognised:
        names = ", ".join(f"{name} = {key}" for name, key in found.recognised.items())
        said.append(phrase("columns read as: {columns}", columns=names))
    if found.left_out:
        said.append(phrase("columns left out: {columns}", columns=", ".join(map(shown, found.left_out))))
    return joined(said, "; ") if said else ""


def _of_days(cells: Sequence[str], proofs: Mapping[int, Proof], ways: Ways) -> list[str]:
    said: list[str] = []
    for place, proof in proofs.items():
        name = shown(" ".join(cells[place].split()))
        if proof.order == "dmy" and ways.dates != "mdy":
            said.append(
                phrase("{column} is read day first, as {cell} shows", column=name, cell=proof.shown["dmy"])
            )
        elif proof.order == "mdy" and ways.dates != "dmy":
            said.append(
                phrase("{column} is read month first, as {cell} shows", column=name, cell=proof.shown["mdy"])
            )
    return said


def _rows(
    sheet: Sheet,
    skipped: int,
    found: Columns,
    orders: Mapping[int, DateOrder],
    days: list[str],
    remarks: list[str],
) -> Iterator[Row]:
    """Row by row; what there is to say of their days and of those left out is added to ``remarks`` at the end."""
    places: dict[str, list[int]] = {}
    for place, key in enumerate(found.keys):
        if key not in {"", DROPPED}:
            places.setdefault(key, []).append(place)
    bare = [place for place, key in enumerate(found.keys) if not key]
    width, without = len(found.keys), 0
    for number, cells in enumerate(islice(sheet.rows(), skipped + 1, None), skipped + 2):
        if not any(cells) or not any(map(str.strip, cells)):
            continue
        faults = list(_outside(cells, bare, width)) if bare or len(cells) > width else []
        values = _values(cells, places, orders, faults)
        if not values and not faults:
            continue
        if _is_application(values, faults, found):
            without += 1
            continue
        if said := _with_stage(values, faults):
            remarks.append(joined((phrase("row {number}", number=number), said)))
        yield Row(phrase("row {number}", number=number), values, tuple(faults))
    if without:
        days = [*days, _without(without)]
    if days:
        remarks.append(joined(days, "; "))


def _is_application(values: Mapping[str, object], faults: Sequence[Fault], found: Columns) -> bool:
    """Whether a row is about a job, and has no interview yet."""
    if not found.has_dates:
        return True
    is_named = "company" in values or "role" in values
    return is_named and "start" not in values and all(fault.key != "start" for fault in faults)


def _without(count: int) -> str:
    if count == 1:
        return phrase("1 application without an interview is left out")
    return phrase("{count} applications without an interview are left out", count=count)


def _values(
    cells: Sequence[str],
    places: Mapping[str, Sequence[int]],
    orders: Mapping[int, DateOrder],
    faults: list[Fault],
) -> dict[str, object]:
    """What a row says of each key."""
    values: dict[str, object] = {}
    width = len(cells)
    for key, columns_of in places.items():
        said = [cells[place] for place in columns_of if place < width and not _is_empty(cells[place], key)]
        if not said:
            continue
        if key in _DATES:
            order: DateOrder = next((orders[place] for place in columns_of if orders.get(place)), "")
            try:
                values[key] = with_clock(said, order) if key == "start" else tidied(said[0], order)
            except BadValue as error:
                faults.append(Fault.of(error, key=key, value=" ".join(said)))
        else:
            values[key] = JOINED[key].join(said) if key in JOINED and len(said) > 1 else said[0]
    if people := values.get("interviewers"):
        values["interviewers"] = _apart(str(people))
    return values


def _apart(people: str) -> str:
    """Several people with commas between them, where each has two names: no surname stands first."""
    parts = [part.strip() for part in re.split(r",|\n|/| & ", people)]
    return "; ".join(parts) if ";" not in people and all(" " in part for part in parts) else people


def _is_empty(cell: str, key: str) -> bool:
    if not cell or cell.isspace():
        return True
    if len(cell) > _LONGEST_EMPTY or key in _TEXTS:
        return False
    plain = cell.strip().casefold()
    return plain in _EMPTY or (plain in _NOT_YET and key in {*_DATES, "phone", "email", "url", "contact"})


def _with_stage(values: dict[str, object], faults: list[Fault]) -> str:
    """Put the status in the place of a stage; what there is to say of one that nobody knows."""
    text = values.get("status")
    if not isinstance(text, str):
        return ""
    if known := stage(text):
        values["status"] = known
    elif near := nearly(text):
        faults.append(
            Fault(
                "status",
                shown(text),
                phrase("{text} is no stage that calsync knows", text=shown(text)),
                phrase("try {near}", near=near),
                "CS-CSV-012",
            )
        )
        del values["status"]
    else:
        values["status"] = "open"
        return phrase("the stage {text} is not known: taken as open", text=shown(text))
    return ""


def _outside(cells: Sequence[str], bare: Sequence[int], width: int) -> Iterator[Fault]:
    """Cells below no header: nobody can tell what they mean, but for the numbers of rows in the first column."""
    for place in (*bare, *range(width, len(cells))):
        cell = cells[place] if place < len(cells) else ""
        if cell and not cell.isspace() and not (place == 0 and cell.strip().isdigit()):
            yield Fault(
                "",
                shown(cell),
                phrase("{cell} in column {place} is below no header", cell=shown(cell), place=place + 1),
                phrase("put texts with separators or line breaks in double quotes"),
                "CS-CSV-007",
            )
            return


def _refuse_unfit(header: Sequence[str]) -> None:
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
            phrase("it has more than {most_columns:,} columns", most_columns=_MOST_COLUMNS),
            remedy=phrase("leave at most {most_columns:,}", most_columns=_MOST_COLUMNS),
            code="CS-CSV-008",
        )

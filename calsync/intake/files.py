"""Files in, interviews out: whole, or not at all, or without the bad rows when asked.

A format is a row of ``FORMATS``: how the names of its files end, how large one
may be, and the function that makes a table of rows of it.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import BinaryIO

import msgspec

from calsync.domain import Interview, Preferences, replace
from calsync.errors import BadSettings, BadValue, CalsyncError, Usage
from calsync.intake import csv_files, toml_json, workbooks
from calsync.intake.columns import Ways, checked_renames
from calsync.intake.ids import ids_apart
from calsync.intake.records import draft_record
from calsync.intake.rows import MOST_INTERVIEWS, BadRow, BadRows, Fault, Row, Table, Written, shown, too_many
from calsync.intake.source import Source
from calsync.phrase import joined, phrase

__all__ = ["FORMATS", "Reading", "headers_of", "read"]


class Format(msgspec.Struct, frozen=True):
    """A kind of file: the ends of its names, its largest size in octets, and what reads it.

    ``header`` reads the headers alone, of files that have columns.
    """

    endings: tuple[str, ...]
    largest: int
    table: Callable[[BinaryIO, Ways], Table]
    header: Callable[[BinaryIO, Ways], list[str]] | None = None


FORMATS: Mapping[str, Format] = {
    "csv": Format((".csv", ".tsv", ".txt"), csv_files.LARGEST, csv_files.csv_table, csv_files.header),
    "toml": Format((".toml",), toml_json.LARGEST, toml_json.toml_table),
    "xlsx": Format(
        (".xlsx", ".xlsm", ".xls", ".ods"),
        workbooks.LARGEST,
        workbooks.workbook_table,
        workbooks.workbook_header,
    ),
    "json": Format((".json",), toml_json.LARGEST, toml_json.json_table),
}

_PLAIN = Ways()
_MOST_BAD_ROWS = {False: 10_000, True: MOST_INTERVIEWS}
"""Nobody reads more of them; whoever skips them wants the good ones behind them."""


class Reading(msgspec.Struct, frozen=True):
    """What was read, in the order it was written.

    ``skipped`` are the bad rows that were left out, ``recognised`` the headers
    that were understood though they are not keys (header to key), ``notes``
    sentences about times that a change of clocks made doubtful, ``written`` each
    interview as its row had it, where that was asked for.
    """

    interviews: tuple[Interview, ...]
    skipped: tuple[BadRow, ...] = ()
    recognised: Mapping[str, str] = MappingProxyType({})
    notes: tuple[str, ...] = ()
    written: tuple[Written, ...] = ()


def read(
    sources: Sequence[Source | str | os.PathLike[str]],
    *,
    preferences: Preferences,
    format: str | None = None,  # noqa: A002  # the name of the flag
    skip_bad: bool = False,
    ways: Ways = _PLAIN,
    check: Callable[[Interview], None] | None = None,
    with_written: bool = False,
) -> Reading:
    """Read one or several files as one input: ids are unique over all of them.

    ``ways`` is how sheets are to be read. ``check`` may raise BadValue for an interview that only its
    caller can judge; its row is then a bad one. Raises NoInput for a file that cannot be opened, BadRows
    for rows that cannot be taken unless ``skip_bad``, BadData for a file that
    makes no sense as a whole, Usage for ``format`` and the renames of ``ways``.
    """
    renames = checked_renames(ways.renames)
    ways = replace(ways, renames=renames)
    gathered = _Gathered(preferences, check, _MOST_BAD_ROWS[skip_bad], with_written=with_written)
    for source in _each(sources):
        reader = _format_of(source, format)
        with source.opened(reader.largest) as stream:
            try:
                gathered.add(source.name, reader.table(stream, ways))
            except BadRows as error:  # of a header row, where there are no good rows beside it
                raise BadRows(
                    [replace(row, source=row.source or source.name) for row in error.rows]
                ) from None
            except BadSettings:  # found by ``check``, and no fault of the file
                raise
            except CalsyncError as error:
                raise error.at(source.name) from None
    gathered.refuse_unused(renames)
    if gathered.bad and not skip_bad:
        raise BadRows(gathered.bad, good=len(gathered.interviews), remarks=gathered.remarks)
    return gathered.reading()


def headers_of(source: Source, ways: Ways) -> list[str]:
    """The headers of a file that has columns; none of any other."""
    for each in FORMATS.values():
        if source.suffix in each.endings and each.header is not None:
            with source.opened(each.largest) as stream:
                return each.header(stream, ways)
    return []


class _Gathered:
    """Interviews and bad rows as they come in, and who has which id."""

    def __init__(
        self,
        preferences: Preferences,
        check: Callable[[Interview], None] | None,
        most_bad: int,
        *,
        with_written: bool,
    ) -> None:
        self.preferences = preferences
        self.check = check
        self.most_bad = most_bad
        self.with_written = with_written
        self.written: list[Written] = []
        self.key_sets: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.interviews: list[Interview] = []
        self.bad: list[BadRow] = []
        self.notes: list[str] = []
        self.remarks: list[str] = []
        self.recognised: dict[str, str] = {}
        self.renamed: set[str] = set()
        self.places: dict[str, tuple[str, str]] = {}  # of the ids that are given
        self.derived: list[int] = []

    def add(self, source: str, table: Table) -> None:
        """Read every row of a table."""
        self.recognised.update(table.recognised)
        self.renamed |= table.renamed
        for row in table.rows:
            if len(self.interviews) >= MOST_INTERVIEWS:
                raise too_many()
            faults = self._taken(source, row)
            if faults:
                self.bad.append(BadRow(source, row.place, faults))
                if len(self.bad) >= self.most_bad:
                    raise BadRows(self.bad, good=len(self.interviews))
        self.remarks += [joined((source, remark), ": ") for remark in table.remarks]

    def _taken(self, source: str, row: Row) -> tuple[Fault, ...]:
        """What is wrong with a row; nothing if it became an interview."""
        if row.faults and not row.values:
            return row.faults
        draft = draft_record(row.values, self.preferences)
        told = {fault.key for fault in row.faults}
        more = (fault for fault in draft.faults if fault.key not in told or not fault.key)
        faults = (*row.faults, *more, *self._id_again(draft.id, source, row.place))
        if draft.interview is not None and not faults:
            faults = self._judged(draft.interview)
        if draft.interview is not None and not faults:
            if not draft.id:
                self.derived.append(len(self.interviews))
            self.interviews.append(draft.interview)
            if self.with_written:
                keys = tuple(row.values)
                keys = self.key_sets.setdefault(keys, keys)
                self.written.append(Written(source, row.place, keys, tuple(row.values.values())))
            self.notes += [joined((joined((source, row.place)), note), ": ") for note in draft.notes]
        return faults

    def _judged(self, interview: Interview) -> tuple[Fault, ...]:
        """What the caller's check says against an interview that reads well."""
        try:
            if self.check is not None:
                self.check(interview)
        except BadValue as error:
            key, _, deeper = error.where.partition(", ")
            what = joined((deeper, error.what), ": ")
            return (Fault(key, shown(str(getattr(interview, key, ""))), what, error.remedy, error.code),)
        return ()

    def _id_again(self, given: str, source: str, place: str) -> Iterator[Fault]:
        if given and self.places.setdefault(given, (source, place)) != (source, place):
            first = joined(self.places[given])
            what = phrase("{given} is the id of {first} already", given=shown(given), first=first)
            yield Fault("id", shown(given), what, phrase("give it another, or leave it empty"), "CS-REC-021")

    def refuse_unused(self, renames: Mapping[str, str]) -> None:
        """A header that ``--map`` names must be in one of the files."""
        for name in renames:
            if name not in self.renamed:
                raise Usage(
                    phrase("--map {name}: no file has that header", name=shown(name)),
                    remedy=phrase("write it as it stands in the first row of the file"),
                    code="CS-USE-015",
                )

    def reading(self) -> Reading:
        """Everything, with derived ids moved out of the way of each other and of those given."""
        ids = ids_apart([self.interviews[place] for place in self.derived], self.places)
        for place, name in zip(self.derived, ids, strict=True):
            if name != self.interviews[place].id:
                self.interviews[place] = replace(self.interviews[place], id=name)
        recognised = MappingProxyType(self.recognised)
        notes, written = (*self.remarks, *self.notes), tuple(self.written)
        return Reading(tuple(self.interviews), tuple(self.bad), recognised, notes, written)


def _each(sources: Sequence[Source | str | os.PathLike[str]]) -> Iterator[Source]:
    """Sources; a lone one is not a sequence of letters."""
    if isinstance(sources, str | os.PathLike | Source):
        sources = [sources]
    for source in sources:
        yield source if isinstance(source, Source) else Source(source)


def _format_of(source: Source, name: str | None) -> Format:
    """The format as named, or by the end of the file's name."""
    if source.is_stdin and (source.stream is None or not name):
        raise Usage(
            phrase("stdin does not say what it holds"),
            remedy=phrase("add --format {formats}", formats=" | ".join(FORMATS)),
            code="CS-USE-011",
        )
    name = name or next((known for known, each in FORMATS.items() if source.suffix in each.endings), "")
    if name not in FORMATS:
        if not name:
            source.refuse_missing()
        raise Usage(
            phrase("{name}: the end of its name does not say what it holds", name=source.name)
            if not name
            else phrase("no format {name}", name=shown(name)),
            remedy=phrase("add --format {formats}", formats=" | ".join(FORMATS)),
            code="CS-USE-010",
        )
    return FORMATS[name]

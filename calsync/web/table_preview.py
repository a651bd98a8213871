"""Spreadsheets and other files of interviews, looked at and taken in: the columns, the bad rows, what would be new."""

from collections.abc import Mapping, Sequence
from itertools import islice

import msgspec

from calsync.domain import Plan
from calsync.errors import CalsyncError, Usage
from calsync.intake import FORMATS, KEYS, BadRow, BadRows, Fault
from calsync.intake.columns import DROPPED, Ways, meant
from calsync.intake.date_columns import DATE_ORDERS
from calsync.intake.files import headers_of
from calsync.intake.names import nearly_key
from calsync.store import StoredInterview
from calsync.texts import phrases
from calsync.web import wording
from calsync.web.plan_lines import PlanLine, plan_lines
from calsync.web.record_fields import LABELS
from calsync.web.record_form import record_texts
from calsync.web.request import PageRequest
from calsync.web.uploads import Upload
from calsync.workflows.interviews import Imported, add_all

__all__ = ["TablePreview", "preview_tables", "take_tables"]


_MOST_COLUMNS = 80
"""Columns to choose for; a form may have so many fields and no more."""
_TWO_WAYS = "CS-REC-006"
_SHOWN = 50
"""Interviews that are shown with their plans, and bad rows with what is wrong; the others are counted."""


class ColumnChoice(msgspec.Struct, frozen=True):
    """A header, and the key it is taken for; ``-`` leaves it out."""

    header: str
    key: str


class BadCell(msgspec.Struct, frozen=True):
    """One thing wrong in one row."""

    where: str
    key: str
    value: str
    what: str
    remedy: str


class PreviewedInterview(msgspec.Struct, frozen=True):
    """One interview that would be new or changed, with its plan; ``differs`` are keys that say something else."""

    company: str
    role: str
    when: str
    lines: Sequence[PlanLine]
    differs: Sequence[str] = ()


class TablePreview(msgspec.Struct):
    """What is in the files."""

    columns: Sequence[ColumnChoice] = ()
    needs_columns: bool = False
    bad: Sequence[BadCell] = ()
    bad_rows: int = 0
    good: int = 0
    skip_bad: bool = False
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    found: list[PreviewedInterview] = msgspec.field(default_factory=list)
    notes: Sequence[str] = ()
    problem: CalsyncError | None = None
    dates: str = ""
    asks_dates: bool = False

    @property
    def is_ready(self) -> bool:
        """Whether it can be saved as it is."""
        return not (self.needs_columns or self.problem or (self.bad and not self.skip_bad))

    @property
    def is_news(self) -> bool:
        """Whether saving it would change anything."""
        return bool(self.added or self.updated)


def preview_tables(request: PageRequest, files: Sequence[Upload]) -> TablePreview:
    """What taking them in would do; to be called within a rehearsal, for it is done."""
    told = TablePreview(columns=_columns(request, files), skip_bad=request.field("skip_bad") == "yes")
    told.dates = _ways(request).dates
    told.asks_dates = bool(told.dates)
    try:
        imported, told.notes, skipped = take_tables(request, files)
    except BadRows as error:
        told.needs_columns = (
            any(fault.code.startswith("CS-CSV-") for row in error.rows for fault in row.faults[:1])
            and not error.good
        )
        told.good = error.good
        _count_bad(told, error.rows)
        return told
    except CalsyncError as error:
        told.problem = error
        return told
    _count_bad(told, skipped)
    told.added, told.updated = len(imported.added), len(imported.updated)
    told.unchanged = imported.unchanged
    told.good = told.added + told.updated + told.unchanged
    told.found = [_found(request, request.store.interview(number)) for number in imported.added[:_SHOWN]]
    for old, number in zip(imported.before, imported.updated[:_SHOWN], strict=False):
        told.found.append(_found(request, request.store.interview(number), _differs(request, old, number)))
    return told


def take_tables(
    request: PageRequest, files: Sequence[Upload]
) -> tuple[Imported, tuple[str, ...], Sequence[BadRow]]:
    """Take them in, as one change: what it did, doubts about times, and rows that were left out. Raises BadRows."""
    skip_bad = request.field("skip_bad") == "yes"
    _refuse_others(request, files)
    reading = request.context.read(
        [each.source for each in files],
        skip_bad=skip_bad,
        with_written=True,
        ways=_ways(request),
    )
    imported = add_all(
        request.context,
        request.store,
        reading.interviews,
        label=f"import {', '.join(each.name for each in files)}",
        now=request.now,
        written=reading.written,
        skip_bad=skip_bad,
    )
    return imported, reading.notes, (*reading.skipped, *imported.skipped)


def _refuse_others(request: PageRequest, files: Sequence[Upload]) -> None:
    known = [end for each in FORMATS.values() for end in each.endings]
    for each in files:
        if each.source.suffix not in known:
            raise Usage(
                request.say("this is no file of interviews that calsync reads"),
                where=each.name,
                remedy=request.say("save it as CSV or .xlsx, or take the invitation as an .ics file"),
                code="CS-WEB-013",
            )


def _columns(request: PageRequest, files: Sequence[Upload]) -> list[ColumnChoice]:
    """The headers of spreadsheets: as somebody said, else as they are taken, else as they are most likely meant."""
    said, found = dict(_said(request)), dict[str, str]()
    for each in files:
        try:
            names = headers_of(each.source, _ways(request))
        except CalsyncError:  # told when it is read
            continue
        for name in names:
            found.setdefault(name, said.get(name) or meant(name) or nearly_key(name, tuple(KEYS)) or DROPPED)
    return [ColumnChoice(name, key) for name, key in islice(found.items(), _MOST_COLUMNS)]


def _ways(request: PageRequest) -> Ways:
    """As the settings have it, and what was chosen for days that can be read two ways."""
    dates = request.field("dates")
    return Ways(_renamed(request), kept=request.settings.csv_map, dates=dates if dates in DATE_ORDERS else "")


def _said(request: PageRequest) -> list[tuple[str, str]]:
    return list(zip(request.every("head"), request.every("key"), strict=False))


def _renamed(request: PageRequest) -> dict[str, str]:
    """The columns that are something else than they are taken for anyway."""
    return {name: key for name, key in _said(request) if key != meant(name)}


def _count_bad(told: TablePreview, rows: Sequence[BadRow]) -> None:
    told.bad_rows = len(rows)
    told.asks_dates |= any(fault.code == _TWO_WAYS for row in rows for fault in row.faults)
    told.bad = [
        BadCell(
            ", ".join(part for part in (row.source, row.place) if part),
            fault.key,
            fault.value,
            fault.what,
            _remedy(fault),
        )
        for row in rows[:_SHOWN]
        for fault in row.faults
    ]


def _remedy(fault: Fault) -> str:
    """What helps here; a column is chosen below, and nobody needs the option for it."""
    return "" if "--map" in fault.remedy else fault.remedy


def _found(request: PageRequest, kept: "StoredInterview", differs: Sequence[str] = ()) -> PreviewedInterview:
    interview = kept.interview
    plan: Plan | None = request.store.plan(kept.number)
    events = [event for event in plan.events if event.end > request.now] if plan else []
    when = wording.moment(interview.start, request.language, year=True)
    return PreviewedInterview(
        interview.company, interview.role, f"{when} ({phrases.city(interview.zone)})",
        plan_lines(request, interview, events), differs,
    )  # fmt: skip


def _differs(request: PageRequest, old: object, number: int) -> list[str]:
    before: Mapping[str, str] = record_texts(old)  # type: ignore[arg-type]  # an interview as it was
    after = record_texts(request.store.interview(number).interview)
    return [
        f"{request.say(LABELS[key].label)}: {before[key] or '–'} → {after[key] or '–'}"
        for key in after
        if key in LABELS and before[key] != after[key]
    ]

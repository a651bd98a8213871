"""Spreadsheets and other files of interviews, looked at and taken in: the columns, the bad rows, what would be new."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from calsync.domain import Plan
from calsync.errors import CalsyncError, Usage
from calsync.intake import FORMATS, KEYS, BadRow, BadRows, Fault
from calsync.web import wording
from calsync.web.ahead import Line, ahead
from calsync.web.dropped import Dropped
from calsync.web.fields import LABELS
from calsync.workflows.verbs import Imported, add_all

if TYPE_CHECKING:
    from calsync.store import Kept
    from calsync.web.visit import Visit

__all__ = ["Bad", "Column", "Found", "Tables", "looked_at", "taken_in"]

_MOST_COLUMNS = 80
"""Columns to choose for; a form may have so many fields and no more."""
_SHOWN = 50
"""Interviews that are shown with their plans, and bad rows with what is wrong; the others are counted."""


class Column(NamedTuple):
    """A header, and the key it is taken for; ``-`` leaves it out."""

    header: str
    key: str


class Bad(NamedTuple):
    """One thing wrong in one row."""

    where: str
    key: str
    value: str
    what: str
    remedy: str


class Found(NamedTuple):
    """One interview that would be new or changed, with its plan; ``differs`` are keys that say something else."""

    company: str
    role: str
    when: str
    lines: Sequence[Line]
    differs: Sequence[str] = ()


@dataclass(slots=True)
class Tables:
    """What is in the files."""

    columns: Sequence[Column] = ()
    needs_columns: bool = False
    bad: Sequence[Bad] = ()
    bad_rows: int = 0
    good: int = 0
    skip_bad: bool = False
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    found: list[Found] = field(default_factory=list)
    notes: Sequence[str] = ()
    problem: CalsyncError | None = None

    @property
    def is_ready(self) -> bool:
        """Whether it can be saved as it is."""
        return not (self.needs_columns or self.problem or (self.bad and not self.skip_bad))

    @property
    def is_news(self) -> bool:
        """Whether saving it would change anything."""
        return bool(self.added or self.updated)


def looked_at(visit: "Visit", files: Sequence[Dropped]) -> Tables:
    """What taking them in would do; to be called within a rehearsal, for it is done."""
    told = Tables(columns=_columns(visit, files), skip_bad=visit.field("skip_bad") == "yes")
    try:
        imported, told.notes, skipped = taken_in(visit, files)
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
    told.found = [_found(visit, visit.store.interview(number)) for number in imported.added[:_SHOWN]]
    for old, number in zip(imported.before, imported.updated[:_SHOWN], strict=False):
        told.found.append(_found(visit, visit.store.interview(number), _differs(visit, old, number)))
    return told


def taken_in(visit: "Visit", files: Sequence[Dropped]) -> tuple[Imported, tuple[str, ...], Sequence[BadRow]]:
    """Take them in, as one change: what it did, doubts about times, and rows that were left out. Raises BadRows."""
    skip_bad = visit.field("skip_bad") == "yes"
    _refuse_others(visit, files)
    reading = visit.desk.read(
        [each.source for each in files], skip_bad=skip_bad, headers=_renamed(visit), with_written=True
    )
    imported = add_all(
        visit.desk,
        visit.store,
        reading.interviews,
        label=f"import {', '.join(each.name for each in files)}",
        now=visit.now,
        written=reading.written,
        skip_bad=skip_bad,
    )
    return imported, reading.notes, (*reading.skipped, *imported.skipped)


def _refuse_others(visit: "Visit", files: Sequence[Dropped]) -> None:
    known = [end for ends in FORMATS.values() for end in ends]
    for each in files:
        if each.source.suffix not in known:
            raise Usage(
                visit.say("this is no file of interviews that calsync reads"),
                where=each.name,
                remedy=visit.say("save it as CSV, or take the invitation as an .ics file"),
                code="CS-WEB-013",
            )


def _columns(visit: "Visit", files: Sequence[Dropped]) -> list[Column]:
    """The headers of spreadsheets: as somebody said, else as they are taken, else as they are most likely meant."""
    from calsync.intake.from_csv import header  # noqa: PLC0415  # only for spreadsheets
    from calsync.intake.headers import DROPPED, meant  # noqa: PLC0415  # as above
    from calsync.intake.names import likely  # noqa: PLC0415  # as above

    said, found = dict(_said(visit)), dict[str, str]()
    for each in files:
        if each.is_csv:
            try:
                names = header(each.source.stream) if each.source.stream else []
            except CalsyncError:  # told when it is read
                continue
            for name in names:
                found.setdefault(name, said.get(name) or meant(name) or likely(name, tuple(KEYS)) or DROPPED)
    return [Column(name, key) for name, key in islice(found.items(), _MOST_COLUMNS)]


def _said(visit: "Visit") -> list[tuple[str, str]]:
    return list(zip(visit.every("head"), visit.every("key"), strict=False))


def _renamed(visit: "Visit") -> dict[str, str]:
    """The columns that are something else than they are taken for anyway."""
    from calsync.intake.headers import meant  # noqa: PLC0415  # as above

    return {name: key for name, key in _said(visit) if key != meant(name)}


def _count_bad(told: Tables, rows: Sequence[BadRow]) -> None:
    told.bad_rows = len(rows)
    told.bad = [
        Bad(
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


def _found(visit: "Visit", kept: "Kept", differs: Sequence[str] = ()) -> Found:
    interview = kept.interview
    plan: Plan | None = visit.store.plan(kept.number)
    events = [event for event in plan.events if event.end > visit.now] if plan else []
    when = wording.moment(interview.start, visit.language, year=True)
    return Found(
        interview.company, interview.role, f"{when} ({wording.city(interview.zone)})",
        ahead(visit, interview, events), differs,
    )  # fmt: skip


def _differs(visit: "Visit", old: object, number: int) -> list[str]:
    from calsync.web.record_form import shown  # noqa: PLC0415  # only for what is known

    before: Mapping[str, str] = shown(old)  # type: ignore[arg-type]  # an interview as it was
    after = shown(visit.store.interview(number).interview)
    return [
        f"{visit.say(LABELS[key].label)}: {before[key] or '–'} → {after[key] or '–'}"
        for key in after
        if key in LABELS and before[key] != after[key]
    ]

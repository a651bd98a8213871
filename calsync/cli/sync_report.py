"""What a sync did, as it is said in the terminal and to programs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from calsync.cli.output import clean, terminal_width, wrapped
from calsync.cli.state import State
from calsync.phrase import phrase
from calsync.sync.report import Line, Report
from calsync.texts.phrases import value

__all__ = ["document_of", "lines_of", "verdict"]

_MOST_SHOWN = 40

_HEADINGS = (
    ("created", phrase("Created"), phrase("Would create")),
    ("updated", phrase("Updated"), phrase("Would update")),
    ("cancelled", phrase("Cancelled"), phrase("Would cancel")),
    ("moved", phrase("Moved, as you moved it"), phrase("Would move, as you moved it")),
    ("kept_user_edit", phrase("Kept as you changed it"), phrase("Kept as you changed it")),
    ("kept_deleted", phrase("Kept deleted, as you deleted it"), phrase("Kept deleted, as you deleted it")),
    ("failed", phrase("Not done"), phrase("Not done")),
)
"""Each list of a report, what it is called, and what it is called before it is done."""


def lines_of(state: State, report: Report, *, dry_run: bool) -> Iterator[str]:
    """What became of each follow-up, under its heading."""
    for name, done, would in _HEADINGS:
        lines = getattr(report, name)
        if lines:
            yield f"{state.phrase(would if dry_run else done)}: {len(lines)}"
            yield from _listed(state, report, lines)
    yield state.phrase("Unchanged: {count}", count=report.unchanged)


def _listed(state: State, report: Report, lines: Sequence[Line]) -> Iterator[str]:
    width = terminal_width()
    for line in lines[:_MOST_SHOWN]:
        when = f"{_when(report, line, state.language)}  " if line.start else ""
        yield clean(f"  {when}{line.summary}")
        if line.message:
            for text in wrapped(clean(state.phrase(line.message)), width - 6):
                yield f"      {text}"
    if len(lines) > _MOST_SHOWN:
        yield state.phrase("  and {lines} more", lines=len(lines) - _MOST_SHOWN)


def _when(report: Report, line: Line, language: str) -> str:
    """As it stands in the calendar: a moment, or the day that the user made of it."""
    if line.start is None:
        return ""
    there = line.start.astimezone(report.zone)
    return value(there.date() if line.all_day else there, language)


def document_of(report: Report) -> dict[str, Any]:
    """The same for programs."""
    lists = {name: [_record(line) for line in getattr(report, name)] for name, *_ in _HEADINGS}
    return {"calendar": report.calendar, "unchanged": report.unchanged, **lists}


def _record(line: Line) -> Mapping[str, Any]:
    record: dict[str, Any] = {
        "uid": line.uid,
        "summary": line.summary,
        "start": (line.start.date() if line.all_day else line.start).isoformat() if line.start else None,
        "fields": list(line.fields),
        "message": line.message,
    }
    return record


def verdict(state: State, report: Report) -> int:
    """What else there is to say, and the exit code."""
    if report.may_be_twice:
        state.warn(
            phrase(
                "an earlier try may have left an empty calendar of the same name at {title}; delete it if it is there.",
                title=report.profile.title,
            )
        )
    if report.is_older:
        state.warn(
            phrase(
                "this memory is older than the calendar, as after a backup was put back; what is gone there stays gone unless you say --restore."
            )
        )
    if report.needs_yes:
        state.warn(report.needs_yes.said(state.phrase))
    if report.stopped:
        raise report.stopped
    return 1 if report.failed else 0

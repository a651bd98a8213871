"""``calsync sync google``: the plan pushed into a calendar of its own at Google, where it rings."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click
from msgspec.structs import replace

from calsync.cli.as_json import document
from calsync.cli.commands import Commands
from calsync.cli.google import account_of
from calsync.cli.options import common_options
from calsync.cli.output import clean, terminal_width, wrapped
from calsync.cli.state import State, pass_state
from calsync.errors import NoInput
from calsync.phrase import phrase
from calsync.sync.reconcile import NeedsConsent
from calsync.sync.report import Line, Report
from calsync.texts.phrases import value
from calsync.workflows.agenda import find_candidate
from calsync.workflows.sync import Order

__all__ = ["sync"]

_MANY = 20
"""More events than that move with a progress bar."""
_MOST_SHOWN = 40


@click.group(cls=Commands, invoke_without_command=True)
@common_options
@click.pass_context
def sync(context: click.Context) -> None:
    """Push the follow-ups into a calendar that rings on your phone.

    Alone, with every calendar that you are signed in to: a line for cron.
    """
    if context.invoked_subcommand is None:
        context.exit(context.invoke(google) or 0)


@sync.command()
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--yes", is_flag=True, help="Cancel many follow-ups at once without asking.")
@click.option(
    "--restore", is_flag=True, help="Bring back follow-ups you deleted; make a new calendar if it is gone."
)
@click.option(
    "--candidate", metavar="NAME", help="Only this candidate's follow-ups; others' stay as they are."
)
@click.option(
    "--calendar", metavar="ID", default="", help="A calendar that calsync made before its memory was lost."
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def google(
    state: State,
    dry_run: bool,
    yes: bool,
    restore: bool,
    candidate: str | None,
    calendar: str,
    as_json: bool,
) -> int:
    """Bring calsync's own calendar at Google to where the plan is.

    Follow-ups of all that is remembered are created, moved and cancelled there,
    with a reminder for each alarm. What you change or delete in Google Calendar
    stays as you left it, and is said. Sign in first: calsync auth google. Where
    you allowed that (auth google --busy), it first reads when you are busy, and
    calls keep out of it.
    """
    if not state.context().has_store:
        raise _nothing()
    order = Order(
        name=state.settings.google.calendar,
        calendar=calendar,
        candidate=candidate,
        dry_run=dry_run,
        yes=yes,
        restore=restore,
    )
    report = _synced(state, order)
    click.echo(_document(report) if as_json else "\n".join(_lines(state, report, dry_run=dry_run)))
    return _verdict(state, report)


def _synced(state: State, order: Order) -> Report:
    """One sync; whoever sits at a terminal is asked before many follow-ups are cancelled."""
    try:
        return _run(state, order)
    except NeedsConsent as error:
        if state.no_input or not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise
        click.echo(clean(error.said(state.phrase)), err=True)
        if not click.confirm(state.phrase("Do it all the same?"), err=True):
            raise

    return _run(state, replace(order, yes=True))


def _run(state: State, order: Order) -> Report:
    context = state.context()
    with context.open_store() as store, _progress(state) as progress:
        order = replace(order, candidate=find_candidate(store, order.candidate))
        report, problem = account_of(state).sync(context, store, order, progress)
    if problem:
        state.warn(problem)
    return report


@contextmanager
def _progress(state: State) -> Iterator[Callable[[int, int], object] | None]:
    """A bar on a terminal, once it is clear that many events move."""
    if state.quiet or not sys.stderr.isatty():
        yield None
        return
    bars: list[Any] = []

    def progress(done: int, total: int) -> None:
        if total > _MANY and not bars:
            bars.append(click.progressbar(length=total, label="Google Calendar", file=sys.stderr).__enter__())
        if bars:
            bars[0].update(done - bars[0].pos)

    try:
        yield progress
    finally:
        for bar in bars:
            bar.render_finish()


# What is said

_HEADINGS = (
    ("created", phrase("Created"), phrase("Would create")),
    ("updated", phrase("Updated"), phrase("Would update")),
    ("cancelled", phrase("Cancelled"), phrase("Would cancel")),
    ("kept_user_edit", phrase("Kept as you changed it"), phrase("Kept as you changed it")),
    ("kept_deleted", phrase("Kept deleted, as you deleted it"), phrase("Kept deleted, as you deleted it")),
    ("failed", phrase("Not done"), phrase("Not done")),
)
"""Each list of a report, what it is called, and what it is called before it is done."""


def _lines(state: State, report: Report, *, dry_run: bool) -> Iterator[str]:
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


def _document(report: Report) -> str:
    lists = {name: [_record(line) for line in getattr(report, name)] for name, *_ in _HEADINGS}
    return document(calendar=report.calendar, unchanged=report.unchanged, **lists)


def _record(line: Line) -> Mapping[str, Any]:
    record: dict[str, Any] = {
        "uid": line.uid,
        "summary": line.summary,
        "start": (line.start.date() if line.all_day else line.start).isoformat() if line.start else None,
        "fields": list(line.fields),
        "message": line.message,
    }
    return record


def _verdict(state: State, report: Report) -> int:
    """What else there is to say, and the exit code."""
    if report.may_be_twice:
        state.warn(
            phrase(
                "an earlier try may have left an empty calendar of the same name at Google; delete it if it is there."
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


def _nothing() -> NoInput:
    return NoInput(
        phrase("nothing is remembered yet, so there is nothing to sync"),
        remedy=phrase("remember an interview with calsync add, or a file of them with calsync import"),
        code="CS-GOO-023",
    )

"""``calsync sync``: the plan pushed into a calendar of its own, at Google or at a CalDAV server, where it rings."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec
from msgspec.structs import replace

from calsync.cli import caldav as caldav_edge
from calsync.cli.as_json import document
from calsync.cli.commands import Commands
from calsync.cli.google import account_of
from calsync.cli.options import common_options
from calsync.cli.output import clean
from calsync.cli.state import State, pass_state
from calsync.cli.sync_report import document_of, lines_of, verdict
from calsync.errors import CalsyncError, NoInput
from calsync.phrase import phrase
from calsync.sync.reconcile import NeedsConsent
from calsync.sync.report import Report
from calsync.targets.caldav.sign_ins import SignIn
from calsync.targets.google.tokens import TOKEN
from calsync.workflows.agenda import find_candidate
from calsync.workflows.sync import Order, Progress

__all__ = ["sync"]

_MANY = 20
"""More events than that move with a progress bar."""

F = TypeVar("F", bound=Callable[..., Any])

_Run = Callable[[Order, Progress | None], tuple[Report, str]]
"""One sync with one calendar, and what else there is to say."""


class Calendar(msgspec.Struct, frozen=True):
    """One that somebody is signed in to: what it is called, the name of the calendar to make, and its sync."""

    server: str
    title: str
    name: str
    run: _Run


def _what_to_do(command: F) -> F:
    """The options that say what may be done; the same with every calendar."""
    options = (
        click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing."),
        click.option("--yes", is_flag=True, help="Cancel many follow-ups at once without asking."),
        click.option(
            "--restore",
            is_flag=True,
            help="Bring back follow-ups you deleted; make a new calendar if it is gone.",
        ),
        click.option(
            "--candidate", metavar="NAME", help="Only this candidate's follow-ups; others' stay as they are."
        ),
        click.option("--json", "as_json", is_flag=True, help="Write JSON for programs."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group(cls=Commands, invoke_without_command=True)
@_what_to_do
@common_options
@pass_state
def sync(state: State, /, **asked: Any) -> None:
    """Push the follow-ups into a calendar that rings on your phone.

    Alone, with every calendar that you are signed in to: a line for cron.
    """
    context = click.get_current_context()
    if context.invoked_subcommand is None:
        context.exit(_everywhere(state, **asked))


def _everywhere(state: State, **asked: Any) -> int:
    """Every calendar that somebody is signed in to."""
    servers = [_at_server(state, each) for each in caldav_edge.sign_ins(state)]
    folder = state.folders.google
    if not servers or (folder and Path(folder, TOKEN).exists()):
        servers.insert(0, _at_google(state))
    return _sync(state, servers, everywhere=True, **asked)


@sync.command()
@_what_to_do
@click.option(
    "--calendar", metavar="ID", default="", help="A calendar that calsync made before its memory was lost."
)
@common_options
@pass_state
def google(state: State, /, **asked: Any) -> int:
    """Bring calsync's own calendar at Google to where the plan is.

    Follow-ups of all that is remembered are created, moved and cancelled there,
    with a reminder for each alarm. What you change or delete in Google Calendar
    stays as you left it, and is said. Sign in first: calsync auth google. Where
    you allowed that (auth google --busy), it first reads when you are busy, and
    calls keep out of it.
    """
    return _sync(state, [_at_google(state)], **asked)


@sync.command()
@click.argument("server", required=False)
@_what_to_do
@click.option(
    "--calendar", metavar="NAME", default="", help="A calendar that is there already, by its name or address."
)
@common_options
@pass_state
def caldav(state: State, /, server: str | None, **asked: Any) -> int:
    """Bring calsync's own calendar at a CalDAV server to where the plan is.

    Without SERVER, at all that you are signed in to. The calendar is made where
    there is none of that name (caldav.calendar in the settings). What you change
    or delete there stays as you left it, and is said. Sign in first: calsync
    auth caldav.
    """
    if not state.context().has_store:
        raise _nothing()
    servers = [_at_server(state, each) for each in caldav_edge.the_ones(state, server)]
    return _sync(state, servers, **asked)


def _at_google(state: State) -> Calendar:
    context = state.context()

    def run(order: Order, progress: Progress | None) -> tuple[Report, str]:
        with context.open_store() as store:
            order = replace(order, candidate=find_candidate(store, order.candidate))
            return account_of(state).sync(context, store, order, progress)

    return Calendar("google", "Google Calendar", state.settings.google.calendar, run)


def _at_server(state: State, sign_in: SignIn) -> Calendar:
    context = state.context()

    def run(order: Order, progress: Progress | None) -> tuple[Report, str]:
        with context.open_store() as store:
            order = replace(order, candidate=find_candidate(store, order.candidate))
            return caldav_edge.account_of(state).sync(sign_in, context, store, order, progress), ""

    return Calendar(sign_in.name, sign_in.title, state.settings.caldav.calendar, run)


def _sync(  # what was asked for, each by its name
    state: State,
    calendars: Sequence[Calendar],
    *,
    dry_run: bool,
    yes: bool,
    restore: bool,
    candidate: str | None,
    as_json: bool,
    calendar: str = "",
    everywhere: bool = False,
) -> int:
    """One after the other; what goes wrong with one does not keep the others from being synced."""
    if not state.context().has_store:
        raise _nothing()
    reports: list[tuple[Calendar, Report]] = []
    errors: list[CalsyncError] = []
    for each in calendars:
        order = Order(
            name=each.name,
            calendar=calendar,
            candidate=candidate,
            dry_run=dry_run,
            yes=yes,
            restore=restore,
        )
        try:
            reports.append((each, _synced(state, each, order)))
        except CalsyncError as error:
            errors.append(error)
    alone = len(calendars) == 1 and not (everywhere and as_json)
    _say(state, reports, alone=alone, dry_run=dry_run, as_json=as_json)
    codes = [0]
    for _, report in reports:
        try:
            codes.append(verdict(state, report))
        except CalsyncError as error:
            errors.append(error)
    for before in errors[:-1]:
        state.warn(before.said(state.phrase))
    if errors:
        raise errors[-1]
    return max(codes)


def _say(
    state: State,
    reports: Sequence[tuple[Calendar, Report]],
    *,
    alone: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    if as_json and not alone:
        click.echo(
            document(targets=[{"target": each.server, **document_of(report)} for each, report in reports])
        )
        return
    for each, report in reports:
        if as_json:
            click.echo(document(**document_of(report)))
            continue
        if not alone:
            click.echo(f"{each.title}:")
        click.echo("\n".join(lines_of(state, report, dry_run=dry_run)))


def _synced(state: State, calendar: Calendar, order: Order) -> Report:
    """One sync; whoever sits at a terminal is asked before many follow-ups are cancelled."""
    try:
        return _run(state, calendar, order)
    except NeedsConsent as error:
        if state.no_input or not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise
        click.echo(clean(error.said(state.phrase)), err=True)
        if not click.confirm(state.phrase("Do it all the same?"), err=True):
            raise

    return _run(state, calendar, replace(order, yes=True))


def _run(state: State, calendar: Calendar, order: Order) -> Report:
    with _progress(state, calendar.title) as progress:
        report, problem = calendar.run(order, progress)
    if problem:
        state.warn(problem)
    return report


@contextmanager
def _progress(state: State, title: str) -> Iterator[Progress | None]:
    """A bar on a terminal, once it is clear that many events move."""
    if state.quiet or not sys.stderr.isatty():
        yield None
        return
    bars: list[Any] = []

    def progress(done: int, total: int) -> None:
        if total > _MANY and not bars:
            bars.append(click.progressbar(length=total, label=title, file=sys.stderr).__enter__())
        if bars:
            bars[0].update(done - bars[0].pos)

    try:
        yield progress
    finally:
        for bar in bars:
            bar.render_finish()


def _nothing() -> NoInput:
    return NoInput(
        phrase("nothing is remembered yet, so there is nothing to sync"),
        remedy=phrase("remember an interview with calsync add, or a file of them with calsync import"),
        code="CS-GOO-023",
    )

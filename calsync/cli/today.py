"""``calsync today``: what is due today, and what is overdue."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import click

from calsync.cli.memory import memory, title
from calsync.cli.options import State, common_options, pass_state
from calsync.cli.table import clean, cut, terminal_width
from calsync.cli.wording import what, whose
from calsync.planner.clock import at_minute
from calsync.store import Planned, Store
from calsync.workflows.clashes import clashes
from calsync.workflows.due import waiting

__all__ = ["due", "today"]


@click.command()
@click.option("--candidate", metavar="NAME", help="Only this candidate's, for coaches.")
@click.option(
    "--all", "every", is_flag=True, help="Everybody's with their names, and who would call the same contact."
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def today(state: State, candidate: str | None, every: bool, as_json: bool) -> None:
    """Show what is due today, and what is overdue: number, time, and what to do.

    calsync next tells everything about the first; calsync log records what happened.
    """
    with memory(state) as (desk, store):
        found = list(due(store, state.clock, state, candidate))
        if as_json:
            from calsync.cli.as_json import agenda_document  # noqa: PLC0415  # only when asked

            click.echo(agenda_document(desk, store, found))
            return
        if not found:
            click.echo("Nothing is due today.")
            return
        for line in _lines(store, found, state, every=every):
            click.echo(line)
        if every:
            for clash in clashes(store, found):
                click.echo(clean(f"! {clash}"))


def due(store: Store, now: datetime, state: State, candidate: str | None = None) -> Iterator[Planned]:
    """Everything until the end of the candidate's day that still waits for somebody."""
    zone = state.preferences.zone
    midnight = at_minute(now.astimezone(zone).date() + timedelta(days=1), 0, zone)
    return waiting(store, now, until=midnight, candidate=candidate)


def _lines(store: Store, found: list[Planned], state: State, *, every: bool) -> Iterator[str]:
    for name, over in (("Overdue", True), ("Today", False)):
        some = [each for each in found if (each.event.start < state.clock) is over]
        if some:
            yield title(name)
            yield from (_line(store, each, state, every=every) for each in some)


def _line(store: Store, planned: Planned, state: State, *, every: bool) -> str:
    interview = store.interview(planned.event.interview).interview
    start = planned.event.start.astimezone(state.preferences.zone)
    today = state.clock.astimezone(state.preferences.zone).date()
    day = "" if start.date() == today else f"{start:%a} {start.day} {start:%b} "
    who = whose(interview, state.preferences, every=every)
    line = (
        f"{planned.number:4}  {day}{start:%H:%M}  {who}{what(planned.event, interview)} ({interview.company})"
    )
    return cut(clean(line), terminal_width())

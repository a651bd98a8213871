"""``calsync today``: what is due today, and what is overdue."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import click

from calsync.cli.memory import memory, title
from calsync.cli.options import State, common_options, pass_state
from calsync.cli.table import clean, cut, terminal_width
from calsync.cli.wording import what
from calsync.planner.clock import at_minute
from calsync.store import Planned, Store

__all__ = ["due", "today"]


@click.command()
@click.option("--candidate", metavar="NAME", help="Only this candidate's, for coaches.")
@click.option("--all", "every", is_flag=True, help="All candidates together, with their names.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def today(state: State, candidate: str | None, every: bool, as_json: bool) -> None:
    """Show what is due today, and what is overdue."""
    with memory(state) as (desk, store):
        found = list(due(store, state.clock, state, candidate))
        if as_json:
            from calsync.cli.as_json import agenda_document  # noqa: PLC0415  # only when asked

            click.echo(agenda_document(desk, store, found))
            return
        if not found:
            click.echo("Nothing is due today.")
            return
        for name, wanted in (("Overdue", True), ("Today", False)):
            lines = [
                _line(store, planned, state)
                for planned in found
                if (planned.event.start < state.clock) is wanted
            ]
            if lines:
                click.echo(title(name))
                click.echo("\n".join(lines))
        if every:
            for warning in same_contact(store, found):
                click.echo(clean(f"! {warning}"))


def due(store: Store, now: datetime, state: State, candidate: str | None = None) -> Iterator[Planned]:
    """Everything until the end of the candidate's day that still waits for somebody."""
    zone = state.preferences.zone
    midnight = at_minute(now.astimezone(zone).date() + timedelta(days=1), 0, zone)
    for planned in store.planned(until=midnight, candidate=candidate):
        if planned.event.action in {"call", "email"} or planned.event.end > now:
            yield planned


def same_contact(store: Store, planned: list[Planned]) -> Iterator[str]:
    """Where two candidates would call the same number on the same day."""
    seen: dict[tuple[str, object], tuple[str, str]] = {}
    for each in planned:
        interview = store.interview(each.event.interview).interview
        number = "".join(sign for sign in interview.phone if sign.isdigit())
        if each.event.action != "call" or not number:
            continue
        day = each.event.start.date()
        first, company = seen.setdefault((number, day), (interview.candidate, interview.company))
        if first != interview.candidate:
            yield f"{first} and {interview.candidate} would both call {interview.contact or company} on {day}"


def _line(store: Store, planned: Planned, state: State) -> str:
    interview = store.interview(planned.event.interview).interview
    start = planned.event.start.astimezone(state.preferences.zone)
    day = (
        ""
        if start.date() == state.clock.astimezone(start.tzinfo).date()
        else f"{start:%a} {start.day} {start:%b} "
    )
    who = f"{interview.candidate}: " if interview.candidate else ""
    return cut(
        clean(
            f"{planned.number:4}  {day}{start:%H:%M}  {who}{what(planned.event, interview)} ({interview.company})"
        ),
        terminal_width(),
    )

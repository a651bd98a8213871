"""``calsync today``: what is due today, and what is overdue."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import islice

import click

from calsync.cli.as_json import agenda_document
from calsync.cli.memory import memory, title
from calsync.cli.options import common_options
from calsync.cli.output import clean, cut, terminal_width
from calsync.cli.state import State, pass_state
from calsync.store import Store, StoredEvent
from calsync.texts.catalogue import say
from calsync.texts.phrases import clash, month, weekday, what, whose
from calsync.workflows.agenda import clashes, doubled, find_candidate, waiting

__all__ = ["today"]

_MOST = 100


@click.command()
@click.option("--candidate", metavar="NAME", help="Only this candidate's, for coaches.")
@click.option(
    "--all", "every", is_flag=True, help="Everybody's with their names, and who would call the same contact."
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help=f"At most N overdue ones and N of today; 0 is all of them, as --json does.  [default: {_MOST}]",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def today(state: State, candidate: str | None, every: bool, limit: int | None, as_json: bool) -> None:
    """Show what is due today, and what is overdue: its number, the time, and what to do.

    calsync next tells everything about the first; calsync log records what happened.
    """
    with memory(state) as (context, store):
        candidate = find_candidate(store, candidate)
        most = limit or (0 if as_json or limit == 0 else _MOST)
        groups = {name: _first(waits, most) for name, waits in _due(store, state, candidate)}
        found = [planned for some, _ in groups.values() for planned in some]
        if as_json:
            click.echo(agenda_document(context, store, found))
            return
        if not found:
            click.echo(say("Nothing is due today.", state.language))
            return
        for name, (some, more) in groups.items():
            for line in _lines(store, name, some, state, every=every):
                click.echo(line)
            if more:
                more_of_it = say(
                    "… and more; {command} shows all of them",
                    state.language,
                    command="calsync today --limit 0",
                )
                click.echo(f"      {more_of_it}")
        for each in doubled(store, found):
            click.echo(clean(f"! {clash(each.day, each.first, each.second, state.language)}"))
        if every:
            everything = [planned for _, waits in _due(store, state, candidate) for planned in waits]
            for each in clashes(store, everything):
                click.echo(clean(f"! {clash(each.day, each.first, each.second, state.language)}"))


def _due(store: Store, state: State, candidate: str | None) -> Iterator[tuple[str, Iterator[StoredEvent]]]:
    """Everything until the end of the candidate's day that still waits for somebody."""
    zone, now = state.preferences.zone, state.clock
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time(), zone).astimezone(
        UTC
    )  # a moment also where no clock shows it
    yield "Overdue", waiting(store, now, until=now, candidate=candidate)
    yield "Today", waiting(store, now, since=now, until=midnight, candidate=candidate)


def _first(waits: Iterator[StoredEvent], most: int) -> tuple[list[StoredEvent], bool]:
    """The first of them, and whether there are more; 0 is no limit."""
    some = list(islice(waits, most or None))
    return some, bool(most) and next(waits, None) is not None


def _lines(store: Store, name: str, some: list[StoredEvent], state: State, *, every: bool) -> Iterator[str]:
    if some:
        yield title(say(name, state.language))
        yield from (_line(store, each, state, every=every) for each in some)


def _line(store: Store, planned: StoredEvent, state: State, *, every: bool) -> str:
    interview = store.interview(planned.event.interview).interview
    start = planned.event.start.astimezone(state.preferences.zone)
    today = state.clock.astimezone(state.preferences.zone).date()
    language = state.language
    day = "" if start.date() == today else f"{weekday(start, language)} {start.day} {month(start, language)} "
    who = whose(interview, state.preferences, every=every)
    doing = what(planned.event, interview, language)
    line = f"{planned.ref:<5} {day}{start:%H:%M}  {who}{doing} ({interview.company})"
    return cut(clean(line), terminal_width())

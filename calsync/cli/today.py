"""``calsync today``: what is due today, and what is overdue."""

from collections.abc import Iterator
from itertools import groupby

import click

from calsync.cli.as_json import agenda_document
from calsync.cli.memory import memory, title
from calsync.cli.options import common_options
from calsync.cli.output import clean, cut, dim, terminal_width
from calsync.cli.state import State, pass_state
from calsync.texts.catalogue import say
from calsync.texts.phrases import clash, month, value, weekday, what, whose
from calsync.workflows.agenda import clashes, doubled, find_candidate
from calsync.workflows.due import Agenda, Due, Rank

__all__ = ["HEADINGS", "today"]

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
    help=f"At most N under each heading; 0 is all of them, as --json does.  [default: {_MOST}]",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def today(state: State, candidate: str | None, every: bool, limit: int | None, as_json: bool) -> None:
    """Show what is due today, and what is overdue: its number, the time, and what to do.

    calsync next tells everything about the first; calsync log records what happened.
    """
    with memory(state) as (context, store):
        agenda = Agenda(context, store, state.clock, find_candidate(store, candidate))
        most = limit or (0 if as_json or limit == 0 else _MOST)
        groups = [
            (name, *_first(list(waits), most)) for name, waits in groupby(agenda.due(later=False), _group)
        ]
        found = [due for _, some, _ in groups for due in some]
        if as_json:
            click.echo(agenda_document(context, store, found))
            return
        if not found:
            click.echo(say("Nothing is due today.", state.language))
            return
        for name, some, more in groups:
            click.echo(title(say(name, state.language)))
            for due in some:
                for line in _lines(due, state, every=every):
                    click.echo(line)
            if more:
                more_of_it = say(
                    "… and more; {command} shows all of them",
                    state.language,
                    command="calsync today --limit 0",
                )
                click.echo(f"      {more_of_it}")
        for each in doubled(store, (due.planned for due in found)):
            click.echo(clean(f"! {clash(each.day, each.first, each.second, state.language)}"))
        if every:
            everything = (due.planned for due in agenda.due(later=False))
            for each in clashes(store, everything):
                click.echo(clean(f"! {clash(each.day, each.first, each.second, state.language)}"))


HEADINGS: dict[Rank, str] = {1: "Now", 2: "Today", 3: "Overdue", 5: "Older"}


def _group(due: Due) -> str:
    return HEADINGS[due.rank]


def _first(waits: list[Due], most: int) -> tuple[list[Due], bool]:
    """The first of them, and whether there are more; 0 is no limit."""
    return (waits[:most], len(waits) > most) if most else (waits, False)


def _lines(due: Due, state: State, *, every: bool) -> Iterator[str]:
    language, own = state.language, state.preferences.zone
    start, today = due.event.start.astimezone(own), state.clock.astimezone(own).date()
    day = "" if start.date() == today else f"{weekday(start, language)} {start.day} {month(start, language)} "
    who = whose(due.interview, state.preferences, every=every)
    line = f"{due.planned.ref:<5} {day}{start:%H:%M}  {who}{what(due.event, due.interview, language)} ({due.interview.company})"
    yield cut(clean(line), terminal_width())
    if due.is_late and due.next_slot is not None and not due.is_good_now:
        slot = value(due.next_slot.astimezone(own), language)
        yield dim(f"      {say('the next good time: {when}', language, when=slot)}")

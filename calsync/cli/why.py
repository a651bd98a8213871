"""``calsync why``: the reasons behind each date, as numbered sentences."""

from typing import TYPE_CHECKING, Unpack

import click

from calsync.cli.as_json import why_document
from calsync.cli.options import common_options
from calsync.cli.sources import How, plan_options, plans_of
from calsync.cli.state import State, pass_state
from calsync.cli.tables import source_lines, why_lines
from calsync.texts.phrases import value
from calsync.workflows.busy_times import busy_times

if TYPE_CHECKING:
    from calsync.workflows import Context

__all__ = ["why"]


@click.command()
@click.argument("events", nargs=-1, metavar="[EVENT]...")
@click.option(
    "--in", "files", multiple=True, metavar="FILE", help="A file of interviews; may be given again."
)
@plan_options
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def why(
    state: State,
    /,
    events: tuple[str, ...],
    files: tuple[str, ...],
    as_json: bool,
    **how: Unpack[How],
) -> int:
    """Explain the date of each EVENT, or of all.

    An EVENT is the number that plan, today and month show, a uid or its
    beginning (acme-pm-20261112.status), or an interview's id for all of its
    events. With --in FILE it is a uid, its beginning, or a step (status, second).
    """
    with plans_of(state, files, how) as found:
        named = found.source.named(events)
        if events:  # few, and a wrong name is told before anything is written
            named = iter(list(named))
        if as_json:
            for piece in why_document(found.context, named):
                click.echo(piece, nl=False)
            return found.code
        sources, by_calendar = set[str](), False
        for told, event in named:
            number = told.numbers.get(event.uid)
            click.echo("\n".join([*why_lines(told.plan, event, found.context, number), ""]))
            sources.update(source for reason in event.trace for source in reason.source)
            by_calendar = by_calendar or any("calendar" in (reason.details or {}) for reason in event.trace)
        legend = list(source_lines(sources))
        if legend and not state.quiet:
            click.echo("\n".join([state.phrase("The advice behind them:"), *legend]))
        if by_calendar:
            _say_how_old(state, found.context)
    return found.code


def _say_how_old(state: State, context: "Context") -> None:
    """When the calendar was read that stands among the reasons, if that is long ago."""
    with context.open_store() as store:
        known = busy_times(store)
    if known.read is not None and known.is_old(state.clock):
        read = value(known.read.astimezone(state.preferences.zone), state.language)
        said = state.phrase("your calendar was read on {day}; calsync sync google reads it again", day=read)
        state.say(f"calsync: {said}")

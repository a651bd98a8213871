"""``calsync why``: the reasons behind each date, as numbered sentences."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Unpack

import click

from calsync.cli.as_json import document, why_document
from calsync.cli.options import common_options
from calsync.cli.output import clean, hanging, strong, terminal_width
from calsync.cli.sources import How, plan_options, plans_of
from calsync.cli.state import State, pass_state
from calsync.cli.tables import source_lines, why_lines
from calsync.domain import Event, Interview
from calsync.errors import BadValue
from calsync.intake.dates import day as read_day
from calsync.intake.spoken_days import absolute
from calsync.texts import reason_text
from calsync.texts.languages import language_of
from calsync.texts.phrases import value, what
from calsync.workflows.busy_times import busy_times

if TYPE_CHECKING:
    from calsync.workflows import Context
    from calsync.workflows.plans import Numbered, Plans

__all__ = ["why"]


@click.command()
@click.argument("events", nargs=-1, metavar="[EVENT]...")
@click.option(
    "--in", "files", multiple=True, metavar="FILE", help="A file of interviews; may be given again."
)
@click.option("--not", "not_on", metavar="DAY", help="Say what speaks against that day instead: tue 24 nov.")
@plan_options
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def why(
    state: State,
    /,
    events: tuple[str, ...],
    files: tuple[str, ...],
    not_on: str | None,
    as_json: bool,
    **how: Unpack[How],
) -> int:
    """Explain the date of each EVENT, or of all.

    An EVENT is what plan, today and month call it (1.3), a uid or its beginning,
    or an interview, by number or name, for all of its follow-ups. With --in FILE
    it is a uid, its beginning, or a step (status, second).
    """
    with plans_of(state, files, how) as found:
        named = found.source.named(events)
        if events:  # few, and a wrong name is told before anything is written
            named = iter(list(named))
        if not_on is not None:
            _say_against(found.context, found.source, named, _day(not_on, state), as_json=as_json)
            return found.code
        if as_json:
            for piece in why_document(found.context, named):
                click.echo(piece, nl=False)
            return found.code
        sources, by_calendar = set[str](), False
        for told, event in named:
            ref = told.refs.get(event.uid)
            click.echo("\n".join([*why_lines(told.plan, event, found.context, ref), ""]))
            sources.update(source for reason in event.trace for source in reason.source)
            by_calendar = by_calendar or any("calendar" in (reason.details or {}) for reason in event.trace)
        legend = list(source_lines(sources))
        if legend and not state.quiet:
            click.echo("\n".join([state.phrase("The advice behind them:"), *legend]))
        if by_calendar:
            _say_how_old(state, found.context)
    return found.code


def _day(text: str, state: State) -> date:
    try:
        return read_day(absolute(text, state.clock.astimezone(state.preferences.zone).date()))
    except BadValue as error:
        raise error.at("--not") from None


def _say_against(
    context: "Context",
    source: "Plans",
    named: "Iterable[tuple[Numbered, Event]]",
    day: date,
    *,
    as_json: bool,
) -> None:
    """What speaks against a day, of each follow-up named."""
    language = language_of(context.language)
    taken: dict[str, list[Interview | Event]] = {}
    found = []
    for told, event in named:
        whose = told.plan.interview.candidate
        if whose not in taken:
            taken[whose] = []
            for each in source.plans(whose):
                taken[whose] += [each.plan.interview, *each.plan.events]
        found.append((told, event, context.reasons_against(event, told.plan, day, taken[whose])))
    if as_json:
        events = [
            {
                "uid": event.uid,
                "ref": told.refs.get(event.uid),
                "day": day.isoformat(),
                "start": event.start.isoformat(),
                "against": [{"rule": each.rule, "text": reason_text(each, language)} for each in reasons],
            }
            for told, event, reasons in found
        ]
        click.echo(document(events=events))
        return
    for told, event, reasons in found:
        click.echo(
            strong(clean(f"{what(event, told.plan.interview, language)} ({told.plan.interview.company})"))
        )
        for reason in reasons:
            for line in hanging("  ", clean(reason_text(reason, language)), terminal_width()):
                click.echo(line)


def _say_how_old(state: State, context: "Context") -> None:
    """When the calendar was read that stands among the reasons, if that is long ago."""
    with context.open_store() as store:
        known = busy_times(store)
    if known.read is not None and known.is_old(state.clock):
        read = value(known.read.astimezone(state.preferences.zone), state.language)
        said = state.phrase("your calendar was read on {day}; calsync sync google reads it again", day=read)
        state.warn(said)

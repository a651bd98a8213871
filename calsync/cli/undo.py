"""``calsync undo`` and ``redo``: take the last change back, or make it again; before and after are shown."""

import click

from calsync.cli.memory import interview_line, memory, outcome_line, title
from calsync.cli.options import common_options
from calsync.cli.output import clean
from calsync.cli.state import State, pass_state
from calsync.store import Snapshot, Undone
from calsync.texts.catalogue import say
from calsync.texts.phrases import value, what
from calsync.workflows.interviews import redo as redo_change
from calsync.workflows.interviews import undo as undo_change

__all__ = ["redo", "undo"]

_MOST_SHOWN = 12


@click.command()
@common_options
@pass_state
def undo(state: State) -> None:
    """Take back the last change; again takes back the one before."""
    with memory(state) as (context, store):
        undone = undo_change(context, store, now=state.clock)
        if undone is None:
            click.echo(say("There is nothing to take back.", state.language))
            return
        _say(state, undone, say("Taken back: {change} ({when})", state.language, **_told(state, undone)))
        state.say(say("calsync redo makes it again.", state.language))


@click.command()
@common_options
@pass_state
def redo(state: State) -> None:
    """Make again what was taken back last, as long as nothing was changed since."""
    with memory(state) as (context, store):
        redone = redo_change(context, store, now=state.clock)
        if redone is None:
            click.echo(say("There is nothing to make again.", state.language))
            return
        _say(state, redone, say("Made again: {change} ({when})", state.language, **_told(state, redone)))


def _told(state: State, undone: Undone) -> dict[str, str]:
    at = undone.at.astimezone(state.preferences.zone)
    return {"change": state.phrase(undone.label), "when": value(at, state.language)}


def _say(state: State, undone: Undone, heading: str) -> None:
    """What was there before, and what is there now."""
    language = state.language
    click.echo(title(heading))
    for name, picture in (("before", undone.before), ("now", undone.after)):
        click.echo(f"  {say(name, language)}:")
        for line in _picture(picture, state) or [say("nothing", language)]:
            click.echo(clean(f"    {line}"))
    if undone.touched > len(undone.before.interviews or undone.after.interviews):
        click.echo("  " + say("{count} interviews in all", language, count=undone.touched))


def _picture(picture: Snapshot, state: State) -> list[str]:
    zone, language = state.preferences.zone, state.language
    interviews = {kept.interview.id: kept.interview for kept in picture.interviews}
    lines = [interview_line(kept, language) for kept in picture.interviews]
    lines += [
        say("logged {outcome}", language, outcome=outcome_line(outcome, zone, language))
        for outcome in picture.outcomes
    ]
    lines += [
        f"{planned.ref}  {value(planned.event.start.astimezone(zone), language)}  {what(planned.event, interviews[planned.event.interview], language)}"
        for planned in picture.events
        if planned.event.interview in interviews
    ]
    return (
        lines
        if len(lines) <= _MOST_SHOWN
        else [*lines[:_MOST_SHOWN], say("and {count} more lines", language, count=len(lines) - _MOST_SHOWN)]
    )

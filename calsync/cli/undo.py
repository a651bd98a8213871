"""``calsync undo``: takes back the last change, and shows before and after."""

import click

from calsync.cli.memory import interview_line, memory, outcome_line, title
from calsync.cli.options import State, common_options, pass_state
from calsync.cli.output import clean
from calsync.cli.wording import what
from calsync.domain import spoken
from calsync.store import Snapshot
from calsync.workflows.interviews import undo as undo_change

__all__ = ["undo"]

_MOST_SHOWN = 12


@click.command()
@common_options
@pass_state
def undo(state: State) -> None:
    """Take back the last change; again takes back the one before."""
    with memory(state) as (context, store):
        undone = undo_change(context, store, now=state.clock)
        if undone is None:
            click.echo("There is nothing to take back.")
            return
        zone = state.preferences.zone
        click.echo(title(f"Taken back: {undone.label} ({spoken(undone.at.astimezone(zone))})"))
        for name, picture in (("before", undone.before), ("now", undone.after)):
            click.echo(f"  {name}:")
            for line in _picture(picture, state) or ["nothing"]:
                click.echo(clean(f"    {line}"))
        if undone.touched > len(undone.before.interviews or undone.after.interviews):
            click.echo(f"  {undone.touched} interviews in all")


def _picture(picture: Snapshot, state: State) -> list[str]:
    zone = state.preferences.zone
    interviews = {kept.interview.id: kept.interview for kept in picture.interviews}
    lines = [interview_line(kept) for kept in picture.interviews]
    lines += [f"logged {outcome_line(outcome, zone)}" for outcome in picture.outcomes]
    lines += [
        f"{spoken(planned.event.start.astimezone(zone))}  {what(planned.event, interviews[planned.event.interview])}"
        for planned in picture.events
        if planned.event.interview in interviews
    ]
    return (
        lines
        if len(lines) <= _MOST_SHOWN
        else [*lines[:_MOST_SHOWN], f"and {len(lines) - _MOST_SHOWN} more lines"]
    )

"""``calsync remove``: forget an interview and its follow-ups."""

import sys

import click

from calsync.cli.memory import interview_line, memory
from calsync.cli.options import common_options
from calsync.cli.state import State, pass_state
from calsync.workflows.interviews import remove as remove_interview
from calsync.workflows.names import find_interview

__all__ = ["remove"]


@click.command()
@click.argument("name", metavar="NAME")
@click.option("--yes", is_flag=True, help="Do not ask.")
@common_options
@pass_state
def remove(state: State, name: str, yes: bool) -> None:
    """Forget the interview NAME and its follow-ups; calsync undo brings it back."""
    with memory(state) as (context, store):
        kept = find_interview(store, name)
        line = interview_line(kept, state.language)
        if not yes and not state.no_input and sys.stdin.isatty():
            click.confirm(state.phrase("Forget {interview}?", interview=line), abort=True, err=True)
        done = remove_interview(context, store, kept.number, now=state.clock)
        count = len(done.changes)
        click.echo(
            state.phrase("Forgotten: {interview}, with {count} follow-ups.", interview=line, count=count)
        )
        state.say("calsync undo brings it back.")

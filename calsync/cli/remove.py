"""``calsync remove``: forget an interview and its follow-ups."""

import sys

import click

from calsync.cli.memory import interview_line, memory
from calsync.cli.options import State, common_options, pass_state
from calsync.workflows.interviews import remove as remove_interview

__all__ = ["remove"]


@click.command()
@click.argument("name", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
@common_options
@pass_state
def remove(state: State, name: str, yes: bool) -> None:
    """Forget the interview ID and its follow-ups; calsync undo brings it back."""
    with memory(state) as (context, store):
        kept = store.interview(name)
        if not yes and not state.no_input and sys.stdin.isatty():
            click.confirm(f"Forget {interview_line(kept, state.language)}?", abort=True, err=True)
        done = remove_interview(context, store, kept.number, now=state.clock)
        click.echo(f"Forgotten: {interview_line(kept, state.language)}, with {len(done.changes)} follow-ups.")
        state.say("calsync undo brings it back.")

"""``calsync history``: every change to what is remembered, the newest first."""

import click

from calsync.cli.as_json import history_document
from calsync.cli.memory import memory
from calsync.cli.options import common_options
from calsync.cli.output import clean, dim
from calsync.cli.state import State, pass_state
from calsync.texts.phrases import value

__all__ = ["history"]


@click.command()
@click.option("-n", "limit", type=click.IntRange(1), default=20, show_default=True, help="How many.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def history(state: State, limit: int, as_json: bool) -> None:
    """List the changes to what is remembered, the newest first."""
    with memory(state) as (_, store):
        entries = store.history(limit)
        if as_json:
            click.echo(history_document(entries))
            return
        if not entries:
            click.echo(state.phrase("Nothing has changed yet."))
        for entry in entries:
            at = value(entry.at.astimezone(state.preferences.zone), state.language)
            line = clean(f"{entry.number:4}  {at}  {state.phrase(entry.label)}")
            click.echo(dim(f"{line} {state.phrase('(taken back)')}") if entry.undone else line)

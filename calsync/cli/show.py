"""``calsync show``: one interview: its record, its follow-ups, what was logged."""

import click

from calsync.cli.as_json import shown_document
from calsync.cli.memory import interview_line, memory, outcome_line, title
from calsync.cli.options import common_options
from calsync.cli.output import clean, pad, terminal_width, wrapped
from calsync.cli.state import State, pass_state
from calsync.cli.tables import plan_lines
from calsync.intake import as_record
from calsync.store import Store, StoredEvent, StoredInterview
from calsync.workflows.names import find
from calsync.workflows.plans import numbered

__all__ = ["show"]

_TITLE_KEYS = {"company", "role", "start"}


@click.command()
@click.argument("name", metavar="NAME")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def show(state: State, name: str, as_json: bool) -> None:
    """Show an interview: its record, its follow-ups, and what was logged.

    NAME is its number, its id, or how its id or company begins.
    """
    with memory(state) as (context, store):
        kept = _interview(store, name)
        plan = store.plan(kept.number)
        if as_json:
            told = numbered(store, plan) if plan else None
            click.echo(shown_document(context, kept, told, store.outcomes(kept.number)))
            return
        click.echo(title(interview_line(kept, state.language)))
        width = terminal_width()
        for key, value in as_record(kept.interview).items():
            if value not in ("", None) and key not in _TITLE_KEYS:
                for number, line in enumerate(wrapped(clean(str(value)), width - 17)):
                    click.echo(f"  {pad(key if number == 0 else '', 13)}  {line}")
        if plan:
            click.echo("")
            click.echo("\n".join(plan_lines(plan, context, numbered(store, plan).refs)))
        outcomes = store.outcomes(kept.number)
        if outcomes:
            click.echo("\n" + state.phrase("Logged:"))
            for outcome in outcomes:
                click.echo(clean(f"  {outcome_line(outcome, state.preferences.zone, state.language)}"))


def _interview(store: Store, name: str) -> StoredInterview:
    """The interview of that name, or that of the follow-up of that name."""
    found = find(store, name)
    return store.interview(found.of) if isinstance(found, StoredEvent) else found

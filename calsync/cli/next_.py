"""``calsync next``: the one thing to do now, with everything it takes."""

from datetime import datetime

import click

from calsync.cli.memory import memory, title
from calsync.cli.options import State, common_options, pass_state
from calsync.cli.output import clean, moment_in_both, terminal_width, wrapped
from calsync.cli.wording import what
from calsync.store import Store, StoredEvent
from calsync.workflows.agenda import waiting
from calsync.workflows.saying import worded_event

__all__ = ["next_"]


@click.command("next")
@click.option("--candidate", metavar="NAME", help="Only this candidate's, for coaches.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def next_(state: State, candidate: str | None, as_json: bool) -> None:
    """Show the one thing to do now: whom, when in both zones, number, email and what to say."""
    with memory(state) as (context, store):
        planned = first_due(store, state.clock, candidate)
        if as_json:
            from calsync.cli.as_json import agenda_document  # noqa: PLC0415  # only when asked

            click.echo(agenda_document(context, store, [planned] if planned else []))
            return
        if planned is None:
            click.echo("Nothing is pending.")
            return
        kept = store.interview(planned.event.interview)
        plan = store.plan(kept.number)
        event = worded_event(context, plan, planned.event) if plan else planned.event
        late = "overdue since " if event.start < state.clock else ""
        click.echo(title(f"{planned.number}  {what(event, kept.interview)} ({kept.interview.company})"))
        click.echo(clean(f"{late}{moment_in_both(event, kept.interview.zone, state.preferences.zone)}"))
        click.echo("")
        width = terminal_width()
        for line in event.description.split("\n"):
            start = "- " if line.startswith("- ") else ""
            for number, part in enumerate(wrapped(clean(line.removeprefix(start)), width - len(start))):
                click.echo((start if number == 0 else " " * len(start)) + part)


def first_due(store: Store, now: datetime, candidate: str | None = None) -> StoredEvent | None:
    """The earliest call or email that waits, or a preparation that is still to come."""
    return next(waiting(store, now, candidate=candidate), None)

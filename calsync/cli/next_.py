"""``calsync next``: the one thing to do now, with everything it takes."""

from datetime import datetime

import click

from calsync.cli.as_json import agenda_document
from calsync.cli.memory import memory, title
from calsync.cli.options import common_options
from calsync.cli.output import clean, hanging, terminal_width
from calsync.cli.state import State, pass_state
from calsync.cli.tables import moment_in_both
from calsync.store import Store, StoredEvent
from calsync.texts import event_text
from calsync.texts.catalogue import say
from calsync.texts.phrases import what
from calsync.workflows.agenda import find_candidate, waiting

__all__ = ["next_"]


@click.command("next")
@click.option("--candidate", metavar="NAME", help="Only this candidate's, for coaches.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def next_(state: State, candidate: str | None, as_json: bool) -> None:
    """Show the one thing to do now: whom, when in both zones, number, email and what to say."""
    with memory(state) as (context, store):
        planned = first_due(store, state.clock, find_candidate(store, candidate))
        if as_json:
            click.echo(agenda_document(context, store, [planned] if planned else []))
            return
        if planned is None:
            click.echo(say("Nothing is pending.", state.language))
            return
        kept = store.interview(planned.event.interview)
        plan, event, language = store.plan(kept.number), planned.event, state.language
        doing = what(event, kept.interview, language)
        click.echo(title(f"{planned.ref}  {doing} ({kept.interview.company})"))
        when = moment_in_both(event, kept.interview.zone, state.preferences.zone, language)
        late = event.start < state.clock
        click.echo(clean(say("overdue since {when}", language, when=when) if late else when))
        click.echo("")
        if plan is None:
            return
        text = event_text(plan, event, context.preferences, context.words)
        for line in text.description.split("\n"):
            start = "- " if line.startswith("- ") else ""
            for part in hanging(start, clean(line.removeprefix(start)), terminal_width()):
                click.echo(part)
        command = f"calsync phone {planned.ref}"
        state.say(say("On your phone: {command}", language, command=command))


def first_due(store: Store, now: datetime, candidate: str | None = None) -> StoredEvent | None:
    """The earliest call or email that waits, or a preparation that is still to come."""
    return next(waiting(store, now, candidate=candidate), None)

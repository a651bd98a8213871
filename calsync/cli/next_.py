"""``calsync next``: the one thing to do now, with everything it takes."""

from collections.abc import Iterator

import click

from calsync.cli.as_json import agenda_document
from calsync.cli.memory import command_lines, memory, title
from calsync.cli.options import common_options
from calsync.cli.output import clean, hanging, terminal_width
from calsync.cli.state import State, pass_state
from calsync.cli.tables import moment_in_both
from calsync.domain import replace
from calsync.texts import event_text
from calsync.texts.catalogue import say
from calsync.texts.outcomes import FIRST, WORDS
from calsync.texts.phrases import what
from calsync.workflows.agenda import find_candidate
from calsync.workflows.due import Agenda, Due

__all__ = ["next_", "when_lines"]


_MOST_OFTEN = 3
"""What is told of all that can come of a follow-up."""


@click.command("next")
@click.option("--candidate", metavar="NAME", help="Only this candidate's, for coaches.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def next_(state: State, candidate: str | None, as_json: bool) -> None:
    """Show the one thing to do now: whom, when in both zones, number, email and what to say."""
    with memory(state) as (context, store):
        agenda = Agenda(context, store, state.clock, find_candidate(store, candidate))
        due = next(agenda.due(), None)
        if as_json:
            click.echo(agenda_document(context, store, [due] if due else []))
            return
        if due is None:
            click.echo(say("Nothing is pending.", state.language))
            return
        plan, language = store.plan(due.interview.id), state.language
        click.echo(
            title(f"{due.planned.ref}  {what(due.event, due.interview, language)} ({due.interview.company})")
        )
        for line in when_lines(due, state):
            click.echo(clean(line))
        click.echo("")
        if plan is None:
            return
        text = event_text(plan, due.spoken(plan), context.preferences, context.words)
        for line in text.description.split("\n"):
            start = "- " if line.startswith("- ") else ""
            for part in hanging(start, clean(line.removeprefix(start)), terminal_width()):
                click.echo(part)
        _say_commands(state, due)


def when_lines(due: Due, state: State) -> Iterator[str]:
    """When it is planned; of what is late also when it would be good to do it."""
    language, theirs, own = state.language, due.interview.zone, state.preferences.zone
    when = moment_in_both(due.event, theirs, own, language)
    if not due.is_late:
        yield when
        return
    yield say("overdue since {when}", language, when=when)
    if due.is_good_now:
        yield say("Now is a good time.", language)
    elif due.next_slot is not None:
        at = moment_in_both(replace(due.event, start=due.next_slot), theirs, own, language)
        yield say("The next good time: {when}", language, when=at)


def _say_commands(state: State, due: Due) -> None:
    """What to type afterwards, ready to copy, and how to get it on a phone."""
    ref = due.planned.ref
    afterwards = {result: WORDS[result].label for result in FIRST[due.event.action][:_MOST_OFTEN]}
    click.echo("")
    click.echo(say("Then say what came of it:", state.language))
    for line in command_lines(
        {f"calsync log {ref} {result}": text for result, text in afterwards.items()}, state.language
    ):
        click.echo(line)
    if due.event.action in {"call", "email"}:
        command = f"calsync phone {ref}"
        state.say(say("On your phone: {command}", state.language, command=command))

"""``calsync add``: remember an interview, in ten seconds, and see its plan."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import click
from msgspec.structs import replace

from calsync.cli.as_json import plans_document
from calsync.cli.memory import memory, say_done, title
from calsync.cli.options import common_options
from calsync.cli.questions import Question, ask, can_ask
from calsync.cli.record_options import record_options, typed
from calsync.cli.setup import ask_who
from calsync.cli.state import State, pass_state
from calsync.cli.tables import plan_lines
from calsync.domain import Preferences
from calsync.errors import Usage
from calsync.intake import read_record
from calsync.intake.dates import echo, moment
from calsync.intake.keys import KEYS
from calsync.phrase import joined, phrase
from calsync.store import Store, StoredInterview
from calsync.texts.catalogue import say
from calsync.texts.phrases import clash, value
from calsync.workflows import Context
from calsync.workflows.agenda import clashes_of, doubled_of
from calsync.workflows.identity import same_interview
from calsync.workflows.interviews import Done
from calsync.workflows.interviews import add as add_interview
from calsync.workflows.plans import numbered

__all__ = ["QUESTIONS", "add"]

_ASSUMED: Mapping[str, Callable[[Preferences], str]] = {
    "minutes": lambda _: "60",
    "timezone": lambda mine: mine.zone.key,
    "country": lambda mine: mine.country,
}
QUESTIONS = [
    (name, key.asked, None if key.needed else _ASSUMED.get(name, lambda _: ""))
    for name, key in KEYS.items()
    if key.asked
]
"""What is asked in a terminal, key by key: the question, and what is assumed; None must be answered."""
_MISSING = {
    "company": phrase("the company"),
    "role": phrase("the role"),
    "start": phrase("when it is (--at)"),
}


@click.command()
@click.argument("company", required=False)
@click.argument("role", required=False)
@record_options
@click.option("--id", "id_", metavar="ID", help="A name of your own for it: a-z, 0-9 and -.")
@click.option("--again", is_flag=True, help="Add it also where the same is remembered already.")
@click.option("--json", "as_json", is_flag=True, help="Write the plan as JSON.")
@common_options
@pass_state
def add(
    state: State,
    /,
    company: str | None,
    role: str | None,
    id_: str | None,
    again: bool,
    as_json: bool,
    **given: str | None,
) -> None:
    """Remember the interview at COMPANY for ROLE, and show its follow-ups.

    \b
    calsync add "Acme" "Product manager" --at "12 Nov 2026 14:00" --decision "3 days"

    In a terminal, what is missing is asked for.
    """
    given = {**given, "company": company, "role": role, "id": id_}
    if can_ask(state) and not (company and role and given["start"]):
        _ask(state, given)
    missing = [said for name, said in _MISSING.items() if not given.get(name)]
    if missing:
        raise Usage(
            phrase("{missing}: not given", missing=joined(missing)),
            remedy=phrase('write calsync add "Acme" "Product manager" --at "2026-11-24 14:00"'),
            code="CS-USE-030",
        )
    with memory(state) as (context, store):
        interview = read_record(typed(given, state.preferences, state.clock), preferences=state.preferences)
        if not again and not id_ and (same := same_interview(store, interview)):
            _say_known(state, context, store, same, as_json=as_json)
            return
        done = add_interview(context, store, interview, now=state.clock, id_given=bool(id_))
        _say_added(state, context, store, done, as_json=as_json)


def _say_added(state: State, context: Context, store: Store, done: Done, *, as_json: bool) -> None:
    """Its number, its plan, who makes room for it, and what is too much on one day."""
    if as_json:
        plans = [numbered(store, done.plan)] if done.plan else []
        click.echo("".join(plans_document(context, plans)), nl=False)
        return
    if done.kept:
        interview = done.kept.interview
        number, when = done.kept.number, f"{value(interview.start, state.language)} {interview.timezone}"
        state.say("Remembered as {number}: {when}.", number=number, when=when)
    if done.plan:
        click.echo("\n".join(plan_lines(done.plan, context, numbered(store, done.plan).refs)))
    own = done.kept and done.kept.interview.id
    if others := [change for change in done.changes if change.event.interview != own]:
        click.echo(title(say("Others make room:", state.language)))
        say_done(state, store, replace(done, changes=tuple(others), plan=None))
    if done.plan:
        if done.kept and sys.stdout.isatty():
            state.say("On your phone: {command}", command="calsync phone")
        for each in (*clashes_of(store, done.plan), *doubled_of(store, done.plan)):
            state.say(f"! {clash(each.day, each.first, each.second, state.language)}")


def _say_known(state: State, context: Context, store: Store, kept: StoredInterview, *, as_json: bool) -> None:
    """Nothing is added: the same candidate, company, role and start are remembered."""
    if as_json:
        plan = store.plan(kept.number)
        click.echo("".join(plans_document(context, [numbered(store, plan)] if plan else [])), nl=False)
    when = f"{value(kept.interview.start, state.language)} {kept.interview.timezone}"
    state.say(
        phrase(
            "Remembered already as {number}: {when}. Nothing was added; --again makes a second one.",
            number=kept.number,
            when=when,
        )
    )


def _ask(state: State, given: dict[str, str | None]) -> None:
    """One short question for each thing that is missing; who asks for the first time may say who they are."""
    if state.folders.settings_file and not Path(state.folders.settings_file).exists():
        yes = click.confirm(
            state.phrase("First your own name, email and country, for the texts?"), default=True, err=True
        )
        if yes:
            ask_who(state)
            state.forget_settings()
    questions = [
        Question(key, question, assumed(state.preferences) if assumed else "", needed=key in _MISSING)
        for key, question, assumed in QUESTIONS
        if not given.get(key)
    ]
    answers: dict[str, str] = {}

    def read(key: str, answer: str) -> str:
        answers[key] = answer
        return _echo(state, {**given, **answers}, key, answer)

    given.update({key: answer or None for key, answer in ask(state, questions, read).items()})


def _echo(state: State, given: Mapping[str, str | None], key: str, answer: str) -> str:
    """What an answer is read as, beside those before it: a day with its weekday. Raises CalsyncError."""
    example = {"company": "A", "role": "A", "start": "2026-11-24 14:00"}
    beside = {name: known for name in ("start", "timezone", "country") if (known := given.get(name))}
    said: list[str] = []
    values = typed({**example, **beside, key: answer}, state.preferences, state.clock)
    interview = read_record(values, preferences=state.preferences)
    if key != "start":
        return ""
    moment(values["start"], interview.zone, said)
    return "; ".join([echo(interview.start), *said])

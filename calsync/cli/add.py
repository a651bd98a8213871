"""``calsync add``: remember an interview, in ten seconds, and see its plan."""

import sys

import click

from calsync.cli.memory import memory, say_done, title
from calsync.cli.options import State, common_options, pass_state
from calsync.cli.record_options import record_options, typed
from calsync.cli.render import plan_lines
from calsync.errors import Usage
from calsync.intake import echo, read_record
from calsync.store import Store
from calsync.workflows.clashes import clashes_of
from calsync.workflows.plans import numbered
from calsync.workflows.verbs import add as add_interview

__all__ = ["add"]

_QUESTIONS = (
    ("company", "Company", ""),
    ("role", "Position", ""),
    ("start", "When is it, in their time (tomorrow 14:00, 2026-11-24 14:00)", ""),
    ("timezone", "Their time zone", "zone"),
    ("country", "Their country, for its holidays (US, DE …)", "country"),
    ("contact", "Whom will you call or write", "-"),
    ("phone", "The number they gave you", "-"),
    ("email", "Their email address", "-"),
    ("decision", "When do they decide (2026-11-30, 3 days, 2 weeks)", "-"),
)
"""What is asked in a terminal, key by key: the question, and what is assumed; "-" may be left empty."""


@click.command()
@click.argument("company", required=False)
@click.argument("role", required=False)
@record_options
@click.option("--id", "id_", metavar="ID", help="A name of your own for it: a-z, 0-9 and -.")
@click.option("--json", "as_json", is_flag=True, help="Write the plan as JSON.")
@common_options
@pass_state
def add(
    state: State,
    /,
    company: str | None,
    role: str | None,
    id_: str | None,
    as_json: bool,
    **given: str | None,
) -> None:
    """Remember the interview at COMPANY for ROLE, and show its follow-ups.

    \b
    calsync add "Acme" "Product manager" --at "12 Nov 2026 14:00" --decision "3 days"

    In a terminal, what is missing is asked for.
    """  # noqa: D301  # \b is the mark of lines that stay as they are
    given = {**given, "company": company, "role": role, "id": id_}
    if not state.no_input and sys.stdin.isatty() and not (company and role and given["start"]):
        _ask(state, given)
    missing = [name for name in ("company", "role", "start") if not given.get(name)]
    if missing:
        said = {"company": "the company", "role": "the role", "start": "--at, when it is"}
        raise Usage(
            f"{' and '.join(said[name] for name in missing)} missing",
            remedy='write calsync add "Acme" "Product manager" --at "2026-11-24 14:00"',
            code="CS-USE-030",
        )
    with memory(state) as (desk, store):
        values = typed(given, state.preferences, state.clock)
        interview = read_record(values, preferences=state.preferences)
        taken = store.taken([interview.id]) if not id_ else set()
        if taken:
            interview = read_record(values, preferences=state.preferences, taken=_taken(store, interview.id))
        done = add_interview(desk, store, interview, now=state.clock)
        if as_json:
            from calsync.cli.as_json import plans_document  # noqa: PLC0415  # only when asked

            plans = [numbered(store, done.plan)] if done.plan else []
            click.echo("".join(plans_document(desk, plans)), nl=False)
            return
        if done.kept:
            state.say(f"Remembered as {done.kept.number}: {echo(interview.start)}.")
        if done.plan:
            click.echo("\n".join(plan_lines(done.plan, desk, numbered(store, done.plan).numbers)))
        others = [change for change in done.changes if change.event.interview != interview.id]
        if others and done.kept:
            click.echo(title("Others make room:"))
            from dataclasses import replace  # noqa: PLC0415  # seldom

            say_done(state, desk, store, replace(done, changes=tuple(others), plan=None))
        for clash in clashes_of(store, done.plan) if done.plan else ():
            state.say(f"! {clash}")


def _taken(store: Store, base: str) -> set[str]:
    """Ids that cannot be given again: the one that was derived, and those counted on from it."""
    return store.taken([base, *(f"{base}-{number}" for number in range(2, 100))])


def _ask(state: State, given: dict[str, str | None]) -> None:
    """One short question for each thing that is missing; an empty answer takes what is assumed."""
    mine = state.preferences
    assumed = {"zone": mine.zone.key, "country": mine.country, "-": "", "": ""}
    for key, question, default in _QUESTIONS:
        if given.get(key):
            continue
        optional = default != ""
        answer = click.prompt(
            question,
            default=assumed[default] if optional else None,
            show_default=bool(assumed[default]),
            err=True,
        )
        given[key] = answer.strip() or None

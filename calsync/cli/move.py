"""``calsync move``: another time for one follow-up, as the candidate wants it."""

import click

from calsync.cli.as_json import plans_document
from calsync.cli.memory import memory, outcome_line, say_done, title
from calsync.cli.options import common_options
from calsync.cli.output import terminal_width, wrapped
from calsync.cli.state import State, pass_state
from calsync.errors import BadValue, Usage
from calsync.intake import day_or_moment
from calsync.intake.spoken_days import absolute
from calsync.phrase import phrase
from calsync.workflows.names import find_event
from calsync.workflows.outcomes import move as move_event
from calsync.workflows.plans import numbered

__all__ = ["move"]


@click.command()
@click.argument("event", metavar="REF")
@click.argument("when", metavar="[WHEN]", required=False)
@click.option("--back", is_flag=True, help="Let the plan have it again.")
@click.option("--json", "as_json", is_flag=True, help="Write the new plan as JSON.")
@common_options
@pass_state
def move(state: State, event: str, when: str | None, back: bool, as_json: bool) -> None:
    """Move one follow-up to another time; what comes after it follows.

    REF is a follow-up (1.3), or an interview for its next call or email. WHEN
    is a time on your clock ("fri 14:00"), or a day for its first good moment
    then; without WHEN it is the next good moment. A time against the rules is
    kept, and calsync why says which rule it is against. It stays there until it
    is done, the interview itself moves, or --back.
    """
    if back and when:
        raise Usage(
            phrase("--back goes without a time"), remedy=phrase("leave out one of the two"), code="CS-USE-045"
        )
    own = state.preferences.zone
    try:
        wanted = day_or_moment(absolute(when, state.clock.astimezone(own).date()), own) if when else None
    except BadValue as error:
        raise error.at("WHEN") from None
    with memory(state) as (context, store):
        planned = find_event(store, event)
        done = move_event(context, store, planned, wanted, now=state.clock, back=back)
        if as_json:
            plans = [numbered(store, done.plan)] if done.plan else []
            click.echo("".join(plans_document(context, plans)), nl=False)
            return
        if done.kept and done.outcome:
            line = outcome_line(done.outcome, own, state.language)
            company = done.kept.interview.company
            click.echo("\n".join(map(title, wrapped(f"{company}: {line}", terminal_width()))))
        say_done(state, store, done, assumed=False)

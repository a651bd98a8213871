"""``calsync plan``: dates and reasons, as a table or as JSON."""

from typing import Unpack

import click

from calsync.cli.as_json import plans_document
from calsync.cli.options import common_options
from calsync.cli.sources import FoundPlans, How, plan_options, plans_of
from calsync.cli.state import State, pass_state
from calsync.cli.tables import plan_lines

__all__ = ["plan"]


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...")
@plan_options
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def plan(state: State, /, files: tuple[str, ...], as_json: bool, **how: Unpack[How]) -> int:
    """Show all follow-ups: of the interviews that are remembered, or of those in FILEs.

    A FILE is .csv, .toml or .json; - is standard input. Planning files
    remembers nothing. With --playbook or --from and no FILE, it shows what the
    remembered interviews would get, and changes nothing.
    """
    with plans_of(state, files, how) as found:
        if as_json:
            for piece in plans_document(found.context, found.source.plans()):
                click.echo(piece, nl=False)
        else:
            _print(state, found)
    return found.code


def _print(state: State, found: FoundPlans) -> None:
    first, over = True, 0
    for each in found.source.plans():
        plan, refs = each.plan, each.refs
        if refs == {} and not plan.events and plan.interview.status != "open":
            over += 1
            continue
        lines = "\n".join(plan_lines(plan, found.context, refs))
        click.echo(lines if first else f"\n{lines}")
        first = False
    if over:
        state.say("Nothing is pending for {count} more that are over; calsync list shows them.", count=over)

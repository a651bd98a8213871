"""``calsync why``: the reasons behind each date, as numbered sentences."""

from collections.abc import Iterable, Iterator, Sequence

import click

from calsync.cli.files import file_options, read_files
from calsync.cli.options import State, common_options, pass_state, read_moment
from calsync.cli.render import source_lines, why_lines
from calsync.domain import Event, Plan
from calsync.errors import Usage

__all__ = ["why"]

Pair = tuple[Plan, Event]


@click.command()
@click.argument("events", nargs=-1, metavar="[EVENT]...")
@click.option(
    "--in", "files", multiple=True, metavar="FILE", help="The file of interviews; may be given again."
)
@file_options
@click.option("--from", "floor", metavar="WHEN", help="Place nothing before WHEN, a day or a time of yours.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def why(
    state: State,
    events: tuple[str, ...],
    files: tuple[str, ...],
    form: str | None,
    maps: tuple[str, ...],
    skip_bad: bool,
    playbook: str | None,
    floor: str | None,
    as_json: bool,
) -> int:
    """Explain the date of each EVENT, or of all.

    An EVENT is a uid or its beginning (acme-pm-20261112.status), or a step
    (status, second). The interviews come from the files named with --in.
    """
    desk = state.desk(playbook=playbook)
    reading = read_files(state, desk, files, form=form, maps=maps, skip_bad=skip_bad)
    not_before = read_moment(floor, state.preferences, "--from") if floor else None
    plans = desk.plans(reading.interviews, not_before=not_before)
    if as_json:
        from calsync.cli.as_json import why_document  # noqa: PLC0415  # only when asked

        click.echo(why_document(event for _, event in named(desk.worded(plans), events)))
        return 1 if reading.skipped else 0
    explained = []
    for plan, event in named(plans, events):
        click.echo("\n".join([*why_lines(plan, event, state.preferences.zone), ""]))
        explained.append(event)
    legend = list(source_lines(explained))
    if legend and not state.quiet:
        click.echo("\n".join(["The advice behind them:", *legend]))
    return 1 if reading.skipped else 0


def named(plans: Iterable[Plan], names: Sequence[str]) -> Iterator[Pair]:
    """The events that ``names`` mean, in order; all without a name. A name that means none is an error."""
    missing = set(names)
    for plan in plans:
        for event in plan.events:
            meant = [name for name in names if event.uid.startswith(name) or event.step == name]
            missing.difference_update(meant)
            if meant or not names:
                yield plan, event
    if missing:
        raise Usage(
            f"no event goes by {', '.join(repr(name) for name in sorted(missing))}",
            remedy="name a uid or its beginning, or a step such as status; calsync plan --json lists the uids",
            code="CS-USE-020",
        )

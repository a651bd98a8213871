"""``calsync plan``: dates and reasons, as a table or as JSON."""

import click

from calsync.cli.files import file_options, read_files
from calsync.cli.options import State, common_options, pass_state, read_moment

__all__ = ["plan"]


@click.command()
@click.argument("files", nargs=-1, metavar="FILE...")
@file_options
@click.option("--from", "floor", metavar="WHEN", help="Place nothing before WHEN, a day or a time of yours.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def plan(
    state: State,
    files: tuple[str, ...],
    form: str | None,
    maps: tuple[str, ...],
    skip_bad: bool,
    playbook: str | None,
    floor: str | None,
    as_json: bool,
) -> int:
    """Show the follow-ups of the interviews in FILEs (.csv, .toml, .json; - is standard input)."""
    desk = state.desk(playbook=playbook)
    reading = read_files(state, desk, files, form=form, maps=maps, skip_bad=skip_bad)
    not_before = read_moment(floor, state.preferences, "--from") if floor else None
    plans = desk.plans(reading.interviews, not_before=not_before)
    if as_json:
        from calsync.cli.as_json import plans_document  # noqa: PLC0415  # json and the words: only when asked

        for piece in plans_document(desk.worded(plans)):
            click.echo(piece, nl=False)
    else:
        from calsync.cli.render import plan_lines  # noqa: PLC0415  # not for JSON

        for number, each in enumerate(plans):
            lines = "\n".join(plan_lines(each, state.preferences.zone))
            click.echo(f"\n{lines}" if number else lines)
    return 1 if reading.skipped else 0

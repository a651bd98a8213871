"""``calsync import``: interviews from files and invitations into the store."""

from dataclasses import replace

import click

from calsync.cli.files import file_options, read_files
from calsync.cli.memory import interview_line, memory
from calsync.cli.options import State, common_options, find_playbook, pass_state
from calsync.cli.table import clean
from calsync.domain import Interview
from calsync.errors import Usage
from calsync.workflows.verbs import add_all

__all__ = ["import_"]

_MOST_SHOWN = 10


@click.command("import")
@click.argument("files", nargs=-1, metavar="FILE...")
@file_options
@common_options
@pass_state
def import_(
    state: State,
    files: tuple[str, ...],
    form: str | None,
    maps: tuple[str, ...],
    skip_bad: bool,
    playbook: str | None,
) -> int:
    """Remember the interviews in FILEs (.csv, .toml, .json; - is standard input).

    A file is taken whole or not at all. Importing it again after a change
    brings the change in; nothing is remembered twice.
    """
    if not files:
        raise Usage("no file is named", remedy="name a .csv, .toml or .json file of interviews")
    if playbook is not None:
        find_playbook(playbook, state.folders, "--playbook")
    with memory(state) as (desk, store):
        reading = read_files(state, desk, files, form=form, maps=maps, skip_bad=skip_bad)
        interviews = [_following(playbook, each) for each in reading.interviews]
        label = f"import {', '.join(clean(file) for file in files)}"
        imported = add_all(desk, store, interviews, label=label, now=state.clock)
        for sign, numbers in (("+", imported.added), ("~", imported.updated)):
            for number in numbers[:_MOST_SHOWN]:
                click.echo(f"{sign} {interview_line(store.interview(number))}")
            if len(numbers) > _MOST_SHOWN:
                click.echo(f"{sign} and {len(numbers) - _MOST_SHOWN} more")
        counts = (
            (len(imported.added), "new"),
            (len(imported.updated), "changed"),
            (imported.unchanged, "known"),
        )
        state.say(", ".join(f"{count} {name}" for count, name in counts if count) or "nothing in it")
    return 1 if reading.skipped else 0


def _following(playbook: str | None, interview: Interview) -> Interview:
    """What is remembered follows the playbook for good, not just in this command."""
    return replace(interview, playbook=playbook) if playbook and not interview.playbook else interview

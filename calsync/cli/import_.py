"""``calsync import``: interviews from files and invitations into the store."""

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from calsync.cli.files import options_for, read_files, say_left_out
from calsync.cli.memory import interview_line, memory, record_lines, say_done
from calsync.cli.options import State, common_options, find_playbook, pass_state
from calsync.cli.record_options import record_options_but, typed
from calsync.cli.table import clean
from calsync.domain import Interview, replace
from calsync.errors import Usage
from calsync.store import Store
from calsync.workflows import Desk
from calsync.workflows.verbs import add_all

if TYPE_CHECKING:
    from calsync.intake import Written

__all__ = ["import_"]

_MOST_SHOWN = 10
_SAID = {
    "new": "New: {line}",
    "moved": "Moved: {line}",
    "cancelled": "Cancelled: {line}",
    "known": "{file}: nothing new in it.",
    "stale": "{file}: an older message about an interview that was changed since; it is left alone.",
    "unknown": "{file}: it cancels an interview that is not remembered.",
}


@click.command("import")
@click.argument("files", nargs=-1, metavar="FILE...")
@options_for("csv", "toml", "json", "ics")
@record_options_but("playbook")
@click.option("--company", metavar="NAME", help="Who it is with, where an invitation does not tell.")
@click.option("--role", metavar="TEXT", help="Which position it is for, where an invitation does not tell.")
@common_options
@pass_state
def import_(
    state: State,
    /,
    files: tuple[str, ...],
    form: str | None,
    maps: tuple[str, ...],
    skip_bad: bool,
    playbook: str | None,
    **given: str | None,
) -> int:
    """Remember the interviews in FILEs (.csv, .toml, .json, .ics invitations; - is standard input).

    A file is taken whole or not at all. Importing it again after a change
    brings the change in; nothing is remembered twice, and what the file leaves
    empty stays as it is remembered. A newer invitation moves
    its interview, a cancellation ends it. The options of add fill in what an
    invitation does not tell; in a terminal it is asked for.
    """
    if not files:
        raise Usage("no file is named", remedy="name a .csv, .toml, .json or .ics file")
    if playbook is not None:
        find_playbook(playbook, state.folders, "--playbook")
    invitations = [file for file in files if _is_invitation(file, form)]
    tables = [file for file in files if file not in invitations]
    values = typed({**given, "playbook": playbook}, state.preferences, state.clock)
    if tables and values.keys() - {"playbook"}:
        raise Usage(
            f"--{min(values.keys() - {'playbook'})} goes with an invitation",
            remedy="put it into the file",
            code="CS-USE-033",
        )
    code = 0
    with memory(state) as (desk, store):
        for file in invitations:
            _invitation(state, desk, store, file, values)
        if tables:
            code = _tables(
                state, desk, store, tables, form=form, maps=maps, skip_bad=skip_bad, playbook=playbook
            )
    return code


def _is_invitation(file: str, form: str | None) -> bool:
    return form == "ics" or (form is None and file.lower().endswith((".ics", ".ical", ".ifb")))


def _invitation(state: State, desk: Desk, store: Store, file: str, values: Mapping[str, object]) -> None:
    """Take one invitation in, asking for what it does not tell."""
    from calsync.intake import Source, zone  # noqa: PLC0415  # tables do without
    from calsync.intake.invitation import read_invitation  # noqa: PLC0415  # as above
    from calsync.workflows.invitations import receive  # noqa: PLC0415  # as above

    source = Source("-", sys.stdin.buffer) if file == "-" else Source(file)
    named = zone(str(values["timezone"])) if values.get("timezone") else None
    invitation = read_invitation(source, preferences=state.preferences, zone=named)
    for note in invitation.notes:
        state.say(f"calsync: {clean(file)}: {clean(note)}")
    given = dict(values)
    if store.invited(invitation.uid) is None and not invitation.cancelled:
        for proposal, key in (
            (invitation.company, "company"),
            (invitation.role, "role"),
            (invitation.contact, "contact"),
        ):
            if proposal and not given.get(key):
                state.say(f"  {key}: {clean(str(proposal))}")
        if not state.no_input and sys.stdin.isatty():
            for key in invitation.missing:
                if not given.get(key) and key != "start":
                    given[key] = click.prompt(f"Which {key} is it", err=True).strip()
    received = receive(desk, store, invitation, now=state.clock, values=given)
    kept = received.done.kept if received.done else None
    line = interview_line(kept) if kept else ""
    click.echo(_SAID[received.kind].format(line=line, file=clean(file)))
    if received.done:
        say_done(state, desk, store, received.done)


def _tables(
    state: State,
    desk: Desk,
    store: Store,
    files: Sequence[str],
    *,
    form: str | None,
    maps: tuple[str, ...],
    skip_bad: bool,
    playbook: str | None,
) -> int:
    """Take tables in, all of them in one change."""
    known = any(True for _ in store.interviews())
    reading = read_files(state, desk, files, form=form, maps=maps, skip_bad=skip_bad, with_written=known)
    interviews = [_following(playbook, each) for each in reading.interviews]
    written = [_written(playbook, each) for each in reading.written]
    label = f"import {', '.join(clean(file) for file in files)}"
    imported = add_all(
        desk, store, interviews, label=label, now=state.clock, written=written, skip_bad=skip_bad
    )
    say_left_out(state, imported.skipped)
    for sign, numbers in (("+", imported.added), ("~", imported.updated)):
        for place, number in enumerate(numbers[:_MOST_SHOWN]):
            kept = store.interview(number)
            click.echo(f"{sign} {interview_line(kept)}")
            if sign == "~":
                for line in record_lines(imported.before[place], kept.interview):
                    click.echo(line)
        if len(numbers) > _MOST_SHOWN:
            click.echo(f"{sign} and {len(numbers) - _MOST_SHOWN} more")
    counts = ((len(imported.added), "new"), (len(imported.updated), "changed"), (imported.unchanged, "known"))
    state.say(", ".join(f"{count} {name}" for count, name in counts if count) or "nothing in it")
    return 1 if reading.skipped or imported.skipped else 0


def _following(playbook: str | None, interview: Interview) -> Interview:
    """What is remembered follows the playbook for good, not just in this command."""
    return replace(interview, playbook=playbook) if playbook and not interview.playbook else interview


def _written(playbook: str | None, row: "Written") -> "Written":
    """The same for what its row says."""
    if not playbook or "playbook" in row.said():
        return row
    said = {**row.said(), "playbook": playbook}
    return row._replace(keys=tuple(said), values=tuple(said.values()))

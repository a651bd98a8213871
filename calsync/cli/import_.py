"""``calsync import``: interviews from files and invitations into the store."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from calsync.cli.import_google import Wish, import_google
from calsync.cli.invited_files import take_file
from calsync.cli.memory import interview_line, memory, record_lines
from calsync.cli.options import common_options
from calsync.cli.output import clean
from calsync.cli.questions import can_ask
from calsync.cli.record_options import record_options_but, typed
from calsync.cli.sources import SheetOptions, options_for, read_files, say_left_out
from calsync.cli.state import State, find_playbook, pass_state
from calsync.domain import Interview, replace
from calsync.errors import Usage
from calsync.intake import echo
from calsync.intake.invitation import INVITATION_ENDINGS
from calsync.phrase import phrase
from calsync.store import Store
from calsync.workflows import Context
from calsync.workflows.interviews import add_all, seem_moved

if TYPE_CHECKING:
    from calsync.intake import Written
    from calsync.intake.date_columns import DateOrder

__all__ = ["import_"]

_MOST_SHOWN = 10
_GOOGLE = "google"


@click.command("import")
@click.argument("files", nargs=-1, metavar="FILE...")
@options_for("csv", "xlsx", "toml", "json", "ics", "eml")
@record_options_but("playbook")
@click.option("--from", "since", metavar="WHEN", help="With google: look from this day on. [two weeks back]")
@click.option("--to", "until", metavar="WHEN", help="With google: look up to this day. [eight weeks ahead]")
@click.option(
    "--take",
    metavar="1,3",
    help="With google, or a mail of several invitations: take these, by their numbers in the list.",
)
@click.option("--all", "every", is_flag=True, help="With google, or a mail of several invitations: take all.")
@click.option(
    "--calendar",
    default="primary",
    metavar="ID",
    help="With google: another calendar of yours. [your main one]",
)
@click.option("--json", "as_json", is_flag=True, help="With google: write the list as JSON for programs.")
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
    strict: bool,
    dates: "DateOrder | None",
    skip_bad: bool,
    playbook: str | None,
    since: str | None,
    until: str | None,
    calendar: str,
    take: str | None,
    every: bool,
    as_json: bool,
    **given: str | None,
) -> int:
    """Remember the interviews in FILEs (.csv, .xlsx, .xls, .ods, .toml, .json, .ics invitations, .eml mails that carry one; - is standard input).

    A file is taken whole or not at all. Importing it again after a change
    brings the change in; nothing is remembered twice, and what the file leaves
    empty stays as it is remembered. A newer invitation moves
    its interview, a cancellation ends it. The options of add fill in what an
    invitation does not tell; in a terminal it is asked for.

    google in the place of FILE looks through your calendar at Google, lists
    what looks like an interview, and takes what you choose (calsync auth google
    --read allows it; a file of that name is ./google). Again later, it moves and
    cancels what was moved and called off there.
    """
    if not files:
        raise Usage(
            phrase("no file is named"),
            remedy=phrase(
                "name a .csv, .xlsx, .ods, .toml, .json, .ics or .eml file, or google for your calendar there"
            ),
        )
    if playbook is not None:
        find_playbook(playbook, state.folders, "--playbook")
    wish = Wish(since, until, calendar, take, every=every, as_json=as_json)
    if _is_google(files, wish, form, maps, skip_bad=skip_bad):
        values = typed({**given, "playbook": playbook}, state.preferences, state.clock)
        return import_google(state, wish, values)
    invitations = [file for file in files if _is_invitation(file, form)]
    tables = [file for file in files if file not in invitations]
    values = typed({**given, "playbook": playbook}, state.preferences, state.clock)
    if tables and values.keys() - {"playbook"}:
        raise Usage(
            phrase("--{keys} goes with an invitation", keys=min(values.keys() - {"playbook"})),
            remedy=phrase("put it into the file"),
            code="CS-USE-033",
        )
    code = 0
    with memory(state) as (context, store):
        for file in invitations:
            code |= take_file(state, context, store, file, values, take=take, every=every)
        if tables:
            how = SheetOptions(form=form, maps=maps, strict=strict, dates=dates, skip_bad=skip_bad)
            code |= _tables(state, context, store, tables, how, playbook)
    return code


def _not_moved(
    state: State,
    context: Context,
    store: Store,
    interviews: Sequence[Interview],
    written: "Sequence[Written]",
) -> set[int]:
    """The numbers of those that seem to have moved and, as the person says, have not."""
    apart = set()
    for kept, row in seem_moved(context, store, interviews, now=state.clock, written=written):
        question = state.phrase(
            "{company}, {role}: has it moved from {was} to {start}?",
            company=kept.interview.company,
            role=kept.interview.role,
            was=echo(kept.interview.start),
            start=echo(row.start),
        )
        if not click.confirm(clean(question), default=True, err=True):
            apart.add(kept.number)
    return apart


def _is_google(
    files: tuple[str, ...], wish: Wish, form: str | None, maps: tuple[str, ...], *, skip_bad: bool
) -> bool:
    """Whether Google is meant and not files. Raises Usage for a mixture of both."""
    if _GOOGLE not in files:
        if wish.is_any and not (wish.is_of_several and any(_is_invitation(file, form) for file in files)):
            raise Usage(
                phrase("--from, --to, --take, --all, --calendar and --json go with google"),
                remedy=phrase("leave them out, or name google in the place of a file"),
                code="CS-USE-043",
            )
        return False
    if len(files) > 1 or form or maps or skip_bad:
        raise Usage(
            phrase("google stands alone: it is your calendar there, and no file"),
            remedy=phrase("import the files by themselves; a file of that name is ./google"),
            code="CS-USE-044",
        )
    return True


def _is_invitation(file: str, form: str | None) -> bool:
    return form in {"ics", "eml"} or (form is None and file.lower().endswith(INVITATION_ENDINGS))


def _tables(
    state: State,
    context: Context,
    store: Store,
    files: Sequence[str],
    how: SheetOptions,
    playbook: str | None,
) -> int:
    """Take tables in, all of them in one change."""
    known = any(True for _ in store.interviews())
    reading = read_files(state, context, files, how, with_written=known)
    interviews = [_following(playbook, each) for each in reading.interviews]
    written = [_written(playbook, each) for each in reading.written]
    label = phrase("import {files}", files=", ".join(clean(file) for file in files))
    imported = add_all(
        context,
        store,
        interviews,
        label=label,
        now=state.clock,
        written=written,
        skip_bad=how["skip_bad"],
        apart=_not_moved(state, context, store, interviews, written) if known and can_ask(state) else (),
    )
    say_left_out(state, imported.skipped)
    for sign, numbers in (("+", imported.added), ("~", imported.updated)):
        for place, number in enumerate(numbers[:_MOST_SHOWN]):
            kept = store.interview(number)
            click.echo(f"{sign} {interview_line(kept, state.language)}")
            if sign == "~":
                for line in record_lines(imported.before[place], kept.interview):
                    click.echo(line)
        if len(numbers) > _MOST_SHOWN:
            click.echo(
                state.phrase("{sign} and {numbers} more", sign=sign, numbers=len(numbers) - _MOST_SHOWN)
            )
    for kept in imported.moved[:_MOST_SHOWN]:
        state.warn(
            phrase(
                "{company}, {role} has moved to {start}: calsync undo takes that back; a column of ids keeps two apart",
                company=kept.interview.company,
                role=kept.interview.role,
                start=echo(kept.interview.start),
            )
        )
    counts = (
        (len(imported.added), phrase("new")),
        (len(imported.updated), phrase("changed")),
        (imported.unchanged, phrase("known")),
    )
    told = (f"{count} {state.phrase(name)}" for count, name in counts if count)
    state.say(", ".join(told) or phrase("nothing in it"))
    return 1 if reading.skipped or imported.skipped else 0


def _following(playbook: str | None, interview: Interview) -> Interview:
    """What is remembered follows the playbook for good, not just in this command."""
    return replace(interview, playbook=playbook) if playbook and not interview.playbook else interview


def _written(playbook: str | None, row: "Written") -> "Written":
    """The same for what its row says."""
    if not playbook or "playbook" in row.said():
        return row
    said = {**row.said(), "playbook": playbook}
    return replace(row, keys=tuple(said), values=tuple(said.values()))

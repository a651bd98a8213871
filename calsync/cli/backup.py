"""``calsync backup``: a whole copy of what is remembered."""

from pathlib import Path

import click

from calsync.cli.options import common_options
from calsync.cli.output import clean
from calsync.cli.state import State, pass_state
from calsync.errors import BadData, CannotWrite, NoInput
from calsync.phrase import phrase

__all__ = ["backup"]


@click.command()
@click.argument("file", required=False, metavar="[FILE]")
@common_options
@pass_state
def backup(state: State, /, file: str | None) -> None:
    """Copy everything that is remembered to FILE, or beside the store where none is named.

    The copy is whole, whatever else is running. It is a store itself: to go
    back to it, move the store away and put a copy of it in its place. A store
    that is damaged is not copied over an older copy.
    """
    context = state.context()
    if not context.has_store:
        raise NoInput(
            phrase("nothing is remembered yet"),
            remedy=phrase("calsync add remembers an interview"),
            code="CS-INP-019",
        )
    with context.open_store() as store:
        to = _place(Path(store.backup_of(state.clock.date())), file)
        if problems := store.check():
            raise BadData(
                phrase("the store is damaged, and no copy was made: {problems}", problems=problems[0]),
                remedy=phrase("calsync doctor names the last copy"),
                where=store.path,
                code="CS-STO-011",
            )
        store.backup(to)
    click.echo(clean(str(to)))


def _place(usual: Path, file: str | None) -> Path:
    """Where the copy goes; a folder takes it under its usual name, and no file of somebody's is written over."""
    if file is None:
        return usual
    try:
        to = Path(file) / usual.name if Path(file).is_dir() else Path(file)
        there = to.exists() or to.is_symlink()
    except ValueError:  # a NUL in the name
        raise CannotWrite(
            phrase("this is no name for a file"), where=file, remedy=phrase("name another")
        ) from None
    if there:
        raise CannotWrite(
            phrase("there is a file of that name already"), where=str(to), remedy=phrase("name another")
        )
    return to

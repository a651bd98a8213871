"""The options and the reading that every command with files shares."""

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from calsync.cli.options import State
from calsync.errors import Usage

if TYPE_CHECKING:
    from calsync.intake import BadRow, Reading
    from calsync.workflows import Desk

__all__ = ["file_options", "options_for", "read_files", "say_left_out"]

F = TypeVar("F", bound=Callable[..., Any])
_MOST_SHOWN = 20


def file_options(command: F) -> F:
    """How to read the files of a command."""
    return options_for("csv", "toml", "json")(command)


def options_for(*forms: str) -> Callable[[F], F]:
    """The same for other formats."""
    form = click.option(
        "--format",
        "form",
        type=click.Choice(forms),
        help="What the files hold, where their names do not say; needed for '-', the standard input.",
    )

    def decorated(command: F) -> F:
        for option in (*reversed(_OPTIONS), form):
            command = option(command)
        return command

    return decorated


_OPTIONS = (
    click.option("--map", "maps", multiple=True, metavar="HEADER=KEY", help="Read a CSV column as a key."),
    click.option("--skip-bad", is_flag=True, help="Take the good rows and leave the bad ones out."),
    click.option("--playbook", metavar="P", help="Follow this playbook where a record names none."),
)


def read_files(
    state: State,
    desk: "Desk",
    files: Sequence[str],
    *,
    form: str | None,
    maps: Sequence[str],
    skip_bad: bool,
    with_written: bool = False,
) -> "Reading":
    """The interviews in ``files``; what was recognised and what was left out is said."""
    from calsync.intake import Source  # noqa: PLC0415  # what is remembered needs no reader

    sources = [Source("-", sys.stdin.buffer) if file == "-" else Source(file) for file in files]
    reading = desk.read(
        sources, form=form, skip_bad=skip_bad, headers=_headers(maps), with_written=with_written
    )
    for header, key in reading.recognised.items():
        if state.verbose:
            state.say(f"calsync: the column {header!r} is read as {key}")
    if not reading.interviews and not reading.skipped:
        state.say(f"calsync: no interview in {', '.join(source.name for source in sources)}")
    for note in reading.notes:
        state.say(f"calsync: {note}")
    say_left_out(state, reading.skipped)
    return reading


def say_left_out(state: State, rows: "Sequence[BadRow]") -> None:
    """The rows that are not taken, with what is wrong with them."""
    for row in rows[:_MOST_SHOWN]:
        for line in row.lines():
            state.say(f"calsync: left out: {line}")
    if len(rows) > _MOST_SHOWN:
        state.say(f"calsync: and {len(rows) - _MOST_SHOWN} more rows left out")


def _headers(maps: Sequence[str]) -> dict[str, str]:
    headers = {}
    for each in maps:
        header, equals, key = each.rpartition("=")
        if not equals:
            raise Usage(f"--map {each!r} has no =", remedy='write it like --map "Date=start"')
        headers[header] = key
    return headers

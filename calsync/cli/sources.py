"""What a command is about: the interviews in the files that are named, or else those that are remembered.

Here are the options that say how to read files, for every command that takes them.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click
import msgspec

from calsync.cli.memory import memory
from calsync.cli.state import State, read_moment
from calsync.errors import Usage
from calsync.intake import BadRows, Source, Ways
from calsync.phrase import phrase
from calsync.workflows import Context
from calsync.workflows.plans import FilePlans, Plans, StorePlans, WhatIfPlans

if TYPE_CHECKING:
    from datetime import datetime

    from calsync.intake import BadRow, Reading
    from calsync.intake.date_columns import DateOrder
    from calsync.store import Store

__all__ = [
    "FoundPlans",
    "How",
    "SheetOptions",
    "file_options",
    "options_for",
    "plan_options",
    "plans_of",
    "read_files",
    "say_left_out",
]

DATE_ORDERS = ("dmy", "mdy")
F = TypeVar("F", bound=Callable[..., Any])
_MOST_SHOWN = 20


def file_options(command: F) -> F:
    """How to read the files of a command."""
    return options_for("csv", "xlsx", "toml", "json")(command)


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
    click.option(
        "--map", "maps", multiple=True, metavar="HEADER=KEY", help="Read a sheet's column as a key."
    ),
    click.option(
        "--strict", is_flag=True, help="Refuse columns that nobody knows, in place of leaving them out."
    ),
    click.option(
        "--dates",
        type=click.Choice(DATE_ORDERS),
        help="How 03/04/2026 is meant where the column does not show it: day first or month first.",
    ),
    click.option("--skip-bad", is_flag=True, help="Take the good rows and leave the bad ones out."),
    click.option("--playbook", metavar="P", help="Follow this playbook where a record names none."),
)


def read_files(
    state: State,
    context: "Context",
    files: Sequence[str],
    how: "SheetOptions",
    *,
    with_written: bool = False,
) -> "Reading":
    """The interviews in ``files``; what was recognised and what was left out is said."""
    sources = [Source("-", sys.stdin.buffer) if file == "-" else Source(file) for file in files]
    try:
        reading = context.read(
            sources,
            form=how["form"],
            skip_bad=how["skip_bad"],
            with_written=with_written,
            ways=Ways(
                _headers(how["maps"]),
                kept=state.settings.csv_map,
                strict=how["strict"],
                dates=how["dates"] or "",
            ),
        )
    except BadRows as error:
        for remark in error.remarks:
            state.warn(remark)
        raise
    if not reading.interviews and not reading.skipped:
        names = ", ".join(source.name for source in sources)
        state.warn(phrase("no interview in {files}"), files=names)
    for note in reading.notes:
        state.warn(note)
    say_left_out(state, reading.skipped)
    return reading


def say_left_out(state: State, rows: "Sequence[BadRow]") -> None:
    """The rows that are not taken, with what is wrong with them."""
    for row in rows[:_MOST_SHOWN]:
        for line in row.lines():
            state.warn(phrase("left out: {what}"), what=line)
    if len(rows) > _MOST_SHOWN:
        more = len(rows) - _MOST_SHOWN
        state.warn(phrase("and {count} more rows left out"), count=more)


def _headers(maps: Sequence[str]) -> dict[str, str]:
    headers = {}
    for each in maps:
        header, equals, key = each.rpartition("=")
        if not equals:
            raise Usage(
                phrase("--map {each!r} has no =", each=each),
                remedy=phrase('write it like --map "Date=start"'),
            )
        headers[header] = key
    return headers


class SheetOptions(TypedDict):
    """What ``file_options`` give a command, but for the playbook."""

    form: str | None
    maps: tuple[str, ...]
    strict: bool
    dates: "DateOrder | None"
    skip_bad: bool


class How(SheetOptions):
    """What ``plan_options`` give a command."""

    playbook: str | None
    floor: str | None


class FoundPlans(msgspec.Struct, frozen=True):
    """The context, the plans, and the exit code of a command that does nothing else: 1 where rows were left out."""

    context: Context
    source: Plans
    code: int = 0


def plan_options(command: F) -> F:
    """How to read the files of a command, and how to plan what is in them."""
    return file_options(_FROM(command))


_FROM = click.option(
    "--from", "floor", metavar="WHEN", help="Place nothing before WHEN, a day or a time of yours."
)


@contextmanager
def plans_of(state: State, files: Sequence[str], how: How) -> Iterator[FoundPlans]:
    """The plans of the interviews in ``files``, or of those remembered where no file is named.

    Raises Usage where there is neither.
    """
    floor = how["floor"]
    not_before = read_moment(state, floor, "--from") if floor else None
    if files:
        yield _of_files(state, files, how, not_before)
        return
    _refuse_file_options(how)
    if not state.context().has_store:
        raise _nothing()
    with memory(state) as (context, store):
        if next(store.interviews(), None) is None:
            raise _nothing()
        yield FoundPlans(context, _remembered(state, context, store, how["playbook"], not_before))


def _of_files(state: State, files: Sequence[str], how: How, not_before: "datetime | None") -> FoundPlans:
    context = state.context(playbook=how["playbook"])
    reading = read_files(state, context, files, how)
    source = FilePlans(context, reading.interviews, not_before=not_before)
    return FoundPlans(context, source, 1 if reading.skipped else 0)


def _remembered(
    state: State, context: Context, store: "Store", playbook: str | None, not_before: "datetime | None"
) -> Plans:
    if playbook is None and not_before is None:
        return StorePlans(store)
    return WhatIfPlans(
        state.context(playbook=playbook) if playbook else context, store, not_before=not_before
    )


def _refuse_file_options(how: How) -> None:
    given = [
        flag
        for flag, value in (
            ("--format", how["form"]),
            ("--map", how["maps"]),
            ("--strict", how["strict"]),
            ("--dates", how["dates"]),
            ("--skip-bad", how["skip_bad"]),
        )
        if value
    ]
    if given:
        raise Usage(
            phrase("{given} says how to read a file, and no file is named", given=given[0]),
            remedy=phrase("name a .csv, .toml or .json file of interviews"),
            code="CS-USE-034",
        )


def _nothing() -> Usage:
    return Usage(
        phrase("no file is named, and nothing is remembered yet"),
        remedy=phrase(
            "name a .csv, .toml or .json file of interviews, or remember one with calsync add; see calsync demo"
        ),
        code="CS-USE-035",
    )

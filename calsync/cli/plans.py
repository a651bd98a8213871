"""The plans that a command is about: of the files that are named, or else of what is remembered."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from calsync.cli.files import file_options, read_files
from calsync.cli.options import State, read_moment
from calsync.domain.value import Value
from calsync.errors import Usage
from calsync.workflows import Desk
from calsync.workflows.plans import FilePlans, Plans, StorePlans, WhatIfPlans

if TYPE_CHECKING:
    from datetime import datetime

    from calsync.store import Store

__all__ = ["Found", "How", "plan_options", "plans_of"]

F = TypeVar("F", bound=Callable[..., Any])


class How(TypedDict):
    """What ``plan_options`` give a command."""

    form: str | None
    maps: tuple[str, ...]
    skip_bad: bool
    playbook: str | None
    floor: str | None


class Found(Value):
    """The desk, the plans, and the exit code of a command that does nothing else: 1 where rows were left out."""

    desk: Desk
    source: Plans
    code: int = 0


def plan_options(command: F) -> F:
    """How to read the files of a command, and how to plan what is in them."""
    return file_options(_FROM(command))


_FROM = click.option(
    "--from", "floor", metavar="WHEN", help="Place nothing before WHEN, a day or a time of yours."
)


@contextmanager
def plans_of(state: State, files: Sequence[str], how: How) -> Iterator[Found]:
    """The plans of the interviews in ``files``, or of those remembered where no file is named.

    Raises Usage where there is neither.
    """
    floor = how["floor"]
    not_before = read_moment(floor, state.preferences, "--from") if floor else None
    if files:
        yield _of_files(state, files, how, not_before)
        return
    from calsync.cli.memory import memory  # noqa: PLC0415  # files need no store

    _refuse_file_options(how)
    if not state.desk().has_store:
        raise _nothing()
    with memory(state) as (desk, store):
        if next(store.interviews(), None) is None:
            raise _nothing()
        yield Found(desk, _remembered(state, desk, store, how["playbook"], not_before))


def _of_files(state: State, files: Sequence[str], how: How, not_before: "datetime | None") -> Found:
    desk = state.desk(playbook=how["playbook"])
    reading = read_files(state, desk, files, form=how["form"], maps=how["maps"], skip_bad=how["skip_bad"])
    source = FilePlans(desk, reading.interviews, not_before=not_before)
    return Found(desk, source, 1 if reading.skipped else 0)


def _remembered(
    state: State, desk: Desk, store: "Store", playbook: str | None, not_before: "datetime | None"
) -> Plans:
    if playbook is None and not_before is None:
        return StorePlans(store)
    return WhatIfPlans(state.desk(playbook=playbook) if playbook else desk, store, not_before=not_before)


def _refuse_file_options(how: How) -> None:
    given = [
        flag
        for flag, value in (
            ("--format", how["form"]),
            ("--map", how["maps"]),
            ("--skip-bad", how["skip_bad"]),
        )
        if value
    ]
    if given:
        raise Usage(
            f"{given[0]} says how to read a file, and no file is named",
            remedy="name a .csv, .toml or .json file of interviews",
            code="CS-USE-034",
        )


def _nothing() -> Usage:
    return Usage(
        "no file is named, and nothing is remembered yet",
        remedy="name a .csv, .toml or .json file of interviews, or remember one with calsync add; see calsync demo",
        code="CS-USE-035",
    )

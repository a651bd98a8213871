"""The keys of an interview's record as options of ``add`` and ``edit``, and what was typed into them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeVar

import click

from calsync.domain import Preferences
from calsync.errors import BadValue
from calsync.intake.keys import KEYS
from calsync.intake.records import read_typed

__all__ = ["record_options", "record_options_but", "typed"]

F = TypeVar("F", bound=Callable[..., Any])


def record_options(command: F) -> F:
    """An option for each key."""
    return record_options_but()(command)


def record_options_but(*keys: str) -> Callable[[F], F]:
    """The same without some keys, which the command has options of its own for."""

    def decorated(command: F) -> F:
        for name, key in reversed(list(KEYS.items())):
            if key.option and name not in keys:
                flag, metavar = key.option
                command = click.option(flag, name, metavar=metavar, help=key.help)(command)
        return command

    return decorated


def typed(
    given: Mapping[str, str | None],
    preferences: Preferences,
    now: datetime,
    beside: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, str]:
    """What was typed, with spoken days as dates and phone numbers read; nothing for what was not.

    ``beside`` are values that are known already: country and zone say how to read. Raises BadValue for a number or a day that cannot be meant.
    """
    read = read_typed({k: v for k, v in given.items() if v is not None}, preferences, now, beside)
    for fault in read.faults:
        raise BadValue(fault.what, remedy=fault.remedy, where=fault.key, code=fault.code)
    return read.values

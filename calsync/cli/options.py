"""Options that every command takes, before or after its name; what they amount to is in ``state``."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

__all__ = ["Common", "common_options"]

F = TypeVar("F", bound=Callable[..., Any])


class Common:
    """What the common options say, as it was typed."""

    home: str | None = None
    now: str | None = None
    quiet = False
    verbose = False
    debug = False
    no_input = False


_NAMES = ("home", "now", "quiet", "verbose", "debug", "no_input")


def common_options(command: F) -> F:
    """Add the options that are taken before and after a command's name."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def _keep(context: click.Context, parameter: click.Parameter, value: object) -> None:
    """What was said last counts; what was not said leaves what was said before the command's name."""
    common = context.ensure_object(Common)
    if parameter.name in _NAMES and value not in (None, False):
        setattr(common, parameter.name, value)


_OPTIONS: tuple[Callable[[F], F], ...] = (
    click.option("--home", metavar="DIR", expose_value=False, callback=_keep, help="Keep everything in DIR."),
    click.option(
        "--now",
        metavar="WHEN",
        expose_value=False,
        callback=_keep,
        help="Take WHEN (2026-11-24T09:00:00-05:00) for the present time.",
    ),
    click.option(
        "--quiet", is_flag=True, expose_value=False, callback=_keep, help="Say only what was asked for."
    ),
    click.option("-v", "--verbose", is_flag=True, expose_value=False, callback=_keep, help="Say more."),
    click.option(
        "--debug", is_flag=True, expose_value=False, callback=_keep, help="Show the traceback of a bug."
    ),
    click.option(
        "--no-input", is_flag=True, expose_value=False, callback=_keep, help="Never ask a question."
    ),
)

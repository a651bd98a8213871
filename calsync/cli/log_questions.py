"""What ``calsync log`` asks in a terminal: which follow-up, what came of it by one key, and the day it needs."""

import string
from collections.abc import Callable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import click

from calsync.cli.output import clean, cut, terminal_width
from calsync.cli.state import State
from calsync.domain import Event, Interview
from calsync.domain.outcome import Result
from calsync.errors import CalsyncError, NoInput
from calsync.phrase import phrase
from calsync.texts.catalogue import say
from calsync.texts.outcomes import FIRST, NEWS, WORDS
from calsync.texts.phrases import value, what
from calsync.workflows.due import Agenda

if TYPE_CHECKING:
    from calsync.store import Store
    from calsync.workflows import Context

__all__ = ["ask_day", "ask_outcome", "ask_which", "confirm"]

_MOST = 9
_ENDS = ("\x03", "\x04", "\x1b")
"""Ctrl-C, Ctrl-D and Escape, as a terminal without line editing gives them."""


def ask_which(state: State, context: "Context", store: "Store") -> str:
    """The ref of the follow-up it is about, of those that are due; any name can be typed too."""
    own, language = state.preferences.zone, state.language
    waits = list(islice(Agenda(context, store, state.clock).due(), _MOST))
    if not waits:
        raise NoInput(
            phrase("nothing is pending"),
            remedy=phrase("calsync list shows the interviews"),
            code="CS-LOG-003",
        )
    click.echo(say("What is it about?", language), err=True)
    for key, due in enumerate(waits, 1):
        when = value(due.event.start.astimezone(own), language)
        doing = what(due.event, due.interview, language)
        line = f"  {key}  {when}  {doing} ({due.interview.company})"
        click.echo(cut(clean(line), terminal_width()), err=True)
    keys = [str(key) for key in range(1, len(waits) + 1)]
    return waits[keys.index(_key(state, keys, keys[0]))].planned.ref


def ask_outcome(state: State, interview: Interview, event: Event | None) -> Result:
    """What came of it, by one key: first what fits the follow-up, then news of the employer's."""
    results = [*FIRST[event.action], *NEWS] if event else list(NEWS)
    results = list(dict.fromkeys(results))
    about = f"{what(event, interview, state.language)} ({interview.company})" if event else interview.company
    click.echo(clean(say("What came of it? {about}", state.language, about=about)), err=True)
    keys = string.ascii_lowercase[: len(results)]
    for key, result in zip(keys, results, strict=True):
        click.echo(f"  {key}  {say(WORDS[result].label, state.language)}", err=True)
    return results[keys.index(_key(state, list(keys), ""))]


def ask_day(state: State, result: Result, read: Callable[[str], object]) -> str:
    """The day that an outcome needs, asked again until it can be read."""
    question = say(WORDS[result].question, state.language)

    def answered(text: str) -> str:
        try:
            read(text)
        except CalsyncError as error:
            raise click.UsageError(str(error)) from None
        return text

    answer: str = click.prompt(question, value_proc=answered, err=True)
    return answer


def confirm(question: str) -> bool:
    """Yes or no; Enter is no."""
    click.echo(f"{clean(question)} [y/N] ", nl=False, err=True)
    yes = click.getchar().lower() in {"y", "j"}
    click.echo("y" if yes else "n", err=True)
    return yes


def _key(state: State, keys: Sequence[str], default: str) -> str:
    """One of the keys; Enter is the default where there is one. Ctrl-C, Ctrl-D and Escape end it all."""
    click.echo(f"{say('Press a key', state.language)} [{keys[0]}–{keys[-1]}]: ", nl=False, err=True)
    while True:
        pressed = click.getchar().lower()
        if pressed in _ENDS:
            click.echo("", err=True)
            raise click.Abort
        if pressed in {"\r", "\n"} and default:
            pressed = default
        if pressed in keys:
            click.echo(pressed, err=True)
            return pressed

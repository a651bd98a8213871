"""Questions in a terminal, one after another: Enter skips what is optional, ``<`` goes back, nothing that was answered is lost."""

import sys
from collections.abc import Callable, Sequence

import click
import msgspec

from calsync.cli.state import State
from calsync.errors import CalsyncError

__all__ = ["Question", "ask", "can_ask"]

_BACK = "<"


class Question(msgspec.Struct, frozen=True):
    """What is asked for a key; ``assumed`` is what Enter takes, and Enter is no answer where it is ``needed``."""

    key: str
    text: str
    assumed: str = ""
    needed: bool = False


Read = Callable[[str, str], str]
"""Of a key and an answer what it is read as, for an echo; raises CalsyncError for one that cannot be read."""


def can_ask(state: State) -> bool:
    """Whether somebody is there to answer."""
    return not state.no_input and sys.stdin.isatty()


def ask(state: State, questions: Sequence[Question], read: Read) -> dict[str, str]:
    """The answers by key, "" for those that were skipped. Ctrl-C ends it all, and nothing was kept."""
    answers: dict[str, str] = {}
    state.say("Enter skips what is optional, < goes back.")
    place = 0
    while place < len(questions):
        question = questions[place]
        answer = _answer(state, question, answers.get(question.key, question.assumed))
        if answer == _BACK:
            place = max(0, place - 1)
            continue
        problem = _problem(state, question, answer, read)
        if problem:
            click.echo(f"Error: {problem}", err=True)
            continue
        answers[question.key] = answer
        place += 1
    return answers


def _answer(state: State, question: Question, assumed: str) -> str:
    answer: str = click.prompt(
        state.phrase(question.text), default=assumed, show_default=bool(assumed), err=True
    )
    return answer.strip()


def _problem(state: State, question: Question, answer: str, read: Read) -> str:
    """Why an answer will not do; "" where it does, and what it was read as is echoed."""
    if not answer:
        return state.phrase("this one is needed") if question.needed else ""
    try:
        echo = read(question.key, answer)
    except CalsyncError as error:
        return error.said(state.phrase)
    if echo:
        click.echo(f"  {echo}", err=True)
    return ""

"""``calsync script``: one text, to read aloud, to paste, or to open in a mail program."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Unpack

import click

from calsync.cli.as_json import document
from calsync.cli.options import common_options
from calsync.cli.output import clean, pad, terminal_width, wrapped
from calsync.cli.sources import How, plan_options, plans_of
from calsync.cli.state import State, pass_state
from calsync.errors import Unavailable, Usage
from calsync.phrase import phrase
from calsync.settings import needed
from calsync.texts import FORMS, Form, Words, fields, mailto, template_name
from calsync.texts import script as script_of
from calsync.texts.catalogue import FOLDER

__all__ = ["copy", "script"]


# The clipboard, through the program that this system has for it; another one is a row of ``_TOOLS``.

_TOOLS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("pbcopy",), ""),
    (("clip",), "WINDIR"),
    (("wl-copy",), "WAYLAND_DISPLAY"),
    (("xclip", "-selection", "clipboard"), "DISPLAY"),
    (("xsel", "--clipboard", "--input"), "DISPLAY"),
    (("clip.exe",), "WSL_DISTRO_NAME"),
)
"""Each program with its arguments, and the variable without which it has no screen to talk to."""
_SECONDS = 10


def copy(text: str) -> str:
    """Copy ``text``; the name of the program that took it. Raises Unavailable where there is none."""
    for command in _usable():
        octets = text.encode("utf-16-le" if command[0].startswith("clip") else "utf-8", "replace")
        try:
            subprocess.run(command, input=octets, check=True, timeout=_SECONDS, stdout=subprocess.DEVNULL)  # noqa: S603  # a row of the table
        except (OSError, subprocess.SubprocessError):
            continue
        return command[0]
    raise Unavailable(
        phrase("there is no clipboard to copy to"),
        remedy=phrase(
            "install {it}, or leave out --copy",
            it="wl-clipboard or xclip" if sys.platform == "linux" else "a clipboard tool",
        ),
        code="CS-CLP-001",
    )


def _usable() -> Iterator[tuple[str, ...]]:
    return (
        command
        for command, screen in _TOOLS
        if shutil.which(command[0]) and (not screen or os.environ.get(screen))
    )


@click.command()
@click.argument("event", required=False)
@click.option("--as", "as_", type=click.Choice(FORMS), help="Which text; without, the one for its step.")
@click.option(
    "--in", "files", multiple=True, metavar="FILE", help="A file of interviews; may be given again."
)
@click.option("--mailto", "as_link", is_flag=True, help="An email as a link that a mail program opens.")
@click.option("--copy", "to_clipboard", is_flag=True, help="Copy the text instead of printing it.")
@click.option("--edit", "to_edit", is_flag=True, help="Open a copy of the template, to make it your own.")
@click.option("--fields", "list_fields", is_flag=True, help="List what a text of your own can name, and end.")
@plan_options
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def script(
    state: State,
    /,
    event: str | None,
    as_: Form | None,
    files: tuple[str, ...],
    as_link: bool,
    to_clipboard: bool,
    to_edit: bool,
    list_fields: bool,
    as_json: bool,
    **how: Unpack[How],
) -> int:
    """Print what to say or write for EVENT: opening, question, voicemail, email.

    EVENT is what plan, today and month call it (1.3), a uid or its beginning, or an
    interview for its next call or email; with --in FILE a uid, its beginning, or a
    step (status, second).

    \b
    calsync script 1                      the text for the next follow-up
    calsync script 1.3 --as voicemail     what to leave when nobody answers
    calsync script 1.4 --mailto           the email as a link

    --edit opens a text as a copy of your own, in the folder texts/ of calsync's
    home under the name of ours (status.call.txt); --fields lists what it can name.
    """
    if list_fields:
        _print_fields(as_json=as_json)
        return 0
    if event is None:
        raise Usage(
            phrase("no event is named"),
            remedy=phrase("write its number, calsync plan shows them"),
            code="CS-USE-036",
        )
    with plans_of(state, files, how) as found:
        plan, its = found.source.one(event)
        mine, words = found.context.preferences, found.context.words
        if to_edit:
            _edit(state, words.speaking(plan.interview.language), template_name(plan, its, mine, words, as_))
            return found.code
        told = script_of(plan, its, mine, words, "email" if as_link else as_)
        link = mailto(plan, its, mine, words) if as_link else ""
        named = bool(plan.interview.candidate or mine.candidate.name)
    if as_json:
        more = {"mailto": link} if link else {}
        click.echo(
            document(subject=told.subject, text=told.text, to=told.to, unfinished=told.unfinished, **more)
        )
    else:
        _give(
            state,
            link or (f"{told.subject}\n\n{told.text}" if told.subject else told.text),
            copied=to_clipboard,
        )
    if told.unfinished:
        state.say("Finish the marked line before you send it.")
    if not named:
        command = 'calsync config set candidate.name "…"'
        state.say("Your name is missing in it: {command}", command=command)
    return found.code


def _edit(state: State, words: Words, name: str) -> None:
    """Copy a template into the user's own, if it is not there yet, open it, and refuse what it cannot name."""
    folder = Path(needed(state.folders.texts))
    mine = next(
        (file for file in (folder / words.language / f"{name}.txt", folder / f"{name}.txt") if file.exists()),
        None,
    )
    file = mine or folder / words.language / f"{name}.txt"
    if mine is None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            (FOLDER / words.language / f"{name}.txt").read_text(encoding="utf-8"), encoding="utf-8"
        )
    click.edit(filename=str(file))
    Words.load(folder)
    state.say("This text is yours now: {file}", file=file)


def _give(state: State, text: str, *, copied: bool) -> None:
    if copied:
        state.say("Copied with {program}.", program=copy(text))
    else:
        click.echo("\n".join(clean(line) for line in text.split("\n")))


def _print_fields(*, as_json: bool) -> None:
    known = fields()
    if as_json:
        click.echo(document(fields=dict(known)))
        return
    for name, meaning in known.items():
        for number, line in enumerate(wrapped(meaning, terminal_width() - 20)):
            click.echo(f"  {pad(f'${name}' if number == 0 else '', 16)}  {line}")

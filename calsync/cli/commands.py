"""The commands there are, as the help lists them, and what is said to whoever types one wrongly.

A new command is a module in this folder with a click command named like it, and
a row in ``SECTIONS``. Its module is loaded when it is called; the help needs none.
"""

import re
from difflib import get_close_matches
from importlib import import_module
from keyword import iskeyword

import click

from calsync.errors import Usage
from calsync.phrase import joined, phrase

__all__ = ["COMMANDS", "SECTIONS", "Commands", "Everything", "as_usage"]

SECTIONS = {
    "Begin": {
        "demo": "Show the follow-ups of made-up interviews, and why they are where they are.",
        "add": "Remember an interview, and see its follow-ups.",
        "import": "Remember the interviews in files and invitations.",
    },
    "Day by day": {
        "next": "Show the one thing to do now, with number, times and what to say.",
        "today": "Show what is due today, and what is overdue.",
        "month": "Show six weeks: interviews, follow-ups, holidays.",
        "log": "Record what happened; what is still to come follows.",
        "move": "Move one follow-up to a time that suits you better.",
        "phone": "Put follow-ups on a phone: a code for its camera, links for calendars.",
        "script": "Print what to say or write: call, voicemail, gatekeeper, email.",
    },
    "Interviews": {
        "list": "List the interviews that are remembered, with their numbers.",
        "show": "Show one interview: its record, follow-ups and log.",
        "edit": "Change an interview; its follow-ups go along.",
        "remove": "Forget an interview and its follow-ups.",
        "undo": "Take back the last change; again, the one before.",
        "redo": "Make again what was taken back last.",
        "history": "List the changes, the newest first.",
    },
    "Dates": {
        "plan": "Show all follow-ups, of what is remembered or of files.",
        "why": "Explain the date of each follow-up.",
        "export": "Write the follow-ups to an .ics file for your calendar.",
    },
    "Look": {
        "web": "Open a page in your browser: what to do next, six weeks, and why.",
    },
    "Calendars": {
        "auth": "Sign in to Google, iCloud, Fastmail and others; sign out.",
        "sync": "Push the follow-ups into a calendar of their own there.",
    },
    "Set up": {
        "setup": "Say who you are, once: name, email, phone, country, time zone.",
        "config": "Show and change your settings: name, hours, country, alarms.",
        "playbook": "List, show, compare and check playbooks: which advice to follow.",
        "doctor": "Say what is where, what is wrong, and what rings.",
        "backup": "Copy everything that is remembered to a file.",
        "schema": "Print what a record, the settings or a playbook may hold, for editors.",
        "completion": "Print what makes your shell complete commands and options.",
        "help": "Show the help of a command.",
        "version": "Show the version.",
    },
}
"""Each command under its heading, with its line in the help."""

COMMANDS = {name: line for section in SECTIONS.values() for name, line in section.items()}

_TOGETHER = {"redo": "undo"}
"""Commands that stand in the module of another."""
_BUILT_IN = {"help", "list", "next"}
"""Names that Python has already: their commands are called ``list_`` and so on."""


class Commands(click.Group):
    """A group of commands: alone it is a question for its help, and an unknown name gets the nearest.

    Where a shell completes (``resilient_parsing``), nothing is said and nothing is refused.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Whoever types the group's name alone wants to see what there is; that is no mistake."""
        if not args and self.no_args_is_help and not ctx.resilient_parsing:
            click.echo(ctx.get_help())
            ctx.exit()
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names. Raises Usage with the nearest one there is."""
        name = args[0]
        if self.get_command(ctx, name) is None and not ctx.resilient_parsing:
            raise Usage(
                phrase("there is no command {name!r}", name=name[:60]),
                where=_below(ctx),
                remedy=_instead(_near(name, self.list_commands(ctx)), ctx),
                code="CS-USE-003",
            )
        return super().resolve_command(ctx, args)


class Everything(Commands):
    """The commands, imported when they are called; the help names them before the options."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the help."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, from its module."""
        if cmd_name not in COMMANDS:
            return None
        del ctx
        name = f"{cmd_name}_" if iskeyword(cmd_name) or cmd_name in _BUILT_IN else cmd_name
        module = import_module(f"calsync.cli.{_TOGETHER.get(name, name)}")
        command = getattr(module, name)
        return command if isinstance(command, click.Command) else None

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Commands first; the help needs none of their modules."""
        longest = max(map(len, COMMANDS))
        for title, section in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(longest), line) for name, line in section.items()])
        click.Command.format_options(self, ctx, formatter)


def as_usage(error: click.ClickException) -> Usage:
    """What click has against the arguments, as an error of ours."""
    context: click.Context | None = getattr(error, "ctx", None)
    what: str = _as_part(error.format_message())
    instead: str = ""
    if isinstance(error, click.NoSuchOption):
        what = phrase("there is no option {option_name}", option_name=error.option_name[:60])
        instead = joined(list(error.possibilities or [])[:2], phrase(" or "))
    if isinstance(error, click.MissingParameter):
        what = " ".join(what.split())  # the choices stand on lines of their own
    if "\n" in what:
        what = what.replace("\n", "\\n")  # of an argument: each error is one line
    where, remedy = (
        (_below(context), _instead(instead, context)) if context else ("", phrase("try calsync --help"))
    )
    return Usage(_known(what), where=where, remedy=remedy, code="CS-USE-002")


_OF_CLICK = (
    phrase("option '{name}' requires an argument"),
    phrase("option '{name}' does not take a value"),
    phrase("missing argument '{name}'. Choose from: {choices}"),
    phrase("missing argument '{name}'"),
    phrase("missing option '{name}'"),
    phrase("got unexpected extra argument ({names})"),
    phrase("got unexpected extra arguments ({names})"),
    phrase("invalid value for '{name}': {why}"),
    phrase("'{value}' is not one of {choices}"),
    phrase("'{value}' is not a valid integer"),
    phrase("'{value}' is not a valid integer range"),
    phrase("'{value}' is not a valid float range"),
    phrase("{value} is not in the range {range}"),
)
"""What click says, which has its words in English alone; in this order, the longer one first."""


def _known(text: str) -> str:
    """A sentence of click's with what fills it, so that it can be said in the user's language."""
    for sentence in _OF_CLICK:
        pieces = (piece for piece in re.split(r"\{(\w+)\}", sentence))
        pattern = "".join(
            f"(?P<{piece}>.*)" if place % 2 else re.escape(piece) for place, piece in enumerate(pieces)
        )
        if found := re.fullmatch(pattern, text, re.DOTALL):
            return phrase(sentence, **{name: _known(value) for name, value in found.groupdict().items()})
    return text


def _as_part(message: str) -> str:
    """A sentence of click's as a part of ours."""
    return message[:1].lower() + message[1:].rstrip(".")


def _below(context: click.Context) -> str:
    """The command that was typed, without the program's own name: ``playbook show``."""
    return context.command_path.partition(" ")[2]


def _instead(near: str, context: click.Context) -> str:
    help_ = phrase("see {command} --help", command=context.command_path)
    return phrase("try {near}, or {help}", near=near, help=help_) if near else help_


def _near(name: str, known: list[str]) -> str:
    return next(iter(get_close_matches(name[:60].lower(), known, 1, 0.5)), "")

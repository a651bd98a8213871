"""The commands there are, as their help lists them; each is a module in this folder, loaded when it is called."""

from importlib import import_module
from keyword import iskeyword

import click

from calsync.cli.usage import Commands

__all__ = ["COMMANDS", "SECTIONS", "Everything"]

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
        "script": "Print what to say or write: call, voicemail, gatekeeper, email.",
    },
    "Interviews": {
        "list": "List the interviews that are remembered, with their numbers.",
        "show": "Show one interview: its record, follow-ups and log.",
        "edit": "Change an interview; its follow-ups go along.",
        "remove": "Forget an interview and its follow-ups.",
        "undo": "Take back the last change; again, the one before.",
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
    "Google Calendar": {
        "auth": "Sign in to Google Calendar, see who is signed in, sign out.",
        "sync": "Push the follow-ups into a calendar of their own at Google.",
    },
    "Set up": {
        "config": "Show and change your settings: name, hours, country, alarms.",
        "playbook": "List, show, compare and check playbooks: which advice to follow.",
        "doctor": "Say what is where, what is wrong, and what rings.",
        "backup": "Copy everything that is remembered to a file.",
    },
}
"""Each command under its heading, with its line in the help."""

COMMANDS = {name: line for section in SECTIONS.values() for name, line in section.items()}

_BUILT_IN = {"list", "next"}
"""Names that Python has already: their commands are called ``list_`` and so on."""


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
        module = import_module(f"calsync.cli.{name}")
        command = getattr(module, name)
        return command if isinstance(command, click.Command) else None

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Commands first; the help needs none of their modules."""
        longest = max(map(len, COMMANDS))
        for title, section in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(longest), line) for name, line in section.items()])
        click.Command.format_options(self, ctx, formatter)

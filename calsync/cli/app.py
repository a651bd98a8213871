"""``calsync``: finds the command, and turns whatever goes wrong into one line and an exit code."""

import os
import sys
from importlib import import_module
from keyword import iskeyword

import click

from calsync import __version__
from calsync.cli.options import State, common_options
from calsync.errors import CalsyncError

__all__ = ["COMMANDS", "run"]

COMMANDS = {
    "demo": "Show the follow-ups of made-up interviews, and why they are where they are.",
    "add": "Remember an interview, and see its follow-ups.",
    "import": "Remember the interviews in files and invitations.",
    "next": "Show the one thing to do now.",
    "today": "Show what is due today, and what is overdue.",
    "log": "Record what happened; what is still to come follows.",
    "list": "List the interviews that are remembered.",
    "show": "Show one interview: its record, follow-ups and log.",
    "edit": "Change an interview; its follow-ups go along.",
    "remove": "Forget an interview and its follow-ups.",
    "undo": "Take back the last change.",
    "history": "List the changes, the newest first.",
    "plan": "Show follow-ups, of the store or of files.",
    "why": "Explain the date of each follow-up.",
    "export": "Write the follow-ups to an .ics file for your calendar.",
    "playbook": "List, show, compare and check playbooks: which advice to follow.",
}
"""Each command's module in this folder, and its line in the help; loaded when it is called."""

_BUILT_IN = {"list", "next"}
"""Names that Python has already: their commands are called ``list_`` and so on."""
_BUG = 70
_INTERRUPTED = 130
_IO = 74


class _Commands(click.Group):
    """Commands that are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        del ctx
        name = f"{cmd_name}_" if iskeyword(cmd_name) or cmd_name in _BUILT_IN else cmd_name
        module = import_module(f"calsync.cli.{name}")
        command = getattr(module, name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help needs no command's module."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Try: calsync demo. Then: calsync plan interviews.csv, calsync export interviews.csv -o follow-ups.ics",
)
@click.version_option(__version__, message="calsync %(version)s")
@common_options
def calsync() -> None:
    """Turn job interviews into dated follow-ups, and say why each date is where it is."""


def run(arguments: list[str] | None = None) -> int:
    """Run one command; gives the exit code. Only a bug of ours shows more than one line."""
    state = State()
    _lenient_streams()
    try:
        code = calsync.main(arguments, prog_name="calsync", standalone_mode=False, obj=state)
        sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001  # the last line of defence; see _told for what passes
        return _told(error, state)
    return code if isinstance(code, int) else 0


def _told(error: BaseException, state: State) -> int:
    """Say what went wrong in one line; gives the exit code."""
    match error:
        case CalsyncError():
            return _say(f"calsync: {error}", error.exit_code)
        case click.ClickException():
            return _say(_usage(error), error.exit_code)
        case click.Abort() | KeyboardInterrupt():
            return _say("calsync: interrupted", _INTERRUPTED)
        case BrokenPipeError():
            return _reader_gone()
        case OSError():
            return _say(f"calsync: {error.filename or 'output'}: {error.strerror or error}. (CS-IO-002)", _IO)
        case Exception():
            return _bug(error, debug=state.debug)
        case _:
            raise error


def _usage(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    hint = f" Try '{context.command_path} --help'." if context else ""
    return f"calsync: {error.format_message().rstrip('.')}.{hint} (CS-USE-002)"


def _bug(error: Exception, *, debug: bool) -> int:
    if debug:
        import traceback  # noqa: PLC0415  # only for a bug

        traceback.print_exception(error)
    what = f"calsync: this is a bug of ours: {type(error).__name__}: {error}"
    return _say(f"{what}; run it again with --debug and send us what it says. (CS-BUG-001)", _BUG)


def _say(message: str, code: int) -> int:
    try:
        click.echo(message, err=True)
    except OSError:
        return code
    finally:
        _discard_output()
    return code


def _reader_gone() -> int:
    """Whoever read our output has enough; that is no error, and nothing is left to say."""
    _discard_output()
    return 0


def _discard_output() -> None:
    """Let the interpreter's last flush meet no closed pipe and no full disk."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except (OSError, ValueError):
            return


def _lenient_streams() -> None:
    """A name in an alphabet that the terminal lacks must not end the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")

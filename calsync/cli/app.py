"""``calsync``: calls the command, and turns whatever goes wrong into one line and an exit code."""

import codecs
import os
import sys
import traceback
from contextlib import suppress
from difflib import get_close_matches
from errno import ENOSPC
from importlib import import_module
from keyword import iskeyword

import click

from calsync import __version__
from calsync.cli.options import State, common_options
from calsync.errors import CalsyncError, InputOutput, Usage

__all__ = ["COMMANDS", "SECTIONS", "Commands", "Everything", "as_usage", "run"]


# Commands typed wrongly: click's own errors in the house form, each with what to type instead.


class Commands(click.Group):
    """A group of commands: alone it is a question for its help, and an unknown name gets the nearest."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Whoever types the group's name alone wants to see what there is; that is no mistake."""
        if not args and self.no_args_is_help:
            click.echo(ctx.get_help())
            ctx.exit()
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names. Raises Usage with the nearest one there is."""
        name = args[0]
        if self.get_command(ctx, name) is None:
            raise Usage(
                f"there is no command {name[:60]!r}",
                where=_below(ctx),
                remedy=_instead(_near(name, self.list_commands(ctx)), ctx),
                code="CS-USE-003",
            )
        return super().resolve_command(ctx, args)


def as_usage(error: click.ClickException) -> Usage:
    """What click has against the arguments, as an error of ours."""
    context: click.Context | None = getattr(error, "ctx", None)
    what, instead = _said(error.format_message()), ""
    if isinstance(error, click.NoSuchOption):
        what = f"there is no option {error.option_name[:60]}"
        instead = " or ".join(list(error.possibilities or [])[:2])
    what = what.replace("\n", "\\n")  # of an argument: each error is one line
    where, remedy = (_below(context), _instead(instead, context)) if context else ("", "try calsync --help")
    return Usage(what, where=where, remedy=remedy, code="CS-USE-002")


def _said(message: str) -> str:
    """A sentence of click's as a part of ours."""
    return message[:1].lower() + message[1:].rstrip(".")


def _below(context: click.Context) -> str:
    """The command that was typed, without the program's own name: ``playbook show``."""
    return context.command_path.partition(" ")[2]


def _instead(near: str, context: click.Context) -> str:
    help_ = f"see {context.command_path} --help"
    return f"try {near}, or {help_}" if near else help_


def _near(name: str, known: list[str]) -> str:
    return next(iter(get_close_matches(name[:60].lower(), known, 1, 0.5)), "")


# The commands there are, as their help lists them; each is a module in this folder, loaded when it is called.

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


_BUG = 70
_INTERRUPTED = 130


_FIRST_STEPS = """\
\b
First steps:
  calsync demo                                 see what it does
  calsync config set candidate.name "Jo Doe"   so that scripts open with your name
  calsync add "Acme" "Product manager" --at "tomorrow 14:00" --decision "3 days"
  calsync next                                 what to do, with number and words
  calsync log 1 sent                           when the thank-you is on its way
  calsync export -o follow-ups.ics             for your calendar and its alarms

Every command tells more with --help. An interview goes by the number that list
shows, a follow-up by the number that plan, today and next show."""


@click.group(
    cls=Everything,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_FIRST_STEPS,
)
@click.version_option(__version__, message="calsync %(version)s")
@common_options
def calsync() -> None:
    """Turn job interviews into dated follow-ups, and say why each date is where it is.

    Tell it about an interview; it says whom to call or write, when, and with
    which words. Tell it what happened; the rest of the plan follows.
    """


def run(arguments: list[str] | None = None) -> int:
    """Run one command; gives the exit code. Whatever goes wrong is told in the house form, without a traceback."""
    state = State()
    _prepare_streams()
    try:
        code = calsync.main(arguments, prog_name="calsync", standalone_mode=False, obj=state)
        sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001  # the last line of defence; see _told for what passes
        return _told(error, state)
    return code if isinstance(code, int) else 0


def _told(error: BaseException, state: State) -> int:
    """Say what went wrong; gives the exit code."""
    match error:
        case CalsyncError():
            return _say(str(error), error.exit_code)
        case click.ClickException():
            return _say(str(as_usage(error)), error.exit_code)
        case click.Abort() | KeyboardInterrupt():
            return _say("interrupted", _INTERRUPTED)
        case BrokenPipeError() | SystemExit():  # click's word for a closed pipe; nothing of ours exits
            return _reader_gone()
        case OSError():
            return _failed(error)
        case Exception():
            return _bug(error, debug=state.debug)
        case _:
            raise error


def _failed(error: OSError) -> int:
    """A file that failed under our hands; without a name it was the output."""
    failed = InputOutput(
        error.strerror or str(error),
        where=str(error.filename or "output"),
        remedy="free some room, or write elsewhere" if error.errno == ENOSPC else "mend that, and try again",
        code="CS-IO-002",
    )
    return _say(str(failed), failed.exit_code)


def _bug(error: Exception, *, debug: bool) -> int:
    if debug:
        traceback.print_exception(error)
    what = " ".join(f"this is a bug of ours: {type(error).__name__}: {error}".split())
    return _say(f"{what}; run it again with --debug and send us what it says. (CS-BUG-001)", _BUG)


def _say(message: str, code: int) -> int:
    from calsync.cli.output import visible  # noqa: PLC0415  # only when something is wrong

    try:
        for line in message.split("\n"):
            click.echo(f"calsync: {visible(line)}", err=True)
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
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _prepare_streams() -> None:
    """Every stream there is, and able to take every name: none of this may end the program."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115  # stays open to the end
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115  # as above
        reconfigure = getattr(getattr(sys, name), "reconfigure", None)
        if reconfigure:
            reconfigure(errors="calsync")


def _escaped(error: UnicodeError) -> tuple[str, int]:
    r"""A letter that the output's alphabet lacks, written ``\u00e9``: nothing is lost, and JSON stays JSON."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    octets = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    units = (octets[at : at + 2].hex() for at in range(0, len(octets), 2))
    return "".join(f"\\u{unit}" for unit in units), error.end


codecs.register_error("calsync", _escaped)

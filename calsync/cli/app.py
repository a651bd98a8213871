"""``calsync``: calls the command, and turns whatever goes wrong into one line and an exit code."""

import codecs
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from errno import ENOSPC
from importlib import import_module

import click

from calsync import __version__
from calsync.cli.commands import Everything, as_usage
from calsync.cli.options import Common, common_options
from calsync.cli.output import visible
from calsync.errors import CalsyncError, InputOutput
from calsync.phrase import phrase

__all__ = ["run"]

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
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_FIRST_STEPS,
)
@click.version_option(__version__, message="calsync %(version)s")
@common_options
@click.pass_context
def calsync(context: click.Context) -> None:
    """Turn job interviews into dated follow-ups, and say why each date is where it is.

    Tell it about an interview; it says whom to call or write, when, and with
    which words. Tell it what happened; the rest of the plan follows.
    """
    if context.invoked_subcommand is None:
        from calsync.cli.overview import overview  # noqa: PLC0415  # 60 ms, for this alone; --help needs none of it

        click.echo(overview(context.obj) or context.get_help())


def run(arguments: list[str] | None = None) -> int:
    """Run one command; gives the exit code. Whatever goes wrong is told in the house form, without a traceback."""
    common = Common()
    _prepare_streams()
    try:
        if os.environ.get("_CALSYNC_COMPLETE", "").startswith("powershell"):
            from calsync.cli.completion import know_powershell  # noqa: PLC0415  # click knows the other shells

            know_powershell()
        code = calsync.main(arguments, prog_name="calsync", standalone_mode=False, obj=common)
        sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001  # the last line of defence; see _report for what passes
        return _report(error, common)
    finally:
        _settle_streams()
    return code if isinstance(code, int) else 0


def _report(error: BaseException, common: Common) -> int:
    """Say what went wrong; gives the exit code."""
    match error:
        case CalsyncError():
            return _say(error.said(_speaking(common)), error.exit_code)
        case click.ClickException():
            return _say(as_usage(error).said(_speaking(common)), error.exit_code)
        case click.Abort() | KeyboardInterrupt():
            return _say(_speaking(common)(phrase("interrupted")), _INTERRUPTED)
        # Whoever read our output has enough, or a shell was told what completes: nothing is left to say.
        case BrokenPipeError() | SystemExit() | click.exceptions.Exit():
            return 0
        case OSError():
            return _failed(error, common)
        case Exception():
            return _bug(error, common)
        case _:
            raise error


def _speaking(common: Common) -> Callable[[str], str]:
    """What puts a sentence into the user's language; English where their settings cannot be found."""
    speak: Callable[[str | None], Callable[[str], str]] = import_module("calsync.cli.state").speaking
    return speak(common.home)


def _failed(error: OSError, common: Common) -> int:
    """A file that failed under our hands; without a name it was the output."""
    failed = InputOutput(
        error.strerror or str(error),
        where=str(error.filename or phrase("output")),
        remedy=phrase("free some room, or write elsewhere")
        if error.errno == ENOSPC
        else phrase("mend that, and try again"),
        code="CS-IO-002",
    )
    return _say(failed.said(_speaking(common)), failed.exit_code)


def _bug(error: Exception, common: Common) -> int:
    if common.debug:
        traceback.print_exception(error)
    what = " ".join(f"{type(error).__name__}: {error}".split())
    told = phrase(
        "this is a bug of ours: {what}; run it again with --debug and send us what it says. (CS-BUG-001)",
        what=what,
    )
    return _say(_speaking(common)(told), _BUG)


def _say(message: str, code: int) -> int:
    with suppress(OSError):
        for line in message.split("\n"):
            click.echo(f"calsync: {visible(line)}", err=True)
    return code


def _settle_streams() -> None:
    """Write out what is left; a stream that cannot take it is given up.

    Else the interpreter would try once more at its end, on the closed pipe or the
    full disk, and end with 120 in place of the exit code.
    """
    for name in ("stdout", "stderr"):
        try:
            getattr(sys, name).flush()
        except (OSError, ValueError):
            nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # stays open to the end
            with suppress(OSError, ValueError):
                os.dup2(nowhere.fileno(), getattr(sys, name).fileno())
            setattr(sys, name, nowhere)


def _prepare_streams() -> None:
    """Every stream there is, and able to take every name: none of this may end the program."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115  # stays open to the end
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115  # stays open to the end
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

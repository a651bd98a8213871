"""``calsync web``: the page, for people who would rather look than read.

The only module of this room that knows the other one; see the contract in pyproject.toml.
"""

import os
import sys
import threading
import webbrowser
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

import click

from calsync.cli.memory import memory
from calsync.cli.options import common_options
from calsync.cli.state import State, pass_state
from calsync.errors import Unavailable
from calsync.extras import install_command
from calsync.phrase import phrase

__all__ = ["web"]

_INTERRUPTED = 130
_PATIENCE_SECONDS = 1.0
"""For a thread, after the server gave its answers their time."""
_PORTS = click.IntRange(0, 65535)
_PACKAGES = {"h11", "jinja2", "markupsafe", "python_multipart", "starlette", "uvicorn"}


@click.command()
@click.option("--port", type=_PORTS, default=0, help="Use this port, not any that is free.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option("--static", metavar="DIR", help="Write the page as one file into DIR and end.")
@click.option("--candidate", metavar="NAME", help="Begin with this candidate's, for coaches.")
@common_options
@pass_state
def web(state: State, port: int, no_browser: bool, static: str | None, candidate: str | None) -> None:
    """Open a page in your browser: what to do next, six weeks, and why each date is where it is.

    The page is on this computer alone and ends with Ctrl-C. Its address works
    once, in one browser. With --static DIR it is written as a file to look at,
    print or send, without buttons.
    """
    try:
        if static is not None:
            _write(state, Path(static), candidate)
        else:
            _serve(state, port, candidate, browser=not no_browser)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _PACKAGES:
            raise
        raise Unavailable(
            phrase("the page needs some more packages"),
            remedy=phrase("install them with: {command}", command=install_command("calsync[web]")),
            code="CS-WEB-001",
        ) from None


def _serve(state: State, port: int, candidate: str | None, *, browser: bool) -> None:
    from calsync.web.serving import serve  # noqa: PLC0415  # no other command loads a server

    with memory(state):  # what is wrong with store, settings or clock is told here, not on a page
        pass
    first = f"/?{urlencode({'candidate': candidate})}" if candidate else "/"

    def ready(address: str) -> None:
        click.echo(address)
        sys.stdout.flush()
        state.say("Ctrl-C ends the page.")
        if browser:
            _open(address)

    try:
        serve(
            lambda: _anew(state),
            port=port,
            first=first,
            ready=ready,
            tell=state.warn,
        )
    except KeyboardInterrupt:
        _let_go(state)
        raise


def _let_go(state: State) -> None:
    """Leave at once where a thread still waits for somebody else's answer: Python would wait for it too, for minutes.

    What is remembered is whole at any instant, and the next sync goes on where this one was.
    """
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join(_PATIENCE_SECONDS)
            if thread.is_alive():
                click.echo("\n", err=True, nl=False)
                state.warn(phrase("interrupted; what was under way was not waited for"))
                sys.stdout.flush()
                os._exit(_INTERRUPTED)


def _write(state: State, folder: Path, candidate: str | None) -> None:
    from calsync.web.snapshot import write  # noqa: PLC0415  # the templates with it, for --static alone

    state.say(str(write(state, folder, candidate)))


def _anew(state: State) -> State:
    """The same options with settings and clock not yet read; their warnings were told when the page began."""
    fresh = State()
    fresh.home, fresh.now, fresh.quiet = state.home, state.now, True
    return fresh


def _open(address: str) -> None:
    """In the browser of the desktop; a browser in the terminal would fight with us for it."""
    linux = sys.platform not in {"win32", "darwin"}
    if linux and not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")):
        return
    # Some browsers give back control only when they are closed, and the page is not served before.
    Thread(target=webbrowser.open, args=[address], daemon=True).start()

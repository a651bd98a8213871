"""Somebody who signs in: the page is printed and opened, and what they paste is taken."""

import os
import sys
from collections.abc import Callable
from threading import Thread

import click

from calsync.cli.options import State

__all__ = ["Reader"]

_LONGEST_LINE = 1 << 14


class Reader:
    """A person at this terminal; ``opens`` their browser too, if there is one."""

    def __init__(self, state: State, *, opens: bool, seconds: float) -> None:
        self._state = state
        self._opens = opens and _has_screen()
        self._seconds = seconds

    def show(self, page: str, paste: Callable[[str], None]) -> None:
        """The address stands alone on a line of standard output, to be copied whole."""
        self.say(
            "Google's page opens in your browser. If it does not, open it yourself:"
            if self._opens
            else "Open this page in a browser:"
        )
        click.echo(page)
        sys.stdout.flush()
        if self._opens:
            _beside(_open, page)
        if not self._state.no_input and _is_at_the_keyboard():
            self.say(
                "The browser is on another computer? Paste here the address at which it ends, even if it shows an error."
            )
            _beside(_read, paste)
        self.say(f"Waiting {self._seconds:g} seconds for your answer there …")

    def say(self, message: str) -> None:
        """A line to standard error."""
        self._state.say(message)


def _beside(work: Callable[..., None], *arguments: object) -> None:
    """Do it while we wait; it ends with the program."""
    Thread(target=work, args=arguments, daemon=True).start()


def _has_screen() -> bool:
    """Whether a browser would open a window; in a terminal without one it would take the terminal over."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))


def _open(page: str) -> None:
    import webbrowser  # noqa: PLC0415  # only here

    try:
        webbrowser.open(page)
    except (webbrowser.Error, OSError, ValueError):  # the page is printed all the same
        return


def _is_at_the_keyboard() -> bool:
    """Whether lines can be read from a terminal; a job in the background would be stopped for trying."""
    try:
        if not sys.stdin.isatty():
            return False
        return os.name != "posix" or os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except (OSError, ValueError):
        return False


def _read(paste: Callable[[str], None]) -> None:
    """Each line as it is typed, past the buffer of sys.stdin: its lock would be held when the program ends."""
    kept = b""
    try:
        while piece := os.read(sys.stdin.fileno(), _LONGEST_LINE):
            *lines, kept = (kept + piece).split(b"\n")
            for line in lines:
                paste(line.decode(errors="replace"))
    except (OSError, ValueError):
        return

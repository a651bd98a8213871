"""``calsync auth``: sign in to Google Calendar, see who is signed in, sign out."""

import os
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import click

from calsync.cli.as_json import document
from calsync.cli.commands import Commands
from calsync.cli.google import account_of
from calsync.cli.options import common_options
from calsync.cli.output import clean
from calsync.cli.state import State, pass_state
from calsync.domain import spoken
from calsync.errors import SignInAgain
from calsync.phrase import joined, phrase
from calsync.settings import needed
from calsync.targets.google.tokens import BUSY, EVENTS, named, require, signed_in
from calsync.workflows.busy_reading import forget_busy

__all__ = ["Reader", "auth"]

if TYPE_CHECKING:
    from calsync.targets.google.tokens import Token


_LONGEST_WAIT = 86_400
_LAST_PORT = 65_535


@click.group(cls=Commands)
@common_options
def auth() -> None:
    """Sign in to Google Calendar, so that follow-ups ring on your phone.

    \b
    calsync auth google --client-secret client_secret.json   the first time
    calsync auth google                                      later on
    calsync auth status                                      who is signed in
    calsync auth logout                                      and out again
    """


@auth.command()
@click.option(
    "--client-secret",
    "client_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The client file of your Google project; needed once.",
)
@click.option("--busy", is_flag=True, help="Also allow to see when you are busy.")
@click.option("--read", "reading", is_flag=True, help="Also allow to read the events of your calendars.")
@click.option(
    "--port", type=click.IntRange(0, _LAST_PORT), default=0, help="Wait at this port of this computer."
)
@click.option("--no-browser", is_flag=True, help="Only print the address of Google's page.")
@click.option(
    "--timeout",
    "seconds",
    type=click.FloatRange(1, _LONGEST_WAIT),
    default=300,
    metavar="SECONDS",
    help="Wait so long for the answer (300).",
)
@common_options
@pass_state
def google(
    state: State,
    client_file: Path | None,
    busy: bool,
    reading: bool,
    port: int,
    no_browser: bool,
    seconds: float,
) -> None:
    """Allow calsync a calendar of its own at Google, in your browser.

    It can see no other calendar. What was allowed before stays allowed. The
    address of Google's page stands alone on a line of standard output; where the
    browser is on another computer, paste the address at which it ends.
    """
    require()
    from calsync.targets.google.sign_in import sign_in  # noqa: PLC0415  # the extra, and heavy

    extras = frozenset(scope for scope, asked in ((BUSY, busy), (EVENTS, reading)) if asked)
    token = sign_in(
        _folder(state),
        extras,
        now=state.clock,
        person=Reader(state, opens=not no_browser, seconds=seconds),
        client_file=client_file,
        port=port,
        seconds=seconds,
    )
    for line in _signed_in(token, state.clock):
        state.say(line)
    if BUSY in token.scopes:
        _read_busy(state)
    state.say("Next: calsync sync google")


@auth.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def status(state: State, as_json: bool) -> int:
    """Say who is signed in, since when, and what was allowed.

    Google is not asked. Ends with 77 if nobody is signed in.
    """
    try:
        token = signed_in(_folder(state), now=state.clock)
    except SignInAgain:
        if as_json:
            click.echo(_as_json(None, state.clock))
        raise
    if as_json:
        click.echo(_as_json(token, state.clock))
    else:
        for line in _signed_in(token, state.clock):
            click.echo(clean(state.phrase(line)))
    return 0


@auth.command()
@common_options
@pass_state
def logout(state: State) -> None:
    """Give the permission back to Google and forget it. The follow-ups in your calendar stay.

    The client file stays too, so that signing in again needs no new one.
    """
    from calsync.targets.google.sign_out import sign_out  # noqa: PLC0415  # few have it

    there, why = sign_out(_folder(state))
    _forget_busy(state)
    if not there:
        state.say("Nobody was signed in to Google.")
    elif why:
        state.say("Signed out on this computer, but Google could not be told: {why}.", why=why)
        state.say("To take the permission back there too: https://myaccount.google.com/permissions")
    else:
        state.say("Signed out: the permission was given back to Google and deleted here.")


def _read_busy(state: State) -> None:
    """What was allowed counts at once, not only from the next sync on."""
    context = state.context()
    if not context.has_store:
        return
    account = account_of(state)
    with context.open_store() as store, account.connection(frozenset({BUSY})) as connect:
        reading = account.busy(context, store, connect)
        if reading is not None and reading.problem:
            state.warn(reading.problem)
        if reading is not None and reading.known.read == state.clock:
            state.say("Calls keep out of what your calendar says from now on; each sync reads it again.")


def _forget_busy(state: State) -> None:
    """When the user is busy was read by this permission, and goes with it."""
    context = state.context()
    if context.has_store:
        with context.open_store() as store:
            forget_busy(context, store, state.clock)


def _folder(state: State) -> Path:
    return Path(needed(state.folders.google))


def _signed_in(token: "Token", now: datetime) -> Iterator[str]:
    day, ago = spoken(token.signed_in.date()), _ago(token, now)
    if token.account:
        yield phrase("Signed in to Google as {who} since {day}{ago}.", who=token.account, day=day, ago=ago)
    else:
        yield phrase("Signed in to Google since {day}{ago}.", day=day, ago=ago)
    yield phrase("calsync may {named}.", named=joined(named(token.scopes), phrase(", and ")))
    if not token.account:
        yield phrase("Which account it is will be known after the first sync.")
    left = token.days_left(now)
    if left is not None:
        yield (
            phrase(
                "Google ends this sign-in {in_days}, because the consent screen of your project is in testing. The README says how to publish it.",
                in_days=_in_days(left),
            )
        )


def _ago(token: "Token", now: datetime) -> str:
    days = (now - token.signed_in).days
    if days <= 0:
        return ""
    return phrase(" (1 day ago)") if days == 1 else phrase(" ({days} days ago)", days=days)


def _in_days(left: int) -> str:
    return (
        phrase("today")
        if left == 0
        else phrase("in a day")
        if left == 1
        else phrase("in {left} days", left=left)
    )


def _as_json(token: "Token | None", now: datetime) -> str:
    if token is None:
        return document(signed_in=False)
    return document(
        signed_in=True,
        account=token.account,
        scopes=sorted(token.scopes),
        since=token.signed_in.isoformat(),
        days=(now - token.signed_in).days,
        until=token.until and token.until.isoformat(),
        days_left=token.days_left(now),
    )


# Somebody who signs in: the page is printed and opened, and what they paste is taken.

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

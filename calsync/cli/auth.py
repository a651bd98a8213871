"""``calsync auth``: sign in to Google Calendar or a CalDAV server, see who is signed in, sign out."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import click

from calsync.cli import caldav as caldav_edge
from calsync.cli.as_json import document
from calsync.cli.commands import Commands
from calsync.cli.google import account_of
from calsync.cli.options import common_options
from calsync.cli.output import clean
from calsync.cli.state import State, pass_state
from calsync.domain import spoken
from calsync.errors import NoInput, SignInAgain, Usage
from calsync.phrase import joined, phrase
from calsync.settings import needed
from calsync.targets.caldav.servers import NAMED, address
from calsync.targets.caldav.sign_ins import SignIn, forget
from calsync.targets.google.tokens import BUSY, EVENTS, TOKEN, named, require, signed_in
from calsync.workflows.busy_reading import forget_busy

__all__ = ["Reader", "auth"]

if TYPE_CHECKING:
    from calsync.targets.google.tokens import Token


PASSWORD = "CALSYNC_CALDAV_PASSWORD"  # noqa: S105  # the variable's name
_LONGEST_WAIT = 86_400
_LAST_PORT = 65_535


@click.group(cls=Commands)
@common_options
def auth() -> None:
    """Sign in to a calendar, so that follow-ups ring on your phone.

    \b
    calsync auth caldav icloud --user NAME                   iCloud; fastmail, posteo, …
    calsync auth google --client-secret client_secret.json   Google, the first time
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
@click.argument("server")
@click.argument("url", required=False, default="")
@click.option("--user", metavar="NAME", help="The user name there, mostly your whole address.")
@click.option(
    "--password-file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A file with the password; else CALSYNC_CALDAV_PASSWORD, else it is asked for.",
)
@common_options
@pass_state
def caldav(state: State, server: str, url: str, user: str | None, password_file: Path | None) -> None:
    """Sign in to a CalDAV server with an app password.

    SERVER is icloud, fastmail, mailbox.org, posteo, nextcloud with its address,
    or the https address of another one. The password is looked at once, and kept
    in the system's keyring where there is one, else in a file that only you can read.
    """
    named = NAMED.get(server.lower())
    address(server, url)  # raises before anything is asked
    asks = not state.no_input and sys.stdin.isatty() and sys.stderr.isatty()
    if asks and named and password_file is None and PASSWORD not in os.environ:
        for line in named.advice:
            state.say(line)
    if user is None:
        if not asks:
            raise Usage(phrase("the user name is missing"), remedy=phrase("give it: --user NAME"))
        user = click.prompt(state.phrase("User name"), err=True).strip()
    password = _password(state, password_file, asks=asks)
    try:
        made = caldav_edge.account_of(state).sign_in(server, url, user, password)
    except SignInAgain as error:
        if not named:
            raise
        raise SignInAgain(error.what, remedy=joined(named.advice, " "), code=error.code) from None
    state.say("Signed in to {title} as {user}.", title=made.title, user=made.user)
    state.say("Next: calsync sync caldav")


def _password(state: State, file: Path | None, *, asks: bool) -> str:
    """From the file, the environment or the keyboard, and from nowhere that others can see. Raises Usage, NoInput."""
    password = os.environ.get(PASSWORD, "")
    if file is not None:
        try:
            with file.open("rb") as opened:
                password = opened.read(_LONGEST_LINE).decode("utf-8-sig").strip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or phrase("it is no text")
            raise NoInput(
                phrase("the password cannot be read: {why}", why=why.lower()), where=str(file)
            ) from None
    elif not password and asks:
        password = click.prompt(state.phrase("App password"), hide_input=True, err=True)
    if not password or "\n" in password:
        raise Usage(
            phrase("the password is missing"),
            remedy=phrase(
                "put it into a file and give that: --password-file FILE, or set CALSYNC_CALDAV_PASSWORD"
            ),
        )
    return password


@auth.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def status(state: State, as_json: bool) -> int:
    """Say who is signed in where, since when, and what was allowed.

    Nobody is asked. Ends with 77 if nobody is signed in.
    """
    servers = caldav_edge.sign_ins(state)
    try:
        token = signed_in(_folder(state), now=state.clock)
    except SignInAgain:
        if not servers:
            if as_json:
                click.echo(_as_json(None, state.clock))
            raise
        token = None
    if as_json:
        click.echo(_as_json(token, state.clock, servers))
        return 0
    if token:
        for line in _signed_in(token, state.clock):
            click.echo(clean(state.phrase(line)))
    for each in servers:
        day = spoken(each.signed_in.date())
        click.echo(
            clean(
                state.phrase(
                    "Signed in to {title} as {who} since {day}.", title=each.title, who=each.user, day=day
                )
            )
        )
    return 0


@auth.command()
@click.argument("which", required=False, type=click.Choice(["google", "caldav"]))
@click.argument("server", required=False)
@common_options
@pass_state
def logout(state: State, which: str | None, server: str | None) -> None:
    """Forget who is signed in: everywhere, at Google, or at a CalDAV server. The follow-ups in your calendar stay.

    The permission is given back to Google. The client file stays, so that
    signing in again needs no new one.
    """
    if server and which != "caldav":
        raise Usage(
            phrase("only CalDAV servers have names"), remedy=phrase("type: auth logout caldav SERVER")
        )
    servers = caldav_edge.sign_ins(state)
    if which == "caldav" or (which is None and servers):
        for each in caldav_edge.the_ones(state, server):
            forget(caldav_edge.folder_of(state), each)
            state.say("Signed out of {title}: the password was deleted here.", title=each.title)
    if which == "google" or (which is None and (not servers or Path(_folder(state), TOKEN).exists())):
        _leave_google(state)


def _leave_google(state: State) -> None:
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


def _as_json(token: "Token | None", now: datetime, servers: Sequence[SignIn] = ()) -> str:
    others: dict[str, object] = {}
    if servers:
        others["caldav"] = [
            {
                "server": each.name,
                "url": each.url,
                "user": each.user,
                "calendar": each.calendar,
                "since": each.signed_in.isoformat(),
            }
            for each in servers
        ]
    if token is None:
        return document(signed_in=bool(servers), **others)
    return document(
        **others,
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

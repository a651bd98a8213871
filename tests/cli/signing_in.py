"""Somebody who signs in to a Google that runs here, with the real command and a browser made of urllib.

Where it does not matter how they signed in, ``signed_in`` leaves their home as the command would.
"""

import json
import os
import stat
import subprocess
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlsplit
from urllib.request import ProxyHandler, build_opener

from calsync.targets.google.tokens import CLIENT, Token, save, write
from tests.cli.running import Told, calsync, command, program, surroundings
from tests.fakes.google import FakeGoogle, client_file
from tests.surroundings import hears_interrupts

__all__ = [
    "ACCESS", "BUSY", "CALENDAR", "EVENTS", "REFRESH", "SECRET",
    "Login", "SignIn", "points_at", "signed_in", "visit",
]  # fmt: skip

CALENDAR, BUSY, EVENTS = (
    f"https://www.googleapis.com/auth/calendar.{name}"
    for name in ("app.created", "freebusy", "events.owned.readonly")
)
ACCESS, REFRESH, SECRET = "ya29.canary-access", "1//canary-refresh", "canary-client-secret"
"""What somebody who is ``signed_in`` has, and nobody may be shown."""
_BROWSER = build_opener(ProxyHandler({}))


def points_at(home, google):
    """Let the settings that are there name the Google that runs here, if they do not yet."""
    settings, line = home / "settings.toml", f'[google]\napi_root = "{google.root}"\n'
    text = settings.read_text("utf-8")
    settings.write_text(text if line in text else text + line, encoding="utf-8")


def signed_in(home, google, *scopes, access=ACCESS):
    """Leave a home that has settings as a sign-in some days ago left it; without ``scopes``, for our own calendar."""
    points_at(home, google)
    at = datetime(2026, 11, 1, tzinfo=UTC)
    until = at + timedelta(days=999)
    save(home / "google", Token("id", REFRESH, access, until, frozenset(scopes or {CALENDAR}), at))
    write(home / "google" / CLIENT, client_file(google.root, client_id="id", client_secret=SECRET))


def visit(address, data=None):
    """What a browser sees at the end: the status and the page."""
    try:
        with _BROWSER.open(address, data, timeout=10) as page:
            return page.status, page.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


class Login:
    """One ``auth google`` that waits; ``page`` is what it printed alone on a line."""

    def __init__(self, arguments, env):
        self.process = subprocess.Popen(
            command(*arguments), env=surroundings(env), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=hears_interrupts if os.name == "posix" else None,  # noqa: PLW1509  # it only sets a signal
        )  # fmt: skip
        self.first = self.process.stdout.readline()
        self.page = self.first.decode().strip()

    @property
    def asked(self):
        """The fields of the page's address."""
        return dict(parse_qsl(urlsplit(self.page).query))

    @property
    def door(self):
        return self.asked["redirect_uri"]

    def ended(self):
        out, err = self.process.communicate(timeout=30)
        return Told(self.process.returncode, self.first + out, err.decode())


class SignIn:
    """A home, a client file and a Google; what every command said is kept in ``heard``."""

    def __init__(self, google: FakeGoogle, folder: Path, **changed):
        self.google, self.home = google, folder / "home"
        self.client_file = folder / "client_secret.json"
        self.client_file.write_text(json.dumps(client_file(google.root, **changed)), encoding="utf-8")
        self.heard = []

    @property
    def now(self):
        return self.google.clock.now.isoformat()

    @property
    def token_file(self):
        return self.home / "google" / "token.json"

    @property
    def token(self):
        return json.loads(self.token_file.read_text(encoding="utf-8"))

    def files(self):
        """Each file and folder of the sign-in, with its permission bits."""
        folder = self.home / "google"
        found = [folder, *folder.iterdir()] if folder.exists() else []
        return {each.name: oct(stat.S_IMODE(each.stat().st_mode)) for each in found}

    def runs(self, *arguments, env=None):
        """One command from its start to its end: in this process, or with ``env`` as a program of its own."""
        run = calsync if env is None else partial(program, env=env)
        told = run(*self._common(), *arguments)
        self.heard.append(told)
        return told

    @contextmanager
    def begins(self, *arguments, env=None):
        """``auth google`` while it waits; stopped by its own number if the test does not let it end."""
        given = ("--client-secret", self.client_file) if not (self.home / "google").exists() else ()
        login = Login([*self._common(), "auth", "google", "--no-browser", *given, *arguments], env)
        try:
            yield login
        finally:
            if login.process.poll() is None:
                login.process.kill()
                login.process.communicate()

    def ends(self, login):
        told = login.ended()
        self.heard.append(told)
        return told

    def in_(self, *arguments, **decision):
        """Sign in once, with what the person does on the page."""
        self.google.consent.next(**decision)
        with self.begins(*arguments) as login:
            visit(login.page)
            return self.ends(login)

    def _common(self):
        return ("--home", self.home, "--now", self.now, "--debug", "-v")

    def secrets(self):
        """Everything that nobody may read: what was issued, the client's secret, what PKCE keeps back."""
        verifiers = [
            value for each in self.google.sign_ins
            for name, value in parse_qsl(_text(each.body)) if name == "code_verifier"
        ]  # fmt: skip
        return ["canary", *verifiers]


def _text(body):
    return body if isinstance(body, str) else body.decode() if isinstance(body, bytes) else ""

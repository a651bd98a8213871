"""The page as tests use it: the real server on a free port, and a browser of a few lines that keeps its cookie.

    with Page(home, now=NOW) as page:
        page.get("/").text
        page.sends("/event/1.3/log", result="voicemail")     # a form of the page, with its token, redirect followed

``page.raw`` writes whatever one likes to the socket. ``Program`` is the same page as ``calsync web`` starts it.
"""

import re
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from threading import Thread
from urllib.parse import urlencode, urlsplit

import uvicorn

from calsync.cli.state import State
from calsync.web import serving
from calsync.web.app import application
from calsync.web.security import ENTRANCE, Session
from tests.cli.running import command, surroundings
from tests.surroundings import hears_interrupts

__all__ = ["NOW", "Answer", "Page", "Program"]

NOW = "2026-11-21T09:00:00-05:00"
_SECONDS = 20


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict
    body: bytes = b""
    cookies: list = field(default_factory=list)

    @property
    def text(self):
        return self.body.decode()


class Page:
    """One running page in a thread, and one person's browser before it.

    ``now`` can be set while it runs: the next request is at that time.
    """

    def __init__(self, home, now=NOW, more=()):
        self.home, self.now, self._more = home, now, more
        self.cookie, self._token = "", ""

    def __enter__(self):
        self._listener = serving.listening(0)
        token = Session.new_token()
        self._at(self._listener.getsockname()[1], token)
        self.heard = []
        app = application(self._read, port=self.port, token=token, tell=self.heard.append, more=self._more)
        self._server = uvicorn.Server(serving.config(app))
        self._thread = Thread(target=self._server.run, kwargs={"sockets": [self._listener]})
        self._thread.start()
        return self

    def __exit__(self, *_):
        """Begin to end, which is a fifth of a second of waiting: those who leave later look that it did."""
        self._server.should_exit = True
        _LEAVING.append(self)
        while len(_LEAVING) > _AT_ONCE:
            _LEAVING.pop(0).has_ended()

    def has_ended(self):
        """Wait until nothing of it is left."""
        self._thread.join(_SECONDS)
        assert not self._thread.is_alive()

    def _read(self):
        state = State()
        state.home, state.now, state.quiet = str(self.home), self.now, True
        return state

    def _at(self, port, token):
        self.port, self.origin = port, f"http://127.0.0.1:{port}"
        self.address = f"{self.origin}{ENTRANCE}?token={token}"

    def enter(self):
        """Open the address that was printed; the cookie is kept from then on."""
        parts = urlsplit(self.address)
        answer = self.asks("GET", f"{parts.path}?{parts.query}")
        assert answer.status == 200, answer.text
        self.cookie = answer.cookies[0].partition(";")[0]
        return answer

    def get(self, path):
        """What a click on a link gives."""
        return self.asks("GET", path, {"Cookie": self.cookie})

    @property
    def form_token(self):
        """The token in the forms of the page: of the first that has one; empty where there is none to see."""
        for path in ["/", *sorted(set(re.findall(r'href="(/event/[\d.]+)', self.get("/").text)))]:
            if self._token:
                break
            found = re.search(r'name="_token" value="(\w+)"', self.get(path).text)
            self._token = found[1] if found else ""
        return self._token

    def posts(self, path, /, **fields):
        """A form that is sent, and the answer itself."""
        body = urlencode({"_token": self.form_token, **fields}).encode()
        headers = {
            "Cookie": self.cookie,
            "Origin": self.origin,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return self.asks("POST", path, headers, body)

    def sends(self, path, /, **fields):
        """A form that is sent and has to be taken: the page that follows."""
        answer = self.posts(path, **fields)
        assert answer.status == 303, answer.text
        return self.get(answer.headers["location"])

    def asks(self, method, path, headers=None, body=None, host=None):
        """One request, as it is."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_SECONDS)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            connection.putheader("Host", f"127.0.0.1:{self.port}" if host is None else host)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if body is not None and "Content-Length" not in (headers or {}):
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(
                response.status, found, response.read(), response.headers.get_all("set-cookie") or []
            )
        finally:
            connection.close()

    def raw(self, octets):
        """Whatever one likes, and all that comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=_SECONDS) as line:
            line.sendall(octets)
            found = b""
            with suppress(ConnectionResetError):  # not all that was sent may have been read
                while piece := line.recv(65536):
                    found += piece
        return found


_LEAVING, _AT_ONCE = [], 8


class Program(Page):
    """The same as a program of its own, stopped by its process id."""

    def __init__(self, home, *arguments, now=NOW, env=None):
        super().__init__(home, now)
        time = ["--now", now] if now else []
        self._arguments = ["--home", home, *time, "web", *arguments]
        self._env = env

    def __enter__(self):
        options = {} if sys.platform == "win32" else {"preexec_fn": hears_interrupts}
        self.process = subprocess.Popen(
            command(*self._arguments),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=surroundings(self._env),
            **options,
        )
        self.printed = self.process.stdout.readline()
        if not self.printed:
            raise AssertionError(self.process.communicate(timeout=_SECONDS)[1])
        parts = urlsplit(self.printed.strip())
        self._at(parts.port, parts.query.removeprefix("token="))
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """Ctrl-C; gives the exit code, and what else was printed and said."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGINT)
        out, err = self.process.communicate(timeout=_SECONDS)
        return self.process.returncode, out, err

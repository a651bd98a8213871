"""Waiting for Google's answer: a small server on this computer, and addresses that are pasted.

The browser ends at http://127.0.0.1:PORT/?state=…&code=… (RFC 8252, section 7.3).
Whatever else knocks is answered 404 and changes nothing; an answer to another
sign-in is refused and the wait goes on, so that the last right answer counts.
Neither the server nor an error of it ever writes down what it was asked.
"""

import hmac
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, SimpleQueue
from socketserver import TCPServer
from threading import Thread
from time import monotonic
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from calsync.errors import TryLater, Usage

__all__ = ["Answer", "Door", "door"]

HOST = "127.0.0.1"
_MOST_FIELDS = 50
_SLICE = 0.25  # of a wait: Windows hears Ctrl-C only between two of them
_CODE = re.compile(r"[\w./~-]{10,512}")


class Answer(NamedTuple):
    """What Google said: a code, or an error. ``pasted`` by hand, which may go wrong and be tried again."""

    code: str
    error: str
    pasted: bool = False


class Door:
    """Where the answer to the sign-in ``state`` comes in; ``say`` tells a person what was not it."""

    def __init__(self, port: int, state: str, say: Callable[[str], None]) -> None:
        self.address = f"http://{HOST}:{port}/"
        self._state = state
        self._say = say
        self._found: SimpleQueue[Answer] = SimpleQueue()

    def answers(self, seconds: float) -> Iterator[Answer]:
        """Each right answer as it comes in; ends when the time is up."""
        end = monotonic() + seconds
        while (left := end - monotonic()) > 0:
            try:
                yield self._found.get(timeout=min(left, _SLICE))
            except Empty:
                continue

    def visited(self, target: str) -> tuple[HTTPStatus, str, Callable[[], None]]:
        """What a visitor of ``target`` is told, and what to do once they were told."""
        fields = _fields(target) if target.startswith("/?") else {}
        if "state" not in fields or not fields.keys() & {"code", "error"}:
            return HTTPStatus.NOT_FOUND, "There is nothing here.", _nothing
        if not self._is_mine(fields):
            return HTTPStatus.BAD_REQUEST, _OTHER, lambda: self._say(_STILL_WAITING)
        return HTTPStatus.OK, _BACK, lambda: self._found.put(_answer(fields, pasted=False))

    def pasted(self, line: str) -> None:
        """Take a line that somebody typed: the address the browser ended at, or the code in it."""
        text = line.strip().strip("\"'")
        fields = _fields(text)
        if "state" in fields and not self._is_mine(fields):
            self._say(_STILL_WAITING)
        elif fields.keys() & {"code", "error"} and "state" in fields:
            self._found.put(_answer(fields, pasted=True))
        elif _CODE.fullmatch(unquote(text)):
            self._found.put(Answer(unquote(text), "", pasted=True))
        elif text:
            self._say("that is not the address the browser ended at; it begins with http://127.0.0.1")

    def _is_mine(self, fields: dict[str, str]) -> bool:
        return hmac.compare_digest(fields["state"].encode("utf-8", "replace"), self._state.encode())


@contextmanager
def door(port: int, state: str, say: Callable[[str], None]) -> Iterator[Door]:
    """A door that is open on this computer alone, at ``port`` or, with 0, at any that is free.

    Raises TryLater when the port is taken, Usage when it is not for us.
    """
    try:
        server = _Server((HOST, port), _Visit)
    except PermissionError:
        raise Usage(
            f"port {port} is not for programs of yours", where="--port", remedy="take one above 1023"
        ) from None
    except OSError:
        raise TryLater(
            f"port {port} is taken by another program",
            where="--port",
            remedy="leave --port out, or take another one",
        ) from None
    server.door = Door(server.server_address[1], state, say)
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.door
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    door: Door
    daemon_threads = True  # a browser keeps connections open that it may never use
    allow_reuse_address = os.name != "nt"  # there it would let another program take the same port

    def server_bind(self) -> None:
        """Without looking up this computer's name, which can take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """A visitor that went away is no news."""


class _Visit(BaseHTTPRequestHandler):
    server: _Server
    server_version, sys_version = "calsync", ""
    timeout = 10

    def do_GET(self) -> None:
        """Answer first: the program may end as soon as it has what it waits for."""
        status, sentence, then = self.server.door.visited(self.path)
        try:
            self._tell(status, sentence)
        finally:
            then()

    def _stray(self) -> None:
        self._tell(HTTPStatus.NOT_FOUND, "There is nothing here.")

    do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _stray  # noqa: N815  # http.server's names

    def _tell(self, status: HTTPStatus, sentence: str) -> None:
        page = _PAGE.format(sentence=escape(sentence)).encode()
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        """Nothing: what is asked for holds the code."""


def _fields(target: str) -> dict[str, str]:
    """The fields of an address, the first of each name; none where it cannot be read."""
    try:
        found = parse_qs(urlsplit(target).query, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return {}
    return {name: values[0] for name, values in found.items()}


def _answer(fields: dict[str, str], *, pasted: bool) -> Answer:
    return Answer(fields.get("code", ""), fields.get("error", ""), pasted)


def _nothing() -> None:
    """What follows from a stray."""


_BACK = "Thank you. You can close this page and go back to calsync."
_OTHER = "This answers another sign-in than the one calsync waits for. Use the page it named last."
_STILL_WAITING = "an answer to another sign-in was refused; still waiting for the page above"
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>calsync</title>
<meta name="viewport" content="width=device-width"><style>body{{font:1.2rem/1.5 sans-serif;margin:3rem}}</style>
<p>{sentence}</p></html>
"""
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Connection": "close",
}

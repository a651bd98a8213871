"""Ctrl-C in the middle of something: the page ends soon, cleanly, and nothing is half done."""

import socket
import sys
from contextlib import suppress
from time import monotonic

import pytest

from tests.cli.person import Person
from tests.cli.signing_in import signed_in
from tests.web.page import NOW, Program

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C of a console is another thing")
_SOON = 15


class Silent:
    """A Google that takes what is said and never answers."""

    def __enter__(self):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.root = f"http://127.0.0.1:{self._listener.getsockname()[1]}/"
        return self

    def __exit__(self, *_):
        self._listener.close()

    def heard(self):
        """Wait until somebody speaks; the line stays open as long as it is held."""
        self._listener.settimeout(20)
        line, _ = self._listener.accept()
        line.recv(100)
        return line


def posted(page, path, body, length=None):
    """A form that is on its way; nobody waits for the answer."""
    line = socket.create_connection(("127.0.0.1", page.port), timeout=20)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{page.port}\r\nCookie: {page.cookie}\r\nOrigin: {page.origin}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length or len(body)}\r\n\r\n"
    )
    line.sendall(head.encode() + body)
    return line


def stopped(page):
    """How it ends, and that it does so soon."""
    begun = monotonic()
    code, out, err = page.stop()
    assert monotonic() - begun < _SOON
    assert (code, out) == (130, "")
    assert "Traceback" not in err
    assert "Exception" not in err
    return err


def test_a_form_that_is_half_sent_is_dropped(person):
    with Program(person.home, "--no-browser") as page:
        page.enter()
        with posted(page, "/undo", b"_token=", length=5000):
            stopped(page)
    assert len(person.does("history", now=NOW).out.splitlines()) >= 2


def test_a_sync_that_waits_for_an_answer_is_let_go(tmp_path):
    person = Person(tmp_path / "home")
    person.does("add", "Acme", "PM", "--at", "2026-11-12 14:00")
    with Silent() as google:
        signed_in(person.home, google)
        with Program(person.home, "--no-browser") as page:
            page.enter()
            with posted(page, "/calendar/sync", f"_token={page.form_token}".encode()), google.heard():
                stopped(page)
    person.does("doctor", now=NOW)
    assert person.steps()


def test_a_second_ctrl_c_is_heard_too(person):
    with Program(person.home, "--no-browser") as page:
        page.enter()
        with posted(page, "/undo", b"_token=", length=5000), suppress(ProcessLookupError):
            page.process.send_signal(2)
            page.process.send_signal(2)
            stopped(page)

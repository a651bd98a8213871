"""What no browser would send, straight to the socket: garbage, drips, other names, and every wrong mixture."""

import re
import socket
from contextlib import ExitStack, suppress
from itertools import product
from time import monotonic, sleep

import pytest
from starlette.responses import Response

from calsync.web import security, serving
from calsync.web.routing import Route
from calsync.web.security import HEADERS
from tests.cli.person import Person
from tests.web.conftest import AFTER_HOOLI, HOOLI
from tests.web.crawl import crawl, routes
from tests.web.page import Page

FORM = "application/x-www-form-urlencoded"
CALL = "2026-11-24T09:05:00-05:00"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    """A page that nothing here may change."""
    person = Person(tmp_path_factory.mktemp("guarded") / "home")
    person.does("add", *HOOLI, now=AFTER_HOOLI)
    person.does("log", 1, "sent", now="2026-11-17T15:00:00-05:00")
    with Page(person.home, now=CALL) as page:
        page.enter()
        page.get("/")
        before = kept(page)
        yield page
        assert kept(page) == before
        assert page.heard == []


def kept(page):
    """Every byte of the home."""
    return {file.name: file.read_bytes() for file in sorted(page.home.rglob("*")) if file.is_file()}


def logging(page):
    """The address where a change is asked for that would be taken."""
    return re.search(r'action="(/event/[\d.]+/log)"', page.get("/").text)[1]


ORIGINS = [None, "{ours}", "null", "http://evil.example", "http://127.0.0.1:1", "http://localhost:{port}"]
COOKIES = [None, "{name}=wrong", "{right}", "{right}; {name}=wrong"]
TOKENS = [None, "wrong", "{right}"]
SITES = [None, "same-origin", "same-site", "cross-site", "none"]


def test_of_all_mixtures_only_the_right_ones_change_anything(tmp_path):
    """Origin × cookie × token × Sec-Fetch-Site, each with a change that would be taken."""
    person = Person(tmp_path / "home")
    person.does("add", *HOOLI, now=AFTER_HOOLI)
    with Page(person.home, now=CALL) as page:
        page.enter()
        path, token, before, taken = logging(page), page.form_token, kept(page), []
        name = page.cookie.partition("=")[0]
        known = {"ours": page.origin, "port": page.port, "name": name, "right": page.cookie}
        for mixture in product(ORIGINS, COOKIES, TOKENS, SITES):
            origin, cookie, given, site = mixture
            headers = {"Content-Type": FORM}
            for header, value in (("Origin", origin), ("Cookie", cookie), ("Sec-Fetch-Site", site)):
                if value is not None:
                    headers[header] = value.format(**known)
            body = "result=skip" + (f"&_token={given.format(right=token)}" if given else "")
            if right(*mixture):
                taken.append((headers, body))
                continue
            answer = page.asks("POST", path, headers, body.encode())
            assert answer.status == 403, mixture
            assert b"Hooli" not in answer.body
        assert kept(page) == before
        assert len(taken) == 4
        for headers, body in taken:
            answer = page.asks("POST", path, headers, body.encode())
            assert answer.status in {303, 404}, headers  # the first takes it; then there is no such event
        assert kept(page) != before


def right(origin, cookie, token, site):
    """Ours by the word of the header that a browser sent, or of both."""
    ours = (origin, site) in {
        ("{ours}", None),
        ("{ours}", "same-origin"),
        ("null", "same-origin"),
        (None, "same-origin"),
    }
    return ours and cookie == "{right}" and token == TOKENS[-1]


TARGETS = [
    "http://evil.example/", "http://evil.example:{port}/", "http://127.0.0.1:{port}/", "http://user@127.0.0.1:{port}/",
    "//evil.example/", "evil.example:80", "*", "/\\evil.example", "/%2e%2e/", "/..;/", "/?\x80", "/a b", "/\x7f", "",
]  # fmt: skip


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("method", ["GET", "CONNECT", "OPTIONS", "TRACE"])
def test_another_target_shows_nothing(guarded, target, method):
    line = f"{method} {target.format(port=guarded.port)} HTTP/1.1\r\n".encode("latin-1")
    told = guarded.raw(line + head(guarded))
    status = int(told.split()[1]) if told else 400
    assert status >= 400 or (method == "GET" and target in {"//evil.example/", "/%2e%2e/", "/?\x80"}), told[
        :80
    ]
    assert b"Hooli" not in told or target == "/?\x80"  # ours, with a parameter of no meaning


def head(page, host=None, more=b""):
    host = f"127.0.0.1:{page.port}".encode() if host is None else host
    return b"Host: " + host + f"\r\nCookie: {page.cookie}\r\n".encode() + more + b"Connection: close\r\n\r\n"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:{port}\t.evil.example", "127.0.0.1:{port}\x00", "127.0.0.1:{port}\xa0", "１２７.0.0.1:{port}",
        "127。0。0。1:{port}", "ⓛocalhost:{port}", "127.0.0.1:{port}\r\nHost: evil.example", "127.0.0.1:{port}\r\n evil.example",
        "127.0.0.1:{port}\r\nhOsT: 127.0.0.1:{port}", "evil.example\r\nX-Forwarded-Host: 127.0.0.1:{port}", "%31%32%37.0.0.1:{port}",
        "127.0.0.1:+{port}", "127.0.0.1:{port}:{port}", "[127.0.0.1]:{port}", "127.0.0.1:99{port}",
    ],
)  # fmt: skip
def test_a_name_that_only_looks_like_ours_is_refused(guarded, host):
    told = guarded.raw(b"GET / HTTP/1.1\r\n" + head(guarded, host.format(port=guarded.port).encode()))
    assert told.startswith(b"HTTP/1.1 400"), told[:80]
    assert b"Hooli" not in told


@pytest.mark.parametrize(
    "more",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Transfer-Encoding: gzip\r\n", b"Content-Length: 9999999999999999999999\r\n", b"Content-Length: +5\r\n",
        b"Content-Length: 0x5\r\n", b" folded: yes\r\n", b"no colon\r\n", b"Na me: x\r\n", b": empty\r\n",
        b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n",
        b"Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: x\r\n",
    ],
)  # fmt: skip
def test_two_readings_of_a_request_are_none(guarded, more):
    """Either it is refused, or it is a plain look at the page; never is there a second request in it."""
    smuggled = b"0\r\n\r\nGET /event/1.1 HTTP/1.1\r\nHost: evil.example\r\n\r\n"
    told = guarded.raw(b"GET / HTTP/1.1\r\n" + head(guarded, more=more) + smuggled)
    assert told.count(b"HTTP/1.1 ") <= 2
    assert told.startswith((b"HTTP/1.1 400", b"HTTP/1.1 403", b"HTTP/1.1 200", b"HTTP/1.1 413"))
    assert b"HTTP/1.1 101" not in told


@pytest.mark.parametrize("kind", ["with the cookie", "without"])
def test_every_answer_to_every_method_carries_the_headers(guarded, kind):
    headers = {"Cookie": guarded.cookie} if kind == "with the cookie" else {}
    paths = sorted({re.sub(r"\{[^}]*\}", "1", way) for way in [*routes(), *routes("POST")]})
    for path, method in product(
        [*paths, "/static/page.css", "/static/none", "/none", "/enter"],
        ["GET", "HEAD", "POST", "PUT", "TRACE"],
    ):
        answer = guarded.asks(method, path, headers, b"" if method == "POST" else None)
        assert [name for name, value in HEADERS if answer.headers.get(name) != value] == [], (method, path)
        assert answer.status < 500, (method, path)
        assert method in {"GET", "HEAD"} or answer.status >= 400


def test_looking_at_every_page_that_there_is_changes_no_byte(lived_in):
    found = crawl(lived_in)
    before = kept(lived_in)
    for path in found:
        lived_in.get(path)
        lived_in.asks("HEAD", path, {"Cookie": lived_in.cookie})
    assert kept(lived_in) == before


# Slow ones


@pytest.fixture
def impatient(monkeypatch, guarded):
    monkeypatch.setattr(serving, "_HEAD_SECONDS", 0.3)
    monkeypatch.setattr(security, "_BODY_SECONDS", 0.5)
    return guarded


def line(page):
    return socket.create_connection(("127.0.0.1", page.port), timeout=20)


def all_of(opened):
    found = b""
    with suppress(ConnectionError):
        while piece := opened.recv(65536):
            found += piece
    return found


@pytest.mark.parametrize("said", [b"", b"G", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "])
def test_who_says_too_little_for_too_long_is_hung_up_on(impatient, said):
    with line(impatient) as opened:
        opened.sendall(said)
        assert all_of(opened) == b""


def test_a_head_that_drips_is_cut(impatient):
    with line(impatient) as opened, suppress(ConnectionError):
        begun = monotonic()
        while monotonic() - begun < 10:
            opened.sendall(b"G")
            opened.settimeout(0.1)
            with suppress(TimeoutError):
                if opened.recv(1) == b"":
                    break
        else:
            pytest.fail("still dripping")


def test_a_form_that_drips_is_told_and_cut(impatient):
    head = (
        f"POST /undo HTTP/1.1\r\nHost: 127.0.0.1:{impatient.port}\r\nCookie: {impatient.cookie}\r\nOrigin: {impatient.origin}\r\n"
        f"Content-Type: {FORM}\r\nContent-Length: 1000\r\n\r\n_token="
    )
    with line(impatient) as opened:
        opened.sendall(head.encode())
        told = all_of(opened)
    assert told.startswith(b"HTTP/1.1 408")
    assert b"took too long" in told


def test_an_answer_that_takes_long_is_waited_for(monkeypatch, tmp_path):
    """Only who has not asked yet is hung up on."""

    def slow(_):
        sleep(1)
        return Response("at last")

    monkeypatch.setattr(serving, "_HEAD_SECONDS", 0.2)
    with Page(Person(tmp_path / "home").home, more=[Route("GET", "/slow", slow)]) as page:
        page.enter()
        assert page.get("/slow").body == b"at last"


def test_a_hundred_silent_lines_keep_nobody_out(guarded):
    with ExitStack() as lines:
        for _ in range(100):
            lines.enter_context(line(guarded)).sendall(b"GET / HT")
        assert "Hooli" in guarded.get("/").text


def test_the_headers_are_these(guarded):
    """By the letter, so that none goes missing from all answers at once."""
    found = guarded.asks("GET", "/").headers
    assert {name: found.get(name) for name in HEADERS_BY_THE_LETTER} == HEADERS_BY_THE_LETTER


HEADERS_BY_THE_LETTER = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}

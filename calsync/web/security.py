"""What every request has to pass before a page sees it, and what every answer carries.

A rule is a function in ``_RULES``; the first that speaks against a request ends it. The rules:

- Host is ours to the letter: a name that somebody else points at 127.0.0.1 is refused (DNS rebinding).
- Only GET, HEAD and POST.
- Origin and Sec-Fetch-Site, where a browser sends them, are ours. A POST needs one of the two: browsers that obey
  ``no-referrer`` send ``Origin: null`` with a form, and then Sec-Fetch-Site, which no script can set, has to say so.
- The cookie, for every path but the one that hands it out and those that hold a secret themselves (``open_paths``).
- A POST is a form of at most ``LARGEST`` bytes that arrives within half a minute, with the form token in it.

The form is read here, once; the page finds it in ``scope["calsync.form"]``.
"""

import asyncio
import hmac
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

import msgspec
from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from calsync.phrase import phrase

__all__ = ["ENTRANCE", "FORM", "HEADERS", "LARGEST", "RefusedRequest", "SecurityMiddleware", "Session"]


# Who may come in: a token that opens once, the cookie it becomes, and the token that every form carries.
#
# Drawn when the page starts and never written anywhere. The cookie's name holds the port, so that two pages of one
# person do not put each other out.

_BYTES = 32


class Session:
    """The secrets of one running page."""

    def __init__(self, port: int, token: str) -> None:
        self._token, self._spent = token, False
        self._session = secrets.token_urlsafe(_BYTES)
        self._cookie = f"calsync-{port}"
        self.form_token = hmac.digest(self._session.encode(), b"form", "sha256").hex()

    @staticmethod
    def new_token() -> str:
        """A token for the address that is opened."""
        return secrets.token_urlsafe(_BYTES)

    def enter(self, token: str) -> str | None:
        """The ``Set-Cookie`` for whoever brings the token for the first time; None for everybody else."""
        if self._spent or not _same(token, self._token):
            return None
        self._spent = True
        return f"{self._cookie}={self._session}; HttpOnly; SameSite=Strict; Path=/"

    def knows(self, cookies: str) -> bool:
        """Whether a ``Cookie`` header brings the session."""
        try:
            found = SimpleCookie(cookies).get(self._cookie)
        except CookieError:
            return False
        return found is not None and _same(found.value, self._session)

    def is_own_form(self, form_token: str) -> bool:
        """Whether a form is one of this page's own."""
        return _same(form_token, self.form_token)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode())


# What stands on every answer, whoever gives it: a page, an error, or the server at the sight of garbage.

_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
HEADERS: tuple[tuple[str, str], ...] = (
    ("content-security-policy", "; ".join(_POLICY)),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("cache-control", "no-store"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
)

ENTRANCE = "/enter"
FORM = "calsync.form"
"""Where the scope has the form that was read."""
LARGEST = 4 * 1024 * 1024
"""Bytes of a form with all its files."""
_MOST_FIELDS, _MOST_FILES = 300, 20
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class RefusedRequest(Exception):  # named by what happened, like all of ours
    """A request that gets no further; ``sentence`` is a phrase and tells no secrets."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


class _RequestHead(msgspec.Struct, frozen=True):
    """A request before its body, and what it has to fit."""

    method: str
    path: str
    headers: Headers
    port: int
    session: Session
    open_paths: tuple[str, ...]

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_open(self) -> bool:
        return self.method != "POST" and self.path.startswith(self.open_paths)


class SecurityMiddleware:
    """The outermost application: asks, refuses, lets through, and puts the headers on whatever comes back."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        port: int,
        session: Session,
        refuse: Callable[[RefusedRequest], Awaitable[Response]],
        landing: Callable[[], Awaitable[Response]],
        open_paths: Iterable[str] = (),
    ) -> None:
        self._app, self._port, self._session = app, port, session
        self._refuse, self._landing, self._open = refuse, landing, tuple(open_paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; what is no HTTP gets no answer."""
        if scope["type"] != "http":
            return
        guarded = _HeadersOnAnswer(send)
        try:
            response = await self._asked(scope, receive, guarded)
        except RefusedRequest as refused:
            response = await self._refuse(refused)
            if refused.status in {_TOO_LATE, _TOO_LARGE}:
                response.headers["connection"] = "close"
        if response is not None and not guarded.begun:
            await response(scope, receive, guarded)

    async def _asked(self, scope: Scope, receive: Receive, send: "_HeadersOnAnswer") -> Response | None:
        """Let it through, or answer here."""
        headers = Headers(scope=scope)
        asked = _RequestHead(scope["method"], scope["path"], headers, self._port, self._session, self._open)
        if asked.path == ENTRANCE and asked.method == "GET":
            return await self._enter(scope, asked)
        for rule in _RULES:
            rule(asked)
        if asked.method == "POST":
            async with _form(scope, await _in_time(receive, headers)) as form:
                if not self._session.is_own_form(_text(form.get("_token"))):
                    raise RefusedRequest(
                        403, phrase("This form is not one of this page, or it is of a page that was stopped.")
                    )
                scope[FORM] = form
                await self._app(scope, _silence, send)
        else:
            await self._app(scope, receive, send)
        return None

    async def _enter(self, scope: Scope, asked: _RequestHead) -> Response:
        """The token becomes the cookie. A person may come here from anywhere, so Sec-Fetch-Site does not matter."""
        _host(asked)
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])
        cookie = self._session.enter(given[0])
        if cookie is None:
            _known(asked)
        response = await self._landing()
        if cookie is not None:
            response.headers["set-cookie"] = cookie
        return response


class _HeadersOnAnswer:
    """Sends on, with the headers on the answer."""

    def __init__(self, send: Send) -> None:
        self._send, self.begun = send, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS:
                headers[name] = value
        await self._send(message)


_TOO_LATE, _TOO_LARGE = 408, 413


def _host(asked: _RequestHead) -> None:
    if asked.headers.getlist("host") != [f"127.0.0.1:{asked.port}"]:
        raise RefusedRequest(
            400, phrase("This page answers to the address that calsync printed, and to no other name.")
        )


def _method(asked: _RequestHead) -> None:
    if asked.method not in {"GET", "HEAD", "POST"}:
        raise RefusedRequest(
            405, phrase("This page can be looked at and its forms can be sent, nothing else.")
        )


def _origin(asked: _RequestHead) -> None:
    origins, sites = asked.headers.getlist("origin"), asked.headers.getlist("sec-fetch-site")
    ours = origins == [asked.origin]
    same = sites == ["same-origin"]
    if sites and not same and (asked.method == "POST" or sites != ["none"]):
        raise _stranger()
    if origins and not ours and not (origins == ["null"] and same):
        raise _stranger()
    if asked.method == "POST" and not (ours or same):
        raise _stranger()


def _known(asked: _RequestHead) -> None:
    if not asked.is_open and not asked.session.knows("; ".join(asked.headers.getlist("cookie"))):
        raise RefusedRequest(
            403,
            phrase(
                "Open the address that calsync web printed; it works once, in one browser."
                " For another, stop calsync web and start it again."
            ),
        )


def _is_form(asked: _RequestHead) -> None:
    kind = asked.headers.get("content-type", "").partition(";")[0].strip().lower()
    if asked.method == "POST" and kind not in _FORMS:
        raise RefusedRequest(415, phrase("Only a form of this page can be sent here."))


_RULES: tuple[Callable[[_RequestHead], None], ...] = (_host, _method, _origin, _known, _is_form)


def _stranger() -> RefusedRequest:
    return RefusedRequest(403, phrase("Another page sent this; only this page may change anything here."))


async def _in_time(receive: Receive, headers: Headers) -> bytes:
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            return await _body(receive, headers)
    except TimeoutError:
        raise RefusedRequest(_TOO_LATE, phrase("The form took too long to arrive.")) from None


_BODY_SECONDS = 30


async def _body(receive: Receive, headers: Headers) -> bytes:
    """All of it. What is too large is read to its end and dropped, as a browser only then looks at the answer."""
    said = headers.get("content-length", "0")
    fits = not said.isdecimal() or int(said[:_DIGITS]) <= LARGEST
    body, length, more = bytearray(), 0, True
    while more and length <= _MOST_READ:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise RefusedRequest(400, phrase("The form broke off before its end."))
        piece = message.get("body", b"")
        length, more = length + len(piece), message.get("more_body", False)
        fits = fits and length <= LARGEST
        if fits:
            body += piece
    if not fits:
        raise _too_large()
    return bytes(body)


_MOST_READ = 64 * 1024 * 1024
"""Bytes of something too large, before the line is cut."""
_DIGITS = 20


def _too_large() -> RefusedRequest:
    return RefusedRequest(
        _TOO_LARGE, phrase("That is more than fits: a form and its files may have 4 MB together.")
    )


@asynccontextmanager
async def _form(scope: Scope, body: bytes) -> AsyncIterator[FormData]:
    """The form; its files are closed at the end of the block."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    if _is_cut_off(Headers(scope=scope), body):
        raise RefusedRequest(400, phrase("The form broke off before its end."))
    try:
        form = await Request(scope, receive).form(
            max_fields=_MOST_FIELDS, max_files=_MOST_FILES, max_part_size=LARGEST
        )
    except (HTTPException, MultiPartException, ValueError, LookupError) as error:
        raise RefusedRequest(400, phrase("The form that was sent cannot be read.")) from error
    try:
        yield form
    finally:
        await form.close()


def _is_cut_off(headers: Headers, body: bytes) -> bool:
    """Whether the last boundary is missing: the parser would drop the last file, open and without a word."""
    kind, options = parse_options_header(headers.get("content-type", ""))
    end = b"--" + options.get(b"boundary", b"") + b"--"
    return kind == b"multipart/form-data" and not body.rstrip().endswith(end)


async def _silence() -> Message:
    return {"type": "http.disconnect"}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""

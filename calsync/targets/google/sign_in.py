"""Signing in: Google's page in a browser, its answer at our door, and what it is exchanged for.

The wait is our own: the client library's server takes one visitor, waits for ever
and writes the code into the log. What was kept before stays as it is until
everything has gone well.
"""

import hmac
import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, SimpleQueue
from socketserver import TCPServer
from threading import Thread
from time import monotonic
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec
from oauthlib.oauth2 import OAuth2Error

from calsync.errors import BadSettings, SignInAgain, TryLater, Unavailable, Usage
from calsync.phrase import phrase
from calsync.targets.google.credentials import SECONDS, lifetime, unreachable
from calsync.targets.google.tokens import (
    CALENDAR,
    SCOPES,
    Client,
    Token,
    flags,
    keep_client,
    kept_client,
    kept_token,
    named,
    read_client,
    require,
    save,
)

__all__ = ["Door", "Exchange", "SignInAnswer", "SignInUser", "door", "sign_in"]


# Waiting for Google's answer: a small server on this computer, and addresses that are pasted.
#
# The browser ends at http://127.0.0.1:PORT/?state=…&code=… (RFC 8252, section 7.3).
# Whatever else knocks is answered 404 and changes nothing; an answer to another
# sign-in is refused and the wait goes on, so that the last right answer counts.
# Neither the server nor an error of it ever writes down what it was asked.

HOST = "127.0.0.1"
_MOST_FIELDS = 50
_SLICE = 0.25  # of a wait: Windows hears Ctrl-C only between two of them
_CODE = re.compile(r"[\w./~-]{10,512}")


class SignInAnswer(msgspec.Struct, frozen=True):
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
        self._found: SimpleQueue[SignInAnswer] = SimpleQueue()

    def answers(self, seconds: float) -> Iterator[SignInAnswer]:
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
            return HTTPStatus.NOT_FOUND, phrase("There is nothing here."), _nothing
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
            self._found.put(SignInAnswer(unquote(text), "", pasted=True))
        elif text:
            self._say(phrase("that is not the address the browser ended at; it begins with http://127.0.0.1"))

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
            phrase("port {port} is not for programs of yours", port=port),
            where="--port",
            remedy=phrase("take one above 1023"),
        ) from None
    except OSError:
        raise TryLater(
            phrase("port {port} is taken by another program", port=port),
            where="--port",
            remedy=phrase("leave --port out, or take another one"),
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
        self._tell(HTTPStatus.NOT_FOUND, phrase("There is nothing here."))

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


def _answer(fields: dict[str, str], *, pasted: bool) -> SignInAnswer:
    return SignInAnswer(fields.get("code", ""), fields.get("error", ""), pasted)


def _nothing() -> None:
    """What follows from a stray."""


_BACK = phrase("Thank you. You can close this page and go back to calsync.")
_OTHER = phrase("This answers another sign-in than the one calsync waits for. Use the page it named last.")
_STILL_WAITING = phrase("an answer to another sign-in was refused; still waiting for the page above")
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


# Google's page and the exchange behind it: PKCE and the wire are google-auth-oauthlib's, the words are ours.
#
# The address of the page holds a challenge whose answer stays in here (RFC 7636): a
# code alone, read over somebody's shoulder, is worth nothing.

_PLAIN = "OAUTHLIB_INSECURE_TRANSPORT"


class Exchange:
    """One sign-in with its own challenge; the answer comes to ``redirect_uri``."""

    def __init__(self, client: Client, scopes: Iterable[str], redirect_uri: str) -> None:
        from google_auth_oauthlib.flow import Flow  # noqa: PLC0415  # the extra, and heavy

        self._client = client
        self._flow = Flow.from_client_config(client.document, sorted(scopes), redirect_uri=redirect_uri)

    def page(self, state: str, account: str | None) -> str:
        """Where the person allows it; ``account`` is offered first.

        Consent is asked for every time: without it Google gives no lasting permission.
        """
        hint = {"login_hint": account} if account else {}
        with _plain(self._client.auth_uri):
            address, _ = self._flow.authorization_url(
                state=state, access_type="offline", prompt="consent", include_granted_scopes="true", **hint
            )
        return str(address)

    def tokens(self, code: str) -> dict[str, Any]:
        """What Google gives for the code, as its JSON says it. Raises SignInAgain, Unavailable."""
        from requests import RequestException  # noqa: PLC0415  # of the extra, loaded by now

        try:
            with _plain(self._client.token_uri):
                return dict(self._flow.fetch_token(code=code, include_client_id=True, timeout=SECONDS))
        except Warning as fewer:  # oauthlib's way to say that not every scope was granted; see there
            return dict(getattr(fewer, "token", {}))
        except OAuth2Error as error:
            raise _refused(str(error.error)) from None
        except RequestException as error:
            raise unreachable(error) from None
        except (ValueError, TypeError, AttributeError):  # an answer that is neither JSON nor a form
            raise unreachable(None) from None


@contextmanager
def _plain(address: str) -> Iterator[None]:
    """Let oauthlib take http for this one call; the client file was checked to name it on this computer alone.

    Oauthlib asks the environment and nothing else.
    """
    if address.startswith("https:"):
        yield
        return
    before = os.environ.get(_PLAIN)
    os.environ[_PLAIN] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_PLAIN]
        else:
            os.environ[_PLAIN] = before


def _refused(error: str) -> SignInAgain | Unavailable:
    match error:
        case "missing_token":
            return unreachable(None)
        case "invalid_grant":
            what, remedy = (
                phrase("Google did not take the code"),
                phrase("codes last for minutes, and work once: calsync auth google"),
            )
        case "invalid_client" | "unauthorized_client" | "deleted_client":
            what = phrase("Google does not know your client file, or not with this secret")
            remedy = phrase(
                "download it anew or make another one, then: calsync auth google --client-secret FILE"
            )
        case _:
            what = phrase("Google refused the sign-in ({error})", error=error[:60])
            remedy = phrase("type: calsync auth google")
    return SignInAgain(what, remedy=remedy, code="CS-AUT-020")


_HOUR = timedelta(seconds=3599)


class SignInUser(Protocol):
    """Whoever signs in."""

    def show(self, page: str, paste: Callable[[str], None]) -> None:
        """The address of Google's page gets to them, and each line that they paste to ``paste``; does not wait."""
        ...

    def say(self, message: str) -> None:
        """What they should know while they are waited for."""
        ...


def sign_in(
    folder: Path,
    extras: frozenset[str],
    *,
    now: datetime,
    person: SignInUser,
    client_file: Path | None = None,
    port: int = 0,
    seconds: float = 300,
) -> Token:
    """Ask for calsync's calendar, for ``extras`` and for what was allowed before; keep what comes of it.

    Raises SignInAgain when it was not allowed or nobody answered, and the errors
    of ``read_client``, ``kept_client``, ``door`` and ``Exchange``.
    """
    require()
    client = _client(folder, client_file)
    command = f"calsync auth google{flags(extras)}{_file_option(folder, client)}"
    required = frozenset({CALENDAR}) | extras
    before = _before(folder)
    asked = required | (before.scopes & SCOPES.keys() if before else frozenset())
    state = secrets.token_urlsafe(32)
    with door(port, state, person.say) as opened:
        exchange = Exchange(client, asked, opened.address)
        person.show(exchange.page(state, before.account if before else None), opened.pasted)
        said = _first_good(opened, exchange, seconds, person, command)
    granted = _granted(said.get("scope"), asked)
    _check(granted, required, command)
    token = _token(said, client, granted, now)
    keep_client(folder, client)
    save(folder, token)
    return token


def _client(folder: Path, file: Path | None) -> Client:
    """The client of ``file``, else the one that is kept. The first one is kept at once: it misleads nobody."""
    if file is None:
        return kept_client(folder)
    client = read_client(file)
    if _kept(folder) is None:
        keep_client(folder, client)
    return client


def _kept(folder: Path) -> Client | None:
    """The client of the sign-in before; a spoilt one is none."""
    try:
        return kept_client(folder)
    except (Usage, BadSettings):
        return None


def _file_option(folder: Path, client: Client) -> str:
    """What a second try must say again: a client that is not kept yet takes the place of another one."""
    return "" if _kept(folder) == client else " --client-secret FILE"


def _before(folder: Path) -> Token | None:
    """The sign-in that will be replaced; a spoilt one is none."""
    try:
        return kept_token(folder)
    except SignInAgain:
        return None


def _first_good(
    opened: Door, exchange: Exchange, seconds: float, person: SignInUser, command: str
) -> dict[str, Any]:
    """What the first right answer is exchanged for; a code pasted wrongly is no reason to give up."""
    for answer in opened.answers(seconds):
        try:
            return _tokens(answer, exchange, command)
        except SignInAgain as error:
            if not answer.pasted or answer.error:
                raise
            person.say(f"{error.what}; still waiting")
    raise SignInAgain(
        phrase("nobody answered on Google's page in time"),
        remedy=phrase("type: {command} (with --timeout 900 it waits a quarter of an hour)", command=command),
        code="CS-AUT-021",
    )


def _tokens(answer: SignInAnswer, exchange: Exchange, command: str) -> dict[str, Any]:
    if not answer.error:
        return exchange.tokens(answer.code)
    denied = answer.error == "access_denied"
    raise SignInAgain(
        phrase("Google's page was answered with no")
        if denied
        else phrase("Google's page failed ({error})", error=answer.error[:60]),
        remedy=phrase("to try again, type: {command}", command=command),
        code="CS-AUT-022",
    )


def _token(said: Mapping[str, Any], client: Client, granted: frozenset[str], now: datetime) -> Token:
    """The sign-in that Google's answer amounts to. Raises SignInAgain where it is none."""
    access, refresh = said.get("access_token"), said.get("refresh_token")
    if not (isinstance(access, str) and isinstance(refresh, str) and access and refresh):
        raise SignInAgain(
            phrase("Google gave no lasting permission"),
            remedy=phrase(
                "take calsync off the list at https://myaccount.google.com/permissions and sign in again"
            ),
            code="CS-AUT-024",
        )
    left = lifetime(said, "refresh_token_expires_in")
    return Token(
        client_id=client.client_id,
        refresh=refresh,
        access=access,
        fresh_until=now + (lifetime(said, "expires_in") or _HOUR),
        scopes=granted,
        signed_in=now,
        until=now + left if left else None,
    )


def _check(granted: frozenset[str], required: frozenset[str], command: str) -> None:
    """Google's page lets people clear single boxes. Raises SignInAgain when one is missing."""
    if missing := required - granted:
        raise SignInAgain(
            phrase("you did not allow calsync to {named}", named=" and to ".join(named(missing))),
            remedy=phrase("type: {command} and leave every box ticked", command=command),
            code="CS-AUT-023",
        )


def _granted(scope: object, asked: frozenset[str]) -> frozenset[str]:
    """What the answer says was allowed; all that was asked for where it says nothing (RFC 6749, section 5.1)."""
    if isinstance(scope, str):
        return frozenset(scope.split())
    return frozenset(map(str, scope)) if isinstance(scope, list | tuple | set) else asked

"""The right to write: credentials out of what the sign-in left, and how it is given back.

    login = credentials(folder, frozenset({CALENDAR}), now=now)

An access token lives for an hour. Whether it still does is told by the time noted
beside it, and in the end by Google: see ``lasting``.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from ssl import SSLError
from typing import Any
from urllib.parse import urlencode

import google_auth_httplib2
import httplib2
from google.auth.exceptions import TransportError
from google.oauth2.credentials import Credentials
from msgspec.structs import replace

from calsync.errors import CannotWrite, InputOutput, SignInAgain, Unavailable, Usage
from calsync.phrase import phrase
from calsync.targets.google.tokens import (
    AGAIN,
    CALENDAR,
    Client,
    Token,
    kept_client,
    kept_token,
    run_out,
    saved_over,
    signed_in,
)

__all__ = [
    "OK",
    "SECONDS",
    "Ask",
    "Lasting",
    "ask",
    "credentials",
    "lifetime",
    "network",
    "unreachable",
]


# One question to Google's sign-in server: a form out, a JSON object in, and what stands between in plain words.

OK = 200
_FAULT = 500
_WAITS = (1.0, 3.0)
"""Seconds before a question that met a fault of Google's is asked again."""

SECONDS = 30
"""How long an answer is waited for."""
_LONGEST = 10 * 366 * 86_400

Ask = Callable[..., Any]
"""A transport of google-auth: ``(url, method, body, headers)`` to something with ``status`` and ``data``."""


@contextmanager
def network() -> Iterator[Ask]:
    """The transport that the client libraries use; its connection is made when it is first needed."""
    connection = httplib2.Http(timeout=SECONDS)
    try:
        yield google_auth_httplib2.Request(connection)
    finally:
        connection.close()


Sleep = Callable[[float], object]
"""Waits so many seconds; the edges have it, as they have the time."""


def ask(
    transport: Ask, address: str, form: Mapping[str, str], sleep: Sleep | None = None
) -> tuple[int, dict[str, Any]]:
    """Send the form; gives the status and what the answer says. Raises Unavailable where none comes.

    With ``sleep``, what met a fault of the server's own is sent again.

    An answer that is no JSON object comes from somebody else on the way (the
    page of a hotel's network, a proxy), whatever its status says.
    """
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    body = urlencode(form).encode()
    try:
        answer = transport(url=address, method="POST", body=body, headers=headers)
        for wait in _WAITS if sleep else ():
            if sleep is None or int(answer.status) < _FAULT:
                break
            sleep(wait)
            answer = transport(url=address, method="POST", body=body, headers=headers)
    except (TransportError, OSError) as error:
        raise unreachable(error) from None
    try:
        said = json.loads(answer.data)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise unreachable(None)
    return int(answer.status), said


def lifetime(said: Mapping[str, Any], name: str) -> timedelta | None:
    """How long something lives, in seconds as an answer tells it; None where it tells no such number."""
    seconds = said.get(name)
    return timedelta(seconds=seconds) if isinstance(seconds, int) and 0 < seconds <= _LONGEST else None


def unreachable(error: Exception | None) -> Unavailable:
    """Why there is no answer of Google's, without the address, which may hold what nobody should read."""
    if error is None:
        return Unavailable(
            phrase("what answered was not Google's sign-in"),
            remedy=phrase(
                "open a web page to see whether this network wants you to log in first, then try again"
            ),
            code="CS-GOO-003",
        )
    cause = _cause(error)
    if isinstance(cause, SSLError):
        return Unavailable(
            phrase(
                "the connection to Google's sign-in is not safe, and nothing was sent ({said_by})",
                said_by=_said_by(cause),
            ),
            remedy=phrase(
                "see whether this network wants you to log in first, and whether this computer's clock is right"
            ),
            code="CS-GOO-005",
        )
    return Unavailable(
        phrase("Google's sign-in cannot be reached ({said_by})", said_by=_said_by(cause)),
        remedy=phrase("see whether you are online, then try again"),
        code="CS-GOO-002",
    )


def _cause(error: BaseException) -> BaseException:
    """The innermost error: the libraries wrap it, and google-auth in its arguments."""
    while (inner := error.__cause__ or error.__context__ or _within(error)) is not None:
        error = inner
    return error


def _within(error: BaseException) -> BaseException | None:
    return next((each for each in error.args if isinstance(each, BaseException)), None)


def _said_by(cause: BaseException) -> str:
    """What the system calls it, or its kind; never its whole text, which may hold an address with what it carries."""
    said = getattr(cause, "verify_message", "") or getattr(cause, "strerror", "")
    return (said or type(cause).__name__).lower()


_MARGIN = timedelta(minutes=5)
"""An access token that would end within a sync is exchanged before it."""


def credentials(
    folder: Path,
    needed: frozenset[str] = frozenset({CALENDAR}),
    *,
    now: datetime,
    sleep: Sleep | None = None,
) -> "Lasting":
    """What signs in to the API, good for a while and renewing itself.

    Raises SignInAgain when nobody is signed in, or the sign-in no longer counts
    or does not allow what is ``needed``; Unavailable when Google cannot be
    reached, and where the packages of the extra are missing.
    """
    token = signed_in(folder, needed, now=now)
    lasting = Lasting(folder, _client_of(folder, token), token, now, sleep)
    if not token.access or token.fresh_until <= now + _MARGIN:
        with network() as transport:
            lasting.refresh(transport)
    return lasting


def _client_of(folder: Path, token: Token) -> Client:
    """The client that the sign-in was given to; with any other, Google would refuse it."""
    try:
        client = kept_client(folder)
    except Usage as error:
        raise SignInAgain(error.what, remedy=error.remedy, code=error.code) from None
    if client.client_id != token.client_id:
        raise SignInAgain(
            phrase("the client file was changed since you signed in"), remedy=AGAIN, code="CS-AUT-012"
        )
    return client


# Credentials that keep what a refresh gives. Importing this needs the extra: ``auth.credentials`` does it.
#
# Google's library is told no time at which the access token ends, so that a clock
# that is wrong on this computer costs nothing: a 401 makes it call ``refresh``,
# which asks once. Nothing is ever deleted because a refresh failed.

_USUAL = timedelta(seconds=3599)
_NO_LONGER_KNOWN = {"deleted_client", "invalid_client", "unauthorized_client"}


class Lasting(Credentials):
    """The sign-in in ``folder``, as Google's library takes it."""

    def __init__(
        self, folder: Path, client: Client, token: Token, now: datetime, sleep: Sleep | None = None
    ) -> None:
        super().__init__(  # type: ignore[no-untyped-call]  # untyped_calls_exclude does not know super()
            token.access,
            refresh_token=token.refresh,
            token_uri=client.token_uri,
            client_id=client.client_id,
            client_secret=client.secret,
        )
        self._folder, self._client, self._sign_in, self._now = folder, client, token, now
        self._sleep = sleep

    def refresh(self, request: Ask) -> None:
        """Take what another process got in the meantime, else ask. Raises SignInAgain, Unavailable."""
        mine = self._sign_in
        there = kept_token(self._folder) or mine
        if there.access == self.token or there.client_id != mine.client_id or not there.access:
            there = _refreshed(request, self._client, there, self._now, self._sleep)
            with suppress(CannotWrite, InputOutput):  # it works all the same; the next run asks again
                saved_over(self._folder, there)
        self._sign_in, self.token = there, there.access


def _refreshed(request: Ask, client: Client, token: Token, now: datetime, sleep: Sleep | None) -> Token:
    """The sign-in with another access token (RFC 6749, section 6)."""
    form = {
        "grant_type": "refresh_token",
        "refresh_token": token.refresh,
        "client_id": client.client_id,
        "client_secret": client.secret,
    }
    status, said = ask(request, client.token_uri, form, sleep)
    access = said.get("access_token")
    if status != OK or not isinstance(access, str) or not access:
        raise _refused(status, str(said.get("error")))
    left = lifetime(said, "refresh_token_expires_in")
    return replace(
        token,
        access=access,
        fresh_until=now + (lifetime(said, "expires_in") or _USUAL),
        until=now + left if left else token.until,
    )


def _refused(status: int, error: str) -> SignInAgain | Unavailable:
    if error == "invalid_grant":
        return run_out()
    if error in _NO_LONGER_KNOWN:
        return SignInAgain(
            phrase("Google no longer knows your client file"),
            remedy=phrase(
                "download it anew or make another one, then: calsync auth google --client-secret FILE"
            ),
            code="CS-AUT-014",
        )
    return Unavailable(
        phrase("Google's sign-in answered {status}", status=status),
        remedy=phrase("try again in a few minutes"),
        code="CS-GOO-004",
    )

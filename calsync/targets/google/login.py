"""Signing in: Google's page in a browser, its answer at our door, and what it is exchanged for.

The wait is our own: the client library's server takes one visitor, waits for ever
and writes the code into the log. What was kept before stays as it is until
everything has gone well.
"""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from calsync.errors import BadSettings, SignInAgain, Usage
from calsync.targets.google.answers import Answer, Door, door
from calsync.targets.google.asking import lifetime
from calsync.targets.google.client import Client, keep_client, kept_client, read_client
from calsync.targets.google.exchange import Exchange
from calsync.targets.google.extra import require
from calsync.targets.google.scopes import CALENDAR, SCOPES, flags, named
from calsync.targets.google.tokens import Token, kept_token, save

__all__ = ["Person", "sign_in"]

_HOUR = timedelta(seconds=3599)


class Person(Protocol):
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
    person: Person,
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
    opened: Door, exchange: Exchange, seconds: float, person: Person, command: str
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
        "nobody answered on Google's page in time",
        remedy=f"type: {command} (with --timeout 900 it waits a quarter of an hour)",
        code="CS-AUT-021",
    )


def _tokens(answer: Answer, exchange: Exchange, command: str) -> dict[str, Any]:
    if not answer.error:
        return exchange.tokens(answer.code)
    denied = answer.error == "access_denied"
    raise SignInAgain(
        "Google's page was answered with no" if denied else f"Google's page failed ({answer.error[:60]})",
        remedy=f"to try again, type: {command}",
        code="CS-AUT-022",
    )


def _token(said: Mapping[str, Any], client: Client, granted: frozenset[str], now: datetime) -> Token:
    """The sign-in that Google's answer amounts to. Raises SignInAgain where it is none."""
    access, refresh = said.get("access_token"), said.get("refresh_token")
    if not (isinstance(access, str) and isinstance(refresh, str) and access and refresh):
        raise SignInAgain(
            "Google gave no lasting permission",
            remedy="take calsync off the list at https://myaccount.google.com/permissions and sign in again",
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
            f"you did not allow calsync to {' and to '.join(named(missing))}",
            remedy=f"type: {command} and leave every box ticked",
            code="CS-AUT-023",
        )


def _granted(scope: object, asked: frozenset[str]) -> frozenset[str]:
    """What the answer says was allowed; all that was asked for where it says nothing (RFC 6749, section 5.1)."""
    if isinstance(scope, str):
        return frozenset(scope.split())
    return frozenset(map(str, scope)) if isinstance(scope, list | tuple | set) else asked

"""The right to write: credentials out of what the sign-in left, and how it is given back.

    login = credentials(folder, frozenset({CALENDAR}), now=now)

An access token lives for an hour. Whether it still does is told by the time noted
beside it, and in the end by Google: see ``lasting``.
"""

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from calsync.errors import BadSettings, SignInAgain, Unavailable, Usage
from calsync.targets.google.asking import OK, ask, network
from calsync.targets.google.client import Client, kept_client
from calsync.targets.google.extra import require
from calsync.targets.google.scopes import CALENDAR, flags, named
from calsync.targets.google.tokens import AGAIN, Token, forget, kept_token, run_out

if TYPE_CHECKING:
    from google.oauth2.credentials import Credentials

__all__ = ["credentials", "sign_out", "signed_in"]

_MARGIN = timedelta(minutes=5)
"""An access token that would end within a sync is exchanged before it."""


def credentials(
    folder: Path, needed: frozenset[str] = frozenset({CALENDAR}), *, now: datetime
) -> "Credentials":
    """What signs in to the API, good for a while and renewing itself.

    Raises SignInAgain when nobody is signed in, or the sign-in no longer counts
    or does not allow what is ``needed``; Unavailable when Google cannot be
    reached, and where the packages of the extra are missing.
    """
    require()
    from calsync.targets.google.lasting import Lasting  # noqa: PLC0415  # the extra, and heavy

    token = signed_in(folder, needed, now=now)
    lasting = Lasting(folder, _client_of(folder, token), token, now)
    if not token.access or token.fresh_until <= now + _MARGIN:
        with network() as transport:
            lasting.refresh(transport)
    return lasting


def signed_in(folder: Path, needed: frozenset[str] = frozenset(), *, now: datetime) -> Token:
    """The sign-in that is kept, as far as can be told without asking Google. Raises SignInAgain."""
    token = kept_token(folder)
    if token is None:
        raise SignInAgain(
            "you are not signed in to Google",
            remedy=f"type: calsync auth google{flags(needed)}",
            code="CS-AUT-010",
        )
    if token.is_over(now):
        raise run_out()
    if missing := needed - token.scopes:
        raise SignInAgain(
            f"you have not allowed calsync to {' and to '.join(named(missing))}",
            remedy=f"type: calsync auth google{flags(missing)}",
            code="CS-AUT-011",
        )
    return token


def sign_out(folder: Path) -> tuple[bool, str]:
    """Take the permission back at Google and delete it here: whether there was one, and why Google was not told.

    It is deleted here whatever Google says. Raises CannotWrite.
    """
    try:
        token = kept_token(folder)
        why = _revoked(kept_client(folder), token) if token else ""
    except (SignInAgain, Usage, BadSettings, Unavailable) as error:  # also: spoilt files, which show nothing
        why = error.what
    return forget(folder), why


def _revoked(client: Client, token: Token) -> str:
    """Tell Google (RFC 7009); "" when the permission is over, also if it already was. Raises Unavailable."""
    require()
    with network() as transport:
        status, said = ask(transport, client.revoke_uri, {"token": token.refresh})
    over = status == OK or said.get("error") in {"invalid_token", "invalid_grant"}
    return "" if over else f"Google answered {status}"


def _client_of(folder: Path, token: Token) -> Client:
    """The client that the sign-in was given to; with any other, Google would refuse it."""
    try:
        client = kept_client(folder)
    except Usage as error:
        raise SignInAgain(error.what, remedy=error.remedy, code=error.code) from None
    if client.client_id != token.client_id:
        raise SignInAgain("the client file was changed since you signed in", remedy=AGAIN, code="CS-AUT-012")
    return client

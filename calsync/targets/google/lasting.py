"""Credentials that keep what a refresh gives. Importing this needs the extra: ``auth.credentials`` does it.

Google's library is told no time at which the access token ends, so that a clock
that is wrong on this computer costs nothing: a 401 makes it call ``refresh``,
which asks once. Nothing is ever deleted because a refresh failed.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from google.oauth2.credentials import Credentials

from calsync.errors import CannotWrite, InputOutput, SignInAgain, Unavailable
from calsync.targets.google.asking import OK, Ask, ask, lifetime
from calsync.targets.google.client import Client
from calsync.targets.google.tokens import Token, kept_token, run_out, saved_over

__all__ = ["Lasting"]

_USUAL = timedelta(seconds=3599)
_NO_LONGER_KNOWN = {"deleted_client", "invalid_client", "unauthorized_client"}


class Lasting(Credentials):
    """The sign-in in ``folder``, as Google's library takes it."""

    def __init__(self, folder: Path, client: Client, token: Token, now: datetime) -> None:
        super().__init__(  # type: ignore[no-untyped-call]  # untyped_calls_exclude does not know super()
            token.access,
            refresh_token=token.refresh,
            token_uri=client.token_uri,
            client_id=client.client_id,
            client_secret=client.secret,
        )
        self._folder, self._client, self._sign_in, self._now = folder, client, token, now

    def refresh(self, request: Ask) -> None:
        """Take what another process got in the meantime, else ask. Raises SignInAgain, Unavailable."""
        mine = self._sign_in
        there = kept_token(self._folder) or mine
        if there.access == self.token or there.client_id != mine.client_id or not there.access:
            there = _refreshed(request, self._client, there, self._now)
            with suppress(CannotWrite, InputOutput):  # it works all the same; the next run asks again
                saved_over(self._folder, there)
        self._sign_in, self.token = there, there.access


def _refreshed(request: Ask, client: Client, token: Token, now: datetime) -> Token:
    """The sign-in with another access token (RFC 6749, section 6)."""
    form = {
        "grant_type": "refresh_token",
        "refresh_token": token.refresh,
        "client_id": client.client_id,
        "client_secret": client.secret,
    }
    status, said = ask(request, client.token_uri, form)
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
            "Google no longer knows your client file",
            remedy="download it anew or make another one, then: calsync auth google --client-secret FILE",
            code="CS-AUT-014",
        )
    return Unavailable(
        f"Google's sign-in answered {status}", remedy="try again in a few minutes", code="CS-GOO-004"
    )

"""Signing out: the permission given back at Google, and forgotten here, also where the extra is not installed any more."""

from pathlib import Path

from calsync.errors import BadSettings, SignInAgain, Unavailable, Usage
from calsync.phrase import phrase
from calsync.targets.google.tokens import Client, Token, forget, kept_client, kept_token, require

__all__ = ["sign_out"]


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
    from calsync.targets.google.credentials import OK, ask, network  # noqa: PLC0415  # the extra, and heavy

    with network() as transport:
        status, said = ask(transport, client.revoke_uri, {"token": token.refresh})
    over = status == OK or said.get("error") in {"invalid_token", "invalid_grant"}
    return "" if over else phrase("Google answered {status}", status=status)

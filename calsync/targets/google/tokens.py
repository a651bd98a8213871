"""token.json: what the sign-in gave, and what is known about it without asking Google.

Read and written without Google's libraries, so that ``auth status`` and ``doctor``
can look at it. Every change reads the file anew: another process may have
refreshed, signed in again or signed out meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from calsync.errors import SignInAgain
from calsync.targets.google.folder import TOKEN, read, remove, write

__all__ = ["AGAIN", "Token", "forget", "kept_token", "remember_account", "run_out", "save", "saved_over"]

AGAIN = "sign in again: calsync auth google"
_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Token:
    """A sign-in. ``until``: when Google ends it by itself, None when never as far as is known.

    ``access`` counts until ``fresh_until`` and is then exchanged for another one
    with ``refresh``. ``account`` is known after the first sync only: the
    permission to sign in does not tell it.
    """

    client_id: str
    refresh: str = field(repr=False)
    access: str = field(repr=False)
    fresh_until: datetime
    scopes: frozenset[str]
    signed_in: datetime
    until: datetime | None = None
    account: str | None = None

    def __post_init__(self) -> None:
        """Refuse what no sign-in gives. Raises ValueError."""
        times = (self.fresh_until, self.signed_in, self.until)
        if any(time is not None and time.tzinfo is None for time in times):
            raise ValueError("a time without its zone")
        if not (self.client_id and self.refresh and self.scopes):
            raise ValueError("a sign-in that gave nothing")

    def is_over(self, now: datetime) -> bool:
        """Whether Google has ended it by the time it told beforehand."""
        return self.until is not None and self.until <= now

    def days_left(self, now: datetime) -> int | None:
        """Whole days until Google ends it; None where it does not."""
        return None if self.until is None else max(0, (self.until - now).days)


def kept_token(folder: Path) -> Token | None:
    """The sign-in that is kept; None where nobody is signed in. Raises SignInAgain where the file was spoilt."""
    file = folder / TOKEN
    try:
        return _token(read(file))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        what = error.strerror if isinstance(error, OSError) and error.strerror else "it is damaged"
        raise SignInAgain(
            f"the sign-in to Google cannot be read: {what.lower()}",
            where=str(file),
            remedy=AGAIN,
            code="CS-AUT-006",
        ) from None


def save(folder: Path, token: Token) -> None:
    """Keep the sign-in in the place of the one before. Raises CannotWrite, InputOutput."""
    write(folder / TOKEN, _document(token))


def saved_over(folder: Path, token: Token) -> None:
    """Keep what a refresh gave, unless somebody signed in anew or signed out in the meantime."""
    now_there = kept_token(folder)
    if now_there is not None and now_there.refresh == token.refresh:
        save(folder, replace(token, account=now_there.account or token.account))


def remember_account(folder: Path, account: str) -> None:
    """Note whose calendar it is, as the first sync learns it; nothing is written if that is known."""
    token = kept_token(folder)
    if token is not None and account and token.account != account:
        save(folder, replace(token, account=account))


def forget(folder: Path) -> bool:
    """Take the sign-in away; whether there was one. Raises CannotWrite."""
    return remove(folder / TOKEN)


def run_out() -> SignInAgain:
    """What to say when the sign-in was good once."""
    return SignInAgain(
        "your sign-in to Google has run out or was taken back",
        remedy="type: calsync auth google (every seven days? publish the consent screen, as the README says)",
        code="CS-AUT-013",
    )


def _document(token: Token) -> dict[str, Any]:
    return {
        "schema": _SCHEMA,
        "client_id": token.client_id,
        "refresh_token": token.refresh,
        "access_token": token.access,
        "fresh_until": token.fresh_until.isoformat(),
        "scopes": sorted(token.scopes),
        "signed_in": token.signed_in.isoformat(),
        "until": token.until and token.until.isoformat(),
        "account": token.account,
    }


def _token(document: Mapping[str, Any]) -> Token:
    """Raises KeyError, TypeError, ValueError for what ``_document`` did not write."""
    if document["schema"] != _SCHEMA:
        raise ValueError("of another form")
    until = document["until"]
    client_id, refresh, access = (document[name] for name in ("client_id", "refresh_token", "access_token"))
    texts = [client_id, refresh, access, *document["scopes"], document["account"] or ""]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("a text is missing")
    return Token(
        client_id=client_id,
        refresh=refresh,
        access=access,
        fresh_until=datetime.fromisoformat(document["fresh_until"]),
        scopes=frozenset(document["scopes"]),
        signed_in=datetime.fromisoformat(document["signed_in"]),
        until=None if until is None else datetime.fromisoformat(until),
        account=document["account"],
    )

"""Who may come in: a token that opens once, the cookie it becomes, and the token that every form carries.

Drawn when the page starts and never written anywhere. The cookie's name holds the port, so that two pages of one
person do not put each other out.
"""

import hmac
import secrets
from http.cookies import CookieError, SimpleCookie

__all__ = ["Door"]

_BYTES = 32


class Door:
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

"""Google's page and the exchange behind it: PKCE and the wire are google-auth-oauthlib's, the words are ours.

The address of the page holds a challenge whose answer stays in here (RFC 7636): a
code alone, read over somebody's shoulder, is worth nothing.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from calsync.errors import SignInAgain, Unavailable
from calsync.targets.google.asking import SECONDS, unreachable
from calsync.targets.google.client import Client

__all__ = ["Exchange"]

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
        from oauthlib.oauth2 import OAuth2Error  # noqa: PLC0415  # the extra, and heavy
        from requests import RequestException  # noqa: PLC0415  # as above

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
                "Google did not take the code",
                "codes last for minutes, and work once: calsync auth google",
            )
        case "invalid_client" | "unauthorized_client" | "deleted_client":
            what = "Google does not know your client file, or not with this secret"
            remedy = "download it anew or make another one, then: calsync auth google --client-secret FILE"
        case _:
            what = f"Google refused the sign-in ({error[:60]})"
            remedy = "type: calsync auth google"
    return SignInAgain(what, remedy=remedy, code="CS-AUT-020")

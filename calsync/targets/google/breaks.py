"""What it means when a connection breaks: a row for each way, the most telling first.

``lost`` says that the request may have been done although nobody answered.
"""

import socket
import ssl
from collections.abc import Callable, Iterator
from http.client import HTTPException
from typing import NamedTuple

from calsync.errors import CalsyncError, SignInAgain, Unavailable

__all__ = ["MANGLED", "Broken", "broken", "elsewhere", "mangled", "no_answer"]

_AGAIN = "run calsync sync google again; it goes on where it stopped"
_FEW, _MANY = 2, 100


MANGLED = (ValueError, LookupError, AttributeError, TypeError)
"""What the library raises where the answer to a batch is cut off, or lacks parts."""


class Broken(NamedTuple):
    """Why there is no answer that counts.

    ``tries``: how often to send again; ``wait``: seconds that we were told to
    wait; ``spent``: seconds that went by in waiting for an answer.
    """

    error: CalsyncError
    tries: int = _MANY
    wait: float = 0.0
    spent: float = 0.0
    lost: bool = False


def broken(error: Exception) -> Broken | None:
    """What an exception of the libraries means; None for one that means a bug."""
    for chain in _chain(error):
        for kind, make in _rows():
            if isinstance(chain, kind):
                return make(chain)
    return None


def mangled() -> Broken:
    """An answer to a batch of which only a piece arrived."""
    return _lost(None)


def no_answer(text: str) -> Broken:
    """A good status over something that is no JSON: a page of somebody else's, or a piece of an answer."""
    text = text.lstrip()
    return elsewhere() if not text or text.startswith("<") else _lost(None)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, and what it was made from: google-auth wraps what httplib2 raises."""
    yield error
    for inner in error.args:
        if isinstance(inner, BaseException):
            yield from _chain(inner)


def _rows() -> Iterator[tuple[type[BaseException], Callable[[BaseException], Broken]]]:
    import httplib2  # noqa: PLC0415  # the extra, loaded when it is used
    from google.auth.exceptions import RefreshError, TransportError  # noqa: PLC0415  # as above
    from googleapiclient.errors import BatchError  # noqa: PLC0415  # as above

    yield RefreshError, _no_refresh
    yield httplib2.ServerNotFoundError, _no_network
    yield socket.gaierror, _no_network
    yield ssl.SSLEOFError, _lost
    yield ssl.SSLZeroReturnError, _lost
    yield ssl.SSLError, _untrusted
    yield TimeoutError, _silent
    yield ConnectionRefusedError, _no_network
    yield ConnectionError, _lost
    yield HTTPException, _lost
    yield BatchError, _no_batch
    yield httplib2.HttpLib2Error, _lost
    yield OSError, _no_network
    yield TransportError, _lost
    yield UnicodeDecodeError, _lost


def _no_network(error: BaseException) -> Broken:
    what = getattr(error, "strerror", None) or str(error)
    return Broken(
        Unavailable(
            f"Google cannot be reached: {what}",
            remedy="see whether you are online, and try again",
            code="CS-NET-010",
        ),
        tries=_FEW,
    )


def _untrusted(error: BaseException) -> Broken:
    what = getattr(error, "verify_message", "") or getattr(error, "reason", "") or str(error)
    return Broken(
        Unavailable(
            f"the connection is not safe, so nothing was sent: {what}",
            remedy="see that the clock of this computer is right and that nothing in between opens connections",
            code="CS-NET-011",
        ),
        tries=0,
    )


def _silent(_: BaseException) -> Broken:
    found = Unavailable("Google does not answer", remedy=_AGAIN, code="CS-NET-012")
    return Broken(found, spent=30.0, lost=True)


def _lost(_: BaseException | None) -> Broken:
    return Broken(
        Unavailable("the connection to Google broke off", remedy=_AGAIN, code="CS-NET-013"), lost=True
    )


def _no_batch(error: BaseException) -> Broken:
    return no_answer(str(getattr(error, "content", "")))


def elsewhere() -> Broken:
    """Whoever answered is not Google."""
    return Broken(
        Unavailable(
            "somebody else answers in Google's place, perhaps the sign-in page of this network",
            remedy="open any page in your browser, sign in there, and try again",
            code="CS-GOO-017",
        ),
        tries=0,
        lost=True,
    )


def _no_refresh(error: BaseException) -> Broken:
    """A refusal is final; a fault of the server that gives tokens is not."""
    if getattr(error, "retryable", False):
        return _lost(error)
    return Broken(
        SignInAgain(
            "Google no longer takes the sign-in; nothing was deleted",
            remedy="type: calsync auth google",
            code="CS-GOO-014",
        ),
        tries=0,
    )

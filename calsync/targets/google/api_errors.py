"""What Google's answers mean: a row of ``_STATUSES`` or ``_REASONS`` for each that concerns the whole run.

What is in neither is an answer to one call alone (404, 409, 410, 412 and the
like), and its caller's to judge.
"""

import json
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any

import httplib2
import msgspec
from google.auth.exceptions import RefreshError, TransportError
from googleapiclient.errors import BatchError

from calsync.errors import CalsyncError, SignInAgain, TryLater, Unavailable
from calsync.phrase import phrase
from calsync.targets.google.tokens import NOT_ALLOWED

__all__ = [
    "MANGLED",
    "Broken",
    "GoogleAnswer",
    "broken",
    "elsewhere",
    "mangled",
    "no_answer",
    "refusal",
    "trouble",
]


# What it means when a connection breaks: a row for each way, the most telling first.
#
# ``lost`` says that the request may have been done although nobody answered.

_AGAIN = phrase("run calsync sync google again; it goes on where it stopped")
_FEW, _MANY = 2, 100


MANGLED = (ValueError, LookupError, AttributeError, TypeError)
"""What the library raises where the answer to a batch is cut off, or lacks parts."""


class Broken(msgspec.Struct, frozen=True):
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
            phrase("Google cannot be reached: {what}", what=what),
            remedy=phrase("see whether you are online, and try again"),
            code="CS-NET-010",
        ),
        tries=_FEW,
    )


def _untrusted(error: BaseException) -> Broken:
    what = getattr(error, "verify_message", "") or getattr(error, "reason", "") or str(error)
    return Broken(
        Unavailable(
            phrase("the connection is not safe, so nothing was sent: {what}", what=what),
            remedy=phrase(
                "see that the clock of this computer is right and that nothing in between opens connections"
            ),
            code="CS-NET-011",
        ),
        tries=0,
    )


def _silent(_: BaseException) -> Broken:
    found = Unavailable(phrase("Google does not answer"), remedy=_AGAIN, code="CS-NET-012")
    return Broken(found, spent=30.0, lost=True)


def _lost(_: BaseException | None) -> Broken:
    return Broken(
        Unavailable(phrase("the connection to Google broke off"), remedy=_AGAIN, code="CS-NET-013"), lost=True
    )


def _no_batch(error: BaseException) -> Broken:
    return no_answer(str(getattr(error, "content", "")))


def elsewhere() -> Broken:
    """Whoever answered is not Google."""
    return Broken(
        Unavailable(
            phrase("somebody else answers in Google's place, perhaps the sign-in page of this network"),
            remedy=phrase("open any page in your browser, sign in there, and try again"),
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
            phrase("Google no longer takes the sign-in; nothing was deleted"),
            remedy=phrase("type: calsync auth google"),
            code="CS-GOO-014",
        ),
        tries=0,
    )


_ERRORS = 300  # and above


class GoogleAnswer(msgspec.Struct, frozen=True):
    """What Google answered to one call: a status, and the resource or else why not."""

    status: int
    resource: Mapping[str, Any] | None = None
    reason: str = ""
    message: str = ""
    wait: float = 0.0
    torn: Broken | None = None

    @property
    def is_good(self) -> bool:
        """Whether the call did what it was to do."""
        return self.status < _ERRORS


def refusal(error: Any) -> GoogleAnswer:
    """Status, ``errors[0].reason`` and the wait that is asked for; never decided by the text."""
    try:
        told = json.loads(error.content)["error"]
        first = told.get("errors", [{}])[0]
        reason, message = first.get("reason", ""), str(told.get("message", ""))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        reason, message = "", ""
    return GoogleAnswer(int(error.resp.status), None, str(reason), message, _retry_after(error.resp))


def _retry_after(headers: Mapping[str, str]) -> float:
    """Seconds, or a date (RFC 9110, section 10.2.3), which counts from the answer's own."""
    text = headers.get("retry-after", "")
    if text.strip().isdecimal():
        return float(text)
    try:
        ahead = parsedate_to_datetime(text) - parsedate_to_datetime(headers.get("date", ""))
    except (ValueError, TypeError):
        return 0.0
    return max(0.0, ahead.total_seconds())


def trouble(answer: GoogleAnswer) -> Broken | None:
    """What an answer means for the run: None where it is an answer to this call alone."""
    if answer.is_good:
        return answer.torn
    row = _REASONS.get((answer.status, answer.reason)) or _STATUSES.get(answer.status)
    if row is None and answer.status in range(300, 400):
        row = _STATUSES[300]
    if row is None and answer.status in range(500, 600):
        row = _STATUSES[500]
    return None if row is None else row(answer)


def _row(make: Callable[[GoogleAnswer], CalsyncError], *, tries: int) -> Callable[[GoogleAnswer], Broken]:
    return lambda answer: Broken(make(answer), tries=tries, wait=answer.wait)


def _busy(_: GoogleAnswer) -> CalsyncError:
    return TryLater(
        phrase("Google asks us to slow down"),
        remedy=phrase("run calsync sync google again in a few minutes; it goes on where it stopped"),
        code="CS-GOO-011",
    )


def _used_up(_: GoogleAnswer) -> CalsyncError:
    return TryLater(
        phrase("Google takes no more changes from this account for now"),
        remedy=phrase("run calsync sync google again in some hours; it goes on where it stopped"),
        code="CS-GOO-012",
    )


def _faulty(answer: GoogleAnswer) -> CalsyncError:
    return Unavailable(
        phrase("Google's calendar has a fault of its own just now (status {status})", status=answer.status),
        remedy=phrase("run calsync sync google again in a few minutes; it goes on where it stopped"),
        code="CS-GOO-013",
    )


def _signed_out(_: GoogleAnswer) -> CalsyncError:
    return SignInAgain(
        phrase("Google no longer takes the sign-in; nothing was deleted"),
        remedy=phrase("type: calsync auth google"),
        code="CS-GOO-014",
    )


def _not_allowed(_: GoogleAnswer) -> CalsyncError:
    return SignInAgain(
        phrase("the sign-in does not allow calsync to do this"),
        remedy=phrase("type: calsync auth google, and leave every box ticked"),
        code=NOT_ALLOWED,
    )


def _switched_off(_: GoogleAnswer) -> CalsyncError:
    return Unavailable(
        phrase("the Google Calendar API is not switched on in the project of your client file"),
        remedy=phrase(
            "switch it on at https://console.cloud.google.com/apis/library/calendar-json.googleapis.com, wait a minute"
        ),
        code="CS-GOO-016",
    )


_MANY = 100
_STATUSES: Mapping[int, Callable[[GoogleAnswer], Broken]] = {
    300: lambda _: elsewhere(),
    401: _row(_signed_out, tries=0),  # the library has refreshed once by then
    429: _row(_busy, tries=_MANY),
    500: _row(_faulty, tries=_MANY),
}
"""What a status means for the whole run; 300 and 500 stand for their hundreds. The rest is one call's own."""

_REASONS: Mapping[tuple[int, str], Callable[[GoogleAnswer], Broken]] = {
    (403, "rateLimitExceeded"): _row(_busy, tries=_MANY),
    (403, "userRateLimitExceeded"): _row(_busy, tries=_MANY),
    (403, "quotaExceeded"): _row(_used_up, tries=0),
    (403, "dailyLimitExceeded"): _row(_used_up, tries=0),
    (403, "insufficientPermissions"): _row(_not_allowed, tries=0),
    (403, "accessNotConfigured"): _row(_switched_off, tries=0),
}
"""What status and reason together mean, where the reason matters."""

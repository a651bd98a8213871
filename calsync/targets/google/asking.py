"""One question to Google's sign-in server: a form out, a JSON object in, and what stands between in plain words."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from calsync.errors import Unavailable

__all__ = ["OK", "SECONDS", "Ask", "ask", "lifetime", "network", "unreachable"]

OK = 200

SECONDS = 30
"""How long an answer is waited for."""
_LONGEST = 10 * 366 * 86_400

Ask = Callable[..., Any]
"""A transport of google-auth: ``(url, method, body, headers)`` to something with ``status`` and ``data``."""


@contextmanager
def network() -> Iterator[Ask]:
    """The transport that the client libraries use; its connection is made when it is first needed."""
    import google_auth_httplib2  # noqa: PLC0415  # the extra, and heavy
    import httplib2  # noqa: PLC0415  # as above

    connection = httplib2.Http(timeout=SECONDS)
    try:
        yield google_auth_httplib2.Request(connection)
    finally:
        connection.close()


def ask(transport: Ask, address: str, form: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
    """Send the form; gives the status and what the answer says. Raises Unavailable where none comes.

    An answer that is no JSON object comes from somebody else on the way (the
    page of a hotel's network, a proxy), whatever its status says.
    """
    from google.auth.exceptions import TransportError  # noqa: PLC0415  # the extra, and heavy

    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    try:
        answer = transport(url=address, method="POST", body=urlencode(form).encode(), headers=headers)
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
            "what answered was not Google's sign-in",
            remedy="open a web page to see whether this network wants you to log in first, then try again",
            code="CS-GOO-003",
        )
    from ssl import SSLError  # noqa: PLC0415  # nothing that only reads our files needs it

    cause = _cause(error)
    if isinstance(cause, SSLError):
        return Unavailable(
            f"the connection to Google's sign-in is not safe, and nothing was sent ({_said_by(cause)})",
            remedy="see whether this network wants you to log in first, and whether this computer's clock is right",
            code="CS-GOO-005",
        )
    return Unavailable(
        f"Google's sign-in cannot be reached ({_said_by(cause)})",
        remedy="see whether you are online, then try again",
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

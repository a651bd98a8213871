"""Google's client library, made to go where it should and to wait as it should.

``service`` builds it from the document that comes with it, for any root.
``Retry.exchange`` makes calls and makes them again where that helps; what an
answer or a broken connection means is in ``api_errors``. The library itself
looks at neither Retry-After nor into the parts of a batch. Importing this needs
the extra ``google``.
"""

import json
from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import partial
from http.client import BadStatusLine, HTTPResponse, ResponseNotReady
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import google_auth_httplib2
import httplib2
from google.oauth2.credentials import Credentials
from googleapiclient import discovery_cache
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import BatchError, HttpError
from googleapiclient.http import BatchHttpRequest

from calsync.targets.google.api_errors import (
    MANGLED,
    Broken,
    GoogleAnswer,
    broken,
    mangled,
    no_answer,
    refusal,
    trouble,
)

__all__ = ["TIMEOUT_SECONDS", "Batch", "Retry", "Transport", "service"]

K = TypeVar("K", bound=Hashable)

TIMEOUT_SECONDS = 30
MOST_SECONDS = 90.0
"""How long one run waits for better times, all in all."""
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 32.0
_FAULT = 500


def service(
    root: str,
    credentials: Credentials,
    timeout: float = TIMEOUT_SECONDS,
) -> Any:
    """The client of Calendar v3 at ``root``, which ends in a slash; nothing is fetched.

    The root is written into the document itself: ``api_endpoint`` would leave batches where they were.
    """
    document = _document() | {"rootUrl": root}
    document.pop("mtlsRootUrl", None)
    http = google_auth_httplib2.AuthorizedHttp(credentials, http=Transport(timeout), max_refresh_attempts=1)
    client = build_from_document(document, http=http, client_options={"universe_domain": "googleapis.com"})
    client.new_batch_http_request = partial(Batch, batch_uri=f"{root}{document['batchPath']}")
    return client


def _document() -> dict[str, Any]:
    """The description of the API that comes with the client library."""
    folder = Path(discovery_cache.__file__).parent
    document = json.loads((folder / "documents" / "calendar.v3.json").read_bytes())
    assert isinstance(document, dict)  # what a description is
    return document


class Retry:
    """Calls that are made again after a pause: for as long as there is hope, and ``MOST_SECONDS`` in all.

    ``sleep`` takes seconds, ``jitter`` gives a number from 0 to 1: without it,
    everybody whom a fault sent away would come back at once.
    """

    def __init__(
        self, sleep: Callable[[float], object], jitter: Callable[[], float], most: float = MOST_SECONDS
    ) -> None:
        self._sleep, self._jitter, self._left = sleep, jitter, most
        self.faults = 0
        """How many answers were faults of Google's own: what was asked for may have been done all the same."""

    def call(self, request: Any, *, only_once: bool = False) -> GoogleAnswer:
        """The answer to one call; see ``exchange``."""
        (found,) = [
            answer for done in self.exchange({0: request}, only_once=only_once) for answer in done.values()
        ]
        return found

    def exchange(
        self,
        requests: Mapping[K, Any],
        batch: Callable[[], Any] | None = None,
        *,
        only_once: bool = False,
    ) -> Iterator[dict[K, GoogleAnswer]]:
        """The answers that are final, as they come; several calls go as one ``batch()``.

        What may be made again is made again. With ``only_once`` a call is not
        that may have got through. Raises Unavailable, TryLater or SignInAgain
        where nothing helps, after the answers that did come.
        """
        waiting, attempt = dict(requests), 0
        while waiting:
            answers, broke = self._sent(waiting, batch)
            troubles = {key: found for key, answer in answers.items() if (found := trouble(answer))}
            self.faults += sum(answer.status >= _FAULT for answer in answers.values())
            final = {key: answer for key, answer in answers.items() if key not in troubles}
            if final:
                yield final
            waiting = {key: request for key, request in waiting.items() if key not in final}
            worst = min([*troubles.values(), *([broke] if broke else [])], key=_hope, default=None)
            if waiting and worst is not None:
                if worst.lost and only_once:
                    raise worst.error
                self._pause(worst, attempt)
            attempt += 1

    def _sent(
        self, waiting: Mapping[K, Any], batch: Callable[[], Any] | None
    ) -> tuple[dict[K, GoogleAnswer], Broken | None]:
        """One exchange over the wire: what was answered, and what broke."""
        try:
            if batch is None or len(waiting) == 1:
                ((key, request),) = waiting.items()
                return {key: _single(request)}, None
            return _batched(waiting, batch())
        except Exception as error:
            found = broken(error)
            if found is None:
                raise
            return {}, found

    def _pause(self, trouble: Broken, attempt: int) -> None:
        """Wait a while, longer each time and at least as long as we are told to. Raises the error of the trouble."""
        wait = min(_FIRST_WAIT * 2**attempt, _LONGEST_WAIT)
        wait = max(wait / 2 + wait / 2 * self._jitter(), trouble.wait)
        self._left -= trouble.spent
        if attempt >= trouble.tries or wait > self._left:
            raise trouble.error
        self._left -= wait
        self._sleep(wait)


def _hope(broke: Broken) -> tuple[int, float]:
    """What can least be mended comes first, then what has to be waited for longest."""
    return broke.tries, -broke.wait


def _single(request: Any) -> GoogleAnswer:
    """The answer to one call."""
    try:
        return _answer(request, request.execute())
    except HttpError as error:
        return refusal(error)


def _batched(waiting: Mapping[K, Any], batch: Any) -> tuple[dict[K, GoogleAnswer], Broken | None]:
    """The answers to the parts; where the whole was refused, that is the answer to each.

    To the library, a good status over what is no batch is an HttpError too.
    """
    keys = list(waiting)
    answers: dict[K, GoogleAnswer] = {}

    def took(number: str, content: object, error: HttpError | None) -> None:
        key = keys[int(number)]
        answers[key] = _answer(waiting[key], content) if error is None else refusal(error)

    for number, request in enumerate(waiting.values()):
        batch.add(request, callback=took, request_id=str(number))
    try:
        batch.execute()
    except Exception as error:
        if isinstance(error, HttpError) and not isinstance(error, BatchError):
            return dict.fromkeys(keys, refusal(error)), None
        found = broken(error) or (mangled() if isinstance(error, MANGLED) else None)
        if found is None:
            raise
        return answers, found
    return answers, None


def _answer(request: Any, content: object) -> GoogleAnswer:
    """A good answer; ``torn`` where it should have been JSON and is none.

    A deletion has no content (204), which the library gives as an empty text; empty octets came with 200.
    """
    if isinstance(content, dict):
        return GoogleAnswer(200, content)
    if request.method == "DELETE" and content == "":
        return GoogleAnswer(204, {})
    text = content.decode("utf-8", "replace") if isinstance(content, bytes) else str(content)
    return GoogleAnswer(200, torn=no_answer(text))


# Batches of Google's client library, with each part written out in a third of the time.
#
# The library builds a part as an email, which is most of what a sync would spend
# its time on. Should it one day call the method by another name, ours is not
# used any more, and the batch is what it was.

_OF_A_PART = {"content-type", "if-match"}
"""What a part says of itself; the batch says the rest."""


class Batch(BatchHttpRequest):  # type: ignore[misc]  # googleapiclient has no types
    """As the library's, to the last octet that matters."""

    def _serialize_request(self, request: Any) -> str:
        """One part (application/http): a request line, its headers, and JSON in ASCII."""
        where = urlsplit(request.uri)
        headers = {name.lower(): value for name, value in request.headers.items()}
        headers = {name: value for name, value in headers.items() if name in _OF_A_PART}
        request.http.credentials.apply(headers)
        body = request.body or ""
        headers |= {"host": where.netloc, "content-length": str(len(body))}
        path = f"{where.path}?{where.query}" if where.query else where.path
        lines = (f"{name}: {value}" for name, value in headers.items())
        return "\n".join((f"{request.method} {path} HTTP/1.1", *lines, "", body))


# The way to Google: httplib2, without three of its habits.
#
# It follows redirects, and the token with them; it waits for ever; and where a
# server hangs up without a word it sends the request a second time, POST or not.
# Sending again is decided in ``http.py``, by those who know what was sent.


class Transport(httplib2.Http):  # type: ignore[misc]  # httplib2 has no types
    """Connections that are kept, with a limit in seconds for every answer, to the host asked for and no other."""

    def __init__(self, timeout: float) -> None:
        super().__init__(timeout=timeout)
        self.follow_redirects = False

    def request(self, uri: str, *arguments: Any, **named: Any) -> Any:
        """As httplib2's, over connections that do not send again; one that broke is not used again."""
        named["connection_type"] = _Secure if uri.lower().startswith("https:") else _Plain
        try:
            return super().request(uri, *arguments, **named)
        except BaseException:
            for connection in self.connections.values():
                connection.close()
            raise


class _Once:
    """httplib2 sends again after BadStatusLine alone, which is how http.client calls a hang-up."""

    def getresponse(self) -> HTTPResponse:
        try:
            return super().getresponse()  # type: ignore[misc, no-any-return]  # of the connection it is mixed into
        except (BadStatusLine, ResponseNotReady) as error:
            raise ConnectionResetError("the server hung up") from error


class _Plain(_Once, httplib2.HTTPConnectionWithTimeout):  # type: ignore[misc]  # as above
    pass


class _Secure(_Once, httplib2.HTTPSConnectionWithTimeout):  # type: ignore[misc]  # as above
    pass

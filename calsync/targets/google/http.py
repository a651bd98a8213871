"""Google's client library, made to go where it should and to wait as it should.

``service`` builds it from the document that comes with it, for any root.
``Patience.exchange`` makes calls and makes them again where that helps; what a
status means is a row of ``_STATUSES`` and ``_REASONS``, what a broken
connection means a row of ``_BREAKS``. The library itself looks at neither
Retry-After nor into the parts of a batch.
"""

import json
from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from calsync.errors import CalsyncError, SignInAgain, TryLater, Unavailable
from calsync.targets.google.breaks import MANGLED, Broken, broken, mangled, no_answer
from calsync.targets.google.extra import require

if TYPE_CHECKING:
    from google.oauth2.credentials import Credentials

__all__ = ["Answer", "Patience", "service"]

K = TypeVar("K", bound=Hashable)

TIMEOUT_SECONDS = 30
MOST_SECONDS = 90.0
"""How long one run waits for better times, all in all."""
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 32.0
_ERRORS = 300  # and above


class Answer(NamedTuple):
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


def service(
    root: str,
    credentials: "Credentials",
    timeout: float = TIMEOUT_SECONDS,
) -> Any:  # noqa: ANN401  # googleapiclient has no types
    """The client of Calendar v3 at ``root``, which ends in a slash; nothing is fetched. Raises Unavailable.

    The root is written into the document itself: ``api_endpoint`` would leave batches where they were.
    """
    require()
    import google_auth_httplib2  # noqa: PLC0415  # the extra, loaded when it is used
    from googleapiclient.discovery import build_from_document  # noqa: PLC0415  # as above

    from calsync.targets.google.transport import Road  # noqa: PLC0415  # as above

    document = _document() | {"rootUrl": root}
    document.pop("mtlsRootUrl", None)
    http = google_auth_httplib2.AuthorizedHttp(credentials, http=Road(timeout), max_refresh_attempts=1)
    return build_from_document(document, http=http, client_options={"universe_domain": "googleapis.com"})


def _document() -> dict[str, Any]:
    """The description of the API that comes with the client library."""
    from importlib.resources import files  # noqa: PLC0415  # as above

    packaged = files("googleapiclient.discovery_cache") / "documents" / "calendar.v3.json"
    document = json.loads(packaged.read_bytes())
    assert isinstance(document, dict)  # noqa: S101  # what a description is
    return document


class Patience:
    """Calls that are made again after a pause: for as long as there is hope, and ``MOST_SECONDS`` in all.

    ``sleep`` takes seconds, ``jitter`` gives a number from 0 to 1: without it,
    everybody whom a fault sent away would come back at once.
    """

    def __init__(
        self, sleep: Callable[[float], object], jitter: Callable[[], float], most: float = MOST_SECONDS
    ) -> None:
        self._sleep, self._jitter, self._left = sleep, jitter, most

    def call(self, request: Any, *, only_once: bool = False) -> Answer:  # noqa: ANN401  # as above
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
    ) -> Iterator[dict[K, Answer]]:
        """The answers that are final, as they come; several calls go as one ``batch()``.

        What may be made again is made again. With ``only_once`` a call is not
        that may have got through. Raises Unavailable, TryLater or SignInAgain
        where nothing helps, after the answers that did come.
        """
        waiting, attempt = dict(requests), 0
        while waiting:
            answers, trouble = self._sent(waiting, batch)
            final = {key: answer for key, answer in answers.items() if _trouble(answer) is None}
            if final:
                yield final
            waiting = {key: request for key, request in waiting.items() if key not in final}
            for answer in answers.values():
                trouble = trouble or _trouble(answer)
            if waiting and trouble is not None:
                if trouble.lost and only_once:
                    raise trouble.error
                self._pause(trouble, attempt)
            attempt += 1

    def _sent(
        self, waiting: Mapping[K, Any], batch: Callable[[], Any] | None
    ) -> tuple[dict[K, Answer], Broken | None]:
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


def _single(request: Any) -> Answer:  # noqa: ANN401  # as above
    """The answer to one call."""
    from googleapiclient.errors import HttpError  # noqa: PLC0415  # as above

    try:
        return _answer(request, request.execute())
    except HttpError as error:
        return _refusal(error)


def _batched(waiting: Mapping[K, Any], batch: Any) -> tuple[dict[K, Answer], Broken | None]:  # noqa: ANN401  # as above
    """The answers to the parts; where the whole was refused, that is the answer to each.

    To the library, a good status over what is no batch is an HttpError too.
    """
    from googleapiclient.errors import BatchError, HttpError  # noqa: PLC0415  # as above

    keys = list(waiting)
    answers: dict[K, Answer] = {}

    def took(number: str, content: object, error: "HttpError | None") -> None:
        key = keys[int(number)]
        answers[key] = _answer(waiting[key], content) if error is None else _refusal(error)

    for number, request in enumerate(waiting.values()):
        batch.add(request, callback=took, request_id=str(number))
    try:
        batch.execute()
    except Exception as error:
        if isinstance(error, HttpError) and not isinstance(error, BatchError):
            return dict.fromkeys(keys, _refusal(error)), None
        found = broken(error) or (mangled() if isinstance(error, MANGLED) else None)
        if found is None:
            raise
        return answers, found
    return answers, None


def _answer(request: Any, content: object) -> Answer:  # noqa: ANN401  # as above
    """A good answer; ``torn`` where it should have been JSON and is none.

    A deletion has no content (204), which the library gives as an empty text; empty octets came with 200.
    """
    if isinstance(content, dict):
        return Answer(200, content)
    if request.method == "DELETE" and content == "":
        return Answer(204, {})
    text = content.decode("utf-8", "replace") if isinstance(content, bytes) else str(content)
    return Answer(200, torn=no_answer(text))


def _refusal(error: Any) -> Answer:  # noqa: ANN401  # as above
    """Status, ``errors[0].reason`` and the wait that is asked for; never decided by the text."""
    try:
        told = json.loads(error.content)["error"]
        first = told.get("errors", [{}])[0]
        reason, message = first.get("reason", ""), str(told.get("message", ""))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        reason, message = "", ""
    return Answer(int(error.resp.status), None, str(reason), message, _retry_after(error.resp))


def _retry_after(headers: Mapping[str, str]) -> float:
    """Seconds, or a date (RFC 9110, section 10.2.3), which counts from the answer's own."""
    text = headers.get("retry-after", "")
    if text.strip().isdecimal():
        return float(text)
    from email.utils import parsedate_to_datetime  # noqa: PLC0415  # seldom

    try:
        ahead = parsedate_to_datetime(text) - parsedate_to_datetime(headers.get("date", ""))
    except (ValueError, TypeError):
        return 0.0
    return max(0.0, ahead.total_seconds())


def _trouble(answer: Answer) -> Broken | None:
    """What an answer means for the run: None where it is an answer to this call alone."""
    if answer.is_good:
        return answer.torn
    row = _REASONS.get((answer.status, answer.reason)) or _STATUSES.get(answer.status)
    if row is None and answer.status in range(300, 400):
        row = _STATUSES[300]
    if row is None and answer.status in range(500, 600):
        row = _STATUSES[500]
    return None if row is None else row(answer)


def _row(make: Callable[[Answer], CalsyncError], *, tries: int) -> Callable[[Answer], Broken]:
    return lambda answer: Broken(make(answer), tries=tries, wait=answer.wait)


def _busy(_: Answer) -> CalsyncError:
    return TryLater(
        "Google asks us to slow down",
        remedy="run calsync sync google again in a few minutes; it goes on where it stopped",
        code="CS-GOO-011",
    )


def _used_up(_: Answer) -> CalsyncError:
    return TryLater(
        "Google takes no more changes from this account for now",
        remedy="run calsync sync google again in some hours; it goes on where it stopped",
        code="CS-GOO-012",
    )


def _faulty(answer: Answer) -> CalsyncError:
    return Unavailable(
        f"Google's calendar has a fault of its own just now (status {answer.status})",
        remedy="run calsync sync google again in a few minutes; it goes on where it stopped",
        code="CS-GOO-013",
    )


def _signed_out(_: Answer) -> CalsyncError:
    return SignInAgain(
        "Google no longer takes the sign-in; nothing was deleted",
        remedy="type: calsync auth google",
        code="CS-GOO-014",
    )


def _not_allowed(_: Answer) -> CalsyncError:
    return SignInAgain(
        "the sign-in does not allow calsync to do this",
        remedy="type: calsync auth google, and leave every box ticked",
        code="CS-GOO-015",
    )


def _switched_off(_: Answer) -> CalsyncError:
    return Unavailable(
        "the Google Calendar API is not switched on in the project of your client file",
        remedy="switch it on at https://console.cloud.google.com/apis/library/calendar-json.googleapis.com, wait a minute",
        code="CS-GOO-016",
    )


def _elsewhere(_: Answer) -> CalsyncError:
    return Unavailable(
        "somebody else answers in Google's place, perhaps the sign-in page of this network",
        remedy="open any page in your browser, sign in there, and try again",
        code="CS-GOO-017",
    )


_MANY = 100
_STATUSES: Mapping[int, Callable[[Answer], Broken]] = {
    300: _row(_elsewhere, tries=0),
    401: _row(_signed_out, tries=0),  # the library has refreshed once by then
    429: _row(_busy, tries=_MANY),
    500: _row(_faulty, tries=_MANY),
}
"""What a status means for the whole run; 300 and 500 stand for their hundreds. The rest is one call's own."""

_REASONS: Mapping[tuple[int, str], Callable[[Answer], Broken]] = {
    (403, "rateLimitExceeded"): _row(_busy, tries=_MANY),
    (403, "userRateLimitExceeded"): _row(_busy, tries=_MANY),
    (403, "quotaExceeded"): _row(_used_up, tries=0),
    (403, "dailyLimitExceeded"): _row(_used_up, tries=0),
    (403, "insufficientPermissions"): _row(_not_allowed, tries=0),
    (403, "accessNotConfigured"): _row(_switched_off, tries=0),
}
"""What status and reason together mean, where the reason matters."""

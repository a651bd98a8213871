"""What Google's answers mean: a row of ``_STATUSES`` or ``_REASONS`` for each that concerns the whole run.

What is in neither is an answer to one call alone (404, 409, 410, 412 and the
like), and its caller's to judge.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from calsync.errors import CalsyncError, SignInAgain, TryLater, Unavailable
from calsync.targets.google.breaks import Broken, elsewhere

__all__ = ["NOT_ALLOWED", "Answer", "refusal", "trouble"]

NOT_ALLOWED = "CS-GOO-015"
"""The code of the error that says: the sign-in is good, but not for this."""
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


def refusal(error: Any) -> Answer:  # noqa: ANN401  # as above
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


def trouble(answer: Answer) -> Broken | None:
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
        code=NOT_ALLOWED,
    )


def _switched_off(_: Answer) -> CalsyncError:
    return Unavailable(
        "the Google Calendar API is not switched on in the project of your client file",
        remedy="switch it on at https://console.cloud.google.com/apis/library/calendar-json.googleapis.com, wait a minute",
        code="CS-GOO-016",
    )


_MANY = 100
_STATUSES: Mapping[int, Callable[[Answer], Broken]] = {
    300: lambda _: elsewhere(),
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

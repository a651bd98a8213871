"""When the user is busy, as Google tells it: beginnings and ends, no titles (``freebusy.query``)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from calsync.errors import Unavailable
from calsync.phrase import phrase
from calsync.targets.google.calendar import Google

__all__ = ["AHEAD", "BusyAnswer", "ask_busy"]

AHEAD = timedelta(weeks=8)
"""How far is looked. Google gives no limit; questions over more than some two months have been refused."""


class BusyAnswer(msgspec.Struct, frozen=True):
    """Busy times, and the reason for each calendar that was not told."""

    times: tuple[tuple[datetime, datetime], ...]
    untold: Mapping[str, str]


def ask_busy(google: Google, calendars: Sequence[str], since: datetime, until: datetime) -> BusyAnswer:
    """The busy times of these calendars, between two moments; their ids, or ``primary``.

    Raises SignInAgain where that was not allowed, Unavailable, TryLater.
    """
    body = {
        "timeMin": _rfc3339_of(since),
        "timeMax": _rfc3339_of(until),
        "items": [{"id": each} for each in calendars],
    }
    answer = google.retry.call(google.client.freebusy().query(body=body))
    told = (answer.resource or {}).get("calendars")
    if not answer.is_good or not isinstance(told, dict):
        raise _busy_refused(answer.message or answer.reason or f"status {answer.status}")
    try:
        return _answered(told, calendars)
    except (ValueError, TypeError, AttributeError, LookupError) as error:
        raise _busy_refused(phrase("its answer makes no sense, {error}", error=error)) from None


def _busy_refused(why: str) -> Unavailable:
    return Unavailable(
        phrase("Google does not tell when you are busy: {why}", why=why),
        remedy=phrase("try again; if it stays so, tell us"),
        code="CS-GOO-030",
    )


def _answered(told: Mapping[str, Any], calendars: Sequence[str]) -> BusyAnswer:
    untold = {each: why for each in calendars if (why := _why_not(told.get(each)))}
    times = [span for each in calendars if each not in untold for span in _times(told[each].get("busy", ()))]
    return BusyAnswer(tuple(times), untold)


def _rfc3339_of(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _why_not(told: Any) -> str:
    """Why a calendar was not told, in Google's word for it."""
    if not isinstance(told, dict):
        return "notFound"
    errors = told.get("errors") or ()
    return str(errors[0].get("reason", "error")) if errors else ""


def _times(spans: Iterable[Mapping[str, str]]) -> list[tuple[datetime, datetime]]:
    found = [(datetime.fromisoformat(each["start"]), datetime.fromisoformat(each["end"])) for each in spans]
    if any(moment.tzinfo is None for span in found for moment in span):
        raise ValueError("a time without its zone")
    return found

"""The user's own calendars, looked at and never written to: their events, and when they are busy."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from calsync.errors import NoInput, SignInAgain, TryLater, Unavailable
from calsync.phrase import phrase
from calsync.targets.google.api_errors import GoogleAnswer
from calsync.targets.google.calendar import Google
from calsync.targets.google.tokens import NOT_ALLOWED
from calsync.targets.google.wire import MARKER, Body

__all__ = ["AHEAD", "PRIMARY", "Appointments", "BusyAnswer", "appointments", "ask_busy"]

PRIMARY = "primary"
"""The user's main calendar, whatever it is called."""
_PAGE_TO_READ = 250
_MOST = 10_000
_NOT_FOUND = 404


class Appointments(msgspec.Struct, frozen=True):
    """Events as Google tells them, in order of their start, and the zone of the calendar."""

    events: tuple[Body, ...]
    zone: str


def appointments(google: Google, calendar: str, since: datetime, until: datetime) -> Appointments:
    """What lies between two moments, also what was called off; calsync's own events are left out.

    A series is one event here, wherever it began. Raises SignInAgain, Unavailable,
    TryLater, and NoInput where there is no such calendar.
    """
    found: list[Body] = []
    page: dict[str, str] = {}
    while True:
        request = google.client.events().list(
            calendarId=calendar,
            timeMin=_rfc3339(since),
            timeMax=_rfc3339(until),
            showDeleted=True,
            maxResults=_PAGE_TO_READ,
            **page,
        )
        answer = _asked(google, request)
        if answer.status == _NOT_FOUND and calendar == PRIMARY:  # everybody has one
            raise _not_allowed()
        if answer.status == _NOT_FOUND:
            raise NoInput(
                phrase("there is no calendar {calendar!r} that you may see", calendar=calendar[:100]),
                remedy=phrase("take its id from its settings in Google Calendar, or leave --calendar out"),
                code="CS-GOO-031",
            )
        if not answer.is_good or answer.resource is None:
            why = answer.message or answer.reason or f"status {answer.status}"
            raise Unavailable(
                phrase("Google does not list the events: {why}", why=why),
                remedy=phrase("try again"),
                code="CS-GOO-032",
            )
        found += answer.resource.get("items", ())
        page = {"pageToken": str(answer.resource.get("nextPageToken", ""))}
        if not page["pageToken"] or len(found) >= _MOST:
            break
    mine = [each for each in found if MARKER not in each.get("extendedProperties", {}).get("private", {})]
    return Appointments(tuple(sorted(mine, key=_start)), str(answer.resource.get("timeZone", "")))


def _asked(google: Google, request: object) -> GoogleAnswer:
    """The answer; what goes wrong with a sync has remedies of its own."""
    try:
        return google.retry.call(request)
    except SignInAgain as error:
        raise (_not_allowed() if error.code == NOT_ALLOWED else error) from None
    except (TryLater, Unavailable) as error:
        if "calsync sync" in error.remedy:
            error.remedy = phrase("try again in a few minutes")
        raise


def _not_allowed() -> SignInAgain:
    return SignInAgain(
        phrase("you have not allowed calsync to read the events of your calendars"),
        remedy=phrase("type: calsync auth google --read"),
        code=NOT_ALLOWED,
    )


def _start(event: Body) -> str:
    """The moment, written so that it sorts."""
    start = event.get("start") or {}
    text = str(start.get("dateTime") or start.get("date") or "")
    try:
        return _rfc3339(datetime.fromisoformat(text)) if "T" in text else text
    except ValueError:  # told apart where events are understood
        return text


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


# When the user is busy, as Google tells it: beginnings and ends, no titles (``freebusy.query``).

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

"""Events of the user's own calendars, looked at and never written to (``events.list``)."""

from datetime import UTC, datetime

import msgspec

from calsync.errors import NoInput, SignInAgain, TryLater, Unavailable
from calsync.phrase import phrase
from calsync.targets.google.api_errors import GoogleAnswer
from calsync.targets.google.calendar import Google
from calsync.targets.google.tokens import NOT_ALLOWED
from calsync.targets.google.wire import MARKER, Body

__all__ = ["PRIMARY", "Appointments", "appointments"]

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
        remedy="type: calsync auth google --read",
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

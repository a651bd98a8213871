"""calsync's own calendar at Google, as calls: made, listed, looked at, written to.

Each call is a value before it is sent, so that a handful goes singly and more go
in batches. What an answer means for one event is decided by the caller.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from calsync.errors import CalsyncError, NoInput, SignInAgain, TryLater, Unavailable
from calsync.targets.google.api_errors import NOT_ALLOWED, Answer
from calsync.targets.google.http import Patience
from calsync.targets.google.merge import Known
from calsync.targets.google.reconcile import Insert, Patch, Remove
from calsync.targets.google.wire import MARKER, Resource

__all__ = [
    "AHEAD",
    "PRIMARY",
    "Appointments",
    "BusyAnswer",
    "Calendar",
    "CalendarGone",
    "Google",
    "Listing",
    "appointments",
    "ask_busy",
    "glance",
]

K = TypeVar("K")

HANDFUL = 5
"""Calls of up to so many go singly: a batch is as heavy as several of them."""
LARGEST_BATCH = 50
"""What Google advises."""
_FORBIDDEN, _NOT_FOUND, _GONE = 403, 404, 410
_PAGE = 2500
"""Events of a page, at most; Google's limit."""


class CalendarGone(Unavailable):
    """The calendar is not there for whoever is signed in."""

    default_code = "CS-GOO-010"


class Listing(msgspec.Struct, frozen=True):
    """Events that changed since a token, or all of them (``full``), and the token for the next time."""

    events: Sequence[Resource]
    token: str
    full: bool


class Google:
    """The API as a sync needs it; ``client`` is what ``http.service`` builds, or will build (``http.Later``).

    Up to a ``handful`` of calls go singly, more in batches of at most ``batch``.
    ``glance`` looks at a list without the client, and gives None where it cannot.
    """

    def __init__(
        self,
        client: Any,  # noqa: ANN401  # googleapiclient has no types
        patience: Patience,
        *,
        handful: int = HANDFUL,
        batch: int = LARGEST_BATCH,
        glance: Callable[[str, Mapping[str, str]], Mapping[str, Any] | None] | None = None,
    ) -> None:
        self.client, self.patience = client, patience
        self.handful, self.batch, self.glance = handful, batch, glance
        self.account = ""
        """Whose calendar it is, as soon as an event has told."""

    def close(self) -> None:
        """Let go of the connections."""
        self.client.close()

    def make_calendar(self, name: str, zone: str) -> str:
        """The id of a new calendar.

        Sent once: if the answer gets lost there may be a calendar that nobody
        knows, and with the permission we ask for nobody can look.
        """
        made = {"summary": name, "timeZone": zone}
        answer = self.patience.call(self.client.calendars().insert(body=made), only_once=True)
        if not answer.is_good or not answer.resource or "id" not in answer.resource:
            raise _refused("Google did not make the calendar", answer)
        return str(answer.resource["id"])

    def calendar(self, name: str) -> "Calendar":
        """The calendar of that id."""
        return Calendar(self, name)


class Calendar:
    """One calendar of ours."""

    def __init__(self, google: Google, name: str) -> None:
        self.id, self._google = name, google

    @cached_property
    def _events(self) -> Any:  # noqa: ANN401  # as above
        return self._google.client.events()

    def changes(self, token: str | None) -> Listing:
        """What changed since the token; everything where there is none, or Google no longer knows it.

        Raises CalendarGone.
        """
        if token:
            listing = self._glanced(token) or self._listed({"syncToken": token})
            if listing is not None:
                return listing
        listing = self._listed({})
        if listing is None:
            raise _refused("Google does not list the calendar", Answer(_GONE))
        return listing

    def check(self) -> None:
        """Raises CalendarGone where the calendar is not there any more."""
        answer = self._google.patience.call(self._google.client.calendars().get(calendarId=self.id))
        if not answer.is_good:
            raise self._not_there(answer)

    def writes(self, actions: Sequence[Insert | Patch | Remove]) -> Iterator[dict[int, Answer]]:
        """The answers to these, by their place, as they come; each answer is the event as it stands now."""
        return self._exchanged({place: self._write(action) for place, action in enumerate(actions)})

    def looks(self, events: Sequence[Known]) -> Iterator[dict[int, Answer]]:
        """What stands there for each of these, by its place."""
        ask = self._events.get
        return self._exchanged(
            {place: ask(calendarId=self.id, eventId=event.id) for place, event in enumerate(events)}
        )

    def _glanced(self, token: str) -> Listing | None:
        """The changes, if one plain answer has them all."""
        if self._google.glance is None:
            return None
        query = {"showDeleted": "true", "maxResults": str(_PAGE), "syncToken": token}
        page = self._google.glance(self.id, query)
        if page is None:
            return None
        events = page.get("items", ())
        self._learn_account(events)
        return Listing(events, page["nextSyncToken"], full=False)

    def _listed(self, since: Mapping[str, str]) -> Listing | None:
        """All pages; None where the token is no longer good."""
        found: list[Resource] = []
        page: dict[str, str] = {}
        while True:
            request = self._events.list(
                calendarId=self.id, showDeleted=True, maxResults=_PAGE, **since, **page
            )
            answer = self._google.patience.call(request)
            if answer.status == _GONE and since:
                return None
            if not answer.is_good or answer.resource is None:
                raise self._not_there(answer)
            found += answer.resource.get("items", ())
            self._learn_account(found)
            page = {"pageToken": answer.resource.get("nextPageToken", "")}
            if not page["pageToken"]:
                return Listing(found, answer.resource.get("nextSyncToken", ""), full=not since)

    def _not_there(self, answer: Answer) -> CalsyncError:
        if answer.status in {_FORBIDDEN, _NOT_FOUND, _GONE}:
            return CalendarGone(
                "the calendar is not there: it was deleted, or somebody else is signed in; nothing was changed",
                remedy="see calsync auth status; calsync sync google --restore makes a new calendar",
            )
        return _refused("Google does not list the calendar", answer)

    def _write(self, action: Insert | Patch | Remove) -> Any:  # noqa: ANN401  # as above
        """With If-Match, so that nothing is written over what somebody did in the meantime."""
        where = {"calendarId": self.id}
        if isinstance(action, Insert):
            return self._events.insert(body={"id": action.known.id, **action.wanted.body}, **where)
        where["eventId"] = action.known.id
        request = (
            self._events.patch(body=action.body, **where)
            if isinstance(action, Patch)
            else self._events.delete(**where)
        )
        if action.known.etag:
            request.headers["If-Match"] = action.known.etag
        return request

    def _exchanged(self, requests: Mapping[int, Any]) -> Iterator[dict[int, Answer]]:
        if not requests:
            return
        google, patience = self._google, self._google.patience
        size = google.batch if len(requests) > google.handful else 1
        batch = google.client.new_batch_http_request
        waiting = iter(requests.items())
        while some := dict(islice(waiting, size)):
            for answers in patience.exchange(some, batch):
                self._learn_account(answer.resource for answer in answers.values())
                yield answers

    def _learn_account(self, events: Iterable[Resource | None]) -> None:
        """Whoever made an event here is whoever signed in: the permission itself does not tell."""
        if not self._google.account:
            found = (each.get("creator", {}).get("email", "") for each in events if each)
            self._google.account = next(filter(None, found), "")


def _refused(what: str, answer: Answer) -> CalsyncError:
    why = answer.message or answer.reason or f"status {answer.status}"
    return Unavailable(f"{what}: {why}", remedy="try again; if it stays so, tell us", code="CS-GOO-018")


# When the user is busy, as Google tells it: beginnings and ends, no titles (``freebusy.query``).


AHEAD = timedelta(weeks=8)
"""How far is looked. Google gives no limit; questions over more than some two months have been refused."""


class BusyAnswer(msgspec.Struct, frozen=True):
    """Busy times, and the reason for each calendar that was not told."""

    times: tuple[tuple[datetime, datetime], ...]
    untold: Mapping[str, str]


def ask_busy(google: "Google", calendars: Sequence[str], since: datetime, until: datetime) -> BusyAnswer:
    """The busy times of these calendars, between two moments; their ids, or ``primary``.

    Raises SignInAgain where that was not allowed, Unavailable, TryLater.
    """
    body = {
        "timeMin": _rfc3339_of(since),
        "timeMax": _rfc3339_of(until),
        "items": [{"id": each} for each in calendars],
    }
    answer = google.patience.call(google.client.freebusy().query(body=body))
    told = (answer.resource or {}).get("calendars")
    if not answer.is_good or not isinstance(told, dict):
        raise _busy_refused(answer.message or answer.reason or f"status {answer.status}")
    try:
        return _answered(told, calendars)
    except (ValueError, TypeError, AttributeError, LookupError) as error:
        raise _busy_refused(f"its answer makes no sense, {error}") from None


def _busy_refused(why: str) -> Unavailable:
    return Unavailable(
        f"Google does not tell when you are busy: {why}",
        remedy="try again; if it stays so, tell us",
        code="CS-GOO-030",
    )


def _answered(told: Mapping[str, Any], calendars: Sequence[str]) -> BusyAnswer:
    untold = {each: why for each in calendars if (why := _why_not(told.get(each)))}
    times = [span for each in calendars if each not in untold for span in _times(told[each].get("busy", ()))]
    return BusyAnswer(tuple(times), untold)


def _rfc3339_of(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _why_not(told: Any) -> str:  # noqa: ANN401  # whatever Google says of a calendar
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


# One look at the calendar without Google's client library: most syncs have nothing more to ask.
#
# The library takes longer to load than everything else that such a sync does.
# Whatever is not a plain good answer here (a token that is over, a proxy, a
# network that breaks off, more than a page) is no answer: the library asks again
# and knows what to make of it.

_OK = 200
_PROXIES = ("http_proxy", "https_proxy", "all_proxy")


def glance(
    root: str, access: str, calendar: str, query: Mapping[str, str], timeout: float
) -> Mapping[str, Any] | None:
    """A page of the events, as ``events.list`` gives it; None where it takes more than this."""
    if any(os.environ.get(name) or os.environ.get(name.upper()) for name in _PROXIES):
        return None
    where = urlsplit(root)
    path = f"{where.path}calendar/v3/calendars/{quote(calendar, safe='')}/events?{urlencode(query)}"
    kind = HTTPSConnection if where.scheme == "https" else HTTPConnection
    connection = kind(where.hostname or "", where.port, timeout=timeout)
    try:
        connection.request(
            "GET", path, headers={"Authorization": f"Bearer {access}", "Accept": "application/json"}
        )
        answer = connection.getresponse()
        return _page(json.loads(answer.read())) if answer.status == _OK else None
    except (OSError, HTTPException, ValueError):
        return None
    finally:
        connection.close()


def _page(found: object) -> Mapping[str, Any] | None:
    """The last page of a list, which has the next token; None for anything else."""
    return found if isinstance(found, dict) and found.get("nextSyncToken") else None


# Events of the user's own calendars, looked at and never written to (``events.list``).


PRIMARY = "primary"
"""The user's main calendar, whatever it is called."""
_PAGE_TO_READ = 250
_MOST = 10_000
_NOT_FOUND = 404


class Appointments(msgspec.Struct, frozen=True):
    """Events as Google tells them, in order of their start, and the zone of the calendar."""

    events: tuple[Resource, ...]
    zone: str


def appointments(google: "Google", calendar: str, since: datetime, until: datetime) -> Appointments:
    """What lies between two moments, also what was called off; calsync's own events are left out.

    A series is one event here, wherever it began. Raises SignInAgain, Unavailable,
    TryLater, and NoInput where there is no such calendar.
    """
    found: list[Resource] = []
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
                f"there is no calendar {calendar[:100]!r} that you may see",
                remedy="take its id from its settings in Google Calendar, or leave --calendar out",
                code="CS-GOO-031",
            )
        if not answer.is_good or answer.resource is None:
            why = answer.message or answer.reason or f"status {answer.status}"
            raise Unavailable(
                f"Google does not list the events: {why}", remedy="try again", code="CS-GOO-032"
            )
        found += answer.resource.get("items", ())
        page = {"pageToken": str(answer.resource.get("nextPageToken", ""))}
        if not page["pageToken"] or len(found) >= _MOST:
            break
    mine = [each for each in found if MARKER not in each.get("extendedProperties", {}).get("private", {})]
    return Appointments(tuple(sorted(mine, key=_start)), str(answer.resource.get("timeZone", "")))


def _asked(google: "Google", request: object) -> Answer:
    """The answer; what goes wrong with a sync has remedies of its own."""
    try:
        return google.patience.call(request)
    except SignInAgain as error:
        raise (_not_allowed() if error.code == NOT_ALLOWED else error) from None
    except (TryLater, Unavailable) as error:
        if "calsync sync" in error.remedy:
            error.remedy = "try again in a few minutes"
        raise


def _not_allowed() -> SignInAgain:
    return SignInAgain(
        "you have not allowed calsync to read the events of your calendars",
        remedy="type: calsync auth google --read",
        code=NOT_ALLOWED,
    )


def _start(event: Resource) -> str:
    """The moment, written so that it sorts."""
    start = event.get("start") or {}
    text = str(start.get("dateTime") or start.get("date") or "")
    try:
        return _rfc3339(datetime.fromisoformat(text)) if "T" in text else text
    except ValueError:  # told apart where events are understood
        return text


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

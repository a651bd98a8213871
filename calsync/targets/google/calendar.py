"""calsync's own calendar at Google, as calls: made, listed, looked at, written to.

Each call is a value before it is sent, so that a handful goes singly and more go
in batches. What an answer means for one event is decided by the caller.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from calsync.errors import CalsyncError, Unavailable
from calsync.targets.google.http import Patience
from calsync.targets.google.merge import Known
from calsync.targets.google.reconcile import Insert, Patch, Remove
from calsync.targets.google.statuses import Answer
from calsync.targets.google.wire import Resource

__all__ = ["Calendar", "CalendarGone", "Google", "Listing"]

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


class Listing(NamedTuple):
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

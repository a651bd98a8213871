"""calsync's own calendar at Google, as the sync engine asks for it: made, listed, looked at, written to.

Each call is a value before it is sent, so that a handful goes singly and more go
in batches. What an answer means for one event is decided by the engine.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from calsync.errors import CalsyncError, Unavailable
from calsync.phrase import phrase
from calsync.sync.note import read_note, write_note
from calsync.sync.protocol import Answer, CalendarGone, Listing, Made, Verdict
from calsync.sync.values import Create, Delete, Known, Patch
from calsync.targets.google import api_errors
from calsync.targets.google.http import Retry
from calsync.targets.google.wire import Body, body, mark_properties, part, resource

__all__ = ["Calendar", "Google"]

HANDFUL = 5
"""Calls of up to so many go singly: a batch is as heavy as several of them."""
LARGEST_BATCH = 50
"""What Google advises."""
_PAGE = 2500
"""Events of a page, at most; Google's limit."""
_GONE, _CHANGED = 410, 412
_ABSENT = {403, 404, _GONE}
_VERDICTS = {
    404: Verdict.MISSING,
    409: Verdict.CONFLICT,
    _GONE: Verdict.DELETED,
    _CHANGED: Verdict.CONFLICT,
}


class Google:
    """The API as a sync needs it; ``client`` is what ``http.service`` builds.

    Up to a ``handful`` of calls go singly, more in batches of at most ``batch``.
    ``store`` is whose notes in the calendar are read.
    """

    def __init__(
        self,
        client: Any,
        retry: Retry,
        *,
        store: str = "",
        handful: int = HANDFUL,
        batch: int = LARGEST_BATCH,
    ) -> None:
        self.client, self.retry, self.store = client, retry, store
        self.handful, self.batch = handful, batch
        self.account = ""
        """Whose calendar it is, as soon as an event has told."""

    def close(self) -> None:
        """Let go of the connections."""
        self.client.close()

    def make_calendar(self, name: str, zone: str) -> Made:
        """A new calendar.

        A request whose answer gets lost is not sent again: there may be a
        calendar that nobody knows, and with the permission we ask for nobody can look.
        """
        request = self.client.calendars().insert(body={"summary": name, "timeZone": zone})
        faults = self.retry.faults
        answer = self.retry.call(request, only_once=True)
        if not answer.is_good or not answer.resource or "id" not in answer.resource:
            raise _refused(phrase("Google did not make the calendar"), answer)
        return Made(str(answer.resource["id"]), repeated=self.retry.faults > faults)

    def calendar(self, name: str) -> "Calendar":
        """The calendar of that id."""
        return Calendar(self, name)


class Calendar:
    """One calendar of ours."""

    def __init__(self, google: Google, name: str) -> None:
        self.id, self._google = name, google
        self._described = ""

    @cached_property
    def _events(self) -> Any:
        return self._google.client.events()

    def changes(self, token: str | None) -> Listing:
        """What changed since the token; everything where there is none, or Google no longer knows it.

        Raises CalendarGone.
        """
        listing = (self._list({"syncToken": token}) if token else None) or self._list({})
        if listing is None:
            raise _refused(phrase("Google does not list the calendar"), api_errors.GoogleAnswer(_GONE))
        return listing

    def check(self) -> None:
        """Raises CalendarGone where the calendar is not there any more."""
        answer = self._google.retry.call(self._google.client.calendars().get(calendarId=self.id))
        if not answer.is_good:
            raise self._not_there(answer)

    def write(self, actions: Sequence[Create | Patch | Delete]) -> Iterator[dict[int, Answer]]:
        """The answers to these, by their place, as they come; each answer is the event as it stands now."""
        return self._exchange({place: self._request(action) for place, action in enumerate(actions)})

    def fetch(self, known: Sequence[Known]) -> Iterator[dict[int, Answer]]:
        """What stands there for each of these, by its place."""
        get = self._events.get
        return self._exchange(
            {place: get(calendarId=self.id, eventId=each.href) for place, each in enumerate(known)}
        )

    def note(self, store: str, count: int) -> None:
        """A line of the calendar's description: the one place that a list of events shows as well."""
        text = write_note(self._described, store, count)
        request = self._google.client.calendars().patch(calendarId=self.id, body={"description": text})
        answer = self._google.retry.call(request)
        if answer.status in _ABSENT:
            raise self._not_there(answer)
        self._described = text

    def _list(self, since: Mapping[str, str]) -> Listing | None:
        """All pages; None where the token is no longer good."""
        found: list[Body] = []
        page: dict[str, str] = {}
        while True:
            request = self._events.list(
                calendarId=self.id, showDeleted=True, maxResults=_PAGE, **since, **page
            )
            answer = self._google.retry.call(request)
            if answer.status == _GONE and since:
                return None
            if not answer.is_good or answer.resource is None:
                raise self._not_there(answer)
            found += answer.resource.get("items", ())
            self._learn_account(found)
            page = {"pageToken": answer.resource.get("nextPageToken", "")}
            if not page["pageToken"]:
                self._described = str(answer.resource.get("description", ""))
                return Listing(
                    [resource(each) for each in found],
                    answer.resource.get("nextSyncToken", ""),
                    full=not since,
                    count=read_note(self._described, self._google.store),
                )

    def _not_there(self, answer: api_errors.GoogleAnswer) -> CalsyncError:
        if answer.status in _ABSENT:
            return CalendarGone(
                phrase(
                    "the calendar is not there: it was deleted, or somebody else is signed in; nothing was changed"
                ),
                remedy=phrase("see calsync auth status; calsync sync google --restore makes a new calendar"),
            )
        return _refused(phrase("Google does not list the calendar"), answer)

    def _request(self, action: Create | Patch | Delete) -> Any:
        """With If-Match, so that nothing is written over what somebody did in the meantime."""
        known, where = action.known, {"calendarId": self.id}
        if isinstance(action, Create):
            made = body(action.wanted.event) | mark_properties(known.mark(self._google.store))
            return self._events.insert(body={"id": known.href, **made}, **where)
        where["eventId"] = known.href
        if isinstance(action, Patch):
            changed = part(body(action.wanted.event), action.names)
            changed |= mark_properties(known.mark(self._google.store))
            request = self._events.patch(body=changed, **where)
        else:
            request = self._events.delete(**where)
        if known.etag:
            request.headers["If-Match"] = known.etag
        return request

    def _exchange(self, requests: Mapping[int, Any]) -> Iterator[dict[int, Answer]]:
        if not requests:
            return
        google, retry = self._google, self._google.retry
        size = google.batch if len(requests) > google.handful else 1
        waiting = iter(requests.items())
        while some := dict(islice(waiting, size)):
            for answers in retry.exchange(some, google.client.new_batch_http_request):
                self._learn_account(answer.resource for answer in answers.values())
                yield {place: _answer(answer) for place, answer in answers.items()}

    def _learn_account(self, events: Iterable[Body | None]) -> None:
        """Whoever made an event here is whoever signed in: the permission itself does not tell."""
        if not self._google.account:
            found = (each.get("creator", {}).get("email", "") for each in events if each)
            self._google.account = next(filter(None, found), "")


def _answer(answer: api_errors.GoogleAnswer) -> Answer:
    """What a status means to the engine."""
    if answer.is_good:
        found = answer.resource
        return Answer(Verdict.DONE, resource(found) if found else None)
    verdict = _VERDICTS.get(answer.status, Verdict.REFUSED)
    if answer.status == _CHANGED:  # which the engine has words for
        return Answer(verdict)
    return Answer(verdict, why=answer.message or answer.reason or f"Google answered {answer.status}")


def _refused(what: str, answer: api_errors.GoogleAnswer) -> CalsyncError:
    why = answer.message or answer.reason or f"status {answer.status}"
    return Unavailable(
        f"{what}: {why}", remedy=phrase("try again; if it stays so, tell us"), code="CS-GOO-018"
    )

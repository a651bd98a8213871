"""How the tests of the fake speak to it: through Google's own client, and by bare HTTP where that cannot say it."""

import http.client
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import google.oauth2.credentials
import googleapiclient
import httplib2
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import HttpError

from tests.fakes.google import FakeGoogle

__all__ = ["GOOD", "Client", "Raw", "event", "packaged", "raw"]

ZONE = "Europe/Berlin"
GOOD = "secret"  # the token that the fakes of these tests take


def packaged(root: str) -> dict[str, Any]:
    """The document that ships with the client, pointed at the fake."""
    folder = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents"
    document = json.loads((folder / "calendar.v3.json").read_text(encoding="utf-8"))
    return document | {"rootUrl": root, "baseUrl": root + document["servicePath"]}


def event(name: str = "abcde", **fields: Any) -> dict[str, Any]:
    """A quarter of an hour on a Monday morning in Berlin; a field given as None is left out."""
    body = {
        "id": name,
        "summary": "Call",
        "start": {"dateTime": "2026-07-06T10:00:00", "timeZone": ZONE},
        "end": {"dateTime": "2026-07-06T10:15:00", "timeZone": ZONE},
    } | fields
    return {key: value for key, value in body.items() if value is not None}


class Client:
    """The real client, signed in with one token; ``calendar`` is made when it is first needed."""

    def __init__(self, fake: FakeGoogle, token: str = GOOD, *, zone: str = ZONE) -> None:
        self.fake = fake
        self.zone = zone
        self._calendar = ""
        credentials = google.oauth2.credentials.Credentials(token)
        self.http = AuthorizedHttp(credentials, http=httplib2.Http(timeout=10))
        self.service = build_from_document(packaged(fake.root), http=self.http)

    @property
    def events(self) -> Any:
        return self.service.events()

    @property
    def calendar(self) -> str:
        if not self._calendar:
            body = {"summary": "Follow-ups", "timeZone": self.zone}
            self._calendar = self.service.calendars().insert(body=body).execute()["id"]
        return self._calendar

    def insert(self, name: str = "abcde", **fields: Any) -> dict[str, Any]:
        return self.events.insert(calendarId=self.calendar, body=event(name, **fields)).execute()

    def get(self, name: str = "abcde", **query: Any) -> dict[str, Any]:
        return self.events.get(calendarId=self.calendar, eventId=name, **query).execute()

    def patch(self, name: str = "abcde", **fields: Any) -> dict[str, Any]:
        return self.events.patch(calendarId=self.calendar, eventId=name, body=fields).execute()

    def update(self, name: str, body: dict[str, Any]) -> dict[str, Any]:
        return self.events.update(calendarId=self.calendar, eventId=name, body=body).execute()

    def delete(self, name: str = "abcde") -> Any:
        return self.events.delete(calendarId=self.calendar, eventId=name).execute()

    def page(self, **query: Any) -> dict[str, Any]:
        return self.events.list(calendarId=self.calendar, **query).execute()

    def names(self, **query: Any) -> list[str]:
        return [each["id"] for each in self.page(**query)["items"]]

    def all_pages(self, **query: Any) -> list[dict[str, Any]]:
        request = self.events.list(calendarId=self.calendar, **query)
        pages = []
        while request is not None:
            pages.append(request.execute())
            request = self.events.list_next(request, pages[-1])
        return pages

    def batch(self, *requests: Any) -> list[Any]:
        """What became of each request, in their order: an answer, or the error's (status, reason)."""
        results: dict[str, Any] = {}

        def note(name: str, answer: Any, error: Exception | None) -> None:
            results[name] = answer if error is None else refusal(error)

        batch = self.service.new_batch_http_request(callback=note)
        for number, request in enumerate(requests):
            batch.add(request, request_id=str(number))
        batch.execute(http=self.http)
        return [results[str(number)] for number in range(len(requests))]

    def close(self) -> None:
        self.service.close()


def refusal(error: Exception) -> tuple[int, str]:
    """Status and reason of what Google refused."""
    assert isinstance(error, HttpError)
    return error.status_code, json.loads(error.content)["error"]["errors"][0]["reason"]


class Raw:
    """An answer as it came over the wire."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status = answer.status
        self.headers = answer.headers
        self.body = answer.read()

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def reason(self) -> str:
        return str(self.json["error"]["errors"][0]["reason"])


def raw(
    fake: FakeGoogle,
    method: str,
    path: str,
    body: Any = None,
    *,
    token: str | None = GOOD,
    **headers: str,
) -> Raw:
    """One request on a connection of its own; ``path`` below /calendar/v3/ unless it begins with a slash."""
    where = path if path.startswith("/") else f"/calendar/v3/{path}"
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    if token is not None:
        given["Authorization"] = f"Bearer {token}"
    if body is not None and not isinstance(body, bytes):
        body = json.dumps(body).encode()
    if body is not None:
        given.setdefault("Content-Type", "application/json")
    connection = http.client.HTTPConnection(urlsplit(fake.root).netloc, timeout=10)
    try:
        connection.request(method, where, body=body, headers=given)
        return Raw(connection.getresponse())
    finally:
        connection.close()


def place(calendar: str, name: str = "") -> str:
    """The path of a calendar's events, or of one of them."""
    return f"calendars/{quote(calendar, safe='')}/events" + (f"/{name}" if name else "")

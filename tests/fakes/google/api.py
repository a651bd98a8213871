"""One request to the API, from its method and path to its answer; batches come through here part by part.

The order of the doors is Google's: who are you, what is this, may you, does it
fit, and only then the operation itself. ``OPERATIONS`` is what is modelled; a
method of the document that is not in it is answered with 501.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from tests.fakes.google import calendars, events, listing
from tests.fakes.google.calls import Call
from tests.fakes.google.consent import Consent
from tests.fakes.google.document import Document, Method, Offence, document
from tests.fakes.google.errors import (
    Refused,
    bad_value,
    not_modelled,
    scope_insufficient,
    unauthorized,
)
from tests.fakes.google.partial import part_of
from tests.fakes.google.world import World

__all__ = ["JSON", "OPERATIONS", "Answer", "Api", "Asked", "refusal"]

JSON = "application/json; charset=UTF-8"
ADDRESS = re.compile(r"^https?://[^/?#]*")
OPERATIONS: Mapping[str, Callable[[Call], dict[str, Any] | None]] = {
    "calendarList.delete": calendars.list_delete,
    "calendarList.get": calendars.list_get,
    "calendarList.list": calendars.list_list,
    "calendarList.patch": calendars.list_patch,
    "calendars.clear": calendars.calendar_clear,
    "calendars.delete": calendars.calendar_delete,
    "calendars.get": calendars.calendar_get,
    "calendars.insert": calendars.calendar_insert,
    "calendars.patch": calendars.calendar_patch,
    "calendars.update": calendars.calendar_update,
    "events.delete": events.delete,
    "events.get": events.get,
    "events.insert": events.insert,
    "events.list": listing.list_events,
    "events.patch": events.patch,
    "events.update": events.update,
    "freebusy.query": calendars.free_busy,
}


@dataclass(slots=True)
class Asked:
    """A request as it came in; header names in lower case, ``target`` with its query."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        return self._halves[0]

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(self._halves[1], keep_blank_values=True)

    @property
    def _halves(self) -> tuple[str, str]:
        """Path and query; a whole address is cut down to them first."""
        path, _, query = ADDRESS.sub("", self.target).partition("#")[0].partition("?")
        return path, query


@dataclass(slots=True)
class Answer:
    """What goes out."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class Api:
    """The calendar API over one world, with one consent side asked for every token."""

    def __init__(self, world: World, consent: Consent, offences: list[Offence]) -> None:
        self.world = world
        self.consent = consent
        self.offences = offences
        self.document: Document = document()

    def answer(self, asked: Asked) -> Answer:
        """Never raises: whatever is wrong is an answer too."""
        try:
            asked = _overridden(asked)
            return self._answered(asked)
        except Refused as refused:
            return refusal(refused)

    def account(self, asked: Asked) -> tuple[str, frozenset[str]]:
        """Whose token came along and what it opens; 401 without a good one."""
        scheme, _, token = asked.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            token = asked.query.get("oauth_token", asked.query.get("access_token", [""]))[-1]
        if not token.strip():
            raise unauthorized(missing=True)
        scopes = self.consent.scopes_of(token.strip())
        account = self.consent.account_of(token.strip())
        if scopes is None or account is None:
            raise unauthorized()
        return account, scopes

    def _answered(self, asked: Asked) -> Answer:
        found = self.document.route(asked.method, asked.path)
        if found is None:
            return _no_such_page()
        account, scopes = self.account(asked)
        method, path = found
        if not scopes & method.scopes:
            raise scope_insufficient(method.id)
        query, body = self._checked(method, asked)
        operation = OPERATIONS.get(method.id)
        if operation is None:
            raise not_modelled(method.id)
        with self.world.lock:
            self.world.primary(account)
            opened = scopes & method.scopes
            call = Call(self.world, method, account, opened, path, query, body, asked.headers)
            return _written(operation(call), query)

    def _checked(self, method: Method, asked: Asked) -> tuple[dict[str, Any], dict[str, Any]]:
        given = {name: values for name, values in asked.query.items() if name != "access_token"}
        query, offences = self.document.query(method, given)
        body = _body(method, asked)
        offences += self.document.body(method, body) if method.request else []
        self.offences += offences
        unknown = [each for each in offences if each.what.startswith("unknown")]
        if unknown and self.world.answers.unknown == "refused":
            raise _unknown(unknown[0])
        return query, body


def refusal(refused: Refused) -> Answer:
    """A refusal, written out."""
    headers = {"Content-Type": JSON} if refused.status != 304 else {}
    return Answer(refused.status, headers | refused.headers, refused.body())


def _written(result: dict[str, Any] | None, query: dict[str, Any]) -> Answer:
    if result is None:
        return Answer(204)
    headers = {"Content-Type": JSON} | ({"ETag": result["etag"]} if "etag" in result else {})
    if "fields" in query:
        result = part_of(result, query["fields"])
    pretty = query.get("prettyPrint", True)
    text = json.dumps(result, indent=1 if pretty else None, ensure_ascii=False)
    return Answer(200, headers, text.encode() + (b"\n" if pretty else b""))


def _body(method: Method, asked: Asked) -> dict[str, Any]:
    """The JSON object that came along; none is an empty one."""
    if not method.request or not asked.body.strip():
        return {}
    kind = asked.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        message = f"Media type '{kind}' is not supported. Valid media types: [application/json]"
        raise bad_value(message, reason="badContent")
    try:
        body = json.loads(asked.body)
        json.dumps(body, ensure_ascii=False).encode()  # halves of letters are no text
    except (ValueError, RecursionError):
        raise bad_value("Parse Error", reason="parseError") from None
    if not isinstance(body, dict):
        raise bad_value("Parse Error", reason="parseError")
    return body


def _unknown(offence: Offence) -> Refused:
    message = f'Invalid JSON payload received. Unknown name "{offence.name}": Cannot find field.'
    if offence.what == "unknown parameter":
        message = (
            f'Invalid JSON payload received. Unknown name "{offence.name}": Cannot bind query parameter. '
            f"Field '{offence.name}' could not be found in request message."
        )
    violation = {"description": message} | ({"field": offence.name} if "." in offence.name else {})
    detail = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}
    return Refused(400, "invalid", message, name="INVALID_ARGUMENT", details=[detail])


def _overridden(asked: Asked) -> Asked:
    """A long GET comes as a POST that says so, its query in the body."""
    override = asked.headers.get("x-http-method-override", "").upper()
    if asked.method != "POST" or not override:
        return asked
    kind = asked.headers.get("content-type", "").partition(";")[0]
    if override == "GET" and kind == "application/x-www-form-urlencoded":
        joint = "&" if "?" in asked.target else "?"
        return Asked(override, f"{asked.target}{joint}{asked.body.decode('utf-8', 'replace')}", asked.headers)
    return Asked(override, asked.target, asked.headers, asked.body)


def _no_such_page() -> Answer:
    """What the front of Google's servers shows for a path it does not know: a page, no JSON."""
    page = (
        '<!DOCTYPE html>\n<html lang="en"><meta charset="utf-8"><title>Error 404 (Not Found)!!1</title>'
        "<p><b>404.</b> That is an error.<p>The requested URL was not found on this server."
    )
    return Answer(404, {"Content-Type": "text/html; charset=UTF-8"}, page.encode())

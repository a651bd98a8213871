"""The sign-in side of Google: the consent page, tokens, revocation. Plain values in and out, no sockets.

``Consent.answer`` is given what came in and says what goes out; whoever has the
socket asks it first. A page for people is shown unless a test said beforehand
what the person will do (``next``, ``always``). Errors are in Google's own words.
What Google leaves unclear is a switch of ``Consent``, and tests run under both.
"""

import json
from base64 import b64decode
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import RLock
from urllib.parse import unquote, urlencode, urlsplit

from tests.fakes.google.clock import Clock
from tests.fakes.google.consent_page import consent_page, error_page
from tests.fakes.google.proof import challenge_of, is_loopback

__all__ = [
    "AUTH",
    "CLIENT_ID",
    "CLIENT_SECRET",
    "REVOKE",
    "TOKEN",
    "Answer",
    "Consent",
    "Decision",
    "client_file",
]

AUTH, TOKEN, REVOKE = "/o/oauth2/v2/auth", "/token", "/revoke"
CLIENT_ID = "318745-calsync.apps.googleusercontent.com"
CLIENT_SECRET = "GOCSPX-canary-of-the-client-secret"  # noqa: S105  # the fake's own
ACCESS_LIFE = timedelta(seconds=3599)
CODE_LIFE = timedelta(minutes=10)
TESTING_LIFE = timedelta(seconds=604799)

Answer = tuple[int, dict[str, str], bytes]
Fields = Mapping[str, list[str]]


@dataclass(frozen=True)
class Decision:
    """What the person does on the consent page."""

    allow: bool = True
    untick: frozenset[str] = frozenset()
    account: str = "kim@example.com"


@dataclass
class _Grant:
    """What one account gave one client; it goes as a whole when it is revoked."""

    client: str
    account: str
    scopes: set[str] = field(default_factory=set)
    live: bool = True


@dataclass(frozen=True)
class _Code:
    grant: _Grant
    scopes: frozenset[str]
    redirect_uri: str
    challenge: str
    refreshable: bool
    until: datetime


@dataclass(frozen=True)
class _Token:
    grant: _Grant
    scopes: frozenset[str]
    until: datetime | None


class Consent:
    """One authorization server with its clients, accounts, codes and tokens.

    ``testing``: the consent screen is not published, so refresh tokens live for
    seven days. ``combines``: ``include_granted_scopes`` is honoured (Google
    documents it for web clients alone). ``nothing_ticked`` is what follows when
    every box is cleared: ``"denied"``, or a code for no scope (``"empty"``).
    """

    def __init__(
        self,
        clock: Clock,
        *,
        testing: bool = False,
        combines: bool = False,
        nothing_ticked: str = "denied",
        known_scopes: Iterable[str] | None = None,
    ) -> None:
        self.clock = clock
        self.testing = testing
        self.combines = combines
        self.nothing_ticked = nothing_ticked
        self.clients = {CLIENT_ID: CLIENT_SECRET}
        self.known_scopes = None if known_scopes is None else frozenset(known_scopes)
        self._lock = RLock()
        self._coming: deque[Decision] = deque()
        self._standing: Decision | None = None
        self._instead: deque[tuple[str, Answer]] = deque()
        self._grants: dict[tuple[str, str], _Grant] = {}
        self._codes: dict[str, _Code] = {}
        self._access: dict[str, _Token] = {}
        self._refresh: dict[str, _Token] = {}
        self._made = 0

    def next(
        self,
        *,
        allow: bool = True,
        deny: bool = False,
        untick: Iterable[str] = (),
        account: str = "kim@example.com",
    ) -> None:
        """What the person will do the next time the page is asked for; may be called several times."""
        self._coming.append(Decision(allow and not deny, frozenset(untick), account))

    def always(
        self,
        *,
        allow: bool = True,
        deny: bool = False,
        untick: Iterable[str] = (),
        account: str = "kim@example.com",
    ) -> None:
        """What the person does whenever nothing else was said with ``next``."""
        self._standing = Decision(allow and not deny, frozenset(untick), account)

    def issue(
        self,
        scopes: Iterable[str],
        *,
        token: str = "",
        account: str = "kim@example.com",
        expires: bool = True,
    ) -> str:
        """An access token for these scopes, at once: ``token`` if named, living for ever if asked for."""
        with self._lock:
            grant = self._grant(CLIENT_ID, account)
            grant.scopes.update(scopes)
            until = self.clock.now + ACCESS_LIFE if expires else None
            token = token or self._name("ya29.")
            self._access[token] = _Token(grant, frozenset(scopes), until)
            return token

    def scopes_of(self, access_token: str) -> frozenset[str] | None:
        """What this access token may do; None when it is unknown, expired or revoked."""
        with self._lock:
            found = self._access.get(access_token)
            return found.scopes if found and self._lives(found) else None

    def account_of(self, access_token: str) -> str | None:
        """Whose token this is; None as in ``scopes_of``."""
        with self._lock:
            found = self._access.get(access_token)
            return found.grant.account if found and self._lives(found) else None

    def revoke_all(self, account: str = "kim@example.com") -> None:
        """The person takes every permission back, at myaccount.google.com."""
        with self._lock:
            for grant in [each for each in self._grants.values() if each.account == account]:
                self._end(grant)

    def instead(self, path: str, status: int, body: bytes, kind: str = "text/html") -> None:
        """The next request for ``path`` gets this and does nothing, as from a hotel's network or a broken server."""
        self._instead.append((path, (status, {"Content-Type": kind}, body)))

    def answer(
        self, method: str, path: str, query: Fields, form: Fields, headers: Mapping[str, str] | None = None
    ) -> Answer | None:
        """What goes out for what came in; None when the path is not of this side.

        ``headers`` (their names in small letters) may name the client by Basic (RFC 6749, section 2.3.1).
        """
        with self._lock:
            if self._instead and self._instead[0][0] == path:
                return self._instead.popleft()[1]
            return self._own(method, path, query, form, headers or {})

    def _own(
        self, method: str, path: str, query: Fields, form: Fields, headers: Mapping[str, str]
    ) -> Answer | None:
        match method, path:
            case "GET", "/o/oauth2/v2/auth":
                return self._asked(_singles(query))
            case "POST", "/o/oauth2/v2/auth":
                return self._answered(_singles(form), frozenset(form.get("granted", ())))
            case "POST", "/token":
                return self._token(_client_of(headers) | _singles(form))
            case "POST", "/revoke":
                return self._revoke(_singles(query) | _singles(form))
        known = path in {AUTH, TOKEN, REVOKE}
        return error_page(405, "method_not_allowed", f"{method} is not for {path}.") if known else None

    # The page.

    def _asked(self, asked: dict[str, str]) -> Answer:
        if refused := self._refused(asked):
            return refused
        decision = self._coming.popleft() if self._coming else self._standing
        if decision is None:
            return consent_page(asked, AUTH)
        return self._decided(asked, decision)

    def _answered(self, form: dict[str, str], granted: frozenset[str]) -> Answer:
        """The form of the page came back."""
        if refused := self._refused(form):
            return refused
        untick = frozenset(form["scope"].split()) - granted
        account = form.get("account") or "kim@example.com"
        return self._decided(form, Decision(form.get("answer") == "allow", untick, account))

    def _refused(self, asked: dict[str, str]) -> Answer | None:
        """What is wrong with the request; never sent back to a redirect_uri that cannot be trusted."""
        scopes = asked.get("scope", "").split()
        unknown = self.known_scopes is not None and not self.known_scopes.issuperset(scopes)
        faults = (
            (
                asked.get("client_id") not in self.clients,
                401,
                "invalid_client",
                "The OAuth client was not found.",
            ),
            (not is_loopback(asked.get("redirect_uri", "")), 400, "redirect_uri_mismatch", "Not registered."),
            (asked.get("response_type") != "code", 400, "unsupported_response_type", "It must be code."),
            (not scopes, 400, "invalid_request", "Missing required parameter: scope"),
            (unknown, 400, "invalid_scope", "Some requested scopes were invalid."),
            (asked.get("code_challenge_method", "S256") != "S256", 400, "invalid_request", "S256 alone."),
        )
        return next((error_page(*page) for fault, *page in faults if fault), None)

    def _decided(self, asked: dict[str, str], decision: Decision) -> Answer:
        scopes = frozenset(asked["scope"].split()) - decision.untick
        if not decision.allow or (not scopes and self.nothing_ticked == "denied"):
            return _back(asked, error="access_denied")
        grant = self._grant(asked["client_id"], decision.account)
        first = not grant.scopes
        grant.scopes |= scopes
        if self.combines and asked.get("include_granted_scopes") == "true":
            scopes = frozenset(grant.scopes)
        code = self._name("4/0A")
        self._codes[code] = _Code(
            grant,
            scopes,
            asked["redirect_uri"],
            challenge_of(asked),
            asked.get("access_type") == "offline" and (first or "consent" in asked.get("prompt", "").split()),
            self.clock.now + CODE_LIFE,
        )
        return _back(asked, code=code, scope=" ".join(sorted(scopes)), authuser="0")

    # Tokens.

    def _token(self, form: dict[str, str]) -> Answer:
        secret = self.clients.get(form.get("client_id", ""))
        if secret is None:
            return _error(401, "invalid_client", "The OAuth client was not found.")
        if secret != form.get("client_secret"):
            return _error(401, "invalid_client", "Unauthorized")
        match form.get("grant_type"):
            case "authorization_code":
                return self._exchanged(form)
            case "refresh_token":
                return self._refreshed(form)
            case other:
                return _error(400, "unsupported_grant_type", f"Invalid grant_type: {other or ''}")

    def _exchanged(self, form: dict[str, str]) -> Answer:
        code = self._codes.pop(form.get("code", ""), None)  # once, whatever comes of it
        if code is None or code.grant.client != form["client_id"]:
            return _error(400, "invalid_grant", "Malformed auth code.")
        if code.until <= self.clock.now or not code.grant.live:
            return _error(400, "invalid_grant", "Bad Request")
        if code.redirect_uri != form.get("redirect_uri"):
            return _error(400, "redirect_uri_mismatch", "Bad Request")
        if code.challenge and not form.get("code_verifier"):
            return _error(400, "invalid_grant", "Missing code verifier.")
        if code.challenge and challenge_of(form) != code.challenge:
            return _error(400, "invalid_grant", "Invalid code verifier.")
        answer = self._fresh(code.grant, code.scopes)
        if code.refreshable:
            answer["refresh_token"] = self._name("1//0g")
            until = self.clock.now + TESTING_LIFE if self.testing else None
            self._refresh[str(answer["refresh_token"])] = _Token(code.grant, code.scopes, until)
            if self.testing:
                answer["refresh_token_expires_in"] = int(TESTING_LIFE.total_seconds())
        return _json(200, answer)

    def _refreshed(self, form: dict[str, str]) -> Answer:
        token = self._refresh.get(form.get("refresh_token", ""))
        if token is None or token.grant.client != form["client_id"]:
            return _error(400, "invalid_grant", "Bad Request")
        if not self._lives(token):
            return _error(400, "invalid_grant", "Token has been expired or revoked.")
        scopes = frozenset(form.get("scope", "").split()) or token.scopes
        if not scopes <= token.scopes:
            return _error(400, "invalid_scope", "Some requested scopes were invalid.")
        answer = self._fresh(token.grant, scopes)
        if token.until:
            answer["refresh_token_expires_in"] = int((token.until - self.clock.now).total_seconds())
        return _json(200, answer)

    def _fresh(self, grant: _Grant, scopes: frozenset[str]) -> dict[str, object]:
        token = self._name("ya29.")
        self._access[token] = _Token(grant, scopes, self.clock.now + ACCESS_LIFE)
        return {
            "access_token": token,
            "expires_in": int(ACCESS_LIFE.total_seconds()),
            "scope": " ".join(sorted(scopes)),
            "token_type": "Bearer",
        }

    def _revoke(self, form: dict[str, str]) -> Answer:
        token = form.get("token", "")
        found = self._refresh.get(token) or self._access.get(token)
        if found is None or not self._lives(found):
            return _error(400, "invalid_token", "Token expired or revoked")
        self._end(found.grant)
        return _json(200, {})

    def _grant(self, client: str, account: str) -> _Grant:
        return self._grants.setdefault((client, account), _Grant(client, account))

    def _end(self, grant: _Grant) -> None:
        grant.live = False
        self._grants.pop((grant.client, grant.account), None)

    def _lives(self, token: _Token) -> bool:
        return token.grant.live and (token.until is None or self.clock.now < token.until)

    def _name(self, start: str) -> str:
        """A new name for a code or a token; ``canary`` in it is what tests look for in outputs."""
        self._made += 1
        return f"{start}canary-{self._made:04}"


def client_file(root: str, **changed: object) -> dict[str, dict[str, object]]:
    """What the person downloads for a desktop app, with the fake at ``root`` in Google's place."""
    root = root.rstrip("/")
    return {
        "installed": {
            "client_id": CLIENT_ID,
            "project_id": "calsync-test",
            "auth_uri": root + AUTH,
            "token_uri": root + TOKEN,
            "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
            "client_secret": CLIENT_SECRET,
            "redirect_uris": ["http://localhost"],
            **changed,
        }
    }


def _client_of(headers: Mapping[str, str]) -> dict[str, str]:
    """The client that a Basic header names; none where there is no such header."""
    kind, _, packed = headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        return {}
    try:
        name, _, secret = b64decode(packed, validate=True).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": unquote(name), "client_secret": unquote(secret)}


def _singles(fields: Fields) -> dict[str, str]:
    return {name: values[-1] for name, values in fields.items() if values}


def _back(asked: dict[str, str], **values: str) -> Answer:
    """The browser is sent back to the program that asked."""
    if "state" in asked:
        values = {"state": asked["state"], **values}
    joint = "&" if urlsplit(asked["redirect_uri"]).query else "?"
    place = f"{asked['redirect_uri']}{joint}{urlencode(values)}"
    return 302, {"Location": place, "Cache-Control": "no-store"}, b""


def _json(status: int, body: dict[str, object]) -> Answer:
    headers = {"Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store"}
    return status, headers, json.dumps(body, indent=2).encode()


def _error(status: int, error: str, description: str) -> Answer:
    return _json(status, {"error": error, "error_description": description})

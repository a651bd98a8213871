"""One request to a server: who asks, how long it may take, how often it is tried, and what is too much.

The password goes to the server that was named and to no other site. What was
read may be asked again by itself; a write never is: whoever sends one looks first.
"""

import ssl
from collections.abc import Callable, Generator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from time import monotonic
from typing import Any

import httpx
import msgspec

from calsync.errors import SignInAgain, TryLater, Unavailable, Usage
from calsync.phrase import phrase

__all__ = ["OK", "Login", "Reply", "Uncertain", "Web", "checked", "same_site"]

OK = range(200, 300)
_SECONDS = httpx.Timeout(20, connect=10)
"""Between two pieces of an answer."""
_LONGEST_ANSWER, _LONGEST_TRYING = 60, 30
"""Seconds that one answer may take, and after which nothing is tried once more."""
_LARGEST = 32 * 1024 * 1024
"""Octets of an answer."""
_TRIES = 5
_LONGEST_WAIT = 60
"""Seconds that a server may ask us to wait before the whole sync is put off."""
_REDIRECTS = 5
_MOVED = {301, 302, 303, 307, 308}
_REFUSED, _BUSY, _FAULT = 401, 429, 500
_NOT_ABLE = {501, 505, 507}
"""Answers in the range of faults that another try does not change."""
_SHORT = 3


class Reply(msgspec.Struct, frozen=True):
    """What was answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str

    @property
    def is_good(self) -> bool:
        """Whether it was done."""
        return self.status in OK


class Uncertain(Exception):
    """Nobody knows whether a write arrived; ``why`` says what was seen."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Web:
    """A connection for one user of one server."""

    def __init__(
        self,
        base: str,
        login: "Login",
        *,
        title: str,
        now: datetime,
        sleep: Callable[[float], object],
        jitter: Callable[[], float],
    ) -> None:
        self.base, self.title, self.auth = base, title, login
        self._now, self._sleep, self._jitter = now, sleep, jitter
        self.server = ""
        """What the server says of itself."""
        headers = {"User-Agent": "calsync"}
        try:
            self._client = httpx.Client(timeout=_SECONDS, headers=headers, follow_redirects=False)
        except (OSError, ValueError) as error:
            raise self._unreachable(error) from None

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def ask(
        self, method: str, url: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        """An answer, asked for again where the server is not well. Raises Unavailable, TryLater, SignInAgain."""
        began = monotonic()
        for number in range(_TRIES):
            last = number == _TRIES - 1
            try:
                reply = self._followed(method, url, body, headers or {})
            except httpx.TransportError as error:
                if last or _is_unsafe(error) or monotonic() - began > _LONGEST_TRYING:
                    raise self._unreachable(error) from None
                self._wait(number)
                continue
            if reply.status == _BUSY or (reply.status >= _FAULT and reply.status not in _NOT_ABLE):
                self._put_off(reply, number, last=last)
                continue
            return self._accepted(reply)
        raise AssertionError  # the last try returns or raises

    def send(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """The answer to a write that is sent once; where that is not known to have been refused, raises Uncertain."""
        for number in range(_TRIES):
            try:
                reply = self._followed(method, url, body, headers)
            except httpx.TransportError as error:
                if _is_unsafe(error):
                    raise self._unreachable(error) from None
                raise Uncertain(_said_by(error)) from None
            if reply.status == _BUSY:  # which says that it was not done
                self._put_off(reply, number, last=number == _TRIES - 1)
                continue
            if reply.status >= _FAULT and reply.status not in _NOT_ABLE:
                self._put_off(reply, number, last=False, waits=False)
                raise Uncertain(phrase("the server answered {status}", status=reply.status))
            return self._accepted(reply)
        raise AssertionError  # the last try returns or raises

    def wait(self, number: int) -> None:
        """Before another try."""
        self._wait(number)

    def _followed(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        for _ in range(_REDIRECTS):
            if not same_site(self.base, url):
                raise self._elsewhere(url)
            reply = self._once(method, url, body, headers)
            if reply.status not in _MOVED:
                return reply
            url = str(httpx.URL(url).join(reply.headers.get("location", "")))
        raise self._elsewhere(url)

    def _once(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        try:
            with self._client.stream(
                method, url, content=body or None, headers=dict(headers), auth=self.auth
            ) as answer:
                self.server = answer.headers.get("server", self.server)
                pieces, size, began = [], 0, monotonic()
                for piece in answer.iter_bytes():
                    size += len(piece)
                    if monotonic() - began > _LONGEST_ANSWER:
                        raise httpx.ReadTimeout("")
                    if size > _LARGEST:
                        raise self._nonsense(phrase("its answer has no end"))
                    pieces.append(piece)
                return Reply(answer.status_code, answer.headers, b"".join(pieces), url)
        except (httpx.DecodingError, httpx.InvalidURL, httpx.ProtocolError, UnicodeError) as error:
            if isinstance(error, httpx.RemoteProtocolError):
                raise
            raise self._nonsense(type(error).__name__) from None

    def _accepted(self, reply: Reply) -> Reply:
        if reply.status == _REFUSED:
            raise SignInAgain(
                phrase("{title} does not take this user name and password", title=self.title),
                remedy=phrase(
                    "see whether the app password still counts, then sign in again: calsync auth caldav"
                ),
                code="CS-DAV-001",
            )
        return reply

    def _put_off(self, reply: Reply, number: int, *, last: bool, waits: bool = True) -> None:
        asked = self._asked_to_wait(reply)
        if asked > _LONGEST_WAIT or (last and reply.status == _BUSY):
            raise TryLater(
                phrase("{title} asks to be left alone for a while", title=self.title),
                remedy=phrase("try again in {minutes} minutes", minutes=max(1, round(asked / 60))),
                code="CS-DAV-002",
            )
        if last:
            raise Unavailable(
                phrase("{title} answers {status} each time", title=self.title, status=reply.status),
                remedy=phrase("try again in a few minutes"),
                code="CS-DAV-003",
            )
        if waits:
            self._wait(number, asked)

    def _asked_to_wait(self, reply: Reply) -> float:
        """Seconds, as Retry-After tells them in either form."""
        text = reply.headers.get("retry-after", "").strip()
        if text.isdigit():
            return float(text[:9])
        try:
            until = parsedate_to_datetime(text)
        except (ValueError, TypeError, OverflowError):
            return 0
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max(0.0, (until - self._now).total_seconds())

    def _wait(self, number: int, at_least: float = 0) -> None:
        self._sleep(max(at_least, 2**number * (0.5 + self._jitter() / 2)))

    def _unreachable(self, error: Exception) -> Unavailable:
        if _is_unsafe(error):
            return Unavailable(
                phrase("the connection to {title} is not safe, and nothing was sent", title=self.title),
                remedy=phrase(
                    "see whether this network wants you to log in first, and whether this computer's clock is right"
                ),
                code="CS-DAV-004",
            )
        return Unavailable(
            phrase("{title} cannot be reached ({why})", title=self.title, why=_said_by(error)),
            remedy=phrase("see whether you are online and whether the address is right, then try again"),
            code="CS-DAV-005",
        )

    def _nonsense(self, why: str) -> Unavailable:
        return Unavailable(
            phrase("what answered for {title} was no calendar server ({why})", title=self.title, why=why),
            remedy=phrase("check the address, and open a web page to see whether this network wants a login"),
            code="CS-DAV-006",
        )

    def _elsewhere(self, url: str) -> Unavailable:
        return Unavailable(
            phrase(
                "{title} sends us to another place ({host}), and the password goes to none but its own",
                title=self.title,
                host=httpx.URL(url).host if url else "",
            ),
            remedy=phrase("if that is where your calendar is, sign in there: calsync auth caldav https://…"),
            code="CS-DAV-007",
        )


class Login(httpx.Auth):
    """Basic or Digest, whichever the server asks for; ``scheme`` is what it asked for before."""

    def __init__(self, user: str, password: str, scheme: str = "") -> None:
        self.scheme = scheme
        self._basic, self._digest = httpx.BasicAuth(user, password), httpx.DigestAuth(user, password)

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Ask with what is known to be wanted, else find out."""
        if not self.scheme:
            answer = yield request
            if answer.status_code != _REFUSED:
                return
            offered = " ".join(answer.headers.get_list("www-authenticate")).lower()
            self.scheme = "digest" if "digest" in offered else "basic"
        yield from (self._digest if self.scheme == "digest" else self._basic).auth_flow(request)


def checked(url: str) -> str:
    """The address of a server, safe to send a password to. Raises Usage."""
    try:
        parts = httpx.URL(url.strip())
    except (httpx.InvalidURL, UnicodeError, ValueError):
        parts = httpx.URL("")
    if parts.userinfo:
        raise Usage(
            phrase("the address has a name or a password in it"),
            remedy=phrase("give the name by --user, and no password on the command line"),
        )
    safe = parts.scheme == "https" or (parts.scheme == "http" and _is_here(parts.host))
    if not parts.host or not safe or parts.query or parts.fragment:
        raise Usage(
            phrase("{url!r} is no address of a calendar server", url=url[:80]),
            remedy=phrase("write https://… without a query; http is for this computer alone"),
        )
    return str(parts) if parts.path.endswith("/") else f"{parts}/"


def same_site(base: str, url: str) -> bool:
    """Whether a password for the one may be sent to the other.

    >>> same_site("https://caldav.icloud.com/", "https://p42-caldav.icloud.com:443/1/")
    True
    >>> same_site("https://dav.example.org/", "http://dav.example.org/")
    False
    """
    try:
        one, other = httpx.URL(base), httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError, ValueError):
        return False
    if one.scheme != other.scheme or other.userinfo:
        return False
    if one.scheme == "http":
        return (one.host, one.port) == (other.host, other.port)
    parent = _parent(one.host)
    return one.host == other.host or bool(parent and f".{other.host}".endswith(f".{parent}"))


def _parent(host: str) -> str:
    """The site that a host belongs to; none where that might be everybody's (co.uk)."""
    _, _, parent = host.partition(".")
    above, _, top = parent.rpartition(".")
    shared = not above or ("." not in above and len(above) <= _SHORT and len(top) < _SHORT)
    return "" if shared or top.isdigit() else parent


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _is_unsafe(error: Any) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _said_by(error: BaseException) -> str:
    """The innermost error's kind or what the system calls it, never its whole text."""
    while (inner := error.__cause__ or error.__context__) is not None:
        error = inner
    return (getattr(error, "strerror", "") or type(error).__name__).lower()

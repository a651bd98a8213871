"""What is asked of one server for one user, and the answers: shared by all that is done with calendars there."""

from datetime import datetime
from urllib.parse import quote, unquote, urlsplit

import httpx

from calsync.errors import Unavailable
from calsync.phrase import phrase
from calsync.targets.caldav import dav
from calsync.targets.caldav.http import Reply, Web, same_site
from calsync.targets.caldav.servers import Kind, kind_of

__all__ = ["XML", "Site", "path_of", "quoted"]

XML = {"Content-Type": "application/xml; charset=utf-8"}
_MULTI = 207


class Site:
    """A server with the folder of a user's calendars, ``home``; ``store`` is whose marks and notes count as ours."""

    def __init__(self, web: Web, home: str, *, store: str, now: datetime) -> None:
        self.web, self.home, self.store, self.now = web, home, store, now

    @property
    def kind(self) -> Kind:
        """The kind of server, as far as it has told."""
        return kind_of(self.home, self.web.server)

    def close(self) -> None:
        """Let go of the connection."""
        self.web.close()

    def ask(self, method: str, url: str, body: bytes, depth: str = "0") -> Reply:
        """A question in XML."""
        return self.web.ask(method, url, body, {**XML, "Depth": depth})

    def resources(self, reply: Reply) -> list[dav.Found]:
        """What an answer lists. Raises Unavailable for one that is none."""
        try:
            return dav.multistatus(reply.body if reply.status == _MULTI else b"")
        except ValueError:
            raise Unavailable(
                phrase(
                    "{title} did not answer as a calendar server ({status}); nothing was changed",
                    title=self.web.title,
                    status=reply.status,
                ),
                remedy=phrase(
                    "open a web page to see whether this network wants you to log in, then try again"
                ),
                code="CS-DAV-006",
            ) from None

    def absolute(self, path: str, *, folder: bool = False) -> str:
        """The address behind a path that the server told. Raises Unavailable for another site's."""
        url = str(httpx.URL(self.home).join(quoted(path)))
        if not same_site(self.web.base, url):
            raise Unavailable(
                phrase("{title} names a place elsewhere", title=self.web.title), code="CS-DAV-007"
            )
        return f"{url}/" if folder and not url.endswith("/") else url


def path_of(url: str) -> str:
    """The path of an address, to be compared."""
    return unquote(urlsplit(url).path).rstrip("/")


def quoted(path: str) -> str:
    """A path as it stands in an address."""
    return quote(path, safe="/:@!$&'()*+,;=~-._")

"""From the address of a server to the folder of somebody's calendars (RFC 6764, section 6)."""

import httpx

from calsync.errors import Unavailable
from calsync.phrase import phrase
from calsync.targets.caldav import dav
from calsync.targets.caldav.http import Reply, Web, same_site

__all__ = ["find_home"]

_WELL_KNOWN = "/.well-known/caldav"
_HEADERS = {"Content-Type": "application/xml; charset=utf-8", "Depth": "0"}
_MULTI = 207


def find_home(web: Web, url: str) -> str:
    """The address of the folder. Raises Unavailable where nothing there speaks CalDAV, SignInAgain for a wrong password."""
    known = str(httpx.URL(url).join(_WELL_KNOWN))
    root = httpx.URL(url).path == "/"
    for place in (known, url) if root else (url, known):
        reply = web.ask("PROPFIND", place, dav.propfind(dav.PRINCIPAL, dav.HOME), _HEADERS)
        home = _href(web, reply, dav.HOME)
        if home:
            return home
        principal = _href(web, reply, dav.PRINCIPAL)
        if principal:
            answer = web.ask("PROPFIND", principal, dav.propfind(dav.HOME), _HEADERS)
            home = _href(web, answer, dav.HOME)
            if home:
                return home
    raise Unavailable(
        phrase("there is no calendar server at {host}", host=httpx.URL(url).host),
        remedy=phrase("check the address: your provider's help names it under CalDAV"),
        code="CS-DAV-008",
    )


def _href(web: Web, reply: Reply, tag: str) -> str:
    """The address in a property, absolute; nothing where the answer has none."""
    if reply.status != _MULTI:
        return ""
    try:
        found = dav.multistatus(reply.body)
    except ValueError:
        return ""
    told = found[0].href(tag) if found else ""
    url = str(httpx.URL(reply.url).join(told)) if told else ""
    if not url or not same_site(web.base, url):
        return ""
    return url if url.endswith("/") else f"{url}/"

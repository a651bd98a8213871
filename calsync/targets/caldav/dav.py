"""What is asked of a server in XML (RFC 4918, 4791), and what its answers say."""

from collections.abc import Iterable, Mapping
from html import escape
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import ParseError  # only the name of the error; defusedxml reads

import msgspec
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

__all__ = [
    "CALENDAR",
    "CTAG",
    "DATA",
    "DESCRIPTION",
    "ETAG",
    "HOME",
    "HREF",
    "NAME",
    "PRINCIPAL",
    "TOKEN",
    "TYPE",
    "Found",
    "description",
    "mkcalendar",
    "multiget",
    "multistatus",
    "propfind",
    "query",
    "why",
]

_SPACES = {"d": "DAV:", "c": "urn:ietf:params:xml:ns:caldav", "cs": "http://calendarserver.org/ns/"}
_XMLNS = " ".join(f'xmlns:{short}="{space}"' for short, space in _SPACES.items())
_OK = range(200, 300)


def _tag(short: str, name: str) -> str:
    return f"{{{_SPACES[short]}}}{name}"


HREF, NAME, TYPE, ETAG = (_tag("d", name) for name in ("href", "displayname", "resourcetype", "getetag"))
PRINCIPAL, TOKEN = _tag("d", "current-user-principal"), _tag("d", "sync-token")
HOME, DATA, CALENDAR = (_tag("c", name) for name in ("calendar-home-set", "calendar-data", "calendar"))
DESCRIPTION, CTAG = _tag("c", "calendar-description"), _tag("cs", "getctag")


class Found(msgspec.Struct, frozen=True):
    """One resource of an answer: its path, what it is not there for (404), and its properties as elements."""

    path: str
    status: int
    properties: Mapping[str, Any] = MappingProxyType({})

    def text(self, tag: str) -> str:
        """What a property says."""
        element = self.properties.get(tag)
        return (element.text or "") if element is not None else ""

    def href(self, tag: str) -> str:
        """The address inside a property."""
        element = self.properties.get(tag)
        inner = element.find(HREF) if element is not None else None
        return (inner.text or "").strip() if inner is not None else ""

    def has(self, tag: str, inner: str) -> bool:
        """Whether a property has an element of that name in it."""
        element = self.properties.get(tag)
        return element is not None and element.find(inner) is not None


def propfind(*tags: str) -> bytes:
    """The question for properties."""
    return _document("d:propfind", f"<d:prop>{''.join(map(_empty, tags))}</d:prop>")


def query() -> bytes:
    """The question for all events of a calendar with their text."""
    inner = (
        '<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"/></c:comp-filter></c:filter>'
    )
    return _document("c:calendar-query", f"<d:prop><d:getetag/><c:calendar-data/></d:prop>{inner}")


def multiget(paths: Iterable[str]) -> bytes:
    """The question for these with their text."""
    hrefs = "".join(f"<d:href>{escape(path)}</d:href>" for path in paths)
    return _document("c:calendar-multiget", f"<d:prop><d:getetag/><c:calendar-data/></d:prop>{hrefs}")


def mkcalendar(name: str) -> bytes:
    """A new calendar of events, of that name."""
    only = '<c:supported-calendar-component-set><c:comp name="VEVENT"/></c:supported-calendar-component-set>'
    prop = f"<d:prop><d:displayname>{escape(name)}</d:displayname>{only}</d:prop>"
    return _document("c:mkcalendar", f"<d:set>{prop}</d:set>")


def description(text: str) -> bytes:
    """Another description of a calendar."""
    prop = f"<d:prop><c:calendar-description>{escape(text)}</c:calendar-description></d:prop>"
    return _document("d:propertyupdate", f"<d:set>{prop}</d:set>")


def multistatus(body: bytes) -> list[Found]:
    """The resources of an answer. Raises ValueError for anything else, and for what no honest answer has in it."""
    root = _read(body)
    if root.tag != _tag("d", "multistatus"):
        raise ValueError("another document")
    return [_found(each) for each in root.findall(_tag("d", "response"))]


def why(body: bytes) -> str:
    """The name of the first precondition that a refusal names, or nothing."""
    try:
        return next((each.tag.rpartition("}")[2] for each in _read(body)), "")
    except ValueError:
        return ""


def _read(body: bytes) -> Any:
    try:
        return fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, RecursionError) as error:
        raise ValueError("no safe XML") from error


def _found(response: Any) -> Found:
    path = unquote((response.findtext(HREF) or "").strip())
    status = _status(response)
    properties: dict[str, Any] = {}
    for part in response.findall(_tag("d", "propstat")):
        if _status(part) in _OK:
            properties |= {each.tag: each for prop in part.findall(_tag("d", "prop")) for each in prop}
    return Found(path, status, properties)


def _status(element: Any) -> int:
    """The number in a line like HTTP/1.1 404 Not Found; good where none is said."""
    words = (element.findtext(_tag("d", "status")) or "").split()
    return int(words[1]) if len(words) > 1 and words[1].isdigit() else _OK.start


def _empty(tag: str) -> str:
    space, _, name = tag[1:].partition("}")
    short = next(short for short, each in _SPACES.items() if each == space)
    return f"<{short}:{name}/>"


def _document(name: str, inner: str) -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{name} {_XMLNS}>{inner}</{name}>'.encode()

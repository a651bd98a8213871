"""Where to meet: the link of the call, if the invitation has one.

A service for meetings is a row of ``_SERVICES``, whatever wraps links a row of
``_WRAPPERS``. The link of a meeting counts before any other, wherever it stands.
"""

import base64
import binascii
import html
import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

from calsync.errors import BadValue
from calsync.intake import values
from calsync.intake.invitation.child import Property
from calsync.intake.invitation.text import text
from calsync.intake.rows import shown
from calsync.phrase import phrase

__all__ = ["Link", "meeting_link", "unwrapped"]

_OF_THE_MEETING = ("X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "CONFERENCE")

_SERVICES = (
    r"teams\.(?:microsoft|live|cloud\.microsoft)(?:\.com|\.us)?/(?:l/meetup-join|l/meeting|meet)",
    r"(?:[a-z0-9-]+\.)*zoom(?:gov)?\.(?:us|com|com\.cn)/(?:j|my|w|s|wc|meeting|webinar)",
    r"meet\.google\.com|(?:hangouts\.google\.com/(?:call|hangouts))|g\.co/meet",
    r"(?!(?:www|help|support|collaborationhelp)\.)(?:[a-z0-9-]+\.)+webex\.com(?!/\S*(?:globalcallin|tollfree))",
    r"meet\.jit\.si|8x8\.vc|(?:[a-z0-9-]+\.)?whereby\.com",
    r"(?:[a-z0-9-]+\.)*gotomeet(?:ing)?\.(?:com|me)|meet\.goto\.com|app\.goto\.com/meeting",
    r"(?:[a-z0-9-]+\.)*(?:hirevue|sparkhire|willotalent|myinterview|brighthire|videorecruit|jobma)\.(?:com|co|ai)",
    r"(?:[a-z0-9-]+\.)*coderpad\.io|(?:[a-z0-9-]+\.)*karat\.(?:io|com)",
    r"(?:[a-z0-9-]+\.)*(?:codesignal|codility|codeinterview|codebunk)\.(?:com|io)",
    r"(?:[a-z0-9-]+\.)*hackerrank\.com/(?:interview|paper|codepair)",
    r"(?:[a-z0-9-]+\.)*bluejeans\.com|(?:[a-z0-9-]+\.)?chime\.aws|join\.skype\.com|facetime\.apple\.com",
    r"(?:v|meetings|video)\.ringcentral\.com|meetings\.dialpad\.com|meet(?:ing)?\.zoho\.(?:com|eu|in)",
    r"(?:[a-z0-9-]+\.)*(?:livestorm|butter|demodesk|eyeson|bigbluebutton|starleaf|lifesize(?:cloud)?)\.(?:co|com|us|org)",
    r"app\.(?:slack|huddle)\.com/huddle|vc\.(?:feishu\.cn|larksuite\.com)|join\.(?:around|pexip)\.\w+",
)
_MEETING = re.compile(rf"https?://(?:{'|'.join(_SERVICES)})(?:[/?#]|$)", re.IGNORECASE)
_ANY = re.compile(r"https?://[^\s<>\"\])}|]{1,4000}", re.IGNORECASE)
_MOST = 200
_DEEPEST = 4


class Link(msgspec.Struct, frozen=True):
    """A link of http or https, or none; and the sentences about those that were left out."""

    url: str
    notes: tuple[str, ...] = ()


def meeting_link(event: Mapping[str, Property], *, location: str, description: str) -> Link:
    """The first link of a meeting; else that of URL, else one in LOCATION."""
    notes: list[str] = []
    own = [link for name in _OF_THE_MEETING for link in _value(event, name, notes)]
    page = _value(event, "URL", notes)
    there = list(_links(location, notes))
    meetings = [link for link in (*page, *there, *_links(description, [])) if _MEETING.match(link)]
    return Link(next(iter((*own, *meetings, *page, *there)), ""), tuple(dict.fromkeys(notes)))


def unwrapped(link: str) -> str:
    """The link that a mail's guard has wrapped up.

    >>> unwrapped("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fzoom.us%2Fj%2F1&data=05")
    'https://zoom.us/j/1'
    >>> unwrapped("https://urldefense.com/v3/__https://zoom.us/j/1__;!!abc$")
    'https://zoom.us/j/1'
    """
    for _ in range(_DEEPEST):
        found = next((inside for wrapper in _WRAPPERS if (inside := wrapper(link))), "")
        if not found.lower().startswith(("http://", "https://")):
            break
        link = found
    return link


def _value(event: Mapping[str, Property], name: str, notes: list[str]) -> list[str]:
    """The link of a property, if it may be taken."""
    value = text(event[name].value).strip() if name in event else ""
    if not value or value.lower().startswith("tel:"):
        return []
    return list(_taken(value, name, notes))


def _links(words: str, notes: list[str]) -> Iterator[str]:
    for number, found in enumerate(_ANY.finditer(html.unescape(words))):
        if number >= _MOST:
            return
        yield from _taken(found[0].rstrip(".,;:!?'*_"), "LOCATION", notes)


def _taken(value: str, name: str, notes: list[str]) -> Iterator[str]:
    """The link as it may be given to a browser: http or https, and nothing before the host."""
    link = unwrapped(value)
    try:
        link = values.url(link)
        if "@" in urlsplit(link).netloc or "\\" in link:
            notes.append(
                f"{name} {shown(value)} is left out: what stands before @ in a link hides where it leads"
            )
            return
    except (BadValue, ValueError):
        notes.append(
            phrase(
                "{name} {value} is left out: only links of http and https are taken",
                name=name,
                value=shown(value),
            )
        )
        return
    yield link


# --- what wraps links: each gives the link inside, or nothing ---


def _query(host: str, *keys: str) -> Callable[[str], str]:
    """A wrapper that carries the link in its query."""
    there = re.compile(rf"https?://(?:[a-z0-9-]+\.)*{host}", re.IGNORECASE)

    def inside(link: str) -> str:
        if not there.match(link):
            return ""
        said = parse_qs(urlsplit(link).query, max_num_fields=50)
        return next((said[key][0] for key in keys if key in said), "")

    return inside


_OLD_URLDEFENSE = re.compile(r"https?://urldefense(?:\.proofpoint)?\.com/v[12]/url\?", re.IGNORECASE)
_URLDEFENSE = re.compile(
    r"https?://urldefense(?:\.proofpoint)?\.(?:com|us)/v3/__(.+?)__;([^!]*)!", re.IGNORECASE
)
_CISCO = re.compile(r"https?://secure-web\.cisco\.com/[^/]+/(https?%3A.+)", re.IGNORECASE)
_RUNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def _old_urldefense(link: str) -> str:
    if not _OLD_URLDEFENSE.match(link):
        return ""
    inside = _query("urldefense.*", "u")(link)
    return unquote(inside.replace("-", "%").replace("_", "/")) if "/v2/" in link else unquote(inside)


def _urldefense(link: str) -> str:
    """Signs that a mail may not carry are stars, and stand as base64 behind it."""
    found = _URLDEFENSE.match(link)
    if not found:
        return ""
    try:
        hidden = base64.urlsafe_b64decode(found[2] + "=" * (-len(found[2]) % 4)).decode("utf-8")
    except (binascii.Error, ValueError):
        hidden = ""
    signs = iter(hidden)

    def shown_again(star: re.Match[str]) -> str:
        count = _RUNS.index(star[1]) + 2 if star[1] else 1
        return "".join(next(signs, "*") for _ in range(count))

    inside = re.sub(r"\*(?:\*([A-Za-z0-9_-]))?", shown_again, found[1])
    return re.sub(r"^(https?):/(?!/)", r"\1://", inside)


def _cisco(link: str) -> str:
    found = _CISCO.match(link)
    return unquote(found[1]) if found else ""


_WRAPPERS: tuple[Callable[[str], str], ...] = (
    _query(r"safelinks\.protection\.(?:outlook|office365)\.(?:com|us)/", "url"),
    _old_urldefense,
    _urldefense,
    _query(r"google\.[a-z.]{2,6}/url\?", "q", "url"),
    _query(r"linkprotect\.cudasvc\.com/url\?", "a"),
    _query(r"linkedin\.com/(?:safety/go|redir/redirect)", "url"),
    _query(r"slack-redir\.net/link", "url"),
    _cisco,
)

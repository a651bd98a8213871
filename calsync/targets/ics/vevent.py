"""One follow-up as a VEVENT (RFC 5545, section 3.6.1): a head of stamps, then what it says.

The head (UID to SEQUENCE) tells calendars whether to take the event again; the
body is everything a person sees, and the alarm as a VALARM. Two editions of an
event are the same when their bodies are. Times are written in UTC: readers
agree about nothing else.
"""

import re
import unicodedata
from datetime import UTC, datetime

from calsync.domain.event import Event

__all__ = [
    "BEGIN",
    "CATEGORY",
    "END",
    "PRODID",
    "UNTITLED",
    "body",
    "cleaned",
    "content_line",
    "escaped",
    "head",
    "instant",
    "link",
    "one_line",
    "uid_line",
]

PRODID = "-//calsync//calsync//EN"
"""Without a version: a new release must not change every file."""
BEGIN = b"BEGIN:VEVENT\r\n"
END = b"END:VEVENT\r\n"
CATEGORY = "Follow-up"
UNTITLED = "Follow-up"
"""What an alarm says when the event has no summary; RFC 5545 wants it to say something."""

_UID = re.compile(r"[!#-+\-./0-9:<-\[\]-~]{1,246}@calsync")
"""Printable ASCII that needs no escape, shorter than 255 octets."""
_OUTSIDE_URI = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]")
"""What RFC 3986 does not let stand in a URI as it is."""
_STATUS_TO_CATEGORIES = {
    (status, call): (
        f"STATUS:{status.upper()}\r\n"
        f"TRANSP:{'OPAQUE' if call else 'TRANSPARENT'}\r\n"
        f"X-MICROSOFT-CDO-BUSYSTATUS:{'BUSY' if call else 'FREE'}\r\n"
        f"CATEGORIES:{CATEGORY}\r\n"
    ).encode()
    for status in ("confirmed", "tentative")
    for call in (True, False)
}
"""STATUS to CATEGORIES: a call takes the candidate's time, nothing else does."""


def uid_line(uid: str) -> bytes:
    """The UID property, folded; refuses what could not stay stable through every reader."""
    if not _UID.fullmatch(uid):
        message = f"{uid!r} cannot be a uid: plain ASCII that ends in @calsync is wanted"
        raise ValueError(message)
    return content_line("UID", uid)


def head(uid: bytes, created: bytes, modified: bytes, sequence: int) -> bytes:
    """From BEGIN to SEQUENCE; ``uid`` is a whole line, the stamps are UTC as ``instant`` writes it."""
    return b"%b%bDTSTAMP:%b\r\nCREATED:%b\r\nLAST-MODIFIED:%b\r\nSEQUENCE:%d\r\n" % (
        BEGIN,
        uid,
        modified,
        created,
        modified,
        sequence,
    )


def body(event: Event) -> bytes:
    """From DTSTART to END; a property without a value is left out."""
    title = escaped(one_line(event.summary))
    return b"".join(
        (
            _times(event),
            _text("SUMMARY", title),
            _text("DESCRIPTION", escaped(cleaned(event.description))),
            _text("LOCATION", escaped(cleaned(event.location))),
            _STATUS_TO_CATEGORIES[event.status, event.action == "call"],
            _text("URL", link(event.url)),
            _valarm(event.alarms[0], title) if event.alarms else b"",
            END,
        )
    )


def instant(moment: datetime) -> str:
    """An aware moment in UTC, form 2 of DATE-TIME (RFC 5545, section 3.3.5), in whole seconds."""
    return moment.astimezone(UTC).isoformat()[:19].replace("-", "").replace(":", "") + "Z"


def link(url: str) -> str:
    """The link as a URI, or nothing when it is not one of the web: readers open what stands here.

    >>> link(" https://example.org/a b?c=d,e"), link("file:///etc/passwd")
    ('https://example.org/a%20b?c=d,e', '')
    """
    url = url.strip()
    if not url.lower().startswith(("https://", "http://")):
        return ""
    return _OUTSIDE_URI.sub(_percent, url) if _OUTSIDE_URI.search(url) else url


def _times(event: Event) -> bytes:
    start, end = instant(event.start), instant(event.end)
    if end <= start:  # DTEND "MUST be later in time than" DTSTART (RFC 5545, section 3.8.2.2)
        message = f"{event.uid}: an event from {start} to {end} does not run forward"
        raise ValueError(message)
    return f"DTSTART:{start}\r\nDTEND:{end}\r\n".encode()


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{octet:02X}" for octet in found[0].encode(errors="replace"))


def _text(name: str, value: str) -> bytes:
    return content_line(name, value) if value else b""


def _valarm(minutes: int, title: str) -> bytes:
    """The alarm as a VALARM (RFC 5545, section 3.6.6); its trigger counts from the start."""
    if minutes < 0:
        message = f"an alarm {-minutes} minutes after the start is none"
        raise ValueError(message)
    return b"BEGIN:VALARM\r\nACTION:DISPLAY\r\n%bTRIGGER:-PT%dM\r\nEND:VALARM\r\n" % (
        content_line("DESCRIPTION", title or UNTITLED),
        minutes,
    )


# Content lines: cleaning, escaping and folding text (RFC 5545, sections 3.1 and 3.3.11).
#
# Most texts need none of it, so each step looks before it works. What is cleaned
# away is a row of the patterns below.

SUMMARY_LENGTH = 180
"""Characters of a one-line text; readers cut longer ones, each in its own way."""

_OCTETS = 75
_CONTINUED = _OCTETS - 1
"""A folded line gives one of its octets to the space in front."""

_UNCLEAN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_JOINER = "\u200d"
_SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_BACKSLASH = 0x5C
_BEYOND_ASCII = 0x80
_BEGINS_CHARACTER = 0xC0
_LONGEST_MARKS = 12
"""How far back a break is moved to spare a letter with its marks: never a whole line."""


def cleaned(text: str) -> str:
    r"""Plain text in lines: every line break as ``\n``, tabs as spaces, no control characters.

    A lone surrogate cannot be written as UTF-8 and becomes U+FFFD.

    >>> cleaned("one\r\ntwo\tthree\x07")
    'one\ntwo three'
    """
    if not _UNCLEAN.search(text):
        return text
    text = _BREAKS.sub("\n", text).replace("\t", " ")
    return _SURROGATES.sub("\ufffd", _INVISIBLE.sub("", text))


def one_line(text: str) -> str:
    r"""The text on one line, of 180 characters at most; a longer one ends in an ellipsis.

    >>> one_line("Call\r\nSarah")
    'Call Sarah'
    """
    text = cleaned(text).replace("\n", " ")
    if len(text) <= SUMMARY_LENGTH:
        return text
    cut = SUMMARY_LENGTH - 1
    while cut > SUMMARY_LENGTH - _LONGEST_MARKS and _joined(text[cut - 1], text[cut]):
        cut -= 1
    return text[:cut] + "…"


def escaped(text: str) -> str:
    r"""A cleaned text as TEXT value: backslash, semicolon, comma and line break escaped.

    >>> print(escaped("C:\\Notes; yes, really"))
    C:\\Notes\; yes\, really
    """
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def content_line(name: str, value: str) -> bytes:
    r"""``name:value`` with CRLF, folded so that no line is longer than 75 octets.

    A fold never parts the octets of a character, a backslash from what it
    escapes, nor (within reason) a letter from its marks.

    >>> content_line("SUMMARY", "x" * 70)
    b'SUMMARY:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n xxx\r\n'
    """
    line = f"{name}:{value}\r\n".encode()
    return line if len(line) <= _OCTETS + 2 else _folded(line[:-2])


def _folded(line: bytes) -> bytes:
    parts, start, end = [], 0, _OCTETS
    while end < len(line):
        if line[end] >= _BEYOND_ASCII or line[end - 1] == _BACKSLASH:
            end = _moved_back(line, start, end)
        parts.append(line[start:end])
        start, end = end, end + _CONTINUED
    parts.append(line[start:])
    return b"\r\n ".join(parts) + b"\r\n"


def _moved_back(line: bytes, start: int, end: int) -> int:
    if line[end] >= _BEYOND_ASCII:
        end = _between_characters(line, end)
    backslashes = end - start - len(line[start:end].rstrip(b"\\"))
    return end - backslashes % 2


def _between_characters(line: bytes, end: int) -> int:
    """The last place up to ``end`` between two characters that stand apart."""
    end = octet = _boundary(line, end)
    for _ in range(_LONGEST_MARKS):
        before = _boundary(line, octet - 1)
        if not _joined(line[before:octet].decode(), _character(line, octet)):
            return octet
        octet = before
    return end


def _boundary(line: bytes, octet: int) -> int:
    """The first octet of the character that ``octet`` belongs to (RFC 3629, section 3)."""
    while _BEYOND_ASCII <= line[octet] < _BEGINS_CHARACTER:
        octet -= 1
    return octet


def _character(line: bytes, octet: int) -> str:
    return line[octet : octet + 4].decode(errors="ignore")[:1]


def _joined(before: str, after: str) -> bool:
    """Whether the two characters are drawn as one."""
    return _JOINER in {before, after} or after in _SKIN_TONES or unicodedata.category(after).startswith("M")

"""One follow-up as a VEVENT (RFC 5545, section 3.6.1): a head of stamps, then what it says.

The head (UID to SEQUENCE) tells calendars whether to take the event again; the
body is everything a person sees, and the alarm as a VALARM. Two editions of an
event are the same when their bodies are. Times are written in UTC: readers
agree about nothing else.
"""

import re
from datetime import UTC, datetime

from calsync.domain.event import Event
from calsync.targets.ics.content_lines import cleaned, content_line, escaped, one_line

__all__ = ["BEGIN", "CATEGORY", "END", "PRODID", "UNTITLED", "body", "head", "instant", "link", "uid_line"]

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

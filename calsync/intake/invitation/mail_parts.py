"""In a child process: the bytes of one mail in, the calendars that it carries as plain JSON out.

Python's email package takes the mail apart; parts that are no calendar are
dropped. It decides nothing but which parts are calendars.
"""

import base64
import re
from collections.abc import Iterator
from contextlib import suppress
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import getaddresses

__all__ = ["answer"]

_DEEPEST = 12
_MOST_PARTS = 400
_MOST_CALENDARS = 20
_LARGEST = 1 << 20
_CALENDARS = frozenset(
    {"text/calendar", "application/ics", "text/x-vcalendar", "text/ics", "application/calendar"}
)
_ENDINGS = (".ics", ".ical", ".ifb", ".vcs")
_BEGINS = b"BEGIN:VCALENDAR"
_RECIPIENTS = frozenset({"delivered-to", "x-original-to", "to"})
_LONGEST_HEADER = 2_000
_OUTLOOKS_OWN = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})


def answer(content: bytes) -> dict[str, object]:
    """Its calendars, each once, in the order they stand there; and what else tells about it."""
    mail = BytesParser(policy=policy.default).parsebytes(content)
    found: dict[object, bytes] = {}
    seen: set[str] = set()
    for part in _leaves(mail):
        kind, name = part.get_content_type(), _name(part)
        seen.add("tnef" if kind in _OUTLOOKS_OWN or name == "winmail.dat" else kind)
        data = _payload(part)
        is_calendar = kind in _CALENDARS or name.endswith(_ENDINGS) or data.lstrip()[:15].upper() == _BEGINS
        if is_calendar and len(found) < _MOST_CALENDARS:
            found.setdefault(_message(data), data[: _LARGEST + 1])
    return {
        "calendars": [base64.b64encode(data).decode("ascii") for data in found.values()],
        "to": _recipients(mail),
        "is_tnef": "tnef" in seen,
    }


_OF_A_MESSAGE = re.compile(rb"^(?:UID|SEQUENCE|DTSTAMP|DTSTART|STATUS)[;:][^\r\n]*", re.MULTILINE)
_CANCELS = re.compile(rb"^METHOD:CANCEL\b", re.MULTILINE)


def _message(calendar: bytes) -> object:
    """What tells one message from another: a part and an attachment are written differently, and say the same."""
    unfolded = calendar[:_LARGEST].replace(b"\r\n ", b"").replace(b"\n ", b"")
    told = frozenset(_OF_A_MESSAGE.findall(unfolded))
    return (told, bool(_CANCELS.search(unfolded))) if len(told) > 1 else calendar


def _leaves(mail: Message) -> Iterator[Message]:
    """The parts that hold something, forwarded mails opened; not all of a mail without end."""
    waiting: list[tuple[Message, int]] = [(mail, 0)]
    count = 0
    while waiting and count < _MOST_PARTS:
        part, depth = waiting.pop()
        count += 1
        if not part.is_multipart():
            yield part
        elif depth < _DEEPEST:
            inside = list(part.get_payload())
            waiting += [(each, depth + 1) for each in reversed(inside) if isinstance(each, Message)]


def _payload(part: Message) -> bytes:
    """What it holds, in UTF-8 where its encoding is told and known."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return b""
    charset = ""
    with suppress(ValueError, TypeError, AttributeError, LookupError):  # headers of any shape
        charset = str(part.get_content_charset() or "")
    with suppress(UnicodeDecodeError):
        if not charset.startswith(("iso-2022", "utf-16", "utf-7")):
            data.decode("utf-8")
            return data
    with suppress(ValueError, LookupError):  # no such encoding, or it is not in it
        return data.decode(charset).encode("utf-8")
    return data


def _name(part: Message) -> str:
    with suppress(ValueError, TypeError, AttributeError, LookupError, IndexError):
        return str(part.get_filename() or "").lower()
    return ""


def _recipients(mail: EmailMessage | Message) -> list[str]:
    """Whom it was sent to; the lines as they are written, which is soon done however long they are."""
    lines = [str(line)[:_LONGEST_HEADER] for name, line in mail.raw_items() if name.lower() in _RECIPIENTS]
    with suppress(ValueError, TypeError, LookupError):
        return [address for _, address in getaddresses(lines[:20]) if "@" in address and address.isascii()]
    return []

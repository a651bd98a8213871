"""The invitations that a file carries: the file itself, or the parts of a mail (RFC 5322, RFC 6047).

    for content in calendars_in(Source("message.eml")).contents:
        invitation = read_invitation(Source("message.eml", BytesIO(content)), …)

A mail is known by how it begins, whatever its name; it is taken apart by a child
process within limits.
"""

import base64
import re

import msgspec

from calsync.errors import CalsyncError
from calsync.intake.invitation.child import asked, refused
from calsync.intake.source import Source

__all__ = ["INVITATION_ENDINGS", "LARGEST_MAIL", "Calendars", "calendars_in", "is_mail"]

INVITATION_ENDINGS = (".ics", ".ical", ".ifb", ".vcs", ".eml", ".emlx", ".msg", ".mht")
"""Files whose names say that they are invitations, or mails that may carry one."""
LARGEST_MAIL = 10 << 20
"""Bytes, with whatever else is attached to it."""

_COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
_HEADER = re.compile(rb"(?:From |[A-Za-z][A-Za-z0-9-]{0,70}:)[^\n]*\n")
_COUNT_OF_APPLE_MAIL = re.compile(rb"\A\s{0,20}[0-9]{1,10}[ \t]{0,20}\r?\n")


class Calendars(msgspec.Struct, frozen=True):
    """The bytes of each calendar in a file, and whom a mail was sent to."""

    contents: tuple[bytes, ...]
    recipients: tuple[str, ...] = ()


def calendars_in(source: Source) -> Calendars:
    """The calendars of a file, each once. Raises NoInput, and BadData for a mail without one."""
    with source.opened(1 << 40) as stream:
        content = stream.read(LARGEST_MAIL + 1)
    try:
        return _calendars(content)
    except CalsyncError as error:
        raise error.at(source.name) from None


def _calendars(content: bytes) -> Calendars:
    if content.startswith(_COMPOUND_FILE):
        raise refused("outlook")
    mail = _COUNT_OF_APPLE_MAIL.sub(b"", content.removeprefix(b"\xef\xbb\xbf"), count=1)
    if not is_mail(mail):
        return Calendars((content,))
    if len(content) > LARGEST_MAIL:
        raise refused("heavy", str(LARGEST_MAIL >> 20))
    answer = asked("mail_parts", mail)
    contents = tuple(map(base64.b64decode, answer["calendars"]))
    if not contents:
        raise refused("tnef" if answer["is_tnef"] else "mail")
    return Calendars(contents, tuple(answer["to"]))


def is_mail(content: bytes) -> bool:
    """Whether it begins with the headers of a mail, and not as a calendar does."""
    begin = content[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return bool(_HEADER.match(begin)) and not begin[:6].upper().startswith(b"BEGIN:")

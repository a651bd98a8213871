"""Where to meet: the link of the call, if the invitation has one.

Where such links stand, in the order they are looked for, is a table; a service
for meetings is a row in ``_SERVICES``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from calsync.errors import BadValue
from calsync.intake import values
from calsync.intake.invitation.child import Property
from calsync.intake.invitation.markup import text
from calsync.intake.rows import shown

__all__ = ["Link", "meeting_link"]

_OF_THE_MEETING = ("X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "CONFERENCE", "URL")

_SERVICES = (
    r"teams\.(?:microsoft|live)\.com/(?:l/meetup-join|meet)",
    r"(?:[a-z0-9-]+\.)?zoom\.us/(?:j|my|w|s)",
    r"meet\.google\.com",
    r"(?:[a-z0-9-]+\.)?webex\.com",
    r"meet\.jit\.si",
    r"whereby\.com",
    r"(?:[a-z0-9-]+\.)?gotomeeting\.com",
)
_LINK = re.compile(rf"https://(?:{'|'.join(_SERVICES)})/[^\s<>\"\])]{{1,1500}}", re.IGNORECASE)
_ANY = re.compile(r"https?://[^\s<>\"\]),;]{1,1500}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of http or https, or none; and the sentences about those that were left out."""

    url: str
    notes: tuple[str, ...] = ()


def meeting_link(event: Mapping[str, Property], *, location: str, description: str) -> Link:
    """The first link of the meeting; in a description only that of a known service."""
    notes: list[str] = []
    for name, value in _places(event, location, description):
        try:
            return Link(values.url(value), tuple(notes))
        except BadValue:
            notes.append(f"{name} {shown(value)} is left out: only links of http and https are taken")
    return Link("", tuple(notes))


def _places(event: Mapping[str, Property], location: str, description: str) -> Iterator[tuple[str, str]]:
    for name in _OF_THE_MEETING:
        if name in event and (value := text(event[name].value).strip()) and not value.startswith("tel:"):
            yield name, value
    for name, pattern, words in (("LOCATION", _ANY, location), ("DESCRIPTION", _LINK, description)):
        if found := pattern.search(words):
            yield name, found[0].rstrip(".")

"""One invitation: bytes of a mail's attachment in, a frozen value out.

The way is screen → child → times, people, texts, proposals. Each of these
modules takes what the child found and knows nothing of the others' business.
"""

import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

import msgspec

from calsync.business_days import country_of_zone, find_country
from calsync.domain import Person, Preferences
from calsync.errors import CalsyncError
from calsync.intake import dates
from calsync.intake.invitation.child import LARGEST, Lines, Property, read_in_child, refused, screened
from calsync.intake.invitation.links import meeting_link
from calsync.intake.invitation.people import Met, bare, met
from calsync.intake.invitation.proposals import Proposal, proposals
from calsync.intake.invitation.text import plain, text
from calsync.intake.invitation.times import Times, stamp, times
from calsync.intake.rows import printable
from calsync.intake.source import Source
from calsync.phrase import phrase
from calsync.texts.clean import clean

__all__ = ["IncomingInvitation", "described", "read_invitation", "understood"]

_LONGEST_UID = 1_000
_LONGEST_LINE = 300
_MOST_DIGITS = 18  # section 3.3.8 has 32 bits; milliseconds since 1970 are written too, and can be compared
_HIGHEST_SEQUENCE = int("9" * _MOST_DIGITS)
_METHODS = frozenset({"", "REQUEST", "PUBLISH", "CANCEL"})
_SOLD_TO_ANYBODY = frozenset({"ai", "co", "fm", "gg", "io", "ly", "me", "so", "to", "tv"})
_NOBODY = MappingProxyType[str, object]({})


class IncomingInvitation(msgspec.Struct, frozen=True, kw_only=True):
    """What an invitation says (RFC 5545 names) and what it lets one propose.

    ``start`` is aware, in the employer's zone; None only where nobody needs it (a
    cancellation, one that somebody gives a start) and it is not understood. ``attendees`` are those who
    will be met, the organizer among them if invited too. ``notes`` are
    sentences about what was not taken as it is written. ``assumed`` is who is
    taken for the candidate though nobody said who that is, ``perhaps`` are those
    who may be.
    """

    uid: str
    sequence: int
    dtstamp: datetime | None
    cancelled: bool
    start: datetime | None
    minutes: int
    summary: str
    organizer: Person | None
    attendees: tuple[Person, ...]
    location: str
    url: str
    description: str
    company: Proposal | None
    role: Proposal | None
    contact: Proposal | None
    phone: Proposal | None = None
    assumed: Person | None = None
    perhaps: tuple[Person, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def version(self) -> tuple[int, str]:
        """What makes one message of a thread newer than another: SEQUENCE, then DTSTAMP as ISO text."""
        return (self.sequence, self.dtstamp.isoformat() if self.dtstamp else "")

    @property
    def missing(self) -> tuple[str, ...]:
        """The keys that a record needs and that nothing here tells: somebody has to be asked."""
        return tuple(key for key in ("company", "role", "start") if key not in self.proposed)

    @property
    def proposed(self) -> Mapping[str, object]:
        """Keys of a record with their values, for ``read_record``; keys that nothing tells are left out."""
        contact = self.contact or Proposal("", "")
        record: dict[str, object] = {
            "company": self.company.value if self.company else "",
            "role": self.role.value if self.role else "",
            **(self._when() if self.start else _NOBODY),
            "minutes": self.minutes,
            "contact": contact.value,
            "email": contact.email,
            "phone": self.phone.value if self.phone else "",
            "interviewers": self._others(contact),
            "location": self.location,
            "url": self.url,
        }
        return {key: value for key, value in record.items() if value}

    def _when(self) -> dict[str, object]:
        assert self.start is not None  # asked for by the only caller
        return {"start": dates.written(self.start), "timezone": str(self.start.tzinfo)}

    def _others(self, contact: Proposal) -> list[dict[str, str]]:
        """Everybody else met, as TOML and JSON write people."""
        taken = {contact.email.casefold(), bare(contact.value)} - {""}
        return [
            {"name": "" if person.name == person.email else person.name, "email": person.email}
            for person in self.attendees
            if not taken & {person.email.casefold(), bare(person.name)}
        ]


def read_invitation(
    source: Source | str | os.PathLike[str],
    *,
    preferences: Preferences,
    zone: ZoneInfo | None = None,
    start_needed: bool = True,
    recipients: Sequence[str] = (),
) -> IncomingInvitation:
    """Read one .ics invitation or cancellation of one event.

    A start in UTC is shown in ``zone``, else in the zone of the settings, and
    said in ``notes``; beyond that ``zone`` counts only where the invitation
    names none that is known, and fits what else it says. Raises ZoneWanted (a
    BadValue) where it is needed and not given, BadValue for another value,
    BadData for a file that is no such invitation, NoInput for one that cannot be
    opened. Where no ``start_needed``, one that cannot be read is left open.
    ``recipients`` are the addresses that its mail was sent to.
    """
    source = source if isinstance(source, Source) else Source(source)
    try:
        lines = read_in_child(screened(_content(source)))
        return understood(lines, preferences, zone, start_needed=start_needed, recipients=recipients)
    except CalsyncError as error:
        raise error if error.where.startswith(source.name) else error.at(source.name) from None


def _content(source: Source) -> bytes:
    """All of a file, but never more than is allowed and one byte. Raises NoInput."""
    with source.opened(1 << 40) as stream:
        return stream.read(LARGEST + 1)


def understood(
    lines: Lines,
    preferences: Preferences,
    zone: ZoneInfo | None,
    *,
    start_needed: bool = True,
    recipients: Sequence[str] = (),
) -> IncomingInvitation:
    """What the properties mean; raises as ``read_invitation``, without the file's name."""
    cancelled = _cancelled(lines)
    needed = start_needed and not cancelled
    moment = times(lines, home=preferences.zone, zone=zone, needed=needed)
    return described(lines, moment, cancelled=cancelled, preferences=preferences, recipients=recipients)


def described(
    lines: Lines,
    moment: Times,
    *,
    cancelled: bool,
    preferences: Preferences,
    recipients: Sequence[str] = (),
) -> IncomingInvitation:
    """What the properties say beside the time. Raises BadData."""
    people = met(lines, preferences.candidate, recipients)
    summary = clean(_text(lines, "SUMMARY"), _LONGEST_LINE)
    description = _description(lines)
    notes = [*lines.notes, *moment.notes]
    link = meeting_link(lines.event, location=_text(lines, "LOCATION"), description=description)
    offered = proposals(
        summary,
        f"{description}\n\n{_text(lines, 'LOCATION')}",
        people,
        country=_country(moment, people, preferences),
        own_phone=preferences.candidate.phone,
    )
    return IncomingInvitation(
        uid=_uid(lines),
        sequence=_sequence(lines, notes),
        dtstamp=stamp(lines.event.get("DTSTAMP")),
        cancelled=cancelled,
        start=moment.start,
        minutes=moment.minutes,
        summary=summary,
        organizer=people.organizer,
        attendees=people.attendees,
        location=clean(_text(lines, "LOCATION"), _LONGEST_LINE),
        url=link.url,
        description=description,
        company=offered.company,
        role=offered.role,
        contact=offered.contact,
        phone=offered.phone,
        assumed=people.assumed,
        perhaps=people.perhaps,
        notes=(*notes, *people.notes, *link.notes),
    )


def _country(moment: Times, people: Met, preferences: Preferences) -> str:
    """Where a national number is dialled: by the zone, the ending of the organizer's address, or the settings."""
    ending = people.organizer.email.rpartition(".")[2] if people.organizer else ""
    zone = moment.start.tzinfo if moment.start else preferences.zone
    theirs = find_country(ending) if len(ending) == len("de") and ending not in _SOLD_TO_ANYBODY else ""
    return country_of_zone(str(zone)) or theirs or find_country(preferences.country)


def _cancelled(lines: Lines) -> bool:
    version = lines.calendar.get("VERSION", "2.0").strip()
    if version != "2.0":
        raise refused("version", version)
    method = lines.calendar.get("METHOD", "").strip().upper()
    if method not in _METHODS:
        raise refused("method", method)
    return method == "CANCEL" or _text(lines, "STATUS").strip().upper() == "CANCELLED"


def _uid(lines: Lines) -> str:
    uid = _text(lines, "UID").strip()
    if not uid:
        raise refused("no uid")
    if len(uid) > _LONGEST_UID or not uid.isprintable():
        raise refused("uid")
    return uid


def _sequence(lines: Lines, notes: list[str]) -> int:
    said = _said(lines, "SEQUENCE").value.strip() or "0"
    if not said.isascii() or not said.isdigit():
        raise refused("sequence", printable(said, 20))
    if len(said) > _MOST_DIGITS:
        notes.append(
            phrase("SEQUENCE {said} is larger than any: the largest counts", said=printable(said, 20))
        )
        return _HIGHEST_SEQUENCE
    return int(said)


def _description(lines: Lines) -> str:
    """The plain one; the one in HTML (X-ALT-DESC) where there is no other."""
    return plain(_text(lines, "DESCRIPTION")) or plain(_text(lines, "X-ALT-DESC"), broken=False)


def _text(lines: Lines, name: str) -> str:
    return text(_said(lines, name).value)


def _said(lines: Lines, name: str) -> Property:
    return lines.event.get(name, Property())

"""What the tests of invitations have in common: a usual one in lines, and reading from bytes."""

import io
from pathlib import Path
from zoneinfo import ZoneInfo

from calsync.domain import Candidate, Preferences
from calsync.intake import Source
from calsync.intake.invitation import read_invitation

FIXTURES = Path(__file__).parents[2] / "fixtures" / "invitations"
ROBIN = Candidate(name="Robin Vale", email="robin.vale@example.org")
PREFERENCES = Preferences(zone=ZoneInfo("America/New_York"), candidate=ROBIN)

USUAL = {
    "UID": "UID:one@acme.example",
    "DTSTAMP": "DTSTAMP:20261101T090000Z",
    "DTSTART": "DTSTART;TZID=Europe/Berlin:20261112T140000",
    "DTEND": "DTEND;TZID=Europe/Berlin:20261112T150000",
    "SUMMARY": "SUMMARY:Interview: Product Manager at Acme",
    "ORGANIZER": "ORGANIZER;CN=Sarah Smith:mailto:sarah@acme.example",
}


def ics(*more, before=(), method="METHOD:REQUEST", **changed):
    """A calendar of one event: the usual lines, some of them changed or taken out (with None), and more."""
    event = [line for line in (USUAL | changed).values() if line is not None]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//example//tests//EN",
        *([method] if method else []),
        *before,
        "BEGIN:VEVENT",
        *event,
        *more,
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape")


def received(content, *, preferences=PREFERENCES, name="invite.ics", **options):
    """What an invitation of that content says."""
    return read_invitation(Source(name, io.BytesIO(content)), preferences=preferences, **options)

"""Starts the child that reads the lines, and makes values of what it answers.

Whatever becomes of the child (killed at its limits, out of time, no answer),
the outcome is one error.
"""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from calsync.errors import BadData
from calsync.intake.invitation.vtimezone import Definition
from calsync.intake.rows import printable
from calsync.phrase import phrase

__all__ = ["LARGEST", "Lines", "Property", "asked", "lines_of", "read_in_child", "refused", "screened"]


# What can be against an invitation as a whole, each with what to do about it.
#
# A row is a word, a sentence (``{}`` is the detail), a remedy and a code; the
# screen and the child name the word. Nothing of such a file is ever taken.

LARGEST = 1 << 20
"""Bytes; no invitation of one event is larger but for what is attached to it."""

_SAVED_ALONE = phrase("save the attachment of the mail (invite.ics) alone, and name that file")
_BY_HAND = phrase("add the interview by hand with calsync add")
_AGAIN = phrase("save it from the mail again")

_ROWS = {
    "mail": (
        phrase("there is no invitation in this mail"),
        phrase(
            "save the attachment of the mail (invite.ics) alone, and name that file, or add the interview by hand with calsync add"
        ),
        "CS-INV-016",
    ),
    "tnef": (
        phrase("its invitation is in Outlook's own format (winmail.dat), which calsync does not read"),
        phrase("open it in Outlook and save the appointment as iCalendar (.ics)"),
        "CS-INV-017",
    ),
    "outlook": (
        phrase("it is a message in Outlook's own format (.msg), which calsync does not read"),
        phrase("save the appointment as iCalendar (.ics), or the mail as .eml"),
        "CS-INV-017",
    ),
    "heavy": (
        phrase("it is a mail of more than {detail} MB"),
        phrase("save the invitation in it alone, and name that file"),
        "CS-INV-001",
    ),
    "large": (
        phrase("it is larger than 1 MiB"),
        phrase("add the interview by hand with calsync add, or save it without its attachments"),
        "CS-INV-001",
    ),
    "no calendar": (
        phrase("there is no BEGIN:VCALENDAR in it, so it is no invitation"),
        _SAVED_ALONE,
        "CS-INV-002",
    ),
    "calendars": (
        phrase("there are {detail} calendars in it"),
        phrase("give each a file of its own"),
        "CS-INV-002",
    ),
    "no event": (phrase("there is no event in it"), phrase("name the invitation itself"), "CS-INV-003"),
    "events": (
        phrase("there are {detail} events in it"),
        phrase("export the one event of the interview"),
        "CS-INV-003",
    ),
    "series": (
        phrase("it is a series of events ({detail}), and an interview is one"),
        phrase("export the one date of the interview, or add the interview by hand with calsync add"),
        "CS-INV-004",
    ),
    "nul": (
        phrase("it holds NUL characters, so it is no text"),
        phrase("save it from the mail again, as UTF-8"),
        "CS-INV-005",
    ),
    "encoding": (
        phrase("it is not UTF-8 (at {detail})"),
        phrase("save it from the mail again, as UTF-8"),
        "CS-INV-005",
    ),
    "long": (phrase("it has more than {detail}, as no invitation has"), _SAVED_ALONE, "CS-INV-006"),
    "line": (phrase("line {detail} is not that of a calendar"), _AGAIN, "CS-INV-007"),
    "torn": (phrase("it is not whole: {detail} is out of place or missing"), _AGAIN, "CS-INV-008"),
    "deep": (phrase("its parts are nested as those of no invitation"), _BY_HAND, "CS-INV-008"),
    "twice": (phrase("{detail} is there twice"), _BY_HAND, "CS-INV-009"),
    "crowd": (phrase("more people are invited than to any interview"), _BY_HAND, "CS-INV-010"),
    "unfit": (
        phrase("reading it took more time or memory than any invitation needs"),
        _BY_HAND,
        "CS-INV-011",
    ),
    "method": (
        phrase("METHOD:{detail} is an answer to an invitation, not one"),
        phrase("name the invitation itself, or its cancellation"),
        "CS-INV-012",
    ),
    "version": (
        phrase("it is in version {detail} of the format, which no calendar of today writes"),
        _BY_HAND,
        "CS-INV-013",
    ),
    "no uid": (
        phrase("it has no UID, so a later change could not be matched with it"),
        _BY_HAND,
        "CS-INV-014",
    ),
    "uid": (phrase("its UID cannot be one"), _BY_HAND, "CS-INV-014"),
    "sequence": (phrase("SEQUENCE {detail} cannot be one"), _BY_HAND, "CS-INV-015"),
}

_NOTES = {
    "encoding": phrase(
        "it is not UTF-8 (at {detail}): read as Windows and Latin-1 write text, so look at its letters"
    ),
    "broken": phrase("line {detail} is broken: what stands there is read as text and not as a property"),
    "left out": phrase("line {detail} cannot be read and is left out"),
    "again": phrase("{detail} is there twice: the first counts"),
}
"""What was forgiven, each with the sentence about it."""


def refused(word: str, detail: str = "") -> BadData:
    """The error for a word of the table; ``detail`` may be the file's own and is made safe to print."""
    what, remedy, code = _ROWS[word]
    return BadData(phrase(what, detail=printable(detail, 60)), remedy=remedy, code=code)


_PROGRAM = Path(__file__).with_name("in_child.py")
_LONGEST_WAIT = 10
"""Seconds by the clock. The child's own limits come first, except on Windows."""


class Property(msgspec.Struct, frozen=True):
    """One property: the value as it is written, and its parameters by their names in capitals."""

    value: str = ""
    parameters: Mapping[str, str] = msgspec.field(default_factory=dict)


class Lines(msgspec.Struct, frozen=True):
    """The properties of an invitation's one event, and what the file says of zones."""

    calendar: Mapping[str, str]
    event: Mapping[str, Property]
    attendees: tuple[Property, ...]
    zones: tuple[Definition, ...]
    notes: tuple[str, ...] = ()


def read_in_child(content: bytes) -> Lines:
    """The lines in these bytes; raises BadData."""
    return lines_of(asked("content_lines", content))


def lines_of(answer: dict[str, Any]) -> Lines:
    """The child's answer as values; raises BadData for what it refused."""
    if "refused" in answer:
        raise refused(*answer["refused"])
    return Lines(
        answer["calendar"],
        {name: Property(**said) for name, said in answer["event"].items()},
        tuple(Property(**said) for said in answer["attendees"]),
        tuple(Definition(zone["properties"], tuple(zone["parts"])) for zone in answer["zones"]),
        tuple(phrase(_NOTES[word], detail=printable(detail, 60)) for word, detail in answer["notes"]),
    )


def asked(module: str, content: bytes) -> dict[str, Any]:
    """What a module of this folder answers about these bytes; raises BadData for whatever becomes of the child."""
    # -I: nothing of the user's environment is looked at
    call = [sys.executable, "-I", str(_PROGRAM), module]
    try:
        done = subprocess.run(  # noqa: S603  # our own program, with bytes as its only input
            call, input=content, capture_output=True, timeout=_LONGEST_WAIT, check=True
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        raise refused("unfit") from None
    return answer


# A first look at the bytes: most files that mean harm, or mean something else, end here.
#
# Only what can be seen without reading the lines; the child has the last word.

_MOST_LINES = 20_000
_LONGEST_LINE = 300_000
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CALENDAR = re.compile(rb"^BEGIN:VCALENDAR", re.IGNORECASE | re.MULTILINE)
_EVENT = re.compile(rb"^BEGIN:VEVENT\b", re.IGNORECASE | re.MULTILINE)
_SERIES = re.compile(rb"^(RRULE|RDATE|EXDATE|EXRULE|RECURRENCE-ID)[;:]", re.IGNORECASE | re.MULTILINE)


def screened(content: bytes) -> bytes:
    """The same bytes, if they may go on to the child; raises BadData."""
    if len(content) > LARGEST:
        raise refused("large")
    if content.startswith(_UTF16):
        raise refused("encoding", phrase("its beginning: UTF-16"))
    if b"\0" in content:
        raise refused("nul")
    lines = content.replace(b"\r", b"\n")
    if not _CALENDAR.search(lines.removeprefix(b"\xef\xbb\xbf")):
        raise refused("no calendar")
    if max(content.count(b"\n"), content.count(b"\r")) > _MOST_LINES:
        raise refused("long", phrase("{count:,} lines", count=_MOST_LINES))
    if max(map(len, lines.split(b"\n"))) > _LONGEST_LINE:
        raise refused("long", phrase("{count:,} characters in a line", count=_LONGEST_LINE))
    events = list(_EVENT.finditer(lines))
    if len(events) > 1:
        raise refused("events", str(len(events)))
    # Zones have rules of their own (VTIMEZONE), which stand before the event or after it.
    if events and (series := _SERIES.search(_inside(lines, events[0].start()))):
        raise refused("series", series[1].decode("ascii").upper())
    return content


def _inside(lines: bytes, begin: int) -> bytes:
    """The event alone."""
    end = re.compile(rb"^END:VEVENT", re.IGNORECASE | re.MULTILINE).search(lines, begin)
    return lines[begin : end.start() if end else None]

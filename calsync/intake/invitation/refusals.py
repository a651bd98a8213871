"""What can be against an invitation as a whole, each with what to do about it.

A row is a word, a sentence (``{}`` is the detail), a remedy and a code; the
screen and the child name the word. Nothing of such a file is ever taken.
"""

from calsync.errors import BadData
from calsync.intake.rows import printable

__all__ = ["LARGEST", "refused"]

LARGEST = 1 << 20
"""Bytes; no invitation of one event is larger but for what is attached to it."""

_SAVED_ALONE = "save the attachment of the mail (invite.ics) alone, and name that file"
_BY_HAND = "add the interview by hand with calsync add"
_AGAIN = "save it from the mail again"

_ROWS = {
    "large": ("it is larger than 1 MiB", f"{_BY_HAND}, or save it without its attachments", "CS-INV-001"),
    "no calendar": ("there is no BEGIN:VCALENDAR in it, so it is no invitation", _SAVED_ALONE, "CS-INV-002"),
    "calendars": ("there are {} calendars in it", "give each a file of its own", "CS-INV-002"),
    "no event": ("there is no event in it", "name the invitation itself", "CS-INV-003"),
    "events": ("there are {} events in it", "export the one event of the interview", "CS-INV-003"),
    "series": (
        "it is a series of events ({}), and an interview is one",
        f"export the one date of the interview, or {_BY_HAND}",
        "CS-INV-004",
    ),
    "nul": ("it holds NUL characters, so it is no text", f"{_AGAIN}, as UTF-8", "CS-INV-005"),
    "encoding": ("it is not UTF-8 (at {})", f"{_AGAIN}, as UTF-8", "CS-INV-005"),
    "long": ("it has more than {}, as no invitation has", _SAVED_ALONE, "CS-INV-006"),
    "line": ("line {} is not that of a calendar", _AGAIN, "CS-INV-007"),
    "torn": ("it is not whole: {} is out of place or missing", _AGAIN, "CS-INV-008"),
    "deep": ("its parts are nested as those of no invitation", _BY_HAND, "CS-INV-008"),
    "twice": ("{} is there twice", _BY_HAND, "CS-INV-009"),
    "crowd": ("more people are invited than to any interview", _BY_HAND, "CS-INV-010"),
    "unfit": ("reading it took more time or memory than any invitation needs", _BY_HAND, "CS-INV-011"),
    "method": (
        "METHOD:{} is an answer to an invitation, not one",
        "name the invitation itself, or its cancellation",
        "CS-INV-012",
    ),
    "version": (
        "it is in version {} of the format, which no calendar of today writes",
        _BY_HAND,
        "CS-INV-013",
    ),
    "no uid": ("it has no UID, so a later change could not be matched with it", _BY_HAND, "CS-INV-014"),
    "uid": ("its UID cannot be one", _BY_HAND, "CS-INV-014"),
    "sequence": ("SEQUENCE {} cannot be one", _BY_HAND, "CS-INV-015"),
}


def refused(word: str, detail: str = "") -> BadData:
    """The error for a word of the table; ``detail`` may be the file's own and is made safe to print."""
    what, remedy, code = _ROWS[word]
    return BadData(what.format(printable(detail, 60)), remedy=remedy, code=code)

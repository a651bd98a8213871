"""A first look at the bytes: most files that mean harm, or mean something else, end here.

Only what can be seen without reading the lines; the child has the last word.
"""

import re

from calsync.intake.invitation.refusals import LARGEST, refused

__all__ = ["screened"]

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
        raise refused("encoding", "its beginning: UTF-16")
    if b"\0" in content:
        raise refused("nul")
    lines = content.replace(b"\r", b"\n")
    if not _CALENDAR.search(lines.removeprefix(b"\xef\xbb\xbf")):
        raise refused("no calendar")
    if max(content.count(b"\n"), content.count(b"\r")) > _MOST_LINES:
        raise refused("long", f"{_MOST_LINES:,} lines")
    if max(map(len, lines.split(b"\n"))) > _LONGEST_LINE:
        raise refused("long", f"{_LONGEST_LINE:,} characters in a line")
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

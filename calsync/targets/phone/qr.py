"""One event as a QR code that a phone's camera offers to add to its calendar.

The code holds a VCALENDAR (RFC 5545) with as little as a phone needs. There is no
VALARM, because phones put their own default in its place, and no DTSTAMP,
because nobody compares a copy that was scanned.

A code has to be small to be scanned from a screen: 423 octets make 69 modules,
which with their quiet zone fit into 80 columns. The description gives way first.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape

import msgspec

from calsync.targets.ics.vevent import cleaned, content_line, escaped, instant, one_line, uid_line
from calsync.texts.clean import shortened

__all__ = ["Code", "PhoneEvent", "code_text", "qr_code", "svg", "terminal_lines"]

_EASY = 423
"""Octets of version 13 at level L, the largest code that fits into 80 columns (ISO 18004, table 7), but two.

Those two say that the rest is UTF-8.
"""
_SUMMARY, _SHORT_SUMMARY, _LOCATION = 100, 40, 40
"""Characters, at most."""
_QUIET = 4
"""Light modules around the code (ISO 18004, section 5.3.8)."""
_BLACK_ON_WHITE = "\x1b[38;5;16;48;5;231m"
"""By number in the 256 colours, which no theme of a terminal changes."""
_PLAIN = "\x1b[0m"
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
"""Two modules above each other, dark ones drawn."""


class PhoneEvent(msgspec.Struct, frozen=True):
    """What goes to the phone; ``location`` is the number to call, ``details`` the lines that say what to do."""

    uid: str
    summary: str
    start: datetime
    end: datetime
    location: str = ""
    details: str = ""
    is_busy: bool = False


class Code(msgspec.Struct, frozen=True):
    """The modules of a QR code, row by row, dark ones true, the quiet zone included."""

    rows: tuple[tuple[bool, ...], ...]

    @property
    def width(self) -> int:
        """Modules in a row; a terminal needs a column for each."""
        return len(self.rows)


def code_text(event: PhoneEvent) -> str:
    """What the code of an event says, in as few octets as will do: 423 where that is possible, never over 700."""
    text = ""
    for longest, kept in (
        (_SUMMARY, 300),
        (_SUMMARY, 150),
        (_SUMMARY, 75),
        (_SUMMARY, 0),
        (_SHORT_SUMMARY, 0),
    ):
        text = _vcalendar(event, longest, kept)
        if len(text.encode()) <= _EASY:
            break
    return text


def qr_code(text: str) -> Code:
    """The code that says ``text``, at level L or better where that costs no room."""
    import segno  # noqa: PLC0415  # 15 ms, for whoever asks for a code

    marked = not text.isascii()  # as UTF-8 (ECI 26), else readers guess, and some guess Japanese
    found = segno.make_qr(text, error="l", encoding="utf-8", mode="byte", eci=marked, boost_error=True)
    return Code(tuple(tuple(bool(module) for module in row) for row in found.matrix_iter(border=_QUIET)))


def terminal_lines(code: Code) -> Iterator[str]:
    """The code for a terminal, two rows a line: dark on light, whatever the terminal's own colours are."""
    light = (False,) * code.width
    rows = [*code.rows, light] if len(code.rows) % 2 else [*code.rows]
    for upper, lower in zip(rows[::2], rows[1::2], strict=True):
        drawn = "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        yield f"{_BLACK_ON_WHITE}{drawn}{_PLAIN}"


def svg(codes: Iterable[tuple[str, Code]], module: int = 6) -> str:
    """A picture of some codes, one below the other, each under its title; ``module`` is the side of one in pixels."""
    title_height, width, top = 40, 0, 0
    parts: list[str] = []
    for title, code in codes:
        side = code.width * module
        parts.append(f'<text x="{_QUIET * module}" y="{top + 28}">{escape(cleaned(title))}</text>')
        path = "".join(
            f"M{x} {y}h1v1h-1z" for y, row in enumerate(code.rows) for x, dark in enumerate(row) if dark
        )
        place = f"translate(0 {top + title_height}) scale({module})"
        parts.append(f'<path transform="{place}" shape-rendering="crispEdges" d="{path}"/>')
        width, top = max(width, side), top + title_height + side
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{top}" viewBox="0 0 {width} {top}"'
        ' font-family="sans-serif" font-size="18"><desc>calsync</desc>'
        f'<rect width="{width}" height="{top}" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def _vcalendar(event: PhoneEvent, longest: int, kept: int) -> str:
    details = shortened(cleaned(event.details).strip(), kept)
    location = shortened(one_line(event.location), _LOCATION)
    lines = [
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:calsync\r\nBEGIN:VEVENT\r\n",
        uid_line(event.uid),
        f"DTSTART:{instant(event.start)}\r\nDTEND:{instant(event.end)}\r\n".encode(),
        content_line("SUMMARY", escaped(shortened(one_line(event.summary), longest))),
        content_line("LOCATION", escaped(location)) if location else b"",
        content_line("DESCRIPTION", escaped(details)) if details else b"",
        b"END:VEVENT\r\nEND:VCALENDAR\r\n",
    ]
    return b"".join(lines).decode()

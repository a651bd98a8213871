"""Text in columns, on terminals of any width and in any alphabet: measured, cut, wrapped, made safe, styled."""

import os
import sys
import unicodedata
from collections.abc import Iterator

__all__ = [
    "clean",
    "columns",
    "cut",
    "dim",
    "hanging",
    "is_narrow",
    "pad",
    "screen_width",
    "strong",
    "struck",
    "terminal_width",
    "visible",
    "wrapped",
]

_FIRST_MARK = "\u0300"
"""Below it every sign takes one column."""
_NARROWEST, _USUAL, _WIDEST = 24, 80, 120
_ROOM_FOR_A_TABLE = 60


def terminal_width() -> int:
    """Columns to write in: the terminal's, within reason; 80 where there is none."""
    return max(_NARROWEST, min(_columns() or _USUAL, _WIDEST))


def is_narrow() -> bool:
    """Whether columns would be rubble: below 60 every table is a list."""
    return terminal_width() < _ROOM_FOR_A_TABLE


def screen_width() -> int:
    """Columns there are, however few: for what cannot be wrapped; 80 where there is no terminal."""
    return _columns() or _USUAL


def _columns() -> int:
    """What COLUMNS says, else the terminal; 0 where neither does."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal():
        return int(given)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError, AttributeError):
        return 0


def clean(text: str) -> str:
    """Text that cannot steer a terminal: control and direction characters become spaces or nothing."""
    if text.isprintable():
        return text
    kept = (" " if char in "\n\t\r" else char for char in text)
    return "".join(char for char in kept if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"})


def visible(text: str) -> str:
    r"""Text with every sign that nobody would see written out, as ``\x1b``: for messages about it."""
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def columns(text: str) -> int:
    """How many columns a terminal gives ``text``."""
    try:
        return len(text.encode("latin-1"))  # a column each
    except UnicodeEncodeError:
        pass
    if max(text) < _FIRST_MARK:
        return len(text)

    return sum(
        0
        if unicodedata.category(char) in {"Mn", "Me"}  # marks that stand on the letter before
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )


def cut(text: str, width: int) -> str:
    """``text`` in at most ``width`` columns, with an ellipsis where something is missing."""
    if columns(text) <= width:
        return text
    while text and columns(text) > width - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


def pad(text: str, width: int) -> str:
    """``text`` in exactly ``width`` columns, or more where it does not fit."""
    return text + " " * (width - columns(text))


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` columns, broken between words; a longer word gets a line of its own.

    Words of wide letters are not set apart by spaces, and may be broken anywhere.
    """
    lines: list[str] = []
    line = ""
    for word in (part for whole in text.split() for part in _parts(whole, width)):
        longer = f"{line} {word}" if line else word
        if line and columns(longer) > width:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line] if line or not lines else lines


def _parts(word: str, width: int) -> Iterator[str]:
    """The word, in pieces that fit if it is too long and in wide letters."""
    half = max(1, width // 2)
    while columns(word) > max(width, len(word)):
        yield word[:half]
        word = word[half:]
    yield word


def strong(text: str) -> str:
    """Bold where the terminal takes it."""
    return _styled(text, "1")


def dim(text: str) -> str:
    """Faint where the terminal takes it."""
    return _styled(text, "2")


def struck(text: str) -> str:
    """Struck out where the terminal takes it; the words must say it too."""
    return _styled(text, "9")


def _styled(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if text and _takes_style() else text


def _takes_style() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def hanging(start: str, text: str, width: int) -> Iterator[str]:
    """``text`` in lines of at most ``width`` columns, ``start`` in front of the first and as much room before the rest."""
    for number, line in enumerate(wrapped(text, width - columns(start))):
        yield (start if number == 0 else " " * columns(start)) + line

"""Rows of input on their way to interviews, and what is wrong with some of them.

A format (``from_csv``, ``from_toml``, ``from_json``) turns bytes into a ``Table``
of rows; what a row's values mean is ``calsync.intake.records``'s business.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from types import MappingProxyType

import msgspec

from calsync.errors import BadData
from calsync.phrase import joined, phrase

__all__ = [
    "MOST_INTERVIEWS",
    "BadRow",
    "BadRows",
    "Fault",
    "Row",
    "Table",
    "Twice",
    "Written",
    "nearest",
    "printable",
    "shown",
    "too_many",
]

MOST_INTERVIEWS = 100_000
"""In one command: more of them would not fit into the memory that calsync may take."""

_SHOWN_FAULTS = 20
_SHOWN_CHARACTERS = 60
_SENTENCE_CHARACTERS = 240
_HUGE_BITS = 64


class Fault(msgspec.Struct, frozen=True):
    """One thing wrong in a row; ``value`` is shortened and safe to print."""

    key: str
    value: str
    what: str
    remedy: str
    code: str

    @classmethod
    def of(cls, error: BadData, *, key: str = "", value: object = "") -> "Fault":
        """The fault that reading ``value`` ended in."""
        what = printable(error.what, _SENTENCE_CHARACTERS)
        return cls(printable(key or error.where, 60), shown(value), what, error.remedy, error.code)


class Row(msgspec.Struct, frozen=True):
    """One record as it was written: ``place`` leads to it (``row 7``, ``interview 3``).

    ``values`` holds text or what TOML and JSON know of themselves, under the
    keys of a record; ``faults`` is what the format itself has against the row.
    """

    place: str
    values: Mapping[str, object]
    faults: tuple[Fault, ...] = ()


class Written(msgspec.Struct, frozen=True):
    """What a record said in so many words: where it stands, its keys, and their values as they came.

    Two tuples, and not a mapping for each of a hundred thousand rows.
    """

    source: str
    place: str
    keys: tuple[str, ...]
    values: tuple[object, ...]

    def said(self) -> dict[str, object]:
        """What is not empty: an empty value is one that is not given."""
        pairs = zip(self.keys, self.values, strict=True)
        return {
            key: value for key, value in pairs if value not in (None, [], "") and not str(value).isspace()
        }


class Twice:
    """Stands for the value of a key that one record gives twice."""


class Table(msgspec.Struct, frozen=True):
    """What a format makes of a file.

    ``recognised`` names the headers that were understood though they are not
    keys, ``renamed`` those of ``--map`` that the file has. ``remarks`` say what was
    assumed; more of them may come while the rows are read.
    """

    rows: Iterator[Row]
    recognised: Mapping[str, str] = MappingProxyType({})
    renamed: frozenset[str] = frozenset()
    remarks: Sequence[str] = ()


class BadRow(msgspec.Struct, frozen=True):
    """A row that cannot be taken, with everything that is wrong with it."""

    source: str
    place: str
    faults: tuple[Fault, ...]

    def lines(self, say: Callable[[str], str] = str) -> Iterator[str]:
        """One line for each fault, in the house form and the reader's language."""
        for fault in self.faults:
            where = joined((self.source, self.place, fault.key))
            yield BadData(fault.what, remedy=fault.remedy, where=where, code=fault.code).said(say)

    def __str__(self) -> str:
        return "\n".join(self.lines())


class BadRows(BadData):
    """A file that is not taken because of some of its rows; ``rows`` holds all of them.

    With one fault it reads like any other error; with more, a line for each of
    the first twenty and a last line that counts. ``remarks`` say how the file was read.
    """

    def __init__(self, rows: Sequence[BadRow], *, good: int = 0, remarks: Sequence[str] = ()) -> None:
        self.rows = tuple(rows)
        self.remarks = tuple(remarks)
        self.good = good
        faults = [fault for row in self.rows for fault in row.faults]
        if len(faults) == 1:
            row, fault = self.rows[0], faults[0]
            super().__init__(fault.what, remedy=fault.remedy, where=fault.key, code=fault.code)
            self.at(row.source, row.place)
        else:
            what = phrase(
                "{rows} of {rows2} rows cannot be taken", rows=len(self.rows), rows2=len(self.rows) + good
            )
            remedy = (
                phrase("correct them, or add --skip-bad to take the other {good}", good=good)
                if good
                else phrase("correct them")
            )
            super().__init__(what, remedy=remedy, code="CS-REC-020")

    def said(self, say: Callable[[str], str] = str) -> str:
        """A line for each fault, and one that counts them."""
        lines = [line for row in self.rows for line in row.lines(say)]
        if len(lines) == 1:
            return super().said(say)
        left = len(lines) - _SHOWN_FAULTS
        more = [say(phrase("and {lines} more", lines=left))] if left > 0 else []
        return "\n".join([*lines[:_SHOWN_FAULTS], *more, super().said(say)])


def shown(value: object) -> str:
    r"""A value as a message may hold it: short, quoted, nothing a terminal would obey.

    >>> print(shown("\x1b[31mred"))
    '\x1b[31mred'
    """
    if isinstance(value, str):
        short = value if len(value) <= _SHOWN_CHARACTERS else value[: _SHOWN_CHARACTERS - 1] + "…"
        return repr(short)
    if isinstance(value, list | tuple):
        return phrase("a list")
    if isinstance(value, Mapping):
        return phrase("a table")
    if value is None or isinstance(value, bool):
        return phrase("nothing") if value is None else str(value).lower()
    if isinstance(value, int) and value.bit_length() > _HUGE_BITS:
        return phrase("a huge number")
    return str(value)[:_SHOWN_CHARACTERS]


def printable(text: str, limit: int = 200) -> str:
    """Text of unknown origin in one line of at most ``limit`` characters, without quotes."""
    short = text if len(text) <= limit else f"{text[: limit // 2]} … {text[-limit // 2 :]}"
    if short.isprintable():
        return short
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in short)


def too_many(what: str = phrase("interviews")) -> BadData:
    """The error for input with more than ``MOST_INTERVIEWS``."""
    return BadData(
        phrase(
            "there are more than {most_interviews:,} {what}, the most that calsync reads at once",
            most_interviews=MOST_INTERVIEWS,
            what=what,
        ),
        remedy=phrase("split the file and take one part after the other"),
        code="CS-INP-017",
    )


@lru_cache(maxsize=512)
def nearest(word: str, known: tuple[str, ...]) -> str:
    """The known word most like this one, or nothing when none is."""
    return next(iter(get_close_matches(word[:64].casefold(), known, 1, 0.65)), "")

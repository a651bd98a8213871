"""An interview's id where none is given: who, what and when, in plain letters.

The same interview gives the same id, on any machine and in any file; only two
interviews of one company, role and day are told apart by ``-2``, ``-3`` …
"""

import re
import unicodedata
import zlib
from collections.abc import Container
from datetime import date
from functools import lru_cache

__all__ = ["derived_id", "next_free"]

_COMPANY = 30
_ROLE = 23
_LONGEST = 64

# Letters that do not fall apart into a plain one and a mark.
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def derived_id(company: str, role: str, day: date) -> str:
    """The id of an interview that was given none.

    >>> derived_id("Acme", "PM", date(2026, 11, 12))
    'acme-pm-20261112'
    """
    return f"{_slug(company, _COMPANY)}-{_slug(role, _ROLE)}-{day.year}{day.month:02}{day.day:02}"


def next_free(base: str, taken: Container[str], number: int = 2) -> tuple[str, int]:
    """``base``, or ``base-2`` and so on from ``number``; and the number to go on from."""
    if base not in taken:
        return base, number
    while (name := f"{base[: _LONGEST - len(str(number)) - 1]}-{number}") in taken:
        number += 1
    return name, number + 1


@lru_cache(maxsize=1024)
def _slug(text: str, longest: int) -> str:
    """Letters a-z and digits, whole words up to ``longest``; a short hash if there are none."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    slug = re.sub(r"[^a-z0-9]+", "-", "".join(filter(str.isascii, _joined(folded)))).strip("-")
    if not slug:
        return f"{zlib.crc32(unicodedata.normalize('NFC', text).encode()):08x}"
    if len(slug) > longest:
        slug = slug[: longest + 1].rpartition("-")[0] or slug[:longest]
    return slug


def _joined(text: str) -> str:
    """Apostrophes and marks inside a word do not part it: O'Neill is oneill."""
    return "".join(sign for sign in text if sign not in "'’`" and not unicodedata.combining(sign))

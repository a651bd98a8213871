"""Text that may be TOML: read in a time and a memory that its length allows, whatever stands in it.

tomllib goes through a key of many parts again for each part, and takes integers of
any length, which nothing of ours means and Python refuses to print.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from io import StringIO
from operator import methodcaller
from typing import Any

from calsync.phrase import phrase

__all__ = ["TOO_MANY_DIGITS", "endless_line", "parsed_toml"]

TOO_MANY_DIGITS = phrase("a number in it has too many digits")
_LONGEST_LINE = 500_000
_DEEPEST_KEY = 64
_INTEGER_BITS = 1_000


def parsed_toml(text: str) -> dict[str, Any]:
    """What tomllib makes of the text of a small file. Raises ValueError with a sentence for people.

    >>> parsed_toml("hours = [8, 20]")
    {'hours': [8, 20]}
    """
    if number := endless_line(text):
        raise ValueError(phrase("line {number} is too long", number=number))
    try:
        found = tomllib.loads(text)
    except RecursionError:
        raise ValueError(phrase("it is nested too deeply")) from None
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:  # an integer of more digits than Python reads
        raise ValueError(TOO_MANY_DIGITS) from None
    if any(value.bit_length() > _INTEGER_BITS for value in _integers(found)):
        raise ValueError(TOO_MANY_DIGITS)
    return found


def endless_line(text: str) -> int:
    """The number of the first line that tomllib would take minutes over; 0 for none."""
    longest, most_dots = (max(map(measure, StringIO(text)), default=0) for measure in (len, _dots))
    if longest <= _LONGEST_LINE and most_dots < _DEEPEST_KEY:
        return 0
    lines = enumerate(StringIO(text), 1)
    return next((number for number, line in lines if len(line) > _LONGEST_LINE or _is_endless_key(line)), 0)


_dots = methodcaller("count", ".")


def _is_endless_key(line: str) -> bool:
    *parts, _ = line.split(".", _DEEPEST_KEY)
    part = r"""[\s\[{,]*(?:[\w-]+|".*"|'.*')\s*"""
    return len(parts) == _DEEPEST_KEY and all(re.fullmatch(part, key) for key in parts[1:])


def _integers(value: object) -> Iterator[int]:
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _integers(each)
    elif isinstance(value, list):
        for each in value:
            yield from _integers(each)
    elif isinstance(value, int):
        yield value

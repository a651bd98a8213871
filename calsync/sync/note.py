"""A line in the description of calsync's calendar: how far each store had come when it last deleted there.

An event that is deleted keeps no mark. Without this line a backup that was put
back could not tell its own deletions from the user's.
"""

import re

__all__ = ["read_note", "write_note"]

_LINE = re.compile(r"^\[calsync ([0-9a-f]+) ([0-9]+)\]$", re.MULTILINE)


def read_note(text: str, store: str) -> int:
    r"""The count that this store noted; 0 for none.

    >>> read_note("My calls\n[calsync 00ff 12]", "00ff")
    12
    """
    return max((int(count) for key, count in _LINE.findall(text) if key == store), default=0)


def write_note(text: str, store: str, count: int) -> str:
    r"""The description with the line of this store anew; everything else in it stays.

    >>> write_note("My calls", "00ff", 12)
    'My calls\n[calsync 00ff 12]'
    """
    kept = [
        line for line in text.split("\n") if not ((found := _LINE.match(line)) and found[1] == store) and line
    ]
    return "\n".join([*kept, f"[calsync {store} {count}]"])

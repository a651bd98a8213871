"""The header row of a spreadsheet: which column is which key.

A header is a key in any case and with any spaces; or one of the names people
give such columns (``calsync.intake.names``); or what ``--map`` says it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from calsync.domain.value import Value
from calsync.errors import Usage
from calsync.intake.names import common, likely, squashed
from calsync.intake.record import KEYS, REQUIRED
from calsync.intake.rows import BadRow, BadRows, Fault, printable, shown

__all__ = ["DROPPED", "Columns", "checked_renames", "columns", "meant"]

DROPPED = "-"
"""Stands for the key of a column that ``--map "Salary="`` leaves out."""


class Columns(Value):
    """The key of each column, and how it was found: empty for no header, ``DROPPED`` for one left out."""

    keys: tuple[str, ...]
    recognised: Mapping[str, str]
    renamed: frozenset[str]


def columns(cells: Sequence[str], renames: Mapping[str, str]) -> Columns:
    """Find the key of each header; raises BadRows with all that cannot be found."""
    names = [" ".join(cell.split()) for cell in cells]
    keys = [_key(name, renames) for name in names]
    faults = [_unknown(name) for name, key in zip(names, keys, strict=True) if key is None]
    found = [key or "" for key in keys]
    faults += [*_twice(names, found), *(() if faults else _missing(found))]
    if faults:
        raise BadRows([BadRow("", "row 1", tuple(faults))])
    recognised = {
        printable(name): key
        for name, key in zip(names, found, strict=True)
        if name not in renames and squashed(name) in common()
    }
    return Columns(tuple(found), recognised, frozenset(names).intersection(renames))


def checked_renames(renames: Mapping[str, str]) -> dict[str, str]:
    """What ``--map`` says, tidied: header to key, or to ``DROPPED``; raises Usage."""
    checked = {}
    for name, wanted in renames.items():
        key = wanted.strip().lower() or DROPPED
        if key not in KEYS and key != DROPPED:
            near = likely(key, tuple(KEYS))
            raise Usage(
                f"--map {shown(f'{name}={wanted}')}: there is no key {shown(wanted)}",
                remedy=f"try {near}" if near else f"the keys are {', '.join(KEYS)}",
                code="CS-USE-014",
            )
        checked[" ".join(name.split())] = key
    return checked


def meant(name: str) -> str:
    """The key that a header is taken for without being told; empty where nobody knows."""
    return _key(" ".join(name.split()), {}) or ""


def _key(name: str, renames: Mapping[str, str]) -> str | None:
    """The key of one header; empty for an empty one, None for one that nobody knows."""
    if name in renames:
        return renames[name]
    return (_keys().get(squashed(name)) or common().get(squashed(name))) if name else ""


def _unknown(name: str) -> Fault:
    key = likely(name, tuple(KEYS))
    leave_out = f"--map {shown(f'{name}=')} leaves the column out"
    return Fault(
        "",
        shown(name),
        f"no key is called {shown(name)}",
        f"try {key}; {leave_out}" if key else leave_out,
        "CS-CSV-002",
    )


def _twice(names: Sequence[str], keys: Sequence[str]) -> Iterator[Fault]:
    for place, key in enumerate(keys):
        if key not in {"", DROPPED} and key in keys[:place]:
            first, name = names[keys.index(key)], names[place]
            yield Fault(
                key,
                shown(name),
                f"the columns {shown(first)} and {shown(name)} both mean {key}",
                f"put them in one, or --map {shown(f'{name}=')} leaves one out",
                "CS-CSV-003",
            )


def _missing(keys: Sequence[str]) -> Iterator[Fault]:
    for key in REQUIRED:
        if key not in keys:
            what = f"there is no column {key}"
            yield Fault(key, "", what, f"add it, or say which it is: --map 'Header={key}'", "CS-CSV-004")


@cache
def _keys() -> Mapping[str, str]:
    return {squashed(key): key for key in KEYS}

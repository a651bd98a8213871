"""The keys of settings.toml: one row each, a key and how its value is read.

A new key is a row here, with a reader of ``readers.py``.
"""

from collections.abc import Mapping
from typing import Any

from calsync.errors import BadValue
from calsync.settings import readers

__all__ = ["TABLES", "read", "reader_of"]

TABLES: Mapping[str, Mapping[str, readers.Reader]] = {
    "": {
        "timezone": readers.zone,
        "hours": readers.hours,
        "private_hours": readers.weekly_hours,
        "country": readers.country,
        "region": readers.matching(
            r"[\w .'-]{1,60}", "is not a code of that form", "write the region's letters, like NY", empty=True
        ),
        "business_hours": readers.hours,
        "window": readers.window,
        "kept_free": readers.weekdays,
        "monday_like": readers.flag,
        "phone": readers.flag,
        "playbook": readers.matching(".+", "names no playbook", 'write a name or a path, like "balanced"'),
        "closures": readers.periods,
        "language": readers.matching(
            r"[a-z]{2,3}([_-][A-Za-z]{2,8})*", "is not a language", 'write its code, like "en" or "de"'
        ),
        "discreet": readers.flag,
    },
    "candidate": {
        "name": readers.line,
        "phone": readers.matching(
            r"(?=(\D*\d){3})[\d\s()+./x#-]+",
            "is not a phone number",
            "write it like +1 212 555 0142",
            empty=True,
        ),
        "email": readers.matching(
            r"[^@\s]+@[^@\s]+", "is not an email address", "write it like name@example.com", empty=True
        ),
    },
    "alarms": {
        "ask": readers.minutes,
        "call": readers.minutes,
        "email": readers.minutes,
        "prepare": readers.minutes,
    },
    "google": {
        "calendar": readers.matching(".+", "names no calendar", 'write a name, like "Follow-ups"'),
        "api_root": readers.api_root,
        "busy": readers.calendars,
    },
}
"""Each table of the file (the top is ""), each key in it, and its reader."""


def read(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Every value of the document through its reader, by table and key."""
    top = {key: value for key, value in document.items() if not key or key not in TABLES}
    found: dict[str, dict[str, Any]] = {}
    for table in TABLES:
        values = document.get(table, {}) if table else top
        if not isinstance(values, dict):
            raise BadValue(f"{values!r:.60} is not a table", remedy=f"begin it with [{table}]", where=table)
        found[table] = {key: _value(table, key, value) for key, value in values.items()}
    return found


def reader_of(table: str, key: str) -> readers.Reader:
    """How the key of a table is read. Raises BadValue, with the nearest key, where there is none."""
    reader = TABLES.get(table, {}).get(key)
    if reader is None:
        place = f"{table}.{key}" if table else key
        raise BadValue(f"there is no key {place[:60]!r}", remedy=_meant(table, key), code="CS-SET-005")
    return reader


def _value(table: str, key: str, value: object) -> object:
    place = f"{table}.{key}" if table else key
    reader = reader_of(table, key)
    try:
        return reader(value)
    except BadValue as error:
        raise error.at(place) from None


def _meant(table: str, key: str) -> str:
    """Where a key that stands in the wrong table belongs, or the one that is spelt nearly so."""
    from difflib import get_close_matches  # noqa: PLC0415  # for an error alone

    for other, keys in TABLES.items():
        if key in keys:
            return f"it stands under [{other}]" if other else "move it above the first [table]"
    known = [*TABLES.get(table, ()), *(name for name in TABLES if name and not table)]
    everywhere = [name for keys in TABLES.values() for name in keys]
    near = get_close_matches(key, known, n=1) or get_close_matches(key, everywhere, n=1)
    return f"try {near[0]}" if near else f"the keys are {', '.join(known)}"

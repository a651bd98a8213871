"""What each key of settings.toml amounts to, set or not, in a form that can be typed again."""

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from calsync.domain.hours import WEEKDAYS
from calsync.settings.file import Settings
from calsync.settings.keys import reader_of

__all__ = ["effective"]


def effective(settings: Settings, name: str) -> str:
    """The value of a key (``hours``, ``alarms.call``) as text; empty for one that is left to a rule or not given.

    Raises BadValue, with the nearest key, where there is none of that name.
    """
    table, _, key = name.rpartition(".")
    reader_of(table, key)
    return _text(_TABLES[table](settings, key))


def _top(settings: Settings, key: str) -> object:
    if key == "language":
        return settings.language or "en"
    if key == "discreet":
        return settings.discreet
    return getattr(settings.preferences, "zone" if key == "timezone" else key)


_TABLES: Mapping[str, Callable[[Settings, str], Any]] = {
    "": _top,
    "candidate": lambda settings, key: getattr(settings.preferences.candidate, key),
    "alarms": lambda settings, key: getattr(settings.preferences.alarms, key),
    "google": lambda settings, key: getattr(settings.google, key),
}
"""Where the values of each table are kept; the tables are those of ``keys.TABLES``."""


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, ZoneInfo):
        return value.key
    if isinstance(value, frozenset):
        return _array([WEEKDAYS[weekday] for weekday in sorted(value)])
    return _array(list(value)) if isinstance(value, tuple) else str(value)


def _array(values: list[object]) -> str:
    """As TOML writes it: an empty one could not be told from nothing otherwise."""
    items = (str(each) if isinstance(each, int) else f'"{each}"' for each in values)
    return f"[{', '.join(items)}]"

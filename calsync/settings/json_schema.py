"""settings.toml as JSON Schema (2020-12), for editors; the keys are those of ``keys.py``."""

from collections.abc import Mapping
from typing import Any

from calsync.intake.json_schema import DIALECT
from calsync.settings import readers
from calsync.settings.keys import TABLES, Setting
from calsync.settings.readers import Reader

__all__ = ["settings_schema"]

_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_TYPES: Mapping[Reader, Mapping[str, Any]] = {
    readers.flag: {"type": "boolean"},
    readers.minutes: {"type": "array", "items": {"type": "integer", "minimum": 0}},
    readers.weekly_hours: _TEXTS,
    readers.weekdays: _TEXTS,
    readers.periods: _TEXTS,
    readers.quiet_days: _TEXTS,
    readers.calendars: _TEXTS,
    readers.headers: {"type": "object", "additionalProperties": {"type": "string"}},
}
"""What a reader takes, where it is not a text."""


def settings_schema() -> dict[str, Any]:
    """The file as a whole."""
    tables = {name: _table(rows) for name, rows in TABLES.items() if name}
    top = _table(TABLES[""])
    return {
        "$schema": DIALECT,
        "title": "Settings of calsync",
        **top,
        "properties": {**top["properties"], **tables},
    }


def _table(rows: Mapping[str, Setting]) -> dict[str, Any]:
    properties = {name: _key(setting) for name, setting in rows.items()}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _key(setting: Setting) -> dict[str, Any]:
    described = {"description": str(setting.label)} if setting.label else {}
    return {**_TYPES.get(setting.read, _TEXT), **described}

"""settings.toml as JSON Schema (2020-12), for editors; the keys are those of ``keys.py``."""

from collections.abc import Mapping
from typing import Any

from calsync.intake.json_schema import DIALECT
from calsync.settings import keys
from calsync.settings.keys import TABLES, Reader

__all__ = ["settings_schema"]

_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_TYPES: Mapping[Reader, Mapping[str, Any]] = {
    keys.flag: {"type": "boolean"},
    keys.minutes: {"type": "array", "items": {"type": "integer", "minimum": 0}},
    keys.weekly_hours: _TEXTS,
    keys.weekdays: _TEXTS,
    keys.periods: _TEXTS,
    keys.quiet_days: _TEXTS,
    keys.calendars: _TEXTS,
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


def _table(rows: Mapping[str, Reader]) -> dict[str, Any]:
    properties = {name: dict(_TYPES.get(reader, _TEXT)) for name, reader in rows.items()}
    return {"type": "object", "properties": properties, "additionalProperties": False}

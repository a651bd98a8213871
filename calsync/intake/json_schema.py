"""A record as JSON Schema (2020-12), for editors that complete and check TOML and JSON; all of it from the table of keys."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from calsync.intake.keys import KEYS, Key

__all__ = ["DIALECT", "record_schema"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TYPES: Mapping[type, str] = {int: "number", float: "number", list: "array", dict: "object", date: "string", datetime: "string"}  # fmt: skip


def record_schema() -> dict[str, Any]:
    """A file of interviews: ``{"interviews": […]}`` in JSON, ``[[interview]]`` in TOML, or a list of records."""
    record = {
        "type": "object",
        "properties": {name: _key(key) for name, key in KEYS.items()},
        "required": [name for name, key in KEYS.items() if key.needed],
        "additionalProperties": False,
    }
    records = {"type": "array", "items": {"$ref": "#/$defs/interview"}}
    files = [
        {
            "type": "object",
            "properties": {"schema": {"const": 1}, name: records},
            "required": [name],
            "additionalProperties": False,
        }
        for name in ("interviews", "interview")
    ]
    return {
        "$schema": DIALECT,
        "title": "Interviews for calsync",
        "$defs": {"interview": record},
        "anyOf": [*files, records],
    }


def _key(key: Key) -> dict[str, Any]:
    types = sorted({"string", "null", *(_TYPES[each] for each in key.takes)})
    described: dict[str, Any] = {"type": types, "description": str(key.label)}
    if key.choices:
        described["examples"] = [value for value, _ in key.choices]
    return described

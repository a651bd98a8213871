"""A playbook file as JSON Schema (2020-12), for editors; what its numbers mean is for ``files.py``."""

from typing import Any, get_args

from calsync.domain.interview import Window
from calsync.playbooks.schema import Anchor

__all__ = ["playbook_schema"]

_SOURCE = {"type": "array", "items": {"type": "string", "pattern": r"^\d{3}-\d{2}$"}}
_TEXT, _FLAG, _WHOLE = {"type": "string"}, {"type": "boolean"}, {"type": "integer", "minimum": 0}


def playbook_schema() -> dict[str, Any]:
    """The file as a whole; nothing is required, as it may stand on another."""
    window = {name: {"$ref": "#/$defs/days"} for name in ("earliest", "preferred", "latest")}
    follow_up = _table(**window, after={"enum": list(get_args(Anchor))}, withdraws=_FLAG, note=_TEXT)
    count = {"$ref": "#/$defs/count"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A playbook of calsync",
        "$defs": {
            "days": _table(days=_WHOLE, business_days=_WHOLE, source=_SOURCE),
            "count": _table(count=_WHOLE, source=_SOURCE),
        },
        **_table(
            extends=_TEXT,
            title=_TEXT,
            summary=_TEXT,
            window={"enum": list(get_args(Window))},
            **{
                "thank-you": _or_none(
                    _table(action={"enum": ["email", "call"]}, within_hours=_WHOLE, source=_SOURCE)
                ),
                "status": _table(
                    **{"no-decision": _or_none(_table(**window, source=_SOURCE))},
                    decision=_or_none(_table(**window, before=_FLAG, source=_SOURCE)),
                    channel={"enum": ["any", "email"]},
                    source=_SOURCE,
                ),
            },
            calls=_table(
                message_on_miss=count,
                retries=count,
                retry_after={"anyOf": [{"const": "next-slot"}, {"$ref": "#/$defs/days"}]},
                messages=count,
            ),
            second=_or_none(follow_up),
            closing=_or_none(follow_up),
        ),
    }


def _table(**properties: Any) -> dict[str, Any]:  # JSON Schema is JSON
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _or_none(table: dict[str, Any]) -> dict[str, Any]:
    """A step may be left out by name."""
    return {"anyOf": [table, {"const": "none"}]}

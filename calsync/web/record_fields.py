"""The keys of an interview's record as fields of a form, in the groups a person meets them; all of it from ``intake.keys``."""

from collections.abc import Mapping, Sequence

import msgspec

from calsync.intake.keys import GROUPS, KEYS, Group, Key, Sort

__all__ = ["FIRST", "LABELS", "MORE", "FieldGroup", "RecordField", "Sort"]


class RecordField(msgspec.Struct, frozen=True):
    """A key by its name; ``label`` and ``hint`` are phrases, ``choices`` pairs of a value and a phrase."""

    key: str
    label: str
    sort: Sort
    hint: str
    choices: Sequence[tuple[str, str]]
    only: str
    needed: bool


class FieldGroup(msgspec.Struct, frozen=True):
    """Fields that belong together."""

    title: str
    fields: Sequence[RecordField]


def _field(name: str, key: Key) -> RecordField:
    return RecordField(name, key.label, key.sort, key.hint, key.choices, key.only, key.needed)


def _fields(group: Group) -> list[RecordField]:
    return [_field(name, key) for name, key in KEYS.items() if key.group == group]


FIRST: Sequence[RecordField] = _fields("first")
"""The few that matter."""
MORE: Sequence[FieldGroup] = [
    FieldGroup(title, _fields(group)) for group, title in GROUPS.items() if group != "first"
]
LABELS: Mapping[str, RecordField] = {name: _field(name, key) for name, key in KEYS.items()}
"""Every field by its key."""

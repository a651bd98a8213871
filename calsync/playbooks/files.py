"""Playbook files: finding them by name or path, reading them, laying one over the one it extends."""

import os
import re
from collections.abc import Mapping
from typing import Any, cast

from calsync.errors import BadSettings
from calsync.playbooks.tables import TABLES

__all__ = ["BUILT_IN", "DEFAULT", "Folder", "Table", "find", "is_days", "merged", "names"]

BUILT_IN = os.path.join(os.path.dirname(__file__), "built_in")
DEFAULT = "balanced"

Table = Mapping[str, Any]
Folder = str | os.PathLike[str] | None
"""Where the user's own playbooks are, if anywhere."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_MOST_BYTES = 256 * 1024


def names(folder: Folder = None) -> tuple[str, ...]:
    """The playbooks that can be asked for by name: ours first, the default at the head."""
    ours = sorted(_stems(BUILT_IN), key=lambda name: (name != DEFAULT, name))
    return tuple(dict.fromkeys([*ours, *sorted(_stems(folder) if folder else ())]))


def _stems(folder: str | os.PathLike[str]) -> list[str]:
    try:
        return [name.removesuffix(".toml") for name in os.listdir(folder) if name.endswith(".toml")]
    except OSError:
        return []


def find(asked: str, folder: Folder = None, unless: tuple[str, ...] = ()) -> str:
    """The file of the playbook of that name (the user's before ours) or at that path.

    Capitals make no difference where no name is spelled just so. Files in ``unless``
    are passed over, so that a user's ``balanced`` can extend ours.
    """
    if asked.endswith(".toml") or "/" in asked or "\\" in asked:
        return os.path.expanduser(asked)
    if _NAME.fullmatch(asked):
        for home in (folder, BUILT_IN):
            path = os.path.join(home, f"{asked}.toml") if home else ""
            if path and path not in unless and os.path.isfile(path):
                return path
    for home in (folder, BUILT_IN):
        for path in _alike(asked, home) if home else ():
            if path not in unless and os.path.isfile(path):
                return path
    raise BadSettings(
        f"no playbook {asked!r}",
        remedy=f"use one of {', '.join(names(folder))}, or the path of a .toml file",
        code="CS-PLB-001",
    )


def _alike(asked: str, folder: str | os.PathLike[str]) -> list[str]:
    """The files of that name in any mixture of capitals, the one spelled just so first."""
    found = [stem for stem in sorted(_stems(folder)) if stem.casefold() == asked.casefold()]
    return [os.path.join(folder, f"{stem}.toml") for stem in sorted(found, key=lambda stem: stem != asked)]


def merged(path: str, folder: Folder = None, seen: tuple[str, ...] = ()) -> Table:
    """The file's table on top of the one it extends, and so on down."""
    table = _read(path)
    if "extends" not in table:
        return table
    chain = (*seen, path)
    parent = _parent(str(table["extends"]), folder, chain)
    own = {key: value for key, value in table.items() if key != "extends"}
    return _laid_over(merged(parent, folder, chain), own)


def is_days(value: Table) -> bool:
    """Whether a table is a number of days rather than a step."""
    return "days" in value or "business_days" in value


def _parent(asked: str, folder: Folder, chain: tuple[str, ...]) -> str:
    """The file that the last of ``chain`` extends, which is none of the chain."""
    place = f"{chain[-1]}, extends"
    try:
        parent = find(asked, folder, unless=chain)
    except BadSettings as error:
        if f"{asked}.toml" not in map(os.path.basename, chain):
            raise error.at(place) from None
        parent = chain[-1]
    if parent in chain:
        raise BadSettings(
            "the playbooks extend each other in a circle",
            where=place,
            remedy="let one of them stand on its own, or on one of ours",
            code="CS-PLB-002",
        )
    return parent


def _laid_over(below: Table, above: Table) -> Table:
    """``above`` wins key by key; a step that is no table (``"none"``) and a number of days win whole."""
    laid = dict(below)
    for key, value in above.items():
        old = laid.get(key)
        deeper = isinstance(old, Mapping) and isinstance(value, Mapping) and not is_days(value)
        laid[key] = _laid_over(cast("Table", old), value) if deeper else value
    return laid


def _read(path: str) -> Table:
    folder, name = os.path.split(path)
    ours = TABLES.get(name.removesuffix(".toml")) if folder == BUILT_IN else None
    return ours or _parsed(path)


def _parsed(path: str) -> Table:
    from tomllib import loads  # noqa: PLC0415  # ours are read without

    try:
        if os.stat(path).st_size > _MOST_BYTES:
            raise _unreadable(path, "this is too large for a playbook")
        with open(path, encoding="utf-8-sig") as file:
            return loads(file.read())
    except OSError as error:
        raise _unreadable(path, error.strerror or "it cannot be read") from None
    except (ValueError, RecursionError) as error:
        raise _unreadable(path, str(error)) from None


def _unreadable(path: str, what: str) -> BadSettings:
    return BadSettings(what, where=path, remedy="name a playbook or a .toml file of one", code="CS-PLB-002")

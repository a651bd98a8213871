"""Whether a store is sound: for ``doctor``, and for the moment an error might be damage."""

import sqlite3
from collections.abc import Iterator

from calsync.phrase import phrase
from calsync.store.migration import migrations, version_of

__all__ = ["problems"]

_COUNTED = ("interview", "event")


def problems(connection: sqlite3.Connection) -> list[str]:
    """What is wrong, a line each, the worst first; empty where all is well. Reads the whole store."""
    found: list[str] = []
    try:
        for look in (_pages, _tables, _keys, _counters):
            found += look(connection)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        found.append(str(error))
    return found


def _pages(connection: sqlite3.Connection) -> Iterator[str]:
    return (line for (line,) in connection.execute("PRAGMA integrity_check") if line != "ok")


def _tables(connection: sqlite3.Connection) -> Iterator[str]:
    """The tables must be those that the migrations up to the store's version make."""
    model = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for step in migrations()[: version_of(connection)]:
            step.run(model)
        for name in sorted(_schema(model) ^ _schema(connection)):
            yield phrase(
                "{name} {name2} is not as version {version_of} has it",
                name=name[0],
                name2=name[1],
                version_of=version_of(connection),
            )
    finally:
        model.close()


def _schema(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master")
    return {(kind, name, sql) for kind, name, sql in rows if not name.startswith("sqlite_stat")}


def _keys(connection: sqlite3.Connection) -> Iterator[str]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield phrase("row {row} of {table} belongs to no {parent}", row=row, table=table, parent=parent)


def _counters(connection: sqlite3.Connection) -> Iterator[str]:
    """A number above its counter would be given out again."""
    for name in _COUNTED:
        query = f"SELECT max(number), (SELECT last FROM counter WHERE name = ?) FROM {name}"
        highest, last = connection.execute(query, (name,)).fetchone()
        if not isinstance(last, int) or not isinstance(highest or 0, int) or last < (highest or 0):
            yield phrase(
                "the last {name} number is {last}, but there is {highest}",
                name=name,
                last=last,
                highest=highest,
            )

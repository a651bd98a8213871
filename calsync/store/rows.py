"""Small things that every table needs: short numbers, batches, question marks."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from calsync.store.forms import Unreadable

if TYPE_CHECKING:
    import sqlite3

__all__ = ["allot", "among", "batches", "from_seconds", "next_number", "refuse_missed", "seconds", "streamed"]

T = TypeVar("T")
_MOST_AT_ONCE = 500
"""Parameters in one statement; SQLite allows 999 everywhere."""


def allot(connection: "sqlite3.Connection", name: str, count: int) -> int:
    """The first of ``count`` fresh numbers in a row; what was given out once is never given again."""
    first = next_number(connection, name)
    connection.execute("UPDATE counter SET last = last + ? WHERE name = ?", (count, name))
    return first


def next_number(connection: "sqlite3.Connection", name: str) -> int:
    """The number that will be given out next."""
    row = connection.execute("SELECT last FROM counter WHERE name = ?", (name,)).fetchone()
    if row is None or not isinstance(row[0], int):
        raise Unreadable(f"the last {name} number is lost")
    return row[0] + 1


def refuse_missed(connection: "sqlite3.Connection", table: str, column: str, value: object) -> None:
    """Look through the whole table for what was not found by its order: a damaged index hides what is there.

    Raises Unreadable. To be asked before a person hears that there is no such thing.
    """
    query = f"SELECT 1 FROM {table} NOT INDEXED WHERE +{column} = ?"  # noqa: S608  # names of ours
    if connection.execute(query, (value,)).fetchone():
        raise Unreadable(f"{table} {value} is there and cannot be found by its {column}")


def batches(values: Iterable[T], size: int = _MOST_AT_ONCE) -> Iterator[list[T]]:
    """The values in lists of at most ``size``."""
    source = iter(values)
    while batch := list(islice(source, size)):
        yield batch


def among(
    connection: "sqlite3.Connection", query: str, values: Sequence[object]
) -> Iterator[tuple[Any, ...]]:
    """The rows of a query that ends in ``IN``, asked in batches."""
    for batch in batches(values):
        yield from connection.execute(f"{query} ({','.join('?' * len(batch))})", batch)


def streamed(rows: "sqlite3.Cursor") -> Iterator[tuple[Any, ...]]:
    """The rows one by one, fetched by hundreds; the statement ends with the last."""
    while batch := rows.fetchmany(_MOST_AT_ONCE):
        yield from batch


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970 UTC: compares across zones."""
    return int(moment.timestamp())


def from_seconds(count: int) -> datetime:
    """The moment in UTC. Raises Unreadable for what is none."""
    try:
        return datetime.fromtimestamp(count, UTC)
    except (TypeError, ValueError, OSError, OverflowError) as error:
        raise Unreadable(f"{count!r} is no moment") from error

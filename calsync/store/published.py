"""What the targets hold: facts about the world outside, outside the journal too.

Undo cannot call back what a calendar has been told, so it never touches these
rows; the next sync sees the difference and tells the calendar anew.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from json import JSONDecodeError, dumps, loads
from typing import Any

from calsync.phrase import phrase
from calsync.store.codec import Unreadable, read_moment, write_moment
from calsync.store.interviews import streamed
from calsync.store.records import Published, Tombstone

__all__ = ["bury", "forget", "publish", "read_published", "read_state", "read_tombstones", "write_state"]


def publish(connection: sqlite3.Connection, facts: Iterable[Published]) -> None:
    """Put each fact in the place of what was known of its uid."""
    connection.executemany(
        "INSERT OR REPLACE INTO published (target, uid, sequence, generation, etag, payload)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        ((f.target, f.uid, f.sequence, f.generation, f.etag, dumps(dict(f.payload))) for f in facts),
    )


def forget(connection: sqlite3.Connection, target: str, uids: Iterable[str]) -> None:
    """These are no longer out there."""
    connection.executemany(
        "DELETE FROM published WHERE target = ? AND uid = ?", ((target, uid) for uid in uids)
    )


def read_published(connection: sqlite3.Connection, target: str) -> Iterator[Published]:
    """All that the target has, in the order of the uids."""
    query = (
        "SELECT uid, sequence, generation, etag, payload FROM published WHERE target = ? ORDER BY target, uid"
    )
    for uid, sequence, generation, etag, payload in streamed(connection.execute(query, (target,))):
        yield Published(
            target=target,
            uid=uid,
            sequence=sequence,
            generation=generation,
            etag=etag,
            payload=_payload(payload),
        )


def bury(connection: sqlite3.Connection, tombstone: Tombstone) -> None:
    """An id that stays taken; a second burial changes nothing."""
    connection.execute(
        "INSERT OR IGNORE INTO tombstone (target, uid, generation, at, why) VALUES (?, ?, ?, ?, ?)",
        (
            tombstone.target,
            tombstone.uid,
            tombstone.generation,
            write_moment(tombstone.at),
            tombstone.why,
        ),
    )


def read_tombstones(connection: sqlite3.Connection, target: str) -> Iterator[Tombstone]:
    """Every id of the target's that is gone for good, by uid and generation."""
    query = "SELECT uid, generation, at, why FROM tombstone WHERE target = ? ORDER BY target, uid, generation"
    for uid, generation, at, why in streamed(connection.execute(query, (target,))):
        yield Tombstone(target=target, uid=uid, generation=generation, at=read_moment(at), why=why)


def write_state(connection: sqlite3.Connection, target: str, key: str, value: str | None) -> None:
    """Keep a word of the target's (calendar id, sync token); None drops it."""
    connection.execute("DELETE FROM target WHERE target = ? AND key = ?", (target, key))
    if value is not None:
        connection.execute("INSERT INTO target (target, key, value) VALUES (?, ?, ?)", (target, key, value))


def read_state(connection: sqlite3.Connection, target: str) -> dict[str, str]:
    """All words kept for the target."""
    return dict(connection.execute("SELECT key, value FROM target WHERE target = ?", (target,)))


def _payload(text: str) -> dict[str, Any]:
    try:
        found = loads(text)
    except (JSONDecodeError, TypeError) as error:
        raise Unreadable(str(error)) from error
    if not isinstance(found, dict):
        raise Unreadable(phrase("a payload is not an object"))
    return found

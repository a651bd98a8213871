"""The journal: what was there before each change, so that it can be put back.

Images are written by the store's own functions and not by triggers: an image is
a row by column name, which a migration can carry along like any other data,
where the inverse SQL of a trigger would name columns that are no longer there.

What was not there before needs no image but its number, and numbers come in
runs: the inverse of an import of 100,000 interviews is one line. Nothing keeps
an image of what came after: changes are taken back in their order, newest
first, so what came after is what stands in the table. When it is taken back,
the entry's images become those of what it had made, until something else is
changed: that is redo.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from json import loads
from typing import Any, Protocol

import msgspec

from calsync.errors import BadData
from calsync.phrase import phrase
from calsync.store.codec import Unreadable, encode, read_moment, reading, write_moment
from calsync.store.interviews import among, read_interviews, read_outcomes, streamed
from calsync.store.labels import read_label, write_words
from calsync.store.plans import Rows, present, read_planned, row_of, settle
from calsync.store.records import HistoryEntry, Snapshot, StoredInterview, Undone

__all__ = ["INTERVIEW", "OUTCOME", "PLAN", "Journal", "NoJournal", "Open", "history", "redo", "undo"]

INTERVIEW, OUTCOME, PLAN = "interview", "outcome", "plan"
PICTURED = 20
"""How many interviews an undo shows; it counts the rest."""


class Image(msgspec.Struct, frozen=True):
    """Rows ``first`` to ``last`` of a kind; ``before`` is None where there were none."""

    kind: str
    first: int
    last: int
    before: Any


class Journal(Protocol):
    """Where a change notes what it is about to touch; the first note about a row is the one that counts."""

    def made(self, kind: str, first: int, last: int) -> None:
        """These numbers are new."""

    def rows(self, kind: str, numbers: Sequence[int]) -> None:
        """These rows of the table of that name are about to change or go."""

    def plans(self, before: dict[int, Rows]) -> None:
        """The plans of these interviews are about to change."""

    def close(self) -> None:
        """Write what is left."""


class NoJournal:
    """For changes that nobody asked for by a verb: they are not listed and not taken back."""

    def made(self, kind: str, first: int, last: int) -> None:
        """Nothing to note."""

    def rows(self, kind: str, numbers: Sequence[int]) -> None:
        """Nothing to note."""

    def plans(self, before: dict[int, Rows]) -> None:
        """Nothing to note."""

    def close(self) -> None:
        """Nothing is left."""


class Open:
    """The entry of one change, written as the change goes on; a change of nothing leaves none."""

    def __init__(self, connection: sqlite3.Connection, label: str, at: datetime) -> None:
        self._connection, self._label, self._at = connection, label, at
        self._at_first = connection.total_changes
        self._entry = 0
        self._steps = 0
        self._runs: dict[str, list[tuple[int, int]]] = {}
        self._noted: set[tuple[str, int]] = set()
        self._spans: list[tuple[str, int, int]] = []

    def made(self, kind: str, first: int, last: int) -> None:
        """Runs that touch become one."""
        if first == last:
            self._noted.add((kind, first))
        else:
            self._spans.append((kind, first, last))
        runs = self._runs.setdefault(kind, [])
        if runs and runs[-1][1] == first - 1:
            runs[-1] = (runs[-1][0], last)
        else:
            runs.append((first, last))

    def rows(self, kind: str, numbers: Sequence[int]) -> None:
        """One image for each row, by column name."""
        cursor = self._connection.execute(f"SELECT * FROM {kind} LIMIT 0")
        names = [column[0] for column in cursor.description]
        query = f"SELECT * FROM {kind} WHERE number IN"
        new = [number for number in numbers if self._is_first(kind, number)]
        found = (dict(zip(names, row, strict=True)) for row in among(self._connection, query, new))
        self._write(Image(kind, row["number"], row["number"], row) for row in found)

    def plans(self, before: dict[int, Rows]) -> None:
        """A plan is one image: it is replaced as a whole."""
        for number, rows in before.items():
            if not self._is_first(PLAN, number):
                continue
            if rows.plan is None:
                self.made(PLAN, number, number)
            else:
                self._write([Image(PLAN, number, number, _packed(rows))])

    def close(self) -> None:
        """Write the runs, and an entry for a change that left no image (a sync)."""
        runs = [Image(kind, *run, None) for kind, found in self._runs.items() for run in found]
        self._write(runs)
        if not self._entry and self._connection.total_changes != self._at_first:
            self._begin()

    def _is_first(self, kind: str, number: int) -> bool:
        if (kind, number) in self._noted:
            return False
        if any(kind == made and first <= number <= last for made, first, last in self._spans):
            return False
        self._noted.add((kind, number))
        return True

    def _write(self, images: Iterable[Image]) -> None:
        found = list(images)
        if found and not self._entry:
            self._begin()
        _insert_images(self._connection, self._entry, self._steps + 1, found)
        self._steps += len(found)

    def _begin(self) -> None:
        """Whatever was taken back cannot be made again behind something new."""
        self._connection.execute(
            "DELETE FROM image WHERE entry IN (SELECT entry FROM journal WHERE undone IS NOT NULL)"
        )
        row = (write_moment(self._at), self._label, write_words(self._label))
        told = self._connection.execute("INSERT INTO journal (at, label, words) VALUES (?, ?, ?)", row)
        self._entry = told.lastrowid or 0


def _insert_images(connection: sqlite3.Connection, entry: int, first: int, images: Iterable[Image]) -> None:
    """Images of an entry, counted from ``first`` on."""
    connection.executemany(
        "INSERT INTO image (entry, step, kind, first, last, before) VALUES (?, ?, ?, ?, ?, ?)",
        (
            (
                entry,
                step,
                each.kind,
                each.first,
                each.last,
                None if each.before is None else encode(each.before),
            )
            for step, each in enumerate(images, first)
        ),
    )


def history(connection: sqlite3.Connection, limit: int | None) -> list[HistoryEntry]:
    """The changes, the newest first."""
    query = (
        "SELECT entry, at, label, words, undone, EXISTS (SELECT 1 FROM image WHERE image.entry = journal.entry)"
        " FROM journal ORDER BY entry DESC LIMIT ?"
    )
    return [
        HistoryEntry(
            number=entry,
            at=read_moment(at),
            label=read_label(label, words),
            undone=read_moment(undone) if undone else None,
            undoable=bool(images) and not undone,
        )
        for entry, at, label, words, undone, images in connection.execute(
            query, (-1 if limit is None else limit,)
        )
    ]


def undo(connection: sqlite3.Connection, at: datetime, only: int | None = None) -> Undone | None:
    """Take back the newest change that still can be; None where there is none. Within a transaction.

    With ``only``, the number of an entry, nothing else: BadData where another is the newest.

    What is new goes first and what was there comes back after it, so an id or
    an invitation that changed hands is free again; keys are checked at the end.
    """
    row = connection.execute(
        "SELECT entry, label, words, at FROM journal WHERE undone IS NULL"
        " AND EXISTS (SELECT 1 FROM image WHERE image.entry = journal.entry) ORDER BY entry DESC LIMIT 1"
    ).fetchone()
    if only is not None and (row is None or row[0] != only):
        raise BadData(
            phrase("this is not the last change any more"),
            remedy=phrase("see calsync history"),
            code="CS-STO-012",
        )
    if row is None:
        return None
    return reading(lambda: _exchanged(connection, row, at, undone=at))


def redo(connection: sqlite3.Connection, at: datetime) -> Undone | None:
    """Make again what was taken back last, as long as nothing was changed since; None where there is nothing. Within a transaction."""
    row = connection.execute(
        "SELECT entry, label, words, at FROM journal WHERE undone IS NOT NULL"
        " AND EXISTS (SELECT 1 FROM image WHERE image.entry = journal.entry) ORDER BY entry LIMIT 1"
    ).fetchone()
    return None if row is None else reading(lambda: _exchanged(connection, row, at, undone=None))


def _exchanged(
    connection: sqlite3.Connection, row: tuple[int, str, str, str], at: datetime, *, undone: datetime | None
) -> Undone:
    """Put the images of an entry in the place of what is there, and that in the place of the images."""
    entry, label, words, when = row
    images = list(_images(connection, entry))
    touched = _interviews(connection, images)
    before = _picture(connection, touched[:PICTURED])
    there = list(_there_now(connection, images))
    connection.execute("PRAGMA defer_foreign_keys = ON")
    _put_back(connection, images, at)
    connection.execute("DELETE FROM image WHERE entry = ?", (entry,))
    _insert_images(connection, entry, 1, there)
    moment = write_moment(undone) if undone else None
    connection.execute("UPDATE journal SET undone = ? WHERE entry = ?", (moment, entry))
    after = _picture(connection, touched[:PICTURED])
    told = read_label(label, words)
    return Undone(label=told, at=read_moment(when), touched=len(touched), before=before, after=after)


def _there_now(connection: sqlite3.Connection, images: Sequence[Image]) -> Iterator[Image]:
    """What stands where the images belong: rows one by one, and runs of numbers where there are none."""
    for image in images:
        numbers = range(image.first, image.last + 1)
        found = _plans_there(connection, numbers) if image.kind == PLAN else _rows_there(connection, image)
        missing = image.first
        for number, row in found:
            if missing < number:
                yield Image(image.kind, missing, number - 1, None)
            yield Image(image.kind, number, number, row)
            missing = number + 1
        if missing <= image.last:
            yield Image(image.kind, missing, image.last, None)


def _rows_there(connection: sqlite3.Connection, image: Image) -> Iterator[tuple[int, Any]]:
    query = f"SELECT * FROM {image.kind} WHERE number BETWEEN ? AND ? ORDER BY number"
    rows = connection.execute(query, (image.first, image.last))
    names = [column[0] for column in rows.description]
    for row in rows:
        found = dict(zip(names, row, strict=True))
        yield found["number"], found


def _plans_there(connection: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[tuple[int, Any]]:
    for number, rows in sorted(present(connection, numbers).items()):
        if rows.plan is not None:
            yield number, _packed(rows)


def _images(connection: sqlite3.Connection, entry: int) -> Iterator[Image]:
    query = "SELECT kind, first, last, before FROM image WHERE entry = ? ORDER BY step"
    for kind, first, last, before in streamed(connection.execute(query, (entry,))):
        if kind not in {INTERVIEW, OUTCOME, PLAN}:
            raise Unreadable(f"{kind!r} is no kind of image")
        yield Image(kind, first, last, None if before is None else loads(before))


def _put_back(connection: sqlite3.Connection, images: Sequence[Image], at: datetime) -> None:
    plans = [image for image in images if image.kind == PLAN]
    gone = _runs(image for image in images if image.kind == INTERVIEW)
    _drop(connection, "planned", "interview", [*gone, *_runs(plans)])
    _drop(connection, "plan", "interview", [*gone, *_runs(plans)])
    _plans_back(connection, [image for image in plans if image.before is not None], at)
    for kind in (OUTCOME, INTERVIEW):
        rows = [image for image in images if image.kind == kind]
        _drop(connection, kind, "number", [(image.first, image.last) for image in rows])
        _insert(connection, kind, [image.before for image in rows if image.before is not None])


def _plans_back(connection: sqlite3.Connection, images: Sequence[Image], at: datetime) -> None:
    old = present(connection, [image.first for image in images])
    settle(connection, old, {image.first: _unpacked(image.before) for image in images}, at)


def _runs(images: Iterable[Image]) -> list[tuple[int, int]]:
    return [(image.first, image.last) for image in images if image.before is None]


def _drop(connection: sqlite3.Connection, table: str, column: str, runs: Sequence[tuple[int, int]]) -> None:
    connection.executemany(f"DELETE FROM {table} WHERE {column} BETWEEN ? AND ?", runs)


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """A column that came by a later migration takes its default."""
    for row in rows:
        if not all(value is None or isinstance(value, str | int) for value in row.values()):
            raise Unreadable("an image in the journal holds more than a row")
        names = ", ".join(name for name in row if name.isidentifier())
        marks = ", ".join("?" * len(row))
        connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))


def _packed(rows: Rows) -> dict[str, Any]:
    events = [[event, row.instant, row.record] for event, row in rows.events.items()]
    return {"plan": rows.plan, "events": events}


def _unpacked(image: Any) -> Rows:
    basis, record = image["plan"]
    return Rows((basis, record), {event: row_of(instant, text) for event, instant, text in image["events"]})


def _interviews(connection: sqlite3.Connection, images: Sequence[Image]) -> list[int]:
    """The numbers of the interviews that the images touch."""
    found: set[int] = set()
    for image in images:
        if image.kind != OUTCOME:
            found.update(range(image.first, image.last + 1))
        elif image.before is not None:
            found.add(image.before["interview"])
        else:
            query = "SELECT DISTINCT interview FROM outcome WHERE number BETWEEN ? AND ?"
            found.update(number for (number,) in connection.execute(query, (image.first, image.last)))
    return sorted(found)


def _picture(connection: sqlite3.Connection, numbers: Sequence[int]) -> Snapshot:
    kept: list[StoredInterview] = []
    for number in numbers:
        kept += read_interviews(connection, "number = ?", (number,))
    return Snapshot(
        interviews=tuple(kept),
        outcomes=tuple(each for one in kept for each in read_outcomes(connection, one.number)),
        events=tuple(
            each for one in kept for each in read_planned(connection, "p.interview = ?", (one.number,))
        ),
    )

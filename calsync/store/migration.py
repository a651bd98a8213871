"""From an older store to this program's: numbered steps of SQL, each taken whole or not at all.

``migrations/NNNN_name.sql`` leads from version NNNN - 1 to NNNN. A change of
the schema is the next number and nothing else; ``fixtures/stores`` keeps a
store of every version to try it on.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import msgspec

from calsync.errors import BadData
from calsync.files import sweep
from calsync.phrase import phrase
from calsync.store.beside import backup_of, damaged, newer

__all__ = ["FOLDER", "Migration", "copy", "latest", "migrate", "migrations", "version_of"]

FOLDER = Path(__file__).with_name("migrations")
_REFUSED = {1, 19, 20}
"""SQLITE_ERROR, SQLITE_CONSTRAINT, SQLITE_MISMATCH."""


def migrate(connection: sqlite3.Connection, path: str, folder: Path = FOLDER) -> None:
    """Bring the store up to date, with a copy of the old one beside it.

    Looked at again under the lock, so of two programs at once one migrates and
    the other goes on. Raises BadSettings for a store of a newer program and
    BadData where a step fails; the store is then as the step found it.
    """
    newest = latest(folder)
    if version_of(connection) < newest:
        connection.execute(
            "PRAGMA foreign_keys = OFF"
        )  # a step may build a table anew; checked before its commit
        taken = 0
        for step in migrations(folder):
            taken += _step(connection, path, step, backup=not taken)
        connection.execute("PRAGMA foreign_keys = ON")
    if version_of(connection) > newest:
        raise newer(path, version_of(connection), newest)


class Migration(msgspec.Struct, frozen=True):
    """The step to version ``number``."""

    number: int
    file: Path

    def take(self, connection: sqlite3.Connection) -> None:
        """Take the step in one transaction, unless the store is there already."""
        with _transaction(connection):
            if version_of(connection) == self.number - 1:
                self.run(connection)

    def run(self, connection: sqlite3.Connection) -> None:
        """The statements one by one: ``executescript`` would commit before the first."""
        for statement in _statements(self.file.read_text("utf-8")):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {self.number}")


def migrations(folder: Path = FOLDER) -> list[Migration]:
    """Every step, in order."""
    return [Migration(int(file.name[:4]), file) for file in sorted(_scripts(folder))]


def latest(folder: Path = FOLDER) -> int:
    """The version this program writes."""
    return max(int(file.name[:4]) for file in _scripts(folder))


def version_of(connection: sqlite3.Connection) -> int:
    """The version that the store says it is."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def copy(source: sqlite3.Connection, to: str) -> None:
    """A whole copy under a name that shows it only when it is complete and on disk; mode 0600."""
    sweep(Path(to).parent, f"{Path(to).name}.part-")
    part = Path(f"{to}.part-{os.getpid()}")
    os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
    try:
        with closing(sqlite3.connect(part)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, complete in itself
        _sync(part)
        part.replace(to)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


def _scripts(folder: Path) -> list[Path]:
    return [file for file in folder.iterdir() if file.suffix == ".sql"]


def _step(connection: sqlite3.Connection, path: str, step: Migration, *, backup: bool) -> bool:
    """Whether the step was taken; the copy is made under the same lock, so nothing falls between."""
    with _transaction(connection):
        if version_of(connection) != step.number - 1:
            return False
        _sound(connection, path)
        if backup:
            _back_up(path, step.number - 1)
        with _failing(path, step):
            step.run(connection)
        _sound(connection, path)
    return True


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _failing(path: str, step: Migration) -> Iterator[None]:
    """A step that the store's rows or tables do not allow; full disks and the like are told elsewhere."""
    try:
        yield
    except sqlite3.Error as error:
        if error.sqlite_errorcode & 0xFF not in _REFUSED:
            raise
        raise BadData(
            phrase(
                "the store could not be brought to version {number}: {error}", number=step.number, error=error
            ),
            remedy=phrase(
                "it is as it was, and {backup_of} is a copy; please report this",
                backup_of=backup_of(path, step.number - 1),
            ),
            where=path,
            code="CS-STO-009",
        ) from error


def _sound(connection: sqlite3.Connection, path: str) -> None:
    for pragma in ("quick_check(1)", "foreign_key_check"):
        found = connection.execute(f"PRAGMA {pragma}").fetchone()
        if found and found != ("ok",):
            raise damaged(path, f"{pragma} says {' '.join(map(str, found))}")


def _back_up(path: str, version: int) -> None:
    with closing(sqlite3.connect(path)) as source:  # the migrating connection may not read its own copy
        copy(source, backup_of(path, version))


def _statements(script: str) -> Iterator[str]:
    """The script's statements; comments stay with the statement they stand before."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""


def _sync(file: Path) -> None:
    handle = os.open(file, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""What SQLite and the system say becomes an error of the house, here alone.

A result code (sqlite.org/rescode.html) is a row of ``_FAMILIES``. A code that
is not there is either our own bug or damage: the store is examined, and only
if it is sound is the error left as it is.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from calsync.errors import CalsyncError, CannotWrite, InputOutput, TryLater
from calsync.phrase import phrase
from calsync.store.beside import UNCHANGED, damaged, who_writes
from calsync.store.codec import Unreadable
from calsync.store.migration import migrations, version_of

__all__ = ["house_errors", "problems", "system_errors"]

_BUSY, _LOCKED, _PERM, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 3, 8, 10, 11, 13, 14, 26
_PRIMARY = 0xFF
"""The low byte of an extended result code is the primary one."""
_BROKEN_OFF = {errno.ENOSPC, errno.EIO, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


_CHANGED = phrase("a change was made before that (calsync history shows it)")


@contextmanager
def house_errors(
    path: str, connection: sqlite3.Connection | None = None, *, after_change: bool = False
) -> Iterator[None]:
    """Turns errors of SQLite, and rows that cannot be read, into errors of the house.

    ``after_change`` says that this program has changed the store already, so that no error denies it.
    """
    try:
        yield
    except Unreadable as error:
        raise _truly(damaged(path, str(error)), after_change) from error
    except (
        sqlite3.Error,
        UnicodeDecodeError,
    ) as error:  # the second where a damaged name is in SQLite's own words
        found = _told(path, error) or _examined(path, connection, error)
        if found is None:
            raise
        raise _truly(found, after_change) from error


@contextmanager
def system_errors(path: str) -> Iterator[None]:
    """Turns what the system says about a file of the store into an error of the house."""
    try:
        yield
    except OSError as error:
        what = (error.strerror or str(error)).lower()
        raise (_broken_off if error.errno in _BROKEN_OFF else _no_write)(path, what) from error


def _truly(error: CalsyncError, after_change: bool) -> CalsyncError:  # noqa: FBT001  # it is all the function is about
    if after_change:
        error.remedy = error.remedy.replace(UNCHANGED, _CHANGED)
    return error


def _told(path: str, error: Exception) -> CalsyncError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # Python's own, not SQLite's: text that is no UTF-8
        return damaged(path, str(error)) if str(error).startswith("Could not decode") else None
    make = _FAMILIES.get(code & _PRIMARY)
    return make(path, str(error)) if make else None


def _examined(path: str, connection: sqlite3.Connection | None, error: Exception) -> CalsyncError | None:
    if connection is None:  # while opening, nothing but the file can be wrong
        return damaged(path, str(error))

    found = problems(connection)
    return damaged(path, found[0]) if found else None


def _busy(path: str, _: str) -> TryLater:
    return TryLater(
        phrase("{who_writes} has been writing to the store for ten seconds", who_writes=who_writes(path)),
        remedy=phrase("wait for it to finish and try again"),
        where=path,
        code="CS-STO-004",
    )


def _broken_off(path: str, what: str) -> InputOutput:
    return InputOutput(
        phrase("the store could not be written: {what}", what=what),
        remedy=phrase("{unchanged}; make room on the disk and try again", unchanged=UNCHANGED),
        where=path,
        code="CS-STO-005",
    )


def _no_write(path: str, what: str) -> CannotWrite:
    return CannotWrite(
        phrase("the store cannot be used: {what}", what=what),
        remedy=phrase("see who owns the file and its folder, or choose another home with --home"),
        where=path,
        code="CS-STO-006",
    )


_FAMILIES = {
    _BUSY: _busy,
    _LOCKED: _busy,
    _PERM: _no_write,
    _READONLY: _no_write,
    _CANTOPEN: _no_write,
    _IOERR: _broken_off,
    _FULL: _broken_off,
    _CORRUPT: damaged,
    _NOTADB: damaged,
}


# Whether a store is sound: for ``doctor``, and for the moment an error might be damage.

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

"""Opening the store: made at first use, looked at before it is touched, then brought up to date.

A new store is finished under another name and linked into place, so a file of
no length under the store's name is always a store that was lost, never one
that is being made. The header of an existing one is read as bytes first
(sqlite.org/fileformat2.html, section 1.3): a file that is no store, or one of
a newer program, is refused before SQLite could change a byte of it.
"""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

import msgspec

from calsync.errors import BadData, BadSettings, CalsyncError, CannotWrite, InputOutput, TryLater
from calsync.files import lives, sweep
from calsync.store.codec import Unreadable

__all__ = [
    "APPLICATION",
    "BUSY_SECONDS",
    "FOLDER",
    "Migration",
    "backup_of",
    "connect",
    "copy",
    "damaged",
    "house_errors",
    "last_backup",
    "latest",
    "migrate",
    "migrations",
    "opened",
    "problems",
    "sign",
    "system_errors",
    "unsign",
    "version_of",
    "who_writes",
]


# Who is writing: a note beside the store with the writer's process id.
#
# Only advice for an error message. SQLite's own lock decides; a note left by a
# killed process is ignored when that process is gone, and overwritten by the next.


def sign(path: str) -> None:
    """Note that this process holds the lock of the store at ``path``."""
    with suppress(OSError):  # a full disk must not keep anybody from trying
        file = os.open(_note(path), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(file, str(os.getpid()).encode())
        finally:
            os.close(file)


def unsign(path: str) -> None:
    """Take the note away; to be done while the lock is still held, or it may be the next writer's."""
    with suppress(OSError):
        os.unlink(_note(path))


def who_writes(path: str) -> str:
    """``process 4711`` where the note names a living process, else ``another process``."""
    try:
        with open(_note(path), encoding="ascii") as note:
            pid = int(note.read())
    except (OSError, ValueError):
        return "another process"
    return f"process {pid}" if pid > 0 and lives(pid) else "another process"


def _note(path: str) -> str:
    return f"{path}-writer"


# The one place where what SQLite and the system say becomes an error of the house.
#
# A result code (sqlite.org/rescode.html) is a row of ``_FAMILIES``. A code that
# is not there is either our own bug or damage: the store is examined, and only
# if it is sound is the error left as it is.

if TYPE_CHECKING:
    import sqlite3


_BACKUP = ".backup-v"
_BUSY, _LOCKED, _PERM, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 3, 8, 10, 11, 13, 14, 26
_PRIMARY = 0xFF
"""The low byte of an extended result code is the primary one."""
_BROKEN_OFF = {errno.ENOSPC, errno.EIO, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


_UNCHANGED = "nothing was changed"
_CHANGED = "a change was made before that (calsync history shows it)"


@contextmanager
def house_errors(
    path: str, connection: "sqlite3.Connection | None" = None, *, after_change: bool = False
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


def damaged(path: str, what: str) -> BadData:
    """The error for a store that is not what was written; it leads to the last backup."""
    backup = last_backup(path)
    way = (
        f"{_UNCHANGED}; move it away and put a copy of {backup} in its place"
        if backup
        else f"{_UNCHANGED}, and there is no backup beside it; move it away to begin a new one"
    )
    return BadData(f"the store is damaged: {what}", remedy=way, where=path, code="CS-STO-002")


def last_backup(path: str) -> str | None:
    """The youngest backup beside the store, if there is one."""
    folder, name = os.path.split(path)
    stem, suffix = os.path.splitext(name)
    try:
        beside = os.listdir(folder or os.curdir)
        found = [each for each in beside if each.startswith(f"{stem}{_BACKUP}") and each.endswith(suffix)]
        return max((os.path.join(folder, each) for each in found), key=os.path.getmtime, default=None)
    except OSError:
        return None


def backup_of(path: str, version: object) -> str:
    """Where the copy of a store is kept that is made before it leaves ``version``: beside it."""
    stem, suffix = os.path.splitext(path)
    return f"{stem}{_BACKUP}{version}{suffix}"


def _truly(error: CalsyncError, after_change: bool) -> CalsyncError:  # noqa: FBT001  # it is all the function is about
    if after_change:
        error.remedy = error.remedy.replace(_UNCHANGED, _CHANGED)
    return error


def _told(path: str, error: Exception) -> CalsyncError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # Python's own, not SQLite's: text that is no UTF-8
        return damaged(path, str(error)) if str(error).startswith("Could not decode") else None
    make = _FAMILIES.get(code & _PRIMARY)
    return make(path, str(error)) if make else None


def _examined(path: str, connection: "sqlite3.Connection | None", error: Exception) -> CalsyncError | None:
    if connection is None:  # while opening, nothing but the file can be wrong
        return damaged(path, str(error))

    found = problems(connection)
    return damaged(path, found[0]) if found else None


def _busy(path: str, _: str) -> TryLater:
    return TryLater(
        f"{who_writes(path)} has been writing to the store for ten seconds",
        remedy="wait for it to finish and try again",
        where=path,
        code="CS-STO-004",
    )


def _broken_off(path: str, what: str) -> InputOutput:
    return InputOutput(
        f"the store could not be written: {what}",
        remedy=f"{_UNCHANGED}; make room on the disk and try again",
        where=path,
        code="CS-STO-005",
    )


def _no_write(path: str, what: str) -> CannotWrite:
    return CannotWrite(
        f"the store cannot be used: {what}",
        remedy="see who owns the file and its folder, or choose another home with --home",
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


# From an older store to this program's: numbered steps of SQL, each taken whole or not at all.
#
# ``migrations/NNNN_name.sql`` leads from version NNNN - 1 to NNNN. A change of
# the schema is the next number and nothing else; ``fixtures/stores`` keeps a
# store of every version to try it on.

if TYPE_CHECKING:
    import sqlite3


FOLDER = os.path.join(os.path.dirname(__file__), "migrations")


class Migration(msgspec.Struct, frozen=True):
    """The step to version ``number``."""

    number: int
    file: str

    def take(self, connection: "sqlite3.Connection") -> None:
        """Take the step in one transaction, unless the store is there already."""
        with _transaction(connection):
            if version_of(connection) == self.number - 1:
                self.run(connection)

    def run(self, connection: "sqlite3.Connection") -> None:
        """The statements one by one: ``executescript`` would commit before the first."""
        with open(self.file, encoding="utf-8") as script:
            statements = list(_statements(script.read()))
        for statement in statements:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {self.number}")


def migrations(folder: str = FOLDER) -> list[Migration]:
    """Every step, in order."""
    return [Migration(int(name[:4]), os.path.join(folder, name)) for name in sorted(_scripts(folder))]


def latest(folder: str = FOLDER) -> int:
    """The version this program writes."""
    return max(int(name[:4]) for name in _scripts(folder))


def migrate(connection: "sqlite3.Connection", path: str, folder: str = FOLDER) -> None:
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


def copy(source: "sqlite3.Connection", to: str) -> None:
    """A whole copy under a name that shows it only when it is complete and on disk; mode 0600."""
    sweep(f"{to}.part-")
    part = f"{to}.part-{os.getpid()}"
    os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
    try:
        with closing(sqlite3.connect(part)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, complete in itself
        _sync(part)
        os.replace(part, to)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(part)


def newer(path: str, version: int, newest: int) -> BadSettings:
    """The error for a store that only a newer program understands."""
    return BadSettings(
        f"the store is of version {version}, made by a newer calsync; this one knows up to {newest}",
        remedy="install the newer calsync again; nothing was changed",
        where=path,
        code="CS-STO-003",
    )


def version_of(connection: "sqlite3.Connection") -> int:
    """The version that the store says it is."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _scripts(folder: str) -> list[str]:
    return [name for name in os.listdir(folder) if name.endswith(".sql")]


def _step(connection: "sqlite3.Connection", path: str, step: Migration, *, backup: bool) -> bool:
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
def _transaction(connection: "sqlite3.Connection") -> Iterator[None]:
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
            f"the store could not be brought to version {step.number}: {error}",
            remedy=f"it is as it was, and {backup_of(path, step.number - 1)} is a copy; please report this",
            where=path,
            code="CS-STO-009",
        ) from error


_REFUSED = {1, 19, 20}
"""SQLITE_ERROR, SQLITE_CONSTRAINT, SQLITE_MISMATCH."""


def _sound(connection: "sqlite3.Connection", path: str) -> None:
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


def _sync(file: str) -> None:
    handle = os.open(file, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


if TYPE_CHECKING:
    import sqlite3


APPLICATION = int.from_bytes(b"cals", "big")
BUSY_SECONDS = 10.0
"""How long a command waits for another one that is writing."""

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_HEADER: tuple[tuple[str, int, int, range], ...] = (
    ("file format", 18, 1, range(1, 3)),
    ("file format", 19, 1, range(1, 3)),
    ("schema format", 44, 4, range(1, 5)),
    ("text encoding", 56, 4, range(1, 2)),
    ("version", 60, 4, range(1, 10_000)),
)
"""What must stand in the header: name, offset, length, the values that can be."""

_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA cell_size_check = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cache_size = -65536",  # KiB; an import of 100,000 rows stays in memory until its commit
)


def opened(path: str, folder: str = FOLDER, busy_seconds: float = BUSY_SECONDS) -> "sqlite3.Connection":
    """The store at ``path``, ready to be used; made with its folder where there is none.

    Raises BadData (not a store, damaged), BadSettings (made by a newer
    program), TryLater, CannotWrite, InputOutput.
    """
    with system_errors(path):
        if not os.path.exists(path):
            _make(path, migrations(folder))
        _look_at_header(path, latest(folder))
    connection = connect(path, busy_seconds)
    try:
        with system_errors(path), house_errors(path, connection):
            migrate(connection, path, folder)
            connection.execute("PRAGMA journal_mode = WAL").close()
    except BaseException:
        connection.close()
        raise
    return connection


def connect(path: str, busy_seconds: float = BUSY_SECONDS) -> "sqlite3.Connection":
    """A connection with the store's manners; transactions are begun and ended by whoever writes."""
    with house_errors(path):
        connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
        try:
            for pragma in _PRAGMAS:
                connection.execute(pragma).close()
        except BaseException:
            connection.close()
            raise
        return connection


def _make(path: str, steps: list[Migration]) -> None:
    """Make the store under a name of its own and link it into place; whoever links first wins."""
    folder = os.path.dirname(path)
    os.makedirs(folder or os.curdir, mode=0o700, exist_ok=True)
    new = f"{path}.new-{os.getpid()}"
    with suppress(FileNotFoundError):
        os.unlink(new)
    os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        _fill(new, path, steps)
        with suppress(FileExistsError):
            _put(new, path)
        _to_disk(folder or os.curdir)
    finally:
        _sweep(path)


def _fill(new: str, path: str, steps: list[Migration]) -> None:
    connection = connect(new)
    try:
        with house_errors(path, connection):
            for step in steps:
                step.take(connection)
            connection.execute("PRAGMA journal_mode = WAL").close()
    finally:
        connection.close()


def _put(new: str, path: str) -> None:
    """Raises FileExistsError where another process was faster."""
    try:
        os.link(new, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links; on Windows renaming refuses to replace, too
        if os.path.exists(path):
            raise FileExistsError(path) from None
        os.rename(new, path)


def _sweep(path: str) -> None:
    """Names left by processes that were making the store: this one, and those that were killed at it."""
    new = f"{path}.new-"
    sweep(new)
    for end in ("", "-journal", "-wal", "-shm"):
        with suppress(OSError):
            os.unlink(f"{new}{os.getpid()}{end}")


def _to_disk(folder: str) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _look_at_header(path: str, newest: int) -> None:
    with open(path, "rb") as file:
        header = file.read(_HEADER_BYTES)
        names = os.fstat(file.fileno()).st_nlink
    if names > 1:
        _sweep(path)
    if not header:
        raise damaged(path, "the file is empty")
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise _no_store(path, "the file is no SQLite database")
    if int.from_bytes(header[68:72], "big") != APPLICATION:
        raise _no_store(path, "the file is a database of another program")
    for name, offset, length, allowed in _HEADER:
        found = int.from_bytes(header[offset : offset + length], "big")
        if found not in allowed:
            raise damaged(path, f"{found} is no {name}")
    version = int.from_bytes(header[60:64], "big")
    if version > newest:
        raise newer(path, version, newest)


def _no_store(path: str, what: str) -> BadData:
    error = damaged(path, what)
    error.what = f"this is not a store of calsync: {what}"
    error.code = "CS-STO-001"
    return error


# Whether a store is sound: for ``doctor``, and for the moment an error might be damage.

if TYPE_CHECKING:
    import sqlite3


_COUNTED = ("interview", "event")


def problems(connection: "sqlite3.Connection") -> list[str]:
    """What is wrong, a line each, the worst first; empty where all is well. Reads the whole store."""
    found: list[str] = []
    try:
        for look in (_pages, _tables, _keys, _counters):
            found += look(connection)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        found.append(str(error))
    return found


def _pages(connection: "sqlite3.Connection") -> Iterator[str]:
    return (line for (line,) in connection.execute("PRAGMA integrity_check") if line != "ok")


def _tables(connection: "sqlite3.Connection") -> Iterator[str]:
    """The tables must be those that the migrations up to the store's version make."""
    model = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for step in migrations()[: version_of(connection)]:
            step.run(model)
        for name in sorted(_schema(model) ^ _schema(connection)):
            yield f"{name[0]} {name[1]} is not as version {version_of(connection)} has it"
    finally:
        model.close()


def _schema(connection: "sqlite3.Connection") -> set[tuple[str, str, str]]:
    rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master")
    return {(kind, name, sql) for kind, name, sql in rows if not name.startswith("sqlite_stat")}


def _keys(connection: "sqlite3.Connection") -> Iterator[str]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} belongs to no {parent}"


def _counters(connection: "sqlite3.Connection") -> Iterator[str]:
    """A number above its counter would be given out again."""
    for name in _COUNTED:
        query = f"SELECT max(number), (SELECT last FROM counter WHERE name = ?) FROM {name}"
        highest, last = connection.execute(query, (name,)).fetchone()
        if not isinstance(last, int) or not isinstance(highest or 0, int) or last < (highest or 0):
            yield f"the last {name} number is {last}, but there is {highest}"

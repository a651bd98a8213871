"""Opening the store: made at first use, looked at before it is touched, then brought up to date.

A new store is finished under another name and linked into place, so a file of
no length under the store's name is always a store that was lost, never one
that is being made. The header of an existing one is read as bytes first
(sqlite.org/fileformat2.html, section 1.3): a file that is no store, or one of
a newer program, is refused before SQLite could change a byte of it.
"""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from calsync.errors import BadData, CannotWrite
from calsync.files import settle, sweep
from calsync.phrase import phrase
from calsync.store.beside import damaged, newer
from calsync.store.migration import FOLDER, Migration, latest, migrate, migrations, version_of
from calsync.store.sqlite_errors import house_errors, system_errors

__all__ = ["APPLICATION", "BUSY_SECONDS", "connect", "is_read_only", "opened", "opened_to_read"]

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


def opened(path: str, folder: Path = FOLDER, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """The store at ``path``, ready to be used; made with its folder where there is none.

    Raises BadData (not a store, damaged), BadSettings (made by a newer
    program), TryLater, CannotWrite, InputOutput.
    """
    with system_errors(path):
        if not Path(path).exists():
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


def is_read_only(path: str) -> bool:
    """Whether the store is there and neither it nor its folder lets us write: another's home, a disk that is locked."""
    file = Path(path)
    return file.exists() and not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK))


def opened_to_read(path: str, folder: Path = FOLDER) -> sqlite3.Connection:
    """A copy in memory of a store that cannot be written: everything is seen, nothing is kept.

    Raises BadData, BadSettings, and CannotWrite for a store of an older program, which would have to be migrated.
    """
    with system_errors(path):
        _look_at_header(path, latest(folder))
    with house_errors(path):
        copy = connect(":memory:")
        with closing(_reading(path)) as source:
            source.backup(copy)
    if version_of(copy) < latest(folder):
        copy.close()
        raise CannotWrite(
            phrase("the store is of an older calsync, and cannot be brought up to date where it is"),
            where=path,
            remedy=phrase("copy it to a home of your own and name that with --home"),
            code="CS-STO-016",
        )
    return copy


def _reading(path: str) -> sqlite3.Connection:
    """With what was written last, where that can be read; SQLite alone would make files beside it."""
    has_wal = Path(f"{path}-wal").exists() and Path(f"{path}-shm").exists()
    how = "mode=ro" if has_wal else "mode=ro&immutable=1"
    return sqlite3.connect(f"{Path(path).absolute().as_uri()}?{how}", uri=True)


def connect(path: str, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
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
    folder = Path(path).parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = f"{path}.new-{os.getpid()}"
    with suppress(FileNotFoundError):
        Path(new).unlink()
    os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        _fill(new, path, steps)
        with suppress(FileExistsError):
            _put(new, path)
        settle(folder)
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
        if Path(path).exists():
            raise FileExistsError(path) from None
        Path(new).rename(path)


def _sweep(path: str) -> None:
    """Names left by processes that were making the store: this one, and those that were killed at it."""
    new = f"{path}.new-"
    sweep(Path(path).parent, f"{Path(path).name}.new-")
    for end in ("", "-journal", "-wal", "-shm"):
        with suppress(OSError):
            Path(f"{new}{os.getpid()}{end}").unlink()


def _look_at_header(path: str, newest: int) -> None:
    with Path(path).open("rb") as file:
        header = file.read(_HEADER_BYTES)
        names = os.fstat(file.fileno()).st_nlink
    if names > 1:
        _sweep(path)
    if not header:
        raise damaged(path, phrase("the file is empty"))
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise _no_store(path, phrase("the file is no SQLite database"))
    if int.from_bytes(header[68:72], "big") != APPLICATION:
        raise _no_store(path, phrase("the file is a database of another program"))
    for name, offset, length, allowed in _HEADER:
        found = int.from_bytes(header[offset : offset + length], "big")
        if found not in allowed:
            raise damaged(path, phrase("{found} is no {name}", found=found, name=name))
    version = int.from_bytes(header[60:64], "big")
    if version > newest:
        raise newer(path, version, newest)


def _no_store(path: str, what: str) -> BadData:
    error = damaged(path, what)
    error.what = phrase("this is not a store of calsync: {what}", what=what)
    error.code = "CS-STO-001"
    return error

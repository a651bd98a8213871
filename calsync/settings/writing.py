"""One key of settings.toml is changed, and everything else in it stays: comments, order, blank lines.

    text = changed(text, "alarms.call", "15, 60")
    write(path, text)

A value is typed without TOML's quotes and brackets where the key leaves no
doubt: ``hours 8-20``, ``phone false``, ``kept_free monday, friday``.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from errno import EACCES, EISDIR, ENAMETOOLONG, EPERM, EROFS
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calsync.errors import BadSettings, BadValue, CannotWrite, InputOutput
from calsync.files import write_whole
from calsync.phrase import phrase
from calsync.settings import readers
from calsync.settings.keys import TABLES, reader_of
from calsync.settings.settings import in_settings, parse
from calsync.toml_text import endless_line, parsed_toml

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

__all__ = ["changed", "names", "without", "write"]

_LISTS = {
    readers.calendars,
    readers.minutes,
    readers.periods,
    readers.quiet_days,
    readers.weekdays,
    readers.weekly_hours,
}
"""Readers of lists; the others read one value."""
_REFUSALS = {EACCES, EISDIR, ENAMETOOLONG, EPERM, EROFS}
"""Errors of a place that takes no file, as opposed to a disk that fails while it is written to."""


def names() -> list[str]:
    """Every key, as it is typed: ``hours``, ``alarms.call``."""
    return [f"{table}.{key}" if table else key for table, keys in TABLES.items() for key in keys]


def changed(text: str, key: str, value: str, file: str = "settings.toml") -> str:
    """The settings in ``text`` with ``key`` set to what was typed.

    Raises BadSettings for a key that there is not, a value it does not take,
    and for settings that would still be wrong elsewhere.
    """
    table, _, name = key.rpartition(".")
    try:
        found = _value(table, name, value)
    except BadValue as error:
        raise in_settings(error, file) from None
    return _rewritten(text, key, file, lambda document: _put(document, table, name, found))


def without(text: str, key: str, file: str = "settings.toml") -> str:
    """The settings in ``text`` without ``key``, which then is what it is by default; comments stay.

    Raises BadSettings for a key that there is not, and for settings that would still be wrong elsewhere.
    """
    table, _, name = key.rpartition(".")
    try:
        reader_of(table, name)
    except BadValue as error:
        raise in_settings(error, file) from None
    return _rewritten(text, key, file, lambda document: _drop(document, table, name))


def _rewritten(text: str, key: str, file: str, change: Callable[["TOMLDocument"], None]) -> str:
    """The text after ``change``, if that makes settings that can be read."""
    import tomlkit  # noqa: PLC0415  # 20 ms, where something is written

    if endless_line(text):
        parse(text, file)  # says so
    try:
        document = tomlkit.parse(text)
        change(document)
        new = tomlkit.dumps(document)
    except (tomlkit.exceptions.TOMLKitError, ValueError, TypeError, RecursionError):
        parse(text, file)  # says what is wrong with it
        raise BadSettings(
            phrase("{key} cannot be put into this file", key=key),
            remedy=phrase("write it there yourself"),
            where=file,
            code="CS-SET-007",
        ) from None
    parse(new, file)
    return new


def write(path: str, text: str) -> None:
    """Put ``text`` in the place of the file at ``path``, or leave the old one; a folder is made if need be.

    Raises CannotWrite, InputOutput.
    """
    target = os.path.realpath(path)  # a link to a file kept elsewhere stays a link
    try:
        Path(target).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise _refused(path, error) from None
    try:
        write_whole(target, text.encode("utf-8"))
    except ValueError as error:
        raise _refused(path, error) from None
    except OSError as error:
        if error.errno in _REFUSALS:
            raise _refused(path, error) from None
        raise InputOutput.writing(
            error, path, phrase("the old one is untouched; free some room and try again")
        ) from None


def _refused(path: str, error: OSError | ValueError) -> CannotWrite:
    what = getattr(error, "strerror", None) or phrase("this is no name for a file")
    return CannotWrite(str(what).lower(), where=path, remedy=phrase("see who owns its folder"))


def _value(table: str, name: str, typed: str) -> Any:
    """What was typed, as the first of its readings that the key takes. Raises BadValue of the last."""
    reader = reader_of(table, name)
    refused = BadValue(phrase("nothing was typed"))
    for reading in (
        _readings(typed, several=reader in _LISTS) if reader is not readers.headers else _pairs(typed)
    ):
        try:
            reader(reading)
        except BadValue as error:
            refused = error
        else:
            return reading
    raise refused.at(f"{table}.{name}" if table else name)


def _readings(typed: str, *, several: bool) -> Iterator[Any]:
    yield from _toml(typed)
    if not several:
        yield typed
        return
    yield from _toml(f"[{typed}]")
    yield [typed]
    if "," in typed:
        yield [part.strip() for part in typed.split(",")]


def _pairs(typed: str) -> Iterator[Any]:
    """A table as TOML writes it, or typed as in ``Wann=start, Firma=company``."""
    yield from _toml(typed)
    yield {
        name.strip(): key.strip()
        for name, equals, key in (part.rpartition("=") for part in typed.split(","))
        if equals
    } or typed


def _toml(typed: str) -> Iterator[Any]:
    """The value that this is in TOML; none where it is not, or more than a value."""
    with suppress(ValueError):
        found = parsed_toml(f"value = {typed}")
        if found.keys() == {"value"}:
            yield found["value"]


def _drop(document: "TOMLDocument", table: str, name: str) -> None:
    place: Any = document.get(table, {}) if table else document
    place.pop(name, None)


def _put(document: "TOMLDocument", table: str, name: str, value: object) -> None:
    if table and table not in document:
        document[table] = {}
    place: Any = document[table] if table else document
    place[name] = value

"""Values as JSON and back, exactly: what a row of the store says about a record.

A ``Shape`` turns one kind of record into an object of its fields, leaving out
what is at its default, so a new field with a default needs no migration. A
value inside that JSON has no word for (a day, a time, a reason) is written as
an object with one key, its tag. A new kind of value is one row of ``_FORMS``.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import Field, fields
from datetime import date, datetime, time
from operator import attrgetter
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from calsync.domain import Hours, Note, Period, Person, Reason, Span, WeeklyHours

__all__ = ["Shape", "Unreadable", "dump", "load", "read_moment", "write_moment"]

T = TypeVar("T")


class Unreadable(ValueError):
    """A row does not hold what the store once wrote into it."""


def dump(value: object) -> str:
    """One value as JSON; tuples and lists are both arrays. Raises TypeError for a kind without a form."""
    return _ENCODER.encode(value)


def load(text: str) -> Any:  # noqa: ANN401  # whatever was dumped
    """The value that ``dump`` wrote; arrays come back as tuples. Raises Unreadable."""
    return _reading(lambda: _frozen(_DECODER.decode(text)))


def write_moment(moment: datetime) -> str:
    """Wall time, zone and fold: ``2026-11-01T01:30:00 America/New_York 1``.

    A moment with a fixed offset keeps the offset: ``2026-11-01T05:30:00+00:00``.
    """
    zone = moment.tzinfo
    if not isinstance(zone, ZoneInfo):
        return moment.isoformat() + (" - 1" if moment.fold else "")
    if zone.key is None:
        raise TypeError(f"{zone!r} has no name to be kept under")
    return f"{moment.replace(tzinfo=None).isoformat()} {zone.key}{' 1' if moment.fold else ''}"


def read_moment(text: str) -> datetime:
    """The moment that ``write_moment`` wrote. Raises Unreadable."""
    return _reading(lambda: _moment(text))


def _moment(text: str) -> datetime:
    wall, *rest = text.split(" ")
    moment = datetime.fromisoformat(wall)
    if not rest:
        return moment
    zone = moment.tzinfo if rest[0] == "-" else ZoneInfo(rest[0])
    return moment.replace(tzinfo=zone, fold=len(rest) - 1)


class Shape(Generic[T]):
    """How records of one dataclass are kept: ``columns`` stand beside, the other fields in the JSON."""

    def __init__(self, kind: type[T], *columns: str) -> None:
        inside: list[Field[Any]] = [each for each in fields(kind) if each.name not in columns]  # type: ignore[arg-type]  # T is a dataclass
        self._kind = kind
        self._names = [each.name for each in inside]
        self._defaults = [each.default for each in inside]
        self._values = attrgetter(*self._names)

    def dump(self, record: T) -> str:
        """The fields without a column that are not at their default."""
        told = zip(self._names, self._values(record), self._defaults, strict=True)
        given = {name: value for name, value, default in told if value is not default and value != default}
        return _ENCODER.encode(given) if given else "{}"

    def load(self, text: str, **columns: object) -> T:
        """The record again. Raises Unreadable."""
        return _reading(lambda: self._made(text, columns))

    def _made(self, text: str, columns: dict[str, object]) -> T:
        found = _DECODER.decode(text) if text != "{}" else {}
        for name, value in found.items():
            columns[name] = _frozen(value)
        return self._kind(**columns)


def _reading(read: Callable[[], T]) -> T:
    """What cannot be read is one kind of error, whichever part of it was wrong."""
    try:
        return read()
    except (ValueError, TypeError, LookupError, AttributeError, OSError, RecursionError) as error:
        raise Unreadable(str(error)) from error


def _frozen(value: Any) -> Any:  # noqa: ANN401  # any value of a record
    """Arrays as tuples: the domain has no lists."""
    return tuple(_frozen(part) for part in value) if type(value) is list else value


def _fields_of(kind: type[Any]) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    """The form of a small dataclass: its fields in their order; one added later takes its default."""
    values = attrgetter(*(each.name for each in fields(kind)))
    return values, lambda parts: kind(*_frozen(parts))


def _write_reason(reason: Reason) -> list[object]:
    details = reason.details
    return [
        reason.rule,
        reason.before,
        reason.after,
        reason.sentence,
        reason.source,
        *([] if details is None else [list(details.items())]),
    ]


def _read_reason(parts: list[Any]) -> Reason:
    rule, before, after, sentence, source, *details = parts
    return Reason(rule, before, after, sentence, _frozen(source), _details(details))


def _write_note(note: Note) -> list[object]:
    details = note.details
    return [note.step, note.sentence, *([] if details is None else [list(details.items())])]


def _read_note(parts: list[Any]) -> Note:
    step, sentence, *details = parts
    return Note(step, sentence, _details(details))


def _details(found: list[Any]) -> Mapping[str, object] | None:
    return {name: _frozen(value) for name, value in found[0]} if found else None


_FORMS: dict[type, tuple[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]]] = {
    date: ("$day", (date.isoformat, date.fromisoformat)),
    datetime: ("$at", (write_moment, _moment)),
    time: ("$time", (time.isoformat, time.fromisoformat)),
    ZoneInfo: ("$zone", (attrgetter("key"), ZoneInfo)),
    Hours: ("$hours", _fields_of(Hours)),
    WeeklyHours: ("$weekly", _fields_of(WeeklyHours)),
    Period: ("$period", _fields_of(Period)),
    Span: ("$span", _fields_of(Span)),
    Person: ("$person", _fields_of(Person)),
    Reason: ("$reason", (_write_reason, _read_reason)),
    Note: ("$note", (_write_note, _read_note)),
}
_READERS = {tag: read for tag, (_, read) in _FORMS.values()}


def _written(value: object) -> dict[str, object]:
    """Called for whatever JSON itself does not know."""
    if type(value) not in _FORMS:
        raise TypeError(f"{value!r} has no form in the store; add a row to {__name__}._FORMS")
    tag, (write, _) = _FORMS[type(value)]
    return {tag: write(value)}


def _read(found: dict[str, Any]) -> Any:  # noqa: ANN401  # any value of a record
    """Called for every object, the innermost first; no data is an object of its own."""
    if len(found) == 1:
        (tag, parts) = next(iter(found.items()))
        if tag in _READERS:
            return _READERS[tag](parts)
    return found


_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_written)
_DECODER = json.JSONDecoder(object_hook=_read)

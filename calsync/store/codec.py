"""Values as JSON and back, exactly: what a row of the store says about a record.

``Columns`` gives fields of a record a column each: what people typed in, to be
searched and understood in any SQLite program. A ``Shape`` turns a record, or
the rest of one, into a JSON object that leaves out what is at its default, so
that a new field with a default needs no migration. How a field is written follows from its
annotation: ``_FORMS`` has a row for every kind that JSON has no word for, and a
dataclass is an array of its fields. Only where no annotation says what is
coming (the details of a reason) does a value carry the name of its kind.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from itertools import compress
from operator import attrgetter, is_not
from types import UnionType
from typing import Any, Generic, NamedTuple, TypeVar, get_args, get_origin
from zoneinfo import ZoneInfo

from calsync.domain import Hours, Note, Period, Person, Reason, Span, WeeklyHours

__all__ = ["Columns", "Shape", "Unreadable", "dump", "load", "read_moment", "write_moment"]

T = TypeVar("T")


class Unreadable(ValueError):
    """A row does not hold what the store once wrote into it."""


class Shape(Generic[T]):
    """How records of one dataclass are kept: ``columns`` stand beside, the other fields in the JSON."""

    def __init__(self, kind: type[T], *columns: str) -> None:
        inside = [each for each in fields(kind) if each.name not in columns]  # type: ignore[arg-type]  # T is a dataclass
        self._kind = kind
        self._names = [each.name for each in inside]
        self._defaults = [each.default for each in inside]
        self._values = _values_of(self._names)
        self._forms = {each.name: form for each in inside if (form := _form(each.type))}

    def dump(self, record: T) -> str:
        """The fields without a column that are not at their default."""
        if not self._names:
            return "{}"
        values = self._values(record)
        given = dict(compress(zip(self._names, values), map(is_not, values, self._defaults)))  # noqa: B905  # all as long as the names
        if not given:
            return "{}"
        for name in self._forms.keys() & given:
            if given[name] is not None:
                given[name] = self._forms[name].write(given[name])
        return _encode(given)

    def load(self, text: str, **columns: object) -> T:
        """The record again. Raises Unreadable."""
        return _reading(lambda: self._made(text, columns))

    def _made(self, text: str, columns: dict[str, object]) -> T:
        if text == "{}":
            return self._kind(**columns)
        for name, value in _DECODER.decode(text).items():
            form = self._forms.get(name)
            columns[name] = value if form is None or value is None else form.read(value)
        return self._kind(**columns)


class Columns(Generic[T]):
    """How records of one dataclass are rows: a column for each of ``names``, the last for the rest.

    Text and numbers stand as they are, a day or a moment as its text, the rest
    as JSON; a field at its default that is none of these is NULL. The fields
    ``apart`` are kept by the caller.
    """

    def __init__(self, kind: type[T], names: Sequence[str], apart: str) -> None:
        known = {each.name: each for each in fields(kind)}  # type: ignore[arg-type]  # T is a dataclass
        inside = [known[name] for name in names]
        self.names = (*names, "more")
        self._more = Shape(kind, apart, *names)
        self._values = attrgetter(*names)
        self._formed = [
            (at, form, each.default) for at, each in enumerate(inside) if (form := _form(each.type))
        ]

    def write(self, record: T) -> list[Any]:
        """The values in the order of ``names``."""
        row = [*self._values(record), self._more.dump(record)]
        for at, form, default in self._formed:
            value = row[at]
            row[at] = None if value is default or value is None else _cell(form.write(value))
        return row

    def read(self, row: Sequence[Any], **apart: object) -> T:
        """The record again. Raises Unreadable."""
        return _reading(lambda: self._made(row, apart))

    def _made(self, row: Sequence[Any], found: dict[str, object]) -> T:
        found |= zip(self.names[:-1], row[:-1], strict=True)
        for at, form, default in self._formed:
            found[self.names[at]] = default if row[at] is None else form.read(_uncell(row[at]))
        return self._more.load(row[-1], **found)


def dump(value: object) -> str:
    """One value as JSON with its kind. Raises TypeError for a kind without a form."""
    return _encode(value)


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


class _Form(NamedTuple):
    """How a kind is written as JSON, and read."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _reading(read: Callable[[], T]) -> T:
    """What cannot be read is one kind of error, whichever part of it was wrong."""
    try:
        return read()
    except (ValueError, TypeError, LookupError, AttributeError, OSError, RecursionError) as error:
        raise Unreadable(str(error)) from error


def _values_of(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Always a tuple: ``attrgetter`` gives one bare value for one name, and takes no none."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple(getattr(record, name) for name in names)


def _cell(written: object) -> str:
    return written if isinstance(written, str) else _encode(written)


def _uncell(text: str) -> object:
    """An array is the only JSON in a cell; no day and no moment begins with a bracket."""
    return _DECODER.decode(text) if text.startswith("[") else text


def _moment(text: str) -> datetime:
    wall, *rest = text.split(" ")
    moment = datetime.fromisoformat(wall)
    if not rest:
        return moment
    zone = moment.tzinfo if rest[0] == "-" else ZoneInfo(rest[0])
    return moment.replace(tzinfo=zone, fold=len(rest) - 1)


def _write_day_or_moment(value: date | datetime) -> str:
    return write_moment(value) if isinstance(value, datetime) else value.isoformat()


def _read_day_or_moment(text: str) -> date | datetime:
    return _moment(text) if "T" in text else date.fromisoformat(text)


def _write_day_or_span(value: date | Span) -> object:
    return [value.count, value.unit] if isinstance(value, Span) else value.isoformat()


def _read_day_or_span(found: Any) -> date | Span:  # noqa: ANN401  # text or array
    return date.fromisoformat(found) if isinstance(found, str) else Span(*found)


def _write_details(details: Mapping[str, object]) -> list[list[object]]:
    """As pairs, so that every object in JSON is the name of a kind with its value."""
    return [[name, value] for name, value in details.items()]


def _read_details(found: list[Any]) -> dict[str, object]:
    return {name: _frozen(value) for name, value in found}


_FORMS: dict[object, _Form] = {
    date: _Form(date.isoformat, date.fromisoformat),
    datetime: _Form(write_moment, _moment),
    date | datetime: _Form(_write_day_or_moment, _read_day_or_moment),
    date | Span: _Form(_write_day_or_span, _read_day_or_span),
    Mapping[str, object]: _Form(_write_details, _read_details),
}


def _form(annotation: Any) -> _Form | None:  # noqa: ANN401  # any annotation
    """How a field of that annotation is written; None where JSON does as it is."""
    kind = _without_none(annotation)
    if kind in _FORMS:
        return _FORMS[kind]
    if get_origin(kind) is tuple:
        return _form_of_several(get_args(kind)[0])
    return _form_of_fields(kind) if is_dataclass(kind) else None


def _without_none(annotation: Any) -> Any:  # noqa: ANN401  # any annotation
    if not isinstance(annotation, UnionType):
        return annotation
    kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
    return kinds[0] if len(kinds) == 1 else kinds[0] | kinds[1]


def _form_of_several(annotation: object) -> _Form:
    inside = _form(annotation)
    if inside is None:
        return _Form(list, tuple)
    write, read = inside
    return _Form(
        lambda values: [write(each) for each in values], lambda found: tuple([read(each) for each in found])
    )


def _form_of_fields(kind: Any) -> _Form:  # noqa: ANN401  # a dataclass
    """An array of the fields in their order; a field added later at the end takes its default."""
    values = attrgetter(*(each.name for each in fields(kind)))
    forms = [(at, form) for at, each in enumerate(fields(kind)) if (form := _form(each.type))]

    def write(value: object) -> list[Any]:
        parts = list(values(value))
        for at, form in forms:
            if parts[at] is not None:
                parts[at] = form.write(parts[at])
        return parts

    def read(parts: list[Any]) -> Any:  # noqa: ANN401  # of that kind
        for at, form in forms:
            if parts[at] is not None:
                parts[at] = form.read(parts[at])
        return kind(*parts)

    return _Form(write, read)


_NAMED: dict[type, tuple[str, _Form]] = {
    date: ("$day", _FORMS[date]),
    datetime: ("$at", _FORMS[datetime]),
    time: ("$time", _Form(time.isoformat, time.fromisoformat)),
    ZoneInfo: ("$zone", _Form(attrgetter("key"), ZoneInfo)),
    **{
        kind: (f"${kind.__name__}", _form_of_fields(kind))
        for kind in (Hours, Note, Period, Person, Reason, Span, WeeklyHours)
    },
}
"""The kinds that may stand where no annotation says what is coming."""

_READERS = {name: form.read for name, form in _NAMED.values()}


def _named(value: object) -> dict[str, object]:
    """Called for whatever JSON itself does not know."""
    if type(value) not in _NAMED:
        raise TypeError(f"{value!r} has no form in the store; add a row to {__name__}._NAMED")
    name, form = _NAMED[type(value)]
    return {name: form.write(value)}


def _unnamed(found: dict[str, Any]) -> Any:  # noqa: ANN401  # any value of a record
    """Called for every object, the innermost first."""
    if len(found) == 1:
        ((name, parts),) = found.items()
        if name in _READERS:
            return _READERS[name](parts)
    return found


def _frozen(value: Any) -> Any:  # noqa: ANN401  # any value of a record
    """Arrays as tuples: the domain has no lists."""
    return tuple(_frozen(part) for part in value) if type(value) is list else value


_encode = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_named
).encode
_DECODER = json.JSONDecoder(object_hook=_unnamed)

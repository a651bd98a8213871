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
from typing import Any, Generic, Literal, NamedTuple, TypeVar, Union, get_args, get_origin
from zoneinfo import ZoneInfo

from calsync.domain import Hours, Note, Period, Person, Reason, Span, WeeklyHours

__all__ = ["Columns", "Shape", "Unreadable", "dump", "load", "read_moment", "reading", "write_moment"]

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
        forms = {each.name: form for each in inside if (form := _form(each.type))}
        self._readers = {name: form.read for name, form in forms.items()}
        self._writers = {name: form.write for name, form in forms.items() if form.write}

    def dump(self, record: T) -> str:
        """The fields without a column that are not at their default."""
        if not self._names:
            return "{}"
        values = self._values(record)
        given = dict(compress(zip(self._names, values), map(is_not, values, self._defaults)))  # noqa: B905  # all as long as the names
        if not given:
            return "{}"
        for name in self._writers.keys() & given:
            if given[name] is not None:
                given[name] = self._writers[name](given[name])
        return _encode(given)

    def load(self, text: str, **columns: object) -> T:
        """The record again. Raises Unreadable."""
        return reading(lambda: self._made(text, columns))

    def _made(self, text: str, columns: dict[str, object]) -> T:
        if text == "{}":
            return self._kind(**columns)
        for name, value in _DECODER.decode(text).items():
            read = self._readers.get(name)
            columns[name] = value if read is None or value is None else read(value)
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
        forms = [(at, each, _form(each.type)) for at, each in enumerate(inside)]
        self._texts = [at for at, each, _ in forms if each.type is str]
        self._readers = [
            (at, _from_cell(form, each.type), each.default)
            for at, each, form in forms
            if each.type is not str
        ]
        self._writers = [(at, form.write, each.default) for at, each, form in forms if form and form.write]

    def write(self, record: T) -> list[Any]:
        """The values in the order of ``names``."""
        row = [*self._values(record), self._more.dump(record)]
        for at, write, default in self._writers:
            value = row[at]
            row[at] = None if value is default or value is None else _cell(write(value))
        return row

    def read(self, row: Sequence[Any], **apart: object) -> T:
        """The record again. Raises Unreadable."""
        return reading(lambda: self._made(row, apart))

    def _made(self, row: Sequence[Any], found: dict[str, object]) -> T:
        if {type(row[at]) for at in self._texts} - {str}:  # SQLite gives what is there, bytes too
            raise ValueError("what should be text is none")
        found |= zip(self.names[:-1], row[:-1], strict=True)
        for at, read, default in self._readers:
            found[self.names[at]] = default if row[at] is None else read(row[at])
        return self._more.load(row[-1], **found)


def dump(value: object) -> str:
    """One value as JSON with its kind. Raises TypeError for a kind without a form."""
    return _encode(value)


def load(text: str) -> Any:  # noqa: ANN401  # whatever was dumped
    """The value that ``dump`` wrote; arrays come back as tuples. Raises Unreadable."""
    return reading(lambda: _frozen(_DECODER.decode(text)))


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
    return reading(lambda: _moment(text))


class _Form(NamedTuple):
    """How a kind is read from JSON, and written where JSON does not take it as it is."""

    read: Callable[[Any], Any]
    write: Callable[[Any], Any] | None = None


def reading(read: Callable[[], T]) -> T:
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


def _from_cell(form: _Form | None, kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401  # an annotation
    """No day and no moment begins with a bracket."""
    if form is None:
        return _exactly(kind)
    if form.write is None:
        return form.read
    return lambda text: form.read(_DECODER.decode(text) if text.startswith("[") else text)


def _exactly(kind: type) -> Callable[[Any], Any]:
    def read(value: object) -> object:
        if type(value) is not kind:
            raise ValueError(f"{value!r} is no {kind.__name__}")
        return value

    return read


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
    date: _Form(date.fromisoformat, date.isoformat),
    datetime: _Form(_moment, write_moment),
    date | datetime: _Form(_read_day_or_moment, _write_day_or_moment),
    date | Span: _Form(_read_day_or_span, _write_day_or_span),
    Mapping[str, object]: _Form(_read_details, _write_details),
}


def _form(annotation: Any) -> _Form | None:  # noqa: ANN401  # any annotation
    """How a field of that annotation is written and read; None where JSON's own word for it does."""
    kind = _without_none(annotation)
    if kind in _FORMS:
        return _FORMS[kind]
    if get_origin(kind) is tuple:
        return _form_of_several(get_args(kind)[0])
    if get_origin(kind) is Literal:
        return _Form(_one_of(get_args(kind)))
    return _form_of_fields(kind) if is_dataclass(kind) else None


def _one_of(words: tuple[str, ...]) -> Callable[[Any], Any]:
    known = {word: word for word in words}
    return known.__getitem__


def _without_none(annotation: Any) -> Any:  # noqa: ANN401  # any annotation
    if get_origin(annotation) not in {UnionType, Union}:  # the second where a Literal is in it
        return annotation
    kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
    return kinds[0] if len(kinds) == 1 else kinds[0] | kinds[1]


def _form_of_several(annotation: object) -> _Form:
    form = _form(annotation)
    if form is None:
        return _Form(tuple, list)
    read, write = form
    told = (lambda values: [write(each) for each in values]) if write else list
    return _Form(lambda found: tuple([read(each) for each in found]), told)


def _form_of_fields(kind: Any) -> _Form:  # noqa: ANN401  # a dataclass
    """An array of the fields in their order; a field added later at the end takes its default."""
    values = attrgetter(*(each.name for each in fields(kind)))
    forms = [(at, form) for at, each in enumerate(fields(kind)) if (form := _form(each.type))]
    readers = [(at, form.read) for at, form in forms]
    writers = [(at, form.write) for at, form in forms if form.write]

    def write(value: object) -> list[Any]:
        return _changed(list(values(value)), writers)

    def read(parts: list[Any]) -> Any:  # noqa: ANN401  # of that kind
        return kind(*_changed(parts, readers))

    return _Form(read, write)


def _changed(parts: list[Any], ways: list[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    for at, way in ways:
        if parts[at] is not None:
            parts[at] = way(parts[at])
    return parts


_NAMED: dict[type, tuple[str, _Form]] = {
    date: ("$day", _FORMS[date]),
    datetime: ("$at", _FORMS[datetime]),
    time: ("$time", _Form(time.fromisoformat, time.isoformat)),
    ZoneInfo: ("$zone", _Form(ZoneInfo, attrgetter("key"))),
    **{
        kind: (f"${kind.__name__}", _form_of_fields(kind))
        for kind in (Hours, Note, Period, Person, Reason, Span, WeeklyHours)
    },
}
"""The kinds that may stand where no annotation says what is coming."""

_READERS = {name: form.read for name, form in _NAMED.values()}
_WRITERS = {kind: (name, form.write) for kind, (name, form) in _NAMED.items() if form.write}


def _named(value: object) -> dict[str, object]:
    """Called for whatever JSON itself does not know."""
    if type(value) not in _WRITERS:
        raise TypeError(f"{value!r} has no form in the store; add a row to {__name__}._NAMED")
    name, write = _WRITERS[type(value)]
    return {name: write(value)}


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

"""Records as rows and as JSON, and back, exactly.

``FieldColumns`` gives fields of a record a column each: what people typed in, to be
searched and understood in any SQLite program. A ``Shape`` turns a record, or
the rest of one, into a JSON object that leaves out what is at its default, so
that a new field with a default needs no migration. How one value is written is
in ``calsync.store.codec``.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from functools import cached_property
from itertools import compress
from operator import attrgetter, is_not
from types import UnionType
from typing import Any, Generic, Literal, TypeVar, Union, get_args, get_origin
from zoneinfo import ZoneInfo

import msgspec

from calsync.domain import Hours, Note, Period, Person, Reason, Span, WeeklyHours

__all__ = [
    "FieldColumns",
    "Form",
    "Shape",
    "Unreadable",
    "decode",
    "encode",
    "form_of",
    "read_moment",
    "reading",
    "write_moment",
]


# Values as JSON and back, exactly.
#
# How a field is written follows from its annotation: ``_FORMS`` has a row for
# every kind that JSON has no word for, and a ``Value`` is an array of its fields.
# Only where no annotation says what is coming (the details of a reason) does a
# value carry the name of its kind; ``_NAMED`` has those.

S = TypeVar("S")


class Unreadable(ValueError):
    """A row does not hold what the store once wrote into it."""


class Form(msgspec.Struct, frozen=True):
    """How a kind is read from JSON, and written where JSON does not take it as it is."""

    read: Callable[[Any], Any]
    write: Callable[[Any], Any] | None = None


def encode(value: object) -> str:
    """A value as JSON. Raises TypeError for a kind without a form."""
    return _ENCODER.encode(value)


def decode(text: str) -> Any:
    """What the JSON says: arrays as lists, values that carry the name of their kind as themselves."""
    return _DECODER.decode(text)


def form_of(annotation: Any) -> Form | None:
    """How a field of that annotation is written and read; None where JSON's own word for it does."""
    kind = _without_none(annotation)
    if kind in _FORMS:
        return _FORMS[kind]
    if get_origin(kind) is tuple:
        return _form_of_several(get_args(kind)[0])
    if get_origin(kind) is Literal:
        return Form(_one_of(get_args(kind)))
    return _form_of_fields(kind) if isinstance(kind, type) and issubclass(kind, msgspec.Struct) else None


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


def reading(read: Callable[[], S]) -> S:
    """What cannot be read is one kind of error, whichever part of it was wrong."""
    try:
        return read()
    except (ValueError, TypeError, LookupError, AttributeError, OSError, RecursionError) as error:
        raise Unreadable(str(error)) from error


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


def _read_day_or_span(found: Any) -> date | Span:
    return date.fromisoformat(found) if isinstance(found, str) else Span(*found)


def _write_details(details: Mapping[str, object]) -> list[list[object]]:
    """As pairs, so that every object in JSON is the name of a kind with its value."""
    return [[name, value] for name, value in details.items()]


def _read_details(found: list[Any]) -> dict[str, object]:
    return {name: _frozen(value) for name, value in found}


_FORMS: dict[object, Form] = {
    date: Form(date.fromisoformat, date.isoformat),
    datetime: Form(_moment, write_moment),
    date | datetime: Form(_read_day_or_moment, _write_day_or_moment),
    date | Span: Form(_read_day_or_span, _write_day_or_span),
    Mapping[str, object]: Form(_read_details, _write_details),
}


def _one_of(words: tuple[str, ...]) -> Callable[[Any], Any]:
    known = {word: word for word in words}
    return known.__getitem__


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) not in {UnionType, Union}:  # the second where a Literal is in it
        return annotation
    kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
    return kinds[0] if len(kinds) == 1 else kinds[0] | kinds[1]


def _form_of_several(annotation: object) -> Form:
    form = form_of(annotation)
    if form is None:
        return Form(tuple, list)
    read, write = form.read, form.write
    told = (lambda values: [write(each) for each in values]) if write else list
    return Form(lambda found: tuple([read(each) for each in found]), told)


def _form_of_fields(kind: type[msgspec.Struct]) -> Form:
    """An array of the fields in their order; a field added later at the end takes its default."""
    fields = {field.name: field.type for field in msgspec.structs.fields(kind)}
    values = attrgetter(*fields)
    forms = [(at, form) for at, said in enumerate(fields.values()) if (form := form_of(said))]
    readers = [(at, form.read) for at, form in forms]
    writers = [(at, form.write) for at, form in forms if form.write]

    def write(value: object) -> list[Any]:
        return _changed(list(values(value)), writers)

    def read(parts: list[Any]) -> Any:
        return kind(*_changed(parts, readers))

    return Form(read, write)


def _changed(parts: list[Any], ways: list[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    for at, way in ways:
        if parts[at] is not None:
            parts[at] = way(parts[at])
    return parts


_NAMED: dict[type, tuple[str, Form]] = {
    date: ("$day", _FORMS[date]),
    datetime: ("$at", _FORMS[datetime]),
    time: ("$time", Form(time.fromisoformat, time.isoformat)),
    ZoneInfo: ("$zone", Form(ZoneInfo, attrgetter("key"))),
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


def _unnamed(found: dict[str, Any]) -> Any:
    """Called for every object, the innermost first."""
    if len(found) == 1:
        ((name, parts),) = found.items()
        if name in _READERS:
            return _READERS[name](parts)
    return found


def _frozen(value: Any) -> Any:
    """Arrays as tuples: the domain has no lists."""
    return tuple(_frozen(part) for part in value) if type(value) is list else value


_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_named)
_DECODER = json.JSONDecoder(object_hook=_unnamed)

T = TypeVar("T", bound=msgspec.Struct)


class Shape(Generic[T]):
    """How records of one class are kept: ``columns`` stand beside, the other fields in the JSON."""

    def __init__(self, kind: type[T], *columns: str) -> None:
        self._kind = kind
        fields = [field for field in msgspec.structs.fields(kind) if field.name not in columns]
        self._names = [field.name for field in fields]
        self._defaults = [field.default for field in fields]
        self._values = _values_of(self._names)

    @cached_property
    def _forms(self) -> dict[str, Form]:
        """Worked out for the first record: most commands meet few kinds."""
        fields = msgspec.structs.fields(self._kind)
        return {
            field.name: form
            for field in fields
            if field.name in self._names and (form := form_of(field.type))
        }

    @cached_property
    def _readers(self) -> dict[str, Callable[[Any], Any]]:
        return {name: form.read for name, form in self._forms.items()}

    @cached_property
    def _writers(self) -> dict[str, Callable[[Any], Any]]:
        return {name: form.write for name, form in self._forms.items() if form.write}

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
        return encode(given)

    def load(self, text: str, **columns: object) -> T:
        """The record again. Raises Unreadable."""
        return reading(lambda: self._made(text, columns))

    def _made(self, text: str, columns: dict[str, object]) -> T:
        if text == "{}":
            return self._kind(**columns)
        for name, value in decode(text).items():
            read = self._readers.get(name)
            columns[name] = value if read is None or value is None else read(value)
        return self._kind(**columns)


class FieldColumns(Generic[T]):
    """How records of one class are rows: a column for each of ``names``, the last for the rest.

    Text and numbers stand as they are, a day or a moment as its text, the rest
    as JSON; a field at its default that is none of these is NULL. The fields
    ``apart`` are kept by the caller.
    """

    def __init__(self, kind: type[T], names: Sequence[str], apart: str) -> None:
        fields = {field.name: field for field in msgspec.structs.fields(kind)}
        self.names = (*names, "more")
        self._more = Shape(kind, apart, *names)
        self._values = attrgetter(*names)
        self._texts = [at for at, name in enumerate(names) if fields[name].type is str]
        self._others = [
            (at, fields[name].type, fields[name].default)
            for at, name in enumerate(names)
            if fields[name].type is not str
        ]

    @cached_property
    def _readers(self) -> list[tuple[int, Callable[[Any], Any], object]]:
        """Worked out for the first record: most commands meet few kinds."""
        return [(at, _from_cell(form_of(said), said), default) for at, said, default in self._others]

    @cached_property
    def _writers(self) -> list[tuple[int, Callable[[Any], Any], object]]:
        return [
            (at, form.write, default)
            for at, said, default in self._others
            if (form := form_of(said)) and form.write
        ]

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


def _values_of(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Always a tuple: ``attrgetter`` gives one bare value for one name, and takes no none."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple(getattr(record, name) for name in names)


def _cell(written: object) -> str:
    return written if isinstance(written, str) else encode(written)


def _from_cell(form: Form | None, kind: Any) -> Callable[[Any], Any]:
    """No day and no moment begins with a bracket."""
    if form is None:
        return _exactly(kind)
    if form.write is None:
        return form.read
    return lambda text: form.read(decode(text) if text.startswith("[") else text)


def _exactly(kind: type) -> Callable[[Any], Any]:
    def read(value: object) -> object:
        if type(value) is not kind:
            raise ValueError(f"{value!r} is no {kind.__name__}")
        return value

    return read

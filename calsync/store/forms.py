"""Values as JSON and back, exactly.

How a field is written follows from its annotation: ``_FORMS`` has a row for
every kind that JSON has no word for, and a ``Value`` is an array of its fields.
Only where no annotation says what is coming (the details of a reason) does a
value carry the name of its kind; ``_NAMED`` has those.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from operator import attrgetter
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin
from zoneinfo import ZoneInfo

from calsync.domain import Hours, Note, Period, Person, Reason, Span, WeeklyHours
from calsync.domain.value import Value, annotations

__all__ = ["Form", "Unreadable", "decode", "encode", "form_of", "read_moment", "reading", "write_moment"]

T = TypeVar("T")


class Unreadable(ValueError):
    """A row does not hold what the store once wrote into it."""


class Form(Value):
    """How a kind is read from JSON, and written where JSON does not take it as it is."""

    read: Callable[[Any], Any]
    write: Callable[[Any], Any] | None = None


def encode(value: object) -> str:
    """A value as JSON. Raises TypeError for a kind without a form."""
    return _ENCODER.encode(value)


def decode(text: str) -> Any:  # noqa: ANN401  # whatever was encoded
    """What the JSON says: arrays as lists, values that carry the name of their kind as themselves."""
    return _DECODER.decode(text)


def form_of(annotation: Any) -> Form | None:  # noqa: ANN401  # any annotation
    """How a field of that annotation is written and read; None where JSON's own word for it does."""
    kind = _without_none(annotation)
    if kind in _FORMS:
        return _FORMS[kind]
    if get_origin(kind) is tuple:
        return _form_of_several(get_args(kind)[0])
    if get_origin(kind) is Literal:
        return Form(_one_of(get_args(kind)))
    return _form_of_fields(kind) if isinstance(kind, type) and issubclass(kind, Value) else None


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


def reading(read: Callable[[], T]) -> T:
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


def _read_day_or_span(found: Any) -> date | Span:  # noqa: ANN401  # text or array
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


def _without_none(annotation: Any) -> Any:  # noqa: ANN401  # any annotation
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


def _form_of_fields(kind: type[Value]) -> Form:
    """An array of the fields in their order; a field added later at the end takes its default."""
    fields = annotations(kind)
    values = attrgetter(*fields)
    forms = [(at, form) for at, said in enumerate(fields.values()) if (form := form_of(said))]
    readers = [(at, form.read) for at, form in forms]
    writers = [(at, form.write) for at, form in forms if form.write]

    def write(value: object) -> list[Any]:
        return _changed(list(values(value)), writers)

    def read(parts: list[Any]) -> Any:  # noqa: ANN401  # of that kind
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


_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_named)
_DECODER = json.JSONDecoder(object_hook=_unnamed)

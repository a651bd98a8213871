"""Records as rows and as JSON, and back, exactly.

``Columns`` gives fields of a record a column each: what people typed in, to be
searched and understood in any SQLite program. A ``Shape`` turns a record, or
the rest of one, into a JSON object that leaves out what is at its default, so
that a new field with a default needs no migration. How one value is written is
in ``calsync.store.forms``.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import compress
from operator import attrgetter, is_not
from typing import Any, Generic, TypeVar

from calsync.domain.value import Value, annotations, defaults
from calsync.store.forms import Form, decode, encode, form_of, reading

__all__ = ["Columns", "Shape"]

T = TypeVar("T", bound=Value)
_NONE = object()
"""The default of a field that has none: nothing is identical to it."""


class Shape(Generic[T]):
    """How records of one class are kept: ``columns`` stand beside, the other fields in the JSON."""

    def __init__(self, kind: type[T], *columns: str) -> None:
        self._kind = kind
        self._names = [name for name in annotations(kind) if name not in columns]
        self._defaults = [defaults(kind).get(name, _NONE) for name in self._names]
        self._values = _values_of(self._names)

    @cached_property
    def _forms(self) -> dict[str, Form]:
        """Worked out for the first record: most commands meet few kinds."""
        said = annotations(self._kind)
        return {name: form for name in self._names if (form := form_of(said[name]))}

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


class Columns(Generic[T]):
    """How records of one class are rows: a column for each of ``names``, the last for the rest.

    Text and numbers stand as they are, a day or a moment as its text, the rest
    as JSON; a field at its default that is none of these is NULL. The fields
    ``apart`` are kept by the caller.
    """

    def __init__(self, kind: type[T], names: Sequence[str], apart: str) -> None:
        said = annotations(kind)
        self.names = (*names, "more")
        self._more = Shape(kind, apart, *names)
        self._values = attrgetter(*names)
        self._texts = [at for at, name in enumerate(names) if said[name] is str]
        self._others = [
            (at, said[name], defaults(kind).get(name, _NONE))
            for at, name in enumerate(names)
            if said[name] is not str
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


def _from_cell(form: Form | None, kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401  # an annotation
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

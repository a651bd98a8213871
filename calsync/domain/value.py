"""What all values are: frozen, slotted, equal by their fields; declared as a dataclass is, and cheap to declare.

    class Period(Value):
        first: date
        last: date

``@dataclass`` writes source code for each class and compiles it at every start
of the program; for some twenty classes that was a fifth of a small plan. Here
all values share their methods, and only a class of which many are made gets an
``__init__`` of its own. Type checkers, ``match``, ``copy``, ``pickle`` and the
functions of ``dataclasses`` (``replace``, ``fields``, ``asdict``) see no
difference.
"""

from collections.abc import Mapping
from copy import copy
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from dataclasses import Field

__all__ = ["Value", "annotations", "defaults", "replace"]

V = TypeVar("V", bound="Value")
_MANY = 64
"""So many values of a class, and compiling its ``__init__`` has paid for itself."""


def _annotations(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Of a class by its body; from Python 3.14 on they are worked out when somebody asks."""
    if "__annotations__" in body:
        found: Mapping[str, Any] = body["__annotations__"]
        return found
    work_out = body.get("__annotate_func__")
    return work_out(1) if work_out else {}


class _Fields:
    """What the functions of ``dataclasses`` look for in a class; made when the first of them does."""

    def __get__(self, value: object, kind: "_Kind") -> "dict[str, Field[Any]]":
        from dataclasses import MISSING  # noqa: PLC0415  # only where somebody asks

        types, found = _annotations(kind.__dict__), {}
        for name in kind.__slots__:
            found[name] = field = copy(_sample())
            field.name, field.type = name, types[name]
            field.default = kind._defaults.get(name, MISSING)
        type.__setattr__(kind, "__dataclass_fields__", found)
        return found


@cache
def _sample() -> "Field[Any]":
    """A field as ``dataclasses`` itself makes them."""
    from dataclasses import fields, make_dataclass  # noqa: PLC0415  # as above

    return fields(
        make_dataclass("Sample", ["field"], namespace={"__doc__": "Without it, inspect writes one."})
    )[0]


class _Kind(type):
    """The class of value classes: takes the fields from the body's annotations and makes slots of them."""

    __slots__: tuple[str, ...]
    _defaults: dict[str, Any]
    _kw_only: bool
    _fill: tuple[tuple[str, Any], ...]
    _made: int
    _all: Any

    def __new__(
        cls, name: str, bases: tuple[type, ...], body: dict[str, Any], *, kw_only: bool = False
    ) -> "_Kind":
        names = tuple(_annotations(body))
        defaults = {field: body.pop(field) for field in names if field in body}
        made = super().__new__(cls, name, bases, {**body, "__slots__": names, "__match_args__": names})
        made._defaults, made._kw_only = defaults, kw_only
        made._fill = tuple((field, made.__dict__[field].__set__) for field in names)
        made._made = 0
        made._all = attrgetter(*names) if names else None
        return made


@dataclass_transform(frozen_default=True)
class Value(metaclass=_Kind):
    """The base of all values; two of one class with equal fields are equal.

    A class may refuse what cannot be, in ``__post_init__``. ``kw_only=True``
    behind the base's name is that of ``dataclass``. The fields of a class are
    those in its own body.
    """

    __dataclass_fields__ = _Fields()

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401  # each class has its own fields
        kind = type(self)
        if given:
            named = _with_positions(kind, given, named)
        values = {**kind._defaults, **named}
        try:
            for name, fill in kind._fill:
                fill(self, values[name])
        except KeyError:
            _refuse(kind, values)
        if len(values) != len(kind._fill):
            _refuse(kind, values)
        self.__post_init__()
        kind._made += 1
        if kind._made == _MANY:
            type.__setattr__(kind, "__init__", _compiled(kind))

    def __post_init__(self) -> None:
        """Raise for what cannot be."""

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen: make another with replace()")

    def __delattr__(self, name: str) -> NoReturn:
        self.__setattr__(name, None)

    def __eq__(self, other: object) -> bool:
        kind = type(self)
        if type(other) is not kind:
            return NotImplemented
        return bool(kind._all(self) == kind._all(other))

    def __hash__(self) -> int:
        kind = type(self)
        return hash((kind, kind._all(self)))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in type(self).__slots__)
        return f"{type(self).__qualname__}({fields})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), tuple(getattr(self, name) for name in type(self).__slots__))

    def __replace__(self, **changes: Any) -> Self:  # noqa: ANN401  # as above
        return replace(self, **changes)


def replace(value: V, **changes: Any) -> V:  # noqa: ANN401  # as above
    """The same value but for ``changes``, refused like any other if it cannot be."""
    kind = type(value)
    return kind(**{**{name: getattr(value, name) for name in kind.__slots__}, **changes})


def annotations(kind: type[Value]) -> Mapping[str, Any]:
    """The fields of a class and what each is said to be, in their order; cheaper than ``dataclasses.fields``."""
    return _annotations(kind.__dict__)


def defaults(kind: type[Value]) -> Mapping[str, Any]:
    """The fields of a class that may be left out, and what they are then."""
    return kind._defaults


def _again(kind: type[V], fields: tuple[Any, ...]) -> V:
    return kind(**dict(zip(kind.__slots__, fields, strict=True)))


def _compiled(kind: _Kind) -> object:
    """What ``__init__`` does, written out for one class.

    A value is open while it is filled: for that moment it is of a class with the
    same slots that can be set. That takes a tenth of asking each slot to fill itself.
    """
    known: dict[str, Any] = {f"default_{name}": value for name, value in kind._defaults.items()}
    known |= {"Open": _opened(kind), "Shut": kind, "become": object.__dict__["__class__"].__set__}
    fields = [f"{name}=default_{name}" if name in kind._defaults else name for name in kind.__slots__]
    lines = [
        f"def __init__(self, {'*, ' if kind._kw_only else ''}{', '.join(fields)}):",
        "    become(self, Open)",
        *(f"    self.{name} = {name}" for name in kind.__slots__),
        "    become(self, Shut)",
    ]
    if "__post_init__" in vars(kind):
        lines.append("    self.__post_init__()")
    exec("\n".join(lines), known)  # noqa: S102  # the names of our own fields
    return known["__init__"]


def _opened(kind: _Kind) -> type:
    """The same class, but for what keeps its values from being changed."""
    settable = {"__slots__": (), "__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    return type.__new__(_Kind, f"_Open{kind.__name__}", (kind,), settable)


def _with_positions(kind: _Kind, given: tuple[Any, ...], named: dict[str, Any]) -> dict[str, Any]:
    by_position = dict(zip(kind.__slots__, given, strict=False))
    if kind._kw_only or len(given) > len(kind.__slots__) or named.keys() & by_position:
        raise TypeError(f"{kind.__name__} takes its fields {'by name' if kind._kw_only else 'once each'}")
    return by_position | named


def _refuse(kind: _Kind, values: Mapping[str, Any]) -> NoReturn:
    unknown = [name for name in values if name not in kind.__slots__]
    missing = [name for name in kind.__slots__ if name not in values]
    what = f"has no field {unknown[0]!r}" if unknown else f"needs {', '.join(missing)}"
    raise TypeError(f"{kind.__name__} {what}")

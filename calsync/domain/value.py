"""What all values share: equal by their fields, printed by their fields.

``@dataclass`` would write these methods out for each class, and compiling them
takes two thirds of the time it takes to define one; every start of calsync pays
for that. So values are declared with ``eq=False, repr=False`` and inherit them.
"""

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

__all__ = ["Value"]


class Value:
    """The base of frozen, slotted dataclasses; two of one class with equal fields are equal."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return bool(_fields(self) == _fields(other))

    def __hash__(self) -> int:
        return hash((self.__class__, _fields(self)))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in _names(self.__class__))
        return f"{self.__class__.__qualname__}({fields})"


def _fields(value: object) -> Any:  # noqa: ANN401  # a tuple, or the only field
    kind: Any = value.__class__
    return _getter(kind)(value)


@cache
def _getter(kind: type) -> Callable[[Any], Any]:
    return attrgetter(*_names(kind))


def _names(kind: type) -> tuple[str, ...]:
    return tuple(kind.__dict__["__slots__"])

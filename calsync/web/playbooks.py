"""The playbooks that can be chosen, the user's own among them; one that cannot be read is left out."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from calsync.errors import CalsyncError

if TYPE_CHECKING:
    from calsync.playbooks import Playbook
    from calsync.web.visit import Visit

__all__ = ["playbooks", "sources"]


def playbooks(visit: "Visit") -> "list[Playbook]":
    """Every playbook that has a name, in order of the names."""
    from calsync.playbooks import names  # noqa: PLC0415  # only where one is chosen

    found = []
    for name in names(visit.home.playbooks):
        try:
            found.append(visit.desk.playbook(name))
        except CalsyncError:  # ``calsync playbook list`` says what is wrong with it
            continue
    return found


def sources(book: "Playbook") -> list[str]:
    """The ids of all the advice that its numbers come from, in order."""
    return sorted(set(_sources(book)))


def _sources(value: object) -> Iterator[str]:
    """Those of a value and of all that is in it."""
    if isinstance(value, str | int | None):
        return
    own = getattr(value, "source", ())
    yield from own if isinstance(own, tuple) else ()
    names: tuple[str, ...] = getattr(value, "_fields", ()) or getattr(type(value), "__slots__", ())
    for name in names:
        yield from _sources(getattr(value, name, None))

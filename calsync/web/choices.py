"""Zones, countries and playbooks to choose from while typing; any other that calsync knows is taken too."""

from collections.abc import Iterator
from functools import lru_cache
from zoneinfo import available_timezones

from calsync.errors import CalsyncError
from calsync.phrase import phrase
from calsync.playbooks import Playbook, names
from calsync.web.request import PageRequest

__all__ = ["countries", "playbooks", "sources", "zones"]


_REGIONS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
_COUNTRIES = (
    ("AT", phrase("Austria")),
    ("AU", phrase("Australia")),
    ("BE", phrase("Belgium")),
    ("BR", phrase("Brazil")),
    ("CA", phrase("Canada")),
    ("CH", phrase("Switzerland")),
    ("CN", phrase("China")),
    ("CZ", phrase("Czechia")),
    ("DE", phrase("Germany")),
    ("DK", phrase("Denmark")),
    ("ES", phrase("Spain")),
    ("FI", phrase("Finland")),
    ("FR", phrase("France")),
    ("GB", phrase("United Kingdom")),
    ("IE", phrase("Ireland")),
    ("IL", phrase("Israel")),
    ("IN", phrase("India")),
    ("IT", phrase("Italy")),
    ("JP", phrase("Japan")),
    ("LU", phrase("Luxembourg")),
    ("MX", phrase("Mexico")),
    ("NL", phrase("Netherlands")),
    ("NO", phrase("Norway")),
    ("NZ", phrase("New Zealand")),
    ("PL", phrase("Poland")),
    ("PT", phrase("Portugal")),
    ("SE", phrase("Sweden")),
    ("SG", phrase("Singapore")),
    ("US", phrase("United States")),
    ("ZA", phrase("South Africa")),
)
"""Those that are met most; the hint says that two letters of any other are taken."""


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """The zones that are named by a city."""
    return tuple(sorted(name for name in available_timezones() if name.partition("/")[0] in _REGIONS))


def countries(request: PageRequest) -> list[tuple[str, str]]:
    """Code and name."""
    return [(code, request.say(name)) for code, name in _COUNTRIES]


def playbooks(request: PageRequest) -> "list[Playbook]":
    """Every playbook that has a name, in order of the names."""
    found = []
    for name in names(request.home.playbooks):
        try:
            found.append(request.context.playbook(name))
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
    names: tuple[str, ...] = getattr(value, "__struct_fields__", ())
    for name in names:
        yield from _sources(getattr(value, name, None))

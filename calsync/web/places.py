"""Zones and countries to choose from while typing; any other that calsync knows is taken too."""

from functools import lru_cache
from typing import TYPE_CHECKING

from calsync.web.words import phrase

if TYPE_CHECKING:
    from calsync.web.visit import Visit

__all__ = ["countries", "zones"]

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
    from zoneinfo import available_timezones  # noqa: PLC0415  # reads a folder

    return tuple(sorted(name for name in available_timezones() if name.partition("/")[0] in _REGIONS))


def countries(visit: "Visit") -> list[tuple[str, str]]:
    """Code and name."""
    return [(code, visit.say(name)) for code, name in _COUNTRIES]

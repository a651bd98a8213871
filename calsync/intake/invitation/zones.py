"""The zone that a TZID means (RFC 5545, 3.2.19), in the ways that calendars write it.

Known are IANA's names, Windows' names, what Windows shows for them, names with
a registry in front (``/mozilla.org/20050126_1/Europe/Berlin``), and the place
that a file's own definition of the zone gives. Everything else is asked for:
a zone is never found by its offset, and never left to float.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from zoneinfo import ZoneInfo

from calsync.domain.windows_zones import WINDOWS_ZONES
from calsync.errors import BadValue
from calsync.intake.rows import shown
from calsync.intake.zones import zone as named

__all__ = ["UNIVERSAL", "ZoneWanted", "zone_of"]

UNIVERSAL = frozenset({"UTC", "Etc/UTC", "GMT", "Etc/GMT", "Etc/UCT", "UCT", "Zulu", "Etc/Zulu", "Universal"})
"""Clocks that nobody's office goes by: the moment is certain, the place is not."""

# What Windows shows in its list of zones, without the offset that stands before it.
_AS_WINDOWS_SHOWS_THEM = {
    "Abu Dhabi, Muscat": "Asia/Dubai",
    "Adelaide": "Australia/Adelaide",
    "Alaska": "America/Anchorage",
    "Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna": "Europe/Berlin",
    "Arizona": "America/Phoenix",
    "Athens, Bucharest": "Europe/Bucharest",
    "Atlantic Time (Canada)": "America/Halifax",
    "Auckland, Wellington": "Pacific/Auckland",
    "Bangkok, Hanoi, Jakarta": "Asia/Bangkok",
    "Beijing, Chongqing, Hong Kong, Urumqi": "Asia/Shanghai",
    "Belgrade, Bratislava, Budapest, Ljubljana, Prague": "Europe/Budapest",
    "Bogota, Lima, Quito, Rio Branco": "America/Bogota",
    "Brasilia": "America/Sao_Paulo",
    "Brisbane": "Australia/Brisbane",
    "Brussels, Copenhagen, Madrid, Paris": "Europe/Paris",
    "Cairo": "Africa/Cairo",
    "Canberra, Melbourne, Sydney": "Australia/Sydney",
    "Central Time (US & Canada)": "America/Chicago",
    "Chennai, Kolkata, Mumbai, New Delhi": "Asia/Kolkata",
    "Coordinated Universal Time": "UTC",
    "Dublin, Edinburgh, Lisbon, London": "Europe/London",
    "Eastern Time (US & Canada)": "America/New_York",
    "Guadalajara, Mexico City, Monterrey": "America/Mexico_City",
    "Harare, Pretoria": "Africa/Johannesburg",
    "Hawaii": "Pacific/Honolulu",
    "Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius": "Europe/Kiev",
    "Istanbul": "Europe/Istanbul",
    "Jerusalem": "Asia/Jerusalem",
    "Kuala Lumpur, Singapore": "Asia/Singapore",
    "Mountain Time (US & Canada)": "America/Denver",
    "Moscow, St. Petersburg": "Europe/Moscow",
    "Nairobi": "Africa/Nairobi",
    "Newfoundland": "America/St_Johns",
    "Osaka, Sapporo, Tokyo": "Asia/Tokyo",
    "Pacific Time (US & Canada)": "America/Los_Angeles",
    "Perth": "Australia/Perth",
    "Santiago": "America/Santiago",
    "Sarajevo, Skopje, Warsaw, Zagreb": "Europe/Warsaw",
    "Seoul": "Asia/Seoul",
    "Taipei": "Asia/Taipei",
    "West Central Africa": "Africa/Lagos",
}


class ZoneWanted(BadValue):
    """The invitation does not say in which zone its time is: whoever can ask, asks; ``tzid`` is what it says."""

    default_code = "CS-INV-020"

    def __init__(self, what: str, *, tzid: str = "", near: str = "") -> None:
        super().__init__(what, remedy=f"say which with --timezone {near or 'America/New_York'}")
        self.tzid = tzid

    @classmethod
    def unknown(cls, tzid: str) -> "ZoneWanted":
        """For a TZID that means nothing here, or none; names the nearest zone known if there is one."""
        if not tzid:
            return cls("its time is in no zone")
        return cls(f"its zone {shown(tzid)} is none that calsync knows", tzid=tzid, near=_near(tzid.strip()))


def zone_of(tzid: str, definitions: Sequence[Mapping[str, list[str]]]) -> ZoneInfo:
    """The zone for a TZID, with the file's own definitions (VTIMEZONE) to help; raises ZoneWanted."""
    places = [place for own in definitions if tzid in own.get("TZID", ()) for place in _places(own)]
    for name in (tzid, *places):
        for form in _forms(name.strip().strip('"').strip()):
            with suppress(BadValue):
                return named(form)
    raise ZoneWanted.unknown(tzid)


def _near(tzid: str) -> str:
    """The zone probably meant, for an abbreviation, a city, or a name with a slip in it."""
    try:
        named(tzid[:100])
    except BadValue as error:
        tried, _, near = error.remedy.partition("try ")
        near = near.partition(" ")[0].rstrip(",")
        likely = "/" in tzid or tzid.isupper() or tzid.casefold() == near.rpartition("/")[2].casefold()
        return near if not tried and likely else ""
    return ""  # pragma: no cover  # a zone that is known is never asked about by its name


def _places(definition: Mapping[str, list[str]]) -> list[str]:
    return [*definition.get("X-LIC-LOCATION", ()), *definition.get("TZID-ALIAS-OF", ())]


def _forms(name: str) -> Iterator[str]:
    """The names it may be an IANA zone by, the likeliest first."""
    yield name
    shown_without_offset = name.partition(") ")[2] if name.startswith(("(UTC", "(GMT")) else name
    yield _windows().get(shown_without_offset.casefold(), "")
    if name.startswith(("/", "tzone:")):
        yield from _behind_registry(name)


def _behind_registry(name: str) -> Iterator[str]:
    """The ends of a path, the longest first; a last part alone is a zone only if it is UTC."""
    parts = name.split("/")[:10]
    for first in range(1, len(parts) - 1):
        yield "/".join(parts[first:])
    if parts[-1].upper() == "UTC":
        yield "UTC"


@cache
def _windows() -> dict[str, str]:
    return {name.casefold(): zone for name, zone in (WINDOWS_ZONES | _AS_WINDOWS_SHOWS_THEM).items()}

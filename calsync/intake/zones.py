"""Time zones by their IANA names, the same names on every system.

The list comes with the tzdata package, so a name is never a path into the
system's files, and never depends on a file system that ignores case. An
abbreviation is not a zone: half the world calls some other clock by it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from calsync.errors import BadValue
from calsync.intake.rows import nearest, shown

__all__ = ["UNIVERSAL", "ZoneWanted", "zone", "zone_of"]

_ANY = "use a name like America/New_York or Europe/London"
_OFFSET_STARTS = ("UTC+", "UTC-", "GMT+", "GMT-", "+", "-")

# What people write for a zone, and the cities whose clocks they most likely mean.
_ABBREVIATIONS = {
    "ACST": "Australia/Adelaide",
    "AEDT": "Australia/Sydney",
    "AEST": "Australia/Sydney or Australia/Brisbane",
    "AKST": "America/Anchorage",
    "AST": "America/Halifax or Asia/Riyadh",
    "AWST": "Australia/Perth",
    "BRT": "America/Sao_Paulo",
    "BST": "Europe/London",
    "CDT": "America/Chicago",
    "CEST": "Europe/Berlin, Europe/Paris or another city of yours",
    "CET": "Europe/Berlin, Europe/Paris or another city of yours",
    "CST": "America/Chicago or Asia/Shanghai",
    "CST6": "America/Chicago",
    "CT": "America/Chicago",
    "EDT": "America/New_York",
    "EEST": "Europe/Helsinki",
    "EET": "Europe/Helsinki",
    "EST": "America/New_York",
    "EST5": "America/New_York",
    "ET": "America/New_York",
    "FACTORY": "Europe/London",
    "HKT": "Asia/Hong_Kong",
    "HST": "Pacific/Honolulu",
    "IDT": "Asia/Jerusalem",
    "IST": "Asia/Kolkata, Asia/Jerusalem or Europe/Dublin",
    "JST": "Asia/Tokyo",
    "KST": "Asia/Seoul",
    "MDT": "America/Denver",
    "MESZ": "Europe/Berlin",
    "MET": "Europe/Berlin",
    "MEZ": "Europe/Berlin",
    "MSK": "Europe/Moscow",
    "MST": "America/Denver or America/Phoenix",
    "MST7": "America/Denver or America/Phoenix",
    "MT": "America/Denver",
    "NZDT": "Pacific/Auckland",
    "NZST": "Pacific/Auckland",
    "PDT": "America/Los_Angeles",
    "PST": "America/Los_Angeles",
    "PST8": "America/Los_Angeles",
    "PT": "America/Los_Angeles",
    "SAST": "Africa/Johannesburg",
    "SGT": "Asia/Singapore",
    "WEST": "Europe/Lisbon",
    "WET": "Europe/Lisbon",
}


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """The zone of that name; raises BadValue with the nearest one known.

    >>> zone("Asia/Kolkata")
    zoneinfo.ZoneInfo(key='Asia/Kolkata')
    """
    wanted = name.strip()
    if wanted in _names() and wanted.upper() not in _ABBREVIATIONS:
        return ZoneInfo(wanted)
    raise BadValue(f"no zone {shown(wanted)}", remedy=_remedy(wanted), code="CS-REC-004")


@cache
def _names() -> frozenset[str]:
    import tzdata  # type: ignore[import-untyped]  # noqa: PLC0415  # one file is read from it, once

    try:
        names = set(Path(tzdata.__file__).with_name("zones").read_text("ascii").split())
    except OSError:
        names = available_timezones()
    return frozenset(names) - {"localtime", "posixrules"}


@lru_cache(maxsize=512)
def _remedy(name: str) -> str:
    if known := _ABBREVIATIONS.get(name.upper()):
        return f"try {known}"
    if name.upper().startswith(_OFFSET_STARTS):
        return f"name a city: its clock changes with the seasons; {_ANY}"
    near = _nearest("_".join(name.casefold().split()))
    return f"try {near}" if near else _ANY


def _nearest(name: str) -> str:
    """By the whole name (``america/new_york``), or by the city alone (``berlin``)."""
    table = _whole() if "/" in name else _cities()
    if name in table or not name.replace("_", "").replace("/", "").isalpha():
        return table.get(name, "")
    # Only what begins alike is compared: a wrong column has 100,000 different words.
    return table.get(nearest(name, tuple(key for key in table if key[:2] == name[:2])), "")


@cache
def _whole() -> dict[str, str]:
    return {name.casefold(): name for name in sorted(_names())}


@cache
def _cities() -> dict[str, str]:
    whole = _whole()
    return {key.rpartition("/")[2]: name for key, name in whole.items() if "/" in key} | whole


_NEWER_WINDOWS_ZONES = {
    "Alberta Standard Time": "America/Edmonton",
    "British Columbia Standard Time": "America/Vancouver",
    "Manitoba Standard Time": "America/Winnipeg",
}
"""What Windows has added since icalendar's table was made."""


# The zone that a TZID means (RFC 5545, 3.2.19), in the ways that calendars write it.
#
# Known are IANA's names, Windows' names, what Windows shows for them, names with
# a registry in front (``/mozilla.org/20050126_1/Europe/Berlin``), and the place
# that a file's own definition of the zone gives. Everything else is asked for:
# a zone is never found by its offset, and never left to float.

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
                return zone(form)
    raise ZoneWanted.unknown(tzid)


def _near(tzid: str) -> str:
    """The zone probably meant, for an abbreviation, a city, or a name with a slip in it."""
    try:
        zone(tzid[:100])
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
def _windows() -> Mapping[str, str]:
    """Windows' names and what it shows for them, without regard to case; icalendar knows the CLDR's pairs."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415  # heavy, and few files need it

    table = WINDOWS_TO_OLSON | _NEWER_WINDOWS_ZONES | _AS_WINDOWS_SHOWS_THEM
    return {name.casefold(): zone for name, zone in table.items()}

"""Time zones by their IANA names, the same names on every system.

The list comes with the tzdata package, so a name is never a path into the
system's files, and never depends on a file system that ignores case. An
abbreviation is not a zone: half the world calls some other clock by it.
"""

from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from calsync.errors import BadValue
from calsync.intake.rows import nearest, shown
from calsync.phrase import phrase

__all__ = ["nearest_zone", "zone", "zone_in_any_case"]

_ANY = phrase("use a name like America/New_York or Europe/London")
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
    "CEST": phrase("Europe/Berlin, Europe/Paris or another city of yours"),
    "CET": phrase("Europe/Berlin, Europe/Paris or another city of yours"),
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
    raise BadValue(
        phrase("no zone {wanted}", wanted=shown(wanted)), remedy=_remedy(wanted), code="CS-REC-004"
    )


def zone_in_any_case(name: str) -> ZoneInfo | None:
    """The zone of that name in whatever case, as files write it; None where there is none.

    >>> zone_in_any_case("europe/BERLIN")
    zoneinfo.ZoneInfo(key='Europe/Berlin')
    """
    with suppress(BadValue):
        return zone(_whole().get(name.casefold(), name))
    return None


def nearest_zone(name: str) -> str:
    """The name of the zone that may be meant by a name that is none; "" where nothing is near."""
    tried, _, near = _remedy(name.strip()).partition("try ")
    return "" if tried else near.partition(" ")[0].rstrip(",")


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
        return phrase("try {known}", known=known)
    if name.upper().startswith(_OFFSET_STARTS):
        return phrase("name a city: its clock changes with the seasons; {any}", any=_ANY)
    near = _nearest("_".join(name.casefold().split()))
    return phrase("try {near}", near=near) if near else _ANY


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

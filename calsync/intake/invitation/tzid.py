"""The zone that a TZID names (RFC 5545, 3.2.19), in the ways that calendars write it.

Known are IANA's names in any case, Windows' names and what Windows shows for
them in several languages, and names with a registry in front
(``/mozilla.org/20050126_1/Europe/Berlin``). A name that is missing is one more
row. An abbreviation names no zone: half the world calls some other clock by it.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from zoneinfo import ZoneInfo

from calsync.errors import BadValue
from calsync.intake.invitation.vtimezone import Offsets, offset_of
from calsync.intake.zones import nearest_zone, zone, zone_in_any_case

__all__ = ["UNIVERSAL", "likely", "main_zones", "named", "offsets_named", "same_name", "windows"]

UNIVERSAL = frozenset({"UTC", "Etc/UTC", "GMT", "Etc/GMT", "Etc/UCT", "UCT", "Zulu", "Etc/Zulu", "Universal"})
"""Clocks that nobody's office goes by: the moment is certain, the place is not."""

_NEWER_WINDOWS_ZONES = {
    "Alberta Standard Time": "America/Edmonton",
    "British Columbia Standard Time": "America/Vancouver",
    "Manitoba Standard Time": "America/Winnipeg",
}
"""What Windows has added since icalendar's table was made."""

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

# The same in other languages, and the names that systems and calendars give their zones there.
_IN_OTHER_LANGUAGES = {
    "Amsterdam, Berlin, Bern, Rom, Stockholm, Wien": "Europe/Berlin",
    "Amsterdam, Berlin, Berne, Rome, Stockholm, Vienne": "Europe/Berlin",
    "Ámsterdam, Berlín, Berna, Roma, Estocolmo, Viena": "Europe/Berlin",
    "Amsterdam, Berlino, Berna, Roma, Stoccolma, Vienna": "Europe/Berlin",
    "Amsterdam, Berlijn, Bern, Rome, Stockholm, Wenen": "Europe/Berlin",
    "Amsterdam, Berlin, Bern, Rom, Stockholm, Wien (Sommerzeit)": "Europe/Berlin",
    "Mitteleuropäische Zeit": "Europe/Berlin",
    "Mitteleuropäische Normalzeit": "Europe/Berlin",
    "Mitteleuropäische Sommerzeit": "Europe/Berlin",
    "Westeuropa (Normalzeit)": "Europe/Berlin",
    "Brüssel, Kopenhagen, Madrid, Paris": "Europe/Paris",
    "Bruxelles, Copenhague, Madrid, Paris": "Europe/Paris",
    "Bruselas, Copenhague, Madrid, París": "Europe/Paris",
    "Bruxelles, Copenaghen, Madrid, Parigi": "Europe/Paris",
    "Bryssel, Köpenhamn, Madrid, Paris": "Europe/Paris",
    "Paris, Madrid": "Europe/Paris",
    "Paris, Madrid (heure d'été)": "Europe/Paris",
    "Romance (heure standard)": "Europe/Paris",
    "Hora estándar romance": "Europe/Madrid",
    "Hora de verano romance": "Europe/Madrid",
    "Dublin, Edinburgh, Lissabon, London": "Europe/London",
    "Dublin, Édimbourg, Lisbonne, Londres": "Europe/London",
    "Dublín, Edimburgo, Lisboa, Londres": "Europe/London",
    "Westeuropäische Zeit": "Europe/London",
    "Athen, Bukarest": "Europe/Bucharest",
    "Belgrad, Bratislava, Budapest, Ljubljana, Prag": "Europe/Budapest",
    "Belgrade, Bratislava, Budapest, Ljubljana, Prague (heure d'été)": "Europe/Budapest",
    "Sarajevo, Skopje, Warschau, Zagreb": "Europe/Warsaw",
    "Sarajewo, Skopie, Warszawa, Zagrzeb": "Europe/Warsaw",
    "Środkowoeuropejski czas stand.": "Europe/Warsaw",
    "Helsinki, Kiew, Riga, Sofia, Tallinn, Wilna": "Europe/Kiev",
    "Helsingfors, Kiev, Riga, Sofia, Tallinn, Vilnius": "Europe/Kiev",
    "Eastern Normalzeit": "America/New_York",
    "Eastern Zeit (USA und Kanada)": "America/New_York",
    "Eastern Time (USA & Kanada)": "America/New_York",
    "Est (É.-U. et Canada)": "America/New_York",
    "Hora del este (EE.UU. y Canadá)": "America/New_York",
    "Hora estándar del Este": "America/New_York",
    "Central Time (USA & Kanada)": "America/Chicago",
    "Centre (É.-U. et Canada)": "America/Chicago",
    "Hora central (EE.UU. y Canadá)": "America/Chicago",
    "Pacific Time (USA & Kanada)": "America/Los_Angeles",
    "Pacifique (É.-U. et Canada)": "America/Los_Angeles",
    "Hora del Pacífico (EE.UU. y Canadá)": "America/Los_Angeles",
    "Guadalajara, Ciudad de México, Monterrey": "America/Mexico_City",
    "Brasília": "America/Sao_Paulo",
    "Hora oficial do Brasil": "America/Sao_Paulo",
    "ora solare Europa occidentale": "Europe/Rome",
    "West-Europa (standaardtijd)": "Europe/Amsterdam",
    "Västeuropa, normaltid": "Europe/Stockholm",
    "Västeuropa (normaltid)": "Europe/Stockholm",
    "Vest-Europa (normaltid)": "Europe/Oslo",
    "Romance, normaltid": "Europe/Copenhagen",
    "Московское время (зима)": "Europe/Moscow",
    "Москва, Санкт-Петербург": "Europe/Moscow",
    "大阪、札幌、東京": "Asia/Tokyo",
    "東京 (標準時)": "Asia/Tokyo",
    "日本標準時": "Asia/Tokyo",
    "北京,重庆,香港特别行政区,乌鲁木齐": "Asia/Shanghai",
    "中国标准时间": "Asia/Shanghai",
    "台北": "Asia/Taipei",
    "서울": "Asia/Seoul",
    "대한민국 표준시": "Asia/Seoul",
    "Western/Central Europe": "Europe/Berlin",
    "Central European Standard Time": "Europe/Berlin",
    "Central European Time": "Europe/Berlin",
    "Japan Standard Time": "Asia/Tokyo",
    "British Time": "Europe/London",
    "Greenwich Mean Time": "Europe/London",
}

_SHOWN = re.compile(r"\((?:UTC|GMT)[^)]{0,12}\)\s*(.+)")
_SEASON = re.compile(r"\b(?:Daylight|Summer) (?=(?:Savings? )?Time$)", re.IGNORECASE)
_AGAIN = re.compile(r" ?[0-9]$")  # Outlook counts zones of one name
_ENDS = re.compile(r"[_/ :]")
_ONLY_AN_OFFSET = re.compile(r"(?:UTC|GMT)? ?([+-])([01]?[0-9]):?([0-5][0-9])?", re.IGNORECASE)
_LONGEST = 300


def named(tzid: str) -> ZoneInfo | None:
    """The zone of that name, if it is known."""
    for form in _forms(same_name(tzid)):
        if found := zone_in_any_case(form):
            return found
    return None


def likely(tzid: str) -> ZoneInfo | None:
    """The zone probably meant, for an abbreviation, a city, or a name with a slip or something more in it.

    >>> likely("custom_America/New_York"), likely("EST")
    (zoneinfo.ZoneInfo(key='America/New_York'), zoneinfo.ZoneInfo(key='America/New_York'))
    """
    for place in _ENDS.finditer(tzid[:100]):
        if "/" in (end := tzid[place.end() : 100]) and (found := zone_in_any_case(end)):
            return found
    near = nearest_zone(same_name(tzid)[:100])
    is_so = "/" in tzid or tzid.isupper() or tzid.casefold() == near.rpartition("/")[2].casefold()
    with suppress(BadValue):
        return zone(near) if near and is_so else None
    return None


def offsets_named(tzid: str) -> Offsets:
    """The offset that is all a name says: ``GMT+01:00``.

    >>> [str(offset) for offset in offsets_named("UTC+5:30")], offsets_named("Berlin")
    (['5:30:00'], frozenset())
    """
    found = _ONLY_AN_OFFSET.fullmatch(same_name(tzid))
    return offset_of(f"{found[1]}{int(found[2]):02}{found[3] or '00'}") if found else frozenset()


def same_name(tzid: str) -> str:
    r"""A TZID as a parameter and as a property of VTIMEZONE: without quotes and escapes.

    >>> same_name(r'"(UTC+01:00) Berlin\, Bern"')
    '(UTC+01:00) Berlin, Bern'
    """
    return re.sub(r"\\(.)", r"\1", tzid[:_LONGEST]).strip().strip('"').strip()


def _forms(name: str) -> Iterator[str]:
    """The names it may be an IANA zone by, the likeliest first."""
    yield name
    bare = name.replace("’", "'")
    shown = found[1] if (found := _SHOWN.fullmatch(bare)) else bare
    for each in (shown, _SEASON.sub("Standard ", shown), _AGAIN.sub("", shown), shown.replace(" / ", ", ")):
        yield windows().get(each.casefold(), "")
    yield name.replace(" ", "_")
    yield name.replace("-", "/", 1)
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
def windows() -> Mapping[str, str]:
    """Windows' names and what it shows for them, without regard to case; icalendar knows the CLDR's pairs."""
    table = _cldr() | _NEWER_WINDOWS_ZONES | _AS_WINDOWS_SHOWS_THEM | _IN_OTHER_LANGUAGES
    return {name.casefold(): zone for name, zone in table.items()}


def main_zones() -> tuple[ZoneInfo, ...]:
    """One zone for each clock that Windows tells apart, those of the largest cities first."""
    places = sorted({*_LARGEST, *_cldr().values()}, key=lambda name: (_rank(name), name))
    return tuple(map(ZoneInfo, (name for name in places if name.partition("/")[0] not in {"Etc", "UTC"})))


_LARGEST = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix",
    "America/Toronto", "America/Sao_Paulo", "America/Mexico_City", "Europe/London", "Europe/Berlin",
    "Europe/Paris", "Europe/Madrid", "Europe/Stockholm", "Europe/Helsinki", "Europe/Athens", "Europe/Istanbul",
    "Europe/Moscow", "Africa/Lagos", "Africa/Johannesburg", "Asia/Dubai", "Asia/Kolkata", "Asia/Singapore",
    "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland",
)  # fmt: skip


def _rank(name: str) -> int:
    return _LARGEST.index(name) if name in _LARGEST else len(_LARGEST)


def _cldr() -> dict[str, str]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415  # heavy, and few files need it

    return dict(WINDOWS_TO_OLSON)

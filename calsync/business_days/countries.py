"""The country of an employer: as the record says, or worked out from its zone, its number, or the settings.

The zones and names are a table made from tzdata and CLDR (``country_table``). The
country of a phone number takes a library to know, so it is handed in.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Literal

import msgspec

from calsync.business_days.country_table import NAMES, ZONES
from calsync.domain.interview import Interview
from calsync.domain.preferences import Preferences

__all__ = [
    "NO_COUNTRY",
    "CountryOfNumber",
    "CountrySource",
    "EmployerCountry",
    "assumed_country",
    "country_of_zone",
    "employer_country",
    "employer_place",
    "find_country",
    "home_place",
    "no_number",
]

NO_COUNTRY = "none"
"""What a record or the settings say for an employer who is in no country, or one that is not to be assumed."""

CountrySource = Literal["record", "timezone", "phone", "settings", "settings-timezone"]
CountryOfNumber = Callable[[str], str]
"""From a phone number as it was given to its country's code; "" where it tells none."""

_CODE = re.compile("[A-Z]{2}")


class EmployerCountry(msgspec.Struct, frozen=True):
    """A country's code and region, "" for none, and what it was taken from.

    ``number`` is the country of the phone number where that is another than the zone's.
    """

    code: str
    source: CountrySource | None
    region: str = ""
    number: str = ""

    @property
    def place(self) -> tuple[str, str]:
        """The country and region."""
        return self.code, self.region


def no_number(_: str) -> str:
    """Knows the country of no number."""
    return ""


def employer_country(
    interview: Interview, preferences: Preferences, country_of_number: CountryOfNumber = no_number
) -> EmployerCountry:
    """The first that is known: the record's, that of the zone it names, of its number, of the settings, of their zone.

    ``none`` in the record is no country; in the settings it says that nothing is to be assumed.
    The region is the record's, or that of the settings where the countries agree.
    """
    if interview.country and not interview.zone_assumed:
        return _in_region(_code(interview.country), "record", interview, preferences)
    zone = country_of_zone(interview.timezone)
    number = country_of_number(interview.phone) if interview.phone.lstrip().startswith("+") else ""
    other = number if zone and number != zone else ""
    if interview.country:
        return _in_region(_code(interview.country), "record", interview, preferences, other)
    code, source = assumed_country("" if interview.zone_assumed else interview.timezone, number, preferences)
    return _in_region(code, source, interview, preferences, other if code else "")


def _in_region(
    code: str, source: CountrySource | None, interview: Interview, preferences: Preferences, number: str = ""
) -> EmployerCountry:
    region = interview.region
    if not region and code and preferences.region:
        home, home_region = home_place(preferences)
        region = home_region if code == home else ""
    return EmployerCountry(code, source, region, number)


def assumed_country(zone: str, number: str, preferences: Preferences) -> tuple[str, CountrySource | None]:
    """What is taken where a record says no country, and from what.

    ``zone`` is the one that the record names, ``number`` the country of its phone number; "" for neither.
    """
    if preferences.country == NO_COUNTRY:
        return "", "settings"
    sources: tuple[tuple[str, CountrySource], ...] = (
        (country_of_zone(zone), "timezone"),
        (number, "phone"),
        (_code(preferences.country), "settings"),
        (country_of_zone(preferences.zone.key), "settings-timezone"),
    )
    return next(((code, source) for code, source in sources if code), ("", None))


def employer_place(
    interview: Interview, preferences: Preferences, country_of_number: CountryOfNumber = no_number
) -> tuple[str, str]:
    """The employer's country and region."""
    return employer_country(interview, preferences, country_of_number).place


def home_place(preferences: Preferences) -> tuple[str, str]:
    """The country and region of the settings; without a country that of their zone."""
    home = _code(preferences.country) if preferences.country else country_of_zone(preferences.zone.key)
    return home, preferences.region if home else ""


def country_of_zone(zone: str) -> str:
    """The code of the country that a zone is in; "" for one that is in none.

    >>> country_of_zone("Europe/Berlin"), country_of_zone("US/Eastern"), country_of_zone("UTC")
    ('DE', 'US', '')
    """
    return _countries_of_zones().get(zone, "")


def find_country(text: str) -> str:
    """The code of a country by its code, its three letters or its name; "" for a name that is not known.

    >>> [find_country(each) for each in ("us", "UK", "GBR", "Deutschland", "Atlantis")]
    ['US', 'GB', 'GB', 'DE', '']
    """
    plain = _plain(text)
    if found := _countries_of_names().get(plain):
        return found
    return text.strip().upper() if _CODE.fullmatch(text.strip().upper()) else ""


def _code(country: str) -> str:
    if _CODE.fullmatch(country) and country != "UK":
        return country
    return "" if country.lower() == NO_COUNTRY else find_country(country) or country


@cache
def _countries_of_zones() -> dict[str, str]:
    return {zone: code for code, zones in ZONES.items() for zone in zones.split()}


@cache
def _countries_of_names() -> dict[str, str]:
    return {_plain(name): code for code, names in NAMES.items() for name in names.split("|")}


def _plain(name: str) -> str:
    """A name without capitals, dots and doubled spaces."""
    return " ".join(name.casefold().replace(".", "").split())

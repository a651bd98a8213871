"""Weekends and public holidays of every country and region, from the package ``holidays``.

The package knows days observed on another day, weekends that are worked in
lieu, and weekends that moved over the years. It takes a while to import, so it
is imported when first asked; ``calsync.holiday_cache`` remembers its answers.
"""

import re
import warnings
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from calsync.business_days.country_table import NAMES
from calsync.business_days.employer import PublicYear
from calsync.errors import BadValue
from calsync.phrase import phrase

if TYPE_CHECKING:
    from holidays import HolidayBase

__all__ = ["plain_year", "public_year"]

_CODE = re.compile(r"[A-Z]{2,3}")
_WEEKEND = frozenset({5, 6})
_ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=4096)
def public_year(country: str, region: str, year: int, language: str = "en") -> PublicYear:
    """The closed days of ``year``; no country means Saturdays and Sundays, and no holidays.

    Holidays are named in ``language`` where the package knows those names, else in English.
    Raises BadValue for a country or region the package does not know, naming the nearest.
    """
    if not country:
        return plain_year(year)
    known = _country(country, region, year, language)
    with warnings.catch_warnings():
        # Some countries warn about years beyond their sources; their weekends still hold.
        warnings.simplefilter("ignore")
        days = list(_days(year))
        weekends = {day for day in days if known.is_weekend(day)}
    # Asking is_working_day for each day gives the same, at three times the cost of what is asked of the package here.
    named, worked = dict(known.items()), known.weekend_workdays
    closed = [day for day in days if (day not in worked if day in weekends else day in named)]
    weekend = frozenset(day.weekday() for day in days[-7:] if day in weekends)
    return PublicYear(weekend, {day: named.get(day) or "" for day in closed})


@lru_cache(maxsize=256)
def plain_year(year: int) -> PublicYear:
    """A year of Saturdays and Sundays."""
    return PublicYear(_WEEKEND, {day: "" for day in _days(year) if day.weekday() in _WEEKEND})


def _country(country: str, region: str, year: int, language: str) -> "HolidayBase":
    holidays = _package()
    if not _CODE.fullmatch(country):  # the package would take the name of any class in it
        raise _unknown(country, region)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            named_in = _named_in(holidays.country_holidays(country), language)
            found: HolidayBase = holidays.country_holidays(
                country, subdiv=region or None, years=year, language=named_in
            )
        except (NotImplementedError, KeyError):  # what the package raises for a place that it does not have
            raise _unknown(country, region) from None
    return found


def _package() -> Any:
    import holidays  # noqa: PLC0415  # some 250 countries: only when one is needed

    return holidays


def _named_in(known: "HolidayBase", language: str) -> str | None:
    """The package's name for ``language``, or for English: left alone, it would ask the machine's own (``LANG``)."""
    asked = (language, f"{language}_", "en_US", "en_")
    found = [each for want in asked for each in known.supported_languages if each.startswith(want)]
    return found[0] if found else known.default_language


def _near_names(country: str, countries: Collection[str]) -> list[str]:
    """The countries whose names or codes are nearest to what was typed; a code of two letters is near to none but itself."""
    if country.upper() in countries:
        return [country.upper()]
    names = {
        name.casefold(): (code, name) for code in countries for name in NAMES.get(code, "").split("|") if name
    }
    typed = country.casefold()
    if len(typed) <= _CODE_LETTERS:
        return []
    near = [name for name in names if name.startswith(typed)] or get_close_matches(typed, names, 3, 0.65)
    found = dict(names[name] for name in reversed(near))
    return [f"{code} ({name})" for code, name in reversed(found.items())][:3]


_CODE_LETTERS = 2


def _unknown(country: str, region: str) -> BadValue:
    countries = _package().list_supported_countries(include_aliases=True)
    if country not in countries:
        near = _near_names(country, countries)
        remedy = (
            phrase("try {near}", near=", ".join(near)) if near else phrase("use a code like US, GB or DE")
        )
        return BadValue(
            phrase("no country {country!r}", country=country),
            where="country",
            remedy=remedy,
            code="CS-DAY-003",
        )
    regions = countries[country]
    near = get_close_matches(region.upper(), regions, 3, 0.3) or regions[:5]
    remedy = (
        phrase("try {near}", near=", ".join(near))
        if near
        else phrase("leave it empty: {country} has none", country=country)
    )
    return BadValue(
        phrase("{country} has no region {region!r}", country=country, region=region),
        where="region",
        remedy=remedy,
        code="CS-DAY-004",
    )


def _days(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += _ONE_DAY

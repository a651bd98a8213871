"""Business days: closures, calendars made of them, and the public holidays of every country.

No clock and no disk: the holidays come as a function (``PublicDays``), so a
cache or a table of one's own can stand in for the package.
"""

from calsync.business_days.calendar import BusinessCalendar, Closed, Closure
from calsync.business_days.countries import (
    NO_COUNTRY,
    CountryOfNumber,
    EmployerCountry,
    assumed_country,
    country_of_zone,
    employer_country,
    employer_place,
    find_country,
    home_place,
    no_number,
)
from calsync.business_days.employer import EmployerCalendars, PublicDays, PublicYear, employer_calendars
from calsync.business_days.holidays import plain_year, public_year

__all__ = [
    "NO_COUNTRY",
    "BusinessCalendar",
    "Closed",
    "Closure",
    "CountryOfNumber",
    "EmployerCalendars",
    "EmployerCountry",
    "PublicDays",
    "PublicYear",
    "assumed_country",
    "country_of_zone",
    "employer_calendars",
    "employer_country",
    "employer_place",
    "find_country",
    "home_place",
    "no_number",
    "plain_year",
    "public_year",
]

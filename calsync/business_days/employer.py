"""The calendars of one employer: counting for business days, landing for follow-ups.

They are not the same. A Monday kept free still counts as a business day; a bridge
day and a contact's fortnight away do too. Only where a follow-up may land do they
matter. See "Why two calendars?" in DESIGN.md.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import cache

import msgspec

from calsync.business_days.calendar import (
    BusinessCalendar,
    Closed,
    Closure,
    away,
    bridge_days,
    closures,
    holiday_eves,
    kept_free,
    monday_like,
    year_end,
)
from calsync.domain.preferences import QUIET_DAYS, QuietDays
from calsync.domain.times import Period

__all__ = ["EmployerCalendars", "PublicDays", "PublicYear", "employer_calendars", "first_weekday"]

_SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)
_MONDAY, _SUNDAY = 0, 6
_WEEKEND = Closed("weekend")
_OTHER_FEASTS = ("PK", "TW")
"""Countries in which 25 December is a public holiday, and not for Christmas."""


class PublicYear(msgspec.Struct, frozen=True):
    """The closed days of one year in one country and region.

    ``closed`` maps each to the holiday's name, or to "" for a weekend day;
    ``weekend`` are the weekdays of the weekend (Monday is 0) as the year ends.
    """

    weekend: frozenset[int]
    closed: Mapping[date, str]


PublicDays = Callable[[str, str, int], PublicYear]
"""From country, region (both may be empty) and year to the closed days of that year."""


class EmployerCalendars(msgspec.Struct, frozen=True):
    """``counting`` counts business days; ``calls`` and ``emails`` say where one may land.

    ``eve`` names the days on whose afternoons nobody is called.
    """

    counting: BusinessCalendar
    calls: BusinessCalendar
    emails: BusinessCalendar
    eve: Closure

    def with_away(self, periods: Sequence[Period]) -> "EmployerCalendars":
        """The same employer, with the contact away; counting does not change."""
        if not periods:
            return self
        absent = away(periods)
        return EmployerCalendars(
            self.counting,
            BusinessCalendar(self.counting.why_closed, absent, self.calls.why_closed),
            BusinessCalendar(self.counting.why_closed, absent, self.emails.why_closed),
            self.eve,
        )


def employer_calendars(
    country: str,
    region: str,
    *,
    public_days: PublicDays,
    company_closures: Sequence[Period] = (),
    kept: Collection[int] | None = None,
    mondays_too: bool = False,
    quiet_days: Collection[QuietDays] = QUIET_DAYS,
) -> EmployerCalendars:
    """The calendars of an employer in ``country`` and ``region``.

    ``kept`` are the weekdays without calls; None stands for the first weekday
    of the country's working week. ``mondays_too`` also keeps the open day after
    a closed Monday free. Without a country there are no ``quiet_days``.
    """

    @cache
    def year(number: int) -> PublicYear:
        return public_days(country, region, number)

    @cache
    def kept_in(number: int) -> Collection[int]:
        return kept if kept is not None else first_weekday(year(number).weekend)

    def public(day: date) -> Closed | None:
        name = year(day.year).closed.get(day)
        return None if name is None else Closed("holiday", name) if name else _WEEKEND

    def kept_weekdays(day: date) -> Collection[int]:
        return kept_in(day.year)

    def weekend(day: date) -> Collection[int]:
        return year(day.year).weekend

    def has_christmas(number: int) -> bool:
        return country not in _OTHER_FEASTS and bool(year(number).closed.get(date(number, 12, 25)))

    counting = BusinessCalendar(public, *([closures(company_closures)] if company_closures else []))
    closed = counting.why_closed
    wanted = quiet_days if country else ()
    quiet: dict[str, Closure] = {
        "bridge-days": bridge_days(closed, weekend),
        "year-end": year_end(closed, has_christmas),
    }
    emails = [closed, *(closure for name, closure in quiet.items() if name in wanted)]
    calls = [*emails, kept_free(kept_weekdays)]
    if mondays_too:
        calls.append(monday_like(closed, kept_weekdays))
    return EmployerCalendars(
        counting,
        BusinessCalendar(*calls),
        BusinessCalendar(*emails) if len(emails) > 1 else counting,
        BusinessCalendar(*([holiday_eves(closed, weekend)] if "holiday-eves" in wanted else [])).why_closed,
    )


def first_weekday(weekend: Collection[int]) -> tuple[int, ...]:
    """The first weekday of the working week, the busiest one (002-07); Monday is 0.

    Monday where Sunday is closed and Monday is not, else the first open weekday
    from Sunday on that follows a closed one: Sunday in Israel, Saturday in Iran.

    >>> first_weekday({5, 6}), first_weekday({4, 5}), first_weekday({4}), first_weekday({4, 6})
    ((0,), (6,), (5,), (0,))
    """
    if not weekend or (_SUNDAY in weekend and _MONDAY not in weekend):
        return (_MONDAY,)
    return tuple(day for day in _SUNDAY_FIRST if day not in weekend and (day - 1) % 7 in weekend)[:1]

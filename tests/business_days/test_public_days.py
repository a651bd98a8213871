"""Weekends and holidays of every country and region, for ten years, as the package ``holidays`` has them.

Every country is checked in every year; of the regions a sample, with CI=true
all of them.
"""

import os
import warnings
from datetime import date, timedelta
from itertools import combinations

import holidays
import pytest

from calsync.business_days import employer_calendars, plain_year, public_year
from calsync.business_days.employer import first_weekday
from calsync.domain import Period
from calsync.errors import BadValue
from tests import dates as d

YEARS = range(2020, 2030)
COUNTRIES = holidays.list_supported_countries(include_aliases=False)
REGIONS = [(country, region) for country, regions in sorted(COUNTRIES.items()) for region in regions]
SAMPLE = REGIONS if os.environ.get("CI") == "true" else REGIONS[::22]
ONE_DAY = timedelta(days=1)
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def _days(year):
    day = date(year, 1, 1)
    return [day + n * ONE_DAY for n in range((date(year + 1, 1, 1) - day).days)]


def _wrong_days(country, region, years):
    """The days on which we and the package, asked for all years at once, are of two minds."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some countries warn about years beyond their sources
        known = holidays.country_holidays(country, subdiv=region or None, years=years, language="en_US")
        return [
            day
            for year in years
            for day in _days(year)
            if known.is_working_day(day) is (day in public_year(country, region, year).closed)
        ]


@pytest.mark.usefixtures("unmeasured")
@pytest.mark.parametrize("country", sorted(COUNTRIES))
def test_no_day_of_any_country_is_wrong_in_ten_years(country):
    assert _wrong_days(country, "", YEARS) == []


@pytest.mark.usefixtures("unmeasured")
@pytest.mark.parametrize(("country", "region"), SAMPLE)
def test_no_day_of_any_region_is_wrong_in_ten_years(country, region):
    assert _wrong_days(country, region, YEARS) == []


@pytest.mark.parametrize("country", sorted(COUNTRIES))
def test_a_business_day_of_every_country_has_a_next_and_a_tenth(country):
    counting = employer_calendars(country, "", public_days=public_year).counting
    for day in (d.WED_2025_12_31, d.THU_2026_01_01, d.SAT_2028_02_26):
        in_a_loop = day
        for count in range(1, 11):
            in_a_loop += ONE_DAY
            while not counting.is_open(in_a_loop):
                in_a_loop += ONE_DAY
            assert counting.add(day, count) == in_a_loop


@pytest.mark.parametrize(
    ("country", "region", "day", "name"),
    [
        ("US", "", d.FRI_2026_07_03, "Independence Day (observed)"),
        ("US", "", d.THU_2026_11_26, "Thanksgiving Day"),
        ("US", "HI", d.THU_2026_06_11, "Kamehameha Day"),
        ("DE", "BY", d.THU_2026_06_04, "Corpus Christi"),
        ("GB", "SCT", d.FRI_2026_01_02, "New Year Holiday"),
        ("GB", "SCT", d.MON_2026_11_30, "Saint Andrew's Day"),
        ("JP", "", d.TUE_2026_09_22, "National Holiday"),
    ],
)
def test_a_holiday_is_known_by_its_english_name(country, region, day, name):
    assert name.casefold() in public_year(country, region, day.year).closed[day].casefold()


@pytest.mark.parametrize(
    ("country", "day"),
    [("CN", d.SAT_2026_10_10), ("CN", d.SUN_2026_09_20), ("HU", d.SAT_2026_08_08), ("HU", d.SAT_2026_01_10)],
)
def test_a_weekend_day_that_is_worked_in_lieu_is_open(country, day):
    assert day not in public_year(country, "", day.year).closed
    assert day + 7 * ONE_DAY in public_year(country, "", day.year).closed


@pytest.mark.parametrize(
    ("country", "year", "weekend"),
    [
        ("US", 2026, {SAT, SUN}),
        ("IL", 2026, {FRI, SAT}),
        ("IR", 2026, {FRI}),
        ("BN", 2026, {FRI, SUN}),
        ("AE", 2021, {FRI, SAT}),
        ("AE", 2022, {SAT, SUN}),
        ("EG", 2026, {FRI, SAT}),
        ("", 2026, {SAT, SUN}),
    ],
)
def test_weekends_are_those_of_the_country_and_the_year(country, year, weekend):
    assert public_year(country, "", year).weekend == weekend


def test_a_plain_year_has_weekends_and_nothing_else():
    closed = plain_year(2024).closed
    assert len(closed) == 104
    assert set(closed.values()) == {""}
    assert d.SUN_2024_12_29 in closed
    assert d.WED_2024_12_25 not in closed
    assert public_year("", "", 2024) == plain_year(2024)


@pytest.mark.parametrize(
    ("country", "told"),
    [
        ("XX", "no country 'XX'; use a code like|no country 'XX'; try"),
        ("USS", "try US"),
        ("us", "try US"),
        ("United States", "no country 'United States'"),
        ("UnitedStates", "no country 'UnitedStates'"),
        ("HolidayBase", "no country 'HolidayBase'"),
        ("__init__", "no country '__init__'"),
        ("../../etc", r"no country '\.\./\.\./etc'"),
        ("\x00", "no country"),
    ],
)
def test_a_country_that_is_none_is_refused_with_the_nearest(country, told):
    with pytest.raises(BadValue, match=told) as refused:
        public_year(country, "", 2026)
    assert (refused.value.code, refused.value.where) == ("CS-DAY-003", "country")


@pytest.mark.parametrize(
    ("country", "region", "told"),
    [
        ("DE", "BAY", "DE has no region 'BAY'; try BY"),
        ("US", "ZZ", "US has no region 'ZZ'; try"),
        ("DE", "..", r"DE has no region '\.\.'; try"),
        ("MC", "X", "MC has no region 'X'; leave it empty: MC has none"),
    ],
)
def test_a_region_that_is_none_is_refused_with_the_nearest(country, region, told):
    with pytest.raises(BadValue, match=told) as refused:
        public_year(country, region, 2026)
    assert (refused.value.code, refused.value.where) == ("CS-DAY-004", "region")


def _first_said_again(weekend):
    """Monday where Sunday is closed and Monday is not, else the first open day that follows a closed one."""
    if not weekend or (SUN in weekend and MON not in weekend):
        return (MON,)
    week = (SUN, MON, TUE, WED, THU, FRI, SAT)
    return next(((day,) for day in week if day not in weekend and (day - 1) % 7 in weekend), ())


@pytest.mark.parametrize(
    "weekend", [weekend for size in range(8) for weekend in combinations(range(7), size)], ids=str
)
def test_the_first_weekday_of_every_week_there_could_be(weekend):
    assert first_weekday(weekend) == _first_said_again(set(weekend))


@pytest.mark.parametrize(
    ("country", "year", "weekday"),
    [
        ("US", 2026, MON),
        ("IL", 2026, SUN),
        ("IR", 2026, SAT),
        ("BN", 2026, MON),
        ("AE", 2026, MON),
        ("AE", 2021, SUN),
    ],
)
def test_the_weekday_kept_free_by_default_is_the_first_of_the_working_week(country, year, weekday):
    calls = employer_calendars(country, "", public_days=public_year).calls
    kept = {
        day.weekday() for day in _days(year) if (why := calls.why_closed(day)) and why.kind == "kept-free"
    }
    assert kept == {weekday}


def test_counting_and_landing_differ_in_what_is_kept_free_and_in_who_is_away():
    employer = employer_calendars(
        "US", "", public_days=public_year, company_closures=(Period(d.WED_2026_11_18, d.WED_2026_11_18),)
    ).with_away((Period(d.THU_2026_11_19, d.THU_2026_11_19),))
    week = [d.MON_2026_11_16 + n * ONE_DAY for n in range(7)]
    assert [day for day in week if employer.counting.is_open(day)] == [week[0], week[1], week[3], week[4]]
    assert [day for day in week if employer.emails.is_open(day)] == [week[0], week[1], week[4]]
    assert [day for day in week if employer.calls.is_open(day)] == [week[1], week[4]]


def test_nobody_away_changes_nothing():
    employer = employer_calendars("US", "", public_days=public_year)
    assert employer.with_away(()) is employer


@pytest.mark.parametrize("year", [1990, 2000, 2099, 2100])
def test_the_ends_of_the_calendar_are_known(year):
    assert date(year, 1, 1) in public_year("US", "", year).closed
    assert public_year("US", "", year).weekend == {SAT, SUN}

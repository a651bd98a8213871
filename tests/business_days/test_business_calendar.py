"""A business calendar counts open days as a plain loop would, and knows why a day is closed."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from calsync.business_days import BusinessCalendar, Closed
from calsync.business_days.calendar import away, closures, kept_free, monday_like
from calsync.domain import Period
from calsync.errors import BadValue
from tests import dates as d

ONE_DAY = timedelta(days=1)
WEEKEND = Closed("weekend")

days = st.dates(date(2019, 12, 1), date(2029, 1, 31))
some_closures = st.lists(
    st.tuples(days, st.integers(0, 40)).map(lambda each: Period(each[0], each[0] + each[1] * ONE_DAY)),
    max_size=6,
).map(tuple)


def _weekend(day):
    return WEEKEND if day.weekday() > 4 else None


def _naive(calendar, day, count):
    step = ONE_DAY if count > 0 else -ONE_DAY
    for _ in range(abs(count)):
        day += step
        while not calendar.is_open(day):
            day += step
    return day


@given(some_closures, st.lists(st.tuples(days, st.integers(-40, 60)), min_size=1, max_size=8))
@example((), [(d.WED_2024_02_28, 1), (d.THU_2024_02_29, 1)])
@example((), [(d.MON_2029_01_01, 3), (d.MON_2020_01_06, 250), (d.WED_2025_12_31, 1), (d.THU_2026_01_01, -1)])
def test_the_nth_open_day_is_the_one_a_plain_loop_finds(periods, asked):
    # One calendar for all: the table it keeps grows with what is asked, in whatever order.
    calendar = BusinessCalendar(_weekend, closures(periods))
    for day, count in asked:
        assert calendar.add(day, count) == _naive(calendar, day, count)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (d.FRI_2026_07_10, 0, d.FRI_2026_07_10),
        (d.SAT_2026_07_11, 0, d.SAT_2026_07_11),
        (d.FRI_2026_07_10, 1, d.MON_2026_07_13),
        (d.SAT_2026_07_11, 1, d.MON_2026_07_13),
        (d.SUN_2026_07_12, 2, d.TUE_2026_07_14),
        (d.WED_2024_02_28, 1, d.THU_2024_02_29),
        (d.THU_2024_02_29, 1, d.FRI_2024_03_01),
        (d.FRI_2023_02_24, 3, d.WED_2023_03_01),
        (d.THU_2026_12_31, 1, d.FRI_2027_01_01),
        (d.FRI_2027_12_31, 1, d.MON_2028_01_03),
        (d.SAT_2028_01_01, 1, d.MON_2028_01_03),
        (d.MON_2026_01_05, 260, d.MON_2027_01_04),
        (d.MON_2026_01_05, 522, d.WED_2028_01_05),
        (d.MON_2026_07_13, -1, d.FRI_2026_07_10),
        (d.SUN_2026_07_12, -1, d.FRI_2026_07_10),
        (d.FRI_2027_01_01, -2, d.WED_2026_12_30),
    ],
)
def test_business_days_are_counted_from_open_and_closed_days_alike(day, count, expected):
    assert BusinessCalendar(_weekend).add(day, count) == expected


def test_a_year_asked_for_first_does_not_hide_the_years_before_it():
    calendar = BusinessCalendar(_weekend)
    assert calendar.add(d.FRI_2030_12_27, 1) == d.MON_2030_12_30
    assert calendar.add(d.FRI_2026_07_10, 1) == d.MON_2026_07_13
    assert calendar.add(d.FRI_2030_12_27, 2) == d.TUE_2030_12_31


@pytest.mark.parametrize("count", [1, 10, -1])
def test_closures_that_leave_no_open_day_are_an_error_and_no_endless_search(count):
    calendar = BusinessCalendar(_weekend, closures((Period(d.FRI_2016_01_01, d.MON_2035_12_31),)))
    with pytest.raises(BadValue, match=r"no business day within 4 years .*; shorten the closures") as refused:
        calendar.add(d.FRI_2026_07_10, count)
    assert refused.value.code == "CS-DAY-002"


def test_an_open_day_after_two_closed_years_is_found():
    calendar = BusinessCalendar(_weekend, closures((Period(d.SAT_2026_07_11, d.FRI_2028_07_14),)))
    assert calendar.add(d.FRI_2026_07_10, 1) == d.MON_2028_07_17


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (d.FRI_2026_07_10, None),
        (d.SAT_2026_07_11, "weekend"),
        (d.MON_2026_07_13, "closure"),
        (d.TUE_2026_07_14, "away"),
        (d.WED_2026_07_15, "kept-free"),
        (d.SUN_2026_07_12, "weekend"),
    ],
)
def test_the_first_closure_that_objects_gives_the_reason(day, why):
    calendar = BusinessCalendar(
        _weekend,
        closures((Period(d.SUN_2026_07_12, d.MON_2026_07_13),)),
        away((Period(d.MON_2026_07_13, d.TUE_2026_07_14),)),
        kept_free(lambda _: {2, 6}),
    )
    closed = calendar.why_closed(day)
    assert (closed.kind if closed else None) == why
    assert calendar.is_open(day) is (why is None)
    assert calendar.why_closed(day) == closed  # the same when asked again


def test_calendars_add_up():
    counting = BusinessCalendar(_weekend)
    landing = BusinessCalendar(counting.why_closed, away((Period(d.MON_2026_07_13, d.MON_2026_07_13),)))
    assert counting.add(d.FRI_2026_07_10, 1) == d.MON_2026_07_13
    assert landing.add(d.FRI_2026_07_10, 1) == d.TUE_2026_07_14


@pytest.mark.parametrize(
    ("closed", "kept", "day", "alike"),
    [
        ("2026-09-07", {0}, d.TUE_2026_09_08, True),
        ("2026-09-07", {0}, d.WED_2026_09_09, False),
        ("2026-09-08", {0}, d.WED_2026_09_09, False),
        ("2026-09-07..2026-09-09", {0}, d.THU_2026_09_10, True),
        ("2026-09-07", set(), d.TUE_2026_09_08, False),
        ("2026-09-11", {4}, d.MON_2026_09_14, True),
        ("2026-09-07", {0}, d.MON_2026_09_07, False),
        ("0001-01-01..2026-09-07", set(), d.TUE_2026_09_08, False),
        ("0001-01-01..2026-09-09", {1}, d.THU_2026_09_10, True),
    ],
)
def test_the_day_after_a_run_of_closed_days_with_a_kept_weekday_is_like_it(closed, kept, day, alike):
    counting = BusinessCalendar(_weekend, closures((Period.parse(closed),)))
    found = monday_like(counting.why_closed, lambda _: kept)(day)
    assert (found == Closed("monday-like")) is alike
    assert (found is None) is not alike

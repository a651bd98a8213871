"""Times on the wall: none that there is not, the first of two, and lengths of real time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calsync.planner.clock import at_minute, clock_change, later, round_up
from tests import dates as d
from tests.builders import interview
from tests.dates import at

ZONES = sorted(
    zone for zone in available_timezones() if "/" in zone and not zone.startswith(("posix", "right"))
)
QUARTER, DAY = timedelta(minutes=15), timedelta(days=1)


def _changes(zone, first=2020, last=2037):
    """The days of these years on which the clocks of a zone change."""
    day = datetime(first, 1, 1, tzinfo=UTC)
    while day.year <= last:
        if day.astimezone(zone).utcoffset() != (day + DAY).astimezone(zone).utcoffset():
            yield day.astimezone(zone).date()
            yield (day + DAY).astimezone(zone).date()
        day += DAY


def _wall(moment):
    return moment.replace(tzinfo=None, fold=0)


@pytest.mark.parametrize(
    "name",
    [
        *("America/New_York", "America/Havana", "America/St_Johns", "Europe/Berlin", "Africa/Cairo"),
        *("Africa/Casablanca", "Asia/Beirut", "Asia/Tehran", "Australia/Lord_Howe", "Pacific/Chatham"),
        "Antarctica/Troll",
    ],
)
def test_no_quarter_hour_of_a_day_of_change_is_one_that_there_is_not(name):
    zone = ZoneInfo(name)
    for day in set(_changes(zone, 2024, 2028)):
        for minute in range(0, 1440, 15):
            start = at_minute(day, minute, zone)
            again = start.astimezone(UTC).astimezone(zone)
            assert _wall(start) == _wall(again)
            wanted = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001  # the wall's
            assert _wall(start) >= wanted
            assert start.fold == 0
            assert bool(clock_change(day, minute, start)) is (
                _wall(start) != wanted or start.utcoffset() != start.replace(fold=1).utcoffset()
            )


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2020, 1, 1), datetime(2037, 12, 31)),  # noqa: DTZ001  # made aware below
    st.integers(1, 1500),
)
def test_later_is_real_time_and_a_time_that_there_is(name, moment, minutes):
    start = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(name))
    end = later(start, minutes)
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(minutes=minutes)
    assert _wall(end) == _wall(end.astimezone(UTC).astimezone(end.tzinfo))
    assert end.tzinfo is start.tzinfo


@given(st.sampled_from(ZONES), st.datetimes(datetime(2020, 1, 1), datetime(2037, 12, 31)))  # noqa: DTZ001  # as above
def test_rounding_up_is_to_the_next_quarter_of_the_wall(name, moment):
    start = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(name))
    rounded = round_up(start)
    assert (rounded.minute % 15, rounded.second, rounded.microsecond) == (0, 0, 0)
    assert timedelta() <= rounded.astimezone(UTC) - start.astimezone(UTC) < QUARTER
    assert _wall(rounded) == _wall(rounded.astimezone(UTC).astimezone(rounded.tzinfo))


# On Sunday 8 March 2026 New York goes from 02:00 to 03:00, on 1 November from 02:00 back to 01:00.
@pytest.mark.parametrize(
    ("start", "minutes", "wall", "hours_from_utc"),
    [
        (at(d.SUN_2026_03_08, "01:45"), 15, "03:00", -4),
        (at(d.SUN_2026_03_08, "01:50"), 15, "03:05", -4),
        (at(d.SUN_2026_03_08, "01:30"), 15, "01:45", -5),
        (at(d.SUN_2026_11_01, "00:50"), 15, "01:05", -4),
        (at(d.SUN_2026_11_01, "01:50"), 15, "01:05", -5),
        (at(d.SUN_2026_11_01, "01:50").replace(fold=1), 15, "02:05", -5),
        (at(d.SUN_2026_11_01, "01:30").replace(fold=1), 15, "01:45", -5),
        (at(d.SAT_2026_03_07, "12:00"), 1440, "13:00", -4),
    ],
)
def test_lengths_over_a_change_of_the_clocks(start, minutes, wall, hours_from_utc):
    end = later(start, minutes)
    assert f"{end:%H:%M}" == wall
    assert end.utcoffset() == timedelta(hours=hours_from_utc)
    record = interview(start=start, minutes=minutes)
    assert (f"{record.end:%H:%M}", record.end.utcoffset()) == (wall, end.utcoffset())


@pytest.mark.parametrize(
    ("moment", "wall"),
    [
        (at(d.SUN_2026_03_08, "01:50"), "03:00"),
        (at(d.SUN_2026_03_08, "01:45"), "01:45"),
        (at(d.SUN_2026_11_01, "01:50"), "01:00"),
        (at(d.SUN_2026_11_01, "01:50").replace(fold=1), "02:00"),
        (at(d.TUE_2026_11_24, "09:00").replace(second=1), "09:15"),
        (at(d.TUE_2026_11_24, "23:59"), "00:00"),
    ],
)
def test_rounding_up_over_a_change_of_the_clocks(moment, wall):
    assert f"{round_up(moment):%H:%M}" == wall


def test_the_end_of_a_day_is_the_next_midnight():
    assert at_minute(d.TUE_2026_11_24, 1440, ZoneInfo("UTC")) == datetime(2026, 11, 25, tzinfo=UTC)
    assert at_minute(date(2026, 12, 31), 1440, ZoneInfo("UTC")).year == 2027

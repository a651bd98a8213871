from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from dateutil import parser
from hypothesis import given
from hypothesis import strategies as st

from calsync.errors import BadValue
from calsync.intake.dates import day, day_or_moment, echo, moment, written
from tests.dates import BERLIN, NEW_YORK, TOKYO

NOV_24 = date(2026, 11, 24)
ZONES = st.sampled_from(
    [NEW_YORK, BERLIN, TOKYO, ZoneInfo("Asia/Kathmandu"), ZoneInfo("Australia/Lord_Howe")]
)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2026-11-24 14:00", "14:00:00"),
        ("2026-11-24T14:00", "14:00:00"),
        ("2026-11-24t14:00:30", "14:00:30"),
        ("2026-11-24T14:00:30.250", "14:00:30"),
        ("2026-11-24 14:00-05:00", "14:00:00"),
        ("2026-11-24T19:00Z", "14:00:00"),
        ("2026-11-24 20:00 +0100", "14:00:00"),
        ("  2026-11-24   14:00 ", "14:00:00"),
        ("'2026-11-24 14:00", "14:00:00"),
        ("2026-11-24\xa014:00", "14:00:00"),
        ("2026-11-24 9:05", "09:05:00"),
        ("2026/11/24 14:00", "14:00:00"),
        ("2026.11.24 14:00", "14:00:00"),
        ("24/11/2026 14:00", "14:00:00"),
        ("11/24/2026 14:00", "14:00:00"),
        ("24.11.2026 14:00", "14:00:00"),
        ("24-11-2026 14:00", "14:00:00"),
        ("24.11.2026, 14:00", "14:00:00"),
        ("11/24/2026 2:00 PM", "14:00:00"),
        ("11/24/2026 02:00:15 p.m.", "14:00:15"),
        ("11/24/2026 12:30 am", "00:30:00"),
        ("11/24/2026 12:30 pm", "12:30:00"),
        ("24 November 2026 14:00", "14:00:00"),
        ("November 24, 2026 at 2:00 pm", "14:00:00"),
        ("Nov 24th, 2026 at 2pm", "14:00:00"),
        ("24-Nov-2026 14:00", "14:00:00"),
        ("24. Nov. 2026 14:00", "14:00:00"),
        ("Tue, 24 Nov 2026 14:00:00 -0500", "14:00:00"),
        ("Tuesday the 24th of November 2026, 2 PM", "14:00:00"),
        ("2026 Nov 24 14:00", "14:00:00"),
        ("24 NOV 2026 19:00 UTC", "14:00:00"),
    ],
)
def test_a_time_is_read_in_every_form_that_means_one_thing(text, clock):
    found = moment(text, NEW_YORK)
    assert (found.date(), found.time().isoformat(), found.tzinfo) == (NOV_24, clock, NEW_YORK)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "03/04/2026 14:00",
            (
                "'03/04/2026' can be read two ways, 3 April 2026 or 4 March 2026; "
                "write 2026-04-03 or 2026-03-04. (CS-REC-006)"
            ),
        ),
        ("2026-11-24", "'2026-11-24' has no time of day; add it, like 2026-11-24 14:00. (CS-REC-007)"),
        (
            "24/11/26 14:00",
            "the year in '24/11/26' has two digits; write it in full, like 2026-11-24 14:00. (CS-REC-007)",
        ),
        (
            "24 Nov 26 14:00",
            "the year in '24 Nov 26' has two digits; write it in full, like 2026-11-24 14:00. (CS-REC-007)",
        ),
        ("24 Nov 14:00", "'24 Nov' has no year; write it like 2026-11-24 14:00. (CS-REC-007)"),
        ("24.11. 14:00", "'24.11.' has no year; write it like 2026-11-24 14:00. (CS-REC-007)"),
        ("November 2026", "'November 2026' has no day; write it like 2026-11-24 14:00. (CS-REC-007)"),
        ("14:00", "'14:00' has no day; write it like 2026-11-24 14:00. (CS-REC-007)"),
        (
            "2026-02-30 14:00",
            "'2026-02-30' is not a day of the calendar; write it like 2026-11-24 14:00. (CS-REC-005)",
        ),
        (
            "30/02/2026 14:00",
            "'30/02/2026' is not a day of the calendar; write it like 2026-11-24 14:00. (CS-REC-005)",
        ),
        (
            "2026-24-11 14:00",
            "'2026-24-11' is not a day of the calendar; write it like 2026-11-24 14:00. (CS-REC-005)",
        ),
        (
            "2026-11-24 24:00",
            "'2026-11-24 24:00' has no such hour; write it like 2026-11-24 14:00. (CS-REC-005)",
        ),
        (
            "2026-11-24 14:00 pm",
            "'2026-11-24 14:00 pm' has no such hour; write it like 2026-11-24 14:00. (CS-REC-005)",
        ),
        ("2026-11-24 14:00+25:00", "'+25:00' is not an offset from UTC; write it like -05:00. (CS-REC-005)"),
        (
            "2026-11-24 14:00 EST",
            (
                "EST in '2026-11-24 14:00 EST' means one of several zones: America/New_York, America/Panama, Australia/Sydney; "
                "leave it out and name the time zone by itself, like America/New_York. (CS-REC-005)"
            ),
        ),
        (
            "24 Nov 2026 EST 14:00",
            (
                "EST in '24 Nov 2026 EST 14:00' means one of several zones: America/New_York, America/Panama, Australia/Sydney; "
                "leave it out and name the time zone by itself, like America/New_York. (CS-REC-005)"
            ),
        ),
        (
            "Mon 24 Nov 2026 14:00",
            (
                "'Mon 24 Nov 2026' names the wrong weekday: 24 November 2026 is a Tuesday; "
                "write the day that is meant, like 2026-11-24. (CS-REC-008)"
            ),
        ),
        (
            "46350.5833",
            (
                "'46350.5833' is a spreadsheet's own number for a day; "
                "format the column as text or as yyyy-mm-dd hh:mm and save again. (CS-REC-005)"
            ),
        ),
        (
            "1889-11-24 14:00",
            "the year of '1889-11-24 14:00' is out of range; use 1990 to 2099. (CS-REC-009)",
        ),
        (
            "9999-12-31T23:59-14:00",
            "the year of '9999-12-31T23:59-14:00' is out of range; use 1990 to 2099. (CS-REC-009)",
        ),
        ("next Tuesday", "'next Tuesday' is not a date; write it like 2026-11-24 14:00. (CS-REC-005)"),
        ("", "'' has no day; write it like 2026-11-24 14:00. (CS-REC-007)"),
        ("٢٠٢٦-11-24 14:00", "'٢٠٢٦-11-24' is not a date; write it like 2026-11-24 14:00. (CS-REC-005)"),
    ],
)
def test_a_time_that_may_mean_something_else_is_refused_with_what_to_write(text, message):
    with pytest.raises(BadValue) as refused:
        moment(text, NEW_YORK)
    assert str(refused.value) == message


@pytest.mark.parametrize("text", ["2026-11-24", "24 November 2026", "24/11/2026", "2026-11-24 00:00:00"])
def test_a_day_is_read_without_a_time(text):
    assert day(text) == NOV_24


def test_a_day_with_a_time_is_more_than_a_day():
    with pytest.raises(
        BadValue, match="'2026-11-24 17:00' is more than a day; leave the time out: 2026-11-24"
    ):
        day("2026-11-24 17:00")


def test_what_was_agreed_is_a_day_or_a_time():
    assert day_or_moment("24.11.2026", NEW_YORK) == NOV_24
    assert day_or_moment("24.11.2026 15:30", NEW_YORK) == datetime(2026, 11, 24, 15, 30, tzinfo=NEW_YORK)


def test_an_offset_is_turned_into_the_employers_zone():
    assert echo(moment("2026-11-24T23:30-08:00", TOKYO)) == "Wed 25 Nov 2026 16:30 Asia/Tokyo"


def test_a_time_left_out_in_spring_moves_forward_by_the_gap_and_says_so():
    said = []
    found = moment("2026-03-08 02:30", NEW_YORK, said)
    assert found.isoformat() == "2026-03-08T03:30:00-04:00"
    assert said == [
        "Sun 8 Mar 2026 02:30 America/New_York does not exist, clocks go forward then: taken as 03:30"
    ]


def test_a_time_that_autumn_brings_twice_means_the_first_and_says_so():
    said = []
    found = moment("2026-11-01 01:30", NEW_YORK, said)
    assert (found.isoformat(), found.fold) == ("2026-11-01T01:30:00-04:00", 0)
    assert said == [
        "Sun 1 Nov 2026 01:30 America/New_York comes twice, clocks go back then: taken as the first"
    ]


def test_the_second_of_two_equal_times_is_written_with_its_offset():
    second = moment("2026-11-01 01:30-05:00", NEW_YORK)
    assert (second.fold, written(second)) == (1, "2026-11-01 01:30-05:00")
    assert written(moment("2026-11-01 01:30", NEW_YORK)) == "2026-11-01 01:30"


def test_an_ordinary_time_and_one_with_an_offset_say_nothing():
    said = []
    moment("2026-11-24 14:00", NEW_YORK, said)
    moment("2026-11-01 01:30-05:00", NEW_YORK, said)
    assert not said


@given(st.datetimes(datetime(1991, 1, 1), datetime(2098, 12, 31), timezones=st.just(UTC)), ZONES)  # noqa: DTZ001  # the zone is beside them
def test_what_is_written_reads_as_the_same_moment(instant, zone):
    local = instant.replace(microsecond=0).astimezone(zone)
    again = moment(written(local), zone)
    assert (again, again.fold, again.astimezone(UTC)) == (local, local.fold, local.astimezone(UTC))


@given(st.datetimes(datetime(1991, 1, 1), datetime(2098, 12, 31)), ZONES)  # noqa: DTZ001  # wall times
def test_every_wall_time_becomes_one_that_a_clock_shows(wall, zone):
    found = moment(wall.isoformat(" ", "seconds"), zone)
    assert found.astimezone(UTC).astimezone(zone) == found
    assert found.replace(tzinfo=None) >= wall.replace(microsecond=0)


FORMS = [
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %I:%M %p",
    "%d.%m.%Y %H:%M",
    "%d %B %Y %H:%M",
    "%b %d, %Y %I:%M %p",
    "%a %d-%b-%Y %H:%M",
]


@given(st.datetimes(datetime(1991, 1, 1), datetime(2098, 12, 31)), st.sampled_from(FORMS))  # noqa: DTZ001
def test_what_is_read_is_what_dateutil_reads_whichever_way_round_it_is_told(wall, form):
    text = wall.strftime(form)
    orders = (True,) if "." in form else (True, False)  # dots are always day first
    ways = {parser.parse(text, dayfirst=day_first) for day_first in orders}
    if len(ways) > 1:
        with pytest.raises(BadValue, match="two ways"):
            moment(text, NEW_YORK)
    else:
        assert day_or_moment(text, ZoneInfo("UTC")).replace(tzinfo=None) in ways

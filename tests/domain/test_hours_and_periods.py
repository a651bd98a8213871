"""Hours, weekly hours, weekdays, periods and spans: what is read, and what is refused with a remedy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calsync.domain import Hours, Period, Span, WeeklyHours
from calsync.domain.times import parse_day, parse_periods, parse_weekday, parse_weekly_hours
from calsync.errors import BadValue
from tests import dates as d

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


@pytest.mark.parametrize(
    ("text", "opens", "closes"),
    [
        ("09:00-17:00", 540, 1020),
        ("9-17", 540, 1020),
        (" 9:15 - 17:45 ", 555, 1065),
        ("09:00–17:00", 540, 1020),
        ("00:00-24:00", 0, 1440),
        ("23:59-24:00", 1439, 1440),
    ],
)
def test_hours_are_read(text, opens, closes):
    assert Hours.parse(text) == Hours(opens, closes)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "9",
        "09:00",
        "09:00-",
        "17:00-09:00",
        "09:00-09:00",
        "22:00-06:00",
        "09:00-24:15",
        "9:60-10",
        "25-26",
        "a-b",
    ],
)
def test_hours_that_do_not_run_forward_within_one_day_are_refused(text):
    with pytest.raises(BadValue, match=r"09:00-17:00") as refused:
        Hours.parse(text)
    assert refused.value.code == "CS-VAL-010"


@given(st.integers(0, 1439).flatmap(lambda opens: st.tuples(st.just(opens), st.integers(opens + 1, 1440))))
def test_hours_read_back_as_they_are_written(bounds):
    hours = Hours(*bounds)
    assert Hours.parse(str(hours)) == hours


@given(
    st.builds(Hours, st.integers(0, 700), st.integers(701, 1440)), st.integers(0, 1439), st.integers(1, 60)
)
def test_what_hours_contain_and_overlap_is_what_their_minutes_say(hours, minute, length):
    theirs = set(range(hours.opens, hours.closes))
    asked = set(range(minute, minute + length))
    assert hours.contains(minute, length) is (asked <= theirs)
    assert hours.overlaps(minute, length) is bool(asked & theirs)


@pytest.mark.parametrize(
    ("text", "weekday"),
    [("Mon", MON), ("tuesday", TUE), ("we", WED), ("Thurs", THU), ("fri.", FRI), (" SAT ", SAT), ("Su", SUN)],
)
def test_a_weekday_is_read_from_two_letters_on(text, weekday):
    assert parse_weekday(text) == weekday


@pytest.mark.parametrize("text", ["", "M", "T", "Mo-Tu", "Montag", "Tus", "Sundays", "1"])
def test_what_is_no_weekday_is_refused(text):
    with pytest.raises(BadValue, match="is not a weekday; write Mon, Tue"):
        parse_weekday(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" ; ", []),
        ("09:00-11:00", [(range(7), 540, 660)]),
        ("Mon-Fri 09:00-11:00; Wed 14:00-15:00", [(range(5), 540, 660), ([WED], 840, 900)]),
        ("Mon,Wed,Fri 9-11", [([MON, WED, FRI], 540, 660)]),
        ("Fri-Mon 9-11", [([MON, FRI, SAT, SUN], 540, 660)]),
        ("Sat–Sun 9–11", [([SAT, SUN], 540, 660)]),
        ("Mon-Tue, Sat 9-11", [([MON, TUE, SAT], 540, 660)]),
        ("Wed-Wed 9-11", [([WED], 540, 660)]),
        ("Wed,Mon 9-11", [([MON, WED], 540, 660)]),
    ],
)
def test_weekly_hours_are_read(text, expected):
    assert parse_weekly_hours(text) == tuple(
        WeeklyHours(tuple(weekdays), Hours(opens, closes)) for weekdays, opens, closes in expected
    )


@pytest.mark.parametrize(
    "text", ["Mon", "Mon 9", "Mon 11-9", "Foo 9-11", "Mon-Foo 9-11", "Mon,, 9-11", "Mon 9-11 Tue"]
)
def test_weekly_hours_that_cannot_be_read_are_refused(text):
    with pytest.raises(BadValue):
        parse_weekly_hours(text)


@given(st.lists(st.integers(0, 6), min_size=1, unique=True), st.integers(0, 700), st.integers(701, 1440))
def test_weekly_hours_read_back_as_they_are_written(weekdays, opens, closes):
    hours = WeeklyHours(tuple(sorted(weekdays)), Hours(opens, closes))
    assert parse_weekly_hours(str(hours)) == (hours,)


@pytest.mark.parametrize("text", ["2026-11-24", " 2026-11-24 "])
def test_a_day_is_read(text):
    assert parse_day(text) == d.TUE_2026_11_24


@pytest.mark.parametrize(
    "text",
    ["", "2026-02-29", "2026-13-01", "24.11.2026", "20261124", "2026-W48-2", "tomorrow", "２０２６-11-24"],
)
def test_what_is_no_day_of_the_calendar_is_refused(text):
    with pytest.raises(BadValue, match="is not a day of the calendar; write it like 2026-11-24"):
        parse_day(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-08-03..2026-08-16", d.MON_2026_08_03, d.SUN_2026_08_16),
        ("2026-08-03 .. 2026-08-16", d.MON_2026_08_03, d.SUN_2026_08_16),
        ("2026-08-03", d.MON_2026_08_03, d.MON_2026_08_03),
        ("2024-02-29..2024-03-01", d.THU_2024_02_29, d.FRI_2024_03_01),
    ],
)
def test_a_period_is_read_and_holds_both_its_ends(text, first, last):
    period = Period.parse(text)
    assert (period.first, period.last) == (first, last)
    assert first in period
    assert last in period
    assert d.SUN_2026_08_02 not in period
    assert d.MON_2026_08_17 not in period
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    "text", ["", "..", "2026-08-03..", "..2026-08-03", "2026-08-03...2026-08-16", "2026-08-03-2026"]
)
def test_a_period_that_cannot_be_read_is_refused(text):
    with pytest.raises(BadValue, match="is not a day of the calendar"):
        Period.parse(text)


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(BadValue, match="ends before it begins; write the earlier day first") as refused:
        Period.parse("2026-08-16..2026-08-03")
    assert refused.value.code == "CS-VAL-021"


def test_several_periods_are_read():
    assert [str(period) for period in parse_periods("2026-08-03..2026-08-16; 2026-09-07;")] == [
        "2026-08-03..2026-08-16",
        "2026-09-07",
    ]


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("3 days", 3, "days"),
        ("1 day", 1, "days"),
        ("0 days", 0, "days"),
        ("3days", 3, "days"),
        ("  3   calendar   days ", 3, "days"),
        ("5 business days", 5, "business_days"),
        ("5 Working Days", 5, "business_days"),
        ("2 weeks", 14, "days"),
        ("1 WEEK", 7, "days"),
        ("2 business weeks", 10, "business_days"),
    ],
)
def test_a_span_is_read(text, count, unit):
    assert Span.parse(text) == Span(count, unit)


@pytest.mark.parametrize(
    "text", ["", "soon", "3", "days", "3 months", "-3 days", "3.5 days", "3 or 4 days", "3 bd"]
)
def test_what_is_no_span_is_refused(text):
    with pytest.raises(BadValue, match="neither a date nor a span of days; write 2026-11-24, 3 days"):
        Span.parse(text)


@pytest.mark.parametrize(
    ("count", "told"),
    [(733, "733 days is more than two years"), (-1, "-1 days is before the interview")],
)
def test_a_span_is_at_most_two_years_and_not_negative(count, told):
    with pytest.raises(BadValue, match=told):
        Span(count)
    assert Span(732).count == 732


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (Span(1), "1 day"),
        (Span(3), "3 days"),
        (Span(1, "business_days"), "1 business day"),
        (Span(0), "0 days"),
    ],
)
def test_a_span_is_written_as_it_is_read(span, text):
    assert str(span) == text
    assert Span.parse(text) == span

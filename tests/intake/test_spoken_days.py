"""Days as people say them, English and German: one reading, or a refusal that names both; what is read reads back."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calsync.errors import BadValue
from calsync.intake.dates import day, day_or_moment
from calsync.intake.spoken_days import absolute, in_english, span
from tests.dates import NEW_YORK

TUE = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("today", "2026-11-24"), ("heute", "2026-11-24"), ("tomorrow", "2026-11-25"), ("morgen", "2026-11-25"),
        ("day after tomorrow", "2026-11-26"), ("übermorgen", "2026-11-26"), ("yesterday", "2026-11-23"),
        ("gestern", "2026-11-23"), ("vorgestern", "2026-11-22"),
        ("friday", "2026-11-27"), ("Fri", "2026-11-27"), ("this friday", "2026-11-27"), ("on friday", "2026-11-27"),
        ("Freitag", "2026-11-27"), ("am Freitag", "2026-11-27"), ("diesen Freitag", "2026-11-27"),
        ("tuesday", "2026-12-01"), ("next tuesday", "2026-12-01"), ("next monday", "2026-11-30"),
        ("nächsten Montag", "2026-11-30"), ("last friday", "2026-11-20"), ("letzten Freitag", "2026-11-20"),
        ("in 3 days", "2026-11-27"), ("3 days", "2026-11-27"), ("in two weeks", "2026-12-08"), ("in a week", "2026-12-01"),
        ("in 1 week", "2026-12-01"), ("in 3 Tagen", "2026-11-27"), ("in zwei Wochen", "2026-12-08"),
        ("in einer Woche", "2026-12-01"), ("3 Tage", "2026-11-27"),
        ("nov 25", "2026-11-25"), ("nov 24", "2027-11-24"), ("24 Nov", "2027-11-24"), ("1st of December", "2026-12-01"),
        ("December 1st", "2026-12-01"), ("1. Dezember", "2026-12-01"), ("1.12.", "2026-12-01"), ("jan 4", "2027-01-04"),
        ("29 Feb", "2028-02-29"), ("tue 1 dec", "2026-12-01"), ("Di., 1. Dezember", "2026-12-01"),
        ("Dienstag 1. Dez.", "2026-12-01"),
    ],
)  # fmt: skip
def test_a_day_is_read(said, read):
    assert absolute(said, TUE) == read
    assert str(day(absolute(said.upper(), TUE))) == read


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("fri 14:00", "2026-11-27 14:00"), ("friday 2pm", "2026-11-27 14:00"), ("friday at 2 p.m.", "2026-11-27 14:00"),
        ("tomorrow noon", "2026-11-25 12:00"), ("nov 25 2:30 pm", "2026-11-25 14:30"), ("Freitag 14 Uhr", "2026-11-27 14:00"),
        ("Freitag um 14 Uhr", "2026-11-27 14:00"), ("Freitag, 14:30 Uhr", "2026-11-27 14:30"), ("morgen 9:30", "2026-11-25 09:30"),
        ("morgen um 9 Uhr", "2026-11-25 09:00"), ("in 3 days, 14:00", "2026-11-27 14:00"), ("1. Dezember 9 Uhr 15", "2026-12-01 09:15"),
        ("friday 14h", "2026-11-27 14:00"), ("friday 14", "2026-11-27 14:00"), ("mon 12am", "2026-11-30 00:00"),
        ("1.12. 14:00", "2026-12-01 14:00"),
    ],
)  # fmt: skip
def test_a_time_behind_it_too(said, read):
    assert absolute(said, TUE) == read


@pytest.mark.parametrize(
    ("said", "read"),
    [("friday", "2026-11-20"), ("tuesday", "2026-11-24"), ("nov 24", "2026-11-24"), ("nov 25", "2025-11-25"), ("dec 1", "2025-12-01")],
)  # fmt: skip
def test_of_what_has_happened_it_is_the_last_one(said, read):
    assert absolute(said, TUE, back=True) == read


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("next friday", "can be read two ways, Fri 27 November 2026 or Fri 4 December 2026"),
        ("nächsten Freitag", "can be read two ways"),
        ("mon 1 dec", "names the wrong weekday"),
        ("30 Feb", "is not a day of the calendar"),
        ("friday 9", "can mean morning or evening"),
        ("friday 25:00", "is no time"),
        ("friday 13pm", "is no time"),
        ("friday soon", "is no time"),
    ],
)
def test_what_can_mean_two_things_or_none_is_refused(said, told):
    with pytest.raises(BadValue, match=told):
        absolute(said, TUE)


@pytest.mark.parametrize(
    "text",
    ["2026-11-24", "24 Nov 2026", "Nov 24, 2026 2pm", "24.11.2026 14:00", "tue 24 nov 2026", "monthly", "mayor", "", "fri-day", "24.11.26"],
)  # fmt: skip
def test_what_has_its_year_or_is_no_day_is_left_as_it_is(text):
    assert absolute(text, TUE).lower().replace("tuesday", "tue").replace("november", "nov") == text.lower()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("24. November 2026", "2026-11-24"), ("Dienstag, 24. November 2026", "2026-11-24"), ("Di 24. Nov. 2026", "2026-11-24"),
        ("1. März 2027", "2027-03-01"), ("1. Jänner 2027", "2027-01-01"), ("3. Mai 2027", "2027-05-03"), ("1.12.2026", "2026-12-01"),
        ("24.11.2026 14 Uhr", "2026-11-24 14:00:00-05:00"), ("24. Dezember 2026, 14:30 Uhr", "2026-12-24 14:30:00-05:00"),
    ],
)  # fmt: skip
def test_german_dates_are_read_in_files_too(text, read):
    assert str(day_or_moment(text, NEW_YORK)) == read


@pytest.mark.parametrize(
    ("said", "read"),
    [("in 1 week", "1 week"), ("in two weeks", "2 weeks"), ("3 days", "3 days"), ("in drei Tagen", "3 days"), ("5 business days", None)],
)  # fmt: skip
def test_a_spoken_span_is_a_span_of_the_record(said, read):
    assert span(said) == read


@given(st.text(max_size=120))
def test_no_text_breaks_it(text):
    for read in (
        lambda: absolute(text, TUE),
        lambda: absolute(text, TUE, back=True),
        lambda: span(text),
        lambda: in_english(text),
    ):
        with suppress(BadValue):
            assert isinstance(read(), str | None)


@given(
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    st.sampled_from(["friday", "nov 24", "29 feb", "in 3 days", "heute", "1.12."]),
)
def test_a_day_to_come_is_to_come_and_a_day_that_was_has_been(today, said):
    assert date.fromisoformat(absolute(said, today)) >= today
    if said != "in 3 days":
        assert date.fromisoformat(absolute(said, today, back=True)) <= today

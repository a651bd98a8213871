"""The worked cases of the rules, each as its table gives it."""

from zoneinfo import ZoneInfo

from tests import dates as d
from tests.dates import at
from tests.planner.planning import clock, meeting, one, table

LONDON = ZoneInfo("Europe/London")


@table(
    ("interview", "settings", "day", "late"),
    (
        "balanced, seven business days, Monday kept free",
        meeting(d.THU_2026_11_12),
        {},
        d.TUE_2026_11_24,
        False,
    ),
    ("classic, a week", meeting(d.THU_2026_11_12, playbook="classic"), {}, d.THU_2026_11_19, False),
    (
        "prompt, nothing open by day 3",
        meeting(d.THU_2026_11_12, playbook="prompt"),
        {},
        d.TUE_2026_11_17,
        True,
    ),
    (
        "the article's own example",
        meeting(d.TUE_2026_09_01, decision=d.FRI_2026_09_11),
        {},
        d.TUE_2026_09_15,
        False,
    ),
    ("Labor Day", meeting(d.TUE_2026_09_01, decision=d.FRI_2026_09_04), {}, d.TUE_2026_09_08, False),
    (
        "Labor Day, the Tuesday like a Monday",
        meeting(d.TUE_2026_09_01, decision=d.FRI_2026_09_04),
        {"monday_like": True},
        d.WED_2026_09_09,
        False,
    ),
    (
        "three days, classic",
        meeting(d.WED_2026_06_03, decision="3 days", playbook="classic"),
        {},
        d.TUE_2026_06_09,
        False,
    ),
    (
        "closed between the years",
        meeting(d.WED_2026_12_16, decision=d.WED_2026_12_23),
        {"closures": "2026-12-24..2027-01-01"},
        d.TUE_2027_01_05,
        False,
    ),
    (
        "Independence Day observed",
        meeting(d.WED_2026_06_24, decision=d.THU_2026_07_02),
        {},
        d.TUE_2026_07_07,
        False,
    ),
    ("away", meeting(d.MON_2026_08_03, away="2026-08-10..2026-08-16"), {}, d.TUE_2026_08_18, True),
)
def test_the_status_call_is_early_on_the_day_the_table_gives(interview, settings, day, late):
    event = one(interview, **settings)
    assert clock(event) == ("call", day, "09:00")
    assert event.late is late


@table(
    ("interview", "expected"),
    (
        "ends at 15:20",
        meeting(d.FRI_2026_06_05, "14:20", playbook="warm-call"),
        ("call", d.FRI_2026_06_05, "16:30"),
    ),
    (
        "ends at 16:50",
        meeting(d.FRI_2026_06_05, "15:50", playbook="warm-call"),
        ("email", d.FRI_2026_06_05, "19:00"),
    ),
)
def test_a_warm_thank_you_on_a_friday(interview, expected):
    assert clock(one(interview, "thank-you")) == expected


@table(
    ("interview", "expected", "in_london"),
    (
        "four hours apart in that week of March",
        meeting(d.MON_2026_03_16, decision=d.MON_2026_03_23),
        at(d.TUE_2026_03_24, "09:00"),
        "13:00",
    ),
    (
        "five hours apart in April",
        meeting(d.MON_2026_04_13, decision=d.MON_2026_04_20),
        at(d.TUE_2026_04_21, "09:00"),
        "14:00",
    ),
)
def test_an_early_slot_in_new_york_seen_from_london(interview, expected, in_london):
    event = one(interview, zone=LONDON)
    assert event.start == expected
    assert clock(event, LONDON)[2] == in_london
    assert in_london in event.trace[-1].text


def test_the_early_bird_calls_late_on_the_eve_of_the_decision():
    event = one(meeting(d.WED_2026_10_07, decision=d.WED_2026_10_14, playbook="early-bird"))
    assert clock(event) == ("call", d.TUE_2026_10_13, "16:00")

"""The worked cases of the rules, each as its table gives it."""

from zoneinfo import ZoneInfo

from calsync.domain import Outcome
from calsync.planner import plan
from tests import dates as d
from tests.dates import at
from tests.planner.planning import clock, meeting, one, only, plan_of, preferences, rules, table

LONDON = ZoneInfo("Europe/London")
BERLIN = ZoneInfo("Europe/Berlin")


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


@table(
    ("interview", "settings", "expected", "late"),
    (
        "the day after Thanksgiving is a bridge day",
        meeting(d.THU_2026_11_12, decision=d.WED_2026_11_25),
        {},
        (d.TUE_2026_12_01, "09:00"),
        True,
    ),
    (
        "the eve of Thanksgiving has no afternoon",
        meeting(d.THU_2026_11_12, decision=d.TUE_2026_11_24, window="late"),
        {},
        (d.WED_2026_11_25, "09:00"),
        False,
    ),
    (
        "the eve of Christmas Eve is a day like any other",
        meeting(d.WED_2026_12_16, decision=d.TUE_2026_12_22, window="late"),
        {},
        (d.WED_2026_12_23, "16:00"),
        False,
    ),
    (
        "nothing lands between the years",
        meeting(d.WED_2026_12_16, decision=d.WED_2026_12_23),
        {},
        (d.TUE_2027_01_05, "09:00"),
        True,
    ),
    (
        "a bridge day in Bavaria",
        meeting(d.WED_2026_05_06, zone=BERLIN, country="DE", region="BY", decision=d.WED_2026_05_13),
        {},
        (d.TUE_2026_05_19, "09:00"),
        True,
    ),
)
def test_nobody_is_called_on_a_quiet_day(interview, settings, expected, late):
    event = one(interview, **settings)
    assert clock(event) == ("call", *expected)
    assert event.late is late


def test_an_eve_says_what_it_is_the_eve_of():
    event = one(meeting(d.THU_2026_11_12, decision=d.TUE_2026_11_24, window="late"))
    assert [each.text for each in event.trace if each.rule == "eve"] == [
        "Wed 25 Nov 2026 is the eve of Thanksgiving Day; a call comes before noon."
    ]


def test_a_bridge_day_is_passed_over_by_the_name_of_its_holiday():
    event = one(meeting(d.THU_2026_11_12, decision=d.WED_2026_11_25))
    assert rules(event) == [
        "decision", "channel", "offset", "bridge", "weekend", "weekend", "kept-free", "late", "slot"
    ]  # fmt: skip
    assert "Fri 27 Nov 2026 is a bridge day after Thanksgiving Day." in [each.text for each in event.trace]


def test_the_country_comes_from_the_zone_and_that_is_said():
    found = plan_of(meeting(d.THU_2026_11_12, country=""))
    assert clock(only(found, "status")) == ("call", d.TUE_2026_11_24, "09:00")
    assert (found.country, found.country_from) == ("US", "timezone")
    assert [note.text for note in found.notes] == [
        "US, taken from the time zone America/New_York. If they are elsewhere, set the country (or none)."
    ]


def test_the_country_comes_from_the_number_where_no_zone_was_named():
    interview = meeting(d.THU_2026_11_12, country="", phone="+49 30 1234567", zone_assumed=True)
    wishes = preferences(interview.zone, country="US")
    (found,) = plan([interview], wishes, country_of_number=lambda _: "DE")
    assert (found.country, found.country_from) == ("DE", "phone")
    assert [note.step for note in found.notes] == ["country", "timezone"]


TUE_24, WED_25 = at(d.TUE_2026_11_24, "09:05"), at(d.WED_2026_11_25, "09:05")


@table(
    ("result", "when", "more", "step", "expected"),
    (
        "reached",
        "reached",
        TUE_24,
        {"next": at(d.WED_2026_12_02, "14:00")},
        "second",
        (d.WED_2026_12_09, "09:00"),
    ),
    ("voicemail, before the eve", "voicemail", TUE_24, {}, "retry", (d.WED_2026_11_25, "09:00")),
    ("voicemail on the eve", "voicemail", WED_25, {}, "retry", (d.TUE_2026_12_01, "16:00")),
)
def test_what_was_logged_before_a_holiday(result, when, more, step, expected):
    log = [Outcome(interview="acme", result=result, at=when, **more)]
    interview = meeting(d.THU_2026_11_12)
    (found,) = plan([interview], preferences(interview.zone), outcomes=log, not_before=when)
    assert clock(only(found, step))[1:] == expected
    assert only(found, step).late is (when == WED_25)


def test_none_in_the_settings_assumes_nothing_and_has_nothing_to_say():
    found = plan_of(meeting(d.THU_2026_11_12, country="", decision=d.WED_2026_11_25), country="none")
    assert (found.country, found.country_from, found.notes) == ("", "settings", ())
    assert clock(only(found, "status")) == ("call", d.THU_2026_11_26, "09:00")
    assert plan_of(meeting(d.THU_2026_11_12, country="none")).country_from == "record"


def test_a_country_may_be_called_by_its_name():
    assert plan_of(meeting(d.THU_2026_11_12, country="Germany")).country == "DE"

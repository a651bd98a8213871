"""Early bird: the last good moment before they decide, and what becomes of it where there is none."""

from zoneinfo import ZoneInfo

from calsync.domain import replace
from calsync.playbooks import load
from tests import dates as d
from tests.dates import at
from tests.planner.planning import clock, meeting, one, only, plan_of, rules, said, table

NEW_YORK, KOLKATA = ZoneInfo("America/New_York"), ZoneInfo("Asia/Kolkata")


def _early_bird(met, decision, start="10:00", **keys):
    return meeting(met, start, decision=decision, playbook="early-bird", **keys)


# Monday 12 October 2026 is Columbus Day.
@table(
    ("interview", "settings", "expected"),
    (
        "late on the eve",
        _early_bird(d.WED_2026_10_07, d.WED_2026_10_14),
        {},
        ("call", d.TUE_2026_10_13, "16:00"),
    ),
    (
        "late on the eve, whatever hours are preferred",
        _early_bird(d.WED_2026_10_07, d.WED_2026_10_14, window="early"),
        {},
        ("call", d.TUE_2026_10_13, "16:00"),
    ),
    (
        "later in the late hour",
        _early_bird(d.WED_2026_10_07, d.WED_2026_10_14, busy="16:00-16:20"),
        {},
        ("call", d.TUE_2026_10_13, "16:30"),
    ),
    (
        "the eve is kept free: early on the day",
        _early_bird(d.WED_2026_10_07, d.TUE_2026_10_20),
        {},
        ("call", d.TUE_2026_10_20, "09:00"),
    ),
    (
        "the eve is a holiday: early on the day",
        _early_bird(d.WED_2026_10_07, d.TUE_2026_10_13),
        {},
        ("call", d.TUE_2026_10_13, "09:00"),
    ),
    (
        "the contact is away on the eve",
        _early_bird(d.WED_2026_10_07, d.THU_2026_10_15, away="2026-10-14"),
        {},
        ("call", d.THU_2026_10_15, "09:00"),
    ),
    (
        "the late hour is busy: early on the day",
        _early_bird(d.WED_2026_10_07, d.WED_2026_10_14, busy="16:00-17:00"),
        {},
        ("call", d.WED_2026_10_14, "09:00"),
    ),
    (
        "not in the middle of either day",
        _early_bird(d.WED_2026_10_07, d.THU_2026_10_15, busy="16:00-17:00; 09:00-10:00"),
        {},
        ("email", d.WED_2026_10_14, "09:00"),
    ),
    (
        "a Saturday: late on Friday",
        _early_bird(d.WED_2026_10_07, d.SAT_2026_10_17),
        {},
        ("call", d.FRI_2026_10_16, "16:00"),
    ),
    (
        "a Sunday: an email on Friday",
        _early_bird(d.WED_2026_10_07, d.SUN_2026_10_18),
        {},
        ("email", d.FRI_2026_10_16, "09:00"),
    ),
    (
        "a Monday kept free: an email on Friday",
        _early_bird(d.WED_2026_10_07, d.MON_2026_10_19),
        {},
        ("email", d.FRI_2026_10_16, "09:00"),
    ),
    (
        "a Monday that is not: a call that morning",
        _early_bird(d.WED_2026_10_07, d.MON_2026_10_19),
        {"kept_free": ""},
        ("call", d.MON_2026_10_19, "09:00"),
    ),
    (
        "a Monday after a Friday interview: an email that day",
        _early_bird(d.FRI_2026_10_02, d.MON_2026_10_05),
        {},
        ("email", d.MON_2026_10_05, "09:00"),
    ),
    (
        "by email: the eve",
        _early_bird(d.WED_2026_10_07, d.WED_2026_10_14, channel="email"),
        {},
        ("email", d.TUE_2026_10_13, "09:00"),
    ),
    (
        "by email: the last open day before",
        _early_bird(d.WED_2026_10_07, d.TUE_2026_10_13, channel="email"),
        {},
        ("email", d.FRI_2026_10_09, "09:00"),
    ),
    (
        "by email: back to the day after the interview",
        _early_bird(d.THU_2026_10_08, d.TUE_2026_10_13, channel="email"),
        {},
        ("email", d.FRI_2026_10_09, "09:00"),
    ),
    (
        "the day after the interview: early that day",
        _early_bird(d.TUE_2026_10_06, d.WED_2026_10_07),
        {},
        ("call", d.WED_2026_10_07, "09:00"),
    ),
    (
        "two days after: late on the day between",
        _early_bird(d.TUE_2026_10_06, d.THU_2026_10_08),
        {},
        ("call", d.WED_2026_10_07, "16:00"),
    ),
    (
        "thanked on the eve: not twice that day",
        _early_bird(d.TUE_2026_10_06, d.THU_2026_10_08, "19:00"),
        {},
        ("call", d.THU_2026_10_08, "09:00"),
    ),
)
def test_the_last_good_moment_before_they_decide(interview, settings, expected):
    event = one(interview, **settings)
    assert clock(event) == expected
    assert not event.late
    assert event.latest == interview.decision
    assert ("fallback" in rules(event)) is (expected[0] == "email" and interview.channel is None)


@table(
    ("interview", "expected"),
    ("they decide on the interview's day", _early_bird(d.WED_2026_10_07, d.WED_2026_10_07), d.THU_2026_10_08),
    (
        "they decide on the weekend after a Friday",
        _early_bird(d.FRI_2026_10_02, d.SUN_2026_10_04),
        d.TUE_2026_10_06,
    ),
    (
        "thanked on the day they decide",
        _early_bird(d.TUE_2026_10_06, d.WED_2026_10_07, "19:00"),
        d.THU_2026_10_08,
    ),
    (
        "away until after they decide, late then",
        _early_bird(d.TUE_2026_10_06, d.FRI_2026_10_09, away="2026-10-07..2026-10-12"),
        d.TUE_2026_10_13,
    ),
)
def test_where_nothing_reaches_them_in_time_it_waits_as_balanced_does(interview, expected):
    event = one(interview)
    assert clock(event) == ("call", expected, "09:00")
    assert "as in balanced" in said(event)
    assert "fallback" in rules(event)


def test_where_even_that_finds_no_call_it_is_an_email_after_the_decision():
    event = one(_early_bird(d.WED_2026_10_07, d.WED_2026_10_07, busy="09:00-17:00"))
    assert clock(event) == ("email", d.THU_2026_10_08, "09:00")
    assert rules(event).count("fallback") == 2


def test_without_a_decision_it_waits_a_week():
    plan = plan_of(meeting(d.WED_2026_10_07, "10:00", playbook="early-bird"))
    assert clock(only(plan, "status")) == ("call", d.WED_2026_10_14, "09:00")
    assert clock(only(plan, "second")) == ("email", d.WED_2026_10_21, "09:00")


@table(
    ("keys", "expected"),
    ("the decision day", {"decision": d.WED_2026_10_14}, d.WED_2026_10_21),
    (
        "the agreed day, where there is one",
        {"decision": d.WED_2026_10_14, "agreed": d.FRI_2026_10_16},
        d.FRI_2026_10_23,
    ),
)
def test_the_second_email_counts_from(keys, expected):
    plan = plan_of(meeting(d.WED_2026_10_07, "10:00", playbook="early-bird", **keys))
    assert clock(only(plan, "second")) == ("email", expected, "09:00")
    assert only(plan, "closing") is None


@table(
    ("floor", "expected", "overdue"),
    ("before the eve", at(d.MON_2026_10_12, "10:00"), ("call", d.TUE_2026_10_13, "16:00"), False),
    ("in the late hour", at(d.TUE_2026_10_13, "16:20"), ("call", d.TUE_2026_10_13, "16:30"), False),
    ("after the late hour", at(d.TUE_2026_10_13, "16:50"), ("call", d.WED_2026_10_14, "09:00"), False),
    (
        "on the day, in the early hour",
        at(d.WED_2026_10_14, "09:20"),
        ("call", d.WED_2026_10_14, "09:30"),
        False,
    ),
    ("on the day, after it", at(d.WED_2026_10_14, "10:00"), ("email", d.WED_2026_10_14, "10:00"), False),
    ("after they decided", at(d.FRI_2026_10_16, "10:00"), ("call", d.FRI_2026_10_16, "16:00"), True),
)
def test_under_a_floor_only_what_has_not_passed_is_looked_at(floor, expected, overdue):
    unthanked = replace(load("early-bird"), thank_you=None)
    interview = _early_bird(d.WED_2026_10_07, d.WED_2026_10_14)
    plan = plan_of(interview, not_before={"acme": floor}, playbook=unthanked)
    assert clock(only(plan, "status")) == expected
    assert only(plan, "status").overdue is overdue


def test_where_hours_never_meet_the_email_leaves_the_evening_before():
    interview = _early_bird(d.THU_2026_11_12, d.THU_2026_11_19, zone=KOLKATA, country="IN")
    assert clock(one(interview, zone=NEW_YORK), NEW_YORK) == ("email", d.TUE_2026_11_17, "20:45")

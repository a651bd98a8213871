"""A, the day or the time that the employer named: it is kept, and the reasons say what it overrules."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tests import dates as d
from tests.dates import at
from tests.planner.planning import clock, meeting, one, only, plan_of, rules, said, table

KOLKATA, NEW_YORK = ZoneInfo("Asia/Kolkata"), ZoneInfo("America/New_York")


@table(
    ("keys", "settings", "expected", "although"),
    ("an ordinary day", {"agreed": d.WED_2026_06_10}, {}, ("call", d.WED_2026_06_10, "09:00"), ""),
    (
        "a Monday",
        {"agreed": d.MON_2026_06_08},
        {},
        ("call", d.MON_2026_06_08, "09:00"),
        "kept free of calls, but",
    ),
    (
        "a holiday",
        {"agreed": d.FRI_2026_07_03},
        {},
        ("call", d.FRI_2026_07_03, "09:00"),
        "holiday (Independence Day (observed)), but it was agreed",
    ),
    ("a Saturday", {"agreed": d.SAT_2026_06_13}, {}, ("call", d.SAT_2026_06_13, "09:00"), "weekend day, but"),
    (
        "a company closure",
        {"agreed": d.WED_2026_06_10},
        {"closures": "2026-06-10"},
        ("call", d.WED_2026_06_10, "09:00"),
        "employer is closed, but",
    ),
    (
        "the contact's absence",
        {"agreed": d.WED_2026_06_10, "away": "2026-06-08..2026-06-12"},
        {},
        ("call", d.WED_2026_06_10, "09:00"),
        "contact is away, but",
    ),
    (
        "a Tuesday like a Monday",
        {"agreed": d.TUE_2026_09_08},
        {"monday_like": True},
        ("call", d.TUE_2026_09_08, "09:00"),
        "as busy as a day kept free of calls, but",
    ),
    (
        "a Monday, by email",
        {"agreed": d.MON_2026_06_08, "channel": "email"},
        {},
        ("email", d.MON_2026_06_08, "09:00"),
        "",
    ),
    (
        "a Sunday, by email",
        {"agreed": d.SUN_2026_06_14, "channel": "email"},
        {},
        ("email", d.SUN_2026_06_14, "09:00"),
        "weekend day, but",
    ),
    (
        "a day with its early hour taken",
        {"agreed": d.WED_2026_06_10, "busy": "Wed 09:00-10:00"},
        {},
        ("call", d.WED_2026_06_10, "16:00"),
        "",
    ),
    (
        "a day without any slot",
        {"agreed": d.WED_2026_06_10, "busy": "Wed 09:00-17:00"},
        {},
        ("call", d.WED_2026_06_10, "09:00"),
        "No quarter hour of that day suits everybody",
    ),
    (
        "a day without any slot, hours off the quarter",
        {"agreed": d.WED_2026_06_10, "busy": "Wed 09:00-17:00"},
        {"business_hours": "09:10-16:50"},
        ("call", d.WED_2026_06_10, "09:15"),
        "No quarter hour of that day suits everybody",
    ),
    (
        "the day after the interview",
        {"agreed": d.THU_2026_06_04},
        {},
        ("call", d.THU_2026_06_04, "09:00"),
        "",
    ),
    (
        "the interview's day: what is left of it",
        {"agreed": d.WED_2026_06_03},
        {},
        ("call", d.WED_2026_06_03, "16:00"),
        "",
    ),
    (
        "the interview's day, by email",
        {"agreed": d.WED_2026_06_03, "channel": "email"},
        {},
        ("email", d.WED_2026_06_03, "15:00"),
        "",
    ),
)
def test_an_agreed_day_is_kept(keys, settings, expected, although):
    event = one(meeting(d.WED_2026_06_03, "14:00", **keys), **settings)
    assert clock(event) == expected
    assert event.pinned
    assert not event.late
    assert (event.earliest, event.preferred, event.latest) == (keys["agreed"],) * 3
    assert "agreed" in rules(event)
    assert although in said(event)
    assert although or "but it was agreed" not in said(event)


@table(
    ("agreed", "keys", "expected"),
    ("on a quarter hour", at(d.WED_2026_06_10, "11:15"), {}, ("call", d.WED_2026_06_10, "11:15")),
    ("off the quarter hours", at(d.WED_2026_06_10, "15:10"), {}, ("call", d.WED_2026_06_10, "15:10")),
    ("after hours", at(d.WED_2026_06_10, "18:30"), {}, ("call", d.WED_2026_06_10, "18:30")),
    (
        "while busy",
        at(d.WED_2026_06_10, "10:00"),
        {"busy": "Wed 09:00-12:00"},
        ("call", d.WED_2026_06_10, "10:00"),
    ),
    ("on a Monday", at(d.MON_2026_06_08, "10:00"), {}, ("call", d.MON_2026_06_08, "10:00")),
    ("by email", at(d.WED_2026_06_10, "10:00"), {"channel": "email"}, ("email", d.WED_2026_06_10, "10:00")),
    ("later the same day", at(d.WED_2026_06_03, "16:45"), {}, ("call", d.WED_2026_06_03, "16:45")),
    (
        "said in another zone",
        datetime(2026, 6, 11, 1, 0, tzinfo=UTC),
        {},
        ("call", d.WED_2026_06_10, "21:00"),
    ),
)
def test_an_agreed_time_is_kept(agreed, keys, expected):
    event = one(meeting(d.WED_2026_06_03, "14:00", agreed=agreed, **keys))
    assert clock(event) == expected
    assert event.pinned
    assert event.timezone == "America/New_York"
    assert rules(event)[-1] == "pinned"


def test_with_an_agreed_day_and_a_decision_the_agreed_day_is_next_and_the_decision_is_not_used():
    interview = meeting(d.WED_2026_06_03, agreed=d.THU_2026_06_11, decision=d.FRI_2026_06_19)
    plan = plan_of(interview)
    assert plan.decision == d.FRI_2026_06_19
    assert clock(only(plan, "status")) == ("call", d.THU_2026_06_11, "09:00")
    assert clock(only(plan, "second")) == ("email", d.THU_2026_06_18, "09:00")
    assert "decision" not in rules(only(plan, "status"))


@table(
    ("agreed",),
    ("a day", d.WED_2026_06_10),
    ("a time", at(d.WED_2026_06_10, "18:30")),
    ("a time said in another zone, where it is the next day", datetime(2026, 6, 11, 1, 0, tzinfo=UTC)),
)
def test_the_second_email_counts_from_the_agreed_day_where_the_contact_is(agreed):
    event = one(meeting(d.WED_2026_06_03, agreed=agreed), "second")
    assert clock(event) == ("email", d.WED_2026_06_17, "09:00")
    assert "the agreed day" in event.trace[0].text


def test_an_agreed_day_makes_a_touch_even_where_the_playbook_has_none():
    event = one(meeting(d.WED_2026_06_03, playbook="warm-call", agreed=d.WED_2026_06_10))
    assert clock(event) == ("call", d.WED_2026_06_10, "09:00")


def test_on_an_agreed_day_whose_hours_never_meet_yours_an_email_leaves_the_evening_before():
    interview = meeting(
        d.THU_2026_11_12, zone=KOLKATA, country="IN", channel="email", agreed=d.WED_2026_11_18
    )
    event = one(interview, zone=NEW_YORK)
    assert clock(event, NEW_YORK) == ("email", d.TUE_2026_11_17, "20:45")


@table(
    ("agreed", "floor", "expected"),
    (
        "a day that has passed",
        d.WED_2026_06_10,
        at(d.THU_2026_06_11, "10:10"),
        ("call", d.THU_2026_06_11, "16:00"),
    ),
    (
        "a time that has passed",
        at(d.WED_2026_06_10, "11:00"),
        at(d.WED_2026_06_10, "12:00"),
        ("call", d.WED_2026_06_10, "16:00"),
    ),
    (
        "a day that has passed, over the weekend and the Monday",
        d.WED_2026_06_10,
        at(d.SAT_2026_06_13, "08:00"),
        ("call", d.TUE_2026_06_16, "09:00"),
    ),
)
def test_an_agreed_moment_that_has_passed_is_caught_up_with(agreed, floor, expected):
    event = one(meeting(d.WED_2026_06_03, agreed=agreed, playbook="prompt"), not_before=floor)
    assert clock(event) == expected
    assert event.overdue
    assert not event.pinned


def test_a_thank_you_that_goes_out_first_moves_it_on_and_it_stays_overdue():
    plan = plan_of(
        meeting(d.MON_2026_06_08, agreed=d.WED_2026_06_10), not_before=at(d.THU_2026_06_11, "10:10")
    )
    assert clock(only(plan, "thank-you")) == ("email", d.THU_2026_06_11, "10:15")
    assert clock(only(plan, "status")) == ("call", d.FRI_2026_06_12, "09:00")
    assert only(plan, "status").overdue


def test_on_the_agreed_day_itself_hours_that_have_passed_are_not_offered():
    interview = meeting(d.WED_2026_06_03, agreed=d.WED_2026_06_10)
    event = one(interview, not_before=at(d.WED_2026_06_10, "11:40"))
    assert clock(event) == ("call", d.WED_2026_06_10, "16:00")
    assert event.pinned
    assert not event.overdue


@table(
    ("interview", "floor", "expected"),
    (
        "the floor lies behind the last quarter hour",
        meeting(d.WED_2026_06_03, agreed=d.WED_2026_06_10),
        at(d.WED_2026_06_10, "16:50"),
        ("call", d.THU_2026_06_11, "09:00"),
    ),
    (
        "what is left after the floor is busy",
        meeting(d.WED_2026_06_03, agreed=d.WED_2026_06_10, busy="Wed 12:00-17:00"),
        at(d.WED_2026_06_10, "13:05"),
        ("call", d.WED_2026_06_10, "13:15"),
    ),
    (
        "the interview ends behind the last quarter hour",
        meeting(d.WED_2026_06_03, "15:50", agreed=d.WED_2026_06_03),
        None,
        ("call", d.WED_2026_06_03, "17:00"),
    ),
)
def test_an_agreed_day_is_never_before_the_interview_nor_before_what_has_passed(interview, floor, expected):
    assert clock(one(interview, not_before=floor)) == expected


def test_an_agreed_time_that_has_passed_is_told():
    event = one(
        meeting(d.WED_2026_06_03, agreed=at(d.WED_2026_06_10, "11:00"), playbook="prompt"),
        not_before=at(d.WED_2026_06_10, "12:00"),
    )
    assert "Wed 10 Jun 2026 11:00 has passed" in said(event)


def test_an_agreed_day_that_ends_within_the_interview_is_kept_on_the_next_one():
    call = one(meeting(d.WED_2026_06_03, start="23:00", agreed=d.WED_2026_06_03))
    assert (clock(call), call.pinned) == (("call", d.THU_2026_06_04, "09:00"), True)
    assert "Wed 3 Jun 2026 has passed" in said(call)

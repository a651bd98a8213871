"""Days that count and days to land on: weekends, holidays, closures, absences, weekdays kept free."""

from zoneinfo import ZoneInfo

from tests import dates as d
from tests.planner.planning import clock, meeting, one, only, plan_of, rules, said, table

SHANGHAI, BUDAPEST, JERUSALEM = (
    ZoneInfo("Asia/Shanghai"),
    ZoneInfo("Europe/Budapest"),
    ZoneInfo("Asia/Jerusalem"),
)
TEHRAN, BRUNEI, DUBAI = ZoneInfo("Asia/Tehran"), ZoneInfo("Asia/Brunei"), ZoneInfo("Asia/Dubai")
BERLIN, LONDON = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/London")


def _china(day, **keys):
    return meeting(day, zone=SHANGHAI, country="CN", **keys)


def _hungary(day, **keys):
    return meeting(day, zone=BUDAPEST, country="HU", **keys)


def _israel(day, **keys):
    return meeting(day, zone=JERUSALEM, country="IL", **keys)


def _iran(day, **keys):
    return meeting(day, zone=TEHRAN, country="IR", **keys)


def _brunei(day, **keys):
    return meeting(day, zone=BRUNEI, country="BN", **keys)


def _emirates(day, **keys):
    return meeting(day, zone=DUBAI, country="AE", **keys)


# D is the decision day; in balanced the call is due on the first business day after it.
@table(
    ("interview", "expected"),
    (
        "China: the week of the national day is closed",
        _china(d.WED_2026_09_23, decision=d.WED_2026_09_30),
        d.THU_2026_10_08,
    ),
    (
        "China: a Saturday worked in lieu is open",
        _china(d.WED_2026_09_23, decision=d.FRI_2026_10_09),
        d.SAT_2026_10_10,
    ),
    (
        "China: a Sunday worked in lieu is open",
        _china(d.WED_2026_09_09, decision=d.FRI_2026_09_18),
        d.SUN_2026_09_20,
    ),
    (
        "Hungary: a Saturday worked in lieu is open",
        _hungary(d.WED_2026_07_29, decision=d.FRI_2026_08_07),
        d.SAT_2026_08_08,
    ),
    (
        "Hungary: the day it was worked for is closed",
        _hungary(d.WED_2026_08_12, decision=d.WED_2026_08_19),
        d.TUE_2026_08_25,
    ),
    (
        "Israel: Friday and Saturday are closed, Sunday is kept free",
        _israel(d.WED_2026_06_03, decision=d.THU_2026_06_11),
        d.MON_2026_06_15,
    ),
    (
        "Israel: a Monday is like any other day",
        _israel(d.WED_2026_06_03, decision=d.SUN_2026_06_14),
        d.MON_2026_06_15,
    ),
    (
        "Iran: Friday is closed, Saturday is kept free",
        _iran(d.WED_2026_07_01, decision=d.THU_2026_07_09),
        d.SUN_2026_07_12,
    ),
    (
        "Brunei: Friday is closed, Saturday is open",
        _brunei(d.TUE_2026_07_21, decision=d.THU_2026_07_23),
        d.SAT_2026_07_25,
    ),
    (
        "Brunei: Sunday is closed, Monday is kept free",
        _brunei(d.TUE_2026_07_21, decision=d.SAT_2026_07_25),
        d.TUE_2026_07_28,
    ),
    (
        "Emirates: Saturday and Sunday since 2022, Monday is kept free",
        _emirates(d.WED_2026_07_01, decision=d.FRI_2026_07_10),
        d.TUE_2026_07_14,
    ),
    (
        "Emirates: Friday and Saturday in 2021, Sunday is kept free",
        _emirates(d.WED_2021_06_02, decision=d.THU_2021_06_10),
        d.MON_2021_06_14,
    ),
    (
        "Bavaria: Corpus Christi is closed, and the Friday after it a bridge day",
        meeting(d.WED_2026_05_27, zone=BERLIN, country="DE", region="BY", decision=d.WED_2026_06_03),
        d.TUE_2026_06_09,
    ),
    (
        "Berlin: the same day is open",
        meeting(d.WED_2026_05_27, zone=BERLIN, country="DE", region="BE", decision=d.WED_2026_06_03),
        d.THU_2026_06_04,
    ),
    (
        "England: a bank holiday in May",
        meeting(d.WED_2026_05_20, zone=LONDON, country="GB", region="ENG", decision=d.FRI_2026_05_22),
        d.TUE_2026_05_26,
    ),
    (
        "England: nothing lands between Christmas and New Year",
        meeting(d.WED_2026_12_16, zone=LONDON, country="GB", region="ENG", decision=d.THU_2026_12_24),
        d.TUE_2027_01_05,
    ),
    (
        "no country: Christmas is a day like any other",
        meeting(d.WED_2026_12_16, country="none", decision=d.THU_2026_12_24),
        d.FRI_2026_12_25,
    ),
    (
        "no country: Saturday and Sunday are closed, Monday is kept free",
        meeting(d.WED_2026_12_16, country="none", decision=d.FRI_2026_12_25),
        d.TUE_2026_12_29,
    ),
)
def test_a_call_lands_on_the_first_open_day_of_the_employers_country(interview, expected):
    assert clock(one(interview)) == ("call", expected, "09:00")


@table(
    ("interview", "settings", "expected"),
    ("Mondays count although they are kept free", {}, {}, d.TUE_2026_11_24),
    ("nothing is kept free", {}, {"kept_free": ""}, d.MON_2026_11_23),
    ("Tuesday is kept free instead", {}, {"kept_free": "Tue"}, d.MON_2026_11_23),
    ("Monday and Tuesday are kept free", {}, {"kept_free": "Mon Tue"}, d.WED_2026_11_25),
    ("a closure is not counted", {}, {"closures": "2026-11-16..2026-11-17"}, d.WED_2026_11_25),
    (
        "one closed day on the due day",
        {"decision": d.TUE_2026_11_17},
        {"closures": "2026-11-18"},
        d.THU_2026_11_19,
    ),
    ("away days are counted", {"away": "2026-11-16..2026-11-20"}, {}, d.TUE_2026_11_24),
    ("an away day is no day to land on", {"away": "2026-11-24"}, {}, d.WED_2026_11_25),
    ("two absences", {"away": "2026-11-24; 2026-11-25"}, {"quiet_days": ()}, d.FRI_2026_11_27),
    ("Thanksgiving is not counted", {"decision": d.WED_2026_11_25}, {"quiet_days": ()}, d.FRI_2026_11_27),
)
def test_what_counts_and_what_only_cannot_be_landed_on(interview, settings, expected):
    assert clock(one(meeting(d.THU_2026_11_12, **interview), **settings)) == ("call", expected, "09:00")


@table(
    ("interview", "settings", "expected"),
    (
        "the seventh business day is a Monday",
        meeting(d.THU_2026_11_12, channel="email"),
        {},
        d.MON_2026_11_23,
    ),
    (
        "a Sunday in Israel",
        _israel(d.WED_2026_06_03, decision=d.THU_2026_06_11, channel="email"),
        {},
        d.SUN_2026_06_14,
    ),
    (
        "the Tuesday after a Monday holiday",
        meeting(d.TUE_2026_09_01, decision=d.FRI_2026_09_04, channel="email"),
        {"monday_like": True},
        d.TUE_2026_09_08,
    ),
    (
        "but not an away day",
        meeting(d.THU_2026_11_12, channel="email", away="2026-11-23"),
        {},
        d.TUE_2026_11_24,
    ),
)
def test_weekdays_are_kept_free_of_calls_and_not_of_emails(interview, settings, expected):
    assert clock(one(interview, **settings)) == ("email", expected, "09:00")


@table(
    ("met", "decision", "settings", "expected"),
    ("a Monday holiday", d.TUE_2026_09_01, d.FRI_2026_09_04, {}, d.WED_2026_09_09),
    ("no holiday, only the Monday kept free", d.TUE_2026_09_01, d.FRI_2026_09_11, {}, d.TUE_2026_09_15),
    (
        "a week closed, with a Monday in it",
        d.TUE_2026_09_01,
        d.FRI_2026_09_18,
        {"closures": "2026-09-21..2026-09-23"},
        d.FRI_2026_09_25,
    ),
    (
        "days closed, without a Monday",
        d.TUE_2026_09_01,
        d.TUE_2026_09_15,
        {"closures": "2026-09-16"},
        d.THU_2026_09_17,
    ),
    (
        "a Friday kept free, closed before a Monday",
        d.WED_2026_06_24,
        d.THU_2026_07_02,
        {"kept_free": "Fri"},
        d.TUE_2026_07_07,
    ),
    (
        "nothing kept free, nothing alike",
        d.TUE_2026_09_01,
        d.FRI_2026_09_04,
        {"kept_free": ""},
        d.TUE_2026_09_08,
    ),
)
def test_monday_like_keeps_the_day_after_a_closed_monday_free(met, decision, settings, expected):
    interview = meeting(met, decision=decision)
    assert clock(one(interview, monday_like=True, **settings)) == ("call", expected, "09:00")


def test_without_monday_like_the_day_after_a_closed_friday_is_open():
    interview = meeting(d.WED_2026_06_24, decision=d.THU_2026_07_02)
    assert clock(one(interview, kept_free="Fri")) == ("call", d.MON_2026_07_06, "09:00")


def test_a_day_that_is_like_a_monday_says_so():
    event = one(meeting(d.TUE_2026_09_01, decision=d.FRI_2026_09_04), monday_like=True)
    assert rules(event) == ["decision", "channel", "offset", "monday-like", "slot"]


@table(
    ("settings", "expected"),
    ("of the settings, where the record names none", {"country": "DE", "region": "BY"}, d.TUE_2026_06_09),
    ("and its regions differ", {"country": "DE", "region": "BE"}, d.THU_2026_06_04),
)
def test_the_country_is_that(settings, expected):
    interview = meeting(d.WED_2026_05_27, zone=BERLIN, country="", decision=d.WED_2026_06_03)
    assert clock(one(interview, **settings)) == ("call", expected, "09:00")


@table(
    ("zone", "country", "expected"),
    ("the record names the same country", BERLIN, "DE", d.TUE_2026_06_09),
    ("the record names another", ZoneInfo("Europe/Zurich"), "CH", d.THU_2026_06_04),
)
def test_a_region_of_the_settings_goes_with_its_country(zone, country, expected):
    interview = meeting(d.WED_2026_05_27, zone=zone, country=country, decision=d.WED_2026_06_03)
    assert clock(one(interview, country="DE", region="BY")) == ("call", expected, "09:00")


def test_each_day_passed_over_is_told_with_its_reason_and_a_holiday_with_its_name():
    event = one(
        meeting(d.TUE_2026_06_23, decision=d.WED_2026_07_01, away="2026-07-07", playbook="classic"),
        closures="2026-07-02",
    )
    passed = [(reason.rule, reason.before) for reason in event.trace[3:-1]]
    assert passed == [
        ("closure", d.THU_2026_07_02),
        ("holiday", d.FRI_2026_07_03),
        ("holiday", d.SAT_2026_07_04),
        ("weekend", d.SUN_2026_07_05),
        ("late", d.MON_2026_07_06),
        ("kept-free", d.MON_2026_07_06),
        ("away", d.TUE_2026_07_07),
    ]
    assert "Independence Day (observed)" in said(event)


def test_holidays_that_were_not_counted_are_named():
    plan = plan_of(meeting(d.THU_2026_11_19))
    counted = next(reason for reason in only(plan, "status").trace if reason.rule == "offset")
    assert "Thanksgiving" in counted.text

"""D, the last day of the employer's stated time, in all its forms."""

from zoneinfo import ZoneInfo

import pytest

from calsync.errors import BadValue
from tests import dates as d
from tests.planner.planning import clock, meeting, one, only, plan_of, said, table

TOKYO = ZoneInfo("Asia/Tokyo")


@table(
    ("decision", "day", "expected"),
    ("a date", d.TUE_2026_06_09, d.TUE_2026_06_09, d.WED_2026_06_10),
    ("a Friday", d.FRI_2026_06_12, d.FRI_2026_06_12, d.TUE_2026_06_16),
    ("a Saturday", d.SAT_2026_06_13, d.SAT_2026_06_13, d.TUE_2026_06_16),
    ("a Sunday", d.SUN_2026_06_14, d.SUN_2026_06_14, d.TUE_2026_06_16),
    ("a holiday", d.FRI_2026_07_03, d.FRI_2026_07_03, d.TUE_2026_07_07),
    ("the interview's own day", d.WED_2026_06_03, d.WED_2026_06_03, d.THU_2026_06_04),
    ("no days", "0 days", d.WED_2026_06_03, d.THU_2026_06_04),
    ("one day", "1 day", d.THU_2026_06_04, d.FRI_2026_06_05),
    ("calendar days, ending on a Saturday", "3 days", d.SAT_2026_06_06, d.TUE_2026_06_09),
    ("calendar days, ending on a Monday", "5 calendar days", d.MON_2026_06_08, d.TUE_2026_06_09),
    ("business days", "3 business days", d.MON_2026_06_08, d.TUE_2026_06_09),
    ("business days over a weekend", "5 business days", d.WED_2026_06_10, d.THU_2026_06_11),
    ("business days over Juneteenth", "12 business days", d.MON_2026_06_22, d.TUE_2026_06_23),
    ("two weeks are fourteen days", "2 weeks", d.WED_2026_06_17, d.THU_2026_06_18),
)
def test_a_decision_is_a_date_or_counted_from_the_interview(decision, day, expected):
    plan = plan_of(meeting(d.WED_2026_06_03, "10:00", decision=decision))
    assert plan.decision == day
    assert clock(only(plan, "status")) == ("call", expected, "09:00")


@table(
    ("playbook", "decision", "expected", "late"),
    ("balanced, a weekday", "balanced", d.TUE_2026_06_09, d.WED_2026_06_10, False),
    ("gentle, a weekday", "gentle", d.TUE_2026_06_09, d.WED_2026_06_10, False),
    ("gentle, over the weekend and the Monday", "gentle", d.FRI_2026_06_12, d.TUE_2026_06_16, False),
    ("professional", "professional", d.FRI_2026_06_12, d.TUE_2026_06_16, False),
    ("classic, a weekday", "classic", d.TUE_2026_06_09, d.WED_2026_06_10, False),
    ("classic, a Friday", "classic", d.FRI_2026_06_12, d.TUE_2026_06_16, False),
    ("classic, a Thursday", "classic", d.THU_2026_06_11, d.FRI_2026_06_12, False),
    ("prompt waits two days", "prompt", d.TUE_2026_06_09, d.THU_2026_06_11, False),
    ("prompt, over the weekend, is late", "prompt", d.THU_2026_06_11, d.TUE_2026_06_16, True),
    ("prompt, Wednesday", "prompt", d.WED_2026_06_10, d.FRI_2026_06_12, False),
    ("warm-call", "warm-call", d.TUE_2026_06_09, d.WED_2026_06_10, False),
)
def test_each_playbook_counts_from_the_decision_in_its_own_way(playbook, decision, expected, late):
    event = one(meeting(d.WED_2026_06_03, "10:00", playbook=playbook, decision=decision))
    assert clock(event) == ("call", expected, "09:00")
    assert event.late is late


@table(
    ("playbook", "expected"),
    ("gentle, a week", "gentle", d.WED_2026_06_10),
    ("professional, seven business days", "professional", d.FRI_2026_06_12),
    ("balanced, seven business days", "balanced", d.FRI_2026_06_12),
    ("classic, a week", "classic", d.WED_2026_06_10),
    ("early-bird, a week", "early-bird", d.WED_2026_06_10),
    ("prompt, two days", "prompt", d.FRI_2026_06_05),
)
def test_without_a_decision_each_playbook_counts_from_the_interview(playbook, expected):
    plan = plan_of(meeting(d.WED_2026_06_03, "10:00", playbook=playbook))
    assert plan.decision is None
    assert clock(only(plan, "status")) == ("call", expected, "09:00")


def test_warm_call_has_no_status_step_without_a_decision():
    plan = plan_of(meeting(d.WED_2026_06_03, "10:00", playbook="warm-call"))
    assert only(plan, "status") is None
    assert plan.notes == ()


def test_a_span_is_counted_from_the_day_it_is_where_the_interview_is():
    interview = meeting(d.THU_2026_06_04, "09:00", TOKYO, country="JP", decision="1 day")
    plan = plan_of(interview, zone=ZoneInfo("America/New_York"))
    assert plan.decision == d.FRI_2026_06_05


@table(
    ("met", "decision", "both"),
    ("they part over a weekend", d.THU_2026_06_04, "3 days", "Sun 7 Jun 2026 Tue 9 Jun 2026 Wed 10 Jun 2026"),
    ("they part over a holiday", d.THU_2026_07_02, "2 days", "Sat 4 Jul 2026 Tue 7 Jul 2026 Wed 8 Jul 2026"),
)
def test_where_days_can_be_read_in_two_ways_the_reasons_give_both(met, decision, both):
    text = said(one(meeting(met, "10:00", decision=decision)))
    days = both.split()
    assert all(" ".join(days[at : at + 4]) in text for at in range(0, len(days), 4))
    assert "business days" in text


@table(
    ("met", "decision", "told"),
    ("an email now, or a call", d.THU_2026_06_04, "3 days", "be Tue 9 Jun 2026, and this follow-up would be due on Tue 9 Jun 2026"),
    ("too late for one, not for the other", d.FRI_2026_06_05, "1 day", "be Mon 8 Jun 2026, and this follow-up would be due on Mon 8 Jun 2026"),
)  # fmt: skip
def test_a_deadline_before_the_decision_gives_both_readings_too(met, decision, told):
    assert told in said(one(meeting(met, "10:00", playbook="early-bird", decision=decision)))


@table(
    ("met", "decision"),
    ("one day for both", d.MON_2026_06_01, "3 days"),
    ("they said business days", d.THU_2026_06_04, "3 business days"),
    ("the same email on the last open day before", d.THU_2026_06_04, "2 days"),
)
def test_a_deadline_that_is_the_same_for_both_readings_keeps_quiet(met, decision):
    found = one(meeting(met, "10:00", playbook="early-bird", decision=decision))
    assert "In business days it would be" not in said(found)


def test_where_the_other_reading_would_land_on_no_day_for_a_call_it_is_told_as_an_email():
    # Nine days later is Saturday 13 June; nine business days later Wednesday 17, and then they are away.
    interview = meeting(d.THU_2026_06_04, "10:00", decision="9 days", away="2026-06-17..2026-07-31")
    text = said(one(interview))
    assert "it would be Wed 17 Jun 2026, and this follow-up would be due on Mon 3 Aug 2026" in text


def test_where_the_other_reading_would_land_on_no_day_at_all_it_is_not_told():
    interview = meeting(d.THU_2026_06_04, "10:00", decision="9 days", away="2026-06-17..2026-12-31")
    assert "In business days it would be" not in said(one(interview))


@table(
    ("met", "keys"),
    ("both readings are the same day", d.MON_2026_06_01, {"decision": "3 days"}),
    ("two days that land on one", d.FRI_2026_06_05, {"decision": "1 day", "channel": "phone"}),
    ("they said business days", d.THU_2026_06_04, {"decision": "3 business days"}),
    ("they gave the date", d.THU_2026_06_04, {"decision": d.SUN_2026_06_07}),
)
def test_where_both_readings_come_to_the_same_the_reasons_keep_quiet(met, keys):
    playbook = "classic" if "channel" in keys else "balanced"
    text = said(one(meeting(met, "10:00", playbook=playbook, **keys)))
    assert "In business days it would be" not in text


def test_a_decision_that_no_business_day_follows_is_an_error_that_names_the_interview():
    interview = meeting(d.WED_2026_06_03, decision="3 business days")
    with pytest.raises(BadValue, match="interview acme: there is no business day") as refused:
        plan_of(interview, closures="2026-06-04..2036-06-04")
    assert refused.value.code == "CS-DAY-002"

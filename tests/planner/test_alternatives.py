"""What has rung stays where it was; when it can be done next is worked out from now."""

from datetime import timedelta

import pytest

from calsync.domain import Interview
from calsync.planner import Planner
from tests import dates as d
from tests.dates import at
from tests.planner.planning import meeting, only, plan_of, preferences, table

THURSDAY = meeting(d.THU_2026_11_12)


def next_start(interview, step, now, **more):
    event = only(plan_of(interview), step)
    return Planner(preferences(interview.zone)).next_slot(event, interview, now, **more)


@table(
    ("now", "expected"),
    (
        "in their business hours: the next quarter hour",
        at(d.TUE_2026_11_24, "11:05"),
        at(d.TUE_2026_11_24, "11:15"),
    ),
    ("on the quarter hour itself", at(d.TUE_2026_11_24, "11:15"), at(d.TUE_2026_11_24, "11:15")),
    ("at ten to midnight, before an eve", at(d.TUE_2026_11_24, "23:50"), at(d.WED_2026_11_25, "09:00")),
    (
        "on the afternoon of an eve: over the bridge day",
        at(d.WED_2026_11_25, "12:00"),
        at(d.TUE_2026_12_01, "09:00"),
    ),
    ("on Black Friday", at(d.FRI_2026_11_27, "10:00"), at(d.TUE_2026_12_01, "09:00")),
    ("on a Saturday", at(d.SAT_2026_12_05, "10:00"), at(d.TUE_2026_12_08, "09:00")),
)
def test_a_call_waits_for_the_next_legal_slot(now, expected):
    assert next_start(THURSDAY, "status", now) == expected


@table(
    ("now", "expected"),
    (
        "any quarter hour of their business hours",
        at(d.TUE_2026_11_24, "15:40"),
        at(d.TUE_2026_11_24, "15:45"),
    ),
    ("on the afternoon of an eve", at(d.WED_2026_11_25, "12:00"), at(d.WED_2026_11_25, "12:00")),
    ("on a bridge day: Monday, an email may", at(d.FRI_2026_11_27, "10:00"), at(d.MON_2026_11_30, "09:00")),
)
def test_an_email_does_not_mind_eves_and_mondays(now, expected):
    assert next_start(meeting(d.THU_2026_11_12, channel="email"), "status", now) == expected


@table(
    ("now", "expected"),
    ("on a Saturday", at(d.SAT_2026_11_14, "10:05"), at(d.SAT_2026_11_14, "10:15")),
    ("at night", at(d.SAT_2026_11_14, "22:00"), at(d.SUN_2026_11_15, "08:00")),
    ("72 hours later", at(d.SUN_2026_11_15, "15:00"), at(d.SUN_2026_11_15, "15:00")),
    ("after that it has expired", at(d.SUN_2026_11_15, "15:01"), None),
)
def test_thanks_go_out_for_three_days(now, expected):
    assert next_start(THURSDAY, "thank-you", now) == expected


def test_what_was_pinned_is_not_pinned_any_more():
    interview = meeting(d.THU_2026_11_12, agreed=at(d.MON_2026_11_23, "10:00"))
    assert next_start(interview, "status", at(d.MON_2026_11_23, "11:00")) == at(d.TUE_2026_11_24, "09:00")


def test_hours_that_are_taken_are_passed_over():
    other = meeting(d.TUE_2026_11_24, "11:00", id="beta")
    assert isinstance(other, Interview)
    now = at(d.TUE_2026_11_24, "11:05")
    busy = [(at(d.TUE_2026_11_24, "12:00"), at(d.TUE_2026_11_24, "12:30"))]
    assert next_start(THURSDAY, "status", now, others=[other], busy=busy) == at(d.TUE_2026_11_24, "12:30")


def test_a_touch_keeps_a_business_day_from_the_one_before():
    now = at(d.TUE_2026_11_24, "11:05")
    assert next_start(THURSDAY, "status", now, last_touch=now.date()) == at(d.WED_2026_11_25, "09:00")


@pytest.mark.parametrize("step", ["ask", "prepare"])
def test_what_ends_with_its_occasion_has_no_next_slot(step):
    assert next_start(THURSDAY, step, at(d.TUE_2026_12_01, "10:00")) is None


def test_what_nobody_can_be_called_for_has_none():
    interview = meeting(d.THU_2026_11_12)
    event = only(plan_of(interview), "status")
    wishes = preferences(interview.zone, hours="05:00-06:00")
    now = event.start + timedelta(days=3)
    assert Planner(wishes).next_slot(event, interview, now) is None

"""The whole plan: every step anchored on the one before, floors, and interviews that are over."""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from calsync.business_days import plain_year
from calsync.domain import Alarms, Period
from calsync.domain.event import uid
from calsync.errors import BadSettings, BadValue
from calsync.planner import Planner, plan
from calsync.playbooks import load
from tests import dates as d
from tests.dates import at
from tests.planner.planning import clock, meeting, one, only, plan_of, preferences, rules, said, table

NEW_YORK, BERLIN, LOS_ANGELES = (
    ZoneInfo(name) for name in ("America/New_York", "Europe/Berlin", "America/Los_Angeles")
)


def _forecast(plan):
    return [(event.step, *clock(event)[1:], event.status) for event in plan.events]


def test_the_whole_forecast_of_balanced():
    assert _forecast(plan_of(meeting(d.THU_2026_11_12))) == [
        ("ask", d.THU_2026_11_12, "13:30", "confirmed"),
        ("thank-you", d.THU_2026_11_12, "17:00", "confirmed"),
        ("prepare", d.MON_2026_11_23, "18:00", "confirmed"),
        ("status", d.TUE_2026_11_24, "09:00", "confirmed"),
        ("second", d.TUE_2026_12_01, "09:00", "tentative"),
        ("closing", d.TUE_2026_12_15, "09:00", "tentative"),
    ]


def test_the_whole_forecast_of_warm_call():
    interview = meeting(d.WED_2026_06_03, "10:00", playbook="warm-call", decision=d.TUE_2026_06_09)
    assert _forecast(plan_of(interview)) == [
        ("ask", d.WED_2026_06_03, "09:30", "confirmed"),
        ("thank-you", d.WED_2026_06_03, "16:00", "confirmed"),
        ("prepare", d.TUE_2026_06_09, "18:00", "confirmed"),
        ("status", d.WED_2026_06_10, "09:00", "confirmed"),
    ]


@table(
    ("playbook", "steps"),
    ("balanced", "balanced", "ask thank-you prepare status second closing"),
    ("gentle", "gentle", "ask thank-you prepare status"),
    ("professional", "professional", "ask thank-you prepare status second closing"),
    ("classic", "classic", "ask thank-you prepare status"),
    ("prompt", "prompt", "ask prepare status"),
    ("warm-call", "warm-call", "ask prepare thank-you"),
    ("email-only", "email-only", "ask thank-you status second closing"),
    ("early-bird", "early-bird", "ask thank-you prepare status second"),
)
def test_the_steps_of_each_playbook(playbook, steps):
    plan = plan_of(meeting(d.TUE_2026_11_03, "16:30", minutes=30, playbook=playbook))
    assert plan.playbook == playbook
    assert [event.step for event in plan.events] == steps.split()


@table(
    ("keys", "settings", "step", "expected", "late"),
    ("a week after the status call", {}, {}, "second", d.TUE_2026_12_01, False),
    ("a week after A", {"agreed": d.WED_2026_11_18}, {}, "second", d.WED_2026_11_25, False),
    ("a holiday is passed over", {"agreed": d.THU_2026_11_19}, {}, "second", d.MON_2026_11_30, False),
    ("a weekend too", {"agreed": d.SAT_2026_11_21}, {}, "second", d.MON_2026_11_30, False),
    ("the contact is away", {"away": "2026-12-01..2026-12-03"}, {}, "second", d.FRI_2026_12_04, False),
    (
        "the contact is away for long",
        {"away": "2026-12-01..2026-12-08"},
        {},
        "second",
        d.WED_2026_12_09,
        True,
    ),
    ("ten business days after the second", {}, {}, "closing", d.TUE_2026_12_15, False),
    (
        "ten business days over Christmas",
        {"agreed": d.FRI_2026_12_11},
        {},
        "closing",
        d.TUE_2027_01_05,
        False,
    ),
    (
        "closed days do not count",
        {},
        {"closures": "2026-12-07..2026-12-08"},
        "closing",
        d.THU_2026_12_17,
        False,
    ),
    (
        "a Monday will do for an email",
        {"agreed": d.FRI_2026_11_20},
        {"quiet_days": ()},
        "closing",
        d.FRI_2026_12_11,
        False,
    ),
)
def test_second_and_closing_emails(keys, settings, step, expected, late):
    event = one(meeting(d.THU_2026_11_12, **keys), step, **settings)
    assert clock(event) == ("email", expected, "09:00")
    assert event.late is late
    assert event.status == "tentative"


@table(
    ("playbook", "withdraws"),
    ("professional withdraws", "professional", True),
    ("balanced does not", "balanced", False),
)
def test_whether_the_closing_email_withdraws(playbook, withdraws):
    plan = plan_of(meeting(d.THU_2026_11_12, playbook=playbook))
    assert only(plan, "closing").withdraws is withdraws
    assert not only(plan, "second").withdraws


@table(
    ("interview", "zone", "expected"),
    ("half an hour before", meeting(d.THU_2026_11_12), NEW_YORK, at(d.THU_2026_11_12, "13:30")),
    ("on the candidate's clock", meeting(d.THU_2026_11_12), BERLIN, at(d.THU_2026_11_12, "19:30", BERLIN)),
    (
        "the day before, at midnight",
        meeting(d.THU_2026_11_12, "00:10"),
        NEW_YORK,
        at(d.WED_2026_11_11, "23:40"),
    ),
    (
        "of real time, where clocks go forward",
        meeting(d.SUN_2026_03_08, "03:15"),
        NEW_YORK,
        at(d.SUN_2026_03_08, "01:45"),
    ),
    ("on a holiday too", meeting(d.FRI_2026_07_03), NEW_YORK, at(d.FRI_2026_07_03, "13:30")),
)
def test_ask_is_half_an_hour_before_the_interview(interview, zone, expected):
    event = one(interview, "ask", zone=zone)
    assert (event.start, event.timezone) == (expected, zone.key)
    assert event.end.astimezone(UTC) - event.start.astimezone(UTC) == timedelta(minutes=15)


@table(
    ("keys", "zone", "expected"),
    ("the evening before the call", {"decision": d.TUE_2026_06_09}, NEW_YORK, at(d.TUE_2026_06_09, "18:00")),
    (
        "on a weekend",
        {"decision": d.FRI_2026_06_05, "playbook": "gentle"},
        NEW_YORK,
        at(d.MON_2026_06_08, "18:00"),
    ),
    (
        "the evening before it on the candidate's clock",
        {"decision": d.TUE_2026_06_09, "window": "late"},
        LOS_ANGELES,
        at(d.TUE_2026_06_09, "18:00", LOS_ANGELES),
    ),
)
def test_prepare_is_at_six_in_the_evening_before_a_call(keys, zone, expected):
    event = one(meeting(d.WED_2026_06_03, "10:00", **keys), "prepare", zone=zone)
    assert (event.start, event.timezone) == (expected, zone.key)
    assert event.before == "status"
    assert event.end - event.start == timedelta(minutes=30)


@table(
    ("start", "minutes", "prepared"),
    ("the interview ends as it begins", "17:00", 60, True),
    ("the interview ends after it", "17:00", 61, False),
)
def test_prepare_is_left_out_while_the_interview_still_lasts(start, minutes, prepared):
    plan = plan_of(meeting(d.WED_2026_06_03, start, minutes=minutes, agreed=d.THU_2026_06_04))
    assert only(plan, "status").action == "call"
    assert (only(plan, "prepare") is not None) is prepared


def test_each_call_is_prepared_and_no_email_is():
    interview = meeting(d.TUE_2026_06_02, "15:30", playbook="warm-call", decision=d.TUE_2026_06_09)
    prepared = {event.before: event for event in plan_of(interview).events if event.step == "prepare"}
    assert set(prepared) == {"thank-you", "status"}
    assert len({event.uid for event in prepared.values()}) == 2
    assert only(plan_of(meeting(d.THU_2026_11_12, channel="email")), "prepare") is None


@table(
    ("floor", "steps"),
    ("before it all", at(d.MON_2026_11_09, "08:00"), "ask thank-you prepare status second closing"),
    ("at the time of ask", at(d.THU_2026_11_12, "13:30"), "ask thank-you prepare status second closing"),
    ("just after", at(d.THU_2026_11_12, "13:31"), "thank-you prepare status second closing"),
    ("at the time of prepare", at(d.MON_2026_11_23, "18:00"), "prepare status second closing"),
    ("just after that", at(d.MON_2026_11_23, "18:01"), "status second closing"),
)
def test_an_ask_or_a_prepare_that_has_passed_is_left_out(floor, steps):
    plan = plan_of(meeting(d.THU_2026_11_12), not_before=floor)
    assert [event.step for event in plan.events] == steps.split()


# The call was due on Tuesday 24 November; prompt has no thank-you to be caught up with first.
@table(
    ("floor", "expected", "late", "overdue"),
    ("not yet due", at(d.FRI_2026_11_20, "12:00"), (d.TUE_2026_11_24, "09:00"), False, False),
    ("due today, this early hour", at(d.TUE_2026_11_24, "09:05"), (d.TUE_2026_11_24, "09:15"), False, True),
    ("due today, at noon", at(d.TUE_2026_11_24, "12:00"), (d.TUE_2026_11_24, "16:00"), False, True),
    ("due today, after hours", at(d.TUE_2026_11_24, "17:00"), (d.WED_2026_11_25, "09:00"), False, True),
    ("a week ago", at(d.WED_2026_12_02, "10:00"), (d.WED_2026_12_02, "16:00"), True, True),
    ("weeks ago, on a Saturday", at(d.SAT_2027_01_09, "10:00"), (d.TUE_2027_01_12, "09:00"), True, True),
)
def test_under_a_floor_a_wait_is_from_that_moment_on(floor, expected, late, overdue):
    unthanked = replace(load("balanced"), thank_you=None)
    event = only(plan_of(meeting(d.THU_2026_11_12), not_before=floor, playbook=unthanked), "status")
    assert clock(event) == ("call", *expected)
    assert (event.late, event.overdue) == (late, overdue)
    assert event.start >= floor


def test_under_a_floor_the_search_does_not_turn_back_before_it():
    # Away from the floor to the end of the window, which began on Thursday the 19th.
    interview = meeting(d.THU_2026_11_12, away="2026-11-24..2026-11-27")
    unthanked = replace(load("balanced"), thank_you=None)
    event = only(plan_of(interview, not_before=at(d.MON_2026_11_23, "08:00"), playbook=unthanked), "status")
    assert (clock(event), event.late) == (("call", d.TUE_2026_12_01, "09:00"), True)
    assert "window-end" not in rules(event)


def test_the_floor_is_a_moment_in_any_zone():
    unthanked = replace(load("balanced"), thank_you=None)
    floor = at(d.TUE_2026_11_24, "09:05").astimezone(UTC)
    event = only(plan_of(meeting(d.THU_2026_11_12), not_before=floor, playbook=unthanked), "status")
    assert clock(event) == ("call", d.TUE_2026_11_24, "09:15")


def test_under_a_floor_an_email_is_the_first_quarter_hour_left_of_their_day_or_the_next():
    unthanked = replace(load("email-only"), thank_you=None)

    def email(floor):
        interview = meeting(d.THU_2026_11_12, playbook="email-only")
        return clock(only(plan_of(interview, not_before=floor, playbook=unthanked), "status"))

    assert email(at(d.MON_2026_11_23, "16:31")) == ("email", d.MON_2026_11_23, "16:45")
    assert email(at(d.MON_2026_11_23, "16:46")) == ("email", d.TUE_2026_11_24, "09:00")


@table(
    ("keys",),
    ("a wait", {"playbook": "prompt", "decision": d.MON_2026_11_16, "channel": "email"}),
    ("a deadline", {"playbook": "early-bird", "decision": d.THU_2026_11_19}),
)
def test_an_email_that_would_have_left_the_evening_before_the_floor_leaves_the_next_evening(keys):
    # Due on Wednesday in Kolkata, and to be sent on Tuesday at 20:45 in New York.
    interview = meeting(d.THU_2026_11_12, zone=ZoneInfo("Asia/Kolkata"), country="IN", **keys)
    unthanked = replace(load(keys["playbook"]), thank_you=None)

    def sent(floor):
        plan = plan_of(interview, zone=NEW_YORK, playbook=unthanked, not_before=floor)
        return clock(only(plan, "status"), NEW_YORK)

    assert sent(at(d.TUE_2026_11_17, "20:45")) == ("email", d.TUE_2026_11_17, "20:45")
    assert sent(at(d.TUE_2026_11_17, "20:50")) == ("email", d.WED_2026_11_18, "20:45")


def test_each_interview_can_have_a_floor_of_its_own():
    interviews = [meeting(d.THU_2026_11_12, id="a"), meeting(d.THU_2026_11_12, "16:00", id="b")]
    plans = plan(interviews, preferences(NEW_YORK), not_before={"b": at(d.WED_2026_12_02, "08:00")})
    assert [only(each, "status").overdue for each in plans] == [False, True]


@pytest.mark.parametrize("status", ["offer", "rejected", "withdrawn", "closed"])
def test_an_interview_that_is_over_has_nothing_pending(status):
    plan = plan_of(meeting(d.THU_2026_11_12, status=status))
    assert plan.events == ()
    assert [note.text for note in plan.notes] == [f"The record says {status}, so nothing is pending."]


def test_plans_come_in_order_of_start_then_id_and_their_events_in_order_of_start():
    interviews = [
        meeting(d.THU_2026_11_12, "14:00", id="late"),
        meeting(d.THU_2026_11_12, "14:00", BERLIN, id="early"),
        meeting(d.THU_2026_11_12, "14:00", id="a-late"),
    ]
    plans = plan(interviews, preferences(NEW_YORK))
    assert [each.interview.id for each in plans] == ["early", "a-late", "late"]
    assert all(sorted(each.events, key=lambda event: event.start) == list(each.events) for each in plans)


@table(
    ("step", "alarms"),
    ("ask", "ask", (20,)),
    ("thank-you", "thank-you", (7,)),
    ("prepare", "prepare", (30, 5)),
    ("status", "status", (10,)),
    ("second", "second", (7,)),
)
def test_alarms_are_those_of_the_settings_for_what_is_to_be_done(step, alarms):
    wishes = Alarms(ask=(20,), call=(10,), email=(7,), prepare=(30, 5))
    assert one(meeting(d.THU_2026_11_12), step, alarms=wishes).alarms == alarms


def test_a_call_carries_two_days_to_offer_and_an_email_none():
    plan = plan_of(meeting(d.THU_2026_11_12))
    # A week after Tuesday 24 November, and two.
    assert only(plan, "status").offers == (d.TUE_2026_12_01, d.TUE_2026_12_08)
    assert only(plan, "second").offers == ()


@table(
    ("away", "offers"),
    ("the contact is away then", "2026-12-01..2026-12-03", (d.FRI_2026_12_04, d.TUE_2026_12_08)),
    (
        "the contact is away for ever: the days stand, to be asked about",
        "2026-12-01..2028-12-01",
        (d.SAT_2027_01_30, d.SAT_2027_02_06),
    ),
)
def test_days_to_offer_are_open_for_calls(away, offers):
    assert one(meeting(d.THU_2026_11_12, away=away)).offers == offers


def test_the_place_of_the_interview_is_where_to_ask():
    plan = plan_of(meeting(d.THU_2026_11_12, location="5th floor", url="https://acme.example/job"))
    assert [event.location for event in plan.events if event.location] == ["5th floor"]
    assert {event.url for event in plan.events} == {"https://acme.example/job"}
    assert only(plan, "ask").location == "5th floor"


def test_a_uid_is_made_of_the_interview_and_the_step_and_of_nothing_that_changes():
    before = plan_of(meeting(d.THU_2026_11_12))
    after = plan_of(meeting(d.FRI_2026_11_20, company="Acme Ltd", phone="", decision="2 weeks"))
    assert {event.uid for event in after.events} < {event.uid for event in before.events} | {
        uid("acme", "status")
    }
    assert uid("acme", "retry", part="1", generation=2).endswith(".2@calsync")
    assert (
        len({uid("acme", "retry", part=part, generation=n) for part in ("", "1", "2") for n in (0, 1)}) == 6
    )


def test_an_unknown_country_is_an_error_that_names_the_interview():
    with pytest.raises(BadValue, match="interview acme, country: no country 'XX'"):
        plan_of(meeting(d.THU_2026_11_12, country="XX"))


def test_an_unknown_playbook_is_an_error_that_names_the_interview():
    with pytest.raises(BadSettings, match="interview acme: no playbook 'balancd'"):
        plan_of(meeting(d.THU_2026_11_12, playbook="balancd"))


def test_the_playbook_of_the_settings_is_for_records_that_name_none():
    wishes = preferences(NEW_YORK, playbook="classic")
    plans = plan([meeting(d.THU_2026_11_12), meeting(d.THU_2026_11_12, id="b", playbook="gentle")], wishes)
    assert [each.playbook for each in plans] == ["classic", "gentle"]


def test_a_planner_asks_for_each_playbook_once_and_for_holidays_where_it_is_told():
    asked = []

    def noted(name):
        asked.append(name)
        return load(name)

    def public_days(*place_and_year):
        return plain_year(place_and_year[-1])

    planner = Planner(preferences(NEW_YORK), playbook=noted, public_days=public_days)
    assert len(list(planner.plans([meeting(d.THU_2026_11_12, id=f"i{n}") for n in range(3)]))) == 3
    assert asked == ["balanced"]
    # A table of one's own stands in for the package: here Thanksgiving is a day like any other.
    plans = list(planner.plans([meeting(d.THU_2026_11_12, agreed=d.THU_2026_11_19)]))
    assert clock(only(plans[0], "second")) == ("email", d.THU_2026_11_26, "09:00")


def test_an_away_period_that_never_ends_ends_with_a_note_and_not_never():
    always = (Period(d.FRI_2026_11_13, d.SAT_2050_01_01),)
    plan = plan_of(replace(meeting(d.THU_2026_11_12), away=always))
    assert "status" in [note.step for note in plan.notes]


def test_reasons_say_what_was_looked_at():
    event = one(meeting(d.THU_2026_11_12))
    assert rules(event) == ["channel", "offset", "kept-free", "slot"]
    assert said(event).startswith(
        "They gave a number, and nothing speaks against a call. Business day 7 after"
    )

"""Time of day: early and late, busy hours, the candidate's own hours, clock changes, and who takes what."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from calsync.domain import Person, replace
from calsync.planner import plan
from calsync.playbooks import load
from tests import dates as d
from tests.dates import at
from tests.planner.planning import clock, meeting, one, only, plan_of, preferences, rules, said, table

NEW_YORK, LOS_ANGELES = ZoneInfo("America/New_York"), ZoneInfo("America/Los_Angeles")
LONDON, BERLIN, KOLKATA = ZoneInfo("Europe/London"), ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata")
JERUSALEM, KATHMANDU = ZoneInfo("Asia/Jerusalem"), ZoneInfo("Asia/Kathmandu")


def _call(**keys):
    """A call due on Wednesday 10 June, in New York."""
    return meeting(d.WED_2026_06_03, "10:00", decision=d.TUE_2026_06_09, **keys)


@table(
    ("keys", "settings", "hour"),
    ("any: early first", {}, {}, "09:00"),
    ("any: then late", {"busy": "09:00-10:00"}, {}, "16:00"),
    ("any: then the rest", {"busy": "09:00-10:00; 16:00-17:00"}, {}, "10:00"),
    ("early: early first", {"window": "early"}, {}, "09:00"),
    ("early: then late", {"window": "early", "busy": "09:00-10:00"}, {}, "16:00"),
    ("early: then the rest", {"window": "early", "busy": "09:00-10:30; 16:00-17:00"}, {}, "10:30"),
    ("late: late first", {"window": "late"}, {}, "16:00"),
    ("late: then early", {"window": "late", "busy": "16:00-17:00"}, {}, "09:00"),
    ("late: then the rest", {"window": "late", "busy": "09:00-10:00; 16:00-17:00"}, {}, "10:00"),
    ("the settings' window", {}, {"window": "late"}, "16:00"),
    ("the record's window before the settings'", {"window": "early"}, {"window": "late"}, "09:00"),
    ("busy for part of an hour", {"busy": "09:00-09:40"}, {}, "09:45"),
    ("busy until inside a quarter hour", {"busy": "09:00-09:46"}, {}, "16:00"),
    ("busy up to the quarter hour", {"busy": "09:00-09:15"}, {}, "09:15"),
    ("busy on another weekday", {"busy": "Tue 09:00-10:00"}, {}, "09:00"),
    ("busy after the call has ended", {"busy": "09:15-17:00"}, {}, "09:00"),
    ("longer business hours", {}, {"business_hours": "08:00-18:00"}, "08:00"),
    ("longer business hours, late", {"window": "late"}, {"business_hours": "08:00-18:00"}, "17:00"),
    (
        "under two hours: late begins inside early",
        {"window": "late"},
        {"business_hours": "10:00-11:30"},
        "10:30",
    ),
    (
        "under two hours: what both call theirs counts once",
        {"window": "late", "busy": "10:30-11:30"},
        {"business_hours": "10:00-11:30"},
        "10:00",
    ),
    ("under one hour: all of it is late", {"window": "late"}, {"business_hours": "10:00-10:45"}, "10:00"),
    ("under one hour: and early", {"window": "early"}, {"business_hours": "10:00-10:45"}, "10:00"),
    ("off the quarter hours: early", {}, {"business_hours": "09:10-16:50"}, "09:15"),
    ("off the quarter hours: late", {"window": "late"}, {"business_hours": "09:10-16:50"}, "16:00"),
    (
        "off the quarter hours: the rest runs up to late",
        {"busy": "09:00-10:00; 15:50-17:00"},
        {"business_hours": "09:10-16:50"},
        "10:00",
    ),
    ("a quarter hour to the end", {"busy": "09:00-16:30"}, {"business_hours": "09:10-16:50"}, "16:30"),
    ("own hours begin later", {}, {"hours": "09:20-21:00"}, "09:30"),
    ("own hours end before late", {"window": "late"}, {"hours": "07:00-16:00"}, "09:00"),
    ("own hours in the middle", {}, {"hours": "12:10-12:50"}, "12:15"),
    ("private hours", {}, {"private_hours": "Mon-Fri 12:00-13:00"}, "12:00"),
    ("several private hours: early among them", {}, {"private_hours": "12:00-13:00; 09:30-09:45"}, "09:30"),
    (
        "private hours narrow and do not widen",
        {},
        {"private_hours": "06:00-12:00", "hours": "11:00-21:00"},
        "11:00",
    ),
)
def test_the_hour_of_a_call(keys, settings, hour):
    assert clock(one(_call(**keys), **settings)) == ("call", d.WED_2026_06_10, hour)


def test_a_playbook_can_prefer_hours_and_the_settings_come_before_it():
    late = replace(load("balanced"), window="late")
    assert clock(only(plan_of(_call(), playbook=late), "status"))[2] == "16:00"
    assert clock(only(plan_of(_call(), playbook=late, window="early"), "status"))[2] == "09:00"


def test_private_hours_on_another_weekday_move_the_call_to_it():
    event = one(_call(), private_hours="Thu 12:00-13:00")
    assert clock(event) == ("call", d.THU_2026_06_11, "12:00")
    assert next(reason for reason in event.trace if reason.rule == "own-hours").before == d.WED_2026_06_10


@table(
    ("zone", "settings", "window", "hour", "own"),
    ("London: early there is afternoon here", LONDON, {}, "any", "09:00", "14:00"),
    ("London: the late hour ends at nine in the evening", LONDON, {}, "late", "09:00", "14:00"),
    ("Los Angeles: early there is before seven", LOS_ANGELES, {}, "any", "16:00", "13:00"),
    ("Los Angeles, an early riser", LOS_ANGELES, {"hours": "06:00-21:00"}, "any", "09:00", "06:00"),
    ("Kolkata: only the morning there", KOLKATA, {}, "late", "09:00", "18:30"),
    ("Kathmandu, off the half hours too", KATHMANDU, {}, "any", "09:00", "18:45"),
    ("Kathmandu, home by seven", KATHMANDU, {"hours": "19:10-21:00"}, "any", "09:30", "19:15"),
)
def test_a_call_lies_in_the_business_hours_there_and_in_the_own_hours_here(zone, settings, window, hour, own):
    event = one(_call(window=window), zone=zone, **settings)
    assert clock(event) == ("call", d.WED_2026_06_10, hour)
    assert clock(event, zone)[2] == own
    assert own in said(event)


def test_private_hours_are_of_the_candidates_own_weekday_and_clock():
    interview = meeting(
        d.WED_2026_06_03, zone=ZoneInfo("Pacific/Auckland"), country="NZ", decision=d.TUE_2026_06_09
    )
    # 16:00 on Wednesday in Auckland is 21:00 on Tuesday in Los Angeles.
    event = one(interview, zone=LOS_ANGELES, hours="07:00-22:00", private_hours="Tue 21:00-22:00")
    assert clock(event) == ("call", d.WED_2026_06_10, "16:00")


@table(
    ("settings", "hour"),
    ("as their business day begins", {}, "09:00"),
    ("their business day begins off the quarter hours", {"business_hours": "08:40-17:00"}, "08:45"),
    ("your hours begin later", {"hours": "09:40-21:00"}, "09:45"),
    ("private hours are for calls", {"private_hours": "12:00-13:00"}, "09:00"),
)
def test_the_hour_of_an_email(settings, hour):
    assert clock(one(_call(channel="email"), **settings)) == ("email", d.WED_2026_06_10, hour)


def test_nothing_makes_an_email_busy():
    busy = [(at(d.TUE_2026_06_09, "00:00"), at(d.SAT_2026_06_13, "00:00"))]
    event = one(_call(channel="email", busy="09:00-17:00"), busy=busy)
    assert clock(event) == ("email", d.WED_2026_06_10, "09:00")


@table(
    ("settings", "here", "there"),
    ("the last quarter hour of the evening", {}, (d.SUN_2026_11_22, "20:45"), (d.MON_2026_11_23, "07:15")),
    (
        "own hours off the quarter hours",
        {"hours": "07:00-20:40"},
        (d.SUN_2026_11_22, "20:15"),
        (d.MON_2026_11_23, "06:45"),
    ),
    (
        "own hours that go on until after they open: the evening still ends in time",
        {"hours": "12:00-24:00", "business_hours": "10:30-11:30"},
        (d.SUN_2026_11_22, "23:45"),
        (d.MON_2026_11_23, "10:15"),
    ),
)
def test_where_hours_never_meet_an_email_is_there_before_they_open(settings, here, there):
    interview = meeting(d.THU_2026_11_12, zone=KOLKATA, country="IN", channel="email")
    event = one(interview, zone=NEW_YORK, quiet_days=(), **settings)
    assert clock(event, NEW_YORK) == ("email", *here)
    assert clock(event) == ("email", *there)


def test_the_distance_of_two_clocks_is_that_of_the_day():
    # 16:30 in Kolkata is 07:00 in New York in summer, and 06:00 in winter.
    summer = meeting(d.WED_2026_06_03, zone=KOLKATA, country="IN", decision=d.TUE_2026_06_09)
    assert clock(one(summer, zone=NEW_YORK)) == ("call", d.WED_2026_06_10, "16:30")
    winter = meeting(d.THU_2026_11_12, zone=KOLKATA, country="IN", decision=d.TUE_2026_11_17)
    assert one(winter, zone=NEW_YORK).action == "email"


# On Sunday 8 March 2026 New York has no 02:00 to 03:00; on Sunday 1 November it has 01:00 to 02:00 twice.
def test_a_time_that_does_not_exist_moves_on_by_the_gap_and_says_so():
    interview = meeting(d.TUE_2026_03_03, agreed=d.SUN_2026_03_08)
    event = one(interview, business_hours="02:15-10:00", hours="00:00-24:00")
    assert clock(event) == ("call", d.SUN_2026_03_08, "03:15")
    assert rules(event)[-1] == "dst"
    assert "Sun 8 Mar 2026 02:15 does not exist" in said(event)


def test_a_time_that_comes_twice_means_the_first_and_says_so():
    interview = meeting(d.TUE_2026_10_27, agreed=d.SUN_2026_11_01)
    event = one(interview, business_hours="01:00-09:00", hours="00:00-24:00")
    assert clock(event) == ("call", d.SUN_2026_11_01, "01:00")
    assert event.start.utcoffset() == timedelta(hours=-4)
    assert event.end - event.start == timedelta(minutes=15)
    assert rules(event)[-1] == "dst"
    assert "comes twice" in said(event)


def test_a_call_that_ends_as_the_clocks_go_forward_ends_at_a_time_that_there_is():
    event = one(meeting(d.TUE_2026_03_03, agreed=at(d.SUN_2026_03_08, "01:45")))
    assert (f"{event.start:%H:%M}", f"{event.end:%H:%M}") == ("01:45", "03:00")


def test_a_thank_you_at_once_is_rounded_up_to_a_time_that_there_is():
    # In Cairo the clocks go forward at midnight: 23:50 is followed by 01:00, and eight in the morning by itself.
    interview = meeting(d.THU_2026_04_23, zone=ZoneInfo("Africa/Cairo"), country="EG")
    event = one(interview, "thank-you", not_before=at(d.THU_2026_04_23, "23:50", ZoneInfo("Africa/Cairo")))
    assert clock(event) == ("email", d.FRI_2026_04_24, "08:00")


def test_an_email_in_the_gap_says_so_too():
    interview = meeting(d.TUE_2026_03_03, agreed=d.SUN_2026_03_08, channel="email")
    event = one(interview, business_hours="02:00-10:00", hours="00:00-24:00")
    assert clock(event) == ("email", d.SUN_2026_03_08, "03:00")
    assert rules(event)[-1] == "dst"


@table(
    ("hours", "there"),
    # On that Sunday 09:00 in Jerusalem is 02:00 in New York, which is 03:00: the clocks go forward.
    ("the hour that is left out counts as the one after it", "03:00-21:00", "09:00"),
    ("and on from there", "04:00-21:00", "10:00"),
)
def test_own_hours_on_the_day_your_own_clocks_go_forward(hours, there):
    interview = meeting(
        d.TUE_2026_03_03, zone=JERUSALEM, country="IL", decision=d.THU_2026_03_05, channel="email"
    )
    event = one(interview, zone=NEW_YORK, hours=hours)
    assert clock(event) == ("email", d.SUN_2026_03_08, there)


def test_own_hours_of_a_call_on_the_day_your_own_clocks_go_back():
    # 09:15 in Jerusalem on 1 November is 02:15 in New York, an hour after 01:15 came a second time.
    interview = meeting(d.WED_2026_10_28, zone=JERUSALEM, country="IL", decision=d.THU_2026_10_29)
    event = one(interview, zone=NEW_YORK, hours="01:30-21:00", kept_free="")
    assert clock(event) == ("call", d.SUN_2026_11_01, "09:00")
    assert clock(event, NEW_YORK)[2] == "02:00"


def _two(**second):
    """Two interviews whose calls are both due on Wednesday 10 June at 09:00."""
    later = {"id": "beta", "company": "Beta", "decision": d.TUE_2026_06_09} | second
    return [_call(), meeting(d.WED_2026_06_03, "15:00", **later)]


def _status_calls(interviews, **settings):
    busy = settings.pop("busy", ())
    plans = plan(interviews, preferences(NEW_YORK, **settings), busy=busy)
    return {each.interview.id: clock(only(each, "status")) for each in plans}


def test_two_calls_of_one_candidate_never_collide():
    assert _status_calls(_two()) == {
        "acme": ("call", d.WED_2026_06_10, "09:00"),
        "beta": ("call", d.WED_2026_06_10, "09:15"),
    }


def test_the_one_who_had_to_step_back_says_why():
    second = plan(_two(), preferences(NEW_YORK))[1]
    assert "you have something else: status call, Acme" in said(only(second, "status"))


def test_calls_of_two_candidates_may():
    assert _status_calls(_two(candidate="Ben"))["beta"] == ("call", d.WED_2026_06_10, "09:00")


def test_emails_collide_with_nothing():
    assert _status_calls(_two(channel="email"))["beta"] == ("email", d.WED_2026_06_10, "09:00")


@table(
    ("third", "hour"),
    ("an interview over the early hour", meeting(d.WED_2026_06_10, "09:00", id="gamma"), "16:00"),
    ("a short one", meeting(d.WED_2026_06_10, "09:00", id="gamma", minutes=20), "09:30"),
    ("one in another zone", meeting(d.WED_2026_06_10, "15:00", BERLIN, id="gamma", minutes=15), "09:15"),
    ("one that was withdrawn", meeting(d.WED_2026_06_10, "09:00", id="gamma", status="withdrawn"), "09:00"),
    ("one of another candidate", meeting(d.WED_2026_06_10, "09:00", id="gamma", candidate="Ben"), "09:00"),
    (
        "a time agreed with somebody else, later in order",
        meeting(d.THU_2026_06_04, "09:00", id="gamma", agreed=at(d.WED_2026_06_10, "09:00")),
        "09:15",
    ),
    (
        "the same, to be written and not called",
        meeting(d.THU_2026_06_04, "09:00", id="gamma", agreed=at(d.WED_2026_06_10, "09:00"), channel="email"),
        "09:00",
    ),
    (
        "the same, of an interview that is over",
        meeting(
            d.THU_2026_06_04, "09:00", id="gamma", agreed=at(d.WED_2026_06_10, "09:00"), status="rejected"
        ),
        "09:00",
    ),
)
def test_a_call_keeps_out_of_what_is_fixed(third, hour):
    plans = plan([_call(), third], preferences(NEW_YORK))
    event = only(next(each for each in plans if each.interview.id == "acme"), "status")
    assert clock(event) == ("call", d.WED_2026_06_10, hour)


@table(
    ("busy", "hour"),
    ("a whole early hour", ("09:00", "10:00"), "16:00"),
    ("a minute of it", ("09:14", "09:15"), "09:15"),
    ("what ends as the call begins", ("08:00", "09:00"), "09:00"),
    ("what begins as the call ends", ("09:15", "17:00"), "09:00"),
    ("all but noon", ("07:00", "12:00"), "16:00"),
)
def test_a_call_keeps_out_of_the_candidates_own_time(busy, hour):
    event = one(_call(), busy=[tuple(at(d.WED_2026_06_10, each) for each in busy)])
    assert clock(event) == ("call", d.WED_2026_06_10, hour)
    assert ("taken" in rules(event)) is (hour != "09:00")


def test_a_day_that_is_full_for_one_is_full_for_the_next():
    day = [(at(d.WED_2026_06_10, "07:00"), at(d.WED_2026_06_10, "20:00"))]
    assert _status_calls(_two(), busy=day) == {
        "acme": ("call", d.THU_2026_06_11, "09:00"),
        "beta": ("call", d.THU_2026_06_11, "09:15"),
    }


def test_a_day_that_is_full_for_one_is_open_to_a_contact_with_other_hours():
    interviews = [
        _call(busy="09:00-16:45"),
        meeting(d.WED_2026_06_03, "15:00", id="beta", decision=d.TUE_2026_06_09),
    ]
    late = [(at(d.WED_2026_06_10, "16:45"), at(d.WED_2026_06_10, "17:00"))]
    assert _status_calls(interviews, busy=late) == {
        "acme": ("call", d.THU_2026_06_11, "16:45"),
        "beta": ("call", d.WED_2026_06_10, "09:00"),
    }


def test_preparations_collide_with_nothing():
    prepared = [
        clock(event)
        for each in plan(
            _two(),
            preferences(NEW_YORK),
            busy=[(at(d.TUE_2026_06_09, "17:00"), at(d.TUE_2026_06_09, "20:00"))],
        )
        for event in each.events
        if event.step == "prepare"
    ]
    assert prepared == [("prepare", d.TUE_2026_06_09, "18:00")] * 2


def test_a_call_and_an_interview_that_are_placed_by_start_then_id():
    tied = [meeting(d.WED_2026_06_03, "10:00", id=name, decision=d.TUE_2026_06_09) for name in ("b", "a")]
    assert _status_calls(tied) == {
        "a": ("call", d.WED_2026_06_10, "09:00"),
        "b": ("call", d.WED_2026_06_10, "09:15"),
    }


def test_a_person_is_who_the_thank_you_is_for():
    event = one(_call(), "thank-you")
    assert event.person == Person("Sarah Smith", "sarah@acme.example")

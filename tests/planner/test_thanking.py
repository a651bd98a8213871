"""The thank-you: when, by what, and to whom."""

from zoneinfo import ZoneInfo

from tests import dates as d
from tests.dates import at
from tests.planner.planning import clock, meeting, one, only, plan_of, said, table

LONDON, KOLKATA, LOS_ANGELES = (
    ZoneInfo("Europe/London"),
    ZoneInfo("Asia/Kolkata"),
    ZoneInfo("America/Los_Angeles"),
)


# The interview is on Thursday 4 June unless the start says otherwise; times are the candidate's.
@table(
    ("start", "minutes", "expected"),
    ("two hours after the end", at(d.THU_2026_06_04, "14:00"), 60, (d.THU_2026_06_04, "17:00")),
    ("rounded up to a quarter hour", at(d.THU_2026_06_04, "14:00"), 61, (d.THU_2026_06_04, "17:15")),
    ("a quarter hour is not rounded", at(d.THU_2026_06_04, "14:00"), 75, (d.THU_2026_06_04, "17:15")),
    (
        "half past eight in the evening will do",
        at(d.THU_2026_06_04, "17:30"),
        60,
        (d.THU_2026_06_04, "20:30"),
    ),
    ("a minute more will not", at(d.THU_2026_06_04, "17:30"), 61, (d.FRI_2026_06_05, "08:00")),
    ("eight in the morning will do", at(d.THU_2026_06_04, "05:00"), 60, (d.THU_2026_06_04, "08:00")),
    ("before eight waits until eight", at(d.THU_2026_06_04, "04:00"), 60, (d.THU_2026_06_04, "08:00")),
    (
        "past midnight waits until that morning",
        at(d.THU_2026_06_04, "22:00"),
        60,
        (d.FRI_2026_06_05, "08:00"),
    ),
    ("a Friday evening: Saturday morning", at(d.FRI_2026_06_05, "18:00"), 60, (d.SAT_2026_06_06, "08:00")),
    ("a Saturday", at(d.SAT_2026_06_06, "10:00"), 60, (d.SAT_2026_06_06, "13:00")),
    ("a holiday", at(d.FRI_2026_07_03, "10:00"), 60, (d.FRI_2026_07_03, "13:00")),
    ("the night the clocks go forward", at(d.SAT_2026_03_07, "23:30"), 60, (d.SUN_2026_03_08, "08:00")),
    ("through the hour that is left out", at(d.SUN_2026_03_08, "01:00"), 330, (d.SUN_2026_03_08, "09:30")),
)
def test_a_thank_you_email_is_two_hours_after_the_end_in_decent_hours(start, minutes, expected):
    event = one(meeting(start.date(), f"{start:%H:%M}", minutes=minutes), "thank-you")
    assert clock(event) == ("email", *expected)
    assert not event.overdue


@table(
    ("zone", "expected"),
    ("London: it is night there", LONDON, (d.FRI_2026_06_05, "08:00")),
    ("Los Angeles: still the morning", LOS_ANGELES, (d.THU_2026_06_04, "16:00")),
    ("Kolkata: the next morning there", KOLKATA, (d.FRI_2026_06_05, "08:00")),
)
def test_decent_hours_are_those_of_the_candidate(zone, expected):
    event = one(meeting(d.THU_2026_06_04, "16:00"), "thank-you", zone=zone)
    assert clock(event) == ("email", *expected)
    assert event.timezone == zone.key


# warm-call: early and late hours of both days first, in time order, then the other business hours.
@table(
    ("day", "start", "keys", "settings", "expected"),
    ("late the same day", d.WED_2026_06_03, "10:00", {}, {}, ("call", d.WED_2026_06_03, "16:00")),
    ("early the same day", d.WED_2026_06_03, "07:00", {}, {}, ("call", d.WED_2026_06_03, "09:00")),
    ("not within the hour after", d.WED_2026_06_03, "07:15", {}, {}, ("call", d.WED_2026_06_03, "09:15")),
    ("the late hour has begun", d.WED_2026_06_03, "14:20", {}, {}, ("call", d.WED_2026_06_03, "16:30")),
    ("early the next day", d.WED_2026_06_03, "15:15", {}, {}, ("call", d.THU_2026_06_04, "09:00")),
    (
        "late today is busy: early tomorrow",
        d.WED_2026_06_03,
        "10:00",
        {"busy": "Wed 16:00-17:00"},
        {},
        ("call", d.THU_2026_06_04, "09:00"),
    ),
    (
        "both ends are busy: the rest of today",
        d.WED_2026_06_03,
        "10:00",
        {"busy": "09:00-10:00; 16:00-17:00"},
        {},
        ("call", d.WED_2026_06_03, "12:00"),
    ),
    (
        "the rest of tomorrow, but not after 24 hours",
        d.WED_2026_06_03,
        "10:00",
        {"busy": "Wed 09:00-17:00; Thu 09:00-10:30; Thu 16:00-17:00"},
        {},
        ("call", d.THU_2026_06_04, "10:30"),
    ),
    (
        "the last moment of the 24 hours",
        d.WED_2026_06_03,
        "10:00",
        {"busy": "Wed 09:00-17:00; Thu 09:00-11:00"},
        {},
        ("call", d.THU_2026_06_04, "11:00"),
    ),
    (
        "a moment more: email",
        d.WED_2026_06_03,
        "10:00",
        {"busy": "Wed 09:00-17:00; Thu 09:00-11:15"},
        {},
        ("email", d.WED_2026_06_03, "13:00"),
    ),
    (
        "a Sunday before a Monday kept free",
        d.SUN_2026_06_07,
        "14:00",
        {},
        {},
        ("email", d.SUN_2026_06_07, "17:00"),
    ),
    (
        "a Sunday before a Monday that is not",
        d.SUN_2026_06_07,
        "14:00",
        {},
        {"kept_free": ""},
        ("call", d.MON_2026_06_08, "09:00"),
    ),
    ("before a holiday", d.THU_2026_07_02, "15:45", {}, {}, ("email", d.THU_2026_07_02, "18:45")),
    (
        "the contact leaves tomorrow",
        d.WED_2026_06_03,
        "15:45",
        {"away": "2026-06-04..2026-06-10"},
        {},
        ("email", d.WED_2026_06_03, "18:45"),
    ),
    (
        "a wish for late hours changes nothing here",
        d.WED_2026_06_03,
        "07:00",
        {"window": "late"},
        {},
        ("call", d.WED_2026_06_03, "09:00"),
    ),
)
def test_a_thank_you_call_is_between_one_hour_and_a_day_after(day, start, keys, settings, expected):
    event = one(meeting(day, start, playbook="warm-call", **keys), "thank-you", **settings)
    assert clock(event) == expected
    assert event.action == "call" or "No legal time for a call within 24 hours" in said(event)


def test_a_thank_you_call_keeps_out_of_the_candidates_own_interviews():
    busy = [(at(d.WED_2026_06_03, "15:50"), at(d.WED_2026_06_03, "16:20"))]
    event = one(meeting(d.WED_2026_06_03, "10:00", playbook="warm-call"), "thank-you", busy=busy)
    assert clock(event) == ("call", d.WED_2026_06_03, "16:30")


def test_prompt_has_thanked_in_person():
    assert one(meeting(d.WED_2026_06_03, playbook="prompt"), "thank-you") is None


@table(
    ("keys", "thanked"),
    ("the contact", {}, ["sarah@acme.example"]),
    (
        "and each interviewer with an address",
        {"interviewers": "Bob <bob@acme.example>; Cem; Dana <dana@acme.example>"},
        ["sarah@acme.example", "bob@acme.example", "dana@acme.example"],
    ),
    ("the contact once", {"interviewers": "Sarah Smith <SARAH@acme.example>"}, ["sarah@acme.example"]),
    (
        "each address once",
        {"interviewers": "Bob <bob@acme.example>; Robert <BOB@acme.example>"},
        ["sarah@acme.example", "BOB@acme.example"],
    ),
    ("nobody has an address: the contact by name", {"email": "", "interviewers": "Bob; Cem"}, [""]),
    ("nobody has a name either", {"email": "", "contact": ""}, [""]),
    (
        "only the interviewer has one",
        {"email": "", "interviewers": "Bob <bob@acme.example>"},
        ["bob@acme.example"],
    ),
)
def test_whom_to_thank(keys, thanked):
    plan = plan_of(meeting(d.WED_2026_06_03, **keys))
    events = [event for event in plan.events if event.step == "thank-you"]
    assert sorted(event.person.email for event in events) == sorted(thanked)
    assert len({event.uid for event in events}) == len(events)
    assert len({event.start for event in events}) == 1


def test_a_contact_without_an_address_is_noted_where_others_are_thanked():
    plan = plan_of(meeting(d.WED_2026_06_03, email="", interviewers="Bob <bob@acme.example>"))
    (note,) = plan.notes
    assert note.step == "thank-you"
    assert "Sarah Smith" in note.text


def test_without_a_name_there_is_nobody_to_note():
    plan = plan_of(meeting(d.WED_2026_06_03, email="", contact="", interviewers="Bob <bob@acme.example>"))
    assert plan.notes == ()


def test_a_thank_you_call_is_for_the_contact_and_the_others_get_emails():
    interview = meeting(
        d.WED_2026_06_03, "10:00", playbook="warm-call", interviewers="Bob <bob@acme.example>"
    )
    thanked = [
        (event.person.name, clock(event)) for event in plan_of(interview).events if event.step == "thank-you"
    ]
    assert thanked == [
        ("Bob", ("email", d.WED_2026_06_03, "13:00")),
        ("Sarah Smith", ("call", d.WED_2026_06_03, "16:00")),
    ]


@table(
    ("interview", "floor", "expected", "overdue"),
    (
        "not yet due",
        meeting(d.THU_2026_06_04),
        at(d.THU_2026_06_04, "15:30"),
        ("email", d.THU_2026_06_04, "17:00"),
        False,
    ),
    (
        "due, and within its day",
        meeting(d.THU_2026_06_04),
        at(d.THU_2026_06_04, "18:05"),
        ("email", d.THU_2026_06_04, "18:15"),
        False,
    ),
    (
        "at night it waits for the morning",
        meeting(d.THU_2026_06_04),
        at(d.THU_2026_06_04, "21:00"),
        ("email", d.FRI_2026_06_05, "08:00"),
        False,
    ),
    (
        "past its day",
        meeting(d.THU_2026_06_04),
        at(d.FRI_2026_06_05, "15:01"),
        ("email", d.FRI_2026_06_05, "15:15"),
        True,
    ),
    (
        "three days later, on a Sunday",
        meeting(d.THU_2026_06_04),
        at(d.SUN_2026_06_07, "06:00"),
        ("email", d.SUN_2026_06_07, "08:00"),
        True,
    ),
    (
        "a call from now on",
        meeting(d.WED_2026_06_03, "10:00", playbook="warm-call"),
        at(d.WED_2026_06_03, "16:20"),
        ("call", d.WED_2026_06_03, "16:30"),
        False,
    ),
    (
        "no call after its day, but an email at once",
        meeting(d.WED_2026_06_03, "10:00", playbook="warm-call"),
        at(d.FRI_2026_06_05, "09:00"),
        ("email", d.FRI_2026_06_05, "09:00"),
        True,
    ),
)
def test_under_a_floor_a_thank_you_goes_out_at_once(interview, floor, expected, overdue):
    event = one(interview, "thank-you", not_before=floor)
    assert clock(event) == expected
    assert event.overdue is overdue


def test_each_interviewer_keeps_the_same_identity_whoever_else_is_thanked():
    alone = plan_of(meeting(d.WED_2026_06_03, email="", interviewers="Bob <bob@acme.example>"))
    among = plan_of(meeting(d.WED_2026_06_03, interviewers="Ann <ann@acme.example>; Bob <bob@acme.example>"))
    assert only(alone, "thank-you").uid in {event.uid for event in among.events}


@table(
    ("floor", "thanked"),
    ("72 hours after its end", at(d.SUN_2026_06_07, "15:00"), True),
    ("a minute more", at(d.SUN_2026_06_07, "15:01"), False),
    ("the evening before, for the next morning", at(d.SAT_2026_06_06, "22:00"), True),
)
def test_thanks_that_would_be_later_than_three_days_are_left_out_with_a_note(floor, thanked):
    plan = plan_of(meeting(d.THU_2026_06_04), not_before=floor)
    assert (only(plan, "thank-you") is not None) is thanked
    assert [note.step for note in plan.notes if "72 hours" in note.text] == ([] if thanked else ["thank-you"])

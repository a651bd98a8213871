"""Waits: preferred first, then later, then earlier, then late; a call that finds nothing is written."""

from zoneinfo import ZoneInfo

from tests import dates as d
from tests.dates import at
from tests.planner.planning import clock, meeting, one, only, plan_of, rules, said, table

NEW_YORK, KOLKATA = ZoneInfo("America/New_York"), ZoneInfo("Asia/Kolkata")


def _balanced(**keys):
    """Window Thu 19 Nov, Mon 23 Nov, Fri 27 Nov; the Thursday in it is Thanksgiving."""
    return meeting(d.THU_2026_11_12, **keys)


def _classic(**keys):
    """Window Thu 11 Jun, Thu 11 Jun, Sun 14 Jun."""
    return meeting(d.THU_2026_06_04, "10:00", playbook="classic", **keys)


@table(
    ("away", "expected", "late"),
    ("the preferred day is kept free: the next", "2026-11-01", d.TUE_2026_11_24, False),
    ("the next is away too: the one after", "2026-11-24", d.WED_2026_11_25, False),
    ("up to the last day of the window", "2026-11-24..2026-11-25", d.FRI_2026_11_27, False),
    (
        "nothing from preferred to latest: back over the weekend",
        "2026-11-23..2026-11-27",
        d.FRI_2026_11_20,
        False,
    ),
    ("back to earliest", "2026-11-20..2026-11-27", d.THU_2026_11_19, False),
    ("the whole window: late, over the Monday", "2026-11-19..2026-11-27", d.TUE_2026_12_01, True),
    ("earlier than earliest is never looked at", "2026-11-19..2026-12-01", d.WED_2026_12_02, True),
)
def test_days_are_looked_at_in_this_order(away, expected, late):
    event = one(_balanced(away=away), quiet_days=())
    assert clock(event) == ("call", expected, "09:00")
    assert event.late is late
    assert (event.earliest, event.preferred, event.latest) == (
        d.THU_2026_11_19,
        d.MON_2026_11_23,
        d.FRI_2026_11_27,
    )


def test_the_reasons_say_when_the_search_turns_back_and_when_it_is_late():
    back = one(_balanced(away="2026-11-23..2026-11-27"))
    assert rules(back)[-4:] == ["window-end", "weekend", "weekend", "slot"]
    late = one(_balanced(away="2026-11-19..2026-11-27"))
    assert "window-end" in rules(late)
    assert rules(late)[-5:] == ["late", "weekend", "weekend", "kept-free", "slot"]


@table(
    ("playbook", "expected", "late"),
    ("balanced turns back", "balanced", d.FRI_2026_11_20, False),
    ("professional has nothing before its preferred day", "professional", d.TUE_2026_12_01, True),
    ("gentle has two weeks from Thursday the 19th", "gentle", d.FRI_2026_11_20, False),
)
def test_how_far_a_playbook_looks(playbook, expected, late):
    event = one(_balanced(playbook=playbook, away="2026-11-19; 2026-11-23..2026-11-30"))
    assert (clock(event), event.late) == (("call", expected, "09:00"), late)


@table(
    ("away", "expected"),
    ("the thirtieth day after latest", "2026-06-11..2026-07-13", ("call", d.TUE_2026_07_14, "09:00")),
    ("one more: an email, kept free or not", "2026-06-11..2026-07-14", ("email", d.WED_2026_07_15, "09:00")),
    ("an email on a Monday", "2026-06-11..2026-07-19", ("email", d.MON_2026_07_20, "09:00")),
    ("the sixtieth day after latest", "2026-06-11..2026-08-12", ("email", d.THU_2026_08_13, "09:00")),
)
def test_a_call_is_looked_for_thirty_days_after_latest_and_an_email_sixty(away, expected):
    event = one(_classic(away=away))
    assert clock(event) == expected
    assert event.late
    assert ("fallback" in rules(event)) is (expected[0] == "email")


def test_an_email_that_finds_no_day_is_dropped_with_a_note():
    plan = plan_of(_classic(away="2026-06-11..2026-08-13"))
    assert only(plan, "status") is None
    (note,) = plan.notes
    assert (note.step, note.text) == ("status", "Left out: no day up to Thu 13 Aug 2026 would do for it.")


def test_what_counts_from_a_dropped_email_is_dropped_with_it():
    plan = plan_of(_balanced(away="2026-11-13..2027-02-14"))
    assert [note.step for note in plan.notes] == ["status", "second"]
    assert [event.step for event in plan.events] == ["ask", "thank-you"]


@table(
    ("keys", "settings", "expected", "told"),
    (
        "the contact is busy all week",
        {"busy": "09:00-17:00"},
        {},
        ("email", d.MON_2026_11_23, "09:00"),
        "No call fits between their busy hours from Mon 23 Nov 2026 to Sun 27 Dec 2026",
    ),
    (
        "the candidate can never call",
        {},
        {"private_hours": "Sat-Sun 10:00-12:00"},
        ("email", d.MON_2026_11_23, "09:00"),
        "Their business hours and yours do not meet for a call",
    ),
    (
        "no day is open for calls",
        {},
        {"kept_free": "Mon Tue Wed Thu Fri"},
        ("email", d.MON_2026_11_23, "09:00"),
        "No day from Mon 23 Nov 2026 to Sun 27 Dec 2026 is open for a call",
    ),
)
def test_a_call_that_finds_nothing_becomes_an_email_from_the_preferred_day_on(keys, settings, expected, told):
    event = one(_balanced(**keys), **settings)
    assert clock(event) == expected
    assert "fallback" in rules(event)
    assert told in said(event)


def test_a_call_whose_every_hour_is_taken_becomes_an_email():
    busy = [(at(d.FRI_2026_11_13, "00:00"), at(d.MON_2027_02_15, "00:00"))]
    event = one(_balanced(), busy=busy)
    assert clock(event) == ("email", d.MON_2026_11_23, "09:00")
    assert "Every hour for a call is taken" in said(event)


def test_a_day_without_a_slot_is_passed_over_with_the_reason():
    event = one(_balanced(busy="Tue 09:00-17:00"))
    assert clock(event) == ("call", d.WED_2026_11_25, "09:00")
    passed = next(reason for reason in event.trace if reason.rule == "contact-busy")
    assert (passed.before, passed.after) == (d.TUE_2026_11_24, d.WED_2026_11_25)


# An interview that ends at 20:00 is thanked for at 08:00 the next morning.
@table(
    ("keys", "expected", "late"),
    (
        "Thursday, thanked on Friday: Monday is the next business day, and kept free",
        {"playbook": "classic", "decision": "0 days"},
        ("call", d.TUE_2026_06_09, "09:00"),
        True,
    ),
    (
        "the same by email, for which Monday will do",
        {"playbook": "classic", "decision": "0 days", "channel": "email"},
        ("email", d.MON_2026_06_08, "09:00"),
        False,
    ),
    (
        "no thank-you, nothing to keep away from",
        {"playbook": "prompt"},
        ("call", d.TUE_2026_06_09, "09:00"),
        True,
    ),
)
def test_touches_are_a_business_day_apart(keys, expected, late):
    event = one(meeting(d.THU_2026_06_04, "19:00", **keys))
    assert clock(event) == expected
    assert event.late is late
    assert ("limit" in rules(event)) is (keys["playbook"] == "classic")


def test_the_next_business_day_after_a_thank_you_will_do():
    event = one(meeting(d.TUE_2026_06_09, "19:00", playbook="classic", decision="1 day"))
    assert clock(event) == ("call", d.THU_2026_06_11, "09:00")
    assert not event.late


def test_a_thank_you_on_a_weekend_moves_nothing_but_what_is_due_before_the_next_business_day():
    plan = plan_of(meeting(d.FRI_2026_06_05, "19:00", playbook="classic", decision="0 days", channel="email"))
    assert clock(only(plan, "thank-you")) == ("email", d.SAT_2026_06_06, "08:00")
    assert clock(only(plan, "status")) == ("email", d.MON_2026_06_08, "09:00")


def test_where_hours_never_meet_a_call_becomes_an_email_in_the_evening_before():
    event = one(meeting(d.THU_2026_11_12, zone=KOLKATA, country="IN"), zone=NEW_YORK, quiet_days=())
    assert clock(event) == ("email", d.MON_2026_11_23, "07:15")
    assert clock(event, NEW_YORK) == ("email", d.SUN_2026_11_22, "20:45")
    assert "do not meet" in said(event)
    assert "sent in your evening" in said(event)

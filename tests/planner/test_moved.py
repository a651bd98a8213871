"""A follow-up goes where the candidate wants it, whatever the rules say, and they say what it is against."""

from datetime import timedelta

import pytest

from calsync.domain import Outcome, replace
from calsync.planner import Planner, plan
from tests import dates as d
from tests.dates import LONDON, at
from tests.planner.planning import clock, meeting, only, plan_of, preferences, rules, said, table

THURSDAY = meeting(d.THU_2026_11_12)
TOM = "Tom Reyes <tom@acme.example>"
ONE_WEEKEND = timedelta(days=3)
"""From the Friday after Thanksgiving, a bridge day, to the Monday."""
NOW = at(d.MON_2026_11_16, "10:00")
SENT = Outcome(interview="acme", result="sent", at=at(d.THU_2026_11_12, "17:00"), step="thank-you")


def moved(to, step="status", when=NOW, **keys):
    uid = keys.pop("uid", f"acme.{step}@calsync")
    return Outcome(interview="acme", result="moved", at=when, step=step, uid=uid, to=to, **keys)


def told(result, when, step="status", **keys):
    return Outcome(interview="acme", result=result, at=when, step=step, **keys)


def after(interview, *log, floor=None, others=(), **settings):
    """The plan after ``log``; as in a store, what was moved sets no floor."""
    wishes = preferences(settings.pop("zone", interview.zone), **settings)
    floors = {"acme": floor or max(each.at for each in (SENT, *log) if each.result != "moved")}
    plans = plan([interview, *others], wishes, outcomes=log, not_before=floors)
    return next(each for each in plans if each.interview is interview)


def days(found):
    return {event.step: event.start.date() for event in found.events if event.action in {"call", "email"}}


@table(
    ("interview", "step", "to"),
    ("a wait", THURSDAY, "status", at(d.WED_2026_11_25, "11:15")),
    ("an email", THURSDAY, "second", at(d.WED_2026_12_02, "15:00")),
    (
        "an email in the place of a call",
        meeting(d.THU_2026_11_12, phone=""),
        "status",
        at(d.WED_2026_11_25, "10:00"),
    ),
    (
        "what was agreed",
        meeting(d.THU_2026_11_12, agreed=at(d.WED_2026_11_18, "10:00")),
        "status",
        at(d.THU_2026_11_19, "10:00"),
    ),
    ("a time between the quarter hours", THURSDAY, "status", at(d.WED_2026_11_25, "11:20")),
)
def test_it_is_where_it_was_moved_to(interview, step, to):
    planned = only(after(interview, SENT), step)
    event = only(after(interview, SENT, moved(to, step)), step)
    assert (event.start, event.pinned, event.moved) == (to, True, True)
    assert (event.action, event.uid) == (planned.action, planned.uid)
    reason = next(reason for reason in event.trace if reason.rule == "moved")
    assert (reason.before, reason.after) == (planned.start, to)
    assert reason.text.startswith("You moved it from ")


def test_where_it_was_is_what_was_written_down():
    event = only(
        after(THURSDAY, SENT, moved(at(d.WED_2026_11_25, "11:15"), was=at(d.MON_2026_11_30, "12:00"))),
        "status",
    )
    assert "from Mon 30 Nov 2026 12:00 to Wed 25 Nov 2026 11:15" in said(event)


def test_what_follows_is_anchored_on_it():
    found = after(THURSDAY, SENT, moved(at(d.MON_2026_11_30, "11:00")))
    assert days(found) == {
        "status": d.MON_2026_11_30,
        "second": d.MON_2026_12_07,
        "closing": d.MON_2026_12_21,
    }
    prepare = next(event for event in found.events if event.step == "prepare")
    assert prepare.start == at(d.SUN_2026_11_29, "18:00")


def test_what_follows_an_agreed_touch_that_was_moved_is_anchored_on_it_too():
    interview = meeting(d.THU_2026_11_12, agreed=d.WED_2026_11_18)
    to = at(d.FRI_2026_11_20, "10:00")
    assert days(after(interview, SENT))["second"] == d.WED_2026_11_25
    assert days(after(interview, SENT, moved(to)))["second"] == d.FRI_2026_11_27 + ONE_WEEKEND
    missed = [moved(to), told("voicemail", to), told("voicemail", at(d.TUE_2026_11_24, "16:05"), "retry")]
    assert days(after(interview, SENT, *missed))["second"] == d.TUE_2026_12_01
    skipped = moved(to), told("skip", at(d.THU_2026_11_19, "10:00"), was=to)
    assert days(after(interview, SENT, *skipped))["second"] == d.FRI_2026_11_27 + ONE_WEEKEND


def test_a_call_that_is_moved_to_the_same_day_has_no_evening_left_to_prepare():
    for to, prepared in ((at(d.MON_2026_11_16, "16:00"), 0), (at(d.TUE_2026_11_17, "09:00"), 1)):
        found = after(THURSDAY, SENT, moved(to))
        assert sum(event.step == "prepare" for event in found.events) == prepared


@table(
    ("to", "rule", "text"),
    ("a Saturday", at(d.SAT_2026_11_28, "10:00"), "weekend", "is a weekend day"),
    ("Thanksgiving", at(d.THU_2026_11_26, "10:00"), "holiday", "Thanksgiving"),
    ("a bridge day", at(d.FRI_2026_11_27, "10:00"), "bridge", "bridge day"),
    ("a Monday", at(d.MON_2026_11_30, "10:00"), "kept-free", "kept free"),
    ("the afternoon of an eve", at(d.WED_2026_11_25, "15:00"), "eve", "before noon"),
    ("before they are there", at(d.TUE_2026_11_24, "08:00"), "limit", "outside their business hours"),
    ("as they go home", at(d.TUE_2026_11_24, "16:50"), "limit", "outside their business hours"),
    ("outside the own hours", at(d.TUE_2026_11_24, "21:30"), "own-hours", "outside your own hours"),
    ("early", at(d.TUE_2026_11_17, "10:00"), "offset", "the earliest day for it"),
    ("late", at(d.TUE_2026_12_01, "10:00"), "late", "would be late"),
    ("the day after the thanks", at(d.THU_2026_11_12, "18:00"), "limit", "The follow-up before it"),
)  # fmt: skip
def test_a_time_against_the_rules_is_kept_and_the_reasons_say_which(to, rule, text):
    event = only(after(THURSDAY, SENT, moved(to)), "status")
    against = event.trace[[reason.rule for reason in event.trace].index("moved") + 1 :]
    assert event.start == to
    assert rule in [reason.rule for reason in against]
    assert text in " ".join(reason.text for reason in against)


def test_a_time_by_the_rules_has_nothing_against_it():
    for step, to in (("status", at(d.WED_2026_11_25, "09:15")), ("second", at(d.WED_2026_12_02, "10:00"))):
        assert rules(only(after(THURSDAY, SENT, moved(to, step)), step))[-1] == "moved"


@table(
    ("keys", "rule"),
    ("their busy hours", {"busy": "Mon-Fri 10:00-12:00"}, "contact-busy"),
    ("their absence", {"away": "2026-11-24..2026-11-25"}, "away"),
)
def test_what_is_known_of_the_contact_speaks_against_it_too(keys, rule):
    event = only(
        after(meeting(d.THU_2026_11_12, **keys), SENT, moved(at(d.WED_2026_11_25, "11:00"))), "status"
    )
    assert rule in rules(event)[rules(event).index("moved") :]


def test_an_hour_that_is_taken_is_said_and_the_own_call_is_not():
    other = meeting(d.WED_2026_11_25, "11:00", id="beta", company="Beta")
    event = only(after(THURSDAY, SENT, moved(at(d.WED_2026_11_25, "11:00")), others=[other]), "status")
    assert "the interview with Beta" in said(event)
    assert "taken" not in rules(only(after(THURSDAY, SENT, moved(at(d.WED_2026_11_25, "11:00"))), "status"))


def test_a_call_that_was_moved_holds_its_hour():
    earlier = meeting(d.TUE_2026_11_10, id="beta", company="Beta", decision=d.TUE_2026_11_24)
    free = after(earlier, others=[THURSDAY], floor=NOW)
    assert clock(only(free, "status")) == ("call", d.WED_2026_11_25, "09:00")
    held = plan(
        [earlier, THURSDAY], preferences(THURSDAY.zone), outcomes=[moved(at(d.WED_2026_11_25, "09:00"))]
    )
    assert clock(only(held[0], "status")) == ("call", d.WED_2026_11_25, "09:15")


def test_a_thank_you_can_be_moved_each_by_itself():
    interview = meeting(d.THU_2026_11_12, interviewers=TOM)
    tom = next(
        event for event in plan_of(interview).events if event.person and event.person.name == "Tom Reyes"
    )
    to = at(d.FRI_2026_11_13, "07:30")
    found = plan([interview], preferences(interview.zone), outcomes=[moved(to, "thank-you", uid=tom.uid)])[0]
    starts = {event.person.name: event.start for event in found.events if event.step == "thank-you"}
    assert starts == {"Sarah Smith": at(d.THU_2026_11_12, "17:00"), "Tom Reyes": to}


def test_thanks_that_are_moved_far_say_that_they_are_late():
    for to, rule in ((at(d.SAT_2026_11_14, "10:00"), "late"), (at(d.MON_2026_11_16, "10:00"), "limit")):
        event = only(
            after(THURSDAY, moved(to, "thank-you"), floor=at(d.THU_2026_11_12, "16:00")), "thank-you"
        )
        assert event.start == to
        assert rules(event)[-1] == rule


# What ends it


def test_given_back_the_plan_has_it_again():
    log = [SENT, moved(at(d.MON_2026_11_30, "11:00"))]
    assert after(THURSDAY, *log, moved(None)) == after(THURSDAY, SENT)


def test_the_last_move_counts():
    log = [moved(at(d.MON_2026_11_30, "11:00")), moved(at(d.WED_2026_11_25, "09:30"))]
    assert only(after(THURSDAY, SENT, *log), "status").start == at(d.WED_2026_11_25, "09:30")


def test_another_time_of_the_interview_drops_it_with_a_note():
    there = replace(THURSDAY, start=at(d.MON_2026_11_16, "14:00"))
    log = [moved(at(d.MON_2026_11_30, "11:00"), met=THURSDAY.start)]
    assert only(after(THURSDAY, SENT, *log), "status").moved
    found = after(there, *log, floor=at(d.MON_2026_11_16, "15:00"))
    assert not only(found, "status").moved
    assert days(found)["status"] == d.WED_2026_11_25
    assert "You had moved it to Mon 30 Nov 2026 11:00" in " ".join(note.text for note in found.notes)


@table(
    ("result", "keys", "expected"),
    ("a day", "replied", {"next": d.WED_2026_12_02}, (d.WED_2026_12_02, "09:00")),
    ("a call back", "call-back", {"next": at(d.WED_2026_12_02, "15:00")}, (d.WED_2026_12_02, "15:00")),
    ("another decision", "more-time", {"decision": d.WED_2026_12_02}, (d.THU_2026_12_03, "09:00")),
)
def test_a_day_that_they_name_later_takes_its_place(result, keys, expected):
    log = [SENT, moved(at(d.MON_2026_11_30, "11:00")), told(result, at(d.TUE_2026_11_17, "10:00"), **keys)]
    assert clock(only(after(THURSDAY, *log), "status"))[1:] == expected


def test_news_of_another_offer_take_the_place_of_what_was_moved():
    agreed = meeting(d.THU_2026_11_12, agreed=d.WED_2026_11_25)
    offered = told("competing-offer", at(d.TUE_2026_11_17, "10:10"), None, by=d.TUE_2026_12_01)
    assert set(days(after(agreed, SENT, offered))) >= {"news", "status"}
    found = after(agreed, SENT, moved(at(d.TUE_2026_11_17, "15:00")), offered)
    assert "status" not in days(found)
    assert only(found, "news").start == at(d.TUE_2026_11_17, "10:15")


def test_a_day_that_they_named_before_gives_way_to_it():
    log = [SENT, told("replied", at(d.FRI_2026_11_13, "10:00"), next=d.WED_2026_11_18)]
    to = at(d.FRI_2026_11_20, "10:00")
    event = only(after(THURSDAY, *log, moved(to)), "status")
    assert (event.start, event.moved) == (to, True)


def test_it_is_over_once_the_touch_is_done():
    log = [SENT, moved(at(d.FRI_2026_11_20, "10:00")), told("no-answer", at(d.FRI_2026_11_20, "10:05"))]
    again = [*log, told("more-time", at(d.MON_2026_11_23, "10:00"), decision=d.MON_2026_11_30)]
    assert not only(after(THURSDAY, *log), "retry").moved
    assert not only(after(THURSDAY, *again), "status").moved


def test_it_sets_no_floor_and_what_has_passed_is_the_plans_again():
    to = at(d.FRI_2026_11_20, "10:00")
    other = told("sent", at(d.MON_2026_11_23, "12:00"), "thank-you")
    event = only(after(THURSDAY, moved(to), other), "status")
    assert (event.start, event.pinned, event.moved) == (at(d.TUE_2026_11_24, "09:00"), False, False)
    assert "has passed" in said(event)


@pytest.mark.parametrize("end", ["offer", "ghosted", "cancelled"])
def test_an_end_takes_it_too(end):
    log = [SENT, moved(at(d.MON_2026_11_30, "11:00")), told(end, at(d.TUE_2026_11_17, "10:00"), None)]
    assert after(THURSDAY, *log).events == ()


def test_why_not_on_another_day_nobody_agreed_to_it():
    found = after(THURSDAY, SENT, moved(at(d.WED_2026_11_25, "11:00")))
    wishes = Planner(preferences(THURSDAY.zone))
    (reason, *_) = wishes.reasons_against(only(found, "status"), found, d.TUE_2026_11_24)
    assert (reason.rule, reason.text) == (
        "moved",
        "You moved it to Wed 25 Nov 2026, and that comes before every other rule.",
    )


# Where it goes to


def wanted(when, interview=THURSDAY, step="status", now=NOW, zone=None, **more):
    """Where a follow-up goes for ``when``."""
    event = only(plan_of(interview, zone=zone), step)
    return Planner(preferences(zone or interview.zone)).slot_for(event, interview, when, now, **more)


@table(
    ("when", "now", "expected"),
    ("a time is that time", at(d.SAT_2026_11_28, "23:00"), NOW, at(d.SAT_2026_11_28, "23:00")),
    ("the first slot of a day, as they are preferred", d.WED_2026_11_18, NOW, at(d.WED_2026_11_18, "09:00")),
    ("of today only what is to come", d.TUE_2026_11_17, at(d.TUE_2026_11_17, "10:00"), at(d.TUE_2026_11_17, "16:00")),
    ("a day without one: the next", d.SAT_2026_11_28, NOW, at(d.TUE_2026_12_01, "09:00")),
    ("no day: by time, from an hour on", None, at(d.TUE_2026_11_17, "10:05"), at(d.TUE_2026_11_17, "11:15")),
    ("no day, in the evening", None, at(d.TUE_2026_11_17, "16:00"), at(d.WED_2026_11_18, "09:00")),
    ("no day, on a Monday", None, NOW, at(d.TUE_2026_11_17, "09:00")),
)  # fmt: skip
def test_a_wish_becomes_a_time(when, now, expected):
    assert wanted(when, now=now) == expected


def test_a_wish_for_a_day_looks_at_the_preferred_end_of_it_first():
    assert wanted(d.WED_2026_11_18, meeting(d.THU_2026_11_12, window="late")) == at(d.WED_2026_11_18, "16:00")


def test_an_email_goes_to_the_first_quarter_hour_of_a_day():
    assert wanted(d.MON_2026_11_30, step="second") == at(d.MON_2026_11_30, "09:00")
    assert wanted(None, step="second", now=at(d.TUE_2026_11_17, "12:10")) == at(d.TUE_2026_11_17, "13:15")


@table(
    ("when", "now", "expected"),
    ("a day", d.SAT_2026_11_14, at(d.FRI_2026_11_13, "10:00"), at(d.SAT_2026_11_14, "08:00")),
    ("no day", None, at(d.THU_2026_11_12, "20:00"), at(d.FRI_2026_11_13, "08:00")),
    ("a day on which they say the opposite", d.MON_2026_11_16, at(d.FRI_2026_11_13, "10:00"), None),
)
def test_thanks_go_to_any_day_within_72_hours(when, now, expected):
    assert wanted(when, step="thank-you", now=now) == expected


def test_hours_that_are_taken_and_the_touch_before_count():
    other = meeting(d.WED_2026_11_18, "09:00", id="beta")
    assert wanted(d.WED_2026_11_18, others=[other]) == at(d.WED_2026_11_18, "16:00")
    assert wanted(d.WED_2026_11_18, last_touch=d.WED_2026_11_18) == at(d.THU_2026_11_19, "09:00")


def test_the_time_is_in_the_zone_of_the_follow_up():
    found = wanted(at(d.WED_2026_11_18, "15:00", LONDON), zone=LONDON)
    assert (found, str(found.tzinfo)) == (at(d.WED_2026_11_18, "10:00"), "America/New_York")


@pytest.mark.parametrize("step", ["ask", "prepare"])
def test_what_belongs_to_its_occasion_goes_nowhere_else(step):
    assert wanted(None, step=step) is None

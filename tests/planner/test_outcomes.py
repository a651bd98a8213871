"""What each outcome changes, row by row; no store, only the log and the plan that follows.

``THURSDAY`` is Thu 2026-11-12 14:00 in New York with a number: seven business
days later is Mon 11-23, so the status call is on Tue 11-24 at 09:00. Thanksgiving
is Thu 11-26.
"""

from datetime import timedelta

import pytest

from calsync.domain import Outcome, Period, Span
from calsync.planner import Planner, plan, with_absences
from tests import dates as d
from tests.dates import BERLIN, at
from tests.planner.planning import clock, meeting, only, preferences, rules, said, table

THURSDAY = meeting(d.THU_2026_11_12)
TOM = "Tom Reyes <tom@acme.example>"
CALL = at(d.TUE_2026_11_24, "09:05")
"""When the status call of most cases is made."""


def told(result, when=CALL, step=None, **keys):
    return Outcome(interview="acme", result=result, at=when, step=step, **keys)


def after(interview, *log, floor=None, **settings):
    """The plan after ``log``; as in a store it begins when the last of it was logged."""
    wishes = preferences(settings.pop("zone", interview.zone), **settings)
    floors = {"acme": floor or max((each.at for each in log), default=None)}
    return plan([interview], wishes, outcomes=log, not_before=floors if floors["acme"] else None)[0]


def touches(found):
    """Step, action, day and clock of the calls and emails, in their order."""
    return [(event.step, *clock(event)) for event in found.events if event.action in {"call", "email"}]


def steps(found):
    return [step for step, *_ in touches(found)]


def day_of(found, step):
    event = only(found, step)
    return event and event.start.date()


SENT = told("sent", at(d.THU_2026_11_12, "17:00"), "thank-you")


# sent


def test_a_thank_you_that_was_sent_is_done_and_moves_nothing_else():
    before, found = after(THURSDAY, floor=at(d.THU_2026_11_12, "15:05")), after(THURSDAY, SENT)
    assert touches(found) == touches(before)[1:]
    assert steps(found) == ["status", "second", "closing"]


def test_one_sent_is_for_all_the_thank_yous():
    assert "thank-you" in steps(after(meeting(d.THU_2026_11_12, interviewers=TOM)))
    assert "thank-you" not in steps(after(meeting(d.THU_2026_11_12, interviewers=TOM), SENT))


def test_a_status_email_that_was_sent_anchors_the_second_on_its_day():
    interview = meeting(d.THU_2026_11_12, channel="email")
    assert touches(after(interview, SENT, told("sent", at(d.WED_2026_11_25, "10:00"), "status"))) == [
        ("second", "email", d.WED_2026_12_02, "09:00"),
        ("closing", "email", d.WED_2026_12_16, "09:00"),
    ]


def test_a_status_email_sent_early_brings_the_rest_forward():
    interview = meeting(d.THU_2026_11_12, channel="email")
    assert day_of(after(interview, told("sent", at(d.FRI_2026_11_20, "10:00"), "status")), "second") == (
        d.MON_2026_11_30
    )


def test_a_second_email_that_was_sent_anchors_the_closing_on_its_day():
    log = [SENT, told("voicemail"), told("voicemail", at(d.WED_2026_11_25, "16:00"), "retry")]
    late = told("sent", at(d.FRI_2026_12_04, "12:00"), "second")
    assert touches(after(THURSDAY, *log, late)) == [("closing", "email", d.FRI_2026_12_18, "09:00")]


def test_nothing_follows_a_closing_that_was_sent():
    assert touches(after(THURSDAY, SENT, told("sent", at(d.TUE_2026_12_15, "09:00"), "closing"))) == []


def test_an_email_sent_in_the_place_of_the_call_is_the_status_touch():
    assert steps(after(THURSDAY, SENT, told("sent", step="status"))) == ["second", "closing"]


def test_a_touch_after_another_that_was_skipped_over_ends_the_earlier_ones():
    assert steps(after(THURSDAY, SENT, told("sent", at(d.TUE_2026_11_17, "10:00"), "second"))) == ["closing"]


def test_a_thank_you_sent_late_leaves_a_retry_where_it_was():
    missed = after(THURSDAY, told("no-answer", step="status"))
    sent = after(
        THURSDAY, told("no-answer", step="status"), told("sent", CALL + timedelta(hours=1), "thank-you")
    )
    assert only(missed, "retry").start == only(sent, "retry").start == at(d.WED_2026_11_25, "09:00")


# Misses: each playbook's message, retry and cap

MISS = ("no-answer", "voicemail", "gatekeeper")


@table(
    ("playbook", "result", "then"),
    *[(f"balanced, {result}", "balanced", result, ["retry", "second", "closing"]) for result in MISS],
    *[(f"gentle, {result}", "gentle", result, []) for result in MISS],
    *[(f"professional, {result}", "professional", result, ["second", "closing"]) for result in MISS],
    *[(f"classic, {result}", "classic", result, []) for result in MISS],
    *[(f"prompt, {result}", "prompt", result, ["retry"]) for result in MISS],
    *[(f"early-bird, {result}", "early-bird", result, ["retry", "second"]) for result in MISS],
    ("warm-call after D, no answer", "warm-call", "no-answer", ["retry"]),
    ("warm-call after D, a message", "warm-call", "voicemail", []),
)
def test_what_follows_the_first_miss_of_a_status_call(playbook, result, then):
    decision = d.MON_2026_11_23 if playbook == "warm-call" else None
    interview = meeting(d.THU_2026_11_12, playbook=playbook, decision=decision)
    assert steps(after(interview, SENT, told(result, step="status"))) == then


@table(
    ("playbook", "first", "second", "then"),
    ("balanced, silent twice", "balanced", "no-answer", "no-answer", ["second", "closing"]),
    ("balanced, a message at last", "balanced", "no-answer", "voicemail", ["second", "closing"]),
    ("balanced, two messages", "balanced", "voicemail", "gatekeeper", ["second", "closing"]),
    ("prompt, two messages", "prompt", "voicemail", "voicemail", []),
    ("prompt, silent twice", "prompt", "no-answer", "no-answer", []),
)
def test_what_follows_the_miss_of_a_retry(playbook, first, second, then):
    interview = meeting(d.THU_2026_11_12, playbook=playbook)
    log = told(first, step="status"), told(second, at(d.WED_2026_11_25, "16:05"), "retry")
    assert steps(after(interview, SENT, *log)) == then


@table(
    ("missed", "expected"),
    ("early", at(d.TUE_2026_11_17, "09:05"), at(d.WED_2026_11_18, "16:00")),
    ("late", at(d.TUE_2026_11_17, "16:40"), at(d.WED_2026_11_18, "09:00")),
    ("before noon", at(d.TUE_2026_11_17, "11:30"), at(d.WED_2026_11_18, "16:00")),
    ("after noon", at(d.TUE_2026_11_17, "14:00"), at(d.WED_2026_11_18, "09:00")),
    ("over the weekend and the Monday", at(d.FRI_2026_11_20, "09:05"), at(d.TUE_2026_11_24, "16:00")),
    ("over Thanksgiving and its bridge day", at(d.WED_2026_11_25, "16:05"), at(d.TUE_2026_12_01, "09:00")),
)
def test_a_retry_is_at_the_other_end_of_the_next_business_day(missed, expected):
    event = only(after(THURSDAY, SENT, told("no-answer", missed, "status")), "retry")
    assert (event.action, event.start) == ("call", expected)
    assert event.status == "confirmed"


@pytest.mark.parametrize("window", ["early", "late"])
def test_a_retry_flips_whatever_the_window_says(window):
    interview = meeting(d.THU_2026_11_12, window=window)
    missed = told("no-answer", at(d.TUE_2026_11_17, "09:05"), step="status")
    assert only(after(interview, SENT, missed), "retry").start == at(d.WED_2026_11_18, "16:00")


def test_a_retry_has_its_own_evening_to_prepare():
    found = after(THURSDAY, SENT, told("no-answer", step="status"))
    (prepare,) = [event for event in found.events if event.step == "prepare"]
    assert (prepare.before, prepare.start) == ("retry", at(d.TUE_2026_11_24, "18:00"))


def test_what_counts_after_two_misses_is_the_day_of_the_last():
    log = told("no-answer"), told("no-answer", at(d.WED_2026_11_25, "16:05"), "retry")
    assert day_of(after(THURSDAY, SENT, *log), "second") == d.WED_2026_12_02


def test_a_retry_is_an_email_once_they_asked_for_that():
    interview = meeting(d.THU_2026_11_12, channel="email")
    event = only(after(interview, SENT, told("no-answer", step="status")), "retry")
    assert clock(event) == ("email", d.WED_2026_11_25, "09:00")
    assert "channel" in rules(event)


def test_an_agreed_day_that_was_kept_is_what_the_second_email_counts_from():
    interview = meeting(d.THU_2026_11_12, agreed=d.WED_2026_11_18)
    missed = told("no-answer", at(d.WED_2026_11_18, "09:05"), "status")
    again = told("no-answer", at(d.THU_2026_11_19, "16:05"), "retry")
    assert day_of(after(interview, SENT), "second") == d.WED_2026_11_25
    assert day_of(after(interview, SENT, missed), "second") == d.WED_2026_11_25
    assert day_of(after(interview, SENT, missed, again), "second") == d.WED_2026_11_25


def test_an_agreed_day_that_was_missed_counts_no_more():
    interview = meeting(d.THU_2026_11_12, agreed=d.WED_2026_11_18)
    missed = told("voicemail", CALL, "status"), told("voicemail", at(d.WED_2026_11_25, "16:00"), "retry")
    assert day_of(after(interview, SENT, *missed), "second") == d.WED_2026_12_02


# warm-call: thanks by telephone

WARM = meeting(d.THU_2026_11_12, playbook="warm-call", decision=d.WED_2026_11_18)
THANKS = at(d.THU_2026_11_12, "16:05")


def test_a_missed_thank_you_call_is_tried_again_at_the_next_legal_slot():
    found = after(WARM, told("no-answer", THANKS, "thank-you"))
    assert touches(found) == [
        ("retry", "call", d.FRI_2026_11_13, "09:00"),
        ("status", "call", d.THU_2026_11_19, "09:00"),
    ]


def test_a_message_at_the_thank_you_call_is_all_there_may_be_and_the_status_is_written():
    """The message belongs to the second miss; left at the first, it is the playbook's one."""
    found = after(WARM, told("voicemail", THANKS, "thank-you"))
    assert touches(found) == [("status", "email", d.THU_2026_11_19, "09:00")]
    assert "002-18" in only(found, "status").trace[1].source


@table(
    ("result", "action"),
    ("no answer again", "no-answer", "call"),
    ("the message of the second miss", "voicemail", "email"),
    ("reached", "reached", "call"),
    ("written instead", "sent", "call"),
)
def test_the_status_touch_after_the_decision_outlives_the_retry_of_the_thank_you(result, action):
    log = told("no-answer", THANKS, "thank-you"), told(result, at(d.FRI_2026_11_13, "09:05"), "retry")
    assert touches(after(WARM, *log)) == [("status", action, d.THU_2026_11_19, "09:00")]


def test_only_the_retry_is_at_the_other_end_of_the_day():
    interview = meeting(d.THU_2026_11_12, playbook="warm-call", decision=d.WED_2026_11_18, window="late")
    found = after(interview, told("no-answer", at(d.THU_2026_11_12, "16:05"), "thank-you"))
    assert touches(found) == [
        ("retry", "call", d.FRI_2026_11_13, "09:00"),
        ("status", "call", d.THU_2026_11_19, "16:00"),
    ]


def test_the_second_try_of_the_thanks_outlives_news_that_are_passed_over():
    log = [
        told("competing-offer", at(d.THU_2026_11_12, "15:30"), by=d.WED_2026_11_18),
        told("no-answer", THANKS, "thank-you"),
        told("skip", THANKS + timedelta(minutes=5), "news"),
    ]
    assert steps(after(WARM, *log))[:1] == ["retry"]


def test_emails_to_the_others_stay_when_the_contact_was_called():
    interview = meeting(d.THU_2026_11_12, playbook="warm-call", interviewers=TOM)
    assert sorted(steps(after(interview))) == ["thank-you", "thank-you"]
    for result in ("reached", "voicemail", "no-answer"):
        found = after(interview, told(result, THANKS, "thank-you"))
        (email,) = [event for event in found.events if event.step == "thank-you"]
        assert (email.action, email.person.name) == ("email", "Tom Reyes")


def test_the_call_to_the_contact_stays_when_the_others_were_written_to():
    interview = meeting(d.THU_2026_11_12, playbook="warm-call", interviewers=TOM)
    found = after(interview, told("sent", at(d.THU_2026_11_12, "15:30"), "thank-you"))
    assert touches(found) == [("thank-you", "call", d.THU_2026_11_12, "16:00")]
    both = told("sent", at(d.THU_2026_11_12, "15:30"), "thank-you"), told("reached", THANKS, "thank-you")
    assert touches(after(interview, *both)) == []


def test_written_thanks_do_for_a_call_where_nobody_else_is_written_to():
    assert touches(after(WARM, told("sent", THANKS, "thank-you"))) == [
        ("status", "call", d.THU_2026_11_19, "09:00")
    ]


def test_a_bad_time_for_the_thank_you_call_keeps_it_a_thank_you():
    later = at(d.MON_2026_11_16, "11:00")
    found = after(WARM, told("bad-time", THANKS, "thank-you", next=later))
    assert touches(found) == [
        ("thank-you", "call", d.MON_2026_11_16, "11:00"),
        ("status", "call", d.THU_2026_11_19, "09:00"),
    ]
    done = told("reached", later, "thank-you")
    assert steps(after(WARM, told("bad-time", THANKS, "thank-you", next=later), done)) == ["status"]


def test_a_skipped_thank_you_call_is_no_call_and_no_email():
    interview = meeting(d.THU_2026_11_12, playbook="warm-call", interviewers=TOM, decision=d.WED_2026_11_18)
    assert steps(after(interview, told("skip", THANKS, "thank-you"))) == ["status"]


@table(
    ("keys", "expected"),
    ("a decision", {"decision": d.MON_2026_11_23}, ("call", d.TUE_2026_11_24, "09:00")),
    ("a span", {"decision": Span.parse("3 business days")}, ("call", d.WED_2026_11_18, "09:00")),
    ("a day", {"next": d.MON_2026_11_16}, ("call", d.MON_2026_11_16, "09:00")),
    ("a time", {"next": at(d.MON_2026_11_16, "11:15")}, ("call", d.MON_2026_11_16, "11:15")),
    (
        "both: the day comes first",
        {"next": d.FRI_2026_11_20, "decision": d.MON_2026_11_23},
        ("call", d.FRI_2026_11_20, "09:00"),
    ),
)
def test_what_was_said_in_the_thank_you_call_is_about_the_status_touch(keys, expected):
    found = after(WARM, told("reached", THANKS, "thank-you", **keys))
    assert clock(only(found, "status")) == expected


# bad-time, call-back


@table(
    ("result", "moment", "expected"),
    ("a Monday is kept", "bad-time", at(d.MON_2026_11_30, "10:20"), (d.MON_2026_11_30, "10:20")),
    ("a holiday is kept", "bad-time", at(d.THU_2026_11_26, "10:00"), (d.THU_2026_11_26, "10:00")),
    ("a Sunday is kept", "bad-time", at(d.SUN_2026_11_29, "20:00"), (d.SUN_2026_11_29, "20:00")),
    ("the same day is kept", "bad-time", at(d.TUE_2026_11_24, "15:00"), (d.TUE_2026_11_24, "15:00")),
    ("a day alone", "bad-time", d.MON_2026_11_30, (d.MON_2026_11_30, "09:00")),
    ("call back on a Monday", "call-back", d.MON_2026_11_30, (d.MON_2026_11_30, "09:00")),
    ("call back at a time", "call-back", at(d.WED_2026_11_25, "13:30"), (d.WED_2026_11_25, "13:30")),
)
def test_a_call_they_asked_for_is_pinned(result, moment, expected):
    event = only(after(THURSDAY, SENT, told(result, step="status", next=moment)), "status")
    assert (*clock(event),) == ("call", *expected)
    assert event.pinned
    assert "agreed" in rules(event)


@pytest.mark.parametrize("keys", [{"channel": "email"}, {"culture": "formal"}, {"felt": "poor"}])
def test_a_call_they_asked_for_is_a_call_whatever_the_record_says(keys):
    found = after(meeting(d.THU_2026_11_12, **keys), SENT, told("call-back", next=d.WED_2026_11_25))
    assert only(found, "status").action == "call"


def test_without_a_number_a_call_they_asked_for_is_an_email():
    found = after(meeting(d.THU_2026_11_12, phone=""), SENT, told("call-back", next=d.WED_2026_11_25))
    assert clock(only(found, "status")) == ("email", d.WED_2026_11_25, "09:00")


def test_a_call_they_asked_for_is_a_call_also_when_all_messages_are_left():
    interview = meeting(d.THU_2026_11_12, playbook="gentle")
    found = after(interview, SENT, told("voicemail"), told("call-back", CALL, next=d.WED_2026_11_25))
    assert touches(found) == [("status", "call", d.WED_2026_11_25, "09:00")]


def test_a_call_they_asked_for_may_be_tried_again():
    log = [told("no-answer", at(d.TUE_2026_11_17, "09:05"), "status")]
    log += [told("bad-time", at(d.WED_2026_11_18, "16:05"), "retry", next=at(d.FRI_2026_11_20, "10:00"))]
    log += [told("no-answer", at(d.FRI_2026_11_20, "10:00"), "status")]
    assert touches(after(THURSDAY, SENT, *log))[0] == ("retry", "call", d.TUE_2026_11_24, "16:00")


def test_a_second_email_follows_a_call_they_asked_for():
    found = after(THURSDAY, SENT, told("bad-time", next=at(d.MON_2026_11_30, "10:20")))
    assert day_of(found, "second") == d.MON_2026_12_07


# reached, vague


NAMES_A_DAY = ("reached", "vague", "call-back", "replied")


@pytest.mark.parametrize("result", NAMES_A_DAY)
@table(
    ("keys", "check_back", "second"),
    ("a day", {"next": d.FRI_2026_12_04}, (d.FRI_2026_12_04, "09:00"), d.FRI_2026_12_11),
    (
        "a day and time",
        {"next": at(d.WED_2026_12_02, "14:00")},
        (d.WED_2026_12_02, "14:00"),
        d.WED_2026_12_09,
    ),
    ("a Sunday counts too", {"next": d.SUN_2026_11_29}, (d.SUN_2026_11_29, "09:00"), d.MON_2026_12_07),
    (
        "both: the day comes first",
        {"next": d.FRI_2026_12_04, "decision": d.WED_2026_12_02},
        (d.FRI_2026_12_04, "09:00"),
        d.FRI_2026_12_11,
    ),
)
def test_a_day_they_named_pins_a_check_back_and_the_second_email_counts_from_it(
    result, keys, check_back, second
):
    found = after(THURSDAY, SENT, told(result, step="status", **keys))
    assert steps(found) == ["status", "second", "closing"]
    assert clock(only(found, "status")) == ("call", *check_back)
    assert only(found, "status").pinned
    assert day_of(found, "second") == second


@pytest.mark.parametrize("result", ["reached", "vague", "replied"])
@table(
    ("keys",),
    ("they asked for email", {"channel": "email"}),
    ("no number", {"phone": ""}),
    ("a formal employer", {"culture": "formal"}),
)
def test_a_check_back_is_an_email_where_no_call_is_possible(result, keys):
    found = after(meeting(d.THU_2026_11_12, **keys), SENT, told(result, step="status", next=d.WED_2026_12_02))
    assert clock(only(found, "status")) == ("email", d.WED_2026_12_02, "09:00")


def test_a_check_back_is_a_call_also_when_all_messages_are_left_because_they_named_the_day():
    log = [SENT, told("voicemail"), told("voicemail", at(d.WED_2026_11_25, "16:00"), "retry")]
    named = told("replied", at(d.FRI_2026_11_27, "10:00"), next=d.WED_2026_12_02)
    assert clock(only(after(THURSDAY, *log, named), "status")) == ("call", d.WED_2026_12_02, "09:00")


@pytest.mark.parametrize("result", ["reached", "vague"])
def test_without_a_day_the_second_email_counts_from_the_day_they_talked(result):
    found = after(THURSDAY, SENT, told(result, step="status"))
    assert steps(found) == ["second", "closing"]
    assert day_of(found, "second") == d.TUE_2026_12_01
    assert "after you talked" in said(only(found, "second"))


def test_a_talk_comes_before_the_decision_in_what_the_second_email_of_early_bird_counts_from():
    interview = meeting(d.THU_2026_11_12, playbook="early-bird", decision=d.MON_2026_11_30)
    assert day_of(after(interview, SENT), "second") == d.MON_2026_12_07
    assert day_of(after(interview, SENT, told("reached", step="status")), "second") == d.TUE_2026_12_01


def test_the_day_they_named_is_in_their_zone():
    interview = meeting(d.THU_2026_11_12, zone=BERLIN, country="DE")
    call = at(d.TUE_2026_11_24, "09:05", BERLIN)
    named = at(d.THU_2026_12_03, "23:30")  # Friday in Berlin
    assert day_of(after(interview, told("reached", call, "status", next=named)), "second") == d.FRI_2026_12_11


def test_reached_with_a_decision_makes_the_status_touch_due_after_it():
    found = after(THURSDAY, SENT, told("reached", step="status", decision=d.FRI_2026_12_04))
    assert touches(found)[0] == ("status", "call", d.TUE_2026_12_08, "09:00")


def test_reached_at_the_retry_ends_it():
    log = told("no-answer"), told("reached", at(d.WED_2026_11_25, "16:05"), "retry")
    found = after(THURSDAY, SENT, *log)
    assert steps(found) == ["second", "closing"]
    assert day_of(found, "second") == d.WED_2026_12_02


def test_a_day_named_after_the_second_email_begins_the_course_again():
    log = [SENT, told("voicemail"), told("sent", at(d.TUE_2026_12_01, "09:00"), "second")]
    assert touches(after(THURSDAY, *log)) == [("closing", "email", d.TUE_2026_12_15, "09:00")]
    named = told("reached", at(d.WED_2026_12_02, "11:00"), "status", next=d.FRI_2026_12_11)
    found = after(THURSDAY, *log, named)
    assert steps(found) == ["status", "second", "closing"]
    assert (day_of(found, "status"), day_of(found, "second")) == (d.FRI_2026_12_11, d.FRI_2026_12_18)


# gatekeeper with a day


@table(
    ("playbook", "log", "named"),
    ("the first message", "balanced", [], d.MON_2026_11_30),
    ("at the cap of two", "balanced", [told("voicemail", at(d.FRI_2026_11_20, "09:05"))], d.MON_2026_11_30),
    ("where there is no retry", "gentle", [], d.MON_2026_11_30),
)
def test_somebody_who_names_a_day_is_called_on_it(playbook, log, named):
    interview = meeting(d.THU_2026_11_12, playbook=playbook)
    found = after(interview, SENT, *log, told("gatekeeper", CALL, "retry" if log else "status", next=named))
    event = only(found, "retry")
    assert (clock(event), event.pinned) == (("call", named, "09:00"), True)
    assert day_of(found, "second") == (None if playbook == "gentle" else d.MON_2026_12_07)


def test_a_pinned_retry_that_is_missed_leaves_what_the_cap_leaves():
    log = [SENT, told("gatekeeper", next=at(d.FRI_2026_11_27, "15:00"))]
    assert touches(after(THURSDAY, *log))[0] == ("retry", "call", d.FRI_2026_11_27, "15:00")
    again = told("voicemail", at(d.FRI_2026_11_27, "15:00"), "retry")
    assert steps(after(THURSDAY, *log, again)) == ["second", "closing"]


def test_gentle_has_nothing_after_they_were_reached():
    interview = meeting(d.THU_2026_11_12, playbook="gentle")
    assert touches(after(interview, SENT, told("reached", step="status"))) == []


@table(
    ("log", "agreed"),
    ("as recorded", [], d.MON_2026_11_30),
    ("named in a call", [told("reached", next=d.FRI_2026_12_04)], d.FRI_2026_12_04),
    ("a call back", [told("call-back", next=at(d.FRI_2026_12_04, "10:00"))], at(d.FRI_2026_12_04, "10:00")),
    ("an answer", [told("replied", next=d.FRI_2026_12_04)], d.FRI_2026_12_04),
    ("used up", [told("reached")], None),
    ("more time instead", [told("more-time", decision=d.FRI_2026_12_04)], None),
    ("ended", [told("offer")], None),
)
def test_the_plan_says_the_agreed_day_as_it_stands(log, agreed):
    assert after(meeting(d.THU_2026_11_12, agreed=d.MON_2026_11_30), *log).agreed == agreed


# more-time


@table(
    ("decision", "day"),
    ("a date", d.FRI_2026_12_04, d.TUE_2026_12_08),
    ("days, from the day they said it", Span.parse("3 days"), d.TUE_2026_12_01),
    ("business days over Thanksgiving", Span.parse("3 business days"), d.TUE_2026_12_01),
    ("a week", Span.parse("1 week"), d.WED_2026_12_02),
    ("two weeks", Span.parse("2 weeks"), d.WED_2026_12_09),
)
def test_more_time_plans_the_status_touch_again(decision, day):
    found = after(THURSDAY, SENT, told("more-time", step="status", decision=decision))
    assert touches(found)[0] == ("status", "call", day, "09:00")
    assert steps(found) == ["status", "second", "closing"]


def test_more_time_overrules_the_decision_and_the_agreed_day_of_the_record():
    for keys in ({"decision": d.MON_2026_11_30}, {"agreed": d.MON_2026_11_30}):
        found = after(meeting(d.THU_2026_11_12, **keys), SENT, told("more-time", decision=d.FRI_2026_12_04))
        assert found.decision == d.FRI_2026_12_04
        assert day_of(found, "status") == d.TUE_2026_12_08


def test_more_time_after_a_second_email_begins_the_course_again():
    log = [SENT, told("voicemail"), told("sent", at(d.TUE_2026_12_01, "09:00"), "second")]
    log += [told("more-time", at(d.WED_2026_12_02, "10:00"), decision=d.WED_2026_12_09)]
    assert steps(after(THURSDAY, *log)) == ["status", "second", "closing"]


def test_more_time_by_email_leaves_a_thank_you_to_be_sent():
    found = after(THURSDAY, told("more-time", at(d.THU_2026_11_12, "15:30"), decision=d.WED_2026_11_18))
    assert steps(found)[:2] == ["thank-you", "status"]


def test_early_bird_speaks_up_before_the_new_decision():
    interview = meeting(d.THU_2026_11_12, playbook="early-bird", decision=d.WED_2026_11_18)
    found = after(
        interview, SENT, told("more-time", at(d.TUE_2026_11_17, "16:05"), decision=d.THU_2026_12_03)
    )
    assert touches(found)[0] == ("status", "call", d.WED_2026_12_02, "16:00")


def test_after_all_messages_the_status_touch_of_more_time_is_written():
    interview = meeting(d.THU_2026_11_12, playbook="gentle")
    found = after(interview, SENT, told("voicemail"), told("more-time", CALL, decision=d.WED_2026_12_02))
    assert touches(found) == [("status", "email", d.THU_2026_12_03, "09:00")]
    assert "messages" in said(only(found, "status"))


def test_with_messages_left_the_status_touch_of_more_time_is_a_call():
    found = after(THURSDAY, SENT, told("voicemail"), told("more-time", CALL, decision=d.WED_2026_12_02))
    assert touches(found)[0] == ("status", "call", d.THU_2026_12_03, "09:00")


# replied


REPLIED = told("replied", at(d.FRI_2026_11_13, "10:00"))


def test_a_reply_before_anything_was_asked_ends_the_thank_yous_only():
    """Thanks, nice to meet you too."""
    interview = meeting(d.THU_2026_11_12, interviewers=TOM)
    for log in ([], [SENT]):
        found = after(interview, *log, REPLIED)
        assert steps(found) == ["status", "second", "closing"]
        assert day_of(found, "status") == d.TUE_2026_11_24


@table(
    ("log",),
    ("after a call", [told("no-answer")]),
    ("after a message", [told("voicemail")]),
    ("after a talk", [told("reached")]),
    ("after a status email", [told("sent", step="status")]),
    ("after a second email", [told("sent", step="second")]),
    ("after a call that they missed", [told("no-show")]),
)
def test_a_reply_afterwards_ends_everything(log):
    assert after(THURSDAY, SENT, *log, told("replied", CALL + timedelta(hours=1))).events == ()


@table(
    ("log",),
    ("thanks that were sent", [SENT]),
    ("a thank-you call", [told("no-answer", at(d.THU_2026_11_12, "16:05"), "thank-you")]),
    ("longer, as they wrote", [told("more-time", REPLIED.at, decision=d.MON_2026_11_23)]),
    ("a note", [told("note", REPLIED.at)]),
    ("a status touch that was passed over", [told("skip", REPLIED.at, "second")]),
)
def test_what_asks_for_no_news_leaves_a_reply_an_answer_to_the_thanks(log):
    interview = meeting(d.THU_2026_11_12, playbook="balanced")
    found = after(interview, *log, told("replied", at(d.FRI_2026_11_13, "11:00")))
    assert "status" in steps(found)
    assert "thank-you" not in steps(found)


@table(
    ("keys", "expected"),
    ("a day", {"next": d.MON_2026_11_30}, ("call", d.MON_2026_11_30, "09:00")),
    ("a time", {"next": at(d.MON_2026_11_30, "15:40")}, ("call", d.MON_2026_11_30, "15:40")),
    ("a decision", {"decision": d.WED_2026_12_02}, ("call", d.THU_2026_12_03, "09:00")),
    ("a span", {"decision": Span.parse("2 weeks")}, ("call", d.WED_2026_12_09, "09:00")),
    (
        "both: the day comes first",
        {"next": d.MON_2026_11_30, "decision": d.WED_2026_12_02},
        ("call", d.MON_2026_11_30, "09:00"),
    ),
)
def test_a_reply_with_a_day_leaves_the_status_touch_on_it(keys, expected):
    found = after(THURSDAY, SENT, told("no-answer"), told("replied", CALL, **keys))
    assert clock(only(found, "status")) == expected
    assert steps(found) == ["status", "second", "closing"]


def test_a_day_named_after_a_reply_opens_it_again():
    quiet = told("sent", at(d.FRI_2026_11_13, "09:30"), "status"), REPLIED
    later = at(d.TUE_2026_11_17, "10:00")
    for result, keys in (
        ("replied", {"next": d.FRI_2026_11_20}),
        ("replied", {"decision": d.FRI_2026_11_20}),
        ("call-back", {"next": d.FRI_2026_11_20}),
        ("reached", {"next": d.FRI_2026_11_20}),
        ("more-time", {"decision": d.FRI_2026_11_20}),
    ):
        assert "status" in steps(after(THURSDAY, SENT, *quiet, told(result, later, **keys))), result


# The ends

ENDS = ("offer", "rejected", "withdrew", "ghosted", "cancelled", "invited")


@pytest.mark.parametrize("end", ["offer", "withdrew", "ghosted", "cancelled"])
@pytest.mark.parametrize("log", [[], [SENT], [SENT, told("no-answer")], [told("competing-offer", CALL)]])
def test_an_end_leaves_nothing_pending(end, log):
    assert after(THURSDAY, *log, told(end)).events == ()


def test_an_interview_that_is_called_off_before_it_takes_place_leaves_nothing():
    assert after(THURSDAY, told("cancelled", at(d.TUE_2026_11_10, "09:00"))).events == ()


@table(
    ("when", "expected"),
    ("a Tuesday", CALL, d.WED_2026_11_25),
    ("the day before Thanksgiving", at(d.WED_2026_11_25, "11:00"), d.MON_2026_11_30),
    ("a Friday: on a Monday, an email may", at(d.FRI_2026_11_20, "11:00"), d.MON_2026_11_23),
    ("a Saturday", at(d.SAT_2026_11_21, "11:00"), d.MON_2026_11_23),
)
def test_a_refusal_adds_a_courteous_note_and_nothing_else(when, expected):
    found = after(THURSDAY, SENT, told("no-answer", at(d.TUE_2026_11_17, "09:05")), told("rejected", when))
    assert touches(found) == [("courtesy", "email", expected, "09:00")]


def test_after_a_refusal_nobody_is_thanked_any_more():
    assert steps(after(THURSDAY, told("rejected", at(d.THU_2026_11_12, "15:30")))) == ["courtesy"]


def test_a_courteous_note_may_go_out_from_the_day_of_the_refusal_to_the_second_business_day():
    event = only(after(THURSDAY, SENT, told("rejected", CALL)), "courtesy")
    assert (event.earliest, event.preferred) == (d.TUE_2026_11_24, d.WED_2026_11_25)
    assert (event.latest, event.status) == (d.FRI_2026_11_27, "confirmed")


def test_a_courteous_note_that_was_sent_is_the_last_word():
    log = told("rejected", CALL), told("sent", at(d.WED_2026_11_25, "09:10"), "courtesy")
    assert after(THURSDAY, SENT, *log).events == ()
    assert after(THURSDAY, SENT, told("rejected", CALL), told("skip", CALL, "courtesy")).events == ()


def test_an_invitation_keeps_a_thank_you_that_was_not_sent():
    invited = told("invited", at(d.THU_2026_11_12, "15:30"))
    assert touches(after(THURSDAY, invited)) == [("thank-you", "email", d.THU_2026_11_12, "17:00")]
    assert after(THURSDAY, SENT, told("invited", CALL)).events == ()


def test_an_invitation_keeps_a_thank_you_call_with_its_preparation():
    interview = meeting(d.THU_2026_11_12, "16:30", playbook="warm-call")
    found = after(interview, told("invited", at(d.THU_2026_11_12, "17:35")))
    assert [event.step for event in found.events] == ["prepare", "thank-you"]


def test_an_invitation_keeps_the_day_on_which_they_asked_to_be_thanked():
    asked = told("bad-time", THANKS, "thank-you", next=at(d.MON_2026_11_16, "11:00"))
    found = after(WARM, asked, told("invited", THANKS + timedelta(minutes=5)))
    assert touches(found) == [("thank-you", "call", d.MON_2026_11_16, "11:00")]


@pytest.mark.parametrize("end", ENDS)
def test_an_end_gives_the_agreed_hour_free_again(end):
    agreed = at(d.WED_2026_11_18, "09:00")
    ended = meeting(d.THU_2026_11_12, agreed=agreed)
    other = meeting(d.TUE_2026_11_10, id="other", agreed=d.WED_2026_11_18)
    log = [told(end, at(d.FRI_2026_11_13, "10:00"))]
    found = plan([other, ended], preferences(ended.zone), outcomes=log)
    assert only(found[0], "status").start == agreed


@pytest.mark.parametrize("end", ENDS)
def test_what_touches_bring_after_an_end_is_no_plan(end):
    extra = {"rejected": ["courtesy"]}.get(end, [])
    for result in (
        "no-answer",
        "voicemail",
        "reached",
        "sent",
        "skip",
        "competing-offer",
        "no-show",
        "replied",
    ):
        found = after(THURSDAY, SENT, told(end), told(result, CALL + timedelta(minutes=5), "status"))
        assert steps(found) == extra, result


# competing-offer

OFFERED = at(d.TUE_2026_11_17, "10:10")


@table(
    ("when", "by", "expected"),
    ("at once, in the hours between", OFFERED, d.FRI_2026_11_20, ("call", d.TUE_2026_11_17, "10:15")),
    (
        "after hours: the next morning",
        at(d.TUE_2026_11_17, "18:00"),
        d.FRI_2026_11_20,
        ("call", d.WED_2026_11_18, "09:00"),
    ),
    (
        "on a Monday kept free: Tuesday",
        at(d.MON_2026_11_16, "10:00"),
        d.FRI_2026_11_20,
        ("call", d.TUE_2026_11_17, "09:00"),
    ),
    (
        "only the Monday is left: by email",
        at(d.MON_2026_11_16, "10:10"),
        d.TUE_2026_11_17,
        ("email", d.MON_2026_11_16, "10:15"),
    ),
    (
        "no hour is left before their day: by email",
        at(d.TUE_2026_11_17, "16:55"),
        d.WED_2026_11_18,
        ("email", d.WED_2026_11_18, "09:00"),
    ),
    (
        "they want it today: by email",
        OFFERED,
        d.TUE_2026_11_17,
        ("email", d.TUE_2026_11_17, "10:15"),
    ),
    (
        "the business day before Friday is Wednesday, over Thanksgiving",
        at(d.WED_2026_11_25, "16:55"),
        d.FRI_2026_11_27,
        ("email", d.MON_2026_11_30, "09:00"),
    ),
)
def test_the_news_of_another_offer_is_told_at_the_first_legal_slot(when, by, expected):
    found = after(THURSDAY, SENT, told("competing-offer", when, by=by))
    assert clock(only(found, "news")) == expected
    assert "status" not in steps(found)


def test_news_keeps_a_business_day_from_the_touch_before():
    offered = told("competing-offer", at(d.THU_2026_11_12, "17:30"), by=d.WED_2026_11_18)
    assert clock(only(after(THURSDAY, SENT, offered), "news")) == ("call", d.FRI_2026_11_13, "09:00")


@pytest.mark.parametrize("keys", [{"channel": "email"}, {"phone": ""}, {"culture": "formal"}])
def test_news_is_an_email_where_calls_are(keys):
    found = after(
        meeting(d.THU_2026_11_12, **keys), SENT, told("competing-offer", OFFERED, by=d.FRI_2026_11_20)
    )
    assert clock(only(found, "news")) == ("email", d.TUE_2026_11_17, "10:15")


@table(
    ("result", "then"),
    ("reached", "reached", []),
    ("no answer: once more", "no-answer", ["retry"]),
    ("a message: once more", "voicemail", ["retry"]),
    ("written", "sent", []),
    ("skipped", "skip", []),
)
def test_what_follows_the_news_before_the_other_employer_has_its_answer(result, then):
    log = told("competing-offer", OFFERED, by=d.FRI_2026_11_20), told(result, OFFERED, "news")
    found = after(THURSDAY, SENT, *log)
    assert steps(found) == then
    assert [note.text for note in found.notes if note.step == "second"] == [
        "Left out: the other employer has your answer by Fri 20 Nov 2026."
    ]


@table(
    ("by", "then"),
    ("before the second email", d.MON_2026_11_23, ["news"]),
    ("on its day", d.TUE_2026_11_24, ["news", "second"]),
    ("after the closing", d.TUE_2026_12_15, ["news", "second", "closing"]),
)
def test_emails_after_the_other_employers_day_are_dropped(by, then):
    assert steps(after(THURSDAY, SENT, told("competing-offer", OFFERED, by=by))) == then


def test_a_day_that_they_name_afterwards_brings_the_emails_back():
    log = told("competing-offer", OFFERED, by=d.FRI_2026_11_20), told("reached", OFFERED, "news", next=CALL)
    assert steps(after(THURSDAY, SENT, *log)) == ["status", "second", "closing"]


def test_news_is_told_in_the_call_that_was_agreed_for_that_day():
    agreed = at(d.TUE_2026_11_17, "15:00")
    found = after(
        meeting(d.THU_2026_11_12, agreed=agreed), SENT, told("competing-offer", OFFERED, by=d.FRI_2026_11_20)
    )
    assert touches(found)[0] == ("news", "call", d.TUE_2026_11_17, "15:00")
    assert "status" not in steps(found)


def test_an_agreed_call_on_a_later_day_stays_beside_the_news():
    found = after(
        meeting(d.THU_2026_11_12, agreed=d.MON_2026_11_30),
        SENT,
        told("competing-offer", OFFERED, by=d.FRI_2026_11_20),
    )
    assert touches(found)[:2] == [
        ("news", "call", d.TUE_2026_11_17, "10:15"),
        ("status", "call", d.MON_2026_11_30, "09:00"),
    ]


def test_a_bad_time_for_the_news_keeps_it_the_news():
    log = [told("competing-offer", OFFERED, by=d.FRI_2026_11_20)]
    log += [told("bad-time", OFFERED + timedelta(minutes=10), "news", next=at(d.WED_2026_11_18, "12:00"))]
    assert touches(after(THURSDAY, SENT, *log))[0] == ("news", "call", d.WED_2026_11_18, "12:00")


WANTED = at(d.FRI_2026_11_20, "11:00")


def test_a_call_they_asked_for_is_forgotten_only_with_what_it_is_about():
    offered = told("competing-offer", OFFERED, by=d.MON_2026_11_30)
    asked = told("bad-time", OFFERED + timedelta(minutes=10), "news", next=WANTED)
    missed = told("no-answer", OFFERED + timedelta(hours=1), "status")
    assert only(after(THURSDAY, SENT, offered, asked, missed), "news").start == WANTED
    called = told("call-back", at(d.MON_2026_11_16, "10:00"), "status", next=WANTED)
    skipped = told("skip", OFFERED + timedelta(hours=1), "news")
    assert only(after(THURSDAY, SENT, called, offered, skipped), "status").start == WANTED


def test_news_that_was_put_off_on_the_day_they_had_named_still_takes_its_place():
    log = [
        told("bad-time", at(d.MON_2026_11_16, "10:00"), "status", next=d.WED_2026_11_18),
        told("competing-offer", at(d.TUE_2026_11_17, "17:30"), by=d.MON_2026_11_30),
        told("call-back", at(d.WED_2026_11_18, "09:05"), "news", next=d.FRI_2026_11_20),
    ]
    assert steps(after(THURSDAY, SENT, *log))[:1] == ["news"]
    assert "status" not in steps(after(THURSDAY, SENT, *log))


# no-show


@table(
    ("when", "expected"),
    ("in business hours: the same day", at(d.WED_2026_11_18, "10:20"), (d.WED_2026_11_18, "10:30")),
    ("before them", at(d.WED_2026_11_18, "07:20"), (d.WED_2026_11_18, "09:00")),
    ("after them: the next morning", at(d.WED_2026_11_18, "17:20"), (d.THU_2026_11_19, "09:00")),
    ("on a Friday evening: Monday, an email may", at(d.FRI_2026_11_20, "17:20"), (d.MON_2026_11_23, "09:00")),
    ("on the eve of Thanksgiving", at(d.WED_2026_11_25, "16:50"), (d.MON_2026_11_30, "09:00")),
    ("on a bridge day: they named it", at(d.FRI_2026_11_27, "10:20"), (d.FRI_2026_11_27, "10:30")),
)
def test_a_call_they_missed_is_answered_by_an_email_the_same_day_or_the_next_open_morning(when, expected):
    interview = meeting(d.THU_2026_11_12, agreed=at(when.date(), "10:00"))
    found = after(interview, SENT, told("no-show", when))
    assert clock(only(found, "no-show")) == ("email", *expected)
    assert steps(found) == ["no-show", "second", "closing"]


def test_a_word_on_the_next_business_day_is_not_late():
    interview = meeting(d.THU_2026_11_12, agreed=at(d.WED_2026_11_18, "10:00"))
    for when, late in ((at(d.WED_2026_11_18, "17:20"), False), (at(d.WED_2026_11_25, "16:50"), True)):
        assert only(after(interview, SENT, told("no-show", when)), "no-show").late is late


def test_the_second_email_counts_from_the_word_about_the_missed_call():
    interview = meeting(d.THU_2026_11_12, agreed=at(d.WED_2026_11_18, "10:00"))
    found = after(interview, SENT, told("no-show", at(d.WED_2026_11_18, "10:20")))
    assert day_of(found, "second") == d.WED_2026_11_25
    sent = told("sent", at(d.THU_2026_11_19, "11:00"), "no-show")
    later = after(interview, SENT, told("no-show", at(d.WED_2026_11_18, "10:20")), sent)
    assert touches(later)[0] == ("second", "email", d.MON_2026_11_30, "09:00")


def test_a_missed_call_is_forgotten_when_they_call_after_all():
    interview = meeting(d.THU_2026_11_12, agreed=at(d.WED_2026_11_18, "10:00"))
    missed = told("no-show", at(d.WED_2026_11_18, "10:20"))
    for result, keys in (("reached", {}), ("more-time", {"decision": d.MON_2026_11_30}), ("replied", {})):
        log = missed, told(result, at(d.WED_2026_11_18, "10:40"), **keys)
        assert "no-show" not in steps(after(interview, SENT, *log)), result


# skip


@table(
    ("log", "step", "then"),
    ("the thank-you", [], "thank-you", ["status", "second", "closing"]),
    ("the status call", [SENT], "status", ["second", "closing"]),
    ("the retry", [SENT, told("no-answer", step="status")], "retry", ["second", "closing"]),
    ("the second email", [SENT, told("voicemail"), told("reached")], "second", ["closing"]),
    ("the closing", [SENT], "closing", ["status", "second"]),
)
def test_a_step_that_is_skipped_is_passed_over(log, step, then):
    assert steps(after(THURSDAY, *log, told("skip", step=step))) == then


def test_a_thank_you_that_is_skipped_leaves_a_retry_where_it_was():
    log = told("no-answer", step="status"), told("skip", CALL + timedelta(minutes=9), "thank-you")
    assert steps(after(THURSDAY, *log)) == ["retry", "second", "closing"]


@table(
    ("log", "step", "was", "following", "day"),
    ("the status call", [], "status", at(d.TUE_2026_11_24, "09:00"), "second", d.TUE_2026_12_01),
    ("an email moved meanwhile", [], "status", at(d.MON_2026_11_30, "09:00"), "second", d.MON_2026_12_07),
    (
        "the retry",
        [told("no-answer", at(d.TUE_2026_11_17, "09:05"), "status")],
        "retry",
        at(d.WED_2026_11_18, "16:00"),
        "second",
        d.WED_2026_11_25,
    ),
    (
        "the second email",
        [told("reached", at(d.TUE_2026_11_17, "09:05"))],
        "second",
        at(d.TUE_2026_11_24, "09:00"),
        "closing",
        d.WED_2026_12_09,
    ),
)
def test_what_follows_a_step_that_was_skipped_counts_from_the_day_it_was_planned_for(
    log, step, was, following, day
):
    skipped = told("skip", at(d.WED_2026_11_18, "09:00"), step, was=was)
    found = after(THURSDAY, SENT, *log, skipped)
    assert step not in steps(found)
    assert day_of(found, following) == day
    assert "skipped" in said(only(found, following))


def test_after_an_agreed_day_that_was_skipped_the_second_email_counts_from_it():
    interview = meeting(d.THU_2026_11_12, agreed=d.WED_2026_11_18)
    skipped = told("skip", at(d.TUE_2026_11_17, "09:00"), "status", was=at(d.WED_2026_11_18, "09:00"))
    assert day_of(after(interview, SENT, skipped), "second") == d.WED_2026_11_25


# One of several, done, note, away


def test_sent_of_one_thank_you_leaves_the_others():
    interview = meeting(d.THU_2026_11_12, interviewers=TOM)
    sarah, tom = [event for event in after(interview).events if event.step == "thank-you"]
    for one, other in ((sarah, tom), (tom, sarah)):
        for result in ("sent", "skip"):
            found = after(interview, told(result, at(d.THU_2026_11_12, "16:30"), "thank-you", uid=one.uid))
            assert [event.uid for event in found.events if event.step == "thank-you"] == [other.uid]
            assert day_of(found, "status") == d.TUE_2026_11_24


def test_an_email_to_somebody_else_leaves_the_second_try_of_the_call_that_thanks():
    interview = meeting(d.THU_2026_11_12, playbook="warm-call", interviewers=TOM)
    tom = next(event for event in after(interview).events if event.action == "email")
    log = [told("no-answer", THANKS, "thank-you"), told("sent", THANKS, "thank-you", uid=tom.uid)]
    assert steps(after(interview, *log)) == ["retry"]


@pytest.mark.parametrize("step", ["ask", "prepare"])
def test_questions_and_a_preparation_can_be_done(step):
    before = after(THURSDAY, SENT if step == "prepare" else told("note", at(d.THU_2026_11_12, "09:00")))
    event = only(before, step)
    found = after(THURSDAY, told("done", at(d.THU_2026_11_12, "09:00"), step, uid=event.uid))
    assert step not in [each.step for each in found.events]
    assert "status" in steps(found)


def test_a_preparation_that_was_done_is_due_again_for_another_call():
    done = told("done", at(d.MON_2026_11_23, "18:30"), "prepare")
    assert "prepare" not in [event.step for event in after(THURSDAY, SENT, done).events]
    again = told("more-time", CALL, "status", decision=d.FRI_2026_12_04)
    assert "prepare" in [event.step for event in after(THURSDAY, SENT, done, again).events]


def test_a_note_changes_nothing():
    for log in ([], [SENT], [SENT, told("voicemail")]):
        floor = max((each.at for each in log), default=at(d.THU_2026_11_12, "09:00"))
        noted = told("note", at(d.SAT_2026_12_05, "10:00"), note="she likes jazz")
        assert after(THURSDAY, *log, noted, floor=floor) == after(THURSDAY, *log, floor=floor)
    long_ago = at(d.THU_2027_02_11, "10:00")
    assert not after(THURSDAY, told("note", long_ago), floor=long_ago).events


@table(
    ("until", "expected"),
    ("a week", d.MON_2026_11_30, (d.TUE_2026_12_01, "09:00")),
    ("until the day before", d.MON_2026_11_23, (d.TUE_2026_11_24, "09:00")),
    ("a day that is over", d.MON_2026_11_16, (d.TUE_2026_11_24, "09:00")),
)
def test_nothing_lands_on_days_on_which_they_are_away(until, expected):
    found = after(THURSDAY, SENT, told("away", at(d.TUE_2026_11_17, "10:00"), until=until))
    assert clock(only(found, "status")) == ("call", *expected)
    assert found.interview == THURSDAY


def test_the_contact_is_away_from_the_day_it_was_said():
    said_so = told("away", at(d.TUE_2026_11_17, "10:00"), until=d.MON_2026_11_30)
    known = with_absences(THURSDAY, [SENT, said_so])
    assert known.away == (Period(d.TUE_2026_11_17, d.MON_2026_11_30),)
    assert with_absences(THURSDAY, [SENT]) is THURSDAY


# Hard limits


def test_never_a_call_after_two_messages_whatever_the_playbook():
    log = told("voicemail"), told("voicemail", at(d.WED_2026_11_25, "16:05"), "retry")
    for more in ([], [told("more-time", at(d.FRI_2026_11_27, "09:00"), decision=d.WED_2026_12_02)]):
        found = after(THURSDAY, SENT, *log, *more)
        assert not [event for event in found.events if event.action == "call"]


def test_a_third_message_that_was_forced_brings_no_call():
    log = [told("voicemail", at(d.TUE_2026_11_17 + timedelta(days=days), "09:00")) for days in range(3)]
    assert steps(after(THURSDAY, SENT, *log)) == ["second", "closing"]


def test_a_touch_that_was_logged_twice_is_one():
    again = told("sent", at(d.THU_2026_11_12, "17:30"), "thank-you")
    assert touches(after(THURSDAY, SENT, again)) == touches(after(THURSDAY, SENT))


# Floors


def test_an_old_interview_gets_its_next_step_from_today_on():
    interview = meeting(d.WED_2026_09_02)
    found = after(interview, floor=at(d.TUE_2026_10_06, "10:10"))
    assert touches(found) == [
        ("status", "call", d.TUE_2026_10_06, "16:00"),
        ("second", "email", d.TUE_2026_10_13, "09:00"),
        ("closing", "email", d.TUE_2026_10_27, "09:00"),
    ]
    assert only(found, "status").overdue


@table(
    ("keys", "floor", "planned"),
    ("sixty days after the interview", {}, at(d.SUN_2026_11_01, "10:00"), True),
    ("sixty-one", {}, at(d.MON_2026_11_02, "10:00"), False),
    ("of the decision", {"decision": d.FRI_2026_09_11}, at(d.TUE_2026_11_10, "10:00"), True),
    ("of the agreed day", {"agreed": d.FRI_2026_09_11}, at(d.WED_2026_11_11, "10:00"), False),
)
def test_what_is_long_ago_and_was_never_logged_is_not_planned(keys, floor, planned):
    interview = meeting(d.WED_2026_09_02, **keys)
    found = after(interview, floor=floor)
    assert bool(found.events) is planned
    assert any("60 days" in note.text for note in found.notes) is not planned
    assert after(interview, told("no-answer", floor, step="status"), floor=floor).events


def test_an_ask_or_a_preparation_whose_time_has_passed_is_left_out():
    assert next(event.step for event in after(THURSDAY, floor=at(d.THU_2026_11_12, "13:45")).events) != "ask"
    assert next(event.step for event in after(THURSDAY, floor=at(d.THU_2026_11_12, "13:30")).events) == "ask"
    evening = after(THURSDAY, SENT, floor=at(d.MON_2026_11_23, "18:05"))
    assert [event.step for event in evening.events] == ["status", "second", "closing"]
    assert (
        next(event.step for event in after(THURSDAY, SENT, floor=at(d.MON_2026_11_23, "18:00")).events)
        == "prepare"
    )


@table(
    ("floor", "start", "overdue"),
    ("within its 24 hours", at(d.FRI_2026_11_13, "10:10"), at(d.FRI_2026_11_13, "10:15"), False),
    ("after them", at(d.SAT_2026_11_14, "10:10"), at(d.SAT_2026_11_14, "10:15"), True),
    ("in the evening", at(d.SAT_2026_11_14, "20:31"), at(d.SUN_2026_11_15, "08:00"), True),
    ("before the morning", at(d.SAT_2026_11_14, "05:00"), at(d.SAT_2026_11_14, "08:00"), True),
)
def test_a_thank_you_under_a_floor_goes_out_at_once(floor, start, overdue):
    event = only(after(THURSDAY, floor=floor), "thank-you")
    assert (event.start, event.overdue) == (start, overdue)


def test_on_the_day_of_the_floor_only_hours_to_come_are_taken():
    found = after(THURSDAY, SENT, floor=at(d.TUE_2026_11_24, "12:10"))
    assert clock(only(found, "status")) == ("call", d.TUE_2026_11_24, "16:00")
    assert day_of(after(THURSDAY, SENT, floor=at(d.TUE_2026_11_24, "16:50")), "status") == d.WED_2026_11_25


def test_the_status_of_the_record_ends_it_without_an_outcome():
    for status in ("offer", "rejected", "withdrawn", "closed"):
        found = after(meeting(d.THU_2026_11_12, status=status))
        assert found.events == ()
        assert status in found.notes[0].text


def test_the_plan_says_what_was_logged_of_absences_and_the_last_touch():
    log = SENT, told("away", at(d.TUE_2026_11_17, "10:00"), until=d.MON_2026_11_23)
    found = after(THURSDAY, *log)
    assert found.absences == (Period(d.TUE_2026_11_17, d.MON_2026_11_23),)
    assert (found.last_touch, found.last_contact) == (d.THU_2026_11_12, None)
    wishes = preferences(THURSDAY.zone)
    against = Planner(wishes).reasons_against(only(found, "status"), found, d.FRI_2026_11_20)
    assert "away" in [reason.rule for reason in against]

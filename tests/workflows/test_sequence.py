"""What cannot have happened is refused with its reason, nothing is recorded, and --force records it all the same."""

from datetime import timedelta
from pathlib import Path

import pytest

from calsync.domain import Outcome, Preferences
from calsync.errors import BadData
from calsync.store import Store
from calsync.workflows import Context
from calsync.workflows.interviews import add, edit
from calsync.workflows.outcomes import log
from tests import dates as d
from tests.dates import NEW_YORK, at
from tests.planner.planning import meeting, table

RECORDED = at(d.THU_2026_11_12, "15:05")
EVENING = at(d.MON_2026_11_23, "18:10")
CALL = at(d.TUE_2026_11_24, "09:05")
SENT = ("sent", at(d.THU_2026_11_12, "17:00"), {})


@pytest.fixture
def context():
    return Context(Preferences(zone=NEW_YORK))


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(tmp_path / "store.db") as store:
        yield store


def logged(context, store, result, when, *, force=False, at=None, now=None, **keys):
    told = Outcome(interview="acme", result=result, at=at or when, **keys)
    return log(context, store, "acme", told, now=now or when, force=force)


def having(context, store, log, **keys):
    add(context, store, meeting(d.THU_2026_11_12, **keys), now=RECORDED)
    for result, when, more in log:
        logged(context, store, result, when, **more)


@table(
    ("keys", "log", "last", "why"),
    ("to come", {}, [], ("sent", RECORDED, {"at": RECORDED + timedelta(minutes=1)}), "still to come"),
    (
        "before the interview",
        {},
        [],
        ("voicemail", at(d.THU_2026_11_12, "15:10"), {"at": at(d.THU_2026_11_12, "13:00"), "step": "status"}),
        "has not taken place",
    ),
    (
        "out of order",
        {},
        [SENT],
        ("voicemail", CALL, {"at": at(d.THU_2026_11_12, "16:00"), "step": "status"}),
        "sent was logged for a later time",
    ),
    ("more time after the offer", {}, [("offer", CALL, {})], ("more-time", CALL, {}), "offer was logged"),
    (
        "a no-show after they refused",
        {},
        [("rejected", CALL, {})],
        ("no-show", CALL, {}),
        "rejected was logged",
    ),
    ("a call after they refused", {}, [("rejected", CALL, {})], ("reached", CALL, {}), "rejected was logged"),
    (
        "a call of a record that is closed",
        {"status": "closed"},
        [],
        ("reached", CALL, {}),
        "the record says closed",
    ),
    (
        "a third message",
        {},
        [
            ("voicemail", CALL, {}),
            ("voicemail", at(d.WED_2026_11_25, "16:05"), {}),
            ("call-back", at(d.FRI_2026_11_27, "10:00"), {"next": d.FRI_2026_12_04}),
        ],
        ("voicemail", at(d.FRI_2026_12_04, "09:05"), {}),
        "2 messages were left already, and the limit is 2 (002-10)",
    ),
    (
        "a second message with gentle",
        {"playbook": "gentle"},
        [("voicemail", CALL, {}), ("call-back", CALL, {"next": d.FRI_2026_12_04})],
        ("gatekeeper", at(d.FRI_2026_12_04, "09:05"), {}),
        "1 message was left already, and the limit is 1 (002-10)",
    ),
    (
        "any message with email-only",
        {"playbook": "email-only"},
        [("call-back", CALL, {"next": d.FRI_2026_12_04})],
        ("voicemail", at(d.FRI_2026_12_04, "09:05"), {}),
        "the playbook email-only leaves no messages",
    ),
    (
        "a second call that day",
        {},
        [("no-answer", CALL, {})],
        ("no-answer", at(d.TUE_2026_11_24, "16:30"), {}),
        "one a day is the limit (000-20)",
    ),
    (
        "a day gone by",
        {},
        [],
        ("more-time", CALL, {"decision": d.MON_2026_11_23}),
        "2026-11-23 was over by then",
    ),
    (
        "a time gone by",
        {},
        [],
        ("call-back", CALL, {"next": CALL - timedelta(minutes=5)}),
        "was over by then",
    ),
    ("their day gone by", {}, [], ("competing-offer", CALL, {"by": d.MON_2026_11_23}), "was over by then"),
)
def test_it_is_refused_with_its_reason_and_force_records_it(context, store, keys, log, last, why):
    result, when, more = last
    having(context, store, log, **keys)
    before = store.outcomes("acme"), list(store.planned()), store.history()
    with pytest.raises(BadData, match="add --force if it did happen") as refused:
        logged(context, store, result, when, **more)
    assert why in str(refused.value)
    assert refused.value.code == "CS-LOG-001"
    assert (store.outcomes("acme"), list(store.planned()), store.history()) == before
    forced = logged(context, store, result, when, force=True, **more)
    assert store.outcomes("acme")[-1] == forced.outcome


@table(
    ("keys", "log", "last", "why"),
    (
        "a voicemail after the offer",
        {},
        [SENT, ("offer", CALL, {})],
        ("voicemail", CALL, {}),
        "offer was logged",
    ),
    (
        "nothing pending",
        {},
        [SENT, ("reached", CALL, {}), ("replied", CALL, {})],
        ("skip", CALL, {}),
        "nothing is pending",
    ),
    ("another step", {}, [SENT], ("sent", CALL, {"step": "courtesy"}), "pending: closing, second, status"),
    ("a step that is done", {}, [SENT], ("sent", CALL, {"step": "thank-you"}), "thank-you is not pending"),
    (
        "a call that is an email",
        {},
        [SENT],
        ("no-answer", CALL, {"step": "second"}),
        "is an email, not a call",
    ),
    (
        "a message where emails are",
        {"channel": "email"},
        [SENT],
        ("voicemail", CALL, {}),
        "no call is pending for this interview; pending: 1.2, 1.3",
    ),
    ("an email that is a call", {}, [SENT], ("sent", CALL, {"step": "status"}), "is a call, not an email"),
    ("a call that is done", {}, [SENT], ("done", CALL, {"step": "status"}), "say what came of it"),
    ("a preparation that is skipped", {}, [SENT], ("skip", EVENING, {"step": "prepare"}), "is only prepared"),
    ("nothing to prepare", {"channel": "email"}, [SENT], ("done", CALL, {}), "nothing is to be prepared"),
)
def test_what_is_about_something_else_is_refused_with_what_is_pending_and_force_is_no_help(
    context, store, keys, log, last, why
):
    result, when, more = last
    having(context, store, log, **keys)
    before = store.outcomes("acme"), list(store.planned()), store.history()
    for force in (False, True):
        with pytest.raises(BadData) as refused:
            logged(context, store, result, when, force=force, **more)
        assert why in str(refused.value)
        assert "--force" not in str(refused.value)
        assert refused.value.code == "CS-LOG-001"
        assert (store.outcomes("acme"), list(store.planned()), store.history()) == before


def test_a_forced_third_message_brings_no_call(context, store):
    log = [("voicemail", CALL, {}), ("voicemail", at(d.WED_2026_11_25, "16:05"), {})]
    having(context, store, [SENT, *log])
    done = logged(context, store, "voicemail", at(d.FRI_2026_11_27, "09:05"), step="retry", force=True)
    assert [event.action for event in done.plan.events] == ["email", "email"]


@table(
    ("log", "result", "more"),
    ("they called back though nothing was pending", [("replied", CALL, {})], "reached", {}),
    (
        "they want a call though nothing was pending",
        [("replied", CALL, {})],
        "call-back",
        {"next": d.FRI_2026_12_04},
    ),
    ("a refusal after an offer", [("offer", CALL, {})], "rejected", {}),
    ("an offer after an invitation", [("invited", CALL, {})], "offer", {}),
    ("the courteous note", [("rejected", CALL, {})], "sent", {"step": "courtesy"}),
    ("withdrawn before anything was sent", [], "withdrew", {}),
    ("the day itself", [], "more-time", {"decision": CALL.date()}),
)
def test_it_is_taken(context, store, log, result, more):
    having(context, store, log)
    assert logged(context, store, result, CALL, **more).outcome.result == result


def test_the_agreed_second_call_of_a_day_may_be_missed(context, store):
    later = at(d.TUE_2026_11_24, "15:00")
    log = [SENT, ("no-answer", CALL, {}), ("call-back", at(d.TUE_2026_11_24, "11:00"), {"next": later})]
    having(context, store, log)
    done = logged(context, store, "no-answer", later)
    assert [event.step for event in done.plan.events if event.action == "call"] == ["retry"]


# Which touch is meant


@table(
    ("keys", "log", "result", "more", "step"),
    ("the thank-you, in time", {}, [], "sent", {"when": at(d.FRI_2026_11_13, "10:00")}, "thank-you"),
    (
        "a later thank-you, said with its time",
        {},
        [],
        "sent",
        {"at": at(d.FRI_2026_11_13, "10:00")},
        "thank-you",
    ),
    ("a message is left at a call", {}, [], "voicemail", {}, "status"),
    ("who was reached was called", {}, [], "reached", {}, "status"),
    ("the retry", {}, [SENT, ("no-answer", at(d.MON_2026_11_23, "09:05"), {})], "no-answer", {}, "retry"),
    ("thanks are over after three days", {}, [], "skip", {}, "status"),
    ("what they do by themselves is about no touch", {}, [], "replied", {}, None),
    ("an end is about no touch", {}, [SENT], "offer", {}, None),
    ("more time was said in the call", {}, [], "more-time", {"decision": d.FRI_2026_12_04}, "status"),
    ("or by mail", {"channel": "email"}, [], "more-time", {"decision": d.FRI_2026_12_04}, None),
    ("named is named", {}, [], "sent", {"step": "second"}, "second"),
    ("they left it open", {}, [SENT], "vague", {}, "status"),
    ("the preparation", {}, [SENT], "done", {"when": at(d.MON_2026_11_23, "19:00")}, "prepare"),
    ("a note is about no touch", {}, [SENT], "note", {"note": "warm"}, None),
    ("nor that it went quiet", {}, [SENT], "ghosted", {}, None),
    ("nor that they are away", {}, [SENT], "away", {"until": d.FRI_2026_12_04}, None),
)
def test_an_outcome_without_a_step_is_about_the_earliest_touch_it_can_be_about(
    context, store, keys, log, result, more, step
):
    having(context, store, log, **keys)
    when = more.pop("when", CALL)
    assert logged(context, store, result, when, now=when, **more).outcome.step == step


@table(
    ("keys", "log", "result", "named"),
    ("the same thank-you, said twice", {}, [SENT], "sent", "second\\), is on Tue 1 Dec 2026"),
    ("an email after the call", {}, [SENT, ("reached", CALL, {})], "sent", "second\\), is on Tue 1 Dec 2026"),
    ("a step to pass over", {}, [SENT, ("reached", CALL, {})], "skip", "second\\), is on Tue 1 Dec 2026"),
)
def test_what_is_far_ahead_is_never_meant_unless_it_is_named(context, store, keys, log, result, named):
    having(context, store, log, **keys)
    before = store.outcomes("acme"), list(store.planned()), store.history()
    for force in (False, True):
        with pytest.raises(BadData, match=named) as refused:
            logged(context, store, result, CALL, force=force)
        assert refused.value.code == "CS-LOG-002"
        assert (store.outcomes("acme"), list(store.planned()), store.history()) == before
    assert logged(context, store, result, CALL, step="second").outcome.step == "second"


# The status that is left


@table(
    ("result", "status"),
    *[(each, each, status) for each, status in (("offer", "offer"), ("rejected", "rejected"))],
    ("ghosted", "ghosted", "closed"),
    ("cancelled", "cancelled", "closed"),
    ("withdrew", "withdrew", "withdrawn"),
    ("invited", "invited", "closed"),
)
def test_an_end_is_the_status_of_the_record_until_a_day_is_named(context, store, result, status):
    having(context, store, [SENT, (result, CALL, {})])
    assert store.interview("acme").interview.status == status
    done = logged(context, store, "call-back", CALL, next=d.FRI_2026_12_04, force=True)
    assert store.interview("acme").interview.status == "open"
    assert [event.step for event in done.plan.events] == ["prepare", "status", "second", "closing"]


def test_the_status_of_the_record_is_the_last_word(context, store):
    having(context, store, [SENT, ("rejected", CALL, {})])
    opened = edit(context, store, "acme", {"status": "open"}, now=CALL)
    assert "status" in [event.step for event in opened.plan.events]
    assert edit(context, store, "acme", {"status": "withdrawn"}, now=CALL).plan.events == ()

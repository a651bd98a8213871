"""Whatever changes, the plans that share its hours follow, and it is said what moved."""

from datetime import timedelta
from itertools import combinations
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from calsync.domain import Add, Cancel, Outcome, Person, Preferences, Span, Update
from calsync.planner import plan
from calsync.store import Store
from calsync.workflows import Context, replanning
from calsync.workflows.interviews import add, add_all, edit, remove, undo
from calsync.workflows.outcomes import log
from calsync.workflows.replanning import TOGETHER, refresh
from tests import dates as d
from tests.dates import NEW_YORK, at
from tests.planner.planning import meeting, only

NOW = at(d.THU_2026_11_12, "15:05")
LONDON = ZoneInfo("Europe/London")
WISHES = Preferences(zone=NEW_YORK)


@pytest.fixture
def context():
    return Context(WISHES)


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(tmp_path / "store.db") as store:
        yield store


def calls(store, **which):
    return [each.event for each in store.planned(**which) if each.event.action == "call"]


def status(store, name):
    return only(store.plan(name), "status")


def free_of_each_other(events):
    return not any(one.start < other.end and other.start < one.end for one, other in combinations(events, 2))


# Together


def test_a_new_interview_that_takes_the_hour_of_a_call_moves_the_call_and_it_is_said(context, store):
    add(context, store, meeting(d.THU_2026_11_12), now=NOW)
    hour = meeting(d.TUE_2026_11_24, "08:45", id="beta", company="Beta", minutes=30)
    done = add(context, store, hour, now=NOW)
    (moved,) = [change for change in done.changes if isinstance(change, Update)]
    assert (moved.before.start, moved.event.start) == (
        at(d.TUE_2026_11_24, "09:00"),
        at(d.TUE_2026_11_24, "09:15"),
    )
    assert moved.event.interview == "acme"
    assert status(store, "acme") == moved.event


def test_an_earlier_interview_takes_the_slot_of_a_later_one(context, store):
    add(context, store, meeting(d.FRI_2026_11_13, decision=d.MON_2026_11_23), now=NOW)
    assert status(store, "acme").start == at(d.TUE_2026_11_24, "09:00")
    earlier = meeting(d.THU_2026_11_12, id="beta", decision=d.MON_2026_11_23)
    add(context, store, earlier, now=NOW)
    assert status(store, "beta").start == at(d.TUE_2026_11_24, "09:00")
    assert status(store, "acme").start == at(d.TUE_2026_11_24, "09:15")
    remove(context, store, "beta", now=NOW)
    assert status(store, "acme").start == at(d.TUE_2026_11_24, "09:00")


def test_candidates_do_not_share_hours(context, store):
    add(context, store, meeting(d.THU_2026_11_12), now=NOW)
    add(context, store, meeting(d.THU_2026_11_12, id="beta", candidate="Bo"), now=NOW)
    assert status(store, "acme").start == status(store, "beta").start


def test_an_interview_given_to_another_candidate_frees_its_hour(context, store):
    for name in ("a", "b"):
        add(context, store, meeting(d.THU_2026_11_12, id=name), now=NOW)
    assert status(store, "b").start == at(d.TUE_2026_11_24, "09:15")
    edit(context, store, "a", {"candidate": "Bo"}, now=NOW)
    assert status(store, "b").start == at(d.TUE_2026_11_24, "09:00")


def test_a_thank_you_call_left_by_an_invitation_keeps_its_hour(context, store):
    soon = at(d.THU_2026_11_12, "13:05")
    add(context, store, meeting(d.THU_2026_11_12, "12:00", id="warm", playbook="warm-call"), now=soon)
    told = Outcome(interview="warm", result="invited", at=soon)
    log(context, store, "warm", told, now=soon)
    (thanks,) = calls(store)
    edit(context, store, "warm", {"notes": "second round"}, now=soon)
    add(context, store, meeting(d.THU_2026_11_12, "12:00", id="young", playbook="warm-call"), now=soon)
    assert only(store.plan("warm"), "thank-you") == thanks
    assert only(store.plan("young"), "thank-you").start == thanks.end


def test_a_moved_interview_takes_its_follow_ups_along_by_the_same_names(context, store):
    add(context, store, meeting(d.THU_2026_11_12), now=at(d.MON_2026_11_09, "09:00"))
    before = {each.event.uid: each for each in store.planned()}
    edit(context, store, "acme", {"start": "2026-11-19 10:00"}, now=at(d.MON_2026_11_09, "10:00"))
    after = {each.event.uid: each for each in store.planned()}
    assert after.keys() == before.keys()
    for uid, each in after.items():
        assert each.event.start > before[uid].event.start
        assert (each.number, each.sequence) == (before[uid].number, before[uid].sequence + 1)


def test_an_interview_moved_to_another_zone_at_the_same_instant_is_moved(context, store):
    add(context, store, meeting(d.THU_2026_11_12), now=NOW)
    kept = store.interview("acme").interview
    twin = replace(kept, start=kept.start.astimezone(LONDON))
    assert twin == kept
    assert add_all(context, store, [twin], label="import", now=NOW).updated == (1,)
    assert store.interview("acme").interview.timezone == "Europe/London"


# Too many to plan together


@pytest.fixture
def few_together(monkeypatch):
    monkeypatch.setattr(replanning, "TOGETHER", 5)


def many(count):
    """Interviews whose calls all want the same hours."""
    return [meeting(d.THU_2026_11_12, id=f"i{number}", minutes=5) for number in range(count)]


def test_of_very_many_only_what_was_touched_is_planned(context, store):
    add_all(context, store, many(TOGETHER + 1), label="import", now=NOW)
    before = {each.event.uid: each for each in store.planned()}
    done = add(context, store, meeting(d.THU_2026_11_12, id="new", minutes=5), now=NOW)
    assert {change.event.interview for change in done.changes} == {"new"}
    assert all(isinstance(change, Add) for change in done.changes)
    after = {each.event.uid: each for each in store.planned()}
    assert {uid: each for uid, each in after.items() if each.event.interview != "new"} == before
    assert free_of_each_other(calls(store))


@pytest.mark.usefixtures("few_together")
def test_of_very_many_whoever_is_in_the_way_of_an_interview_moves_and_it_is_said(context, store):
    add_all(context, store, many(9), label="import", now=NOW)
    nine = [event for event in calls(store) if event.start == at(d.TUE_2026_11_24, "09:00")]
    hour = meeting(d.TUE_2026_11_24, "09:00", id="new", minutes=30)
    done = add(context, store, hour, now=NOW)
    moved = [change.event.interview for change in done.changes if isinstance(change, Update)]
    assert {event.interview for event in nine} <= set(moved)
    assert len(set(moved)) == 2
    assert free_of_each_other([*calls(store), hour])


@pytest.mark.usefixtures("few_together")
def test_of_very_many_a_call_that_was_agreed_takes_its_hour(context, store):
    add_all(context, store, many(9), label="import", now=NOW)
    agreed = at(d.TUE_2026_11_24, "09:15")
    done = add(context, store, meeting(d.THU_2026_11_12, id="new", minutes=5, agreed=agreed), now=NOW)
    assert only(done.plan, "status").start == agreed
    assert len([change for change in done.changes if isinstance(change, Update)]) >= 1
    assert free_of_each_other(calls(store))


@pytest.mark.usefixtures("few_together")
def test_of_very_many_a_new_call_goes_around_interviews_to_come(context, store):
    hour = meeting(d.TUE_2026_11_24, "09:00", id="hour", minutes=60)
    add_all(context, store, [hour, *many(6)], label="import", now=NOW)
    remove(context, store, "i0", now=NOW)
    add(context, store, meeting(d.THU_2026_11_12, id="new", minutes=5), now=NOW)
    assert free_of_each_other([*calls(store), hour])


@pytest.mark.usefixtures("few_together")
def test_of_very_many_an_import_of_a_few_plans_a_few(context, store):
    add_all(context, store, many(30), label="import", now=NOW)
    before = {each.event.uid: each for each in store.planned()}
    fresh = [meeting(d.THU_2026_11_12, id=f"n{number}", minutes=5) for number in range(3)]
    add_all(context, store, fresh, label="import", now=NOW)
    after = {each.event.uid: each for each in store.planned()}
    assert {uid: each for uid, each in after.items() if each.event.interview[0] == "i"} == before
    assert free_of_each_other(calls(store))


@pytest.mark.usefixtures("few_together")
def test_of_very_many_removing_one_moves_nobody(context, store):
    add_all(context, store, many(9), label="import", now=NOW)
    before = {each.event.uid: each for each in store.planned() if each.event.interview != "i0"}
    remove(context, store, "i0", now=NOW)
    assert {each.event.uid: each for each in store.planned()} == before


# Settings


def test_other_settings_plan_everything_again_once(context, store):
    add(context, store, meeting(d.THU_2026_11_12), now=NOW)
    add(context, store, meeting(d.THU_2026_11_12, id="bo", candidate="Bo"), now=NOW)
    log(context, store, "bo", Outcome(interview="bo", result="rejected", at=NOW), now=NOW)
    gentle = Context(replace(WISHES, playbook="gentle"))
    refresh(gentle, store, NOW)
    assert status(store, "acme").start == at(d.THU_2026_11_19, "09:00")
    assert only(store.plan("acme"), "second") is None
    assert list(store.stale(gentle.basis)) == []
    assert [entry.label for entry in store.history()] == [
        "log rejected for Acme, PM",
        "add Acme, PM",
        "add Acme, PM",
    ]
    before = store.planned()
    refresh(gentle, store, NOW + timedelta(days=1))
    assert list(store.planned()) == list(before)


def test_what_an_undo_brings_back_is_planned_with_today_s_settings(context, store):
    add(context, store, meeting(d.THU_2026_11_12), now=NOW)
    remove(context, store, "acme", now=NOW)
    gentle = Context(replace(WISHES, playbook="gentle"))
    refresh(gentle, store, NOW)
    undo(gentle, store, now=NOW)
    assert status(store, "acme").start == at(d.THU_2026_11_19, "09:00")
    assert list(store.stale(gentle.basis)) == []


# Imported again


def test_the_same_file_again_changes_nothing(context, store):
    rows = [meeting(d.THU_2026_11_12, id=name) for name in ("a", "b")]
    first = add_all(context, store, rows, label="import", now=NOW)
    before = list(store.planned())
    again = add_all(context, store, rows, label="import", now=NOW + timedelta(hours=1))
    assert (first.added, first.updated, first.unchanged) == ((1, 2), (), 0)
    assert (again.added, again.updated, again.unchanged) == ((), (), 2)
    assert list(store.planned()) == before
    assert len(store.history()) == 1


def test_a_changed_file_changes_what_it_changed_and_keeps_numbers(context, store):
    rows = [meeting(d.THU_2026_11_12, id=name) for name in ("a", "b")]
    add_all(context, store, rows, label="import", now=NOW)
    numbers = {each.event.uid: each.number for each in store.planned()}
    rows[1] = replace(rows[1], decision=d.MON_2026_11_30)
    rows.append(meeting(d.THU_2026_11_12, id="c"))
    again = add_all(context, store, rows, label="import", now=NOW)
    assert (again.added, again.updated, again.unchanged) == ((3,), (2,), 1)
    assert status(store, "b").start == at(d.TUE_2026_12_01, "09:00")
    later = {each.event.uid: each.number for each in store.planned()}
    assert numbers.items() <= later.items()


def test_an_import_again_keeps_what_was_logged_and_opens_nothing(context, store):
    row = meeting(d.THU_2026_11_12)
    add_all(context, store, [row], label="import", now=NOW)
    log(context, store, "acme", Outcome(interview="acme", result="rejected", at=NOW), now=NOW)
    changed = replace(row, notes="a new note")
    assert add_all(context, store, [changed], label="import", now=NOW).updated == (1,)
    kept = store.interview("acme").interview
    assert (kept.status, kept.notes) == ("rejected", "a new note")
    assert [event.step for event in store.plan("acme").events] == ["courtesy"]


def test_an_import_that_fails_leaves_nothing(context, store):
    rows = [meeting(d.THU_2026_11_12, id="a"), meeting(d.THU_2026_11_12, id="a")]
    with pytest.raises(Exception, match="already"):
        add_all(context, store, rows, label="import", now=NOW)
    assert list(store.interviews()) == []


# Floors, and days given by edit


def test_a_message_of_last_week_asks_for_nothing_in_the_days_since(context, store):
    add(context, store, meeting(d.THU_2026_11_12), now=NOW)
    log(context, store, "acme", Outcome(interview="acme", result="sent", at=NOW), now=NOW)
    early = at(d.TUE_2026_11_17, "09:05")
    told = Outcome(interview="acme", result="no-answer", step="status", at=early)
    done = log(context, store, "acme", told, now=at(d.FRI_2026_11_20, "12:10"))
    retry = only(done.plan, "retry")
    assert (retry.start, retry.overdue) == (at(d.FRI_2026_11_20, "16:00"), True)
    edit(context, store, "acme", {"notes": "later"}, now=at(d.FRI_2026_11_20, "12:30"))
    assert only(store.plan("acme"), "retry") == retry


def test_a_day_given_by_edit_before_anything_was_logged_is_the_record_s(context, store):
    add(context, store, meeting(d.THU_2026_11_12), now=NOW)
    log(context, store, "acme", Outcome(interview="acme", result="sent", at=NOW), now=NOW)
    edit(context, store, "acme", {"decision": "3 business days"}, now=NOW)
    assert [told.result for told in store.outcomes("acme")] == ["sent"]
    assert status(store, "acme").start == at(d.WED_2026_11_18, "09:00")


@pytest.mark.parametrize(
    ("values", "start"),
    [
        ({"decision": "2026-11-30"}, at(d.TUE_2026_12_01, "09:00")),
        ({"decision": "3 weeks"}, at(d.FRI_2026_12_04, "09:00")),
        ({"agreed": "2026-11-30"}, at(d.MON_2026_11_30, "09:00")),
        ({"agreed": "2026-11-30 11:20"}, at(d.MON_2026_11_30, "11:20")),
        ({"agreed": "2026-11-30", "decision": "2026-12-02"}, at(d.MON_2026_11_30, "09:00")),
    ],
)
def test_a_day_given_by_edit_after_outcomes_is_one_more_of_them(context, store, values, start):
    add(context, store, meeting(d.THU_2026_11_12), now=NOW)
    called = at(d.TUE_2026_11_24, "09:05")
    log(context, store, "acme", Outcome(interview="acme", result="reached", at=called), now=called)
    done = edit(context, store, "acme", values, now=called)
    assert [told.result for told in store.outcomes("acme")] == ["reached", "replied"]
    assert only(done.plan, "status").start == start
    undo(context, store, now=called)
    assert [told.result for told in store.outcomes("acme")] == ["reached"]


def test_a_day_that_is_over_corrects_the_record_alone(context, store):
    add(context, store, meeting(d.THU_2026_11_12), now=NOW)
    called = at(d.TUE_2026_11_24, "09:05")
    log(context, store, "acme", Outcome(interview="acme", result="reached", at=called), now=called)
    edit(context, store, "acme", {"decision": "2026-11-18"}, now=called)
    assert [told.result for told in store.outcomes("acme")] == ["reached"]


def test_the_plan_of_the_store_is_the_plan_from_scratch(context, store):
    rows = [
        meeting(d.THU_2026_11_12, id="a", interviewers="Tom Reyes <tom@acme.example>"),
        meeting(d.FRI_2026_11_13, id="b", decision=Span.parse("3 days")),
        meeting(d.MON_2026_11_16, id="c", agreed=d.MON_2026_11_23, playbook="classic"),
    ]
    for row in rows:
        add(context, store, row, now=NOW)
    told = Outcome(interview="a", result="sent", step="thank-you", at=NOW)
    log(context, store, "a", told, now=NOW)
    fresh = plan(rows, WISHES, outcomes=[told], not_before=NOW)
    for each in fresh:
        assert store.plan(each.interview.id).events == each.events
    gone = remove(context, store, "b", now=NOW).changes
    assert {change.event.uid for change in gone if isinstance(change, Cancel)} == {
        event.uid for event in fresh[1].events
    }
    assert Person("Tom Reyes", "tom@acme.example") == rows[0].interviewers[0]

import os
import stat
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import astuple, replace

from calsync.errors import BadData, NoInput
from calsync.store import Invitation, Published, Store, Tombstone
from tests.store.examples import NEW_YORK, NOW, event, interview, outcome, plan

LATER = NOW + timedelta(days=3)


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "home" / "store.db") as opened:
        yield opened


def add(store, *interviews, planned=True):
    with store.change("add", at=NOW) as change:
        for each in interviews:
            change.add(each)
            if planned:
                change.record_plan(plan(each))


def test_a_store_is_made_at_first_use(tmp_path):
    path = tmp_path / "a" / "home" / "store.db"
    with Store.open(path) as store:
        assert list(store.interviews()) == []
        assert (store.version, store.history(), store.undo(at=NOW)) == (4, [], None)
    assert [each.name for each in path.parent.iterdir()] == ["store.db"]


@pytest.mark.skipif(os.name != "posix", reason="folders have modes on POSIX only")
def test_nobody_else_reads_the_store(tmp_path):
    path = tmp_path / "home" / "store.db"
    with Store.open(path) as store:
        add(store, interview())
        modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
    assert modes == dict.fromkeys(("store.db", "store.db-wal", "store.db-shm"), 0o600)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_store_waits_writes_through_and_checks_keys(store):
    asked = {
        name: store._connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
    }
    assert asked == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 10_000, "foreign_keys": 1}


def test_two_stores_have_two_keys_and_each_keeps_its_own(tmp_path):
    keys = []
    for name in ("one.db", "two.db", "one.db"):
        with Store.open(tmp_path / name) as store:
            keys.append(store.key)
    assert keys[0] == keys[2] != keys[1]
    assert len(keys[0]) == 16


def test_an_interview_is_found_by_number_and_by_id(store):
    add(store, interview("acme"), interview("beta", company="Beta"))
    assert [kept.number for kept in store.interviews()] == [1, 2]
    assert store.interview(2) == store.interview("beta")
    assert store.interview("beta").interview == interview("beta", company="Beta")
    assert store.interview("beta").recorded == NOW


def test_an_id_of_digits_is_no_number(store):
    add(store, interview("2"), interview("other"))
    assert (store.interview("2").number, store.interview(2).interview.id) == (1, "other")
    with store.change("edit", at=NOW) as change:
        assert change.replace(interview("2", company="Changed")) == 1
        change.log(outcome(interview("2")))
    assert store.interview("other").interview.company == "Acme"
    assert len(store.outcomes(1)) == 1


def test_the_second_half_past_one_of_an_autumn_night_is_kept_apart(store):
    night = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK)
    add(store, interview("first", start=night), interview("second", start=night.replace(fold=1)))
    assert [kept.interview.start.fold for kept in store.interviews()] == [0, 1]
    with store.change("edit", at=NOW) as change:
        change.replace(interview("first", start=night.replace(fold=1)))
    assert store.interview("first").interview.start.fold == 1


def test_text_that_looks_like_an_array_stays_text(store):
    add(store, interview(company="[1]", notes="{}"))
    assert store.interview(1).interview == interview(company="[1]", notes="{}")


def test_an_edit_of_nothing_but_the_zone_counts(store):
    add(store, interview())
    moved = interview(start=interview().start.astimezone(ZoneInfo("Europe/Berlin")))
    with store.change("edit", at=NOW) as change:
        change.replace(moved)
    assert store.interview(1).interview.timezone == "Europe/Berlin"


def test_interviews_are_asked_for_by_candidate_and_by_being_open(store):
    add(
        store,
        interview("a", candidate="Ana"),
        interview("b", candidate="Ana", status="offer"),
        interview("c", candidate="Bo"),
    )
    ids = lambda **asked: [kept.interview.id for kept in store.interviews(**asked)]  # noqa: E731  # short here
    assert ids(candidate="Ana") == ["a", "b"]
    assert ids(open_only=True) == ["a", "c"]
    assert ids(candidate="Ana", open_only=True) == ["a"]
    assert ids(candidate="") == []


def test_an_id_that_is_taken_is_refused_and_the_rest_of_the_change_can_go_on(store):
    add(store, interview("acme"))
    with store.change("import", at=NOW) as change:
        with pytest.raises(BadData, match="there is an interview acme already"):
            change.add_all([(interview("new"), None), (interview("acme"), None)])
        assert change.add(interview("beta")) == 2
    assert store.taken(["acme", "new", "beta"]) == {"acme", "beta"}


def test_what_raises_in_the_block_undoes_the_block(store):
    def endless():
        yield interview(), None
        yield 1 // 0

    with pytest.raises(ZeroDivisionError), store.change("add", at=NOW) as change:
        change.add_all(endless())
    assert (list(store.interviews()), list(store.planned()), store.history()) == ([], [], [])


@pytest.mark.parametrize("name", ["9", 9, "acme", "", "²", "9" * 40])
def test_an_interview_that_is_not_kept_is_no_input(store, name):
    with pytest.raises(NoInput, match="there is no interview"):
        store.interview(name)


def test_writing_to_an_interview_that_is_not_kept_is_no_input(store):
    for write in (
        lambda change: change.replace(interview()),
        lambda change: change.remove("acme"),
        lambda change: change.log(outcome(interview())),
        lambda change: change.record_plan(plan(interview())),
    ):
        with pytest.raises(NoInput, match="there is no interview acme"), store.change("x", at=NOW) as change:
            write(change)


def test_a_number_is_never_given_to_another_interview(store):
    add(store, interview("a"), interview("b"))
    store.undo(at=NOW)
    add(store, interview("c"))
    with store.change("remove", at=NOW) as change:
        change.remove("c")
    add(store, interview("d"))
    assert [kept.number for kept in store.interviews()] == [4]


def test_an_invitation_leads_to_its_interview(store):
    with store.change("import", at=NOW) as change:
        change.add(interview("a"), invitation=Invitation("x@mail", 2))
        change.add(interview("b"))
    assert store.invited("x@mail").interview.id == "a"
    assert store.invited("y@mail") is None
    with store.change("moved", at=NOW) as change:
        change.replace(interview("a", minutes=30))
    assert store.invited("x@mail").invitation == Invitation("x@mail", 2)
    with store.change("moved", at=NOW) as change:
        change.replace(interview("a", minutes=30), invitation=Invitation("x@mail", 3))
    assert store.invited("x@mail").invitation.sequence == 3


def test_outcomes_come_in_the_order_they_were_logged(store):
    add(store, interview())
    logged = [
        outcome(interview(), "sent", LATER),
        outcome(interview(), "voicemail", NOW, step="status", next=date(2026, 11, 20)),
    ]
    for each in logged:
        with store.change("log", at=LATER) as change:
            change.log(each)
    assert store.outcomes("acme") == logged


def test_a_plan_comes_back_whole(store):
    add(store, interview())
    assert store.plan("acme") == plan(interview())
    add(store, interview("unplanned"), planned=False)
    assert store.plan("unplanned") is None


def test_planned_events_come_by_their_start_between_two_moments(store):
    add(
        store,
        interview("late", start=datetime(2026, 12, 1, 9, tzinfo=NEW_YORK), candidate="Bo"),
        interview("soon"),
    )
    all_of_them = list(store.planned())
    starts = [each.event.start for each in all_of_them]
    assert starts == sorted(starts)
    assert len(starts) == 12
    middle = starts[4]
    assert [each.event.start for each in store.planned(until=middle)] == starts[:4]
    assert [each.event.start for each in store.planned(since=middle)] == starts[4:]
    assert [each.event.start for each in store.planned(since=middle + timedelta(microseconds=1))] == starts[
        5:
    ]
    assert list(store.planned(limit=3)) == all_of_them[:3]
    assert {each.event.interview for each in store.planned(candidate="Bo")} == {"late"}
    assert len(list(store.planned(interview="late"))) == 6
    for actions in (("call",), ("call", "ask"), ("prepare",)):
        wanted = [each for each in all_of_them if each.event.action in actions]
        assert list(store.planned(actions=actions)) == wanted
        assert list(store.planned(actions=actions, since=middle, candidate="Bo")) == [
            each for each in wanted if each.event.start >= middle and each.event.interview == "late"
        ]
    assert [each.event.step for each in store.upcoming()] == ["ask", "ask"]
    assert [each.event.interview for each in store.upcoming(candidate="Bo")] == ["late"]
    assert list(store.upcoming(candidate="nobody")) == []


@pytest.mark.parametrize("candidate", [None, "Bo", "nobody"])
@pytest.mark.parametrize("open_only", [False, True])
@pytest.mark.parametrize("days", [None, 0, 2, 8, 30])
@pytest.mark.parametrize("always", [(), ("call", "email"), ("ask",)])
def test_a_summary_tells_what_the_record_and_the_first_event_ahead_tell(
    store, candidate, open_only, days, always
):
    add(
        store,
        interview("late", start=datetime(2026, 12, 1, 9, tzinfo=NEW_YORK), candidate="Bo", contact_role="hr"),
        interview("over", status="rejected"),
        interview("soon"),
    )
    with store.change("add", at=NOW) as change:
        change.add(interview("unplanned"))
    since = None if days is None else NOW + timedelta(days=days)
    first = {
        each.event.interview: each for each in store.upcoming(candidate=candidate, since=since, always=always)
    }
    for name, found in first.items():
        every = store.planned(interview=name)
        assert found == next(
            each for each in every if not since or each.event.start >= since or each.event.action in always
        )
    told = list(store.summaries(candidate=candidate, open_only=open_only, since=since, always=always))
    assert [astuple(each) for each in told] == [
        _summary(kept, first.get(kept.interview.id))
        for kept in store.interviews(candidate=candidate, open_only=open_only)
    ]


def _summary(kept, planned):
    of, event = kept.interview, planned and planned.event
    person = event.person.name if event and event.person else ""
    return (
        kept.number, of.day, event and event.start, planned.number if planned else 0, of.candidate, of.company, of.role, of.status, of.contact,
        of.contact_role or "", event.step if event else "", event.action if event else "", person,
    )  # fmt: skip


def test_planned_uses_its_index(store):
    add(store, interview())
    query = "SELECT event FROM planned p WHERE p.instant < 5 ORDER BY p.instant, p.event"
    (steps,) = [row[3] for row in store._connection.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert "planned_instant" in steps


def test_an_event_is_found_by_ref_uid_and_beginning(store):
    add(store, interview("acme"), interview("acme-2"))
    first = store.event("1.1")
    assert store.event("acme-ask@calsync") == store.event("acme-as") == first
    assert store.event("2.1").event.uid == "acme-2-ask@calsync"
    with pytest.raises(BadData, match="several follow-ups"):
        store.event("acme-")
    for name in ("1", "1.99", "99.1", "zeta", ""):
        with pytest.raises(NoInput, match="no such follow-up"):
            store.event(name)
    with store.change("log", at=NOW) as change:
        change.record_plan(plan(interview("acme"), ("status",)))
    with pytest.raises(NoInput, match="done or no longer planned"):
        store.event("1.1")


def test_follow_ups_are_numbered_in_time_and_keep_their_numbers(store):
    add(store, interview("acme"))
    first = {each.event.uid: each.ref for each in store.planned()}
    assert list(first.values()) == [f"1.{number}" for number in range(1, len(first) + 1)]
    with store.change("log", at=NOW) as change:
        change.record_plan(plan(interview("acme"), ("status", "retry"), 3))
    later = {each.event.uid: each.ref for each in store.planned()}
    assert later["acme-status@calsync"] == first["acme-status@calsync"]
    store.undo(at=NOW)
    assert {each.event.uid: each.ref for each in store.planned()} == first


def test_an_interview_that_is_added_anew_gets_numbers_of_its_own(store):
    add(store, interview("acme"))
    with store.change("remove", at=NOW) as change:
        change.remove(1)
    add(store, interview("acme"))
    assert {each.of for each in store.planned()} == {2}
    for _ in range(2):
        store.undo(at=NOW)
    assert {each.of for each in store.planned()} == {1}
    assert len({each.ref for each in store.planned()}) == len(list(store.planned()))


def test_a_sequence_goes_up_when_a_calendar_would_show_something_else_and_only_then(store):
    add(store, interview())
    was = {each.event.step: each for each in store.planned()}
    assert {each.sequence for each in was.values()} == {0}
    same = plan(interview())
    other_reasons = replace(same, events=tuple(replace(each, trace=(), late=True) for each in same.events))
    moved = replace(same, events=(event(interview(), "ask", 2), *same.events[1:]))
    for number, planned in enumerate((same, other_reasons, moved), 1):
        with store.change("log", at=NOW + timedelta(days=number)) as change:
            change.record_plan(planned)
    now = {each.event.step: each for each in store.planned()}
    assert [(step, each.sequence) for step, each in now.items() if each.sequence] == [("ask", 1)]
    assert (now["ask"].stamp, now["ask"].created) == (NOW + timedelta(days=3), NOW)
    assert now["status"].stamp == NOW
    assert {step: each.number for step, each in now.items()} == {
        step: each.number for step, each in was.items()
    }


def test_an_event_that_comes_back_keeps_its_number_and_goes_up(store):
    add(store, interview())
    number = store.event("acme-ask").number
    for steps in (("status",), ("ask", "status")):
        with store.change("log", at=LATER) as change:
            change.record_plan(plan(interview(), steps))
    back = store.event("acme-ask")
    assert (back.number, back.sequence) == (number, 1)


def test_stamps_do_not_go_back_with_the_clock(store):
    add(store, interview())
    with store.change("edit", at=NOW - timedelta(days=400)) as change:
        change.record_plan(plan(interview(), shift=1))
    assert {(each.sequence, each.stamp) for each in store.planned()} == {(1, NOW)}


def test_undo_brings_back_plans_but_never_an_old_sequence(store):
    add(store, interview())
    with store.change("move", at=LATER) as change:
        change.record_plan(plan(interview(), shift=1))
    store.undo(at=LATER)
    assert store.plan(1) == plan(interview())
    assert {each.sequence for each in store.planned()} == {2}


def test_a_plan_of_nothing_new_leaves_no_entry(store):
    add(store, interview())
    with store.change("today", at=LATER) as change:
        change.record_plan(plan(interview()))
        change.replace(interview())
    assert [entry.label for entry in store.history()] == ["add"]


def test_stale_plans_are_those_of_another_basis(store):
    with store.change("import", at=NOW) as change:
        for name, basis in (("a", "1"), ("b", "2"), ("c", None)):
            change.add(interview(name))
            if basis:
                change.record_plan(plan(interview(name)), basis=basis)
    assert [kept.interview.id for kept in store.stale("2")] == ["a", "c"]
    with store.upkeep(at=LATER) as upkeep:
        upkeep.record_plans([plan(kept.interview) for kept in store.stale("2")], basis="2")
    assert list(store.stale("2")) == []
    assert len(store.history()) == 1


def test_an_undo_that_means_one_change_takes_back_no_other(store):
    add(store, interview())
    first = store.history()[0].number
    with store.change("log", at=NOW) as change:
        change.log(outcome(interview()))
    last = store.history()[0].number
    with pytest.raises(BadData, match="not the last change"):
        store.undo(at=LATER, only=first)
    assert store.undo(at=LATER, only=last).label == "log"
    assert store.undo(at=LATER, only=first).label == "add"
    with pytest.raises(BadData, match="not the last change"):
        store.undo(at=LATER, only=first)


def test_undo_shows_before_and_after(store):
    add(store, interview())
    with store.change("log acme sent", at=LATER) as change:
        change.log(outcome(interview()))
        change.replace(interview(status="offer"))
        change.record_plan(plan(interview(), ("status",)))
    undone = store.undo(at=LATER)
    assert (undone.label, undone.at, undone.touched) == ("log acme sent", LATER, 1)
    assert [kept.interview.status for kept in undone.before.interviews] == ["offer"]
    assert [kept.interview.status for kept in undone.after.interviews] == ["open"]
    assert (len(undone.before.outcomes), len(undone.after.outcomes)) == (1, 0)
    assert (len(undone.before.events), len(undone.after.events)) == (1, 6)
    assert (store.interview(1).interview, store.outcomes(1)) == (interview(), [])


def test_undo_of_a_removal_brings_everything_back_under_its_number(store):
    add(store, interview("a"), interview("b"))
    with store.change("log", at=NOW) as change:
        change.log(outcome(interview("b")))
        change.log(outcome(interview("b"), "voicemail", step="status"))
    before = (list(store.interviews()), store.outcomes("b"), store.plan("b"))
    with store.change("remove", at=NOW) as change:
        change.remove("b")
    assert [kept.number for kept in store.interviews()] == [1]
    store.undo(at=NOW)
    assert (list(store.interviews()), store.outcomes("b"), store.plan("b")) == before


def test_what_an_invitation_s_messages_said_comes_back_and_goes_with_undo(store):
    first = Invitation("x@mail", 2, "2026-11-20T08:00:00+00:00", told={"minutes": (60, 2, "")})
    later = Invitation("x@mail", 3, "", cancelled=True, told={"company": ("Acme", 3, "")})
    with store.change("add", at=NOW) as change:
        change.add(interview("a"), invitation=first)
    assert store.invited("x@mail").invitation == first
    with store.change("edit", at=NOW) as change:
        change.replace(interview("a"), invitation=later)
    assert store.invited("x@mail").invitation == later
    store.undo(at=NOW)
    assert store.invited("x@mail").invitation == first
    with store.upkeep(at=NOW) as upkeep:
        upkeep.hear(1, later)
    assert store.invited("x@mail").invitation == later


def test_a_cancellation_of_nothing_known_is_kept_whatever_is_undone(store):
    assert store.called_off("x@mail") is None
    for sequence in (1, 2):
        called = Invitation("x@mail", sequence, "2026-11-20T08:00:00+00:00", cancelled=True)
        with store.upkeep(at=NOW) as upkeep:
            upkeep.call_off(called)
        assert store.called_off("x@mail") == called


def test_an_id_and_an_invitation_can_change_hands_and_come_back(store):
    with store.change("import", at=NOW) as change:
        change.add(interview("a"), invitation=Invitation("x"))
    with store.change("again", at=NOW) as change:
        change.remove("a")
        assert change.add(interview("a", company="New"), invitation=Invitation("x", 1)) == 2
    store.undo(at=NOW)
    assert store.invited("x").number == 1
    assert store.interview("a").interview.company == "Acme"


def test_what_came_and_went_in_one_change_leaves_nothing_to_undo_wrongly(store):
    add(store, interview("a"))
    with store.change("much", at=NOW) as change:
        change.add(interview("b"))
        change.replace(interview("b", company="B"))
        change.log(outcome(interview("b")))
        change.record_plan(plan(interview("b")))
        change.remove("b")
        change.add_all([(interview("c"), None), (interview("d"), None)])
        change.replace(interview("d", company="D"))
        change.replace(interview("a", company="1"))
        change.replace(interview("a", company="2"))
    store.undo(at=NOW)
    assert [kept.interview for kept in store.interviews()] == [interview("a")]
    assert store.check() == []


def test_an_import_is_undone_at_once_and_kept_as_one_line(store):
    with store.change("import jobs.csv", at=NOW) as change:
        numbers = change.add_all((interview(f"job-{count}"), None) for count in range(2000))
        change.record_plans(plan(interview(f"job-{count}")) for count in range(2000))
    assert numbers == range(1, 2001)
    assert store._connection.execute("SELECT count(*) FROM image").fetchone() == (2,)
    undone = store.undo(at=NOW)
    assert (undone.touched, len(undone.before.interviews), undone.after.interviews) == (2000, 20, ())
    assert (list(store.interviews()), list(store.planned())) == ([], [])


def test_upkeep_after_a_change_goes_with_it(store):
    add(store, interview(), planned=False)
    with store.upkeep(at=LATER) as upkeep:
        upkeep.record_plan(plan(interview()))
    store.undo(at=LATER)
    assert (list(store.interviews()), list(store.planned()), store.check()) == ([], [], [])


def test_an_event_whose_uid_went_to_a_new_interview_comes_back_to_the_old_one(store):
    add(store, interview("a"))
    with store.change("again", at=NOW) as change:
        change.remove("a")
        change.add(interview("a", company="New"))
    with store.upkeep(at=NOW) as upkeep:
        upkeep.record_plan(plan(interview("a", company="New")))
    store.undo(at=NOW)
    assert store.plan("a") == plan(interview("a"))


def test_history_lists_changes_newest_first_and_says_what_was_undone(store):
    add(store, interview())
    with store.change("sync google", at=LATER) as change:
        change.publish(Published(target="google", uid="u", sequence=1))
    with store.change("log", at=LATER) as change:
        change.log(outcome(interview()))
    store.undo(at=LATER)
    told = [(entry.label, entry.undoable, entry.undone) for entry in store.history()]
    assert told == [("log", False, LATER), ("sync google", False, None), ("add", True, None)]
    assert len(store.history(2)) == 2
    assert store.undo(at=LATER).label == "add"
    assert store.undo(at=LATER) is None


def test_undo_leaves_alone_what_targets_were_told(store):
    add(store, interview())
    with store.change("sync google", at=LATER) as change:
        change.publish(
            Published(target="google", uid="u", sequence=1, payload={"a": [1, {"b": None}]}, etag='"3"')
        )
        change.bury(Tombstone(target="google", uid="v", generation=2, at=LATER, why="deleted there"))
        change.keep("google", "calendar", "c@group")
        change.keep("google", "token", "t")
        change.keep("google", "token", None)
    while store.undo(at=LATER):
        pass
    (fact,) = store.published("google")
    assert fact == Published(
        target="google", uid="u", sequence=1, payload={"a": [1, {"b": None}]}, etag='"3"'
    )
    assert list(store.tombstones("google")) == [
        Tombstone(target="google", uid="v", generation=2, at=LATER, why="deleted there")
    ]
    assert store.state("google") == {"calendar": "c@group"}
    assert (list(store.published("ics")), store.state("ics")) == ([], {})


def test_what_a_target_no_longer_has_is_forgotten(store):
    with store.upkeep(at=NOW) as upkeep:
        upkeep.publish(*(Published(target="google", uid=uid, sequence=0) for uid in "abc"))
        upkeep.publish(Published(target="google", uid="b", sequence=1))
        upkeep.forget("google", "a", "c")
    assert [(fact.uid, fact.sequence) for fact in store.published("google")] == [("b", 1)]


def test_a_moment_without_a_zone_is_a_bug(store):
    with pytest.raises(TypeError, match="no time zone"), store.change("add", at=datetime(2026, 1, 1)):  # noqa: DTZ001  # the point
        pass


def test_a_backup_is_a_store(store, tmp_path):
    add(store, interview())
    copy = tmp_path / "copy.db"
    store.backup(copy)
    with Store.open(copy) as other:
        assert [kept.interview for kept in other.interviews()] == [interview()]
        assert other.check() == []


def test_a_sound_store_has_no_problems_and_a_lowered_counter_is_one(store):
    add(store, interview())
    assert store.check() == []
    store._connection.execute("UPDATE counter SET last = 0 WHERE name = 'interview'")
    assert store.check() == ["the last interview number is 0, but there is 1"]


def test_times_at_the_ends_of_a_year_stay_where_they_are(store):
    start = datetime(2026, 12, 31, 23, 59, tzinfo=UTC).astimezone(ZoneInfo("Pacific/Apia"))
    add(store, interview(start=start), planned=False)
    assert store.interview(1).interview.start.isoformat() == start.isoformat()

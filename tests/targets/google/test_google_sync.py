"""What a sync does to the calendar, and what it leaves to its user."""

import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from calsync.errors import NoInput, TryLater
from calsync.store import Store
from calsync.sync.protocol import CalendarGone
from calsync.sync.reconcile import NeedsConsent
from calsync.workflows.sync_lock import sync_lock
from tests.fakes.google import Fault
from tests.targets.google.syncing import Somebody, quiet

FIVE = {"a.thank-you", "a.prepare", "a.status", "a.second", "a.closing"}


def steps(lines):
    return {".".join(line.uid.removesuffix("@calsync").split(".")[:2]) for line in lines}


def asked(google, since=0):
    """Method and last word of each request; of a batch, what is in it."""
    return [
        (each.method, *(part.method for part in each.parts)) if each.parts else (each.method,)
        for each in google.requests[since:]
    ]


def moved(event, **by):
    """Start and end, later."""
    return {
        key: {"dateTime": (datetime.fromisoformat(event[key]["dateTime"]) + timedelta(**by)).isoformat()}
        for key in ("start", "end")
    }


# The first time, and the next ones


def test_the_first_sync_makes_a_calendar_and_fills_it(somebody, google):
    somebody.adds("a")
    report = somebody.syncs()
    assert steps(report.created) == FIVE
    assert somebody.events().keys() == somebody.planned().keys()
    assert report.calendar == somebody.calendar
    (calendar,) = set(google.user.calendars()) - {google.user.calendars()[0]}
    assert calendar == somebody.calendar


def test_every_alarm_is_a_popup_of_its_own(somebody):
    somebody.adds("a")
    somebody.syncs()
    call = somebody.event("status", "a")
    assert call["reminders"] == {"useDefault": False, "overrides": [{"method": "popup", "minutes": 15}]}
    assert call["visibility"] == "private"
    assert "attendees" not in call


def test_with_nothing_to_do_it_lists_once_and_writes_nothing(somebody, google):
    somebody.adds("a")
    somebody.syncs()
    for _ in range(2):
        before = len(google.requests)
        report = somebody.syncs()
        assert quiet(report)
        assert report.unchanged == 5
        assert asked(google, before) == [("GET",)]


def test_one_change_is_one_patch_with_what_changed_and_nothing_else(somebody, google):
    somebody.adds("a")
    somebody.syncs()
    before, etags = len(google.requests), {each["id"]: each["etag"] for each in somebody.events().values()}
    somebody.edits("a", notes="Ask about the move")
    report = somebody.syncs()
    listed, *patches = google.requests[before:]
    assert listed.method == "GET"
    assert [each.method for each in patches] == ["PATCH"] * len(report.updated)
    for each in patches:
        assert list(each.body) == ["description", "extendedProperties"]
        headers = {name.lower(): value for name, value in each.headers.items()}
        assert headers["if-match"] == etags[each.path.rpartition("/")[2]]


def test_a_handful_goes_singly_and_more_in_batches(somebody, google):
    somebody.adds("a")
    somebody.syncs()
    assert asked(google)[-1] == ("POST",)
    before = len(google.requests)
    somebody.adds("b", "c")
    somebody.syncs()
    assert asked(google, before) == [("GET",), ("POST", *["POST"] * 10)]
    headers = {name.lower() for part in google.requests[-1].parts for name in part.headers}
    assert headers <= {"content-type", "content-length", "host", "authorization", "user-agent"}


def test_without_follow_ups_nothing_is_asked_of_google(somebody, google):
    report = somebody.syncs()
    assert google.requests == []
    assert (report.calendar, report.unchanged) == ("", 0)


def test_an_edit_is_still_said_when_nothing_else_happened(somebody):
    somebody.adds("a")
    somebody.syncs()
    event = somebody.changes(somebody.event("status", "a"), summary="mine")
    for _ in range(2):
        assert [line.fields for line in somebody.syncs().kept_user_edit] == [("summary",)]
    assert somebody.event("status", "a")["etag"] == event["etag"]


def test_what_a_killed_sync_left_undone_is_not_taken_for_settled(somebody, google):
    """The plan is what it was when all was as planned, but not all that was begun in between is undone."""
    somebody.adds("a", "b")
    somebody.syncs()
    somebody.syncs()
    somebody.edits("a", contact="Tom Reyes")
    google.faults.add(Fault("quotaExceeded", at=4))
    assert somebody.syncs().stopped
    somebody.undoes()
    assert {line.uid[0] for line in somebody.syncs().updated} == {"a"}
    assert all("Tom" not in event["summary"] for event in somebody.events().values())


# What the plan takes back


def test_what_is_planned_no_longer_is_cancelled(somebody):
    somebody.adds("a")
    somebody.syncs()
    somebody.logs("a", "offer")
    report = somebody.syncs(yes=True)
    assert somebody.events().keys() == somebody.planned().keys()
    assert {line.message for line in report.cancelled} == {"no longer planned"}


def test_what_is_over_stays_as_a_memory_of_what_was_done(somebody):
    somebody.adds("a")
    somebody.syncs()
    somebody.waits(hours=3)
    somebody.logs("a", "sent")
    report = somebody.syncs()
    assert report.cancelled == []
    assert somebody.event("thank-you", "a")["status"] == "confirmed"


def test_what_is_done_before_its_time_does_not_ring_any_more(somebody):
    somebody.adds("a")
    somebody.syncs()
    somebody.waits(minutes=10)
    somebody.logs("a", "sent")
    assert "a.thank-you" in steps(somebody.syncs().cancelled)


def test_a_forgotten_interview_leaves_no_event_not_even_one_that_is_over(somebody):
    somebody.adds("a", "b")
    somebody.syncs()
    somebody.waits(days=60)
    somebody.removes("a")
    somebody.syncs(yes=True)
    assert {uid[0] for uid in somebody.events()} == {"b"}


def test_what_is_planned_again_comes_back_under_another_id(somebody):
    somebody.adds("a")
    somebody.syncs()
    first = {event["id"] for event in somebody.events().values()}
    somebody.removes("a")
    somebody.syncs(yes=True)
    somebody.undoes()
    assert steps(somebody.syncs().created) == FIVE
    assert first.isdisjoint(event["id"] for event in somebody.events().values())
    assert quiet(somebody.syncs())


def test_a_cancellation_whose_answer_got_lost_was_ours(somebody, google):
    somebody.adds("a")
    somebody.syncs()
    somebody.removes("a")
    google.faults.add(Fault("html", only="DELETE", when="after"))
    assert somebody.syncs().stopped
    somebody.undoes()
    report = somebody.syncs()
    assert report.kept_deleted == []
    assert len(report.created) == 1
    assert somebody.events().keys() == somebody.planned().keys()


def test_what_was_begun_and_never_made_is_dropped_with_its_interview(somebody, google):
    somebody.adds("a", "b")
    google.faults.add(Fault("quotaExceeded", only="/batch"))
    assert somebody.syncs().stopped
    somebody.removes("a")
    somebody.syncs(yes=True)
    assert quiet(somebody.syncs())
    assert {uid[0] for uid in somebody.events()} == {"b"}


# What the user does


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"summary": "Ring Sarah"}, ("summary",)),
        ({"description": "my own notes"}, ("description",)),
        ({"location": "the café"}, ("location",)),
        (
            {"reminders": {"useDefault": False, "overrides": [{"method": "email", "minutes": 60}]}},
            ("reminders",),
        ),
        ({"reminders": {"useDefault": True, "overrides": None}}, ("reminders",)),
        ({"transparency": "transparent"}, ("transparency",)),
    ],
)
def test_an_edit_is_kept_and_said_while_the_rest_follows_the_plan(somebody, change, fields):
    somebody.adds("a")
    somebody.syncs()
    there = somebody.changes(somebody.event("status", "a"), **change)
    somebody.edits("a", contact="Tom Reyes", decision="3 weeks")
    (line,) = [line for line in somebody.syncs().kept_user_edit if ".status" in line.uid]
    assert line.fields == fields
    now_there = somebody.event("status", "a")
    assert {name: now_there.get(name) for name in change} == {name: there.get(name) for name in change}
    assert now_there["start"] != there["start"]


def test_an_event_that_was_moved_is_moved_in_the_plan_too_and_what_comes_after_it_follows(somebody):
    somebody.adds("a")
    somebody.syncs()
    there = somebody.changes(somebody.event("status", "a"), **moved(somebody.event("status", "a"), hours=2))
    somebody.edits("a", decision="3 weeks", contact="Tom Reyes")
    report = somebody.syncs()
    (line,) = report.moved
    assert line.fields == ("start", "end")
    assert line.start == datetime.fromisoformat(there["start"]["dateTime"])
    assert line.message.startswith("you moved it from ")
    assert report.kept_user_edit == []
    now_there = somebody.event("status", "a")
    assert now_there["start"] == there["start"]
    assert "Tom Reyes" in now_there["summary"]
    assert quiet(somebody.syncs())


def test_undo_of_a_move_made_in_the_calendar_moves_it_back_there(somebody):
    somebody.adds("a")
    somebody.syncs()
    before = somebody.event("status", "a")
    somebody.changes(before, **moved(before, hours=2))
    somebody.syncs()
    somebody.undoes()
    somebody.syncs()
    assert somebody.event("status", "a")["start"] == before["start"]
    assert quiet(somebody.syncs())


def test_colour_guests_and_whatever_else_is_not_ours_is_never_touched_nor_told(somebody):
    somebody.adds("a")
    somebody.syncs()
    guests = [{"email": "friend@example.com"}]
    somebody.changes(somebody.event("status", "a"), colorId="5", attendees=guests)
    somebody.edits("a", contact="Tom Reyes")
    report = somebody.syncs()
    assert report.kept_user_edit == []
    there = somebody.event("status", "a")
    assert there["colorId"] == "5"
    assert there["attendees"][0]["email"] == "friend@example.com"
    assert "Tom Reyes" in there["summary"]


def test_an_edit_between_reading_and_writing_is_seen_before_it_is_lost(somebody, google):
    somebody.adds("a")
    somebody.syncs()
    somebody.edits("a", contact="Tom Reyes")
    event = somebody.event("status", "a")
    google.before(2, lambda: somebody.changes(event, description="my own notes"))
    report = somebody.syncs()
    there = somebody.event("status", "a")
    assert there["description"] == "my own notes"
    assert "Tom Reyes" in there["summary"]
    assert [line.fields for line in report.kept_user_edit] == [("description",)]


def test_a_deletion_is_final_and_said_until_it_is_asked_back(somebody):
    somebody.adds("a")
    somebody.syncs()
    somebody.deletes(somebody.event("status", "a"))
    for _ in range(2):
        report = somebody.syncs()
        assert steps(report.kept_deleted) == {"a.status"}
        assert quiet(report)
        somebody.edits("a", contact="Tom Reyes")
        somebody.syncs()
    assert steps(somebody.syncs(restore=True).created) == {"a.status"}
    assert "Tom Reyes" in somebody.event("status", "a")["summary"]
    assert quiet(somebody.syncs())


def test_a_deletion_between_reading_and_writing_is_final_too(somebody, google):
    somebody.adds("a")
    somebody.syncs()
    somebody.edits("a", contact="Tom Reyes")
    event = somebody.event("status", "a")
    google.before(2, lambda: somebody.deletes(event))
    assert "a.status" in steps(somebody.syncs().kept_deleted)
    assert "a.status@calsync" not in somebody.events()


def test_what_the_user_takes_out_of_the_bin_is_known_again(somebody, google):
    somebody.adds("a")
    somebody.syncs()
    event = somebody.event("status", "a")
    somebody.deletes(event)
    somebody.syncs()
    google.user.restore(somebody.calendar, event["id"])
    report = somebody.syncs()
    assert report.kept_deleted == []
    assert quiet(somebody.syncs())
    assert somebody.events().keys() == somebody.planned().keys()


def test_a_copy_that_the_user_makes_is_theirs(somebody, google):
    somebody.adds("a")
    somebody.syncs()
    event = somebody.event("status", "a")
    copied = {key: event[key] for key in ("summary", "start", "end", "extendedProperties")}
    copy = google.user.create(somebody.calendar, copied)
    somebody.edits("a", contact="Tom Reyes")
    somebody.syncs()
    somebody.removes("a")
    somebody.syncs(yes=True)
    (left,) = google.user.events(somebody.calendar)
    assert (left["id"], left["summary"]) == (copy["id"], "Call Sarah Smith · A")


# The calendar itself


def test_a_calendar_that_is_gone_is_asked_about_and_never_made_again_by_itself(somebody, google):
    somebody.adds("a")
    somebody.syncs()
    google.user.delete_calendar(somebody.calendar)
    before = len(google.requests)
    with pytest.raises(CalendarGone, match="--restore") as told:
        somebody.syncs()
    assert told.value.exit_code == 69
    assert asked(google, before) == [("GET",)]
    assert steps(somebody.syncs(restore=True).created) == FIVE
    assert quiet(somebody.syncs())


def test_a_calendar_that_goes_while_we_write_takes_no_follow_up_with_it(somebody, google):
    somebody.adds("a")
    somebody.syncs()
    somebody.edits("a", contact="Tom Reyes")
    google.before(2, lambda: google.user.delete_calendar(somebody.calendar))
    assert isinstance(somebody.syncs().stopped, CalendarGone)
    report = somebody.syncs(restore=True)
    assert steps(report.created) == FIVE
    assert report.kept_deleted == []


def test_a_restore_while_the_calendar_is_there_makes_no_other(somebody, google):
    somebody.adds("a")
    somebody.syncs()
    assert quiet(somebody.syncs(restore=True))
    assert len(google.user.calendars()) == 2


@pytest.mark.parametrize("kind", ["drop", "reset", "cut", "empty"])
def test_a_calendar_whose_making_was_never_answered_is_at_most_one_too_many(somebody, google, kind):
    somebody.adds("a")
    google.faults.add(Fault(kind, only="POST /calendar/v3/calendars", when="after"))
    with pytest.raises(Exception, match=r"CS-(NET|GOO)"):
        somebody.syncs()
    assert len(google.user.calendars()) == 2
    report = somebody.syncs()
    assert report.may_be_twice
    assert len(google.user.calendars()) == 3
    assert not somebody.syncs().may_be_twice


# What Google forgets


def test_without_its_token_it_lists_everything_and_takes_nothing_away(somebody, google):
    somebody.adds("a")
    somebody.syncs()
    google.expire_sync_tokens()
    before = len(google.requests)
    report = somebody.syncs()
    assert quiet(report)
    assert report.unchanged == 5
    assert asked(google, before) == [("GET",), ("GET",)]


def forget_event(google, somebody, event):
    """As after weeks: Google no longer shows that the event was deleted."""
    del google.world.calendars[somebody.calendar].events[event["id"]]
    google.expire_sync_tokens()


def test_what_a_full_list_does_not_show_is_asked_for_by_its_id(somebody, google):
    somebody.adds("a")
    somebody.syncs()
    forget_event(google, somebody, somebody.event("status", "a"))
    report = somebody.syncs()
    assert steps(report.kept_deleted) == {"a.status"}
    assert (report.unchanged, quiet(report)) == (4, True)
    assert steps(somebody.syncs(restore=True).created) == {"a.status"}


def test_a_list_that_suddenly_shows_nothing_is_not_believed(somebody, google):
    somebody.adds("a", "b")
    somebody.syncs()
    for event in list(somebody.events().values()):
        forget_event(google, somebody, event)
    with pytest.raises(NeedsConsent, match="none of the 10"):
        somebody.syncs()
    report = somebody.syncs(restore=True)
    assert len(report.created) == 10
    assert quiet(somebody.syncs())


# Much at once


def test_more_than_five_and_more_than_a_quarter_are_not_cancelled_without_a_yes(somebody):
    somebody.adds("a", "b", "c")
    somebody.syncs()
    somebody.removes("a")
    somebody.removes("b")
    with pytest.raises(NeedsConsent, match="10 of 15") as told:
        somebody.syncs()
    assert told.value.exit_code == 1
    assert len(somebody.events()) == 15
    assert somebody.syncs(dry_run=True).needs_yes
    assert len(somebody.syncs(yes=True).cancelled) == 10
    assert len(somebody.events()) == 5


@pytest.mark.parametrize("names", ["ab", "abcdefgh"])
def test_five_or_a_quarter_are(somebody, names):
    somebody.adds(*names)
    somebody.syncs()
    for name in names[: max(1, len(names) // 4)]:
        somebody.removes(name)
    assert len(somebody.syncs().cancelled) == 5 * max(1, len(names) // 4)


# Whose, and without doing it


def test_a_dry_run_says_the_same_and_does_nothing(somebody, google):
    somebody.adds("a", "b")
    somebody.syncs()
    somebody.edits("a", contact="Tom Reyes")
    somebody.removes("b")
    somebody.deletes(somebody.event("closing", "a"))
    before = len(google.requests), somebody.path.read_bytes(), list(somebody.store.published("google"))
    told = somebody.syncs(dry_run=True)
    assert asked(google, before[0]) == [("GET",)]
    assert before[1:] == (somebody.path.read_bytes(), list(somebody.store.published("google")))
    done = somebody.syncs()
    for name in ("created", "updated", "cancelled", "kept_user_edit", "kept_deleted"):
        assert sorted(map(repr, getattr(told, name))) == sorted(map(repr, getattr(done, name)))
    assert told.unchanged == done.unchanged


def test_a_dry_run_before_the_first_sync_asks_google_nothing(somebody, google):
    somebody.adds("a")
    assert steps(somebody.syncs(dry_run=True).created) == FIVE
    assert google.requests == []


def test_a_dry_run_plans_with_the_settings_of_today_without_noting_it(somebody):
    somebody.adds("a")
    somebody.syncs()
    somebody.preferences = replace(somebody.preferences, playbook="gentle")
    told = somebody.syncs(dry_run=True)
    assert not quiet(told)
    assert next(somebody.store.stale(somebody.context.basis), None) is not None


def test_one_candidate_s_sync_leaves_the_others_alone(somebody):
    somebody.adds("a", "b", candidate="Ann")
    somebody.adds("c", candidate="Bob")
    somebody.syncs()
    somebody.removes("b")
    somebody.removes("c")
    somebody.adds("d", candidate="Bob")
    report = somebody.syncs(candidate="Ann")
    assert {line.uid[0] for line in report.cancelled} == {"b"}
    assert {uid[0] for uid in somebody.events()} == {"a", "c"}
    with pytest.raises(NoInput, match="Zoe"):
        somebody.syncs(candidate="Zoe")


def test_two_at_once_would_be_one_too_many(somebody):
    somebody.adds("a")
    holding = (
        "import sys; from pathlib import Path; from calsync.workflows.sync_lock import sync_lock\n"
        "with sync_lock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holding, str(somebody.path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdout.readline() == "held\n"
        with pytest.raises(TryLater, match=f"process {other.pid} is syncing") as told:
            somebody.syncs()
        other.kill()
    assert told.value.exit_code == 75
    assert steps(somebody.syncs().created) == FIVE
    with sync_lock(somebody.path):
        pass


def test_the_account_is_learnt_from_what_was_written(somebody):
    somebody.adds("a")
    made = []
    connect = somebody.connect
    somebody.connect = lambda: made.append(connect()) or made[0]
    somebody.syncs()
    assert made[0].account == "kim@example.com"


def test_each_part_of_a_batch_is_told_with_its_follow_up(somebody, google):
    somebody.adds("a", "b")
    google.faults.add(Fault("badRequest", only="/batch", part=3))
    report = somebody.syncs()
    assert len(report.created) == 9
    (line,) = report.failed
    assert line.message == "Bad Request"
    assert line.uid in somebody.planned()
    assert [each.uid for each in somebody.syncs().created] == [line.uid]


@pytest.mark.parametrize("name", ["Somebody"])
def test_another_store_has_other_ids(name, google, tmp_path):
    ids = []
    for folder in ("one", "two"):
        with Somebody(tmp_path / folder, google) as person:
            person.adds("a")
            person.syncs()
            ids.append({event["id"] for event in person.events().values()})
    assert ids[0].isdisjoint(ids[1]), name


def test_what_was_restored_once_is_not_deleted_for_good_when_the_calendar_goes(somebody, google):
    somebody.adds("a")
    somebody.syncs()
    somebody.deletes(somebody.event("closing", "a"))
    somebody.syncs()
    somebody.syncs(restore=True)
    google.user.delete_calendar(somebody.calendar)
    report = somebody.syncs(restore=True)
    assert report.kept_deleted == []
    somebody.syncs()
    assert somebody.events().keys() == somebody.planned().keys()


def test_a_calendar_that_goes_while_nothing_is_planned_leaves_nobody_blamed(somebody, google):
    somebody.adds("a")
    somebody.syncs()
    somebody.deletes(somebody.event("closing", "a"))
    somebody.syncs()
    somebody.syncs(restore=True)
    somebody.removes("a")
    google.user.delete_calendar(somebody.calendar)
    somebody.syncs(restore=True, yes=True)
    somebody.adds("a")
    assert somebody.syncs().kept_deleted == []
    assert somebody.events().keys() == somebody.planned().keys()


# Calendars of before there were marks


def test_a_calendar_without_marks_is_taken_on_as_it_is_and_marked_as_it_is_written_to(somebody, google):
    somebody.adds("a")
    somebody.syncs()
    for event in google.world.calendars[somebody.calendar].events.values():
        private = event.fields["extendedProperties"]["private"]
        kept = {name: private[name] for name in ("calsync", "calsyncUid")}
        event.fields = event.fields | {"extendedProperties": {"private": kept}}
    before = len(google.requests)
    assert quiet(somebody.syncs())
    assert asked(google, before) == [("GET",)]
    google.expire_sync_tokens()
    assert quiet(somebody.syncs())
    mine = somebody.changes(somebody.event("status", "a"), location="the café")
    somebody.edits("a", contact="Tom Reyes")
    report = somebody.syncs()
    assert [line.fields for line in report.kept_user_edit] == [("location",)]
    there = somebody.event("status", "a")
    assert (there["id"], there["location"]) == (mine["id"], "the café")
    assert there["extendedProperties"]["private"]["calsyncWrite"].startswith(somebody.store.key)


def test_what_an_earlier_calsync_had_under_way_is_read(somebody, google):
    """It kept one write without a count."""
    somebody.adds("a")
    google.faults.add(Fault("quotaExceeded", only="/batch"))
    google.faults.add(Fault("quotaExceeded", only="/events", at=2))
    somebody.syncs()
    with somebody.store.upkeep(at=somebody.now) as upkeep:
        for fact in list(somebody.store.published("google")):
            payload = dict(fact.payload)
            if "pending" in payload:
                ((_, payload["pending"]),) = payload["pending"]
            upkeep.publish(replace(fact, payload=payload))
    somebody.syncs()
    assert somebody.events().keys() == somebody.planned().keys()
    assert quiet(somebody.syncs())


# Whole days


def test_what_the_user_makes_a_whole_day_is_that_day_and_over_when_the_user_s_day_is(somebody):
    somebody.adds("a")
    somebody.syncs()
    day = {"start": {"date": "2026-07-07", "dateTime": None}, "end": {"date": "2026-07-08", "dateTime": None}}
    somebody.changes(somebody.event("status", "a"), **day)
    (line,) = somebody.syncs().kept_user_edit
    assert (line.all_day, line.start.astimezone(somebody.preferences.zone).date().isoformat()) == (
        True,
        "2026-07-07",
    )
    assert "all day on Tue 7 Jul 2026" in line.message
    somebody.now = datetime.fromisoformat("2026-07-08T03:00:00+00:00")  # still the 7th in New York
    somebody.logs("a", "offer")
    assert "a.status" in steps(somebody.syncs(yes=True).cancelled)


def test_deletions_are_counted_where_a_backup_can_see_them(somebody, google):
    somebody.adds("a", "b")
    somebody.syncs()
    google.world.calendars[somebody.calendar].fields["description"] = "My calls"
    copy = somebody.path.with_name("copy")
    somebody.store.backup(copy)
    somebody.removes("b")
    somebody.syncs()
    said = google.world.calendars[somebody.calendar].fields["description"]
    assert said.startswith("My calls\n[calsync ")
    somebody.store.close()
    for each in somebody.path.parent.glob("calsync.sqlite3*"):
        each.unlink()
    copy.rename(somebody.path)
    somebody.store = Store.open(somebody.path)
    report = somebody.syncs()
    assert report.is_older
    assert {line.uid[0] for line in report.kept_deleted} == {"b"}
    assert all("nobody can say" in line.message for line in report.kept_deleted)

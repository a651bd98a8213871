"""The user's busy times at Google: read before a sync, kept, planned around; and what becomes of that."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calsync.domain import Candidate, Preferences, replace
from calsync.errors import SignInAgain
from calsync.targets.google.tokens import BUSY, CALENDAR
from calsync.workflows.busy_reading import forget_busy, matter, read_busy
from calsync.workflows.busy_times import busy_times
from calsync.workflows.replanning import refresh
from calsync.workflows.sync import Order
from tests.fakes.google import FakeGoogle, Fault
from tests.targets.google.syncing import FRIDAY, Somebody, quiet

NEW_YORK = ZoneInfo("America/New_York")
CALL = datetime(2026, 7, 8, 9, tzinfo=NEW_YORK)
"""Where the status call is without a busy time: a Wednesday."""
SAYS_GOOGLE = "your Google calendar is busy"
TOKEN = "ya29.canary-busy-token"  # noqa: S105  # of a Google that runs here


class Kim(Somebody):
    """Somebody who allowed to see when they are busy."""

    calendars = ("primary",)

    def reads(self, *, lasting=True):
        return read_busy(
            self.context, self.store, self.connect, self.calendars, now=self.now, lasting=lasting
        )

    def syncs(self, **order):
        """As the command does it: the busy times first."""
        lasting = not order.get("dry_run")
        known = self.reads(lasting=lasting).known
        report = self.sync(Order(name="Follow-ups", **order), busy=None if lasting else known)
        self.calendar = self.store.state("google").get("calendar", "")
        return report

    def is_busy(self, start, **length):
        self.google.user.busy(start, start + timedelta(**length))

    def call(self, name="a"):
        (found,) = [
            event
            for event in self.planned().values()
            if event.interview == name and (event.step, event.action) == ("status", "call")
        ]
        return found

    def forget_times(self):
        """The user's calendar is empty again."""
        self.google.world.calendars[self.google.user.account].busy.clear()


@pytest.fixture
def kim(google, tmp_path):
    google.consent.issue((CALENDAR, BUSY), token=TOKEN, expires=False)
    with Kim(tmp_path / "kim", google, token=TOKEN) as person:
        person.adds("a")
        yield person


def why(event):
    return " ".join(reason.text for reason in event.trace)


# Around meetings


def test_a_call_keeps_out_of_a_meeting_and_says_so(kim):
    assert kim.call().start == CALL
    kim.is_busy(CALL, minutes=90)
    kim.syncs()
    assert kim.call().start == CALL.replace(hour=16)
    assert "At 09:00 your Google calendar is busy until 10:30." in why(kim.call())
    assert "16:00" in kim.event("status", "a")["start"]["dateTime"]


def test_a_meeting_that_comes_later_moves_the_call_in_the_calendar_too(kim):
    kim.syncs()
    kim.is_busy(CALL, minutes=15)
    report = kim.syncs()
    assert [line.fields for line in report.updated if ".status" in line.uid] == [
        ("start", "end", "description")
    ]
    assert quiet(kim.syncs())
    kim.forget_times()
    kim.syncs()
    assert kim.call().start == CALL


def test_what_is_free_in_the_calendar_is_free(kim):
    kim.google.user.create(
        "primary",
        {
            "summary": "A note",
            "transparency": "transparent",
            "start": {"dateTime": CALL.isoformat()},
            "end": {"dateTime": (CALL + timedelta(hours=1)).isoformat()},
        },
    )
    kim.syncs()
    assert kim.call().start == CALL


def test_the_same_busy_times_plan_nothing_again_and_write_nothing(kim):
    kim.is_busy(CALL, minutes=90)
    kim.syncs()
    since, before = len(kim.google.requests), kim.planned()
    assert quiet(kim.syncs())
    assert [(each.method, each.path.rpartition("/")[2]) for each in kim.google.requests[since:]] == [
        ("POST", "freeBusy"),
        ("GET", "events"),
    ]
    assert kim.planned() == before


def test_follow_ups_are_not_in_their_own_way(kim):
    kim.syncs()
    kim.calendars = ("primary", kim.calendar)
    kim.syncs()
    asked = [each.body["items"] for each in kim.google.requests if each.path.endswith("freeBusy")]
    assert asked == [[{"id": "primary"}], [{"id": "primary"}]]
    assert kim.call().start == CALL


def test_what_was_agreed_stays_and_notes_the_meeting(kim):
    at = CALL.replace(hour=11)
    kim.edits("a", agreed="2026-07-08 11:00")
    kim.is_busy(at, hours=1)
    kim.syncs()
    (call,) = [event for event in kim.planned().values() if event.pinned]
    assert call.start == at
    assert "from 11:00 to 12:00, but the call was agreed." in why(call)


def test_every_verb_after_it_plans_around_the_same_times(kim):
    kim.is_busy(CALL, hours=8)
    kim.syncs()
    kim.adds("b")
    kim.edits("a", topic="trains")
    days = {name: kim.call(name).start.date() for name in "ab"}
    assert days == dict.fromkeys("ab", CALL.date() + timedelta(days=1))
    kim.undoes()
    assert kim.call().start.date() == CALL.date() + timedelta(days=1)


def test_an_undo_that_brings_back_an_older_plan_plans_it_around_the_meetings(kim):
    kim.edits("a", topic="trains")
    kim.is_busy(CALL, minutes=90)
    kim.syncs()
    kim.undoes()
    assert kim.call().start == CALL.replace(hour=16)


def test_more_interviews_than_are_planned_together_keep_out_of_them_too(kim, monkeypatch):
    monkeypatch.setattr("calsync.workflows.replanning.TOGETHER", 1)
    kim.is_busy(CALL, minutes=90)
    kim.syncs()
    kim.adds("b", start=datetime(2026, 6, 26, 11, tzinfo=NEW_YORK))
    assert {kim.call(name).start for name in "ab"} == {
        CALL.replace(hour=16),
        CALL.replace(hour=16, minute=15),
    }


# Whose they are


def test_they_count_for_the_owner_of_the_account_alone(kim):
    kim.preferences = replace(kim.preferences, candidate=Candidate(name="Kim Park"))
    kim.adds("mine", candidate="Kim Park")
    kim.adds("other", candidate="Bo Lind")
    kim.is_busy(CALL, hours=8)
    kim.syncs()
    busy = {name: SAYS_GOOGLE in why(event) for name in ("a", "mine", "other") for event in [kim.call(name)]}
    starts = {name: kim.call(name).start.date() for name in ("a", "mine", "other")}
    assert starts["other"] == CALL.date()
    assert starts["a"] == starts["mine"] == CALL.date() + timedelta(days=1)
    assert not any(busy.values())  # a whole day is passed over in one sentence


def test_nobody_is_asked_where_nothing_is_planned_around_them(kim):
    assert matter(kim.context, kim.store)
    assert not matter(kim.context, kim.store, "Bo Lind")
    kim.removes("a")
    assert not matter(kim.context, kim.store)


# As time goes by


def test_a_call_that_rang_stays_when_its_meeting_is_long_over(kim):
    kim.is_busy(CALL, minutes=90)
    kim.syncs()
    stays = kim.call().start
    for days in (12, 1, 30, 60):
        kim.waits(days=days)
        kim.google.clock.advance(timedelta(days=days))
        kim.forget_times()
        kim.syncs()
        assert kim.call().start == stays


@pytest.mark.parametrize("minutes", [0, 7, 15, 40, 90, 100])
def test_the_moment_of_reading_cuts_no_meeting_in_two(kim, minutes):
    kim.is_busy(CALL, minutes=90)
    kim.syncs()
    before = kim.planned()
    kim.now = CALL.astimezone(UTC) + timedelta(minutes=minutes)
    kim.syncs()
    assert kim.planned() == before


def test_a_meeting_that_comes_up_on_the_day_moves_the_call_to_an_hour_that_is_left(kim):
    kim.is_busy(CALL, minutes=60)
    kim.syncs()
    assert kim.call().start == CALL.replace(hour=16)
    kim.now = CALL.replace(hour=15, minute=50).astimezone(UTC)
    kim.is_busy(CALL.replace(hour=16), hours=1)
    kim.syncs()
    assert kim.call().start > kim.now
    moved = kim.call().start
    kim.waits(minutes=30)
    assert quiet(kim.syncs())
    kim.edits("a", topic="trains")
    assert kim.call().start == moved


def test_a_call_that_has_to_move_takes_an_hour_that_is_left_of_the_day(kim):
    kim.logs("a", "sent")
    kim.is_busy(CALL, minutes=90)
    kim.syncs()
    kim.now = CALL.replace(hour=12).astimezone(UTC)
    kim.is_busy(CALL.replace(hour=16), hours=1)
    kim.syncs()
    assert kim.call().start == CALL.replace(hour=12)


# What goes wrong


@pytest.mark.parametrize("kind", ["backendError", "tooManyRequests", "quotaExceeded", "html", "drop"])
def test_without_an_answer_the_times_that_are_known_still_count(kim, kind):
    kim.is_busy(CALL, minutes=90)
    kim.syncs()
    kim.waits(days=1)
    kim.google.faults.add(Fault(kind, at=1, times=1000))
    reading = kim.reads()
    assert "What was read on Fri 26 Jun 2026 16:00 still counts." in reading.problem
    assert reading.known.read == FRIDAY
    assert kim.call().start == CALL.replace(hour=16)


def test_without_the_permission_one_sentence_says_what_to_type(kim, google):
    with Kim(kim.path.parent / "else", google, token=google.token()) as other:
        other.adds("a")
        reading = other.reads()
    assert "calsync auth google --busy" in reading.problem
    assert (reading.known.times, reading.known.read) == ((), None)


def test_a_sign_in_that_is_over_ends_it(kim, google):
    with Kim(kim.path.parent / "else", google, token="nobody's") as other:  # noqa: S106  # as above
        other.adds("a")
        with pytest.raises(SignInAgain):
            other.reads()


def test_a_calendar_that_is_not_told_is_named_and_the_others_count(kim):
    kim.is_busy(CALL, minutes=90)
    kim.calendars = ("primary", "work@nowhere.example")
    reading = kim.reads()
    assert "calendar work@nowhere.example: notFound" in reading.problem
    assert kim.call().start == CALL.replace(hour=16)


def test_what_was_known_of_a_calendar_that_is_not_told_any_more_still_counts(kim):
    work = kim.google.user.add_calendar("Work")
    kim.google.user.busy(CALL, CALL + timedelta(minutes=90), work)
    kim.calendars = ("primary", work)
    kim.reads()
    kim.google.user.delete_calendar(work)
    kim.reads()
    assert kim.call().start == CALL.replace(hour=16)


# Without writing, and without it


def test_a_dry_run_tells_what_a_sync_then_does_and_writes_nothing(kim):
    kim.syncs()
    kim.is_busy(CALL, minutes=90)
    before, state = kim.planned(), kim.store.state("busy")
    told = kim.syncs(dry_run=True)
    assert (kim.planned(), kim.store.state("busy")) == (before, state)
    done = kim.syncs()
    assert told.updated == done.updated
    assert [line.uid for line in done.updated if ".status" in line.uid]


def test_forgetting_them_plans_without_them(kim):
    kim.is_busy(CALL, minutes=90)
    kim.syncs()
    assert forget_busy(kim.context, kim.store, kim.now)
    assert kim.call().start == CALL
    assert (busy_times(kim.store).times, busy_times(kim.store).read) == ((), None)
    assert not forget_busy(kim.context, kim.store, kim.now)


def test_settings_that_change_later_are_planned_around_them_too(kim):
    kim.is_busy(CALL, minutes=90)
    kim.syncs()
    kim.preferences = Preferences(zone=NEW_YORK, country="US", window="late")
    refresh(kim.context, kim.store, kim.now)
    assert kim.call().start == CALL.replace(hour=16)
    kim.preferences = Preferences(zone=NEW_YORK, country="US", window="early")
    refresh(kim.context, kim.store, kim.now)
    assert SAYS_GOOGLE in why(kim.call())


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, 4 * 24 * 40), st.integers(1, 300), st.integers(0, 100)), max_size=6))
def test_whenever_meetings_come_no_call_that_can_move_is_in_one(tmp_path_factory, drawn):
    with FakeGoogle() as google, Kim(tmp_path_factory.mktemp("kim"), google) as kim:
        kim.token = google.consent.issue((CALENDAR, BUSY), token=TOKEN, expires=False)
        kim.adds("a", "b")
        for quarter, minutes, hours in drawn:
            kim.waits(hours=hours)
            before = {uid: event.start for uid, event in kim.planned().items()}
            kim.is_busy(FRIDAY + timedelta(minutes=15 * quarter), minutes=minutes)
            kim.syncs()
            _all_is_well(kim, before)
            assert quiet(kim.syncs())


def _all_is_well(kim, before):
    busy = kim.google.world.calendars[kim.google.user.account].busy
    for uid, event in kim.planned().items():
        moved = event.start != before.get(uid)
        if event.action == "call" and not event.pinned and event.start >= kim.now:
            assert not any(start < event.end and end > event.start for start, end in busy)
        if moved and event.action in {"call", "email"} and uid in before:
            assert event.start >= kim.now

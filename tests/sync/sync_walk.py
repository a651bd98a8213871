"""A walk through what a plan, a person, a network, a death and a backup can do to a calendar that is synced.

The machine is run with few steps by ``test_sync_walks.py`` and with many by
``tests/soak/sync_walks.py``. Wherever it stands, the syncs that follow without
trouble bring one resource for each follow-up, leave the user's doings alone,
blame nobody for what calsync did, and then write nothing.
"""

import tempfile
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfile, rmtree
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from calsync.domain import Outcome, Preferences
from calsync.errors import BadData, CalsyncError
from calsync.store import Store
from calsync.workflows import Context
from calsync.workflows.interviews import add, edit, remove, undo
from calsync.workflows.outcomes import log
from calsync.workflows.sync import Order, sync_with
from tests.builders import interview
from tests.sync.calendar_in_memory import KINDS, PROFILE, CalendarInMemory, Killed

__all__ = ["SyncWalk", "Syncing", "quiet"]

FRIDAY = datetime(2026, 6, 26, 20, tzinfo=UTC)
NAMES = ("a", "b", "c")
MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of our own is made in it


class Syncing:
    """One user: a store of their own, the present time, and a calendar in memory."""

    def __init__(self, folder, calendar):
        folder.mkdir(parents=True, exist_ok=True)
        self.path, self.calendar, self.now = folder / "calsync.sqlite3", calendar, FRIDAY
        self.preferences = Preferences(zone=ZoneInfo("America/New_York"), country="US")
        self.store = Store.open(self.path)

    @property
    def context(self):
        return Context(self.preferences, store=str(self.path))

    def adds(self, *names, **fields):
        for name in names:
            add(self.context, self.store, interview(id=name, company=name.title(), **fields), now=self.now)

    def edits(self, name, **values):
        edit(self.context, self.store, name, values, now=self.now)

    def logs(self, name, result):
        log(self.context, self.store, name, Outcome(interview=name, result=result, at=self.now), now=self.now)

    def removes(self, name):
        remove(self.context, self.store, name, now=self.now)

    def undoes(self):
        undo(self.context, self.store, now=self.now)

    def syncs(self, **order):
        order = Order(name="Follow-ups", **order)
        return sync_with(PROFILE, self.context, self.store, lambda: self.calendar, order, now=self.now)

    def dies(self):
        self.store.close()
        self.store = Store.open(self.path)

    def backs_up(self, name="backup"):
        self.store.backup(self.path.with_name(name))

    def puts_back(self, name="backup"):
        self.store.close()
        for each in self.path.parent.glob("calsync.sqlite3*"):
            each.unlink()
        copyfile(self.path.with_name(name), self.path)
        self.store = Store.open(self.path)

    def loses_its_store(self):
        self.store.close()
        for each in self.path.parent.glob("calsync.sqlite3*"):
            each.unlink()
        self.store = Store.open(self.path)

    def planned(self):
        return {each.event.uid: each.event for each in self.store.planned()}

    def resources(self):
        """What stands there, by uid; each follow-up once."""
        by_uid = {each.mark.uid: each for each in self.calendar.there.values()}
        assert len(by_uid) == len(self.calendar.there), "a follow-up stands there twice"
        return by_uid


def quiet(report):
    """Whether a report says that nothing was written and nothing went wrong."""
    return not (report.created or report.updated or report.cancelled or report.failed or report.stopped)


class SyncWalk(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        self.edits, self.count, self.has_backup = {}, 0, False
        self.deleted, self.unsure, self.doubtful, self.unseen = set(), set(), set(), set()

    @initialize(normalises=st.booleans())
    def begin(self, normalises):
        self.calendar = CalendarInMemory(normalises=normalises)
        self.person = Syncing(self.folder / "home", self.calendar)
        self.person.adds("a")

    def teardown(self):
        try:
            if hasattr(self, "person"):
                self.everything_settles()
        finally:
            if hasattr(self, "person"):
                self.person.store.close()
            rmtree(self.folder)

    # The plan

    @rule(name=st.sampled_from(NAMES), days=st.integers(0, 9))
    def add(self, name, days):
        if not self.person.store.taken([name]):
            start = datetime(2026, 6, 26, 14, tzinfo=self.person.preferences.zone) + timedelta(days=days)
            self.person.adds(name, start=start)

    @rule(
        name=st.sampled_from(NAMES),
        values=st.sampled_from(
            (
                {"contact": "Tom Reyes"},
                {"contact": "Sarah Smith"},
                {"phone": "+1 212-555-0199"},
                {"decision": "3 days"},
                {"decision": "2 weeks"},
                {"location": "1 Main St"},
                {"location": ""},
                {"status": "rejected"},
                {"status": "open"},
            )
        ),
    )
    def edit(self, name, values):
        if self.person.store.taken([name]):
            self.person.edits(name, **values)

    @rule(name=st.sampled_from(NAMES), result=st.sampled_from(("sent", "voicemail", "reached", "offer")))
    def log(self, name, result):
        if self.person.store.taken([name]):
            with suppress(BadData):  # it cannot have happened
                self.person.logs(name, result)

    @rule(name=st.sampled_from(NAMES))
    def remove(self, name):
        if self.person.store.taken([name]):
            self.person.removes(name)

    @rule()
    def undo(self):
        self.person.undoes()

    @rule(hours=st.sampled_from((1, 24, 100)))
    def time_passes(self, hours):
        self.person.now += timedelta(hours=hours)

    # The user in the calendar

    @precondition(lambda self: self._live())
    @rule(data=st.data(), what=st.sampled_from(("summary", "location", "reminders", "time")))
    def user_edits(self, data, what):
        resource = self._drawn(data)
        self.count += 1
        start = datetime(2026, 9, 1, tzinfo=UTC) + timedelta(hours=self.count)
        value = {
            "summary": f"mine {self.count}",
            "location": f"room {self.count}",
            "reminders": [1000 + self.count],
            "time": [start.isoformat(), (start + timedelta(minutes=15)).isoformat()],
        }[what]
        self.calendar.edits(resource.href, **{what: value})
        self.edits.setdefault(resource.href, {})[what] = value

    @precondition(lambda self: self._live())
    @rule(data=st.data())
    def user_deletes(self, data):
        resource = self._drawn(data)
        uid = resource.mark.uid
        self.calendar.deletes(resource.href)
        self.edits.pop(resource.href, None)
        heard_of = {each.uid for each in self.person.store.published("memory") if each.etag}
        certain = uid in self.person.planned() and uid in heard_of and uid not in self.doubtful
        (self.deleted if certain else self.unsure).add(uid)
        self.unseen.add(uid)

    # Trouble

    @rule(at=st.integers(1, 8), kind=st.sampled_from(KINDS))
    def sync_with_trouble(self, at, kind):
        self.doubtful |= self.person.resources().keys() - self.person.planned().keys()
        if kind == "late" and self.calendar.normalises:  # a mark knows what was sent, not what became of it
            kind = "not sent"
        self.calendar.trouble[self.calendar.writes + at] = kind
        self._tried()

    @rule()
    def late_ones_arrive(self):
        self.doubtful |= self.person.resources().keys()
        self.calendar.late_ones_arrive()

    @rule()
    def tokens_are_forgotten(self):
        self.calendar.forgets_tokens()

    @rule()
    def backup(self):
        self.everything_settles()
        self.person.backs_up()
        self.has_backup = True

    @precondition(lambda self: self.has_backup and not self.calendar.normalises)  # a mark knows what was sent
    @rule()
    def the_backup_is_put_back(self):
        self.calendar.late_ones_arrive()
        self.person.puts_back()
        self.unsure |= self.deleted | (self.person.planned().keys() - self._uids())
        self.deleted.clear()
        self.doubtful |= self._uids()

    @rule()
    def dry_run_changes_nothing(self):
        before = self.person.store.state("memory"), list(self.person.store.published("memory"))
        self.person.syncs(dry_run=True)
        assert before == (self.person.store.state("memory"), list(self.person.store.published("memory")))

    @rule()
    def everything_settles(self):
        self.calendar.trouble.clear()
        self.calendar.late_ones_arrive()
        self._forget_what_is_planned_no_longer()
        for _ in range(4):
            if quiet(self.person.syncs(yes=True)):
                break
        self._as_it_should_be()
        before = self.calendar.writes
        assert quiet(self.person.syncs())
        assert self.calendar.writes == before
        self.doubtful.clear()
        self.unseen.clear()

    def _as_it_should_be(self):
        planned, there = self.person.planned(), self.person.resources()
        self.unsure -= there.keys()
        for uid, event in planned.items():
            if uid in self.deleted:
                assert uid not in there, "it came back"
            elif uid not in self.unsure:
                assert uid in there, "it is missing"
                self._is_as_planned(there[uid], event)
        for uid in there.keys() - planned.keys():
            end = datetime.fromisoformat(there[uid].fields["time"][1])
            assert end <= self.person.now or self.edits.get(there[uid].href), "it should have been cancelled"
        for resource in there.values():
            for name, value in self.edits.get(resource.href, {}).items():
                assert resource.fields[name] == value, (resource.mark.uid, name)

    def _is_as_planned(self, resource, event):
        theirs, want = self.edits.get(resource.href, {}), PROFILE.fields(event)
        for name in ("time", "location", "reminders"):
            if name not in theirs:
                assert resource.fields[name] == want[name], (event.uid, name)

    # How

    def _uids(self):
        return {each.mark.uid for each in self.calendar.there.values()}

    def _live(self):
        return hasattr(self, "person") and bool(self.calendar.there)

    def _drawn(self, data):
        return self.calendar.there[data.draw(st.sampled_from(sorted(self.calendar.there)))]

    def _forget_what_is_planned_no_longer(self):
        """A deletion that no sync has seen before the plan dropped the follow-up as well is nobody's."""
        nobody_s = self.unseen - self.person.planned().keys()
        self.unsure |= nobody_s & self.deleted
        self.deleted -= nobody_s

    def _tried(self):
        self._forget_what_is_planned_no_longer()
        try:
            self.person.syncs(yes=True)
        except CalsyncError as error:
            if error.exit_code not in {69, 75}:
                raise
        except Killed:
            self.person.dies()
        finally:
            self.calendar.trouble.clear()

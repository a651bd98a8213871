"""A walk through what a person, a plan, a network and a death can do to a calendar that is synced.

The machine is run with few steps by ``test_google_walks.py`` and with many by
``tests/soak/google_walks.py``. Wherever it stands, the syncs that follow
without trouble bring one event for each follow-up, leave the user's doings
alone, and then write nothing.
"""

import tempfile
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from shutil import rmtree

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from calsync.errors import BadData, CalsyncError
from calsync.sync.protocol import CalendarGone
from calsync.targets.google.http import Retry
from tests.fakes.google import FakeGoogle
from tests.targets.google.fault_grid import CASES, MEMORY, fault
from tests.targets.google.syncing import TOKEN, Somebody, quiet, uid_of

__all__ = ["GoogleWalk"]

NAMES = ("a", "b", "c")
QUICK = [case for case in CASES if case[0] not in {"delay", "hang"}]
"""Nothing that has to be waited for."""
EDITS = st.sampled_from(("summary", "time", "reminders", "location", "colour"))


class Killed(BaseException):
    """The process is no more."""


class Mortal(Retry):
    """Dies before or after a request."""

    def __init__(self, at, *, before):
        super().__init__(lambda _: None, lambda: 0.5)
        self.at, self.before = at, before

    def _sent(self, waiting, batch):
        self.at -= 1
        if self.at == 0 and self.before:
            raise Killed
        found = super()._sent(waiting, batch)
        if self.at == 0:
            raise Killed
        return found


class GoogleWalk(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        self.edits, self.count = {}, 0
        self.deleted, self.doubtful, self.unsure = set(), set(), set()

    @initialize(
        answers=st.sampled_from(("lenient", "strict")),
        handful=st.sampled_from((0, 2, 5)),
    )
    def begin(self, answers, handful):
        self.google = FakeGoogle(token=TOKEN, answers=answers)
        self.person = Somebody(self.folder / "home", self.google)
        self.person.sizes = {"handful": handful, "batch": 4}
        self.person.adds("a")

    def teardown(self):
        try:
            if hasattr(self, "person"):
                self.everything_settles()
                assert self.google.offences == []
        finally:
            if hasattr(self, "person"):
                self.person.close()
                self.google.close()
            rmtree(self.folder)

    # What becomes of the plan

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
                {"phone": ""},
                {"phone": "+1 212-555-0199"},
                {"decision": "3 days"},
                {"decision": "2 weeks"},
                {"url": "https://jobs.example/1", "location": "1 Main St"},
                {"url": "", "location": ""},
                {"away": "2026-07-06..2026-07-10"},
                {"status": "rejected"},
                {"status": "open"},
            )
        ),
    )
    def edit(self, name, values):
        if self.person.store.taken([name]):
            self.person.edits(name, **values)

    @rule(
        name=st.sampled_from(NAMES), result=st.sampled_from(("sent", "voicemail", "reached", "skip", "offer"))
    )
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

    @rule(hours=st.sampled_from((1, 24, 100, 300)))
    def time_passes(self, hours):
        self.person.waits(hours=hours)
        self.google.clock.advance(timedelta(hours=hours))

    # What the user does at calendar.google.com

    @precondition(lambda self: self._live())
    @rule(data=st.data(), what=EDITS)
    def user_edits(self, data, what):
        self._edit(self._drawn(data), what)

    @precondition(lambda self: self._live())
    @rule(data=st.data())
    def user_deletes(self, data):
        self._delete(self._drawn(data), self.person.planned().keys())

    @precondition(lambda self: self._live())
    @rule(data=st.data(), what=EDITS, at=st.integers(1, 6), deletes=st.booleans(), broken=st.booleans())
    def user_is_there_while_it_syncs(self, data, what, at, deletes, broken):
        event, planned = self._drawn(data), self.person.planned().keys()
        self.doubtful |= self.person.events().keys() - planned
        act = (lambda: self._delete(event, planned)) if deletes else (lambda: self._edit(event, what))
        self.google.before(at, lambda: act() if self._is_live(event) else None)
        if broken:
            self._fault(data)
        self._tried(self.person.syncs)

    @rule()
    def sync_tokens_expire(self):
        self.google.expire_sync_tokens()

    @precondition(lambda self: self.person.calendar in self.google.user.calendars())
    @rule()
    def user_deletes_the_calendar(self):
        self.google.user.delete_calendar(self.person.calendar)
        try:
            self.person.syncs()
        except CalendarGone:
            self.person.syncs(restore=True, yes=True)
        self.unsure |= self.deleted  # we may never have heard of it
        self.deleted.clear()
        self.edits.clear()
        self.doubtful.clear()

    # Syncs

    @rule(data=st.data())
    def sync_with_trouble(self, data):
        self._fault(data)
        self._tried(self.person.syncs)

    @rule(at=st.integers(1, 12), before=st.booleans())
    def sync_and_die(self, at, before):
        kept = self.person.retry
        self.person.retry = lambda: Mortal(at, before=before)
        try:
            self._tried(self.person.syncs)
        finally:
            self.person.retry = kept

    @rule()
    def restore(self):
        self.everything_settles()
        report = self.person.syncs(restore=True, yes=True)
        assert report.stopped is None
        self.deleted -= self.person.planned().keys()
        self.unsure -= self.person.planned().keys()

    @rule()
    def dry_run_changes_nothing(self):
        before = self.person.store.state("google"), list(self.person.store.published("google"))
        self.person.syncs(dry_run=True)
        assert before == (self.person.store.state("google"), list(self.person.store.published("google")))

    @rule()
    def everything_settles(self):
        self.google.faults.clear()
        for _ in range(3):
            if quiet(self.person.syncs(yes=True)):
                break
        self.as_it_should_be()
        before = len(self.google.requests)
        report = self.person.syncs()
        assert quiet(report), report
        written = [each for each in self.google.requests[before:] if each.method != "GET"]
        assert written == []
        assert len(self.google.requests) - before <= 1
        self.doubtful.clear()

    def as_it_should_be(self):
        planned, there = self.person.planned(), self.person.events()
        self.unsure -= there.keys()
        for uid, event in planned.items():
            if uid in self.deleted:
                assert uid not in there, "it came back"
            elif uid not in self.unsure:
                assert uid in there, "it is missing"
                self._is_as_planned(there[uid], event)
        for uid in there.keys() - planned.keys():
            assert _end(there[uid]) <= self.person.now, "it should have been cancelled"
            assert self.person.store.taken([uid.partition(".")[0]]), "its interview is gone"
        for uid, event in there.items():
            for name, value in self.edits.get(event["id"], {}).items():
                assert event.get(name) == value, (uid, name)

    def _is_as_planned(self, there, event):
        theirs = self.edits.get(there["id"], {})
        if "start" not in theirs:
            assert _moment(there["start"]) == event.start
            assert _moment(there["end"]) == event.end
        if "reminders" not in theirs:
            minutes = [each["minutes"] for each in there["reminders"].get("overrides", ())]
            assert sorted(minutes) == sorted(event.alarms)
        assert there["status"] == event.status
        if "location" not in theirs:
            assert there.get("location", "") == event.location
        assert there.get("source", {}).get("url", "") == event.url

    # How

    def _live(self):
        return hasattr(self, "person") and bool(self.person.events())

    def _drawn(self, data):
        events = self.person.events()
        return events[data.draw(st.sampled_from(sorted(events)))]

    def _is_live(self, event):
        return event["id"] in {each["id"] for each in self.person.events().values()}

    def _edit(self, event, what):
        self.count += 1
        shift = timedelta(minutes=7 * self.count)
        fields = {
            "summary": lambda: {"summary": f"mine {self.count}"},
            "time": lambda: {key: _shifted(event[key], shift) for key in ("start", "end")},
            "reminders": lambda: {
                "reminders": {
                    "useDefault": False,
                    "overrides": [{"method": "popup", "minutes": 100 + self.count}],
                }
            },
            "location": lambda: {"location": f"room {self.count}"},
            "colour": lambda: {"colorId": str(1 + self.count % 11)},
        }[what]()
        now_there = self.person.changes(event, **fields)
        self.edits.setdefault(event["id"], {}).update({name: now_there[name] for name in fields})

    def _delete(self, event, planned):
        uid = uid_of(event)
        self.person.deletes(event)
        self.edits.pop(event["id"], None)
        if uid in self.doubtful or uid not in planned:
            self.unsure.add(
                uid
            )  # we may have been about to delete it ourselves: whose doing it was cannot be told
        else:
            self.deleted.add(uid)

    def _fault(self, data):
        kind, when = data.draw(st.sampled_from(QUICK))
        self.google.faults.add(fault(kind, data.draw(st.integers(1, 8)), when))

    def _tried(self, sync):
        self.doubtful |= self.person.events().keys() - self.person.planned().keys()
        try:
            sync(yes=True)
        except CalsyncError as error:
            if error.exit_code not in {69, 75, 77}:
                raise
        except Killed:
            self.person.dies()
        finally:
            self.google.faults.clear()


def _shifted(when, by):
    return {"dateTime": (_moment(when) + by).isoformat(), "timeZone": when.get("timeZone", "UTC")}


def _moment(when):
    return datetime.fromisoformat(when["dateTime"])


def _end(event):
    return _moment(event["end"])

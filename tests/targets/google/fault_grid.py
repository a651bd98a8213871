"""A sync of some forty requests that can be begun again and again from the same state, with one thing going wrong.

``test_google_faults.py`` lets each fault strike at each request, ``tests/soak/google_faults.py`` two of them.
"""

import shutil
from contextlib import contextmanager
from copy import deepcopy
from datetime import datetime
from pathlib import Path

from calsync.errors import CalsyncError
from tests.fakes.google import KINDS, FakeGoogle, Fault
from tests.fakes.google.faults import WIRE
from tests.targets.google.syncing import TOKEN, Somebody, quiet

__all__ = ["CASES", "MEMORY", "Grid", "fault", "grid"]

MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of our own is made in it
"""Where a disk in memory usually is: each answer is written down before the next request."""
SINGLY = {"handful": 1000}
"""As if every number of calls were a handful."""
PATIENCE_SECONDS, TOO_LONG_SECONDS, LONG_SECONDS = 0.25, 0.5, 10.0
LIMITS = sorted(set(KINDS) - set(WIRE))
CASES = [
    *((kind, when) for kind in WIRE for when in ("before", "after")),
    *((kind, "before") for kind in LIMITS),
]


class Grid:
    """The state, and what follows from it."""

    def __init__(self, folder, google):
        self.folder, self.google, self.rounds = folder, google, 0
        with Somebody(folder / "first", google) as person:
            person.adds(*"abcdefgh")
            person.syncs()
            for name in "ab":
                person.removes(name)
            for name in "cdef":
                person.edits(name, phone="+1 212-555-0199", contact="Tom Reyes")
            person.adds("i", "j")
            self.calendar = deepcopy(google.world.calendars[person.calendar])
        self.length = self._length()

    @contextmanager
    def somebody(self, sizes):
        """The same person once more, before the sync."""
        self.rounds += 1
        folder = self.folder / str(self.rounds)
        shutil.copytree(self.folder / "first", folder)
        self.google.world.calendars[self.calendar.id] = deepcopy(self.calendar)
        with Somebody(folder, self.google, timeout=PATIENCE_SECONDS) as person:
            person.sizes, person.calendar = sizes, self.calendar.id
            yield person
        shutil.rmtree(folder)

    def _length(self):
        with self.somebody(SINGLY) as person:
            person.timeout, before = LONG_SECONDS, len(self.google.requests)
            person.syncs(yes=True)
            return len(self.google.requests) - before

    def converges(self, *faults, sizes=SINGLY, syncs=2):
        """The sync with these faults, then so many more; the one after them finds everything as planned."""
        with self.somebody(sizes) as person:
            self.google.faults.add(*faults)
            _tried(person)
            self.google.faults.clear()
            person.timeout = (
                LONG_SECONDS  # the machine may be slow; only what hangs on purpose is not waited for
            )
            for _ in range(syncs):
                if quiet(person.syncs(yes=True)):
                    break
            as_planned(person)
            writes = len([each for each in self.google.requests if each.method != "GET"])
            before = len(self.google.requests)
            assert quiet(person.syncs())
            assert len(self.google.requests) == before + 1
            assert len([each for each in self.google.requests if each.method != "GET"]) == writes


@contextmanager
def grid(folder, answers):
    with FakeGoogle(token=TOKEN, answers=answers) as google:
        yield Grid(folder, google)
        assert google.offences == []


def as_planned(person):
    """One event for each follow-up, where and as the plan has it, and no other."""
    planned, there = person.planned(), person.events()
    assert planned.keys() == there.keys()
    for uid, event in planned.items():
        assert datetime.fromisoformat(there[uid]["start"]["dateTime"]) == event.start, uid
        assert there[uid]["status"] == event.status, uid
        assert ("Tom Reyes" in there[uid]["summary"]) is (uid[0] in "cdef"), uid


def _tried(person):
    """A sync that may fail, in the house form."""
    code = 0
    try:
        report = person.syncs(yes=True)
        code = report.stopped.exit_code if report.stopped else 0
    except CalsyncError as error:
        code = error.exit_code
    assert code in {0, 69, 75, 77}


def fault(kind, at, when):
    """A fault; one that takes its time takes longer than this person waits."""
    return Fault(kind, at=at, when=when, seconds=TOO_LONG_SECONDS if kind in {"delay", "hang"} else 0.0)

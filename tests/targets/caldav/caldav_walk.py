"""A walk through what a plan, a person, a network and a death can do to a calendar at a real server.

Drawn from a seed, which is printed where a walk fails. Wherever it stands, the
syncs that follow without trouble bring one resource for each follow-up, leave
the user's doings alone, blame nobody, and then write nothing.
"""

import random  # noqa: TID251  # drawn from a seed, the same every time
import re

from calsync.errors import BadData, CalsyncError
from calsync.targets.caldav.http import Web
from tests.targets.caldav.proxy import FAULTS
from tests.targets.caldav.syncing_at_a_server import quiet

__all__ = ["walk"]

NAMES = ("a", "b")
EDITS = (
    {"phone": "+1 212-555-0199"},
    {"contact": "Tom Reyes"},
    {"decision": "3 days"},
    {"location": "1 Main St"},
)


class Killed(BaseException):
    """The process is no more."""


class Walk:
    """One user at one server; ``mine`` is what they wrote into a summary, by path."""

    def __init__(self, seed, somebody, proxy, monkeypatch):
        self.draw = random.Random(seed)  # noqa: S311  # as above
        self.person, self.proxy, self.patch = somebody, proxy, monkeypatch
        self.mine, self.deleted, self.steps = {}, set(), []

    def step(self):
        what = self.draw.choice(
            (
                *(self.adds, self.edits, self.logs, self.removes, self.undoes, self.user_edits),
                *(self.user_deletes, self.syncs, self.trouble, self.trouble, self.dies, self.dies),
            )
        )
        self.steps.append(what.__name__)
        what()

    def adds(self):
        name = self.draw.choice(NAMES)
        if not self.person.store.taken([name]):
            self.person.adds(name)

    def edits(self):
        name = self.draw.choice(NAMES)
        if self.person.store.taken([name]):
            self.person.edits(name, **self.draw.choice(EDITS))

    def logs(self):
        name = self.draw.choice(NAMES)
        if self.person.store.taken([name]):
            try:
                self.person.logs(name, self.draw.choice(("sent", "voicemail", "offer")))
            except BadData:  # it cannot have happened
                return

    def removes(self):
        name = self.draw.choice(NAMES)
        if self.person.store.taken([name]):
            self.person.removes(name)

    def undoes(self):
        self.person.undoes()

    def user_edits(self):
        uid, event = self.drawn()
        if uid:
            text = f"mine {len(self.steps)}"
            old = re.search(r"SUMMARY:.*", event[1].replace("\r\n", "\n").replace("\n ", ""))[0]
            self.person.changes(event, (old.strip(), f"SUMMARY:{text}"))
            self.mine[event[0]] = text

    def user_deletes(self):
        self.settles()  # a deletion that no sync has seen is nobody's, so it is seen at once
        uid, event = self.drawn()
        if uid:
            self.person.deletes(event)
            self.person.syncs(yes=True)
            self.mine.pop(event[0], None)
            self.deleted.add(uid)

    def drawn(self):
        there = (
            self.person.events()
            if self.person.store.state(self.person.sign_in.target).get("calendar")
            else {}
        )
        if not there:
            return "", None
        uid = self.draw.choice(sorted(there))
        return uid, there[uid]

    def syncs(self):
        self.person.syncs(yes=True)

    def trouble(self):
        self.proxy.forget()
        self.proxy.trouble[self.draw.randint(1, 9)] = self.draw.choice(FAULTS)
        try:
            self.person.syncs(yes=True)
        except CalsyncError as error:
            if error.exit_code not in {69, 75}:
                raise
        finally:
            self.proxy.forget()

    def dies(self):
        """Before or after a write."""
        sent, left, before = Web.send, [self.draw.randint(1, 6)], self.draw.random() < 0.5

        def send(web, *request):
            left[0] -= 1
            if left[0] == 0 and before:
                raise Killed
            reply = sent(web, *request)
            if left[0] == 0:
                raise Killed
            return reply

        with self.patch.context() as patch:
            patch.setattr(Web, "send", send)
            try:
                self.person.syncs(yes=True)
            except Killed:
                self.person.dies()

    def settles(self):
        for _ in range(4):
            if quiet(self.person.syncs(yes=True)):
                break
        self.proxy.forget()
        assert quiet(self.person.syncs())
        assert not {method for method, _ in self.proxy.requests} & {"PUT", "DELETE", "MKCALENDAR"}
        planned = self.person.planned()
        if not planned:
            return
        there = self.person.events()
        assert not self.deleted & there.keys(), "it came back"
        assert planned.keys() - self.deleted <= there.keys(), "it is missing"
        for path, text in there.values():
            assert self.mine.get(path, "") in text, path


def walk(seed, somebody, proxy, monkeypatch, *, steps):
    """Raises AssertionError with the seed and the way that led there."""
    somebody.signs_in()
    way = Walk(seed, somebody, proxy, monkeypatch)
    way.adds()
    try:
        for _ in range(steps):
            way.step()
        way.settles()
    except (AssertionError, CalsyncError) as error:
        raise AssertionError(f"seed {seed}: {error!r} after {way.steps}") from error

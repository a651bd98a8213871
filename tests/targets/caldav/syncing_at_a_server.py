"""Somebody with a store and a calendar at a real server: what tests of the sync do and look at."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import httpx

from calsync.domain import Outcome, Preferences
from calsync.store import Store
from calsync.targets.caldav import dav
from calsync.targets.caldav.sign_ins import kept
from calsync.targets.caldav.wire import read_mark
from calsync.workflows import Context
from calsync.workflows.caldav import CalDavAccount
from calsync.workflows.interviews import add, edit, remove, undo
from calsync.workflows.outcomes import log
from calsync.workflows.sync import Order
from tests.builders import interview
from tests.targets.caldav.servers import PASSWORD, USER

__all__ = ["FRIDAY", "Somebody", "quiet"]

FRIDAY = datetime(2026, 6, 26, 20, tzinfo=UTC)


class Somebody:
    """One user; ``url`` is what they name, ``behind`` where their own program reaches the server."""

    def __init__(self, folder, url, behind=None):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.url, self.behind, self.now = folder, url, behind or url, FRIDAY
        self.path, self.slept = folder / "calsync.sqlite3", []
        self.preferences = Preferences(zone=ZoneInfo("America/New_York"), country="US")
        self.store = Store.open(self.path)
        self.sign_in = None
        self.http = httpx.Client(auth=(USER, PASSWORD), timeout=30)

    @property
    def context(self):
        return Context(self.preferences, store=str(self.path))

    @property
    def account(self):
        return CalDavAccount(self.folder / "caldav", self.now, self.slept.append, lambda: 0.5)

    def close(self):
        self.store.close()
        self.http.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    # What they do

    def signs_in(self, password=PASSWORD):
        self.sign_in = self.account.sign_in(self.url, "", USER, password)

    def adds(self, *names, **fields):
        for name in names:
            made = interview(id=name, company=name.title(), **fields)
            add(self.context, self.store, made, now=self.now)

    def edits(self, name, **values):
        edit(self.context, self.store, name, values, now=self.now)

    def logs(self, name, result, **fields):
        told = Outcome(interview=name, result=result, at=self.now, **fields)
        log(self.context, self.store, name, told, now=self.now)

    def removes(self, name):
        remove(self.context, self.store, name, now=self.now)

    def undoes(self):
        undo(self.context, self.store, now=self.now)

    def waits(self, **time):
        self.now += timedelta(**time)

    def syncs(self, **order):
        if self.sign_in is None:
            self.signs_in()
        (mine,) = (each for each in kept(self.folder / "caldav") if each.name == self.sign_in.name)
        return self.account.sync(mine, self.context, self.store, Order(name="Follow-ups", **order))

    def dies(self):
        self.store.close()
        self.store = Store.open(self.path)

    def loses_the_store(self):
        self.store.close()
        for each in self.folder.glob("calsync.sqlite3*"):
            each.unlink()
        self.store = Store.open(self.path)

    # What they see

    def planned(self):
        return {each.event.uid: each.event for each in self.store.planned()}

    @property
    def calendar(self):
        """Its address as their own program reaches it."""
        url = httpx.URL(self.store.state(self.sign_in.target)["calendar"])
        return str(httpx.URL(self.behind).join(url.raw_path.decode()))

    def texts(self):
        """What stands in the calendar, by path."""
        reply = self.http.request(
            "REPORT", self.calendar, content=dav.query(), headers={"Depth": "1", "Content-Type": "text/xml"}
        )
        return {each.path: each.text(dav.DATA) for each in dav.multistatus(reply.content)}

    def events(self):
        """By uid; each follow-up once."""
        found = self.texts()
        by_uid = {read_mark(text).uid: (path, text) for path, text in found.items() if read_mark(text)}
        ours = [text for text in found.values() if read_mark(text)]
        assert len(by_uid) == len(ours), "a follow-up stands there twice"
        return by_uid

    def event(self, step, name):
        (found,) = [each for uid, each in self.events().items() if uid.startswith(f"{name}.{step}")]
        return found

    def changes(self, event, *pairs):
        """They edit an event with a program of their own: each pair is what stands there, and what then does."""
        path, text = event
        text = text.replace("\r\n", "\n").replace("\n ", "")
        for old, new in pairs:
            assert old in text, text
            text = text.replace(old, new)
        self.puts(path, text.replace("\r", "").replace("\n", "\r\n"))

    def puts(self, path, text):
        url = str(httpx.URL(self.behind).join(path))
        reply = self.http.put(url, content=text.encode(), headers={"Content-Type": "text/calendar"})
        assert reply.is_success, reply.text

    def deletes(self, event):
        assert self.http.delete(str(httpx.URL(self.behind).join(event[0]))).is_success


def quiet(report):
    """Whether a report says that nothing was written and nothing went wrong."""
    return not (report.created or report.updated or report.cancelled or report.failed or report.stopped)

"""Somebody with a store and a calendar at the Google that runs here: what tests of the sync do and look at."""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from google.oauth2.credentials import Credentials

from calsync.domain import Outcome, Preferences
from calsync.store import Store
from calsync.targets.google.calendar import Google
from calsync.targets.google.http import Retry, service
from calsync.targets.google.wire import PROFILE
from calsync.workflows import Context
from calsync.workflows.interviews import add, edit, remove, undo
from calsync.workflows.outcomes import log
from calsync.workflows.sync import Order, sync_with
from tests.builders import interview

__all__ = ["FRIDAY", "TOKEN", "Somebody", "quiet", "uid_of"]

TOKEN = "ya29.canary-access-token"  # noqa: S105  # of a Google that runs here
FRIDAY = datetime(2026, 6, 26, 20, tzinfo=UTC)
"""An hour after the interview of ``tests.builders``, which was on that Friday."""


class Somebody:
    """One user: a store of their own, a context, the present time, and how they reach the fake."""

    def __init__(self, folder, google, *, preferences=None, token=TOKEN, timeout=5.0):
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / "calsync.sqlite3"
        self.google, self.token, self.now = google, token, FRIDAY
        self.calendar = ""  # its id; kept here because what a user does may happen in another thread
        self.preferences = preferences or Preferences(zone=ZoneInfo("America/New_York"), country="US")
        self.store = Store.open(self.path)
        self.sizes, self.timeout, self.slept = {}, timeout, []

    @property
    def context(self):
        return Context(self.preferences, store=str(self.path))

    def close(self):
        self.store.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    # What they do

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
        """What the sync reports; errors as they come."""
        try:
            return self.sync(Order(name="Follow-ups", **order))
        finally:
            self.calendar = self.store.state("google").get("calendar", "")

    def sync(self, order, **named):
        return sync_with(PROFILE, self.context, self.store, self.connect, order, now=self.now, **named)

    def connect(self):
        client = _client(self.google.root, self.token, self.timeout)
        return Google(client, self.retry(), store=self.store.key, **self.sizes)

    def retry(self):
        return Retry(self.slept.append, lambda: 0.5)

    def dies(self):
        """The process ends; another one opens the store."""
        self.store.close()
        self.store = Store.open(self.path)

    # What they see

    def planned(self):
        """The follow-ups that are pending, by uid."""
        return {each.event.uid: each.event for each in self.store.planned()}

    def events(self, *, deleted=False):
        """What stands in the calendar, by uid; each follow-up once."""
        if not self.calendar:
            return {}
        found = self.google.user.events(self.calendar, deleted=deleted)
        by_uid = {uid_of(event): event for event in found}
        assert len(by_uid) == len(found), "a follow-up stands there twice"
        return by_uid

    def event(self, step, name):
        """The event of one step of an interview."""
        (found,) = [event for uid, event in self.events().items() if uid.startswith(f"{name}.{step}")]
        return found

    def changes(self, event, **fields):
        """They edit an event at calendar.google.com."""
        return self.google.user.edit(self.calendar, event["id"], **fields)

    def deletes(self, event):
        self.google.user.delete(self.calendar, event["id"])


@cache
def _client(root, token, timeout):
    """Built once for each fake: what a sync lets go of are its connections."""
    return service(root, Credentials(token=token), timeout)


def uid_of(event):
    return event["extendedProperties"]["private"]["calsyncUid"]


def quiet(report):
    """Whether a report says that nothing was written and nothing went wrong."""
    return not (report.created or report.updated or report.cancelled or report.failed or report.stopped)

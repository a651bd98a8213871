"""Google for one person, as every edge reaches it: where the sign-in is kept, whose busy times count, one sync.

The command line and the page make one ``Account`` from their settings and clock,
and ask it; signing in itself is ``calsync.targets.google.sign_in``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from calsync.errors import CalsyncError, SignInAgain
from calsync.targets.google.tokens import BUSY, CALENDAR, kept_token, remember_account, require, signed_in
from calsync.workflows.busy_reading import BusyReading, forget_busy, matter, read_busy
from calsync.workflows.context import Context
from calsync.workflows.sync import sync_google

if TYPE_CHECKING:
    from calsync.store import Store
    from calsync.targets.google.calendar import Google
    from calsync.workflows.sync import Order, Progress
    from calsync.workflows.sync_report import Report

__all__ = ["Account", "Connect"]

Connect = Callable[[], "Google"]
"""Signs in when there is something to ask, and only once."""


class Account(msgspec.Struct, frozen=True):
    """Whoever is signed in by what is kept in ``folder``; the API is at ``root``.

    ``calendars`` are those whose busy times count. ``sleep`` takes seconds,
    ``jitter`` gives a number from 0 to 1: the edges have them, as they have ``now``.
    """

    folder: Path
    root: str
    calendars: Sequence[str]
    now: datetime
    sleep: Callable[[float], object]
    jitter: Callable[[], float]

    @contextmanager
    def connection(self, needed: frozenset[str]) -> Iterator[Connect]:
        """The API for a sign-in that allows what is ``needed``; closed at the end of the block.

        Calling it raises SignInAgain, Unavailable.
        """
        made: list[Google] = []

        def connect() -> "Google":
            if not made:
                made.append(self._connected(needed))
            return made[0]

        try:
            yield connect
        finally:
            for google in made:
                google.close()

    def busy(
        self,
        context: Context,
        store: "Store",
        connect: Connect,
        *,
        candidate: str | None = None,
        lasting: bool = True,
    ) -> BusyReading | None:
        """When the user is busy, read now and planned around; None where that is not allowed, and then forgotten.

        Without ``lasting`` nothing is written down.
        """
        token = kept_token(self.folder)
        if token is None:
            return None
        if BUSY not in token.scopes:
            if lasting:
                forget_busy(context, store, self.now)
            return None
        if not matter(context, store, candidate):
            return None
        return read_busy(context, store, connect, self.calendars, now=self.now, lasting=lasting)

    def synced(
        self, context: Context, store: "Store", order: "Order", progress: "Progress | None" = None
    ) -> "tuple[Report, str]":
        """One sync, or what it would do; and what kept the busy times from being read, mostly nothing.

        Raises what ``sync_google`` raises: SignInAgain, Unavailable, TryLater, NeedsConsent, CalendarGone.
        """
        from calsync.targets.google.calendar import CalendarGone  # noqa: PLC0415  # as above

        made: list[Google] = []
        with self.connection(frozenset({CALENDAR})) as connect:

            def noted() -> "Google":
                made[:] = [connect()]
                return made[0]

            lasting = not order.dry_run
            reading = self.busy(context, store, noted, candidate=order.candidate, lasting=lasting)
            busy = None if lasting or reading is None else reading.known
            try:
                report = sync_google(context, store, noted, order, now=self.now, progress=progress, busy=busy)
            except CalendarGone as error:
                raise self._why_gone(error) from None
            if lasting and made:
                remember_account(self.folder, made[0].account)
        return report, reading.problem if reading else ""

    def _why_gone(self, error: CalsyncError) -> CalsyncError:
        """A sign-in that never saw the calendar is more likely another account's than the calendar is deleted."""
        token = kept_token(self.folder)
        if token is None or token.account:
            return error
        return SignInAgain(
            "whoever is signed in to Google now does not have the calendar that calsync made; nothing was changed",
            remedy="sign in as the account it was made with: calsync auth google; or have a new calendar made: calsync sync google --restore",
            code="CS-GOO-024",
        )

    def _connected(self, needed: frozenset[str]) -> "Google":
        """Google's client library is loaded when more is asked than a plain look at the calendar."""
        from calsync.targets.google.calendar import (
            Google,  # as above
            glance,  # as above
        )
        from calsync.targets.google.credentials import credentials  # noqa: PLC0415  # as above
        from calsync.targets.google.http import TIMEOUT_SECONDS, Later, Patience, service  # noqa: PLC0415  # as above

        require()
        token = signed_in(self.folder, needed, now=self.now)

        def look(calendar: str, query: Mapping[str, str]) -> Mapping[str, Any] | None:
            fresh = token.access and token.fresh_until > self.now
            return glance(self.root, token.access, calendar, query, TIMEOUT_SECONDS) if fresh else None

        client = Later(lambda: service(self.root, credentials(self.folder, needed, now=self.now)))
        return Google(client, Patience(self.sleep, self.jitter), glance=look)

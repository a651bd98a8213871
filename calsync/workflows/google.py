"""Google for one person, as every edge reaches it: where the sign-in is kept, whose busy times count, one sync.

The command line and the page make one ``Account`` from their settings and clock,
and ask it; signing in itself is ``calsync.targets.google.sign_in``.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from calsync.errors import CalsyncError, SignInAgain
from calsync.phrase import phrase
from calsync.sync.memory import CALENDAR as CALENDAR_WORD
from calsync.sync.protocol import CalendarGone
from calsync.sync.report import Report
from calsync.targets.google.tokens import (
    BUSY,
    CALENDAR,
    kept_calendar,
    kept_token,
    remember_account,
    remember_calendar,
    require,
)
from calsync.targets.google.wire import PROFILE
from calsync.workflows.busy_reading import BusyReading, forget_busy, matter, read_busy
from calsync.workflows.context import Context
from calsync.workflows.sync import Order, Progress, sync_with

if TYPE_CHECKING:
    from calsync.store import Store
    from calsync.targets.google.calendar import Google

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
    def connection(self, needed: frozenset[str], store: str = "") -> Iterator[Connect]:
        """The API for a sign-in that allows what is ``needed``, reading the notes of ``store``; closed at the end.

        Calling it raises SignInAgain, Unavailable.
        """
        made: list[Google] = []

        def connect() -> "Google":
            if not made:
                made.append(self._connect(needed, store))
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

    def sync(
        self, context: Context, store: "Store", order: Order, progress: Progress | None = None
    ) -> tuple[Report, str]:
        """One sync, or what it would do; and what kept the busy times from being read, mostly nothing.

        Raises what ``sync_with`` raises: SignInAgain, Unavailable, TryLater, NeedsConsent, CalendarGone.
        """
        made: list[Google] = []
        with self.connection(frozenset({CALENDAR}), store.key) as connect:

            def noted() -> "Google":
                made[:] = [connect()]
                return made[0]

            lasting = not order.dry_run
            reading = self.busy(context, store, noted, candidate=order.candidate, lasting=lasting)
            busy = None if lasting or reading is None else reading.known

            def run(order: Order) -> Report:
                return sync_with(
                    PROFILE, context, store, noted, order, now=self.now, progress=progress, busy=busy
                )

            try:
                report = self._found(store, order, run) or run(order)
            except CalendarGone as error:
                raise self._why_gone(error) from None
            if lasting and made:
                remember_account(self.folder, made[0].account)
                remember_calendar(self.folder, report.calendar)
        return report, reading.problem if reading else ""

    def _found(self, store: "Store", order: Order, run: Callable[[Order], Report]) -> Report | None:
        """A sync of a store that knows of no calendar with the one noted beside the sign-in, where that is still there."""
        kept = kept_calendar(self.folder)
        if order.calendar or not kept or store.state(PROFILE.name).get(CALENDAR_WORD):
            return None
        try:
            return run(replace(order, calendar=kept))
        except CalendarGone:
            return None

    def _why_gone(self, error: CalsyncError) -> CalsyncError:
        """A sign-in that never saw the calendar is more likely another account's than the calendar is deleted."""
        token = kept_token(self.folder)
        if token is None or token.account:
            return error
        return SignInAgain(
            phrase(
                "whoever is signed in to Google now does not have the calendar that calsync made; nothing was changed"
            ),
            remedy=phrase(
                "sign in as the account it was made with: calsync auth google; or have a new calendar made: calsync sync google --restore"
            ),
            code="CS-GOO-024",
        )

    def _connect(self, needed: frozenset[str], store: str) -> "Google":
        require()
        from calsync.targets.google.calendar import Google  # noqa: PLC0415  # the extra, and heavy
        from calsync.targets.google.credentials import credentials  # noqa: PLC0415  # the extra
        from calsync.targets.google.http import Retry, service  # noqa: PLC0415  # the extra

        login = credentials(self.folder, needed, now=self.now, sleep=self.sleep)
        return Google(service(self.root, login), Retry(self.sleep, self.jitter), store=store)

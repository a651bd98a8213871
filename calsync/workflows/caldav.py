"""CalDAV for one person, as every edge reaches it: signing in, and one sync with one server."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from calsync.sync.memory import CALENDAR
from calsync.sync.protocol import CalendarGone, Profile
from calsync.sync.report import Report
from calsync.targets.caldav.discovery import find_home
from calsync.targets.caldav.http import Login, Web, checked
from calsync.targets.caldav.servers import address, kind_of, name_for
from calsync.targets.caldav.service import CalDav
from calsync.targets.caldav.sign_ins import SignIn, keep, kept, password_of
from calsync.targets.caldav.wire import profile
from calsync.workflows.context import Context
from calsync.workflows.sync import Order, Progress, sync_with

if TYPE_CHECKING:
    from calsync.store import Store

__all__ = ["CalDavAccount"]


class CalDavAccount(msgspec.Struct, frozen=True):
    """Whoever is signed in by what is kept in ``folder``; ``sleep`` and ``jitter`` come from the edges, as ``now`` does."""

    folder: Path
    now: datetime
    sleep: Callable[[float], object]
    jitter: Callable[[], float]

    def sign_in(self, name: str, url: str, user: str, password: str) -> SignIn:
        """Look who is there, and keep it. Raises Usage, Unavailable, SignInAgain."""
        url = checked(address(name, url))
        made = SignIn(
            name=name_for(name, url),
            url=url,
            home="",
            user=user,
            scheme="",
            signed_in=self.now,
            password=password,
        )
        web = self._web(made, password)
        try:
            home = find_home(web, url)
            made = replace(made, home=home, scheme=web.auth.scheme, kind=kind_of(home, web.server).name)
        finally:
            web.close()
        before = next((each for each in kept(self.folder) if each.target == made.target), None)
        return keep(self.folder, replace(made, calendar=before.calendar if before else ""))

    def sync(
        self,
        sign_in: SignIn,
        context: Context,
        store: "Store",
        order: Order,
        progress: Progress | None = None,
    ) -> Report:
        """One sync with one server, or what it would do. Raises what ``sync_with`` raises."""
        known = profile(sign_in.target, sign_in.title)

        def connect() -> CalDav:
            return self._connect(sign_in, store.key, yes=order.yes)

        def run(order: Order) -> Report:
            return sync_with(known, context, store, connect, order, now=self.now, progress=progress)

        report = self._found(known, sign_in, store, order, run) or run(self._named(sign_in, store, order))
        if report.calendar and not order.dry_run and report.calendar != sign_in.calendar:
            keep(self.folder, replace(sign_in, calendar=report.calendar))
        return report

    def _found(
        self, known: Profile, sign_in: SignIn, store: "Store", order: Order, run: Callable[[Order], Report]
    ) -> Report | None:
        """A sync of a store that knows of no calendar with the one noted beside the sign-in, where that is still there."""
        if order.calendar or not sign_in.calendar or store.state(known.name).get(CALENDAR):
            return None
        try:
            return run(replace(order, calendar=sign_in.calendar))
        except CalendarGone:
            return None

    def _named(self, sign_in: SignIn, store: "Store", order: Order) -> Order:
        """The order with the address of the calendar that it names, if it may be used."""
        if not order.calendar:
            return order
        service = self._connect(sign_in, store.key, yes=order.yes)
        try:
            url = service.named(order.calendar)
            if store.state(sign_in.target).get(CALENDAR) != url:
                service.may_use(url)
        finally:
            service.close()
        return replace(order, calendar=url)

    def _connect(self, sign_in: SignIn, store: str, *, yes: bool) -> CalDav:

        web = self._web(sign_in, password_of(sign_in))
        return CalDav(web, sign_in.home, store=store, now=self.now, yes=yes)

    def _web(self, sign_in: SignIn, password: str) -> Web:

        return Web(
            sign_in.url,
            Login(sign_in.user, password, sign_in.scheme),
            title=sign_in.title,
            now=self.now,
            sleep=self.sleep,
            jitter=self.jitter,
        )

"""Google Calendar as the page reaches it: who is signed in, and one sync. Signing in itself stays in the terminal."""

import random  # noqa: TID251  # the edge, where chance comes in
import time
from pathlib import Path
from typing import TYPE_CHECKING

from calsync.errors import SignInAgain
from calsync.settings import needed

if TYPE_CHECKING:
    from collections.abc import Callable

    from calsync.targets.google.calendar import Google
    from calsync.targets.google.tokens import Token
    from calsync.web.visit import Visit
    from calsync.workflows.busy_times import BusyTimes
    from calsync.workflows.sync import Order
    from calsync.workflows.sync_report import Report

__all__ = ["signed_in", "synced"]


def signed_in(visit: "Visit") -> "tuple[Token | None, SignInAgain | None]":
    """The sign-in, as far as can be told without asking Google; or why there is none."""
    from calsync.targets.google.auth import signed_in as kept  # noqa: PLC0415  # only where it is shown

    try:
        return kept(_folder(visit), now=visit.now), None
    except SignInAgain as error:
        return None, error


def synced(visit: "Visit", order: "Order") -> "tuple[Report, str]":
    """One sync, or what it would do; and what there is to say about busy times, mostly nothing.

    Raises what ``sync_google`` raises: SignInAgain, Unavailable, TryLater, NeedsConsent, CalendarGone.
    """
    from calsync.targets.google.tokens import remember_account  # noqa: PLC0415  # only here
    from calsync.workflows.sync import sync_google  # noqa: PLC0415  # as above

    made: list[Google] = []

    def connect() -> "Google":
        if not made:
            made.append(_connected(visit))
        return made[0]

    try:
        busy, said = _busy(visit, connect, order)
        report = sync_google(
            visit.desk, visit.store, connect, order, now=visit.now, busy=busy if order.dry_run else None
        )
    finally:
        for google in made:
            google.close()
    if made and not order.dry_run:
        remember_account(_folder(visit), made[0].account)
    return report, said


def _busy(visit: "Visit", connect: "Callable[[], Google]", order: "Order") -> "tuple[BusyTimes | None, str]":
    """When the user is busy, where they allowed to see that; it is read before anything is planned."""
    from calsync.targets.google.scopes import BUSY  # noqa: PLC0415  # as above
    from calsync.workflows.busy_reading import forget_busy, matter, read_busy  # noqa: PLC0415  # as above

    token, _ = signed_in(visit)
    if token is None:
        return None, ""
    if BUSY not in token.scopes:
        if not order.dry_run:
            forget_busy(visit.desk, visit.store, visit.now)
        return None, ""
    if not matter(visit.desk, visit.store, order.candidate):
        return None, ""
    calendars = visit.settings.google.busy
    reading = read_busy(visit.desk, visit.store, connect, calendars, now=visit.now, lasting=not order.dry_run)
    return reading.known, reading.problem


def _connected(visit: "Visit") -> "Google":
    from calsync.targets.google.auth import credentials  # noqa: PLC0415  # heavy
    from calsync.targets.google.calendar import Google  # noqa: PLC0415  # as above
    from calsync.targets.google.http import Patience, service  # noqa: PLC0415  # as above
    from calsync.targets.google.scopes import CALENDAR  # noqa: PLC0415  # as above

    login = credentials(_folder(visit), frozenset({CALENDAR}), now=visit.now)
    return Google(service(visit.settings.google.api_root, login), Patience(time.sleep, random.random))


def _folder(visit: "Visit") -> Path:
    return Path(needed(visit.home.google))

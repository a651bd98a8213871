"""Google Calendar as the page reaches it: who is signed in, and one sync. Signing in itself stays in the terminal."""

import random  # noqa: TID251  # the edge, where chance comes in
import time
from pathlib import Path
from typing import TYPE_CHECKING

from calsync.errors import SignInAgain
from calsync.settings import needed

if TYPE_CHECKING:
    from calsync.targets.google.tokens import Token
    from calsync.web.visit import Visit
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

    Raises what ``Account.synced`` raises: SignInAgain, Unavailable, TryLater, NeedsConsent, CalendarGone.
    """
    from calsync.workflows.google import Account  # noqa: PLC0415  # only here

    google = visit.settings.google
    account = Account(_folder(visit), google.api_root, google.busy, visit.now, time.sleep, random.random)
    return account.synced(visit.desk, visit.store, order)


def _folder(visit: "Visit") -> Path:
    return Path(needed(visit.home.google))

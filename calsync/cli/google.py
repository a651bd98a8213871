"""Google as a command reaches it: signed in, at the root of the settings, with real pauses and real chance."""

import random  # noqa: TID251  # the edge, where chance comes in
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calsync.cli.options import State

if TYPE_CHECKING:
    from calsync.store import Store
    from calsync.targets.google.calendar import Google
    from calsync.workflows import Desk
    from calsync.workflows.busy_times import BusyTimes

__all__ = ["connected", "known_busy", "sign_in_folder"]


def connected(state: State, needed: frozenset[str]) -> "Google":
    """The API, for a sign-in that allows what is ``needed``; to be closed. Raises SignInAgain, Unavailable.

    Google's client library is loaded when more is asked than a plain look at the calendar.
    """
    from calsync.targets.google.auth import credentials, signed_in  # noqa: PLC0415  # help needs none of it
    from calsync.targets.google.calendar import Google  # noqa: PLC0415  # as above
    from calsync.targets.google.extra import require  # noqa: PLC0415  # as above
    from calsync.targets.google.glance import glance  # noqa: PLC0415  # as above
    from calsync.targets.google.http import TIMEOUT_SECONDS, Later, Patience, service  # noqa: PLC0415  # as above

    require()
    folder, root, now = sign_in_folder(state), state.settings.google.api_root, state.clock
    token = signed_in(folder, needed, now=now)

    def look(calendar: str, query: Mapping[str, str]) -> Mapping[str, Any] | None:
        fresh = token.access and token.fresh_until > now
        return glance(root, token.access, calendar, query, TIMEOUT_SECONDS) if fresh else None

    client = Later(lambda: service(root, credentials(folder, needed, now=now)))
    return Google(client, Patience(time.sleep, random.random), glance=look)


def known_busy(
    state: State,
    desk: "Desk",
    store: "Store",
    connect: "Callable[[], Google]",
    *,
    candidate: str | None = None,
    lasting: bool = True,
) -> "BusyTimes | None":
    """When the user is busy, read now and planned around; None where that is not allowed, and then forgotten.

    What keeps it from being read is said. Without ``lasting`` nothing is written down.
    """
    from calsync.targets.google.scopes import BUSY  # noqa: PLC0415  # as above
    from calsync.targets.google.tokens import kept_token  # noqa: PLC0415  # as above
    from calsync.workflows.busy_reading import forget_busy, matter, read_busy  # noqa: PLC0415  # as above

    token = kept_token(sign_in_folder(state))
    if token is None:
        return None
    if BUSY not in token.scopes:
        if lasting:
            forget_busy(desk, store, state.clock)
        return None
    if not matter(desk, store, candidate):
        return None
    reading = read_busy(desk, store, connect, state.settings.google.busy, now=state.clock, lasting=lasting)
    if reading.problem:
        state.say(f"calsync: {reading.problem}")
    return reading.known


def sign_in_folder(state: State) -> Path:
    """Where the sign-in is kept. Raises BadSettings for a user without any folder."""
    from calsync.settings import needed  # noqa: PLC0415  # as above

    return Path(needed(state.folders.google))

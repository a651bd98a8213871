"""Google as a command reaches it: at the root of the settings, with real pauses and real chance."""

import random  # noqa: TID251  # the edge, where chance comes in
import time
from pathlib import Path

from calsync.cli.state import State
from calsync.settings import needed
from calsync.workflows.google import Account

__all__ = ["account_of"]


def account_of(state: State) -> Account:
    """Whoever is signed in. Raises BadSettings for a user without any folder."""
    google = state.settings.google
    folder = Path(needed(state.folders.google))
    return Account(folder, google.api_root, google.busy, state.clock, time.sleep, random.random)

"""CalDAV as a command reaches it, with real pauses and real chance."""

import random  # noqa: TID251  # the edge, where chance comes in
import time
from pathlib import Path
from typing import TYPE_CHECKING

from calsync.cli.state import State
from calsync.errors import NoInput, SignInAgain
from calsync.phrase import phrase
from calsync.settings import needed
from calsync.targets.caldav.sign_ins import SignIn, kept

if TYPE_CHECKING:
    from calsync.workflows.caldav import CalDavAccount

__all__ = ["account_of", "folder_of", "sign_ins", "the_ones"]


def account_of(state: State) -> "CalDavAccount":
    """Whoever signs in here. Raises BadSettings for a user without any folder."""
    from calsync.workflows.caldav import CalDavAccount  # noqa: PLC0415  # httpx takes 60 ms

    return CalDavAccount(folder_of(state), state.clock, time.sleep, random.random)


def folder_of(state: State) -> Path:
    """Where the sign-ins are kept."""
    return Path(needed(state.folders.caldav))


def sign_ins(state: State) -> list[SignIn]:
    """All of them. Raises SignInAgain for a file that was spoilt."""
    return kept(Path(state.folders.caldav)) if state.folders.caldav else []


def the_ones(state: State, server: str | None) -> list[SignIn]:
    """All, or the one that is named by its name or the beginning of it. Raises SignInAgain, NoInput."""
    there = sign_ins(state)
    if not there:
        raise SignInAgain(
            phrase("you are not signed in to a CalDAV server"),
            remedy=phrase(
                "type: calsync auth caldav icloud --user NAME (or another server, or its https://…)"
            ),
            code="CS-DAV-012",
        )
    if server is None:
        return there
    wanted = server.lower()
    found = [each for each in there if wanted in {each.name, each.url.lower(), each.url.lower().rstrip("/")}]
    found = found or [each for each in there if each.name.startswith(wanted)]
    if len(found) != 1:
        raise NoInput(
            phrase("you are not signed in to {server!r}", server=server[:60]),
            remedy=phrase("you are to: {names}", names=", ".join(each.name for each in there)),
            code="CS-DAV-013",
        )
    return found

"""What calsync may ask of Google, each with what it says to a person; a new one is a row here.

Each is the narrowest scope that the API's description (``calendar.v3``) names for
what is done with it: ``app.created`` writes calendars of calsync's own and sees no
other, ``freebusy`` serves ``freebusy.query`` and nothing else, and
``events.owned.readonly`` lists the events of calendars that belong to the user.
"""

from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["BUSY", "CALENDAR", "EVENTS", "SCOPES", "Scope", "flags", "named"]

_PREFIX = "https://www.googleapis.com/auth/calendar."

CALENDAR = f"{_PREFIX}app.created"
BUSY = f"{_PREFIX}freebusy"
EVENTS = f"{_PREFIX}events.owned.readonly"


class Scope(NamedTuple):
    """A permission in words, and the option of ``auth google`` that asks for it ("" for none)."""

    says: str
    flag: str


SCOPES = {
    CALENDAR: Scope("make a calendar of its own, and write the follow-ups into it", ""),
    BUSY: Scope("see when you are busy", "--busy"),
    EVENTS: Scope("read the events of your calendars", "--read"),
}


def named(scopes: Iterable[str]) -> list[str]:
    """What these scopes allow, in words and in the order above; those that are not ours by their own name.

    >>> named({BUSY, CALENDAR})
    ['make a calendar of its own, and write the follow-ups into it', 'see when you are busy']
    """
    given = set(scopes)
    return [scope.says for name, scope in SCOPES.items() if name in given] + sorted(given - SCOPES.keys())


def flags(scopes: Iterable[str]) -> str:
    """What to add to ``calsync auth google`` to be asked for these.

    >>> flags({BUSY, CALENDAR})
    ' --busy'
    """
    given = set(scopes)
    return "".join(f" {scope.flag}" for name, scope in SCOPES.items() if name in given and scope.flag)

"""One sign for each kind of thing in a calendar, in the alphabet that the output has."""

import sys
from typing import NamedTuple

from calsync.domain import Interview, Preferences
from calsync.workflows.month import Entry

__all__ = ["Signs", "label", "sign", "signs"]


class Signs(NamedTuple):
    """The signs of an alphabet."""

    call: str
    email: str
    prepare: str
    ask: str
    interview: str
    moved: str
    overdue: str
    rule: str
    between: str

    def legend(self) -> str:
        """What they mean, in a line."""
        meanings = {
            self.interview: "interview", self.call: "call", self.email: "email", self.prepare: "prepare",
            self.ask: "ready questions", self.overdue: "overdue", self.moved: "would have been here, had to move",
        }  # fmt: skip
        return f"  {self.between}  ".join(f"{sign} {meaning}" for sign, meaning in meanings.items())


_FULL = Signs("☎", "✉", "✎", "?", "◆", "→", "!", "─", "·")
_ASCII = Signs("C", "@", "P", "?", "#", ">", "!", "-", "|")


def signs() -> Signs:
    """Signs that the output can show."""
    try:
        "".join(_FULL).encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return _ASCII
    return _FULL


def sign(entry: Entry, known: Signs) -> str:
    """The sign of an entry."""
    if entry.planned is None:
        return known.interview
    return str(getattr(known, entry.planned.event.action))


def label(entry: Entry, preferences: Preferences, *, every: bool) -> str:
    """Whom an entry is about in a word or two: the employer of an interview, else the person's last name."""
    interview = entry.interview
    person = entry.planned.event.person if entry.planned else None
    name = (
        interview.company if entry.planned is None else _last((person and person.name) or interview.contact)
    )
    return f"{_candidate(interview, preferences, every=every)}{name or interview.company}"


def _candidate(interview: Interview, preferences: Preferences, *, every: bool) -> str:
    name = interview.candidate
    return f"{name.split()[0]}: " if name and (every or name != preferences.candidate.name) else ""


def _last(name: str) -> str:
    family, comma, _ = name.partition(",")
    return family if comma else (name.split() or [""])[-1]

"""Which remembered interview a row of a file is: by what it says, never by where it stands.

The one of the same id. Without an id, the one of the same candidate, company, role
and start, of several the one with the same contact. Else, where only one can be
meant: of the same start and another title, or the one that has moved, which must be
open, still ahead, without outcomes, and with a start that no row of the file has.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from calsync.domain import Interview, replace

if TYPE_CHECKING:
    from calsync.store import Store, StoredInterview

__all__ = ["Matches", "match", "relevant", "same_interview"]

_DAY = timedelta(days=1)


class Matches(msgspec.Struct):
    """The remembered interview of each row, by the row's place; ``moved`` are those that have another start now."""

    old: "dict[int, StoredInterview]" = msgspec.field(default_factory=dict)
    moved: set[int] = msgspec.field(default_factory=set)


def relevant(
    rows: Sequence[Interview], kept: "Iterable[StoredInterview]", own: str
) -> "list[StoredInterview]":
    """Those of the remembered interviews that a row can be; ``own`` is the candidate of rows that name none."""
    wanted = {_who(row, own) for row in rows}
    ids = {row.id for row in rows}
    return [each for each in kept if each.interview.id in ids or _who(each.interview, own) in wanted]


def match(
    rows: Sequence[Interview],
    given: Collection[int],
    kept: "Sequence[StoredInterview]",
    *,
    own: str,
    now: datetime,
    is_logged: "Callable[[StoredInterview], bool]",
) -> Matches:
    """Find the interview of each row that has one; ``given`` are the places of rows that bring their id."""
    found = Matches()
    by_id = {each.interview.id: each for each in kept}
    for place in given:
        if rows[place].id in by_id:
            found.old[place] = by_id[rows[place].id]
    matching = _Matching(found, rows, [place for place in range(len(rows)) if place not in given], kept)

    def what(each: Interview) -> tuple[Hashable, ...]:
        return (*_who(each, own), _plain(each.role))

    def at_once(each: Interview) -> tuple[Hashable, ...]:
        return (*what(each), each.start)

    def on_the_clock(each: Interview) -> tuple[Hashable, ...]:
        return (*what(each), each.start.replace(tzinfo=None))

    if len({at_once(rows[place]) for place in matching.free}) < len(matching.free):
        matching.first(_whole, _every)  # of two at once, each takes the one that says the same in all
    for when, only in ((at_once, _every), (on_the_clock, _without_zone)):
        matching.first(_with_contact(when), only)
    for when, only in ((at_once, _every), (on_the_clock, _without_zone)):
        matching.first(when, only)
    matching.lone(lambda each: (*_who(each, own), each.start), fits=_same_contact)
    found.moved = matching.lone(
        what,
        fits=_same_contact,
        only_kept=lambda each: (
            each.interview.status == "open" and each.interview.start > now and not is_logged(each)
        ),
    )
    return found


class _Matching:
    """Rows and interviews that have not found each other yet."""

    def __init__(
        self, found: Matches, rows: Sequence[Interview], free: list[int], kept: "Sequence[StoredInterview]"
    ) -> None:
        self.found = found
        self.rows = rows
        self.free = free
        taken = {each.number for each in found.old.values()}
        self.left = [each for each in kept if each.number not in taken]

    def first(
        self,
        key: Callable[[Interview], Hashable],
        only_rows: Callable[[Interview], bool],
    ) -> None:
        """Each row takes the first of those with the same key."""
        known: dict[Hashable, list[StoredInterview]] = {}
        for each in reversed(self.left):
            known.setdefault(key(each.interview), []).append(each)
        for place in self.free:
            if only_rows(self.rows[place]) and (there := known.get(key(self.rows[place]))):
                self.found.old[place] = there.pop()
        self._settle()

    def lone(
        self,
        key: Callable[[Interview], Hashable],
        *,
        fits: Callable[[Interview, Interview], bool],
        only_kept: "Callable[[StoredInterview], bool]" = lambda _: True,
    ) -> set[int]:
        """A row takes the one with the same key where it is the only such row, and that the only such interview."""
        known: dict[Hashable, list[StoredInterview]] = {}
        for each in self.left:
            known.setdefault(key(each.interview), []).append(each)
        asking: dict[Hashable, list[int]] = {}
        for place in self.free:
            asking.setdefault(key(self.rows[place]), []).append(place)
        taken = set()
        for wanted, places in asking.items():
            there = [each for each in known.get(wanted, ()) if only_kept(each)]
            if len(places) == len(there) == 1 and fits(self.rows[places[0]], there[0].interview):
                self.found.old[places[0]] = there[0]
                taken.add(places[0])
        self._settle()
        return taken

    def _settle(self) -> None:
        taken = {each.number for each in self.found.old.values()}
        self.free = [place for place in self.free if place not in self.found.old]
        self.left = [each for each in self.left if each.number not in taken]


def _who(each: Interview, own: str) -> tuple[str, str]:
    """The candidate and the company; a name that was set after the first import is no other person."""
    return ("" if each.candidate in {"", own} else _plain(each.candidate), _plain(each.company))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _contact(each: Interview) -> str:
    return _plain(each.contact)


def _with_contact(when: Callable[[Interview], Hashable]) -> Callable[[Interview], Hashable]:
    return lambda each: (when(each), _contact(each))


def _whole(each: Interview) -> Hashable:
    return repr(replace(each, id="row", status="open", zone_assumed=False))


def _every(_: Interview) -> bool:
    return True


def _without_zone(row: Interview) -> bool:
    """One that names no zone is meant on the clock of what is remembered."""
    return row.zone_assumed


def _same_contact(row: Interview, old: Interview) -> bool:
    """A row that names nobody says nothing against it."""
    return not row.contact or _contact(row) == _contact(old)


def same_interview(store: "Store", interview: Interview) -> "StoredInterview | None":
    """The one that is remembered with the same candidate, company, role and start."""

    def said(each: Interview) -> tuple[Hashable, ...]:
        return (_plain(each.company), _plain(each.role), each.start)

    there = store.interviews(candidate=interview.candidate, since=interview.day, until=interview.day + _DAY)
    return next((each for each in there if said(each.interview) == said(interview)), None)

"""Calls that get in each other's way, to be seen before they are made; nothing is moved for them.

Two candidates who would call the same contact on one day, which is for a coach
to know; and two rounds of one candidate with the same company whose calls fall
on one day: they are two chains, because only the candidate knows which of them
is still alive, and perhaps one call can be about both.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from calsync.domain import Interview, Plan

if TYPE_CHECKING:
    from calsync.store import Planned, Store

__all__ = ["Clash", "clashes", "clashes_of", "doubled", "doubled_of"]

_SHORTEST = 6
"""Digits; a number that is shorter is an extension, and many people have the same."""
_TELLING = 8
"""Last digits that tell two numbers apart, however much of the code before them was written."""


class Clash(NamedTuple):
    """A day, on the contact's clock, and the two interviews with calls on it; of one candidate or of two."""

    day: date
    first: Interview
    second: Interview

    def __str__(self) -> str:
        if self.first.candidate == self.second.candidate:
            roles = dict.fromkeys((self.first.role, self.second.role))
            whom = f"{self.second.company} twice on {self.day}, about {' and '.join(roles)}"
            return f"{_name(self.first)} would call {whom}; log invited for a round that is over"
        whom = self.second.contact or self.second.company
        return f"{_name(self.first)} and {_name(self.second)} would both call {whom} on {self.day}"


def clashes(store: "Store", planned: "Iterable[Planned]") -> Iterator[Clash]:
    """Every pair among some events, each pair once a day."""
    seen: dict[tuple[str, date], dict[str, Interview]] = {}
    told: set[tuple[str, str, date]] = set()
    for each in planned:
        if each.event.action != "call":
            continue
        interview, day = store.interview(each.event.interview).interview, each.event.start.date()
        for key in _contact(interview):
            callers = seen.setdefault((key, day), {})
            for candidate, other in callers.items():
                pair = (candidate, interview.candidate, day)
                if candidate != interview.candidate and pair not in told:
                    told.add(pair)
                    yield Clash(day, other, interview)
            callers.setdefault(interview.candidate, interview)


def clashes_of(store: "Store", plan: Plan) -> Iterator[Clash]:
    """Those that the calls of one plan have with what other candidates have planned."""
    mine, contact = plan.interview, set(_contact(plan.interview))
    days = {event.start.date() for event in plan.events if event.action == "call"}
    if len(store.candidates()) <= 1:
        return
    for day in sorted(days):
        begins = datetime.combine(day, time(), mine.zone)
        for planned in store.planned(since=begins, until=begins + timedelta(days=1)):
            other = store.interview(planned.event.interview).interview
            if (
                planned.event.action == "call"
                and other.candidate != mine.candidate
                and not contact.isdisjoint(_contact(other))
            ):
                yield Clash(day, other, mine)


def doubled(store: "Store", planned: "Iterable[Planned]") -> Iterator[Clash]:
    """Every pair of calls on one day that one candidate has with one company, for two interviews."""
    seen: dict[tuple[str, str, date], Interview] = {}
    for each in planned:
        if each.event.action == "call":
            interview, day = store.interview(each.event.interview).interview, each.event.start.date()
            first = seen.setdefault((*_round(interview), day), interview)
            if first.id != interview.id:
                yield Clash(day, first, interview)


def doubled_of(store: "Store", plan: Plan) -> Iterator[Clash]:
    """Those that the calls of one plan have with the candidate's others."""
    mine = plan.interview
    for day in sorted({event.start.date() for event in plan.events if event.action == "call"}):
        begins = datetime.combine(day, time(), mine.zone)
        near = store.planned(since=begins, until=begins + timedelta(days=1), candidate=mine.candidate)
        for name in sorted(_callers(near) - {mine.id}):
            other = store.interview(name).interview
            if _round(other) == _round(mine):
                yield Clash(day, other, mine)


def _callers(planned: "Iterable[Planned]") -> set[str]:
    return {each.event.interview for each in planned if each.event.action == "call"}


def _round(interview: Interview) -> tuple[str, str]:
    """What two rounds of one candidate with one company have in common."""
    return interview.candidate, interview.company.casefold()


def _contact(interview: Interview) -> Iterator[str]:
    """What two records have in common when they mean the same person."""
    digits = "".join(sign for sign in interview.phone if sign.isdecimal()).lstrip("0")
    if len(digits) >= _SHORTEST:
        yield digits[-_TELLING:]
    if interview.contact:
        yield f"{interview.contact} ({interview.company})".casefold()


def _name(interview: Interview) -> str:
    return interview.candidate or "you"

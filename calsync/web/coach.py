"""Everybody at a glance, for whoever looks after several candidates: who is next, who waits, who would collide."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from calsync.web import wording
from calsync.workflows.clashes import Clash, clashes
from calsync.workflows.due import first_of_each, is_touch

if TYPE_CHECKING:
    from calsync.store import Planned
    from calsync.web.visit import Visit

__all__ = ["Coach", "Person", "clash_line", "coach"]

_AHEAD = timedelta(weeks=6)


@dataclass(slots=True)
class Person:
    """One candidate: how many interviews still run, how many touches are overdue, and what comes next."""

    name: str
    path: str
    open: int = 0
    overdue: int = 0
    next: str = ""
    next_path: str = ""


@dataclass(frozen=True, slots=True)
class Coach:
    """The names to choose from, and everybody's state where nobody is chosen."""

    names: Sequence[str]
    people: Sequence[Person] = ()
    clashes: Sequence[str] = field(default=())


def coach(visit: "Visit") -> Coach:
    """The candidates; with less than two, nothing but their names."""
    names = visit.store.candidates()
    if len(names) == 1 and visit.candidate is None:
        return Coach([])
    if visit.candidate is not None:
        return Coach([name for name in names if name])
    people = {name: Person(name, visit.url("/", candidate=name) if name else "") for name in names}
    whose: dict[str, str] = {}
    for kept in visit.store.interviews():
        whose[kept.interview.id] = kept.interview.candidate
        people[kept.interview.candidate].open += kept.interview.status == "open"
    for planned in first_of_each(visit.store, visit.now):
        _count(visit, people[whose[planned.event.interview]], planned)
    return Coach([name for name in names if name], list(people.values()), _clashes(visit))


def _count(visit: "Visit", person: Person, planned: "Planned") -> None:
    """The first pending follow-up of an interview; the first of them all is the person's next."""
    event = planned.event
    person.overdue += is_touch(planned) and event.start < visit.now
    if not person.next:
        interview = visit.store.interview(event.interview).interview
        when = wording.moment(event.start.astimezone(visit.zone), visit.language)
        person.next = f"{when}: {wording.what(event, interview, visit.language)} ({interview.company})"
        person.next_path = visit.url(f"/event/{planned.number}")


def _clashes(visit: "Visit") -> list[str]:
    """Two who would call the same person on one day."""
    near = visit.store.planned(since=visit.now, until=visit.now + _AHEAD)
    return [clash_line(visit, clash) for clash in clashes(visit.store, near)]


def clash_line(visit: "Visit", clash: Clash) -> str:
    """Two calls in each other's way, of one candidate or of two."""
    day = wording.day(clash.day, visit.language)
    one, company = clash.first.candidate or visit.say("you"), clash.second.company
    if clash.first.candidate == clash.second.candidate:
        return visit.say(
            "{company} would be called twice on {day}, about {one} and {other}; log the round that is over",
            company=company,
            day=day,
            one=clash.first.role,
            other=clash.second.role,
        )
    return visit.say(
        "{one} and {other} would both call {whom} on {day}",
        one=one,
        other=clash.second.candidate or visit.say("you"),
        whom=clash.second.contact or company,
        day=day,
    )

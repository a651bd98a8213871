"""Everybody at a glance, for whoever looks after several candidates: who is next, who waits, who would collide."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from calsync.store import StoredEvent
from calsync.texts import phrases
from calsync.web import wording
from calsync.web.request import PageRequest
from calsync.workflows.agenda import (
    Clash,
    clashes,
    first_of_each,
    is_touch,
)

__all__ = ["CoachSummary", "clash_line", "summarize"]


_AHEAD = timedelta(weeks=6)


class CandidateSummary(msgspec.Struct):
    """One candidate: how many interviews still run, how many touches are overdue, and what comes next."""

    name: str
    path: str
    open: int = 0
    overdue: int = 0
    next: str = ""
    next_path: str = ""


class CoachSummary(msgspec.Struct, frozen=True):
    """The names to choose from, and everybody's state where nobody is chosen."""

    names: Sequence[str]
    people: Sequence[CandidateSummary] = ()
    clashes: Sequence[str] = ()


def summarize(request: PageRequest) -> CoachSummary:
    """The candidates; with less than two, nothing but their names."""
    names = request.store.candidates()
    if len(names) == 1 and request.candidate is None:
        return CoachSummary([])
    if request.candidate is not None:
        return CoachSummary([name for name in names if name])
    people = {
        name: CandidateSummary(name, request.url("/", candidate=name) if name else "") for name in names
    }
    whose: dict[str, str] = {}
    for kept in request.store.interviews():
        whose[kept.interview.id] = kept.interview.candidate
        people[kept.interview.candidate].open += kept.interview.status == "open"
    for planned in first_of_each(request.store, request.now):
        _count(request, people[whose[planned.event.interview]], planned)
    return CoachSummary([name for name in names if name], list(people.values()), _clashes(request))


def _count(request: PageRequest, person: CandidateSummary, planned: "StoredEvent") -> None:
    """The first pending follow-up of an interview; the first of them all is the person's next."""
    event = planned.event
    person.overdue += is_touch(planned) and event.start < request.now
    if not person.next:
        interview = request.store.interview(event.interview).interview
        when = wording.moment(event.start.astimezone(request.zone), request.language)
        person.next = f"{when}: {phrases.what(event, interview, request.language)} ({interview.company})"
        person.next_path = request.url(f"/event/{planned.ref}")


def _clashes(request: PageRequest) -> list[str]:
    """Two who would call the same person on one day."""
    near = request.store.planned(since=request.now, until=request.now + _AHEAD)
    return [clash_line(request, clash) for clash in clashes(request.store, near)]


def clash_line(request: PageRequest, clash: Clash) -> str:
    """Two calls in each other's way, of one candidate or of two."""
    return phrases.clash(clash.day, clash.first, clash.second, request.language)

"""All interviews, the open ones first, and one of them with everything that is known and planned."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, NamedTuple

from starlette.responses import Response

from calsync.domain import replace
from calsync.store import Kept, Planned
from calsync.web import wording
from calsync.web.ahead import ahead, notes, told_record
from calsync.web.coach import coach
from calsync.web.fields import LABELS
from calsync.web.told import notice_of
from calsync.web.visit import Visit
from calsync.web.ways import Tab, Way
from calsync.web.words import phrase
from calsync.workflows.due import first_of_each, is_touch
from calsync.workflows.verbs import edit

__all__ = ["TAB", "WAYS"]

_MOST = 200
"""Interviews of one list; whoever has more looks for a name."""
_STATUS: Mapping[str, str] = dict(LABELS["status"].choices)


class Row(NamedTuple):
    """One interview in a list; ``next`` is what comes next, empty where nothing does."""

    number: int
    path: str
    title: str
    role: str
    whose: str
    when: str
    status: str
    next: str
    next_path: str
    overdue: bool


def listed(visit: Visit) -> Response:
    """The open ones in order of what comes next, then the others."""
    coming = {each.event.interview: each for each in first_of_each(visit.store, visit.now)}
    find = visit.query("find").strip()
    going: list[Kept] = []
    over: list[Kept] = []
    for kept in visit.store.interviews(candidate=visit.candidate):
        if _is_found(kept, find):
            (going if kept.interview.status == "open" else over).append(kept)
    going.sort(key=lambda kept: _order(kept, coming))
    over.reverse()
    return visit.page(
        "interviews.html",
        going=_rows(visit, going, coming),
        over=_rows(visit, over, coming),
        counts=(len(going), len(over)),
        most=_MOST,
        coach=coach(visit),
        find=find,
    )


def _order(kept: Kept, coming: Mapping[str, Planned]) -> tuple[bool, Any]:
    planned = coming.get(kept.interview.id)
    return (planned is None, planned.event.start if planned else kept.interview.start)


def _is_found(kept: Kept, find: str) -> bool:
    interview = kept.interview
    names = (interview.company, interview.role, interview.contact, interview.candidate)
    return not find or any(find.casefold() in name.casefold() for name in names)


def _rows(visit: Visit, kept: Iterable[Kept], coming: Mapping[str, Planned]) -> list[Row]:
    return [_row(visit, each, coming.get(each.interview.id)) for each in islice(kept, _MOST)]


def _row(visit: Visit, kept: Kept, planned: Planned | None) -> Row:
    interview, language = kept.interview, visit.language
    coming, late = "", False
    if planned is not None:
        late = is_touch(planned) and planned.event.start < visit.now
        when = wording.moment(planned.event.start.astimezone(visit.zone), language)
        coming = f"{when}: {wording.what(planned.event, interview, language)}"
    return Row(
        kept.number,
        visit.url(f"/interviews/{interview.id}"),
        interview.company,
        interview.role,
        "" if interview.candidate == visit.preferences.candidate.name else interview.candidate,
        wording.moment(interview.start, language, year=interview.start.year != visit.today.year),
        visit.say(_STATUS[interview.status]),
        coming,
        visit.url(f"/event/{planned.number}") if planned else "",
        late,
    )


def shown(visit: Visit) -> Response:
    """Its record, what is planned, what was logged, and what can be done with it."""
    kept = visit.store.interview(visit.path["name"])
    interview, plan = kept.interview, visit.store.plan(kept.number)
    planned = list(visit.store.planned(interview=kept.number))
    numbers = {each.event.uid: each.number for each in planned}
    return visit.page(
        "interview.html",
        kept=kept,
        interview=interview,
        base=f"/interviews/{interview.id}",
        stands=visit.say(_STATUS[interview.status]),
        distance=wording.distance(interview.start, visit.now, visit.zone, visit.language),
        record=told_record(visit, interview, plan),
        lines=ahead(visit, interview, (each.event for each in planned), numbers),
        notes=notes(visit, plan),
        logged=[
            (
                wording.moment(told.at.astimezone(visit.zone), visit.language, year=True),
                wording.outcome_name(told.result, visit.language),
            )
            for told in visit.store.outcomes(kept.number)
        ],
    )


def reopened(visit: Visit) -> Response:
    """One that had ended goes on."""
    done = edit(visit.desk, visit.store, visit.path["name"], {"status": "open"}, now=visit.now)
    kept = done.kept or visit.store.interview(visit.path["name"])
    title = visit.say("{company} is open again", company=kept.interview.company)
    moved = tuple(change for change in done.changes if change.event.end > visit.now)
    return visit.see(
        f"/interviews/{kept.interview.id}", notice=notice_of(visit, replace(done, changes=moved), title)
    )


WAYS = (
    Way("GET", "/interviews", listed),
    Way("GET", "/interviews/{name}", shown),
    Way("POST", "/interviews/{name}/reopen", reopened),
)
TAB = Tab(20, "/interviews", phrase("Interviews"))

"""All interviews, the open ones first, and one of them with everything that is known and planned."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

import msgspec
from starlette.responses import Response

from calsync.domain import replace
from calsync.phrase import phrase
from calsync.store import StoredEvent, StoredInterview
from calsync.texts import phrases
from calsync.web import wording
from calsync.web.changes import banner_of
from calsync.web.coach import summarize
from calsync.web.plan_lines import plan_lines, plan_notes, record_lines
from calsync.web.record_fields import LABELS
from calsync.web.request import PageRequest
from calsync.web.routing import Route, Tab
from calsync.workflows.agenda import first_of_each, is_touch
from calsync.workflows.interviews import edit
from calsync.workflows.names import find_interview

__all__ = ["ROUTES", "TAB"]


_MOST = 200
"""Interviews of one list; whoever has more looks for a name."""
_STATUS: Mapping[str, str] = dict(LABELS["status"].choices)


class InterviewRow(msgspec.Struct, frozen=True):
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


def list_interviews(request: PageRequest) -> Response:
    """The open ones in order of what comes next, then the others."""
    coming = {each.event.interview: each for each in first_of_each(request.store, request.now)}
    find = request.query("find").strip()
    going: list[StoredInterview] = []
    over: list[StoredInterview] = []
    for kept in request.store.interviews(candidate=request.candidate):
        if _is_found(kept, find):
            (going if kept.interview.status == "open" else over).append(kept)
    going.sort(key=lambda kept: _order(kept, coming))
    over.reverse()
    return request.page(
        "interviews.html",
        going=_rows(request, going, coming),
        over=_rows(request, over, coming),
        counts=(len(going), len(over)),
        most=_MOST,
        coach=summarize(request),
        find=find,
    )


def _order(kept: StoredInterview, coming: Mapping[str, StoredEvent]) -> tuple[bool, Any]:
    planned = coming.get(kept.interview.id)
    return (planned is None, planned.event.start if planned else kept.interview.start)


def _is_found(kept: StoredInterview, find: str) -> bool:
    interview = kept.interview
    names = (interview.company, interview.role, interview.contact, interview.candidate)
    return not find or any(find.casefold() in name.casefold() for name in names)


def _rows(
    request: PageRequest, kept: Iterable[StoredInterview], coming: Mapping[str, StoredEvent]
) -> list[InterviewRow]:
    return [_row(request, each, coming.get(each.interview.id)) for each in islice(kept, _MOST)]


def _row(request: PageRequest, kept: StoredInterview, planned: StoredEvent | None) -> InterviewRow:
    interview, language = kept.interview, request.language
    coming, late = "", False
    if planned is not None:
        late = is_touch(planned) and planned.event.start < request.now
        when = wording.moment(planned.event.start.astimezone(request.zone), language)
        coming = f"{when}: {phrases.what(planned.event, interview, language)}"
    return InterviewRow(
        kept.number,
        request.url(f"/interviews/{interview.id}"),
        interview.company,
        interview.role,
        "" if interview.candidate == request.preferences.candidate.name else interview.candidate,
        wording.moment(interview.start, language, year=interview.start.year != request.today.year),
        request.say(_STATUS[interview.status]),
        coming,
        request.url(f"/event/{planned.ref}") if planned else "",
        late,
    )


def show_interview(request: PageRequest) -> Response:
    """Its record, what is planned, what was logged, and what can be done with it."""
    kept = find_interview(request.store, request.path["name"])
    interview, plan = kept.interview, request.store.plan(kept.number)
    planned = list(request.store.planned(interview=kept.number))
    refs = {each.event.uid: each.ref for each in planned}
    return request.page(
        "interview.html",
        kept=kept,
        interview=interview,
        base=f"/interviews/{interview.id}",
        stands=request.say(_STATUS[interview.status]),
        distance=wording.distance(interview.start, request.now, request.zone, request.language),
        record=record_lines(request, interview, plan),
        lines=plan_lines(request, interview, (each.event for each in planned), refs),
        notes=plan_notes(request, plan),
        logged=[
            (
                wording.moment(told.at.astimezone(request.zone), request.language, year=True),
                wording.outcome_name(told.result, request.language),
            )
            for told in request.store.outcomes(kept.number)
        ],
    )


def reopen_interview(request: PageRequest) -> Response:
    """One that had ended goes on."""
    done = edit(request.context, request.store, request.path["name"], {"status": "open"}, now=request.now)
    kept = done.kept or find_interview(request.store, request.path["name"])
    title = request.say("{company} is open again", company=kept.interview.company)
    moved = tuple(change for change in done.changes if change.event.end > request.now)
    return request.redirect(
        f"/interviews/{kept.interview.id}", banner=banner_of(request, replace(done, changes=moved), title)
    )


ROUTES = (
    Route("GET", "/interviews", list_interviews),
    Route("GET", "/interviews/{name}", show_interview),
    Route("POST", "/interviews/{name}/reopen", reopen_interview),
)
TAB = Tab(20, "/interviews", phrase("Interviews"))

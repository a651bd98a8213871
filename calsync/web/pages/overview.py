"""The main view: what to do next, what comes after it, everybody for a coach, and six weeks at a glance."""

from itertools import islice
from typing import Any

from starlette.responses import Response

from calsync.phrase import phrase
from calsync.texts import phrases
from calsync.web import wording
from calsync.web.coach import summarize
from calsync.web.event_card import build_card
from calsync.web.request import PageRequest
from calsync.web.routing import Route, Tab
from calsync.web.weeks import build_weeks
from calsync.workflows.due import Agenda, Due

__all__ = ["ROUTES", "TAB", "overview_values"]


_AFTER = 4
"""Follow-ups below the first."""


def show_overview(request: PageRequest) -> Response:
    """Do next, then the weeks."""
    return request.page("overview.html", **overview_values(request))


def overview_values(request: PageRequest) -> dict[str, Any]:
    """What the template shows."""
    agenda = Agenda(request.context, request.store, request.now, request.candidate)
    waits = list(islice(agenda.due(), _AFTER + 1))
    return {
        "touch": build_card(request, waits[0].planned) if waits else None,
        "rest": [_line(request, due) for due in waits[1:]],
        "is_empty": not waits and next(request.store.interviews(), None) is None,
        "coach": summarize(request),
        "weeks": build_weeks(request),
    }


def _line(request: PageRequest, due: Due) -> dict[str, str]:
    event, interview = due.event, due.interview
    start = event.start.astimezone(request.zone)
    return {
        "path": request.url(f"/event/{due.planned.ref}"),
        "glyph": wording.GLYPHS[event.action],
        "what": phrases.what(event, interview, request.language),
        "company": interview.company,
        "whose": interview.candidate if interview.candidate != request.preferences.candidate.name else "",
        "when": wording.moment(start, request.language),
        "distance": request.say("overdue")
        if due.is_late
        else wording.distance(event.start, request.now, request.zone, request.language),
        "state": "overdue" if due.is_late else event.status,
    }


ROUTES = (Route("GET", "/", show_overview),)
TAB = Tab(10, "/", phrase("Overview"))

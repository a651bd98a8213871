"""The main view: what to do next, what comes after it, everybody for a coach, and six weeks at a glance."""

from itertools import islice
from typing import Any

from starlette.responses import Response

from calsync.store import Planned
from calsync.web import wording
from calsync.web.coach import coach
from calsync.web.touch import touch
from calsync.web.visit import Visit
from calsync.web.ways import Tab, Way
from calsync.web.weeks import weeks
from calsync.web.words import phrase
from calsync.workflows.due import is_touch, waiting

__all__ = ["TAB", "WAYS", "view"]

_AFTER = 4
"""Follow-ups below the first."""


def overview(visit: Visit) -> Response:
    """Do next, then the weeks."""
    return visit.page("overview.html", **view(visit))


def view(visit: Visit) -> dict[str, Any]:
    """What the template shows."""
    coming = list(islice(waiting(visit.store, visit.now, candidate=visit.candidate), _AFTER + 1))
    return {
        "touch": touch(visit, coming[0]) if coming else None,
        "rest": [_line(visit, planned) for planned in coming[1:]],
        "is_empty": not coming and next(visit.store.interviews(), None) is None,
        "coach": coach(visit),
        "weeks": weeks(visit),
    }


def _line(visit: Visit, planned: Planned) -> dict[str, str]:
    event, interview = planned.event, visit.store.interview(planned.event.interview).interview
    start = event.start.astimezone(visit.zone)
    late = is_touch(planned) and event.start < visit.now
    return {
        "path": visit.url(f"/event/{planned.number}"),
        "glyph": wording.GLYPHS[event.action],
        "what": wording.what(event, interview, visit.language),
        "company": interview.company,
        "whose": interview.candidate if interview.candidate != visit.preferences.candidate.name else "",
        "when": wording.moment(start, visit.language),
        "distance": visit.say("overdue")
        if late
        else wording.distance(event.start, visit.now, visit.zone, visit.language),
        "state": "overdue" if late else event.status,
    }


WAYS = (Way("GET", "/", overview),)
TAB = Tab(10, "/", phrase("Overview"))

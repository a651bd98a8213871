"""The main view: what to do next, and six weeks at a glance."""

from typing import Any

from starlette.responses import Response

from calsync.web.visit import Visit
from calsync.web.ways import Tab, Way
from calsync.web.words import phrase

__all__ = ["TAB", "WAYS", "view"]


def overview(visit: Visit) -> Response:
    """Do next, then the weeks."""
    return visit.page("overview.html", **view(visit))


def view(visit: Visit) -> dict[str, Any]:
    """What the template shows."""
    return {"days": list(visit.store.planned(candidate=visit.candidate, limit=1))}


WAYS = (Way("GET", "/", overview),)
TAB = Tab(10, "/", phrase("Overview"))

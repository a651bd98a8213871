"""Taking back the change that a banner told of, as long as nothing came after it."""

from starlette.responses import Response

from calsync.errors import Usage
from calsync.store import Snapshot
from calsync.texts.phrases import what
from calsync.web.request import Banner, PageRequest
from calsync.web.routing import Route
from calsync.web.wording import moment
from calsync.workflows.interviews import undo

__all__ = ["ROUTES"]

_MOST_LINES = 8
_LONGEST = 15
"""Digits of a number of the history."""


def undo_change(request: PageRequest) -> Response:
    """Back to how it was; refused where another change is the last one by now."""
    change = request.field("change")
    if not change.isdecimal() or len(change) > _LONGEST:
        raise Usage(
            request.say("no change is named"),
            remedy=request.say("press Undo in its banner"),
            code="CS-WEB-003",
        )
    done = undo(request.context, request.store, now=request.now, only=int(change))
    label = done.label if done else ""
    lines = _lines(request, done.after) if done else []
    return request.redirect(
        "/", banner=Banner(title=request.say("Taken back: {label}", label=request.say(label)), lines=lines)
    )


def _lines(request: PageRequest, after: Snapshot) -> list[str]:
    """What is pending now for the interviews it touched."""
    interviews = {kept.interview.id: kept.interview for kept in after.interviews}
    return [
        request.say(
            "Now: {name}, {after}",
            name=what(planned.event, interviews[planned.event.interview], request.language),
            after=moment(planned.event.start.astimezone(request.zone), request.language),
        )
        for planned in after.events[:_MOST_LINES]
        if planned.event.interview in interviews
    ]


ROUTES = (Route("POST", "/undo", undo_change),)

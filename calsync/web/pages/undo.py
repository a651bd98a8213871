"""Taking back the change that a banner told of, as long as nothing came after it."""

from starlette.responses import Response

from calsync.errors import Usage
from calsync.store import Snapshot
from calsync.web.app import Way
from calsync.web.request import Notice, Visit
from calsync.web.wording import moment, what
from calsync.workflows.interviews import undo

__all__ = ["WAYS"]

_MOST_LINES = 8
_LONGEST = 15
"""Digits of a number of the history."""


def undone(visit: Visit) -> Response:
    """Back to how it was; refused where another change is the last one by now."""
    change = visit.field("change")
    if not change.isdecimal() or len(change) > _LONGEST:
        raise Usage(
            visit.say("no change is named"), remedy=visit.say("press Undo in its banner"), code="CS-WEB-003"
        )
    done = undo(visit.context, visit.store, now=visit.now, only=int(change))
    label = done.label if done else ""
    lines = _lines(visit, done.after) if done else []
    return visit.see("/", notice=Notice(title=visit.say("Taken back: {label}", label=label), lines=lines))


def _lines(visit: Visit, after: Snapshot) -> list[str]:
    """What is pending now for the interviews it touched."""
    interviews = {kept.interview.id: kept.interview for kept in after.interviews}
    return [
        visit.say(
            "Now: {name}, {after}",
            name=what(planned.event, interviews[planned.event.interview], visit.language),
            after=moment(planned.event.start.astimezone(visit.zone), visit.language),
        )
        for planned in after.events[:_MOST_LINES]
        if planned.event.interview in interviews
    ]


WAYS = (Way("POST", "/undo", undone),)

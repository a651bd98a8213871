"""One follow-up: what to say, what happened, why it is on this date, and how to have it on another."""

from datetime import date
from typing import NamedTuple

from starlette.responses import Response

from calsync.domain import Step
from calsync.errors import BadData, Usage
from calsync.playbooks import advice
from calsync.store import Planned
from calsync.web import wording
from calsync.web.outcomes import outcome_of
from calsync.web.told import notice_of
from calsync.web.touch import Touch, touch
from calsync.web.visit import Visit
from calsync.web.ways import Way
from calsync.workflows.verbs import edit, log

__all__ = ["WAYS"]

_COUNTED: frozenset[Step] = frozenset({"status", "retry", "second", "closing"})
"""Steps that an agreed day takes the place of, if they are next."""
_REFUSED = "CS-LOG-001"


class Pin(NamedTuple):
    """The day and time it has now, on the contact's clock, and the first day that can be picked."""

    day: date
    time: str
    first: date
    city: str


def shown(visit: Visit) -> Response:
    """The card, the reasons with the advice behind them, and the pin."""
    planned = visit.store.event(visit.path["name"])
    card = touch(visit, planned)
    sources = sorted({source for why in card.why for source in why.sources})
    return visit.page(
        "event.html",
        touch=card,
        advice=[(source, text) for source in sources if (text := advice().says(source))],
        pin=_pin(visit, planned, card),
        logged=[
            (
                wording.moment(told.at.astimezone(visit.zone), visit.language),
                wording.outcome_name(told.result, visit.language),
            )
            for told in visit.store.outcomes(planned.event.interview)
        ],
    )


def _pin(visit: Visit, planned: Planned, card: Touch) -> Pin | None:
    """None for what cannot be pinned: only the next follow-up of those that wait for an answer has a day to agree on."""
    pending = [each.event for each in visit.store.planned(interview=planned.event.interview)]
    waits = [event for event in pending if event.step in _COUNTED]
    if not waits or waits[0].uid != planned.event.uid:
        return None
    start = planned.event.start.astimezone(card.interview.zone)
    first = max(visit.now.astimezone(card.interview.zone).date(), card.interview.day)
    return Pin(start.date(), f"{start:%H:%M}", first, wording.city(card.interview.zone))


def logged(visit: Visit) -> Response:
    """Record what happened; refused with the reason, and a button to record it all the same."""
    planned = visit.store.event(visit.path["name"])
    kept = visit.store.interview(planned.event.interview)
    try:
        outcome = outcome_of(visit, kept.interview, planned.event)
        done = log(
            visit.desk, visit.store, kept.number, outcome, now=visit.now, force=visit.field("force") == "yes"
        )
    except BadData as error:
        if error.code != _REFUSED:
            raise
        return visit.page(
            "refusal.html", status=409, reason=error.what, touch=touch(visit, planned), fields=visit.fields
        )
    title = f"{kept.interview.company}: {wording.outcome_name(outcome.result, visit.language)}"
    return visit.see("/", notice=notice_of(visit, done, title))


def pinned(visit: Visit) -> Response:
    """Put the next follow-up on a day, or a day and time, as agreed with them: the record says so, and the plan follows."""
    planned = visit.store.event(visit.path["name"])
    day, time = visit.field("day"), visit.field("time")
    if not day:
        raise Usage(
            visit.say("the day is missing"), remedy=visit.say("go back and fill it in"), code="CS-WEB-006"
        )
    done = edit(
        visit.desk, visit.store, planned.event.interview, {"agreed": f"{day} {time}".strip()}, now=visit.now
    )
    return visit.see("/", notice=notice_of(visit, done, visit.say("The day is kept")))


WAYS = (
    Way("GET", "/event/{name}", shown),
    Way("POST", "/event/{name}/log", logged),
    Way("POST", "/event/{name}/pin", pinned),
)

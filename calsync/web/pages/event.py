"""One follow-up: what to say, what happened, why it is on this date, and how to have it on another."""

from datetime import date

import msgspec
from starlette.responses import Response

from calsync.domain import (
    Step,
)
from calsync.errors import BadData, Usage
from calsync.playbooks import advice
from calsync.store import StoredEvent
from calsync.texts import phrases
from calsync.web import wording
from calsync.web.changes import banner_of
from calsync.web.event_card import EventCard, build_card
from calsync.web.outcome_form import read_outcome
from calsync.web.request import PageRequest
from calsync.web.routing import Route
from calsync.workflows.interviews import edit
from calsync.workflows.outcomes import log

__all__ = ["ROUTES"]


_COUNTED: frozenset[Step] = frozenset({"status", "retry", "second", "closing"})
"""Steps that an agreed day takes the place of, if they are next."""
_REFUSED = "CS-LOG-001"


class PinForm(msgspec.Struct, frozen=True):
    """The day and time it has now, on the contact's clock, and the first day that can be picked."""

    day: date
    time: str
    first: date
    city: str


def show_event(request: PageRequest) -> Response:
    """The card, the reasons with the advice behind them, and the pin."""
    planned = request.store.event(request.path["name"])
    card = build_card(request, planned)
    sources = sorted({source for why in card.why for source in why.sources})
    return request.page(
        "event.html",
        touch=card,
        advice=[(source, text) for source in sources if (text := advice().says(source))],
        pin=_pin(request, planned, card),
        logged=[
            (
                wording.moment(told.at.astimezone(request.zone), request.language),
                wording.outcome_name(told.result, request.language),
            )
            for told in request.store.outcomes(planned.event.interview)
        ],
    )


def _pin(request: PageRequest, planned: StoredEvent, card: EventCard) -> PinForm | None:
    """None for what cannot be pinned: only the next follow-up of those that wait for an answer has a day to agree on."""
    pending = [each.event for each in request.store.planned(interview=planned.event.interview)]
    waits = [event for event in pending if event.step in _COUNTED]
    if not waits or waits[0].uid != planned.event.uid:
        return None
    start = planned.event.start.astimezone(card.interview.zone)
    first = max(request.now.astimezone(card.interview.zone).date(), card.interview.day)
    return PinForm(start.date(), f"{start:%H:%M}", first, phrases.city(card.interview.zone))


def log_outcome(request: PageRequest) -> Response:
    """Record what happened; refused with the reason, and a button to record it all the same."""
    planned = request.store.event(request.path["name"])
    kept = request.store.interview(planned.event.interview)
    try:
        outcome = read_outcome(request, kept.interview, planned.event)
        done = log(
            request.context,
            request.store,
            kept.number,
            outcome,
            now=request.now,
            force=request.field("force") == "yes",
        )
    except BadData as error:
        if error.code != _REFUSED:
            raise
        return request.page(
            "refusal.html",
            status=409,
            reason=error.what,
            touch=build_card(request, planned),
            fields=request.fields,
        )
    title = f"{kept.interview.company}: {wording.outcome_name(outcome.result, request.language)}"
    return request.redirect("/", banner=banner_of(request, done, title))


def pin_event(request: PageRequest) -> Response:
    """Put the next follow-up on a day, or a day and time, as agreed with them: the record says so, and the plan follows."""
    planned = request.store.event(request.path["name"])
    day, time = request.field("day"), request.field("time")
    if not day:
        raise Usage(
            request.say("the day is missing"), remedy=request.say("go back and fill it in"), code="CS-WEB-006"
        )
    done = edit(
        request.context,
        request.store,
        planned.event.interview,
        {"agreed": f"{day} {time}".strip()},
        now=request.now,
    )
    return request.redirect("/", banner=banner_of(request, done, request.say("The day is kept")))


ROUTES = (
    Route("GET", "/event/{name}", show_event),
    Route("POST", "/event/{name}/log", log_outcome),
    Route("POST", "/event/{name}/pin", pin_event),
)

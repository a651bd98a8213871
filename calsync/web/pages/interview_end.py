"""The end of an interview: withdrawn, cancelled, decided or forgotten, with what becomes of its follow-ups told before."""

from collections.abc import Sequence

import msgspec
from starlette.responses import Response

from calsync.domain import Outcome
from calsync.domain.outcome import Result
from calsync.errors import BadData, Usage
from calsync.phrase import phrase
from calsync.store import StoredInterview
from calsync.web.changes import banner_of, changes_of
from calsync.web.request import PageRequest
from calsync.web.routing import Route
from calsync.workflows.interviews import Done, edit, remove
from calsync.workflows.names import find_interview
from calsync.workflows.outcomes import log

__all__ = ["ROUTES"]


_CLOSED = "closed"
_ENDS: Sequence[tuple[str, str, str]] = (
    ("withdrew", phrase("I withdraw"), phrase("You are no longer interested.")),
    (_CLOSED, phrase("It was cancelled, or is over"), phrase("Nothing is said to them; the follow-ups go.")),
    ("rejected", phrase("They said no"), phrase("A courteous note may follow.")),
    ("offer", phrase("They made an offer"), phrase("There is nothing left to follow up.")),
    ("invited", phrase("The next round is agreed"), phrase("Add that round as an interview of its own.")),
)
"""What was meant, its button, and what it means; all but one are outcomes to log."""
_RESULTS: dict[str, Result] = {
    "withdrew": "withdrew",
    "rejected": "rejected",
    "offer": "offer",
    "invited": "invited",
}


class Ending(msgspec.Struct, frozen=True):
    """One way to end it: what would become of the follow-ups, or why it cannot be."""

    name: str
    label: str
    hint: str
    lines: Sequence[str]
    refused: str = ""


def show_endings(request: PageRequest) -> Response:
    """Every way to end it, each with what would happen."""
    kept = find_interview(request.store, request.path["name"])
    return request.page(
        "ending.html",
        interview=kept.interview,
        base=f"/interviews/{kept.interview.id}",
        ends=[_end(request, kept, *each) for each in _ENDS],
    )


def _end(request: PageRequest, kept: StoredInterview, name: str, label: str, hint: str) -> Ending:
    try:
        with request.store.rehearsal():
            lines = changes_of(request, _ended(request, kept, name))
    except BadData as error:
        return Ending(name, label, hint, (), error.what)
    return Ending(name, label, hint, lines or [request.say("Nothing else moves.")])


def _ended(request: PageRequest, kept: StoredInterview, name: str) -> Done:
    if name == _CLOSED:
        return edit(
            request.context, request.store, kept.number, {"status": _CLOSED}, now=request.now, label="close"
        )
    told = Outcome(interview=kept.interview.id, result=_RESULTS[name], at=request.now)
    return log(request.context, request.store, kept.number, told, now=request.now)


def end_interview(request: PageRequest) -> Response:
    """It is over; its page says what became of the follow-ups."""
    kept, name = find_interview(request.store, request.path["name"]), request.field("end")
    label = next((label for known, label, _ in _ENDS if known == name), "")
    if not label:
        raise Usage(
            request.say("nothing was chosen"),
            remedy=request.say("press one of the buttons"),
            code="CS-WEB-004",
        )
    done = _ended(request, kept, name)
    title = f"{kept.interview.company}: {request.say(label)}"
    return request.redirect(f"/interviews/{kept.interview.id}", banner=banner_of(request, done, title))


def ask_removal(request: PageRequest) -> Response:
    """Whether it is to be forgotten."""
    kept = find_interview(request.store, request.path["name"])
    return request.page(
        "removing.html",
        interview=kept.interview,
        base=f"/interviews/{kept.interview.id}",
        pending=sum(1 for _ in request.store.planned(interview=kept.number)),
        logged=len(request.store.outcomes(kept.number)),
    )


def remove_interview(request: PageRequest) -> Response:
    """Forgotten, with all that hangs on it; the banner brings it back."""
    kept = find_interview(request.store, request.path["name"])
    done = remove(request.context, request.store, kept.number, now=request.now)
    title = request.say("Removed: {company}", company=kept.interview.company)
    return request.redirect("/interviews", banner=banner_of(request, done, title))


ROUTES = (
    Route("GET", "/interviews/{name}/end", show_endings),
    Route("POST", "/interviews/{name}/end", end_interview),
    Route("GET", "/interviews/{name}/remove", ask_removal),
    Route("POST", "/interviews/{name}/remove", remove_interview),
)

"""The end of an interview: withdrawn, cancelled, decided or forgotten, with what becomes of its follow-ups told before."""

from collections.abc import Sequence
from typing import NamedTuple

from starlette.responses import Response

from calsync.domain import Outcome
from calsync.domain.outcome import Result
from calsync.errors import BadData, Usage
from calsync.store import Kept
from calsync.web.told import changes_of, notice_of
from calsync.web.visit import Visit
from calsync.web.ways import Way
from calsync.web.words import phrase
from calsync.workflows.verbs import Done, edit, log, remove

__all__ = ["WAYS"]

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


class End(NamedTuple):
    """One way to end it: what would become of the follow-ups, or why it cannot be."""

    name: str
    label: str
    hint: str
    lines: Sequence[str]
    refused: str = ""


def offered(visit: Visit) -> Response:
    """Every way to end it, each with what would happen."""
    kept = visit.store.interview(visit.path["name"])
    return visit.page(
        "ending.html",
        interview=kept.interview,
        base=f"/interviews/{kept.interview.id}",
        ends=[_end(visit, kept, *each) for each in _ENDS],
    )


def _end(visit: Visit, kept: Kept, name: str, label: str, hint: str) -> End:
    try:
        with visit.store.rehearsal():
            lines = changes_of(visit, _ended(visit, kept, name))
    except BadData as error:
        return End(name, label, hint, (), error.what)
    return End(name, label, hint, lines or [visit.say("Nothing else moves.")])


def _ended(visit: Visit, kept: Kept, name: str) -> Done:
    if name == _CLOSED:
        return edit(visit.desk, visit.store, kept.number, {"status": _CLOSED}, now=visit.now, label="close")
    told = Outcome(interview=kept.interview.id, result=_RESULTS[name], at=visit.now)
    return log(visit.desk, visit.store, kept.number, told, now=visit.now)


def ended(visit: Visit) -> Response:
    """It is over; its page says what became of the follow-ups."""
    kept, name = visit.store.interview(visit.path["name"]), visit.field("end")
    label = next((label for known, label, _ in _ENDS if known == name), "")
    if not label:
        raise Usage(
            visit.say("nothing was chosen"), remedy=visit.say("press one of the buttons"), code="CS-WEB-004"
        )
    done = _ended(visit, kept, name)
    title = f"{kept.interview.company}: {visit.say(label)}"
    return visit.see(f"/interviews/{kept.interview.id}", notice=notice_of(visit, done, title))


def asked(visit: Visit) -> Response:
    """Whether it is to be forgotten."""
    kept = visit.store.interview(visit.path["name"])
    return visit.page(
        "removing.html",
        interview=kept.interview,
        base=f"/interviews/{kept.interview.id}",
        pending=sum(1 for _ in visit.store.planned(interview=kept.number)),
        logged=len(visit.store.outcomes(kept.number)),
    )


def removed(visit: Visit) -> Response:
    """Forgotten, with all that hangs on it; the banner brings it back."""
    kept = visit.store.interview(visit.path["name"])
    done = remove(visit.desk, visit.store, kept.number, now=visit.now)
    title = visit.say("Removed: {company}", company=kept.interview.company)
    return visit.see("/interviews", notice=notice_of(visit, done, title))


WAYS = (
    Way("GET", "/interviews/{name}/end", offered),
    Way("POST", "/interviews/{name}/end", ended),
    Way("GET", "/interviews/{name}/remove", asked),
    Way("POST", "/interviews/{name}/remove", removed),
)

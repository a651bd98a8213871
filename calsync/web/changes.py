"""What a change did to the follow-ups, before and after, as the banner of the page that comes next."""

from collections.abc import Iterable, Iterator

from calsync.domain import (
    Add,
    Cancel,
    Change,
    Event,
    Interview,
    Update,
    changes,
)
from calsync.errors import NoInput
from calsync.phrase import phrase
from calsync.texts import note_text
from calsync.texts.phrases import what
from calsync.web.request import Banner, PageRequest
from calsync.web.wording import moment
from calsync.workflows.interviews import Done
from calsync.workflows.replanning import ENDS

__all__ = ["banner_of", "changes_between", "changes_of", "last_change"]


_MOST_LINES = 12


def banner_of(request: PageRequest, done: "Done", title: str) -> Banner:
    """The banner for what a verb did: ``title``, then a line for each follow-up that is new, moved or gone, and Undo."""
    lines = [*changes_of(request, done), *_notes(request, done)]
    return Banner(title=title, lines=lines or [request.say("Nothing else moves.")], undo=last_change(request))


def changes_of(request: PageRequest, done: "Done") -> list[str]:
    """A line for each follow-up that is new, moved or gone."""
    moved = [change for change in done.changes if not _is_over(request, change, done)]
    lines = [_line(request, change, done) for change in moved[:_MOST_LINES]]
    if len(moved) > _MOST_LINES:
        lines.append(request.say("+{count} more", count=len(moved) - _MOST_LINES))
    return lines


def changes_between(request: PageRequest, before: Iterable[Event], after: Iterable[Event]) -> list[str]:
    """The same for all that differs between two plans of everything, one line first that counts."""
    found = changes(before, after)
    return changes_of(request, Done(kept=None, plan=None, changes=found))


def last_change(request: PageRequest) -> int | None:
    """The history's number of the newest change that can be taken back."""
    return next((entry.number for entry in request.store.history(_RECENT) if entry.undoable), None)


_RECENT = 200


def _is_over(request: PageRequest, change: Change, done: "Done") -> bool:
    """A follow-up that leaves the plan because it was done or its time has passed is no news."""
    if not isinstance(change, Cancel):
        return False
    told, event = done.outcome, change.event
    logged = told is not None and told.result not in ENDS and event.step == told.step
    return logged or (event.end <= request.now and event.action in {"ask", "prepare"})


def _line(request: PageRequest, change: Change, done: "Done") -> str:
    interview = _interview(request, change.event.interview, done)
    name = what(change.event, interview, request.language) if interview else change.event.step
    if interview and not (done.kept and done.kept.interview.id == interview.id):
        name = f"{name} ({interview.company})"
    return request.say(_sentence(change), name=name, **_times(request, change))


def _sentence(change: Change) -> str:
    match change:
        case Add():
            return phrase("New: {name}, {after}")
        case Cancel():
            return phrase("No longer: {name}, {before}")
        case Update(before, event) if before.start == event.start:
            return phrase("Changed: {name}, {after}")
        case Update():
            return phrase("Moved: {name}, {before} → {after}")


def _times(request: PageRequest, change: Change) -> dict[str, str]:
    before = change.before if isinstance(change, Update) else change.event
    return {
        "before": moment(before.start.astimezone(request.zone), request.language),
        "after": moment(change.event.start.astimezone(request.zone), request.language),
    }


def _notes(request: PageRequest, done: "Done") -> Iterator[str]:
    for note in done.plan.notes if done.plan else ():
        yield note_text(note, request.language)


def _interview(request: PageRequest, name: str, done: "Done") -> Interview | None:
    if done.kept and done.kept.interview.id == name:
        return done.kept.interview
    try:
        return request.store.interview(name).interview
    except NoInput:  # it was just removed
        return None

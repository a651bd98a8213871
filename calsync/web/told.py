"""What a change did to the follow-ups, before and after, as the banner of the page that comes next."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from calsync.domain import Cancel, Change, Create, Event, Interview, Update
from calsync.errors import NoInput
from calsync.web.notices import Notice
from calsync.web.wording import moment, what
from calsync.web.words import phrase
from calsync.workflows.replanning import ENDS
from calsync.workflows.saying import said

if TYPE_CHECKING:
    from calsync.web.visit import Visit
    from calsync.workflows.verbs import Done

__all__ = ["changes_between", "changes_of", "last_change", "notice_of"]

_MOST_LINES = 12


def notice_of(visit: "Visit", done: "Done", title: str) -> Notice:
    """The banner for what a verb did: ``title``, then a line for each follow-up that is new, moved or gone, and Undo."""
    lines = [*changes_of(visit, done), *_notes(visit, done)]
    return Notice(title=title, lines=lines or [visit.say("Nothing else moves.")], undo=last_change(visit))


def changes_of(visit: "Visit", done: "Done") -> list[str]:
    """A line for each follow-up that is new, moved or gone."""
    moved = [change for change in done.changes if not _is_over(visit, change, done)]
    lines = [_line(visit, change, done) for change in moved[:_MOST_LINES]]
    if len(moved) > _MOST_LINES:
        lines.append(visit.say("+{count} more", count=len(moved) - _MOST_LINES))
    return lines


def changes_between(visit: "Visit", before: Iterable[Event], after: Iterable[Event]) -> list[str]:
    """The same for all that differs between two plans of everything, one line first that counts."""
    from calsync.planner import changes  # noqa: PLC0415  # only for a look
    from calsync.workflows.verbs import Done  # noqa: PLC0415  # as above

    found = changes(before, after)
    return changes_of(visit, Done(kept=None, plan=None, changes=found))


def last_change(visit: "Visit") -> int | None:
    """The history's number of the newest change that can be taken back."""
    return next((entry.number for entry in visit.store.history(_RECENT) if entry.undoable), None)


_RECENT = 200


def _is_over(visit: "Visit", change: Change, done: "Done") -> bool:
    """A follow-up that leaves the plan because it was done or its time has passed is no news."""
    if not isinstance(change, Cancel):
        return False
    told, event = done.outcome, change.event
    logged = told is not None and told.result not in ENDS and event.step == told.step
    return logged or (event.end <= visit.now and event.action in {"ask", "prepare"})


def _line(visit: "Visit", change: Change, done: "Done") -> str:
    interview = _interview(visit, change.event.interview, done)
    name = what(change.event, interview, visit.language) if interview else change.event.step
    if interview and not (done.kept and done.kept.interview.id == interview.id):
        name = f"{name} ({interview.company})"
    return visit.say(_sentence(change), name=name, **_times(visit, change))


def _sentence(change: Change) -> str:
    match change:
        case Create():
            return phrase("New: {name}, {after}")
        case Cancel():
            return phrase("No longer: {name}, {before}")
        case Update(before, event) if before.start == event.start:
            return phrase("Changed: {name}, {after}")
        case Update():
            return phrase("Moved: {name}, {before} → {after}")


def _times(visit: "Visit", change: Change) -> dict[str, str]:
    before = change.before if isinstance(change, Update) else change.event
    return {
        "before": moment(before.start.astimezone(visit.zone), visit.language),
        "after": moment(change.event.start.astimezone(visit.zone), visit.language),
    }


def _notes(visit: "Visit", done: "Done") -> Iterator[str]:
    for note in done.plan.notes if done.plan else ():
        yield said(visit.desk, note)


def _interview(visit: "Visit", name: str, done: "Done") -> Interview | None:
    if done.kept and done.kept.interview.id == name:
        return done.kept.interview
    try:
        return visit.store.interview(name).interview
    except NoInput:  # it was just removed
        return None

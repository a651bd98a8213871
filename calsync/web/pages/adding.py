"""Adding an interview, and changing one: a form, a look at the plan that would come of it, and only then it is saved."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from calsync.domain import Interview, replace
from calsync.errors import BadData
from calsync.intake import Fault
from calsync.store import Kept
from calsync.web.ahead import ahead, notes, told_key, told_record
from calsync.web.coach import clash_line
from calsync.web.fields import LABELS
from calsync.web.record_form import changed, form, name_of, read, refused, shown, typed, was
from calsync.web.told import changes_of, notice_of
from calsync.web.visit import Visit
from calsync.web.ways import Way
from calsync.workflows.clashes import clashes_of, doubled_of
from calsync.workflows.verbs import Done, add, edit

__all__ = ["WAYS"]

_WRONG = 422
_OWN = "own_id"
"""Beside an id: it is the person's own, and not to be counted on where it is taken."""


# A new one


def blank(visit: Visit) -> Response:
    """The empty form; whose it is stands in it where a candidate is chosen."""
    return _form(visit, {"candidate": visit.candidate or ""})


def looked(visit: Visit) -> Response:
    """What was read, and the plan that it would get; nothing is saved yet."""
    sent = typed(visit)
    if visit.field("back"):
        sent.pop("id", None) if not visit.field(_OWN) else None
        return _form(visit, sent)
    interview, _, faults = read(visit, sent)
    if interview is None:
        return _form(visit, sent, faults)
    own = bool(sent.get("id"))
    try:
        with visit.store.rehearsal():
            done = add(visit.desk, visit.store, interview, now=visit.now, id_given=own)
            return _foretold(visit, done, {_OWN: "yes"} if own else {})
    except BadData as error:
        return _form(visit, sent, refused(error))


def added(visit: Visit) -> Response:
    """Save it. The same form twice is one interview: its id was made up when the plan was shown."""
    sent = typed(visit)
    interview, _, faults = read(visit, sent)
    if interview is None:
        return _form(visit, sent, faults)
    known = _known(visit, interview) if sent.get("id") else None
    if known is not None and shown(known.interview) == shown(interview):
        return visit.see(f"/interviews/{interview.id}")
    own = bool(visit.field(_OWN))
    try:
        done = add(visit.desk, visit.store, interview, now=visit.now, id_given=own)
    except BadData as error:
        return _form(visit, sent, refused(error))
    title = visit.say("Added: {company}", company=interview.company)
    name = done.kept.interview.id if done.kept else interview.id
    return visit.see(f"/interviews/{name}", notice=notice_of(visit, done, title))


def _known(visit: Visit, interview: Interview) -> Kept | None:
    taken = visit.store.taken([interview.id])
    return visit.store.interview(interview.id) if taken else None


# One that there is


def opened(visit: Visit) -> Response:
    """The form as the record stands."""
    kept = visit.store.interview(visit.path["name"])
    return _form(visit, shown(kept.interview), kept=kept)


def relooked(visit: Visit) -> Response:
    """What would change, and where the follow-ups would go."""
    kept = visit.store.interview(visit.path["name"])
    record = shown(kept.interview)
    values = changed(typed(visit), was(visit), record)
    if visit.field("back"):
        return _form(visit, record | values, kept=kept)
    interview, given, faults = read(visit, values, record)
    if interview is None:
        return _form(visit, record | values, faults, kept=kept)
    with visit.store.rehearsal():
        done = edit(visit.desk, visit.store, kept.number, given, now=visit.now)
        return _foretold(visit, done, given, kept)


def edited(visit: Visit) -> Response:
    """Save what was changed, and nothing else of the record."""
    kept = visit.store.interview(visit.path["name"])
    record = shown(kept.interview)
    values = changed(typed(visit), was(visit), record)
    interview, given, faults = read(visit, values, record)
    if interview is None:
        return _form(visit, record | values, faults, kept=kept)
    where = f"/interviews/{kept.interview.id}"
    if not given:
        return visit.see(where)
    done = edit(visit.desk, visit.store, kept.number, given, now=visit.now)
    title = visit.say("Changed: {company}", company=interview.company)
    return visit.see(where, notice=notice_of(visit, done, title))


# What both show


def _form(
    visit: Visit, values: Mapping[str, str], faults: Sequence[Fault] = (), *, kept: Kept | None = None
) -> Response:
    before = shown(kept.interview) if kept else None
    return visit.page(
        "record.html",
        status=_WRONG if faults else 200,
        form=form(visit, values, faults, before=before),
        kept=kept,
        base=f"/interviews/{kept.interview.id}" if kept else "/interviews",
    )


def _foretold(visit: Visit, done: Done, sent: Mapping[str, str], before: Kept | None = None) -> Response:
    """The page between the form and saving; called within the rehearsal, as long as all of it can be seen."""
    kept = done.kept
    assert kept is not None  # noqa: S101  # neither verb takes one away
    assert done.plan is not None  # noqa: S101  # as above
    interview, plan = kept.interview, done.plan
    hidden = dict(sent) if before else {**shown(interview), **sent}
    others = tuple(change for change in done.changes if change.event.interview != interview.id)
    values: dict[str, Any] = {
        "interview": interview,
        "hidden": {name_of(key): text for key, text in hidden.items() if text or before},
        "record": told_record(visit, interview, plan),
        "differs": _differs(visit, before.interview, interview) if before else [],
        "lines": ahead(
            visit,
            interview,
            (event for event in plan.events if event.end > visit.now or event.action in {"call", "email"}),
        ),
        "notes": notes(visit, plan),
        "others": changes_of(visit, replace(done, changes=others)),
        "moves": changes_of(visit, done) if before else [],
        "clashes": [
            clash_line(visit, clash)
            for clash in (*clashes_of(visit.store, plan), *doubled_of(visit.store, plan))
        ],
        "kept": before,
        "base": f"/interviews/{before.interview.id}" if before else "/interviews",
    }
    return visit.page("foretold.html", **values)


def _differs(visit: Visit, old: Interview, new: Interview) -> list[tuple[str, str, str]]:
    """Each key that says something else: its name, what it said, what it says."""
    before, after = shown(old), shown(new)
    return [
        (
            visit.say(LABELS[key].label),
            told_key(visit, old, key, before[key]) if before[key] else "–",
            told_key(visit, new, key, after[key]) if after[key] else "–",
        )
        for key in after
        if key in LABELS and before[key] != after[key]
    ]


WAYS = (
    Way("GET", "/interviews/new", blank),
    Way("POST", "/interviews/new", looked),
    Way("POST", "/interviews", added),
    Way("GET", "/interviews/{name}/edit", opened),
    Way("POST", "/interviews/{name}/edit", relooked),
    Way("POST", "/interviews/{name}", edited),
)

"""Adding an interview, and changing one: a form, a look at the plan that would come of it, and only then it is saved."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from calsync.domain import Interview, replace
from calsync.errors import BadData
from calsync.intake import Fault
from calsync.store import StoredInterview
from calsync.web.changes import banner_of, changes_of
from calsync.web.coach import clash_line
from calsync.web.plan_lines import key_in_words, plan_lines, plan_notes, record_lines
from calsync.web.record_fields import LABELS
from calsync.web.record_form import (
    build_form,
    changed_fields,
    faults_of,
    field_name,
    read_fields,
    read_interview,
    read_original,
    record_texts,
)
from calsync.web.request import PageRequest
from calsync.web.routing import Route
from calsync.workflows.agenda import clashes_of, doubled_of
from calsync.workflows.interviews import Done, add, edit
from calsync.workflows.names import find_interview

__all__ = ["ROUTES"]


_WRONG = 422
_OWN = "own_id"
"""Beside an id: it is the person's own, and not to be counted on where it is taken."""


# A new one


def show_new_form(request: PageRequest) -> Response:
    """The empty form; whose it is stands in it where a candidate is chosen."""
    return _form(request, {"candidate": request.candidate or ""})


def preview_new(request: PageRequest) -> Response:
    """What was read, and the plan that it would get; nothing is saved yet."""
    sent = read_fields(request)
    if request.field("back"):
        sent.pop("id", None) if not request.field(_OWN) else None
        return _form(request, sent)
    interview, _, faults = read_interview(request, sent)
    if interview is None:
        return _form(request, sent, faults)
    own = bool(sent.get("id"))
    try:
        with request.store.rehearsal():
            done = add(request.context, request.store, interview, now=request.now, id_given=own)
            return _foretold(request, done, {_OWN: "yes"} if own else {})
    except BadData as error:
        return _form(request, sent, faults_of(error))


def save_new(request: PageRequest) -> Response:
    """Save it. The same form twice is one interview: its id was made up when the plan was shown."""
    sent = read_fields(request)
    interview, _, faults = read_interview(request, sent)
    if interview is None:
        return _form(request, sent, faults)
    known = _known(request, interview) if sent.get("id") else None
    if known is not None and record_texts(known.interview) == record_texts(interview):
        return request.redirect(f"/interviews/{interview.id}")
    own = bool(request.field(_OWN))
    try:
        done = add(request.context, request.store, interview, now=request.now, id_given=own)
    except BadData as error:
        return _form(request, sent, faults_of(error))
    title = request.say("Added: {company}", company=interview.company)
    name = done.kept.interview.id if done.kept else interview.id
    return request.redirect(f"/interviews/{name}", banner=banner_of(request, done, title))


def _known(request: PageRequest, interview: Interview) -> StoredInterview | None:
    taken = request.store.taken([interview.id])
    return request.store.interview(interview.id) if taken else None


# One that there is


def show_edit_form(request: PageRequest) -> Response:
    """The form as the record stands."""
    kept = find_interview(request.store, request.path["name"])
    return _form(request, record_texts(kept.interview), kept=kept)


def preview_edit(request: PageRequest) -> Response:
    """What would change, and where the follow-ups would go."""
    kept = find_interview(request.store, request.path["name"])
    record = record_texts(kept.interview)
    values = changed_fields(read_fields(request), read_original(request), record)
    if request.field("back"):
        return _form(request, record | values, kept=kept)
    interview, given, faults = read_interview(request, values, record)
    if interview is None:
        return _form(request, record | values, faults, kept=kept)
    with request.store.rehearsal():
        done = edit(request.context, request.store, kept.number, given, now=request.now)
        return _foretold(request, done, given, kept)


def save_edit(request: PageRequest) -> Response:
    """Save what was changed, and nothing else of the record."""
    kept = find_interview(request.store, request.path["name"])
    record = record_texts(kept.interview)
    values = changed_fields(read_fields(request), read_original(request), record)
    interview, given, faults = read_interview(request, values, record)
    if interview is None:
        return _form(request, record | values, faults, kept=kept)
    where = f"/interviews/{kept.interview.id}"
    if not given:
        return request.redirect(where)
    done = edit(request.context, request.store, kept.number, given, now=request.now)
    title = request.say("Changed: {company}", company=interview.company)
    return request.redirect(where, banner=banner_of(request, done, title))


# What both show


def _form(
    request: PageRequest,
    values: Mapping[str, str],
    faults: Sequence[Fault] = (),
    *,
    kept: StoredInterview | None = None,
) -> Response:
    before = record_texts(kept.interview) if kept else None
    return request.page(
        "record.html",
        status=_WRONG if faults else 200,
        form=build_form(request, values, faults, before=before),
        kept=kept,
        base=f"/interviews/{kept.interview.id}" if kept else "/interviews",
    )


def _foretold(
    request: PageRequest, done: Done, sent: Mapping[str, str], before: StoredInterview | None = None
) -> Response:
    """The page between the form and saving; called within the rehearsal, as long as all of it can be seen."""
    kept = done.kept
    assert kept is not None  # neither verb takes one away
    assert done.plan is not None  # both verbs plan what they keep
    interview, plan = kept.interview, done.plan
    hidden = dict(sent) if before else {**record_texts(interview), **sent}
    others = tuple(change for change in done.changes if change.event.interview != interview.id)
    values: dict[str, Any] = {
        "interview": interview,
        "hidden": {field_name(key): text for key, text in hidden.items() if text or before},
        "record": record_lines(request, interview, plan),
        "differs": _differs(request, before.interview, interview) if before else [],
        "lines": plan_lines(
            request,
            interview,
            (event for event in plan.events if event.end > request.now or event.action in {"call", "email"}),
        ),
        "notes": plan_notes(request, plan),
        "others": changes_of(request, replace(done, changes=others)),
        "moves": changes_of(request, done) if before else [],
        "clashes": [
            clash_line(request, clash)
            for clash in (*clashes_of(request.store, plan), *doubled_of(request.store, plan))
        ],
        "kept": before,
        "base": f"/interviews/{before.interview.id}" if before else "/interviews",
    }
    return request.page("foretold.html", **values)


def _differs(request: PageRequest, old: Interview, new: Interview) -> list[tuple[str, str, str]]:
    """Each key that says something else: its name, what it said, what it says."""
    before, after = record_texts(old), record_texts(new)
    return [
        (
            request.say(LABELS[key].label),
            key_in_words(request, old, key, before[key]) if before[key] else "–",
            key_in_words(request, new, key, after[key]) if after[key] else "–",
        )
        for key in after
        if key in LABELS and before[key] != after[key]
    ]


ROUTES = (
    Route("GET", "/interviews/new", show_new_form),
    Route("POST", "/interviews/new", preview_new),
    Route("POST", "/interviews", save_new),
    Route("GET", "/interviews/{name}/edit", show_edit_form),
    Route("POST", "/interviews/{name}/edit", preview_edit),
    Route("POST", "/interviews/{name}", save_edit),
)

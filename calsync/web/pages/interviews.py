"""All interviews, the open ones first, and one of them with everything that is known and planned."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.responses import Response

from calsync.domain import Event, Interview, Outcome, Plan, Span, replace
from calsync.domain.outcome import Result
from calsync.errors import BadData, Usage
from calsync.intake import Fault
from calsync.store import StoredEvent, StoredInterview
from calsync.web import wording
from calsync.web.app import Tab, Way
from calsync.web.forms import FIRST, LABELS, MORE, changed, form, name_of, read, refused, shown, typed, was
from calsync.web.pages.event import changes_of, notice_of
from calsync.web.pages.overview import clash_line, coach
from calsync.web.rendering import phrase
from calsync.web.request import Visit
from calsync.workflows.agenda import clashes_of, doubled_of, first_of_each, is_touch
from calsync.workflows.interviews import Done, add, edit, log, remove
from calsync.workflows.saying import is_passed_over, said

__all__ = ["TAB", "WAYS", "Line", "Told", "ahead", "told_key", "told_record"]


# A plan as lines to look through: each follow-up with its time, what it is, and why it is there in short.

if TYPE_CHECKING:
    from calsync.web.request import Visit


_SPANS = {
    "days": (phrase("1 day"), phrase("{count} days")),
    "business_days": (phrase("1 business day"), phrase("{count} business days")),
}
_SAYS_IT = {"agreed", "offset"}


class Line(msgspec.Struct, frozen=True):
    """One follow-up; ``path`` is empty for one that is only thought of."""

    what: str
    glyph: str
    theirs: str
    yours: str
    why: str
    path: str = ""
    tentative: bool = False
    overdue: bool = False


class Told(msgspec.Struct, frozen=True):
    """One key of a record, as a person reads it."""

    key: str
    label: str
    value: str


def ahead(
    visit: "Visit",
    interview: Interview,
    events: Iterable[Event],
    numbers: Mapping[str, int] = MappingProxyType({}),
) -> list[Line]:
    """The follow-ups of an interview; ``numbers`` lead to their pages, by uid."""
    return [_line(visit, interview, event, numbers.get(event.uid)) for event in events]


def _line(visit: "Visit", interview: Interview, event: Event, number: int | None) -> Line:
    clock = interview.zone if event.action in {"call", "email"} else visit.zone
    theirs, yours = wording.in_both(event.start, event.end, clock, visit.zone, visit.language)
    return Line(
        wording.what(event, interview, visit.language),
        wording.GLYPHS[event.action],
        theirs,
        yours,
        _in_short(visit, event),
        visit.url(f"/event/{number}") if number else "",
        event.status == "tentative",
        event.action in {"call", "email"} and event.start < visit.now,
    )


def _in_short(visit: "Visit", event: Event) -> str:
    """What the day counts from, and what it had to leave out."""
    told = [reason for reason in event.trace if reason.rule in _SAYS_IT or is_passed_over(reason)]
    return " ".join(said(visit.context, reason) for reason in told or event.trace[-1:])


def told_record(visit: "Visit", interview: Interview, plan: Plan | None = None) -> list[Told]:
    """What the record says, in full and in the order of the form; what is not given is left out."""
    from calsync.web.forms import shown  # noqa: PLC0415  # that module shows these

    record = shown(interview)
    keys = [field.key for field in (*FIRST, *(each for group in MORE for each in group.fields))]
    return [
        Told(key, visit.say(LABELS[key].label), told_key(visit, interview, key, record[key], plan))
        for key in keys
        if record[key] and (key, record[key]) != ("status", "open") and key != "id"
    ]


def told_key(visit: "Visit", interview: Interview, key: str, value: str, plan: Plan | None = None) -> str:
    """One value for people: days in words, choices by their names."""
    if key == "start":
        return (
            f"{wording.moment(interview.start, visit.language, year=True)} ({wording.city(interview.zone)})"
        )
    if key == "decision" and isinstance(interview.decision, Span):
        days = _span(visit, interview.decision)
        last = plan.decision if plan else None
        return f"{days}: {wording.day(last, visit.language, year=True)}" if last else days
    choices: Mapping[str, str] = dict[str, str](LABELS[key].choices)
    return visit.say(choices[value]) if value in choices else value


def _span(visit: "Visit", span: Span) -> str:
    one, many = _SPANS[span.unit]
    return visit.say(one) if span.count == 1 else visit.say(many, count=span.count)


def notes(visit: "Visit", plan: Plan | None) -> Sequence[str]:
    """What the plan has to say besides."""
    return [said(visit.context, note) for note in plan.notes] if plan else []


_MOST = 200
"""Interviews of one list; whoever has more looks for a name."""
_STATUS: Mapping[str, str] = dict(LABELS["status"].choices)


class Row(msgspec.Struct, frozen=True):
    """One interview in a list; ``next`` is what comes next, empty where nothing does."""

    number: int
    path: str
    title: str
    role: str
    whose: str
    when: str
    status: str
    next: str
    next_path: str
    overdue: bool


def listed(visit: Visit) -> Response:
    """The open ones in order of what comes next, then the others."""
    coming = {each.event.interview: each for each in first_of_each(visit.store, visit.now)}
    find = visit.query("find").strip()
    going: list[StoredInterview] = []
    over: list[StoredInterview] = []
    for kept in visit.store.interviews(candidate=visit.candidate):
        if _is_found(kept, find):
            (going if kept.interview.status == "open" else over).append(kept)
    going.sort(key=lambda kept: _order(kept, coming))
    over.reverse()
    return visit.page(
        "interviews.html",
        going=_rows(visit, going, coming),
        over=_rows(visit, over, coming),
        counts=(len(going), len(over)),
        most=_MOST,
        coach=coach(visit),
        find=find,
    )


def _order(kept: StoredInterview, coming: Mapping[str, StoredEvent]) -> tuple[bool, Any]:
    planned = coming.get(kept.interview.id)
    return (planned is None, planned.event.start if planned else kept.interview.start)


def _is_found(kept: StoredInterview, find: str) -> bool:
    interview = kept.interview
    names = (interview.company, interview.role, interview.contact, interview.candidate)
    return not find or any(find.casefold() in name.casefold() for name in names)


def _rows(visit: Visit, kept: Iterable[StoredInterview], coming: Mapping[str, StoredEvent]) -> list[Row]:
    return [_row(visit, each, coming.get(each.interview.id)) for each in islice(kept, _MOST)]


def _row(visit: Visit, kept: StoredInterview, planned: StoredEvent | None) -> Row:
    interview, language = kept.interview, visit.language
    coming, late = "", False
    if planned is not None:
        late = is_touch(planned) and planned.event.start < visit.now
        when = wording.moment(planned.event.start.astimezone(visit.zone), language)
        coming = f"{when}: {wording.what(planned.event, interview, language)}"
    return Row(
        kept.number,
        visit.url(f"/interviews/{interview.id}"),
        interview.company,
        interview.role,
        "" if interview.candidate == visit.preferences.candidate.name else interview.candidate,
        wording.moment(interview.start, language, year=interview.start.year != visit.today.year),
        visit.say(_STATUS[interview.status]),
        coming,
        visit.url(f"/event/{planned.number}") if planned else "",
        late,
    )


def show(visit: Visit) -> Response:
    """Its record, what is planned, what was logged, and what can be done with it."""
    kept = visit.store.interview(visit.path["name"])
    interview, plan = kept.interview, visit.store.plan(kept.number)
    planned = list(visit.store.planned(interview=kept.number))
    numbers = {each.event.uid: each.number for each in planned}
    return visit.page(
        "interview.html",
        kept=kept,
        interview=interview,
        base=f"/interviews/{interview.id}",
        stands=visit.say(_STATUS[interview.status]),
        distance=wording.distance(interview.start, visit.now, visit.zone, visit.language),
        record=told_record(visit, interview, plan),
        lines=ahead(visit, interview, (each.event for each in planned), numbers),
        notes=notes(visit, plan),
        logged=[
            (
                wording.moment(told.at.astimezone(visit.zone), visit.language, year=True),
                wording.outcome_name(told.result, visit.language),
            )
            for told in visit.store.outcomes(kept.number)
        ],
    )


def reopened(visit: Visit) -> Response:
    """One that had ended goes on."""
    done = edit(visit.context, visit.store, visit.path["name"], {"status": "open"}, now=visit.now)
    kept = done.kept or visit.store.interview(visit.path["name"])
    title = visit.say("{company} is open again", company=kept.interview.company)
    moved = tuple(change for change in done.changes if change.event.end > visit.now)
    return visit.see(
        f"/interviews/{kept.interview.id}", notice=notice_of(visit, replace(done, changes=moved), title)
    )


LISTING = (
    Way("GET", "/interviews", listed),
    Way("GET", "/interviews/{name}", show),
    Way("POST", "/interviews/{name}/reopen", reopened),
)
TAB = Tab(20, "/interviews", phrase("Interviews"))


# Adding an interview, and changing one: a form, a look at the plan that would come of it, and only then it is saved.

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
            done = add(visit.context, visit.store, interview, now=visit.now, id_given=own)
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
        done = add(visit.context, visit.store, interview, now=visit.now, id_given=own)
    except BadData as error:
        return _form(visit, sent, refused(error))
    title = visit.say("Added: {company}", company=interview.company)
    name = done.kept.interview.id if done.kept else interview.id
    return visit.see(f"/interviews/{name}", notice=notice_of(visit, done, title))


def _known(visit: Visit, interview: Interview) -> StoredInterview | None:
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
        done = edit(visit.context, visit.store, kept.number, given, now=visit.now)
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
    done = edit(visit.context, visit.store, kept.number, given, now=visit.now)
    title = visit.say("Changed: {company}", company=interview.company)
    return visit.see(where, notice=notice_of(visit, done, title))


# What both show


def _form(
    visit: Visit,
    values: Mapping[str, str],
    faults: Sequence[Fault] = (),
    *,
    kept: StoredInterview | None = None,
) -> Response:
    before = shown(kept.interview) if kept else None
    return visit.page(
        "record.html",
        status=_WRONG if faults else 200,
        form=form(visit, values, faults, before=before),
        kept=kept,
        base=f"/interviews/{kept.interview.id}" if kept else "/interviews",
    )


def _foretold(
    visit: Visit, done: Done, sent: Mapping[str, str], before: StoredInterview | None = None
) -> Response:
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


ADDING = (
    Way("GET", "/interviews/new", blank),
    Way("POST", "/interviews/new", looked),
    Way("POST", "/interviews", added),
    Way("GET", "/interviews/{name}/edit", opened),
    Way("POST", "/interviews/{name}/edit", relooked),
    Way("POST", "/interviews/{name}", edited),
)


# The end of an interview: withdrawn, cancelled, decided or forgotten, with what becomes of its follow-ups told before.

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


class End(msgspec.Struct, frozen=True):
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


def _end(visit: Visit, kept: StoredInterview, name: str, label: str, hint: str) -> End:
    try:
        with visit.store.rehearsal():
            lines = changes_of(visit, _ended(visit, kept, name))
    except BadData as error:
        return End(name, label, hint, (), error.what)
    return End(name, label, hint, lines or [visit.say("Nothing else moves.")])


def _ended(visit: Visit, kept: StoredInterview, name: str) -> Done:
    if name == _CLOSED:
        return edit(
            visit.context, visit.store, kept.number, {"status": _CLOSED}, now=visit.now, label="close"
        )
    told = Outcome(interview=kept.interview.id, result=_RESULTS[name], at=visit.now)
    return log(visit.context, visit.store, kept.number, told, now=visit.now)


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
    done = remove(visit.context, visit.store, kept.number, now=visit.now)
    title = visit.say("Removed: {company}", company=kept.interview.company)
    return visit.see("/interviews", notice=notice_of(visit, done, title))


ENDING = (
    Way("GET", "/interviews/{name}/end", offered),
    Way("POST", "/interviews/{name}/end", ended),
    Way("GET", "/interviews/{name}/remove", asked),
    Way("POST", "/interviews/{name}/remove", removed),
)


WAYS = (*ADDING, *ENDING, *LISTING)

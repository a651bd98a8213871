"""A plan as lines to look through: each follow-up with its time, what it is, and why it is there in short."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from calsync.domain import Event, Interview, Plan, Span
from calsync.web import wording
from calsync.web.fields import FIRST, LABELS, MORE
from calsync.web.words import phrase
from calsync.workflows.saying import is_passed_over, said

if TYPE_CHECKING:
    from calsync.web.visit import Visit

__all__ = ["Line", "Told", "ahead", "told_key", "told_record"]

_SPANS = {
    "days": (phrase("1 day"), phrase("{count} days")),
    "business_days": (phrase("1 business day"), phrase("{count} business days")),
}
_SAYS_IT = {"agreed", "offset"}


class Line(NamedTuple):
    """One follow-up; ``path`` is empty for one that is only thought of."""

    what: str
    glyph: str
    theirs: str
    yours: str
    why: str
    path: str = ""
    tentative: bool = False
    overdue: bool = False


class Told(NamedTuple):
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
    return " ".join(said(visit.desk, reason) for reason in told or event.trace[-1:])


def told_record(visit: "Visit", interview: Interview, plan: Plan | None = None) -> list[Told]:
    """What the record says, in full and in the order of the form; what is not given is left out."""
    from calsync.web.record_form import shown  # noqa: PLC0415  # that module shows these

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
    return [said(visit.desk, note) for note in plan.notes] if plan else []

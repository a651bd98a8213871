"""A plan as lines to look through, each follow-up with its time, what it is and why in short; and a record in words."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import msgspec

from calsync.domain import Event, Interview, Plan, Span
from calsync.texts import note_text, passes_over, phrases, reason_text
from calsync.web import wording
from calsync.web.record_fields import FIRST, LABELS, MORE
from calsync.web.record_form import record_texts
from calsync.web.request import PageRequest

__all__ = ["PlanLine", "RecordLine", "key_in_words", "plan_lines", "plan_notes", "record_lines"]


_SAYS_IT = {"agreed", "offset"}


class PlanLine(msgspec.Struct, frozen=True):
    """One follow-up; ``path`` is empty for one that is only thought of."""

    what: str
    glyph: str
    theirs: str
    yours: str
    why: str
    path: str = ""
    tentative: bool = False
    overdue: bool = False


class RecordLine(msgspec.Struct, frozen=True):
    """One key of a record, as a person reads it."""

    key: str
    label: str
    value: str


def plan_lines(
    request: PageRequest,
    interview: Interview,
    events: Iterable[Event],
    refs: Mapping[str, str] = MappingProxyType({}),
) -> list[PlanLine]:
    """The follow-ups of an interview; ``refs`` lead to their pages, by uid."""
    return [_line(request, interview, event, refs.get(event.uid)) for event in events]


def _line(request: PageRequest, interview: Interview, event: Event, ref: str | None) -> PlanLine:
    clock = interview.zone if event.action in {"call", "email"} else request.zone
    theirs, yours = wording.in_both(event.start, event.end, clock, request.zone, request.language)
    return PlanLine(
        phrases.what(event, interview, request.language),
        wording.GLYPHS[event.action],
        theirs,
        yours,
        _in_short(request, event),
        request.url(f"/event/{ref}") if ref else "",
        event.status == "tentative",
        event.action in {"call", "email"} and event.start < request.now,
    )


def _in_short(request: PageRequest, event: Event) -> str:
    """What the day counts from, and what it had to leave out."""
    told = [reason for reason in event.trace if reason.rule in _SAYS_IT or passes_over(reason)]
    return " ".join(reason_text(reason, request.language) for reason in told or event.trace[-1:])


def record_lines(request: PageRequest, interview: Interview, plan: Plan | None = None) -> list[RecordLine]:
    """What the record says, in full and in the order of the form; what is not given is left out."""
    record = record_texts(interview)
    keys = [field.key for field in (*FIRST, *(each for group in MORE for each in group.fields))]
    return [
        RecordLine(
            key, request.say(LABELS[key].label), key_in_words(request, interview, key, record[key], plan)
        )
        for key in keys
        if record[key] and (key, record[key]) != ("status", "open") and key != "id"
    ]


def key_in_words(
    request: PageRequest, interview: Interview, key: str, value: str, plan: Plan | None = None
) -> str:
    """One value for people: days in words, choices by their names."""
    if key == "start":
        return (
            f"{wording.moment(interview.start, request.language, year=True)} ({phrases.city(interview.zone)})"
        )
    if key == "decision" and isinstance(interview.decision, Span):
        days = phrases.value(interview.decision, request.language)
        last = plan.decision if plan else None
        return f"{days}: {wording.day(last, request.language, year=True)}" if last else days
    choices: Mapping[str, str] = dict[str, str](LABELS[key].choices)
    return request.say(choices[value]) if value in choices else value


def plan_notes(request: PageRequest, plan: Plan | None) -> Sequence[str]:
    """What the plan has to say besides."""
    return [note_text(note, request.language) for note in plan.notes] if plan else []

"""Plans for programs: the JSON of ``--json``; see README for the contract."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from calsync.domain import Event, Outcome, Reason, Span
from calsync.workflows import Desk
from calsync.workflows.plans import Numbered
from calsync.workflows.saying import said, worded_event

if TYPE_CHECKING:
    from calsync.store import Entry, Kept, Planned, Store

__all__ = [
    "SCHEMA",
    "agenda_document",
    "agenda_records",
    "document",
    "event_record",
    "history_document",
    "interviews_document",
    "listed",
    "plans_document",
    "shown_document",
    "why_document",
]

SCHEMA = 1


def document(**values: object) -> str:
    """A whole document on one line."""
    return json.dumps({"schema": SCHEMA, **values}, ensure_ascii=False)


def listed(name: str, records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A document of one list, a record at a time."""
    yield f'{{"schema": {SCHEMA},\n "{name}": ['
    for number, record in enumerate(records):
        yield ("," if number else "") + "\n  " + json.dumps(record, ensure_ascii=False)
    yield "]}\n"


def plans_document(desk: Desk, plans: Iterable[Numbered]) -> Iterator[str]:
    """The document of ``plan --json``, an interview at a time."""
    return listed("interviews", (_plan(desk, each) for each in plans))


def why_document(desk: Desk, events: Iterable[tuple[Numbered, Event]]) -> Iterator[str]:
    """The document of ``why --json``: the events that were asked for."""
    return listed("events", _explained(desk, events))


def interviews_document(kept: "Iterable[Kept]") -> Iterator[str]:
    """The document of ``list --json``, an interview at a time."""
    return listed("interviews", (_kept(each) for each in kept))


def shown_document(desk: Desk, kept: "Kept", told: Numbered | None, outcomes: Iterable[Outcome]) -> str:
    """The document of ``show --json``."""
    return document(
        interview=_kept(kept),
        events=_plan(desk, told)["events"] if told else [],
        outcomes=[_outcome(outcome) for outcome in outcomes],
    )


def agenda_document(desk: Desk, store: "Store", planned: "Iterable[Planned]") -> str:
    """The document of ``next --json`` and ``today --json``."""
    return document(events=agenda_records(desk, store, planned))


def agenda_records(desk: Desk, store: "Store", planned: "Iterable[Planned]") -> list[dict[str, Any]]:
    """Follow-ups of many interviews, each with the id of its own."""
    return [_planned(desk, store, each) for each in planned]


def history_document(entries: "Iterable[Entry]") -> str:
    """The document of ``history --json``."""
    changes = [
        {"number": each.number, "at": each.at.isoformat(), "label": each.label, "undone": _iso(each.undone)}
        for each in entries
    ]
    return document(changes=changes)


def _explained(desk: Desk, events: Iterable[tuple[Numbered, Event]]) -> Iterator[dict[str, Any]]:
    for told, its in groupby(events, itemgetter(0)):
        (plan,) = desk.worded([told.plan])
        worded = {event.uid: event for event in plan.events}
        for _, event in its:
            yield event_record(desk, worded[event.uid], told.numbers.get(event.uid))


def _kept(kept: "Kept") -> dict[str, Any]:
    from calsync.intake import as_record  # noqa: PLC0415  # plans are written without

    return {"number": kept.number, **as_record(kept.interview)}


def _planned(desk: Desk, store: "Store", planned: "Planned") -> dict[str, Any]:
    plan = store.plan(planned.event.interview)
    event = worded_event(desk, plan, planned.event) if plan else planned.event
    return {**event_record(desk, event, planned.number), "interview": event.interview}


def _outcome(outcome: Outcome) -> Mapping[str, Any]:
    decision = outcome.decision
    return {
        "result": outcome.result,
        "at": outcome.at.isoformat(),
        "step": outcome.step,
        "next": _iso(outcome.next),
        "decision": str(decision) if isinstance(decision, Span) else _iso(decision),
        "by": _iso(outcome.by),
    }


def _plan(desk: Desk, told: Numbered) -> dict[str, Any]:
    """One interview with its events."""
    (plan,) = desk.worded([told.plan])
    interview = plan.interview
    return {
        "id": interview.id,
        "candidate": interview.candidate,
        "company": interview.company,
        "role": interview.role,
        "start": interview.start.isoformat(),
        "end": interview.end.isoformat(),
        "timezone": interview.timezone,
        "playbook": plan.playbook,
        "decision": _iso(plan.decision),
        "agreed": _iso(plan.agreed),
        "status": interview.status,
        "events": [event_record(desk, event, told.numbers.get(event.uid)) for event in plan.events],
        "notes": [f"{note.step}: {said(desk, note)}" for note in plan.notes],
    }


def event_record(desk: Desk, event: Event, number: int | None = None) -> dict[str, Any]:
    """One follow-up; ``number`` is the short one that lists show."""
    record: dict[str, Any] = {
        "uid": event.uid,
        "step": event.step,
        "action": event.action,
        "status": event.status,
        "summary": event.summary,
        "start": event.start.isoformat(),
        "end": event.end.isoformat(),
        "timezone": event.timezone,
        "earliest": event.earliest.isoformat(),
        "preferred": event.preferred.isoformat(),
        "latest": event.latest.isoformat(),
        "late": event.late,
        "overdue": event.overdue,
        "alarms": list(event.alarms),
        "number": number,
        "description": event.description,
        "trace": [_reason(desk, reason) for reason in event.trace],
    }
    if event.step == "thank-you":
        person = event.person
        record["person"] = person.name or person.email if person else ""
    return record


def _reason(desk: Desk, reason: Reason) -> Mapping[str, Any]:
    return {
        "rule": reason.rule,
        "from": _iso(reason.before),
        "to": _iso(reason.after),
        "text": said(desk, reason),
        "source": list(reason.source),
    }


def _iso(moment: date | datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()

"""Plans for programs: the JSON of ``--json``; see README for the contract."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from calsync.domain import Event, Outcome, Plan, Reason, Span
from calsync.intake import as_record
from calsync.store import Entry, Kept, Planned, Store
from calsync.workflows import Desk

__all__ = ["SCHEMA", "event_record", "plan_record", "plans_document", "why_document"]

SCHEMA = 1


def plans_document(plans: Iterable[Plan]) -> Iterator[str]:
    """The document of ``plan --json``, an interview at a time."""
    yield f'{{"schema": {SCHEMA},\n "interviews": ['
    for number, plan in enumerate(plans):
        yield ("," if number else "") + "\n  " + json.dumps(plan_record(plan), ensure_ascii=False)
    yield "]}\n"


def why_document(events: Iterable[Event]) -> str:
    """The document of ``why --json``: the events that were asked for."""
    return json.dumps(
        {"schema": SCHEMA, "events": [event_record(event) for event in events]}, ensure_ascii=False
    )


def interviews_document(kept: Iterable[Kept]) -> Iterator[str]:
    """The document of ``list --json``, an interview at a time."""
    yield f'{{"schema": {SCHEMA},\n "interviews": ['
    for number, each in enumerate(kept):
        record = {"number": each.number, **as_record(each.interview)}
        yield ("," if number else "") + "\n  " + json.dumps(record, ensure_ascii=False)
    yield "]}\n"


def shown_document(kept: Kept, plan: Plan | None, outcomes: Iterable[Outcome]) -> str:
    """The document of ``show --json``."""
    document = {
        "schema": SCHEMA,
        "interview": {"number": kept.number, **as_record(kept.interview)},
        "events": [event_record(event) for event in plan.events] if plan else [],
        "outcomes": [_outcome(outcome) for outcome in outcomes],
    }
    return json.dumps(document, ensure_ascii=False)


def agenda_document(desk: Desk, store: Store, planned: Iterable[Planned]) -> str:
    """The document of ``next --json`` and ``today --json``."""
    events = []
    for each in planned:
        interview = store.interview(each.event.interview).interview
        worded = desk.worded_event(interview, each.event)
        events.append({**event_record(worded, each.number), "interview": interview.id})
    return json.dumps({"schema": SCHEMA, "events": events}, ensure_ascii=False)


def history_document(entries: Iterable[Entry]) -> str:
    """The document of ``history --json``."""
    changes = [
        {"number": each.number, "at": each.at.isoformat(), "label": each.label, "undone": _iso(each.undone)}
        for each in entries
    ]
    return json.dumps({"schema": SCHEMA, "changes": changes}, ensure_ascii=False)


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


def plan_record(plan: Plan) -> dict[str, Any]:
    """One interview with its events."""
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
        "agreed": _iso(interview.agreed),
        "status": interview.status,
        "events": [event_record(event) for event in plan.events],
        "notes": [f"{note.step}: {note.text}" for note in plan.notes],
    }


def event_record(event: Event, number: int | None = None) -> dict[str, Any]:
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
        "trace": [_reason(reason) for reason in event.trace],
    }
    if event.step == "thank-you":
        person = event.person
        record["person"] = person.name or person.email if person else ""
    return record


def _reason(reason: Reason) -> Mapping[str, Any]:
    return {
        "rule": reason.rule,
        "from": _iso(reason.before),
        "to": _iso(reason.after),
        "text": reason.text,
        "source": list(reason.source),
    }


def _iso(moment: date | datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()

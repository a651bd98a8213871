"""Plans for programs: the JSON of ``--json``; see README for the contract."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from calsync.domain import Event, Outcome, Plan, Reason, Span
from calsync.texts import note_text, reason_text, render_plan
from calsync.texts.languages import language_of
from calsync.workflows import Context
from calsync.workflows.plans import Numbered

if TYPE_CHECKING:
    from calsync.store import HistoryEntry, Store, StoredEvent, StoredInterview
    from calsync.workflows.due import Due

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


def plans_document(context: Context, plans: Iterable[Numbered]) -> Iterator[str]:
    """The document of ``plan --json``, an interview at a time."""
    return listed("interviews", (_plan(context, each) for each in plans))


def why_document(context: Context, events: Iterable[tuple[Numbered, Event]]) -> Iterator[str]:
    """The document of ``why --json``: the events that were asked for."""
    return listed("events", _explained(context, events))


def interviews_document(kept: "Iterable[StoredInterview]") -> Iterator[str]:
    """The document of ``list --json``, an interview at a time."""
    return listed("interviews", (_kept(each) for each in kept))


def shown_document(
    context: Context, kept: "StoredInterview", told: Numbered | None, outcomes: Iterable[Outcome]
) -> str:
    """The document of ``show --json``."""
    return document(
        interview=_kept(kept),
        events=_plan(context, told)["events"] if told else [],
        outcomes=[_outcome(outcome) for outcome in outcomes],
    )


def agenda_document(context: Context, store: "Store", due: "Iterable[Due]") -> str:
    """The document of ``next --json`` and ``today --json``: in the order in which to do it, each as it stands now."""
    return document(events=[_due(context, store, each) for each in due])


def _due(context: Context, store: "Store", due: "Due") -> dict[str, Any]:
    return {**_planned(context, store, due.planned), "state": due.state, "next_slot": _iso(due.next_slot)}


def agenda_records(
    context: Context, store: "Store", planned: "Iterable[StoredEvent]"
) -> list[dict[str, Any]]:
    """Follow-ups of many interviews, each with the id of its own."""
    return [_planned(context, store, each) for each in planned]


def history_document(entries: "Iterable[HistoryEntry]") -> str:
    """The document of ``history --json``."""
    changes = [
        {"number": each.number, "at": each.at.isoformat(), "label": each.label, "undone": _iso(each.undone)}
        for each in entries
    ]
    return document(changes=changes)


def _explained(context: Context, events: Iterable[tuple[Numbered, Event]]) -> Iterator[dict[str, Any]]:
    for told, its in groupby(events, itemgetter(0)):
        texts = {event.uid: event for event in _with_texts(context, told.plan).events}
        for _, event in its:
            yield event_record(context, texts[event.uid], told.refs.get(event.uid))


def _kept(kept: "StoredInterview") -> dict[str, Any]:
    from calsync.intake import as_record  # noqa: PLC0415  # 26 ms, for records only

    return {"number": kept.number, **as_record(kept.interview)}


def _planned(context: Context, store: "Store", planned: "StoredEvent") -> dict[str, Any]:
    plan = store.plan(planned.event.interview)
    event = planned.event
    if plan is not None:
        event = next((one for one in _with_texts(context, plan).events if one.uid == event.uid), event)
    return {**event_record(context, event, planned.ref), "interview": event.interview}


def _with_texts(context: Context, plan: Plan) -> Plan:
    return render_plan(plan, context.preferences, context.words)


def _outcome(outcome: Outcome) -> Mapping[str, Any]:
    decision = outcome.decision
    return {
        "result": outcome.result,
        "at": outcome.at.isoformat(),
        "step": outcome.step,
        "next": _iso(outcome.next),
        "decision": str(decision) if isinstance(decision, Span) else _iso(decision),
        "by": _iso(outcome.by),
        "until": _iso(outcome.until),
        "to": _iso(outcome.to),
        "note": outcome.note,
    }


def _plan(context: Context, told: Numbered) -> dict[str, Any]:
    """One interview with its events."""
    plan = _with_texts(context, told.plan)
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
        "country": plan.country or None,
        "region": plan.region,
        "country_from": plan.country_from,
        "decision": _iso(plan.decision),
        "agreed": _iso(plan.agreed),
        "status": interview.status,
        "events": [event_record(context, event, told.refs.get(event.uid)) for event in plan.events],
        "notes": [f"{note.step}: {note_text(note, language_of(context.language))}" for note in plan.notes],
    }


def event_record(context: Context, event: Event, ref: str | None = None) -> dict[str, Any]:
    """One follow-up; ``ref`` is what lists call it, and ``number`` the part of it within the interview."""
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
        "ref": ref,
        "number": int(ref.partition(".")[2]) if ref else None,
        "description": event.description,
        "trace": [_reason(context, reason) for reason in event.trace],
    }
    if event.step == "thank-you":
        person = event.person
        record["person"] = person.name or person.email if person else ""
    return record


def _reason(context: Context, reason: Reason) -> Mapping[str, Any]:
    return {
        "rule": reason.rule,
        "from": _iso(reason.before),
        "to": _iso(reason.after),
        "text": reason_text(reason, language_of(context.language)),
        "source": list(reason.source),
    }


def _iso(moment: date | datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()

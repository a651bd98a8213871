"""The last plan of each interview, event by event, so that nothing is planned again to be looked at.

An event that was ever planned keeps its row in ``event``: its number within its
interview, and a sequence that goes up whenever something in ``SHOWN`` changes.
What is pending now stands in ``planned``, ordered by an index on the instant it
starts, with what lists ask of it in columns.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from json import loads
from math import ceil
from typing import Any, NamedTuple

from calsync.domain import Event, Plan
from calsync.errors import BadData, NoInput
from calsync.phrase import phrase
from calsync.store.codec import Shape, Unreadable
from calsync.store.interviews import (
    allot,
    among,
    batches,
    from_seconds,
    number_of_id,
    numbers_of,
    refuse_missed,
    seconds,
    streamed,
)
from calsync.store.records import StoredEvent, StoredInterview, StoredPlan

__all__ = [
    "SHOWN",
    "EventRow",
    "Rows",
    "ahead",
    "condition",
    "event_called",
    "first_of_each",
    "one_planned",
    "present",
    "read_plan",
    "read_planned",
    "read_plans",
    "row_of",
    "settle",
    "wanted",
]

SHOWN = ("action", "status", "start", "end", "alarms", "location", "url", "summary", "description")
"""What a calendar shows of an event; a change in any of these raises the sequence."""

_REF = re.compile(r"([0-9]{1,18})\.([0-9]{1,18})")
_PLAN = Shape(Plan, "interview", "events")
_EVENT = Shape(Event, "uid", "interview")
_PLANNED = (
    "SELECT p.interview, e.within, e.uid, i.id, e.sequence, e.created, e.stamp, p.record FROM planned p"
    " JOIN event e ON e.number = p.event JOIN interview i ON i.number = p.interview"
)
_IN_TIME = " ORDER BY p.instant, p.event"
_NEWEST_FIRST = " ORDER BY p.instant DESC, p.event DESC"
_COLUMNS = "instant, step, action, person, record"
"""Of what is planned; ``EventRow`` in SQL."""


class EventRow(NamedTuple):
    """A planned event as its row: ``record`` says all, the others what is asked for in SQL."""

    instant: int
    step: str
    action: str
    person: str
    record: str


class Rows:
    """A plan as rows: ``plan`` is (basis, record) or None; ``events`` stand by event number."""

    __slots__ = ("events", "plan")

    def __init__(
        self, plan: tuple[str, str] | None = None, events: dict[int, EventRow] | None = None
    ) -> None:
        self.plan = plan
        self.events = {} if events is None else events

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows) and (self.plan, self.events) == (other.plan, other.events)

    __hash__ = None  # type: ignore[assignment]  # they are filled while they are known


def wanted(
    connection: sqlite3.Connection, plans: Sequence[Plan], basis: str, at: datetime
) -> tuple[dict[int, Rows], set[int]]:
    """What the rows should be, by interview number, and the events that are planned for the first time."""
    numbers = _numbered(connection, plans)
    uids = [event.uid for plan in plans for event in plan.events]
    events, fresh = _identified(connection, uids, at)
    rows = {
        number: Rows((basis, _PLAN.dump(plan)), {events[event.uid]: _row(event) for event in plan.events})
        for number, plan in zip(numbers, plans, strict=True)
    }
    return rows, fresh


def present(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, Rows]:
    """What the rows are now, by interview number."""
    found = {number: Rows() for number in numbers}
    for number, *plan in among(
        connection, "SELECT interview, basis, record FROM plan WHERE interview IN", numbers
    ):
        found[number].plan = (plan[0], plan[1])
    query = f"SELECT interview, event, {_COLUMNS} FROM planned WHERE interview IN"
    for number, event, *row in among(connection, query, numbers):
        found[number].events[event] = EventRow(*row)
    return found


def settle(
    connection: sqlite3.Connection,
    old: Mapping[int, Rows],
    new: Mapping[int, Rows],
    at: datetime,
    fresh: Iterable[int] = (),
) -> None:
    """Make ``old`` into ``new``, touching only what differs; what a calendar shows anew goes up by one."""
    pairs = [(number, old[number], rows) for number, rows in new.items()]
    connection.executemany("DELETE FROM planned WHERE event = ?", _gone(pairs))
    connection.executemany(
        "DELETE FROM plan WHERE interview = ?", ((n,) for n, _, rows in pairs if not rows.plan)
    )
    connection.executemany(
        "INSERT INTO plan (interview, basis, record) VALUES (?, ?, ?)"
        " ON CONFLICT (interview) DO UPDATE SET basis = excluded.basis, record = excluded.record",
        ((n, *rows.plan) for n, was, rows in pairs if rows.plan and rows.plan != was.plan),
    )
    connection.executemany(
        f"INSERT INTO planned (event, interview, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((event, n, *row) for n, was, rows in pairs for event, row in _differing(was, rows)),
    )
    _raise_sequences(connection, pairs, set(fresh), at)
    _number_within(connection, [number for number, _, rows in pairs if rows.events])


def read_plan(connection: sqlite3.Connection, kept: StoredInterview) -> Plan | None:
    """The last plan of an interview, with its events."""
    row = connection.execute("SELECT record FROM plan WHERE interview = ?", (kept.number,)).fetchone()
    if row is None:
        return None
    events = tuple(each.event for each in read_planned(connection, "p.interview = ?", (kept.number,)))
    return _PLAN.load(row[0], interview=kept.interview, events=events)


def read_plans(connection: sqlite3.Connection, kept: Iterable[StoredInterview]) -> Iterator[StoredPlan]:
    """The last plan of each of these interviews that has one, some hundreds at a time."""
    for batch in batches(kept):
        numbers = [each.number for each in batch]
        records = dict(among(connection, "SELECT interview, record FROM plan WHERE interview IN", numbers))
        events: dict[str, list[StoredEvent]] = {each.interview.id: [] for each in batch}
        for row in among(connection, f"{_PLANNED} WHERE p.interview IN", numbers, _IN_TIME):
            planned = _planned(row)
            events[planned.event.interview].append(planned)
        for each in batch:
            if each.number in records:
                yield _kept_plan(each, records[each.number], events[each.interview.id])


def _kept_plan(kept: StoredInterview, record: str, planned: list[StoredEvent]) -> StoredPlan:
    plan = _PLAN.load(record, interview=kept.interview, events=tuple(each.event for each in planned))
    return StoredPlan(kept=kept, plan=plan, refs={each.event.uid: each.ref for each in planned})


def read_planned(
    connection: sqlite3.Connection,
    where: str,
    values: Sequence[object],
    limit: int | None = None,
    *,
    newest_first: bool = False,
) -> Iterator[StoredEvent]:
    """Planned events, the earliest start first, or the latest; ``where`` is SQL of ours, never input."""
    order = _NEWEST_FIRST if newest_first else _IN_TIME
    query = f"{_PLANNED} WHERE {where}{order} LIMIT ?"
    return map(_planned, streamed(connection.execute(query, (*values, -1 if limit is None else limit))))


def condition(
    since: datetime | None,
    until: datetime | None,
    candidate: str | None,
    interview: int | None,
    actions: Sequence[str] = (),
) -> tuple[str, list[object]]:
    """SQL and its values for those of the conditions that are given."""
    given = [
        (text, value)
        for text, value in (
            ("p.instant >= ?", None if since is None else ceil(since.timestamp())),
            ("p.instant < ?", None if until is None else ceil(until.timestamp())),
            ("i.candidate = ?", candidate),
            ("p.interview = ?", interview),
        )
        if value is not None
    ]
    does, spelled = _does(actions)
    texts = [*(text for text, _ in given), *([does] if actions else [])]
    return " AND ".join(texts) or "1", [*(value for _, value in given), *spelled]


def first_of_each(
    candidate: str | None, since: datetime | None, always: Sequence[str]
) -> tuple[str, list[object]]:
    """SQL and its values for the first event ``ahead`` of each interview; of one candidate, or all.

    With min(), SQLite takes the other columns from the row that has it (sqlite.org/lang_select.html, 2.5).
    """
    coming, values = ahead(since, always)
    found = (
        f"SELECT p.event, min(p.instant) FROM planned p WHERE {coming} AND p.interview IN"
        " (SELECT number FROM interview WHERE ? IS NULL OR candidate = ?) GROUP BY p.interview"
    )
    return f"p.event IN (SELECT event FROM ({found}))", [*values, candidate, candidate]


def ahead(since: datetime | None, always: Sequence[str]) -> tuple[str, list[object]]:
    """SQL and its values for what starts from ``since`` on, and for these actions whenever they do."""
    if since is None:
        return "1", []
    does, spelled = _does(always)
    return f"(p.instant >= ? OR {does})", [ceil(since.timestamp()), *spelled]


def _does(actions: Sequence[str]) -> tuple[str, list[str]]:
    """SQL and its values for events of these actions."""
    return f"p.action IN ({', '.join('?' * len(actions))})", list(actions)


def one_planned(connection: sqlite3.Connection, name: str) -> StoredEvent:
    """The planned event called ``name``. Raises NoInput, also for one that is done or dropped; BadData."""
    number = _event_number(connection, name)
    found = list(read_planned(connection, "p.event = ?", (number,)))
    if not found:
        refuse_missed(connection, "planned", "event", number)
        raise _no_event(name, phrase("that follow-up is done or no longer planned"))
    return found[0]


def event_called(connection: sqlite3.Connection, name: str) -> tuple[int, str]:
    """The number of its interview and the uid, also of one that is done or dropped. Raises NoInput, BadData."""
    number = _event_number(connection, name)
    of, uid = connection.execute("SELECT interview, uid FROM event WHERE number = ?", (number,)).fetchone()
    return int(of), str(uid)


def _event_number(connection: sqlite3.Connection, name: str) -> int:
    """The row of the event that is called by its ref (``1.3``), its uid or a uid's beginning.

    Raises NoInput where there is none, BadData where a beginning fits several.
    """
    ref = _REF.fullmatch(name)
    if ref:
        query = "SELECT number FROM event WHERE interview = ? AND within = ?"
        row = connection.execute(query, [int(part) for part in ref.groups()]).fetchone()
        if row is None:
            raise _no_event(name, phrase("there is no such follow-up"))
        return int(row[0])
    # Every uid that begins with the text sorts between it and the text with the last character behind.
    query = "SELECT number, uid FROM event WHERE uid >= ? AND uid < ? ORDER BY uid LIMIT 6"
    found = connection.execute(query, [name, f"{name}\U0010ffff"]).fetchall() if name else []
    if not found:
        refuse_missed(connection, "event", "uid", name)
        raise _no_event(name, phrase("there is no such follow-up"))
    if len(found) > 1 and found[0][1] != name:
        raise BadData(
            phrase("{name!r} is the beginning of several follow-ups", name=name),
            remedy=phrase("write more of it: {found}", found=", ".join((uid for _, uid in found))),
            code="CS-STO-010",
        )
    return int(found[0][0])


def _numbered(connection: sqlite3.Connection, plans: Sequence[Plan]) -> list[int]:
    ids = [plan.interview.id for plan in plans]
    found = numbers_of(connection, ids)
    return [found.get(name) or number_of_id(connection, name) for name in ids]


def _identified(
    connection: sqlite3.Connection, uids: Sequence[str], at: datetime
) -> tuple[dict[str, int], set[int]]:
    """The number of each uid; those never seen get one, and are named."""
    known = dict(among(connection, "SELECT uid, number FROM event WHERE uid IN", uids))
    unknown = [uid for uid in uids if uid not in known]
    first, now = allot(connection, "event", len(unknown)) if unknown else 0, seconds(at)
    made = {uid: number for number, uid in enumerate(unknown, first)}
    connection.executemany(
        "INSERT INTO event (number, uid, sequence, created, stamp) VALUES (?, ?, 0, ?, ?)",
        ((number, uid, now, now) for uid, number in made.items()),
    )
    return known | made, set(made.values())


def _number_within(connection: sqlite3.Connection, interviews: Sequence[int]) -> None:
    """Give each event that has none a number within its interview: in order of time.

    An event whose interview was removed and added anew gets another one, that of the new interview.
    """
    query = (
        "SELECT p.interview, p.event FROM planned p JOIN event e ON e.number = p.event"
        " WHERE e.interview IS NOT p.interview AND p.interview IN"
    )
    order = " ORDER BY p.interview, p.instant, p.event"
    unnumbered = list(among(connection, query, interviews, order))
    last = "SELECT interview, max(within) FROM event WHERE interview IN"
    highest = dict(
        among(connection, last, sorted({interview for interview, _ in unnumbered}), " GROUP BY interview")
    )
    given = []
    for interview, event in unnumbered:
        highest[interview] = highest.get(interview, 0) + 1
        given.append((interview, highest[interview], event))
    connection.executemany("UPDATE event SET interview = ?, within = ? WHERE number = ?", given)


def row_of(instant: int, record: str) -> EventRow:
    """The row of a record; what the columns say is in it. Raises Unreadable."""
    try:
        found = loads(record)
        person = (found.get("person") or [""])[0]
        return EventRow(instant, found["step"], found["action"], person, record)
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        raise Unreadable(str(error)) from error


def _row(event: Event) -> EventRow:
    person = event.person.name if event.person else ""
    return EventRow(seconds(event.start), event.step, event.action, person, _EVENT.dump(event))


def _gone(pairs: Sequence[tuple[int, Rows, Rows]]) -> Iterator[tuple[int]]:
    for _, was, rows in pairs:
        yield from ((event,) for event, row in was.events.items() if rows.events.get(event) != row)


def _differing(was: Rows, rows: Rows) -> Iterator[tuple[int, EventRow]]:
    return ((event, row) for event, row in rows.events.items() if was.events.get(event) != row)


def _raise_sequences(
    connection: sqlite3.Connection, pairs: Sequence[tuple[int, Rows, Rows]], fresh: set[int], at: datetime
) -> None:
    """An event that comes back after it was gone counts as changed: a calendar may have heard it cancelled."""
    now = seconds(at)
    changed = (
        (now, event)
        for _, was, rows in pairs
        for event, row in _differing(was, rows)
        if event not in fresh
        and (event not in was.events or _shown(row.record) != _shown(was.events[event].record))
    )
    connection.executemany(
        "UPDATE event SET sequence = sequence + 1, stamp = max(stamp, ?) WHERE number = ?", changed
    )


def _shown(record: str) -> list[Any]:
    try:
        found = loads(record)
        return [found.get(name) for name in SHOWN]
    except (ValueError, AttributeError) as error:
        raise Unreadable(str(error)) from error


def _planned(row: tuple[Any, ...]) -> StoredEvent:
    of, number, uid, interview, sequence, created, stamp, record = row
    return StoredEvent(
        of=of,
        number=number,
        event=_EVENT.load(record, uid=uid, interview=interview),
        sequence=sequence,
        created=from_seconds(created),
        stamp=from_seconds(stamp),
    )


def _no_event(name: str, what: str) -> NoInput:
    return NoInput(
        what,
        where=name,
        remedy=phrase("calsync plan shows those that are planned, with their numbers"),
        code="CS-STO-008",
    )

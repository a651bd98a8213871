"""Interviews and outcomes as rows, a column for each field that had one when the table was made.

A new field of ``Interview`` or ``Outcome`` needs nothing: it goes into the column
``more``, as JSON. Where somebody is to search by it, a migration gives it a
column of its own and takes it out of there.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import partial
from itertools import islice
from typing import Any, TypeVar

import msgspec

from calsync.domain import Interview, Outcome
from calsync.errors import BadData, NoInput
from calsync.phrase import phrase
from calsync.store.codec import FieldColumns, Unreadable, read_moment, reading, write_moment
from calsync.store.records import Invitation, StoredInterview, Told

__all__ = [
    "Summary",
    "allot",
    "among",
    "batches",
    "begin_with",
    "candidates",
    "condition",
    "differs",
    "from_seconds",
    "insert_interviews",
    "insert_outcome",
    "next_number",
    "number_of",
    "number_of_id",
    "numbers_of",
    "read_interview",
    "read_interviews",
    "read_outcomes",
    "read_summaries",
    "refuse_missed",
    "seconds",
    "streamed",
    "taken",
    "update_interview",
]


# Small things that every table needs: short numbers, batches, question marks.

T = TypeVar("T")
_MOST_AT_ONCE = 500
"""Parameters in one statement; SQLite allows 999 everywhere."""


def allot(connection: sqlite3.Connection, name: str, count: int) -> int:
    """The first of ``count`` fresh numbers in a row; what was given out once is never given again."""
    first = next_number(connection, name)
    connection.execute("UPDATE counter SET last = last + ? WHERE name = ?", (count, name))
    return first


def next_number(connection: sqlite3.Connection, name: str) -> int:
    """The number that will be given out next."""
    row = connection.execute("SELECT last FROM counter WHERE name = ?", (name,)).fetchone()
    if row is None or not isinstance(row[0], int):
        raise Unreadable(phrase("the last {name} number is lost", name=name))
    return row[0] + 1


def refuse_missed(connection: sqlite3.Connection, table: str, column: str, value: object) -> None:
    """Look through the whole table for what was not found by its order: a damaged index hides what is there.

    Raises Unreadable. To be asked before a person hears that there is no such thing.
    """
    query = f"SELECT 1 FROM {table} NOT INDEXED WHERE +{column} = ?"
    if connection.execute(query, (value,)).fetchone():
        raise Unreadable(
            phrase(
                "{table} {value} is there and cannot be found by its {column}",
                table=table,
                value=value,
                column=column,
            )
        )


def batches(values: Iterable[T], size: int = _MOST_AT_ONCE) -> Iterator[list[T]]:
    """The values in lists of at most ``size``."""
    source = iter(values)
    while batch := list(islice(source, size)):
        yield batch


def among(
    connection: sqlite3.Connection, query: str, values: Sequence[object], then: str = ""
) -> Iterator[tuple[Any, ...]]:
    """The rows of a query that ends in ``IN``, with ``then`` behind it, asked in batches."""
    for batch in batches(values):
        yield from connection.execute(f"{query} ({','.join('?' * len(batch))}){then}", batch)


def streamed(rows: sqlite3.Cursor) -> Iterator[tuple[Any, ...]]:
    """The rows one by one, fetched by hundreds; the statement ends with the last."""
    while batch := rows.fetchmany(_MOST_AT_ONCE):
        yield from batch


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970 UTC: compares across zones."""
    return int(moment.timestamp())


def from_seconds(count: int) -> datetime:
    """The moment in UTC. Raises Unreadable for what is none."""
    try:
        return datetime.fromtimestamp(count, UTC)
    except (TypeError, ValueError, OSError, OverflowError) as error:
        raise Unreadable(phrase("{count!r} is no moment", count=count)) from error


_INTERVIEW = FieldColumns(
    Interview,
    """
    id company role minutes candidate country region language contact contact_role phone email interviewers
    decision agreed channel culture felt window busy away playbook topic strengths missed questions notes
    location url status
    """.split(),  # noqa: SIM905  # thirty quoted names read worse
    apart="start",
)
_OUTCOME = FieldColumns(Outcome, ("result", "at", "step", "next", "decision", "by"), apart="interview")
_KEPT = ("number", "recorded", "invitation", "invitation_sequence", "invitation_thread")
_TOLD = ("start", "fold", "zone", *_INTERVIEW.names)
_COLUMNS = ", ".join((*_KEPT, *_TOLD))
_INSERT = f"INSERT INTO interview ({_COLUMNS}) VALUES ({', '.join('?' * len((*_KEPT, *_TOLD)))})"
_UPDATE = f"UPDATE interview SET {', '.join(f'{name} = ?' for name in _TOLD)} WHERE number = ?"
_INVITE = (
    "UPDATE interview SET invitation = ?, invitation_sequence = ?, invitation_thread = ? WHERE number = ?"
)
_LOG = f"INSERT INTO outcome (interview, {', '.join(_OUTCOME.names)}) VALUES ({', '.join('?' * (1 + len(_OUTCOME.names)))})"
_LOGGED = (
    f"SELECT i.id, {', '.join(f'o.{name}' for name in _OUTCOME.names)} FROM outcome o"
    " JOIN interview i ON i.number = o.interview WHERE o.interview = ? ORDER BY o.number"
)


def insert_interviews(
    connection: sqlite3.Connection,
    interviews: Iterable[tuple[Interview, Invitation | None]],
    first: int,
    at: datetime,
) -> int:
    """Rows numbered from ``first`` on, as a stream; how many. Raises BadData for an id that is taken."""
    last: list[Interview] = []
    recorded = write_moment(at)

    def rows() -> Iterator[tuple[object, ...]]:
        for number, (interview, invitation) in enumerate(interviews, first):
            last[:] = (interview,)
            yield (number, recorded, *_came(invitation), *_told(interview))

    try:
        return max(connection.executemany(_INSERT, rows()).rowcount, 0)
    except sqlite3.IntegrityError as error:
        if not last or not taken(connection, [last[0].id]):
            raise
        raise _twice(last[0]) from error


def differs(
    connection: sqlite3.Connection, number: int, interview: Interview, invitation: Invitation | None
) -> bool:
    """Whether the row says something else: values alone would take one instant in two zones for the same."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM interview WHERE number = ?", (number,)).fetchone()
    _, _, uid, sequence, thread, *told = row
    other = invitation is not None and _came(invitation) != (uid, sequence, thread)
    return other or told != _told(interview)


def update_interview(
    connection: sqlite3.Connection, number: int, interview: Interview, invitation: Invitation | None
) -> None:
    """Write everything but number, id and the moment of recording anew; no invitation leaves the old one."""
    connection.execute(_UPDATE, (*_told(interview), number))
    if invitation:
        write_invitation(connection, number, invitation)


def write_invitation(connection: sqlite3.Connection, number: int, invitation: Invitation) -> None:
    """What the messages about an interview said so far."""
    connection.execute(_INVITE, (*_came(invitation), number))


def call_off(connection: sqlite3.Connection, invitation: Invitation) -> None:
    """Keep a cancellation of what is not known."""
    row = (invitation.uid, invitation.sequence, invitation.stamp)
    connection.execute("INSERT OR REPLACE INTO called_off VALUES (?, ?, ?)", row)


def called_off(connection: sqlite3.Connection, uid: str) -> Invitation | None:
    """The cancellation of that UID which came first."""
    row = connection.execute("SELECT sequence, stamp FROM called_off WHERE uid = ?", (uid,)).fetchone()
    return Invitation(uid, int(row[0]), str(row[1]), cancelled=True) if row else None


def condition(
    candidate: str | None, since: date | None, until: date | None, *, open_only: bool
) -> tuple[str, list[object]]:
    """SQL and its values for those of the conditions that are given; a start is compared as it is written."""
    given = [
        (text, value)
        for text, value in (
            ("candidate = ?", candidate),
            ("start >= ?", since and since.isoformat()),
            ("start < ?", until and until.isoformat()),
        )
        if value is not None
    ]
    texts = [*(text for text, _ in given), *(["status = 'open'"] if open_only else [])]
    return " AND ".join(texts) or "1", [value for _, value in given]


def read_interviews(
    connection: sqlite3.Connection, where: str = "1", values: Sequence[object] = ()
) -> Iterator[StoredInterview]:
    """Interviews in the order of their numbers; ``where`` is SQL of ours, never input."""
    query = f"SELECT {_COLUMNS} FROM interview WHERE {where} ORDER BY number"
    return map(_kept, streamed(connection.execute(query, values)))


def read_interview(connection: sqlite3.Connection, number: int) -> StoredInterview:
    """The one of a number that was found. Raises Unreadable where its row is not."""
    found = next(read_interviews(connection, "number = ?", (number,)), None)
    if found is None:
        raise Unreadable(phrase("the row of interview {number} is lost", number=number))
    return found


def candidates(connection: sqlite3.Connection) -> list[str]:
    """Each candidate once, in order."""
    rows = connection.execute("SELECT DISTINCT candidate FROM interview ORDER BY candidate")
    return [candidate for (candidate,) in rows]


def number_of(connection: sqlite3.Connection, name: int | str) -> int:
    """The number of the interview of that number, or of that id. Raises NoInput."""
    if isinstance(name, str):
        return number_of_id(connection, name)
    found = connection.execute("SELECT 1 FROM interview WHERE number = ?", (name,)).fetchone()
    if not found:
        refuse_missed(connection, "interview", "number", name)
        raise _no_interview(str(name))
    return name


def begin_with(connection: sqlite3.Connection, beginning: str) -> list[int]:
    """The numbers of those whose id or company begins with a text, in any case."""
    wanted = beginning.casefold()
    rows = connection.execute("SELECT number, id, company FROM interview ORDER BY number")
    return [
        number
        for number, name, company in rows
        if name.startswith(wanted) or str(company).casefold().startswith(wanted)
    ]


def number_of_id(connection: sqlite3.Connection, name: str) -> int:
    """The number of the interview of that id. Raises NoInput."""
    found = connection.execute("SELECT number FROM interview WHERE id = ?", (name,)).fetchone()
    if not found:
        refuse_missed(connection, "interview", "id", name)
        raise _no_interview(name)
    return int(found[0])


def numbers_of(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, int]:
    """The numbers of those ids that there are."""
    return dict(among(connection, "SELECT id, number FROM interview WHERE id IN", ids))


def taken(connection: sqlite3.Connection, ids: Sequence[str]) -> set[str]:
    """Those of the ids that belong to an interview already."""
    return set(numbers_of(connection, ids))


def insert_outcome(connection: sqlite3.Connection, number: int, outcome: Outcome) -> int:
    """The outcome's own number, one higher than any before."""
    told = connection.execute(_LOG, (number, *_OUTCOME.write(outcome)))
    return int(told.lastrowid or 0)


def read_outcomes(connection: sqlite3.Connection, number: int) -> list[Outcome]:
    """The outcomes of an interview as they were logged."""
    return [_OUTCOME.read(row, interview=name) for name, *row in connection.execute(_LOGGED, (number,))]


def _told(interview: Interview) -> list[object]:
    start = interview.start
    wall = start.replace(tzinfo=None).isoformat()
    return [wall, start.fold, interview.timezone, *_INTERVIEW.write(interview)]


def _kept(row: tuple[Any, ...]) -> StoredInterview:
    number, recorded, uid, sequence, thread, start, fold, zone, *told = row
    moment = read_moment(f"{start} {zone}{' 1' if fold else ''}")
    return StoredInterview(
        number=number,
        interview=_INTERVIEW.read(told, start=moment),
        recorded=read_moment(recorded),
        invitation=None if uid is None else _invitation(uid, sequence, thread),
    )


class _Thread(msgspec.Struct, array_like=True):
    """The column ``invitation_thread``."""

    stamp: str
    cancelled: bool
    told: dict[str, Told]


def _came(invitation: Invitation | None) -> tuple[str | None, int | None, str | None]:
    if invitation is None:
        return (None, None, None)
    if not (invitation.told or invitation.stamp):
        return (invitation.uid, invitation.sequence, None)
    thread = _Thread(invitation.stamp, invitation.cancelled, dict(invitation.told))
    return (invitation.uid, invitation.sequence, msgspec.json.encode(thread).decode())


def _invitation(uid: str, sequence: int, thread: str | None) -> Invitation:
    if thread is None:
        return Invitation(uid, sequence)
    try:
        read = msgspec.json.decode(thread, type=_Thread)
    except (msgspec.MsgspecError, TypeError) as error:
        raise Unreadable(phrase("{thread!r} is no thread of invitations", thread=thread)) from error
    return Invitation(uid, sequence, read.stamp, read.cancelled, read.told)


def _no_interview(name: str) -> NoInput:
    return NoInput(
        phrase("there is no interview {name}", name=name),
        remedy=phrase("calsync list shows their numbers"),
        code="CS-STO-008",
    )


def _twice(interview: Interview) -> BadData:
    return BadData(
        phrase("there is an interview {id} already", id=interview.id),
        remedy=phrase("edit that one, or give this one another id"),
        where="id",
        code="CS-STO-007",
    )


# What a list shows of each interview, and of what comes next in it, read by one statement.
#
# A record with its plan costs a hundred times what a list says of it. To show
# more: a field of ``Summary``, and its column in ``_QUERY``.


class Summary(msgspec.Struct, frozen=True):
    """An interview in a line, and what comes next in it in another; ``start`` is None where nothing does.

    ``coming`` is the number within the interview of what comes next.

    ``day`` is on the employer's clock, ``start`` in UTC; ``person`` is whom the
    follow-up names in the place of the interview's contact.
    """

    number: int
    day: date
    start: datetime | None
    coming: int
    candidate: str
    company: str
    role: str
    status: str
    contact: str
    contact_role: str
    step: str
    action: str
    person: str

    @property
    def ref(self) -> str:
        """What the one that comes next is called: ``1.3``."""
        return f"{self.number}.{self.coming}"


_SHOWN = "i.candidate, i.company, i.role, i.status, i.contact, coalesce(i.contact_role, '')"
_QUERY = (
    f"SELECT i.number, i.start, min(p.instant), {_SHOWN}, coalesce(p.step, ''), coalesce(p.action, ''), coalesce(p.person, ''), (SELECT within FROM event WHERE number = p.event)"
    " FROM interview i LEFT JOIN planned p ON p.interview = i.number AND {ahead}"
    " WHERE {where} GROUP BY i.number ORDER BY i.number"
)
"""With min(), SQLite takes the record from the row that has it (sqlite.org/lang_select.html, 2.5)."""


def read_summaries(
    connection: sqlite3.Connection, where: str, ahead: str, values: Sequence[object]
) -> Iterator[Summary]:
    """By the interviews' numbers; ``where`` says which, ``ahead`` what may come next, both in SQL of ours."""
    for rows in batches(connection.execute(_QUERY.format(where=where, ahead=ahead), values)):
        yield from reading(partial(list, map(_summary, rows)))


def _summary(row: tuple[Any, ...]) -> Summary:
    number, wall, instant, *texts, coming = row
    "".join(texts)  # refuses what is no text: SQLite gives what is there, bytes too
    day = date.fromisoformat(wall[:10])
    start = None if instant is None else from_seconds(instant)
    made = Summary(number, day, start, coming or 0, *texts)
    if start and not made.step:
        raise Unreadable(phrase("what comes next in interview {number} has no step", number=number))
    return made

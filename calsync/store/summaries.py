"""What a list shows of each interview, and of what comes next in it, read by one statement.

A record with its plan costs a hundred times what a list says of it. To show
more: a field of ``Summary``, and its column in ``_SHOWN`` or its path in ``_NEXT``.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from calsync.store.forms import Unreadable, reading
from calsync.store.rows import batches, from_seconds

if TYPE_CHECKING:
    import sqlite3

__all__ = ["Summary", "read_summaries"]


class Summary(NamedTuple):
    """An interview in a line, and what comes next in it in another; ``start`` is None where nothing does.

    ``day`` is on the employer's clock, ``start`` in UTC; ``person`` is whom the
    follow-up names in the place of the interview's contact.
    """

    number: int
    day: date
    start: datetime | None
    candidate: str
    company: str
    role: str
    status: str
    contact: str
    contact_role: str
    step: str
    action: str
    person: str


_SHOWN = "i.candidate, i.company, i.role, i.status, i.contact, coalesce(i.contact_role, '')"
_NEXT = ", ".join(
    f"CASE WHEN json_valid(p.record) THEN coalesce(json_extract(p.record, '$.{path}'), '') ELSE '' END"
    for path in ("step", "action", "person[0]")
)
_QUERY = (
    f"SELECT i.number, i.start, min(p.instant), {_SHOWN}, {_NEXT}"  # noqa: S608  # no input in it
    " FROM interview i LEFT JOIN planned p ON p.interview = i.number AND {ahead}"
    " WHERE {where} GROUP BY i.number ORDER BY i.number"
)
"""With min(), SQLite takes the record from the row that has it (sqlite.org/lang_select.html, 2.5)."""


def read_summaries(
    connection: "sqlite3.Connection", where: str, ahead: str, values: Sequence[object]
) -> Iterator[Summary]:
    """By the interviews' numbers; ``where`` says which, ``ahead`` what may come next, both in SQL of ours."""
    for rows in batches(connection.execute(_QUERY.format(where=where, ahead=ahead), values)):
        yield from reading(partial(list, map(_summary, rows)))


def _summary(row: tuple[Any, ...]) -> Summary:
    number, wall, instant, *texts = row
    "".join(texts)  # refuses what is no text: SQLite gives what is there, bytes too
    day = date.fromisoformat(wall[:10])
    start = None if instant is None else from_seconds(instant)
    made = Summary(number, day, start, *texts)
    if start and not made.step:
        raise Unreadable(f"what comes next in interview {number} has no step")
    return made

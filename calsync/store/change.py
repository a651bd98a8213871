"""What can be written: a change that a verb asked for, and the upkeep that nobody asked for.

Both are made by ``Store`` inside one transaction, and only good inside its
``with``. A ``Change`` is listed in the history and can be undone; ``Upkeep``
(plans made anew because settings or zone data changed, what a target has been
told) is neither.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from calsync.domain import Interview, Outcome, Plan
from calsync.store.interviews import (
    differs,
    insert_interviews,
    insert_outcome,
    number_of,
    number_of_id,
    update_interview,
)
from calsync.store.journal import INTERVIEW, OUTCOME, Journal
from calsync.store.plans import Rows, present, settle, wanted
from calsync.store.published import bury, forget, publish, write_state
from calsync.store.records import Invitation, Published, Tombstone
from calsync.store.rows import allot, batches, next_number

if TYPE_CHECKING:
    import sqlite3

__all__ = ["Change", "Upkeep"]

_PLANS_AT_ONCE = 200


class Upkeep:
    """Writes what was worked out or told, as of the moment ``at``."""

    def __init__(self, connection: "sqlite3.Connection", journal: Journal, at: datetime) -> None:
        if at.tzinfo is None:
            raise TypeError(f"{at} has no time zone")
        self._connection, self._journal, self._at = connection, journal, at

    def record_plan(self, plan: Plan, *, basis: str = "") -> None:
        """Put the plan in the place of the interview's last one; see ``record_plans``."""
        self.record_plans([plan], basis=basis)

    def record_plans(self, plans: Iterable[Plan], *, basis: str = "") -> None:
        """Put each plan in the place of its interview's last one, as a stream.

        ``basis`` says what the plans were worked out from (a digest of
        settings, playbooks and zone data); ``Store.stale`` finds those of
        another. Only events that differ are written. Raises NoInput where the
        interview is not kept.
        """
        for batch in batches(plans, _PLANS_AT_ONCE):
            new, fresh = wanted(self._connection, batch, basis, self._at)
            old = present(self._connection, list(new))
            differing = {number: rows for number, rows in new.items() if rows != old[number]}
            self._journal.plans({number: old[number] for number in differing})
            settle(self._connection, old, differing, self._at, fresh)

    def publish(self, *facts: Published) -> None:
        """Remember what a target took, and what it answered."""
        publish(self._connection, facts)

    def forget(self, target: str, *uids: str) -> None:
        """Remember no longer that the target has these."""
        forget(self._connection, target, uids)

    def bury(self, *tombstones: Tombstone) -> None:
        """Remember ids that are gone at the target and stay taken there."""
        for tombstone in tombstones:
            bury(self._connection, tombstone)

    def keep(self, target: str, key: str, value: str | None) -> None:
        """Keep a word of the target's: calendar id, sync token; None drops it."""
        write_state(self._connection, target, key, value)


class Change(Upkeep):
    """One verb's change: all of it happens or none, and undo takes back all of it."""

    def add(self, interview: Interview, *, invitation: Invitation | None = None) -> int:
        """The interview's new short number. Raises BadData where its id is taken."""
        return self.add_all([(interview, invitation)])[0]

    def add_all(self, interviews: Iterable[tuple[Interview, Invitation | None]]) -> range:
        """The new numbers, in the order given; a stream is never held in memory.

        Raises BadData where an id is taken; none of them is then added.
        """
        first = next_number(self._connection, INTERVIEW)
        with self._all_or_none():
            count = insert_interviews(self._connection, interviews, first, self._at)
        if count:
            allot(self._connection, INTERVIEW, count)
            self._journal.made(INTERVIEW, first, first + count - 1)
        return range(first, first + count)

    def replace(self, interview: Interview, *, invitation: Invitation | None = None) -> int:
        """Write the interview of the same id anew; its number.

        Without ``invitation`` the one it came with stays. Raises NoInput.
        """
        number = number_of_id(self._connection, interview.id)
        if differs(self._connection, number, interview, invitation):
            self._journal.rows(INTERVIEW, [number])
            update_interview(self._connection, number, interview, invitation)
        return number

    def remove(self, name: int | str) -> int:
        """Drop an interview, its outcomes and its plan; its number stays its own. Raises NoInput."""
        number = number_of(self._connection, name)
        self._journal.rows(INTERVIEW, [number])
        old = present(self._connection, [number])
        if old[number].plan:
            self._journal.plans(old)
            settle(self._connection, old, {number: Rows()}, self._at)
        query = "SELECT number FROM outcome WHERE interview = ?"
        self._journal.rows(OUTCOME, [row[0] for row in self._connection.execute(query, (number,))])
        self._connection.execute("DELETE FROM outcome WHERE interview = ?", (number,))
        self._connection.execute("DELETE FROM interview WHERE number = ?", (number,))
        return number

    def log(self, outcome: Outcome) -> None:
        """Append to the interview's outcomes. Raises NoInput where the interview is not kept."""
        number = number_of_id(self._connection, outcome.interview)
        made = insert_outcome(self._connection, number, outcome)
        self._journal.made(OUTCOME, made, made)

    @contextmanager
    def _all_or_none(self) -> Iterator[None]:
        """A full disk ends the whole transaction, and the savepoint with it."""
        self._connection.execute("SAVEPOINT these")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK TO these")
            raise
        finally:
            if self._connection.in_transaction:
                self._connection.execute("RELEASE these")

"""The store: one SQLite file, read by methods that give values, written by ``with store.change(…)``.

A change is one transaction that holds the write lock from its first line on, so
what it reads inside is what it changes. To keep something new: a column or
table by a migration, a function beside its like in this room, a method here.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self, TypeVar

from calsync.domain import Interview, Outcome, Plan
from calsync.domain.event import Action
from calsync.errors import CalsyncError, CannotWrite
from calsync.phrase import phrase
from calsync.store import interviews, journal, plans, published
from calsync.store.beside import backup_of, last_backup, sign, unsign
from calsync.store.file import BUSY_SECONDS, is_read_only, opened, opened_to_read
from calsync.store.interviews import (
    Summary,
    allot,
    batches,
    differs,
    insert_interviews,
    insert_outcome,
    next_number,
    number_of,
    number_of_id,
    read_summaries,
    update_interview,
)
from calsync.store.journal import INTERVIEW, OUTCOME, Journal
from calsync.store.migration import FOLDER, copy, version_of
from calsync.store.plans import Rows, present, settle, wanted
from calsync.store.published import bury, forget, publish, write_state
from calsync.store.records import (
    HistoryEntry,
    Invitation,
    Published,
    StoredEvent,
    StoredInterview,
    StoredPlan,
    Tombstone,
    Undone,
)
from calsync.store.sqlite_errors import house_errors, problems, system_errors

__all__ = ["Change", "Store", "Upkeep"]


# What can be written: a change that a verb asked for, and the upkeep that nobody asked for.
#
# Both are made by ``Store`` inside one transaction, and only good inside its
# ``with``. A ``Change`` is listed in the history and can be undone; ``Upkeep``
# (plans made anew because settings or zone data changed, what a target has been
# told) is neither.

_PLANS_AT_ONCE = 200


class Upkeep:
    """Writes what was worked out or told, as of the moment ``at``."""

    def __init__(self, connection: sqlite3.Connection, journal: Journal, at: datetime) -> None:
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

    def hear(self, number: int, invitation: Invitation) -> None:
        """Remember a message about an interview that changes nothing in it."""
        interviews.write_invitation(self._connection, number, invitation)

    def call_off(self, invitation: Invitation) -> None:
        """Remember the cancellation of an invitation that is not known."""
        interviews.call_off(self._connection, invitation)

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


T = TypeVar("T")


class Store:
    """What calsync remembers. Made by ``Store.open``; used by one thread, closed by ``with`` or ``close``.

    Every method may raise BadData (the store is damaged), TryLater (another
    process writes for more than ten seconds), CannotWrite or InputOutput.
    """

    def __init__(self, path: str, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._changed = self._rehearses = self.is_read_only = False

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        migrations: str | os.PathLike[str] = FOLDER,
        busy_seconds: float = BUSY_SECONDS,
    ) -> Self:
        """Open the store, make it where there is none, migrate an older one with a backup beside it.

        Raises BadSettings for a store of a newer calsync, which is not touched.
        """
        file = os.fspath(path)
        if is_read_only(file):
            store = cls(file, opened_to_read(file, Path(migrations)))
            store.is_read_only = True
            return store
        return cls(file, opened(file, Path(migrations), busy_seconds))

    def close(self) -> None:
        """Let go of the file."""
        with self._reading():
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        self.close()

    # What there is

    @property
    def key(self) -> str:
        """Sixteen hexadecimal digits, drawn when the store was made: what ids at a target are derived from."""
        with self._reading() as connection:
            return str(connection.execute("SELECT value FROM meta WHERE key = 'key'").fetchone()[0])

    def digest(self) -> str:
        """Of all interviews and their plans: as long as it is the same, so are the follow-ups."""
        found = sha256()
        with self._reading() as connection:
            for table in ("interview", "plan", "planned"):
                for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1"):
                    found.update(repr(row).encode("utf-8", "surrogatepass"))
        return found.hexdigest()[:32]

    @property
    def version(self) -> int:
        """Of the schema."""
        with self._reading() as connection:
            return version_of(connection)

    @property
    def last_backup(self) -> str | None:
        """The youngest copy beside the store."""
        return last_backup(self.path)

    def interviews(
        self,
        *,
        candidate: str | None = None,
        open_only: bool = False,
        since: date | None = None,
        until: date | None = None,
    ) -> Iterator[StoredInterview]:
        """The interviews by number, as a stream; of one candidate, or only those still open.

        ``since`` and ``until`` are days on the employer's clock: from the one on and before the other.
        """
        where, values = interviews.condition(candidate, since, until, open_only=open_only)
        return self._stream(lambda: interviews.read_interviews(self._connection, where, values))

    def candidates(self) -> list[str]:
        """Everybody whose interviews are kept, in order; the empty text is nobody by name."""
        with self._reading() as connection:
            return interviews.candidates(connection)

    def interview(self, name: int | str) -> StoredInterview:
        """The interview of that number, or of that id. Raises NoInput."""
        with self._reading() as connection:
            return interviews.read_interview(connection, interviews.number_of(connection, name))

    def begin_with(self, beginning: str) -> list[StoredInterview]:
        """Those whose id or company begins with a text, in any case, by number."""
        with self._reading() as connection:
            numbers = interviews.begin_with(connection, beginning)
            return [interviews.read_interview(connection, number) for number in numbers]

    def invited(self, uid: str) -> StoredInterview | None:
        """The interview that came with the invitation of this UID."""
        with self._reading() as connection:
            return next(interviews.read_interviews(connection, "invitation = ?", (uid,)), None)

    def called_off(self, uid: str) -> Invitation | None:
        """The cancellation of that UID which came before any invitation."""
        with self._reading() as connection:
            return interviews.called_off(connection, uid)

    def taken(self, ids: Iterable[str]) -> set[str]:
        """Those ids that an interview has already."""
        with self._reading() as connection:
            return interviews.taken(connection, list(ids))

    def outcomes(self, name: int | str) -> list[Outcome]:
        """What was logged for an interview, in the order it was. Raises NoInput."""
        with self._reading() as connection:
            return interviews.read_outcomes(connection, interviews.number_of(connection, name))

    # What is planned

    def planned(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        candidate: str | None = None,
        interview: int | str | None = None,
        actions: tuple[Action, ...] = (),
        limit: int | None = None,
        newest_first: bool = False,
    ) -> Iterator[StoredEvent]:
        """The pending events, the earliest first: those that start from ``since`` on and before ``until``.

        ``actions`` leaves out those of other actions. Raises NoInput where ``interview`` is given and not kept.
        """
        with self._reading() as connection:
            number = None if interview is None else interviews.number_of(connection, interview)
        where, values = plans.condition(since, until, candidate, number, actions)
        return self._stream(
            lambda: plans.read_planned(self._connection, where, values, limit, newest_first=newest_first)
        )

    def upcoming(
        self,
        *,
        candidate: str | None = None,
        since: datetime | None = None,
        always: tuple[Action, ...] = (),
    ) -> Iterator[StoredEvent]:
        """The first pending event of each interview that has one, the earliest first; of one candidate, or all.

        With ``since``, those that start before it do not count, but for those whose action is in ``always``.
        """
        where, values = plans.first_of_each(candidate, since, always)
        return self._stream(lambda: plans.read_planned(self._connection, where, values))

    def summaries(
        self,
        *,
        candidate: str | None = None,
        open_only: bool = False,
        since: datetime | None = None,
        always: tuple[Action, ...] = (),
    ) -> "Iterator[Summary]":
        """What a list shows of ``interviews``, and of the event that ``upcoming`` would give for each."""
        where, whose = interviews.condition(candidate, None, None, open_only=open_only)
        ahead, values = plans.ahead(since, always)
        return self._stream(lambda: read_summaries(self._connection, where, ahead, [*values, *whose]))

    def event(self, name: str) -> StoredEvent:
        """The pending event called by its ref (``1.3``), uid or a uid's beginning. Raises NoInput, BadData."""
        with self._reading() as connection:
            return plans.one_planned(connection, name)

    def event_called(self, name: str) -> tuple[int, str]:
        """The number of the interview and the uid of a follow-up that is or was planned. Raises NoInput, BadData."""
        with self._reading() as connection:
            return plans.event_called(connection, name)

    def refs(self, uids: Iterable[str]) -> dict[str, str]:
        """What follow-ups are called (``1.3``), by uid; also those that are planned no longer."""
        query = "SELECT uid, interview, within FROM event WHERE within IS NOT NULL AND uid IN"
        with self._reading() as connection:
            return {
                uid: f"{of}.{number}" for uid, of, number in interviews.among(connection, query, list(uids))
            }

    def plan(self, name: int | str) -> Plan | None:
        """The last plan of an interview, as it was recorded. Raises NoInput."""
        with self._reading() as connection:
            return plans.read_plan(connection, self.interview(name))

    def plans(self, *, candidate: str | None = None) -> Iterator[StoredPlan]:
        """The last plan of each interview, by the interview's number, as a stream; of one candidate, or all."""
        return self._stream(lambda: plans.read_plans(self._connection, self.interviews(candidate=candidate)))

    def stale(
        self, basis: str, *, apart: Mapping[str, str] = MappingProxyType({})
    ) -> Iterator[StoredInterview]:
        """The interviews whose last plan has another basis, or that have none.

        ``apart`` are the bases of single candidates, in the place of ``basis``.
        """
        own = f"CASE candidate {'WHEN ? THEN ? ' * len(apart)}ELSE ? END" if apart else "?"
        where = f"(SELECT basis FROM plan WHERE plan.interview = interview.number) IS NOT {own}"
        values = [*(text for pair in apart.items() for text in pair), basis]
        return self._stream(lambda: interviews.read_interviews(self._connection, where, values))

    # What was told to the world outside

    def published(self, target: str) -> Iterator[Published]:
        """What the target has, by uid."""
        return self._stream(lambda: published.read_published(self._connection, target))

    def tombstones(self, target: str) -> Iterator[Tombstone]:
        """The ids that stay taken at the target."""
        return self._stream(lambda: published.read_tombstones(self._connection, target))

    def state(self, target: str) -> dict[str, str]:
        """The words kept for the target: calendar id, sync token."""
        with self._reading() as connection:
            return published.read_state(connection, target)

    # Changes

    @contextmanager
    def change(self, label: str, *, at: datetime) -> Iterator[Change]:
        """One verb's change at the moment ``at``; ``label`` is its line in the history.

        Committed when the block ends, rolled back when it raises. What the
        block reads from the store, nobody else changes until it ends.
        """
        self._refuse_if_read_only()
        with self._writing() as connection:
            entry = journal.Open(connection, label, at)
            yield Change(connection, entry, at)
            entry.close()

    @contextmanager
    def upkeep(self, *, at: datetime) -> Iterator[Upkeep]:
        """A change that nobody asked for by a verb: not listed in the history, left alone by undo."""
        with self._writing() as connection:
            yield Upkeep(connection, journal.NoJournal(), at)

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Everything that is changed in the block is seen in the block, and gone behind it: nothing was written.

        Holds the write lock. What is streamed has to be read within the block.
        """
        with suppress(_Over), self._writing():
            self._rehearses = True
            try:
                yield
            finally:
                self._rehearses = False
            _end()

    def undo(self, *, at: datetime, only: int | None = None) -> Undone | None:
        """Take back the newest change not taken back yet; None where none is left.

        With ``only``, the number of a change in the history, that one or none:
        raises BadData where another has come after it.

        Interviews, outcomes and plans are as they were. Short numbers given out
        stay given out, sequences and stamps go on upwards, and what targets
        have been told stays known.
        """
        self._refuse_if_read_only()
        with self._writing() as connection:
            return journal.undo(connection, at, only)

    def redo(self, *, at: datetime) -> Undone | None:
        """Make again the change that was taken back last; None where there is none, or something was changed since."""
        self._refuse_if_read_only()
        with self._writing() as connection:
            return journal.redo(connection, at)

    def history(self, limit: int | None = None) -> list[HistoryEntry]:
        """The changes, the newest first, with those taken back."""
        with self._reading() as connection:
            return journal.history(connection, limit)

    # Care

    def backup_of(self, day: date) -> str:
        """The usual name of a copy made on that day, beside the store."""
        return backup_of(self.path, f"{self.version}-{day}")

    def backup(self, to: str | os.PathLike[str]) -> None:
        """Make a whole copy at ``to``, which appears only when it is complete."""
        file = os.fspath(to)
        with system_errors(file), house_errors(file, self._connection):
            copy(self._connection, file)

    def check(self) -> list[str]:
        """What is wrong with the store, a line each; empty where all is well."""
        with self._reading() as connection:
            found = problems(connection)
        try:
            for kept in self.interviews():
                self.outcomes(kept.number)
            for _ in self.planned():
                pass
        except CalsyncError as error:
            found.append(str(error))
        return found

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with house_errors(self.path, self._connection, after_change=self._changed):
            yield self._connection

    def _stream(self, rows: Callable[[], Iterator[T]]) -> Iterator[T]:
        with self._reading():
            yield from rows()

    def _refuse_if_read_only(self) -> None:
        if self.is_read_only and not self._rehearses:
            raise CannotWrite(
                phrase("the store can only be read"),
                where=self.path,
                remedy=phrase("see who owns the file and its folder, or choose another home with --home"),
                code="CS-STO-017",
            )

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection
        if self._rehearses or self.is_read_only:  # upkeep of a copy in memory, which nobody keeps
            with self._reading(), _part(connection):
                yield connection
            return
        with house_errors(self.path, connection, after_change=self._changed):
            connection.execute("BEGIN IMMEDIATE")
            sign(self.path)
            before = connection.total_changes
            try:
                yield connection
                unsign(self.path)
                connection.execute("COMMIT")
                self._changed = self._changed or connection.total_changes > before
            except BaseException:
                unsign(self.path)
                self._roll_back()
                raise

    def _roll_back(self) -> None:
        """A full disk may have done so already."""
        with suppress(sqlite3.Error):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")


class _Over(Exception):  # the end of a rehearsal, and no error
    """Takes everything back."""


def _end() -> None:
    raise _Over


@contextmanager
def _part(connection: sqlite3.Connection) -> Iterator[None]:
    """A change within a rehearsal: one that is refused leaves the others as they are."""
    connection.execute("SAVEPOINT part")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK TO part")
        raise
    finally:
        connection.execute("RELEASE part")

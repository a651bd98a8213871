"""What is remembered of a calendar from one sync to the next, as the values that the engine works with.

Every difference between two states is one transaction, so a sync that is killed
between two of them goes on from a state that was true. The store is handed in:
it keeps rows of its own kinds (``Published``, ``Tombstone``) and words by name.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any, Protocol

import msgspec

from calsync.sync.state import CalendarState, Grave, Why
from calsync.sync.values import Known, Pending

__all__ = ["CALENDAR", "MAKING", "SETTLED", "TOKEN", "Memory", "Notes", "Published", "Tombstone", "Writer"]

CALENDAR, TOKEN, MAKING, SETTLED = "calendar", "token", "making", "settled"
COUNT, RESTORED = "count", "restored"
"""Words kept for a target: the calendar's id, the sync token, since when a calendar is being made and nobody
was told how that ended, of which plan all was as planned at the end of the last sync, how many writes there were,
and whether this memory was once older than the calendar."""
_WHY: Mapping[str, Why] = {"user": "user", "calsync": "calsync", "never": "never", "unknown": "unknown"}


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """What ``target`` last took for ``uid``, and what it answered.

    ``payload`` is the target's own, of plain JSON values; ``generation`` counts
    how often the event was brought back under a new id.
    """

    target: str
    uid: str
    sequence: int
    payload: Mapping[str, object] = MappingProxyType({})
    etag: str = ""
    generation: int = 0


class Tombstone(msgspec.Struct, frozen=True, kw_only=True):
    """An event that is gone from ``target`` and whose id there stays taken; ``why`` is the target's word."""

    target: str
    uid: str
    generation: int
    at: datetime
    why: str = ""


class Writer(Protocol):
    """One transaction of the store."""

    def publish(self, *facts: Published) -> None:
        """Put each in the place of what was known of its uid."""
        ...

    def forget(self, target: str, *uids: str) -> None:
        """These are no longer out there."""
        ...

    def bury(self, *tombstones: Tombstone) -> None:
        """These ids stay taken."""
        ...

    def keep(self, target: str, key: str, value: str | None) -> None:
        """Keep a word; None drops it."""
        ...


class Notes(Protocol):
    """The store, as the engine's memory needs it."""

    @property
    def key(self) -> str:
        """Drawn when the store was made, the same for all its copies."""
        ...

    def state(self, target: str) -> dict[str, str]:
        """The words kept for the target."""
        ...

    def published(self, target: str) -> Iterator[Published]:
        """What the target has."""
        ...

    def tombstones(self, target: str) -> Iterator[Tombstone]:
        """The ids that stay taken there."""
        ...

    def upkeep(self, *, at: datetime) -> AbstractContextManager[Writer]:
        """A transaction: all of it is written or none."""
        ...


class Memory:
    """The state of one calendar, kept in a store; one that is not ``lasting`` is forgotten at the end."""

    def __init__(self, notes: Notes, target: str, now: datetime, *, lasting: bool = True) -> None:
        self._notes, self._target, self._now, self._lasting = notes, target, now, lasting
        self._words = notes.state(target)

    @cached_property
    def state(self) -> CalendarState:
        """What is known, read when it is first needed."""
        known = {fact.uid: _known(fact) for fact in self._notes.published(self._target)}
        dead = self._notes.tombstones(self._target)
        graves = {each.uid: Grave(each.uid, each.generation, _WHY.get(each.why, "user")) for each in dead}
        count, restored = int(self.word(COUNT) or 0), bool(self.word(RESTORED))
        return CalendarState(self._notes.key, known, graves, count, restored=restored)

    def word(self, name: str) -> str:
        """A word that is kept, or nothing."""
        return self._words.get(name, "")

    def keep(self, **words: str | None) -> None:
        """Keep or drop words; those that are as they were are not written."""
        changed = {name: word for name, word in words.items() if (word or "") != self.word(name)}
        if changed:
            self._record(lambda _: None, changed)

    def record(self, state: CalendarState, **words: str | None) -> None:
        """Put this state in the place of the one before, and keep or drop words with it, all at once."""
        before, self.state = self.state, state
        if state.count != before.count:
            words[COUNT] = str(state.count)
        if state.restored and not before.restored:
            words[RESTORED] = "yes"
        self._record(lambda writer: self._write(writer, before, state), words)

    def _record(self, write: Callable[[Writer], None], words: Mapping[str, str | None]) -> None:
        self._words |= {name: word or "" for name, word in words.items()}
        if self._lasting:
            with self._notes.upkeep(at=self._now) as writer:
                write(writer)
                for name, word in words.items():
                    writer.keep(self._target, name, word)

    def _write(self, writer: Writer, before: CalendarState, after: CalendarState) -> None:
        writer.publish(*(_fact(self._target, known) for known in _new(before.known, after.known)))
        writer.forget(self._target, *(before.known.keys() - after.known.keys()))
        writer.bury(*self._tombstones(_new(before.graves, after.graves)))

    def _tombstones(self, graves: Iterable[Grave]) -> Iterator[Tombstone]:
        for each in graves:
            yield Tombstone(
                target=self._target, uid=each.uid, generation=each.generation, at=self._now, why=each.why
            )


def _new(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Any]:
    for uid, value in after.items():
        old = before.get(uid)
        if old is not value and old != value:
            yield value


def _fact(target: str, known: Known) -> Published:
    """What is the same in two places is written once."""
    payload: dict[str, object] = {"id": known.href, "base": dict(known.returned)}
    for name, fields in (("sent", known.sent), ("there", known.there)):
        if fields != known.returned:
            payload[name] = dict(fields)
    if known.pending:
        payload["pending"] = [[write.count, dict(write.fields)] for write in known.pending]
    if known.deleting:
        payload["removing"] = True
    payload |= {
        name: value for name in ("interview", "candidate", "count") if (value := getattr(known, name))
    }
    return Published(
        target=target,
        uid=known.uid,
        sequence=0,
        generation=known.generation,
        etag=known.etag,
        payload=payload,
    )


def _known(fact: Published) -> Known:
    payload: Mapping[str, Any] = fact.payload
    returned = payload.get("base", {})
    return Known(
        uid=fact.uid,
        href=payload.get("id", ""),
        generation=fact.generation,
        etag=fact.etag,
        sent=payload.get("sent", returned),
        returned=returned,
        there=payload.get("there", returned),
        pending=_pending(payload.get("pending")),
        deleting=bool(payload.get("removing")),
        count=payload.get("count", 0),
        interview=payload.get("interview", ""),
        candidate=payload.get("candidate", ""),
    )


def _pending(found: Any) -> tuple[Pending, ...]:
    """The writes whose fate is not known; the first calsync kept one, and no count."""
    if isinstance(found, dict):
        return (Pending(0, found),)
    return tuple(Pending(count, fields) for count, fields in found or ())

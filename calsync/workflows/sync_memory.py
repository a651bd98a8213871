"""What the store remembers of calsync's own calendar at Google, as the values that a sync works with.

Every difference between two pictures is one transaction, so a sync that is
killed between two of them goes on from a picture that was true.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from calsync.store import Published, Store, Tombstone
from calsync.targets.google.merge import Known
from calsync.targets.google.picture import Buried, Picture

if TYPE_CHECKING:
    from calsync.store.store import Upkeep

__all__ = ["CALENDAR", "MAKING", "SETTLED", "TOKEN", "Memory"]

TARGET = "google"
CALENDAR, TOKEN, MAKING, SETTLED = "calendar", "token", "making", "settled"
"""Words kept for the target: the calendar's id, the sync token, since when a calendar is being
made, and of which plan all was as planned at the end of the last sync."""


class Memory:
    """The picture of the calendar, kept in a store; one that is not ``lasting`` is forgotten at the end."""

    def __init__(self, store: Store, now: datetime, *, lasting: bool = True) -> None:
        self._store, self._now, self._lasting = store, now, lasting
        self._words = store.state(TARGET)

    @cached_property
    def picture(self) -> Picture:
        """What is known, read when it is first needed."""
        known = {fact.uid: _known(fact) for fact in self._store.published(TARGET)}
        dead = self._store.tombstones(TARGET)
        buried = {each.uid: Buried(each.uid, each.generation, _why(each)) for each in dead}
        return Picture(self._store.key, known, buried)

    def word(self, name: str) -> str:
        """A word that is kept, or nothing."""
        return self._words.get(name, "")

    def keep(self, **words: str | None) -> None:
        """Keep or drop words; those that are as they were are not written."""
        changed = {name: word for name, word in words.items() if (word or "") != self.word(name)}
        if changed:
            self._record(lambda _: None, changed)

    def record(self, picture: Picture, **words: str | None) -> None:
        """Put this picture in the place of the one before, and keep or drop words with it, all at once."""
        before, self.picture = self.picture, picture
        self._record(lambda upkeep: self._write(upkeep, before, picture), words)

    def _record(self, write: "Callable[[Upkeep], None]", words: Mapping[str, str | None]) -> None:
        self._words |= {name: word or "" for name, word in words.items()}
        if self._lasting:
            with self._store.upkeep(at=self._now) as upkeep:
                write(upkeep)
                for name, word in words.items():
                    upkeep.keep(TARGET, name, word)

    def _write(self, upkeep: "Upkeep", before: Picture, after: Picture) -> None:
        upkeep.publish(*(_fact(known) for known in _new(before.known, after.known)))
        upkeep.forget(TARGET, *(before.known.keys() - after.known.keys()))
        upkeep.bury(
            *(
                Tombstone(target=TARGET, uid=each.uid, generation=each.generation, at=self._now, why=each.why)
                for each in _new(before.buried, after.buried)
            )
        )


def _new(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Any]:
    for uid, value in after.items():
        old = before.get(uid)
        if old is not value and old != value:
            yield value


def _why(dead: Tombstone) -> Any:  # noqa: ANN401  # one of two words
    return "calsync" if dead.why == "calsync" else "user"


def _fact(known: Known) -> Published:
    """What is the same in two places is written once."""
    payload: dict[str, object] = {"id": known.id, "base": dict(known.base)}
    for name, fields in (("sent", known.sent), ("there", known.there)):
        if fields != known.base:
            payload[name] = dict(fields)
    if known.pending is not None:
        payload["pending"] = dict(known.pending)
    payload |= {name: True for name in ("removing",) if known.removing}
    payload |= {name: getattr(known, name) for name in ("interview", "candidate") if getattr(known, name)}
    return Published(
        target=TARGET,
        uid=known.uid,
        sequence=0,
        generation=known.generation,
        etag=known.etag,
        payload=payload,
    )


def _known(fact: Published) -> Known:
    payload: Mapping[str, Any] = fact.payload
    base = payload.get("base", {})
    return Known(
        uid=fact.uid,
        id=payload.get("id", ""),
        generation=fact.generation,
        etag=fact.etag,
        sent=payload.get("sent", base),
        base=base,
        there=payload.get("there", base),
        pending=payload.get("pending"),
        removing=bool(payload.get("removing")),
        interview=payload.get("interview", ""),
        candidate=payload.get("candidate", ""),
    )

"""When the user is busy by their own calendar at Google, as the store remembers it from the last time it was read.

Plans are made from what is remembered, never from the network: ``plan``, ``why``
and ``next`` agree, also offline. What has passed is kept: a call that had to
make room for a meeting stays where it is once the meeting is over.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from json import dumps, loads
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from calsync.phrase import phrase
from calsync.workflows.context import Context

if TYPE_CHECKING:
    from calsync.planner import BusyTime
    from calsync.store import Store, Upkeep

__all__ = ["NOTHING", "BusyTimes", "bases_apart", "basis_of", "busy_times", "is_owner", "keep_busy", "owners"]

CALENDAR = "Google"
"""What the reasons call the calendar."""
_TARGET = "busy"
_TIMES, _FLOORS, _READ, _DIGEST = "times", "floors", "read", "digest"
_KEPT = timedelta(days=400)
_FRESH = timedelta(days=1)
_MINUTE = 60

Times = tuple[tuple[int, int], ...]
"""Begin and end in minutes since 1970, in order, none touching the next."""


class BusyTimes(msgspec.Struct, frozen=True):
    """What is remembered. ``read`` is when Google last told it, None where it never did.

    ``floors``: the moments at which a busy time moved a follow-up that would
    then have come to lie in the past, by interview: it is placed from there on.
    """

    times: Times = ()
    floors: Mapping[str, datetime] = {}
    read: datetime | None = None

    @property
    def digest(self) -> str:
        """What of it matters to plans, in a few signs; "" where nothing does."""
        if not self.times and not self.floors:
            return ""

        floors = sorted((name, moment.timestamp()) for name, moment in self.floors.items())
        return sha256(repr((self.times, floors)).encode("utf-8", "surrogatepass")).hexdigest()[:12]

    def is_old(self, now: datetime) -> bool:
        """Whether meetings may well have come up since."""
        return self.read is not None and now - self.read > _FRESH

    def planned_around(self) -> "list[BusyTime]":
        """As the planner takes them."""
        from calsync.planner import BusyTime  # noqa: PLC0415  # 21 ms, and most people have no busy times

        return [BusyTime(_moment(begin), _moment(end), CALENDAR) for begin, end in self.times]

    def with_news(
        self,
        times: Iterable[tuple[datetime, datetime]],
        since: datetime,
        until: datetime,
        *,
        whole: bool = True,
    ) -> "BusyTimes":
        """What was told of the time between two moments, in the place of what was known of it.

        Where it is not the ``whole`` answer, what was known stays beside it.
        """
        first, last = _down(since), _up(until)
        told = ((max(_down(begin), first), min(_up(end), last)) for begin, end in times)
        before = [(begin, min(end, first)) for begin, end in self.times if begin < first]
        after = [(max(begin, last), end) for begin, end in self.times if end > last]
        beside = () if whole else self.times
        oldest = first - _down_minutes(_KEPT)
        joined = _run_together([*before, *told, *after, *beside])
        return replace(self, times=tuple(each for each in joined if each[1] > oldest))


NOTHING = BusyTimes()


def owners(context: Context) -> tuple[str, ...]:
    """Whose follow-ups they count for: the account is that of whoever the settings name, and of nobody else."""
    return tuple(dict.fromkeys(("", context.preferences.candidate.name)))


def is_owner(context: Context, candidate: str) -> bool:
    """Whether the busy times are this candidate's."""
    return candidate in owners(context)


def busy_times(store: "Store") -> BusyTimes:
    """What is remembered. Raises BadData where the store is damaged."""
    words = store.state(_TARGET)
    if not words:
        return NOTHING

    try:
        times = tuple((int(begin), int(begin) + int(length)) for begin, length in loads(words[_TIMES]))
        floors = {name: datetime.fromisoformat(text) for name, text in loads(words[_FLOORS]).items()}
        read = datetime.fromisoformat(words[_READ]) if _READ in words else None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        from calsync.store.beside import damaged  # noqa: PLC0415  # 26 ms, and files are planned without a store

        raise damaged(store.path, phrase("the busy times cannot be read")) from error
    return BusyTimes(times, floors, read)


def keep_busy(upkeep: "Upkeep", known: BusyTimes) -> None:
    """Put these in the place of what is remembered."""
    times = [(begin, end - begin) for begin, end in known.times]
    floors = {name: moment.isoformat() for name, moment in known.floors.items()}
    upkeep.keep(_TARGET, _TIMES, dumps(times, separators=(",", ":")))
    upkeep.keep(_TARGET, _FLOORS, dumps(floors))
    upkeep.keep(_TARGET, _READ, known.read.isoformat() if known.read else None)
    upkeep.keep(_TARGET, _DIGEST, known.digest or None)


def basis_of(context: Context, store: "Store", candidate: str) -> str:
    """What a candidate's plans are worked out from, besides the record: the context's, and the busy times."""
    return bases_apart(context, store).get(candidate, context.basis)


def bases_apart(context: Context, store: "Store") -> dict[str, str]:
    """The basis of each candidate who has another than the context's."""
    digest = store.state(_TARGET).get(_DIGEST)
    return dict.fromkeys(owners(context), f"{context.basis}+{digest}") if digest else {}


def _run_together(times: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """In order, with those that overlap or touch as one."""
    open_since, open_until = None, 0
    for begin, end in sorted(times):
        if begin >= end:
            continue
        if open_since is not None and begin <= open_until:
            open_until = max(open_until, end)
            continue
        if open_since is not None:
            yield open_since, open_until
        open_since, open_until = begin, end
    if open_since is not None:
        yield open_since, open_until


def _moment(minute: int) -> datetime:
    return datetime.fromtimestamp(minute * _MINUTE, UTC)


def _down(moment: datetime) -> int:
    return int(moment.timestamp() // _MINUTE)


def _up(moment: datetime) -> int:
    return -int(-moment.timestamp() // _MINUTE)


def _down_minutes(length: timedelta) -> int:
    return int(length.total_seconds() // _MINUTE)

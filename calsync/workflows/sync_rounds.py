"""The rounds of a sync: what has been decided is sent, and where somebody else was faster, looked at and decided again.

What is about to be sent is written down first, what was answered right after:
a process that dies in between leaves a memory from which the next sync goes on.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from calsync.targets.google.api_errors import Answer
from calsync.targets.google.calendar import Calendar
from calsync.targets.google.merge import Known, confirmed, sending
from calsync.targets.google.picture import Buried, Picture, Wanted, bury, is_there, observe
from calsync.targets.google.reconcile import (
    Action,
    Insert,
    KeptDeleted,
    Look,
    Patch,
    Remove,
    Settled,
    Unchanged,
)
from calsync.targets.google.wire import Resource, fields
from calsync.workflows.sync_memory import Memory
from calsync.workflows.sync_report import Report

__all__ = ["Progress", "Rounds"]

Progress: TypeAlias = Callable[[int, int], object]
"""Hears how many of how many events have been dealt with."""
Write: TypeAlias = Insert | Patch | Remove

_ROUNDS = 4
"""How often we send, at most, before an event that keeps changing is left for the next sync."""
_NOT_FOUND = 404
_DELETED = 410
_LOOK_AGAIN = {404, 409, 410, 412}
"""The id is taken, the event is gone, or somebody changed it: what stands there now decides."""


class Rounds:
    """Carries out what ``decide`` says about a picture, and tells the report."""

    def __init__(
        self,
        calendar: Calendar,
        memory: Memory,
        report: Report,
        wanted: Collection[Wanted],
        decide: Callable[[Picture], Iterator[Action]],
        progress: Progress | None,
    ) -> None:
        self._calendar, self._memory, self._report = calendar, memory, report
        self._wanted, self._decide, self._progress = wanted, decide, progress
        self._meant: dict[str, Write] = {}
        self._done = self._total = 0
        self._seen_there = False

    def carry_out(self, actions: Sequence[Action]) -> None:
        """Send what has to be sent, and look again and decide again where an answer says so."""
        self._total = sum(isinstance(action, Write) for action in actions)
        for _ in range(_ROUNDS):
            writes = self._begun(actions)
            looks = {action.known.uid for action in actions if isinstance(action, Look)}
            for answers in self._calendar.writes(writes):
                looks |= self._took([(writes[place], answer) for place, answer in answers.items()])
            if not looks:
                return
            actions = self._looked_again(looks)
        for action in self._begun(actions):
            self._report.fail(action, "it keeps changing while we look; the next sync tries again")

    def _begun(self, actions: Iterable[Action]) -> list[Write]:
        """What will be sent, written down; what needs nothing sent is told."""
        picture = self._memory.picture
        known, writes = dict(picture.known), list[Write]()
        for action in actions:
            match action:
                case Insert(wanted, there) | Patch(wanted, there):
                    names = action.names if isinstance(action, Patch) else wanted.fields
                    action = replace(action, known=sending(there, wanted.fields, names))  # noqa: PLW2901  # the same, begun
                    writes.append(action)
                case Remove(there):
                    action = Remove(replace(there, removing=True))  # noqa: PLW2901  # as above
                    writes.append(action)
                case Look():
                    pass
                case _:
                    self._report.tell(action)
            if not isinstance(action, KeptDeleted):
                known[action.known.uid] = action.known
        if known != picture.known:
            self._memory.record(replace(picture, known=known))
        return writes

    def _took(self, answers: Iterable[tuple[Write, Answer]]) -> set[str]:
        """Take in what was answered to some writes, all at once; the uids that have to be looked at again."""
        picture = self._memory.picture
        known, buried = dict(picture.known), dict(picture.buried)
        looks = set()
        for action, answer in answers:
            if answer.status == _NOT_FOUND:
                self._still_there()
            if _took_in(action, answer, known, buried):
                self._report.tell(action)
                self._step()
            elif answer.status in _LOOK_AGAIN or answer.is_good:
                self._meant[action.known.uid] = action
                looks.add(action.known.uid)
            else:
                why = answer.message or answer.reason or f"Google answered {answer.status}"
                self._report.fail(action, why)
                self._step()
        self._memory.record(replace(picture, known=known, buried=buried))
        return looks

    def _looked_again(self, uids: set[str]) -> list[Action]:
        """See how these events stand, and decide about them anew."""
        events = [self._memory.picture.known[uid] for uid in sorted(uids)]
        found: list[Resource] = []
        for answers in self._calendar.looks(events):
            for place, answer in answers.items():
                if answer.status == _NOT_FOUND:
                    self._still_there()
                found += _as_found(events[place], answer)
        self._memory.record(observe(self._memory.picture, found, self._wanted))
        for uid in uids - self._memory.picture.known.keys():
            meant = self._meant.get(uid)
            if isinstance(meant, Remove):  # gone, as it was meant to be
                self._report.tell(meant)
                self._step()
        return [
            self._settled(action) for action in self._decide(self._memory.picture) if _uid(action) in uids
        ]

    def _settled(self, action: Action) -> Action:
        """What we meant to write and found written is told as written."""
        meant = self._meant.get(_uid(action))
        if meant is None or not isinstance(action, Unchanged):
            return action
        self._step()
        return Settled(action, meant)

    def _still_there(self) -> None:
        """An event that is not found may mean that the calendar is gone; asked once. Raises CalendarGone."""
        if not self._seen_there:
            self._calendar.check()
            self._seen_there = True

    def _step(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total)


def _took_in(action: Write, answer: Answer, known: dict[str, Known], buried: dict[str, Buried]) -> bool:
    """Whether an answer says that it is done; what is known then.

    That an event to be removed is not found proves little: it is looked for once more.
    """
    if not answer.is_good:
        return False
    if isinstance(action, Remove):
        bury(known, buried, action.known, "calsync")
        return True
    if answer.resource is None or not is_there(answer.resource):
        return False
    known[action.known.uid] = _as_answered(action.known, answer)
    return True


def _as_found(event: Known, answer: Answer) -> list[Resource]:
    """What an answer to a look tells: the event, or that it is deleted; nothing of one that is yet to be made."""
    if answer.is_good and answer.resource:
        return [answer.resource]
    was_there = event.etag or event.removing
    if answer.status == _DELETED or (answer.status == _NOT_FOUND and was_there):
        return [{"id": event.id, "status": "cancelled"}]
    return []


def _as_answered(known: Known, answer: Answer) -> Known:
    resource = answer.resource or {}
    return confirmed(known, fields(resource), resource.get("etag", ""))


def _uid(action: Action) -> str:
    return action.wanted.uid if isinstance(action, KeptDeleted) else action.known.uid

"""The rounds of a sync: what has been decided is sent, and where somebody else was faster, looked at and decided again.

What is about to be sent is written down first, what was answered right after:
a process that dies in between leaves a memory from which the next sync goes on.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from calsync.phrase import phrase
from calsync.sync.memory import Memory
from calsync.sync.merge import confirm, prepare
from calsync.sync.protocol import Answer, Profile, Remote, Verdict
from calsync.sync.reconcile import Action, Fetch, KeptDeleted, Settled, Unchanged, Write
from calsync.sync.report import Report
from calsync.sync.state import CalendarState, Grave, bury, take_in
from calsync.sync.values import Create, Delete, Known, Patch, Resource, Wanted

__all__ = ["Progress", "Rounds"]

Progress: TypeAlias = Callable[[int, int], object]
"""Hears how many of how many resources have been dealt with."""

_ROUNDS = 4
"""How often we send, at most, before a resource that keeps changing is left for the next sync."""
_LOOK_AGAIN = {Verdict.MISSING, Verdict.DELETED, Verdict.CONFLICT}


class Rounds:
    """Carries out what ``decide`` says about a state, and tells the report."""

    def __init__(
        self,
        remote: Remote,
        profile: Profile,
        memory: Memory,
        report: Report,
        wanted: Collection[Wanted],
        decide: Callable[[CalendarState], Iterator[Action]],
        progress: Progress | None,
    ) -> None:
        self._remote, self._profile, self._memory, self._report = remote, profile, memory, report
        self._wanted, self._decide, self._progress = wanted, decide, progress
        self._meant: dict[str, Write] = {}
        self._why: dict[str, str] = {}
        self._done = self._total = 0
        self._is_there = False

    def carry_out(self, actions: Sequence[Action]) -> None:
        """Send what has to be sent, and look again and decide again where an answer says so."""
        self._total = sum(isinstance(action, Write) for action in actions)
        for _ in range(_ROUNDS):
            writes = self._prepare(actions)
            again = {action.known.uid for action in actions if isinstance(action, Fetch)}
            for answers in self._remote.write(writes):
                again |= self._take([(writes[place], answer) for place, answer in answers.items()])
            if not again:
                return
            actions = self._look_again(again)
        for action in self._prepare(actions):
            why = self._why.get(action.known.uid, "")
            self._report.fail(
                action, why or phrase("it keeps changing while we look; the next sync tries again")
            )

    def _prepare(self, actions: Iterable[Action]) -> list[Write]:
        """What will be sent, written down; what needs nothing sent is told."""
        state = self._memory.state
        known, count, writes = dict(state.known), state.count, list[Write]()
        for action in actions:
            if isinstance(action, Write):
                count += 1
                begun = _begin(action, count)
                writes.append(begun)
                known[begun.known.uid] = begun.known
                continue
            if not isinstance(action, Fetch):
                self._report.tell(action)
            if not isinstance(action, KeptDeleted):
                known[action.known.uid] = action.known
        if known != state.known:
            self._memory.record(replace(state, known=known, count=count))
        if any(isinstance(action, Delete) for action in writes):
            self._remote.note(state.store, count)
        return writes

    def _take(self, answers: Iterable[tuple[Write, Answer]]) -> set[str]:
        """Take in what was answered to some writes, all at once; the uids that have to be looked at again."""
        state = self._memory.state
        known, graves = dict(state.known), dict(state.graves)
        again = set()
        for action, answer in answers:
            if answer.verdict is Verdict.MISSING:
                self._see_that_it_is_there()
            if _is_done(action, answer, known, graves):
                self._report.tell(action)
                self._step()
            elif answer.verdict in _LOOK_AGAIN or answer.verdict is Verdict.DONE:
                self._meant[action.known.uid] = action
                hidden = phrase("it was taken, and is not shown") if answer.verdict is Verdict.DONE else ""
                self._why[action.known.uid] = answer.why or hidden
                again.add(action.known.uid)
            else:
                self._report.fail(action, answer.why)
                self._step()
        self._memory.record(replace(state, known=known, graves=graves))
        return again

    def _look_again(self, uids: set[str]) -> list[Action]:
        """See how these resources stand, and decide about them anew."""
        asked = [self._memory.state.known[uid] for uid in sorted(uids)]
        found: list[Resource] = []
        for answers in self._remote.fetch(asked):
            for place, answer in answers.items():
                if answer.verdict is Verdict.MISSING:
                    self._see_that_it_is_there()
                found += _found(asked[place], answer)
        state = self._memory.state
        self._memory.record(take_in(state, found, self._wanted, self._profile))
        for uid in uids - self._memory.state.known.keys():
            meant = self._meant.get(uid)
            if isinstance(meant, Delete):  # gone, as it was meant to be
                self._report.tell(meant)
                self._step()
        return [self._settle(action) for action in self._decide(self._memory.state) if _uid(action) in uids]

    def _settle(self, action: Action) -> Action:
        """What we meant to write and found written is told as written."""
        meant = self._meant.get(_uid(action))
        if meant is None or not isinstance(action, Unchanged):
            return action
        self._step()
        return Settled(action, meant)

    def _see_that_it_is_there(self) -> None:
        """A resource that is missing may mean that the calendar is gone; asked once. Raises CalendarGone."""
        if not self._is_there:
            self._remote.check()
            self._is_there = True

    def _step(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total)


def _begin(action: Write, count: int) -> Write:
    """What is remembered of a write before it is sent."""
    match action:
        case Create(wanted, known):
            return replace(action, known=prepare(known, wanted.fields, wanted.fields, count))
        case Patch(wanted, known, names):
            return replace(action, known=prepare(known, wanted.fields, names, count))
        case Delete(known):
            return Delete(replace(known, deleting=True))


def _is_done(action: Write, answer: Answer, known: dict[str, Known], graves: dict[str, Grave]) -> bool:
    """Whether an answer says that it is done; what is known then.

    That a resource to be deleted is missing proves little: it is looked for once more.
    """
    if answer.verdict is not Verdict.DONE:
        return False
    if isinstance(action, Delete):
        bury(known, graves, action.known, "calsync")
        return True
    if answer.resource is None or answer.resource.deleted:
        return False
    known[action.known.uid] = confirm(action.known, answer.resource)
    return True


def _found(known: Known, answer: Answer) -> list[Resource]:
    """What an answer to a look tells: the resource, or that it is deleted; nothing of one that is yet to be made."""
    if answer.verdict is Verdict.DONE and answer.resource:
        return [answer.resource]
    was_there = known.etag or known.deleting
    if answer.verdict is Verdict.DELETED or (answer.verdict is Verdict.MISSING and was_there):
        return [Resource(known.href, deleted=True)]
    return []


def _uid(action: Action) -> str:
    return action.wanted.uid if isinstance(action, KeptDeleted) else action.known.uid

"""Where plans come from: files, or what is remembered. Both answer alike, and as streams.

source = FilePlans(context, reading.interviews)      # or StorePlans(context, store)
for plan, numbers in source.plans():
    ...
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from calsync.domain import Event, Interview, Plan
from calsync.errors import NoInput, Usage
from calsync.phrase import phrase
from calsync.workflows.context import Context
from calsync.workflows.names import find_event, find_events
from calsync.workflows.replanning import planned_again

if TYPE_CHECKING:
    from calsync.store import Store
    from calsync.workflows.busy_times import BusyTimes

__all__ = ["FilePlans", "Numbered", "Plans", "StorePlans", "WhatIfPlans", "numbered"]


class Numbered(msgspec.Struct, frozen=True):
    """A plan with what its events are called (``1.3``), by uid; those of files have no names."""

    plan: Plan
    refs: Mapping[str, str] = MappingProxyType({})


def numbered(store: "Store", plan: Plan) -> Numbered:
    """A plan of a remembered interview, with the refs of its events."""
    planned = store.planned(interview=plan.interview.id)
    return Numbered(plan, {each.event.uid: each.ref for each in planned})


class Plans(ABC):
    """The plans of some interviews; a subclass says whose, and may find events faster."""

    @abstractmethod
    def plans(self, candidate: str | None = None) -> Iterator[Numbered]:
        """Each plan as it is made or read; of one candidate, or all."""

    @abstractmethod
    def candidates(self) -> list[str]:
        """Everybody whose interviews these are, in order; the empty text is nobody by name."""

    def named(self, names: Sequence[str]) -> Iterator[tuple[Numbered, Event]]:
        """The events that ``names`` mean, each a uid, its beginning or a step; all without a name.

        Raises Usage, at the end, for names that mean none.
        """
        missing = set(names)
        for each in self.plans():
            for event in each.plan.events:
                meant = [name for name in names if event.uid.startswith(name or " ") or event.step == name]
                missing.difference_update(meant)
                if meant or not names:
                    yield each, event
        if missing:
            raise _nobody(missing)

    def one(self, name: str) -> tuple[Plan, Event]:
        """The one event that ``name`` means. Raises Usage where there is none, or more than one."""
        found = [(each.plan, event) for each, event in self.named([name])]
        if len(found) > 1:
            uids = [event.uid for _, event in found]
            shown = f"{', '.join(uids[:_MOST_NAMED])}{' …' if len(uids) > _MOST_NAMED else ''}"
            raise Usage(
                phrase("{name!r} means {found} events", name=name, found=len(found)),
                remedy=phrase("name one of {shown}", shown=shown),
                code="CS-USE-037",
            )
        return found[0]


class FilePlans(Plans):
    """Plans of interviews that were just read."""

    def __init__(
        self, context: Context, interviews: Sequence[Interview], *, not_before: datetime | None = None
    ) -> None:
        self._context, self._interviews, self._not_before = context, interviews, not_before

    def plans(self, candidate: str | None = None) -> Iterator[Numbered]:
        """The events one by one, in order of their start."""
        whose = [each for each in self._interviews if candidate is None or each.candidate == candidate]
        return map(Numbered, self._context.plans(whose, not_before=self._not_before))

    def candidates(self) -> list[str]:
        """In the order of their names."""
        return sorted({each.candidate for each in self._interviews})


class StorePlans(Plans):
    """The plans as they are remembered; nothing is planned again."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def plans(self, candidate: str | None = None) -> Iterator[Numbered]:
        """In the order of the interviews' numbers."""
        return (Numbered(each.plan, each.refs) for each in self._store.plans(candidate=candidate))

    def candidates(self) -> list[str]:
        """In the order of their names."""
        return self._store.candidates()

    def named(self, names: Sequence[str]) -> Iterator[tuple[Numbered, Event]]:
        """Found by an index: refs, uids, and interviews for all of their events. Raises NoInput, BadData."""
        if not names:
            yield from super().named(names)
        for planned in [each for name in names for each in find_events(self._store, name)]:
            plan = self._store.plan(planned.event.interview)
            if plan is not None:
                yield Numbered(plan, {planned.event.uid: planned.ref}), planned.event

    def one(self, name: str) -> tuple[Plan, Event]:
        """The follow-up that is meant; of an interview, its next call or email. Raises NoInput, BadData."""
        event = find_event(self._store, name).event
        plan = self._store.plan(event.interview)
        if plan is None:
            raise NoInput(phrase("nothing is planned for it"), where=name, code="CS-STO-011")
        return plan, event


class WhatIfPlans(Plans):
    """What the remembered interviews would be planned like from another day on, by another playbook, around other busy times.

    Nothing of it is remembered. The events keep the numbers they have, as far as they are planned.
    """

    def __init__(
        self,
        context: Context,
        store: "Store",
        *,
        not_before: datetime | None = None,
        busy: "BusyTimes | None" = None,
    ) -> None:
        self._context, self._store, self._not_before, self._busy = context, store, not_before, busy

    def plans(self, candidate: str | None = None) -> Iterator[Numbered]:
        """Candidate by candidate."""
        for name in self.candidates() if candidate is None else [candidate]:
            kept = list(self._store.interviews(candidate=name))
            floor = self._not_before
            for plan in planned_again(self._context, self._store, kept, not_before=floor, busy=self._busy):
                yield numbered(self._store, plan)

    def candidates(self) -> list[str]:
        """In the order of their names."""
        return self._store.candidates()


_MOST_NAMED = 5


def _nobody(names: Iterable[str]) -> Usage:
    return Usage(
        phrase("no event goes by {names}", names=", ".join(repr(name) for name in sorted(names))),
        remedy=phrase(
            "name a uid or its beginning, or a step such as status; calsync plan --json lists the uids"
        ),
        code="CS-USE-020",
    )

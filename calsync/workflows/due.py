"""What is due, in the order in which to do it: for ``next``, ``today`` and the page.

Time that passes changes no plan. What is said of a follow-up whose time has
passed is worked out here, from now: how late it is, and when it could be done
instead.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from calsync.domain import LAST_THANKS_HOURS, QUARTER, Event, Interview, Plan, replace
from calsync.workflows.busy_times import busy_times, is_owner
from calsync.workflows.context import Context

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calsync.planner import BusyTime
    from calsync.store import Store, StoredEvent

__all__ = ["Agenda", "Due", "DueState", "Rank", "is_over"]

DueState = Literal["now", "today", "overdue", "later"]
Rank = Literal[1, 2, 3, 4, 5]
"""1 calls to make now; 2 the rest of today; 3 overdue by at most three business days; 4 to come; 5 older."""

_STATES: dict[Rank, DueState] = {1: "now", 2: "today", 3: "overdue", 4: "later", 5: "overdue"}
_BEFORE_LATER: tuple[Rank, ...] = (1, 2, 3)
_OLDER: Rank = 5
_TOUCHES = ("call", "email")
_AN_HOUR = timedelta(hours=1)
_SHORTLY_BUSINESS_DAYS = 3
_NEAR = timedelta(days=30)
"""No three business days take longer."""
_AHEAD = timedelta(days=70)
"""How far ahead a next slot is looked for, and with it what takes hours there."""


def is_over(store: "Store", event: Event, now: datetime) -> bool:
    """Whether nobody waits for it any more: questions and preparations end when what they are for begins, thanks in time."""
    if event.end > now:
        return False
    if event.action == "ask":
        return store.interview(event.interview).interview.start <= now
    if event.action == "prepare":
        calls = store.planned(interview=event.interview, since=event.end, actions=("call",))
        begins = next((each.event.start for each in calls if each.event.step == event.before), event.end)
        return begins <= now
    if event.step != "thank-you":
        return False
    parted = store.interview(event.interview).interview.end
    return parted.astimezone(UTC) + timedelta(hours=LAST_THANKS_HOURS) < now


class Due:
    """A follow-up that waits for somebody, as it stands at a moment."""

    def __init__(self, agenda: "Agenda", planned: "StoredEvent", interview: Interview, rank: Rank) -> None:
        self._agenda = agenda
        self.planned = planned
        self.interview = interview
        self.rank: Rank = rank

    @property
    def event(self) -> Event:
        """As it was planned."""
        return self.planned.event

    @property
    def state(self) -> DueState:
        """In a word, for programs."""
        return _STATES[self.rank]

    @property
    def is_late(self) -> bool:
        """Whether its time has passed and somebody still waits for it."""
        return self.event.action in _TOUCHES and self.event.end <= self._agenda.now

    @property
    def is_good_now(self) -> bool:
        """Whether what is late can be done in this quarter of an hour or the next."""
        soon = self._agenda.now + timedelta(minutes=QUARTER)
        return self.rank == 1 or (self.next_slot is not None and self.next_slot <= soon)

    @cached_property
    def next_slot(self) -> datetime | None:
        """The next legal start of what is late, by every rule; None for what is not, or has none."""
        return self._agenda.next_slot(self.planned, self._agenda.now) if self.is_late else None

    def spoken(self, plan: Plan) -> Event:
        """The event as its texts should speak: for its next slot where it is late, else for its own time."""
        return self._agenda.spoken(self.event, plan, self.next_slot)


class Agenda:
    """What waits at the moment ``now``; of one candidate, or of all."""

    def __init__(self, context: Context, store: "Store", now: datetime, candidate: str | None = None) -> None:
        self.now = now
        self._context, self._store, self._candidate = context, store, candidate
        self._own = context.preferences.zone
        self._interviews: dict[str, Interview] = {}
        self._taken: dict[str, list[Interview | Event]] = {}

    def due(self, *, later: bool = True) -> Iterator[Due]:
        """Everything that waits, in order; without ``later``, what is not to come after today."""
        near = [self._look(each) for each in self._planned(self.now - _NEAR, self._tomorrow)]
        found = [each for each in near if each is not None]
        for rank in _BEFORE_LATER:
            yield from _in_order(found, rank)
        if later:
            coming = (self._look(each) for each in self._planned(self._tomorrow, None))
            yield from (each for each in coming if each is not None and each.state == "later")
        yield from _in_order(found, _OLDER)
        older = self._store.planned(until=self.now - _NEAR, candidate=self._candidate, newest_first=True)
        yield from (each for each in map(self._look, older) if each is not None)

    def of(self, planned: "StoredEvent") -> Due | None:
        """How one follow-up stands; None where nobody waits for it any more."""
        return self._look(planned)

    def next_slot(self, planned: "StoredEvent", now: datetime) -> datetime | None:
        """The first legal start from ``now`` on."""
        interview = self._interview(planned)
        plan = self._store.plan(interview.id)
        if plan is not None and plan.absences:
            interview = replace(interview, away=interview.away + plan.absences)
        return self._context.planner.next_slot(
            planned.event,
            interview,
            now,
            others=self.taken(interview.candidate),
            busy=self.busy(interview.candidate),
            last_touch=plan.last_touch if plan else None,
        )

    def spoken(self, event: Event, plan: Plan, slot: datetime | None) -> Event:
        """The event as if it stood in ``slot``."""
        if slot is None or slot == event.start:
            return event
        return self._context.planner.at_another_time(event, plan.interview, slot)

    def taken(self, candidate: str) -> "list[Interview | Event]":
        """What takes hours of a candidate's from now on: interviews, and calls that are planned."""
        if candidate not in self._taken:
            since, until = self.now - timedelta(days=1), self.now + _AHEAD
            met = self._store.interviews(candidate=candidate, since=since.date(), until=until.date())
            calls = self._store.planned(candidate=candidate, since=since, until=until, actions=("call",))
            self._taken[candidate] = [each.interview for each in met]
            self._taken[candidate] += [each.event for each in calls]
        return self._taken[candidate]

    def busy(self, candidate: str) -> "Sequence[BusyTime]":
        """The candidate's busy times by their own calendar."""
        return busy_times(self._store).planned_around() if is_owner(self._context, candidate) else ()

    @cached_property
    def _tomorrow(self) -> datetime:
        """When the candidate's day ends; in UTC, for no clock need show it."""
        day = self.now.astimezone(self._own).date() + timedelta(days=1)
        return max(datetime.combine(day, time(), self._own).astimezone(UTC), self.now + _AN_HOUR)

    def _planned(self, since: datetime, until: datetime | None) -> "Iterator[StoredEvent]":
        return self._store.planned(since=since, until=until, candidate=self._candidate)

    def _look(self, planned: "StoredEvent") -> Due | None:
        if is_over(self._store, planned.event, self.now):
            return None
        interview = self._interview(planned)
        return Due(self, planned, interview, self._rank(planned, interview))

    def _rank(self, planned: "StoredEvent", interview: Interview) -> Rank:
        event, now = planned.event, self.now
        is_late = event.end <= now
        if event.action == "call" and not is_late and event.start <= now + _AN_HOUR:
            return 1
        shortly = is_late and self._late_days(event, interview) <= _SHORTLY_BUSINESS_DAYS
        if event.action == "call" and shortly and self._is_legal_now(planned):
            return 1
        if event.start.astimezone(self._own).date() == now.astimezone(self._own).date():
            return 2
        if event.action not in _TOUCHES:
            return 2 if is_late else 4
        if not is_late:
            return 4
        return 3 if shortly else 5

    def _late_days(self, event: Event, interview: Interview) -> int:
        """Business days of the employer's from the day it was planned for to today, on the contact's clock."""
        day, today = (moment.astimezone(interview.zone).date() for moment in (event.start, self.now))
        count = 0
        while count <= _SHORTLY_BUSINESS_DAYS:
            day = self._context.next_business_day(interview, day)
            if day > today:
                break
            count += 1
        return count

    def _is_legal_now(self, planned: "StoredEvent") -> bool:
        """Whether the quarter hour that runs is a slot for it."""
        past = timedelta(
            minutes=self.now.minute % QUARTER, seconds=self.now.second, microseconds=self.now.microsecond
        )
        begun = self.now - past
        return self.next_slot(planned, begun) == begun

    def _interview(self, planned: "StoredEvent") -> Interview:
        name = planned.event.interview
        if name not in self._interviews:
            self._interviews[name] = self._store.interview(name).interview
        return self._interviews[name]


def _in_order(found: "Sequence[Due]", rank: Rank) -> list[Due]:
    """Those of a rank: by start, what is late behind what is on time; of what is overdue the newest first."""
    of_rank = [each for each in found if each.rank == rank]
    late_last = rank == 1
    return sorted(
        of_rank,
        key=lambda each: (late_last and each.is_late, each.event.start, each.event.uid),
        reverse=_STATES[rank] == "overdue",
    )

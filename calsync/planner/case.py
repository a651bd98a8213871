"""One interview on the planner's desk: what its follow-ups are placed with, and those placed so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from calsync.business_days import EmployerCalendars
from calsync.domain.event import Action, Event, Step
from calsync.domain.interview import Interview, Person
from calsync.domain.preferences import Preferences
from calsync.domain.reason import Note, Reason
from calsync.planner import sentences
from calsync.planner.channel import Verdict, channel
from calsync.planner.clock import later
from calsync.planner.diary import Diary
from calsync.planner.identity import uid
from calsync.planner.progress import Progress
from calsync.planner.slots import CALL_MINUTES, SlotFinder
from calsync.playbooks import Playbook

__all__ = ["Case", "Place"]

EMAIL_MINUTES = CALL_MINUTES
_WEEK = timedelta(days=7)


class Place(NamedTuple):
    """Where a step came to lie, and how it got there; becomes an event by ``Case.enter``."""

    action: Action
    start: datetime
    reasons: tuple[Reason, ...]
    earliest: date
    preferred: date
    latest: date
    late: bool = False
    overdue: bool = False
    pinned: bool = False


@dataclass(slots=True, eq=False, repr=False)
class Case:
    """The working papers of one interview; the only thing in the planner that changes.

    ``contact`` is whom calls and emails are for.
    """

    interview: Interview
    playbook: Playbook
    fallback_playbook: Playbook
    preferences: Preferences
    calendars: EmployerCalendars
    diary: Diary
    finder: SlotFinder
    progress: Progress
    end: datetime
    contact: Person
    decision: date | None = None
    not_before: datetime | None = None
    floor_day: date | None = None
    last_touch: date | None = None
    events: list[Event] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def agreed_day(self) -> date | None:
        """The agreed day in the contact's zone, whether or not a time was agreed."""
        return self.local_day(self.progress.agreed)

    def local_day(self, moment: date | datetime | None) -> date | None:
        """The day of ``moment`` in the contact's zone."""
        return moment.astimezone(self.interview.zone).date() if isinstance(moment, datetime) else moment

    def channel(self) -> Verdict:
        """Call or email; an email once all messages are left, since no call can follow (002-18)."""
        verdict = channel(self.interview, self.preferences, self.playbook)
        if verdict[0] and not self.progress.may_call(self.playbook.calls):
            return False, sentences.EMAIL_MESSAGES_LEFT, ("002-18",)
        return verdict

    def next_touch(self) -> date | None:
        """The first day on which another touch may be: a business day after the one before (000-05)."""
        return self.calendars.counting.add(self.last_touch, 1) if self.last_touch else None

    def enter(
        self,
        step: Step,
        place: Place,
        *,
        minutes: int = EMAIL_MINUTES,
        part: str = "",
        person: Person | None = None,
        before: Step | None = None,
    ) -> Event:
        """Write the event into the plan, and a call into the candidate's diary."""
        event = Event(
            uid=uid(self.interview.id, step, part=part),
            interview=self.interview.id,
            step=step,
            action=place.action,
            status="tentative" if step in _IF_NOBODY_ANSWERS else "confirmed",
            start=place.start,
            end=later(place.start, minutes),
            earliest=place.earliest,
            preferred=place.preferred,
            latest=place.latest,
            trace=place.reasons,
            person=person or (self.contact if step == "thank-you" else None),
            before=before,
            late=place.late,
            overdue=place.overdue,
            pinned=place.pinned,
            withdraws=step == "closing"
            and self.playbook.closing is not None
            and self.playbook.closing.withdraws,
            alarms=getattr(self.preferences.alarms, place.action),
            offers=self._offers(place) if place.action == "call" else (),
            location=self.interview.location if step == "ask" else "",
            url=self.interview.url,
        )
        self.events.append(event)
        if place.action == "call":
            self.diary.take(event.start, event.end, f"{step} call, {self.interview.company}")
        return event

    def touched(self, events: Sequence[Event]) -> None:
        """Remember the day of the last touch: its start's date in the contact's zone."""
        zone = self.interview.zone
        for event in events:
            start = event.start if event.start.tzinfo is zone else event.start.astimezone(zone)
            day = start.date()
            self.last_touch = max(day, self.last_touch or day)

    def _offers(self, place: Place) -> tuple[date, ...]:
        """Two days on which a call could be next: a week on, and a week after that (001-21)."""
        return tuple(self._first_landing(place.start.date() + weeks * _WEEK) for weeks in (1, 2))

    def _first_landing(self, day: date) -> date:
        landing = self.calendars.calls
        for _ in range(_FAR_DAYS):
            if landing.is_open(day):
                return day
            day += _WEEK / 7
        return day


_FAR_DAYS = 60
_IF_NOBODY_ANSWERS: frozenset[Step] = frozenset({"second", "closing"})

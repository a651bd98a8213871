"""One interview while it is planned: what its follow-ups are placed with, and those placed so far."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import msgspec
from msgspec.structs import replace

from calsync.business_days import BusinessCalendar
from calsync.domain.event import LAST_THANKS_HOURS, Action, Event, Step, uid
from calsync.domain.interview import Interview, Person
from calsync.domain.outcome import Outcome
from calsync.domain.reason import Note, Reason
from calsync.planner import sentences
from calsync.planner.clock import CALL_MINUTES, later
from calsync.planner.progress import Progress, holds
from calsync.planner.rules import Rules, Verdict, channel, preferred_window
from calsync.planner.slots import Diary, SlotFinder

__all__ = [
    "Case",
    "Place",
    "days_to_offer",
]


class Place(msgspec.Struct, frozen=True):
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


def days_to_offer(day: date, landing: BusinessCalendar) -> tuple[date, date]:
    """The first days for a call a week and two weeks after one of that day."""
    return _first_open(day + _WEEK, landing), _first_open(day + _FORTNIGHT, landing)


def _first_open(day: date, landing: BusinessCalendar) -> date:
    for _ in range(_FAR_DAYS):
        if landing.is_open(day):
            return day
        day += _ONE_DAY
    return day


EMAIL_MINUTES = CALL_MINUTES
_ONE_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_FORTNIGHT = timedelta(days=14)


class Case:
    """The working papers of one interview; the only thing in the planner that changes.

    ``contact`` is whom calls and emails are for; ``told_with_the_news`` says that the
    news of another offer is told on the day they named for the status touch.
    """

    def __init__(
        self,
        interview: Interview,
        rules: Rules,
        progress: Progress,
        diary: Diary,
        not_before: datetime | None,
    ) -> None:
        self.interview = interview
        self.playbook = rules.playbook
        self.fallback_playbook = rules.fallback_playbook
        self.preferences = rules.preferences
        self.calendars = rules.calendars.with_away(interview.away)
        self.progress = progress
        self.diary = diary
        window = preferred_window(interview, self.preferences, self.playbook)
        self.finder = SlotFinder(rules.hours, interview.busy, window, diary, self.calendars.eve)
        self.end = later(interview.start, interview.minutes)
        self.contact = Person(interview.contact, interview.email)
        self.not_before = not_before
        self.floor_day = not_before.astimezone(interview.zone).date() if not_before else None
        self.decision: date | None = None
        self.last_touch: date | None = progress.last_touch
        self.told_with_the_news = False
        self.events: list[Event] = []
        self.notes: list[Note] = []

    @property
    def agreed_day(self) -> date | None:
        """The agreed day in the contact's zone, whether or not a time was agreed."""
        return self.local_day(self.progress.agreed)

    def local_day(self, moment: date | datetime | None) -> date | None:
        """The day of ``moment`` in the contact's zone."""
        return moment.astimezone(self.interview.zone).date() if isinstance(moment, datetime) else moment

    def channel(self, *, they_named_it: bool = False) -> Verdict:
        """Call or email; an email once all messages are left (002-18), unless they named the day themselves."""
        verdict = channel(self.interview, self.preferences, self.playbook)
        if verdict[0] and not they_named_it and not self.progress.may_call(self.playbook.calls):
            return False, sentences.EMAIL_MESSAGES_LEFT, ("002-18",)
        return verdict

    def has_passed(self, start: datetime) -> bool:
        """Whether the floor is after it."""
        return self.not_before is not None and start < self.not_before

    def is_over(self, step: Step, part: str = "") -> bool:
        """Whether one follow-up of a step was done, or passed over, by itself."""
        over = self.progress.over
        return bool(over) and uid(self.interview.id, step, part=part) in over

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
        """Write the event into the plan, and a call into the candidate's diary; where it was moved to, if it was."""
        name = uid(self.interview.id, step, part=part)
        move = self.move_of(name) if self.progress.moves else None
        if move is not None:
            place = self._moved(step, place, move)
        event = Event(
            uid=name,
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
            self.diary.take(event.start, minutes, f"{step} call, {self.interview.company}")
        return event

    def move_of(self, name: str) -> Outcome | None:
        """What was logged of the candidate's wish for another time for that follow-up, as far as it holds."""
        move = next((each for each in self.progress.moves if each.uid == name), None)
        if move is None or holds(move, self.interview):
            return move
        self.notes.append(Note(move.step or "status", sentences.MOVE_DROPPED, {"to": move.to}))
        return None

    def _moved(self, step: Step, place: Place, move: Outcome) -> Place:
        """The place that the candidate chose, with every rule that it goes against; the plan's own once that has passed."""
        assert move.to is not None  # only such moves are remembered
        start = move.to.astimezone(place.start.tzinfo)
        if self.has_passed(start):
            passed = Reason("moved", start, place.start, sentences.MOVED_PASSED)
            return replace(place, reasons=(*place.reasons, passed))
        was = move.was.astimezone(start.tzinfo) if move.was is not None else place.start
        moved = Reason("moved", was, start, sentences.MOVED)
        reasons = (*place.reasons, moved, *self._against(step, place, start))
        late = start.date() > place.latest
        return replace(place, start=start, reasons=reasons, late=late, overdue=False, pinned=True)

    def _against(self, step: Step, place: Place, start: datetime) -> Iterator[Reason]:
        """The rules that a start of the candidate's own choice goes against."""
        if place.action in {"ask", "prepare"}:
            return
        if step == "thank-you" and place.action == "email":
            if start > later(self.end, LAST_THANKS_HOURS * 60):
                yield Reason("limit", start, start, sentences.THANKS_TOO_LATE)
            elif start.date() > place.latest:
                yield Reason("late", start, start, sentences.BOUND["thank-you"])
            return
        day = start.astimezone(self.interview.zone).date()
        landing = self.calendars.calls if place.action == "call" else self.calendars.emails
        first, closed = self.next_touch(), landing.why_closed(day)
        if first is not None and day < first:
            details: dict[str, object] = {"last": self.last_touch}
            yield Reason("limit", start, start, sentences.ONE_TOUCH_A_DAY, ("000-05",), details)
        elif day < place.earliest:
            yield Reason("offset", day, day, sentences.TOO_EARLY, (), {"earliest": place.earliest})
        elif day > place.latest:
            yield Reason("late", day, day, sentences.TOO_LATE, ("003-02",), {"latest": place.latest})
        if closed is not None:
            sentence = sentences.CLOSED[sentences.key_of(closed)]
            yield Reason(closed.kind, day, day, sentence, (), {"name": closed.name})
        yield from self.finder.against(start, to_call=place.action == "call")

    def touched(self, event: Event) -> None:
        """Remember the day of the last touch: its start's date in the contact's zone."""
        day = event.start.astimezone(self.interview.start.tzinfo).date()
        if self.last_touch is None or day > self.last_touch:
            self.last_touch = day

    def _offers(self, place: Place) -> tuple[date, ...]:
        """Two days on which a call could be next: a week on, and a week after that (001-21)."""
        return days_to_offer(place.start.date(), self.calendars.calls)


_FAR_DAYS = 60
_IF_NOBODY_ANSWERS: frozenset[Step] = frozenset({"second", "closing"})

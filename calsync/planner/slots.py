"""Time of day: which quarter hour of a day a call or an email takes, and why not another."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from math import ceil
from typing import Literal

import msgspec

from calsync.business_days import Closed, Closure
from calsync.domain.interview import Window
from calsync.domain.reason import Reason
from calsync.domain.times import QUARTER, WeeklyHours
from calsync.phrase import phrase
from calsync.planner import sentences
from calsync.planner.clock import (
    CALL_MINUTES,
    Part,
    Quarter,
    SharedHours,
    at_minute,
    clock_change,
    minute_of,
    quarter_index,
    up,
)

__all__ = ["MOVED_HERE", "BusyTime", "Diary", "Hurdle", "Slot", "SlotFinder"]

# What a candidate's time is taken by: interviews, calls, and busy times of their own.
#
# Every slot is a quarter hour and every zone in use keeps to quarter hours, so
# that a set of quarter hours says exactly what overlaps what.


_SECONDS = QUARTER * 60
MOVED_HERE = "a call that you moved there"
"""What takes the time of a call that the candidate moved."""


class BusyTime(msgspec.Struct, frozen=True):
    """A time that the candidate has given to something else, and whose ``calendar`` says so ("" for none)."""

    start: datetime
    end: datetime
    calendar: str = ""


class Diary:
    """The quarter hours of one candidate that are taken, and by what."""

    __slots__ = ("_busy", "_full_days", "_taken")

    def __init__(self) -> None:
        self._taken: dict[int, str | BusyTime] = {}
        self._full_days: set[Hashable] = set()
        self._busy: list[BusyTime] = []

    def take(self, start: datetime, minutes: int, what: str | BusyTime) -> None:
        """Enter ``what`` for every quarter hour that these minutes touch; what came first stays."""
        begin = start.timestamp()
        self._take(begin, begin + 60 * minutes, what)

    def take_busy(self, times: Iterable[BusyTime]) -> None:
        """Enter the candidate's own busy times, after what is known better: an interview is in their calendar too."""
        for each in times:
            what = each if each.calendar else phrase("an appointment of your own")
            self._take(each.start.timestamp(), each.end.timestamp(), what)
            if each.calendar:
                self._busy.append(each)

    def taken_by(self, quarter: int) -> str | BusyTime | None:
        """What takes the quarter hour of that index, None if it is free."""
        return self._taken.get(quarter)

    def busy_at(self, start: datetime, end: datetime) -> BusyTime | None:
        """The busy time out of a calendar that a call from ``start`` to ``end`` would fall into."""
        return next((each for each in self._busy if each.start < end and each.end > start), None)

    def is_known_full(self, day: Hashable) -> bool:
        """Whether a search like this one found nothing on that day before; time taken is never given back."""
        return bool(self._full_days) and day in self._full_days

    def remember_full(self, day: Hashable) -> None:
        """Spare the next search like this one the same day."""
        self._full_days.add(day)

    def _take(self, begin: float, end: float, what: str | BusyTime) -> None:
        """The same from one second since 1970 to another."""
        for quarter in range(int(begin // _SECONDS), ceil(end / _SECONDS)):
            self._taken.setdefault(quarter, what)


# The hour of a call or an email.


Hurdle = Literal["contact-busy", "own-hours", "taken", "eve"]
_BOTH_ENDS: tuple[Part, ...] = ("early", "late")
_BETWEEN: tuple[Part, ...] = ("rest",)
_ORDER: dict[Window, tuple[Part, ...]] = {
    "any": ("early", "late", "rest"),
    "early": ("early", "late", "rest"),
    "late": ("late", "early", "rest"),
}
_HARDEST_LAST: tuple[Hurdle, ...] = ("taken", "eve", "contact-busy", "own-hours")
_NOON = 12 * 60
_SOURCES: dict[Part, tuple[str, ...]] = {"early": ("004-05",), "late": ("004-05",), "rest": ("003-13",)}
_HURDLE_SOURCES: dict[Hurdle, tuple[str, ...]] = {
    "contact-busy": ("003-08",),
    "own-hours": ("004-13",),
    "taken": (),
    "eve": (),
}


class Slot(msgspec.Struct, frozen=True):
    """A start, and the reasons that lead to it from its day."""

    start: datetime
    reasons: tuple[Reason, ...]


class SlotFinder:
    """Finds the hour for one interview's follow-ups.

    What counts are the hours both sides share, the contact's busy ones, the
    diary, and the eves of holidays, on which nobody is called after noon.
    """

    __slots__ = ("_busy", "_diary", "_eve", "_order", "_same_zone", "_shared")

    def __init__(
        self,
        shared: SharedHours,
        busy: tuple[WeeklyHours, ...],
        window: Window,
        diary: Diary,
        eve: Closure = lambda _: None,
    ) -> None:
        self._eve = eve
        self._shared = shared
        self._busy = busy
        self._order = _ORDER[window]
        self._diary = diary
        self._same_zone = shared.zone.key == shared.own.key

    def call(
        self,
        day: date,
        *,
        not_before: datetime | None = None,
        parts: tuple[Part, ...] = (),
        soonest: bool = False,
        any_day: bool = False,
    ) -> Slot | Hurdle:
        """The first legal slot for a call on ``day`` in the order of preference, else what stands in the way.

        ``parts`` narrows the day, ``not_before`` cuts off what has passed,
        ``soonest`` puts the order of time before that of preference, ``any_day``
        takes the eve of a holiday for a day like others.
        """
        eve = None if any_day else self._eve(day)
        whole_day = not parts and not_before is None
        search = (day, self._shared.zone.key, self._busy, eve is None)
        if whole_day and self._diary.is_known_full(search):
            return "taken"
        passed: dict[Hurdle, tuple[int, int]] = {}
        base, quarters = self._shared.calls(day, parts or self._order)
        for quarter in sorted(quarters) if soonest else quarters:
            if not_before is not None and at_minute(day, quarter.minute, self._shared.zone) < not_before:
                continue
            hurdle = self._hurdle(day, quarter, base, eve)
            if hurdle is None:
                return self._slot(day, quarter, passed, eve)
            passed.setdefault(hurdle, (quarter.minute, base + quarter.number))
        if whole_day and "taken" in passed:
            self._diary.remember_full(search)
        return next((hurdle for hurdle in _HARDEST_LAST if hurdle in passed), "own-hours")

    def at_other_end(self, missed: datetime) -> "SlotFinder":
        """One that looks at the late hours first if nobody answered in the first half of the day, else at the early ones."""
        business = self._shared.business
        was_early = minute_of(missed) * 2 < business.opens + business.closes
        return SlotFinder(self._shared, self._busy, "late" if was_early else "early", self._diary, self._eve)

    def thank_you_call(self, earliest: datetime, latest: datetime, days: Sequence[date]) -> Slot | None:
        """The first legal slot between two moments: early and late hours of all ``days`` first, then the rest."""
        for parts in _BOTH_ENDS, _BETWEEN:
            for day in days:
                base, quarters = self._shared.calls(day, parts)
                eve = self._eve(day)
                for quarter in sorted(quarters):
                    start = at_minute(day, quarter.minute, self._shared.zone)
                    if earliest <= start <= latest and self._hurdle(day, quarter, base, eve) is None:
                        return self._slot(day, quarter, {})
        return None

    def email(self, day: date, *, not_before: datetime | None = None) -> Slot | None:
        """The first quarter hour of the contact's business hours inside the candidate's own hours.

        Where the two never meet on ``day``: the last quarter hour of the
        candidate's hours before business opens. Nothing makes an email busy;
        None only where all of that is before ``not_before``.
        """
        minute = self._shared.first_email(day)
        if minute is None:
            start = self._shared.evening_before(day)
            slot = Slot(start, (self._email_reason(day, start, sentences.EMAIL_EVENING),))
            return slot if not_before is None or start >= not_before else None
        start = at_minute(day, minute, self._shared.zone)
        while not_before is not None and start < not_before:
            minute += QUARTER
            start = at_minute(day, minute, self._shared.zone)
            if not self._shared.can_email(day, minute):
                return None
        return Slot(start, (self._email_reason(day, start), *clock_change(day, minute, start)))

    def against(self, start: datetime, *, to_call: bool) -> Iterator[Reason]:
        """The rules about hours that a start goes against which somebody chose, whatever they say."""
        there, own = start.astimezone(self._shared.zone), start.astimezone(self._shared.own)
        day, minute = there.date(), minute_of(there)
        details = {"clock": there.time()}
        if not self._shared.business.contains(minute, CALL_MINUTES):
            yield Reason("limit", start, start, sentences.OUTSIDE_BUSINESS, ("003-13",), details)
        if not self._shared.is_own(own, to_call=to_call):
            yield Reason("own-hours", start, start, sentences.PASSED_HOURS["own-hours"], ("004-13",), details)
        if not to_call:
            return
        if self._busy and _within(self._busy, day.weekday(), minute):
            sentence = sentences.PASSED_HOURS["contact-busy"]
            yield Reason("contact-busy", start, start, sentence, ("003-08",), details)
        taken = self._diary.taken_by(quarter_index(start))
        if isinstance(taken, BusyTime):
            yield self._busy_reason(day, there, taken)
        elif taken is not None and taken != MOVED_HERE:
            sentence = sentences.PASSED_HOURS["taken"]
            yield Reason("taken", start, start, sentence, (), {**details, "what": taken})
        eve = self._eve(day)
        if eve is not None and minute >= _NOON:
            yield Reason("eve", day, day, sentences.EVE, (), {"name": eve.name})

    def start_of_day(self, day: date) -> datetime:
        """The first quarter hour of the contact's business hours, legal or not."""
        return at_minute(day, up(self._shared.business.opens), self._shared.zone)

    def _hurdle(self, day: date, quarter: Quarter, base: int, eve: Closed | None) -> Hurdle | None:
        if self._busy and _within(self._busy, day.weekday(), quarter.minute):
            return "contact-busy"
        if not quarter.is_own:
            return "own-hours"
        if self._diary.taken_by(base + quarter.number) is not None:
            return "taken"
        return "eve" if eve is not None and quarter.minute >= _NOON else None

    def _slot(
        self,
        day: date,
        quarter: Quarter,
        passed: dict[Hurdle, tuple[int, int]],
        eve: Closed | None = None,
    ) -> Slot:
        start = at_minute(day, quarter.minute, self._shared.zone)
        hurdles = (self._hurdle_reason(day, *each, eve) for each in passed.items()) if passed else ()
        source = _SOURCES[quarter.part]
        if self._same_zone:
            slot = Reason("slot", day, start, sentences.SLOTS[quarter.part], source)
        else:
            sentence = sentences.SLOTS_IN_TWO_ZONES[quarter.part]
            slot = Reason("slot", day, start, sentence, source, self._two_zones(start))
        return Slot(start, (*hurdles, slot, *clock_change(day, quarter.minute, start)))

    def _hurdle_reason(self, day: date, hurdle: Hurdle, first: tuple[int, int], eve: Closed | None) -> Reason:
        minute, index = first
        if hurdle == "eve" and eve is not None:
            return Reason("eve", day, day, sentences.EVE, (), {"name": eve.name})
        what = self._diary.taken_by(index) if hurdle == "taken" else None
        if isinstance(what, BusyTime):
            return self._busy_reason(day, at_minute(day, minute, self._shared.zone), what)
        details = {"clock": time(minute // 60, minute % 60), "what": what}
        return Reason(hurdle, day, day, sentences.PASSED_HOURS[hurdle], _HURDLE_SOURCES[hurdle], details)

    def _busy_reason(self, day: date, at: datetime, busy: BusyTime) -> Reason:
        """In the candidate's own clock too: that is the one of their calendar."""
        own = at.astimezone(self._shared.own)
        end = busy.end.astimezone(self._shared.own)
        length = "the same day" if end.date() == own.date() else "another day"
        details: dict[str, object] = {"clock": at.time(), "calendar": busy.calendar}
        details["until"] = end.time() if length == "the same day" else end
        if self._same_zone:
            return Reason("taken", day, day, sentences.BUSY[length], (), details)
        details |= {"city": self._shared.zone, "own": own.time()}
        return Reason("taken", day, day, sentences.BUSY_IN_TWO_ZONES[length], (), details)

    def _email_reason(self, day: date, start: datetime, sentence: str = "") -> Reason:
        if sentence or not self._same_zone:
            sentence = sentence or sentences.EMAIL_SLOT_IN_TWO_ZONES
            return Reason("slot", day, start, sentence, (), self._two_zones(start))
        return Reason("slot", day, start, sentences.EMAIL_SLOT)

    def _two_zones(self, start: datetime) -> dict[str, object]:
        return {"city": self._shared.zone, "own": start.astimezone(self._shared.own)}


def _within(weekly: Sequence[WeeklyHours], weekday: int, minute: int) -> bool:
    return any(weekday in each.weekdays and each.hours.overlaps(minute, CALL_MINUTES) for each in weekly)

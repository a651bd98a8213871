"""Time of day: which quarter hour of a day a call or an email takes, and why not another."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import ceil
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from calsync.business_days import Closed, Closure
from calsync.domain.interview import Window
from calsync.domain.preferences import Preferences
from calsync.domain.reason import Reason
from calsync.domain.times import QUARTER, Hours, WeeklyHours
from calsync.planner import sentences
from calsync.planner.clock import at_minute, clock_change, minute_of, quarter_index, steady_offset

__all__ = [
    "CALL_MINUTES",
    "MOVED_HERE",
    "BusyTime",
    "Diary",
    "Hurdle",
    "Part",
    "Quarter",
    "SharedHours",
    "Slot",
    "SlotFinder",
    "call_minutes",
]


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
            what = each if each.calendar else "an appointment of your own"
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


# The quarter hours of a contact's business day, and which of them lie inside the candidate's own hours.
#
# On nearly every day the two clocks keep the same distance from midnight to
# midnight, and the answer depends only on that distance and the weekday: it is
# worked out once. On the days of a clock change each quarter hour is asked for.

CALL_MINUTES = 15

Part = Literal["early", "late", "rest"]

_HOUR = 60
_DAY_MINUTES = 24 * 60
_ONE_DAY = timedelta(days=1)
_EPOCH = date(1970, 1, 1).toordinal()


class Quarter(msgspec.Struct, frozen=True, order=True):
    """A quarter hour: minutes after the contact's midnight, part of the day, whether the candidate can."""

    minute: int
    part: Part
    is_own: bool
    number: int


class SharedHours:
    """The business day of contacts in one zone, seen from the candidate's."""

    __slots__ = ("_emails", "_preferences", "_private", "_quarters", "business", "own", "zone")

    def __init__(self, zone: ZoneInfo, preferences: Preferences) -> None:
        self.zone = zone
        self.own = preferences.zone
        self.business = preferences.business_hours
        self._preferences = preferences
        self._private = _by_weekday(preferences.private_hours) if preferences.private_hours else None
        self._quarters: dict[tuple[int, int, tuple[Part, ...]], tuple[Quarter, ...]] = {}
        self._emails: dict[int, int | None] = {}

    def calls(self, day: date, parts: tuple[Part, ...]) -> tuple[int, Sequence[Quarter]]:
        """The quarter hours of ``day`` in the order of ``parts``, and what to add to their ``number``.

        The sum is the quarter hour's number since 1970, as in the diary.
        """
        offsets = _offsets(day, self.zone, self.own)
        if offsets is None:
            return 0, self._one_by_one(day, parts)
        theirs, ours = offsets
        key = (ours - theirs, day.weekday(), parts)
        quarters = self._quarters.get(key)
        if quarters is None:
            quarters = self._quarters[key] = self._steady(*key)
        return ((day.toordinal() - _EPOCH) * _DAY_MINUTES - theirs) // QUARTER, quarters

    def first_email(self, day: date) -> int | None:
        """The first quarter hour of the business day inside the candidate's hours, in minutes."""
        offsets = _offsets(day, self.zone, self.own)
        if offsets is None:
            return self._first_email(day, None)
        distance = offsets[1] - offsets[0]
        if distance not in self._emails:
            self._emails[distance] = self._first_email(day, distance)
        return self._emails[distance]

    def can_email(self, day: date, minute: int) -> bool:
        """Whether a quarter hour of the business day lies inside the candidate's hours."""
        inside = minute + QUARTER <= self.business.closes
        return inside and self._preferences.hours.contains(self._own_minute(day, minute), QUARTER)

    def evening_before(self, day: date) -> datetime:
        """The last quarter hour of the candidate's hours before business opens on ``day``, in the contact's zone."""
        latest = at_minute(day, self.business.opens, self.zone) - timedelta(minutes=QUARTER)
        own = latest.astimezone(self.own)
        hours = self._preferences.hours
        last = min(minute_of(own), hours.closes - QUARTER) // QUARTER * QUARTER
        if last < hours.opens:
            own, last = own - _ONE_DAY, (hours.closes - QUARTER) // QUARTER * QUARTER
        return at_minute(own.date(), last, self.own).astimezone(self.zone)

    def _first_email(self, day: date, distance: int | None) -> int | None:
        for minute in range(up(self.business.opens), self.business.closes - QUARTER + 1, QUARTER):
            own = (
                (minute + distance) % _DAY_MINUTES if distance is not None else self._own_minute(day, minute)
            )
            if self._preferences.hours.contains(own, QUARTER):
                return minute
        return None

    def _own_minute(self, day: date, minute: int) -> int:
        return minute_of(at_minute(day, minute, self.zone).astimezone(self.own))

    def _steady(self, distance: int, weekday: int, parts: tuple[Part, ...]) -> tuple[Quarter, ...]:
        found = []
        for minute, part in call_minutes(self.business, parts):
            days_on, own = divmod(minute + distance, _DAY_MINUTES)
            is_own = self._can_call((weekday + days_on) % 7, own)
            found.append(Quarter(minute, part, is_own, minute // QUARTER))
        return tuple(found)

    def _one_by_one(self, day: date, parts: tuple[Part, ...]) -> list[Quarter]:
        found = []
        for minute, part in call_minutes(self.business, parts):
            start = at_minute(day, minute, self.zone)
            own = start.astimezone(self.own)
            found.append(
                Quarter(minute, part, self._can_call(own.weekday(), minute_of(own)), quarter_index(start))
            )
        return found

    def is_own(self, own: datetime, *, to_call: bool) -> bool:
        """Whether a call, or an email, at that time on the candidate's clock lies in their hours."""
        minute = minute_of(own)
        if to_call:
            return self._can_call(own.weekday(), minute)
        return self._preferences.hours.contains(minute, QUARTER)

    def _can_call(self, weekday: int, minute: int) -> bool:
        """Whether a call at that minute of the candidate's own day lies in their hours (004-13)."""
        if not self._preferences.hours.contains(minute, CALL_MINUTES):
            return False
        private = self._private
        return private is None or any(hours.contains(minute, CALL_MINUTES) for hours in private[weekday])


def _by_weekday(weekly: Sequence[WeeklyHours]) -> tuple[tuple[Hours, ...], ...]:
    """The hours of each weekday, Monday first; spans that meet or overlap are one."""
    return tuple(_joined(sorted(each.hours for each in weekly if day in each.weekdays)) for day in range(7))


def _joined(spans: Sequence[Hours]) -> tuple[Hours, ...]:
    joined: list[Hours] = []
    for span in spans:
        meets = bool(joined) and span.opens <= joined[-1].closes
        last = joined.pop() if meets else span
        joined.append(Hours(last.opens, max(last.closes, span.closes)))
    return tuple(joined)


def up(minute: int) -> int:
    """The next quarter hour."""
    return -(-minute // QUARTER) * QUARTER


@lru_cache(maxsize=256)
def call_minutes(business: Hours, parts: tuple[Part, ...]) -> tuple[tuple[int, Part], ...]:
    """The quarter hours of a business day that hold a call, part after part; each counts once.

    *Early* is the first business hour, *late* the last (004-05), and a call
    ends inside its hour; what lies between is the rest.

    >>> [minute // 60 for minute, _ in call_minutes(Hours(9 * 60, 12 * 60), ("late", "early", "rest"))][::4]
    [11, 9, 10]
    """
    early = Hours(business.opens, min(business.opens + _HOUR, business.closes))
    late = Hours(max(business.closes - _HOUR, business.opens), business.closes)
    minutes = range(up(business.opens), business.closes - CALL_MINUTES + 1, QUARTER)
    inside: dict[Part, list[int]] = {
        "early": [minute for minute in minutes if early.contains(minute, CALL_MINUTES)],
        "late": [minute for minute in minutes if late.contains(minute, CALL_MINUTES)],
    }
    inside["rest"] = [minute for minute in minutes if minute not in inside["early"] + inside["late"]]
    found: dict[int, Part] = {}
    for part in parts:
        for minute in inside[part]:
            found.setdefault(minute, part)
    return tuple(found.items())


@lru_cache(maxsize=65536)
def _offsets(day: date, zone: ZoneInfo, own: ZoneInfo) -> tuple[int, int] | None:
    """Minutes east of Greenwich of both clocks, if neither changes from midnight to midnight of ``day``."""
    theirs = steady_offset(day, zone)
    if theirs is None:
        return None
    if own is zone:
        return _minutes(theirs), _minutes(theirs)
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    ours = midnight.astimezone(own).utcoffset()
    is_steady = ours == (midnight + _ONE_DAY).astimezone(own).utcoffset()
    return (_minutes(theirs), _minutes(ours)) if is_steady else None


def _minutes(offset: timedelta | None) -> int:
    return int((offset or timedelta()).total_seconds()) // 60


Hurdle = Literal["contact-busy", "own-hours", "taken", "eve"]

_DAY = timedelta(days=1)
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

    def prefer_other_end(self, missed: datetime) -> None:
        """Look at the late hours first if nobody answered in the first half of the day, else at the early ones."""
        business = self._shared.business
        was_early = minute_of(missed) * 2 < business.opens + business.closes
        self._order = _ORDER["late" if was_early else "early"]

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
        details = {"clock": time(minute // _HOUR, minute % _HOUR), "what": what}
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

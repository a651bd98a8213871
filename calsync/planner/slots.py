"""Time of day: which quarter hour of a day a call or an email takes.

All slots start on quarter hours of the contact's clock. *Early* is the first of
the contact's business hours, *late* the last (004-05); what lies between is the
rest. See ``CALL_MINUTES`` for how long one is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

from calsync.domain.hours import QUARTER, Hours, WeeklyHours
from calsync.domain.interview import Interview, Window
from calsync.domain.preferences import Preferences
from calsync.domain.reason import Reason
from calsync.planner import sentences
from calsync.planner.clock import at_minute, clock_change, minute_of, quarter_index
from calsync.planner.diary import Diary

__all__ = ["CALL_MINUTES", "Hurdle", "Part", "Slot", "SlotFinder"]

CALL_MINUTES = 15

Part = Literal["early", "late", "rest"]
Hurdle = Literal["contact-busy", "own-hours", "taken"]

_HOUR = 60
_DAY = timedelta(days=1)
_BOTH_ENDS: tuple[Part, ...] = ("early", "late")
_BETWEEN: tuple[Part, ...] = ("rest",)
_ORDER: dict[Window, tuple[Part, ...]] = {
    "any": ("early", "late", "rest"),
    "early": ("early", "late", "rest"),
    "late": ("late", "early", "rest"),
}
_HARDEST_LAST: tuple[Hurdle, ...] = ("taken", "contact-busy", "own-hours")
_SOURCES: dict[Part, tuple[str, ...]] = {"early": ("004-05",), "late": ("004-05",), "rest": ("003-13",)}
_HURDLE_SOURCES: dict[Hurdle, tuple[str, ...]] = {
    "contact-busy": ("003-08",),
    "own-hours": ("004-13",),
    "taken": (),
}


@dataclass(frozen=True, slots=True)
class Slot:
    """A start, and the reasons that lead to it from its day."""

    start: datetime
    reasons: tuple[Reason, ...]


class SlotFinder:
    """Finds the hour for one interview's follow-ups: the contact's day, the candidate's, and the diary."""

    __slots__ = ("_business", "_busy", "_diary", "_order", "_own", "_preferences", "_same_zone", "_zone")

    def __init__(self, interview: Interview, preferences: Preferences, window: Window, diary: Diary) -> None:
        self._zone = interview.zone
        self._own = preferences.zone
        self._same_zone = self._zone.key == self._own.key
        self._busy = interview.busy
        self._business = preferences.business_hours
        self._preferences = preferences
        self._order = _ORDER[window]
        self._diary = diary

    def call(
        self, day: date, *, not_before: datetime | None = None, parts: tuple[Part, ...] = ()
    ) -> Slot | Hurdle:
        """The first legal slot for a call on ``day`` in the order of preference, else what stands in the way.

        ``parts`` narrows the day, ``not_before`` cuts off what has passed.
        """
        whole_day = not parts and not_before is None
        search = (day, self._zone.key, self._busy)
        if whole_day and self._diary.is_known_full(search):
            return "taken"
        passed: dict[Hurdle, tuple[int, str]] = {}
        for minute, part in call_minutes(self._business, parts or self._order):
            start = at_minute(day, minute, self._zone)
            if not_before is not None and start < not_before:
                continue
            hurdle = self._hurdle(start, minute)
            if hurdle is None:
                return Slot(start, self._reasons(day, minute, part, start, passed))
            passed.setdefault(hurdle, (minute, self._diary.taken_by(quarter_index(start)) or ""))
        if whole_day and "taken" in passed:
            self._diary.remember_full(search)
        return next((hurdle for hurdle in _HARDEST_LAST if hurdle in passed), "own-hours")

    def thank_you_call(self, earliest: datetime, latest: datetime, days: Sequence[date]) -> Slot | None:
        """The first legal slot between two moments: early and late hours of all ``days`` first, then the rest."""
        for parts in _BOTH_ENDS, _BETWEEN:
            for day in days:
                for minute, part in sorted(call_minutes(self._business, parts)):
                    start = at_minute(day, minute, self._zone)
                    if earliest <= start <= latest and self._hurdle(start, minute) is None:
                        return Slot(start, self._reasons(day, minute, part, start, {}))
        return None

    def email(self, day: date, *, not_before: datetime | None = None) -> Slot | None:
        """The first quarter hour of the contact's business hours inside the candidate's own hours.

        Where the two never meet on ``day``: the last quarter hour of the
        candidate's hours before business opens. Nothing makes an email busy;
        None only where all of that is before ``not_before``.
        """
        hours_meet = False
        for minute in range(_up(self._business.opens), self._business.closes - QUARTER + 1, QUARTER):
            start = at_minute(day, minute, self._zone)
            if self._own_minutes(start):
                hours_meet = True
                if not_before is None or start >= not_before:
                    return Slot(start, (self._email_reason(day, start), *clock_change(day, minute, start)))
        if hours_meet:
            return None
        start = self._evening_before(at_minute(day, self._business.opens, self._zone))
        if not_before is not None and start < not_before:
            return None
        return Slot(start, (self._email_reason(day, start, sentences.EMAIL_EVENING),))

    def start_of_day(self, day: date) -> datetime:
        """The first quarter hour of the contact's business hours, legal or not."""
        return at_minute(day, _up(self._business.opens), self._zone)

    def _hurdle(self, start: datetime, minute: int) -> Hurdle | None:
        if self._busy and _within(self._busy, start.weekday(), minute):
            return "contact-busy"
        if not self._own_minutes(start, private=True):
            return "own-hours"
        if self._diary.taken_by(quarter_index(start)) is not None:
            return "taken"
        return None

    def _own_minutes(self, start: datetime, *, private: bool = False) -> bool:
        """Whether a quarter hour from ``start`` on lies inside the candidate's hours."""
        own = start if self._same_zone else start.astimezone(self._own)
        minute = minute_of(own)
        if not self._preferences.hours.contains(minute, CALL_MINUTES):
            return False
        hours = self._preferences.private_hours if private else ()
        return not hours or any(
            own.weekday() in each.weekdays and each.hours.contains(minute, CALL_MINUTES) for each in hours
        )

    def _evening_before(self, opening: datetime) -> datetime:
        own = opening.astimezone(self._own)
        last = (self._preferences.hours.closes - QUARTER) // QUARTER * QUARTER
        latest = opening - timedelta(minutes=QUARTER)
        for day in (own.date(), own.date() - _DAY):
            start = at_minute(day, last, self._own)
            if start <= latest:
                break
        return start.astimezone(self._zone)

    def _reasons(
        self, day: date, minute: int, part: Part, start: datetime, passed: dict[Hurdle, tuple[int, str]]
    ) -> tuple[Reason, ...]:
        hurdles = (
            Reason(
                hurdle,
                day,
                day,
                sentences.PASSED_HOURS[hurdle],
                _HURDLE_SOURCES[hurdle],
                {"clock": time(first // _HOUR, first % _HOUR), "what": what},
            )
            for hurdle, (first, what) in passed.items()
        )
        if self._same_zone:
            slot = Reason("slot", day, start, sentences.SLOTS[part], _SOURCES[part])
        else:
            slot = Reason(
                "slot", day, start, sentences.SLOTS_IN_TWO_ZONES[part], _SOURCES[part], self._two_zones(start)
            )
        return (*hurdles, slot, *clock_change(day, minute, start))

    def _email_reason(self, day: date, start: datetime, sentence: str = "") -> Reason:
        if sentence or not self._same_zone:
            sentence = sentence or sentences.EMAIL_SLOT_IN_TWO_ZONES
            return Reason("slot", day, start, sentence, (), self._two_zones(start))
        return Reason("slot", day, start, sentences.EMAIL_SLOT)

    def _two_zones(self, start: datetime) -> dict[str, object]:
        return {"city": self._zone, "own": start.astimezone(self._own)}


@lru_cache(maxsize=256)
def call_minutes(business: Hours, parts: tuple[Part, ...]) -> tuple[tuple[int, Part], ...]:
    """The quarter hours of a business day that hold a call, part after part; each counts once.

    >>> [minute // 60 for minute, _ in call_minutes(Hours(9 * 60, 12 * 60), ("late", "early", "rest"))][::4]
    [11, 9, 10]
    """
    early = Hours(business.opens, min(business.opens + _HOUR, business.closes))
    late = Hours(max(business.closes - _HOUR, business.opens), business.closes)
    minutes = range(_up(business.opens), business.closes - CALL_MINUTES + 1, QUARTER)
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


def _within(weekly: Sequence[WeeklyHours], weekday: int, minute: int) -> bool:
    return any(weekday in each.weekdays and each.hours.overlaps(minute, CALL_MINUTES) for each in weekly)


def _up(minute: int) -> int:
    return -(-minute // QUARTER) * QUARTER

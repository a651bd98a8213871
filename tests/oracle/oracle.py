"""A second reading of the scheduling rules: naive, slow, and meant to be checked by eye.

``follow_ups`` takes records and settings as a person writes them (JSON and TOML
values) and says what the plan has to be. It shares no line with calsync: it walks
day by day and quarter hour by quarter hour, in the order in which the rules are
written down. Where a rule can be read two ways, the reading is a field of ``Readings``.
To add a rule, write its sentence as a function of ``_Case`` and call it from ``_plan``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import holidays
import phonenumbers
import tzdata

__all__ = ["PLAYBOOKS", "Readings", "follow_ups"]

QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MON, SAT, SUN = 0, 5, 6


class Days(NamedTuple):
    """Earliest, preferred, latest, in calendar ("cd") or business ("bd") days after the anchor."""

    earliest: int
    preferred: int
    latest: int
    unit: str


class Playbook(NamedTuple):
    """One row of the table of playbooks, as far as a forecast needs it."""

    thank_you: str | None
    unknown: Days | None
    known: Days | str
    status: str
    second: Days | None
    second_after: str | None
    closing: Days | None


SECOND = Days(7, 7, 14, "cd")
CLOSING = Days(10, 10, 15, "bd")
SOON = Days(1, 1, 2, "bd")
CALL = "call"
EMAIL = "email"

# fmt: off
PLAYBOOKS = {
    #                        thanks, D unknown, D known, status by, second, after, closing
    "balanced":     Playbook(EMAIL, Days(5, 7, 10, "bd"), SOON, CALL, SECOND, "touch", CLOSING),
    "gentle":       Playbook(EMAIL, Days(7, 7, 14, "cd"), Days(1, 1, 7, "cd"), CALL, None, None, None),
    "professional": Playbook(EMAIL, Days(7, 7, 10, "bd"), SOON, CALL, SECOND, "touch", CLOSING),
    "classic":      Playbook(EMAIL, Days(7, 7, 10, "cd"), Days(1, 1, 4, "cd"), CALL, None, None, None),
    "prompt":       Playbook(None, Days(2, 2, 3, "cd"), Days(2, 2, 3, "cd"), CALL, None, None, None),
    "warm-call":    Playbook(CALL, None, SOON, CALL, None, None, None),
    "email-only":   Playbook(EMAIL, Days(5, 7, 10, "bd"), SOON, EMAIL, SECOND, "touch", CLOSING),
    "early-bird":   Playbook(EMAIL, Days(7, 7, 10, "cd"), "deadline", CALL, SECOND, "decision", None),
}
# fmt: on


@dataclass(frozen=True)
class Readings:
    """Sentences that can be read two ways; the default is the reading held to be natural."""

    contact_needs_email: bool = True
    """The contact is thanked by email only if there is an address, unless nobody has one."""
    pinned_first: bool = False
    """A call pinned at a time holds it before any other call is placed, whatever its interview."""
    gap_after_thank_you: bool = True
    """The thank-you is a touch: the next one is at least one business day after it."""
    gap_binds_deadline: bool = True
    """Early-bird's status keeps the business day after the thank-you too."""
    late_days_from_gap: bool = True
    """The 30 or 60 late days run from the first day that the touch before allows, where that is after latest."""
    gap_by_landing_day: bool = True
    """An email sent the evening before keeps the gap by the day it is placed on, not by its start."""
    rest_may_straddle: bool = True
    """The rest of a day is every slot that is neither early nor late, also one across their border."""
    fallback_looks_back: bool = True
    """A call that became an email looks at the days before the preferred one as well."""
    evening_before_agreed_day: bool = True
    """An email on an agreed day may, where the hours never meet, leave the evening before."""
    region_with_country: bool = False
    """A record that names its country, even the settings' own, does not borrow the settings' region."""
    private_hours_join: bool = True
    """Private hours up to 12:20 and from 12:20 on are one span for a call that lies across."""
    agreed_start_on_quarter: bool = True
    """An agreed day without a legal slot takes the first quarter hour of business hours, not 09:10."""
    agreed_without_status: bool = True
    """An agreed day makes a touch even where the playbook has no status step."""
    early_bird_second_after_agreed: bool = True
    """Early-bird's second email goes by A where there is one, as D is not used then."""
    fallback_wait_calls: bool = True
    """Early-bird's last resort, the wait after D, is tried as a call again."""
    phone_beats_playbook: bool = False
    """``channel = phone`` overrules a playbook without calls and ``phone = false``."""
    second_without_status: bool = True
    """A second email follows the thank-you where the status step was dropped."""
    closing_without_second: bool = False
    """A closing email follows the last touch where the second was dropped."""
    warm_contact_without_email: bool = True
    """Warm-call thanks the contact even where that becomes an email and there is no address."""


DEFAULT = Readings()


def follow_ups(
    records: list[dict[str, Any]], settings: dict[str, Any], readings: Readings = DEFAULT
) -> list[dict[str, Any]]:
    """What has to be in the plan: one dict per interview, in the order of the records."""
    cases = [_Case(record, settings, readings) for record in records]
    taken: dict[str, list[tuple[datetime, ...]]] = {}
    for case in cases:
        taken.setdefault(case.candidate, []).append(_utc(case.start, case.end))
    if readings.pinned_first:
        for case in cases:
            if case.agreed_at and case.calls():
                taken[case.candidate].append(_utc(case.agreed_at, _later(case.agreed_at, QUARTER)))
    plans = {}
    for case in sorted(cases, key=lambda case: (case.start.astimezone(UTC), case.id)):
        plans[case.id] = _plan(case, taken[case.candidate])
    return [plans[case.id] for case in cases]


class _Case:
    """One record with everything read: values only, no rules but the defaults."""

    def __init__(self, record: dict[str, Any], settings: dict[str, Any], readings: Readings) -> None:
        def given(key: str) -> Any:
            value = record.get(key)
            return None if value == "" else value

        self.readings = readings
        self.id = record["id"]
        self.candidate = given("candidate") or settings.get("candidate", {}).get("name", "")
        self.playbook = PLAYBOOKS[given("playbook") or settings.get("playbook", "balanced")]
        self.own_zone = ZoneInfo(settings["timezone"])
        self.zone = ZoneInfo(given("timezone") or settings["timezone"])
        self.start = _moment(record["start"], self.zone)
        self.end = _later(self.start, timedelta(minutes=int(given("minutes") or 60)))
        home = settings.get("country") or _zone_country(settings["timezone"])
        self.country = _country_of(settings, given)
        at_home = self.country == home
        if readings.region_with_country:
            at_home = at_home and not given("country")
        self.region = given("region") or (settings.get("region") if at_home else None)
        self.contact = given("contact") or ""
        self.email = given("email") or ""
        self.phone = given("phone") or ""
        self.interviewers = _people(given("interviewers") or "")
        self.channel, self.culture, self.felt = given("channel"), given("culture"), given("felt")
        self.window = given("window") or settings.get("window") or "any"
        self.busy = _weekly(given("busy") or "")
        self.away = _periods(given("away") or "")
        self.settings_phone = settings.get("phone", True)
        self.business_hours = _hours(settings.get("business_hours", "09:00-17:00"))
        self.hours = _hours(settings.get("hours", "07:00-21:00"))
        self.private_hours = [span for text in settings.get("private_hours", []) for span in _weekly(text)]
        self.closures = [span for text in settings.get("closures", []) for span in _periods(text)]
        self.monday_like = settings.get("monday_like", False)
        self.quiet_days = settings.get("quiet_days", ["bridge-days", "year-end", "holiday-eves"])
        if settings.get("kept_free") is None:
            self.kept_free = {self.first_working_weekday()}
        else:
            self.kept_free = {_weekday(name) for name in settings["kept_free"]}
        self.agreed, self.agreed_at = self._agreed(given("agreed"))
        self.decision = self._decision(given("decision"))
        self.day = self.start.date()
        if self.decision and self.decision < self.day:
            raise ValueError(f"{self.id}: the decision day is before the interview")

    def _agreed(self, text: str | None) -> tuple[date | None, datetime | None]:
        if not text:
            return None, None
        if len(text) == len("2026-01-01"):
            return date.fromisoformat(text), None
        at = _moment(text, self.zone)
        return at.date(), at

    def _decision(self, text: str | None) -> date | None:
        if not text:
            return None
        span = re.fullmatch(r"(\d+) (business )?(day|week)s?", text)
        if not span:
            return date.fromisoformat(text)
        count = int(span[1]) * (7 if span[3] == "week" else 1)
        return (
            self.business_days_after(self.start.date(), count) if span[2] else self.start.date() + count * DAY
        )

    # --- section 1: days -------------------------------------------------------------------------

    def counting_open(self, day: date) -> bool:
        """The counting calendar: the employer's weekend and holidays, company closures."""
        if any(first <= day <= last for first, last in self.closures):
            return False
        if not self.country:
            return day.weekday() not in {SAT, SUN}
        weekend, public, worked = _country(self.country, self.region, day.year)
        if day.weekday() in weekend and day not in worked:
            return False
        return day not in public

    def landing_open(self, day: date, action: str) -> bool:
        """The landing calendar: the above, the contact's away periods and, for calls, days kept free."""
        if not self.counting_open(day):
            return False
        if any(first <= day <= last for first, last in self.away):
            return False
        if self.is_bridge(day) or self.is_year_end(day):
            return False
        return not (action == "call" and self.is_kept_free(day))

    def is_kept_free(self, day: date) -> bool:
        if day.weekday() in self.kept_free:
            return True
        if not self.monday_like:
            return False
        before = day - DAY
        while not self.counting_open(before):
            if before.weekday() in self.kept_free:
                return True
            before -= DAY
        return False

    def is_holiday_otherwise_worked(self, day: date) -> bool:
        """A public holiday that takes a day from the working week."""
        if not self.country:
            return False
        weekend, public, _ = _country(self.country, self.region, day.year)
        return day in public and day.weekday() not in weekend

    def run_holds_holiday(self, day: date, step: timedelta) -> bool:
        """Whether the closed days that follow a day one upon the other hold such a holiday."""
        day += step
        while not self.counting_open(day):
            if self.is_holiday_otherwise_worked(day):
                return True
            day += step
        return False

    def is_bridge(self, day: date) -> bool:
        """One open day alone between two closed runs, at least one of which holds a holiday."""
        if "bridge-days" not in self.quiet_days or not self.country or not self.counting_open(day):
            return False
        if self.counting_open(day - DAY) or self.counting_open(day + DAY):
            return False
        return self.run_holds_holiday(day, -DAY) or self.run_holds_holiday(day, DAY)

    def is_year_end(self, day: date) -> bool:
        """24 December to 1 January, where Christmas Day on 25 December is a public holiday."""
        if "year-end" not in self.quiet_days or not self.country:
            return False
        year = day.year - 1 if (day.month, day.day) == (1, 1) else day.year
        if not date(year, 12, 24) <= day <= date(year + 1, 1, 1):
            return False
        return date(year, 12, 25) in _country(self.country, self.region, year)[1]

    def is_eve(self, day: date) -> bool:
        """The last open day before a closed run that holds a holiday: calls on it start before 12:00."""
        if "holiday-eves" not in self.quiet_days or not self.country or not self.counting_open(day):
            return False
        return self.run_holds_holiday(day, DAY)

    def first_working_weekday(self) -> int:
        """Monday where Sunday is closed and Monday is not, else the first open one after a closed one."""
        if not self.country:
            return MON
        weekend, _, _ = _country(self.country, self.region, self.start.year)
        if SUN in weekend and MON not in weekend:
            return MON
        for weekday in (SUN, 0, 1, 2, 3, 4, 5):
            if weekday not in weekend and (weekday - 1) % 7 in weekend:
                return weekday
        return MON

    def business_days_after(self, day: date, count: int) -> date:
        """The count-th open day of the counting calendar after the day."""
        while count > 0:
            day += DAY
            if self.counting_open(day):
                count -= 1
        return day

    def window_days(self, anchor: date, days: Days) -> tuple[date, date, date]:
        if days.unit == "bd":
            return tuple(self.business_days_after(anchor, n) for n in days[:3])  # type: ignore[return-value]
        return tuple(anchor + n * DAY for n in days[:3])  # type: ignore[return-value]

    # --- section 4: channel ----------------------------------------------------------------------

    def calls(self) -> bool:
        """A status touch is a call unless one of these holds."""
        phone = self.channel == "phone"
        if self.channel == "email" or not self.phone:
            return False
        if not (phone and self.readings.phone_beats_playbook) and not (
            self.settings_phone and self.playbook.status == CALL
        ):
            return False
        return phone or not (self.culture in {"formal", "regulated"} or self.felt == "poor")

    # --- section 5: time of day ------------------------------------------------------------------

    def parts(self) -> tuple[list[int], list[int], list[int]]:
        """Early, late and the rest: the minutes of the contact's day at which a call can start."""
        opens, closes = self.business_hours
        inside = [m for m in range(0, 1440, 15) if opens <= m and m + 15 <= closes]
        early = [m for m in inside if m + 15 <= opens + 60]
        late = [m for m in inside if m >= closes - 60]
        rest = [m for m in inside if m not in early and m not in late]
        if not self.readings.rest_may_straddle:
            rest = [m for m in rest if m >= opens + 60 and m + 15 <= closes - 60]
        return early, late, rest

    def ordered_slots(self, day: date) -> list[datetime]:
        early, late, rest = self.parts()
        minutes = late + early + rest if self.window == "late" else early + late + rest
        return [self.at(day, minute) for minute in dict.fromkeys(minutes)]

    def at(self, day: date, minute: int) -> datetime:
        return _local(day, minute, self.zone)

    def business_start(self, day: date) -> datetime:
        opens = self.business_hours[0]
        return self.at(day, -(-opens // 15) * 15 if self.readings.agreed_start_on_quarter else opens)

    def inside_own_hours(self, start: datetime, action: str) -> bool:
        """Inside the candidate's hours, in the candidate's zone; calls inside the private hours too."""
        own = (_in(_later(start, timedelta(minutes=n)), self.own_zone) for n in range(15))
        walls = []
        for moment in own:
            minute = moment.hour * 60 + moment.minute
            if not self.hours[0] <= minute < self.hours[1]:
                return False
            walls.append((moment.weekday(), minute))
        if action == "email" or not self.private_hours:
            return True
        private = [
            [first <= minute < last and day == weekday for weekday, (first, last) in self.private_hours]
            for day, minute in walls
        ]
        if self.readings.private_hours_join:
            return all(any(inside) for inside in private)
        return any(all(inside) for inside in zip(*private, strict=True))

    def contact_busy(self, start: datetime) -> bool:
        local = _in(start, self.zone)
        minute = local.hour * 60 + local.minute
        return any(
            weekday == local.weekday() and minute < last and first < minute + 15
            for weekday, (first, last) in self.busy
        )

    def call_will_do(self, start: datetime, taken: list[tuple[datetime, ...]]) -> bool:
        """Legal, and before noon on the eve of a holiday; what is pinned does not mind the eve."""
        local = _in(start, self.zone)
        return self.call_is_legal(start, taken) and not (local.hour >= 12 and self.is_eve(local.date()))

    def call_is_legal(self, start: datetime, taken: list[tuple[datetime, ...]]) -> bool:
        if self.contact_busy(start) or not self.inside_own_hours(start, "call"):
            return False
        begins, ends = _utc(start, _later(start, QUARTER))
        return not any(begins < end and begin < ends for begin, end in taken)

    def email_slot(self, day: date) -> datetime:
        """The first quarter hour of business hours inside own hours, else the last one before them."""
        opens, closes = self.business_hours
        for minute in range(0, 1440, 15):
            start = self.at(day, minute)
            if opens <= minute and minute + 15 <= closes and self.inside_own_hours(start, "email"):
                return start
        start = self.at(day, opens // 15 * 15)
        while _utc(_later(start, QUARTER)) > _utc(self.at(day, opens)):
            start = _later(start, -QUARTER)
        for _ in range(8 * 24 * 4):
            if self.inside_own_hours(start, "email"):
                return start
            start = _later(start, -QUARTER)
        raise AssertionError("no quarter hour of the candidate's own in a week")


@dataclass
class _Diary:
    """What has been placed for one interview so far."""

    case: _Case
    taken: list[tuple[datetime, ...]]
    events: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    touches: list[date] = field(default_factory=list)
    """The day of each touch: its start's date in the contact's zone."""
    not_before: datetime | None = None
    moves: dict[str, datetime] = field(default_factory=dict)
    """Where the candidate moved the touch of a step to, and when."""
    moved_at: dict[str, datetime] = field(default_factory=dict)

    def put(self, step: str, action: str, start: datetime, *, own: bool = False, **more: Any) -> None:
        """Write a touch down; a call takes its slot from later ones and asks for preparation."""
        case = self.case
        zone = case.own_zone if own else case.zone
        to = self.moves.get(step)
        if to is not None and not self.is_past(to):
            start, late = to, _in(to, zone).date() > date.fromisoformat(more.get("latest", "9999-12-31"))
            more["late"] = late
        self._write(step, action, _in(start, zone), **more)
        if action == "call":
            self.taken.append(_utc(start, _later(start, QUARTER)))
            self._prepare(start, self.moved_at.get(step) if start == to else None)
        if step != "thank-you" or case.readings.gap_after_thank_you:
            self.touches.append(_in(start, case.zone).date())

    def _prepare(self, call: datetime, moved_at: datetime | None) -> None:
        """18:00 candidate time on the day before the call, unless the interview has not ended or it is too late."""
        zone = self.case.own_zone
        start = _local(_in(call, zone).date() - DAY, 18 * 60, zone)
        begins, ended = _utc(start, self.case.end)
        too_late = moved_at is not None and _utc(start) < _utc(moved_at)
        if begins >= ended and not self.is_past(start) and not too_late:
            self._write("prepare", "prepare", start)

    def ask(self) -> None:
        start = _in(_later(self.case.start, timedelta(minutes=-30)), self.case.own_zone)
        if not self.is_past(start):
            self._write("ask", "ask", start)

    def is_past(self, start: datetime) -> bool:
        """Whether it lies before the plan's floor."""
        return self.not_before is not None and _utc(start) < _utc(self.not_before)

    def floor_day(self) -> date:
        """The day of the plan's floor, in the contact's zone."""
        return _in(self.not_before, self.case.zone).date() if self.not_before else date.min

    def _write(self, step: str, action: str, start: datetime, **more: Any) -> None:
        status = "tentative" if step in {"second", "closing"} else "confirmed"
        self.events.append(
            {
                "step": step,
                "action": action,
                "status": status,
                "start": start.isoformat(),
                "timezone": str(start.tzinfo),
                "late": False,
                **more,
            }
        )

    def floor(self) -> date:
        """The first day another touch may be on: one business day after the one before."""
        return max((self.case.business_days_after(day, 1) for day in self.touches), default=date.min)

    def last_touch(self) -> date | None:
        return max(self.touches, default=None)


def _plan(case: _Case, taken: list[tuple[datetime, ...]]) -> dict[str, Any]:
    diary = _Diary(case, taken)
    diary.ask()
    if case.playbook.thank_you:
        _thank(case, diary)
    placed = _status(case, diary)
    second = case.playbook.second and (placed or case.readings.second_without_status) and _second(case, diary)
    if case.playbook.closing and (second or case.readings.closing_without_second):
        _closing(case, diary)
    return {"id": case.id, "events": diary.events, "notes": diary.notes}


# --- thank-you -----------------------------------------------------------------------------------


def _thank(case: _Case, diary: _Diary) -> None:
    """One thank-you for the contact and for each interviewer with an email."""
    others = [name for name, email in case.interviewers if email]
    call = None
    if case.playbook.thank_you == CALL and case.calls():
        call = _thank_you_call(case, diary.taken)
    always = case.playbook.thank_you == CALL and case.readings.warm_contact_without_email
    if call:
        diary.put("thank-you", "call", call, person=case.contact)
    elif case.email or always or not others or not case.readings.contact_needs_email:
        diary.put("thank-you", "email", _thank_you_email(case), own=True, person=case.contact)
    for name in others:
        diary.put("thank-you", "email", _thank_you_email(case), own=True, person=name)


def _thank_you_email(case: _Case) -> datetime:
    """2 hours after the end, rounded up, if that is in 08:00 to 20:30 own time; else the next 08:00."""
    start = _in(_quarter_up(_later(case.end, timedelta(hours=2))), case.own_zone)
    if time(8) <= start.time() <= time(20, 30):
        return start
    day = start.date() if start.time() < time(8) else start.date() + DAY
    return _local(day, 8 * 60, case.own_zone)


def _thank_you_call(case: _Case, taken: list[tuple[datetime, ...]]) -> datetime | None:
    """From 1 to 24 hours after the end: early and late slots in time order, then the others."""
    first, last = _later(case.end, timedelta(hours=1)), _later(case.end, timedelta(hours=24))
    days = [first.date() + n * DAY for n in range((last.date() - first.date()).days + 1)]
    early, late, rest = case.parts()
    for minutes in (sorted({*early, *late}), rest):
        for day in days:
            for minute in minutes:
                slot = case.at(day, minute)
                inside = _utc(first)[0] <= _utc(slot)[0] <= _utc(last)[0]
                if inside and case.landing_open(day, "call") and case.call_will_do(slot, taken):
                    return slot
    return None


# --- status --------------------------------------------------------------------------------------


def _status(case: _Case, diary: _Diary) -> bool:
    playbook = case.playbook
    action = "call" if case.calls() else "email"
    if case.agreed:
        if playbook.unknown is None and not case.readings.agreed_without_status:
            return False
        return _pinned(case, diary, action)
    if case.decision and playbook.known == "deadline":
        return _early_bird(case, diary, action)
    if case.decision:
        return _wait(case, diary, "status", action, case.window_days(case.decision, playbook.known))  # type: ignore[arg-type]
    if playbook.unknown is None:
        return False
    return _wait(case, diary, "status", action, case.window_days(case.day, playbook.unknown))


def _pinned(case: _Case, diary: _Diary, action: str) -> bool:
    """On the agreed day even if it is closed, at the agreed time if there is one."""
    day = case.agreed
    assert day
    start = case.agreed_at
    if not start and action == "email":
        start = case.email_slot(day)
        if start.date() != day and not case.readings.evening_before_agreed_day:
            start = case.business_start(day)
    if not start:
        legal = [slot for slot in case.ordered_slots(day) if case.call_is_legal(slot, diary.taken)]
        start = legal[0] if legal else case.business_start(day)
    diary.put("status", action, start, **_iso({"earliest": day, "preferred": day, "latest": day}))
    return True


def _early_bird(case: _Case, diary: _Diary, action: str) -> bool:
    """A deadline: D - 1 late, else D early; by email the last open day before; else after D."""
    decision = case.decision
    assert decision
    floor = case.day + DAY
    if case.readings.gap_binds_deadline:
        floor = max(floor, diary.floor(), diary.floor_day())
    early, late, _ = case.parts()
    window = {"earliest": decision - DAY, "preferred": decision - DAY, "latest": decision}
    if action == "call":
        for day, minutes in ((decision - DAY, late), (decision, early)):
            for slot in (case.at(day, minute) for minute in minutes):
                legal = case.landing_open(day, "call") and case.call_will_do(slot, diary.taken)
                if day >= floor and legal and not diary.is_past(slot):
                    diary.put("status", "call", slot, **_iso(window))
                    return True
    back = [decision - n * DAY for n in range(1, max((decision - floor).days, 0) + 1)]
    for day in [*back, decision]:
        slot = _email_from(case, diary, day) if day >= floor and case.landing_open(day, "email") else None
        if slot:
            diary.put("status", "email", slot, **_iso(window))
            return True
    if not case.readings.fallback_wait_calls:
        action = "email"
    return _wait(case, diary, "status", action, case.window_days(decision, SOON))


def _wait(case: _Case, diary: _Diary, step: str, action: str, window: tuple[date, date, date]) -> bool:
    """Must not come early: preferred to latest, then back to earliest, then late."""
    earliest, preferred, latest = window
    found = _search(case, diary, action, window)
    if not found and action == "call":
        action = "email"
        back = earliest if case.readings.fallback_looks_back else preferred
        found = _search(case, diary, "email", (back, preferred, latest))
    to = diary.moves.get(step)
    if not found and to and not diary.is_past(to):
        diary.put(step, "email", to)
        return True
    if not found:
        diary.notes.append(f"{step} dropped")
        return False
    day, slot = found
    more = _iso({"earliest": earliest, "preferred": preferred, "latest": latest})
    diary.put(step, action, slot, **{**more, "late": day > latest})
    return True


def _search(
    case: _Case, diary: _Diary, action: str, window: tuple[date, date, date]
) -> tuple[date, datetime] | None:
    floor = max(diary.floor(), diary.floor_day())
    patience = 30 if action == "call" else 60
    if case.readings.late_days_from_gap and floor != date.min:
        patience += max(0, (floor - DAY - window[2]).days)
    for day in _days_to_look_at(window, patience):
        if day < floor or not case.landing_open(day, action):
            continue
        if action == "email":
            slot = _email_from(case, diary, day)
            if slot and (case.readings.gap_by_landing_day or slot.date() >= floor):
                return day, slot
            continue
        for slot in case.ordered_slots(day):
            if case.call_will_do(slot, diary.taken) and not diary.is_past(slot):
                return day, slot
    return None


def _email_from(case: _Case, diary: _Diary, day: date) -> datetime | None:
    """The email's quarter hour of a day; under a floor the first one that is still to come, if there is one."""
    slot = case.email_slot(day)
    if not diary.is_past(slot):
        return slot
    opens, closes = case.business_hours
    for minute in range(0, 1440, 15):
        start = case.at(day, minute)
        inside = opens <= minute and minute + 15 <= closes and case.inside_own_hours(start, "email")
        if inside and not diary.is_past(start):
            return start
    return None


def _days_to_look_at(window: tuple[date, date, date], late_days: int) -> Iterator[date]:
    earliest, preferred, latest = window
    yield from (preferred + n * DAY for n in range((latest - preferred).days + 1))
    yield from (preferred - n * DAY for n in range(1, (preferred - earliest).days + 1))
    yield from (latest + n * DAY for n in range(1, late_days + 1))


# --- second and closing --------------------------------------------------------------------------


def _second(case: _Case, diary: _Diary) -> bool:
    """7 - 7 - 14 calendar days after A, else after D for early-bird, else after the last touch."""
    assert case.playbook.second
    by_decision = case.playbook.second_after == "decision" and case.decision
    if case.agreed and (not by_decision or case.readings.early_bird_second_after_agreed):
        anchor: date | None = case.agreed
    elif by_decision:
        anchor = case.decision
    else:
        anchor = diary.last_touch()
    if not anchor:
        diary.notes.append("second dropped")
        return False
    return _wait(case, diary, "second", "email", case.window_days(anchor, case.playbook.second))


def _closing(case: _Case, diary: _Diary) -> None:
    assert case.playbook.closing
    anchor = diary.last_touch()
    if anchor:
        _wait(case, diary, "closing", "email", case.window_days(anchor, case.playbook.closing))


# --- the country of an interview -----------------------------------------------------------------


def _country_of(settings: dict[str, Any], given: Any) -> str:
    """The record's; the zone's that it names; its number's; the settings'; that of the settings' zone; none."""
    if given("country"):
        return "" if given("country") == "none" else given("country")
    if settings.get("country") == "none":
        return ""
    if given("timezone") and _zone_country(given("timezone")):
        return _zone_country(given("timezone"))
    if (given("phone") or "").startswith("+") and _number_country(given("phone")):
        return _number_country(given("phone"))
    return settings.get("country") or _zone_country(settings["timezone"])


@lru_cache(maxsize=2000)
def _zone_country(name: str) -> str:
    """Its row in zone.tab; a name without a row follows its link and looks again; without a ``/`` there is none."""
    folder = Path(tzdata.__file__).parent / "zoneinfo"
    rows = [line.split("\t") for line in (folder / "zone.tab").read_text("utf-8").splitlines()]
    links = [
        line.split() for line in (folder / "tzdata.zi").read_text("utf-8").splitlines() if line[0] == "L"
    ]
    while "/" in name:
        for row in rows:
            if len(row) > 2 and row[2] == name:
                return row[0]
        target = [of for _, of, link in links if link == name]
        if not target:
            return ""
        name = target[0]
    return ""


def _number_country(number: str) -> str:
    region = phonenumbers.region_code_for_number(phonenumbers.parse(number))
    return "" if region in (None, "001") else region


# --- reading -------------------------------------------------------------------------------------


@lru_cache(maxsize=500)
def _country(country: str, region: str | None, year: int) -> tuple[set[int], set[date], set[date]]:
    """The weekend, the public holidays and the weekend days worked in lieu, for days of one year."""
    weekend = holidays.country_holidays(country, subdiv=region, years=[year]).weekend
    around = holidays.country_holidays(country, subdiv=region, years=[year - 1, year, year + 1])
    return set(weekend), set(around), set(around.weekend_workdays)


def _moment(text: str, zone: ZoneInfo) -> datetime:
    """A written moment in the zone: what does not exist moves forward, what is twice is the first."""
    read = datetime.fromisoformat(text.replace(" ", "T"))
    return _in(read, zone) if read.tzinfo else _in(read.replace(tzinfo=zone, fold=0), zone)


def _local(day: date, minute: int, zone: ZoneInfo) -> datetime:
    return _in(datetime.combine(day, time(minute // 60, minute % 60), tzinfo=zone), zone)


def _in(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(UTC).astimezone(zone)


def _later(moment: datetime, by: timedelta) -> datetime:
    return _in(moment.astimezone(UTC) + by, moment.tzinfo)  # type: ignore[arg-type]


def _utc(*moments: datetime) -> tuple[datetime, ...]:
    """For comparing: two local times of one zone compare by the clock on the wall."""
    return tuple(moment.astimezone(UTC) for moment in moments)


def _quarter_up(moment: datetime) -> datetime:
    over = timedelta(minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond)
    return _later(moment, QUARTER - over) if over else moment


def _hours(text: str) -> tuple[int, int]:
    first, last = text.split("-")
    return _minute(first), _minute(last)


def _minute(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def _weekday(name: str) -> int:
    return WEEKDAYS.index(name.strip()[:3].lower())


def _weekly(text: str) -> list[tuple[int, tuple[int, int]]]:
    """``Mon-Fri 09:00-11:00; Wed 14:00-15:00`` as weekday and minutes."""
    spans = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        days, hours = part.split(" ")
        first, _, last = days.partition("-")
        weekday, end = _weekday(first), _weekday(last or first)
        spans.append((weekday, _hours(hours)))
        while weekday != end:
            weekday = (weekday + 1) % 7
            spans.append((weekday, _hours(hours)))
    return spans


def _periods(text: str) -> list[tuple[date, date]]:
    """``2026-08-03..2026-08-16; 2026-09-07`` as first and last days."""
    periods = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        first, _, last = part.partition("..")
        periods.append((date.fromisoformat(first), date.fromisoformat(last or first)))
    return periods


def _people(text: str) -> list[tuple[str, str]]:
    """``Name <email>; Name`` as names and addresses."""
    people = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, _, email = part.partition("<")
        people.append((name.strip(), email.strip("> ")))
    return people


def _iso(days: dict[str, date]) -> dict[str, str]:
    return {name: day.isoformat() for name, day in days.items()}

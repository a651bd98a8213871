"""The second reading goes on after the interview: what was logged, in the order of the table of outcomes.

``follow_ups_after`` reads a log as its rows are written down, and then places what is
left with the functions of ``oracle``; ``log_of`` makes up a log that could have been.
An entry is a dict: ``result``, ``at``, and where they belong ``step``, ``next``,
``decision``, ``until``, ``to`` and ``was``; moments are aware, days are days.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from oracle import (
    CALL,
    DAY,
    DEFAULT,
    Days,
    _Case,
    _closing,
    _Diary,
    _email_from,
    _in,
    _iso,
    _later,
    _pinned,
    _quarter_up,
    _second,
    _status,
    _thank_you_call,
    _thank_you_email,
    _utc,
    _wait,
)

__all__ = ["PLAYBOOKS", "follow_ups_after", "log_of"]

PLAYBOOKS = {
    # retries, cap of messages
    "balanced": (1, 2),
    "gentle": (0, 1),
    "professional": (0, 1),
    "classic": (0, 2),
    "prompt": (1, 2),
    "email-only": (0, 0),
    "early-bird": (1, 2),
    "warm-call": (1, 1),
}
"""The columns of the table of playbooks that a log needs."""

COURTESY = Days(0, 1, 2, "bd")
Json = dict[str, Any]


class _Story:
    """What is known after the log: one attribute for each thing that a row of the table changes."""

    def __init__(self, case: _Case, playbook: str) -> None:
        self.case, self.playbook = case, playbook
        self.thanked: set[str] = set()
        self.thanks_on: date | datetime | None = None
        self.retry_of = ""
        self.waiting = {"status", "second", "closing"}
        self.touches: list[date] = []
        self.attempts, self.messages = 0, 0
        self.missed: datetime | None = None
        self.retry_on: date | datetime | None = None
        self.call_on: date | datetime | None = None
        self.named: date | datetime | None = case.agreed_at or case.agreed
        self.decision = case.decision
        self.second_from: date | None = None
        self.news: Json | None = None
        self.news_on: date | datetime | None = None
        self.answer_by: date | None = None
        self.no_show: datetime | None = None
        self.asked_for_news = False
        self.ended = ""
        self.refused: date | None = None
        self.away: list[tuple[date, date]] = []
        self.moves: dict[str, datetime] = {}
        self.moved_at: dict[str, datetime] = {}
        self.floor: datetime | None = None

    def day(self, moment: date | datetime) -> date:
        return _in(moment, self.case.zone).date() if isinstance(moment, datetime) else moment

    # The rows of the table

    def read(self, entry: Json) -> None:
        if entry["result"] not in {"moved", "note"}:
            self.floor = entry["at"]
        getattr(self, "_" + entry["result"].replace("-", "_"))(entry)

    def _sent(self, entry: Json) -> None:
        """That email is done; what follows is anchored on the day it was sent."""
        self.touches.append(self.day(entry["at"]))
        if self._is_thanks(entry):
            self._no_call_to_thank()
            if entry["step"] == "thank-you":
                self.thanked.add("email")
        else:
            self._made(entry["step"])

    def _is_thanks(self, entry: Json) -> bool:
        """The thank-you, or another try of its call."""
        return entry["step"] == "thank-you" or (entry["step"] == "retry" and self.retry_of == "thank-you")

    def _no_call_to_thank(self) -> None:
        self.thanks_on = None
        if self.retry_of == "thank-you":
            self.missed = self.retry_on = None
            self.retry_of = ""

    def _made(self, step: str) -> None:
        """A touch for an answer was made: it and those before it are over, and what it was pinned to is kept."""
        self.asked_for_news = True
        course = ["status", "second", "closing"]
        last = step if step in course else "status"
        self.waiting -= set(course[: course.index(last) + 1])
        if step == "news":
            self.news = self.news_on = None
        if step == "no-show":
            self.no_show = None
        self.missed = self.retry_on = self.call_on = self.named = self.second_from = None
        for each in (step, "status", "retry"):
            self.moves.pop(each, None)

    def _no_answer(self, entry: Json) -> None:
        """Attempt + 1; a retry if the playbook has one left."""
        if self._is_thanks(entry):
            self.touches.append(self.day(entry["at"]))
            self._no_call_to_thank()
            self.thanked.add("call")
            self.attempts, self.missed, self.retry_of = self.attempts + 1, entry["at"], "thank-you"
            return
        kept = self.second_from
        if not kept and self.named and "status" not in self.moves:
            kept = self.day(self.named) if self.day(entry["at"]) <= self.day(self.named) else None
        self._made(entry["step"])
        self.second_from = kept
        self.touches.append(self.day(entry["at"]))
        self.attempts += 1
        self.missed, self.retry_of = entry["at"], entry["step"]

    def _voicemail(self, entry: Json) -> None:
        self._no_answer(entry)
        self.messages += 1

    def _gatekeeper(self, entry: Json) -> None:
        """With a day the retry is pinned on it, also at the cap."""
        self._voicemail(entry)
        self.retry_on = entry.get("next")

    def _talk(self, entry: Json) -> None:
        self.no_show = None
        if self._is_thanks(entry):
            self._no_call_to_thank()
            self.thanked.add("call")
            self.missed = None
        else:
            self._made(entry["step"])
        self.touches.append(self.day(entry["at"]))
        self.attempts = 0

    def _reached(self, entry: Json) -> None:
        """With a day a check-back is pinned on it; without one the second is anchored on the day they talked."""
        thanks = self._is_thanks(entry)
        self._talk(entry)
        if entry.get("next"):
            self._anew()
            self.named = entry["next"]
        elif not thanks:
            self.second_from = self.day(entry["at"])

    _vague = _reached

    def _bad_time(self, entry: Json) -> None:
        """A call pinned at that time: the news stays the news."""
        if self._is_thanks(entry):
            self._talk(entry)
            self.thanked.discard("call")
            self.thanks_on = entry["next"]
            self.moves.pop("thank-you", None)
            return
        if entry["step"] == "news":
            self.touches.append(self.day(entry["at"]))
            self.missed = self.no_show = None
            self.attempts, self.asked_for_news = 0, True
            self.news_on = entry["next"]
            self.moves.pop("news", None)
            return
        self._talk(entry)
        self._anew()
        self.call_on = entry["next"]

    _call_back = _bad_time

    def _anew(self) -> None:
        """They named a day: the course begins again."""
        self.waiting = {"status", "second", "closing"}
        self.missed = self.retry_on = self.call_on = self.named = self.second_from = self.answer_by = None
        self.ended = ""
        self.moves = {step: to for step, to in self.moves.items() if step in {"thank-you", "news", "no-show"}}

    def _more_time(self, entry: Json) -> None:
        """A new D, and status planned again."""
        self.no_show = None
        if entry.get("step"):
            self._talk(entry)
        else:
            self.touches.append(self.day(entry["at"]))
            self.attempts = 0
        self._anew()
        self.decision = entry["decision"]

    def _replied(self, entry: Json) -> None:
        """Without a day: the thank-yous only, as long as no status touch was made; else everything."""
        self.attempts, self.missed, self.no_show = 0, None, None
        if entry.get("next") or entry.get("decision"):
            self._anew()
            self.news = self.news_on = None
            self.named, self.decision = entry.get("next"), entry.get("decision") or self.decision
        elif self.asked_for_news:
            self.ended = self.ended or "replied"
        else:
            self.thanked |= {"call", "email"}
            self._no_call_to_thank()

    def _offer(self, entry: Json) -> None:
        self.ended = entry["result"]
        self.named = self.call_on = None
        self.refused = self.day(entry["at"])

    _rejected = _withdrew = _ghosted = _cancelled = _invited = _offer

    def _competing_offer(self, entry: Json) -> None:
        """Takes the place of pending status and retry; what they named a day for stays beside it."""
        self.ended = "" if self.ended == "replied" else self.ended
        self.news, self.news_on, self.answer_by = entry, None, entry["by"]
        self.missed = self.retry_on = None
        self.moves.pop("news", None)
        if not (self.named or self.call_on) or "status" in self.moves:
            self.waiting.discard("status")
            self.named = self.call_on = None
            self.moves.pop("status", None)
        self.moves.pop("retry", None)

    def _no_show(self, entry: Json) -> None:
        """The employer missed an agreed call: an email the same day, and the rest counts from it."""
        self.ended = "" if self.ended == "replied" else self.ended
        self.no_show, self.asked_for_news = entry["at"], True
        self.waiting.discard("status")
        self.missed = self.retry_on = self.call_on = self.named = self.second_from = self.news_on = None
        self.thanks_on = None
        self.moves.pop("no-show", None)

    def _skip(self, entry: Json) -> None:
        """That step is passed over; what follows stays anchored on the day it was planned for."""
        step, was = entry["step"], self.day(entry["was"])
        if self._is_thanks(entry):
            self._no_call_to_thank()
            if step == "thank-you":
                self.thanked |= {"call", "email"}
            return
        is_moved = self.moves.pop(step, None) is not None
        self.waiting.discard(step)
        if step == "status":
            self.second_from = self.day(self.named) if self.named and not is_moved else was
        elif step in {"retry", "news", "no-show"}:
            self.second_from = self.second_from or was
        elif step == "second":
            self.second_from = was
        if step == "news":
            self.news = self.news_on = None
        if step == "no-show":
            self.no_show = None
        if step in {"status", "retry"}:
            self.waiting.discard("status")
            self.missed = self.retry_on = self.call_on = None
            self.named = None if step == "status" else self.named

    def _moved(self, entry: Json) -> None:
        self.moves[entry["step"]] = entry["to"]
        self.moved_at[entry["step"]] = entry["at"]

    def _away(self, entry: Json) -> None:
        """An away period from the day it was logged through that day."""
        first = self.day(entry["at"])
        if first <= entry["until"]:
            self.away.append((first, entry["until"]))

    def _note(self, entry: Json) -> None:
        """Words for the log; the plan does not change."""


def follow_ups_after(record: Json, settings: Json, log: list[Json]) -> Json:
    """What has to be in the plan of one interview after a log, under the floor that the log sets."""
    case = _Case(record, settings, DEFAULT)
    story = _Story(case, record.get("playbook") or settings.get("playbook", "balanced"))
    for entry in log:
        story.read(entry)
    case.away = [*case.away, *story.away]
    case.decision = story.decision
    diary = _Diary(case, [_utc(case.start, case.end)], not_before=story.floor, moves=story.moves)
    diary.moved_at = story.moved_at
    fixed = [story.call_on, story.retry_on, story.news_on, story.thanks_on] if case.phone else []
    fixed += [story.named] if case.calls() and not story.call_on else []
    for at in fixed:  # reserved before anything is placed
        if isinstance(at, datetime) and story.ended in {"", "invited"}:
            diary.taken.append(_utc(at, _later(at, timedelta(minutes=15))))
    diary.touches = list(story.touches)
    if story.ended == "rejected" and story.refused:
        _wait(case, diary, "courtesy", "email", case.window_days(story.refused, COURTESY))
    if not story.ended:
        diary.ask()
    if story.ended in {"", "invited"}:
        _thank(story, diary, may_call=_may_call(story))
    if not story.ended:
        _touches(story, diary)
    return {"id": case.id, "events": diary.events, "notes": diary.notes}


def _may_call(story: _Story) -> bool:
    """Whether no message was left, or not all that may be."""
    return not story.messages or story.messages < min(PLAYBOOKS[story.playbook][1], 2)


def _thank(story: _Story, diary: _Diary, *, may_call: bool) -> None:
    """At once if its time has passed, unless that is more than 72 hours after the end."""
    case, floor = story.case, diary.not_before
    if story.thanks_on:
        _on_the_day(story, diary, "thank-you", story.thanks_on, CALL if case.phone else "email")
    if story.thanked == {"call", "email"} or not case.playbook.thank_you:
        return
    start = _thank_you_email(case)
    if floor and diary.is_past(start):
        start = _decent(case, _quarter_up(_in(floor, case.own_zone)))
    earliest_of_all = _decent(case, _quarter_up(_in(floor, case.own_zone))) if floor else start
    too_late = _utc(earliest_of_all) > _utc(_later(case.end, timedelta(hours=72)))
    if too_late and "thank-you" not in story.moves:
        return
    last = _in(_later(case.end, timedelta(hours=24)), case.own_zone).date()
    late_from = _iso({"latest": last})
    others = [name for name, email in case.interviewers if email]
    by_call = case.playbook.thank_you == CALL
    calls = by_call and may_call and case.calls()
    is_done = "call" in story.thanked or ("email" in story.thanked and not (others and calls))
    if not is_done and not story.thanks_on:
        call = _thanks_call(case, diary) if calls else None
        if call:
            last = _in(_later(case.end, timedelta(hours=24)), case.zone).date()
            diary.put("thank-you", CALL, call, person=case.contact, **_iso({"latest": last}))
        elif case.email or by_call or not others:
            diary.put("thank-you", "email", start, own=True, person=case.contact, **late_from)
    if "email" in story.thanked:
        return
    moves, diary.moves = diary.moves, {}
    for name in others:
        diary.put("thank-you", "email", start, own=True, person=name, **late_from)
    diary.moves = moves


def _thanks_call(case: _Case, diary: _Diary) -> datetime | None:
    """As without a log, but nothing before the floor."""
    taken = list(diary.taken)
    if diary.not_before:
        taken.append((_utc(case.start)[0], _utc(diary.not_before)[0]))
    return _thank_you_call(case, taken)


def _decent(case: _Case, moment: datetime) -> datetime:
    minute = moment.hour * 60 + moment.minute
    if 8 * 60 <= minute <= 20 * 60 + 30:
        return moment
    day = moment.date() + (DAY if minute > 20 * 60 + 30 else timedelta())
    return datetime(day.year, day.month, day.day, 8, tzinfo=case.own_zone)


def _touches(story: _Story, diary: _Diary) -> None:
    case = story.case
    retries, may_call = PLAYBOOKS[story.playbook][0], _may_call(story)
    placed = _after_no_show(story, diary)
    placed = _news(story, diary, may_call=may_call) or placed
    if story.retry_on:
        placed = _on_the_day(story, diary, "retry", story.retry_on, CALL if case.phone else "email")
    elif story.missed and story.attempts <= retries and may_call:
        placed = _retry(story, diary)
    if "status" in story.waiting:
        placed = _status_again(story, diary, may_call=may_call) or placed
    second = False
    if case.playbook.second and "second" in story.waiting:
        second = _second_again(story, diary)
        if not second or _is_after_the_answer(story, diary, "second"):
            return
    if case.playbook.closing and "closing" in story.waiting and (second or "second" not in story.waiting):
        _closing_again(story, diary)
        _is_after_the_answer(story, diary, "closing")


def _is_after_the_answer(story: _Story, diary: _Diary, step: str) -> bool:
    """Second and closing after the other employer's day are dropped, unless the candidate wants them then."""
    if not diary.events:
        return False
    event = diary.events[-1]
    start = datetime.fromisoformat(event["start"])
    to = story.moves.get(step)
    is_moved = to is not None and _utc(to) == _utc(start)
    if event["step"] != step or not story.answer_by or is_moved or story.day(start) <= story.answer_by:
        return False
    diary.events.pop()
    return True


def _after_no_show(story: _Story, diary: _Diary) -> bool:
    """An email the same day in business hours, else the next open morning; a quiet day is their own choice."""
    case = story.case
    if not story.no_show:
        return False
    now = _in(diary.not_before or story.no_show, case.zone)
    next_one = case.business_days_after(now.date(), 1)
    for day in (now.date() + n * DAY for n in range((next_one - now.date()).days + 15)):
        quiet = case.is_bridge(day) or case.is_year_end(day)
        away = any(first <= day <= last for first, last in case.away)
        same_day = day == now.date() and quiet and case.counting_open(day) and not away
        slot = _email_from(case, diary, day) if same_day or case.landing_open(day, "email") else None
        if slot:
            diary.put("no-show", "email", slot, late=day > next_one, **_iso({"latest": next_one}))
            return True
    diary.put("no-show", "email", _quarter_up(now), **_iso({"latest": next_one}))
    return True


def _news(story: _Story, diary: _Diary, *, may_call: bool) -> bool:
    """The first legal slot from now, a deadline of the business day before theirs; else an email."""
    case = story.case
    if not story.news:
        return False
    on = story.call_on or story.named
    if story.news_on:
        placed = _on_the_day(story, diary, "news", story.news_on, CALL if case.phone else "email")
        to = story.moves.get("news")
        moved = to is not None and not diary.is_past(to)
        if placed and on and story.day(on) <= (story.day(story.news_on) if moved else diary.touches[-1]):
            story.waiting.discard("status")
        return placed
    action, slot, day, latest = _first_for_the_news(story, diary, may_call=may_call)
    if on and story.day(on) <= story.day(slot):
        action = CALL if (case.phone if story.call_on else may_call and case.calls()) else "email"
        placed = _on_the_day(story, diary, "news", on, action)
        if placed:
            story.waiting.discard("status")
        return placed
    diary.put("news", action, slot, late=day > latest, **_iso({"latest": latest}))
    return True


def _first_for_the_news(story: _Story, diary: _Diary, *, may_call: bool) -> tuple[str, datetime, date, date]:
    """How and when, on which day of theirs, and the last day on which it would not be late."""
    case, by = story.case, story.answer_by or story.news["by"]  # type: ignore[index]
    now = _in(diary.not_before or story.news["at"], case.zone)  # type: ignore[index]
    first, last = max(now.date(), diary.floor()), by - DAY
    while not case.counting_open(last):
        last -= DAY
    if may_call and case.calls():
        for day in (first + n * DAY for n in range((last - first).days + 1)):
            slots = [
                case.at(day, minute) for minute in sorted(minute for part in case.parts() for minute in part)
            ]
            for slot in slots if case.landing_open(day, CALL) else ():
                if case.call_will_do(slot, diary.taken) and not diary.is_past(slot):
                    return CALL, slot, day, last
    for day in (first + n * DAY for n in range(max((last - first).days, 0) + 15)):
        at = _email_from(case, diary, day) if case.landing_open(day, "email") else None
        if at:
            return "email", at, day, max(first, last)
    return "email", _quarter_up(now), first, max(first, last)


def _retry(story: _Story, diary: _Diary) -> bool:
    """The next business day, at the other end of the day."""
    case, missed = story.case, _in(story.missed, story.case.zone)  # type: ignore[arg-type]
    opens, closes = case.business_hours
    was_early = (missed.hour * 60 + missed.minute) * 2 < opens + closes
    window, case.window = case.window, "late" if was_early else "early"
    first = case.business_days_after(missed.date(), 1)
    last = case.business_days_after(first, 1)
    on = story.call_on or story.named
    if story.retry_of == "thank-you" and on and story.day(on) <= last:
        case.window = window
        return False
    placed = _wait(case, diary, "retry", "call" if case.calls() else "email", (first, first, last))
    case.window = window
    return placed


def _status_again(story: _Story, diary: _Diary, *, may_call: bool) -> bool:
    case = story.case
    if story.call_on:
        return _on_the_day(story, diary, "status", story.call_on, CALL if case.phone else "email")
    if story.named:
        return _on_the_day(story, diary, "status", story.named, CALL if case.calls() else "email")
    case.agreed = case.agreed_at = None
    phone = case.phone
    if not may_call:
        case.phone = ""
    placed = _status(case, diary)
    case.phone = phone
    return placed


def _on_the_day(story: _Story, diary: _Diary, step: str, on: date | datetime, action: str) -> bool:
    """Pinned; once it has passed under the floor an unpinned wait from the floor on."""
    case, day = story.case, story.day(on)
    last = on if isinstance(on, datetime) else case.at(day, case.business_hours[1] - 15)
    if diary.is_past(last):
        return _wait(case, diary, step, action, (day, day, day))
    if step != "status" or not isinstance(on, datetime):
        return _pinned_on(story, diary, step, on, action)
    case.agreed, case.agreed_at = day, on
    return _pinned(case, diary, action)


def _pinned_on(story: _Story, diary: _Diary, step: str, on: date | datetime, action: str) -> bool:
    """A day alone takes its first legal slot that is to come, or the start of business hours."""
    case, day = story.case, story.day(on)
    if isinstance(on, datetime):
        start = on
    else:
        starts = [case.email_slot(day)] if action == "email" else []
        starts += [
            at
            for at in case.ordered_slots(day)
            if (action == "email" and case.inside_own_hours(at, "email") and _inside(case, at))
            or (action == CALL and case.call_is_legal(at, diary.taken))
        ]
        ahead = [at for at in starts if not diary.is_past(at)]
        if action == "email":
            ahead.sort(key=lambda at: _utc(at)[0])
        opening = case.business_start(day)
        floor = _quarter_up(_in(diary.not_before, case.zone)) if diary.not_before else opening
        start = ahead[0] if ahead else max(opening, floor, key=lambda at: _utc(at)[0])
    diary.put(step, action, start, **_iso({"latest": day}))
    return True


def _inside(case: _Case, start: datetime) -> bool:
    minute = start.hour * 60 + start.minute
    return case.business_hours[0] <= minute and minute + 15 <= case.business_hours[1]


def _second_again(story: _Story, diary: _Diary) -> bool:
    case = story.case
    if story.second_from or story.named or story.call_on:
        anchor = story.second_from or (story.day(story.named) if story.named else None)
        moved = story.moves.get("status")
        if not story.second_from and story.named and moved and not diary.is_past(moved):
            anchor = story.day(moved)
        if anchor:
            return _wait(case, diary, "second", "email", case.window_days(anchor, case.playbook.second))  # type: ignore[arg-type]
    case.agreed = None
    if not (case.playbook.second_after == "decision" and case.decision) and not diary.touches:
        diary.touches = [case.day]
        done = _second(case, diary)
        diary.touches.remove(case.day)
        return done
    return _second(case, diary)


def _closing_again(story: _Story, diary: _Diary) -> None:
    case = story.case
    if story.second_from and "second" not in story.waiting:
        _wait(case, diary, "closing", "email", case.window_days(story.second_from, case.playbook.closing))  # type: ignore[arg-type]
        return
    _closing(case, diary)


# --- a log that could have been ------------------------------------------------------------------


def log_of(draw: Any, record: Json, settings: Json) -> Iterator[Json]:
    """Some things that happen, one after another: what is due is done, moved or skipped, or they write or call."""
    case = _Case(record, settings, DEFAULT)
    told: list[Json] = []
    now = _later(case.end, timedelta(minutes=draw.choice((5, 40, 200, 1500))))
    for _ in range(draw.randrange(1, 6)):
        plan = follow_ups_after(record, settings, told)
        due = [event for event in plan["events"] if event["action"] in {"call", "email"}]
        entry = _entry(draw, case, due, now, told)
        if entry is None:
            return
        now = entry["at"]
        told.append(entry)
        yield entry


_ANY_TIME = (
    *("competing-offer", "competing-offer", "no-show"),
    *("replied", "replied", "more-time", "moved", "moved", "moved", "skip", "away", "note", "offer"),
    *("rejected", "withdrew", "ghosted", "cancelled", "invited"),
)


def _entry(draw: Any, case: _Case, due: list[Json], now: datetime, told: list[Json]) -> Json | None:
    ended = any(
        each["result"] in {"offer", "rejected", "withdrew", "ghosted", "cancelled", "invited"}
        for each in told
    )
    if not due or ended:
        return None
    event = min(due, key=lambda each: datetime.fromisoformat(each["start"]))
    start = _in(datetime.fromisoformat(event["start"]), case.zone)
    chance = draw.randrange(100)
    if chance < 60:
        at = max(
            _later(start, timedelta(minutes=draw.choice((5, 5, 20, 95, 1500)))), now, key=lambda m: _utc(m)[0]
        )
        calls = (
            "no-answer",
            "voicemail",
            "voicemail",
            "gatekeeper",
            "reached",
            "vague",
            "bad-time",
            "call-back",
        )
        result = draw.choice(calls if event["action"] == "call" else ("sent", "sent", "sent", "skip"))
        entry: Json = {"result": result, "at": at, "step": event["step"], "was": start}
        return entry | _named(draw, case, entry)
    at = _later(now, timedelta(minutes=draw.choice((0, 10, 60, 700, 2000, 5000))))
    result = draw.choice(_ANY_TIME)
    entry = {"result": result, "at": at}
    if result == "competing-offer":
        return entry | {"by": _in(at, case.zone).date() + draw.choice((0, 1, 2, 3, 5, 8, 12, 20)) * DAY}
    if result in {"moved", "skip"}:
        event = draw.choice(due) if result == "moved" else event
        start = _in(datetime.fromisoformat(event["start"]), case.zone)
        entry |= {"step": event["step"], "was": start}
    return entry | _named(draw, case, entry)


def _named(draw: Any, case: _Case, entry: Json) -> Json:
    """The days that belong to it, all of them still to come."""
    day = _in(entry["at"], case.zone).date() + draw.choice((1, 2, 3, 5, 8, 12)) * DAY
    moment = case.at(day, draw.choice((9 * 60, 10 * 60, 13 * 60 + 20, 16 * 60, 19 * 60)))
    result = entry["result"]
    if result in {"bad-time", "call-back"} or (
        result in {"gatekeeper", "reached", "vague", "replied"} and draw.randrange(100) < 50
    ):
        return {"next": draw.choice((day, moment))}
    if result == "more-time" or (result == "replied" and draw.randrange(100) < 40):
        return {"decision": day}
    if result == "away":
        return {"until": day}
    return {"to": _in(moment, case.zone)} if result == "moved" else {}

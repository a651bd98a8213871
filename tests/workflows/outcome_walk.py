"""A walk through what a person can do to the store, beside a model of dictionaries.

The machine is run with few steps by ``test_outcome_walks.py`` and with many by
``tests/soak/outcome_walks.py``. What must hold after every step is an invariant.
"""

import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from operator import attrgetter
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from calsync.domain import OUTCOMES, Interview, Outcome, Person, Preferences, Span
from calsync.errors import BadData
from calsync.planner import plan
from calsync.playbooks import load
from calsync.store import Store
from calsync.workflows import Context
from calsync.workflows.interviews import add, edit, remove, undo
from calsync.workflows.outcomes import log

__all__ = ["OutcomeWalk"]

ZONES = tuple(map(ZoneInfo, ("America/New_York", "Europe/Berlin", "Asia/Kolkata")))
COUNTRY = {"America/New_York": "US", "Europe/Berlin": "DE", "Asia/Kolkata": "IN"}
PLAYBOOKS = (
    "balanced",
    "gentle",
    "professional",
    "classic",
    "prompt",
    "warm-call",
    "email-only",
    "early-bird",
)
STEPS = (None, None, None, "thank-you", "status", "retry", "second", "closing", "courtesy", "news", "no-show")
NAMES = ("a", "b", "c", "d")
START = datetime(2026, 11, 9, 14, tzinfo=UTC)
ENDS = {
    "offer": "offer",
    "rejected": "rejected",
    "withdrew": "withdrawn",
    "ghosted": "closed",
    "cancelled": "closed",
    "invited": "closed",
}
NO_FLOOR = {"moved", "note"}
MESSAGES = {"voicemail", "gatekeeper"}
MISSES = {"no-answer", *MESSAGES}
QUARTER = timedelta(minutes=15)
uid = attrgetter("uid")


class StoredInterview:
    """One interview of the model: the record, when it was recorded, what was logged."""

    def __init__(self, interview, recorded):
        self.interview, self.recorded, self.log = interview, recorded, ()

    def floor(self):
        logged = (each.logged or each.at for each in self.log if each.result not in NO_FLOOR)
        return max([self.recorded, *logged])

    def copy(self):
        twin = StoredInterview(self.interview, self.recorded)
        twin.log = self.log
        return twin


def day(moment, zone):
    return moment.astimezone(zone).date() if isinstance(moment, datetime) else moment


class OutcomeWalk(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store.open(Path(self.folder.name) / "store.db")
        self.now, self.model, self.pasts = START, {}, []

    @initialize(data=st.data(), zone=st.sampled_from(ZONES), playbook=st.sampled_from(PLAYBOOKS))
    def begin(self, data, zone, playbook):
        self.preferences = Preferences(zone=zone, country=COUNTRY[zone.key], playbook=playbook)
        self.context = Context(self.preferences)
        self._add(data, "a")

    def teardown(self):
        try:
            if hasattr(self, "context"):
                self.undo_of_everything_gives_the_first_state()
        finally:
            self.store.close()
            self.folder.cleanup()

    def undo_of_everything_gives_the_first_state(self):
        while self.pasts:
            assert undo(self.context, self.store, now=self.now)
            self.model = self.pasts.pop()
            self.the_store_holds_the_model()
        assert undo(self.context, self.store, now=self.now) is None
        assert list(self.store.interviews()) == list(self.store.planned()) == []
        assert self.store.check() == []

    # What a person does

    @rule(hours=st.sampled_from((1, 3, 24, 50, 100, 170)))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)

    @rule(data=st.data(), name=st.sampled_from(NAMES))
    def add(self, data, name):
        if name not in self.model:
            self._add(data, name)

    def _add(self, data, name):
        interview = self._interview(data, name)
        self._changing(lambda: add(self.context, self.store, interview, now=self.now))
        self.model[name] = StoredInterview(self.store.interview(name).interview, self.now)

    @precondition(lambda self: self.model)
    @rule(data=st.data(), result=st.sampled_from(OUTCOMES), step=st.sampled_from(STEPS))
    def log(self, data, result, step):
        name = data.draw(st.sampled_from(sorted(self.model)))
        self._log(name, self._outcome(data, name, result, step))

    @precondition(lambda self: self.model)
    @rule(data=st.data(), count=st.integers(1, 4))
    def log_the_next_touches_when_they_are_due(self, data, count):
        for _ in range(count):
            pending = [each.event for each in self.store.planned() if each.event.action in {"call", "email"}]
            if pending:
                self._log_when_due(data, pending[0])

    def _log_when_due(self, data, event):
        self.now = max(self.now, event.start.astimezone(UTC) + QUARTER)
        usual = ["sent"] if event.action == "email" else [*MISSES, "reached", "bad-time", "vague"]
        result = data.draw(st.sampled_from(usual))
        self._log(event.interview, self._outcome(data, event.interview, result, event.step))

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def edit(self, data):
        name = data.draw(st.sampled_from(sorted(self.model)))
        met = self.model[name].interview
        later = (max(self.now.astimezone(met.zone).date(), met.day) + timedelta(days=5)).isoformat()
        start = met.start + timedelta(days=1)
        values = data.draw(
            st.sampled_from(
                (
                    {"phone": ""},
                    {"phone": "+1 212-555-0142"},
                    {"channel": "email"},
                    {"decision": later},
                    {"decision": "", "agreed": later},
                    {"agreed": "", "decision": ""},
                    {"start": f"{start:%Y-%m-%d %H:%M}", "decision": "", "agreed": ""},
                    {"candidate": "Bo"},
                    {"status": "open"},
                    {"status": "withdrawn"},
                )
            )
        )
        self._changing(lambda: edit(self.context, self.store, name, values, now=self.now))
        kept = self.model[name]
        kept.interview = self.store.interview(name).interview
        told = tuple(self.store.outcomes(name))
        assert told[: len(kept.log)] == kept.log
        assert all(each.result == "replied" for each in told[len(kept.log) :])
        kept.log = told

    @precondition(lambda self: len(self.model) > 2)
    @rule(data=st.data())
    def remove(self, data):
        name = data.draw(st.sampled_from(sorted(self.model)))
        self._changing(lambda: remove(self.context, self.store, name, now=self.now))
        del self.model[name]

    @precondition(lambda self: len(self.pasts) > 5)
    @rule()
    def undo(self):
        assert undo(self.context, self.store, now=self.now)
        self.model = self.pasts.pop()

    def _interview(self, data, name):
        draw = data.draw
        zone = draw(st.sampled_from(ZONES))
        local = self.now.astimezone(zone)
        met = local.date() + timedelta(days=draw(st.integers(-12, 4)))
        start = datetime(met.year, met.month, met.day, draw(st.integers(8, 17)), tzinfo=zone)
        later = st.integers(1, 9).map(lambda days: met + timedelta(days=days))
        clock = st.integers(9, 17)
        agreed = later | st.tuples(later, clock).map(
            lambda two: datetime(two[0].year, two[0].month, two[0].day, two[1], tzinfo=zone)
        )
        return Interview(
            id=name,
            company=f"Company {name}",
            role="PM",
            start=start,
            candidate=draw(st.sampled_from(("", "", "Bo"))),
            country=COUNTRY[zone.key],
            contact="Sarah Smith",
            email="sarah@acme.example",
            phone=draw(st.sampled_from(("+1 212-555-0142", "+1 212-555-0142", ""))),
            interviewers=draw(st.sampled_from(((), (Person("Tom", "tom@acme.example"),)))),
            decision=draw(st.none() | later | st.just(Span.parse("3 business days"))),
            agreed=draw(st.none() | agreed),
            channel=draw(st.sampled_from((None, None, "phone", "email"))),
            playbook=draw(st.just("") | st.sampled_from(PLAYBOOKS)),
        )

    def _outcome(self, data, name, result, step):
        zone = self.model[name].interview.zone
        today = self.now.astimezone(zone).date()
        ahead = st.integers(0, 8).map(lambda days: today + timedelta(days=days))
        moment = ahead.map(lambda each: datetime(each.year, each.month, each.day, 18, tzinfo=zone))
        named = {
            "bad-time": ("next", moment),
            "call-back": ("next", ahead | moment),
            "more-time": ("decision", ahead | st.just(Span.parse("3 days"))),
            "competing-offer": ("by", ahead),
            "reached": ("next", st.none() | ahead),
            "vague": ("next", st.none() | moment),
            "replied": ("decision", st.none() | ahead),
            "away": ("until", ahead),
            "moved": ("to", st.none() | moment),
        }
        keys = {"met": self.model[name].interview.start} if result == "moved" else {}
        if result in named:
            key, values = named[result]
            keys[key] = data.draw(values)
        at = self.now - timedelta(hours=data.draw(st.sampled_from((0, 0, 0, 30))))
        return Outcome(interview=name, result=result, at=at, step=step, **keys)

    def _log(self, name, told):
        try:
            done = self._changing(lambda: log(self.context, self.store, name, told, now=self.now))
        except BadData:
            return
        kept = self.model[name]
        kept.log = (*kept.log, done.outcome)
        status = ENDS.get(told.result, kept.interview.status)
        if done.outcome.step == "thank-you" and told.result in {"reached", "vague"} and told.next:
            status = "open"
        kept.interview = replace(kept.interview, status=status)

    def _changing(self, verb):
        """Run it; a change that was made can be undone to the model as it is."""
        past = {name: kept.copy() for name, kept in self.model.items()}
        before = len(self.store.history())
        try:
            return verb()
        finally:
            if len(self.store.history()) > before:
                self.pasts.append(past)

    # What must hold

    @invariant()
    def the_rules_hold(self):
        self.the_store_holds_the_model()
        self.the_plan_is_the_one_from_scratch()
        self.nothing_is_planned_before_what_is_known()
        self.messages_stay_under_the_cap_and_calls_end_with_it()
        self.there_are_never_two_calls_on_a_day()
        self.a_business_day_lies_between_touches()
        self.an_end_leaves_nothing_but_courtesy_and_thanks()
        self.calls_of_one_candidate_meet_neither_each_other_nor_an_interview()

    def the_store_holds_the_model(self):
        kept = {each.interview.id: each for each in self.store.interviews()}
        assert {name: each.interview for name, each in kept.items()} == {
            name: each.interview for name, each in self.model.items()
        }
        for name, each in self.model.items():
            assert tuple(self.store.outcomes(name)) == each.log
            assert kept[name].recorded == each.recorded

    def the_plan_is_the_one_from_scratch(self):
        for candidate in ("", "Bo"):
            mine = {n: each for n, each in self.model.items() if each.interview.candidate == candidate}
            fresh = plan(
                [each.interview for each in mine.values()],
                self.preferences,
                outcomes=[
                    told
                    for each in mine.values()
                    for told in each.log
                    if ENDS.get(told.result, each.interview.status) == each.interview.status
                ],
                not_before={name: each.floor() for name, each in mine.items()},
            )
            for each in fresh:
                kept = self.store.plan(each.interview.id)
                assert sorted(kept.events, key=uid) == sorted(each.events, key=uid)
                assert kept.notes == each.notes

    def nothing_is_planned_before_what_is_known(self):
        for event in self._events():
            assert event.start >= self.model[event.interview].floor(), event

    def messages_stay_under_the_cap_and_calls_end_with_it(self):
        for name, kept in self.model.items():
            calls = load(kept.interview.playbook or self.preferences.playbook).calls
            most = min(calls.messages.count, 2)
            left = sum(told.result in MESSAGES for told in kept.log)
            assert left <= most
            if left == most > 0:
                assert all(e.pinned or e.action != "call" for e in self._events(name)), name

    def there_are_never_two_calls_on_a_day(self):
        for name, kept in self.model.items():
            zone = kept.interview.zone
            made = {day(told.at, zone) for told in kept.log if told.result in MISSES}
            calls = [e for e in self._events(name) if e.action == "call" and not e.moved]
            days = Counter(day(event.start, zone) for event in calls if not event.pinned)
            assert all(count == 1 for count in days.values()), name
            assert not made & set(days), name
            pinned = {day(event.start, zone) for event in calls if event.pinned}
            thanks = {day(event.start, zone) for event in calls if event.step == "thank-you"}
            assert not pinned & (set(days) - thanks), name

    def a_business_day_lies_between_touches(self):
        for name, kept in self.model.items():
            zone = kept.interview.zone
            touches = [event for event in self._events(name) if event.action in {"call", "email"}]
            touches = [e for e in touches if e.step not in {"thank-you", "no-show"}]
            for before, after in pairwise(touches):
                if not after.pinned:
                    first, second = day(before.start, zone), day(after.start, zone)
                    assert self._next_business_day(first, kept.interview.country) <= second, (before, after)

    def an_end_leaves_nothing_but_courtesy_and_thanks(self):
        allowed = {"rejected": {"courtesy"}, "closed": {"thank-you", "prepare"}}
        for name, kept in self.model.items():
            status = kept.interview.status
            if status != "open":
                assert {event.step for event in self._events(name)} <= allowed.get(status, set())

    def calls_of_one_candidate_meet_neither_each_other_nor_an_interview(self):
        for candidate in ("", "Bo"):
            mine = [each.interview for each in self.model.values() if each.interview.candidate == candidate]
            calls = [e for i in mine for e in self._events(i.id) if e.action == "call" and not e.moved]
            taken = [(i.start, i.end, i.id) for i in mine if i.status != "withdrawn"]
            for number, call in enumerate(calls):
                others = [(e.start, e.end, e) for e in calls[number + 1 :] if not (e.pinned and call.pinned)]
                for start, end, what in others + ([] if call.pinned else taken):
                    assert not (start < call.end and call.start < end), (call, what)

    def _events(self, name=None):
        return [each.event for each in self.store.planned(interview=name)]

    @staticmethod
    def _next_business_day(day, country):
        closed = holidays.country_holidays(country, years=(day.year, day.year + 1))
        day += timedelta(days=1)
        while day in closed or day.weekday() > 4:
            day += timedelta(days=1)
        return day

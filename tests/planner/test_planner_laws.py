"""Laws of every plan, whatever the interviews and the settings."""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import combinations, pairwise
from typing import get_args
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from calsync.business_days.employer import first_weekday
from calsync.domain import Rule
from calsync.planner import plan
from calsync.planner.clock import at_minute
from calsync.playbooks import advice, load
from tests.planner.strategies import crowded_searches, plain_searches, searches

pytestmark = pytest.mark.usefixtures("unmeasured")
RULES = set(get_args(Rule))
TOUCHES = ("status", "second", "closing")
ONE_DAY, QUARTER = timedelta(days=1), timedelta(minutes=15)


def _plans(search, interviews=None):
    return plan(
        search.interviews if interviews is None else interviews,
        search.preferences,
        busy=search.busy,
        not_before=search.not_before,
    )


def _follow_ups(search):
    """Each follow-up that was placed on a day, with its plan; the thank-you by call among them."""
    for each in _plans(search):
        for event in each.events:
            if event.step in TOUCHES or (event.step == "thank-you" and event.action == "call"):
                yield each, event


def _placed_on(event):
    """The day of the contact's that was looked at; an email may leave the evening before it."""
    return next(reason.before for reason in reversed(event.trace) if reason.rule in {"slot", "pinned"})


def _in_the_evening(event):
    return any("in your evening" in reason.text for reason in event.trace)


@cache
def _public(country, region):
    return holidays.country_holidays(country, subdiv=region or None, years=range(2023, 2029))


def _counts(interview, wishes, day):
    """Whether a day counts, said again with nothing but the package ``holidays``."""
    if any(day in period for period in wishes.closures):
        return False
    if interview.country == "none":
        return day.weekday() < 5
    return _public(interview.country, interview.region).is_working_day(day)


def _is_kept_free(interview, wishes, day):
    kept = wishes.kept_free
    if kept is None:
        last_week = [date(day.year, 12, 25) + n * ONE_DAY for n in range(7)]
        known = _public(interview.country, interview.region) if interview.country != "none" else None
        kept = first_weekday(
            {
                each.weekday()
                for each in last_week
                if (known.is_weekend(each) if known else each.weekday() > 4)
            }
        )
    if day.weekday() in kept:
        return True
    before = day - ONE_DAY
    while wishes.monday_like and not _counts(interview, wishes, before):
        if before.weekday() in kept:
            return True
        before -= ONE_DAY
    return False


def _open(interview, wishes, day, action):
    if not _counts(interview, wishes, day) or any(day in period for period in interview.away):
        return False
    return action == "email" or not _is_kept_free(interview, wishes, day)


def _business_day_after(interview, wishes, day):
    day += ONE_DAY
    while not _counts(interview, wishes, day):
        day += ONE_DAY
    return day


def _minutes(moment):
    return moment.hour * 60 + moment.minute


def _overlap(one, other):
    return one[0] < other[1] and other[0] < one[1]


def _utc(*moments):
    return tuple(moment.astimezone(UTC) for moment in moments)


@given(searches())
def test_nothing_is_placed_on_a_closed_day_unless_it_is_pinned(search):
    for each, event in _follow_ups(search):
        if not event.pinned:
            assert _open(each.interview, search.preferences, _placed_on(event), event.action)


@given(searches(floors=True) | searches())
def test_nothing_is_placed_before_its_earliest_day_nor_late_without_saying_so(search):
    for _, event in _follow_ups(search):
        day = _placed_on(event)
        assert event.earliest <= day
        assert event.late is (day > event.latest and not event.pinned)
        assert ("late" in [reason.rule for reason in event.trace]) is event.late
        if not _in_the_evening(event):
            assert event.start.date() == day


@given(searches())
def test_windows_are_counted_from_their_anchors_as_the_playbook_says(search):
    for each in _plans(search):
        playbook = load(each.playbook)
        for event in each.events:
            if event.step != "status" or event.pinned:
                continue
            window = playbook.status.decision if each.decision else playbook.status.no_decision
            if window is None:
                continue  # a deadline, or what it falls back to
            anchor = each.decision or each.interview.day
            assert (event.earliest, event.preferred, event.latest) == tuple(
                _counted(each.interview, search.preferences, anchor, days)
                for days in (window.earliest, window.preferred, window.latest)
            )


def _counted(interview, wishes, anchor, days):
    if days.unit == "days":
        return anchor + days.count * ONE_DAY
    for _ in range(days.count):
        anchor = _business_day_after(interview, wishes, anchor)
    return anchor


@given(searches())
def test_calls_keep_to_the_hours_of_both_sides_unless_pinned(search):
    wishes = search.preferences
    for each, event in _follow_ups(search):
        if event.pinned or event.action != "call":
            continue
        own = event.start.astimezone(wishes.zone)
        assert wishes.business_hours.contains(_minutes(event.start), 15)
        assert wishes.hours.contains(_minutes(own), 15)
        assert not wishes.private_hours or any(
            own.weekday() in hours.weekdays and hours.hours.contains(_minutes(own), 15)
            for hours in wishes.private_hours
        )
        assert not any(
            event.start.weekday() in busy.weekdays and busy.hours.overlaps(_minutes(event.start), 15)
            for busy in each.interview.busy
        )


@given(searches())
def test_emails_leave_inside_your_hours_and_arrive_inside_theirs_or_before_they_open(search):
    wishes = search.preferences
    for each, event in _follow_ups(search):
        if event.pinned or event.action != "email":
            continue
        assert wishes.hours.contains(_minutes(event.start.astimezone(wishes.zone)), 15)
        if not _in_the_evening(event):
            assert wishes.business_hours.contains(_minutes(event.start), 15)
            continue
        opens = at_minute(_placed_on(event), wishes.business_hours.opens, each.interview.zone)
        later = [start for start in _quarters_from(event.end, opens) if _suits(wishes, start)]
        assert _utc(event.end) <= _utc(opens)
        assert later == []


def _quarters_from(start, end):
    """Each quarter hour that begins at ``start`` or later and has ended by ``end``."""
    start, end = _utc(start, end)
    return [start + n * QUARTER for n in range((end - start) // QUARTER)]


def _suits(wishes, start):
    return wishes.hours.contains(_minutes(start.astimezone(wishes.zone)), 15)


@given(searches())
def test_thank_you_emails_are_written_in_decent_hours(search):
    for each in _plans(search):
        for event in each.events:
            if event.step == "thank-you" and event.action == "email":
                assert time(8) <= event.start.time() <= time(20, 30)
                assert event.start.astimezone(UTC) >= each.interview.end.astimezone(UTC) + timedelta(hours=2)


@given(searches(most=4) | crowded_searches())
def test_no_two_calls_of_a_candidate_overlap_nor_a_call_and_an_interview(search):
    plans = _plans(search)
    taken = [
        (each.interview.candidate, _utc(each.interview.start, each.interview.end), False) for each in plans
    ]
    for candidate in {each.interview.candidate for each in plans}:
        taken += [(candidate, _utc(*busy), False) for busy in search.busy]
    calls = [
        (each.interview.candidate, _utc(event.start, event.end), event.pinned)
        for each in plans
        for event in each.events
        if event.action == "call"
    ]
    for one, other in [*combinations(calls, 2), *((call, what) for call in calls for what in taken)]:
        if one[0] == other[0] and not (one[2] or other[2]):
            assert not _overlap(one[1], other[1])


@given(searches(most=4) | crowded_searches())
def test_a_call_keeps_out_of_a_time_that_was_agreed_with_somebody_else(search):
    plans = _plans(search)
    calls = [(each, event) for each in plans for event in each.events if event.action == "call"]
    for (one, call), (other, agreed) in [(a, b) for a in calls for b in calls]:
        at_a_time = agreed.pinned and isinstance(other.interview.agreed, datetime)
        if one.interview.candidate == other.interview.candidate and at_a_time and not call.pinned:
            assert not _overlap(_utc(call.start, call.end), _utc(agreed.start, agreed.end))


@given(searches(most=4) | crowded_searches(), st.randoms(use_true_random=False))
def test_the_order_of_the_interviews_changes_nothing(search, shuffled):
    interviews = list(search.interviews)
    shuffled.shuffle(interviews)
    assert _plans(search, interviews) == _plans(search)


@given(searches(floors=True) | searches())
def test_every_trace_leads_from_an_anchor_to_the_start_without_a_gap(search):
    for each in _plans(search):
        for event in each.events:
            assert event.trace
            for one, other in pairwise(event.trace):
                assert _same(one.after, other.before), (event.step, [reason.text for reason in event.trace])
            assert _same(event.trace[-1].after, event.start)


def _same(one, other):
    """The same day, or the same instant: a day is not midnight."""
    return isinstance(one, datetime) is isinstance(other, datetime) and one == other


@given(plain_searches())
def test_a_week_later_in_plain_weeks_everything_is_a_week_later(search):
    week = 7 * ONE_DAY
    moved = [
        replace(
            interview,
            start=interview.start + week,
            decision=interview.decision + week
            if isinstance(interview.decision, date)
            else interview.decision,
            agreed=interview.agreed + week if interview.agreed else None,
        )
        for interview in search.interviews
    ]
    busy = tuple((start + week, end + week) for start, end in search.busy)
    for now, then in zip(_plans(search), _plans(replace(search, busy=busy), moved), strict=True):
        assert [_where(event, week) for event in now.events] == [_where(event) for event in then.events]
        assert [note.step for note in now.notes] == [note.step for note in then.notes]


def _where(event, later=timedelta()):
    return event.uid, event.action, event.start + later, event.end + later, event.late, event.pinned


@given(searches(floors=True) | searches())
def test_every_event_has_a_zone_a_quarter_hour_and_a_length(search):
    lengths = {"ask": 15, "prepare": 30, "call": 15, "email": 15}
    for each in _plans(search):
        at_a_time = isinstance(each.interview.agreed, datetime)
        for event in each.events:
            assert isinstance(event.start.tzinfo, ZoneInfo)
            assert isinstance(event.end.tzinfo, ZoneInfo)
            begins, ends = _utc(event.start, event.end)
            assert ends - begins == timedelta(minutes=lengths[event.action])
            assert event.earliest <= event.preferred <= event.latest
            if event.step != "ask" and not (event.pinned and at_a_time):
                assert (event.start.minute % 15, event.start.second, event.start.microsecond) == (0, 0, 0)


@given(searches())
def test_touches_of_one_interview_are_on_days_a_business_day_apart(search):
    for each in _plans(search):
        zone = each.interview.zone
        touches = [event for event in each.events if event.step in ("thank-you", *TOUCHES)]
        thanked = max(
            (event.start.astimezone(zone).date() for event in touches if event.step == "thank-you"),
            default=None,
        )
        in_order = sorted(
            (event for event in touches if event.step in TOUCHES), key=lambda e: TOUCHES.index(e.step)
        )
        last = thanked
        for event in in_order:
            if last and not event.pinned:
                assert _placed_on(event) >= _business_day_after(each.interview, search.preferences, last)
            last = max(event.start.astimezone(zone).date(), last or date.min)


@given(searches(floors=True) | searches())
def test_every_reason_has_a_known_rule_a_whole_sentence_and_known_sources(search):
    for each in _plans(search):
        for event in each.events:
            for reason in event.trace:
                assert reason.rule in RULES
                _is_a_sentence(reason.text)
                assert set(reason.source) <= set(advice().ids)
        for note in each.notes:
            _is_a_sentence(note.text)


def _is_a_sentence(text):
    assert not re.search(r"[{}]|\bNone\b", text)
    assert text[0].isupper() or text[0].isdigit()
    assert text.endswith(".")


@given(searches(floors=True))
def test_nothing_is_placed_before_the_floor_nor_before_the_interview_has_ended(search):
    for each in _plans(search):
        for event in each.events:
            assert event.start.astimezone(UTC) >= search.not_before
            if event.step != "ask":
                assert event.start.astimezone(UTC) >= each.interview.end.astimezone(UTC)


@given(searches())
def test_without_a_floor_nothing_is_overdue(search):
    assert not any(event.overdue for each in _plans(search) for event in each.events)


@given(searches(most=4))
def test_an_identity_is_never_used_twice(search):
    uids = [event.uid for each in _plans(search) for event in each.events]
    assert len(set(uids)) == len(uids)


@given(searches())
def test_an_agreed_day_or_time_is_kept(search):
    for each in _plans(search):
        agreed = each.interview.agreed
        for event in (event for event in each.events if event.step == "status" and agreed):
            assert event.pinned
            if isinstance(agreed, datetime):
                assert event.start == agreed
            else:
                assert _placed_on(event) == max(
                    agreed, each.interview.end.date()
                )  # it may go on past midnight


@given(searches())
def test_a_step_is_placed_or_its_absence_is_noted_where_the_playbook_has_it(search):
    for each in _plans(search):
        steps = {event.step for event in each.events} | {note.step for note in each.notes}
        assert "ask" in steps
        if each.interview.playbook != "warm-call" or each.interview.decision or each.interview.agreed:
            assert "status" in steps

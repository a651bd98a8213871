"""What is remembered of the user's busy times: news in the place of what was known, and the past as it was."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calsync.domain import Candidate, Preferences, replace
from calsync.errors import BadData
from calsync.store import Store
from calsync.workflows import Context
from calsync.workflows.busy_times import NOTHING, BusyTimes, bases_apart, busy_times, keep_busy

NOW = datetime(2026, 6, 26, 20, tzinfo=UTC)
FAR = NOW + timedelta(weeks=8)
HOUR = 60
ZERO = int(NOW.timestamp()) // 60
SPANS = st.lists(
    st.tuples(st.integers(-600, 600), st.integers(1, 300)).map(lambda drawn: (drawn[0], drawn[0] + drawn[1])),
    max_size=12,
)


def at(minute):
    return NOW + timedelta(minutes=minute)


def told(*spans):
    return [(at(begin), at(end)) for begin, end in spans]


def minutes(known):
    """Every minute that is taken, from now."""
    return {minute - ZERO for begin, end in known.times for minute in range(begin, end)}


def span(known):
    return [(begin - ZERO, end - ZERO) for begin, end in known.times]


def test_what_overlaps_or_touches_is_one():
    known = NOTHING.with_news(told((0, 30), (30, 60), (50, 90), (100, 110)), NOW, FAR)
    assert span(known) == [(0, 90), (100, 110)]


def test_seconds_are_taken_to_the_whole_minute_around_them():
    moments = [(NOW + timedelta(minutes=5, seconds=59), NOW + timedelta(minutes=7, seconds=1))]
    assert span(NOTHING.with_news(moments, NOW, FAR)) == [(5, 8)]


@given(SPANS, SPANS, st.integers(-500, 500), st.integers(1, 500))
def test_news_replace_what_was_known_of_their_time_and_nothing_else(before, news, since, length):
    known = NOTHING.with_news(told(*before), at(-2000), at(2000))
    after = known.with_news(told(*news), at(since), at(since + length))
    inside = set(range(since, since + length))
    assert minutes(after) - inside == minutes(known) - inside
    assert minutes(after) & inside == {m for begin, end in news for m in range(begin, end)} & inside


@given(SPANS, SPANS, st.integers(-500, 500))
def test_an_answer_that_is_not_whole_takes_nothing_away(before, news, since):
    known = NOTHING.with_news(told(*before), at(-2000), at(2000))
    after = known.with_news(told(*news), at(since), at(since + 400), whole=False)
    assert minutes(after) >= minutes(known)


@given(SPANS, st.lists(st.integers(-700, 1000), max_size=6))
def test_however_often_it_is_read_the_same_calendar_is_remembered_the_same(spans, readings):
    once = NOTHING.with_news(told(*spans), at(-2000), at(2000))
    often = once
    for since in sorted(readings):
        often = often.with_news(told(*spans), at(since), at(2000))
    assert (often.times, often.digest) == (once.times, once.digest)


def test_what_is_long_over_is_forgotten():
    known = NOTHING.with_news(told((0, 60)), NOW, FAR)
    later = NOW + timedelta(days=500)
    assert known.with_news([], later, later + timedelta(weeks=8)).times == ()


def test_when_it_was_read_matters_to_no_plan():
    known = NOTHING.with_news(told((0, 60)), NOW, FAR)
    assert replace(known, read=NOW).digest == known.digest != ""
    assert replace(NOTHING, read=NOW).digest == ""
    assert replace(known, floors={"a": NOW}).digest != known.digest


def test_it_is_kept_as_it_is(tmp_path):
    known = BusyTimes(((ZERO, ZERO + 30), (ZERO + 90, ZERO + 95)), {"acme": NOW}, NOW)
    with Store.open(tmp_path / "store.db") as store:
        assert busy_times(store) == NOTHING
        with store.upkeep(at=NOW) as upkeep:
            keep_busy(upkeep, known)
        assert busy_times(store) == known
        assert store.history() == []


def test_damage_is_told_as_damage(tmp_path):
    with Store.open(tmp_path / "store.db") as store:
        with store.upkeep(at=NOW) as upkeep:
            keep_busy(upkeep, NOTHING)
            upkeep.keep("busy", "times", "[[1,")
        with pytest.raises(BadData, match="the store is damaged: the busy times cannot be read"):
            busy_times(store)


def test_only_the_owners_plans_are_worked_out_from_it(tmp_path):
    wishes = Preferences(zone=ZoneInfo("UTC"), candidate=Candidate(name="Kim"))
    with Store.open(tmp_path / "store.db") as store:
        context = Context(wishes)
        assert bases_apart(context, store) == {}
        with store.upkeep(at=NOW) as upkeep:
            keep_busy(upkeep, NOTHING.with_news(told((0, 60)), NOW, FAR))
        assert set(bases_apart(context, store)) == {"", "Kim"}


@pytest.mark.parametrize(("hours", "old"), [(1, False), (24, False), (25, True)])
def test_after_a_day_it_is_old(hours, old):
    assert BusyTimes(read=NOW).is_old(NOW + timedelta(hours=hours)) is old

from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import fields

from calsync.domain import Event, Interview, Outcome, Plan
from calsync.store.codec import (
    FieldColumns,
    Shape,
    Unreadable,
    _frozen,
    decode,
    encode,
    read_moment,
    write_moment,
)
from tests.store import examples

INTERVIEW = Shape(Interview, "id", "start")
EVENT = Shape(Event, "uid")


def whole(value: Any):
    """Types, zones and folds too: == takes one instant in two zones for the same, and 1 for True."""
    if isinstance(value, msgspec.Struct):
        return type(value), {each.name: whole(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, dict):
        return {name: whole(inside) for name, inside in value.items()}
    if isinstance(value, tuple):
        return tuple(whole(inside) for inside in value)
    return type(value), repr(value)


@settings(max_examples=60, deadline=None)
@given(examples.interviews())
def test_an_interview_comes_back_exactly(interview):
    back = INTERVIEW.load(INTERVIEW.dump(interview), id=interview.id, start=interview.start)
    assert whole(back) == whole(interview)


@settings(max_examples=60, deadline=None)
@given(examples.interviews(), st.sets(st.sampled_from([each.name for each in fields(Interview)][4:])))
def test_an_interview_comes_back_exactly_from_any_choice_of_columns(interview, chosen):
    columns = FieldColumns(Interview, ["id", "company", *sorted(chosen)], apart="start")
    assert whole(columns.read(columns.write(interview), start=interview.start)) == whole(interview)


class Later(msgspec.Struct, frozen=True):
    """A record that got a field when its table was made already."""

    name: str
    at: datetime | None = None
    day: date | None = None


def test_a_field_without_a_column_goes_into_the_one_for_the_rest():
    columns = FieldColumns(Later, ("name",), apart="at")
    assert columns.write(Later("a")) == ["a", "{}"]
    assert columns.write(Later("a", day=date(2026, 11, 24))) == ["a", '{"day":"2026-11-24"}']
    assert columns.read(["a", '{"day":"2026-11-24"}'], at=None) == Later("a", day=date(2026, 11, 24))


@settings(max_examples=60, deadline=None)
@given(examples.events())
def test_an_event_comes_back_exactly_with_its_reasons(event):
    assert whole(EVENT.load(EVENT.dump(event), uid=event.uid)) == whole(event)


@settings(max_examples=80, deadline=None)
@given(examples.outcomes)
def test_an_outcome_comes_back_exactly(outcome):
    shape = Shape(Outcome)
    assert whole(shape.load(shape.dump(outcome))) == whole(outcome)


@settings(max_examples=80, deadline=None)
@given(examples.several(examples.notes))
def test_a_plan_comes_back_exactly_with_its_notes(notes):
    shape = Shape(Plan, "interview", "events")
    plan = Plan(interview=examples.interview(), playbook="prompt", decision=None, events=(), notes=notes)
    assert whole(shape.load(shape.dump(plan), interview=plan.interview, events=())) == whole(plan)


@settings(max_examples=100, deadline=None)
@given(examples.moments | st.datetimes())
def test_a_moment_comes_back_with_its_zone_and_fold(moment):
    assert whole(read_moment(write_moment(moment))) == whole(moment)


@settings(max_examples=60, deadline=None)
@given(
    examples.scalars
    | st.tuples(examples.scalars, examples.hours)
    | st.times().map(lambda clock: clock.replace(fold=0))
)
def test_any_value_of_the_domain_comes_back(value):
    assert whole(_frozen(decode(encode(value)))) == whole(value)


def test_what_is_at_its_default_takes_no_room():
    interview = Interview(
        id="a", company="Acme", role="PM", start=datetime(2026, 11, 12, 14, tzinfo=ZoneInfo("UTC"))
    )
    assert INTERVIEW.dump(interview) == '{"company":"Acme","role":"PM"}'


def test_a_field_that_came_later_takes_its_default():
    assert (
        INTERVIEW.load(
            '{"company":"Acme","role":"PM"}', id="a", start=datetime(2026, 11, 12, 14, tzinfo=ZoneInfo("UTC"))
        ).notes
        == ""
    )


@pytest.mark.parametrize("value", [object(), {1, 2}, b"bytes", timedelta(1)])
def test_a_value_without_a_form_is_refused_when_it_is_written(value):
    with pytest.raises(TypeError, match="_NAMED"):
        encode(value)


def test_a_zone_without_a_name_cannot_be_kept():
    class Nameless(ZoneInfo):
        key = None

    with pytest.raises(TypeError, match="no name"):
        write_moment(datetime(2026, 1, 1, tzinfo=Nameless("UTC")))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "[1]",
        '"text"',
        '{"company":"Acme"}',
        '{"company":"Acme","role":"PM","colour":"red"}',
        '{"company":"","role":"PM"}',
        '{"company":"Acme","role":"PM","decision":{"$day":"2026-02-30"}}',
        '{"company":"Acme","role":"PM","decision":{"$span":[9999]}}',
        '{"company":"Acme","role":"PM","agreed":{"$at":"2026-11-30T09:00:00 Mars/Base"}}',
        '{"company":"Acme","role":"PM","away":[{"$period":[1]}]}',
        "[" * 100_000,
    ],
)
def test_text_that_was_never_written_is_one_kind_of_error(text):
    start = datetime(2026, 11, 12, 14, tzinfo=ZoneInfo("UTC"))
    with pytest.raises(Unreadable):
        INTERVIEW.load(text, id="a", start=start)


@pytest.mark.parametrize(
    "text", ["", "12 Nov", "2026-11-12T14:00:00 Europe", "2026-11-12T14:00:00 ../etc/passwd", 7, None]
)
def test_a_moment_that_was_never_written_is_one_kind_of_error(text):
    with pytest.raises(Unreadable):
        read_moment(text)


def test_a_fixed_offset_keeps_its_offset():
    moment = datetime(2026, 11, 12, 14, tzinfo=timezone(timedelta(hours=-5)))
    assert write_moment(moment) == "2026-11-12T14:00:00-05:00"

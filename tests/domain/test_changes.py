"""Changes: the least that leads from what a calendar shows to what is planned now."""

import pytest
from hypothesis import given
from msgspec.structs import replace

from calsync.domain.event import Add, Cancel, Update, changes
from calsync.planner import plan
from tests import dates as d
from tests.builders import event
from tests.dates import BERLIN, at
from tests.planner.strategies import searches

ONE = event()
OTHER = event(
    uid="acme-pm-20260626.second@calsync", step="second", action="email", start=at(d.TUE_2026_07_14, "09:00")
)


def test_from_a_plan_to_itself_there_is_nothing_to_do():
    assert changes([ONE, OTHER], [OTHER, ONE]) == ()
    assert changes([], []) == ()


def test_what_is_new_is_created_and_what_is_gone_is_cancelled():
    assert changes([], [ONE]) == (Add(ONE),)
    assert changes([ONE], []) == (Cancel(ONE),)
    assert changes([ONE], [OTHER]) == (Cancel(ONE), Add(OTHER))


def test_changes_come_in_order_of_their_starts():
    moved = replace(ONE, start=at(d.FRI_2026_07_17, "09:00"), end=at(d.FRI_2026_07_17, "09:15"))
    assert changes([ONE], [moved, OTHER]) == (Add(OTHER), Update(ONE, moved))


@pytest.mark.parametrize(
    "change",
    [
        {"end": at(d.TUE_2026_07_07, "09:45")},
        {"start": at(d.TUE_2026_07_07, "09:00")},
        {"start": ONE.start.astimezone(BERLIN)},
        {"action": "email"},
        {"status": "tentative"},
        {"alarms": (30,)},
        {"summary": "Call Bob"},
        {"description": "Ask."},
        {"location": "5th floor"},
        {"url": "https://acme.example"},
    ],
    ids=str,
)
def test_what_a_calendar_shows_is_updated_when_it_changes(change):
    after = replace(ONE, **change)
    assert changes([ONE], [after]) == (Update(ONE, after),)


@pytest.mark.parametrize(
    "change", [{"earliest": d.WED_2026_07_01}, {"late": True}, {"overdue": True}], ids=str
)
def test_reasons_alone_are_no_change(change):
    assert changes([ONE], [replace(ONE, **change)]) == ()


@given(searches(), searches())
def test_applying_the_changes_to_the_one_gives_the_other(before, after):
    old = [each for one in plan(before.interviews, before.preferences) for each in one.events]
    new = [each for one in plan(after.interviews, after.preferences) for each in one.events]
    calendar = {each.uid: each for each in old}
    for change in changes(old, new):
        if isinstance(change, Cancel):
            del calendar[change.event.uid]
        else:
            assert isinstance(change, Add) is (change.event.uid not in calendar)
            calendar[change.event.uid] = change.event
    assert changes(calendar.values(), new) == ()
    assert set(calendar) == {each.uid for each in new}

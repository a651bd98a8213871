"""What has to be done, as values: from what is known, seen and planned, without a store and without a network."""

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from calsync.sync.merge import confirm, prepare
from calsync.sync.reconcile import Fetch, KeptDeleted, NeedsConsent, Unchanged, decide, guard
from calsync.sync.state import CalendarState, Grave, take_in
from calsync.sync.values import Create, Delete, Known, Mark, Patch, Resource, Wanted
from calsync.targets.google.wire import PROFILE, body, event_id, fields
from tests.builders import event

STORE = "00112233aabbccdd"
FIELDS = tuple(fields(body(event())))
BEFORE, AFTER = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 8, 1, tzinfo=UTC)
UID = "acme-pm-20260626-status@calsync"


def wanted(uid=UID, **changes):
    made = event(uid=uid, **changes)
    return Wanted(uid, fields(body(made)), made)


def there(each, generation=0, etag="1"):
    """A follow-up that Google has taken as it was."""
    known = Known(each.uid, event_id(STORE, each.uid, generation), generation, interview=each.event.interview)
    return confirm(prepare(known, each.fields, each.fields), Resource(known.href, etag, each.fields))


def state(*known, graves=()):
    return CalendarState(STORE, {each.uid: each for each in known}, {each.uid: each for each in graves})


def observed(found, resources, follow_ups=()):
    return take_in(found, resources, follow_ups, PROFILE)


def decided(found, *follow_ups, **how):
    return list(decide(found, follow_ups, PROFILE, **{"now": BEFORE, "live": {"acme-pm-20260626"}} | how))


def shown(each, generation=0, etag="2", **changes):
    return Resource(event_id(STORE, each.uid, generation), etag, each.fields, Mark(each.uid), **changes)


@pytest.mark.parametrize(
    ("found", "how", "kind"),
    [
        (state(), {}, Create),
        (state(there(wanted())), {}, Unchanged),
        (state(there(wanted(summary="Other"))), {}, Patch),
        (state(there(wanted())), {"unseen": {UID}}, Fetch),
        (state(graves=[Grave(UID, 0, "user")]), {}, KeptDeleted),
        (state(graves=[Grave(UID, 0, "user")]), {"restore": True}, Create),
        (state(graves=[Grave(UID, 0, "calsync")]), {}, Create),
        (state(prepare(Known(UID, "x"), wanted().fields, FIELDS)), {}, Create),
    ],
)
def test_each_follow_up_has_its_action(found, how, kind):
    (action,) = decided(found, wanted(), **how)
    assert isinstance(action, kind)


@pytest.mark.parametrize(
    ("now", "live", "candidate", "gone"),
    [
        (BEFORE, {"acme-pm-20260626"}, None, True),
        (AFTER, {"acme-pm-20260626"}, None, False),
        (AFTER, set(), None, True),
        (BEFORE, {"acme-pm-20260626"}, "", True),
        (BEFORE, {"acme-pm-20260626"}, "Ann", False),
    ],
)
def test_what_is_not_planned_goes_unless_it_is_over_or_another_s(now, live, candidate, gone):
    actions = decided(state(there(wanted())), now=now, live=live, candidate=candidate)
    assert [type(action) for action in actions] == ([Delete] if gone else [])


@pytest.mark.parametrize("why", ["user", "calsync"])
def test_what_comes_back_has_the_next_generation(why):
    (action,) = decided(state(graves=[Grave(UID, 3, why)]), wanted(), restore=True)
    assert (action.known.generation, action.known.href) == (4, event_id(STORE, UID, 4))


@pytest.mark.parametrize(("deleting", "why"), [(False, "user"), (True, "calsync")])
def test_who_deleted_an_event_is_known_by_what_we_had_begun(deleting, why):
    known = replace(there(wanted()), deleting=deleting)
    after = observed(state(known), [Resource(known.href, deleted=True)])
    assert (after.known, after.graves[UID]) == ({}, Grave(UID, 0, why))


def test_an_insert_whose_answer_and_memory_got_lost_is_found_by_its_id():
    after = observed(state(), [shown(wanted())], [wanted()])
    (action,) = decided(after, wanted())
    assert isinstance(action, Unchanged)
    assert action.kept == ()


def test_an_event_under_our_id_that_is_not_ours_stays_where_it_is():
    stranger = replace(shown(wanted()), mark=None)
    begun = prepare(Known(UID, event_id(STORE, UID)), wanted().fields, FIELDS)
    after = observed(state(begun), [stranger], [wanted()])
    (action,) = decided(after, wanted())
    assert isinstance(action, Create)
    assert action.known.generation == 1


def test_what_nobody_asked_about_is_not_taken_in():
    other = wanted("other@calsync")
    assert observed(state(), [shown(other), Resource("x", deleted=True), Resource("")], [wanted()]) == state()


def test_what_is_out_of_the_bin_again_is_known_and_deleted_again_is_final():
    found = observed(state(graves=[Grave(UID, 0, "user")]), [shown(wanted())], [wanted()])
    assert isinstance(decided(found, wanted())[0], Unchanged)
    gone = observed(found, [Resource(event_id(STORE, UID), deleted=True)], [wanted()])
    assert isinstance(decided(gone, wanted())[0], KeptDeleted)
    (back,) = decided(gone, wanted(), restore=True)
    assert back.known.generation not in {0, gone.graves[UID].generation}


@given(st.integers(0, 40), st.integers(0, 40))
def test_more_than_a_quarter_and_more_than_five_need_consent(gone, left):
    known = [there(wanted(f"{number}@calsync")) for number in range(gone + left)]
    actions = [Delete(each) for each in known[:gone]]
    refused = gone > 5 and gone > (gone + left) / 4
    with pytest.raises(NeedsConsent) if refused else nullcontext():
        guard(actions, state(*known), BEFORE)


def test_what_is_over_counts_for_nobody():
    past = wanted("past@calsync", start=event().start - timedelta(days=30))
    known = [there(wanted(f"{number}@calsync")) for number in range(6)]
    old = [replace(there(past), uid=f"old{number}") for number in range(100)]
    with pytest.raises(NeedsConsent):
        guard([Delete(each) for each in known], state(*known, *old), BEFORE)

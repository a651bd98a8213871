"""What has to be done, as values: from what is known, seen and planned, without a store and without a network."""

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from calsync.targets.google.merge import Known, confirmed, sending
from calsync.targets.google.picture import Buried, Picture, Wanted, observe
from calsync.targets.google.reconcile import (
    Insert,
    KeptDeleted,
    Look,
    NeedsConsent,
    Patch,
    Remove,
    Unchanged,
    decide,
    guard,
)
from calsync.targets.google.wire import body, event_id, fields
from tests.builders import event

STORE = "00112233aabbccdd"
BEFORE, AFTER = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 8, 1, tzinfo=UTC)
UID = "acme-pm-20260626-status@calsync"


def wanted(uid=UID, **changes):
    made = event(uid=uid, **changes)
    return Wanted(uid, body(made), fields(body(made)), made)


def there(each, generation=0, etag="1"):
    """A follow-up that Google has taken as it was."""
    known = Known(each.uid, event_id(STORE, each.uid, generation), generation, interview=each.event.interview)
    return confirmed(sending(known, each.fields), each.fields, etag)


def picture(*known, buried=()):
    return Picture(STORE, {each.uid: each for each in known}, {each.uid: each for each in buried})


def decided(found, *follow_ups, **how):
    return list(decide(found, follow_ups, **{"now": BEFORE, "live": {"acme-pm-20260626"}} | how))


def shown(each, generation=0, etag="2", **changes):
    return {**each.body, "id": event_id(STORE, each.uid, generation), "etag": etag} | changes


@pytest.mark.parametrize(
    ("found", "how", "kind"),
    [
        (picture(), {}, Insert),
        (picture(there(wanted())), {}, Unchanged),
        (picture(there(wanted(summary="Other"))), {}, Patch),
        (picture(there(wanted())), {"unseen": {UID}}, Look),
        (picture(buried=[Buried(UID, 0, "user")]), {}, KeptDeleted),
        (picture(buried=[Buried(UID, 0, "user")]), {"restore": True}, Insert),
        (picture(buried=[Buried(UID, 0, "calsync")]), {}, Insert),
        (picture(sending(Known(UID, "x"), wanted().fields)), {}, Insert),
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
    actions = decided(picture(there(wanted())), now=now, live=live, candidate=candidate)
    assert [type(action) for action in actions] == ([Remove] if gone else [])


@pytest.mark.parametrize("why", ["user", "calsync"])
def test_what_comes_back_has_the_next_generation(why):
    (action,) = decided(picture(buried=[Buried(UID, 3, why)]), wanted(), restore=True)
    assert (action.known.generation, action.known.id) == (4, event_id(STORE, UID, 4))


@pytest.mark.parametrize(("removing", "why"), [(False, "user"), (True, "calsync")])
def test_who_deleted_an_event_is_known_by_what_we_had_begun(removing, why):
    known = replace(there(wanted()), removing=removing)
    after = observe(picture(known), [{"id": known.id, "status": "cancelled"}], [])
    assert (after.known, after.buried[UID]) == ({}, Buried(UID, 0, why))


def test_an_insert_whose_answer_and_memory_got_lost_is_found_by_its_id():
    after = observe(picture(), [shown(wanted())], [wanted()])
    (action,) = decided(after, wanted())
    assert isinstance(action, Unchanged)
    assert action.kept == ()


def test_an_event_under_our_id_that_is_not_ours_stays_where_it_is():
    stranger = shown(wanted(), extendedProperties={"private": {}})
    begun = sending(Known(UID, event_id(STORE, UID)), wanted().fields)
    after = observe(picture(begun), [stranger], [wanted()])
    (action,) = decided(after, wanted())
    assert isinstance(action, Insert)
    assert action.known.generation == 1


def test_what_nobody_asked_about_is_not_taken_in():
    other = wanted("other@calsync")
    assert observe(picture(), [shown(other), {"id": "x", "status": "cancelled"}, {}], [wanted()]) == picture()


def test_what_is_out_of_the_bin_again_is_known_and_deleted_again_is_final():
    found = observe(picture(buried=[Buried(UID, 0, "user")]), [shown(wanted())], [wanted()])
    assert isinstance(decided(found, wanted())[0], Unchanged)
    gone = observe(found, [{"id": event_id(STORE, UID), "status": "cancelled"}], [wanted()])
    assert isinstance(decided(gone, wanted())[0], KeptDeleted)
    (back,) = decided(gone, wanted(), restore=True)
    assert back.known.generation not in {0, gone.buried[UID].generation}


@given(st.integers(0, 40), st.integers(0, 40))
def test_more_than_a_quarter_and_more_than_five_need_consent(gone, left):
    known = [there(wanted(f"{number}@calsync")) for number in range(gone + left)]
    actions = [Remove(each) for each in known[:gone]]
    refused = gone > 5 and gone > (gone + left) / 4
    with pytest.raises(NeedsConsent) if refused else nullcontext():
        guard(actions, picture(*known), BEFORE)


def test_what_is_over_counts_for_nobody():
    past = wanted("past@calsync", start=event().start - timedelta(days=30))
    known = [there(wanted(f"{number}@calsync")) for number in range(6)]
    old = [replace(there(past), uid=f"old{number}") for number in range(100)]
    with pytest.raises(NeedsConsent):
        guard([Remove(each) for each in known], picture(*known, *old), BEFORE)

"""Three ways, field by field: whatever the user changed stays, whatever the plan changed is sent, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from calsync.sync.merge import confirm, merge, observe, prepare
from calsync.sync.values import Known, Resource

FIELDS = ("time", "summary", "description", "location", "reminders")

VALUES = st.sampled_from("abc")
ALL = st.fixed_dictionaries(dict.fromkeys(FIELDS, VALUES))


def known(sent, base, there):
    return Known("uid", "id", etag="1", sent=sent, returned=base, there=there)


def shown(fields, etag):
    return Resource("id", etag, fields)


@given(ALL, ALL, ALL, ALL)
def test_each_field_is_sent_or_kept_or_as_it_should_be(sent, base, there, wanted):
    merged = merge(known(sent, base, there), wanted)
    patch, kept = merged.patch, merged.kept
    assert not set(patch) & set(kept)
    for name in FIELDS:
        user = there[name] != base[name]
        plan = wanted[name] != sent[name]
        if there[name] == wanted[name]:
            assert name not in patch + kept
        else:
            assert (name in kept) == user
            assert (name in patch) == (plan and not user)


@given(ALL, ALL, ALL, ALL)
def test_after_the_patch_nothing_is_left_to_send(sent, base, there, wanted):
    """However Google answers: it may make something else of what was sent."""
    merged = merge(known(sent, base, there), wanted)
    answered = {name: "other" if name in merged.patch else there[name] for name in FIELDS}
    after = confirm(prepare(merged.known, wanted, merged.patch), shown(answered, "2"))
    again = merge(after, wanted)
    assert again.patch == ()
    assert again.kept == merged.kept


@given(ALL, ALL, ALL)
def test_a_write_whose_answer_got_lost_is_not_the_user_s(before, wanted, later):
    """The plan may have changed once more by the time we look."""
    merged = merge(known(before, before, before), wanted)
    begun = prepare(merged.known, wanted, merged.patch)
    after = observe(begun, shown({**before, **{name: wanted[name] for name in merged.patch}}, "2"))
    assert merge(after, wanted).patch == merge(after, wanted).kept == ()
    assert merge(after, later).kept == ()


@given(ALL, ALL)
def test_a_write_that_never_arrived_is_sent_again(before, wanted):
    merged = merge(known(before, before, before), wanted)
    after = observe(prepare(merged.known, wanted, merged.patch), shown(before, "1"))
    assert merge(after, wanted).patch == merged.patch


@given(ALL, ALL, st.sampled_from(FIELDS))
def test_what_the_user_does_to_an_event_we_never_heard_of_is_theirs(wanted, later, name):
    """An insert whose answer got lost, an edit right after it, and the next plan."""
    there = {**wanted, name: "mine"}
    after = observe(prepare(Known("uid", "id"), wanted, FIELDS), shown(there, "1"))
    assert merge(after, later).kept == (name,)


@given(ALL, ALL, st.sampled_from(FIELDS))
def test_an_edit_taken_back_is_no_edit(before, wanted, name):
    edited = observe(known(before, before, before), shown({**before, name: "mine"}, "2"))
    assert merge(edited, wanted).kept == (name,)
    back = observe(edited, shown(before, "3"))
    assert merge(back, wanted).kept == ()


@given(ALL, st.sampled_from(FIELDS), ALL)
def test_an_edit_stays_whatever_else_is_sent(before, name, wanted):
    edited = observe(known(before, before, before), shown({**before, name: "mine"}, "2"))
    merged = merge(edited, wanted)
    answered = {field: wanted[field] if field in merged.patch else edited.there[field] for field in FIELDS}
    after = confirm(prepare(merged.known, wanted, merged.patch), shown(answered, "3"))
    assert after.there[name] == "mine"
    assert merge(after, before).kept == (name,)


@given(ALL)
def test_what_agrees_with_the_plan_by_itself_is_ours_again(before):
    """The user moved it to where the plan moves it later."""
    moved = {**before, "time": "mine"}
    merged = merge(observe(known(before, before, before), shown(moved, "2")), moved)
    assert merged.patch == merged.kept == ()
    assert merge(merged.known, before).patch == ("time",)

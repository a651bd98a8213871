"""All plans at once, and who there is: what the commands without a file read."""

import pytest

from calsync.store import Store
from tests.store.examples import NOW, interview, plan


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "store.db") as store:
        yield store


def keep(store, *interviews):
    with store.change("add", at=NOW) as change:
        change.add_all((each, None) for each in interviews)
        change.record_plans(plan(each) for each in interviews)


def test_all_plans_are_those_read_one_by_one_with_the_refs_of_their_events(store):
    keep(store, *(interview(f"acme-{number}") for number in range(1200)))
    told = list(store.plans())
    assert [each.plan for each in told] == [store.plan(each.kept.number) for each in told]
    assert [each.kept for each in told] == list(store.interviews())
    for each in (told[0], told[700], told[-1]):
        assert each.refs == {one.event.uid: one.ref for one in store.planned(interview=each.kept.number)}


def test_an_interview_without_a_plan_is_no_plan(store):
    with store.change("add", at=NOW) as change:
        change.add(interview())
    assert list(store.plans()) == []


def test_plans_of_one_candidate_are_theirs_alone(store):
    keep(store, interview("a", candidate="Ann"), interview("b", candidate="Bob"), interview("c"))
    assert [each.kept.interview.id for each in store.plans(candidate="Bob")] == ["b"]
    assert store.candidates() == ["", "Ann", "Bob"]


def test_an_interview_written_before_there_was_a_language_reads_as_one_without(store):
    keep(store, interview(), interview("b", language="de"))
    assert [each.interview.language for each in store.interviews()] == ["", "de"]
    store._connection.execute("UPDATE interview SET language = '', more = '{}'")
    assert [each.interview.language for each in store.interviews()] == ["", ""]

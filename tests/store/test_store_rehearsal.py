"""What is rehearsed is seen as if it had happened, and has not happened afterwards."""

import pytest

from calsync.errors import NoInput
from calsync.store import Store
from tests.store.examples import NOW, interview


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "calsync.sqlite3") as store:
        yield store


def _adds(store, name):
    with store.change(f"add {name}", at=NOW) as change:
        return change.add(interview(name))


def _adds_and_fails(store):
    with store.change("remove", at=NOW) as change:
        change.add(interview("hooli"))
        change.remove(99)


def test_a_rehearsal_shows_its_changes_and_leaves_none(store):
    _adds(store, "acme")
    with store.rehearsal():
        number = _adds(store, "hooli")
        with store.change("remove", at=NOW) as change:
            change.remove(1)
        assert [kept.interview.id for kept in store.interviews()] == ["hooli"]
        assert store.history(1)[0].label == "remove"
    assert number == 2
    assert [kept.interview.id for kept in store.interviews()] == ["acme"]
    assert [entry.label for entry in store.history()] == ["add acme"]


def test_a_change_that_is_refused_within_leaves_the_others(store):
    with store.rehearsal():
        _adds(store, "acme")
        with pytest.raises(NoInput):
            _adds_and_fails(store)
        assert [kept.interview.id for kept in store.interviews()] == ["acme"]


def test_a_rehearsal_that_fails_leaves_nothing_and_the_store_goes_on(store):
    def breaks():
        with store.rehearsal():
            _adds(store, "acme")
            raise ValueError("whatever")

    with pytest.raises(ValueError, match="whatever"):
        breaks()
    assert list(store.interviews()) == []
    _adds(store, "hooli")
    assert [kept.interview.id for kept in store.interviews()] == ["hooli"]


def test_another_process_sees_nothing_of_a_rehearsal_and_reads_meanwhile(store, tmp_path):
    with store.rehearsal():
        _adds(store, "acme")
        with Store.open(tmp_path / "calsync.sqlite3") as other:
            assert list(other.interviews()) == []

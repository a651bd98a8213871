"""What people call things: numbers, refs, ids, uids and how they begin; what is unclear is refused with all that is meant."""

import pytest

from calsync.errors import BadData, NoInput
from calsync.store import Store
from calsync.workflows.names import find, find_event, find_events, find_interview, find_target
from tests.cli.person import ACME, Person
from tests.planner.planning import table


@pytest.fixture
def store(tmp_path):
    person = Person(tmp_path / "home")
    person.does("add", *ACME, "--id", "acme")
    person.does("add", "Acme Labs", "Chemist", "--at", "2026-11-13 10:00", "--id", "1")
    person.does("add", "Ärztehaus", "Clerk", "--at", "2026-11-13 15:00", "--id", "4711")
    with Store.open(next(person.home.glob("*.sqlite3"))) as opened:
        yield opened


@table(
    ("name", "number"),
    ("a number", "2", 2),
    ("an id", "acme", 1),
    ("an id of digits that is no number", "4711", 3),
    ("an id of digits, said as one", "id:1", 2),
    ("how a company begins", "acme l", 2),
    ("in any case and script", "ärzte", 3),
    ("a whole company before those that begin with it", "Acme", 1),
)
def test_an_interview_goes_by(store, name, number):
    assert find_interview(store, name).number == number


@table(
    ("name", "error", "said"),
    ("no number", "9", NoInput, "there is no interview 9"),
    ("no id", "id:9", NoInput, "there is no interview 9"),
    ("nothing", "", NoInput, "there is no interview"),
    ("no beginning", "zeta", NoInput, "there is no interview zeta"),
    ("two beginnings", "a", BadData, "1 (Acme, Product manager, 2026-11-12), 2 (Acme Labs"),
    ("a number and an id", "1", BadData, "1 is the number of Acme"),
    ("a follow-up", "1.1", BadData, "say 1 for its interview"),
)
def test_an_interview_is_not(store, name, error, said):
    with pytest.raises(error) as raised:
        find_interview(store, name)
    assert said in str(raised.value)


def test_a_follow_up_goes_by_ref_uid_and_beginning(store):
    uid = store.event("3.1").event.uid
    for name in ("3.1", uid, uid.partition("@")[0]):
        assert find_event(store, name).event.uid == uid
        assert find(store, name).event.uid == uid
        assert find_target(store, name).uid == uid
    assert find_target(store, "2").uid == ""
    with pytest.raises(NoInput, match="no such follow-up"):
        find(store, "3.99")


def test_an_interview_s_follow_up_is_its_next_call_or_email(store):
    assert find_event(store, "2").event.action in {"call", "email"}
    assert len(find_events(store, "2")) == len(list(store.planned(interview=2)))

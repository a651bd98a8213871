"""Whatever order the rows of a sheet come in, and whichever of them are missing, each stays the interview that it is."""

from datetime import UTC, datetime
from itertools import permutations
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calsync.domain import Candidate, Outcome, Preferences
from calsync.intake import BadRows
from calsync.store import Store
from calsync.workflows import Context
from calsync.workflows.interviews import add_all
from calsync.workflows.outcomes import log
from tests.intake.records import read_bytes

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
PREFERENCES = Preferences(
    zone=ZoneInfo("America/New_York"), country="US", candidate=Candidate(name="Robin Vale")
)
HEAD = "candidate,company,role,start,contact\n"
NOA = "Noa Stern,Brightwater,Eng,2026-12-10 10:00,Iris Bloom\n"
ELI = "Eli Brandt,Brightwater,Eng,2026-12-10 14:00,Lena Fox\n"


class Home:
    """A store, and sheets that are taken into it."""

    def __init__(self, folder):
        self.context = Context(PREFERENCES)
        self.store = Store.open(f"{folder}/store.db")

    def takes(self, *rows, head=HEAD):
        reading = read_bytes(head + "".join(rows), preferences=PREFERENCES, with_written=True)
        return add_all(
            self.context, self.store, reading.interviews, label="import", now=NOW, written=reading.written
        )

    def logs(self, name, result="note", step=None, at=NOW):
        told = Outcome(interview=name, result=result, at=at, step=step)
        log(self.context, self.store, name, told, now=at, force=True)

    @property
    def kept(self):
        return {
            (each.interview.candidate, f"{each.interview.start:%d %H:%M}", each.interview.contact): (
                each.number,
                each.interview.id,
                len(self.store.outcomes(each.number)),
            )
            for each in self.store.interviews()
        }


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path)
    yield made
    made.store.close()


def test_sorted_otherwise_nobody_gets_the_outcomes_of_another(home):
    home.takes(NOA, ELI)
    home.logs(1)
    before = home.kept
    assert home.takes(ELI, NOA).unchanged == 2
    assert home.takes(ELI).unchanged == 1
    assert home.kept == before
    assert [outcomes for _, _, outcomes in before.values()] == [1, 0]


def test_two_rounds_on_one_day_have_ids_that_say_which(home):
    home.takes(NOA, NOA.replace("10:00", "14:00"))
    assert [each.interview.id for each in home.store.interviews()] == [
        "brightwater-eng-20261210-1000",
        "brightwater-eng-20261210-1400",
    ]


def test_two_at_one_time_are_told_apart_by_whom_they_are_with(home):
    home.takes(NOA, NOA.replace("Iris Bloom", "Lena Fox"))
    assert [each.interview.id for each in home.store.interviews()] == [
        "brightwater-eng-20261210-1000-iris-bloom",
        "brightwater-eng-20261210-1000-lena-fox",
    ]


def test_a_new_round_on_the_day_of_an_old_one_is_another(home):
    home.takes(NOA)
    home.logs(1)
    assert home.takes(NOA.replace("10:00", "14:00")).added == (2,)
    assert [each.interview.id for each in home.store.interviews()] == [
        "brightwater-eng-20261210",
        "brightwater-eng-20261210-1400",
    ]


def test_ids_with_a_number_of_older_stores_stay(home):
    ids = HEAD.replace("\n", ",id\n")
    home.takes(
        NOA.replace("\n", ",brightwater-eng-20261210\n"),
        ELI.replace("\n", ",brightwater-eng-20261210-2\n"),
        head=ids,
    )
    before = home.kept
    assert home.takes(ELI, NOA).unchanged == 2
    assert home.kept == before


def test_an_interview_that_is_still_ahead_can_move(home):
    home.takes(NOA)
    done = home.takes(NOA.replace("12-10 10:00", "12-14 14:00"))
    assert (done.added, done.updated, [each.number for each in done.moved]) == ((), (1,), [1])
    assert home.kept == {("Noa Stern", "14 14:00", "Iris Bloom"): (1, "brightwater-eng-20261210", 0)}


@pytest.mark.parametrize(
    ("old", "why"),
    [
        (NOA.replace("2026-12-10", "2026-11-20"), "it has begun"),
        (NOA.replace("Iris", "Ida"), "it is with somebody else"),
        (NOA.replace("Noa", "Noam"), "it is somebody else's"),
    ],
)
def test_what_cannot_have_moved_stays(home, old, why):
    home.takes(old)
    assert home.takes(NOA.replace("12-10 10:00", "12-14 14:00")).added == (2,), why


def test_of_two_at_once_each_stays_what_it_says(home):
    head = "company,role,start,notes\n"
    rows = ["A,B,2026-12-10 14:00,one\n", "A,B,2026-12-10 14:00,two\n"]
    home.takes(*rows, head=head)
    assert home.takes(*reversed(rows), head=head).unchanged == 2


def test_a_title_that_is_written_otherwise_is_no_other_interview(home):
    home.takes(NOA)
    assert home.takes(NOA.replace("Eng", "Engineer")).updated == (1,)


def test_an_interview_with_outcomes_never_changes_its_candidate(home):
    ids = HEAD.replace("\n", ",id\n")
    home.takes(NOA.replace("\n", ",mine\n"), head=ids)
    home.takes(ELI.replace("\n", ",mine\n"), head=ids)
    home.logs(1)
    with pytest.raises(BadRows, match="something is logged"):
        home.takes(NOA.replace("\n", ",mine\n"), head=ids)
    assert [each.interview.candidate for each in home.store.interviews()] == ["Eli Brandt"]


def test_the_name_that_is_set_after_the_first_import_makes_no_second_interview(home):
    home.takes("Brightwater,Eng,2026-12-10 10:00\n", head="company,role,start\n")
    home.context = Context(PREFERENCES)
    assert home.takes(NOA.replace("Noa Stern", "Robin Vale")).added == ()


SHEETS = st.lists(
    st.tuples(
        st.sampled_from(["Noa Stern", "Eli Brandt", ""]),
        st.sampled_from(["Brightwater", "Holt"]),
        st.sampled_from(["Eng", "Ops"]),
        st.sampled_from(["2026-12-10 10:00", "2026-12-10 14:00", "2026-12-14 10:00", "2026-11-20 09:00"]),
        st.sampled_from(["Iris Bloom", "Lena Fox", ""]),
    ),
    min_size=1,
    max_size=7,
    unique_by=lambda row: row[:4],
)


@settings(max_examples=60, deadline=None)
@given(rows=SHEETS, data=st.data())
def test_any_order_and_any_part_of_a_sheet_leaves_ids_numbers_and_outcomes(rows, data):
    lines = [",".join(row) + "\n" for row in rows]
    with TemporaryDirectory() as folder:
        home = Home(folder)
        home.takes(*lines)
        home.logs(data.draw(st.integers(1, len(lines))), at=datetime(2026, 12, 20, 12, tzinfo=UTC))
        before = home.kept
        for _ in range(3):
            some = data.draw(st.permutations(lines))[: data.draw(st.integers(1, len(lines)))]
            done = home.takes(*some)
            assert (done.added, done.updated, done.unchanged) == ((), (), len(some))
            assert home.kept == before
        home.store.close()


@settings(max_examples=60, deadline=None)
@given(rows=SHEETS)
def test_the_ids_of_a_sheet_do_not_depend_on_its_order(rows):
    lines = [",".join(row) + "\n" for row in rows[:4]]
    found = set()
    for some in permutations(lines):
        read = read_bytes(HEAD + "".join(some), preferences=PREFERENCES).interviews
        found.add(tuple(sorted((each.id, each.candidate, str(each.start), each.contact) for each in read)))
    assert len(found) == 1

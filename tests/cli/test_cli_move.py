"""move: another time for one follow-up, with its reason; what comes after it follows."""

import pytest

from tests.cli.person import ACME, CALL, Person

EVENING = "2026-11-23T20:00:00-05:00"


@pytest.fixture
def person(tmp_path):
    person = Person(tmp_path / "home")
    person.does("add", *ACME, "--decision", "2026-11-20")
    person.does("log", "1", "sent")
    return person


def starts(person, now=CALL):
    return {
        event["step"]: event["start"][:16]
        for event in person.does("plan", "--json", now=now).json["interviews"][0]["events"]
    }


@pytest.mark.parametrize(
    ("when", "start"),
    [
        ("2026-11-25 14:30", "2026-11-25T14:30"),
        ("2026-11-27", "2026-12-01T09:00"),
        ("2026-11-25", "2026-11-25T09:00"),
        (None, "2026-11-24T09:00"),
    ],
    ids=["a time", "a day without a good moment", "a day", "the next good moment"],
)
def test_a_call_is_moved(person, when, start):
    person.does("move", "1.3", *([when] if when else []), now=EVENING)
    assert starts(person, EVENING)["status"] == start
    assert "You moved it from" in person.does("why", "1.3", now=EVENING).out


def test_what_comes_after_it_follows_and_back_gives_the_plan_its_way_again(person):
    first = starts(person)
    person.does("move", "1.3", "2026-11-25 14:30", now=EVENING)
    assert starts(person)["second"] == "2026-12-02T09:00" > first["second"]
    person.does("move", "1.3", "--back", now=EVENING)
    assert starts(person) == first
    assert person.tries("move", "1.3", "--back", now=EVENING).code == 65


def test_a_time_against_the_rules_is_kept_and_the_reasons_say_which(person):
    told = person.does("move", "1.3", "2026-11-28 22:00", now=EVENING)
    assert "→ Sat 28 Nov 2026 22:00" in told.out
    why = person.does("why", "1.3", now=EVENING).out
    assert "Saturday" in why or "weekend" in why


def test_no_text_says_that_they_agreed_to_it(person):
    person.does("move", "1.3", "2026-11-25 14:30", now=EVENING)
    (event,) = person.does("why", "1.3", "--json", now=EVENING).json["events"]
    assert "agreed" not in event["description"].lower()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["1.2", "2026-11-25"], 65, "only prepared"),
        (["1.3", "2026-11-20"], 65, "has passed"),
        (["1.3", "2026-11-23 09:00"], 65, "has passed"),
        (["1.9", "2026-11-25"], 66, "there is no such follow-up"),
        (["1.3", "soon"], 65, "soon"),
        (["1.3", "2026-11-25", "--back"], 2, "--back goes without a time"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_moves(person, arguments, code, said):
    before = person.does("plan", "--json", now=EVENING).out
    told = person.tries("move", *arguments, now=EVENING)
    assert (told.code, said in told.messages) == (code, True), told.messages
    assert person.does("plan", "--json", now=EVENING).out == before


def test_a_move_of_the_interview_itself_drops_it_with_a_note(person):
    person.does("move", "1.3", "2026-11-25 14:30", now=EVENING)
    person.does("edit", 1, "--at", "2026-11-13 10:00", now=EVENING)
    assert starts(person)["status"] != "2026-11-25T14:30"

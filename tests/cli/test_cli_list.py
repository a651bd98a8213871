"""``list`` and ``show``: what is remembered, for people and for programs."""

import json

import pytest

from tests.cli.person import ACME, CALL, Person


@pytest.fixture
def person(tmp_path):
    return Person(tmp_path / "home")


KEYS = {
    "number", "id", "candidate", "company", "role", "start", "minutes", "timezone", "country", "region",
    "contact", "contact_role", "salutation", "phone", "email", "interviewers", "decision", "agreed", "channel", "culture",
    "felt", "window", "busy", "away", "playbook", "topic", "strengths", "missed", "questions", "notes",
    "location", "url", "status",
}  # fmt: skip


def test_as_json_every_key_of_the_record_stands_beside_the_number(person):
    person.does("add", *ACME, "--decision", "3 days", "--busy", "Mon-Fri 09:00-11:00")
    document = person.does("list", "--json").json
    assert document["schema"] == 1
    (interview,) = document["interviews"]
    assert set(interview) >= KEYS
    assert (interview["number"], interview["id"]) == (1, "acme-product-manager-20261112")
    assert (interview["start"], interview["decision"]) == ("2026-11-12 14:00", "3 days")
    assert interview["status"] == "open"


def test_what_a_list_shows_can_be_imported_again(person, tmp_path):
    person.does("add", *ACME, "--decision", "3 days", "--interviewers", "Tom Reyes <tom@acme.example>")
    (record,) = person.does("list", "--json").json["interviews"]
    del record["number"]
    told = Person(tmp_path / "twin").does(
        "import", "-", "--format", "json", stdin=json.dumps([record]).encode()
    )
    assert told.messages == "1 new\n"
    (twin,) = Person(tmp_path / "twin").does("list", "--json").json["interviews"]
    assert twin == record | {"number": 1}


def test_for_people_it_says_what_comes_next(person):
    person.does("add", *ACME)
    person.does("add", "Beta", "Clerk", "--at", "tomorrow 10:00")
    person.does("log", "1", "sent")
    person.does("log", "2", "withdrew")
    lines = person.does("list").out.splitlines()
    assert [line.split() for line in lines] == [
        ["1", "Acme", "·", "Product", "manager", "Thu", "12", "Nov", "2026"],
        ["1.2", "Mon", "23", "Nov", "18:00", "Prepare", "the", "call"],
        ["2", "Beta", "·", "Clerk", "Fri", "13", "Nov", "2026", "withdrawn"],
    ]
    assert all(len(line) <= 80 for line in lines)
    assert len(person.does("list", "--open", "--json").json["interviews"]) == 1


def test_candidates_are_listed_apart_or_alone(person):
    for name in ("Ana", "Bo"):
        person.does("add", *ACME, "--candidate", name)
    assert [line for line in person.does("list").out.splitlines() if line in {"Ana", "Bo"}] == ["Ana", "Bo"]
    (only,) = person.does("list", "--candidate", "Bo", "--json").json["interviews"]
    assert only["candidate"] == "Bo"


def test_without_any_it_says_how_to_begin(person):
    assert person.does("list").out.startswith('No interviews yet. Add one: calsync add "Acme"')


def test_one_is_shown_with_its_record_its_follow_ups_and_its_log(person):
    person.does("add", *ACME, "--decision", "3 days")
    person.does("log", "1", "sent")
    person.does("log", "1", "more-time", "--decision", "2026-12-01", now=CALL)
    out = person.does("show", "1").out
    assert out.startswith("1  Acme · Product manager, Thu 12 Nov 2026 14:00 America/New_York\n")
    assert "  decision       3 days\n" in out
    assert "Wed  2 Dec  09:00  Call Sarah Smith" in out
    assert out.endswith(
        "Logged:\n"
        "  Thu 12 Nov 2026 15:05  sent (thank-you)\n"
        "  Tue 24 Nov 2026 09:05  more-time (status) decision Tue 1 Dec 2026\n"
    )
    assert person.does("show", "acme-product-manager-20261112").out == out
    document = person.does("show", "1", "--json").json
    assert document["interview"]["number"] == 1
    assert document["outcomes"][1] == {
        "result": "more-time",
        "at": "2026-11-24T09:05:00-05:00",
        "step": "status",
        "next": None,
        "decision": "2026-12-01",
        "by": None,
        "until": None,
        "to": None,
        "note": "",
    }


def test_what_is_not_there_is_said_with_the_way_to_find_it(person):
    told = person.tries("show", "3")
    assert (told.code, told.messages) == (
        66,
        "calsync: there is no interview 3; calsync list shows their numbers. (CS-STO-008)\n",
    )

"""``import``: files into the store, whole or not at all, and again after a change."""

import pytest

from tests.cli.person import Person
from tests.cli.running import INTERVIEWS, csv_file


@pytest.fixture
def person(tmp_path):
    return Person(tmp_path / "home")


def test_what_is_new_is_listed_and_counted(person, tmp_path):
    told = person.does("import", csv_file(tmp_path, {"company": "Beta"}, {"company": "Gamma"}))
    assert told.out.splitlines() == [
        "+ 1  Beta · PM, Thu 12 Nov 2026 14:00 America/New_York",
        "+ 2  Gamma · PM, Thu 12 Nov 2026 14:00 America/New_York",
    ]
    assert told.messages == "2 new\n"
    assert person.start("status", 1) == "2026-11-24T09:00"
    assert person.start("status", 2) == "2026-11-24T09:15"


def test_again_after_a_change_it_brings_the_change_in_and_keeps_numbers(person, tmp_path):
    person.does("import", csv_file(tmp_path, {"company": "Beta"}, {"company": "Gamma"}))
    person.does("log", "1", "sent")
    file = csv_file(
        tmp_path,
        {"company": "Beta", "decision": "2026-11-30"},
        {"company": "Gamma", "decision": ""},
        {"company": "Delta", "decision": ""},
    )
    told = person.does("import", file)
    assert told.out.splitlines() == [
        "+ 3  Delta · PM, Thu 12 Nov 2026 14:00 America/New_York",
        "~ 1  Beta · PM, Thu 12 Nov 2026 14:00 America/New_York",
        "  decision: – → 2026-11-30",
    ]
    assert told.messages == "1 new, 1 changed, 1 known\n"
    assert person.start("status", 1) == "2026-12-01T09:00"
    assert "thank-you" not in person.steps(1)
    assert person.does("import", file).messages == "3 known\n"


def test_a_file_with_a_bad_row_is_not_taken_and_every_bad_row_is_named(person, tmp_path):
    file = csv_file(tmp_path, {"company": "Beta"}, {"start": "03/04/2026 10:00"}, {"timezone": "EST5"})
    told = person.tries("import", file)
    assert told.code == 65
    assert "row 3" in told.messages
    assert "row 4" in told.messages
    assert person.does("list", "--json").json["interviews"] == []
    assert person.does("history", "--json").json["changes"] == []


def test_skip_bad_takes_the_good_rows_and_ends_with_1(person, tmp_path):
    file = csv_file(tmp_path, {"company": "Beta"}, {"start": "03/04/2026 10:00"})
    told = person.tries("import", file, "--skip-bad")
    assert told.code == 1
    assert "row 3" in told.messages
    assert [each["company"] for each in person.does("list", "--json").json["interviews"]] == ["Beta"]


def test_standard_input_is_read_by_its_format(person):
    told = person.does(
        "import",
        "-",
        "--format",
        "toml",
        stdin=b'[[interview]]\ncompany = "Acme"\nrole = "PM"\nstart = "2026-11-12 14:00"\n',
    )
    assert told.messages == "1 new\n"


def test_the_fixtures_of_every_form_are_the_same_interviews(person):
    first = person.does("import", INTERVIEWS)
    for ending in (".toml", ".json"):
        told = person.does("import", INTERVIEWS.with_suffix(ending))
        assert told.out == ""
        assert told.messages.endswith(" known\n")
    assert " new" in first.messages


@pytest.mark.parametrize(
    ("arguments", "code"), [(["nowhere.csv"], 66), (["-"], 2), ([], 2), (["x.csv", "--format", "yaml"], 2)]
)
def test_what_cannot_be_read_has_its_exit_code(person, arguments, code):
    told = person.tries("import", *arguments)
    assert told.code == code
    assert told.messages.count("\n") == 1


def test_an_import_is_taken_back_as_a_whole(person):
    person.does("import", INTERVIEWS)
    told = person.does("undo")
    assert told.out.startswith("Taken back: import ")
    assert person.does("list", "--json").json["interviews"] == []


def test_what_the_file_does_not_say_stays_as_it_is_remembered(person, tmp_path):
    row = {"company": "Beta", "phone": "", "timezone": ""}
    file = csv_file(tmp_path, row)
    person.does("import", file)
    person.does(
        "edit",
        "1",
        "--phone",
        "+12125550142",
        "--notes",
        "asked about Lisbon",
        "--timezone",
        "America/Chicago",
    )
    assert person.does("import", file).messages == "1 known\n"
    told = person.does("import", csv_file(tmp_path, row | {"decision": "2026-11-30"}))
    assert told.out.splitlines()[1:] == ["  decision: – → 2026-11-30"]
    record = person.record()
    assert (record["phone"], record["notes"]) == ("+1 212-555-0142", "asked about Lisbon")
    assert (record["timezone"], record["start"]) == ("America/Chicago", "2026-11-12 14:00")


def test_what_the_file_says_is_remembered_instead_and_told(person, tmp_path):
    file = csv_file(tmp_path, {"company": "Beta"})
    person.does("import", file)
    person.does("edit", "1", "--phone", "+12125550143")
    told = person.does("import", file)
    assert told.out.splitlines()[1:] == ["  phone: +1 212-555-0143 → +1 212-555-0142"]


def test_a_playbook_for_the_command_is_for_what_is_known_too_unless_the_row_names_one(person, tmp_path):
    rows = [{"company": "Beta", "playbook": ""}, {"company": "Gamma", "playbook": "gentle"}]
    person.does("import", csv_file(tmp_path, *rows))
    told = person.does("import", csv_file(tmp_path, *rows), "--playbook", "classic")
    assert told.out.splitlines()[1:] == ["  playbook: – → classic"]


def test_a_row_that_does_not_go_with_what_is_remembered_is_a_bad_one(person, tmp_path):
    columns = {"id": "beta", "decision": ""}
    person.does("import", csv_file(tmp_path, {"company": "Beta", **columns}))
    person.does("edit", "1", "--decision", "2026-11-16")
    later = csv_file(
        tmp_path,
        {"company": "Beta", **columns, "start": "2026-11-18 10:00"},
        {"company": "Gamma", "id": "gamma", "decision": ""},
    )
    told = person.tries("import", later)
    assert told.code == 65
    assert "row 2, decision" in told.messages
    assert len(person.does("list", "--json").json["interviews"]) == 1
    told = person.tries("import", later, "--skip-bad")
    assert told.code == 1
    assert "left out" in told.messages
    assert told.messages.endswith("1 new\n")
    assert person.record()["start"] == "2026-11-12 14:00"

"""Invitations in which calsync once went wrong: each file through the command, with what a person expects."""

import pytest

from tests.cli.person import Person
from tests.cli.running import ROOT

CASES = ROOT / "fixtures" / "invitations" / "cases"
NOW = "2026-11-25T12:00:00+00:00"
NOBODY = 'timezone = "Europe/Berlin"\n'
ROBIN = f'{NOBODY}[candidate]\nname = "Robin Vale"\nemail = "robin.vale@mail.example"\n'
USUAL = {
    "company": "Brightwater",
    "role": "Nurse",
    "start": "2026-12-08 14:00",
    "timezone": "America/New_York",
    "minutes": 60,
    "status": "open",
}
COLLEAGUES = "Amit Shah <amit@brightwater.example>; Lena Fox <lena@brightwater.example>"

TAKEN = {
    ("known-zone.ics", "--timezone", "Europe/Berlin"): USUAL,
    ("status-twice.ics",): USUAL,
    ("line-after-end.ics",): USUAL,
    ("organizer-address-only.ics",): USUAL | {"email": "rosa@brightwater.example", "contact": "", "interviewers": COLLEAGUES},
    ("microsoft-custom-zone.ics", "--timezone", "America/Los_Angeles"): USUAL | {"timezone": "America/Los_Angeles"},
    ("hold.ics", "--role", "Nurse"): USUAL | {"contact": "Rosa Klein"},
    ("candidate-in-title.ics",): USUAL | {"contact": "Rosa Klein", "interviewers": "", "candidate": "Robin Vale"},
    ("phone-in-text.ics",): USUAL | {"phone": "+1 212-555-0172", "contact": "Rosa Klein"},
    ("latin1.ics", "--role", "Nurse"): USUAL | {"contact": "Rosa Klein"},
    ("map-and-meeting.ics",): {"url": "https://brightwater.zoom.us/j/1", "start": "2026-12-08 15:00"},
    ("mail.eml",): USUAL | {"contact": "Rosa Klein", "email": "rosa@brightwater.example", "interviewers": COLLEAGUES},
}  # fmt: skip


@pytest.fixture
def robin(tmp_path):
    return Person(tmp_path / "robin", ROBIN)


def imports(person, file, *options, tries=False):
    return (person.tries if tries else person.does)("import", CASES / file, *options, now=NOW)


def only(person):
    (interview,) = person.does("list", "--json").json["interviews"]
    return interview


def test_every_case_is_here():
    told = {words[0] for words in TAKEN} | {"thread-newer.ics", "thread-older.ics"}
    assert told == {path.name for path in CASES.iterdir()}


@pytest.mark.parametrize("words", TAKEN, ids=" ".join)
def test_a_case_is_taken_as_a_person_reads_it(words, robin):
    imports(robin, *words)
    assert {key: only(robin)[key] for key in TAKEN[words]} == TAKEN[words]


def test_another_encoding_is_said(robin):
    assert "it is not UTF-8" in imports(robin, "latin1.ics", "--role", "Nurse").messages


@pytest.mark.parametrize("options", [(), ("--timezone", "Europe/Berlin")])
def test_a_zone_that_is_not_known_is_asked_for_with_those_that_fit(options, robin):
    told = imports(robin, "microsoft-custom-zone.ics", *options, tries=True)
    assert (told.code, "--timezone America/Los_Angeles" in told.messages) == (65, True)
    assert robin.does("list", "--json").json["interviews"] == []


@pytest.mark.parametrize(
    "files", [("thread-newer.ics", "thread-older.ics"), ("thread-older.ics", "thread-newer.ics")]
)
def test_the_newer_of_two_counts_in_either_order(files, robin):
    said = [imports(robin, file).out for file in files]
    assert only(robin)["start"] == "2026-12-08 16:00"
    assert any("older" in each for each in said) == (files[0] == "thread-newer.ics")


def test_the_candidate_stands_in_no_field_but_their_own(robin):
    imports(robin, "candidate-in-title.ics")
    fields = {key: value for key, value in only(robin).items() if key not in {"candidate", "id"}}
    assert "robin" not in str(fields).casefold()


def test_where_nobody_is_known_the_candidate_is_no_contact_and_it_is_said_how_to_tell(tmp_path):
    person = Person(tmp_path / "nobody", NOBODY)
    told = imports(person, "candidate-in-title.ics")
    assert only(person)["contact"] == "Rosa Klein"
    assert "is this you?" in told.messages
    assert "candidate.name" in told.messages

"""``undo`` and ``history``: any change, several in a row, with before and after."""

import pytest

from tests.cli.person import ACME, CALL, Person
from tests.cli.running import csv_file


@pytest.fixture
def person(tmp_path):
    return Person(tmp_path / "home")


def everything(person):
    """What is remembered and planned, as programs see it."""
    interviews = person.does("list", "--json").json["interviews"]
    return [person.does("show", each["number"], "--json").json for each in interviews]


def test_every_kind_of_change_is_taken_back_to_what_was(person, tmp_path):
    file = csv_file(tmp_path, {"company": "Beta"}, {"company": "Gamma"})
    changes = [
        ("add", *ACME),
        ("log", "1", "sent"),
        ("edit", "1", "--decision", "2026-11-30"),
        ("import", file),
        ("log", "1", "replied", "--next", "2026-11-25 11:00"),
        ("log", "2", "rejected"),
        ("remove", "3"),
        ("edit", "1", "--decision", "", "--agreed", "2026-12-02"),
        ("log", "1", "offer"),
    ]
    pasts = []
    for change in changes:
        pasts.append(everything(person))
        person.does(*change)
    for past in reversed(pasts):
        person.does("undo")
        assert everything(person) == past
    told = person.does("undo")
    assert told.out == "There is nothing to take back.\n"


def test_before_and_now_are_shown(person):
    person.does("add", *ACME)
    person.does("log", "1", "sent")
    person.does("log", "1", "offer", now=CALL)
    told = person.does("undo")
    assert told.out.splitlines() == [
        "Taken back: log offer for Acme, Product manager (Tue 24 Nov 2026 09:05)",
        "  before:",
        "    1  Acme · Product manager, Thu 12 Nov 2026 14:00 America/New_York",
        "    logged Thu 12 Nov 2026 15:05  sent (thank-you)",
        "    logged Tue 24 Nov 2026 09:05  offer",
        "  now:",
        "    1  Acme · Product manager, Thu 12 Nov 2026 14:00 America/New_York",
        "    logged Thu 12 Nov 2026 15:05  sent (thank-you)",
        "    1.2  Mon 23 Nov 2026 18:00  Prepare the call",
        "    1.3  Tue 24 Nov 2026 09:00  Call Sarah Smith",
        "    1.4  Tue 1 Dec 2026 09:00  Second email to Sarah Smith",
        "    1.5  Tue 15 Dec 2026 09:00  Closing email to Sarah Smith",
    ]


def test_an_undo_after_other_settings_follows_today_s(person):
    person.does("add", *ACME)
    person.does("remove", "1")
    (person.home / "settings.toml").write_text('timezone = "America/New_York"\nplaybook = "gentle"\n')
    person.does("undo")
    assert person.start("status") == "2026-11-19T09:00"


def test_numbers_that_were_given_are_not_given_again(person):
    person.does("add", *ACME)
    person.does("undo")
    assert "Remembered as 2" in person.does("add", *ACME).messages


def test_the_history_lists_every_change_the_newest_first(person):
    person.does("add", *ACME)
    person.does("log", "1", "sent")
    person.does("undo")
    assert person.does("history").out.splitlines() == [
        "   2  Thu 12 Nov 2026 15:05  log sent for Acme, Product manager (taken back)",
        "   1  Thu 12 Nov 2026 15:05  add Acme, Product manager",
    ]
    document = person.does("history", "--json").json
    assert document["schema"] == 1
    assert [(each["number"], bool(each["undone"])) for each in document["changes"]] == [(2, True), (1, False)]
    assert len(person.does("history", "-n", "1", "--json").json["changes"]) == 1


def test_nothing_yet_is_said(person):
    assert person.does("history").out == "Nothing has changed yet.\n"
    assert person.does("undo").out == "There is nothing to take back.\n"


def test_redo_makes_it_again_until_something_else_is_changed(person):
    person.does("add", *ACME)
    person.does("log", "1", "sent")
    after = person.does("show", 1, "--json").out
    person.does("undo")
    before = person.does("show", 1, "--json").out
    told = person.does("redo")
    assert told.out.startswith("Made again: log sent for Acme, Product manager")
    assert person.does("show", 1, "--json").out == after != before
    assert person.does("redo").out == "There is nothing to make again.\n"
    person.does("undo")
    person.does("edit", 1, "--notes", "warm")
    assert person.does("redo").out == "There is nothing to make again.\n"


def test_everything_can_be_taken_back_and_made_again(person):
    shown = []
    person.does("add", *ACME)
    for arguments in (
        ("log", 1, "sent"),
        ("move", "1.3", "2026-11-25"),
        ("edit", 1, "--decision", "2 weeks"),
        ("add", "Beta", "Clerk", "--at", "2026-11-13 10:00"),
        ("remove", 1),
    ):
        shown.append(person.does("plan", "--json").out)
        person.does(*arguments)
    shown.append(person.does("plan", "--json").out)
    for _ in range(5):
        person.does("undo")
    for each in shown:
        assert person.does("plan", "--json").out == each
        person.does("redo")

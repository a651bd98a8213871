"""``calsync`` alone, ``help`` and ``version``; and a terminal that is narrow."""

import pytest

from calsync import __version__
from calsync.cli.output import columns
from tests.cli.person import ACME, CALL, Person
from tests.cli.running import calsync, done


@pytest.fixture
def person(tmp_path):
    someone = Person(tmp_path / "home")
    someone.does("add", *ACME, "--decision", "2026-11-20")
    return someone


def test_alone_it_says_what_is_due_and_three_commands(person):
    told = person.does(now=CALL)
    assert told.out.startswith("Due now:\n")
    assert "Call Sarah Smith (Acme)" in told.out
    assert [line.split("  ")[1] for line in told.out.splitlines() if line.startswith("  calsync")] == [
        "calsync next",
        "calsync log 1.3 …",
        "calsync month",
    ]


def test_alone_before_anything_is_due_it_says_what_comes_next(person):
    assert person.does().out.startswith("Today:\n")
    person.does("log", "1", "sent")
    assert person.does().out.startswith("Next:\n")


def test_alone_with_nothing_remembered_it_says_how_to_begin(tmp_path):
    told = Person(tmp_path / "new").does()
    assert told.out.startswith("Usage: calsync")
    assert "First steps:" in told.out


def test_help_and_version_are_commands_too():
    assert done("version").out == done("--version").out == f"calsync {__version__}\n"
    assert done("help", "log").out == done("log", "--help").out
    assert done("help", "playbook", "show").out == done("playbook", "show", "--help").out
    assert done("help").out == done("--help").out
    assert "try next" in calsync("help", "nxt").messages


def test_an_argument_that_is_missing_is_asked_for_on_one_line():
    told = calsync("log", "1")
    assert told.code == 2
    assert "\\n" not in told.messages
    assert "choose from: sent, no-answer," in told.messages.lower()


@pytest.mark.parametrize("command", ["plan", "list", "today", "next", "month", "doctor", "why"])
def test_in_40_columns_nothing_is_wider_than_the_terminal(command, person, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    for line in person.tries(command, now=CALL).out.splitlines():
        assert columns(line) <= 40 or max(map(columns, line.split())) > 24, line


def test_in_40_columns_a_plan_is_a_list(person, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    lines = person.does("plan").out.splitlines()
    place = next(number for number, line in enumerate(lines) if line.endswith("Tue 24 Nov 09:00"))
    assert lines[place + 1].strip() == "Call Sarah Smith"

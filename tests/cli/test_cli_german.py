"""With ``language = "de"`` the terminal is German: what is listed, shown, asked and said."""

import re

import pytest

from tests.cli.person import ACME, CALL, Person

ENGLISH = re.compile(
    r"\b(the|is|are|and|you|your|their|they|nothing|after|before|call|interview|decide|by|Mon|Tue|Wed|Thu|Oct|Dec|yours|note|week|today|overdue|moved)\b"
)
TYPED = re.compile(r"\S+@calsync|calsync [a-z][^;.\n]*|warm-call|(?s:Die Ratschläge dahinter:.*)")
"""Commands, the names of playbooks, and the advice, which is quoted as it was given."""


@pytest.fixture
def person(tmp_path):
    someone = Person(tmp_path / "home", 'timezone = "Europe/Berlin"\ncountry = "US"\nlanguage = "de"\n')
    someone.added = someone.does("add", *ACME, "--timezone", "America/New_York", "--decision", "2026-11-20")
    return someone


def assert_german(*texts):
    for text in texts:
        ours = TYPED.sub("", text)
        assert not ENGLISH.search(ours), ours


def test_what_is_added_is_shown_in_german(person):
    assert_german(person.added.out, person.added.messages)
    assert "Di 24. Nov  15:00  09:00" in person.added.out
    assert "1. Arbeitstag nach ihrer Entscheidung, nicht ein Montag" in " ".join(person.added.out.split())


@pytest.mark.parametrize(
    "arguments",
    [["plan"], ["list"], ["next"], ["today"], ["month"], ["why"], ["phone"], ["demo"], ["undo"], [], ["script", "1.3"],
     ["export", "-o", "f.ics"], ["config", "set", "hours", "8-20"], ["config", "unset", "hours"], ["remove", "1"]],
    ids=" ".join,
)  # fmt: skip
def test_a_command_speaks_german(arguments, person, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = person.does(*arguments, now=CALL)
    assert_german(told.out if arguments != ["phone"] else "", told.messages)


def test_an_empty_list_says_so_in_german(tmp_path):
    person = Person(tmp_path / "home", 'language = "de"\n')
    for command in ("list", "next", "today", "history", "undo"):
        assert_german(person.does(command).out)

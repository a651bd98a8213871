"""log alone in a terminal: what is due, what came of it by one key, the day it needs, and a line for the memory."""

import pytest

from tests.cli.conftest import needs_terminal
from tests.cli.person import ACME, CALL, Person

pytestmark = needs_terminal


@pytest.fixture
def person(tmp_path):
    someone = Person(tmp_path / "home")
    someone.does("add", *ACME, "--decision", "2026-11-20")
    someone.does("log", "1", "sent")
    return someone


def last(person):
    return person.does("show", 1, "--json").json["outcomes"][-1]


def test_it_asks_what_and_what_came_of_it(person, terminal):
    talk = terminal("log", "--now", CALL)
    talk.expect_exact("1  Tue 24 Nov 2026 09:00  Call Sarah Smith (Acme)")
    talk.expect_exact("Press a key")
    talk.send("1")
    talk.expect_exact("b  You left a message")
    talk.expect_exact("Press a key")
    talk.send("b")
    talk.expect_exact("A line for your memory")
    talk.sendline("asked for the portfolio")
    talk.expect_exact("Next:")
    talk.wait()
    assert talk.exitstatus == 0
    assert (last(person)["result"], last(person)["step"], last(person)["note"]) == (
        "voicemail",
        "status",
        "asked for the portfolio",
    )


def test_a_day_that_is_needed_is_asked_for_until_it_can_be_read(person, terminal):
    talk = terminal("log", "1.3", "call-back", "--now", CALL)
    talk.expect_exact("On which day?")
    talk.sendline("03/04/2026")
    talk.expect_exact("On which day?")
    talk.sendline("2026-11-30")
    talk.wait()
    assert (talk.exitstatus, last(person)["next"]) == (0, "2026-11-30")


def test_what_is_far_ahead_is_asked_about_and_no_is_the_answer_of_enter(person, terminal):
    for key, code, result in (("\r", 65, "sent"), ("y", 0, "sent")):
        before = len(person.does("show", 1, "--json").json["outcomes"])
        talk = terminal("log", "1", "sent", "--now", CALL)
        talk.expect_exact("Do you mean Second email to Sarah Smith on Tue 1 Dec 2026 09:00?")
        talk.send(key)
        talk.wait()
        after = person.does("show", 1, "--json").json["outcomes"]
        assert (talk.exitstatus, len(after) - before, after[-1]["result"]) == (code, int(key == "y"), result)


def test_ctrl_c_logs_nothing(person, terminal):
    before = person.does("show", 1, "--json").out
    talk = terminal("log", "1.3", "--now", CALL)
    talk.expect_exact("Press a key")
    talk.send("\x03")
    talk.wait()
    assert talk.exitstatus == 130
    assert person.does("show", 1, "--json").out == before

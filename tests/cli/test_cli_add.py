"""``add``: ten seconds from an interview to its plan, by arguments or by questions."""

import re

import pytest

from tests.cli.conftest import needs_terminal
from tests.cli.person import ACME, Person
from tests.planner.planning import table

pytestmark = pytest.mark.usefixtures("measured")


@pytest.fixture
def person(tmp_path):
    return Person(tmp_path / "home")


def test_it_says_the_number_what_was_read_in_full_and_the_plan(person):
    told = person.does("add", *ACME, "--decision", "3 days")
    assert told.messages == "Remembered as 1: Thu 12 Nov 2026 14:00 America/New_York.\n"
    assert "they decide by Sun 15 Nov 2026" in told.out
    assert re.search(r"Tue 17 Nov +09:00 +Call Sarah Smith", told.out)
    assert all(len(line) <= 80 for line in told.out.splitlines())


def test_as_json_it_is_the_plan(person):
    (plan,) = person.does("add", *ACME, "--json").json["interviews"]
    assert plan["id"] == "acme-product-manager-20261112"
    assert [event["step"] for event in plan["events"]] == [
        "thank-you",
        "prepare",
        "status",
        "second",
        "closing",
    ]
    assert [event["number"] for event in plan["events"]] == [1, 2, 3, 4, 5]


@table(
    ("text", "start"),
    ("ISO", "2026-11-24 14:00", "2026-11-24 14:00"),
    ("with T", "2026-11-24T14:00", "2026-11-24 14:00"),
    ("in words", "24 Nov 2026 14:00", "2026-11-24 14:00"),
    ("American words", "November 24, 2026 2:00 PM", "2026-11-24 14:00"),
    ("today", "today 16:00", "2026-11-12 16:00"),
    ("tomorrow", "tomorrow at 2pm", "2026-11-13 14:00"),
    ("next thu", "next thu 9:30", "2026-11-19 09:30"),
    ("on monday", "on monday, at 10am", "2026-11-16 10:00"),
    ("in 3 days", "in 3 days 10:00", "2026-11-15 10:00"),
    ("in 2 weeks", "In 2 weeks 12pm", "2026-11-26 12:00"),
    ("with an offset", "2026-11-24 19:00Z", "2026-11-24 14:00"),
)
def test_a_day_is_read_as_people_write_it(person, text, start):
    person.does("add", "Acme", "PM", "--at", text)
    assert person.record()["start"] == start


def test_today_is_the_day_it_is_for_them(person):
    person.does("add", "Acme", "PM", "--at", "today 10:00", "--timezone", "Asia/Tokyo")
    assert person.record()["start"] == "2026-11-13 10:00"


@table(
    ("arguments", "says"),
    (
        "two readings",
        ["--at", "03/04/2026 14:00"],
        "start: '03/04/2026' can be read two ways, 3 April 2026 or 4 March",
    ),
    (
        "morning or evening",
        ["--at", "tomorrow at 2"],
        "start: 'tomorrow at 2' can mean morning or evening; write 02:00",
    ),
    ("no time of day", ["--at", "2026-11-24"], "has no time of day; add it, like 2026-11-24 14:00"),
    ("no weekday", ["--at", "next week 10:00"], "start: 'next week' is not a date"),
    ("no hour", ["--at", "tomorrow 25:00"], "is no time; write it like"),
    ("nonsense", ["--at", "soon"], "start: 'soon'"),
    (
        "too short a number",
        ["--at", "tomorrow 9:00", "--phone", "555 01"],
        "phone: '555 01' is no phone number of US",
    ),
    ("no area code", ["--at", "tomorrow 9:00", "--phone", "555-0142"], "its area code is missing"),
    ("no such country code", ["--at", "tomorrow 9:00", "--phone", "+999 12345"], "no country has that code"),
    ("no number", ["--at", "tomorrow 9:00", "--phone", "ask her"], "there is no number in it"),
    (
        "decided before they met",
        ["--at", "in 3 days 9:00", "--decision", "tomorrow"],
        "decision: 2026-11-13 is before the interview on 2026-11-15",
    ),
    ("a zone that is none", ["--at", "tomorrow 9:00", "--timezone", "EST5"], "no zone 'EST5'"),
    ("a country that is none", ["--at", "tomorrow 9:00", "--country", "ZZ"], "'ZZ'"),
    ("a playbook that is none", ["--at", "tomorrow 9:00", "--playbook", "nope"], "playbook"),
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_remembered(person, arguments, says):
    told = person.tries("add", "Acme", "PM", *arguments)
    assert told.code in {65, 78}
    assert told.out == ""
    assert told.messages.startswith("calsync: ")
    assert says in told.messages
    assert person.does("list", "--json").json["interviews"] == []


def test_a_number_is_read_by_the_country_of_the_interview(person):
    person.does("add", "Acme", "PM", "--at", "tomorrow 9:00", "--country", "DE", "--phone", "030 1234567")
    assert person.record()["phone"] == "+49 30 1234567"


def test_without_a_country_a_national_number_is_refused_with_what_is_missing(tmp_path):
    person = Person(tmp_path / "home", settings='timezone = "UTC"\n')
    told = person.tries("add", *ACME)
    assert "its country is missing; write it like +1 212-555-0142, or give its country" in told.messages


@pytest.mark.parametrize(
    ("arguments", "missing"),
    [
        ([], "the company, the role, when it is (--at): not given"),
        (["Acme"], "the role, when it is (--at): not given"),
        (["Acme", "PM"], "when it is (--at): not given"),
        (["Acme", "--at", "tomorrow 9:00"], "the role: not given"),
    ],
)
def test_no_input_never_asks_and_says_what_is_missing(person, arguments, missing):
    told = person.tries("add", *arguments)
    assert (told.code, told.out) == (2, "")
    assert missing in told.messages
    assert 'write calsync add "Acme" "Product manager" --at' in told.messages


def test_the_same_interview_again_gets_the_next_id(person):
    for expected in ("acme-pm-20261113", "acme-pm-20261113-2", "acme-pm-20261113-3"):
        (plan,) = person.does("add", "Acme", "PM", "--at", "tomorrow 9:00", "--again", "--json").json[
            "interviews"
        ]
        assert plan["id"] == expected


def test_what_is_remembered_already_is_said_and_not_added(person):
    person.does("add", *ACME)
    told = person.does("add", *ACME)
    assert "Remembered already as 1" in told.messages
    assert "--again" in told.messages
    assert len(person.does("list", "--json").json["interviews"]) == 1


def test_an_id_of_one_s_own_is_kept_and_refused_twice(person):
    person.does("add", *ACME, "--id", "dream-job")
    told = person.tries("add", *ACME, "--id", "dream-job")
    assert told.code == 65
    assert "there is an interview dream-job already" in told.messages


def test_whoever_makes_room_is_told(person):
    person.does("add", *ACME)
    told = person.does("add", "Beta", "PM", "--at", "2026-11-24 08:30", "--minutes", "45")
    assert "Others make room:" in told.out
    assert "~ 1.3  Tue 24 Nov 2026 09:00 → Tue 24 Nov 2026 09:15 Call Sarah Smith (Acme)" in told.out


# Questions


def answered(talk, *pairs):
    for question, answer in pairs:
        talk.expect_exact(question)
        talk.sendline(answer)


@needs_terminal
def test_in_a_terminal_it_asks_for_what_is_missing_and_shows_what_it_would_assume(person, terminal):
    talk = terminal("add", "Acme")
    answered(
        talk,
        ("Position: ", "Product manager"),
        ("in their time (tomorrow 14:00, 2026-11-24 14:00): ", "tomorrow 2pm"),
        ("How many minutes will it take [60]: ", ""),
        ("Their time zone [America/New_York]: ", ""),
        ("(US, DE …) [US]: ", ""),
        ("Whom will you call or write: ", "Sarah Smith"),
        ("The number they gave you: ", "212-555-0142"),
        ("Their email address: ", ""),
        ("(2026-11-30, 3 days, 2 weeks): ", "3 days"),
    )
    talk.expect_exact("Remembered as 1: Fri 13 Nov 2026 14:00 America/New_York.")
    talk.expect_exact("Call Sarah Smith")
    talk.expect(r"\$|$")
    talk.wait()
    assert talk.exitstatus == 0
    assert person.record()["decision"] == "3 days"


@needs_terminal
def test_an_answer_that_cannot_be_read_is_asked_for_again_with_the_reason(person, terminal):
    talk = terminal("add", "Acme", "PM")
    answered(talk, ("14:00): ", "03/04/2026 14:00"))
    talk.expect_exact("can be read two ways, 3 April 2026 or 4 March 2026")
    answered(talk, ("14:00): ", "tomorrow 14:00"))
    talk.expect_exact("Fri 13 Nov 2026 14:00 America/New_York")
    answered(talk, ("[60]: ", "long"))
    talk.expect_exact("Error")
    answered(talk, ("[60]: ", "45"), ("[America/New_York]: ", "EST5"))
    talk.expect_exact("no zone 'EST5'")
    answered(talk, ("[America/New_York]: ", ""), ("[US]: ", ""), ("write: ", ""), ("gave you: ", "12"))
    talk.expect_exact("it is too short")
    answered(talk, ("gave you: ", ""), ("address: ", ""), ("2 weeks): ", ""))
    talk.expect_exact("Remembered as 1: Fri 13 Nov 2026 14:00")
    talk.wait()
    assert person.record()["minutes"] == 45


@needs_terminal
def test_a_step_back_keeps_what_was_answered(person, terminal):
    talk = terminal("add", "Acme")
    talk.expect_exact("Enter skips what is optional, < goes back.")
    answered(
        talk,
        ("Position: ", "PM"),
        ("14:00): ", "<"),
        ("Position [PM]: ", "Product manager"),
        ("14:00): ", "fri 14:00"),
    )
    answered(
        talk, ("[60]: ", ""), ("[America/New_York]: ", ""), ("[US]: ", ""), ("write: ", "<"), ("[US]: ", "")
    )
    answered(talk, ("write: ", ""), ("gave you: ", ""), ("address: ", ""), ("2 weeks): ", ""))
    talk.expect_exact("Remembered as 1: Fri 13 Nov 2026 14:00")
    talk.wait()
    assert person.record()["role"] == "Product manager"


@needs_terminal
def test_a_time_that_the_clocks_leave_out_is_said_at_the_question(terminal):
    talk = terminal("add", "Acme", "PM")
    answered(talk, ("14:00): ", "14 Mar 2027 02:30"))
    talk.expect_exact("does not exist, clocks go forward then: taken as 03:30")


@needs_terminal
def test_setup_asks_who_one_is_and_shows_what_it_would_assume(person, terminal):
    talk = terminal("setup")
    answered(talk, ("Your name: ", "Jo Doe"), ("Your email address: ", "nonsense"))
    talk.expect_exact("Error")
    answered(talk, ("Your email address: ", "jo@example.com"), ("Your phone number: ", ""))
    answered(talk, ("[US]: ", ""), ("[America/New_York]: ", ""))
    talk.wait()
    assert talk.exitstatus == 0
    assert person.does("config", "get", "candidate.name").out == "Jo Doe\n"
    assert person.does("config", "get", "candidate.email").out == "jo@example.com\n"


@needs_terminal
def test_whoever_begins_is_asked_who_they_are(person, terminal):
    (person.home / "settings.toml").unlink()
    talk = terminal("add", "Acme", "PM", TZ="America/New_York")
    answered(
        talk,
        ("First your own name", "y"),
        ("Your name: ", "Jo Doe"),
        ("email address: ", ""),
        ("phone number: ", ""),
    )
    answered(talk, ("(US, DE …) [US]: ", ""), ("[America/New_York]: ", ""), ("14:00): ", "tomorrow 14:00"))
    answered(
        talk,
        ("[60]: ", ""),
        ("[America/New_York]: ", ""),
        ("[US]: ", ""),
        ("write: ", ""),
        ("gave you: ", ""),
    )
    answered(talk, ("address: ", ""), ("2 weeks): ", ""))
    talk.expect_exact("Remembered as 1")
    talk.wait()
    assert person.does("config", "get", "candidate.name").out == "Jo Doe\n"


def test_setup_without_a_terminal_says_what_to_type(person):
    told = person.tries("setup")
    assert (told.code, "calsync config set candidate.name" in told.messages) == (2, True)


@needs_terminal
def test_with_all_that_is_needed_nothing_is_asked(terminal):
    talk = terminal("add", *ACME)
    talk.expect_exact("Remembered as 1")
    talk.wait()
    assert talk.exitstatus == 0


@needs_terminal
def test_ctrl_c_at_a_question_leaves_nothing(person, terminal):
    talk = terminal("add", "Acme")
    talk.expect_exact("Position: ")
    talk.sendintr()
    talk.expect_exact("calsync: interrupted")
    talk.wait()
    assert talk.exitstatus == 130
    assert person.does("list", "--json").json["interviews"] == []


@needs_terminal
def test_no_input_does_not_ask_in_a_terminal_either(terminal):
    talk = terminal("add", "Acme", "--no-input")
    talk.expect_exact("not given")
    talk.wait()
    assert talk.exitstatus == 2


def test_a_national_number_is_read_in_the_country_that_is_worked_out(person):
    person.does(
        "add",
        "Acme",
        "PM",
        "--at",
        "2026-11-12 14:00",
        "--timezone",
        "Europe/London",
        "--phone",
        "020 7946 0018",
    )
    assert person.record()["phone"] == "+44 20 7946 0018"
    told = person.tries(
        "add", "Beta", "PM", "--at", "2026-11-12 14:00", "--country", "none", "--phone", "020 7946 0018"
    )
    assert (told.code, "its country is missing" in told.messages) == (65, True)

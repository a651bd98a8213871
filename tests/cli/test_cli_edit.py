"""``edit`` and ``remove``: the record changes, its follow-ups go along."""

import sys

import pytest

from tests.cli.person import ACME, AFTER, CALL, Person
from tests.cli.running import command, surroundings
from tests.planner.planning import table

pytestmark = pytest.mark.usefixtures("measured")


@pytest.fixture
def person(tmp_path):
    person = Person(tmp_path / "home")
    person.does("add", *ACME, now="2026-11-10T09:00:00-05:00")
    return person


def test_a_moved_interview_takes_its_follow_ups_along_by_their_names(person):
    before = {event["uid"]: event for event in person.events()}
    told = person.does("edit", "1", "--at", "19 Nov 2026 10:00")
    assert told.out.splitlines()[:2] == [
        "1  Acme · Product manager, Thu 19 Nov 2026 10:00 America/New_York",
        "  start: 2026-11-12 14:00 → 2026-11-19 10:00",
    ]
    assert " Tue 24 Nov 2026 09:00 → Tue 1 Dec 2026 09:00 Call Sarah" in " ".join(told.out.split())
    assert {event["uid"] for event in person.events()} == set(before)
    assert all(event["start"] > before[event["uid"]]["start"] for event in person.events())


def test_what_changed_in_the_record_is_shown(person):
    told = person.does("edit", "1", "--phone", "+44 20 7946 0018", "--decision", "3 days", "--notes", "warm")
    assert "  phone: +1 212-555-0142 → +44 20 7946 0018\n" in told.out
    assert "  decision: – → 3 days\n" in told.out
    assert "  notes: – → warm\n" in told.out


def test_an_empty_value_takes_a_key_away(person):
    assert "  phone: +1 212-555-0142 → –\n" in person.does("edit", "1", "--phone", "").out
    assert person.record()["phone"] == ""
    assert {event["action"] for event in person.events()} == {"ask", "email"}


def test_a_number_is_read_by_the_country_of_the_record(person):
    person.does("edit", "1", "--country", "DE")
    person.does("edit", "1", "--phone", "030 1234567")
    assert person.record()["phone"] == "+49 30 1234567"


def test_the_same_again_changes_nothing_and_makes_no_history(person):
    entries = len(person.does("history", "--json").json["changes"])
    assert "Nothing else moves." in person.does("edit", "1", "--contact", "Sarah Smith").out
    assert len(person.does("history", "--json").json["changes"]) == entries


def test_a_day_given_after_a_call_is_one_more_thing_they_said(person):
    person.does("log", "1", "sent", now=AFTER)
    person.does("log", "1", "voicemail", now=CALL)
    person.does("edit", "1", "--decision", "fri")
    assert person.start("status") == "2026-12-01T09:00"
    assert [told["result"] for told in person.does("show", "1", "--json").json["outcomes"]] == [
        "sent",
        "voicemail",
        "replied",
    ]


def test_an_end_given_by_hand_ends_it_and_open_opens_it_again(person):
    person.does("edit", "1", "--status", "withdrawn")
    assert person.events() == []
    person.does("edit", "1", "--status", "open")
    assert "status" in person.steps()


@table(
    ("arguments", "code", "says"),
    ("two readings", ["1", "--decision", "03/04/2027"], 65, "decision: '03/04/2027' can be read two ways"),
    ("no status", ["1", "--status", "nope"], 65, "use open, offer, rejected, withdrawn or closed"),
    ("no number", ["1", "--phone", "12"], 65, "it is too short"),
    ("no company", ["1", "--company", ""], 65, "there is no company"),
    ("decided before they met", ["1", "--decision", "2026-11-01"], 65, "is before the interview"),
    ("no playbook", ["1", "--playbook", "nope"], 65, "playbook"),
    ("no interview", ["7", "--phone", ""], 66, "there is no interview 7"),
    ("nothing", ["1"], 2, "nothing to change; name what changes"),
)
def test_what_cannot_be_is_refused_and_the_record_stays(person, arguments, code, says):
    before = person.record()
    told = person.tries("edit", *arguments)
    assert told.code in {code, 78}
    assert says in told.messages
    assert told.out == ""
    assert person.record() == before


# In an editor

needs_terminal = pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Windows cannot be played")


def edited(person, tmp_path, change):
    """What ``calsync edit 1`` says in a terminal whose editor replaces texts in the file."""
    pexpect = pytest.importorskip("pexpect")
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import os, pathlib, sys\n"
        "path = pathlib.Path(sys.argv[1])\n"
        f"path.write_text(path.read_text('utf-8').replace(*{change!r}), 'utf-8')\n"
        "os.utime(path, (path.stat().st_atime, path.stat().st_mtime + 2))\n",
        encoding="utf-8",
    )
    first, *rest = command("--home", person.home, "--now", AFTER, "edit", "1")
    env = surroundings(
        {"EDITOR": f"{sys.executable} {editor}", "VISUAL": None, "NO_COLOR": "1", "COLUMNS": "80"}
    )
    talk = pexpect.spawn(first, rest, env=env, encoding="utf-8", timeout=20, dimensions=(40, 80))
    said = talk.read()
    talk.wait()
    return talk.exitstatus, said.replace("\r\n", "\n")


@needs_terminal
def test_without_flags_the_record_is_edited_as_toml(person, tmp_path):
    code, said = edited(person, tmp_path, ('decision = ""', "decision = 2026-11-30"))
    assert code == 0
    assert "decision: – → 2026-11-30" in said
    assert person.start("status") == "2026-12-01T09:00"


@needs_terminal
@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("minutes = 60", "minutes = sixty"), "your edit: this is not TOML"),
        (('role = "', 'rolle = "'), "rolle"),
        (('status = "open"', 'status = "nope"'), "is not a status"),
    ],
)
def test_an_edit_that_cannot_be_read_is_refused_and_the_record_stays(person, tmp_path, change, says):
    before = person.record()
    code, said = edited(person, tmp_path, change)
    assert code == 65
    assert says in " ".join(said.split())
    assert person.record() == before


# remove


def test_what_is_removed_is_named_and_can_be_brought_back(person):
    told = person.does("remove", "1")
    assert told.out == (
        "Forgotten: 1  Acme · Product manager, Thu 12 Nov 2026 14:00 America/New_York, with 6 follow-ups.\n"
    )
    assert told.messages == "calsync undo brings it back.\n"
    assert person.does("list", "--json").json["interviews"] == []
    assert person.tries("remove", "1").code == 66
    person.does("undo")
    assert len(person.events()) == 6


@needs_terminal
@pytest.mark.parametrize(("answer", "left"), [("n", 1), ("y", 0)])
def test_in_a_terminal_it_asks_first(person, answer, left):
    pexpect = pytest.importorskip("pexpect")
    first, *rest = command("--home", person.home, "--now", AFTER, "remove", "1")
    talk = pexpect.spawn(first, rest, env=surroundings({"NO_COLOR": "1"}), encoding="utf-8", timeout=20)
    talk.expect_exact("[y/N]: ")
    talk.sendline(answer)
    talk.read()
    talk.wait()
    assert talk.exitstatus == (130 if left else 0)
    assert len(person.does("list", "--json").json["interviews"]) == left

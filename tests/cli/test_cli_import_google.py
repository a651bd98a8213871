"""``import google``: what looks like an interview is listed, what is chosen is remembered, and kept up with."""

import os
import subprocess
from contextlib import suppress
from datetime import datetime, timedelta

import pytest

from tests.cli.person import Person
from tests.cli.running import command, program, surroundings
from tests.cli.signing_in import ACCESS, CALENDAR, EVENTS, signed_in
from tests.fakes.google import FakeGoogle, Fault

pytestmark = pytest.mark.usefixtures("measured")

NOW = "2026-11-05T09:00:00-05:00"
SARAH = {"email": "sarah@acme.example", "displayName": "Sarah Smith"}


@pytest.fixture
def google():
    with FakeGoogle(token=ACCESS, scopes=(CALENDAR, EVENTS)) as fake:
        yield fake
        assert fake.offences == []
        assert {each.method for each in fake.requests} <= {"GET"}


class Kim(Person):
    """Somebody in New York who has signed in with --read."""

    def __init__(self, home, google, *scopes):
        super().__init__(home)
        signed_in(home, google, *scopes)
        self.google, self.now = google, NOW

    def is_invited(self, summary, start, **fields):
        """An appointment of an hour in their own calendar."""
        begin = datetime.fromisoformat(start)
        times = {
            key: {"dateTime": at.isoformat(), "timeZone": "America/New_York"}
            for key, at in (("start", begin), ("end", begin + timedelta(hours=1)))
        }
        return self.google.user.create("primary", {"summary": summary, **times, **fields})

    def moves(self, event, **time):
        times = {
            key: event[key]
            | {"dateTime": (datetime.fromisoformat(event[key]["dateTime"]) + timedelta(**time)).isoformat()}
            for key in ("start", "end")
        }
        return self.google.user.edit("primary", event["id"], **times)

    def imports(self, *words, code=0):
        told = self.tries("import", "google", *words)
        assert told.code == code, told.messages
        assert ACCESS not in told.out + told.messages
        return told

    def remembered(self):
        listed = self.does("list", "--json").json["interviews"]
        return [(each["company"], each["start"][:16].replace(" ", "T"), each["status"]) for each in listed]


@pytest.fixture
def kim(tmp_path, google):
    return Kim(tmp_path / "home", google, CALENDAR, EVENTS)


@pytest.fixture
def invited(kim):
    """Two interviews, and things that are none."""
    kim.is_invited("Dentist", "2026-11-10T08:00:00-05:00")
    first = kim.is_invited("Interview: Product Manager at Acme", "2026-11-12T14:00:00-05:00", organizer=SARAH)
    kim.is_invited("Phone screen", "2026-11-17T11:00:00-05:00", organizer={"email": "no-reply@calendly.com"})
    kim.is_invited("Interview long ago", "2026-09-12T14:00:00-05:00")
    return first


def test_what_looks_like_an_interview_is_listed_with_a_number_and_why(kim, invited):
    told = kim.imports()
    assert told.out.splitlines()[:1] == ["  1  Thu 12 Nov 2026 14:00  Interview: Product Manager at Acme"]
    assert 'the title says "Interview"' in told.out
    assert "  2  Tue 17 Nov 2026 11:00  Phone screen" in told.out
    assert "Dentist" not in told.out
    assert "long ago" not in told.out
    assert "--take 1,3" in told.messages
    assert kim.remembered() == []
    assert invited


def test_what_is_chosen_is_remembered_with_its_follow_ups(kim, invited):
    told = kim.imports("--take", "1")
    assert "New: 1  Acme · Product Manager, Thu 12 Nov 2026 14:00 America/New_York" in told.out
    assert "contact: Sarah Smith" in told.messages
    assert kim.remembered() == [("Acme", "2026-11-12T14:00", "open")]
    assert "status" in kim.steps()
    assert invited


def test_it_is_known_afterwards(kim, invited):
    kim.imports("--take", "1")
    told = kim.imports()
    assert "known as interview 1" in told.out
    assert "  2  Tue 17 Nov 2026 11:00  Phone screen" in told.out
    assert "nothing new in it" in kim.imports("--take", "1").out
    assert invited


def test_what_was_moved_there_moves_and_what_was_called_off_ends(kim, invited):
    kim.imports("--take", "1")
    kim.moves(invited, days=1)
    assert "moved, interview 1" in kim.imports().out
    assert "Moved: 1" in kim.imports("--take", "1").out
    assert kim.remembered() == [("Acme", "2026-11-13T14:00", "open")]
    kim.google.user.delete("primary", invited["id"])
    assert "called off, interview 1" in kim.imports().out
    assert "Cancelled: 1" in kim.imports("--take", "1").out
    assert kim.remembered() == [("Acme", "2026-11-13T14:00", "closed")]
    assert "called off" not in kim.imports().out


def test_what_becomes_a_whole_day_there_is_said_and_keeps_its_hour_here(kim, invited):
    kim.imports("--take", "1")
    day = {"date": "2026-11-13", "dateTime": None, "timeZone": None}
    kim.google.user.edit("primary", invited["id"], start=day, end={**day, "date": "2026-11-14"})
    told = kim.imports()
    assert (
        "Interview: Product Manager at Acme: it is for a whole day, Fri 13 Nov 2026, and gives no time"
        in told.out
    )
    assert kim.remembered() == [("Acme", "2026-11-12T14:00", "open")]


def test_what_it_does_not_tell_is_given_beside_it(kim, invited):
    refused = kim.imports("--take", "2", code=65)
    assert "does not tell the company and the role; add --company … --role …" in refused.messages
    kim.imports("--take", "2", "--company", "Beta", "--role", "Analyst")
    assert kim.remembered() == [("Beta", "2026-11-17T11:00", "open")]
    assert invited


def test_of_all_those_are_taken_that_can_be(kim, invited):
    told = kim.imports("--all", code=1)
    assert "take it by itself: --take 2" in told.messages
    assert kim.remembered() == [("Acme", "2026-11-12T14:00", "open")]
    assert invited


def test_as_json_it_only_lists(kim, invited):
    found = kim.imports("--json").json["appointments"]
    assert [(each["number"], each["kind"], each["company"]) for each in found] == [
        (1, "new", "Acme"),
        (2, "new", ""),
    ]
    assert found[0]["start"] == "2026-11-12T14:00:00-05:00"
    assert kim.remembered() == []
    kim.imports("--take", found[0]["uid"])
    assert kim.imports("--json").json["appointments"][0] | {"why": None} == found[0] | {
        "kind": "known",
        "interview": 1,
        "why": None,
    }
    assert invited


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        (("--from", "2026-09-01", "--to", "2026-09-30"), ["Interview long ago"]),
        (("--from", "2026-11-12", "--to", "2026-11-12"), ["Interview: Product Manager at Acme"]),
        (("--from", "2026-11-13", "--to", "2026-11-16"), []),
    ],
)
def test_the_days_that_are_named_are_looked_at(kim, invited, words, titles):
    found = kim.imports(*words, "--json").json["appointments"]
    assert [each["summary"] for each in found] == titles
    assert invited


def test_another_calendar_of_theirs_can_be_named(kim):
    other = kim.google.user.add_calendar("Jobs")
    kim.google.user.create(
        other,
        {
            "summary": "Interview at Beta",
            "start": {"dateTime": "2026-11-12T14:00:00-05:00"},
            "end": {"dateTime": "2026-11-12T15:00:00-05:00"},
        },
    )
    assert "Interview at Beta" in kim.imports("--calendar", other).out
    told = kim.imports("--calendar", "nobody@nowhere.example", code=66)
    assert "there is no calendar 'nobody@nowhere.example'" in told.messages
    assert "there is no calendar ''" in kim.imports("--calendar", "", code=66).messages


@pytest.mark.parametrize(
    ("kind", "code", "said"),
    [
        ("quotaExceeded", 75, "try again in a few minutes"),
        ("html", 69, "open any page in your browser"),
        ("accessNotConfigured", 69, "switch it on at https://"),
        ("forbidden", 69, "Google does not list the events"),
    ],
)
def test_what_goes_wrong_at_google_is_one_sentence(kim, kind, code, said):
    kim.google.faults.add(Fault(kind, times=100))
    told = kim.imports(code=code)
    assert said in told.messages
    assert "sync google" not in told.messages
    assert len(told.messages.splitlines()) == 1


def test_nothing_found_is_said(kim):
    assert kim.imports().out == "Nothing from Thu 22 Oct 2026 to Thu 31 Dec 2026 looks like an interview.\n"


def test_more_than_a_page_is_read(kim):
    for number in range(260):
        kim.is_invited(f"Stand-up {number}", "2026-11-10T08:00:00-05:00")
    kim.is_invited("Interview at Acme", "2026-11-12T14:00:00-05:00")
    assert "Interview at Acme" in kim.imports().out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("google", "--take", "7"), 2, "'7' is none of the numbers in the list; they are from 1 to 2"),
        (("google", "--json", "--all"), 2, "--json lists, and takes nothing"),
        (("google", "--from", "2026-11-12", "--to", "2026-11-10"), 2, "--to is before --from"),
        (("google", "--from", "soon"), 2, "--from: 'soon' is no day"),
        (("google", "jobs.csv"), 2, "google stands alone"),
        (("google", "--format", "csv"), 2, "google stands alone"),
        (("jobs.csv", "--all"), 2, "go with google"),
        (
            ("google", "--all", "--company", "Beta"),
            2,
            "--company goes with one appointment, and 2 are to be taken",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(kim, invited, words, code, said):
    told = kim.tries("import", *words)
    assert (told.code, kim.remembered()) == (code, [])
    assert said in told.messages
    assert invited


def test_without_the_permission_one_sentence_says_what_to_type(tmp_path, google):
    told = Kim(tmp_path / "home", google, CALENDAR).imports(code=77)
    assert "you have not allowed calsync to read the events of your calendars" in told.messages
    assert "type: calsync auth google --read" in told.messages


def test_a_permission_that_was_taken_back_is_told(tmp_path):
    with FakeGoogle(token=ACCESS) as google:
        told = Kim(tmp_path / "home", google, CALENDAR, EVENTS).imports(code=77)
    assert "you have not allowed calsync to read the events of your calendars" in told.messages


def test_a_file_of_that_name_is_still_a_file(kim, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "google").write_text("company,role,start\nAcme,PM,2026-11-12 14:00\n", encoding="utf-8")
    kim.does("import", "./google", "--format", "csv")
    assert kim.remembered() == [("Acme", "2026-11-12T14:00", "open")]
    assert kim.google.requests == []


@pytest.mark.skipif(os.name == "nt", reason="a terminal to try it in is made with pty")
def test_at_a_terminal_it_asks_which_to_take_and_for_what_is_missing(kim, invited):
    seen = at_a_terminal(
        ["--home", kim.home, "--now", NOW, "import", "google"], "7\n", "1, 2\n", "Beta\n", "Analyst\n"
    )
    assert "'7' is none of the numbers in the list; they are from 1 to 2" in seen
    assert "Which company is it" in seen
    assert kim.remembered() == [("Acme", "2026-11-12T14:00", "open"), ("Beta", "2026-11-17T11:00", "open")]
    assert "Which of them" not in at_a_terminal(["--home", kim.home, "--now", NOW, "import", "google"])
    assert invited


def at_a_terminal(arguments, *typed):
    """What a terminal shows of a program while somebody types."""
    import pty  # noqa: PLC0415  # Windows has none

    ours, theirs = pty.openpty()
    ended = subprocess.Popen(
        command(*arguments), stdin=theirs, stdout=theirs, stderr=theirs, env=surroundings({"TERM": "xterm"})
    )
    os.close(theirs)
    os.write(ours, "".join(typed).encode())
    seen = b""
    with suppress(OSError):  # Linux says so when the other side is closed
        while piece := os.read(ours, 65536):
            seen += piece
    assert ended.wait(60) == 0, seen.decode()
    os.close(ours)
    return seen.decode()


def test_it_is_a_program_too(kim, invited):
    told = program("--home", kim.home, "--now", NOW, "import", "google", "--take", "1")
    assert (told.code, "New: 1  Acme" in told.out) == (0, True)
    assert invited

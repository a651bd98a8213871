"""``calsync sync google`` as a person types it, against a Google that runs here."""

import re

import pytest

from tests.cli.person import ACME, AFTER, Person
from tests.cli.running import calsync, command, program, surroundings
from tests.cli.signing_in import ACCESS, CALENDAR, REFRESH, SECRET, points_at, signed_in
from tests.fakes.google import FakeGoogle, Fault

pytestmark = pytest.mark.usefixtures("measured")


@pytest.fixture
def google():
    with FakeGoogle(token=ACCESS) as fake:
        yield fake
        assert fake.offences == []


class Typist(Person):
    """Somebody whose settings name a Google that runs here, and who types commands."""

    def __init__(self, home, google):
        super().__init__(home)
        points_at(home, google)
        self.google, self.said = google, []

    def arguments(self, *words):
        return ["--home", self.home, "--now", AFTER, *words]

    def syncs(self, *words, code=0, run=calsync):
        told = run(*self.arguments("sync", "google", *words))
        self.said += [told.output.decode(), told.messages]
        assert told.code == code, told.messages
        assert "Traceback" not in told.messages
        return told

    @property
    def calendar(self):
        return self.google.user.calendars()[-1]

    def event(self, word):
        (found,) = [each for each in self.google.user.events(self.calendar) if word in each["summary"]]
        return found


@pytest.fixture
def typist(tmp_path, google):
    person = Typist(tmp_path / "home", google)
    signed_in(person.home, google)
    person.does("add", *ACME)
    yield person
    for text in person.said:
        for secret in (ACCESS, REFRESH, SECRET):
            assert secret not in text


def test_the_calendar_follows_the_plan_and_says_so(typist):
    first = typist.syncs(run=program)
    assert "Created: 5" in first.out
    assert "Tue 24 Nov 2026 09:00  Call Sarah Smith · Acme" in first.out
    assert typist.syncs().out == "Unchanged: 5\n"
    typist.does("edit", "1", "--decision", "3 weeks")
    again = typist.syncs()
    assert "Updated: 4" in again.out
    assert "the plan changed the time and the text" in again.out


def test_what_the_user_did_is_kept_and_said_with_its_reason(typist):
    typist.syncs()
    typist.google.user.edit(typist.calendar, typist.event("Call")["id"], summary="Ring Sarah")
    typist.google.user.delete(typist.calendar, typist.event("Closing")["id"])
    told = typist.syncs().out
    assert re.search(r"Kept as you changed it: 1\n.*Call Sarah Smith · Acme\n.*changed the title", told)
    assert re.search(r"Kept deleted, as you deleted it: 1\n.*Closing email to .*\n.*--restore", told)
    assert "Created: 1" in typist.syncs("--restore").out


def test_json_has_every_list_of_the_contract(typist):
    told = typist.syncs("--json").json
    assert told["schema"] == 1
    assert told["calendar"] == typist.calendar
    assert [line["uid"] for line in told["created"]] == [
        each["uid"] for each in typist.does("plan", "--json").json["interviews"][0]["events"]
    ]
    assert told["created"][0] == {
        "uid": "acme-product-manager-20261112.thank-you@calsync",
        "summary": "Thank Sarah Smith · Acme",
        "start": "2026-11-12T17:00:00-05:00",
        "fields": [],
        "message": "",
    }
    typist.google.user.edit(typist.calendar, typist.event("Call")["id"], summary="Ring Sarah")
    again = typist.syncs("--json").json
    lists = ("created", "updated", "cancelled", "kept_user_edit", "kept_deleted", "failed")
    assert {name: len(again[name]) for name in lists} == {**dict.fromkeys(lists, 0), "kept_user_edit": 1}
    assert again["unchanged"] == 4
    assert again["kept_user_edit"][0]["fields"] == ["summary"]


def test_a_dry_run_writes_nothing_anywhere(typist):
    told = typist.syncs("--dry-run")
    assert "Would create: 5" in told.out
    assert typist.google.requests == []
    typist.syncs()
    typist.does("edit", "1", "--contact", "Tom Reyes")
    before = len(typist.google.requests)
    assert "Would update: 5" in typist.syncs("--dry-run").out
    assert {each.method for each in typist.google.requests[before:]} == {"GET"}


def test_many_cancellations_wait_for_a_yes(typist):
    typist.does("add", "Bolt", "PM", "--at", "2026-11-12 10:00", "--contact", "Jo", "--phone", "212-555-0143")
    typist.syncs()
    typist.does("remove", "1")
    typist.does("remove", "2")
    told = typist.syncs(code=1)
    assert "10 of 10 follow-ups" in told.messages
    assert "--yes" in told.messages
    assert len(typist.google.user.events(typist.calendar)) == 10
    assert "--yes" in typist.syncs("--dry-run").messages
    assert "Cancelled: 10" in typist.syncs("--yes").out
    assert typist.google.user.events(typist.calendar) == []


def test_another_account_is_told_which_one_it_takes_and_changes_nothing(typist, google):
    typist.syncs()
    before = typist.google.user.events(typist.calendar)
    theirs = google.consent.issue(frozenset({CALENDAR}), account="ann@example.com")
    signed_in(typist.home, google, access=theirs)
    told = typist.syncs(code=77)
    assert "calsync auth google" in told.messages
    assert "--restore" in told.messages
    assert typist.google.user.events(typist.calendar) == before
    signed_in(typist.home, google)
    assert "Unchanged: 5" in typist.syncs().out


def test_a_calendar_that_is_gone_stops_it_and_a_restore_makes_another(typist):
    typist.syncs()
    typist.google.user.delete_calendar(typist.calendar)
    told = typist.syncs(code=69)
    assert "--restore" in told.messages
    assert told.out == ""
    assert "Created: 5" in typist.syncs("--restore").out


def test_somebody_who_has_not_signed_in_is_told_how(tmp_path, google):
    person = Typist(tmp_path / "home", google)
    person.does("add", *ACME)
    assert "type: calsync auth google" in person.syncs(code=77).messages
    assert "Would create: 5" in person.syncs("--dry-run").out


def test_nothing_remembered_is_nothing_to_sync(tmp_path, google):
    person = Typist(tmp_path / "home", google)
    assert "calsync add" in person.syncs(code=66).messages
    assert not (person.home / "calsync.sqlite3").exists()


@pytest.mark.parametrize(
    ("kind", "code", "told"),
    [
        ("quotaExceeded", 75, "goes on where it stopped"),
        ("html", 69, "sign-in page of this network"),
        ("unauthorized", 77, "calsync auth google"),
        ("accessNotConfigured", 69, "not switched on"),
    ],
)
def test_what_was_done_is_said_before_what_went_wrong(typist, kind, code, told):
    typist.does("add", "Bolt", "PM", "--at", "2026-11-12 10:00", "--contact", "Jo", "--phone", "212-555-0143")
    typist.google.faults.add(Fault(kind, only="/batch", times=9))
    stopped = typist.syncs("--json", code=code)
    assert told in stopped.messages
    assert stopped.json["created"] == []
    typist.google.faults.clear()
    assert len(typist.syncs("--json").json["created"]) == 10


def test_a_follow_up_that_google_refuses_is_named_and_the_code_is_1(typist):
    typist.google.faults.add(Fault("badRequest", at=3))
    told = typist.syncs(code=1)
    assert re.search(r"Not done: 1\n.*· Acme\n.*Bad Request", told.out)
    assert "Created: 4" in told.out


def test_only_one_candidate_s(typist):
    typist.does("add", "Bolt", "PM", "--at", "2026-11-12 10:00", "--candidate", "Ann", "--contact", "Jo")
    told = typist.syncs("--candidate", "Ann", "--json").json
    assert {line["uid"].split(".")[0] for line in told["created"]} == {"bolt-pm-20261112"}
    assert "Zoe" in typist.syncs("--candidate", "Zoe", code=66).messages


def test_the_account_is_known_after_the_first_sync(typist):
    typist.syncs()
    assert "kim@example.com" in typist.does("auth", "status").out


def test_no_token_is_said_even_when_asked_for_more(typist):
    typist.google.faults.add(Fault("unauthorized", times=9))
    typist.syncs("-v", "--debug", code=77, run=program)
    typist.google.faults.clear()
    typist.syncs("-v", "--debug", run=program)


def test_a_progress_bar_stands_on_a_terminal_and_nowhere_else(typist):
    pexpect = pytest.importorskip("pexpect", reason="a terminal of ours needs pexpect")
    for name in ("Bolt", "Cone", "Dome", "Ebb"):
        typist.does(
            "add", name, "PM", "--at", "2026-11-12 10:00", "--contact", "Jo", "--phone", "212-555-0143"
        )
    typist.syncs("--dry-run")
    words = command(*typist.arguments("sync", "google"))
    child = pexpect.spawn(words[0], words[1:], env=surroundings(), timeout=30, encoding="utf-8")
    child.expect("Google Calendar")
    child.expect("100%")
    child.expect("Created: 25")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_whoever_sits_at_a_terminal_is_asked(typist):
    pexpect = pytest.importorskip("pexpect", reason="a terminal of ours needs pexpect")
    typist.does("add", "Bolt", "PM", "--at", "2026-11-12 10:00", "--contact", "Jo", "--phone", "212-555-0143")
    typist.syncs()
    typist.does("remove", "1")
    typist.does("remove", "2")
    words = command(*typist.arguments("sync", "google"))
    for answer, left, code in (("n", 10, 1), ("y", 0, 0)):
        child = pexpect.spawn(words[0], words[1:], env=surroundings(), timeout=30, encoding="utf-8")
        child.expect("Do it all the same")
        child.sendline(answer)
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == code
        assert len(typist.google.user.events(typist.calendar)) == left


def test_sync_alone_syncs_with_whoever_is_signed_in(typist):
    told = calsync(*typist.arguments("sync"))
    assert "Created: 5" in told.out
    assert calsync(*typist.arguments("sync", "--quiet", "--no-input")).out == "Unchanged: 5\n"


def test_a_store_that_was_lost_finds_its_calendar_and_doubles_nothing(typist):
    typist.syncs()
    calendars = typist.google.user.calendars()
    (store,) = typist.home.rglob("calsync.sqlite3")
    for each in store.parent.glob("calsync.sqlite3*"):
        each.unlink()
    typist.does("add", *ACME)
    assert typist.syncs().out == "Unchanged: 5\n"
    assert typist.google.user.calendars() == calendars
    assert len(typist.google.user.events(typist.calendar)) == 5


def test_doctor_says_when_a_calendar_was_synced_last(typist):
    typist.syncs()
    told = calsync(*typist.arguments("doctor"))
    assert f"calendar {typist.calendar}, synced last on" in " ".join(told.out.split())

"""Calls keep out of the meetings in the user's calendar at Google: from ``auth google --busy`` to ``auth logout``."""

from datetime import datetime, timedelta

import pytest

from tests.cli.person import ACME, AFTER, Person
from tests.cli.running import done
from tests.cli.signing_in import SignIn, points_at
from tests.fakes.google import Clock, FakeGoogle, Fault

CALL = datetime.fromisoformat("2026-11-24T09:00:00-05:00")
"""Where the status call is without a meeting: a Tuesday."""
REASON = "At 09:00 your Google calendar is busy until 10:30."


class Kim(SignIn):
    """Somebody in New York with an interview behind them, who signs in with the real command."""

    def __init__(self, google, folder):
        super().__init__(google, folder)
        Person(self.home)
        points_at(self.home, google)

    def does(self, *words, code=0):
        told = self.runs(*words)
        assert told.code == code, told.messages
        return told

    def call(self):
        (start,) = [
            each["start"]
            for each in self.does("show", 1, "--json").json["events"]
            if each["step"] == "status"
        ]
        return start[:16]

    def is_busy(self):
        self.google.user.busy(CALL, CALL + timedelta(minutes=90))

    def asked(self):
        return sum(each.path.endswith("freeBusy") for each in self.google.requests)


@pytest.fixture
def kim(tmp_path):
    with FakeGoogle(clock=Clock(now=datetime.fromisoformat(AFTER))) as google:
        person = Kim(google, tmp_path)
        person.does("add", *ACME)
        yield person
        assert google.offences == []
        for told in person.heard:
            for secret in person.secrets():
                assert secret not in told.out + told.messages


def test_from_the_sign_in_on_calls_keep_out_of_meetings_until_it_is_given_back(kim):
    kim.is_busy()
    kim.in_("--busy")
    kim.does("sync", "google")
    assert kim.call() == "2026-11-24T16:00"
    assert REASON in kim.does("why").out
    assert REASON in kim.does("show", 1, "--json").out
    told = kim.does("doctor", "--json").json["findings"]
    assert "when you are busy was read on Thu 12 Nov 2026 15:05: 1 busy time to come" in [
        each["text"] for each in told
    ]
    assert "Unchanged: 5" in kim.does("sync", "google").out
    kim.does("auth", "logout")
    assert kim.call() == "2026-11-24T09:00"
    assert REASON not in kim.does("why").out


def test_it_counts_at_once(kim):
    kim.is_busy()
    told = kim.in_("--busy")
    assert "Calls keep out of what your calendar says from now on" in told.messages
    assert (kim.call(), kim.asked()) == ("2026-11-24T16:00", 1)


def test_a_sign_in_stands_even_if_the_calendar_cannot_be_read_yet(kim):
    kim.google.faults.add(Fault("forbidden", only="freeBusy"))
    told = kim.in_("--busy")
    assert (told.code, kim.call()) == (0, "2026-11-24T09:00")
    assert "when you are busy could not be read" in told.messages
    assert "from now on" not in told.messages


def test_nobody_is_asked_who_did_not_allow_it(kim):
    kim.is_busy()
    kim.in_()
    kim.does("sync", "google")
    assert (kim.asked(), kim.call()) == (0, "2026-11-24T09:00")


def test_a_sign_in_that_allows_it_no_more_forgets_it(kim):
    kim.is_busy()
    kim.in_("--busy")
    kim.does("sync", "google")
    kim.in_(untick={"https://www.googleapis.com/auth/calendar.freebusy"})
    kim.does("sync", "google", "--dry-run")
    assert kim.call() == "2026-11-24T16:00"
    kim.does("sync", "google")
    assert kim.call() == "2026-11-24T09:00"


def test_a_dry_run_tells_it_and_moves_nothing(kim):
    kim.in_("--busy")
    kim.does("sync", "google")
    kim.is_busy()
    assert "Would update" in kim.does("sync", "google", "--dry-run").out
    assert kim.call() == "2026-11-24T09:00"
    assert "Updated" in kim.does("sync", "google").out


def test_without_an_answer_the_sync_goes_on_and_says_so(kim):
    kim.is_busy()
    kim.in_("--busy")
    kim.does("sync", "google")
    kim.google.clock.advance(timedelta(days=2))
    kim.google.faults.add(Fault("forbidden", at=1, only="freeBusy"))
    told = kim.does("sync", "google")
    assert "Unchanged: 5" in told.out
    assert "when you are busy could not be read" in told.messages
    assert "What was read on Thu 12 Nov 2026 15:05 still counts." in told.messages
    told = kim.does("why", "1.3")
    assert (
        "your calendar was read on Thu 12 Nov 2026 15:05; calsync sync google reads it again" in told.messages
    )
    found = kim.does("doctor", "--json").json["findings"]
    assert [each["level"] for each in found if "when you are busy" in each["text"]] == ["hint"]


def test_other_calendars_can_be_named(kim):
    work = kim.google.user.add_calendar("Work")
    kim.google.user.busy(CALL, CALL + timedelta(minutes=90), work)
    kim.in_("--busy")
    kim.does("sync", "google")
    assert kim.call() == "2026-11-24T09:00"
    kim.does("config", "set", "google.busy", f"primary, {work}")
    kim.does("sync", "google")
    assert kim.call() == "2026-11-24T16:00"


def test_planning_a_file_asks_nobody_and_knows_of_no_meetings(kim, tmp_path):
    kim.is_busy()
    kim.in_("--busy")
    kim.does("sync", "google")
    file = tmp_path / "jobs.csv"
    file.write_text("company,role,start,phone\nAcme,PM,2026-11-12 14:00,+1 212-555-0142\n", encoding="utf-8")
    before = kim.asked()
    told = done("--home", kim.home, "plan", file, "--json")
    (start,) = [each["start"] for each in told.json["interviews"][0]["events"] if each["step"] == "status"]
    assert (start[:16], kim.asked()) == ("2026-11-24T09:00", before)

"""The fake as a program: for people who try things out, and for whoever examines it from outside."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.fakes.google_client import GOOD, Client, place

HOME = Path(__file__).parents[2]


class Alone:
    """A fake in a process of its own; stopped by its own pid."""

    def __init__(self, *options):
        command = [
            sys.executable,
            "-m",
            "tests.fakes.google",
            "--token",
            GOOD,
            "--with-parent",
            "--for",
            "60",
            *options,
        ]
        self.process = subprocess.Popen(
            command, cwd=HOME, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.root = self.process.stdout.readline().strip()

    def ask(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        with urlopen(Request(self.root + path, data)) as answer:  # noqa: S310  # our own address
            return json.load(answer)

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
        _, errors = self.process.communicate(timeout=10)
        return self.process.returncode, errors


@pytest.fixture(scope="module")
def alone():
    started = Alone()
    yield started
    started.stop()


@pytest.fixture
def guest(alone):
    made = Client(alone)
    yield made
    if made.calendar in alone.ask("_fake/state")["calendars"]:
        alone.ask("_fake/user/delete-calendar", {"calendar": made.calendar})
    made.close()


def test_it_says_where_it_is_and_takes_its_token(alone, guest):
    assert alone.root.startswith("http://127.0.0.1:")
    assert guest.insert()["id"] == "abcde"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to hear")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_it_stops_without_a_word_when_told_to(name):
    started = Alone()
    os.kill(started.process.pid, getattr(signal, name))
    assert started.stop() == (0, "")


def test_it_stops_when_its_time_is_over():
    started = Alone("--for", "0.2")
    assert started.process.wait(timeout=10) == 0
    started.stop()


def test_a_taken_port_is_said_in_one_line(alone):
    port = alone.root.rstrip("/").rpartition(":")[2]
    again = Alone("--port", port)
    again.process.wait(timeout=10)
    code, errors = again.stop()
    assert code == 1
    assert errors.startswith(f"port {port}: ")
    assert "Traceback" not in errors


def test_an_unknown_scope_is_said_in_one_line():
    started = Alone("--scopes", "calendar.everything")
    started.process.wait(timeout=10)
    code, errors = started.stop()
    assert code == 2
    assert errors == "no such scope: https://www.googleapis.com/auth/calendar.everything\n"


def test_the_token_can_be_given_more_scopes():
    started = Alone("--scopes", "calendar.readonly,calendar.freebusy")
    guest = Client(started)
    assert guest.service.calendarList().list().execute()["items"][0]["primary"] is True
    guest.close()
    started.stop()


def test_a_person_can_act_as_the_user(alone, guest):
    guest.insert("abcde")
    guest.insert("bcdef")
    edited = alone.ask("_fake/user/edit", {"event": "abcde", "fields": {"summary": "Mine"}})
    assert edited["summary"] == "Mine"
    alone.ask("_fake/user/delete", {"event": "bcdef"})
    assert guest.get("abcde")["summary"] == "Mine"
    assert guest.get("bcdef")["status"] == "cancelled"
    alone.ask("_fake/user/restore", {"event": "bcdef"})
    assert guest.names() == ["abcde", "bcdef"]


def test_a_person_can_see_what_is_there_and_what_was_asked(alone, guest):
    guest.insert("abcde")
    state = alone.ask("_fake/state")
    assert [each["summary"] for each in state["calendars"][guest.calendar]] == ["Call"]
    requests = alone.ask("_fake/requests")
    assert [each["path"] for each in requests][-1] == f"/calendar/v3/{place(guest.calendar)}"
    assert alone.ask("_fake/offences") == []
    assert requests[-1]["body"]["summary"] == "Call"


def test_a_person_can_let_things_go_wrong(alone, guest):
    guest.insert("abcde")
    alone.ask("_fake/faults", [{"kind": "unavailable", "retry_after": 1}])
    with pytest.raises(Exception, match="503"):
        guest.get("abcde")
    alone.ask("_fake/faults", [{"kind": "unavailable"}])
    alone.ask("_fake/faults", [])
    token = guest.page()["nextSyncToken"]
    alone.ask("_fake/expire-sync-tokens", {})
    with pytest.raises(Exception, match="410"):
        guest.page(syncToken=token)


def test_a_person_can_let_time_go_by_be_busy_and_delete_the_calendar(alone, guest):
    before = alone.ask("_fake/state")["now"]
    assert alone.ask("_fake/clock", {"seconds": 86400})["now"] > before
    busy = {"start": "2026-07-06T10:00:00+02:00", "end": "2026-07-06T11:00:00+02:00"}
    assert alone.ask("_fake/user/busy", busy) == {"done": "user/busy"}
    alone.ask("_fake/user/delete-calendar", {"calendar": guest.calendar})
    with pytest.raises(Exception, match="404"):
        guest.page()


def test_a_person_gets_the_file_for_signing_in(alone):
    installed = alone.ask("_fake/client-secret.json")["installed"]
    assert installed["token_uri"] == alone.root + "token"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("_fake/user/edit", {"event": "zzzzz", "fields": {}}, 400),
        ("_fake/user/edit", {}, 400),
        ("_fake/faults", [{"kind": "earthquake"}], 400),
        ("_fake/user/create", {"body": {"summary": "no time"}}, 400),
        ("_fake/nothing", None, 404),
        ("_fake/user/edit", None, 404),
    ],
)
def test_a_persons_mistake_is_a_sentence(alone, path, body, status):
    with pytest.raises(HTTPError) as caught:
        alone.ask(path, body)
    assert caught.value.status == status
    assert json.load(caught.value)["error"]
    caught.value.close()


def test_the_way_in_says_what_there_is(alone):
    assert any("/_fake/user/edit" in line for line in alone.ask("_fake/"))


def test_a_fake_inside_a_test_has_no_back_door(google):
    with pytest.raises(HTTPError) as caught:
        urlopen(google.root + "_fake/state")  # noqa: S310  # our own address
    assert caught.value.status == 404
    caught.value.close()

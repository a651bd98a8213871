"""``auth caldav`` and ``sync caldav`` as a person types them, at a real server that runs here."""

import json
import re
import stat
import sys

import pytest

from tests.cli.person import ACME, AFTER, Person
from tests.cli.running import calsync
from tests.targets.caldav.servers import PASSWORD, USER, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving("radicale", tmp_path_factory.mktemp("radicale")) as url:
        yield url


class Typist(Person):
    """Somebody who types commands; what was said is looked through for the password."""

    def __init__(self, home, url):
        super().__init__(home)
        self.url, self.said = url, []

    def types(self, *words, code=0):
        told = calsync("--home", str(self.home), "--now", AFTER, "--no-input", *words)
        self.said += [told.output.decode(), told.messages]
        assert told.code == code, told.messages
        assert "Traceback" not in told.messages
        return told


@pytest.fixture
def typist(server, home, tmp_path):
    person = Typist(home / "calsync", server)
    person.does("add", *ACME)
    (tmp_path / "password").write_text(f"{PASSWORD}\n")
    person.file = str(tmp_path / "password")
    yield person
    assert PASSWORD not in "".join(person.said)


def signs_in(typist):
    return typist.types("auth", "caldav", typist.url, "--user", USER, "--password-file", typist.file)


def test_from_the_password_to_events_in_two_commands(typist):
    assert "Signed in to 127.0.0.1" in signs_in(typist).messages
    first = typist.types("sync", "caldav").output.decode()
    assert re.search(r"Created: [1-9]", first) or re.search(r"Unchanged: [1-9]", first)
    again = json.loads(typist.types("sync", "caldav", "--json").output)
    assert (again["created"], again["schema"]) == ([], 1)
    assert again["unchanged"] > 0
    assert "Unchanged" in typist.types("sync").output.decode()


def test_who_is_signed_in_is_said_and_forgotten(typist):
    signs_in(typist)
    told = json.loads(typist.types("auth", "status", "--json").output)
    assert [each["user"] for each in told["caldav"]] == [USER]
    assert "as kim" in typist.types("auth", "status").output.decode()
    findings = json.loads(typist.types("doctor", "--json").output)["findings"]
    assert [each["level"] for each in findings if each["topic"] == "caldav"] == ["ok"]
    typist.types("auth", "logout", "caldav")
    typist.types("auth", "status", code=77)
    typist.types("sync", "caldav", code=77)


@pytest.mark.skipif(sys.platform == "win32", reason="permission bits")
def test_the_password_is_for_its_owner_alone(typist, home):
    signs_in(typist)
    (file,) = (home / "calsync").rglob("sign-ins.json")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("auth", "caldav", "nowhere", "--user", "kim"), 2, "neither an address nor a server"),
        (("auth", "caldav", "nextcloud", "--user", "kim"), 2, "the address is missing"),
        (("auth", "caldav", "http://dav.example.org", "--user", "kim"), 2, "no address of a calendar server"),
        (("auth", "caldav", "icloud"), 2, "the user name is missing"),
        (("auth", "caldav", "icloud", "--user", "kim", "--password-file", "/none"), 66, "cannot be read"),
        (("sync", "caldav"), 77, "not signed in to a CalDAV server"),
        (("auth", "logout", "google", "x"), 2, "only CalDAV servers"),
    ],
)
def test_what_cannot_be_is_said_with_its_remedy(typist, words, code, said, monkeypatch):
    monkeypatch.setenv("CALSYNC_CALDAV_PASSWORD", PASSWORD)
    assert said in typist.types(*words, code=code).messages


def test_a_wrong_password_ends_with_77(typist, monkeypatch):
    monkeypatch.setenv("CALSYNC_CALDAV_PASSWORD", "wrong")
    told = typist.types("auth", "caldav", typist.url, "--user", USER, code=77)
    assert "does not take this user name and password" in told.messages
    assert "wrong" not in told.messages


def test_a_server_that_is_not_there_does_not_keep_the_others_from_being_synced(typist, home, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _: None)
    signs_in(typist)
    (file,) = (home / "calsync").rglob("sign-ins.json")
    kept = json.loads(file.read_text())
    kept["servers"].append(
        {**kept["servers"][0], "name": "zzz", "url": "https://127.0.0.1:9/", "home": "https://127.0.0.1:9/"}
    )
    file.write_text(json.dumps(kept))
    told = typist.types("sync", "--json", code=69)
    assert [each["target"] for each in json.loads(told.output)["targets"]] == [kept["servers"][0]["name"]]

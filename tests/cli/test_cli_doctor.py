"""doctor: what is wrong is found and told with what to do, and nothing that is wrong ends it."""

import json
import os
import sqlite3
from pathlib import Path

import pytest

from calsync.settings import Home
from tests.cli.running import calsync, done

NOW = "2026-11-16T09:00:00-05:00"


def findings(*arguments, level=None, code=None):
    told = calsync("doctor", "--json", "--now", NOW, *arguments)
    document = told.json
    assert document["schema"] == 1
    assert document["ok"] == (told.code == 0)
    assert code in (None, told.code)
    return [each for each in document["findings"] if level in (None, each["level"])]


def texts(topic, **options):
    return [each["text"] for each in findings(**options) if each["topic"] == topic]


def settings(text):
    file = Path(Home.find().settings_file)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


@pytest.fixture
def acme():
    done("add", "Acme", "PM", "--at", "2026-11-20 14:00", "--now", NOW)
    return Path(Home.find().store)


def test_a_new_user_has_nothing_wrong_and_two_hints():
    found = findings(code=0)
    assert {each["level"] for each in found} == {"ok", "hint"}
    hints = " ".join(each["text"] for each in found if each["level"] == "hint")
    assert "your name is missing" in hints
    assert "no country" in hints


def test_looking_makes_nothing(home):
    findings()
    assert not list(home.rglob("*.sqlite3"))
    assert not list(home.rglob("settings.toml"))


def test_everything_it_depends_on_is_named():
    told = " ".join(texts("versions"))
    for name in ("calsync", "Python", "icalendar", "holidays", "phonenumberslite", "tzdata"):
        assert name in told
    (zones,) = texts("zones")
    assert "package" in zones
    assert "system" in zones


def test_holidays_are_counted_for_this_year():
    settings('country = "DE"\nregion = "BY"\n')
    assert texts("holidays") == ["DE, BY: 12 public holidays in 2026, from the package holidays"]


@pytest.mark.parametrize(
    ("text", "topic", "said"),
    [
        ('hours = "never"', "settings", "'never' is not a span of hours"),
        ("hours = [", "settings", "this is not TOML"),
        ('playbook = "nonesuch"', "settings", "no playbook 'nonesuch'"),
        ('country = "ZZ"', "holidays", "no country 'ZZ'"),
        ('language = "fr"', "texts", "no texts in the language 'fr'"),
    ],
)
def test_settings_that_are_wrong_are_a_finding_and_the_rest_is_still_looked_at(text, topic, said, acme):
    settings(text)
    (bad,) = findings(level="wrong", code=1)
    assert bad["topic"] == topic
    assert said in bad["text"]
    assert bad["remedy"]
    assert acme
    assert any("1 interview," in each for each in texts("store"))


def test_a_playbook_and_a_text_of_one_s_own_are_read(home):
    folder = home / ".config" / "calsync"
    (folder / "playbooks").mkdir(parents=True)
    (folder / "playbooks" / "mine.toml").write_text("this is none")
    (folder / "texts").mkdir()
    (folder / "texts" / "status.call.txt").write_text("Hello $contct")
    bad = {each["topic"]: each["text"] for each in findings(level="wrong", code=1)}
    assert bad.keys() == {"playbooks", "texts"}
    assert "mine.toml" in bad["playbooks"]
    assert "contct" in bad["texts"]


def test_a_sound_store_says_how_many_and_that_there_is_no_copy(acme):
    told = texts("store", code=0)
    assert any("1 interview," in each for each in told)
    assert any("no copy yet" in each for each in told)
    assert acme


def test_a_damaged_store_is_a_finding(acme):
    with sqlite3.connect(acme) as store:
        store.execute("UPDATE counter SET last = 0 WHERE name = 'interview'")
    store.close()
    (bad,) = findings(level="wrong", code=1)
    assert bad["topic"] == "store"
    assert "last interview number" in bad["text"]


def test_a_store_that_is_none_is_a_finding(acme):
    acme.write_bytes(b"not a database at all")
    (bad,) = findings(level="wrong", code=1)
    assert "not a store of calsync" in bad["text"]


@pytest.mark.skipif(os.name != "posix", reason="permission bits are not Windows'")
def test_a_store_that_others_can_read_is_wrong(acme):
    acme.chmod(0o644)
    (bad,) = findings(level="wrong", code=1)
    assert bad["remedy"] == f"chmod 600 {acme}"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_home_that_cannot_be_written_is_wrong(tmp_path):
    tmp_path.chmod(0o500)
    assert all(
        "cannot be written" in each["text"] for each in findings("--home", tmp_path, level="wrong", code=1)
    )


def test_people_see_every_finding_and_what_rings():
    told = calsync("doctor", "--now", NOW)
    for topic in ("Versions", "Zones", "Places", "Settings", "Holidays", "Store", "What rings"):
        assert f"\n{topic}\n" in f"\n{told.out}"
    assert 'calsync config set\n         candidate.name "…"' in told.out or "candidate.name" in told.out
    assert "Google Calendar             rings" in told.out
    assert "sync google" in told.out


GOOGLE = {
    "client.json": {"installed": {"client_id": "a", "client_secret": "b"}},
    "token.json": {
        "schema": 1, "client_id": "a", "refresh_token": "r", "access_token": "", "fresh_until": "2026-11-16T09:00:00Z",
        "scopes": ["x"], "signed_in": "2026-11-13T09:00:00Z", "until": None, "account": None,
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("token", "mode", "level", "says"),
    [
        (None, 0o600, "ok", "not signed in"),
        ({}, 0o600, "ok", "signed in since Fri 13 Nov 2026"),
        ({"account": "kim@example.com"}, 0o600, "ok", "signed in as kim@example.com since"),
        ({"until": "2026-11-19T15:00:00Z"}, 0o600, "hint", "signed in; Google ends it in 3 days"),
        ({"until": "2026-11-16T14:00:00Z"}, 0o600, "wrong", "run out"),
        ({"schema": 2}, 0o600, "wrong", "damaged"),
        ({}, 0o644, "wrong", "others on this computer can read"),
    ],
)
def test_the_sign_in_to_google_is_looked_at_without_asking_it(tmp_path, token, mode, level, says):
    folder = tmp_path / "google"
    folder.mkdir()
    for name, document in GOOGLE.items() if token is not None else ():
        file = folder / name
        file.write_text(json.dumps(document | (token if name == "token.json" else {})))
        file.chmod(mode if name == "token.json" else 0o600)
    if mode != 0o600 and os.name != "posix":
        pytest.skip("no permission bits")
    told = calsync("doctor", "--json", "--home", tmp_path, "--now", NOW)
    first = next(each for each in told.json["findings"] if each["topic"] == "google")
    assert (first["level"], says in first["text"]) == (level, True), first


def test_doctor_does_not_load_google_s_libraries(loaded_by):
    loaded = loaded_by("from calsync.cli import run; run(['doctor'])")
    assert not loaded & {
        "google.auth",
        "google.oauth2",
        "googleapiclient",
        "google_auth_oauthlib",
        "requests",
        "httplib2",
    }


def test_interviews_in_no_country_that_is_known_are_named():
    for name, zone in (("Acme", "UTC"), ("Beta", "Europe/Berlin")):
        done("add", name, "PM", "--at", "2026-11-20 10:00", "--timezone", zone, "--no-input", "--now", NOW)
    settings('timezone = "UTC"')
    assert "no country for 1 (Acme): only weekends are kept free" in texts("holidays")

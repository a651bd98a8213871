"""Credentials: refreshed when they have to be, kept at once, and nothing deleted because something failed."""

import json
import os
import re
import stat
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from calsync.errors import BadSettings, CannotWrite, InputOutput, SignInAgain, Unavailable, Usage
from calsync.targets.google.credentials import credentials, network
from calsync.targets.google.sign_in import Exchange
from calsync.targets.google.sign_out import sign_out
from calsync.targets.google.tokens import (
    BUSY,
    CALENDAR,
    EVENTS,
    SCOPES,
    Client,
    Token,
    flags,
    forget,
    keep_client,
    kept_client,
    kept_token,
    named,
    remember_account,
    save,
    saved_over,
    signed_in,
)
from tests.fakes.google import FakeGoogle
from tests.fakes.google.consent import CLIENT_ID, CLIENT_SECRET

ROOT = Path(__file__).parents[3]
JUST_CALENDAR = frozenset({CALENDAR})
HOUR = timedelta(hours=1)
NOW = datetime(2026, 7, 3, tzinfo=UTC)


@pytest.fixture
def google():
    with FakeGoogle() as running:
        yield running


@pytest.fixture
def folder(google, tmp_path):
    """Where Kim has just signed in."""
    place = tmp_path / "google"
    keep_client(place, Client(CLIENT_ID, CLIENT_SECRET, f"{google.root}auth", f"{google.root}token"))
    save(place, fresh_token(google))
    return place


def fresh_token(google, account=None, scopes=JUST_CALENDAR):
    """What a sign-in would give, without its page."""
    from tests.fakes.google.consent import _Token  # noqa: PLC0415  # a law may look inside

    consent = google.consent
    access = consent.issue(scopes)
    grant = consent._access[access].grant
    refresh = consent._name("1//0g")
    consent._refresh[refresh] = _Token(grant, frozenset(scopes), None)
    now = google.clock.now
    return Token(
        CLIENT_ID, refresh, access, now + timedelta(seconds=3599), frozenset(scopes), now, None, account
    )


def refreshes(google):
    return [each for each in google.sign_ins if each.path == "/token"]


def the_token(folder):
    return json.loads((folder / "token.json").read_text())


def test_a_token_of_this_hour_is_used_without_asking(google, folder):
    login = credentials(folder, now=google.clock.now)
    assert google.consent.scopes_of(login.token) == {CALENDAR}
    assert login.valid
    assert refreshes(google) == []


@pytest.mark.parametrize("later", [HOUR - timedelta(minutes=4), HOUR, timedelta(days=100)])
def test_one_that_ends_is_exchanged_once_and_kept(google, folder, later):
    before = the_token(folder)
    google.clock.advance(later)
    for _ in range(3):
        login = credentials(folder, now=google.clock.now)
        assert google.consent.scopes_of(login.token) == {CALENDAR}
    assert len(refreshes(google)) == 1
    after = the_token(folder)
    assert after["access_token"] == login.token != before["access_token"]
    assert {name for name in after if after[name] != before[name]} == {"access_token", "fresh_until"}


def test_one_that_ends_during_a_sync_is_exchanged_and_kept_too(google, folder):
    import google_auth_httplib2  # noqa: PLC0415  # as calsync does
    import httplib2  # noqa: PLC0415  # as above

    login = credentials(folder, now=google.clock.now)
    google.clock.advance(HOUR)
    http = google_auth_httplib2.AuthorizedHttp(login, http=httplib2.Http())
    answer, _ = http.request(f"{google.root}calendar/v3/calendars/nowhere")
    http.close()
    assert answer.status == 404
    assert len(refreshes(google)) == 1
    assert the_token(folder)["access_token"] == login.token


def test_what_another_program_got_meanwhile_is_taken(google, folder):
    google.clock.advance(HOUR)
    now = google.clock.now
    mine, other = credentials(folder, now=now), credentials(folder, now=now)
    google.clock.advance(HOUR)
    with network() as transport:
        mine.refresh(transport)
        other.refresh(transport)
    assert mine.token == other.token
    assert len(refreshes(google)) == 2
    with network() as transport:  # a 401 for that one, too: now it asks
        other.refresh(transport)
    assert len(refreshes(google)) == 3


def test_several_that_refresh_at_once_harm_nobody(google, folder):
    google.clock.advance(HOUR)
    found, ready = [], threading.Barrier(6)

    def program():
        ready.wait()
        found.append(credentials(folder, now=google.clock.now).token)

    threads = [threading.Thread(target=program) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert all(google.consent.scopes_of(token) for token in found)
    assert the_token(folder)["access_token"] in found


def test_taken_back_by_the_person_is_one_sentence_and_nothing_is_deleted(google, folder):
    before = (folder / "token.json").read_bytes()
    google.consent.revoke_all()
    google.clock.advance(HOUR)
    with pytest.raises(SignInAgain, match=r"type: calsync auth google") as refused:
        credentials(folder, now=google.clock.now)
    assert refused.value.exit_code == 77
    assert (folder / "token.json").read_bytes() == before


def test_a_week_of_testing_is_over_without_asking(google, folder):
    token = kept_token(folder)
    save(
        folder,
        Token(
            **{name: getattr(token, name) for name in token.__slots__} | {"until": google.clock.now + HOUR}
        ),
    )
    google.clock.advance(HOUR)
    with pytest.raises(SignInAgain, match="run out"):
        credentials(folder, now=google.clock.now)
    assert google.sign_ins == []
    assert (folder / "token.json").exists()


def test_a_refresh_tells_when_the_week_is_over(google, folder):
    google.clock.advance(HOUR)
    body = {"access_token": "ya29.x", "expires_in": 3599, "refresh_token_expires_in": 600}
    google.consent.instead("/token", 200, json.dumps(body).encode(), "application/json")
    credentials(folder, now=google.clock.now)
    assert kept_token(folder).until == google.clock.now + timedelta(minutes=10)


@pytest.mark.parametrize(
    ("status", "body", "error", "says"),
    [
        (200, b"<html>hotel</html>", Unavailable, "not Google's sign-in"),
        (200, b"", Unavailable, "not Google's sign-in"),
        (200, b'"text"', Unavailable, "not Google's sign-in"),
        (200, b"{}", Unavailable, "answered 200"),
        (200, b'{"access_token": 3}', Unavailable, "answered 200"),
        (500, b'{"error": "internal_failure"}', Unavailable, "answered 500"),
        (503, b"<html>busy</html>", Unavailable, "not Google's sign-in"),
        (400, b'{"error": "invalid_grant"}', SignInAgain, "run out"),
        (401, b'{"error": "invalid_client"}', SignInAgain, "no longer knows your client file"),
        (400, b'{"error": "deleted_client"}', SignInAgain, "no longer knows your client file"),
    ],
)
def test_a_refresh_that_fails_is_one_sentence_and_changes_nothing(google, folder, status, body, error, says):
    google.clock.advance(HOUR)
    google.consent.instead("/token", status, body)
    before = (folder / "token.json").read_bytes()
    with pytest.raises(error, match=says):
        credentials(folder, now=google.clock.now)
    assert (folder / "token.json").read_bytes() == before
    assert credentials(folder, now=google.clock.now).token != json.loads(before)["access_token"]


def test_without_a_network_it_is_69_and_names_no_secret(google, folder):
    google.clock.advance(HOUR)
    google.close()
    with pytest.raises(Unavailable, match=r"cannot be reached \(connection refused\)") as refused:
        credentials(folder, now=google.clock.now)
    assert "canary" not in str(refused.value)
    assert refused.value.exit_code == 69


def test_a_connection_that_is_not_safe_sends_nothing(google, folder):
    keep_client(
        folder, Client(CLIENT_ID, CLIENT_SECRET, token_uri=f"{google.root.replace('http:', 'https:')}token")
    )
    google.clock.advance(HOUR)
    with pytest.raises(Unavailable, match="is not safe, and nothing was sent"):
        credentials(folder, now=google.clock.now)
    assert refreshes(google) == []


def test_a_sign_out_meanwhile_is_not_undone_by_a_refresh(folder):
    token = kept_token(folder)
    forget(folder)
    saved_over(folder, token)
    assert kept_token(folder) is None


def test_a_new_sign_in_meanwhile_is_not_overwritten_by_a_refresh(google, folder):
    old, new = kept_token(folder), fresh_token(google, scopes=frozenset({CALENDAR, BUSY}))
    save(folder, new)
    saved_over(folder, old)
    assert kept_token(folder) == new


def test_the_account_is_remembered_once_it_is_known_and_stays_over_a_refresh(google, folder):
    remember_account(folder, "kim@example.com")
    google.clock.advance(HOUR)
    credentials(folder, now=google.clock.now)
    assert kept_token(folder).account == "kim@example.com"
    written = (folder / "token.json").stat().st_mtime_ns
    remember_account(folder, "kim@example.com")
    remember_account(folder, "")
    assert (folder / "token.json").stat().st_mtime_ns == written
    forget(folder)
    remember_account(folder, "kim@example.com")
    assert kept_token(folder) is None


def test_an_account_that_became_known_meanwhile_stays_over_a_refresh(folder):
    before = kept_token(folder)
    remember_account(folder, "kim@example.com")
    saved_over(folder, before)
    assert kept_token(folder).account == "kim@example.com"


@pytest.mark.parametrize("before", [None, "", "0"])
def test_the_environment_is_left_as_it_was(google, folder, monkeypatch, before):
    if before is not None:
        monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", before)
    exchange = Exchange(kept_client(folder), [CALENDAR], "http://127.0.0.1:1/")
    exchange.page("state", None)
    assert os.environ.get("OAUTHLIB_INSECURE_TRANSPORT") == before
    with pytest.raises(SignInAgain, match="did not take the code"):
        exchange.tokens("4/0Anothing")
    assert os.environ.get("OAUTHLIB_INSECURE_TRANSPORT") == before
    assert len(refreshes(google)) == 1


def test_the_account_that_is_known_is_offered_first(folder):
    exchange = Exchange(kept_client(folder), [CALENDAR], "http://127.0.0.1:1/")
    assert "login_hint=kim%40example.com" in exchange.page("state", "kim@example.com")
    assert "login_hint" not in exchange.page("state", None)


def test_what_was_not_allowed_is_asked_for_with_its_own_option(google, folder):
    now = google.clock.now
    with pytest.raises(SignInAgain, match=r"see when you are busy; type: calsync auth google --busy\."):
        credentials(folder, frozenset({CALENDAR, BUSY}), now=now)
    with pytest.raises(SignInAgain, match=r"busy and to read .*; type: calsync auth google --busy --read\."):
        credentials(folder, frozenset({EVENTS, BUSY}), now=now)
    forget(folder)
    with pytest.raises(SignInAgain, match=r"not signed in to Google; type: calsync auth google --busy\."):
        signed_in(folder, frozenset({BUSY}), now=now)


def test_another_client_file_or_none_means_signing_in_again(google, folder):
    now = google.clock.now
    keep_client(folder, Client("another", "secret"))
    with pytest.raises(SignInAgain, match="client file was changed"):
        credentials(folder, now=now)
    (folder / "client.json").write_text("{}")
    with pytest.raises(BadSettings, match="calsync auth google --client-secret FILE"):
        credentials(folder, now=now)
    (folder / "client.json").unlink()
    with pytest.raises(SignInAgain, match="--client-secret FILE"):
        credentials(folder, now=now)
    with pytest.raises(Usage):
        kept_client(folder)


def test_signing_out_with_spoilt_files_deletes_all_the_same(folder):
    (folder / "client.json").unlink()
    assert sign_out(folder) == (True, "calsync does not know your client file yet")
    (folder / "token.json").write_text("{")
    assert sign_out(folder)[0]
    assert sign_out(folder) == (False, "")


def test_a_server_that_does_not_revoke_is_told_of(google, folder):
    google.consent.instead("/revoke", 500, b"{}", "application/json")
    assert sign_out(folder) == (True, "Google answered 500")


@pytest.mark.parametrize(
    ("token_uri", "revoke_uri"),
    [
        ("https://oauth2.googleapis.com/token", "https://oauth2.googleapis.com/revoke"),
        ("https://accounts.google.com/o/oauth2/token", "https://oauth2.googleapis.com/revoke"),
        ("http://127.0.0.1:8080/token", "http://127.0.0.1:8080/revoke"),
        ("https://login.example.com/deep/token?x=1", "https://login.example.com/revoke"),
    ],
)
def test_the_permission_is_given_back_where_it_came_from(token_uri, revoke_uri):
    assert Client("a", "b", token_uri=token_uri).revoke_uri == revoke_uri


def test_nothing_secret_shows_in_a_value_that_is_printed(folder):
    for value in (kept_client(folder), kept_token(folder)):
        assert "canary" not in repr(value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"fresh_until": datetime(2026, 7, 3)},  # noqa: DTZ001  # that is what is wrong with it
        {"refresh": ""}, {"scopes": frozenset()}, {"client_id": ""},
    ],
)  # fmt: skip
def test_a_sign_in_that_cannot_be_is_refused(wrong):
    now = datetime(2026, 7, 3, tzinfo=UTC)
    right = {
        "client_id": "a",
        "refresh": "r",
        "access": "",
        "fresh_until": now,
        "scopes": JUST_CALENDAR,
        "signed_in": now,
    }
    Token(**right)
    with pytest.raises(ValueError, match=r"zone|nothing"):
        Token(**right | wrong)


# --- scopes, by the description of the API that comes with the client ------------------------------


@pytest.fixture(scope="module")
def described():
    """Every method with the scopes that let it through."""
    import googleapiclient.discovery_cache as cache  # noqa: PLC0415  # heavy

    text = (Path(cache.__file__).parent / "documents" / "calendar.v3.json").read_text(encoding="utf-8")
    return {
        method["id"]: set(method.get("scopes", ()))
        for resource in json.loads(text)["resources"].values()
        for method in resource["methods"].values()
    }


def test_each_scope_serves_what_it_is_asked_for(described):
    assert all(
        CALENDAR in described[f"calendar.{method}"]
        for method in ("calendars.insert", "calendars.get", "calendars.patch", "events.list", "events.get",
                       "events.insert", "events.patch", "events.delete")
    )  # fmt: skip
    assert {method for method, scopes in described.items() if BUSY in scopes} == {"calendar.freebusy.query"}
    reading = {method for method, scopes in described.items() if EVENTS in scopes}
    assert reading - {"calendar.channels.stop", "calendar.colors.get"} == {
        f"calendar.events.{method}" for method in ("get", "instances", "list", "watch")
    }


def test_every_scope_has_words_and_every_extra_an_option():
    assert [scope for scope in SCOPES if not SCOPES[scope].says] == []
    assert [scope for scope in SCOPES if not SCOPES[scope].flag] == [CALENDAR]
    assert named({"z", CALENDAR, "a"}) == [SCOPES[CALENDAR].says, "a", "z"]
    assert flags(SCOPES) == " --busy --read"


# --- files ----------------------------------------------------------------------------------------

_WRITER = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from calsync.targets.google.tokens import Client, keep_client
from calsync.targets.google.tokens import Token, save

os.umask(0)
folder, now = Path(sys.argv[1]), datetime(2026, 7, 3, tzinfo=UTC)
print("begun", flush=True)
for number in range(10**9):
    keep_client(folder, Client("a", f"secret-{number}"))
    save(folder, Token("a", f"refresh-{number}", "x" * number, now, frozenset({"s"}), now))
"""


def test_a_place_that_takes_no_folder_or_no_file_is_said_with_its_name(tmp_path):
    place = tmp_path / "google"
    place.write_text("")
    with pytest.raises(CannotWrite, match="google: the folder cannot be made") as refused:
        keep_client(place, Client("a", "b"))
    assert refused.value.exit_code == 73
    (tmp_path / "other" / "token.json" / "inside").mkdir(parents=True)
    with pytest.raises(InputOutput, match=r"token\.json: it could not be written"):
        save(tmp_path / "other", Token("a", "r", "", NOW, JUST_CALENDAR, NOW))
    with pytest.raises(CannotWrite, match=r"token\.json: it cannot be removed"):
        forget(tmp_path / "other")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_a_folder_that_others_could_enter_is_shut_again(tmp_path):
    place = tmp_path / "google"
    place.mkdir(mode=0o755)
    keep_client(place, Client("a", "b"))
    assert stat.S_IMODE(place.stat().st_mode) == 0o700


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_killed_at_any_moment_the_files_are_whole_and_nobody_else_s(tmp_path):
    folder = tmp_path / "home" / "google"
    for _ in range(12):
        writer = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(folder)],
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        writer.stdout.readline()
        for _ in range(40):
            assert loose(folder) == []
        writer.kill()
        writer.communicate()
        assert loose(folder) == []
        assert kept_token(folder) is None or re.fullmatch(r"refresh-\d+", kept_token(folder).refresh)
        if (folder / "client.json").exists():
            assert re.fullmatch(r"secret-\d+", kept_client(folder).secret)


def loose(folder):
    """What others could read or enter."""
    found = []
    for each in [folder.parent, folder, *(folder.iterdir() if folder.exists() else ())]:
        try:
            mode = stat.S_IMODE(each.stat().st_mode)
        except FileNotFoundError:
            continue
        if mode & 0o077:
            found.append((each.name, oct(mode)))
    return found


@pytest.mark.parametrize("faults", [1, 2])
def test_a_fault_of_the_token_server_is_waited_out(google, folder, faults):
    google.clock.advance(HOUR)
    before, slept = kept_token(folder).access, []
    for _ in range(faults):
        google.consent.instead("/token", 503, b"<html>busy</html>")
    found = credentials(folder, now=google.clock.now, sleep=slept.append)
    assert found.token != before
    assert slept == [1.0, 3.0][:faults]


@pytest.mark.parametrize("name", ["access_token", "refresh_token", "client_id"])
def test_a_token_that_no_header_can_carry_is_damage_and_printed_nowhere(folder, name):
    file = folder / "token.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {name: "ya29.canary\n"}))
    with pytest.raises(SignInAgain, match="damaged") as told:
        kept_token(folder)
    assert "canary" not in str(told.value)

"""Signing in to Google through the real command, against a Google that runs here: what goes well, and what does not."""

import http.client
import json
import os
import re
import socket
import sys
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from tests.cli.running import ROOT
from tests.cli.signing_in import BUSY, CALENDAR, EVENTS, SignIn, visit
from tests.fakes.google import FakeGoogle

pytestmark = pytest.mark.usefixtures("measured")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
WITH_EXTRA = {"google": "0o700", "client.json": "0o600", "token.json": "0o600"}
ONLY_CLIENT = {"google": "0o700", "client.json": "0o600"}


@pytest.fixture
def google():
    with FakeGoogle() as running:
        yield running


@pytest.fixture
def kim(google, tmp_path):
    """Somebody who signs in; at the end, nothing secret stood in anything any command said."""
    somebody = SignIn(google, tmp_path)
    yield somebody
    assert somebody.heard
    for told in somebody.heard:
        for secret in somebody.secrets():
            assert secret not in told.out, secret
            assert secret not in told.messages, secret


def refused(told, code=77):
    """It ended with one sentence that has a remedy, and without a traceback."""
    assert told.code == code, told.messages
    last = told.messages.splitlines()[-1]
    assert re.fullmatch(r"calsync: .+; .+\. \(CS-[A-Z]+-\d{3}\)", last), told.messages
    assert "Traceback" not in told.messages
    return last


# --- what goes well --------------------------------------------------------------------------------


@POSIX
def test_signing_in_leaves_two_files_that_are_nobody_else_s(kim):
    told = kim.in_()
    assert told.code == 0, told.messages
    assert kim.files() == WITH_EXTRA
    assert kim.token["scopes"] == [CALENDAR]
    assert "Next: calsync sync google" in told.messages


def test_the_page_stands_alone_on_a_line_and_asks_for_as_little_as_possible(kim):
    kim.google.consent.next()
    with kim.begins() as login:
        asked = login.asked
        visit(login.page)
        told = kim.ends(login)
    assert told.out.splitlines() == [login.page]
    assert asked["scope"] == CALENDAR
    assert (asked["access_type"], asked["prompt"], asked["response_type"]) == ("offline", "consent", "code")
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 32
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", asked["redirect_uri"])


def test_state_and_challenge_are_new_each_time(kim):
    asked = []
    for _ in range(2):
        with kim.begins() as login:
            asked.append(login.asked)
    kim.in_()
    assert asked[0]["state"] != asked[1]["state"]
    assert asked[0]["code_challenge"] != asked[1]["code_challenge"]


def test_the_person_s_own_answer_on_the_page_counts(kim):
    with kim.begins() as login:
        status, page = visit(login.page)
        assert (status, "Allow" in page) == (200, True)
        fields = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page)
        form = [*fields, ("granted", CALENDAR), ("answer", "allow"), ("account", "jo@example.com")]
        action = login.page.partition("?")[0]
        assert "close this page" in visit(action, urlencode(form).encode())[1]
        assert kim.ends(login).code == 0


def test_later_sign_ins_need_no_client_file_and_keep_what_was_allowed(kim):
    assert kim.in_("--busy").code == 0
    assert set(kim.token["scopes"]) == {CALENDAR, BUSY}
    first = kim.token["refresh_token"]
    assert kim.in_("--read").code == 0
    assert set(kim.token["scopes"]) == {CALENDAR, BUSY, EVENTS}
    assert kim.token["refresh_token"] != first
    assert kim.in_().code == 0
    assert set(kim.token["scopes"]) == {CALENDAR, BUSY, EVENTS}
    assert kim.runs("auth", "logout").code == 0
    assert kim.in_().code == 0
    assert kim.token["scopes"] == [CALENDAR]


def test_what_was_allowed_before_may_be_unticked_later(kim):
    kim.in_("--busy")
    assert kim.in_(untick={BUSY}).code == 0
    assert kim.token["scopes"] == [CALENDAR]


def test_a_browser_that_is_there_is_opened(kim, tmp_path):
    script = tmp_path / "browser.py"
    script.write_text(
        "import sys, urllib.request as u\nu.urlopen(sys.argv[1], timeout=10).read()\n", encoding="utf-8"
    )
    browser = f"{sys.executable} {script} %s"
    kim.google.consent.next()
    told = kim.runs(
        "auth", "google", "--client-secret", kim.client_file, env={"BROWSER": browser, "DISPLAY": ":9"}
    )
    assert told.code == 0, told.messages


def test_a_browser_that_fails_is_no_error(kim):
    kim.google.consent.next()
    env = {"BROWSER": "/nowhere/at/all %s", "DISPLAY": ":9", "PATH": ""}
    told = kim.runs("auth", "google", "--client-secret", kim.client_file, "--timeout", "1", env=env)
    assert refused(told).startswith("calsync: nobody answered on Google's page in time")


def test_a_port_can_be_chosen_and_one_that_is_taken_is_said(kim):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = kim.runs("auth", "google", "--no-browser", "--client-secret", kim.client_file, "--port", port)
        assert f"port {port} is taken" in refused(told, 75)
    kim.google.consent.next()
    with kim.begins("--port", str(port)) as login:
        assert urlsplit(login.door).port == port
        visit(login.page)
        assert kim.ends(login).code == 0


# --- the wait -------------------------------------------------------------------------------------


def knock(door, method, path, body=b""):
    parts = urlsplit(door)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    try:
        connection.request(method, path, body)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_strays_are_answered_404_and_the_wait_goes_on(kim):
    kim.google.consent.next()
    with kim.begins() as login:
        door = login.door
        idle = socket.create_connection((urlsplit(door).hostname, urlsplit(door).port))
        garbage = socket.create_connection((urlsplit(door).hostname, urlsplit(door).port))
        garbage.sendall(b"\x16\x03\x01\x02\x00\r\n\r\n")
        strays = (
            "/favicon.ico",
            "/",
            "/?code=4/other",
            f"/x?state={login.asked['state']}&code=4/other",
            "/?state=",
        )
        found = [knock(door, "GET", path)[0] for path in strays]
        found += [
            knock(door, method, "/")[0] for method in ("POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH")
        ]
        found.append(knock(door, "POST", f"/?state={login.asked['state']}&code=4/other")[0])
        assert set(found) == {404}
        visit(login.page)
        told = kim.ends(login)
        idle.close()
        garbage.close()
    assert told.code == 0, told.messages


def test_an_answer_to_another_sign_in_is_refused_and_the_last_right_one_counts(kim):
    kim.google.consent.next()
    with kim.begins() as login:
        for state in ("other", "", "é"):
            status, page = visit(f"{login.door}?{urlencode({'state': state, 'code': '4/0Aother-code'})}")
            assert status in {400, 404}
            assert "Thank you" not in page
        assert visit(f"{login.door}?state=other&error=access_denied")[0] == 400
        assert login.process.poll() is None
        visit(login.page)
        told = kim.ends(login)
    assert told.code == 0, told.messages
    assert "another sign-in was refused; still waiting" in told.messages


def test_the_page_of_the_door_runs_nothing_and_says_nothing_on(kim):
    with kim.begins() as login:
        parts = urlsplit(login.door)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
        connection.request("GET", "/?state=%3Cscript%3E&code=1")
        answer = connection.getresponse()
        page = answer.read()
        connection.close()
    kim.in_()
    assert b"script" not in page
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert (answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == ("no-referrer", "no-store")


def test_nobody_answers(kim):
    words = ("auth", "google", "--no-browser", "--client-secret", kim.client_file, "--timeout", "1")
    told = kim.runs(*words, env={})
    assert "nobody answered" in refused(told)
    assert "token.json" not in kim.files()


@POSIX
def test_ctrl_c_ends_the_wait(kim):
    with kim.begins() as login:
        login.process.send_signal(2)
        told = kim.ends(login)
    assert told.code == 130
    assert "token.json" not in kim.files()


# --- what is answered with no ----------------------------------------------------------------------


def test_deny_is_deny(kim):
    told = kim.in_(deny=True)
    assert refused(told).startswith(
        "calsync: Google's page was answered with no; to try again, type: calsync auth google"
    )
    assert kim.files() == ONLY_CLIENT if os.name == "posix" else "token.json" not in kim.files()


@pytest.mark.parametrize(
    ("flags", "untick", "says"),
    [
        ((), {CALENDAR}, "you did not allow calsync to make a calendar of its own"),
        (
            ("--busy",),
            {BUSY},
            "you did not allow calsync to see when you are busy; type: calsync auth google --busy and",
        ),
        (
            ("--busy", "--read"),
            {EVENTS},
            "read the events of your calendars; type: calsync auth google --busy --read",
        ),
        (("--busy",), {CALENDAR, BUSY}, ""),
    ],
)
@pytest.mark.parametrize("answers", ["denied", "empty"])
def test_a_box_left_unticked_is_said_with_the_command_and_nothing_is_kept(kim, flags, untick, says, answers):
    kim.google.consent.nothing_ticked = answers
    told = kim.in_(*flags, untick=untick)
    last = refused(told)
    if {CALENDAR, *(BUSY for flag in flags)} - untick:
        assert says in last
    assert "token.json" not in kim.files()


def test_a_failed_sign_in_leaves_the_one_before_as_it_was(kim):
    kim.in_()
    before = kim.token_file.read_bytes()
    refused(kim.in_(deny=True))
    refused(kim.in_("--busy", untick={BUSY}))
    refused(kim.runs("auth", "google", "--no-browser", "--timeout", "1"))
    assert kim.token_file.read_bytes() == before


def test_a_client_that_google_does_not_know_with_this_secret(kim):
    kim.client_file.write_text(kim.client_file.read_text().replace("GOCSPX-canary", "GOCSPX-canary-other"))
    told = kim.in_()
    assert "calsync auth google --client-secret FILE" in refused(told)
    assert "token.json" not in kim.files()


@pytest.mark.parametrize(
    ("status", "body", "kind", "code"),
    [
        (200, b"<html>Welcome to our hotel</html>", "text/html", 69),
        (200, b"", "text/html", 69),
        (200, b"[]", "application/json", 69),
        (200, b'{"expires_in": 3599}', "application/json", 69),
        (502, b"<html>Bad Gateway</html>", "text/html", 69),
        (400, b'{"error": "invalid_grant", "error_description": "Bad Request"}', "application/json", 77),
        (400, b'{"error": "org_internal"}', "application/json", 77),
        (200, b'{"access_token": "ya29.canary-x", "expires_in": 3599, "token_type": "Bearer"}', "application/json", 77),
    ],
)  # fmt: skip
def test_an_exchange_that_fails_is_one_sentence_and_keeps_nothing(kim, status, body, kind, code):
    kim.google.consent.instead("/token", status, body, kind)
    refused(kim.in_(), code)
    assert "token.json" not in kim.files()


def test_no_server_at_the_token_address_is_the_network_s_fault(kim):
    document = json.loads(kim.client_file.read_text())
    with socket.create_server(("127.0.0.1", 0)) as gone:
        document["installed"]["token_uri"] = f"http://127.0.0.1:{gone.getsockname()[1]}/token"
    kim.client_file.write_text(json.dumps(document))
    assert "cannot be reached (connection refused)" in refused(kim.in_(), 69)


# --- the client file --------------------------------------------------------------------------------

KINDS = [
    ({"web": {"client_id": "a", "client_secret": "canary"}}, "for a website"),
    ({"type": "service_account", "private_key": "canary"}, "service account"),
    ({"type": "authorized_user", "refresh_token": "canary"}, "gave to another program"),
    ([], "not the client file"),
    ({"installed": {"client_id": "a"}}, "client_secret is missing"),
    ({"installed": {"client_id": "a\n", "client_secret": "canary"}}, "client_id is missing"),
    (
        {"installed": {"client_id": "a", "client_secret": "canary", "token_uri": "http://example.com/"}},
        "token_uri",
    ),
    ({"installed": {"client_id": "a", "client_secret": "canary", "auth_uri": "javascript:1"}}, "auth_uri"),
    (
        {"installed": {"client_id": "a", "client_secret": "canary", "token_uri": "https://u:p@example.com/"}},
        "token_uri",
    ),
]


@pytest.mark.parametrize(("document", "says"), KINDS)
def test_a_file_of_another_kind_is_refused_with_what_to_do(kim, document, says):
    kim.client_file.write_text(json.dumps(document))
    told = kim.runs("auth", "google", "--no-browser", "--client-secret", kim.client_file)
    assert says in refused(told, 65)
    assert kim.files() == {}


@pytest.mark.parametrize("octets", [b"", b"\xff\xfe", b"{", b"[" * 60_000, b" " * 100_000])
def test_a_file_that_is_no_json_is_refused(kim, octets):
    kim.client_file.write_bytes(octets)
    told = kim.runs("auth", "google", "--no-browser", "--client-secret", kim.client_file)
    assert "not a client file of Google's" in refused(told, 65)


def test_a_client_file_that_is_missing_is_said(kim):
    assert "No such file" in refused(kim.runs("auth", "google", "--client-secret", "nowhere.json"), 66)
    assert "--client-secret FILE" in refused(kim.runs("auth", "google"), 2)


def test_a_kept_client_file_that_was_spoilt_is_asked_for_again(kim):
    kim.in_()
    (kim.home / "google" / "client.json").write_text("{")
    assert "calsync auth google --client-secret FILE" in refused(
        kim.runs("auth", "google", "--no-browser"), 78
    )
    assert kim.in_("--client-secret", kim.client_file).code == 0
    assert kim.in_().code == 0


def test_another_client_file_takes_the_place_of_the_first_only_when_it_worked(kim):
    kim.in_()
    kept = kim.home / "google" / "client.json"
    before = kept.read_bytes()
    kim.google.consent.clients["another"] = "GOCSPX-canary-another"
    document = json.loads(kim.client_file.read_text())
    document["installed"] |= {"client_id": "another", "client_secret": "GOCSPX-canary-another"}
    kim.client_file.write_text(json.dumps(document))
    told = kim.in_("--busy", "--client-secret", kim.client_file, untick={BUSY})
    assert "type: calsync auth google --busy --client-secret FILE and leave" in refused(told)
    assert kept.read_bytes() == before
    assert kim.runs("auth", "status").code == 0
    assert kim.in_("--client-secret", kim.client_file).code == 0
    assert json.loads(kept.read_text())["installed"]["client_id"] == kim.token["client_id"] == "another"


# --- afterwards ------------------------------------------------------------------------------------


def test_status_tells_the_account_the_age_and_what_was_allowed(kim):
    assert "you are not signed in" in refused(kim.runs("auth", "status"))
    kim.in_("--busy")
    kim.google.clock.advance(timedelta(days=3, hours=1))
    told = kim.runs("auth", "status")
    assert told.out.splitlines() == [
        "Signed in to Google since Fri 3 Jul 2026 (3 days ago).",
        "calsync may make a calendar of its own, and write the follow-ups into it, and see when you are busy.",
        "Which account it is will be known after the first sync.",
    ]


def test_status_counts_the_days_of_a_consent_screen_in_testing(kim):
    kim.google.consent.testing = True
    kim.in_()
    kim.google.clock.advance(timedelta(days=4))
    assert "Google ends this sign-in in 2 days" in kim.runs("auth", "status").out
    said = kim.runs("auth", "status", "--json").json
    assert (said["signed_in"], said["days"], said["days_left"], said["account"]) == (True, 4, 2, None)
    kim.google.clock.advance(timedelta(days=3))
    told = kim.runs("auth", "status", "--json")
    assert told.json == {"schema": 1, "signed_in": False}
    assert "calsync auth google" in refused(told)
    assert kim.token_file.exists()


def test_logout_gives_the_permission_back_and_deletes_it(kim):
    kim.in_()
    access = kim.token["access_token"]
    assert kim.google.consent.scopes_of(access)
    (kim.home / "google" / "token.json.new-1").write_text("left by a killed process")
    told = kim.runs("auth", "logout")
    assert (told.code, "given back to Google" in told.messages) == (0, True)
    assert kim.google.consent.scopes_of(access) is None
    assert set(kim.files()) == {"google", "client.json"}
    assert "Nobody was signed in" in kim.runs("auth", "logout").messages


def test_logout_deletes_even_when_google_cannot_be_told(kim):
    kim.in_()
    kim.google.close()
    told = kim.runs("auth", "logout")
    assert told.code == 0
    assert "Google could not be told: Google's sign-in cannot be reached" in told.messages
    assert "myaccount.google.com/permissions" in told.messages
    assert not kim.token_file.exists()


def test_logout_of_what_was_taken_back_already_is_well(kim):
    kim.in_()
    kim.google.consent.revoke_all()
    assert "given back to Google" in kim.runs("auth", "logout").messages


@pytest.mark.parametrize("spoilt", ["", "{}", "[1]", '{"schema": 2}', "\x00"])
def test_a_spoilt_token_file_is_said_and_signing_in_again_mends_it(kim, spoilt):
    kim.in_()
    kim.token_file.write_text(spoilt)
    assert "sign in again: calsync auth google" in refused(kim.runs("auth", "status"))
    assert kim.in_().code == 0
    assert kim.runs("auth", "status").code == 0


def test_without_the_extra_one_sentence_says_how_to_get_it(kim, tmp_path):
    blocker = tmp_path / "blocker"
    blocker.mkdir()
    (blocker / "sitecustomize.py").write_text(
        "import sys\n"
        "class Gone:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.startswith('google_auth_oauthlib'):\n"
        "            raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, Gone())\n"
    )
    env = {"PYTHONPATH": os.pathsep.join((str(blocker), str(ROOT)))}
    told = kim.runs("auth", "google", "--client-secret", kim.client_file, env=env)
    assert 'pip install "calsync[google]"' in refused(told, 69)
    assert kim.files() == {}


@POSIX
def test_an_address_or_a_code_can_be_pasted(kim):
    pexpect = pytest.importorskip("pexpect")
    for paste in ("address", "code"):
        kim.google.consent.next()
        arguments = [
            *map(str, kim._common()),
            "auth",
            "google",
            "--no-browser",
            "--client-secret",
            str(kim.client_file),
        ]
        child = pexpect.spawn(
            sys.executable, ["-m", "calsync", *arguments], encoding="utf-8", timeout=30, dimensions=(50, 2000)
        )
        child.setecho(state=False)
        child.expect(r"(http://127\.0\.0\.1\S+)")
        page = child.match[1]
        child.expect("Waiting")
        end = where_it_ends(page)
        child.sendline("hello there")
        child.expect("that is not the address")
        child.sendline("http://127.0.0.1:1/?state=other&code=4/0Asomething")
        child.expect("still waiting")
        child.sendline("4/0Awrong-code-of-nothing")
        child.expect("Google did not take the code; still waiting")
        child.sendline(end if paste == "address" else dict(parse_qsl(urlsplit(end).query))["code"])
        child.expect("Next: calsync sync google")
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 0
        assert kim.token["scopes"] == [CALENDAR]
    kim.runs("auth", "status")


def where_it_ends(page):
    """The address that the browser would go to next, were the door within its reach."""
    parts = urlsplit(page)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    connection.request("GET", f"{parts.path}?{parts.query}")
    place = connection.getresponse().headers["Location"]
    connection.close()
    return place

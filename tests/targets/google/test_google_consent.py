"""The sign-in side of the fake is as strict as Google's: what it lets through, calsync may rely on."""

import json
from base64 import b64encode
from datetime import timedelta
from time import sleep
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.fakes.google.clock import Clock
from tests.fakes.google.consent import AUTH, CLIENT_ID, CLIENT_SECRET, REVOKE, TOKEN, Consent

# RFC 7636, appendix B.
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
HERE = "http://127.0.0.1:8085/"
ASKED = {
    "client_id": CLIENT_ID, "redirect_uri": HERE, "response_type": "code", "scope": "one two", "state": "s",
    "code_challenge": CHALLENGE, "code_challenge_method": "S256", "access_type": "offline", "prompt": "consent",
}  # fmt: skip
WEEK = timedelta(days=7)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def consent(clock):
    made = Consent(clock)
    made.always()
    return made


def lists(fields):
    return {name: [value] for name, value in fields.items()}


def page(consent, **changed):
    """The answer to a request for the page: status, and where the browser goes with which fields."""
    status, headers, _ = consent.answer("GET", AUTH, lists(ASKED | changed), {})
    return status, dict(parse_qsl(urlsplit(headers.get("Location", "")).query))


def token(consent, headers=None, **fields):
    status, _, body = consent.answer("POST", TOKEN, {}, lists(fields), headers)
    return status, json.loads(body)


def exchanged(consent, **changed):
    back = changed if "code" in changed else page(consent)[1]
    fields = {
        "grant_type": "authorization_code", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET,
        "code": back["code"], "redirect_uri": HERE, "code_verifier": VERIFIER,
    }  # fmt: skip
    return token(consent, **{name: value for name, value in (fields | changed).items() if value})


def refreshed(consent, refresh, **changed):
    fields = {"grant_type": "refresh_token", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    return token(consent, **(fields | {"refresh_token": refresh} | changed))


def test_a_code_is_exchanged_for_an_hour_and_a_lasting_permission(consent, clock):
    status, said = exchanged(consent)
    assert (status, said["expires_in"], said["scope"], said["token_type"]) == (200, 3599, "one two", "Bearer")
    assert consent.scopes_of(said["access_token"]) == {"one", "two"}
    clock.advance(timedelta(seconds=3599))
    assert consent.scopes_of(said["access_token"]) is None
    assert refreshed(consent, said["refresh_token"])[0] == 200


@pytest.mark.parametrize(
    ("changed", "status", "error"),
    [
        ({"code_verifier": "x" * 43}, 400, "invalid_grant"),
        ({"code_verifier": ""}, 400, "invalid_grant"),
        ({"redirect_uri": "http://127.0.0.1:8086/"}, 400, "redirect_uri_mismatch"),
        ({"client_secret": "other"}, 401, "invalid_client"),
        ({"client_id": "other"}, 401, "invalid_client"),
        ({"code": "other"}, 400, "invalid_grant"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ],
)
def test_an_exchange_that_does_not_fit_is_refused(consent, changed, status, error):
    answered, said = exchanged(consent, **changed)
    assert (answered, said["error"]) == (status, error)


def test_a_code_works_once_and_for_minutes(consent, clock):
    _, back = page(consent)
    assert exchanged(consent, code=back["code"])[0] == 200
    assert exchanged(consent, code=back["code"])[1]["error"] == "invalid_grant"
    _, late = page(consent)
    clock.advance(timedelta(minutes=10))
    assert exchanged(consent, code=late["code"])[1]["error"] == "invalid_grant"


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "other"}, {"redirect_uri": "https://example.com/"}, {"redirect_uri": ""},
        {"response_type": "token"}, {"scope": ""}, {"code_challenge_method": "plain"},
    ],
)  # fmt: skip
def test_a_request_that_cannot_be_is_never_sent_back_to_whoever_asked(consent, changed):
    status, back = page(consent, **changed)
    assert status in {400, 401}
    assert back == {}


def test_what_is_unticked_is_not_granted_and_deny_is_deny(consent):
    consent.next(untick={"two"})
    consent.next(deny=True)
    consent.next(untick={"one", "two"})
    assert page(consent)[1]["scope"] == "one"
    assert page(consent)[1] == {"error": "access_denied", "state": "s"}
    assert page(consent)[1]["error"] == "access_denied"


def test_only_the_first_time_or_with_consent_comes_a_lasting_permission(consent):
    def lasting(**changed):
        _, back = page(consent, **changed)
        return "refresh_token" in exchanged(consent, code=back["code"])[1]

    assert lasting(prompt="")
    assert not lasting(prompt="")
    assert lasting()
    assert not lasting(access_type="online")


def test_in_testing_the_permission_ends_after_a_week_and_says_so(clock):
    consent = Consent(clock, testing=True)
    consent.always()
    _, said = exchanged(consent)
    assert said["refresh_token_expires_in"] == 604_799
    clock.advance(WEEK - timedelta(minutes=1))
    assert refreshed(consent, said["refresh_token"])[1]["refresh_token_expires_in"] == 59
    clock.advance(timedelta(minutes=1))
    assert refreshed(consent, said["refresh_token"]) == (
        400, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."},
    )  # fmt: skip


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
def test_revoking_either_token_ends_both_and_the_second_time_is_an_error(consent, which):
    _, said = exchanged(consent)
    revoke = lists({"token": said[which]})
    assert consent.answer("POST", REVOKE, {}, revoke)[0] == 200
    assert consent.scopes_of(said["access_token"]) is None
    assert refreshed(consent, said["refresh_token"])[1]["error"] == "invalid_grant"
    status, _, body = consent.answer("POST", REVOKE, {}, revoke)
    assert (status, json.loads(body)["error"]) == (400, "invalid_token")


def test_the_person_takes_everything_back(consent):
    _, said = exchanged(consent)
    consent.revoke_all()
    assert consent.scopes_of(said["access_token"]) is None
    assert refreshed(consent, said["refresh_token"])[0] == 400


def test_a_refresh_may_ask_for_less_and_not_for_more(consent):
    refresh = exchanged(consent)[1]["refresh_token"]
    assert refreshed(consent, refresh, scope="one")[1]["scope"] == "one"
    assert refreshed(consent, refresh, scope="one three")[1]["error"] == "invalid_scope"


def test_what_was_granted_before_is_included_only_where_google_combines(clock):
    for combines, scope in ((True, "one two"), (False, "one")):
        consent = Consent(clock, combines=combines)
        consent.always()
        page(consent)
        assert page(consent, scope="one", include_granted_scopes="true")[1]["scope"] == scope


def test_the_client_may_name_itself_by_basic(consent):
    _, back = page(consent)
    basic = "Basic " + b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
    fields = {"code": back["code"], "redirect_uri": HERE, "code_verifier": VERIFIER}
    assert token(consent, {"authorization": basic}, grant_type="authorization_code", **fields)[0] == 200


def test_people_see_a_page_with_a_box_for_each_scope_and_their_answer_counts(clock):
    consent = Consent(clock)
    status, _, body = consent.answer("GET", AUTH, lists(ASKED | {"state": '"><script>'}), {})
    assert status == 200
    assert body.count(b'type="checkbox"') == 2
    assert b"<script>" not in body
    form = lists(ASKED | {"answer": "allow", "account": "jo@example.com"}) | {"granted": ["two"]}
    _, headers, _ = consent.answer("POST", AUTH, {}, form)
    back = dict(parse_qsl(urlsplit(headers["Location"]).query))
    assert back["scope"] == "two"
    assert consent.account_of(exchanged(consent, code=back["code"])[1]["access_token"]) == "jo@example.com"


def test_what_is_not_of_the_sign_in_is_somebody_else_s(consent):
    assert consent.answer("GET", "/calendar/v3/calendars", {}, {}) is None
    assert consent.answer("PUT", TOKEN, {}, {})[0] == 405


def test_a_token_that_was_issued_lives_as_long_as_was_said(consent, clock):
    an_hour, for_ever = consent.issue({"one"}), consent.issue({"one"}, token="T", expires=False)  # noqa: S106  # the fake's own
    clock.advance(timedelta(days=400))
    assert (consent.scopes_of(an_hour), consent.scopes_of(for_ever)) == (None, {"one"})


def test_a_clock_runs_along_only_when_it_is_asked_to():
    still, running = Clock(), Clock(running=True)
    assert still.now == still.now
    before = running.now
    sleep(0.02)
    assert running.now > before
    with pytest.raises(ValueError, match="aware"):
        Clock(still.now.replace(tzinfo=None))

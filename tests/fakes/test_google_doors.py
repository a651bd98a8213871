"""The doors every request passes: who are you, what is this, may you, does it fit."""

from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from googleapiclient.errors import HttpError

from tests.fakes.google import APP_CREATED, Clock, FakeGoogle, Offence
from tests.fakes.google.consent import CLIENT_ID, CLIENT_SECRET
from tests.fakes.google.document import document
from tests.fakes.google_client import Client, event, place, raw, refusal

ONE, TWO, WRONG = "one", "two", "wrong"
SCOPE = "https://www.googleapis.com/auth/"


def refused(call, **query):
    with pytest.raises(HttpError) as caught:
        call(**query)
    return refusal(caught.value)


# Who are you?


def test_without_a_token_the_answer_is_401_and_says_what_is_missing(google):
    answer = raw(google, "GET", "calendars/primary", token=None)
    assert answer.status == 401
    assert answer.reason == "required"
    assert answer.json["error"]["status"] == "UNAUTHENTICATED"
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="https://accounts.google.com/"'


def test_a_wrong_token_is_401_in_googles_words(google):
    answer = raw(google, "GET", "calendars/primary", token=WRONG)
    error = answer.json["error"]
    assert (answer.status, error["code"], error["status"]) == (401, 401, "UNAUTHENTICATED")
    assert error["errors"] == [
        {
            "message": "Invalid Credentials",
            "domain": "global",
            "reason": "authError",
            "locationType": "header",
            "location": "Authorization",
        }
    ]
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_an_expired_token_is_401(google):
    token = google.token()
    assert raw(google, "GET", "calendars/nowhere", token=token).status == 404
    google.clock.advance(timedelta(hours=1))
    assert raw(google, "GET", "calendars/nowhere", token=token).status == 401


def test_a_revoked_token_is_401(google):
    google.consent.revoke_all()
    assert raw(google, "GET", "calendars/nowhere").status == 401


def test_the_token_of_the_start_does_not_expire(google):
    google.clock.advance(timedelta(days=400))
    assert raw(google, "GET", "calendars/nowhere").status == 404


def test_basic_authentication_is_no_token(google):
    assert raw(google, "GET", "calendars/primary", token=None, Authorization="Basic c2VjcmV0").status == 401


def test_a_token_may_come_as_a_parameter(google):
    assert raw(google, "GET", "calendars/nowhere?oauth_token=secret", token=None).status == 404


def test_people_do_not_see_each_others_calendars(google, client):
    other = google.consent.issue([APP_CREATED], account="sam@example.com")
    assert raw(google, "GET", place(client.calendar), token=other).status == 404
    assert raw(google, "DELETE", f"calendars/{quote(client.calendar)}", token=other).status == 404


# May you?


@pytest.mark.parametrize(
    ("method", "path", "body", "named"),
    [
        ("GET", "users/me/calendarList", None, "calendar.v3.CalendarList.List"),
        ("POST", "freeBusy", {}, "calendar.v3.Freebusy.Query"),
        ("GET", "users/me/settings", None, "calendar.v3.Settings.List"),
        ("GET", "calendars/primary/acl", None, "calendar.v3.Acl.List"),
        ("POST", "calendars/primary/clear", None, "calendar.v3.Calendars.Clear"),
        ("POST", "calendars/primary/events/abcde/move?destination=x", None, "calendar.v3.Events.Move"),
    ],
)
def test_a_token_without_the_scope_is_403_and_told_which_method(google, method, path, body, named):
    answer = raw(google, method, path, body)
    error = answer.json["error"]
    assert (answer.status, answer.reason, error["status"]) == (
        403,
        "insufficientPermissions",
        "PERMISSION_DENIED",
    )
    assert error["message"] == "Request had insufficient authentication scopes."
    assert error["details"] == [
        {
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
            "domain": "googleapis.com",
            "metadata": {"service": "calendar-json.googleapis.com", "method": named},
        }
    ]


@pytest.mark.parametrize("method", document().methods, ids=lambda method: method.id)
def test_every_method_of_the_document_is_closed_to_a_token_without_its_scopes(google, method):
    path = method.path.pattern.replace("\\", "").replace("([^/]+)", "primary")
    query = {
        name: "true"
        for name, each in method.parameters.items()
        if each.get("required") and each["location"] == "query"
    }
    token = google.token([f"{SCOPE}calendar.settings.readonly"])
    status = raw(google, method.http, f"{path}?{urlencode(query)}", token=token).status
    opened = f"{SCOPE}calendar.settings.readonly" in method.scopes
    assert (status != 403) is opened


@pytest.mark.parametrize("method", document().methods, ids=lambda method: method.id)
def test_every_method_of_the_document_is_modelled_or_501(google, method):
    path = method.path.pattern.replace("\\", "").replace("([^/]+)", "zzzzz")
    query = {
        name: "true"
        for name, each in method.parameters.items()
        if each.get("required") and each["location"] == "query"
    }
    token = google.token([f"{SCOPE}calendar"])
    status = raw(google, method.http, f"{path}?{urlencode(query)}", token=token).status
    assert status in {200, 400, 404, 501}


@pytest.mark.parametrize("where", ["primary", "kim@example.com"])
def test_a_program_does_not_see_the_calendars_it_did_not_make(client, where):
    assert refused(client.events.list(calendarId=where).execute) == (404, "notFound")
    assert refused(client.events.insert(calendarId=where, body=event()).execute) == (404, "notFound")
    assert refused(client.service.calendars().get(calendarId=where).execute) == (404, "notFound")
    assert refused(client.service.calendars().delete(calendarId=where).execute) == (404, "notFound")


def test_for_the_other_google_they_are_forbidden(strict_client):
    assert refused(strict_client.events.list(calendarId="primary").execute) == (403, "forbidden")


def test_a_calendar_that_is_not_there_is_not_found_for_either(client, strict_client):
    assert refused(client.events.list(calendarId="nowhere").execute) == (404, "notFound")
    assert refused(strict_client.events.list(calendarId="nowhere").execute) == (404, "notFound")


def test_a_secondary_calendar_of_the_user_is_not_the_programs(client, google):
    mine = google.user.add_calendar("Choir")
    assert refused(client.events.list(calendarId=mine).execute) == (404, "notFound")


def test_reading_is_opened_by_a_reading_scope_and_writing_is_not(reader):
    assert reader.events.list(calendarId="primary").execute()["items"] == []
    assert refused(reader.events.insert(calendarId="primary", body=event()).execute) == (404, "notFound")


def test_a_calendar_shared_for_reading_cannot_be_written(google, owner):
    shared = google.user.add_calendar("Holidays", access="reader")
    assert owner.events.list(calendarId=shared).execute()["accessRole"] == "reader"
    assert refused(owner.events.insert(calendarId=shared, body=event()).execute) == (
        403,
        "requiredAccessLevel",
    )


# What is this?


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "nothing/like/it"),
        ("GET", "calendars"),
        ("PUT", "calendars"),
        ("POST", "calendars/primary"),
        ("DELETE", "calendars/primary/events"),
        ("POST", "calendars/primary/events/abcde"),
        ("GET", "freeBusy"),
        ("BREW", "calendars/primary"),
        ("GET", "/calendar/v2/calendars/primary"),
        ("GET", "/batch/calendar/v3"),
        ("POST", "/batch/calendar/v2"),
    ],
)
def test_a_path_or_verb_that_the_document_does_not_know_is_404(google, method, path):
    assert raw(google, method, path).status == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "calendars/primary/events/import"),
        ("GET", "calendars/primary/events/abcde/instances"),
        ("POST", "calendars/primary/events/watch"),
        ("POST", "calendars/primary/events/quickAdd?text=lunch"),
        ("GET", "colors"),
    ],
)
def test_what_is_not_modelled_is_501_with_a_sentence(google, method, path):
    answer = raw(google, method, path)
    assert (answer.status, answer.reason) == (501, "notImplemented")
    assert "does not model" in answer.json["error"]["message"]


def test_a_verb_can_come_in_a_header(client, google):
    client.insert()
    path = place(client.calendar, "abcde")
    assert (
        raw(google, "POST", path, {"summary": "New"}, X_HTTP_Method_Override="PATCH").json["summary"] == "New"
    )


def test_a_question_too_long_for_an_address_comes_as_a_post(client):
    long = ["k" * 40 + "=" + "v" * 1000 for _ in range(3)]
    assert client.page(privateExtendedProperty=long)["items"] == []
    assert client.fake.requests[-1].method == "POST"
    assert client.fake.requests[-1].headers["x-http-method-override"] == "GET"


# Does it fit?


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("maxResults=0", "invalidParameter"),
        ("maxResults=-5", "invalidParameter"),
        ("maxResults=many", "invalidParameter"),
        ("maxResults=1.5", "invalidParameter"),
        ("maxResults=99999999999", "invalidParameter"),
        ("showDeleted=yes", "invalidParameter"),
        ("orderBy=colour", "invalidParameter"),
        ("alt=xml", "invalidParameter"),
        ("eventTypes=party", "invalidParameter"),
        ("fields=items(", "invalidParameter"),
        ("fields=", "invalidParameter"),
    ],
)
def test_a_parameter_that_cannot_be_is_refused_and_named(client, google, query, reason):
    answer = raw(google, "GET", place(client.calendar) + f"?{query}")
    assert (answer.status, answer.reason) == (400, reason)
    assert answer.json["error"]["errors"][0]["location"] == query.partition("=")[0]


@pytest.mark.parametrize(
    "query", ["alt=json", "key=abc", "quotaUser=kim", "prettyPrint=false", "userIp=127.0.0.1"]
)
def test_what_every_method_takes_is_taken(client, google, query):
    assert raw(google, "GET", place(client.calendar) + f"?{query}").status == 200
    assert google.offences == []


def test_a_missing_parameter_is_named(owner):
    answer = raw(
        owner.fake, "POST", "calendars/primary/events/abcde/move", token=owner.http.credentials.token
    )
    assert (answer.status, answer.reason) == (400, "required")
    assert answer.json["error"]["errors"][0]["location"] == "destination"


def test_an_unknown_parameter_is_refused_and_written_down(client, google):
    answer = raw(google, "GET", place(client.calendar) + "?colour=red")
    assert answer.status == 400
    assert 'Unknown name "colour"' in answer.json["error"]["message"]
    assert google.offences == [Offence("events.list", "unknown parameter", "colour")]


def test_a_parameter_given_twice_is_written_down_unless_it_may_be(client, google):
    path = place(client.calendar)
    assert raw(google, "GET", f"{path}?eventTypes=default&eventTypes=birthday").status == 200
    assert google.offences == []
    assert raw(google, "GET", f"{path}?maxResults=1&maxResults=2").status == 200
    assert google.offences == [Offence("events.list", "parameter more than once", "maxResults")]


def test_an_unknown_property_is_refused_and_written_down(client, google):
    assert refused(client.insert, colour="red")[0] == 400
    assert google.offences == [Offence("events.insert", "unknown property", "colour")]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"reminders": {"useDefault": False, "sound": "loud"}}, "reminders.sound"),
        (
            {
                "reminders": {
                    "useDefault": False,
                    "overrides": [{"method": "popup", "minutes": 5, "tune": "x"}],
                }
            },
            "reminders.overrides[0].tune",
        ),
        ({"start": {"dateTime": "2026-07-06T08:00:00Z", "zone": "UTC"}}, "start.zone"),
        ({"extendedProperties": {"public": {"a": "b"}}}, "extendedProperties.public"),
    ],
)
def test_unknown_properties_are_found_inside_too(client, google, fields, name):
    assert refused(client.insert, **fields)[0] == 400
    assert [each.name for each in google.offences] == [name]


def test_the_other_google_ignores_what_it_does_not_know_but_it_is_written_down(strict_client, strict):
    made = strict_client.insert(colour="red")
    assert "colour" not in made
    assert strict.offences == [Offence("events.insert", "unknown property", "colour")]


@pytest.mark.parametrize("name", ["created", "updated", "htmlLink", "etag", "kind", "hangoutLink", "locked"])
def test_a_read_only_property_is_ignored_and_written_down(client, google, name):
    value = True if name == "locked" else "2020-01-01T00:00:00.000Z"
    made = client.insert(**{name: value})
    assert made.get(name) != value
    assert google.offences == [Offence("events.insert", "read-only property", name)]


def test_creator_and_organizer_cannot_be_chosen(client, google):
    made = client.insert(creator={"email": "sam@example.com"}, organizer={"email": "sam@example.com"})
    assert made["creator"]["email"] == "kim@example.com"
    assert {each.name for each in google.offences} == {"creator", "organizer"}


def test_an_ordinary_event_is_no_offence(client, google):
    client.insert(
        description="d",
        location="l",
        transparency="transparent",
        visibility="private",
        colorId="3",
        sequence=0,
        status="confirmed",
        source={"url": "https://example.com", "title": "t"},
        reminders={"useDefault": False, "overrides": [{"method": "popup", "minutes": 5}]},
        extendedProperties={"private": {"calsync": "1"}},
    )
    client.patch(summary="New")
    client.page(showDeleted=True, maxResults=2500)
    assert google.offences == []


@pytest.mark.parametrize("body", [b"{", b"[]", b'"text"', b"\xff\xfe", b"{" * 5000, b"nothing"])
def test_a_body_that_is_no_json_object_is_a_parse_error(client, google, body):
    answer = raw(google, "POST", place(client.calendar), body)
    assert (answer.status, answer.reason) == (400, "parseError")


def test_a_body_of_another_kind_is_refused(client, google):
    answer = raw(google, "POST", place(client.calendar), b"summary=x", Content_Type="text/plain")
    assert (answer.status, answer.reason) == (400, "badContent")


def test_an_empty_body_is_an_empty_event(client, google):
    assert raw(google, "POST", place(client.calendar), b"").reason == "required"


def test_a_body_beyond_all_measure_is_413(google):
    assert raw(google, "POST", "calendars", Content_Length=str(10**9)).status == 413


# How it is answered.


def test_an_error_has_googles_form(client, google):
    answer = raw(google, "GET", place(client.calendar, "zzzzz"))
    assert answer.json == {
        "error": {
            "code": 404,
            "message": "Not Found",
            "errors": [{"message": "Not Found", "domain": "global", "reason": "notFound"}],
        }
    }
    assert answer.headers["Content-Type"] == "application/json; charset=UTF-8"


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ("id", {"id": "abcde"}),
        ("id,summary", {"id": "abcde", "summary": "Call"}),
        ("start/timeZone", {"start": {"timeZone": "Europe/Berlin"}}),
        ("start(timeZone),id", {"start": {"timeZone": "Europe/Berlin"}, "id": "abcde"}),
        ("nothing", {}),
    ],
)
def test_fields_shows_a_part(client, fields, shown):
    client.insert()
    assert client.get(fields=fields) == shown


def test_fields_goes_into_lists(client):
    client.insert("abcde")
    client.insert("bcdef")
    assert client.page(fields="items(id),kind") == {
        "kind": "calendar#events",
        "items": [{"id": "abcde"}, {"id": "bcdef"}],
    }
    assert client.page(fields="items/*")["items"] == client.page()["items"]


def test_an_answer_is_pretty_unless_it_shall_not(client, google):
    assert b"\n" in raw(google, "GET", place(client.calendar)).body
    assert b"\n" not in raw(google, "GET", place(client.calendar) + "?prettyPrint=false").body


def test_a_long_answer_is_packed_if_the_client_can_unpack(client, google):
    packed = raw(google, "GET", place(client.calendar), Accept_Encoding="gzip")
    client.insert(description="d" * 3000)
    longer = raw(google, "GET", place(client.calendar), Accept_Encoding="gzip")
    plain = raw(google, "GET", place(client.calendar))
    assert longer.headers["Content-Encoding"] == "gzip"
    assert longer.body[:2] == b"\x1f\x8b"
    assert len(longer.body) < len(plain.body) / 2
    assert plain.headers["Content-Encoding"] is None
    assert packed.status == 200


def test_letters_beyond_ascii_come_back(client):
    assert client.insert(summary="Rückruf – 電話 ☎️")["summary"] == "Rückruf – 電話 ☎️"
    assert client.page(q="rückruf")["items"][0]["id"] == "abcde"


def test_every_request_is_written_down(client, google):
    client.insert()
    last = google.requests[-1]
    assert (last.method, last.path, last.status) == ("POST", f"/calendar/v3/{place(client.calendar)}", 200)
    assert last.body["summary"] == "Call"
    assert last.query == {"alt": ["json"]}
    assert last.headers["authorization"] == "Bearer secret"


def test_the_clock_is_the_tests(google):
    client = Client(google)
    google.clock.advance(timedelta(days=1, seconds=1, milliseconds=250))
    made = client.insert()
    assert made["created"] == "2026-07-04T09:00:01.000Z"
    assert made["updated"] == "2026-07-04T09:00:01.250Z"
    client.close()


def test_two_fakes_do_not_know_each_other():
    clock = Clock()
    with FakeGoogle(token=ONE, clock=clock) as one, FakeGoogle(token=TWO, clock=clock) as two:
        assert one.root != two.root
        assert raw(two, "GET", "calendars/nowhere", token=ONE).status == 401
        assert raw(two, "GET", "calendars/nowhere", token=TWO).status == 404


# Signing in, as a person does it in a browser.


def test_a_person_signs_in_and_the_token_opens_the_calendar(google):
    verifier = "v" * 50
    challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
    asked = {
        "client_id": CLIENT_ID,
        "redirect_uri": "http://127.0.0.1:1/",
        "response_type": "code",
        "scope": APP_CREATED,
        "state": "s",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "access_type": "offline",
    }
    page = raw(google, "GET", f"/o/oauth2/v2/auth?{urlencode(asked)}", token=None)
    assert page.headers["Content-Type"].startswith("text/html")
    assert b"Allow" in page.body
    assert b"Deny" in page.body
    back = form(google, "/o/oauth2/v2/auth", asked | {"granted": APP_CREATED, "answer": "allow"})
    assert back.status == 302
    code = parse_qs(urlsplit(back.headers["Location"]).query)["code"][0]
    exchange = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "redirect_uri": "http://127.0.0.1:1/",
        "code_verifier": verifier,
    }
    token = form(google, "/token", exchange).json["access_token"]
    made = raw(google, "POST", "calendars", {"summary": "S"}, token=token)
    assert made.status == 200
    assert made.json["dataOwner"] == "kim@example.com"
    assert [each.path for each in google.sign_ins] == ["/o/oauth2/v2/auth", "/o/oauth2/v2/auth", "/token"]


def form(google, path, fields):
    body = urlencode(fields).encode()
    return raw(google, "POST", path, body, token=None, Content_Type="application/x-www-form-urlencoded")

"""What goes wrong on the way: the client sees what it would see, and the calendar holds what it would hold."""

import http.client
import json
import socket
from contextlib import suppress
from datetime import UTC, datetime
from threading import Barrier, Thread
from time import monotonic, sleep
from urllib.parse import urlsplit

import httplib2
import pytest
from googleapiclient.errors import BatchError, HttpError

from tests.fakes.google import KINDS, FakeGoogle, Fault
from tests.fakes.google.errors import FAULTS
from tests.fakes.google_client import GOOD, Client, event, place, raw, refusal

LOST = (ConnectionError, http.client.HTTPException, httplib2.HttpLib2Error, TimeoutError)


def there(google, client):
    return [each["id"] for each in google.user.events(client.calendar)]


def inserts(client, *names):
    return [client.events.insert(calendarId=client.calendar, body=event(name)) for name in names]


# Refusals.

STATUSES = {
    "badRequest": 400,
    "unauthorized": 401,
    "rateLimitExceeded": 403,
    "userRateLimitExceeded": 403,
    "quotaExceeded": 403,
    "dailyLimitExceeded": 403,
    "forbidden": 403,
    "forbiddenForNonOrganizer": 403,
    "insufficientPermissions": 403,
    "notFound": 404,
    "duplicate": 409,
    "deleted": 410,
    "fullSyncRequired": 410,
    "conditionNotMet": 412,
    "tooManyRequests": 429,
    "backendError": 500,
    "badGateway": 502,
    "unavailable": 503,
    "gatewayTimeout": 504,
}


@pytest.mark.parametrize(("kind", "status"), STATUSES.items())
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_refusal_comes_before_or_after_the_deed(client, google, kind, status, when):
    path = place(client.calendar)
    google.faults.add(Fault(kind, when=when))
    answer = raw(google, "POST", path, event())
    assert answer.status == answer.json["error"]["code"] == status
    assert there(google, client) == ([] if when == "before" else ["abcde"])


@pytest.mark.parametrize("kind", FAULTS)
def test_a_refusal_of_one_part_leaves_the_others_alone(client, google, kind):
    requests = inserts(client, "abcde", "bcdef", "cdefg")
    google.faults.add(Fault(kind, part=2))
    path = f"/calendar/v3/{place(client.calendar)}"
    body = "".join(
        f"--frame\r\nContent-Type: application/http\r\n\r\nPOST {path}\r\nContent-Type: application/json\r\n\r\n"
        f"{request.body}\r\n"
        for request in requests
    )
    raw(
        google,
        "POST",
        "/batch/calendar/v3",
        f"{body}--frame--".encode(),
        Content_Type="multipart/mixed; boundary=frame",
    )
    assert [part.status for part in google.requests[-1].parts] == [200, FAULTS[kind].status, 200]
    assert there(google, client) == ["abcde", "cdefg"]


def test_a_part_can_be_done_and_its_answer_an_error(client, google):
    requests = inserts(client, "abcde", "bcdef")
    google.faults.add(Fault("backendError", part=2, when="after"))
    assert client.batch(*requests)[1] == (500, "backendError")
    assert there(google, client) == ["abcde", "bcdef"]


def test_retry_after_comes_as_a_header(google):
    google.faults.add(
        Fault("tooManyRequests", retry_after=7),
        Fault("unavailable", at=2, retry_after="Fri, 03 Jul 2026 09:00:30 GMT"),
    )
    assert raw(google, "GET", "calendars/x").headers["Retry-After"] == "7"
    assert raw(google, "GET", "calendars/x").headers["Retry-After"] == "Fri, 03 Jul 2026 09:00:30 GMT"


def test_retry_after_comes_in_a_part_too(client, google):
    requests = inserts(client, "abcde", "bcdef")
    google.faults.add(Fault("rateLimitExceeded", part=1, retry_after=9))
    seen = []
    batch = client.service.new_batch_http_request(callback=lambda *each: seen.append(each))
    for request in requests:
        batch.add(request)
    batch.execute(http=client.http)
    assert seen[0][2].resp["retry-after"] == "9"
    assert seen[1][2] is None


def test_the_clients_own_retries_are_counted(client, google):
    path = client.calendar
    google.faults.add(Fault("backendError"), Fault("rateLimitExceeded", at=2))
    request = client.events.insert(calendarId=path, body=event())
    request._sleep = lambda _: None
    assert request.execute(num_retries=2)["id"] == "abcde"
    assert [each.status for each in google.requests[-3:]] == [500, 403, 200]


# Counting.


def test_the_third_request_from_now_is_the_third(google):
    raw(google, "GET", "calendars/x")
    google.faults.add(Fault("backendError", at=3))
    assert [raw(google, "GET", "calendars/x").status for _ in range(4)] == [404, 404, 500, 404]


def test_a_fault_can_strike_several_times_in_a_row(google):
    google.faults.add(Fault("unavailable", at=2, times=3))
    assert [raw(google, "GET", "calendars/x").status for _ in range(6)] == [404, 503, 503, 503, 404, 404]


def test_a_fault_can_wait_for_a_certain_kind_of_request(client, google):
    client.insert()
    google.faults.add(Fault("backendError", at=2, only="PATCH "))
    client.patch(summary="One")
    client.get()
    with pytest.raises(HttpError):
        client.patch(summary="Two")
    assert client.get()["summary"] == "One"


def test_faults_can_be_called_off(google):
    google.faults.add(Fault("backendError"))
    assert google.faults.waiting == (Fault("backendError"),)
    google.faults.clear()
    assert raw(google, "GET", "calendars/x").status == 404


def test_a_batch_counts_as_one_request(client, google):
    requests = inserts(client, "abcde", "bcdef")
    google.faults.add(Fault("backendError", at=2))
    client.batch(*requests)
    assert raw(google, "GET", "calendars/x").status == 500


@pytest.mark.parametrize("wrong", [{"kind": "earthquake"}, {"at": 0}, {"times": 0}, {"part": 0}])
def test_a_fault_that_cannot_be_is_refused_when_it_is_made(wrong):
    with pytest.raises(ValueError, match=r"count|called"):
        Fault(**{"kind": "drop"} | wrong)


def test_signing_in_has_faults_of_its_own(google):
    google.sign_in_faults.add(Fault("unavailable"))
    assert raw(google, "GET", "calendars/x").status == 404
    assert raw(google, "POST", "/token", b"", Content_Type="application/x-www-form-urlencoded").status == 503
    assert raw(google, "POST", "/token", b"", Content_Type="application/x-www-form-urlencoded").status == 401


# The wire.


@pytest.mark.parametrize("kind", ["drop", "reset"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_lost_connection_loses_the_answer_before_or_after_the_deed(client, google, kind, when):
    path = place(client.calendar)
    google.faults.add(Fault(kind, when=when))
    with pytest.raises(LOST):
        raw(google, "POST", path, event())
    assert there(google, client) == ([] if when == "before" else ["abcde"])
    assert google.requests[-1].status == 0


def test_a_reset_is_a_reset_and_not_an_end(google):
    google.faults.add(Fault("reset"))
    with pytest.raises(ConnectionResetError):
        raw(google, "GET", "calendars/x")


def test_a_drop_is_an_end_without_a_byte(google):
    google.faults.add(Fault("drop"))
    with pytest.raises(http.client.RemoteDisconnected):
        raw(google, "GET", "calendars/x")


def test_the_clients_library_sends_a_lost_insert_again_and_meets_its_own_event(client, google):
    request = client.events.insert(calendarId=client.calendar, body=event())
    google.faults.add(Fault("drop", when="after"))
    with pytest.raises(HttpError) as caught:
        request.execute()
    assert refusal(caught.value) == (409, "duplicate")


def test_a_cut_body_is_shorter_than_was_said(client, google):
    client.insert()
    google.faults.add(Fault("cut"))
    with pytest.raises(http.client.IncompleteRead) as caught:
        raw(google, "GET", place(client.calendar))
    assert caught.value.partial.startswith(b"{")


def test_a_cut_insert_was_done(client, google):
    path = place(client.calendar)
    google.faults.add(Fault("cut"))
    with pytest.raises(http.client.IncompleteRead):
        raw(google, "POST", path, event())
    assert there(google, client) == ["abcde"]


def test_a_captive_portal_answers_with_a_page_and_200(client, google):
    path = place(client.calendar)
    google.faults.add(Fault("html"), Fault("empty", at=2))
    page, nothing = raw(google, "POST", path, event()), raw(google, "POST", path, event())
    assert (page.status, nothing.status, nothing.body) == (200, 200, b"")
    assert page.headers["Content-Type"].startswith("text/html")
    assert b"<html" in page.body
    assert there(google, client) == []


def test_a_portal_in_place_of_a_batch_is_no_batch(client, google):
    requests = inserts(client, "abcde")
    google.faults.add(Fault("html"))
    with pytest.raises(BatchError):
        client.batch(*requests)


def test_a_batch_can_be_lost_half_done(client, google):
    requests = inserts(client, "abcde", "bcdef", "cdefg")
    google.faults.add(Fault("reset", part=2))
    with pytest.raises(LOST):
        client.batch(*requests)
    assert there(google, client) == ["abcde", "bcdef"]
    assert [part.status for part in google.requests[-1].parts] == [200, 200, 0]


def test_a_delay_is_late_and_right(google):
    google.faults.add(Fault("delay", seconds=0.3))
    began = monotonic()
    assert raw(google, "GET", "calendars/x").status == 404
    assert monotonic() - began >= 0.3


def test_a_hang_outlasts_the_clients_patience(google):
    google.faults.add(Fault("hang"))
    with socket.create_connection(urlsplit(google.root).netloc.split(":"), timeout=0.3) as connection:
        connection.sendall(b"GET /calendar/v3/calendars/x HTTP/1.1\r\nHost: x\r\n\r\n")
        with pytest.raises(TimeoutError):
            connection.recv(1)


def test_a_hanging_answer_does_not_keep_the_fake_from_stopping():
    began = monotonic()
    with FakeGoogle() as google:
        google.faults.add(Fault("hang"))
        with socket.create_connection(urlsplit(google.root).netloc.split(":"), timeout=5) as connection:
            connection.sendall(b"GET /calendar/v3/calendars/x HTTP/1.1\r\nHost: x\r\n\r\n")
            while not google.requests:
                sleep(0.01)
            google.close()
            assert connection.recv(1) == b""
    assert monotonic() - began < 4


@pytest.mark.parametrize("kind", [each for each in KINDS if each not in {"hang", "delay"}])
def test_after_every_fault_the_next_request_is_served(client, google, kind):
    path = place(client.calendar)
    google.faults.add(Fault(kind, when="after"))
    with suppress(*LOST):
        raw(google, "POST", path, event())
    assert raw(google, "GET", path + "/abcde").json["id"] == "abcde"


# Sockets.


def test_one_connection_carries_many_requests(google):
    connection = http.client.HTTPConnection(urlsplit(google.root).netloc, timeout=5)
    ports = set()
    for body in (None, b"{}", None):
        connection.request(
            "POST" if body else "GET", "/calendar/v3/calendars/x", body, {"Content-Type": "application/json"}
        )
        answer = connection.getresponse()
        answer.read()
        ports.add(connection.sock.getsockname())
    connection.close()
    assert len(ports) == 1


def test_a_body_in_chunks_is_read(client, google):
    connection = http.client.HTTPConnection(urlsplit(google.root).netloc, timeout=5)
    body = json.dumps(event()).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {GOOD}"}
    path = f"/calendar/v3/{place(client.calendar)}"
    connection.request("POST", path, iter([body[:20], body[20:]]), headers, encode_chunked=True)
    assert connection.getresponse().status == 200
    connection.close()
    assert there(google, client) == ["abcde"]


@pytest.mark.parametrize(
    "junk", [b"\r\n\r\n", b"HELLO\r\n\r\n", b"\x16\x03\x01\x02\x00", b"GET / HTTP/9.9\r\n\r\n", b"GET"]
)
def test_junk_does_no_harm(google, junk):
    with socket.create_connection(urlsplit(google.root).netloc.split(":"), timeout=5) as connection:
        connection.sendall(junk)
    assert raw(google, "GET", "calendars/x").status == 404


def test_nobody_listens_after_the_end():
    with FakeGoogle() as google:
        root = google.root
    google.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(urlsplit(root).netloc.split(":"), timeout=1)


def test_a_mistake_of_the_fake_itself_is_heard():
    def break_it():
        with FakeGoogle(token=GOOD) as google:
            google.world.primary("kim@example.com").events["abcde"] = None
            everything = google.token(["https://www.googleapis.com/auth/calendar"])
            assert raw(google, "GET", place("primary"), token=everything).status == 500

    with pytest.raises(RuntimeError, match="the fake itself is broken"):
        break_it()


def test_a_port_can_be_chosen():
    with FakeGoogle() as google:
        port = urlsplit(google.root).port
    with FakeGoogle(port=port) as again:
        assert again.root == f"http://127.0.0.1:{port}/"


def test_of_many_at_once_one_makes_the_event(google):
    with_calendar = Client(google)
    path = place(with_calendar.calendar)
    with_calendar.close()
    start, statuses = Barrier(8), []

    def insert():
        start.wait()
        statuses.append(raw(google, "POST", path, event()).status)

    threads = [Thread(target=insert) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(statuses) == [200, *[409] * 7]


# The user.


def test_the_user_can_act_between_two_requests(client, google):
    client.insert()
    google.before(2, lambda: google.user.edit(client.calendar, "abcde", summary="Mine"))
    assert client.get()["summary"] == "Call"
    assert client.get()["summary"] == "Mine"
    assert client.get()["summary"] == "Mine"


def test_the_user_can_be_quicker_than_a_change(client, google):
    made = client.insert()
    google.before(1, lambda: google.user.delete(client.calendar, "abcde"))
    request = client.events.patch(calendarId=client.calendar, eventId="abcde", body={"summary": "New"})
    request.headers["If-Match"] = made["etag"]
    with pytest.raises(HttpError) as caught:
        request.execute()
    assert refusal(caught.value) == (412, "conditionNotMet")


def test_the_user_can_act_between_two_parts_of_a_batch(client, google):
    made = client.insert("abcde")
    client.insert("bcdef")
    google.before(1, lambda: google.user.edit(client.calendar, "abcde", summary="Mine"), part=2)
    requests = [
        client.events.patch(calendarId=client.calendar, eventId=name, body={"location": "L"})
        for name in ("bcdef", "abcde")
    ]
    requests[1].headers["If-Match"] = made["etag"]
    answers = client.batch(*requests)
    assert answers[0]["location"] == "L"
    assert answers[1] == (412, "conditionNotMet")


def test_before_a_part_is_after_the_part_before_it(client, google):
    client.insert()
    google.before(1, lambda: google.user.edit(client.calendar, "abcde", summary="Mine"), part=2)
    read = [client.events.get(calendarId=client.calendar, eventId="abcde") for _ in range(3)]
    assert [each["summary"] for each in client.batch(*read)] == ["Call", "Mine", "Mine"]


def test_the_users_edit_moves_etag_and_updated(client, google):
    made = client.insert()
    edited = google.user.edit(client.calendar, "abcde", colorId="3")
    assert edited["colorId"] == "3"
    assert edited["etag"] != made["etag"]
    assert client.get() == edited


def test_the_user_brings_back_what_no_program_may(strict_client, strict):
    strict_client.insert()
    strict_client.delete()
    strict.user.restore(strict_client.calendar, "abcde")
    assert strict_client.get()["status"] == "confirmed"


def test_the_user_receives_what_no_program_can_write(reader, google):
    made = google.user.create(
        "primary",
        event(
            None,
            attendees=[
                {"email": "sam@acme.example", "organizer": True},
                {"email": "kim@example.com", "self": True},
            ],
            organizer={"email": "sam@acme.example"},
            hangoutLink="https://meet.google.com/abc",
        ),
    )
    shown = reader.events.get(calendarId="primary", eventId=made["id"]).execute()
    assert shown["organizer"] == {"email": "sam@acme.example"}
    assert len(shown["attendees"]) == 2
    assert shown["hangoutLink"] == "https://meet.google.com/abc"
    fewer = reader.events.get(calendarId="primary", eventId=made["id"], maxAttendees=1).execute()
    assert fewer["attendees"] == [{"email": "kim@example.com", "self": True}]
    assert fewer["attendeesOmitted"] is True
    found = reader.events.list(calendarId="primary", q="acme.example").execute()["items"]
    assert [each["id"] for each in found] == [made["id"]]


def test_the_user_can_be_busy_without_an_event(reader, google):
    google.user.busy(datetime(2026, 7, 6, 8, tzinfo=UTC), datetime(2026, 7, 6, 9, tzinfo=UTC))
    body = {
        "timeMin": "2026-07-06T00:00:00Z",
        "timeMax": "2026-07-07T00:00:00Z",
        "items": [{"id": "primary"}],
    }
    busy = reader.service.freebusy().query(body=body).execute()["calendars"]["primary"]["busy"]
    assert busy == [{"start": "2026-07-06T08:00:00Z", "end": "2026-07-06T09:00:00Z"}]


def test_what_is_shown_to_a_test_can_be_changed_without_changing_the_calendar(client, google):
    client.insert(reminders={"useDefault": False, "overrides": [{"method": "popup", "minutes": 5}]})
    google.user.events(client.calendar)[0]["reminders"]["overrides"].clear()
    assert client.get()["reminders"]["overrides"] == [{"method": "popup", "minutes": 5}]


def test_somebody_else_has_calendars_of_their_own(google):
    sam = google.person("sam@example.com")
    sam.create("primary", event())
    assert google.user.events("primary") == []
    assert [each["id"] for each in sam.events("primary")] == ["abcde"]

"""Many requests in one, each with a fate of its own."""

import re

import pytest
from googleapiclient.errors import HttpError

from tests.fakes.google_client import GOOD, event, place, raw, refusal

BATCH = "/batch/calendar/v3"


def inserts(client, *names):
    return [client.events.insert(calendarId=client.calendar, body=event(name)) for name in names]


def framed(*parts, boundary="frame", kind="application/http"):
    """A batch by hand: each part a request as text."""
    text = "".join(
        f"--{boundary}\r\nContent-Type: {kind}\r\nContent-ID: <{number}>\r\n\r\n{part}\r\n"
        for number, part in enumerate(parts)
    )
    return (text + f"--{boundary}--\r\n").encode()


def sent(google, body, kind="multipart/mixed; boundary=frame", token=GOOD):
    return raw(google, "POST", BATCH, body, token=token, Content_Type=kind)


def inner(answer):
    """The statuses of the parts, in the order they are answered."""
    return [int(each) for each in re.findall(rb"^HTTP/1\.1 (\d{3})", answer.body, re.MULTILINE)]


def test_each_request_gets_its_own_answer(client):
    answers = client.batch(*inserts(client, "abcde", "bcdef", "abcde"))
    assert [answers[0]["id"], answers[1]["id"], answers[2]] == ["abcde", "bcdef", (409, "duplicate")]


def test_every_verb_goes_into_a_batch(client):
    client.batch(*inserts(client, "abcde", "bcdef", "cdefg"))
    calendar = {"calendarId": client.calendar}
    answers = client.batch(
        client.events.get(**calendar, eventId="abcde"),
        client.events.patch(**calendar, eventId="abcde", body={"summary": "New"}),
        client.events.update(**calendar, eventId="bcdef", body=event("bcdef", summary="Newer")),
        client.events.delete(**calendar, eventId="cdefg"),
        client.events.list(**calendar),
    )
    assert [answers[0]["summary"], answers[1]["summary"], answers[2]["summary"]] == ["Call", "New", "Newer"]
    assert answers[3] == ""
    assert [each["id"] for each in answers[4]["items"]] == ["abcde", "bcdef"]


@pytest.mark.parametrize("verb", ["patch", "update", "delete"])
def test_if_match_travels_in_a_batch(client, google, verb):
    made = client.insert()
    google.user.edit(client.calendar, "abcde", summary="Mine")
    body = {} if verb == "delete" else {"body": event(summary="New")}
    request = getattr(client.events, verb)(calendarId=client.calendar, eventId="abcde", **body)
    request.headers["If-Match"] = made["etag"]
    assert client.batch(request) == [(412, "conditionNotMet")]
    request.headers["If-Match"] = client.get()["etag"]
    assert client.batch(request)[0] is not None
    assert client.get()["summary"] != "Mine" or verb == "delete"


def test_if_none_match_travels_in_a_batch(client, google):
    made = client.insert()
    path = f"/calendar/v3/{place(client.calendar, 'abcde')}"
    answer = sent(google, framed(f"GET {path}\r\nIf-None-Match: {made['etag']}\r\n\r\n"))
    assert inner(answer) == [304]


def test_parts_are_refused_one_by_one(client):
    answers = client.batch(
        client.events.get(calendarId=client.calendar, eventId="zzzzz"),
        client.events.get(calendarId="primary", eventId="abcde"),
        client.service.calendarList().list(),
        client.events.insert(calendarId=client.calendar, body=event("wrong-id")),
        client.events.quickAdd(calendarId=client.calendar, text="lunch"),
        *inserts(client, "abcde"),
    )
    assert answers[:5] == [
        (404, "notFound"),
        (404, "notFound"),
        (403, "insufficientPermissions"),
        (400, "invalid"),
        (501, "notImplemented"),
    ]
    assert answers[5]["id"] == "abcde"


def test_the_requests_are_done_in_their_order(client, google):
    client.batch(*inserts(client, "bcdef", "abcde"))
    assert [each["id"] for each in google.user.events(client.calendar)] == ["bcdef", "abcde"]


def test_the_other_google_does_them_backwards_and_answers_each_as_it_was_asked(strict_client, strict):
    answers = strict_client.batch(*inserts(strict_client, "bcdef", "abcde"))
    assert [each["id"] for each in answers] == ["bcdef", "abcde"]
    assert [each["id"] for each in strict.user.events(strict_client.calendar)] == ["abcde", "bcdef"]


def test_a_batch_holds_50_requests(client):
    names = [f"event{number:02}" for number in range(50)]
    assert [each["id"] for each in client.batch(*inserts(client, *names))] == names


def test_a_batch_of_51_is_refused_as_a_whole(client, google):
    names = [f"event{number:02}" for number in range(51)]
    with pytest.raises(HttpError) as caught:
        client.batch(*inserts(client, *names))
    assert refusal(caught.value) == (400, "badRequest")
    assert google.user.events(client.calendar) == []


def test_unknown_properties_in_parts_are_written_down(client, google):
    client.batch(client.events.insert(calendarId=client.calendar, body=event(colour="red")))
    assert [(each.method, each.name) for each in google.offences] == [("events.insert", "colour")]


def test_a_batch_is_one_request_with_parts(client, google):
    client.batch(*inserts(client, "abcde", "bcdef", "abcde"))
    last = google.requests[-1]
    assert (last.method, last.path, last.status) == ("POST", BATCH, 200)
    assert [part.status for part in last.parts] == [200, 200, 409]
    assert [part.body["id"] for part in last.parts] == ["abcde", "bcdef", "abcde"]
    assert all(part.headers["authorization"] == f"Bearer {GOOD}" for part in last.parts)


def test_letters_beyond_ascii_pass_through_a_batch(client):
    request = client.events.insert(calendarId=client.calendar, body=event(summary="Rückruf – 電話"))
    assert client.batch(request)[0]["summary"] == "Rückruf – 電話"


def test_line_breaks_in_a_text_pass_through_a_batch(client):
    text = "one\n\ntwo\r\nthree\n--frame\nFrom here"
    assert (
        client.batch(client.events.insert(calendarId=client.calendar, body=event(description=text)))[0][
            "description"
        ]
        == text
    )


# By hand.


def test_the_answer_is_framed_as_google_frames_it(client, google):
    path = f"/calendar/v3/{place(client.calendar)}"
    answer = sent(google, framed(f"GET {path} HTTP/1.1\r\n\r\n"))
    assert answer.status == 200
    assert re.fullmatch(r"multipart/mixed; boundary=batch_\w+", answer.headers["Content-Type"])
    boundary = answer.headers["Content-Type"].partition("boundary=")[2].encode()
    assert answer.body.startswith(
        b"--" + boundary + b"\r\nContent-Type: application/http\r\nContent-ID: <response-0>\r\n\r\n"
    )
    assert b"\r\n\r\nHTTP/1.1 200 OK\r\n" in answer.body
    assert b"\r\nETag: " in answer.body
    assert answer.body.rstrip().endswith(b"--" + boundary + b"--")


def test_a_part_may_name_the_whole_address(client, google):
    address = f"{google.root}calendar/v3/{place(client.calendar)}"
    assert inner(sent(google, framed(f"GET {address}?maxResults=1 HTTP/1.1\r\n\r\n"))) == [200]


def test_a_part_may_have_bare_line_feeds(client, google):
    path = f"/calendar/v3/{place(client.calendar)}"
    part = f'POST {path} HTTP/1.1\nContent-Type: application/json\n\n{{"summary": "x"}}'
    assert inner(sent(google, framed(part))) == [400]
    assert google.requests[-1].parts[0].body == {"summary": "x"}


def test_a_part_may_bring_its_own_token(client, google):
    path = f"/calendar/v3/{place(client.calendar)}"
    own = f"GET {path}\r\nAuthorization: Bearer {GOOD}\r\n\r\n"
    none = f"GET {path}\r\n\r\n"
    wrong = f"GET {path}\r\nAuthorization: Bearer wrong\r\n\r\n"
    assert inner(sent(google, framed(own, none, wrong), token=None)) == [200, 401, 401]
    assert inner(sent(google, framed(own, none, wrong))) == [200, 200, 401]


def test_a_part_for_no_known_path_is_404_and_harms_no_other(client, google):
    path = f"/calendar/v3/{place(client.calendar)}"
    parts = (
        "GET /gmail/v1/users/me HTTP/1.1\r\n\r\n",
        f"POST {BATCH} HTTP/1.1\r\n\r\n",
        f"GET {path}\r\n\r\n",
    )
    assert inner(sent(google, framed(*parts))) == [404, 404, 200]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "multipart/mixed; boundary=frame"),
        (b"nothing of the kind", "multipart/mixed; boundary=frame"),
        (b"--frame--\r\n", "multipart/mixed; boundary=frame"),
        (framed("GET /x HTTP/1.1\r\n\r\n"), "multipart/mixed; boundary=other"),
        (framed("GET /x HTTP/1.1\r\n\r\n"), "multipart/mixed"),
        (framed("GET /x HTTP/1.1\r\n\r\n"), "application/json"),
        (framed("GET /x HTTP/1.1\r\n\r\n", kind="text/plain"), "multipart/mixed; boundary=frame"),
        (framed("hello"), "multipart/mixed; boundary=frame"),
        (framed(""), "multipart/mixed; boundary=frame"),
    ],
)
def test_a_batch_that_cannot_be_taken_apart_is_refused_as_a_whole(google, body, kind):
    answer = sent(google, body, kind)
    assert (answer.status, answer.reason) == (400, "badRequest")

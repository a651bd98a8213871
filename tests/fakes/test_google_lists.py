"""Lists: what is in them, in which order, in which pages, and what has changed since."""

from datetime import timedelta

import pytest
from googleapiclient.errors import HttpError

from tests.fakes.google_client import event, place, raw, refusal

PRIVATE = {"extendedProperties": {"private": {"calsync": "1", "kind": "call"}}}


def refused(call, **query):
    with pytest.raises(HttpError) as caught:
        call(**query)
    return refusal(caught.value)


def at(day, hour=10):
    """Start and end of a quarter of an hour in July 2026, in Berlin."""
    return {
        name: {"dateTime": f"2026-07-{day:02}T{hour:02}:{minute:02}:00", "timeZone": "Europe/Berlin"}
        for name, minute in (("start", 0), ("end", 15))
    }


def fill(client, count):
    names = [f"event{number:03}" for number in range(count)]
    for start in range(0, count, 50):
        client.batch(
            *(
                client.events.insert(calendarId=client.calendar, body=event(name))
                for name in names[start : start + 50]
            )
        )
    return names


# The head.


def test_an_empty_calendar_lists_nothing(client):
    page = client.page()
    assert page["items"] == []
    assert "nextPageToken" not in page


def test_a_list_says_whose_it_is(client):
    page = client.page()
    assert page["kind"] == "calendar#events"
    assert page["etag"].startswith('"')
    assert page["summary"] == "Follow-ups"
    assert page["timeZone"] == "Europe/Berlin"
    assert page["accessRole"] == "owner"
    assert page["defaultReminders"] == []
    assert page["updated"].endswith("Z")


def test_the_own_calendar_lists_its_default_reminders(reader):
    page = reader.events.list(calendarId="primary").execute()
    assert page["defaultReminders"] == [{"method": "popup", "minutes": 10}]
    assert page["summary"] == "kim@example.com"


def test_the_lists_etag_moves_with_every_change_in_it(client, google):
    etags = [client.page()["etag"]]
    client.insert()
    etags.append(client.page()["etag"])
    google.user.edit(client.calendar, "abcde", summary="Mine")
    etags.append(client.page()["etag"])
    client.delete()
    etags.append(client.page()["etag"])
    assert len(set(etags)) == 4


def test_if_none_match_spares_a_list_that_is_known(client, google):
    etag = client.page()["etag"]
    assert raw(google, "GET", place(client.calendar), If_None_Match=etag).status == 304
    client.insert()
    assert raw(google, "GET", place(client.calendar), If_None_Match=etag).status == 200


def test_an_item_is_what_get_shows(client):
    client.insert()
    assert client.page()["items"] == [client.get()]


def test_times_in_a_list_can_be_asked_for_in_another_zone(client):
    client.insert()
    page = client.page(timeZone="Asia/Tokyo")
    assert page["items"][0]["start"]["dateTime"] == "2026-07-06T17:00:00+09:00"
    assert page["timeZone"] == "Asia/Tokyo"


# What is in it.


def test_deleted_events_are_listed_only_if_asked_for(client):
    client.insert("abcde")
    client.insert("bcdef")
    client.delete("abcde")
    assert client.names() == ["bcdef"]
    assert client.names(showDeleted=False) == ["bcdef"]
    assert client.names(showDeleted=True) == ["abcde", "bcdef"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"timeMin": "2026-07-07T00:00:00+02:00"}, ["bcdef", "cdefg"]),
        ({"timeMax": "2026-07-07T00:00:00+02:00"}, ["abcde"]),
        ({"timeMin": "2026-07-06T10:14:59+02:00"}, ["abcde", "bcdef", "cdefg"]),
        ({"timeMin": "2026-07-06T10:15:00+02:00"}, ["bcdef", "cdefg"]),
        ({"timeMax": "2026-07-07T10:00:00+02:00"}, ["abcde"]),
        ({"timeMax": "2026-07-07T08:00:01Z"}, ["abcde", "bcdef"]),
        ({"timeMax": "2026-07-06T08:00:00.900Z"}, []),
        ({"timeMin": "2026-07-07T00:00:00Z", "timeMax": "2026-07-08T00:00:00Z"}, ["bcdef"]),
        ({"q": "sam"}, ["bcdef"]),
        ({"q": "SAM call"}, ["bcdef"]),
        ({"q": "acme"}, ["bcdef", "cdefg"]),
        ({"q": "hamburg"}, ["cdefg"]),
        ({"q": "nobody"}, []),
        ({"iCalUID": "bcdef@google.com"}, ["bcdef"]),
        ({"iCalUID": "nobody@google.com"}, []),
        ({"privateExtendedProperty": "calsync=1"}, ["abcde"]),
        ({"privateExtendedProperty": "calsync=2"}, []),
        ({"privateExtendedProperty": "url=a=b"}, ["bcdef"]),
        ({"sharedExtendedProperty": "calsync=1"}, []),
        ({"eventTypes": "default"}, ["abcde", "bcdef", "cdefg"]),
        ({"eventTypes": "focusTime"}, []),
        ({"singleEvents": True}, ["abcde", "bcdef", "cdefg"]),
        ({"q": "acme", "timeMin": "2026-07-08T00:00:00Z"}, ["cdefg"]),
    ],
)
def test_a_list_holds_what_was_asked_for(client, query, found):
    client.insert("abcde", **at(6), **PRIVATE)
    client.insert(
        "bcdef",
        **at(7),
        summary="Call Sam",
        description="Acme",
        extendedProperties={"private": {"url": "a=b"}},
    )
    client.insert("cdefg", **at(8), location="Hamburg", summary="ACME")
    assert client.names(**query) == found


BOTH = ["calsync=1", "kind=mail"]


def test_several_properties_must_all_hold(client):
    client.insert(**PRIVATE)
    assert client.names(privateExtendedProperty=["calsync=1", "kind=call"]) == ["abcde"]
    assert client.names(privateExtendedProperty=BOTH) == []


def test_for_the_other_google_any_of_several_properties_will_do(strict_client):
    strict_client.insert(**PRIVATE)
    assert strict_client.names(privateExtendedProperty=BOTH) == ["abcde"]


def test_a_list_of_what_was_changed_since_a_time_holds_deleted_ones_too(client, google):
    client.insert("abcde")
    client.insert("bcdef")
    client.insert("cdefg")
    google.clock.advance(timedelta(minutes=1))
    client.patch("abcde", summary="New")
    client.delete("bcdef")
    assert client.names(updatedMin="2026-07-03T09:01:00Z") == ["abcde", "bcdef"]


def test_changes_of_reminders_do_not_count_as_updated(client, google):
    client.insert("abcde")
    google.clock.advance(timedelta(minutes=1))
    client.patch("abcde", reminders={"useDefault": False})
    assert client.names(updatedMin="2026-07-03T09:01:00Z") == []


def test_changes_of_long_ago_are_not_kept(client):
    assert refused(client.page, updatedMin="2026-01-01T00:00:00Z") == (410, "updatedMinTooLongAgo")


# Order.


def test_without_a_word_the_order_stays_what_it_is(client):
    client.insert("bcdef", **at(9))
    client.insert("abcde", **at(7))
    client.patch("bcdef", summary="New")
    assert client.names() == ["bcdef", "abcde"]


def test_events_can_be_ordered_by_their_start(client):
    client.insert("bcdef", **at(9))
    client.insert("abcde", **at(7))
    assert client.names(orderBy="startTime", singleEvents=True) == ["abcde", "bcdef"]


def test_events_can_be_ordered_by_their_last_change(client, google):
    client.insert("abcde")
    client.insert("bcdef")
    google.clock.advance(timedelta(minutes=1))
    client.patch("abcde", summary="New")
    assert client.names(orderBy="updated") == ["bcdef", "abcde"]


# Pages.


def test_a_page_holds_250_unless_said_otherwise(client):
    names = fill(client, 260)
    pages = client.all_pages()
    assert [len(page["items"]) for page in pages] == [250, 10]
    assert [each["id"] for page in pages for each in page["items"]] == names
    assert len(client.page(maxResults=2500)["items"]) == 260
    assert len(client.page(maxResults=9999)["items"]) == 260


@pytest.mark.parametrize(
    "order", [{}, {"orderBy": "updated"}, {"orderBy": "startTime", "singleEvents": True}]
)
def test_pages_hold_each_event_once_in_every_order(client, order):
    names = fill(client, 7)
    pages = client.all_pages(maxResults=2, **order)
    assert [len(page["items"]) for page in pages] == [2, 2, 2, 1]
    assert sorted(each["id"] for page in pages for each in page["items"]) == names


def test_a_full_last_page_is_the_last_one(client):
    fill(client, 4)
    assert [len(page["items"]) for page in client.all_pages(maxResults=2)] == [2, 2]


def test_only_the_last_page_has_a_sync_token(client):
    fill(client, 3)
    pages = client.all_pages(maxResults=2)
    assert [("nextPageToken" in page, "nextSyncToken" in page) for page in pages] == [
        (True, False),
        (False, True),
    ]


def test_an_event_deleted_between_two_pages_moves_no_other(client, google):
    names = fill(client, 4)
    request = client.events.list(calendarId=client.calendar, maxResults=2)
    first = request.execute()
    google.user.delete(client.calendar, names[0])
    second = client.events.list_next(request, first).execute()
    assert [each["id"] for each in second["items"]] == names[2:]


def test_what_changes_between_two_pages_comes_with_the_next_sync(client, google):
    names = fill(client, 4)
    request = client.events.list(calendarId=client.calendar, maxResults=2)
    first = request.execute()
    google.user.edit(client.calendar, names[0], summary="Mine")
    second = client.events.list_next(request, first).execute()
    assert client.names(syncToken=second["nextSyncToken"]) == [names[0]]


def test_a_page_token_belongs_to_its_question(client):
    fill(client, 3)
    token = client.page(maxResults=2)["nextPageToken"]
    assert refused(client.page, maxResults=2, pageToken=token, q="call") == (400, "invalid")
    assert refused(client.page, pageToken="nonsense") == (400, "invalid")
    assert client.names(maxResults=1, pageToken=token) == ["event002"]


# Sync tokens.


def test_a_sync_token_brings_nothing_when_nothing_changed(client):
    client.insert()
    page = client.page(syncToken=client.page()["nextSyncToken"])
    assert page["items"] == []
    assert page["nextSyncToken"]


@pytest.mark.parametrize(
    "act",
    [
        lambda client, _: client.patch("abcde", summary="New"),
        lambda client, _: client.patch("abcde", reminders={"useDefault": False}),
        lambda client, google: google.user.edit(client.calendar, "abcde", colorId="3"),
        lambda client, google: google.user.delete(client.calendar, "abcde"),
        lambda client, _: client.delete("abcde"),
    ],
    ids=["patch", "reminders", "user's edit", "user's deletion", "deletion"],
)
def test_a_sync_token_brings_what_changed_and_only_that(client, google, act):
    client.insert("abcde")
    client.insert("bcdef")
    token = client.page()["nextSyncToken"]
    act(client, google)
    page = client.page(syncToken=token)
    assert [each["id"] for each in page["items"]] == ["abcde"]
    assert client.names(syncToken=page["nextSyncToken"]) == []
    assert client.names(syncToken=token) == ["abcde"]


def test_a_sync_token_brings_deleted_events_without_being_asked(client, google):
    client.insert()
    token = client.page()["nextSyncToken"]
    google.user.delete(client.calendar, "abcde")
    assert [each["status"] for each in client.page(syncToken=token)["items"]] == ["cancelled"]


def test_a_sync_token_brings_new_events_once_however_often_they_changed(client):
    token = client.page()["nextSyncToken"]
    client.insert()
    client.patch(summary="New")
    client.patch(summary="Newer")
    assert client.names(syncToken=token) == ["abcde"]


def test_changes_come_in_pages_too(client):
    token = client.page()["nextSyncToken"]
    names = fill(client, 5)
    pages = client.all_pages(syncToken=token, maxResults=2)
    assert [each["id"] for page in pages for each in page["items"]] == names
    assert ["nextSyncToken" in page for page in pages] == [False, False, True]
    assert client.names(syncToken=pages[-1]["nextSyncToken"]) == []


COMPANIONS = [
    {"iCalUID": "abcde@google.com"},
    {"orderBy": "updated"},
    {"orderBy": "startTime", "singleEvents": True},
    {"privateExtendedProperty": "calsync=1"},
    {"sharedExtendedProperty": "calsync=1"},
    {"q": "call"},
    {"timeMin": "2026-07-01T00:00:00Z"},
    {"timeMax": "2026-08-01T00:00:00Z"},
    {"updatedMin": "2026-07-01T00:00:00Z"},
    {"showDeleted": False},
]


@pytest.mark.parametrize("companion", COMPANIONS, ids="+".join)
def test_a_sync_token_bears_no_other_restriction(client, companion):
    token = client.page()["nextSyncToken"]
    assert refused(client.page, syncToken=token, **companion) == (400, "invalid")


@pytest.mark.parametrize(
    "companion",
    [
        {"maxResults": 10},
        {"showDeleted": True},
        {"timeZone": "Asia/Tokyo"},
        {"singleEvents": True},
        {"fields": "items"},
    ],
    ids="+".join,
)
def test_a_sync_token_bears_what_only_changes_the_looks(client, companion):
    token = client.page()["nextSyncToken"]
    assert client.page(syncToken=token, **companion)["items"] == []


@pytest.mark.parametrize("question", COMPANIONS[:6] + COMPANIONS[8:9], ids="+".join)
def test_a_narrow_question_gets_no_sync_token(client, question):
    assert "nextSyncToken" not in client.page(**question)


def test_an_expired_sync_token_asks_for_everything_anew(client, google):
    token = client.page()["nextSyncToken"]
    google.expire_sync_tokens()
    assert refused(client.page, syncToken=token) == (410, "fullSyncRequired")
    assert client.page(syncToken=client.page()["nextSyncToken"])["items"] == []


def test_the_410_says_where_it_comes_from(client, google):
    token = client.page()["nextSyncToken"]
    google.expire_sync_tokens()
    error = raw(google, "GET", place(client.calendar) + f"?syncToken={token}").json["error"]
    assert error["errors"][0] == {
        "message": "Sync token is no longer valid, a full sync is required.",
        "domain": "calendar",
        "reason": "fullSyncRequired",
        "locationType": "parameter",
        "location": "syncToken",
    }


@pytest.mark.parametrize("token", ["nonsense", "", "e30="])
def test_a_sync_token_that_is_none_is_refused(client, token):
    assert refused(client.page, syncToken=token) == (400, "invalid")


def test_a_sync_token_of_another_calendar_is_refused(client):
    token = client.page()["nextSyncToken"]
    other = client.service.calendars().insert(body={"summary": "Other"}).execute()["id"]
    assert refused(client.events.list(calendarId=other, syncToken=token).execute) == (400, "invalid")


# Questions that cannot be.


@pytest.mark.parametrize(
    ("query", "status", "reason"),
    [
        ({"orderBy": "startTime"}, 400, "invalid"),
        ({"timeMin": "2026-07-08T00:00:00Z", "timeMax": "2026-07-07T00:00:00Z"}, 400, "timeRangeEmpty"),
        ({"timeMin": "2026-07-08T00:00:00Z", "timeMax": "2026-07-08T00:00:00Z"}, 400, "timeRangeEmpty"),
        ({"timeMin": "2026-07-08T00:00:00"}, 400, "badRequest"),
        ({"timeMax": "tomorrow"}, 400, "badRequest"),
        ({"timeMin": "2026-07-08"}, 400, "badRequest"),
        ({"timeZone": "Mars/Olympus"}, 400, "invalid"),
        ({"privateExtendedProperty": "calsync"}, 400, "invalid"),
    ],
)
def test_a_question_that_cannot_be_is_refused(client, query, status, reason):
    assert refused(client.page, **query) == (status, reason)

"""What goes in, and what comes back: never an echo."""

from datetime import timedelta

import pytest
from googleapiclient.errors import HttpError

from tests.fakes.google_client import Client, event, place, raw, refusal


def refused(call, *arguments, **fields):
    with pytest.raises(HttpError) as caught:
        call(*arguments, **fields)
    return refusal(caught.value)


# Ids.


@pytest.mark.parametrize("name", ["abcde", "a" * 1024, "0123456789abcdefghijklmnopqrstuv", "00000"])
def test_an_id_of_five_to_1024_letters_a_to_v_and_digits_is_taken(client, name):
    assert client.insert(name)["id"] == name


@pytest.mark.parametrize(
    "name", ["abcd", "a" * 1025, "abcdw", "calsync-1", "ABCDE", "abcdé", "", "abc de", "abcd_"]
)
def test_any_other_id_is_refused(client, name):
    assert refused(client.insert, name) == (400, "invalid")


def test_an_event_without_an_id_gets_one_that_would_be_taken(client):
    names = {client.insert(None)["id"] for _ in range(3)}
    assert len(names) == 3
    assert all(
        client.get(name)["id"] == name and set(name) <= set("0123456789abcdefghijklmnopqrstuv")
        for name in names
    )


def test_a_taken_id_is_a_conflict(client):
    client.insert()
    assert refused(client.insert, summary="another") == (409, "duplicate")


def test_the_id_of_a_deleted_event_stays_taken(client):
    client.insert()
    client.delete()
    assert refused(client.insert) == (409, "duplicate")


def test_the_id_of_an_event_the_user_deleted_stays_taken(client, google):
    client.insert()
    google.user.delete(client.calendar, "abcde")
    assert refused(client.insert) == (409, "duplicate")


def test_one_id_can_be_in_two_calendars(client):
    client.insert()
    other = client.service.calendars().insert(body={"summary": "Other"}).execute()["id"]
    assert client.events.insert(calendarId=other, body=event()).execute()["id"] == "abcde"


def test_a_taken_ical_uid_is_a_conflict(client):
    client.insert("abcde", iCalUID="one@example.com")
    assert refused(client.insert, "bcdef", iCalUID="one@example.com") == (409, "duplicate")


# What the server adds.


def test_an_insert_answers_with_200_and_the_event(client, google):
    answer = raw(google, "POST", place(client.calendar), event())
    assert answer.status == 200
    assert answer.json["kind"] == "calendar#event"
    assert answer.headers["Content-Type"] == "application/json; charset=UTF-8"


def test_the_server_adds_its_own_fields(client):
    made = client.insert()
    assert made["status"] == "confirmed"
    assert made["iCalUID"] == "abcde@google.com"
    assert made["htmlLink"].startswith("https://www.google.com/calendar/event?eid=")
    assert made["creator"] == {"email": "kim@example.com"}
    assert made["organizer"] == {"email": client.calendar, "displayName": "Follow-ups", "self": True}
    assert made["sequence"] == 0
    assert made["eventType"] == "default"
    assert made["created"] == "2026-07-03T09:00:00.000Z"


def test_on_the_own_calendar_creator_and_organizer_are_the_person(owner):
    made = owner.events.insert(calendarId="primary", body=event()).execute()
    assert made["creator"] == made["organizer"] == {"email": "kim@example.com", "self": True}


def test_an_etag_is_a_quoted_string_in_body_and_header(client, google):
    made = client.insert()
    answer = raw(google, "GET", place(client.calendar, "abcde"))
    assert made["etag"].startswith('"')
    assert made["etag"].endswith('"')
    assert answer.headers["ETag"] == answer.json["etag"] == made["etag"]


def test_an_insert_and_a_get_show_the_same(client):
    assert client.insert() == client.get()


@pytest.mark.parametrize(
    "fields",
    [
        {"transparency": "opaque"},
        {"visibility": "default"},
        {"guestsCanInviteOthers": True},
        {"guestsCanModify": False},
        {"guestsCanSeeOtherGuests": True},
        {"anyoneCanAddSelf": False},
        {"privateCopy": False},
        {"description": ""},
        {"location": ""},
        {"summary": ""},
        {"extendedProperties": {"private": {}}},
        {"colorId": ""},
    ],
)
def test_what_is_so_anyway_is_left_out(client, fields):
    assert not set(fields) & set(client.insert(**fields))


@pytest.mark.parametrize(
    "fields",
    [
        {"transparency": "transparent"},
        {"visibility": "private"},
        {"guestsCanModify": True},
        {"description": "Ask for Sam & say <hello>\nthen wait"},
        {"location": "Berlin"},
        {"colorId": "11"},
        {"status": "tentative"},
        {"source": {"url": "https://example.com/job", "title": "The job"}},
        {"extendedProperties": {"private": {"calsync": "1"}, "shared": {"a": "b"}}},
    ],
)
def test_what_differs_from_the_default_comes_back(client, fields):
    made = client.insert(**fields)
    assert {name: made[name] for name in fields} == fields


# Times.


def test_times_come_back_in_the_calendars_zone_beside_the_zone_that_was_sent(client):
    start = {"dateTime": "2026-07-06T10:00:00", "timeZone": "America/New_York"}
    end = {"dateTime": "2026-07-06T10:15:00", "timeZone": "America/New_York"}
    made = client.insert(start=start, end=end)
    assert made["start"] == {"dateTime": "2026-07-06T16:00:00+02:00", "timeZone": "America/New_York"}


def test_an_offset_without_a_zone_gets_the_calendars_zone(client):
    made = client.insert(
        start={"dateTime": "2026-07-06T08:00:00Z"}, end={"dateTime": "2026-07-06T08:15:00.500Z"}
    )
    assert made["start"] == {"dateTime": "2026-07-06T10:00:00+02:00", "timeZone": "Europe/Berlin"}
    assert made["end"]["dateTime"] == "2026-07-06T10:15:00+02:00"


def test_an_offset_counts_more_than_the_zone_beside_it(client):
    start = {"dateTime": "2026-07-06T08:00:00-05:00", "timeZone": "Asia/Tokyo"}
    made = client.insert(start=start, end={"dateTime": "2026-07-06T14:00:00Z"})
    assert made["start"] == {"dateTime": "2026-07-06T15:00:00+02:00", "timeZone": "Asia/Tokyo"}


def test_in_a_calendar_in_utc_times_end_in_z(google):
    utc = Client(google, zone="UTC")
    assert utc.insert()["start"]["dateTime"] == "2026-07-06T08:00:00Z"
    utc.close()


def test_a_get_can_ask_for_another_zone(client):
    client.insert()
    assert client.get(timeZone="Asia/Tokyo")["start"] == {
        "dateTime": "2026-07-06T17:00:00+09:00",
        "timeZone": "Europe/Berlin",
    }


def test_winter_time_is_winter_time(client):
    start = {"dateTime": "2026-12-07T10:00:00", "timeZone": "Europe/Berlin"}
    end = {"dateTime": "2026-12-07T10:15:00", "timeZone": "Europe/Berlin"}
    assert client.insert(start=start, end=end)["start"]["dateTime"] == "2026-12-07T10:00:00+01:00"


def test_days_are_days(client):
    made = client.insert(start={"date": "2026-07-06"}, end={"date": "2026-07-07"})
    assert made["start"] == {"date": "2026-07-06"}
    assert made["end"] == {"date": "2026-07-07"}


def test_an_event_may_end_when_it_begins(client):
    now = {"dateTime": "2026-07-06T10:00:00+02:00"}
    assert client.insert(start=now, end=now)["id"] == "abcde"


BERLIN = {"dateTime": "2026-07-06T10:00:00", "timeZone": "Europe/Berlin"}


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"start": None}, "required"),
        ({"end": None}, "required"),
        ({"start": {}}, "required"),
        ({"end": {"timeZone": "Europe/Berlin"}}, "required"),
        ({"start": {"dateTime": "2026-07-06T09:00:00"}}, "required"),
        ({"start": {"dateTime": "2026-07-06T10:15:01", "timeZone": "Europe/Berlin"}}, "timeRangeEmpty"),
        ({"start": {"date": "2026-07-06"}, "end": {"date": "2026-07-06"}}, "timeRangeEmpty"),
        ({"start": {"date": "2026-07-06"}}, "invalid"),
        ({"start": BERLIN | {"date": "2026-07-06"}}, "invalid"),
        ({"start": {"dateTime": "2026-07-06T10:00:00", "timeZone": "Mars/Olympus"}}, "invalid"),
        ({"start": {"dateTime": "2026-07-06T10:00:00+02:00", "timeZone": "EST5"}}, "invalid"),
        ({"start": {"dateTime": "2026-02-30T10:00:00Z"}}, "invalid"),
        ({"start": {"dateTime": "6 July 2026"}}, "invalid"),
        ({"start": {"dateTime": "2026-07-06 10:00:00Z"}}, "invalid"),
        ({"start": {"date": "06.07.2026"}, "end": {"date": "2026-07-07"}}, "invalid"),
        ({"status": "maybe"}, "invalid"),
        ({"transparency": "glass"}, "invalid"),
        ({"visibility": "secret"}, "invalid"),
        ({"colorId": "12"}, "invalid"),
        ({"source": {"url": "ftp://example.com"}}, "invalid"),
        ({"source": {"url": "mailto:kim@example.com"}}, "invalid"),
        ({"summary": 7}, "invalid"),
        ({"start": "2026-07-06"}, "invalid"),
        ({"guestsCanModify": "yes"}, "invalid"),
        ({"extendedProperties": {"private": {"calsync": 1}}}, "invalid"),
        ({"extendedProperties": {"private": {f"k{n}": "v" for n in range(301)}}}, "invalid"),
        ({"reminders": {"useDefault": False, "overrides": [{"method": "sms", "minutes": 5}]}}, "invalid"),
        ({"reminders": {"useDefault": False, "overrides": [{"minutes": 5}]}}, "required"),
        ({"reminders": {"useDefault": False, "overrides": [{"method": "popup"}]}}, "required"),
        (
            {"reminders": {"useDefault": True, "overrides": [{"method": "popup", "minutes": 5}]}},
            "cannotUseDefaultRemindersAndSpecifyOverride",
        ),
        ({"sequence": -1}, "invalid"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_made(client, google, fields, reason):
    assert refused(client.insert, **fields) == (400, reason)
    assert google.user.events(client.calendar, deleted=True) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"recurrence": ["RRULE:FREQ=DAILY"]},
        {"attendees": [{"email": "sam@example.com"}]},
        {"eventType": "focusTime"},
        {"eventType": "outOfOffice"},
        {"gadget": {"title": "clock"}},
    ],
)
def test_what_is_not_modelled_is_said_to_be_so(client, fields):
    assert refused(client.insert, **fields) == (501, "notImplemented")


@pytest.mark.parametrize(
    ("fields", "query"),
    [
        ({"conferenceData": {"createRequest": {"requestId": "1"}}}, {"conferenceDataVersion": 1}),
        ({"attachments": [{"fileUrl": "https://example.com"}]}, {"supportsAttachments": True}),
    ],
)
def test_calls_and_attachments_are_ignored_unless_the_request_asks_for_them(client, fields, query):
    assert not set(fields) & set(client.insert(**fields))
    body = event("bcdef", **fields)
    request = client.events.insert(calendarId=client.calendar, body=body, **query)
    assert refused(request.execute) == (501, "notImplemented")


# Reminders and properties.


def reminders(*pairs):
    return {
        "useDefault": False,
        "overrides": [{"method": method, "minutes": minutes} for method, minutes in pairs],
    }


def test_without_a_word_the_calendars_reminders_hold(client):
    assert client.insert()["reminders"] == {"useDefault": True}


def test_no_reminder_at_all_can_be_asked_for(client):
    assert client.insert(reminders={"useDefault": False})["reminders"] == {"useDefault": False}
    assert client.insert("bcdef", reminders=reminders())["reminders"] == {"useDefault": False}


def test_reminders_come_back_sorted(client):
    made = client.insert(reminders=reminders(("popup", 60), ("popup", 5), ("email", 5)))
    assert made["reminders"] == reminders(("email", 5), ("popup", 5), ("popup", 60))


def test_a_reminder_given_twice_comes_back_once(client):
    assert client.insert(reminders=reminders(("popup", 5), ("popup", 5)))["reminders"] == reminders(
        ("popup", 5)
    )


@pytest.mark.parametrize(("sent", "kept"), [(-1, 0), (0, 0), (40320, 40320), (40321, 40320)])
def test_minutes_out_of_range_are_clamped(client, sent, kept):
    assert client.insert(reminders=reminders(("popup", sent)))["reminders"] == reminders(("popup", kept))


def test_a_sixth_reminder_is_dropped(client):
    six = [("popup", minutes) for minutes in (1, 2, 3, 4, 5, 6)]
    assert client.insert(reminders=reminders(*six))["reminders"] == reminders(*six[:5])


@pytest.mark.parametrize("sent", [reminders(("popup", -1)), reminders(("popup", 40321))])
def test_the_other_google_refuses_minutes_out_of_range(strict_client, sent):
    assert refused(strict_client.insert, reminders=sent) == (400, "invalid")


def test_the_other_google_refuses_a_sixth_reminder(strict_client):
    six = reminders(*(("popup", minutes) for minutes in range(6)))
    assert refused(strict_client.insert, reminders=six)[0] == 400


def test_overrides_patched_onto_default_reminders_are_refused(client):
    client.insert()
    wanted = {"overrides": [{"method": "popup", "minutes": 5}]}
    assert refused(client.patch, reminders=wanted) == (400, "cannotUseDefaultRemindersAndSpecifyOverride")


def test_a_key_of_44_letters_is_kept_and_one_of_45_dropped(client):
    made = client.insert(extendedProperties={"private": {"k" * 44: "v", "k" * 45: "v"}})
    assert made["extendedProperties"] == {"private": {"k" * 44: "v"}}


def test_a_value_is_cut_at_1024_letters(client):
    made = client.insert(extendedProperties={"private": {"a": "v" * 1024, "b": "w" * 1025}})
    assert made["extendedProperties"]["private"] == {"a": "v" * 1024, "b": "w" * 1024}


def test_a_long_description_is_cut(client):
    assert client.insert(description="d" * 9000)["description"] == "d" * 8192


def test_the_other_google_refuses_a_long_description(strict_client):
    assert refused(strict_client.insert, description="d" * 9000) == (400, "invalid")


# Patch and update.


def test_a_patch_changes_what_it_names_and_nothing_else(client):
    before = client.insert(description="old", location="Berlin")
    after = client.patch(description="new")
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"description", "etag"}


def test_null_in_a_patch_takes_a_field_away(client):
    client.insert(description="old")
    assert "description" not in client.patch(description=None)


def test_a_patch_goes_into_objects(client):
    client.insert(extendedProperties={"private": {"a": "1", "b": "2"}})
    after = client.patch(extendedProperties={"private": {"b": "3", "c": "4", "a": None}})
    assert after["extendedProperties"] == {"private": {"b": "3", "c": "4"}}


def test_a_patch_replaces_arrays(client):
    client.insert(reminders=reminders(("popup", 5), ("popup", 10)))
    assert client.patch(reminders=reminders(("popup", 30)))["reminders"] == reminders(("popup", 30))


def test_a_patched_start_keeps_its_zone(client):
    client.insert()
    after = client.patch(start={"dateTime": "2026-07-06T09:00:00"})
    assert after["start"] == {"dateTime": "2026-07-06T09:00:00+02:00", "timeZone": "Europe/Berlin"}


def test_a_date_patched_onto_a_time_is_refused_unless_the_time_is_taken_away(client):
    client.insert()
    both = {"start": {"date": "2026-07-06"}, "end": {"date": "2026-07-07"}}
    assert refused(client.patch, **both) == (400, "invalid")
    nulls = {name: value | {"dateTime": None, "timeZone": None} for name, value in both.items()}
    assert client.patch(**nulls)["start"] == {"date": "2026-07-06"}


def test_a_patch_that_moves_the_start_behind_the_end_is_refused(client):
    client.insert()
    assert refused(client.patch, start={"dateTime": "2026-07-06T11:00:00"}) == (400, "timeRangeEmpty")


def test_a_patch_of_nothing_there_is_not_found(client):
    assert refused(client.patch, "zzzzz", summary="x") == (404, "notFound")
    assert refused(client.update, "zzzzz", event()) == (404, "notFound")
    assert refused(client.delete, "zzzzz") == (404, "notFound")
    assert refused(client.get, "zzzzz") == (404, "notFound")


def test_an_update_takes_away_what_it_does_not_name(client):
    client.insert(description="old", reminders=reminders(("popup", 5)))
    after = client.update("abcde", event(summary="New"))
    assert after["summary"] == "New"
    assert "description" not in after
    assert after["reminders"] == {"useDefault": True}


def test_an_update_needs_start_and_end(client):
    client.insert()
    assert refused(client.update, "abcde", {"summary": "New"}) == (400, "required")


def test_an_event_that_was_read_can_be_written_back_as_it_is(client):
    made = client.insert(description="d", reminders=reminders(("popup", 5)))
    assert client.update("abcde", made) == made


def test_a_change_moves_the_etag_and_updated(client, google):
    before = client.insert()
    google.clock.advance(timedelta(minutes=1))
    after = client.patch(summary="New")
    assert after["etag"] != before["etag"]
    assert after["updated"] == "2026-07-03T09:01:00.000Z"
    assert after["created"] == before["created"]


def test_a_change_of_reminders_moves_the_etag_but_not_updated(client, google):
    before = client.insert()
    google.clock.advance(timedelta(minutes=1))
    after = client.patch(reminders=reminders(("popup", 5)))
    assert after["etag"] != before["etag"]
    assert after["updated"] == before["updated"]


def test_a_patch_that_changes_nothing_leaves_the_etag(client):
    before = client.insert()
    assert client.patch(summary="Call") == before


def test_the_other_google_moves_the_etag_all_the_same(strict_client):
    before = strict_client.insert()
    assert strict_client.patch(summary="Call")["etag"] != before["etag"]


def test_another_time_is_another_edition_and_another_title_is_not(client):
    client.insert()
    assert client.patch(summary="New")["sequence"] == 0
    assert client.patch(start={"dateTime": "2026-07-06T09:00:00"})["sequence"] == 1


def test_a_sequence_can_be_raised_and_not_lowered(client):
    client.insert(sequence=3)
    assert client.patch(sequence=5)["sequence"] == 5
    assert refused(client.patch, sequence=4) == (400, "invalid")


def test_ids_uids_and_creation_are_not_changed_by_a_patch(client):
    made = client.insert()
    after = client.patch(iCalUID="other@example.com", created="2020-01-01T00:00:00.000Z", summary="New")
    assert [after[name] for name in ("id", "iCalUID", "created")] == [
        made[name] for name in ("id", "iCalUID", "created")
    ]


def test_an_unknown_zone_in_a_question_is_refused(client):
    client.insert()
    assert refused(client.get, timeZone="Mars/Olympus") == (400, "invalid")


# Etags.


def test_if_match_lets_the_right_etag_through(client):
    made = client.insert()
    request = client.events.patch(calendarId=client.calendar, eventId="abcde", body={"summary": "New"})
    request.headers["If-Match"] = made["etag"]
    assert request.execute()["summary"] == "New"


@pytest.mark.parametrize("verb", ["patch", "update", "delete"])
def test_if_match_stops_a_change_of_another_state(client, google, verb):
    made = client.insert()
    google.user.edit(client.calendar, "abcde", summary="Mine")
    body = {} if verb == "delete" else {"body": event(summary="New")}
    request = getattr(client.events, verb)(calendarId=client.calendar, eventId="abcde", **body)
    request.headers["If-Match"] = made["etag"]
    assert refused(request.execute) == (412, "conditionNotMet")
    assert client.get()["summary"] == "Mine"


def test_if_match_with_a_star_fits_every_state(client):
    client.insert()
    request = client.events.delete(calendarId=client.calendar, eventId="abcde")
    request.headers["If-Match"] = "*"
    request.execute()
    assert client.get()["status"] == "cancelled"


def test_if_match_notices_a_reminder_the_user_changed(client, google):
    made = client.insert()
    google.user.edit(client.calendar, "abcde", reminders=reminders(("popup", 30)))
    request = client.events.patch(calendarId=client.calendar, eventId="abcde", body={"summary": "New"})
    request.headers["If-Match"] = made["etag"]
    assert refused(request.execute) == (412, "conditionNotMet")


def test_the_412_names_the_header(client, google):
    client.insert()
    answer = raw(google, "PATCH", place(client.calendar, "abcde"), {"summary": "x"}, If_Match='"1"')
    assert answer.status == 412
    assert answer.json["error"]["errors"][0]["location"] == "If-Match"
    assert answer.json["error"]["errors"][0]["locationType"] == "header"


def test_if_none_match_spares_what_is_known(client, google):
    made = client.insert()
    same = raw(google, "GET", place(client.calendar, "abcde"), If_None_Match=made["etag"])
    assert (same.status, same.body) == (304, b"")
    assert same.headers["ETag"] == made["etag"]
    client.patch(summary="New")
    assert raw(google, "GET", place(client.calendar, "abcde"), If_None_Match=made["etag"]).status == 200


# Deleting.


def test_a_delete_answers_with_204_and_nothing(client, google):
    client.insert()
    answer = raw(google, "DELETE", place(client.calendar, "abcde"))
    assert (answer.status, answer.body) == (204, b"")


def test_a_deleted_event_is_still_there_as_cancelled(client):
    client.insert(description="d")
    client.delete()
    gone = client.get()
    assert gone["status"] == "cancelled"
    assert gone["description"] == "d"


def test_the_other_google_says_hardly_more_than_the_id_of_a_deleted_event(strict_client):
    strict_client.insert(description="d")
    strict_client.delete()
    assert set(strict_client.get()) == {"kind", "etag", "id", "status"}


def test_deleting_moves_the_etag(client):
    made = client.insert()
    client.delete()
    assert client.get()["etag"] != made["etag"]


def test_deleting_twice_is_gone(client):
    client.insert()
    client.delete()
    assert refused(client.delete) == (410, "deleted")


def test_deleting_by_patch_is_deleting(client):
    client.insert()
    assert client.patch(status="cancelled")["status"] == "cancelled"
    assert client.names() == []


def test_a_deleted_event_can_be_brought_back(client):
    client.insert()
    client.delete()
    assert client.patch(status="confirmed")["status"] == "confirmed"
    assert client.names() == ["abcde"]


def test_an_update_brings_back_too(client):
    client.insert()
    client.delete()
    assert client.update("abcde", event())["status"] == "confirmed"


def test_the_other_google_brings_nothing_back(strict_client):
    strict_client.insert()
    strict_client.delete()
    assert refused(strict_client.patch, status="confirmed") == (403, "forbidden")
    assert refused(strict_client.update, "abcde", event()) == (403, "forbidden")


def test_a_patch_of_a_deleted_event_leaves_it_deleted(client):
    client.insert()
    client.delete()
    assert client.patch(summary="New")["status"] == "cancelled"


def test_the_other_google_says_that_it_is_gone(strict_client):
    strict_client.insert()
    strict_client.delete()
    assert refused(strict_client.patch, summary="New") == (410, "deleted")


def emptied(made, fake):
    """A client whose deleted event is out of the bin too."""
    made.insert()
    made.delete()
    fake.user.empty_bin(made.calendar)
    return made


def test_out_of_the_bin_an_event_is_not_found_and_its_id_still_taken(client, google):
    emptied(client, google)
    assert refused(client.get) == (404, "notFound")
    assert refused(client.patch, status="confirmed") == (404, "notFound")
    assert refused(client.insert) == (409, "duplicate")
    assert client.names(showDeleted=True) == []


def test_for_the_other_google_it_is_gone(strict_client, strict):
    emptied(strict_client, strict)
    assert refused(strict_client.get) == (410, "deleted")
    assert refused(strict_client.delete) == (410, "deleted")
    assert refused(strict_client.insert) == (409, "duplicate")


def test_emptying_the_bin_leaves_living_events_alone(client, google):
    client.insert("bcdef")
    emptied(client, google)
    assert client.names() == ["bcdef"]


def test_the_missing_end_is_noticed_first(client, google):
    answer = raw(google, "POST", place(client.calendar), {"summary": "x"})
    assert answer.json["error"]["message"] == "Missing end time."


# Zone aliases.


@pytest.mark.parametrize(
    ("sent", "shown"),
    [("Asia/Kolkata", "Asia/Calcutta"), ("Europe/Kyiv", "Europe/Kiev"), ("Europe/Berlin", "Europe/Berlin")],
)
def test_a_zones_alias_comes_back_as_sent_or_under_its_older_name(client, strict_client, sent, shown):
    times = {
        "start": {"dateTime": "2026-07-06T10:00:00", "timeZone": sent},
        "end": {"dateTime": "2026-07-06T10:15:00", "timeZone": sent},
    }
    assert client.insert(**times)["start"]["timeZone"] == sent
    assert strict_client.insert(**times)["start"]["timeZone"] == shown

"""Calendars as such, the person's list of them, and when they are busy."""

import pytest
from googleapiclient.errors import HttpError

from tests.fakes.google_client import event, raw, refusal


def refused(request):
    with pytest.raises(HttpError) as caught:
        request.execute()
    return refusal(caught.value)


# Making, reading, changing.


def test_a_new_calendar_is_a_secondary_one_with_an_id_of_googles(client):
    made = client.service.calendars().insert(body={"summary": "Follow-ups"}).execute()
    assert made["kind"] == "calendar#calendar"
    assert made["id"].endswith("@group.calendar.google.com")
    assert made["summary"] == "Follow-ups"
    assert made["timeZone"] == "UTC"
    assert made["dataOwner"] == "kim@example.com"
    assert made["etag"].startswith('"')


def test_two_calendars_may_have_one_name(client):
    made = [
        client.service.calendars().insert(body={"summary": "Follow-ups"}).execute()["id"] for _ in range(2)
    ]
    assert made[0] != made[1]


def test_a_calendar_keeps_what_was_said_of_it(client):
    body = {"summary": "S", "description": "D", "location": "L", "timeZone": "Asia/Tokyo"}
    made = client.service.calendars().insert(body=body).execute()
    assert {name: made[name] for name in body} == body
    assert client.service.calendars().get(calendarId=made["id"]).execute() == made


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({}, "required"),
        ({"summary": ""}, "required"),
        ({"summary": "S", "timeZone": "Mars/Olympus"}, "invalid"),
        ({"summary": 7}, "invalid"),
        ({"summary": "S", "colour": "red"}, "invalid"),
    ],
)
def test_a_calendar_that_cannot_be_is_refused(client, google, body, reason):
    assert refused(client.service.calendars().insert(body=body)) == (400, reason)
    assert google.user.calendars() == ["kim@example.com"]


def test_a_calendar_can_be_renamed_and_its_etag_moves(client):
    before = client.service.calendars().get(calendarId=client.calendar).execute()
    after = client.service.calendars().patch(calendarId=client.calendar, body={"summary": "New"}).execute()
    assert after["summary"] == "New"
    assert after["timeZone"] == "Europe/Berlin"
    assert after["etag"] != before["etag"]
    assert client.page()["summary"] == "New"


def test_an_update_of_a_calendar_needs_its_title(client):
    update = client.service.calendars().update
    assert refused(update(calendarId=client.calendar, body={"description": "D"})) == (400, "required")
    made = update(calendarId=client.calendar, body={"summary": "S"}).execute()
    assert "description" not in made


def test_in_another_zone_the_same_moments_look_different(client, google):
    client.insert()
    google.user.move_calendar(client.calendar, "Asia/Tokyo")
    assert client.get()["start"] == {"dateTime": "2026-07-06T17:00:00+09:00", "timeZone": "Europe/Berlin"}


def test_if_match_guards_a_calendar(client, google):
    made = client.service.calendars().get(calendarId=client.calendar).execute()
    google.user.rename_calendar(client.calendar, "Mine")
    request = client.service.calendars().patch(calendarId=client.calendar, body={"summary": "New"})
    request.headers["If-Match"] = made["etag"]
    assert refused(request) == (412, "conditionNotMet")


def test_a_deleted_calendar_is_gone_with_all_its_events(client, google):
    client.insert()
    answer = raw(google, "DELETE", f"calendars/{client.calendar}")
    assert (answer.status, answer.body) == (204, b"")
    assert refused(client.events.get(calendarId=client.calendar, eventId="abcde")) == (404, "notFound")
    assert refused(client.service.calendars().delete(calendarId=client.calendar)) == (404, "notFound")


def test_a_calendar_the_user_deleted_is_not_found(client, google):
    token = client.page()["nextSyncToken"]
    google.user.delete_calendar(client.calendar)
    assert refused(client.events.list(calendarId=client.calendar, syncToken=token)) == (404, "notFound")
    assert refused(client.events.insert(calendarId=client.calendar, body=event())) == (404, "notFound")


def test_the_own_calendar_cannot_be_deleted(owner):
    request = owner.service.calendars().delete(calendarId="primary")
    assert refused(request) == (403, "cannotDeletePrimaryCalendar")


def test_the_own_calendar_is_called_primary_and_by_its_address(owner):
    get = owner.service.calendars().get
    assert get(calendarId="primary").execute() == get(calendarId="kim@example.com").execute()
    assert get(calendarId="primary").execute()["id"] == "kim@example.com"


def test_clearing_empties_the_own_calendar_alone(owner, google):
    owner.events.insert(calendarId="primary", body=event()).execute()
    owner.service.calendars().clear(calendarId="primary").execute()
    assert google.user.events("primary") == []
    assert refused(owner.service.calendars().clear(calendarId=owner.calendar))[0] == 400


# The list.


def test_a_program_may_read_the_entry_of_its_calendar_but_not_the_list(client):
    entry = client.service.calendarList().get(calendarId=client.calendar).execute()
    assert entry["kind"] == "calendar#calendarListEntry"
    assert entry["accessRole"] == "owner"
    assert entry["defaultReminders"] == []
    assert refused(client.service.calendarList().list()) == (403, "insufficientPermissions")


def test_a_program_may_colour_and_hide_its_calendar(client):
    patch = client.service.calendarList().patch
    entry = patch(calendarId=client.calendar, body={"colorId": "7", "summaryOverride": "Mine"}).execute()
    assert (entry["colorId"], entry["summaryOverride"]) == ("7", "Mine")


def test_the_list_holds_all_calendars_of_the_person(reader, google):
    google.user.add_calendar("Choir")
    items = reader.service.calendarList().list().execute()["items"]
    assert [each["summary"] for each in items] == ["kim@example.com", "Choir"]
    assert items[0]["primary"] is True
    assert "primary" not in items[1]


def test_the_list_can_leave_out_what_cannot_be_written(reader, google):
    google.user.add_calendar("Holidays", access="reader")
    names = [
        each["summary"]
        for each in reader.service.calendarList().list(minAccessRole="writer").execute()["items"]
    ]
    assert names == ["kim@example.com"]
    assert len(reader.service.calendarList().list(minAccessRole="reader").execute()["items"]) == 2


# Free and busy.


def asked(reader, *calendars, **more):
    body = {
        "timeMin": "2026-07-06T00:00:00+02:00",
        "timeMax": "2026-07-07T00:00:00+02:00",
        "items": [{"id": each} for each in calendars or ("primary",)],
    } | more
    return reader.service.freebusy().query(
        body={name: value for name, value in body.items() if value is not None}
    )


def meeting(hour, end, **fields):
    return event(
        None,
        start={"dateTime": f"2026-07-06T{hour:02}:00:00+02:00"},
        end={"dateTime": f"2026-07-06T{end:02}:00:00+02:00"},
        **fields,
    )


def test_a_free_day_is_free(reader):
    answer = asked(reader).execute()
    assert answer["kind"] == "calendar#freeBusy"
    assert answer["calendars"] == {"primary": {"busy": []}}
    assert answer["timeMin"] == "2026-07-05T22:00:00.000Z"


def test_meetings_make_busy_and_run_together(reader, google):
    for hour, end in ((9, 10), (11, 14), (12, 13), (14, 15), (17, 18)):
        google.user.create("primary", meeting(hour, end))
    assert asked(reader, timeZone="Europe/Berlin").execute()["calendars"]["primary"]["busy"] == [
        {"start": "2026-07-06T09:00:00+02:00", "end": "2026-07-06T10:00:00+02:00"},
        {"start": "2026-07-06T11:00:00+02:00", "end": "2026-07-06T15:00:00+02:00"},
        {"start": "2026-07-06T17:00:00+02:00", "end": "2026-07-06T18:00:00+02:00"},
    ]


def test_free_and_busy_is_told_in_utc_unless_asked_otherwise(reader, google):
    google.user.create("primary", meeting(9, 10))
    assert asked(reader).execute()["calendars"]["primary"]["busy"][0]["start"] == "2026-07-06T07:00:00Z"


@pytest.mark.parametrize("fields", [{"transparency": "transparent"}, {"status": "cancelled"}])
def test_what_takes_no_time_makes_not_busy(reader, google, fields):
    google.user.create("primary", meeting(9, 10, **fields))
    assert asked(reader).execute()["calendars"]["primary"]["busy"] == []


def test_what_reaches_over_the_edge_is_cut(reader, google):
    google.user.create("primary", event(None, start={"date": "2026-07-06"}, end={"date": "2026-07-09"}))
    assert asked(reader, timeZone="Europe/Berlin").execute()["calendars"]["primary"]["busy"] == [
        {"start": "2026-07-06T00:00:00+02:00", "end": "2026-07-07T00:00:00+02:00"}
    ]


def test_an_unknown_calendar_is_an_error_of_its_own(reader):
    answer = asked(reader, "primary", "nowhere@example.com").execute()["calendars"]
    assert answer["nowhere@example.com"] == {
        "errors": [{"domain": "global", "reason": "notFound"}],
        "busy": [],
    }
    assert answer["primary"] == {"busy": []}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"timeMin": None}, "required"),
        ({"timeMax": None}, "required"),
        ({"timeMin": "2026-07-06T00:00:00"}, "badRequest"),
        ({"timeMin": "2026-07-08T00:00:00Z"}, "timeRangeEmpty"),
        ({"timeMax": "2026-10-07T00:00:00Z"}, "timeRangeTooLong"),
        ({"timeZone": "Mars/Olympus"}, "invalid"),
        ({"items": [{"id": f"{number}@example.com"} for number in range(51)]}, "tooManyCalendarsRequested"),
    ],
)
def test_a_question_about_busy_times_that_cannot_be_is_refused(reader, body, reason):
    assert refused(asked(reader, **body)) == (400, reason)

"""An event of Google Calendar, read as an invitation; and what looks like an interview."""

from contextlib import suppress
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calsync.domain import Candidate, Person, Preferences
from calsync.errors import BadData, BadValue
from calsync.intake import read_record
from calsync.intake.invitation import account_of, from_google, has_declined, is_of_a_series, likeness

BERLIN = Preferences(zone=ZoneInfo("Europe/Berlin"))
SELF = {"email": "kim@example.com", "self": True, "responseStatus": "accepted", "displayName": "Kim Park"}
NAMES = (
    "start", "end", "dateTime", "timeZone", "date", "summary", "attendees", "organizer", "email", "self",
    "conferenceData", "entryPoints", "uri", "hangoutLink", "status", "sequence", "iCalUID", "description", "location",
)  # fmt: skip
SARAH = {"email": "sarah@acme.example", "displayName": "Sarah Smith", "responseStatus": "accepted"}
TOM = {"email": "tom@acme.example", "displayName": "Tom Reyes", "responseStatus": "needsAction"}


def event(**changes):
    """A video interview with Acme in New York, as Google tells it to somebody in Berlin."""
    usual = {
        "id": "abc123",
        "iCalUID": "abc123@google.com",
        "status": "confirmed",
        "sequence": 1,
        "summary": "Interview: Product Manager at Acme",
        "start": {"dateTime": "2026-11-12T20:00:00+01:00", "timeZone": "America/New_York"},
        "end": {"dateTime": "2026-11-12T20:45:00+01:00", "timeZone": "America/New_York"},
        "organizer": SARAH,
        "attendees": [SELF, SARAH, TOM],
        "hangoutLink": "https://meet.google.com/abc-defg-hij",
    } | changes
    return {key: value for key, value in usual.items() if value is not None}


def read(preferences=BERLIN, calendar_zone="Europe/Berlin", **changes):
    return from_google(event(**changes), preferences=preferences, calendar_zone=calendar_zone)


def titled(summary, **changes):
    """Something without any other sign."""
    bare = {"organizer": None, "attendees": None, "hangoutLink": None} | changes
    return likeness(read(summary=summary, **bare), "kim@example.com")


# Read as an invitation


def test_it_becomes_the_same_record_as_an_ics_would():
    found = read()
    record = read_record(found.proposed, preferences=BERLIN)
    assert (record.company, record.role, record.contact) == ("Acme", "Product Manager", "Sarah Smith")
    assert f"{record.start:%Y-%m-%d %H:%M} {record.timezone}" == "2026-11-12 14:00 America/New_York"
    assert (record.minutes, record.url) == (45, "https://meet.google.com/abc-defg-hij")
    assert record.interviewers == (Person("Tom Reyes", "tom@acme.example"),)
    assert (found.uid, found.sequence, found.cancelled, found.notes) == ("abc123@google.com", 1, False, ())


@pytest.mark.parametrize(
    ("start", "calendar_zone", "meant"),
    [
        ({"timeZone": "America/New_York"}, "Europe/Berlin", "14:00 America/New_York"),
        ({"timeZone": "UTC"}, "Europe/London", "19:00 Europe/London"),
        ({}, "Europe/London", "19:00 Europe/London"),
        ({}, "UTC", "20:00 Europe/Berlin"),
        ({"timeZone": "Nowhere/Land"}, "", "20:00 Europe/Berlin"),
    ],
)
def test_its_zone_is_its_own_else_the_calendars_else_ours(start, calendar_zone, meant):
    found = read(start={"dateTime": "2026-11-12T19:00:00Z", **start}, calendar_zone=calendar_zone)
    assert f"{found.start:%H:%M} {found.start.tzinfo}" == meant


def test_the_second_of_two_hours_on_a_clock_that_goes_back_stays_the_second():
    at = {"dateTime": "2026-11-01T01:30:00-05:00", "timeZone": "America/New_York"}
    found = read(start=at, end=at)
    assert (found.start.fold, found.minutes) == (1, 60)


@pytest.mark.parametrize(
    "changes",
    [
        {"start": {"date": "2026-11-12"}, "end": {"date": "2026-11-13"}},
        {"end": {"dateTime": "2026-11-14T20:45:00+01:00"}},
        {"end": {"dateTime": "2026-11-12T19:45:00+01:00"}},
        {"start": {"dateTime": "2026-11-12T19:45:00"}},
    ],
)
def test_what_takes_days_or_no_time_is_no_appointment(changes):
    with pytest.raises(BadValue):
        read(**changes)


def test_rooms_those_who_declined_and_the_user_are_not_met():
    room = {"email": "room@resource.calendar.google.com", "resource": True}
    gone = TOM | {"responseStatus": "declined"}
    found = read(attendees=[SELF, SARAH, gone, room])
    assert found.attendees == (Person("Sarah Smith", "sarah@acme.example"),)


def test_an_appointment_of_the_users_own_making_has_no_organizer():
    found = read(organizer=SELF, attendees=None)
    assert (found.organizer, found.contact) == (None, None)
    assert account_of(event(attendees=None, organizer=SELF)) == "kim@example.com"


def test_the_settings_address_of_the_user_is_not_met_either():
    mine = Preferences(zone=ZoneInfo("Europe/Berlin"), candidate=Candidate(email="kim@park.example"))
    alias = {"email": "kim@park.example", "displayName": "Kim"}
    assert Person("Kim", "kim@park.example") not in read(mine, attendees=[SELF, SARAH, alias]).attendees


def test_html_and_backslashes_are_read_as_people_mean_them():
    found = read(summary="Interview \\ Acme", description="<b>Hello</b><br>C:\\Notes &amp; more")
    assert (found.summary, found.description) == ("Interview \\ Acme", "Hello\nC:\\Notes & more")


def test_a_video_call_of_another_service_is_the_link():
    entries = [
        {"entryPointType": "phone", "uri": "tel:+1-212-555-0142"},
        {"entryPointType": "video", "uri": "https://acme.zoom.us/j/123"},
    ]
    assert read(conferenceData={"entryPoints": entries}).url == "https://acme.zoom.us/j/123"


def test_what_was_called_off_is_a_cancellation_even_if_little_is_left_of_it():
    left = from_google({"id": "abc123", "status": "cancelled"}, preferences=BERLIN)
    assert (left.cancelled, left.uid, left.start) == (True, "abc123@google.com", None)


def test_a_series_and_one_day_of_it_are_known():
    assert is_of_a_series({"recurrence": ["RRULE:FREQ=DAILY"]})
    assert is_of_a_series({"recurringEventId": "abc"})
    assert not is_of_a_series(event())


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=20)
    | st.sampled_from(["2026-11-12T20:00:00", "9"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=6,
)


@pytest.mark.usefixtures("unmeasured")
@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from(NAMES), _JSON, max_size=4))
def test_whatever_stands_in_an_event_is_a_value_or_one_error_of_ours(changes):
    with suppress(BadValue, BadData):
        odd = event(**changes)
        likeness(from_google(odd, preferences=BERLIN), account_of(odd))
        assert is_of_a_series(odd) in {True, False}
        assert has_declined(odd) in {True, False}


# What looks like an interview


@pytest.mark.parametrize(
    "title",
    [
        "Interview with Acme",
        "Vorstellungsgespräch Müller GmbH",
        "Kennenlerngespräch",
        "Acme phone screen",
        "Phone-Screen: Kim",
        "Technical interview round 2",
        "Telefoninterview",
    ],
)
def test_a_title_can_be_enough(title):
    assert titled(title)


@pytest.mark.parametrize(
    ("title", "changes"),
    [
        ("Call with Sarah", {"organizer": SARAH, "hangoutLink": "https://meet.google.com/a"}),
        ("Gespräch mit Frau Smith", {"organizer": SARAH, "hangoutLink": "https://meet.google.com/a"}),
        ("Onsite", {"organizer": SARAH}),
        ("Sarah <> Kim", {"organizer": SARAH, "description": "about your application"}),
        ("Kim / Acme", {"attendees": [SELF, SARAH], "description": "Danke für Ihre Bewerbung!"}),
        ("Senior Product Manager", {"organizer": SARAH, "hangoutLink": "https://meet.google.com/a"}),
        (
            "Chat with Acme",
            {"organizer": {"email": "x@calendly.com"}, "hangoutLink": "https://meet.google.com/a"},
        ),
    ],
)
def test_several_weak_signs_are_enough(title, changes):
    assert titled(title, **changes)


@pytest.mark.parametrize(
    ("title", "changes"),
    [
        ("Dentist", {}),
        ("Lunch with Sarah", {"organizer": SARAH}),
        ("Call with Mum", {}),
        ("Team onsite", {}),
        ("Stand-up", {"hangoutLink": "https://meet.google.com/a", "organizer": {"email": "jo@example.com"}}),
        (
            "Call with Jo",
            {"hangoutLink": "https://meet.google.com/a", "organizer": {"email": "jo@example.com"}},
        ),
        ("", {}),
    ],
)
def test_too_little_is_not(title, changes):
    assert titled(title, **changes) == ()


def test_it_is_said_what_makes_it_look_so():
    assert likeness(read(description="We got your application."), "kim@example.com") == (
        'the title says "Interview"',
        "the title names a position",
        'the description says "your application"',
        "somebody of acme.example is there",
        "it has a link to a call",
    )

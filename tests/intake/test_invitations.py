"""Invitations in the manner of those who send them: each says what a person would read in it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest
from msgspec.structs import replace

from calsync.domain import Candidate, Person, Preferences
from calsync.errors import BadData, BadValue, NoInput
from calsync.intake import read_record
from calsync.intake.invitation import IncomingInvitation, ZoneWanted, read_invitation
from tests.intake.invitations import FIXTURES, PREFERENCES, ics, received

NEW_YORK = ZoneInfo("America/New_York")

GOOGLE = {
    "uid": "4f0q2k8s1m7d3g9h5j6l@google.com",
    "sequence": 0,
    "cancelled": False,
    "start": datetime(2026, 11, 12, 14, 0, tzinfo=NEW_YORK),
    "minutes": 60,
    "organizer": Person("Sarah Smith", "sarah.smith@acme.example"),
    "attendees": (
        Person("Sarah Smith", "sarah.smith@acme.example"),
        Person("Tom Brandt", "tom.brandt@acme.example"),
    ),
    "location": "NYC-4-Hudson (8)",
    "url": "https://meet.google.com/abc-defg-hij",
    "company": "Acme from the title",
    "role": "Product Manager from the title",
    "contact": "Sarah Smith from the organizer",
    "notes": (),
}
TUE_17_NOV = datetime(2026, 11, 17, 14, 0, tzinfo=NEW_YORK)
IN_UTC = ("it gives its time in UTC: shown as the clock is in America/New_York",)
GLOBEX_UID = (
    "040000008200E00074C5B7101A82E00800000000B0A1C2D3E4F5DA01000000000000000010000000"
    "A1B2C3D4E5F60718293A4B5C6D7E8F90"
)

EXPECTED = {
    "google-request": GOOGLE,
    "google-moved": GOOGLE | {"sequence": 1, "start": TUE_17_NOV},
    "google-cancelled": GOOGLE | {"sequence": 2, "start": TUE_17_NOV, "cancelled": True},
    "outlook-request": {
        "uid": GLOBEX_UID,
        "sequence": 3,
        "dtstamp": datetime(2026, 11, 6, 12, 3, 4, tzinfo=UTC),
        "start": datetime(2026, 11, 19, 9, 30, tzinfo=NEW_YORK),
        "minutes": 45,
        "organizer": Person("Eva Lindqvist", "eva.lindqvist@globex.example"),
        "attendees": (Person("Ana Ruiz", "Ana.Ruiz@globex.example"),),
        "location": "Microsoft Teams Meeting",
        "url": "https://teams.microsoft.com/l/meetup-join/19%3ameeting_MGYx%40thread.v2/0"
        "?context=%7b%22Tid%22%3a%2272f%22%7d",
        "company": "Globex from the title",
        "role": "Data Analyst from the description",
        "contact": "Eva Lindqvist from the organizer",
    },
    "exchange-cancelled": {
        "uid": GLOBEX_UID,
        "sequence": 4,
        "cancelled": True,
        "start": datetime(2026, 11, 19, 9, 30, tzinfo=NEW_YORK),
        "company": "Globex from the title",
    },
    "outlook-display-zone": {
        "start": datetime(2026, 11, 26, 10, 30, tzinfo=ZoneInfo("Europe/Berlin")),
        "minutes": 60,
        "attendees": (),
        "location": "Hafenstraße 12, 20457 Hamburg, 3. Stock",
        "description": "Guten Tag Robin Vale,\nbitte melden Sie sich am Empfang.\n\n- Lebenslauf\n- Zeugnisse",
        "company": "Nordwind GmbH from the title",
        "role": "Produktmanagerin from the title",
        "contact": "Anna Berg from the organizer",
    },
    "exchange-customized-zone": {
        "start": datetime(2026, 11, 19, 9, 30, tzinfo=NEW_YORK),
        "minutes": 45,
        "notes": ("its zone 'Customized Time Zone' (-0500) is taken for America/New_York",),
    },
    "apple-request": {
        "start": datetime(2026, 7, 14, 11, 0, tzinfo=ZoneInfo("Europe/London")),
        "minutes": 45,
        "attendees": (
            Person("Priya Nair", "priya@initech.example"),
            Person("Owen Oz Hughes", "owen@initech.example"),
        ),
        "location": "Initech Ltd 1 Canal Street, Manchester M1 3HE, England",
        "url": "https://initech.zoom.us/j/98765432101?pwd=Q0xhc3Npa0Vy",
        "company": "Initech from the title",
        "role": "UX from the title",
        "contact": "Priya Nair from the title",
    },
    "calendly-request": {
        "start": datetime(2026, 11, 23, 11, 0, tzinfo=NEW_YORK),
        "minutes": 30,
        "attendees": (Person("Jo Diaz", "jo@hooli.example"),),
        "url": "https://example.zoom.us/j/81234567890",
        "company": "Hooli from the addresses of those invited",
        "role": "Support Lead from the description",
        "contact": "Jo Diaz from the title",
        "notes": IN_UTC,
    },
    "greenhouse-request": {
        "start": datetime(2026, 12, 1, 10, 0, tzinfo=NEW_YORK),
        "minutes": 90,
        "attendees": (Person("Art Vane", "art@vandelay.example"), Person("Li Wei", "li@vandelay.example")),
        "url": "https://meet.google.com/xyz-abcd-efg",
        "company": "Vandelay from the title",
        "role": "Senior Software Engineer from the title",
        "contact": None,
        "notes": IN_UTC,
    },
    "mozilla-zone": {
        "start": datetime(2026, 9, 15, 14, 30, tzinfo=ZoneInfo("Europe/Paris")),
        "company": None,
        "role": None,
        "contact": "Chloé Martin from the organizer",
        "missing": ("company", "role"),
    },
    "lotus-own-zone": {
        "start": datetime(2026, 10, 8, 10, 0, tzinfo=ZoneInfo("Asia/Tokyo")),
        "attendees": (Person("佐藤 花子", "hanako@soylent.example"),),
        "location": "東京都港区芝公園四丁目二番八号東京タワー東京タワー東京タワー東京タワー",
        "description": "面接の詳細です。",
        "company": "Soylent from the organizer's address soylent.example",
        "role": "Regional Sales Manager from the title",
    },
    "dangerous-links": {
        "uid": "=cmd|' /C calc'!A0@example.net",
        "minutes": 45,
        "summary": '=HYPERLINK("http://evil.example";"Interview") txt.exe [31m',
        "organizer": Person("img src=x onerror=alert(1) Bobby Tables", "bobby@stark.example"),
        "location": "+1 (555) 0100 @SUM(A1)",
        "url": "",
        "description": "Hello\nclick me",
        "company": "Stark from the organizer's address stark.example",
        "missing": ("role",),
        "notes": (
            "CONFERENCE 'javascript:alert(1)' is left out: only links of http and https are taken",
            "URL 'file:///etc/passwd' is left out: only links of http and https are taken",
        ),
    },
}
ASKS_FOR_ZONE = {"plain-floating"}


def read(name, **options):
    return read_invitation(FIXTURES / f"{name}.ics", **({"preferences": PREFERENCES} | options))


def as_told(invitation, key):
    value = getattr(invitation, key)
    return str(value) if key in {"company", "role", "contact"} and value else value


def test_every_fixture_is_expected_to_say_something():
    assert {path.stem for path in FIXTURES.glob("*.ics")} == EXPECTED.keys() | ASKS_FOR_ZONE


@pytest.mark.parametrize("name", EXPECTED)
def test_an_invitation_says_what_a_person_reads_in_it(name):
    invitation = read(name)
    assert {key: as_told(invitation, key) for key in EXPECTED[name]} == EXPECTED[name]


def test_the_markup_of_a_description_is_gone_and_its_links_are_kept():
    assert read("google-request").description.splitlines()[:3] == [
        "Hi Robin,",
        "We look forward to meeting you. Please bring your portfolio.",
        "Parking: enter by the north gate (https://acme.example/visit?a=1&b=2).",
    ]


@pytest.mark.parametrize("name", EXPECTED)
def test_another_reader_of_calendars_sees_the_same_moment_and_words(name):
    event = icalendar.Calendar.from_ical((FIXTURES / f"{name}.ics").read_bytes()).walk("VEVENT")[0]
    invitation = read(name)
    assert (invitation.uid, invitation.sequence) == (str(event["UID"]), int(event.get("SEQUENCE", 0)))
    assert invitation.dtstamp == event["DTSTAMP"].dt
    if name != "dangerous-links":
        assert invitation.summary == str(event["SUMMARY"])
    if event["DTSTART"].dt.tzinfo:
        assert invitation.start == event["DTSTART"].dt


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_proposed_becomes_an_interview_once_what_is_missing_is_given(name):
    invitation = read(name)
    given = dict.fromkeys(invitation.missing, "Said by the user")
    interview = read_record({**invitation.proposed, **given}, preferences=PREFERENCES)
    assert (interview.start, interview.minutes) == (invitation.start, invitation.minutes)
    assert interview.zone == invitation.start.tzinfo
    met = {interview.contact, *(person.name for person in interview.interviewers)} - {""}
    assert met >= {person.name for person in invitation.attendees}
    assert interview.contact not in {person.name for person in interview.interviewers}


def test_the_record_of_a_usual_invitation_is_whole():
    assert read("google-request").proposed == {
        "company": "Acme",
        "role": "Product Manager",
        "start": "2026-11-12 14:00",
        "timezone": "America/New_York",
        "minutes": 60,
        "contact": "Sarah Smith",
        "email": "sarah.smith@acme.example",
        "interviewers": [{"name": "Tom Brandt", "email": "tom.brandt@acme.example"}],
        "location": "NYC-4-Hudson (8)",
        "url": "https://meet.google.com/abc-defg-hij",
    }


@pytest.mark.parametrize("name", sorted(ASKS_FOR_ZONE))
def test_a_time_in_no_known_zone_is_asked_about_and_never_floats(name):
    with pytest.raises(ZoneWanted, match=r"say which with --timezone America/New_York\. \(CS-INV-020\)"):
        read(name)
    start = read(name, zone=ZoneInfo("America/Denver")).start
    assert (start.hour, str(start.tzinfo)) == (9, "America/Denver")


def test_a_zone_that_is_given_does_not_move_a_start_that_is_certain():
    told = read("outlook-request", zone=ZoneInfo("Asia/Tokyo"))
    assert told.notes == ("it says itself that its time is in America/New_York: Asia/Tokyo is left out",)
    assert replace(told, notes=()) == read("outlook-request")
    in_tokyo = read("calendly-request", zone=ZoneInfo("Asia/Tokyo"))
    assert in_tokyo.start == read("calendly-request").start
    assert str(in_tokyo.start.tzinfo) == "Asia/Tokyo"
    assert "shown as the clock is in Asia/Tokyo" in in_tokyo.notes[0]


@pytest.mark.parametrize(
    ("zone", "means"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("w. europe standard time", "Europe/Berlin"),
        ('"Pacific Standard Time"', "America/Los_Angeles"),
        ('"(UTC-08:00) Pacific Time (US & Canada)"', "America/Los_Angeles"),
        ('"(GMT-05.00) Eastern Time (US & Canada)"', "America/New_York"),
        ("/freeassociation.sourceforge.net/Tzfile/America/Argentina/Ushuaia", "America/Argentina/Ushuaia"),
        ("/citadel.org/20210210_1/Asia/Tokyo", "Asia/Tokyo"),
        ('"tzone://Microsoft/Utc"', "America/New_York"),
        ("UTC", "America/New_York"),
    ],
)
def test_a_zone_is_known_by_the_names_that_calendars_use(zone, means):
    start = received(ics(DTSTART=f"DTSTART;TZID={zone}:20261112T140000", DTEND=None)).start
    assert str(start.tzinfo) == means


@pytest.mark.parametrize(
    ("zone", "near"),
    [
        ("Europe", "America/New_York"),
        ("x" * 300, "America/New_York"),
        ("EST", "America/New_York"),
        ("Berlin", "Europe/Berlin"),
        ("Europe/Berlim", "Europe/Berlin"),
        ("../../etc/localtime", "America/New_York"),
        ("/etc/localtime", "America/New_York"),
        ("/Berlin", "America/New_York"),
        ("Customized Time Zone", "America/New_York"),
    ],
)
def test_any_other_zone_is_asked_about_with_the_nearest_name(zone, near):
    with pytest.raises(ZoneWanted) as asked:
        received(ics(DTSTART=f"DTSTART;TZID={zone}:20261112T140000", DTEND=None))
    assert asked.value.tzid == zone[:300]
    assert str(asked.value).endswith(f"say which with --timezone {near}. (CS-INV-020)")
    assert len(str(asked.value)) < 250


def definition(tzid, offset, *more):
    return (
        "BEGIN:VTIMEZONE",
        f"TZID:{tzid}",
        *more,
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0000",
        f"TZOFFSETTO:{offset}",
        "END:STANDARD",
        "END:VTIMEZONE",
    )


def test_the_place_in_a_definition_of_a_zone_is_taken_at_its_word():
    start = "DTSTART;TZID=Office:20261112T140000"
    known = ics(
        DTSTART=start, DTEND=None, before=definition("Office", "+0100", "X-LIC-LOCATION:Europe/Berlin")
    )
    assert str(received(known).start.tzinfo) == "Europe/Berlin"
    against = definition("Office", "-0800", "X-LIC-LOCATION:Europe/Berlin")
    with pytest.raises(ZoneWanted, match="--timezone Europe/Berlin, America/Los_Angeles"):
        received(ics(DTSTART=start, DTEND=None, before=against))


# --- times ---


@pytest.mark.parametrize(
    ("lines", "minutes", "note"),
    [
        ({"DTEND": "DTEND;TZID=Europe/Berlin:20261112T143000"}, 30, ""),
        ({"DTEND": "DTEND:20261112T134500Z"}, 45, ""),
        ({"DTEND": "DURATION:PT1H30M"}, 90, ""),
        ({"DTEND": "DURATION:P1D"}, 1440, ""),
        ({"DTEND": "DURATION:PT90S"}, 2, ""),
        ({"DTEND": None}, 60, "60 minutes are assumed"),
        ({"DTEND": "DTEND;TZID=Europe/Berlin:20261112T140000"}, 60, "60 minutes are assumed"),
    ],
)
def test_the_length_is_in_whole_minutes_and_assumed_only_with_a_note(lines, minutes, note):
    invitation = received(ics(**lines))
    assert invitation.minutes == minutes
    assert note in " ".join(invitation.notes)
    assert bool(note) == any("assumed" in said for said in invitation.notes)


def test_a_length_over_a_change_of_clocks_is_real_time():
    changed = {
        "DTSTART": "DTSTART;TZID=America/New_York:20261101T003000",
        "DTEND": "DTEND;TZID=America/New_York:20261101T023000",
    }
    assert received(ics(**changed)).minutes == 180


def test_a_wall_time_that_does_not_exist_moves_on_and_says_so():
    invitation = received(ics(DTSTART="DTSTART;TZID=America/New_York:20270314T023000", DTEND=None))
    assert invitation.start.hour == 3
    assert "does not exist" in invitation.notes[0]


@pytest.mark.parametrize(
    ("lines", "code", "what"),
    [
        ({"DTSTART": "DTSTART;VALUE=DATE:20261112"}, "CS-INV-023", "whole day"),
        ({"DTSTART": "DTSTART:20261112"}, "CS-INV-023", "whole day"),
        ({"DTSTART": None}, "CS-INV-021", "does not say when it begins"),
        ({"DTSTART": "DTSTART:20261312T140000Z"}, "CS-REC-005", "2026-13-12"),
        ({"DTSTART": "DTSTART:20260229T140000Z"}, "CS-REC-005", "2026-02-29"),
        ({"DTSTART": "DTSTART;TZID=Europe/Berlin:20260229T140000"}, "CS-REC-005", "2026-02-29"),
        ({"DTSTART": "DTSTART:20261112T240000Z"}, "CS-INV-021", "not a time"),
        ({"DTSTART": "DTSTART:tomorrow"}, "CS-INV-021", "not a time"),
        ({"DTSTART": "DTSTART:00010101T000000Z"}, "CS-REC-009", "out of range"),
        ({"DTSTART": "DTSTART:99991231T235959Z"}, "CS-REC-009", "out of range"),
        ({"DTEND": "DTEND;TZID=Europe/Berlin:20261112T130000"}, "CS-INV-022", "ends before it begins"),
        ({"DTEND": "DTEND;TZID=Europe/Berlin:20261119T150000"}, "CS-INV-022", "more than a day"),
        ({"DTEND": "DURATION:-PT1H"}, "CS-INV-021", "not a length"),
        ({"DTEND": "DURATION:P"}, "CS-INV-021", "not a length"),
        ({"DTEND": "DURATION:P999W"}, "CS-INV-022", "more than a day"),
        ({"DTEND": "DTEND;VALUE=DATE:20261113"}, "CS-INV-023", "whole day"),
    ],
)
def test_what_cannot_be_a_time_is_refused_with_the_property(lines, code, what):
    with pytest.raises(BadValue, match=what) as refused:
        received(ics(**lines))
    assert refused.value.code == code
    assert refused.value.where.startswith("invite.ics")


def test_a_day_without_a_time_names_the_day_and_the_option_that_gives_one():
    with pytest.raises(BadValue, match=r'Thu 12 Nov 2026, and gives no time; .* --at "2026-11-12 14:00"'):
        received(ics("X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"))


def test_a_time_that_cannot_be_read_is_left_open_where_nobody_needs_it():
    for start in (
        None,
        "DTSTART;VALUE=DATE:20261112",
        "DTSTART;TZID=Nowhere:20261112T140000",
        "DTSTART:soon",
    ):
        told = received(ics(DTSTART=start, DTEND=None), start_needed=False)
        assert (told.start, told.missing) == (None, ("start",))
    assert received(ics(), start_needed=False) == received(ics())


# --- what an update needs ---


@pytest.mark.parametrize(
    ("changed", "cancelled"),
    [
        ({"method": "METHOD:CANCEL"}, True),
        ({"method": "METHOD:cancel"}, True),
        ({"STATUS": "STATUS:CANCELLED"}, True),
        ({"STATUS": "STATUS:CONFIRMED"}, False),
        ({"method": None}, False),
        ({"method": "METHOD:PUBLISH"}, False),
    ],
)
def test_a_cancellation_is_known_by_method_or_status(changed, cancelled):
    assert received(ics(**changed)).cancelled is cancelled


@pytest.mark.parametrize("start", [None, "DTSTART;TZID=Nowhere:20261112T140000", "DTSTART:20261112T140000"])
def test_a_cancellation_needs_no_time_that_is_understood(start):
    invitation = received(ics(method="METHOD:CANCEL", DTSTART=start, DTEND=None))
    assert (invitation.cancelled, invitation.start, invitation.uid) == (True, None, "one@acme.example")
    assert invitation.missing == ("start",)


@pytest.mark.parametrize(
    ("stamp", "means"), [("DTSTAMP:yesterday", None), (None, None), ("DTSTAMP:20269999T000000Z", None)]
)
def test_a_stamp_that_makes_no_sense_is_none(stamp, means):
    assert received(ics(DTSTAMP=stamp)).dtstamp is means


def test_lines_may_be_folded_anywhere_even_inside_a_character():
    content = ics(SUMMARY="SUMMARY:Vorstellungsgespräch bei Müller")
    inside = content.index("ä".encode()) + 1
    for end in (b"\r\n ", b"\n\t", b"\r\r\n "):
        assert received(content[:inside] + end + content[inside:]) == received(content)
    assert received(content.replace(b"\r\n", b"\n")) == received(content)


def test_an_invitation_may_have_been_read_from_a_stream_or_a_path(tmp_path):
    path = tmp_path / "invite.ics"
    path.write_bytes(ics())
    assert read_invitation(path, preferences=PREFERENCES) == read_invitation(
        str(path), preferences=PREFERENCES
    )
    assert read_invitation(path, preferences=PREFERENCES) == received(ics())


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(NoInput, match=r"nothing\.ics: there is no such file"):
        read_invitation(tmp_path / "nothing.ics", preferences=PREFERENCES)


def test_an_error_names_the_file_once():
    with pytest.raises(BadData) as refused:
        received(ics(UID=None))
    assert str(refused.value).count("invite.ics") == 1


def test_a_value_is_frozen():
    invitation = received(ics())
    assert isinstance(invitation, IncomingInvitation)
    with pytest.raises(AttributeError):
        invitation.uid = "another"


def test_reading_invitations_loads_no_library_for_them(loaded_by):
    assert not loaded_by("import calsync.intake.invitation") & {"icalendar", "dateutil", "click", "sqlite3"}


# --- who is met ---


@pytest.mark.parametrize(
    "line",
    [
        "ATTENDEE;CN=Robin:mailto:Robin.Vale@EXAMPLE.org",
        "ATTENDEE;CN=Robin Vale:mailto:other-address-of-robin",
        "ATTENDEE;CUTYPE=ROOM;CN=Room 4:mailto:room4@acme.example",
        "ATTENDEE;CUTYPE=RESOURCE;CN=Projector:mailto:p@acme.example",
        "ATTENDEE;CUTYPE=GROUP;CN=All hands:mailto:all@acme.example",
        "ATTENDEE;PARTSTAT=DECLINED;CN=Mia:mailto:mia@acme.example",
        "ATTENDEE;ROLE=NON-PARTICIPANT;CN=Mia:mailto:mia@acme.example",
        "ATTENDEE;CN=Calendly:mailto:no-reply@calendly.com",
        "ATTENDEE:urn:uuid:1234",
    ],
)
def test_those_who_will_not_be_met_are_left_out(line):
    assert received(ics(line)).attendees == ()


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("ATTENDEE;CN=Mia Okafor:MAILTO:mia@acme.example", Person("Mia Okafor", "mia@acme.example")),
        ('ATTENDEE;CN="Okafor, Mia":mailto:mia@acme.example', Person("Mia Okafor", "mia@acme.example")),
        ('ATTENDEE;CN="Okafor, Mia, PhD":mailto:mia@acme.example', Person("Mia Okafor", "mia@acme.example")),
        (
            'ATTENDEE;CN="Mia Okafor, Jr.":mailto:mia@acme.example',
            Person("Mia Okafor, Jr.", "mia@acme.example"),
        ),
        ("ATTENDEE:mailto:mia%40acme.example", Person("mia@acme.example", "mia@acme.example")),
        ('ATTENDEE;CN=Mia;EMAIL="mia@acme.example":/principals/1/', Person("Mia", "mia@acme.example")),
        ("ATTENDEE;CN=Mia Okafor:invalid:nomail", Person("Mia Okafor")),
        ('ATTENDEE;CN="Mia; <b>O</b>":mailto:mia@acme.example', Person("Mia b O", "mia@acme.example")),
    ],
)
def test_people_are_read_by_name_and_address(line, person):
    assert received(ics(line)).attendees == (person,)


def test_somebody_invited_twice_is_met_once():
    line = "ATTENDEE;CN=Mia:mailto:mia@acme.example"
    assert len(received(ics(line, line)).attendees) == 1


def test_without_a_candidate_s_address_the_doubt_is_said():
    nobody = replace(PREFERENCES, candidate=Candidate())
    notes = received(ics("ATTENDEE;CN=Mia:mailto:mia@acme.example"), preferences=nobody).notes
    assert "calsync config set candidate.email" in " ".join(notes)


def test_the_candidate_s_own_event_proposes_neither_their_company_nor_them():
    own = Preferences(zone=NEW_YORK, candidate=Candidate(name="Robin Vale", email="robin@vale.example"))
    line = "ORGANIZER;CN=Robin Vale:mailto:robin@vale.example"
    invitation = received(ics(ORGANIZER=line, SUMMARY="SUMMARY:Interview"), preferences=own)
    assert (invitation.company, invitation.contact) == (None, None)


# --- where ---


@pytest.mark.parametrize(
    ("lines", "url"),
    [
        (["URL:https://acme.example/jobs"], "https://acme.example/jobs"),
        (
            ["URL:https://acme.example/jobs", "X-GOOGLE-CONFERENCE:https://meet.google.com/a"],
            "https://meet.google.com/a",
        ),
        (["CONFERENCE;VALUE=URI:tel:+1-555-0100", "URL:http://a.example/"], "http://a.example/"),
        (["LOCATION:Zoom: https://zoom.us/j/1\\, code 5"], "https://zoom.us/j/1"),
        (
            ["DESCRIPTION:See https://acme.example or https://us02web.zoom.us/j/2?pwd=x."],
            "https://us02web.zoom.us/j/2?pwd=x",
        ),
        (["DESCRIPTION:See https://acme.example"], ""),
        (["URL:ftp://acme.example"], ""),
        (["URL:https://" + "x" * 3000], ""),
    ],
)
def test_the_link_of_the_meeting_is_found_where_calendars_put_it(lines, url):
    assert received(ics(*lines)).url == url

from datetime import date, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calsync.domain import Hours, Interview, Period, Person, Span, WeeklyHours
from calsync.domain import interview as domain
from calsync.intake import KEYS, BadRows, as_record, read_record
from tests.dates import BERLIN, NEW_YORK, TOKYO
from tests.intake.records import LEAST, PREFERENCES, one

NOV_24 = date(2026, 11, 24)
AFTERNOON = datetime(2026, 11, 24, 14, 0, tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("key", "given", "value"),
    [
        ("id", "acme-1", "acme-1"),
        ("id", " acme-1 ", "acme-1"),
        ("id", 17, "17"),
        ("candidate", "Noor Haddad", "Noor Haddad"),
        ("company", "  Größl & Söhne  ", "Größl & Söhne"),
        ("company", "Acme\r\nCorp", "Acme Corp"),
        ("company", "=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("company", 1661, "1661"),
        ("role", "P\x1b[31mM\u202e\ufeff", "P[31mM"),
        ("role", "P\ud800M", "PM"),
        ("start", "2026-11-24T14:00", AFTERNOON),
        ("start", AFTERNOON.replace(tzinfo=None), AFTERNOON),
        ("start", AFTERNOON, AFTERNOON),
        ("minutes", "45", 45),
        ("minutes", "45.0", 45),
        ("minutes", "45 min", 45),
        ("minutes", "90 Minutes", 90),
        ("minutes", 45, 45),
        ("minutes", 45.0, 45),
        ("country", "us", "US"),
        ("region", "BY", "BY"),
        ("contact", "田中 美咲", "田中 美咲"),
        ("contact_role", "HR", "hr"),
        ("salutation", " Frau Dr. Größl ", "Frau Dr. Größl"),
        ("phone", "+1 212-555-0142", "+1 212-555-0142"),
        ("phone", "(212) 555.0142 ext. 7", "(212) 555.0142 ext. 7"),
        ("phone", "212/5550142 x7", "212/5550142 x7"),
        ("phone", "2125550142.0", "2125550142"),
        ("phone", "'+12125550142", "+12125550142"),
        ("phone", 2125550142, "2125550142"),
        ("phone", 2125550142.0, "2125550142"),
        ("email", " sarah@example.com ", "sarah@example.com"),
        ("interviewers", "Ana <ana@example.com>; Bo", (Person("Ana", "ana@example.com"), Person("Bo"))),
        ("interviewers", "Ana <ana@example.com>\nBo;", (Person("Ana", "ana@example.com"), Person("Bo"))),
        ("interviewers", ["Ana <ana@example.com>", "Bo"], (Person("Ana", "ana@example.com"), Person("Bo"))),
        ("interviewers", [{"name": "Ana", "email": "ana@example.com"}], (Person("Ana", "ana@example.com"),)),
        ("interviewers", {"name": "Bo"}, (Person("Bo"),)),
        ("interviewers", "ana@example.com", (Person("ana@example.com", "ana@example.com"),)),
        ("interviewers", '"Lind, Bo" <bo@example.com>', (Person("Lind, Bo", "bo@example.com"),)),
        ("decision", "2026-11-30", date(2026, 11, 30)),
        ("decision", date(2026, 11, 30), date(2026, 11, 30)),
        ("decision", "30 November 2026", date(2026, 11, 30)),
        ("decision", "3 days", Span(3)),
        ("decision", "1 Day", Span(1)),
        ("decision", "5 business days", Span(5, "business_days")),
        ("decision", "2 weeks", Span(14)),
        ("agreed", "2026-12-01", date(2026, 12, 1)),
        ("agreed", date(2026, 12, 1), date(2026, 12, 1)),
        ("agreed", "2026-12-01 15:30", datetime(2026, 12, 1, 15, 30, tzinfo=NEW_YORK)),
        ("agreed", "2026-12-01T20:30Z", datetime(2026, 12, 1, 15, 30, tzinfo=NEW_YORK)),
        ("channel", "Email", "email"),
        ("culture", "regulated", "regulated"),
        ("felt", "poor", "poor"),
        ("window", "late", "late"),
        ("busy", "Mon-Tue 09:00-11:00", (WeeklyHours((0, 1), Hours(540, 660)),)),
        (
            "busy",
            ["Mon 9-11", "Wed 14-15"],
            (WeeklyHours((0,), Hours(540, 660)), WeeklyHours((2,), Hours(840, 900))),
        ),
        ("away", "2026-12-07..2026-12-11", (Period(date(2026, 12, 7), date(2026, 12, 11)),)),
        (
            "away",
            [date(2026, 12, 7), "2026-12-09"],
            (Period(date(2026, 12, 7), date(2026, 12, 7)), Period(date(2026, 12, 9), date(2026, 12, 9))),
        ),
        ("playbook", "early-bird", "early-bird"),
        ("topic", "one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("strengths", "a\tb", "a\tb"),
        ("missed", "  no  ", "no"),
        ("questions", "Why?; When? ;", ("Why?", "When?")),
        ("questions", ["Why?", "When?"], ("Why?", "When?")),
        ("notes", "👩‍🚀 wants C:\\Notes", "👩‍🚀 wants C:\\Notes"),
        ("location", "12 Rue É", "12 Rue É"),
        ("url", "HTTPS://example.com/a?b=c", "HTTPS://example.com/a?b=c"),
        ("language", "DE", "de"),
        ("language", "en-gb", "en-GB"),
        ("status", "Rejected", "rejected"),
    ],
)
def test_every_key_is_read_in_every_form(key, given, value):
    assert getattr(one(**{key: given}), key) == value


def test_the_table_of_forms_above_leaves_no_key_out():
    (forms,) = (
        mark for mark in test_every_key_is_read_in_every_form.pytestmark if mark.name == "parametrize"
    )
    assert {case[0] for case in forms.args[1]} == KEYS.keys() - {"timezone"}


def test_the_zone_of_the_employer_is_where_the_wall_times_are():
    interview = one(timezone="Asia/Tokyo", agreed="2026-12-01 15:30")
    assert interview.start == datetime(2026, 11, 24, 14, 0, tzinfo=TOKYO)
    assert interview.agreed == datetime(2026, 12, 1, 15, 30, tzinfo=TOKYO)


def test_what_is_not_given_is_left_to_the_settings():
    assert one() == Interview(
        id="acme-pm-20261124",
        company="Acme",
        role="PM",
        start=AFTERNOON,
        candidate="Robin Vale",
        zone_assumed=True,
    )


@pytest.mark.parametrize("nothing", ["", "   ", None, []])
def test_nothing_in_any_form_is_not_given(nothing):
    assert one(**dict.fromkeys(KEYS.keys() - LEAST.keys(), nothing)) == one()


@pytest.mark.parametrize(
    ("key", "given", "message"),
    [
        (
            "id",
            "ACME 1",
            "id: 'ACME 1' cannot be an id; use up to 64 of a-z, 0-9 and -, or leave it empty. (CS-REC-022)",
        ),
        ("company", "", "company: there is no company; say who the interview is with. (CS-REC-002)"),
        ("role", None, "role: there is no role; say which position it is for. (CS-REC-002)"),
        (
            "start",
            " ",
            "start: there is no start; say when the interview is, like 2026-11-24 14:00. (CS-REC-002)",
        ),
        ("company", "\u202e", "company: there is no company; say who the interview is with. (CS-REC-001)"),
        ("company", "Ac\0me", "company: 'Ac\\x00me' holds a NUL character; take it out. (CS-REC-018)"),
        (
            "notes",
            "n" * 10_001,
            "notes: a text of 10,001 characters is too long; shorten it to 10,000. (CS-REC-017)",
        ),
        ("company", True, "company: true cannot stand here; write the value as text in quotes. (CS-REC-019)"),
        (
            "company",
            ["Acme"],
            "company: a list cannot stand here; write the value as text in quotes. (CS-REC-019)",
        ),
        (
            "notes",
            NOV_24,
            "notes: 2026-11-24 cannot stand here; write the value as text in quotes. (CS-REC-019)",
        ),
        (
            "company",
            2**80,
            "company: a huge number cannot stand here; write the value as text in quotes. (CS-REC-019)",
        ),
        (
            "questions",
            [[]],
            "questions: a list cannot stand here; write the value as text in quotes. (CS-REC-019)",
        ),
        (
            "start",
            NOV_24,
            "start: '2026-11-24' has no time of day; add it, like 2026-11-24 14:00. (CS-REC-007)",
        ),
        (
            "start",
            "03/04/2026 9:00",
            "start: '03/04/2026' can be read two ways, 3 April 2026 or 4 March 2026; write 2026-04-03 or 2026-03-04. (CS-REC-006)",
        ),
        ("minutes", "0", "minutes: '0' is not a number of minutes; use 1 to 1440. (CS-REC-011)"),
        ("minutes", 1441, "minutes: '1441' is not a number of minutes; use 1 to 1440. (CS-REC-011)"),
        (
            "minutes",
            "9" * 5000,
            f"minutes: '{'9' * 59}…' is not a number of minutes; use 1 to 1440. (CS-REC-011)",
        ),
        ("minutes", float("nan"), "minutes: 'nan' is not a number of minutes; use 1 to 1440. (CS-REC-011)"),
        ("minutes", "1 hour", "minutes: '1 hour' is not a number of minutes; use 1 to 1440. (CS-REC-011)"),
        ("timezone", "EST5", "timezone: no zone 'EST5'; try America/New_York. (CS-REC-004)"),
        (
            "country",
            "Atlantis",
            "country: 'Atlantis' is not the code of a country; use one like US, DE or JP. (CS-REC-012)",
        ),
        (
            "contact_role",
            "boss",
            "contact_role: 'boss' is not what a contact can be; use manager, interviewer, recruiter or hr. (CS-REC-010)",
        ),
        (
            "phone",
            "call me",
            "phone: 'call me' is not a phone number; write it like +1 212 555 0142; format a spreadsheet's column as text. (CS-REC-013)",
        ),
        (
            "phone",
            "2.12555E+09",
            "phone: '2.12555E+09' is a number that a spreadsheet has shortened; format the column as text, type the number again, and save. (CS-REC-013)",
        ),
        (
            "phone",
            "12",
            "phone: '12' is not a phone number; write it like +1 212 555 0142; format a spreadsheet's column as text. (CS-REC-013)",
        ),
        (
            "phone",
            "1" * 21,
            f"phone: '{'1' * 21}' is not a phone number; write it like +1 212 555 0142; format a spreadsheet's column as text. (CS-REC-013)",
        ),
        (
            "email",
            "sarah@@example.com",
            "email: 'sarah@@example.com' is not an email address; write it like sarah@example.com. (CS-REC-014)",
        ),
        (
            "email",
            "a@b.c\nBcc: d@e.f",
            "email: 'a@b.c\\nBcc: d@e.f' is not an email address; write it like sarah@example.com. (CS-REC-014)",
        ),
        (
            "interviewers",
            "Ana <ana>",
            "interviewers: 'ana' is not an email address; write it like sarah@example.com. (CS-REC-014)",
        ),
        (
            "interviewers",
            "A <a@b.c>, D <d@e.f>",
            "interviewers: 'A <a@b.c>, D <d@e.f>' is not a person; write Name <email>, and ; between people. (CS-REC-016)",
        ),
        ("interviewers", "<>", "interviewers: '<>' names nobody; write Name <email>. (CS-REC-016)"),
        ("interviewers", "a;" * 101, "interviewers: 101 people are too many; name up to 100. (CS-REC-016)"),
        ("interviewers", [{"nam": "Ana"}], "interviewers: there is no key 'nam'; try name. (CS-REC-003)"),
        (
            "interviewers",
            [{"name": "A; B"}],
            "interviewers: 'A; B' is not a name; leave out ; < and >. (CS-REC-016)",
        ),
        (
            "decision",
            "soon",
            "decision: 'soon' is not a date; write 2026-11-24, 3 days, 5 business days or 2 weeks. (CS-REC-005)",
        ),
        (
            "decision",
            "2026-11-23",
            "decision: 2026-11-23 is before the interview on 2026-11-24; give a later day or a span. (CS-REC-001)",
        ),
        (
            "decision",
            "9999 days",
            "decision: 9999 days is more than two years; give the date itself. (CS-VAL-022)",
        ),
        (
            "decision",
            datetime(2026, 11, 30, 17, tzinfo=NEW_YORK),
            "decision: '2026-11-30T17:00:00-05:00' is more than a day; leave the time out: 2026-11-30. (CS-REC-024)",
        ),
        (
            "agreed",
            "2026-11-24 13:00",
            "agreed: 2026-11-24 13:00 is before the interview; give a later time. (CS-REC-001)",
        ),
        ("channel", "sms", "channel: 'sms' is not a channel; use phone or email. (CS-REC-010)"),
        (
            "culture",
            "cosy",
            "culture: 'cosy' is not a culture; use formal, regulated or casual. (CS-REC-010)",
        ),
        ("felt", "so-so", "felt: 'so-so' is not how it felt; use good or poor. (CS-REC-010)"),
        ("window", "noon", "window: 'noon' is not a window; use early, late or any. (CS-REC-010)"),
        ("busy", "Mon", "busy: 'Mon' is not a span of hours; write it like 09:00-17:00. (CS-VAL-010)"),
        (
            "away",
            "August",
            "away: 'August' is not a day of the calendar; write it like 2026-11-24. (CS-VAL-020)",
        ),
        (
            "url",
            "javascript:alert(1)",
            "url: 'javascript:alert(1)' is not a link; use one that begins with https://. (CS-REC-015)",
        ),
        (
            "url",
            "file:///etc/passwd",
            "url: 'file:///etc/passwd' is not a link; use one that begins with https://. (CS-REC-015)",
        ),
        (
            "language",
            "fr",
            "language: 'fr' is not a language that calsync speaks; use en, en-US, en-GB or de. (CS-REC-010)",
        ),
        (
            "status",
            "hired",
            "status: 'hired' is not a status; use open, offer, rejected, withdrawn or closed. (CS-REC-010)",
        ),
        ("compny", "Acme", "compny: there is no key 'compny'; try company. (CS-REC-003)"),
        (
            "x\x1b[2J",
            "1",
            f"x\\x1b[2J: there is no key 'x\\x1b[2J'; the keys are {', '.join(KEYS)}. (CS-REC-003)",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_its_key_its_value_and_a_remedy(key, given, message):
    with pytest.raises(BadRows) as refused:
        one(**{key: given})
    assert str(refused.value) == message


def test_everything_wrong_with_a_record_is_said_at_once():
    with pytest.raises(BadRows) as refused:
        read_record(
            {"role": "PM", "start": "soon", "timezone": "PST", "felt": "fine"}, preferences=PREFERENCES
        )
    assert [fault.key for fault in refused.value.rows[0].faults] == ["timezone", "felt", "company", "start"]
    assert str(refused.value).count("\n") == 4


def test_an_id_of_ours_makes_way_for_those_that_are_taken():
    taken = {"acme-pm-20261124", "acme-pm-20261124-2"}
    assert read_record(LEAST, preferences=PREFERENCES, taken=taken).id == "acme-pm-20261124-3"
    assert read_record(LEAST | {"id": "acme-pm-20261124"}, preferences=PREFERENCES, taken=taken).id in taken


LINES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)
EMAILS = st.from_regex(r"[a-z]{1,8}@[a-z]{1,8}\.com", fullmatch=True)
DAYS = st.dates(date(2026, 11, 25), date(2027, 12, 31))
TIMES = st.datetimes(datetime(2026, 12, 1), datetime(2027, 12, 31)).map(  # noqa: DTZ001  # wall times
    lambda wall: wall.replace(second=0, microsecond=0, tzinfo=BERLIN).astimezone(NEW_YORK).astimezone(BERLIN)
)
HOURS = st.tuples(st.integers(0, 1439), st.integers(1, 300)).map(
    lambda pair: Hours(pair[0], min(1440, pair[0] + pair[1]))
)
WEEKS = st.builds(WeeklyHours, st.sets(st.integers(0, 6), min_size=1).map(sorted).map(tuple), HOURS)
PERIODS = st.builds(lambda first, days: Period(first, first + timedelta(days=days)), DAYS, st.integers(0, 30))
INTERVIEWS = st.builds(
    Interview,
    id=st.from_regex(r"[a-z0-9-]{1,64}", fullmatch=True),
    company=LINES,
    role=LINES,
    start=TIMES.map(lambda time: time - timedelta(days=30)).filter(lambda time: time.hour > 3),
    minutes=st.integers(1, 1440),
    candidate=LINES,
    country=st.sampled_from(["", "US", "DE", "JP", "none"]),
    region=st.sampled_from(["", "CA", "BY", "13"]),
    contact=st.just("") | LINES,
    contact_role=st.none() | st.sampled_from(get_args(domain.ContactRole)),
    salutation=st.just("") | LINES,
    phone=st.sampled_from(["", "+1 212-555-0142", "030 23125 017 x 4"]),
    email=st.just("") | EMAILS,
    interviewers=st.lists(st.builds(Person, NAMES, st.just("") | EMAILS), max_size=4).map(tuple),
    decision=st.none()
    | DAYS.map(lambda day: day + timedelta(days=400))
    | st.builds(Span, st.integers(0, 700), st.sampled_from(["days", "business_days"])),
    agreed=st.none() | (DAYS | TIMES).map(lambda day: day + timedelta(days=400)),
    channel=st.none() | st.sampled_from(get_args(domain.Channel)),
    culture=st.none() | st.sampled_from(get_args(domain.Culture)),
    felt=st.none() | st.sampled_from(get_args(domain.Felt)),
    window=st.none() | st.sampled_from(get_args(domain.Window)),
    busy=st.lists(WEEKS, max_size=3).map(tuple),
    away=st.lists(PERIODS, max_size=3).map(tuple),
    playbook=st.sampled_from(["", "classic", "C:\\mine.toml"]),
    topic=st.just("") | LINES,
    strengths=st.just("") | st.lists(LINES, min_size=1).map("\n".join),
    missed=st.just("") | LINES,
    questions=st.lists(NAMES, max_size=3).map(tuple),
    notes=st.just("") | st.lists(LINES, min_size=1).map("\n\n".join),
    location=st.just("") | LINES,
    url=st.sampled_from(["", "https://example.com/ü?a=b#c"]),
    status=st.sampled_from(get_args(domain.Status)),
)


@pytest.mark.usefixtures("unmeasured")
@given(INTERVIEWS)
def test_what_is_written_as_a_record_reads_as_the_same_interview(interview):
    record = as_record(interview)
    assert list(record) == list(KEYS)
    assert read_record(record, preferences=PREFERENCES) == interview


def test_a_record_is_written_in_the_forms_that_people_write():
    interview = one(
        interviewers=["Ana <ana@example.com>", "Bo"],
        decision="1 week",
        agreed="2026-12-01 15:30",
        busy="Mon-Wed 9-11",
        away="2026-12-07..2026-12-11; 2026-12-24",
        questions=["Why?", "When?"],
        minutes=45,
    )
    assert {key: value for key, value in as_record(interview).items() if value} == {
        "id": "acme-pm-20261124",
        "candidate": "Robin Vale",
        "company": "Acme",
        "role": "PM",
        "start": "2026-11-24 14:00",
        "minutes": 45,
        "timezone": "America/New_York",
        "interviewers": "Ana <ana@example.com>; Bo",
        "decision": "7 days",
        "agreed": "2026-12-01 15:30",
        "busy": "Mon,Tue,Wed 09:00-11:00",
        "away": "2026-12-07..2026-12-11; 2026-12-24",
        "questions": "Why?; When?",
        "status": "open",
    }

"""What a file holds, and what happens to it from one edition to the next."""

import io
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from msgspec.structs import replace

from calsync.errors import BadData
from calsync.targets.ics import EditionCounts, content, dump, export, read
from tests.builders import event
from tests.dates import BERLIN, TUE_2026_07_07, at
from tests.targets.ics_samples import (
    GOLDEN,
    LATER,
    NOW,
    changed_week,
    golden_files,
    troublesome,
    usual_week,
    write_golden,
)

ORDER = [
    "UID",
    "DTSTAMP",
    "CREATED",
    "LAST-MODIFIED",
    "SEQUENCE",
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "DESCRIPTION",
    "LOCATION",
    "STATUS",
    "TRANSP",
    "X-MICROSOFT-CDO-BUSYSTATUS",
    "CATEGORIES",
    "URL",
]


def made(events, **more) -> bytes:
    return b"".join(content(events, now=NOW, **more))


def names(block: bytes) -> list[str]:
    lines = block.replace(b"\r\n ", b"").decode().split("\r\n")
    return [line.partition(":")[0] for line in lines if line]


@pytest.mark.parametrize("name", golden_files())
def test_a_golden_file_is_written_as_it_stands(name, tmp_path):
    write_golden(name, tmp_path / name)
    assert (tmp_path / name).read_bytes() == (GOLDEN / name).read_bytes()


def test_the_frame_names_calsync_and_the_calendar():
    assert made(usual_week(), name="Job, search; \\").startswith(
        b"BEGIN:VCALENDAR\r\nPRODID:-//calsync//calsync//EN\r\nVERSION:2.0\r\nCALSCALE:GREGORIAN\r\n"
        b"NAME:Job\\, search\\; \\\\\r\nX-WR-CALNAME:Job\\, search\\; \\\\\r\nBEGIN:VEVENT\r\n"
    )


@pytest.mark.parametrize("events", [[], [event()]], ids=["no event", "one event"])
def test_a_calendar_of_one_event_has_no_name(events):
    assert b"NAME" not in made(events)


def test_no_file_can_send_mail_or_carries_a_byte_order_mark():
    data = made(troublesome()).replace(b"\r\n ", b"")
    for name in (b"METHOD", b"ORGANIZER", b"ATTENDEE"):
        assert b"\r\n" + name not in data
    assert not data.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("each", usual_week() + troublesome(), ids=lambda each: each.uid[:30])
def test_properties_stand_in_their_order_and_none_is_empty(each):
    block = next(part for part in content([each], now=NOW) if part.startswith(b"BEGIN:VEVENT"))
    own, _, alarm = " ".join(names(block)).partition(" BEGIN")
    assert own.removesuffix(" END").split() == ["BEGIN", *(name for name in ORDER if name in own.split())]
    assert alarm == (" ACTION DESCRIPTION TRIGGER END END" if each.alarms else "")
    assert not [line for line in block.split(b"\r\n") if line.endswith(b":")]


@pytest.mark.parametrize(
    ("action", "status", "lines"),
    [
        ("call", "confirmed", "STATUS:CONFIRMED TRANSP:OPAQUE X-MICROSOFT-CDO-BUSYSTATUS:BUSY"),
        ("call", "tentative", "STATUS:TENTATIVE TRANSP:OPAQUE X-MICROSOFT-CDO-BUSYSTATUS:BUSY"),
        ("email", "confirmed", "STATUS:CONFIRMED TRANSP:TRANSPARENT X-MICROSOFT-CDO-BUSYSTATUS:FREE"),
        ("prepare", "tentative", "STATUS:TENTATIVE TRANSP:TRANSPARENT X-MICROSOFT-CDO-BUSYSTATUS:FREE"),
        ("ask", "confirmed", "STATUS:CONFIRMED TRANSP:TRANSPARENT X-MICROSOFT-CDO-BUSYSTATUS:FREE"),
    ],
)
def test_only_a_call_takes_the_candidates_time(action, status, lines):
    wanted = "\r\n".join([*lines.split(), "CATEGORIES:Follow-up"]).encode()
    assert wanted in made([event(action=action, status=status)])


@pytest.mark.parametrize(
    ("alarms", "trigger"),
    [((15, 60), b"TRIGGER:-PT15M"), ((1440,), b"TRIGGER:-PT1440M"), ((0,), b"TRIGGER:-PT0M")],
)
def test_the_first_alarm_is_the_only_one(alarms, trigger):
    data = made([event(alarms=alarms)])
    assert data.count(b"BEGIN:VALARM") == data.count(trigger + b"\r\n") == 1


def test_no_alarm_is_none_and_a_nameless_one_still_says_something():
    assert b"VALARM" not in made([event(alarms=())])
    assert b"ACTION:DISPLAY\r\nDESCRIPTION:Follow-up\r\n" in made([event(summary="\x00", description="")])


def test_the_second_half_past_two_of_an_autumn_night_stays_the_second():
    first = at(datetime(2026, 10, 25, tzinfo=UTC).date(), "02:30", BERLIN)
    assert b"DTSTART:20261025T003000Z" in made([event(start=first)])
    assert b"DTSTART:20261025T013000Z" in made(
        [event(start=first.replace(fold=1), end=first.replace(hour=4))]
    )


def test_nothing_changed_leaves_the_file_alone(tmp_path):
    path = tmp_path / "f.ics"
    assert export(path, troublesome(), now=NOW) == EditionCounts(created=len(troublesome()))
    before, stat = path.read_bytes(), path.stat()
    assert export(path, troublesome(), now=LATER) == EditionCounts(unchanged=len(troublesome()))
    assert path.read_bytes() == before
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (stat.st_ino, stat.st_mtime_ns)


def test_an_edition_says_what_became_of_each_event(tmp_path):
    path = tmp_path / "f.ics"
    export(path, usual_week(), now=NOW)
    assert export(path, changed_week(), now=LATER) == EditionCounts(created=1, changed=1, unchanged=3, gone=1)
    assert {entry.uid.split("-", 3)[3]: entry.sequence for entry in read(path)} == {
        "thank-you@calsync": 0,
        "status@calsync": 1,
        "retry@calsync": 0,
        "second@calsync": 0,
        "closing@calsync": 0,
    }


CHANGES = [
    {"start": at(TUE_2026_07_07, "10:00"), "end": at(TUE_2026_07_07, "10:15")},
    {"summary": "Call somebody else"},
    {"description": ""},
    {"location": "Somewhere else"},
    {"url": "https://other.example"},
    {"status": "tentative"},
    {"action": "email"},
    {"alarms": (7,)},
    {"alarms": ()},
]


@given(st.lists(st.sampled_from([None, *CHANGES]), min_size=1, max_size=8), st.data())
def test_exactly_the_changed_events_are_raised(tmp_path_factory, changes, data):
    path = tmp_path_factory.mktemp("edition") / "f.ics"
    before = [event(uid=f"{number}@calsync") for number in range(len(changes))]
    after = [replace(each, **change or {}) for each, change in zip(before, changes, strict=True)]
    export(path, before, now=NOW)
    export(path, data.draw(st.permutations(after)), now=LATER)
    found = {entry.uid: entry for entry in read(path)}
    for each, change in zip(after, changes, strict=True):
        entry = found[each.uid]
        assert (entry.sequence, entry.created) == (bool(change), NOW)
        assert entry.stamped == entry.modified == (LATER if change else NOW)


def test_a_zone_that_gives_the_same_instant_is_no_change(tmp_path):
    path = tmp_path / "f.ics"
    export(path, [event()], now=NOW)
    same = event(start=at(TUE_2026_07_07, "15:15", BERLIN))
    assert export(path, [same], now=LATER) == EditionCounts(unchanged=1)


def test_an_alarm_beyond_the_first_is_no_change(tmp_path):
    path = tmp_path / "f.ics"
    export(path, [event(alarms=(15,))], now=NOW)
    assert export(path, [event(alarms=(15, 60))], now=LATER) == EditionCounts(unchanged=1)


def test_stamps_and_sequence_go_on_even_when_the_clock_is_put_back(tmp_path):
    path = tmp_path / "f.ics"
    clocks = [NOW, NOW - timedelta(days=400), NOW - timedelta(days=400), NOW + timedelta(seconds=1), LATER]
    entries = []
    for number, now in enumerate(clocks):
        export(path, [event(summary=f"Edition {number}")], now=now)
        entries += read(path)
    assert [entry.sequence for entry in entries] == [0, 1, 2, 3, 4]
    for before, after in pairwise(entries):
        assert before.stamped < after.stamped == after.modified
        assert after.created == NOW


def test_new_events_in_between_and_another_order_keep_what_they_find(tmp_path):
    path = tmp_path / "f.ics"
    events = [event(uid=f"{number}@calsync") for number in range(120)]
    export(path, events[::3], now=NOW)
    assert export(path, events, now=LATER) == EditionCounts(created=80, unchanged=40)
    assert export(path, events[::-1], now=LATER) == EditionCounts(unchanged=120)
    assert [entry.uid for entry in read(path)] == [each.uid for each in events[::-1]]
    assert export(path, events[::-1][:50], now=LATER) == EditionCounts(unchanged=50, gone=70)
    assert len(read(path)) == 50


def test_a_new_name_is_written_and_changes_no_event(tmp_path):
    path = tmp_path / "f.ics"
    export(path, usual_week(), now=NOW, name="One")
    assert export(path, usual_week(), now=LATER, name="Two") == EditionCounts(unchanged=5)
    assert b"NAME:Two\r\nX-WR-CALNAME:Two\r\n" in path.read_bytes()


def test_an_empty_plan_empties_the_file_and_can_be_filled_again(tmp_path):
    path = tmp_path / "f.ics"
    export(path, usual_week(), now=NOW)
    assert export(path, [], now=LATER) == EditionCounts(gone=5)
    assert Calendar.from_ical(path.read_bytes()).walk("VEVENT") == []
    assert export(path, usual_week(), now=LATER) == EditionCounts(created=5)


def test_a_stream_gets_what_a_new_file_gets(tmp_path):
    stream = io.BytesIO()
    assert dump(stream, usual_week(), now=NOW) == EditionCounts(created=5)
    export(tmp_path / "f.ics", usual_week(), now=NOW)
    assert stream.getvalue() == (tmp_path / "f.ics").read_bytes()


@pytest.mark.parametrize("over", [True, False], ids=["known from the file", "new"])
def test_two_events_of_one_uid_are_refused(over, tmp_path):
    path = tmp_path / "f.ics"
    if over:
        export(path, [event()], now=NOW)
    with pytest.raises(BadData, match="same UID:acme-pm-20260626-status@calsync"):
        export(path, [event(), event(summary="again")], now=LATER)
    assert path.exists() == over


@pytest.mark.parametrize(
    "uid",
    [
        "a@elsewhere",
        "@calsync",
        "a b@calsync",
        "a\r\nX:y@calsync",
        "é@calsync",
        "a,b@calsync",
        "x" * 247 + "@calsync",
    ],
)
def test_a_uid_that_some_reader_would_change_is_refused(uid):
    with pytest.raises(ValueError, match="cannot be a uid"):
        made([event(uid=uid)])


def test_a_naive_clock_is_refused():
    with pytest.raises(TypeError, match="zone"):
        content([event()], now=NOW.replace(tzinfo=None))


@pytest.mark.parametrize("end", ["09:15", "09:00"])
def test_an_event_that_does_not_run_forward_is_refused(end):
    with pytest.raises(ValueError, match="does not run forward"):
        made([event(end=at(TUE_2026_07_07, end))])


def test_an_alarm_after_the_start_is_refused():
    with pytest.raises(ValueError, match="after the start"):
        made([event(alarms=(-5,))])

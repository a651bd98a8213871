"""Reading back: what calsync wrote as values, anything else as one clear error."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calsync.errors import BadData, NoInput
from calsync.targets.ics import content, export, read
from tests.builders import event
from tests.targets.ics_samples import LATER, NOW, changed_week, usual_week

DATA = b"".join(content([event()], now=NOW))
START = b"DTSTART:20260707T131500Z"


def test_an_entry_says_what_the_event_said(tmp_path):
    path = tmp_path / "f.ics"
    export(path, usual_week(), now=NOW)
    export(path, changed_week(), now=LATER)
    entry = read(path)[1]
    assert (entry.uid, entry.sequence) == ("acme-pm-20260626-status@calsync", 1)
    assert (entry.created, entry.stamped, entry.modified) == (NOW, LATER, LATER)
    assert f"{entry.start} {entry.end}" == "2026-07-07 20:15:00+00:00 2026-07-07 20:30:00+00:00"
    assert (entry.summary, entry.location) == ("Call Sarah Smith (Acme)", "A quiet room, door shut")
    assert entry.description.splitlines()[0] == "+1 212-555-0142"
    assert entry.url == "https://acme.example/jobs/pm?ref=a,b;c"
    assert (entry.status, entry.busy, entry.alarms) == ("confirmed", True, (15,))
    assert entry.categories == ("Follow-up",)


def test_a_path_may_be_text_and_bytes_are_read_as_they_are(tmp_path):
    (tmp_path / "f.ics").write_bytes(DATA)
    assert read(str(tmp_path / "f.ics")) == read(tmp_path / "f.ics") == read(DATA)


def test_an_event_without_the_lesser_properties_is_read():
    bare = b"".join(content([event(summary="", description="", alarms=())], now=NOW))
    (entry,) = read(bare)
    assert (entry.summary, entry.description, entry.location, entry.url, entry.alarms) == ("", "", "", "", ())


@pytest.mark.parametrize("where", ["missing.ics", ".", "nul\0.ics"])
def test_a_file_that_is_not_there_is_no_input(where, tmp_path):
    with pytest.raises(NoInput, match="cannot be read") as caught:
        read(tmp_path / where)
    assert caught.value.where == str(tmp_path / where)


@pytest.mark.parametrize(
    ("is_", "was", "what"),
    [
        (b"DTSTART;TZID=Europe:20260707T131500", START, "this is not a calendar;"),
        (b"DTSTART;TZID=" + b"x" * 300 + b":20260707T131500", START, "this is not a calendar;"),
        (b"DTSTART;TZID=Nowhere/Else:20260707T131500", START, "no time in UTC"),
        (b"DTSTART:20260707T131500", START, "no time in UTC"),
        (b"DTSTART;VALUE=DATE:20260707", START, "no time in UTC"),
        (b"DTSTART:20269999T131500Z", START, "event 1: DTSTART makes no sense"),
        (START + b"\r\n" + START, START, "DTSTART is there more than once"),
        (b"X-NOTHING:1", START, "DTSTART is no time in UTC"),
        (b"STATUS:PERHAPS", b"STATUS:CONFIRMED", "STATUS is 'PERHAPS'"),
        (b"SEQUENCE:one", b"SEQUENCE:0", "SEQUENCE"),
        (b"TRIGGER;VALUE=DATE-TIME:20260707T131500Z", b"TRIGGER:-PT15M", "TRIGGER is no span"),
        (b"", b"END:VCALENDAR\r\n", "this is not a calendar: "),
        (b"BEGIN:VTODO", b"BEGIN:VCALENDAR", "this is a VTODO"),
        (b"nonsense", b"VERSION:2.0", "not a calendar"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_place(is_, was, what, tmp_path):
    path = tmp_path / "f.ics"
    path.write_bytes(DATA.replace(was, is_))
    with pytest.raises(BadData, match=what) as caught:
        read(path)
    assert caught.value.where.startswith(str(path))
    assert "\n" not in str(caught.value)


@given(
    st.binary(max_size=300)
    | st.builds(
        lambda cut, byte: DATA[:cut] + byte + DATA[cut + 1 :],
        st.integers(0, len(DATA)),
        st.binary(max_size=3),
    )
)
def test_anything_is_read_or_refused(data):
    with suppress(BadData):
        read(data)

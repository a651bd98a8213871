"""What is written is what was meant: icalendar, which shares no code with the writer, reads every field back."""

from datetime import UTC

import pytest
from msgspec.structs import fields

from calsync.targets.ics import Entry, content, export, read
from calsync.targets.ics.vevent import CATEGORY, cleaned, link, one_line
from tests.builders import event
from tests.targets.ics_samples import LATER, NOW, changed_week, troublesome, usual_week

EVENT = event(location="Room 5", url="https://acme.example", description="one, two")
FILE = b"".join(content([EVENT], now=NOW))


@pytest.mark.parametrize(
    ("field", "was", "is_"),
    [
        ("uid", b"UID:acme", b"UID:bcme"),
        ("sequence", b"SEQUENCE:0", b"SEQUENCE:1"),
        ("start", b"DTSTART:20260707T131500Z", b"DTSTART:20260707T131501Z"),
        ("end", b"DTEND:20260707T133000Z", b"DTEND:20260708T133000Z"),
        ("summary", b"Call Sarah", b"Call  Sarah"),
        ("description", b"one\\, two", b"one\\n two"),
        ("location", b"Room 5", b"Room 6"),
        ("url", b"https://acme.example", b"https://acme.example/"),
        ("status", b"STATUS:CONFIRMED", b"STATUS:TENTATIVE"),
        ("busy", b"TRANSP:OPAQUE", b"TRANSP:TRANSPARENT"),
        ("categories", b"CATEGORIES:Follow-up", b"CATEGORIES:Follow,up"),
        ("alarms", b"TRIGGER:-PT15M", b"TRIGGER:-PT5M"),
    ],
)
def test_each_field_that_reads_otherwise_is_seen(field, was, is_):
    assert FILE.count(was) == 1 or field == "summary"
    assert differences([EVENT], [0], FILE.replace(was, is_, 1)) == [field]


def test_every_field_but_the_stamps_is_judged():
    assert {each.name for each in fields(Entry)} - wanted(EVENT, 0).keys() == {
        "stamped",
        "created",
        "modified",
    }


@pytest.mark.parametrize(
    "events", [usual_week(), changed_week(), troublesome()], ids=["week", "changed", "texts"]
)
def test_every_event_reads_as_it_was_meant(events):
    assert differences(events, [0] * len(events), b"".join(content(events, now=NOW))) == []


def test_every_event_of_a_second_edition_reads_as_it_was_meant(tmp_path):
    path = tmp_path / "f.ics"
    export(path, usual_week(), now=NOW)
    export(path, changed_week(), now=LATER)
    sequences = [each.sequence for each in read(path)]
    assert sorted(set(sequences)) == [0, 1]
    assert differences(changed_week(), sequences, path.read_bytes()) == []


def differences(events, sequences, octets):
    """The fields that icalendar reads otherwise than the events have them."""
    return [
        name
        for event, sequence, found in zip(events, sequences, read(octets), strict=True)
        for name, value in wanted(event, sequence).items()
        if getattr(found, name) != value
    ]


def wanted(event, sequence):
    return {
        "uid": event.uid,
        "sequence": sequence,
        "start": second(event.start),
        "end": second(event.end),
        "summary": one_line(event.summary),
        "description": cleaned(event.description),
        "location": cleaned(event.location),
        "url": link(event.url),
        "status": event.status,
        "busy": event.action == "call",
        "categories": (CATEGORY,),
        "alarms": event.alarms[:1],
    }


def second(moment):
    return moment.astimezone(UTC).replace(microsecond=0)

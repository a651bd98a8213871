"""Nothing that reads otherwise than it was meant replaces a file."""

import re
from datetime import timedelta

import pytest
from msgspec.structs import fields

from calsync.targets.ics import Entry, content, edition, export, vevent
from calsync.targets.ics import reading as judging
from tests.builders import event
from tests.targets.ics_samples import LATER, NOW

EVENT = event(location="Room 5", url="https://acme.example", description="one, two")
BLOCK = next(part for part in content([EVENT], now=NOW) if part.startswith(b"BEGIN:VEVENT"))


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
    assert BLOCK.count(was) == 1 or field == "summary"
    judge = judging.Judge()
    judge.hear(EVENT, 0, BLOCK.replace(was, is_, 1))
    with pytest.raises(RuntimeError, match=f"{EVENT.uid}: {field} is .* and icalendar reads"):
        judge.close()


def test_what_was_meant_passes():
    judge = judging.Judge()
    judge.hear(EVENT, 0, BLOCK)
    judge.close()


def test_every_field_but_the_stamps_is_judged():
    judged = set(judging._wanted(EVENT, 0))
    assert {each.name for each in fields(Entry)} - judged == {"stamped", "created", "modified"}


@pytest.fixture
def wrong_writer(monkeypatch):
    """A writer that puts each event one hour late: what a bug of ours would look like."""

    def late(moment):
        return vevent_instant(moment + timedelta(hours=1))

    vevent_instant = vevent.instant
    monkeypatch.setattr(vevent, "instant", late)


@pytest.mark.usefixtures("wrong_writer")
def test_a_file_written_wrong_never_replaces_the_old_one(tmp_path):
    path = tmp_path / "f.ics"
    with pytest.raises(RuntimeError, match=r"start is .*13, 15.* and icalendar reads .*14, 15"):
        export(path, [event()], now=NOW)
    assert list(tmp_path.iterdir()) == []


def test_an_edition_is_judged_too(tmp_path, request):
    path = tmp_path / "f.ics"
    export(path, [event()], now=NOW)
    before = path.read_bytes()
    request.getfixturevalue("wrong_writer")
    with pytest.raises(RuntimeError, match="icalendar reads"):
        export(path, [event()], now=LATER)
    assert path.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("number", [0, 1, 49, 50, 51, 99, 100, 101, 500, 1000, 1234])
def test_one_in_a_hundred_is_read_and_five_at_least_and_all_of_fifty(number, monkeypatch):
    read = []
    monkeypatch.setattr(
        judging, "_compare", lambda heard: read.extend((e.uid, block) for e, _, block in heard)
    )
    events = [event(uid=f"{each}@calsync") for each in range(number)]
    assert len(list(edition.content(iter(events), now=NOW))) == number + 2
    assert len(read) >= max(min(number, 5), number / 100)
    assert number > 50 or len(read) == number
    assert len(read) <= max(50, number / 100 + 5)
    assert len({uid for uid, _ in read}) == len(read)
    for uid, block in read:
        assert re.search(rb"UID:(.*)\r\n", block)[1].decode() == uid

"""What is read is needed, what is not needed is forgiven; and no property is taken from within a text."""

import pytest

from calsync.errors import BadData
from tests.intake.invitations import ics, received

USUAL = received(ics())


def same_but_notes(content):
    """What is told besides its text, if that is as usual."""
    told = received(content)
    keys = (
        "uid",
        "sequence",
        "cancelled",
        "start",
        "minutes",
        "summary",
        "organizer",
        "attendees",
        "location",
        "url",
    )
    assert {key: getattr(told, key) for key in keys} == {key: getattr(USUAL, key) for key in keys}
    return told


@pytest.mark.parametrize(
    "content",
    [
        ics("STATUS:CONFIRMED", "TRANSP:OPAQUE", "STATUS:CONFIRMED"),
        ics("UID:one@acme.example"),
        ics("DTSTART;TZID=Europe/Berlin:20261112T140000"),
        ics(before=("METHOD:REQUEST", "VERSION:2.0")),
        ics("X-BROKEN;PARAMETER"),
        ics('X-BROKEN;A="open:value'),
        ics("CATEGORIES;:x"),
        ics("just words"),
        ics(before=("X-WR-CALDESC:one line", "and another", "Method:CANCEL", "METHOD:CANCEL")),
        ics("BEGIN:VALARM", "no property at all", 'TRIGGER;X="open:-PT5M', "END:VALARM"),
        ics(before=("BEGIN:X-UNKNOWN", "what ever", "END:X-UNKNOWN")),
        ics(before=("BEGIN:VTIMEZONE", "TZID:Elsewhere", "no property", "END:VTIMEZONE")),
        ics() + b"X-COMMENT:Cached\r\nsome words\r\nDTSTART:20200101T000000Z\r\nEND:VCALENDAR\r\n",
    ],
)
def test_what_nobody_asks_for_may_be_broken_or_repeated(content):
    assert same_but_notes(content).description == ""


@pytest.mark.parametrize(
    "line",
    ["UID:two", "DTSTART:20261113T140000Z", "STATUS:TENTATIVE", "SEQUENCE:4", "DTSTAMP:20261102T090000Z"],
)
def test_two_answers_to_what_decides_are_refused(line):
    with pytest.raises(BadData, match="is there twice"):
        received(ics("STATUS:CONFIRMED", "SEQUENCE:3", line))


def test_of_two_texts_the_first_counts_and_that_is_said():
    told = received(ics("LOCATION:Room 1", "LOCATION:Room 2"))
    assert (told.location, told.notes) == ("Room 1", ("LOCATION is there twice: the first counts",))


@pytest.mark.parametrize(
    "line",
    [
        "Status:CANCELLED",
        "STATUS:CANCELLED",
        "Start: 2 pm",
        "End: 3 pm",
        "SEQUENCE:99",
        "Sequence:99",
        "DTSTART:20200101T000000Z",
        "UID:another",
        "SUMMARY:Something else",
        "LOCATION:Nowhere",
        "URL:https://example.net/666",
        "ORGANIZER:mailto:mallory@example.net",
        "ATTENDEE:mailto:mallory@example.net",
    ],
)
def test_a_property_is_never_taken_from_behind_text_that_runs_on(line):
    told = same_but_notes(
        ics("DESCRIPTION:Dear Robin\\,", "this line was not folded", line, "Yours", "Sarah")
    )
    assert told.description.splitlines() == [
        "Dear Robin,",
        "this line was not folded",
        line,
        "Yours",
        "Sarah",
    ]
    assert "line 13 is broken" in told.notes[0]
    last = same_but_notes(ics("DESCRIPTION:Dear Robin\\,", "this line was not folded", line))
    assert last.cancelled is False


@pytest.mark.parametrize(
    "line", ["Status:CANCELLED", "Cancelled: no", "Note: bring your CV", "ZOOM: see below"]
)
def test_a_line_that_people_write_is_no_property_even_right_behind_a_text(line):
    assert same_but_notes(ics(f"DESCRIPTION:Hello\r\n{line}")).description.splitlines() == ["Hello", line]


@pytest.mark.parametrize("first", ["SUMMARY", "UID", "DTSTART"])
def test_an_event_that_is_not_whole_before_the_text_is_read_on_behind_it(first):
    usual = ics().decode().splitlines()
    moved = next(line for line in usual if line.startswith(first))
    rest = [line for line in usual if line != moved]
    place = rest.index("END:VEVENT")
    rest[place:place] = ["DESCRIPTION:Hello", "no fold", "Status:CANCELLED", "bye", moved, "STATUS:CANCELLED"]
    told = same_but_notes("\r\n".join(rest).encode())
    assert told.description.splitlines() == ["Hello", "no fold", "Status:CANCELLED", "bye"]


def test_text_in_another_encoding_is_read_and_said():
    content = ics(SUMMARY="SUMMARY:Vorstellungsgespräch bei Müller €").decode()
    told = received(content.encode("cp1252"))
    assert told.summary == "Vorstellungsgespräch bei Müller €"
    assert "it is not UTF-8 (at 0xe4)" in told.notes[0]


def test_one_bad_octet_spoils_only_its_own_line():
    content = ics("LOCATION:Hafenstraße", SUMMARY="SUMMARY:Interview XX Acme").replace(b"XX", b"\xe9\xff")
    told = received(content)
    assert (told.summary, told.location) == ("Interview éÿ Acme", "Hafenstraße")


@pytest.mark.parametrize(
    ("said", "means"),
    [("0", 0), ("2147483648", 2**31), ("1766000000000", 1766000000000), ("9" * 40, int("9" * 18))],
)
def test_a_sequence_may_be_larger_than_it_ought_to_be(said, means):
    assert received(ics(f"SEQUENCE:{said}")).sequence == means


def test_a_person_whose_name_breaks_the_line_is_known_by_the_address():
    told = received(ics('ATTENDEE;CN="Mia "Mo" Okafor";RSVP=TRUE:mailto:mia@acme.example'))
    assert [person.email for person in told.attendees] == ["mia@acme.example"]


def test_what_is_needed_may_not_be_broken():
    with pytest.raises(BadData, match="line 8 is not that of a calendar"):
        received(ics(DTSTART='DTSTART;TZID="Europe/Berlin:20261112T140000'))

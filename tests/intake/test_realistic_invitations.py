"""Invitations as people get them, rated as a person would: right in nine of ten, and nobody wrong is ever thanked."""

import pytest

from calsync.domain import Candidate, Preferences
from calsync.intake.invitation import child, content_lines
from calsync.intake.invitation.invitation import understood
from calsync.intake.zones import zone
from tests.intake.realistic_invitations import ROWS, ZONES

FIELDS = ("company", "role", "contact", "phone", "url")
PEOPLE = {"Robin Vale", "Robin", "Vale"}
NAMES = [
    f"{place} {producer} {language}: {lines[0]}" for place, (producer, language, lines, _) in enumerate(ROWS)
]


def read(row, candidate):
    producer, language, lines, _ = row
    start = f"DTSTART;TZID={ZONES[language]}:20261208T140000"
    content = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{producer}//EN", "METHOD:REQUEST", "BEGIN:VEVENT", "UID:u1@example",
        "DTSTAMP:20261120T080000Z", start, start.replace("DTSTART", "DTEND").replace("T14", "T15"), *lines, "END:VEVENT",
        "END:VCALENDAR", "",
    ]  # fmt: skip
    preferences = Preferences(zone=zone(ZONES[language]), candidate=candidate)
    parsed = content_lines.parse("\r\n".join(content).encode())
    return understood(child.lines_of(parsed), preferences, None)


ROBIN = Candidate(name="Robin Vale", email="robin.vale@mail.example", phone="+1 917 555 0111")
WHO = {
    "known": ROBIN,
    "by address": Candidate(email="robin.vale@mail.example"),
    "by name": Candidate(name="Robin Vale"),
    "nobody": Candidate(),
}


def wrong(row, candidate):
    """What is told otherwise than a person would."""
    told, proposed = row[3], read(row, candidate).proposed
    for field in FIELDS:
        right = told.get(field, "")
        said = proposed.get(field, "")
        if said not in (right if isinstance(right, tuple) else (right,)):
            yield field, said, right


@pytest.mark.parametrize("who", WHO)
def test_nine_of_ten_fields_are_as_a_person_would_say(who):
    found = {name: list(wrong(row, WHO[who])) for name, row in zip(NAMES, ROWS, strict=True)}
    count = {field: sum(field == each[0] for faults in found.values() for each in faults) for field in FIELDS}
    most = len(ROWS) // 10
    assert all(number <= most for number in count.values()), (count, {k: v for k, v in found.items() if v})


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_nobody_wrong_is_ever_thanked(row, who):
    invitation = read(row, WHO[who])
    proposed, told = invitation.proposed, row[3]
    right = told.get("contact", "")
    assert proposed.get("contact", "") in ("", *(right if isinstance(right, tuple) else (right,)))
    assert proposed.get("email", "") != "robin.vale@mail.example"
    assert "robin.vale@mail.example" not in str(proposed)
    assert not PEOPLE & {str(proposed.get(key, "")) for key in ("company", "role", "contact")}
    if "email" in told:
        assert proposed.get("email") == told["email"]

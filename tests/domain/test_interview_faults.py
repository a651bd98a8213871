"""Values refuse what cannot be, naming the key and what to write instead."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from calsync.domain import Note, Outcome, Person, Reason, Span, spoken
from calsync.errors import BadValue
from tests import dates as d
from tests.builders import event, interview
from tests.dates import at

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 6, 26, 12, 0)  # noqa: DTZ001  # a time without a zone is what is refused


@pytest.mark.parametrize(
    ("changes", "key", "told"),
    [
        ({"id": ""}, "id", "cannot be an id"),
        ({"id": "Acme PM"}, "id", "use up to 64 of a-z, 0-9 and -"),
        ({"id": "a" * 65}, "id", "cannot be an id"),
        ({"id": "a\n"}, "id", "cannot be an id"),
        ({"company": " "}, "company", "there is no company"),
        ({"role": ""}, "role", "there is no role"),
        ({"start": NOON}, "start", "has no time zone"),
        ({"start": NOON.replace(tzinfo=UTC)}, "start", "has no time zone"),
        ({"start": NOON.replace(tzinfo=timezone(timedelta(hours=-4)))}, "start", "has no time zone"),
        (
            {"start": at(d.FRI_1989_12_29, "14:00")},
            "start",
            "the year 1989 is out of range; use 1990 to 2099",
        ),
        ({"start": at(d.FRI_2100_01_01, "14:00")}, "start", "the year 2100 is out of range"),
        ({"minutes": 0}, "minutes", "0 minutes is not a length; use 1 to 1440"),
        ({"minutes": 1441}, "minutes", "1441 minutes is not a length"),
        ({"decision": d.THU_2026_06_25}, "decision", "2026-06-25 is before the interview on 2026-06-26"),
        ({"agreed": d.THU_2026_06_25}, "agreed", "is before the interview on 2026-06-26; give a later day"),
        ({"agreed": at(d.FRI_2026_06_26, "13:59")}, "agreed", "2026-06-26 13:59 is before the interview"),
        ({"agreed": NOON}, "agreed", "has no time zone; give it the employer's zone"),
    ],
)
def test_an_interview_refuses_what_cannot_be(changes, key, told):
    with pytest.raises(BadValue) as refused:
        interview(**changes)
    assert refused.value.where == key
    assert refused.value.code == "CS-REC-001"
    assert told in str(refused.value)


@pytest.mark.parametrize(
    "changes",
    [
        {"decision": d.FRI_2026_06_26},
        {"decision": Span(0)},
        {"agreed": d.FRI_2026_06_26},
        {"agreed": at(d.FRI_2026_06_26, "14:00")},
        {"agreed": at(d.FRI_2026_06_26, "18:01").astimezone(UTC)},
        {"minutes": 1},
        {"minutes": 1440},
        {"id": "a" * 64},
        {"start": at(d.MON_1990_01_01, "00:00")},
    ],
)
def test_an_interview_takes_what_only_just_can_be(changes):
    assert interview(**changes)


def test_an_interview_knows_its_zone_its_day_and_its_end():
    record = interview(start=at(d.FRI_2026_06_26, "23:30", BERLIN), minutes=90)
    assert record.zone is BERLIN
    assert record.timezone == "Europe/Berlin"
    assert record.day == d.FRI_2026_06_26
    assert record.end == at(d.SAT_2026_06_27, "01:00", BERLIN)


@pytest.mark.parametrize(
    ("day", "clock", "ends"),
    [(d.SUN_2026_03_08, "01:30", "03:30"), (d.SUN_2026_11_01, "00:30", "01:30")],
)
def test_an_interview_lasts_its_minutes_also_when_clocks_change(day, clock, ends):
    record = interview(start=at(day, clock))
    assert f"{record.end:%H:%M}" == ends
    assert record.end.astimezone(UTC) - record.start.astimezone(UTC) == timedelta(hours=1)


def test_an_outcome_without_a_zone_is_refused():
    with pytest.raises(BadValue, match=r"at: .* has no time zone; give an aware time"):
        Outcome(interview="acme", result="sent", at=NOON)
    assert Outcome(interview="acme", result="sent", at=NOON.replace(tzinfo=UTC)).step is None


@pytest.mark.parametrize("wrong", ["start", "end"])
def test_an_event_without_a_zone_of_the_world_cannot_be_made(wrong):
    times = {"start": at(d.TUE_2026_07_07, "09:15"), "end": at(d.TUE_2026_07_07, "09:30")}
    with pytest.raises(TypeError, match="needs a start and an end with a zone"):
        event(**times | {wrong: times[wrong].astimezone(UTC)})


def test_an_event_names_its_zone():
    assert event().timezone == "America/New_York"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (d.TUE_2026_11_24, "Tue 24 Nov 2026"),
        (at(d.TUE_2026_11_24, "09:05"), "Tue 24 Nov 2026 09:05"),
        (at(d.TUE_2026_11_24, "09:05").time(), "09:05"),
        (ZoneInfo("America/New_York"), "New York"),
        (ZoneInfo("UTC"), "UTC"),
        (Span(3), "3 days"),
        (7, "7"),
    ],
)
def test_values_are_spoken_as_people_write_them(value, text):
    assert spoken(value) == text


def test_a_reason_fills_its_sentence_and_leaves_what_is_filled_in_alone():
    reason = Reason(
        "taken",
        d.TUE_2026_11_24,
        d.WED_2026_11_25,
        "{before}, {after}: {what}.",
        (),
        {"what": "{before} {0} %s"},
    )
    assert reason.text == "Tue 24 Nov 2026, Wed 25 Nov 2026: {before} {0} %s."


def test_a_note_fills_its_sentence():
    assert (
        Note("status", "Not before {day}.", {"day": d.TUE_2026_11_24}).text == "Not before Tue 24 Nov 2026."
    )
    assert Note("status", "Nothing.").text == "Nothing."


def test_a_person_is_written_as_in_an_email():
    assert str(Person("Bob", "bob@acme.example")) == "Bob <bob@acme.example>"
    assert str(Person("Bob")) == "Bob"

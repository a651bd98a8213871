"""calsync plan: the contract of its JSON, and a table that a person reads."""

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from calsync.cli.output import columns
from tests.cli.running import INTERVIEWS, calsync, csv_file, done

AWARE, DAY, TEXT, YES = "aware time", "day", "text", "truth"
INTERVIEW = {
    "id": TEXT, "candidate": TEXT, "company": TEXT, "role": TEXT, "start": AWARE, "end": AWARE, "timezone": "zone",
    "country": "text or null", "region": TEXT, "country_from": "text or null",
    "playbook": TEXT, "decision": "day or null", "agreed": "any or null", "status": TEXT, "events": "list", "notes": "texts",
}  # fmt: skip
EVENT = {
    "uid": TEXT, "step": TEXT, "action": TEXT, "status": TEXT, "summary": TEXT, "start": AWARE, "end": AWARE,
    "timezone": "zone", "earliest": DAY, "preferred": DAY, "latest": DAY, "late": YES, "overdue": YES,
    "alarms": "minutes", "ref": "null", "number": "null", "description": TEXT, "trace": "list",
}  # fmt: skip
REASON = {"rule": TEXT, "from": "day or time", "to": "day or time", "text": TEXT, "source": "texts"}
STEPS = {
    "ask", "thank-you", "prepare", "status", "retry", "second", "closing", "courtesy", "news", "no-show",
}  # fmt: skip
FORMS = {
    TEXT: lambda value: isinstance(value, str),
    YES: lambda value: isinstance(value, bool),
    AWARE: lambda value: datetime.fromisoformat(value).utcoffset() is not None,
    DAY: lambda value: date.fromisoformat(value).isoformat() == value,
    "zone": lambda value: ZoneInfo(value).key == value,
    "null": lambda value: value is None,
    "list": lambda value: isinstance(value, list) and all(isinstance(each, dict) for each in value),
    "texts": lambda value: isinstance(value, list) and all(isinstance(each, str) for each in value),
    "minutes": lambda value: bool(value) and all(type(each) is int and each >= 0 for each in value),
    "day or null": lambda value: value is None or FORMS[DAY](value),
    "day or time": lambda value: value is None or datetime.fromisoformat(value) is not None,
    "text or null": lambda value: value is None or isinstance(value, str),
    "any or null": lambda value: value is None or datetime.fromisoformat(value) is not None,
}


def wrong(record, contract):
    """The keys of a record that are missing, or not of the form that the contract gives them."""
    return [
        key for key, form in contract.items() if key not in record or not FORMS[form](record[key])
    ] + sorted(set(record) - {*contract, "person"})


@pytest.fixture(scope="module")
def document():
    return done("plan", "--json", INTERVIEWS).json


@pytest.fixture(scope="module")
def events(document):
    return [event for interview in document["interviews"] for event in interview["events"]]


def test_the_document_says_its_schema_and_holds_every_interview(document):
    assert document["schema"] == 1
    assert len(document["interviews"]) == 14
    starts = [datetime.fromisoformat(each["start"]) for each in document["interviews"]]
    assert starts == sorted(starts)


def test_every_interview_has_every_key_of_the_contract(document):
    assert {
        each["id"]: wrong(each, INTERVIEW) for each in document["interviews"] if wrong(each, INTERVIEW)
    } == {}


def test_every_event_has_every_key_of_the_contract(events):
    assert len(events) > 60
    assert {each["uid"]: wrong(each, EVENT) for each in events if wrong(each, EVENT)} == {}


def test_every_reason_has_every_key_of_the_contract(events):
    assert [reason for event in events for reason in event["trace"] if wrong(reason, REASON)] == []


def test_words_are_those_of_the_contract(document, events):
    assert {event["step"] for event in events} <= STEPS
    assert {event["action"] for event in events} == {"call", "email", "prepare", "ask"}
    assert {event["status"] for event in events} == {"confirmed", "tentative"}
    assert {each["status"] for each in document["interviews"]} == {"open"}
    assert all(event["uid"].endswith("@calsync") for event in events)
    assert len({event["uid"] for event in events}) == len(events)


def test_a_trace_ends_at_the_start_of_its_event(events):
    for event in events:
        end = event["trace"][-1]["to"]
        assert datetime.fromisoformat(end) == datetime.fromisoformat(event["start"]), event["uid"]


def test_who_is_thanked_is_named_once_for_each_and_nowhere_else(document):
    thanked = {
        each["id"]: [event["person"] for event in each["events"] if event["step"] == "thank-you"]
        for each in document["interviews"]
    }
    assert thanked["cascadia-robotics"] == ["Prof. Ingrid Vail", "Dashiell Okonkwo", "Mei-Lin Sørensen"]
    assert all(
        "person" not in event
        for each in document["interviews"]
        for event in each["events"]
        if event["step"] != "thank-you"
    )


def test_the_zone_of_an_event_is_the_contact_s_where_they_are_to_be_reached(document):
    for each in document["interviews"]:
        for event in each["events"]:
            theirs = event["step"] in {"status", "second", "closing"} or event["action"] == "call"
            assert event["timezone"] == (each["timezone"] if theirs else "UTC"), event["uid"]


def test_a_step_that_is_dropped_stands_in_the_notes_with_its_reason(tmp_path):
    file = csv_file(tmp_path, {"away": "2026-11-12..2098-01-01"})
    (plan,) = done("plan", "--json", file).json["interviews"]
    assert "status" not in {event["step"] for event in plan["events"]}
    assert any(note.startswith("status: ") for note in plan["notes"])
    assert "  note  status: " in done("plan", file).out


def test_what_is_late_says_so_in_both(tmp_path):
    file = csv_file(tmp_path, {"playbook": "prompt"})
    (plan,) = done("plan", "--json", file).json["interviews"]
    assert [event["step"] for event in plan["events"] if event["late"]] == ["status"]
    assert any(line.rstrip().endswith("late") for line in done("plan", file).out.splitlines())


def test_a_closed_interview_has_no_events_and_says_why(tmp_path):
    (plan,) = done("plan", "--json", csv_file(tmp_path, {"status": "rejected"})).json["interviews"]
    assert plan["status"] == "rejected"
    assert plan["notes"]


@pytest.mark.parametrize(
    "record",
    [
        {"decision": "2026-11-20"},
        {"decision": "3 days", "agreed": "2026-11-18 10:00"},
        {"agreed": "2026-11-18"},
        {"candidate": "Ann", "minutes": "1440"},
    ],
)
def test_a_record_alone_keeps_the_contract(record, tmp_path):
    (plan,) = done("plan", "--json", csv_file(tmp_path, record)).json["interviews"]
    assert wrong(plan, INTERVIEW) == []
    assert [event["uid"] for event in plan["events"] if wrong(event, EVENT)] == []


def test_no_interview_is_a_document_all_the_same(tmp_path):
    (tmp_path / "none.csv").write_text("company,role,start\n", encoding="utf-8")
    told = calsync("plan", "--json", tmp_path / "none.csv")
    assert (told.code, told.json) == (0, {"schema": 1, "interviews": []})
    assert "no interview in" in told.messages


def test_json_keeps_every_letter_whatever_the_output_can_hold(tmp_path):
    told = done("plan", "--json", csv_file(tmp_path, {"company": "さくら 🌸", "contact": "Größl"}))
    assert json.loads(told.output)["interviews"][0]["company"] == "さくら 🌸"
    assert "さくら 🌸".encode() in told.output


# --- the table ------------------------------------------------------------------------------------


def rows(told):
    return [
        line
        for line in told.out.splitlines()
        if line[2:5] in {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}
    ]


def test_two_clocks_stand_side_by_side_where_they_differ(tmp_path):
    told = done("plan", csv_file(tmp_path, {"timezone": "Asia/Tokyo", "country": "JP"}))
    head = next(line for line in told.out.splitlines() if "yours" in line)
    assert head.split() == ["yours", "Tokyo"]
    call = next(line for line in rows(told) if "  Call " in line)
    assert call.index("07:00") == head.index("yours")
    assert call.index("16:00") == head.index("Tokyo")


def test_a_day_that_is_another_one_over_there_is_named(tmp_path):
    told = done(
        "plan",
        csv_file(tmp_path, {"timezone": "Australia/Brisbane", "country": "AU", "agreed": "2026-11-20 09:30"}),
    )
    assert any(row.startswith("  Thu 19 Nov  23:30  09:30 Fri  Call ") for row in rows(told))


def test_one_clock_stands_alone_where_both_show_the_same(tmp_path):
    record = {"timezone": "Europe/London", "country": "GB"}
    told = done("plan", csv_file(tmp_path, record))
    assert "yours" not in told.out
    assert "14:00 in London;" in told.out


def test_years_stand_where_the_plan_goes_over_one_and_only_there(tmp_path):
    assert "2027" not in done("plan", csv_file(tmp_path, {"start": "2026-11-02 14:00"})).out
    over = done("plan", csv_file(tmp_path, {"start": "2026-12-16 14:00"}))
    assert all(" 2026  " in row or " 2027  " in row for row in rows(over))
    assert any(" 2027  " in row for row in rows(over))


def test_wide_letters_take_two_columns_so_that_reasons_line_up(tmp_path):
    records = {"contact": "田中 美咲", "company": "さくら文庫"}, {"contact": "Zoë", "company": "Plain"}
    told = done("plan", csv_file(tmp_path, *records))
    where = {
        columns(line[: line.index("within a day")])
        for line in told.out.splitlines()
        if "within a day" in line
    }
    assert len(where) == 1


def test_interviews_stand_apart_by_one_empty_line(tmp_path):
    told = done("plan", csv_file(tmp_path, {"company": "One"}, {"company": "Two"}))
    assert [block.split(" ·")[0] for block in told.out.split("\n\n")] == ["One", "Two"]
    assert not told.out.startswith("\n")
    assert not told.out.endswith("\n\n")


def test_somebody_else_s_interview_carries_the_name_and_one_s_own_does_not(tmp_path):
    (tmp_path / "settings.toml").write_text('[candidate]\nname = "Kim Park"\n', encoding="utf-8")
    told = done(
        "plan", "--home", tmp_path, csv_file(tmp_path, {}, {"candidate": "Noor Haddad", "company": "Other"})
    )
    assert [block.split("\n")[0] for block in told.out.split("\n\n")] == [
        "Acme · PM",
        "Noor Haddad: Other · PM",
    ]


def test_an_outside_reader_gets_no_colour():
    assert "\x1b" not in done("plan", INTERVIEWS).out

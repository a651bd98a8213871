"""Nothing in a file reaches a terminal, a program or a calendar as anything but text (fault 13)."""

import csv
import json
import re

import pytest
from icalendar import Calendar

from tests.cli.running import NOW, calsync, done

PAYLOADS = (
    "\x1b[31mred\x1b[0m", "\x1b[2J\x1b[H", "\x1b]0;title\x07", "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x1bP$q\x1b\\", "\x1b[5n", "\x1bc", "\x9b31mred", "\x9d0;title\x9c", "\x07\x08\x7f", "a\rb", "a\nb", "a\r\nb",
    "a\vb\fc", "a\x85b", "a\u2028b\u2029c", "\u202egnp.exe", "\u2066x\u2069", "\u200bzero\u200b", "\ufeffbom", "\u061cmark",
    "\x00nul", "\x01\x02\x03", "\x0e\x0f", "x\ty", "=1+1", '=HYPERLINK("http://evil.example")', "+1", "-1", "@SUM(A1)",
    "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt;", '"><svg onload=alert(1)>',
    "javascript:alert(1)", "{{7*7}}", "${jndi:ldap://x}", "{topic}", "{0.__class__}", "%s%n%x", "$(touch pwned)", "`id`",
    "'; DROP TABLE x; --", "BEGIN:VEVENT", "END:VCALENDAR", "a\\nDTSTART:19700101T000000Z", "x\r\nATTENDEE:mailto:a@b.example",
    "x\nMETHOD:REQUEST", "a;b,c\\d", "\\", "e\u0301" * 20, "\U000e0041tag", "🏳\ufe0f\u200d🌈",
)  # fmt: skip
FIELDS = (
    "candidate", "company", "role", "contact", "topic", "strengths", "missed", "questions", "notes", "location",
)  # fmt: skip
STEERS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What a terminal obeys, line feeds apart: those are ours."""


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """Every payload in every field, those that are taken; one row each, one candidate each."""
    folder = tmp_path_factory.mktemp("payloads")
    path = folder / "jobs.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, ["id", "start", "country", "timezone", "phone", "interviewers", *FIELDS])
        writer.writeheader()
        for number, payload in enumerate(PAYLOADS):
            row = {
                "id": f"p-{number}", "start": f"2026-{number % 12 + 1:02}-{number % 28 + 1:02} 14:00", "country": "US",
                "timezone": "America/New_York", "phone": "+12125550142",
            }  # fmt: skip
            row["interviewers"] = f"one {payload} end" if "<" not in payload else ""  # an address, or refused
            writer.writerow(row | {field: f"{field} {payload} end" for field in FIELDS})
    return path


def test_there_are_fifty_payloads_and_what_is_not_taken_is_named(file):
    assert len(PAYLOADS) >= 50
    told = calsync("plan", file)
    assert told.code == 65
    rows = set(re.findall(r", row (\d+), ", told.messages))
    assert {PAYLOADS[int(row) - 2] for row in rows} == {"\x00nul"}, "only a NUL is refused"
    assert STEERS.search(told.messages.replace("\n", "")) is None


@pytest.mark.parametrize(
    "arguments", [["plan"], ["plan", "--json"], ["why", "--in"], ["why", "--json", "--in"]]
)
def test_nothing_on_standard_output_steers_a_terminal(arguments, file):
    told = calsync(*arguments, file, "--skip-bad")
    assert told.code == 1
    assert STEERS.search(told.out) is None
    assert STEERS.search(told.messages) is None


@pytest.mark.parametrize("columns", ["60", "120"])
def test_a_payload_begins_no_line_of_its_own(columns, file, monkeypatch):
    monkeypatch.setenv("COLUMNS", columns)
    out = calsync("plan", file, "--skip-bad").out
    heads = [line for line in out.splitlines() if line and not line.startswith(" ")]
    assert len(heads) == len(PAYLOADS) - 1
    assert all(line.startswith("candidate ") for line in heads)


def test_text_stays_text_in_json(file):
    plans = calsync("plan", "--json", file, "--skip-bad").json["interviews"]
    said = {plan["id"]: plan["company"] for plan in plans}
    for number, payload in enumerate(PAYLOADS):
        if payload.isprintable():
            assert said[f"p-{number}"] == f"company {payload} end".replace("  ", " ")


def test_a_calendar_has_only_our_own_properties(file, tmp_path):
    calsync("export", file, "--skip-bad", "-o", tmp_path / "o.ics", "--now", NOW)
    content = (tmp_path / "o.ics").read_bytes()
    lines = content.replace(b"\r\n ", b"").decode().split("\r\n")
    names = {re.match(r"[A-Z-]*", line)[0] for line in lines if line}
    assert names == {
        "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "NAME", "X-WR-CALNAME", "UID", "DTSTAMP", "CREATED", "LAST-MODIFIED",
        "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS",
        "CATEGORIES", "ACTION", "TRIGGER",
    }  # fmt: skip
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(Calendar.from_ical(content).events)
    assert STEERS.search(content.decode().replace("\r\n", "")) is None


def test_a_formula_is_no_more_than_the_text_it_is(file):
    """What a spreadsheet runs begins a cell; every text of ours that goes out begins with a word of ours."""
    plans = calsync("plan", "--json", file, "--skip-bad").json["interviews"]
    for plan in plans:
        for event in plan["events"]:
            assert event["summary"][0].isalpha()


def test_templates_are_not_filled_twice(file):
    (plan,) = [
        plan for plan in calsync("plan", "--json", file, "--skip-bad").json["interviews"]
        if plan["id"] == f"p-{PAYLOADS.index('{topic}')}"
    ]  # fmt: skip
    assert any("{topic}" in event["description"] for event in plan["events"])
    assert "{7*7}" not in json.dumps(plan)


@pytest.mark.parametrize("argument", ["\x1b[31mx", "x\ny", "x\x9by", "\u202egnp", "\udc80"])
@pytest.mark.parametrize(
    "command",
    [
        ["{}"],
        ["plan", "{}"],
        ["plan", "{}.csv"],
        ["playbook", "show", "{}"],
        ["plan", "--{}"],
        ["demo", "--now", "{}"],
    ],
)
def test_an_argument_cannot_steer_the_terminal_either(argument, command):
    told = calsync(*(each.format(argument) for each in command))
    assert told.code in {2, 66}
    assert STEERS.search(told.messages.replace("\n", "")) is None
    assert told.messages.count("\n") == 1


def test_names_of_files_are_written_out(tmp_path):
    path = tmp_path / "a\x1b[31mb.csv"
    path.write_text("company,role,start\n", encoding="utf-8")
    assert "a\\x1b[31mb.csv" in done("plan", path).messages

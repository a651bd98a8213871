import json

import pytest

from calsync.errors import BadData
from calsync.intake import BadRows, as_record
from tests.intake.records import LEAST, one, read_bytes

TABLE = '[[interview]]\ncompany = "Acme"\nrole = "PM"\nstart = 2026-11-24T14:00:00\n'
OBJECT = json.dumps(LEAST)


@pytest.mark.parametrize(
    "start", ["2026-11-24T14:00:00", "2026-11-24T19:00:00Z", '"2026-11-24 14:00"', "2026-11-24 14:00:00"]
)
def test_toml_may_write_times_its_own_way(start):
    assert read_bytes(TABLE.replace("2026-11-24T14:00:00", start), "toml").interviews == (one(),)


@pytest.mark.parametrize(
    "content",
    [
        f'{{"interviews": [{OBJECT}]}}',
        f'{{"schema": 1, "interviews": [{OBJECT}]}}',
        f"[{OBJECT}]",
        f"\ufeff[{OBJECT}]",
    ],
)
def test_json_is_a_list_or_an_object_that_holds_it(content):
    assert read_bytes(content, "json").interviews == (one(),)


def test_what_the_list_command_prints_is_read_again():
    listed = {"schema": 1, "interviews": [{"number": 4, **as_record(one(felt="poor"))}]}
    assert read_bytes(json.dumps(listed), "json").interviews == (
        one(felt="poor", timezone="America/New_York"),
    )


def test_no_interviews_are_no_error_in_json():
    assert read_bytes("[]", "json").interviews == ()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "company = 3",
            "jobs.toml: there is no key 'company' beside [[interview]]; put it below an [[interview]]. (CS-TOM-004)",
        ),
        (
            "[[interviews]]",
            "jobs.toml: there is no key 'interviews' beside [[interview]]; try interview. (CS-TOM-004)",
        ),
        (
            "[interview]",
            "jobs.toml: there is no [[interview]] in it; begin each with a line [[interview]], in two brackets. (CS-TOM-003)",
        ),
        (
            "",
            "jobs.toml: there is no [[interview]] in it; begin each with a line [[interview]], in two brackets. (CS-TOM-003)",
        ),
        (
            "interview = [1]",
            "jobs.toml: there is no [[interview]] in it; begin each with a line [[interview]], in two brackets. (CS-TOM-003)",
        ),
        (
            TABLE + "felt = good",
            "jobs.toml, line 5, column 8: this is not TOML: ",
        ),
        (
            TABLE + "felt = 'good",
            "jobs.toml",  # the rest is Python's own, and differs between versions
        ),
        (
            TABLE + "role = 'PM'",
            "jobs.toml",  # as above
        ),
        (
            TABLE + "minutes = " + "9" * 5000,
            "jobs.toml: this is not TOML: a number in it has too many digits",
        ),
        (
            TABLE + "minutes = 0x" + "f" * 5000,
            "jobs.toml, interview 1, minutes: a huge number cannot stand here; write the value as text in quotes. (CS-REC-019)",
        ),
        (
            "a = " + "[" * 100_000,
            "jobs.toml: brackets are nested too deeply; check that it is the right file. (CS-TOM-002)",
        ),
        (
            "a" + ".a" * 100_000 + " = 1",
            "jobs.toml: line 1 is too long; check that it is the right file. (CS-TOM-006)",
        ),
        ("#" + "a" * 500_000, "jobs.toml: line 1 is too long; check that it is the right file. (CS-TOM-006)"),
        (
            TABLE + "employer = 'x'",
            "jobs.toml, interview 1, employer: there is no key 'employer'; try company. (CS-REC-003)",
        ),
        (
            TABLE + "minutes = true",
            "jobs.toml, interview 1, minutes: true cannot stand here; write the value as text in quotes. (CS-REC-019)",
        ),
        (
            TABLE + "agreed = 14:00:00",
            "jobs.toml, interview 1, agreed: 14:00:00 cannot stand here; write the value as text in quotes. (CS-REC-019)",
        ),
        (TABLE.encode("utf-16-le"), "jobs.toml, line 1, column 2: this is not TOML"),
        (
            TABLE.encode() + b"notes = 'Gr\xfc\xdfe'\n",
            "jobs.toml: line 5, byte 12 (0xfc) is not UTF-8; save it as UTF-8",
        ),
    ],
)
def test_toml_that_makes_no_sense_is_refused_with_the_place_and_a_remedy(content, message):
    with pytest.raises(BadData) as refused:
        read_bytes(content, "toml")
    assert str(refused.value).startswith(message)
    assert refused.value.code[:6] in {"CS-TOM", "CS-REC", "CS-INP"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "",
            "jobs.json, line 1, column 1: this is not JSON: expecting value; check the quotes, commas and brackets before it. (CS-JSN-001)",
        ),
        ("[1,\n2,]", "jobs.json, line 2, column 3: this is not JSON"),
        (
            "3",
            'jobs.json: there are no interviews in it; write {"interviews": [...]} or a list of them. (CS-JSN-003)',
        ),
        (
            "{}",
            'jobs.json: there are no interviews in it; write {"interviews": [...]} or a list of them. (CS-JSN-003)',
        ),
        (
            '{"interviews": {}}',
            'jobs.json: there are no interviews in it; write {"interviews": [...]} or a list of them. (CS-JSN-003)',
        ),
        (
            OBJECT,
            'jobs.json: there is no key \'company\' beside "interviews"; write {"interviews": [...]}. (CS-JSN-004)',
        ),
        (
            '{"interview": []}',
            "jobs.json: there is no key 'interview' beside \"interviews\"; try interviews. (CS-JSN-004)",
        ),
        (
            '{"interviews": [], "interviews": []}',
            'jobs.json: there are no interviews in it; write {"interviews": [...]} or a list of them. (CS-JSN-003)',
        ),
        (
            "[" * 200_000,
            "jobs.json: brackets are nested too deeply; check that it is the right file. (CS-JSN-002)",
        ),
        (
            '{"a":' * 200_000,
            "jobs.json: brackets are nested too deeply; check that it is the right file. (CS-JSN-002)",
        ),
        (
            "[[]]",
            "jobs.json, interview 1: a list is not an interview; write an object with company, role and start. (CS-JSN-005)",
        ),
        (
            f'[{OBJECT[:-1]}, "role": "QA"}}]',
            "jobs.json, interview 1, role: it is given twice; leave one of them out. (CS-REC-023)",
        ),
        (
            f'[{OBJECT[:-1]}, "minutes": NaN}}]',
            "jobs.json, interview 1, minutes: 'nan' is not a number of minutes; use 1 to 1440. (CS-REC-011)",
        ),
        (
            f'[{OBJECT[:-1]}, "minutes": 1e999}}]',
            "jobs.json, interview 1, minutes: 'inf' is not a number of minutes; use 1 to 1440. (CS-REC-011)",
        ),
        (
            f'[{OBJECT[:-1]}, "minutes": {"9" * 5000}}}]',
            "jobs.json, interview 1, minutes: 'inf' is not a number of minutes; use 1 to 1440. (CS-REC-011)",
        ),
        (
            f'[{OBJECT[:-1]}, "notes": {"9" * 5000}}}]',
            "jobs.json, interview 1, notes: inf cannot stand here; write the value as text in quotes. (CS-REC-019)",
        ),
        (
            f'[{OBJECT[:-1]}, "interviewers": [{{"name": "A", "name": "B"}}]}}]',
            "jobs.json, interview 1, interviewers: it is given twice; leave one of them out. (CS-REC-023)",
        ),
        (b"[\n\n  \xff]", "jobs.json: line 3, byte 3 (0xff) is not UTF-8; save it as UTF-8"),
    ],
)
def test_json_that_makes_no_sense_is_refused_with_the_place_and_a_remedy(content, message):
    with pytest.raises(BadData) as refused:
        read_bytes(content, "json")
    assert str(refused.value).startswith(message)


def test_an_interview_among_bad_ones_is_taken_when_asked():
    reading = read_bytes(f'[1, {OBJECT}, {{"role": 2}}]', "json", skip_bad=True)
    assert reading.interviews == (one(),)
    assert [row.place for row in reading.skipped] == ["interview 1", "interview 3"]
    with pytest.raises(BadRows, match="2 of 3 rows cannot be taken"):
        read_bytes(f'[1, {OBJECT}, {{"role": 2}}]', "json")

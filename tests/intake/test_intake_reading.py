import io
import json
import os
import sys
from datetime import date
from pathlib import Path

import pytest

from calsync.errors import BadData, InputOutput, NoInput, Usage
from calsync.intake import BadRows, Source, as_record, read, read_record
from calsync.intake.records import derived_id
from tests.intake.records import PREFERENCES, one, read_bytes

FIXTURES = Path(__file__).parents[2] / "fixtures"
HEAD = "company,role,start,id\n"
SAME = "Acme,PM,2026-11-24 14:00,\n"


def ids(content, **options):
    return [interview.id for interview in read_bytes(content, **options).interviews]


@pytest.fixture(scope="module")
def fourteen():
    return read([FIXTURES / "interviews.csv"], preferences=PREFERENCES).interviews


@pytest.mark.parametrize("form", ["toml", "json"])
def test_the_three_files_of_examples_hold_the_same_interviews(fourteen, form):
    assert read([FIXTURES / f"interviews.{form}"], preferences=PREFERENCES).interviews == fourteen


def test_the_examples_are_as_lively_as_they_are_meant_to_be(fourteen):
    assert len(fourteen) == 14
    assert len({interview.country for interview in fourteen}) == 9
    assert {interview.playbook for interview in fourteen} == {
        "", "balanced", "gentle", "professional", "classic", "prompt", "warm-call", "email-only", "early-bird",
    }  # fmt: skip
    assert all(date(2026, 10, 5) <= interview.day <= date(2026, 12, 18) for interview in fourteen)


def test_the_examples_survive_being_written_as_records(fourteen):
    again = tuple(read_record(as_record(interview), preferences=PREFERENCES) for interview in fourteen)
    assert again == fourteen


def test_the_order_of_rows_changes_nothing_but_the_order(fourteen):
    head, *_ = (FIXTURES / "interviews.csv").read_text("utf-8").splitlines()
    records = [as_record(interview) for interview in fourteen]
    for order in ([*reversed(records)], records[5:] + records[:5]):
        reading = read_bytes(_as_json(order), "json")
        assert sorted(reading.interviews, key=str) == sorted(fourteen, key=str)
    assert head.startswith("id,candidate,company,role,start")


def _as_json(records):
    return json.dumps({"interviews": records}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("company", "role", "expected"),
    [
        ("Acme", "PM", "acme-pm-20261124"),
        ("Größl & Söhne GmbH", "Ärztin", "grossl-sohne-gmbh-arztin-20261124"),
        ("O'Neill Łódź", "Ærø", "oneill-lodz-aero-20261124"),
        ("さくら文庫", "編集", "52ba915b-a0e6f19c-20261124"),
        ("日本 KK", "...", "kk-1a43b61b-20261124"),
        (
            "The Very Long Company Name of the Northern Hemisphere",
            "Senior Vice President of Everything",
            "the-very-long-company-name-of-senior-vice-president-20261124",
        ),
        ("x" * 100, "y" * 100, f"{'x' * 30}-{'y' * 23}-20261124"),
    ],
)
def test_an_id_is_made_of_company_role_and_day(company, role, expected):
    assert derived_id(company, role, date(2026, 11, 24)) == expected
    assert one(company=company, role=role).id == expected


def test_equal_interviews_are_counted():
    assert ids(HEAD + SAME * 3) == ["acme-pm-20261124", "acme-pm-20261124-2", "acme-pm-20261124-3"]


def test_an_id_that_somebody_gives_is_nobody_elses_wherever_it_stands():
    content = (
        HEAD
        + SAME * 2
        + SAME.replace(",\n", ",acme-pm-20261124-2\n")
        + SAME.replace(",\n", ",acme-pm-20261124\n")
    )
    assert ids(content) == [
        "acme-pm-20261124-3",
        "acme-pm-20261124-4",
        "acme-pm-20261124-2",
        "acme-pm-20261124",
    ]


def test_a_counted_id_never_grows_too_long():
    rows = f"{'x' * 100},{'y' * 100},2026-11-24 14:00,\n" * 12
    found = ids(HEAD + rows)
    assert len(set(found)) == 12
    assert max(map(len, found)) <= 64


def test_an_id_given_twice_names_both_rows_in_whatever_files():
    first = Source("a.csv", io.BytesIO((HEAD + SAME.replace(",\n", ",mine\n")).encode()))
    second = Source("b.csv", io.BytesIO((HEAD + SAME + SAME.replace(",\n", ",mine\n")).encode()))
    with pytest.raises(BadRows) as refused:
        read([first, second], preferences=PREFERENCES)
    assert str(refused.value) == (
        "b.csv, row 3, id: 'mine' is the id of a.csv, row 2 already; "
        "give it another, or leave it empty. (CS-REC-021)"
    )


def test_ids_are_unique_over_all_files():
    files = [Source(f"{name}.csv", io.BytesIO((HEAD + SAME).encode())) for name in "abc"]
    reading = read(files, preferences=PREFERENCES)
    assert [interview.id[-2:] for interview in reading.interviews] == ["24", "-2", "-3"]


BAD = HEAD + SAME + "Acme,,tomorrow,\n" + SAME + ",PM,2026-11-24 14:00,\n"


def test_a_file_with_bad_rows_is_not_taken_and_every_one_is_said():
    with pytest.raises(BadRows) as refused:
        read_bytes(BAD)
    assert str(refused.value).splitlines() == [
        "jobs.csv, row 3, role: there is no role; say which position it is for. (CS-REC-002)",
        "jobs.csv, row 3, start: 'tomorrow' is not a date; write it like 2026-11-24 14:00. (CS-REC-005)",
        "jobs.csv, row 5, company: there is no company; say who the interview is with. (CS-REC-002)",
        "2 of 4 rows cannot be taken; correct them, or add --skip-bad to take the other 2. (CS-REC-020)",
    ]
    assert (refused.value.exit_code, refused.value.good, len(refused.value.rows)) == (65, 2, 2)


def test_the_good_rows_are_taken_when_asked_and_the_bad_ones_returned():
    reading = read_bytes(BAD, skip_bad=True)
    assert [interview.id for interview in reading.interviews] == ["acme-pm-20261124", "acme-pm-20261124-2"]
    assert [(row.source, row.place, len(row.faults)) for row in reading.skipped] == [
        ("jobs.csv", "row 3", 2),
        ("jobs.csv", "row 5", 1),
    ]
    assert str(reading.skipped[1]).startswith("jobs.csv, row 5, company: there is no company")


def test_the_id_of_a_bad_row_stays_its_own():
    content = HEAD + SAME + "Acme,,2026-11-24 14:00,acme-pm-20261124\n"
    assert ids(content, skip_bad=True) == ["acme-pm-20261124-1400"]


def test_a_thousand_bad_rows_are_counted_and_twenty_shown():
    with pytest.raises(BadRows) as refused:
        read_bytes(HEAD + "Acme,PM,tomorrow,\n" * 1000)
    *shown, more, count = str(refused.value).splitlines()
    assert (len(shown), more) == (20, "and 980 more")
    assert count == "1000 of 1000 rows cannot be taken; correct them. (CS-REC-020)"
    assert len(refused.value.rows) == 1000


@pytest.mark.parametrize("poison", ["\x1b[2J\x07", "\u202egnp.exe", "\x9b31m", "a" * 100_000, "\r\nyes"])
@pytest.mark.parametrize(
    "key", ["start", "timezone", "phone", "email", "url", "felt", "busy", "away", "decision", "id"]
)
def test_nothing_that_a_terminal_obeys_is_in_a_message(key, poison):
    with pytest.raises(BadRows) as refused:
        one(**{key: f"x{poison}x"})
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 500


def test_a_name_of_a_file_is_printed_harmlessly():
    with pytest.raises(NoInput) as refused:
        read(["no\x1b[2Jsuch.csv"], preferences=PREFERENCES)
    assert str(refused.value) == "no\\x1b[2Jsuch.csv: there is no such file; check the name. (CS-INP-010)"


def test_stdin_is_read_when_its_format_is_said():
    stdin = Source("-", io.BytesIO((HEAD + "Acme,,2026-11-24 14:00,\n").encode()))
    with pytest.raises(BadRows, match="no role") as refused:
        read([stdin], preferences=PREFERENCES, format="csv")
    assert str(refused.value).startswith("stdin, row 2, role: ")


@pytest.mark.parametrize(
    ("sources", "form", "message"),
    [
        (["-"], None, "stdin does not say what it holds; add --format csv | toml | json. (CS-USE-011)"),
        (
            ["jobs.pages"],
            None,
            "jobs.pages: the end of its name does not say what it holds; add --format csv | xlsx | toml | json. (CS-USE-010)",
        ),
        (
            ["jobs.csv"],
            "pages",
            "no format 'pages'; add --format csv | xlsx | toml | json. (CS-USE-010)",
        ),
    ],
)
def test_a_format_that_nobody_can_tell_is_asked_for(sources, form, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "jobs.pages").touch()
    with pytest.raises(Usage) as refused:
        read(sources, preferences=PREFERENCES, format=form)
    assert str(refused.value).startswith(message.split(" csv |")[0])


@pytest.mark.parametrize("name", ["jobs.CSV", "jobs.tsv", "jobs.txt"])
def test_the_end_of_a_name_says_the_format(tmp_path, name):
    (tmp_path / name).write_text(HEAD + SAME, "utf-8")
    assert len(read(str(tmp_path / name), preferences=PREFERENCES).interviews) == 1


def test_a_format_that_is_said_beats_the_name(tmp_path):
    (tmp_path / "jobs.data").write_text(HEAD + SAME, "utf-8")
    assert len(read([tmp_path / "jobs.data"], preferences=PREFERENCES, format="csv").interviews) == 1


def test_a_folder_is_no_file(tmp_path):
    (tmp_path / "jobs.csv").mkdir()
    with pytest.raises(NoInput, match="it is a folder"):
        read([tmp_path / "jobs.csv"], preferences=PREFERENCES)


@pytest.mark.parametrize(
    "name", ["nul\0byte.csv", "n" * 5000 + ".csv", "no-such-folder/jobs.csv", "fixtures\ud800.csv"]
)
def test_a_file_that_cannot_be_there_is_no_input(name):
    with pytest.raises(NoInput) as refused:
        read([name], preferences=PREFERENCES)
    assert refused.value.exit_code == 66
    assert str(refused.value).isprintable()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no rights to take away like this")
def test_a_file_without_rights_is_no_input(tmp_path):
    path = tmp_path / "jobs.csv"
    path.write_text(HEAD, "utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    with pytest.raises(NoInput, match="it may not be read"):
        read([path], preferences=PREFERENCES)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="only Linux has a file that fails when read")
def test_a_disk_that_fails_is_said():
    with pytest.raises(InputOutput) as refused:
        read(["/proc/self/mem"], preferences=PREFERENCES, format="csv")
    assert str(refused.value) == (
        "/proc/self/mem: reading stopped: Input/output error; copy the file to another disk and try again. (CS-IO-010)"
    )


@pytest.mark.parametrize(("form", "largest"), [("csv", 512), ("toml", 32), ("json", 32)])
def test_a_file_too_large_is_refused_unread(tmp_path, form, largest):
    path = tmp_path / f"jobs.{form}"
    with path.open("wb") as file:
        file.truncate(1_000_000_000)  # sparse: it takes no room
    with pytest.raises(BadData) as refused:
        read([path], preferences=PREFERENCES)
    assert str(refused.value) == (
        f"{path}: 1,000 MB is more than the {largest} MB calsync reads at once; split the file. (CS-INP-014)"
    )


def test_the_stream_of_somebody_else_is_left_open():
    with (FIXTURES / "interviews.csv").open("rb") as stream:
        read([Source("jobs.csv", stream)], preferences=PREFERENCES)
        assert not stream.closed


def test_times_that_clocks_make_doubtful_are_noted_with_their_row():
    assert read_bytes(HEAD + SAME + "Acme,PM,2026-11-01 01:30,\n").notes == (
        (
            "jobs.csv, row 3: Sun 1 Nov 2026 01:30 America/New_York comes twice, "
            "clocks go back then: taken as the first"
        ),
    )


def test_ten_thousand_rows_are_read():
    reading = read_bytes(HEAD + "".join(f"Acme {number},PM,2026-11-24 14:00,\n" for number in range(10_000)))
    assert len({interview.id for interview in reading.interviews}) == 10_000


def test_reading_a_spreadsheet_loads_nothing_that_only_others_need(loaded_by):
    loaded = loaded_by(
        "import sys; from calsync.intake import read; from calsync.domain import Preferences\n"
        "from zoneinfo import ZoneInfo\n"
        "read(sys.argv[1:], preferences=Preferences(zone=ZoneInfo('UTC')))",
        str(FIXTURES / "interviews.csv"),
    )
    assert "csv" in loaded
    assert not loaded & {"click", "dateutil", "holidays", "icalendar"}

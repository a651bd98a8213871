"""month: six weeks from this week's Monday, as a grid, as an agenda, as JSON."""

import os
import re
import subprocess
import sys
from datetime import date, timedelta

import pytest
from msgspec.structs import astuple

from calsync.cli.grid import signs
from calsync.cli.output import columns
from tests.cli.running import ROOT, calsync, done, program

TUE = "2026-11-24T09:00:00-05:00"
THU_BEFORE = "2026-11-12T09:00:00-05:00"
NEW_YORK = ("--timezone", "America/New_York", "--country", "US")
pytestmark = pytest.mark.usefixtures("remembered")


@pytest.fixture
def remembered():
    """One interview whose call counts out to a Monday kept free, and one abroad."""
    done("config", "set", "timezone", "America/New_York")
    done("config", "set", "country", "US")
    add("Acme", "--at", "2026-11-12 14:00", "--id", "acme", "--contact", "Sarah Smith", *NEW_YORK)
    add(
        "Hansen", "--at", "2026-12-03 10:00", "--id", "hansen", "--contact", "Jörg Hansen", "--country", "DE",
        "--region", "BY", "--timezone", "Europe/Berlin",
    )  # fmt: skip


def add(company, *arguments, phone="+1 212-555-0142"):
    return done("add", company, "Analyst", *arguments, "--phone", phone, "--now", THU_BEFORE)


def grid(width=80, *arguments, now=TUE):
    return at_width(width, *arguments, now=now).splitlines()


def at_width(width, *arguments, now=TUE):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(width))
        return done("month", *arguments, "--now", now).out


@pytest.mark.parametrize("width", [80, 93, 100, 120, 200])
def test_no_line_of_the_grid_is_wider_than_the_terminal(width):
    lines = grid(width)
    assert max(map(columns, lines)) <= min(width, 120)
    assert columns(lines[2]) > min(width, 120) - 8, "the room there is gets used"


def test_six_weeks_from_this_week_s_monday_have_their_numbers():
    lines = grid()
    assert lines[0] == "23 November 2026 to 3 January 2027"
    assert lines[1].split() == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    weeks = [line[:2] for line, before in zip(lines[1:], lines, strict=False) if before.startswith("──")]
    assert weeks == ["48", "49", "50", "51", "52", "53"]


def test_today_is_marked_without_style():
    assert "[24]" in grid()[3]
    assert "[3 Dec]" not in "\n".join(grid(now="2026-12-03T09:00:00-05:00"))
    assert "[3]" in "\n".join(grid(now="2026-12-03T09:00:00-05:00"))


def cell(lines, width, day, first=date(2026, 11, 23)):
    """What stands in the column of a day, below the line it is in."""
    size = (width - 3) // 7
    week, column = divmod((day - first).days, 7)
    starts = [number for number, line in enumerate(lines) if line.startswith("──")]
    block = lines[starts[week] + 1 : starts[week + 1] if week < 5 else len(lines) - 2]
    return " ".join(line[3 + column * size :][: size - 1].strip() for line in block)


def test_an_event_stands_on_its_day_with_time_sign_and_name():
    told = cell(grid(120), 120, date(2026, 11, 24))
    assert "09:00 ☎ Smith" in told


def test_where_an_event_would_have_been_is_an_arrow():
    assert "→ ☎ Smith" in cell(grid(120), 120, date(2026, 11, 23))


def test_an_interview_stands_on_its_day_on_the_candidate_s_clock():
    assert "04:00 ◆ Hansen" in cell(grid(120), 120, date(2026, 12, 3))


def test_holidays_are_named_and_those_abroad_with_their_country():
    lines = grid(120)
    assert "Thanksgiving" in cell(lines, 120, date(2026, 11, 26))
    assert "Christmas Day" in cell(lines, 120, date(2026, 12, 25))
    assert "DE: Second Day" in cell(lines, 120, date(2026, 12, 26))
    assert "DE:" not in cell(lines, 120, date(2026, 12, 25)), "one name is enough"


def test_a_call_that_nobody_made_is_overdue_and_a_preparation_is_just_over():
    out = at_width(70, now="2026-11-25T09:00:00-05:00")
    late = [line for line in out.splitlines() if "overdue" in line]
    assert any("Call Sarah Smith" in line for line in late)
    assert not any("Prepare" in line for line in late)


def test_below_eighty_columns_it_is_a_list_with_numbers_and_whole_names():
    lines = grid(79)
    numbers = {each["ref"]: each for each in events()}
    rows = [line.split() for line in lines if re.match(r" *\d+\.\d", line)]
    assert {row[0] for row in rows} == numbers.keys()
    assert "Week 48" in lines
    assert any("Tue 24 Nov [today]" in line for line in lines)
    assert any("Thanksgiving" in line for line in lines)
    assert any("moved to Tue 24 Nov" in line for line in lines)
    assert max(map(columns, lines)) <= 79


def events(*arguments):
    return done("month", "--json", *arguments, "--now", TUE).json["events"]


def test_json_lists_what_the_grid_shows():
    told = done("month", "--json", "--now", TUE).json
    assert (told["schema"], told["from"], told["to"]) == (1, "2026-11-23", "2027-01-03")
    assert [each["id"] for each in told["interviews"]] == ["hansen"]
    assert {"date": "2026-11-26", "name": "Thanksgiving Day", "country": "US"} in told["holidays"]
    status = next(each for each in told["events"] if each["uid"] == "acme.status@calsync")
    assert (status["moved_from"], status["start"][:10]) == ("2026-11-23", "2026-11-24")
    assert status["interview"] == "acme"
    assert all("2026-11-23" <= each["start"][:10] <= "2027-01-03" for each in told["events"])
    planned = {each["uid"]: each for each in done("plan", "--json").json["interviews"][0]["events"]}
    assert status["description"] == planned["acme.status@calsync"]["description"]


def test_from_begins_with_the_week_of_that_day():
    told = done("month", "--json", "--from", "2027-01-01", "--now", TUE).json
    assert told["from"] == "2026-12-28"
    assert "[24]" not in "\n".join(grid(80, "--from", "2027-01-01"))


def test_nothing_remembered_is_an_empty_calendar(tmp_path):
    told = done("month", "--home", tmp_path, "--now", TUE)
    assert "☎" not in told.out.replace("☎ call", "")


def test_a_candidate_s_month_is_theirs_alone():
    add("Globex", "--at", "2026-11-24 15:00", "--id", "globex", "--candidate", "Bob Roe", *NEW_YORK)
    assert {each["interview"] for each in events("--candidate", "Bob Roe")} == {"globex"}
    assert "globex" in {each["interview"] for each in events()}


def test_all_names_the_candidates_and_who_would_call_the_same_contact():
    add(
        "Acme",
        "--at",
        "2026-11-12 16:00",
        "--id",
        "acme-2",
        "--contact",
        "S. Smith",
        "--candidate",
        "Bob Roe",
        *NEW_YORK,
    )
    out = at_width(120, "--all")
    assert "Bob: Smith" in out
    assert "! you and Bob Roe would both call S. Smith on Tue 24 Nov 2026" in out
    assert "would both call" not in at_width(120)


def test_too_much_for_one_day_is_counted():
    for number in range(12):
        add(
            f"Firm {number}",
            "--at",
            f"2026-11-24 {8 + number}:00",
            "--id",
            f"firm-{number}",
            *NEW_YORK,
            "--contact",
            "X Y",
        )
    assert " more" in cell(grid(120), 120, date(2026, 11, 24))


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_an_output_without_the_signs_gets_others(encoding):
    told = program("month", "--now", TUE, env={"PYTHONIOENCODING": encoding, "COLUMNS": "120"})
    assert told.code == 0
    text = told.output.decode(encoding)
    assert "09:00 C Smith" in text
    assert "\\u" not in text


@pytest.mark.skipif(os.name == "nt", reason="a terminal to try it in is made with pty")
@pytest.mark.parametrize("plain", [True, False])
def test_style_is_for_terminals_that_want_it(plain):
    """Bold and faint are right on a dark and on a light ground; colours would have to be chosen for one."""
    out = in_terminal({"NO_COLOR": "1"} if plain else {})
    assert ("\x1b[" in out) is not plain
    codes = {part.partition("m")[0] for part in out.split("\x1b[")[1:]}
    assert codes <= {"0", "1", "2"}
    assert "[24]" in out


def in_terminal(env):
    import pty  # noqa: PLC0415  # Windows has none

    ours, theirs = pty.openpty()
    ended = subprocess.Popen(
        [sys.executable, "-m", "calsync", "month", "--now", TUE],
        stdout=theirs,
        stdin=theirs,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100", "TERM": "xterm", **env},
    )
    os.close(theirs)
    out = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux says so when the other side is closed
            break
        if not piece:
            break
        out += piece
    assert ended.wait(60) == 0
    os.close(ours)
    return out.decode()


def test_the_days_are_whole_weeks_in_order():
    days = done("month", "--json", "--now", "2026-11-29T23:30:00-05:00").json
    assert date.fromisoformat(days["to"]) - date.fromisoformat(days["from"]) == timedelta(days=41)
    assert days["from"] == "2026-11-23", "a Sunday evening is still this week"


def test_a_word_that_is_no_day_is_refused():
    assert calsync("month", "--from", "someday").code == 2


def test_every_sign_is_one_column_and_no_two_are_alike():
    known = astuple(signs())
    assert {columns(sign) for sign in known} == {1}
    assert len(set(known)) == len(known)

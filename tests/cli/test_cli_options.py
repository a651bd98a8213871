"""Options before and after a command's name, where input comes from, and what the time is."""

from datetime import datetime

import pytest

from tests.cli.running import INTERVIEWS, calsync, csv_file, done

TOKYO = 'timezone = "Asia/Tokyo"\n'


@pytest.fixture
def homes(tmp_path):
    """Two homes that can be told apart by the zone of what is planned in them."""
    for name, zone in (("tokyo", "Asia/Tokyo"), ("berlin", "Europe/Berlin")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "settings.toml").write_text(f'timezone = "{zone}"\n', encoding="utf-8")
    return tmp_path


def zone_of(told):
    """The candidate's own zone, by what is theirs alone."""
    return next(
        event["timezone"]
        for interview in told.json["interviews"]
        for event in interview["events"]
        if event["step"] == "ask"
    )


@pytest.mark.parametrize(
    ("arguments", "zone"),
    [
        (["--home", "tokyo", "plan", "F"], "Asia/Tokyo"),
        (["plan", "--home", "tokyo", "F"], "Asia/Tokyo"),
        (["plan", "F", "--home", "tokyo"], "Asia/Tokyo"),
        (["--home", "berlin", "plan", "F", "--home", "tokyo"], "Asia/Tokyo"),
        (["--home", "tokyo", "--home", "berlin", "plan", "F"], "Europe/Berlin"),
        (["plan", "F", "--home", "berlin", "--home", "tokyo"], "Asia/Tokyo"),
        (["plan", "F"], "UTC"),
    ],
)
def test_the_home_is_taken_before_and_after_the_name_and_the_last_one_counts(
    arguments, zone, homes, monkeypatch
):
    csv_file(homes, {}, name="F.csv")
    monkeypatch.chdir(homes)
    assert zone_of(done(*("F.csv" if each == "F" else each for each in arguments), "--json")) == zone


def test_a_home_that_is_named_counts_more_than_the_one_of_the_environment(homes, monkeypatch):
    file = csv_file(homes, {})
    monkeypatch.setenv("CALSYNC_HOME", str(homes / "tokyo"))
    assert zone_of(done("plan", "--json", file)) == "Asia/Tokyo"
    assert zone_of(done("plan", "--json", file, "--home", homes / "berlin")) == "Europe/Berlin"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--now", "2026-11-21T09:00:00Z", "demo", "--json"],
        ["demo", "--json", "--now", "2026-11-21T09:00:00Z"],
        ["--now", "2031-01-01T00:00:00Z", "demo", "--json", "--now", "2026-11-21T10:00:00+01:00"],
    ],
)
def test_now_is_taken_before_and_after_the_name_and_the_last_one_counts(arguments):
    assert done(*arguments).json["interviews"][0]["start"] == "2026-11-23T14:00:00+00:00"


@pytest.mark.parametrize("flag", ["--quiet", "-v", "--verbose", "--debug", "--no-input"])
def test_every_flag_is_taken_before_and_after_the_name(flag, tmp_path):
    file = csv_file(tmp_path, {})
    plain = done("plan", file).output
    assert (
        done(flag, "plan", file).output
        == done("plan", flag, file).output
        == done("plan", file, flag).output
        == plain
    )


@pytest.mark.parametrize(
    "where",
    [["--quiet", "playbook", "list"], ["playbook", "--quiet", "list"], ["playbook", "list", "--quiet"]],
)
def test_commands_of_commands_take_them_too(where):
    assert done(*where).messages == ""


def test_quiet_leaves_out_messages_and_never_an_error(tmp_path):
    file = csv_file(tmp_path, {}, {"country": "XX"})
    loud = calsync("plan", "--skip-bad", file)
    quiet = calsync("plan", "--skip-bad", file, "--quiet")
    assert "left out" in loud.messages
    assert (quiet.messages, quiet.output, quiet.code) == ("", loud.output, loud.code)
    assert calsync("plan", file, "--quiet").messages.count("calsync: ") == 1


def test_it_is_said_which_columns_were_recognised(tmp_path):
    (tmp_path / "jobs.csv").write_text(
        "Employer,Job title,start\nAcme,PM,2026-11-12 14:00\n", encoding="utf-8"
    )
    said = done("plan", tmp_path / "jobs.csv").messages
    assert said.endswith("jobs.csv: columns read as: Employer = company, Job title = role\n")
    assert done("plan", "--quiet", tmp_path / "jobs.csv").messages == ""


# --- the time -------------------------------------------------------------------------------------


def test_source_date_epoch_is_the_time_unless_now_is_given(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795251600")  # Sat 21 Nov 2026 09:00 UTC
    assert done("demo", "--json").json["interviews"][0]["start"] == "2026-11-23T14:00:00+00:00"
    later = done("demo", "--json", "--now", "2027-01-01T00:00:00Z").json
    assert later["interviews"][0]["start"].startswith("2027-01-04")


def test_the_time_stands_in_the_file_that_is_written(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795251600")
    done("export", csv_file(tmp_path, {}), "-o", tmp_path / "o.ics")
    assert b"DTSTAMP:20261121T090000Z\r\n" in (tmp_path / "o.ics").read_bytes()


def test_nothing_is_placed_before_from(tmp_path):
    file = csv_file(tmp_path, {})
    (free,) = done("plan", "--json", file).json["interviews"]
    (held,) = done("plan", "--json", file, "--from", "2026-12-01").json["interviews"]
    first = datetime.fromisoformat("2026-12-01T00:00:00+00:00")
    calls = [event for event in held["events"] if event["step"] not in {"ask", "thank-you"}]
    assert calls
    assert all(datetime.fromisoformat(event["start"]) >= first for event in calls)
    assert free["events"] != held["events"]


@pytest.mark.parametrize(
    "given", ["2026-12-01", "2026-12-01T00:00", "2026-12-01 00:00", "2026-12-01T00:00:00+00:00"]
)
def test_from_is_a_day_or_a_time_of_one_s_own(given, tmp_path):
    file = csv_file(tmp_path, {})
    assert (
        done("plan", "--json", file, "--from", given).json
        == done("plan", "--json", file, "--from", "2026-12-01").json
    )


# --- where input comes from -----------------------------------------------------------------------


def test_the_playbook_that_is_asked_for_holds_where_a_record_names_none(tmp_path):
    file = csv_file(tmp_path, {"company": "A"}, {"company": "B", "playbook": "prompt"})
    plans = done("plan", "--json", file, "--playbook", "classic").json["interviews"]
    assert [plan["playbook"] for plan in plans] == ["classic", "prompt"]


def test_a_playbook_is_found_by_its_path_and_by_its_name_in_the_home(tmp_path):
    own = tmp_path / "playbooks"
    own.mkdir()
    (own / "mine.toml").write_text('extends = "classic"\ntitle = "Mine"\n', encoding="utf-8")
    file = csv_file(tmp_path, {})
    by_name = done("plan", "--json", file, "--playbook", "mine", "--home", tmp_path)
    by_path = done("plan", "--json", file, "--playbook", own / "mine.toml")
    assert by_name.json["interviews"][0]["playbook"] == by_path.json["interviews"][0]["playbook"] == "mine"


def test_map_reads_a_column_of_another_name(tmp_path):
    (tmp_path / "jobs.csv").write_text("Firma,role,Wann\nAcme,PM,2026-11-12 14:00\n", encoding="utf-8")
    told = done("plan", "--json", tmp_path / "jobs.csv", "--map", "Firma=company", "--map", "Wann=start")
    assert told.json["interviews"][0]["company"] == "Acme"


def test_bad_rows_are_left_out_only_when_asked_and_then_it_is_partly_done(tmp_path):
    file = csv_file(tmp_path, {"company": "Good"}, {"company": "Bad", "country": "XX"})
    whole, rest = calsync("plan", "--json", file), calsync("plan", "--json", file, "--skip-bad")
    assert (whole.code, whole.output) == (65, b"")
    assert (rest.code, [each["company"] for each in rest.json["interviews"]]) == (1, ["Good"])
    assert (
        rest.messages
        == f"calsync: left out: {file}, row 3, country: no country 'XX'; use a code like US, GB or DE. (CS-DAY-003)\n"
    )


@pytest.mark.parametrize("ending", ["csv", "toml", "json"])
def test_standard_input_is_read_in_the_format_that_is_named(ending):
    file = INTERVIEWS.with_suffix(f".{ending}")
    told = done("plan", "--json", "-", "--format", ending, stdin=file.read_bytes())
    assert told.json == done("plan", "--json", file).json


def test_several_files_are_one_input(tmp_path):
    one = csv_file(tmp_path, {"company": "One", "agreed": "2026-11-20 10:00"}, name="one.csv")
    two = csv_file(tmp_path, {"company": "Two"}, {"company": "One"}, name="two.csv")
    plans = done("plan", "--json", one, two).json["interviews"]
    assert sorted(plan["company"] for plan in plans) == ["One", "One", "Two"]
    assert len({plan["id"] for plan in plans}) == 3


def test_a_bad_row_in_one_file_refuses_all_of_them(tmp_path):
    one = csv_file(tmp_path, {}, name="one.csv")
    two = csv_file(tmp_path, {"timezone": "EST5"}, name="two.csv")
    told = calsync("plan", one, two)
    assert (told.code, told.output) == (65, b"")
    assert told.messages.startswith(f"calsync: {two}, row 2, timezone: ")


def test_planning_files_makes_nothing_but_a_cache(home):
    done("plan", INTERVIEWS)
    made = {path.relative_to(home).parts[0] for path in home.rglob("*")}
    assert made <= {".cache", "AppData", "Library"}
    assert not list(home.rglob("*.sqlite3"))

"""What a person can do wrong: each ends in its exit code and in lines of the house form, never in a traceback."""

import os
import re
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from calsync import __version__
from calsync.cli import demo
from tests.cli.running import calsync, csv_file, done

HOUSE = re.compile(r"calsync: .*\S \(CS-[A-Z]+-\d{3}\)")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="there is no such file there")

# In the tables: GOOD is a file with a good row, NONE a name of nothing, DIR a folder.
GOOD, NONE, DIR = "good.csv", "none.csv", "folder"


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """The folder that everything happens in."""
    monkeypatch.chdir(tmp_path)
    csv_file(tmp_path, {}, name=GOOD)
    (tmp_path / DIR).mkdir()
    return tmp_path


def refused(code, *arguments, stdin=b""):
    """The one line that a command is refused with."""
    told = calsync(*arguments, stdin=stdin)
    assert (told.code, told.output) == (code, b""), told.messages
    (line,) = told.messages.splitlines()
    assert HOUSE.fullmatch(line), line
    assert "Traceback" not in line
    assert ".. " not in line.replace("..2", "")
    return line


COMMANDS = [
    (2, ["plna"], "there is no command 'plna'; try plan, or see calsync --help"),
    (2, ["exprot", GOOD], "there is no command 'exprot'; try export"),
    (2, ["PLAN", GOOD], "there is no command 'PLAN'; try plan"),
    (2, ["zzzzzz"], "there is no command 'zzzzzz'; see calsync --help"),
    (2, ["x" * 5000], "there is no command 'xxx"),
    (2, ["\x1b[31mplan"], "there is no command '\\x1b[31mplan'"),
    (2, [""], "there is no command ''"),
    (2, ["--home"], "option '--home' requires an argument"),
    (2, ["--bogus", "plan"], "there is no option --bogus"),
    (2, ["plan", GOOD, "--jsno"], "plan: there is no option --jsno; try --json"),
    (2, ["plan", GOOD, "-x"], "plan: there is no option -x"),
    (2, ["plan", GOOD, "--json=yes"], "option '--json' does not take a value"),
    (2, ["plan", GOOD, "--format", "xml"], "plan: invalid value for '--format'"),
    (2, ["plan", GOOD, "--from"], "option '--from' requires an argument"),
    (2, ["demo", "extra"], "demo: got unexpected extra argument (extra); see calsync demo --help"),
    (2, ["playbook", "shwo"], "playbook: there is no command 'shwo'; try show, or see calsync playbook --help"),
    (2, ["playbook", "show"], "playbook show: missing argument 'NAME'"),
    (2, ["playbook", "show", "nope"], "no playbook 'nope'; use one of balanced, "),
    (2, ["playbook", "compare", "balanced", "nope"], "no playbook 'nope'"),
    (66, ["playbook", "check", "none.toml"], "there is no playbook 'none.toml'"),
    (66, ["playbook", "check", "a\0b.toml"], "there is no playbook 'a\\x00b.toml'"),
    (66, ["playbook", "show", "~nobody-here/x.toml"], "there is no playbook"),
    (78, ["playbook", "check", "./folder"], "./folder: "),
]  # fmt: skip

OPTIONS = [
    (2, ["--now", "soon", "demo"], "--now: 'soon' is no time with an offset; write it like"),
    (2, ["--now", "2026-11-21T09:00", "demo"], "--now: '2026-11-21T09:00' is no time with an offset"),
    (2, ["--now", "2026-11-21", "demo"], "--now: "),
    (2, ["--now", "", "demo"], "--now: '' is no time"),
    (2, ["--now", "0001-01-01T00:00:00+14:00", "demo"], "--now: "),
    (2, ["--now", "9999-12-31T23:59:59-14:00", "demo"], "--now: "),
    (2, ["--now", "9" * 5000, "demo"], "--now: '9999"),
    (2, ["plan", GOOD, "--from", "soon"], "--from: 'soon' is no day and no time"),
    (2, ["plan", GOOD, "--from", "2026-02-30"], "--from: '2026-02-30' is no day"),
    (2, ["plan", GOOD, "--from", "9999-12-31"], "--from: "),
    (2, ["plan", GOOD, "--playbook", "nope"], "--playbook: no playbook 'nope'; use one of balanced, "),
    (2, ["plan", GOOD, "--playbook", ""], "--playbook: no playbook ''"),
    (66, ["plan", GOOD, "--playbook", "./none.toml"], "--playbook: there is no playbook './none.toml'"),
    (2, ["plan", GOOD, "--map", "Date"], "--map 'Date' has no ="),
    (2, ["plan", GOOD, "--map", "Date=strat"], "--map 'Date=strat': there is no key 'strat'; "),
    (2, ["plan", GOOD, "--map", "Date=start"], "--map 'Date': no file has that header"),
    (2, ["export", GOOD, "-o", "a.ics", "--split", "b"], "-o and --split name two places"),
    (2, ["export", GOOD, "-o", ""], "the name to write to is empty"),
    (2, ["export", GOOD, "--split", ""], "the name to write to is empty"),
    (2, ["why", "nope", "--in", GOOD], "no event goes by 'nope'; "),
    (78, ["--home", "", "plan", GOOD], "--home: '' is not a folder"),
    (78, ["--home", "a\0b", "plan", GOOD], "--home: 'a\\x00b' is not a folder"),
    (78, ["--home", "~nobody-here", "plan", GOOD], "--home: '~nobody-here' is not a folder"),
    (78, ["--home", GOOD, "plan", GOOD], "good.csv"),
]

FILES = [
    (2, ["plan"], "no file is named, and nothing is remembered yet; "),
    (2, ["export"], "no file is named, and nothing is remembered yet; "),
    (2, ["why"], "no file is named, and nothing is remembered yet; "),
    (2, ["plan", "-"], "stdin does not say what it holds; add --format csv"),
    (2, ["plan", "table.pages"], "table.pages: the end of its name does not say what it holds"),
    (65, ["plan", "table.xlsx"], "table.xlsx: this is no workbook: "),
    (66, ["plan", NONE], "none.csv: there is no such file; check the name"),
    (66, ["plan", "none"], "none: there is no such file"),
    (66, ["plan", DIR], "folder: it is a folder; name a file in it"),
    (66, ["plan", f"{GOOD}/x.csv"], "good.csv"),
    (66, ["plan", "a\0b.csv"], "a\\x00b.csv: that is no name of a file"),
    (66, ["plan", "x" * 5000 + ".csv"], "xxx"),
    (66, ["plan", GOOD, NONE], "none.csv: there is no such file"),
    (66, ["why", "--in", NONE], "none.csv: there is no such file"),
    (66, ["export", NONE], "none.csv: there is no such file"),
    (73, ["export", GOOD, "-o", "none/o.ics"], "o.ics: cannot be written: "),
    (73, ["export", GOOD, "-o", DIR], "folder: cannot be written: "),
    (73, ["export", GOOD, "-o", "a\0b"], "a\\x00b: cannot be written: "),
    (73, ["export", GOOD, "-o", GOOD], "good.csv: calsync did not write this file and leaves it alone; "),
    (73, ["export", GOOD, "--split", GOOD], "good.csv: "),
    (73, ["export", GOOD, "--split", "a\0b"], "a\\x00b: this is no name for a folder"),
]

ROWS = [
    ({"country": "XX"}, "country: no country 'XX'; use a code like US, GB or DE"),
    ({"country": "Atlantis"}, "country: "),
    ({"region": "QQ"}, "region: US has no region 'QQ'; try "),
    ({"timezone": "EST5"}, "timezone: no zone 'EST5'; try America/New_York"),
    ({"timezone": "../../etc/passwd"}, "timezone: "),
    ({"playbook": "nope"}, "playbook: no playbook 'nope'; use one of balanced, "),
    ({"playbook": "none.toml"}, "playbook: none.toml: "),
    ({"playbook": "~nobody-here/x.toml"}, "playbook: "),
    ({"playbook": "a\0b.toml"}, "playbook: "),
    ({"start": "03/04/2026"}, "start: '03/04/2026' can be read two ways, 3 April 2026 or 4 March 2026; "),
    ({"start": "2026-02-30 10:00"}, "start: "),
    ({"start": "9999-12-31 23:00"}, "start: the year of '9999-12-31 23:00' is out of range; "),
    ({"start": "0001-01-01 00:00"}, "start: "),
    ({"company": ""}, "company: "),
    ({"minutes": "0"}, "minutes: "),
    ({"minutes": "9" * 5000}, "minutes: '9999"),
    ({"decision": "soon"}, "decision: 'soon' is not a date; "),
    ({"decision": "9" * 5000 + " days"}, "decision: "),
    ({"agreed": "2020-01-01"}, "agreed: 2020-01-01 is before the interview"),
    ({"away": "2026-08-16..2026-08-03"}, "away: "),
    ({"busy": "Mon 17:00-09:00"}, "busy: "),
    ({"phone": "ask me"}, "phone: 'ask me' is not a phone number"),
    ({"email": "nobody"}, "email: 'nobody' is not an email address"),
    ({"url": "javascript:alert(1)"}, "url: "),
    ({"status": "opne"}, "status: 'opne' is no stage that calsync knows; try open"),
    ({"id": "A B"}, "id: 'A B' cannot be an id; "),
    ({"culture": "\x1b[31m"}, "culture: '\\x1b[31m' is not"),
]

SETTINGS = [
    ('timezone = "EST5"', "timezone: no zone 'EST5'"),
    ('hours = "9"', "hours: '9' is not a span of hours"),
    ('hours = "22:00-06:00"', "hours: "),
    ('houres = "07:00-21:00"', "there is no key 'houres'; try hours"),
    ('playbook = "nope"', "playbook: no playbook 'nope'"),
    ("playbook = 3", "playbook: 3 is not a text"),
    ('kept_free = ["funday"]', "kept_free: 'funday' is not a weekday"),
    ("phone = 1", "phone: "),
    ('window = "noon"', "window: "),
    ('closures = ["2026-13-01"]', "closures: '2026-13-01' is not a day"),
    ("[alarms]\ncall = [99999999]", "alarms.call: 99999999 is not a number of minutes"),
    ("[alarms]\ncal = [15]", "there is no key 'alarms.cal'; try call"),
    ('[candidate]\nname = "a\\nb"', "candidate.name: "),
    ("google = 3", "google: 3 is not a table"),
    ("not toml", "this is not TOML: "),
    ("x = " + "[" * 3000, "this is not TOML: "),
    ("minutes = " + "9" * 5000, "this is not TOML: "),
]


@pytest.mark.parametrize(("code", "arguments", "what"), COMMANDS)
def test_a_command_that_is_typed_wrongly_is_told_with_what_to_type(code, arguments, what):
    assert refused(code, *arguments).startswith(f"calsync: {what}")


@pytest.mark.parametrize(("code", "arguments", "what"), OPTIONS)
def test_an_option_that_makes_no_sense_is_told_by_its_name(code, arguments, what):
    assert what in refused(code, *arguments)


@pytest.mark.parametrize(("code", "arguments", "what"), FILES)
def test_a_file_that_cannot_be_read_or_written_is_told_by_its_name(code, arguments, what, place):
    (place / "table.xlsx").write_bytes(b"PK")
    (place / "table.pages").write_bytes(b"PK")
    assert what in refused(code, *arguments)


@pytest.mark.parametrize(("row", "what"), ROWS)
def test_a_bad_row_is_told_by_its_file_its_number_and_its_key(row, what, place):
    csv_file(place, {}, row, name="jobs.csv")
    assert refused(65, "plan", "jobs.csv").startswith(f"calsync: jobs.csv, row 3, {what}")


@pytest.mark.parametrize(("text", "what"), SETTINGS)
def test_a_bad_setting_is_told_by_its_file_and_its_key(text, what, place):
    (place / "settings.toml").write_text(text, encoding="utf-8")
    file = place / "settings.toml"
    assert what in refused(78, "plan", GOOD, "--home", place).removeprefix(f"calsync: {file}")
    assert what in refused(78, "demo", "--home", place)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('country = "XX"', "country: no country 'XX'"),
        ('country = "US"\nregion = "QQ"', "region: US has no region 'QQ'"),
    ],
)
@pytest.mark.parametrize("flags", [[], ["--skip-bad"]])
def test_a_place_of_the_settings_that_is_not_there_is_no_fault_of_the_rows(text, what, flags, place):
    (place / "settings.toml").write_text(text, encoding="utf-8")
    csv_file(place, {"country": "", "timezone": "", "phone": ""}, name="jobs.csv")
    assert f"settings.toml, {what}" in refused(78, "plan", "jobs.csv", "--home", place, *flags)


def test_settings_that_are_no_text_are_told(place):
    (place / "settings.toml").write_bytes(b"\xff\xfe\x00")
    assert "this is not UTF-8" in refused(78, "demo", "--home", place)
    (place / "settings.toml").unlink()
    (place / "settings.toml").mkdir()
    assert "this is not a file" in refused(78, "demo", "--home", place)


def test_a_home_of_the_environment_that_is_a_file_is_told(place, monkeypatch):
    monkeypatch.setenv("CALSYNC_HOME", str(place / GOOD))
    refused(78, "plan", GOOD)


@pytest.mark.parametrize("epoch", ["soon", "-1", "9" * 30, "1e9", " "])
def test_a_source_date_epoch_that_is_no_time_is_told(epoch, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert refused(2, "demo").startswith("calsync: SOURCE_DATE_EPOCH: ")


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("empty.csv", b"", "empty.csv: "),
        ("blank.csv", b"\n\n", "blank.csv: "),
        ("nul.csv", b"company,role,start\nA\0,PM,2026-11-12 14:00\n", "nul.csv, row 2, company: "),
        ("latin.csv", b"company,role,start\nGr\x81\xdfl,PM,2026-11-12 14:00\n", "latin.csv: line 2, byte 3"),
        ("wide.csv", b"company,role,start\n" + b"x" * 2_000_000, "wide.csv: line 2 is longer"),
        ("keys.csv", b"company,rolle,start\nA,PM,2026-11-12 14:00\n", "keys.csv, "),
        ("empty.json", b"", "empty.json"),
        ("deep.json", b"[" * 100_000, "deep.json"),
        ("huge.json", b'[{"company": "A", "role": "B", "start": ' + b"9" * 5000 + b"}]", "huge.json"),
        ("text.json", b'"interviews"', "text.json"),
        ("bad.toml", b"[[interview]\n", "bad.toml, line 1"),
        ("key.toml", b'[[interview]]\ncompany = "A"\nrole = "B"\nstrat = "2026-11-12 14:00"\n', "key.toml, interview 1, "),
    ],
)  # fmt: skip
def test_a_file_that_makes_no_sense_is_told_by_its_name(name, content, what, place):
    (place / name).write_bytes(content)
    told = calsync("plan", name)
    assert (told.code, told.output) == (65, b"")
    lines = told.messages.splitlines()
    assert all(HOUSE.fullmatch(line) for line in lines)
    assert lines[0].startswith(f"calsync: {what}")


def test_an_unknown_key_is_told_with_the_nearest_one(place):
    (place / "keys.csv").write_text("company,rolle,start\nA,PM,2026-11-12 14:00\n", encoding="utf-8")
    assert "try role" in calsync("plan", "keys.csv").messages


@POSIX
def test_an_output_that_is_full_is_told():
    assert refused(74, "export", GOOD, "-o", "/dev/full").startswith("calsync: /dev/full: writing failed: ")


@contextmanager
def as_somebody():
    """Not as the superuser, whom no rights bind."""
    if os.geteuid() != 0:
        yield
        return
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@POSIX
@pytest.mark.parametrize(
    ("path", "rights", "code", "arguments", "what"),
    [
        (GOOD, 0, 66, ["plan", GOOD], "good.csv: it may not be read; change its rights"),
        (
            DIR,
            0o500,
            73,
            ["export", GOOD, "-o", f"{DIR}/o.ics"],
            f"{DIR}/o.ics: cannot be written: Permission denied",
        ),
        (DIR, 0o500, 73, ["export", GOOD, "--split", f"{DIR}/deeper"], f"{DIR}/deeper: Permission denied"),
        (
            "own.ics",
            0o400,
            73,
            ["export", GOOD, "-o", "own.ics"],
            "own.ics: cannot be written: Permission denied",
        ),
        (
            "home",
            0,
            78,
            ["--home", "home", "plan", GOOD],
            "settings.toml: it cannot be read: Permission denied",
        ),
    ],
)
def test_what_may_not_be_read_or_written_is_told(path, rights, code, arguments, what, monkeypatch):
    with tempfile.TemporaryDirectory() as open_to_all:  # pytest's own folders are not
        monkeypatch.chdir(open_to_all)
        for name in ("HOME", "XDG_CACHE_HOME"):
            monkeypatch.setenv(name, f"{open_to_all}/home")
        place = Path(open_to_all)
        csv_file(place, {"country": ""}, name=GOOD)
        for folder in (DIR, "home"):
            (place / folder).mkdir()
        done("export", GOOD, "-o", "own.ics")  # which also loads what is loaded only when needed
        place.chmod(0o755)
        (place / path).chmod(rights)
        try:
            with as_somebody():
                assert what in refused(code, *arguments)
        finally:
            (place / path).chmod(0o700)
            monkeypatch.undo()


# --- several bad rows -----------------------------------------------------------------------------


def test_several_bad_rows_have_a_line_each_and_a_last_line_counts_them(place):
    csv_file(place, {}, {"country": "XX"}, {"timezone": "EST5", "minutes": "0"}, {}, name="jobs.csv")
    told = calsync("plan", "jobs.csv")
    assert (told.code, told.output) == (65, b"")
    lines = told.messages.splitlines()
    assert sorted(line.split(": ")[1] for line in lines[:-1]) == [
        "jobs.csv, row 3, country", "jobs.csv, row 4, minutes", "jobs.csv, row 4, timezone",
    ]  # fmt: skip
    assert lines[-1] == (
        "calsync: 2 of 4 rows cannot be taken; correct them, or add --skip-bad to take the other 2. (CS-REC-020)"
    )
    assert all(HOUSE.fullmatch(line) for line in lines)


@pytest.mark.parametrize("flags", [[], ["--skip-bad"]])
def test_more_than_twenty_bad_rows_are_cut(flags, place):
    csv_file(place, {}, *[{"country": "XX"}] * 50, name="jobs.csv")
    told = calsync("plan", "jobs.csv", *flags)
    lines = told.messages.splitlines()
    assert sum(", row " in line for line in lines) == 20
    assert any(line.startswith("calsync: and 30 more") for line in lines)
    assert told.code == (1 if flags else 65)


# --- what is no mistake ---------------------------------------------------------------------------


@pytest.mark.parametrize("group", [[], ["playbook"]])
def test_a_group_alone_is_a_question_for_its_help(group):
    alone = done(*group)
    assert alone.output == done(*group, "--help").output
    assert alone.out.startswith("Usage: ")
    assert alone.messages == ""


@pytest.mark.parametrize("flag", ["--help", "-h"])
@pytest.mark.parametrize("command", [[], ["plan"], ["why"], ["export"], ["demo"], ["playbook", "show"]])
def test_help_is_given_for_every_command(command, flag):
    out = done(*command, flag).out
    assert out.startswith(" ".join(["Usage: calsync", *command]))
    assert max(map(len, out.splitlines())) <= 100


def test_the_version_is_told():
    assert done("--version").out == f"calsync {__version__}\n"


def test_a_bug_of_ours_is_one_line_and_its_traceback_only_for_debug(monkeypatch):
    def broken(*_):
        message = "no such\nthing"
        raise LookupError(message)

    monkeypatch.setattr(demo, "_interviews", broken)
    line = refused(70, "demo")
    assert line.startswith(
        "calsync: this is a bug of ours: LookupError: no such thing; run it again with --debug"
    )
    assert "Traceback" in calsync("demo", "--debug").messages

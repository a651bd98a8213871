"""With ``language = "de"`` no command, table, error or hint says anything in English, by a list of its commonest words."""

import pytest

from calsync.cli.commands import COMMANDS
from tests.cli.person import ACME, CALL, Person
from tests.texts.english import english_in

ALLOWED = (
    r"calsync [a-z][^;.\n)]*", r"(?<![\w])--?[a-z][\w-]*( [\"'\w:-]+)?", r"'[^'\n]*'", r'"[^"\n]*"', r"\S*[/\\]\S+", r"\([A-Z]{2}-\w+-\d+\)",
    r"(?s:\d{3}-\d\d  .*)", r"(?m)^\w+[._]?\w* += .*$", r"Product manager|Data analyst|Thanksgiving Day|Day After Thanksgiving|Christmas Day|New Year's( Day)?",
    r"(?:timezone|hours|private_hours|business_hours|quiet_days|kept_free|monday_like)\b.*", r"\b(?:company|role|start)\b|calsync log|No such file or directory|\bmore\b|\bDay\b|versuchen Sie next",
    r"bridge-days|year-end|no-answer|no-show|more-time|thank-you", r"\d business days|\d days|tomorrow", r"Oct \d+|Follow-ups",
)  # fmt: skip
"""Commands, options, keys, what people typed, names of holidays, and the advice, which is quoted as it was given."""
LOOKING = (
    [], ["plan"], ["list"], ["show", "1"], ["next"], ["today"], ["month"], ["why"], ["why", "1.3", "--not", "2026-11-23"],
    ["demo"], ["history"], ["doctor"], ["playbook", "list"], ["playbook", "compare"], ["config", "get"], ["backup"], ["version"],
    ["export", "-o", "f.ics"], ["script", "1.4"], ["sync", "google", "--dry-run"], ["auth", "status"],
)  # fmt: skip
CHANGING = (
    ["config", "set", "hours", "8-20"], ["config", "unset", "hours"], ["log", "1.2", "sent", "--force"], ["undo"],
    ["log", "1", "offer"], ["edit", "1", "--notes", "x"], ["remove", "1"], ["undo"], ["auth", "logout"],
)  # fmt: skip
WRONG = (
    ["nix"], ["list", "--nix"], ["show"], ["show", "9"], ["show", "zzz"], ["why", "9.9"], ["script", "1.4", "--as", "x"], ["log", "1", "x"], ["log", "1"], ["log", "1", "sent", "x"],
    ["log", "1", "more-time"], ["log", "1.2", "voicemail"], ["log", "1.3", "reached", "--next", "2026-11-01"], ["edit", "1"],
    ["edit", "1", "--phone", "12"], ["edit", "1", "--start", "03/04/2026 14:00"], ["add"], ["add", "A"], ["add", "A", "B", "--at", "x"],
    ["add", "A", "B", "--at", "2026-11-24 14:00", "--timezone", "EST"], ["add", "A", "B", "--at", "2026-11-24 14:00", "--minutes", "9999"],
    ["add", "A", "B", "--at", "2026-11-24 14:00", "--country", "XX"], ["add", "A", "B", "--at", "2026-11-24 14:00", "--busy", "x"],
    ["add", "A", "B", "--at", "2026-11-24"], ["add", "A", "B", "--at", "24.11.26 14:00"], ["add", "A", "B", "--at", "Mon 24 Nov 2026 14:00"],
    ["import"], ["import", "nix.csv"], ["import", "rows.csv"], ["import", "google"], ["import", "x.ics"], ["plan", "x.toml"], ["plan", "x.json"],
    ["export", "-o", "nix/f.ics"], ["config", "get", "nix"], ["config", "set", "hours", "x"], ["config", "set", "alarms.call", "[1,1]"],
    ["config", "set", "timezone", "EST"], ["playbook", "show", "nix"], ["playbook", "check", "own.toml"], ["backup", "f.db"],
    ["phone", "9.9"], ["completion", "x"], ["schema", "x"], ["auth", "google"], ["auth", "google", "--port", "99999"], ["sync", "google"],
)  # fmt: skip
FILES = {
    "rows.csv": "company,role,start,phone\nA,B,x,12\nC,,2026-11-24 14:00,\n",
    "x.ics": "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "x.toml": "company = 1\n", "x.json": '{"a": 1}', "f.db": "",
    "own.toml": '[thank-you]\naction = "shout"\n',
}  # fmt: skip


@pytest.fixture
def person(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    someone = Person(tmp_path / "home", 'timezone = "Europe/Berlin"\ncountry = "US"\nlanguage = "de"\n')
    someone.does(
        "add",
        *ACME,
        "--timezone",
        "America/New_York",
        "--decision",
        "2026-11-20",
        "--interviewers",
        "Tom <t@x.org>",
    )
    return someone


def assert_german(told):
    assert english_in(told.out, allowed=ALLOWED) == []
    assert english_in(told.messages, allowed=ALLOWED) == []


@pytest.mark.parametrize("arguments", LOOKING, ids=lambda arguments: " ".join(arguments) or "calsync")
def test_what_a_command_shows_is_german(arguments, person):
    assert_german(person.tries(*arguments, now=CALL))


def test_what_changes_something_tells_it_in_german(person):
    for arguments in CHANGING:
        assert_german(person.does(*arguments, now=CALL))


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_what_goes_wrong_is_said_in_german(arguments, person):
    told = person.tries(*arguments, now=CALL)
    assert told.code != 0
    assert_german(told)


def test_settings_that_are_wrong_are_refused_in_the_language_that_they_name(tmp_path):
    person = Person(tmp_path / "home", 'language = "de"\nhours = "x"\n')
    assert_german(person.tries("list"))


def test_every_command_is_looked_at():
    left = {
        "help",
        "phone",
        "web",
        "completion",
        "import",
        "add",
        "edit",
        "remove",
        "undo",
        "redo",
        "move",
        "setup",
        "log",
    }
    assert set(COMMANDS) - left <= {arguments[0] for arguments in (*LOOKING, *CHANGING, *WRONG) if arguments}

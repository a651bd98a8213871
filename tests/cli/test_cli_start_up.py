"""What is loaded before anything is done: by what is in sys.modules, never by a clock."""

import pytest

from tests.cli.running import INTERVIEWS, NOW, ROOT, done

RUN = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from calsync.cli import run; run(sys.argv[1:])"
ALONE = {
    "icalendar", "holidays", "phonenumbers", "dateutil", "platformdirs", "sqlite3", "tomllib", "json", "csv",
    "importlib.metadata", "calsync.planner", "calsync.store", "calsync.texts", "calsync.intake", "calsync.targets",
    "calsync.playbooks", "calsync.settings", "calsync.workflows", "calsync.domain", "zoneinfo",
    "google", "google.auth", "googleapiclient", "google_auth_oauthlib", "httplib2", "requests",
}  # fmt: skip
WARM = {
    "icalendar", "holidays", "phonenumbers", "dateutil", "sqlite3", "importlib.metadata", "numpy", "calsync.targets",
    "asyncio", "email", "decimal", "difflib", "traceback", "google", "google.auth", "googleapiclient",
    "google_auth_oauthlib", "httplib2", "requests",
}  # fmt: skip


@pytest.fixture(scope="module")
def of_click(loaded_by):
    """What click brings along is click's affair."""
    return loaded_by("import click")


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["-h"], []])
def test_what_needs_nothing_loads_nothing(arguments, loaded_by, of_click):
    assert (loaded_by(RUN, *arguments) - of_click) & ALONE == set()


@pytest.mark.parametrize(
    "arguments",
    [["plan"], ["plan", "--playbook", "classic"], ["plan", "--now", "2026-11-21T09:00:00Z"], ["why", "--in"]],
)
def test_a_plan_with_a_warm_cache_loads_no_holidays_and_no_program_of_the_edges(
    arguments, loaded_by, of_click
):
    done("plan", INTERVIEWS)
    loaded = loaded_by(RUN, *arguments, str(INTERVIEWS)) - of_click
    assert loaded & WARM == set()
    assert "calsync.planner" in loaded


def test_the_first_plan_loads_holidays_so_that_the_guard_can_fail(loaded_by, tmp_path):
    assert "holidays" in loaded_by(RUN, "plan", "--home", str(tmp_path), str(INTERVIEWS))


@pytest.mark.parametrize("arguments", [["plan", "--json"], ["demo"]])
def test_words_and_json_need_no_store_and_no_icalendar(arguments, loaded_by, of_click):
    done("plan", INTERVIEWS)
    done("demo")
    files = [str(INTERVIEWS)] if "plan" in arguments else []
    assert (loaded_by(RUN, *arguments, *files) - of_click) & {
        "icalendar",
        "sqlite3",
        "dateutil",
        "holidays",
    } == set()


PROGRAM = f"""
import sys; sys.path.insert(0, {str(ROOT)!r})
from calsync.__main__ import main
try: main()
except SystemExit: pass
"""
COMPILED_AT_EACH_START = {"ast", "dis", "tokenize", "dataclasses", "pathlib", "hashlib", "urllib.parse"}


@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["plan", str(INTERVIEWS)], ["list"], ["next"], ["today"]],
    ids=lambda said: said[0],
)
def test_the_program_loads_nothing_that_works_on_source_code(arguments, loaded_by):
    done("add", "Acme", "PM", "--at", "2026-11-12 14:00", "--now", NOW)
    done("plan", INTERVIEWS)
    assert loaded_by(PROGRAM, *arguments) & COMPILED_AT_EACH_START == set()


@pytest.mark.parametrize("command", ["list", "next", "today"])
def test_looking_at_what_is_planned_loads_nothing_to_plan_with(command, loaded_by):
    done("add", "Acme", "PM", "--at", "2026-11-12 14:00", "--now", NOW)
    planning = {"calsync.planner", "calsync.playbooks", "calsync.business_days", "calsync.intake", "tomllib"}
    assert loaded_by(PROGRAM, command, "--now", NOW) & planning == set()


def test_help_is_cleaned_by_inspect_itself_so_that_the_guard_can_fail(loaded_by):
    assert "ast" in loaded_by(PROGRAM, "--help")


@pytest.mark.parametrize("text", ["", " a", "a ", "\ta\tb", "\f a", "  a\n    b\n  c  ", "\n a\n", " \n"])
def test_what_stands_in_for_inspect_cleans_as_inspect_does(text, loaded_by):
    code = f"""
import sys; sys.path.insert(0, {str(ROOT)!r})
from calsync.__main__ import _put_off_inspect
_put_off_inspect()
import inspect as stand_in
from inspect import cleandoc
cleaned = cleandoc({text!r})
assert callable(stand_in.signature)
import inspect
assert inspect is not stand_in and inspect.signature is stand_in.signature
assert inspect.cleandoc({text!r}) == cleaned
"""
    assert "ast" in loaded_by(code)


def test_the_package_alone_loads_next_to_nothing(loaded_by):
    added = loaded_by(
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import calsync, calsync.__main__"
    ) - loaded_by("")
    assert {name for name in added if name.startswith("calsync")} == {"calsync", "calsync.__main__"}

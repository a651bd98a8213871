"""What is loaded before anything is done: by what is in sys.modules, never by a clock.

The aim is processor time beside ``import click``: 1.5 times for --version and
--help, 2.5 for next, list and today, 3 for a plan of ten.
"""

import pytest

from tests.cli.running import INTERVIEWS, NOW, ROOT, done

PROGRAM = f"""
import sys; sys.path.insert(0, {str(ROOT)!r})
from calsync.__main__ import main
try: main()
except SystemExit: pass
"""
HEAVY = {
    "asyncio", "dateutil", "email", "google", "google.auth", "google_auth_oauthlib", "googleapiclient", "holidays",
    "httplib2", "httpx", "icalendar", "jinja2", "phonenumbers", "requests", "starlette", "tomlkit", "uvicorn",
}  # fmt: skip
"""What takes longer to load than a small command takes altogether."""


@pytest.fixture(scope="module")
def loaded_by_program(loaded_by):
    """What a command loads beside what click brings along."""
    of_click = loaded_by("import click")
    return lambda *arguments: loaded_by(PROGRAM, *arguments) - of_click


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["-h"]])
def test_what_needs_nothing_loads_nothing(arguments, loaded_by_program):
    rooms = {
        f"calsync.{room}" for room in ("domain", "intake", "planner", "playbooks", "store", "texts", "web")
    }
    loaded = loaded_by_program(*arguments)
    assert not loaded & (HEAVY | rooms | {"msgspec", "sqlite3"})


def test_alone_it_loads_no_heavy_library(loaded_by_program):
    assert not loaded_by_program() & (HEAVY | {"calsync.planner", "calsync.targets"})


@pytest.mark.parametrize(
    "arguments",
    [
        ["plan"],
        ["plan", "--playbook", "classic"],
        ["plan", "--now", "2026-11-21T09:00:00Z"],
        ["why", "--in"],
    ],
)
def test_a_plan_of_a_file_loads_neither_holidays_nor_a_store(arguments, loaded_by_program):
    done(*arguments, INTERVIEWS)
    loaded = loaded_by_program(*arguments, str(INTERVIEWS))
    assert not loaded & (HEAVY | {"sqlite3"})
    assert "calsync.planner" in loaded


def test_a_demo_loads_neither_holidays_nor_a_store(loaded_by_program):
    done("demo")
    assert not loaded_by_program("demo") & (HEAVY | {"sqlite3"})


def test_the_first_plan_loads_holidays_so_that_the_guard_can_fail(loaded_by_program, tmp_path):
    assert "holidays" in loaded_by_program("plan", "--home", str(tmp_path), str(INTERVIEWS))


@pytest.mark.parametrize("command", ["list", "next", "today", "plan", "month", "show"])
def test_looking_at_what_is_remembered_loads_no_heavy_library_and_no_planner(command, loaded_by_program):
    done("add", "Acme", "PM", "--at", "2026-11-12 14:00", "--now", NOW)
    arguments = ["1"] if command == "show" else []
    loaded = loaded_by_program(command, *arguments, "--now", NOW)
    assert not loaded & (HEAVY | {"calsync.planner", "calsync.targets"})
    assert "calsync.store" in loaded


def test_the_package_alone_loads_next_to_nothing(loaded_by):
    added = loaded_by(
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import calsync, calsync.__main__"
    ) - loaded_by("")
    assert {name for name in added if name.startswith("calsync")} == {"calsync", "calsync.__main__"}

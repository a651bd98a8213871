"""``calsync schema``: every file that calsync takes fits its schema, and a file with a wrong key does not."""

import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from calsync.intake.json_schema import record_schema
from calsync.intake.keys import KEYS
from calsync.playbooks.json_schema import playbook_schema
from calsync.settings.json_schema import settings_schema
from calsync.settings.keys import TABLES
from tests.cli.running import done

FIXTURES = Path(__file__).parents[2] / "fixtures"
BUILT_IN = Path(__file__).parents[2] / "calsync" / "playbooks" / "built_in"
README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
SCHEMAS = {"record": record_schema(), "settings": settings_schema(), "playbook": playbook_schema()}


def plain(value):
    """What TOML knows of itself, as an editor's JSON has it."""
    return json.loads(json.dumps(value, default=str))


def wrong(which, value):
    return [error.message for error in Draft202012Validator(SCHEMAS[which]).iter_errors(plain(value))]


@pytest.mark.parametrize("which", SCHEMAS)
def test_a_schema_is_one_of_its_dialect_and_is_printed(which):
    Draft202012Validator.check_schema(SCHEMAS[which])
    assert json.loads(done("schema", which).out) == SCHEMAS[which]


def test_the_files_of_interviews_fit():
    assert wrong("record", json.loads((FIXTURES / "interviews.json").read_text("utf-8"))) == []
    assert wrong("record", tomllib.loads((FIXTURES / "interviews.toml").read_text("utf-8"))) == []


@pytest.mark.parametrize("file", sorted(BUILT_IN.glob("*.toml")), ids=lambda file: file.stem)
def test_every_built_in_playbook_fits(file):
    assert wrong("playbook", tomllib.loads(file.read_text("utf-8"))) == []


def test_the_settings_of_the_readme_fit():
    (block,) = [part for part in README.split("```toml\n")[1:] if "private_hours" in part]
    assert wrong("settings", tomllib.loads(block.partition("```")[0])) == []


@pytest.mark.parametrize(
    ("which", "value"),
    [
        ("record", {"interviews": [{"company": "A", "role": "B", "start": "2026-11-24 14:00", "rolle": "x"}]}),
        ("record", {"interviews": [{"company": "A"}]}),
        ("settings", {"hour": "9-5"}), ("settings", {"phone": "yes"}), ("settings", {"alarms": {"call": [-1]}}),
        ("playbook", {"thank-you": {"action": "shout"}}), ("playbook", {"second": {"earliest": {"day": 1}}}),
    ],
)  # fmt: skip
def test_a_file_that_calsync_would_refuse_does_not_fit(which, value):
    assert wrong(which, value)


def test_every_key_is_in_it():
    record = SCHEMAS["record"]["$defs"]["interview"]["properties"]
    assert list(record) == list(KEYS)
    settings = SCHEMAS["settings"]["properties"]
    assert {*settings} == {*TABLES[""], *(name for name in TABLES if name)}

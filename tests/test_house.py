"""The files around the code agree with each other."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()


def test_every_requirement_has_an_exact_version_in_the_constraints():
    extras = PROJECT["optional-dependencies"].values()
    asked = [*PROJECT["dependencies"], *(line for lines in extras for line in lines)]
    names = {_name(line) for line in asked} - {"calsync"}
    assert names - {_name(line) for line in CONSTRAINTS} == set()


def test_the_constraints_hold_names_and_versions_and_nothing_else():
    lines = [line for line in CONSTRAINTS if not line.startswith("#")]
    assert [
        line for line in lines if not re.fullmatch(r'[\w.-]+==[\w.]+(; sys_platform == "\w+")?', line)
    ] == []


def test_the_first_two_commands_of_the_readme_make_an_ics_and_run_the_tests():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makes, tests, *_ = re.findall(r"(?ms)^```sh\n(.*?)\n```$", readme)
    assert makes.endswith(".venv/bin/calsync export fixtures/interviews.csv -o follow-ups.ics")
    assert ".venv/bin/pytest" in tests
    assert "\n" not in makes + tests


def _name(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower().replace("_", "-")

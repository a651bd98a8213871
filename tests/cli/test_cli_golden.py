"""The plans that a person has read and found good, line by line."""

import pytest

from calsync.cli.output import columns
from tests.cli.make_golden_plans import FOLDER, golden
from tests.cli.running import INTERVIEWS, done


@pytest.fixture(scope="module")
def plans():
    return dict(golden())


@pytest.mark.parametrize("name", ["plan.txt", "plan-120.txt", "why.txt", "plan.json"])
def test_the_fixtures_are_planned_as_they_were(name, plans):
    assert plans[name] == (FOLDER / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "width"), [("plan.txt", 80), ("plan-120.txt", 120), ("why.txt", 80)])
def test_no_line_is_wider_than_the_terminal(name, width, plans):
    assert [line for line in plans[name].split("\n") if columns(line) > width] == []


@pytest.mark.parametrize("ending", ["csv", "toml", "json"])
def test_the_three_forms_of_the_fixtures_give_one_plan(ending):
    command = ("plan", "--json", INTERVIEWS.with_suffix(f".{ending}"))
    assert done(*command).json == done("plan", "--json", INTERVIEWS).json


def test_every_line_but_the_headings_is_set_in_below_its_interview(plans):
    for block in plans["plan.txt"].split("\n\n"):
        head, *rest = block.rstrip().split("\n")
        assert not head.startswith(" ")
        assert all(line.startswith("  ") for line in rest)

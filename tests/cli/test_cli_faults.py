"""Kills, crowds, full disks, damaged and newer stores, through the commands; ``tests/soak/cli_faults.py`` has the big numbers."""

import os

import pytest

from tests.planner.planning import table
from tests.surroundings import soaked


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process can only be forked on POSIX")
@table(
    ("fault", "count"),
    ("a kill at any instant loses, doubles and tears nothing", "kills", 100),
    ("eight processes wait for each other and lose nothing", "crowd", 100),
    ("a full disk is told, and what was there is whole", "full", 20),
    ("a damaged store is refused with its last backup, and not touched", "damage", 20),
    ("a newer store is refused, and not touched", "newer", 6),
)
def test_a_fault_ends_clean(fault, count):
    assert soaked("cli_faults", fault, "--count", count).startswith(f"{count} ")

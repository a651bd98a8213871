"""Kills, crowds, full disks, damaged and newer stores, through the commands; ``tests/soak/cli_faults.py`` has the big numbers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.planner.planning import table

ROOT = Path(__file__).parents[2]


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
    command = [sys.executable, "-m", "tests.soak.cli_faults", fault, "--count", str(count)]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, timeout=280)
    assert ended.stdout.startswith(f"{count} "), ended.stdout + ended.stderr
    assert ended.returncode == 0

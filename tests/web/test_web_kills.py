"""The page's server is killed in the middle of forms; ``tests/soak/web_kills.py`` has the big number."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COUNT = 20


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process can only be forked on POSIX")
def test_a_kill_in_the_middle_of_a_form_loses_doubles_and_tears_nothing(tmp_path):
    command = [sys.executable, "-m", "tests.soak.web_kills", "--count", str(COUNT), "--folder", str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, timeout=280)
    assert ended.stdout.startswith(f"{COUNT} kills"), ended.stdout + ended.stderr
    assert ended.returncode == 0

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process can only be forked on POSIX")
def test_a_kill_at_any_instant_loses_doubles_and_tears_nothing():
    command = [sys.executable, "-m", "tests.soak.store_kills", "--kills", "100"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stdout.startswith("100 kills"), done.stdout + done.stderr
    assert done.returncode == 0

"""What child processes of tests live in."""

import os
import signal
import subprocess
import sys
from pathlib import Path

__all__ = ["hears_interrupts", "soaked", "without_coverage"]


def hears_interrupts() -> None:
    """For ``preexec_fn``: a child of a job in the background would ignore Ctrl-C, as the job does."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def without_coverage() -> dict[str, str]:
    """The environment for a child that coverage must stay out of.

    It writes files, loads modules of its own, and makes thousands of children slow.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


def soaked(program: str, *arguments: object) -> str:
    """Run one of ``tests/soak`` with a small number: its figure, or what it met instead.

    Coverage stays out: the same lines are run by tests that look at more than the end.
    """
    command = [sys.executable, "-m", f"tests.soak.{program}", *map(str, arguments)]
    ended = subprocess.run(
        command,
        cwd=Path(__file__).parents[1],
        env=without_coverage(),
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    return ended.stdout if ended.returncode == 0 else f"not as it must be: {ended.stdout}{ended.stderr}"

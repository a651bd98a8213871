"""What child processes of tests live in."""

import signal
import subprocess
import sys
from pathlib import Path

__all__ = ["hears_interrupts", "soaked"]


def hears_interrupts() -> None:
    """For ``preexec_fn``: a child of a job in the background would ignore Ctrl-C, as the job does."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def soaked(program: str, *arguments: object) -> str:
    """Run one of ``tests/soak`` with a small number: its figure, or what it met instead."""
    command = [sys.executable, "-m", f"tests.soak.{program}", *map(str, arguments)]
    ended = subprocess.run(
        command,
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    return ended.stdout if ended.returncode == 0 else f"not as it must be: {ended.stdout}{ended.stderr}"

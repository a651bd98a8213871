"""What child processes of tests live in."""

import os
import signal

__all__ = ["hears_interrupts", "without_coverage"]


def hears_interrupts() -> None:
    """For ``preexec_fn``: a child of a job in the background would ignore Ctrl-C, as the job does."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def without_coverage() -> dict[str, str]:
    """The environment for a child that coverage must stay out of: it writes files, and loads modules of its own."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}

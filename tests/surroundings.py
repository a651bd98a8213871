"""What child processes of tests live in."""

import os

__all__ = ["without_coverage"]


def without_coverage() -> dict[str, str]:
    """The environment for a child that coverage must stay out of: it writes files, and loads modules of its own."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}

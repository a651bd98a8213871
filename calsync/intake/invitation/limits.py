"""What a child process may take of this computer: a program that reads what comes by mail begins with ``limit``."""

import sys
from contextlib import suppress

__all__ = ["limit"]

_MEMORY = 256 << 20


def limit(
    cpu_seconds: int,
) -> None:  # pragma: no cover  # in the child alone: it would limit the tests themselves
    """Give up after so much processor time and memory; Windows and a stricter system leave it as it is."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # is not on Windows

    limits = {"RLIMIT_CPU": cpu_seconds, "RLIMIT_AS": _MEMORY, "RLIMIT_CORE": 0, "RLIMIT_FSIZE": 0}
    for name, most in limits.items():
        with suppress(AttributeError, OSError, ValueError):
            resource.setrlimit(getattr(resource, name), (most, most))

"""The program that runs in a child process: bytes in, JSON out, within limits.

    python -I in_child.py content_lines < invite.ics

What comes by mail may be meant to do harm. The module that is named lies beside
this file and is loaded without calsync; its ``answer`` makes of the bytes what
JSON can hold.
"""

import json
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

__all__ = ["limit"]

_CPU_SECONDS = 1
_MEMORY = 256 << 20


def limit() -> None:  # pragma: no cover  # in the child alone: it would limit the tests themselves
    """Give up after so much processor time and memory; Windows and a stricter system leave it as it is."""
    if sys.platform == "win32":
        return
    resource = import_module("resource")  # is not on Windows
    limits = {"RLIMIT_CPU": _CPU_SECONDS, "RLIMIT_AS": _MEMORY, "RLIMIT_CORE": 0, "RLIMIT_FSIZE": 0}
    for name, most in limits.items():
        with suppress(AttributeError, OSError, ValueError):
            resource.setrlimit(getattr(resource, name), (most, most))


def _main() -> None:  # pragma: no cover  # in the child alone
    limit()
    sys.path.append(str(Path(__file__).parent))
    answer = import_module(sys.argv[1]).answer(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


if __name__ == "__main__":  # pragma: no cover  # in the child alone
    _main()

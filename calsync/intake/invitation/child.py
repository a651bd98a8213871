"""Starts the child that reads the lines, and makes values of what it answers.

Whatever becomes of the child (killed at its limits, out of time, no answer),
the outcome is one error.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from calsync.intake.invitation.refusals import refused

__all__ = ["Lines", "Property", "lines_of", "read_in_child"]

_PROGRAM = Path(__file__).with_name("dissect.py")
_LONGEST_WAIT = 10
"""Seconds by the clock. The child's own limits come first, except on Windows."""


@dataclass(frozen=True, slots=True)
class Property:
    """One property: the value as it is written, and its parameters by their names in capitals."""

    value: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lines:
    """The properties of an invitation's one event, and what the file says of zones."""

    calendar: Mapping[str, str]
    event: Mapping[str, Property]
    attendees: tuple[Property, ...]
    zones: tuple[Mapping[str, list[str]], ...]


def read_in_child(content: bytes) -> Lines:
    """The lines in these bytes; raises BadData."""
    return lines_of(_asked(content))


def lines_of(answer: dict[str, Any]) -> Lines:
    """The child's answer as values; raises BadData for what it refused."""
    if "refused" in answer:
        raise refused(*answer["refused"])
    return Lines(
        answer["calendar"],
        {name: Property(**said) for name, said in answer["event"].items()},
        tuple(Property(**said) for said in answer["attendees"]),
        tuple(answer["zones"]),
    )


def _asked(content: bytes) -> dict[str, Any]:
    # -I and -S: nothing of the user's environment and nothing installed is loaded.
    program = [sys.executable, "-I", "-S", str(_PROGRAM)]
    try:
        done = subprocess.run(  # noqa: S603  # our own program, with bytes as its only input
            program, input=content, capture_output=True, timeout=_LONGEST_WAIT, check=True
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        raise refused("unfit") from None
    return answer

"""What goes wrong on the way, or at Google, when a test says so.

    google.faults.add(Fault("backendError", at=3))
    google.faults.add(Fault("reset", at=1, when="after"))      # done, but the answer is lost
    google.faults.add(Fault("rateLimitExceeded", part=2))      # of the next batch, the second part

``at`` counts HTTP requests to the API from the moment of adding, a batch as one;
a retry of the client's library counts like any other. Sign-in is not counted.
"""

from dataclasses import dataclass
from threading import Lock
from typing import Literal

from tests.fakes.google.errors import FAULTS

__all__ = ["KINDS", "WIRE", "Fault", "Faults"]

# What happens to the connection, not to the request.
WIRE = ("drop", "reset", "cut", "html", "empty", "delay", "hang")
KINDS = (*WIRE, *FAULTS)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong.

    ``kind``: ``drop`` (closed without a byte), ``reset``, ``cut`` (half the body), ``html`` and
    ``empty`` (with 200, as a captive portal), ``delay`` and ``hang`` (``seconds``), or a
    refusal out of ``errors.FAULTS`` by its name. ``when``: is the request done before it
    goes wrong? ``part`` (from 1): a refusal hits that part of a batch alone; anything
    of the wire strikes when the parts up to and with that one are done. ``times``: so many
    requests in a row. ``only``: count what has this in its "METHOD path". ``retry_after``: seconds, as a header.
    """

    kind: str
    at: int = 1
    when: Literal["before", "after"] = "before"
    part: int | None = None
    times: int = 1
    only: str = ""
    seconds: float = 0.0
    retry_after: int | str | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no fault is called {self.kind!r}; there are {', '.join(KINDS)}")
        if self.at < 1 or self.times < 1 or (self.part is not None and self.part < 1):
            raise ValueError("at, times and part count from 1")

    @property
    def of_the_wire(self) -> bool:
        return self.kind in WIRE


class Faults:
    """Those still to come, each counting down by itself."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Fault, int]] = []
        self._lock = Lock()

    def add(self, *faults: Fault) -> None:
        """Let these happen; each counts from now."""
        with self._lock:
            self._waiting += [(fault, 0) for fault in faults]

    def clear(self) -> None:
        """Everything goes well from now on."""
        with self._lock:
            self._waiting.clear()

    @property
    def waiting(self) -> tuple[Fault, ...]:
        """Those that have not struck, or not often enough."""
        with self._lock:
            return tuple(fault for fault, _ in self._waiting)

    def due(self, line: str) -> Fault | None:
        """Count a request ("METHOD path"); the fault that strikes it, the first one added if several do."""
        with self._lock:
            counted = [(fault, seen + (fault.only in line)) for fault, seen in self._waiting]
            struck = [fault for fault, seen in counted if fault.only in line and seen >= fault.at]
            self._waiting = [(fault, seen) for fault, seen in counted if seen < fault.at + fault.times - 1]
            return struck[0] if struck else None

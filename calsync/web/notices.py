"""What a change did, kept for the page that follows it: POST, redirect, GET, and the banner is still there.

Kept in memory, the last few alone. The address names one; who reloads sees it again, and a GET changes nothing.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from threading import Lock

__all__ = ["Notice", "Notices"]

_KEPT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A sentence and some lines in the reader's language; ``undo`` is the history's number of the change."""

    title: str
    lines: Sequence[str] = ()
    undo: int | None = None


class Notices:
    """The last notices by a short name."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Notice] = OrderedDict()
        self._numbers, self._lock = count(1), Lock()

    def keep(self, notice: Notice) -> str:
        """Remember it; gives its name."""
        with self._lock:
            name = str(next(self._numbers))
            self._kept[name] = notice
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return name

    def get(self, name: str) -> Notice | None:
        """The notice of that name, if it is still kept."""
        return self._kept.get(name)

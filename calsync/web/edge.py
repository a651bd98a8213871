"""What the page is given by whoever starts it: where the home is, what the settings say, and what time it is.

The command line's state has this shape; a test may bring its own. It is made anew for every request, so that a
change of settings.toml, a second tab and a terminal are seen at once.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from calsync.settings import Home, Settings
    from calsync.workflows import Desk

__all__ = ["Edge", "Read"]


class Edge(Protocol):
    """Folders, settings, the clock and the desk, as they are at one moment."""

    @property
    def folders(self) -> "Home":
        """Where calsync keeps its things."""
        ...

    @property
    def settings(self) -> "Settings":
        """What settings.toml says. Raises BadSettings."""
        ...

    @property
    def clock(self) -> datetime:
        """Now; aware."""
        ...

    def desk(self) -> "Desk":
        """The desk that the settings describe. Raises BadSettings."""
        ...


Read = Callable[[], Edge]
"""Reads everything anew."""

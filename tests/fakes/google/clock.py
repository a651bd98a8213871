"""The clock of the fake: it stands still until a test moves it, or runs along when it is asked to."""

from datetime import UTC, datetime, timedelta
from time import monotonic

__all__ = ["Clock"]


class Clock:
    """What time it is at the fake's Google, in aware UTC.

    ``running`` lets it go on by itself from ``now``, for a fake that people use.
    """

    def __init__(self, now: datetime = datetime(2026, 7, 3, 9, tzinfo=UTC), *, running: bool = False) -> None:
        if now.tzinfo is None:
            raise ValueError("the clock needs an aware time")
        self._now = now.astimezone(UTC)
        self._since = monotonic() if running else None

    @property
    def now(self) -> datetime:
        """The present moment."""
        if self._since is None:
            return self._now
        return self._now + timedelta(seconds=monotonic() - self._since)

    def advance(self, by: timedelta) -> None:
        """Move on; a negative time moves back."""
        self._now += by

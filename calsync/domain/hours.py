"""Hours of a day and of a week: business hours, busy times, call windows.

A time of day is minutes after midnight, so that comparing and adding are plain
integers and 24:00 can end a day. To add a written form, extend ``parse``.
"""

import re

from calsync.domain.value import Value
from calsync.errors import BadValue

__all__ = ["QUARTER", "WEEKDAYS", "Hours", "WeeklyHours", "parse_weekday", "parse_weekly_hours"]

QUARTER = 15
"""Every slot starts on a quarter hour; minutes."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""Their names in English; Monday is 0."""
_HOURS = r"(\d{1,2})(?::([0-5]\d))?\s*[-–]\s*(\d{1,2})(?::([0-5]\d))?"
_DAY_MINUTES = 24 * 60


class Hours(Value):
    """From ``opens`` up to but not including ``closes``; minutes after midnight, on one day."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= _DAY_MINUTES:
            raise BadValue(
                f"hours {self} do not run forward within one day",
                remedy="write them like 09:00-17:00; split hours past midnight in two",
                code="CS-VAL-010",
            )

    def __lt__(self, other: "Hours") -> bool:
        return (self.opens, self.closes) < (other.opens, other.closes)

    @classmethod
    def parse(cls, text: str) -> "Hours":
        """Read ``09:00-17:00`` (also ``9-17``).

        >>> Hours.parse("09:00-17:00")
        Hours(opens=540, closes=1020)
        """
        found = re.fullmatch(_HOURS, text.strip())
        if not found:
            raise BadValue(
                f"{text!r} is not a span of hours", remedy="write it like 09:00-17:00", code="CS-VAL-010"
            )
        first, first_minute, last, last_minute = (int(part or 0) for part in found.groups())
        return cls(first * 60 + first_minute, last * 60 + last_minute)

    def contains(self, minute: int, length: int) -> bool:
        """Whether ``length`` minutes from ``minute`` on lie wholly inside."""
        return self.opens <= minute and minute + length <= self.closes

    def overlaps(self, minute: int, length: int) -> bool:
        """Whether ``length`` minutes from ``minute`` on share a moment with these hours."""
        return minute < self.closes and self.opens < minute + length

    def __str__(self) -> str:
        return f"{_clock(self.opens)}-{_clock(self.closes)}"


class WeeklyHours(Value):
    """The same hours on some weekdays (Monday is 0), week after week."""

    weekdays: tuple[int, ...]
    hours: Hours

    def __str__(self) -> str:
        names = ",".join(WEEKDAYS[weekday][:3].capitalize() for weekday in self.weekdays)
        return f"{names} {self.hours}" if len(self.weekdays) < len(WEEKDAYS) else str(self.hours)


def parse_weekly_hours(text: str) -> tuple[WeeklyHours, ...]:
    """Read ``Mon-Fri 09:00-11:00; Wed 14:00-15:00``; hours without a weekday mean every day.

    >>> [str(hours) for hours in parse_weekly_hours("Mon-Wed 9:00-11:00; Fri 14:00-15:00")]
    ['Mon,Tue,Wed 09:00-11:00', 'Fri 14:00-15:00']
    """
    return tuple(_weekly(part.strip()) for part in text.split(";") if part.strip())


def parse_weekday(text: str) -> int:
    """Read an English weekday, whole or from two letters on; Monday is 0.

    >>> parse_weekday("Tue"), parse_weekday("sunday")
    (1, 6)
    """
    name = text.strip().rstrip(".").lower()
    found = [number for number, full in enumerate(WEEKDAYS) if len(name) > 1 and full.startswith(name)]
    if len(found) != 1:
        raise BadValue(
            f"{text!r} is not a weekday",
            remedy="write Mon, Tue, Wed, Thu, Fri, Sat or Sun",
            code="CS-VAL-011",
        )
    return found[0]


def _weekly(text: str) -> WeeklyHours:
    days, _, hours = text.rpartition(" ") if not re.fullmatch(_HOURS, text) else ("", "", text)
    if not days:
        return WeeklyHours(tuple(range(len(WEEKDAYS))), Hours.parse(hours))
    weekdays: set[int] = set()
    for part in days.split(","):
        first, dash, last = part.replace("–", "-").partition("-")
        begin = parse_weekday(first)
        end = parse_weekday(last) if dash else begin
        weekdays.update((begin + step) % 7 for step in range((end - begin) % 7 + 1))
    return WeeklyHours(tuple(sorted(weekdays)), Hours.parse(hours))


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"

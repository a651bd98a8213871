"""Hours of a day and of a week: business hours, busy times, call windows.

A time of day is minutes after midnight, so that comparing and adding are plain
integers and 24:00 can end a day. To add a written form, extend ``parse``.
"""

import re
from datetime import date
from typing import Literal

import msgspec

from calsync.errors import BadValue
from calsync.phrase import phrase

__all__ = [
    "QUARTER",
    "WEEKDAYS",
    "Hours",
    "Period",
    "Span",
    "WeeklyHours",
    "parse_day",
    "parse_periods",
    "parse_weekday",
    "parse_weekly_hours",
]

QUARTER = 15
"""Every slot starts on a quarter hour; minutes."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""Their names in English; Monday is 0."""
_HOURS = r"(\d{1,2})(?::([0-5]\d))?\s*[-–]\s*(\d{1,2})(?::([0-5]\d))?"
_DAY_MINUTES = 24 * 60


class Hours(msgspec.Struct, frozen=True):
    """From ``opens`` up to but not including ``closes``; minutes after midnight, on one day."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= _DAY_MINUTES:
            raise BadValue(
                phrase("hours {text} do not run forward within one day", text=self),
                remedy=phrase("write them like 09:00-17:00; split hours past midnight in two"),
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
                phrase("{text!r} is not a span of hours", text=text),
                remedy=phrase("write it like 09:00-17:00"),
                code="CS-VAL-010",
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


class WeeklyHours(msgspec.Struct, frozen=True):
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
            phrase("{text!r} is not a weekday", text=text),
            remedy=phrase("write Mon, Tue, Wed, Thu, Fri, Sat or Sun"),
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


# Runs of days and counts of days: away, closures, "they decide in 3 days".

_SPAN = r"(?i)(\d{1,4})\s*(business |working |calendar )?\s*(day|week)s?"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_FURTHEST_DAYS = 366 * 2


class Period(msgspec.Struct, frozen=True):
    """Whole days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise BadValue(
                phrase("the period {text} ends before it begins", text=self),
                remedy=phrase("write the earlier day first, like 2026-08-03..2026-08-16"),
                code="CS-VAL-021",
            )

    def __lt__(self, other: "Period") -> bool:
        return (self.first, self.last) < (other.first, other.last)

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read ``2026-08-03..2026-08-16`` or one day.

        >>> str(Period.parse("2026-08-03 .. 2026-08-16"))
        '2026-08-03..2026-08-16'
        """
        first, dots, last = text.partition("..")
        begin = parse_day(first)
        return cls(begin, parse_day(last) if dots else begin)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.first}..{self.last}" if self.first != self.last else str(self.first)


class Span(msgspec.Struct, frozen=True):
    """A number of days, of the calendar or of business."""

    count: int
    unit: Literal["days", "business_days"] = "days"

    def __post_init__(self) -> None:
        if not 0 <= self.count <= _FURTHEST_DAYS:
            wrong = phrase("before the interview") if self.count < 0 else phrase("more than two years")
            raise BadValue(
                phrase("{text} is {wrong}", text=self, wrong=wrong),
                remedy=phrase("give the date itself"),
                code="CS-VAL-022",
            )

    @classmethod
    def parse(cls, text: str) -> "Span":
        """Read ``3 days``, ``5 business days``, ``2 weeks`` (14 days).

        >>> Span.parse("2 weeks"), Span.parse("5 business days")
        (Span(count=14, unit='days'), Span(count=5, unit='business_days'))
        """
        found = re.fullmatch(_SPAN, " ".join(text.split()))
        if not found:
            raise BadValue(
                phrase("{text!r} is neither a date nor a span of days", text=text),
                remedy=phrase("write 2026-11-24, 3 days, 5 business days or 2 weeks"),
                code="CS-VAL-022",
            )
        count, kind, unit = int(found[1]), (found[2] or "").strip().lower(), found[3].lower()
        business = kind in {"business", "working"}
        if unit == "week":
            return cls(count * 5, "business_days") if business else cls(count * 7)
        return cls(count, "business_days" if business else "days")

    def __str__(self) -> str:
        unit = "business day" if self.unit == "business_days" else "day"
        return f"{self.count} {unit}{'' if self.count == 1 else 's'}"


def parse_day(text: str) -> date:
    """Read ``YYYY-MM-DD``; for other written forms see ``calsync.intake``."""
    found = re.fullmatch(_DAY, text.strip())
    try:
        return date.fromisoformat(found[0] if found else "")
    except ValueError:
        raise BadValue(
            phrase("{text!r} is not a day of the calendar", text=text.strip()),
            remedy=phrase("write it like 2026-11-24"),
            code="CS-VAL-020",
        ) from None


def parse_periods(text: str) -> tuple[Period, ...]:
    """Read ``2026-08-03..2026-08-16; 2026-09-07``."""
    return tuple(Period.parse(part) for part in text.split(";") if part.strip())

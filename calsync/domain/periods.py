"""Runs of days and counts of days: away, closures, "they decide in 3 days"."""

import re
from datetime import date
from typing import Literal

from calsync.domain.value import Value
from calsync.errors import BadValue

__all__ = ["Period", "Span", "parse_day", "parse_periods"]

_SPAN = r"(?i)(\d{1,4})\s*(business |working |calendar )?\s*(day|week)s?"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_FURTHEST_DAYS = 366 * 2


class Period(Value):
    """Whole days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise BadValue(
                f"the period {self} ends before it begins",
                remedy="write the earlier day first, like 2026-08-03..2026-08-16",
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


class Span(Value):
    """A number of days, of the calendar or of business."""

    count: int
    unit: Literal["days", "business_days"] = "days"

    def __post_init__(self) -> None:
        if not 0 <= self.count <= _FURTHEST_DAYS:
            wrong = "before the interview" if self.count < 0 else "more than two years"
            raise BadValue(f"{self} is {wrong}", remedy="give the date itself", code="CS-VAL-022")

    @classmethod
    def parse(cls, text: str) -> "Span":
        """Read ``3 days``, ``5 business days``, ``2 weeks`` (14 days).

        >>> Span.parse("2 weeks"), Span.parse("5 business days")
        (Span(count=14, unit='days'), Span(count=5, unit='business_days'))
        """
        found = re.fullmatch(_SPAN, " ".join(text.split()))
        if not found:
            raise BadValue(
                f"{text!r} is neither a date nor a span of days",
                remedy="write 2026-11-24, 3 days, 5 business days or 2 weeks",
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
            f"{text.strip()!r} is not a day of the calendar",
            remedy="write it like 2026-11-24",
            code="CS-VAL-020",
        ) from None


def parse_periods(text: str) -> tuple[Period, ...]:
    """Read ``2026-08-03..2026-08-16; 2026-09-07``."""
    return tuple(Period.parse(part) for part in text.split(";") if part.strip())

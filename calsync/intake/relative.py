"""Days as people say them: today, yesterday, next thu, in 3 days; turned into dates before anything reads them."""

import re
from datetime import date, timedelta

from calsync.domain.hours import parse_weekday
from calsync.errors import BadValue

__all__ = ["absolute"]

_IN = re.compile(r"in (\d{1,3}) (day|week)s?", re.IGNORECASE)
_NEXT = re.compile(r"(?:next|on) ([a-z]{2,9})", re.IGNORECASE)
_LAST = re.compile(r"last ([a-z]{2,9})", re.IGNORECASE)
_CLOCK = re.compile(r"(?:,? (?:at )?)(\d{1,2})(?:[:.]([0-5]\d))? ?(am|pm)?", re.IGNORECASE)
_NAMED = {"today": 0, "tomorrow": 1, "yesterday": -1}
_WEEK = 7


def absolute(text: str, today: date) -> str:
    """``text`` with a spoken day as a date (``tomorrow at 2pm`` becomes ``2026-11-25 14:00``); else as it is.

    ``next thu`` is the first Thursday after today, ``last thu`` the last one before it.
    Raises BadValue for a time that is none, or can mean morning and evening.

    >>> absolute("in 3 days 9:30", date(2026, 11, 24)), absolute("next thu", date(2026, 11, 24))
    ('2026-11-27 09:30', '2026-11-26')
    """
    spoken = " ".join(text.split())
    for pattern in ("|".join(_NAMED), _IN.pattern, _NEXT.pattern, _LAST.pattern):
        found = re.match(rf"(?:{pattern})(?![a-z0-9])", spoken, re.IGNORECASE)
        if found:
            return f"{_day(found[0], today)}{_clock(spoken[found.end() :], text)}"
    return text


def _day(spoken: str, today: date) -> date:
    if spoken.lower() in _NAMED:
        return today + timedelta(days=_NAMED[spoken.lower()])
    if counted := _IN.fullmatch(spoken):
        return today + timedelta(days=int(counted[1]) * (_WEEK if counted[2].lower() == "week" else 1))
    weekday = parse_weekday(spoken.split()[1])
    if _LAST.fullmatch(spoken):
        return today - timedelta(days=(today.weekday() - weekday - 1) % _WEEK + 1)
    return today + timedelta(days=(weekday - today.weekday() - 1) % _WEEK + 1)


def _clock(rest: str, text: str) -> str:
    """The time behind a day, as `` 14:00``; nothing if there is none."""
    if not rest:
        return ""
    found = _CLOCK.fullmatch(rest)
    if not found:
        raise BadValue(f"{text!r} is no time", remedy='write it like "tomorrow 14:00"', code="CS-WHN-020")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:  # noqa: PLR2004  # hours of a half day
            raise BadValue(f"{text!r} is no time", remedy='write it like "tomorrow 2pm"', code="CS-WHN-020")
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif not found[2]:
        raise BadValue(
            f"{text!r} can mean morning or evening",
            remedy=f"write {hour:02}:00 or {hour}pm",
            code="CS-WHN-021",
        )
    if hour > 23:  # noqa: PLR2004  # hours of a day
        raise BadValue(f"{text!r} is no time", remedy='write it like "tomorrow 14:00"', code="CS-WHN-020")
    return f" {hour:02}:{minute:02}"

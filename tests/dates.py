"""Days that say their weekday, so that a table of cases reads as a calendar does."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

NEW_YORK = ZoneInfo("America/New_York")
BERLIN = ZoneInfo("Europe/Berlin")
LONDON = ZoneInfo("Europe/London")
TOKYO = ZoneInfo("Asia/Tokyo")

THU_2026_06_25 = date(2026, 6, 25)
FRI_2026_06_26 = date(2026, 6, 26)
WED_2026_07_01 = date(2026, 7, 1)
FRI_2026_07_03 = date(2026, 7, 3)
TUE_2026_07_07 = date(2026, 7, 7)
WED_2026_07_08 = date(2026, 7, 8)
FRI_2026_07_10 = date(2026, 7, 10)


def at(day: date, clock: str, zone: ZoneInfo = NEW_YORK) -> datetime:
    """``at(TUE_2026_07_07, "09:15")``."""
    return datetime.combine(day, time.fromisoformat(clock), zone)


def __getattr__(name: str) -> date:
    """Any other day by its name, ``dates.TUE_2026_11_24``; a name with the wrong weekday is not there."""
    weekday, _, numbers = name.partition("_")
    try:
        day = date.fromisoformat(numbers.replace("_", "-"))
    except ValueError:
        day = None
    if day is None or f"{day:%a}".upper() != weekday:
        message = f"no day is called {name}" + (f": {day} is a {day:%A}" if day else "")
        raise AttributeError(message)
    return day

"""Times as Google writes them: RFC 3339, whole seconds, in the zone of whoever looks."""

import re
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

__all__ = ["day", "moment", "old_name", "shown", "stamp", "zone"]

# Names that Google's own data gives back for newer ones.
OLD_NAMES = {
    "Asia/Kolkata": "Asia/Calcutta",
    "Asia/Kathmandu": "Asia/Katmandu",
    "Asia/Ho_Chi_Minh": "Asia/Saigon",
    "Asia/Yangon": "Asia/Rangoon",
    "Europe/Kyiv": "Europe/Kiev",
    "America/Argentina/Buenos_Aires": "America/Buenos_Aires",
    "America/Indiana/Indianapolis": "America/Indianapolis",
    "America/Kentucky/Louisville": "America/Louisville",
    "America/Nuuk": "America/Godthab",
    "Atlantic/Faroe": "Atlantic/Faeroe",
    "Pacific/Pohnpei": "Pacific/Ponape",
    "Pacific/Chuuk": "Pacific/Truk",
    "US/Eastern": "America/New_York",
    "US/Pacific": "America/Los_Angeles",
    "Etc/UTC": "UTC",
    "GMT": "UTC",
}
DATE_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)?",
)
LAST_YEAR = 9998


def moment(text: str) -> datetime | None:
    """An RFC 3339 date-time, aware if it has an offset; None when it is none."""
    found = DATE_TIME.fullmatch(text)
    if not found:
        return None
    day_part, clock, fraction, offset = found.groups()
    parts = f"{day_part}T{clock}{(fraction or '')[:7]}{(offset or '').upper().replace('Z', '+00:00')}"
    try:
        value = datetime.fromisoformat(parts)
    except ValueError:
        return None
    return value if 1 < value.year <= LAST_YEAR else None


def day(text: str) -> date | None:
    """A date as ``2026-07-03``; None when it is none."""
    try:
        value = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None
    return value if value and 1 < value.year <= LAST_YEAR else None


@cache
def zone(name: str) -> ZoneInfo | None:
    """A zone by its IANA name; None when there is none."""
    try:
        return ZoneInfo(name) if "/" in name or name in {"UTC", "GMT", "Zulu"} else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def old_name(name: str) -> str:
    """What a zone is called in the older data; most keep their name."""
    return OLD_NAMES.get(name, name)


def shown(value: datetime, where: ZoneInfo) -> str:
    """A moment in the zone of whoever looks; an offset of nothing is Z."""
    text = value.astimezone(where).replace(microsecond=0).isoformat()
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


def stamp(value: datetime, *, whole: bool = False) -> str:
    """A stamp of the server's: UTC with milliseconds; ``created`` is whole seconds."""
    value = value.astimezone(UTC)
    millis = 0 if whole else value.microsecond // 1000
    return f"{value:%Y-%m-%dT%H:%M:%S}.{millis:03}Z"

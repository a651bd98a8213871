"""Random interviews and settings from a seed, drawn to hurt: far zones, closed days, tight hours.

``cases(seed, n)`` gives the same cases for the same seed. To have more of something,
add it to the table it is drawn from; a table's double entries are likelier.
"""

import random  # noqa: TID251  # the cases are drawn, from a seed that is told
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

__all__ = ["cases"]

PLACES = (
    # country, region, a zone that fits
    ("US", "", "America/New_York"),
    ("US", "CA", "America/Los_Angeles"),
    ("US", "HI", "Pacific/Honolulu"),
    ("GB", "", "Europe/London"),
    ("GB", "SCT", "Europe/London"),
    ("DE", "BY", "Europe/Berlin"),
    ("DE", "", "Europe/Berlin"),
    ("FR", "", "Europe/Paris"),
    ("IL", "", "Asia/Jerusalem"),
    ("IR", "", "Asia/Tehran"),
    ("BN", "", "Asia/Brunei"),
    ("AE", "", "Asia/Dubai"),
    ("CN", "", "Asia/Shanghai"),
    ("HU", "", "Europe/Budapest"),
    ("IN", "", "Asia/Kolkata"),
    ("IN", "MH", "Asia/Kolkata"),
    ("JP", "", "Asia/Tokyo"),
    ("NP", "", "Asia/Kathmandu"),
    ("CA", "NL", "America/St_Johns"),
    ("AU", "NSW", "Australia/Sydney"),
    ("NZ", "", "Pacific/Auckland"),
    ("EG", "", "Africa/Cairo"),
    ("SA", "", "Asia/Riyadh"),
    ("BR", "", "America/Sao_Paulo"),
    ("", "", "Europe/Zurich"),
    ("", "", "America/Chicago"),
)
ZONES = (
    *("America/New_York", "Europe/London", "Asia/Kathmandu", "Pacific/Auckland", "America/St_Johns"),
    *("Pacific/Honolulu", "Asia/Tokyo", "Australia/Lord_Howe", "America/Los_Angeles", "Asia/Kolkata"),
    *("Pacific/Chatham", "UTC", "Africa/Johannesburg", "Pacific/Kiritimati"),
)
SEASONS = (
    # days around which something happens: clock changes, runs of holidays, ends of years
    *(date(2026, 3, 8), date(2026, 3, 29), date(2026, 4, 5), date(2026, 9, 27), date(2026, 10, 25)),
    *(date(2026, 11, 1), date(2026, 12, 23), date(2027, 1, 1), date(2026, 2, 16), date(2026, 5, 1)),
    *(date(2026, 10, 1), date(2026, 7, 3), date(2026, 9, 7), date(2026, 3, 20), date(2026, 11, 26)),
    # and days on which nothing is decided: bridge days, the turns of three years, eves
    *(date(2026, 12, 17), date(2026, 12, 28), date(2025, 12, 22), date(2027, 12, 20), date(2026, 5, 13)),
    *(date(2026, 11, 20), date(2026, 11, 24), date(2026, 6, 3), date(2027, 5, 5), date(2026, 7, 10)),
    *(date(2027, 3, 14), date(2027, 3, 28), date(2027, 10, 31), date(2026, 4, 2), date(2026, 9, 12)),
)
PLAYBOOKS = (
    *("balanced", "gentle", "professional", "classic", "prompt", "warm-call", "email-only", "early-bird"),
    *("balanced", "warm-call", "early-bird"),
)
CLOCKS = (*range(9, 18), *range(9, 18), 7, 8, 18, 19, 20, 21, 22, 23, 0, 1, 2, 2, 5)
MINUTES = (0, 0, 0, 30, 30, 15, 45, 7, 20, 50, 59)
LENGTHS = (60, 60, 30, 45, 90, 37, 1, 240, 480, 1440)
BUSY = (
    *("Mon-Fri 09:00-11:00", "Mon-Fri 09:00-11:00; Wed 14:00-15:00", "Mon-Fri 09:00-17:00"),
    *("Tue 09:00-12:10; Thu 13:00-17:00", "Fri-Mon 08:00-16:00", "Mon-Sun 09:00-16:40"),
    *("Wed 16:00-17:00; Tue 09:00-10:00; Tue 16:05-16:20", "Sun-Thu 09:00-10:00"),
)
OWN_HOURS = (
    *("07:00-21:00", "09:00-17:00", "18:00-21:00", "06:30-08:30", "12:00-13:00", "05:00-23:30"),
    *("08:10-11:50", "20:00-23:45"),
)
PRIVATE_HOURS = (
    ["Mon-Fri 12:00-13:00"],
    ["Mon-Fri 12:00-12:20", "Mon-Fri 12:20-13:00", "Sat 10:00-16:00"],
    ["Mon 07:00-09:00; Wed 16:30-20:00"],
    ["Sun-Thu 08:00-18:00"],
    ["Sat-Sun 10:00-12:00"],
)
BUSINESS_HOURS = (
    *("08:00-16:00", "10:00-18:30", "09:10-16:50", "10:00-11:30", "09:00-09:45", "06:00-22:00"),
    *("09:00-11:00", "13:00-21:00", "09:05-17:20"),
)
KEPT_FREE: tuple[list[str], ...] = (
    [],
    ["monday"],
    ["friday"],
    ["monday", "friday"],
    ["tuesday", "wednesday"],
    ["sunday"],
)
CLOSURES = (
    ["2026-12-24..2027-01-01"],
    ["2026-03-09..2026-03-20", "2026-11-27"],
    ["2026-10-01..2026-10-31"],
    ["2026-07-06"],
)
QUIET_DAYS = (
    [],
    ["bridge-days"],
    ["year-end", "holiday-eves"],
    ["holiday-eves"],
    ["bridge-days", "year-end"],
)
NUMBERS = (
    *("+12125550142", "+12125550142", "+49 30 1234567", "+44 20 7946 0000", "+972 2 123 4567"),
    *("+800 12345678", "212-555-0142", "+1 416 555 0142"),
)
PEOPLE = (
    *("Ann Ode <ann@example.com>", "Ben Rau", "Ann Ode <ann@example.com>; Ben Rau"),
    *("Ann Ode <ann@example.com>; Ben Rau <ben@example.com>", "Ben Rau; Cy Nil"),
)


def cases(seed: int, n: int) -> Iterator[tuple[list[dict[str, Any]], dict[str, Any]]]:
    """Records and settings, n times; a case depends on the seed and its number only."""
    for number in range(n):
        draw = _Draw(f"{seed}/{number}")
        settings = _settings(draw)
        yield _records(draw, settings), settings


class _Draw(random.Random):
    def chance(self, of_hundred: int) -> bool:
        return self.randrange(100) < of_hundred


def _settings(draw: _Draw) -> dict[str, Any]:
    settings: dict[str, Any] = {"timezone": draw.choice(ZONES if draw.chance(60) else ZONES[:2])}
    likely = {
        "hours": (30, OWN_HOURS),
        "private_hours": (15, PRIVATE_HOURS),
        "business_hours": (30, BUSINESS_HOURS),
        "window": (30, ("early", "late", "any")),
        "kept_free": (25, KEPT_FREE),
        "monday_like": (30, (True, False)),
        "phone": (8, (False, True)),
        "playbook": (30, PLAYBOOKS),
        "closures": (20, CLOSURES),
        "quiet_days": (25, QUIET_DAYS),
    }
    if draw.chance(8):
        settings |= {"timezone": "Europe/London", "hours": "18:00-21:00"}
    settings |= {key: draw.choice(values) for key, (odds, values) in likely.items() if draw.chance(odds)}
    if draw.chance(30):
        settings |= {
            key: value
            for key, value in zip(("country", "region"), draw.choice(PLACES)[:2], strict=True)
            if value
        }
    elif draw.chance(5):
        settings["country"] = "none"
    if draw.chance(30):
        settings["candidate"] = {"name": "Ida Lee"}
    return settings


def _records(draw: _Draw, settings: dict[str, Any]) -> list[dict[str, Any]]:
    count = draw.choice((1, 1, 2, 3, 4, 6))
    close = count > 1 and draw.chance(60)
    middle = draw.choice(SEASONS) + timedelta(days=draw.randrange(-16, 8))
    if draw.chance(30):
        middle = date(2026, 1, 5) + timedelta(days=draw.randrange(700))
    alike = _where(draw) | _how(draw)
    meet = middle + timedelta(days=draw.randrange(4, 12))
    candidates = draw.choice(((), (), ("Ida Lee",), ("Ida Lee", "Noor Ali"), ("", "Noor Ali")))
    records = []
    for number in range(count):
        shared = alike if close and draw.chance(85) else _where(draw) | _how(draw)
        day = middle + timedelta(days=draw.choice((0, 0, 1, 2)) if close else draw.randrange(-20, 20))
        record = {"id": f"{draw.choice('abcxyz')}-{number}", "company": f"Firm {number}", "role": "Clerk"}
        record |= shared
        record |= _when(draw, record, settings, day)
        record |= _answers(draw, record, settings)
        if close and draw.chance(40):
            record |= _crowding(draw, meet)
        if candidates:
            record["candidate"] = draw.choice(candidates)
        records.append(record)
    return records


def _where(draw: _Draw) -> dict[str, Any]:
    country, region, zone = draw.choice(PLACES)
    if draw.chance(15):
        zone = draw.choice(ZONES)
    place = {"country": country, "region": region, "timezone": zone}
    if draw.chance(30):
        del place["country"], place["region"]
    elif draw.chance(4):
        place |= {"country": "none", "region": ""}
    if draw.chance(20):
        del place["timezone"]
    return place


def _how(draw: _Draw) -> dict[str, Any]:
    """Everything a record says beside where and when."""
    likely = {
        "contact": (90, ("Sam Ito", "Zoë Vance")),
        "phone": (85, NUMBERS),
        "email": (75, ("sam@example.com",)),
        "interviewers": (35, PEOPLE),
        "channel": (20, ("phone", "phone", "email")),
        "culture": (20, ("formal", "regulated", "casual")),
        "felt": (20, ("good", "poor")),
        "window": (30, ("early", "late", "any")),
        "busy": (30, BUSY),
        "playbook": (85, PLAYBOOKS),
    }
    return {key: draw.choice(values) for key, (odds, values) in likely.items() if draw.chance(odds)}


def _when(draw: _Draw, record: dict[str, Any], settings: dict[str, Any], day: date) -> dict[str, Any]:
    start = datetime.combine(day, datetime.min.time()) + timedelta(hours=draw.choice(CLOCKS))
    start += timedelta(minutes=draw.choice(MINUTES))
    text = start.isoformat(sep=draw.choice(" T"), timespec=draw.choice(("minutes", "minutes", "seconds")))
    if draw.chance(5):
        text = start.replace(tzinfo=_zone(record, settings)).astimezone(UTC).isoformat()
    when: dict[str, Any] = {"start": text}
    if draw.chance(70):
        when["minutes"] = draw.choice(LENGTHS)
    return when


def _answers(draw: _Draw, record: dict[str, Any], settings: dict[str, Any]) -> dict[str, Any]:
    """Decision, agreed day and absence: all on or after the interview's own day."""
    start = datetime.fromisoformat(record["start"])
    zone = _zone(record, settings)
    start = (start if start.tzinfo else start.replace(tzinfo=zone)).astimezone(UTC).astimezone(zone)
    day, answers = start.date(), {}
    if draw.chance(55):
        answers["decision"] = draw.choice(
            (
                *(str(day + timedelta(days=n)) for n in (0, 1, 2, 3, 4, 5, 7, 9, 14, 23)),
                *("3 days", "1 day", "5 business days", "2 weeks", "1 week", "2 business days", "10 days"),
            )
        )
    if draw.chance(20):
        ended = (start + timedelta(minutes=record.get("minutes", 60))).date()
        agreed = ended + timedelta(days=draw.choice((1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 21)))
        clock = draw.choice(("", "", "", " 10:00", " 09:00", " 16:20", " 02:30", " 19:00", " 07:45"))
        answers["agreed"] = f"{agreed}{clock}"
    if draw.chance(30):
        first = day + timedelta(days=draw.randrange(-3, 15))
        last = first + timedelta(days=draw.choice((0, 1, 3, 6, 13, 20, 34, 90, 130)))
        answers["away"] = f"{first}..{last}" + (f"; {last + timedelta(days=3)}" if draw.chance(30) else "")
    return answers


def _crowding(draw: _Draw, meet: date) -> dict[str, Any]:
    """Answers that bring several interviews to one day, some of them to one quarter of an hour."""
    if draw.chance(50):
        return {"decision": str(meet - timedelta(days=1))}
    return {"agreed": f"{meet}{draw.choice(('', ' 09:00', ' 09:15', ' 09:10', ' 16:00'))}"}


def _zone(record: dict[str, Any], settings: dict[str, Any]) -> ZoneInfo:
    return ZoneInfo(record.get("timezone") or settings["timezone"])

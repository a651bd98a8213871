"""Random interviews and settings, drawn to hurt: far zones, closed days, tight hours, crowded days.

``searches`` draws what ``plan`` takes; a law is a sentence about every plan made of it.
Most of what is drawn comes from a table, so that a plan costs more than its drawing;
the first entry of a table is the ordinary one, to which a failing case shrinks.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import strategies as st
from msgspec.structs import replace

from calsync.domain import Hours, Interview, Period, Person, Preferences, Span
from calsync.domain.times import parse_weekly_hours

__all__ = ["Search", "crowded_searches", "plain_searches", "searches"]

PLACES = (
    ("US", "", "America/New_York"),
    ("US", "CA", "America/Los_Angeles"),
    ("GB", "SCT", "Europe/London"),
    ("DE", "BY", "Europe/Berlin"),
    ("IL", "", "Asia/Jerusalem"),
    ("IR", "", "Asia/Tehran"),
    ("BN", "", "Asia/Brunei"),
    ("CN", "", "Asia/Shanghai"),
    ("HU", "", "Europe/Budapest"),
    ("IN", "MH", "Asia/Kolkata"),
    ("NP", "", "Asia/Kathmandu"),
    ("NZ", "", "Pacific/Auckland"),
    ("EG", "", "Africa/Cairo"),
    ("", "", "America/Chicago"),
    ("", "", "Australia/Lord_Howe"),
)
ZONES = (*dict.fromkeys(zone for _, _, zone in PLACES), "Pacific/Chatham", "Pacific/Kiritimati", "UTC")
PLAIN_ZONES = (
    "UTC",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Pacific/Honolulu",
    "Africa/Johannesburg",
)
# Days around which something happens: clock changes, runs of holidays, the ends of years.
SEASONS = (
    *(date(2026, 6, 2), date(2026, 3, 6), date(2026, 3, 26), date(2026, 4, 2), date(2026, 7, 1)),
    *(date(2026, 9, 3), date(2026, 9, 28), date(2026, 10, 22), date(2026, 10, 29), date(2026, 12, 21)),
    date(2024, 2, 27),
)
CLOCKS = (14 * 60, 9 * 60, 10 * 60 + 30, 15 * 60 + 50, 16 * 60, 7 * 60 + 7, 19 * 60 + 50, 23 * 60, 30)
LENGTHS = (60, 45, 20, 1, 300)
PLAYBOOKS = (
    "balanced",
    "gentle",
    "professional",
    "classic",
    "prompt",
    "warm-call",
    "email-only",
    "early-bird",
)
BOB, CEM = Person("Bob", "bob@acme.example"), Person("Cem")
PEOPLE = tuple(
    {"contact": contact, "email": email, "interviewers": met}
    for contact, email, met in product(
        ("Sarah Smith", ""), ("sarah@acme.example", ""), ((), (BOB,), (BOB, CEM))
    )
)
MANNERS = (
    *(
        {},
        {},
        {"window": "late"},
        {"window": "early"},
        {"candidate": "Ben"},
        {"candidate": "Ben", "window": "any"},
    ),
    *({"channel": "phone"}, {"channel": "phone", "culture": "formal"}, {"channel": "email"}),
    *({"culture": "regulated"}, {"felt": "poor"}, {"phone": ""}),
)
BUSY = tuple(
    parse_weekly_hours(text)
    for text in (
        *("", "", "Mon-Fri 09:00-10:00", "16:00-17:00", "Tue 09:00-17:00", "09:00-10:00; 16:00-17:00"),
        *("Mon-Fri 09:10-16:50", "Wed-Thu 09:00-12:40; Fri 13:05-17:00", "Mon-Fri 09:00-17:00"),
    )
)
# Days from the interview on which an absence or a closure begins, and how long it takes.
ABSENT = ((), (), ((7, 3),), ((5, 14),), ((1, 1), (9, 1)), ((2, 40),), ((-5, 20), (20, 2)))
CLOSED = ((), (), ((8, 0),), ((4, 5),), ((0, 20),))
OWN_HOURS = tuple(
    Hours.parse(text)
    for text in (
        *("07:00-21:00", "07:00-21:00", "09:00-17:00", "18:00-21:00", "06:30-08:30", "12:00-13:00"),
        *("05:00-23:30", "08:10-11:50", "20:00-23:45", "00:00-24:00", "00:00-02:30"),
    )
)
PRIVATE_HOURS = tuple(
    parse_weekly_hours(text)
    for text in ("", "", "", "Mon-Fri 12:00-13:00", "Sun-Thu 08:00-18:00", "Wed 16:30-20:00; Sat 09:00-12:10")
)
BUSINESS_HOURS = tuple(
    Hours.parse(text)
    for text in (
        *(
            "09:00-17:00",
            "09:00-17:00",
            "08:00-18:30",
            "09:10-16:50",
            "10:00-11:30",
            "09:00-09:45",
            "06:05-22:00",
        ),
    )
)
WISHES = (
    *(
        {},
        {},
        {"window": "late"},
        {"window": "early"},
        {"kept_free": frozenset()},
        {"kept_free": frozenset({1, 4})},
    ),
    *({"monday_like": True}, {"monday_like": True, "kept_free": frozenset({4})}, {"phone": False}),
)
_DAY = timedelta(days=1)


class Search(msgspec.Struct, frozen=True):
    """What ``plan`` takes: interviews, preferences, busy times, a floor."""

    interviews: tuple[Interview, ...]
    preferences: Preferences
    busy: tuple[tuple[datetime, datetime], ...] = ()
    not_before: datetime | None = None


@st.composite
def searches(draw, most=3, *, floors=False):
    """A few interviews around one day, of one candidate or two, with settings and busy times."""
    near = _near(draw)
    interviews = [
        _interview(draw, number, draw(st.sampled_from(PLACES)), near + draw(st.integers(0, 3)) * _DAY)
        for number in range(draw(st.integers(1, most)))
    ]
    return Search(
        tuple(interviews),
        _preferences(draw, ZONES, closures=_periods(near, draw(st.sampled_from(CLOSED)))),
        _busy(draw, near),
        _moment(near, draw(st.integers(0, 9000)) * 9) if floors else None,
    )


@st.composite
def crowded_searches(draw):
    """Interviews so alike that every one of their calls wants the same quarter hour."""
    near = _near(draw)
    first = _interview(draw, 0, draw(st.sampled_from(PLACES)), near, away=False)
    alike = [
        replace(
            first,
            id=f"i-{number}",
            company=f"Company {number}",
            phone="+1 212-555-0142",
            channel="phone",
            agreed=first.agreed if number == 0 else None,
            playbook="warm-call" if first.playbook == "email-only" else first.playbook,
        )
        for number in range(draw(st.integers(2, 6)))
    ]
    return Search(tuple(alike), Preferences(zone=first.zone), _busy(draw, near))


@st.composite
def plain_searches(draw):
    """Interviews where every week is like every other: no holidays, no absence, no clock changes."""
    near = _near(draw)
    place = ("", "", draw(st.sampled_from(PLAIN_ZONES)))
    interviews = [
        _interview(draw, number, place, near, away=False) for number in range(draw(st.integers(1, 3)))
    ]
    return Search(tuple(interviews), _preferences(draw, PLAIN_ZONES), _busy(draw, near))


def _near(draw):
    return draw(st.sampled_from(SEASONS)) + draw(st.integers(0, 9)) * _DAY


def _interview(draw, number, place, day, *, away=True):
    country, region, zone = place
    minute, minutes = draw(st.sampled_from(CLOCKS)), draw(st.sampled_from(LENGTHS))
    start = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=ZoneInfo(zone))
    start = start.astimezone(UTC).astimezone(ZoneInfo(zone))  # a time that does not exist moves on
    usual = {"phone": "+1 212-555-0142", "country": country or "none", "region": region}
    return Interview(
        id=f"i-{number}",
        company=f"Company {number}",
        role="PM",
        start=start,
        minutes=minutes,
        decision=_decision(draw, start.date()),
        agreed=_agreed(draw, start.date(), _later(start, minutes + 60)),
        busy=draw(st.sampled_from(BUSY)),
        away=_periods(start.date(), draw(st.sampled_from(ABSENT))) if away else (),
        playbook=draw(st.sampled_from(PLAYBOOKS)),
        **usual | draw(st.sampled_from(PEOPLE)) | draw(st.sampled_from(MANNERS)),
    )


def _decision(draw, met):
    kind, count = draw(st.sampled_from(("none", "date", "days", "business_days"))), draw(st.integers(0, 20))
    if kind in {"days", "business_days"}:
        return Span(count, kind)
    return met + count * _DAY if kind == "date" else None


def _agreed(draw, met, after):
    kind, count = draw(st.sampled_from(("none", "none", "day", "time"))), draw(st.integers(0, 600))
    return {"none": None, "day": met + count // 24 * _DAY, "time": _later(after, count * 25)}[kind]


def _preferences(draw, zones, closures=()):
    return Preferences(
        zone=ZoneInfo(draw(st.sampled_from(zones))),
        hours=draw(st.sampled_from(OWN_HOURS)),
        private_hours=draw(st.sampled_from(PRIVATE_HOURS)),
        business_hours=draw(st.sampled_from(BUSINESS_HOURS)),
        closures=closures,
        **draw(st.sampled_from(WISHES)),
    )


def _busy(draw, near):
    starts = draw(st.lists(st.integers(0, 5000), max_size=2))
    return tuple((_moment(near, start * 7), _moment(near, start * 7 + 1 + start % 700)) for start in starts)


def _periods(day, spans):
    return tuple(Period(day + after * _DAY, day + (after + length) * _DAY) for after, length in spans)


def _moment(day, minutes):
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minutes)


def _later(moment, minutes):
    return (moment.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(moment.tzinfo)

"""Interviews, outcomes and plans to put into a store: plain ones, and hypothesis' wildest."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from calsync.domain import (
    OUTCOMES,
    Event,
    Hours,
    Interview,
    Note,
    Outcome,
    Period,
    Person,
    Plan,
    Reason,
    Span,
    WeeklyHours,
)

NOW = datetime(2026, 11, 12, 18, 0, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")
ZONES = ("America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "UTC", "Pacific/Apia")


def interview(name="acme", **fields):
    """One on Thursday 12 November 2026, 14:00 in New York."""
    given = {
        "company": "Acme",
        "role": "Product manager",
        "start": datetime(2026, 11, 12, 14, tzinfo=NEW_YORK),
        "phone": "+1 212-555-0142",
        "contact": "Sarah Smith",
        "decision": Span(3),
    }
    return Interview(id=name, **{**given, **fields})


def event(of, step="status", days=12, **fields):
    start = datetime.combine(of.day + timedelta(days=days), datetime.min.time(), of.zone).replace(hour=9)
    preferred = start.date() - timedelta(days=1)
    given = {
        "uid": f"{of.id}-{step}@calsync",
        "action": "call",
        "status": "confirmed",
        "start": start,
        "end": start + timedelta(minutes=15),
        "earliest": of.day,
        "preferred": preferred,
        "latest": of.day + timedelta(days=days + 2),
        "alarms": (15,),
        "summary": f"Call {of.contact} ({of.company})",
        "description": f"{of.phone}\nAsk how it stands.",
        "trace": (
            Reason(
                "offset", of.day, preferred, "{count} days after the interview", ("001-07",), {"count": days}
            ),
            Reason("kept-free", preferred, start.date(), "Mondays are kept free", ("002-07",)),
            Reason("slot", start.date(), start, "the first free quarter hour", ("004-05",)),
        ),
    }
    return Event(interview=of.id, step=step, **{**given, **fields})


def plan(of, steps=("ask", "thank-you", "prepare", "status", "second", "closing"), shift=0, **fields):
    events = tuple(event(of, step, 1 + 4 * count + shift, **fields) for count, step in enumerate(steps))
    notes = (Note("retry", "left out, since {day} is closed", {"day": of.day}),)
    return Plan(interview=of, playbook="balanced", decision=None, events=events, notes=notes)


def outcome(of, result="sent", at=NOW, **fields):
    return Outcome(interview=of.id, result=result, at=at, **fields)


zones = st.sampled_from(ZONES).map(ZoneInfo)
text = st.text(max_size=12)
words = text.filter(str.strip)
days = st.dates(date(1995, 1, 1), date(2095, 1, 1))
folds = st.sampled_from((0, 1))


def _moments(zones):
    return st.builds(
        lambda day, clock, zone, fold: datetime.combine(day, clock, zone).replace(fold=fold),
        days,
        st.times(),
        zones,
        folds,
    )


times = _moments(zones)
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = times | _moments(offsets)
spans = st.builds(Span, st.integers(0, 700), st.sampled_from(("days", "business_days")))
people = st.builds(Person, text, text)
hours = st.integers(0, 1439).flatmap(
    lambda opens: st.builds(Hours, st.just(opens), st.integers(opens + 1, 1440))
)
weekly = st.builds(WeeklyHours, st.lists(st.integers(0, 6), max_size=7).map(tuple), hours)
periods = st.lists(days, min_size=2, max_size=2).map(sorted).map(lambda two: Period(*two))
scalars = (
    st.none() | st.booleans() | st.integers() | text | days | moments | people | spans | periods | weekly
)
details = st.dictionaries(text, scalars | st.tuples(scalars, scalars), max_size=3)
reasons = st.builds(
    Reason,
    st.sampled_from(("offset", "slot", "holiday")),
    days | times,
    days | times,
    text,
    st.lists(text, max_size=2).map(tuple),
    st.none() | details,
)
notes = st.builds(Note, text, text, st.none() | details)
ids = st.from_regex(r"[a-z0-9-]{1,64}", fullmatch=True)


def several(strategy, most=2):
    return st.lists(strategy, max_size=most).map(tuple)


@st.composite
def interviews(draw, names=ids):
    start = draw(times)
    later = st.dates(start.date() + timedelta(days=1), date(2099, 1, 1))
    return Interview(
        id=draw(names),
        company=draw(words),
        role=draw(words),
        start=start,
        minutes=draw(st.integers(1, 1440)),
        candidate=draw(st.sampled_from(("", "Ana", "Bo"))),
        country=draw(text),
        region=draw(text),
        contact=draw(text),
        contact_role=draw(st.none() | st.sampled_from(("manager", "hr"))),
        phone=draw(text),
        email=draw(text),
        interviewers=draw(several(people)),
        decision=draw(st.none() | later | spans),
        agreed=draw(
            st.none()
            | later
            | later.map(lambda day: datetime(day.year, day.month, day.day, 9, tzinfo=NEW_YORK))
        ),
        channel=draw(st.none() | st.sampled_from(("phone", "email"))),
        culture=draw(st.none() | st.sampled_from(("formal", "casual"))),
        felt=draw(st.none() | st.sampled_from(("good", "poor"))),
        window=draw(st.none() | st.sampled_from(("early", "any"))),
        busy=draw(several(weekly)),
        away=draw(several(periods)),
        playbook=draw(text),
        topic=draw(text),
        strengths=draw(text),
        missed=draw(text),
        questions=draw(several(text)),
        notes=draw(text),
        location=draw(text),
        url=draw(text),
        language=draw(text),
        status=draw(st.sampled_from(("open", "offer", "closed"))),
    )


@st.composite
def events(draw, interview="acme", uid=None):
    return Event(
        uid=draw(words) if uid is None else uid,
        interview=interview,
        step=draw(st.sampled_from(("ask", "status"))),
        action=draw(st.sampled_from(("call", "email"))),
        status=draw(st.sampled_from(("confirmed", "tentative"))),
        start=draw(times),
        end=draw(times),
        earliest=draw(days),
        preferred=draw(days),
        latest=draw(days),
        trace=draw(several(reasons, 3)),
        person=draw(st.none() | people),
        before=draw(st.none() | st.just("status")),
        late=draw(st.booleans()),
        overdue=draw(st.booleans()),
        pinned=draw(st.booleans()),
        withdraws=draw(st.booleans()),
        alarms=draw(several(st.integers(0, 40320))),
        offers=draw(several(days)),
        location=draw(text),
        url=draw(text),
        summary=draw(text),
        description=draw(text),
    )


outcomes = st.builds(
    Outcome,
    interview=st.just("acme"),
    result=st.sampled_from(OUTCOMES),
    at=moments,
    step=st.none() | st.sampled_from(("status", "retry")),
    next=st.none() | days | times,
    decision=st.none() | days | spans,
    by=st.none() | days,
)

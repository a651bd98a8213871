"""Ordinary values to start a test from; name only what the test is about."""

from datetime import UTC, timedelta

from calsync.domain import Event, Interview
from tests.dates import FRI_2026_06_26, FRI_2026_07_10, TUE_2026_07_07, WED_2026_07_08, at


def interview(**changes):
    """An interview in New York on a Friday afternoon."""
    usual = {
        "id": "acme-pm-20260626",
        "company": "Acme",
        "role": "PM",
        "start": at(FRI_2026_06_26, "14:00"),
        "contact": "Sarah Smith",
        "phone": "+1 212-555-0142",
        "email": "sarah@acme.example",
        "country": "US",
    }
    return Interview(**usual | changes)


def event(**changes):
    """A status call on a Tuesday morning; ``end`` follows ``start`` unless given."""
    usual = {
        "uid": "acme-pm-20260626-status@calsync",
        "interview": "acme-pm-20260626",
        "step": "status",
        "action": "call",
        "status": "confirmed",
        "start": at(TUE_2026_07_07, "09:15"),
        "earliest": TUE_2026_07_07,
        "preferred": WED_2026_07_08,
        "latest": FRI_2026_07_10,
        "trace": (),
        "alarms": (15,),
        "summary": "Call Sarah Smith (Acme)",
        "description": "+1 212-555-0142\nsarah@acme.example\nAsk when they expect to decide.",
    } | changes
    usual.setdefault("end", _quarter_after(usual["start"]))
    return Event(**usual)


def _quarter_after(start):
    """Fifteen minutes of real time later, also in the night when clocks are put back."""
    return (start.astimezone(UTC) + timedelta(minutes=15)).astimezone(start.tzinfo)

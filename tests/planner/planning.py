"""How a table of cases asks for a plan: a record's keys and the settings', in their written form."""

import pytest

from calsync.domain import Hours, Interview, Period, Person, Preferences, Span
from calsync.domain.times import parse_weekday, parse_weekly_hours
from calsync.planner import plan
from calsync.playbooks import load
from tests.dates import at

__all__ = ["clock", "meeting", "one", "only", "plan_of", "preferences", "rules", "said", "table"]

_SARAH = {"contact": "Sarah Smith", "email": "sarah@acme.example", "phone": "+1 212-555-0142"}


def meeting(day, start="14:00", zone=None, **keys):
    """An hour with Acme in New York, with a contact, an email and a number, unless said otherwise."""
    usual = {"id": "acme", "company": "Acme", "role": "PM", "country": "US"} | _SARAH
    read = {key: _RECORD.get(key, _as_it_is)(value) for key, value in keys.items()}
    return Interview(start=at(day, start, zone) if zone else at(day, start), **usual | read)


def preferences(zone, **keys):
    """Settings of a candidate in ``zone``."""
    read = {key: _SETTINGS.get(key, _as_it_is)(value) for key, value in keys.items()}
    return Preferences(zone=zone, **read)


def plan_of(interview, *, zone=None, busy=(), not_before=None, playbook=None, **settings):
    """The plan of one interview; the candidate sits in the contact's zone unless ``zone`` says otherwise.

    ``playbook`` stands in for ours of the same name.
    """

    def by_name(name):
        return playbook if playbook and playbook.name == name else load(name)

    wishes = preferences(zone or interview.zone, **settings)
    return plan([interview], wishes, busy=busy, not_before=not_before, playbook=by_name)[0]


def only(plan, step):
    """The one event of that step, None if there is none."""
    found = [event for event in plan.events if event.step == step]
    assert len(found) < 2, f"{len(found)} events for {step}"
    return found[0] if found else None


def one(interview, step="status", **settings):
    """The one event of that step in the plan of one interview."""
    return only(plan_of(interview, **settings), step)


def clock(event, zone=None):
    """An event's action and its start as day and clock, in its own zone or another."""
    start = event.start.astimezone(zone) if zone else event.start
    return event.action, start.date(), f"{start:%H:%M}"


def rules(event):
    """The rules of an event's trace, in order."""
    return [reason.rule for reason in event.trace]


def said(event):
    """All its reasons, as one text."""
    return " ".join(reason.text for reason in event.trace)


def table(names, *rows):
    """A parametrized table; the first cell of each row says what the row is about."""
    return pytest.mark.parametrize(names, [pytest.param(*cells, id=name) for name, *cells in rows])


def _as_it_is(value):
    return value


def _periods(text):
    return tuple(Period.parse(part) for part in text.split(";"))


def _people(text):
    people = (part.strip().rstrip(">").partition(" <") for part in text.split(";"))
    return tuple(Person(name, email) for name, _, email in people)


def _decision(value):
    return Span.parse(value) if isinstance(value, str) else value


def _weekdays(text):
    return frozenset(parse_weekday(part) for part in text.split())


_RECORD = {
    "busy": parse_weekly_hours,
    "away": _periods,
    "interviewers": _people,
    "decision": _decision,
}
_SETTINGS = {
    "hours": Hours.parse,
    "business_hours": Hours.parse,
    "private_hours": parse_weekly_hours,
    "closures": _periods,
    "kept_free": _weekdays,
}

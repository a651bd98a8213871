"""The oracle gives the dates that the rules' own table of worked cases gives."""

from datetime import datetime, timedelta

import pytest
from compare import compare
from generate import cases
from oracle import DEFAULT, Readings, _Case, follow_ups

NEW_YORK = "America/New_York"


def _event(step, settings=None, **record):
    """The one event of a step for a US interview with a phone number."""
    whole = {
        "id": "a",
        "company": "Acme",
        "role": "PM",
        "start": "2026-11-12 14:00",
        "timezone": NEW_YORK,
        "country": "US",
        "contact": "Sarah Smith",
        "phone": "+12125550142",
        "email": "sarah@example.com",
    }
    plan = follow_ups([whole | record], {"timezone": NEW_YORK} | (settings or {}))
    (event,) = [event for event in plan[0]["events"] if event["step"] == step]
    return event


@pytest.mark.parametrize(
    ("record", "settings", "start", "late"),
    [
        ({}, {}, "2026-11-24T09:00-05:00", False),
        ({"playbook": "classic"}, {}, "2026-11-19T09:00-05:00", False),
        ({"playbook": "prompt"}, {}, "2026-11-17T09:00-05:00", True),
        ({"start": "2026-09-01 14:00", "decision": "2026-09-11"}, {}, "2026-09-15T09:00-04:00", False),
        ({"start": "2026-09-01 14:00", "decision": "2026-09-04"}, {}, "2026-09-08T09:00-04:00", False),
        (
            {"start": "2026-09-01 14:00", "decision": "2026-09-04"},
            {"monday_like": True},
            "2026-09-09T09:00-04:00",
            False,
        ),
        (
            {"start": "2026-06-03 10:00", "decision": "3 days", "playbook": "classic"},
            {},
            "2026-06-09T09:00-04:00",
            False,
        ),
        (
            {"start": "2026-12-16 10:00", "decision": "2026-12-23"},
            {"closures": ["2026-12-24..2027-01-01"]},
            "2027-01-05T09:00-05:00",
            False,
        ),
        ({"start": "2026-06-24 10:00", "decision": "2026-07-02"}, {}, "2026-07-07T09:00-04:00", False),
        (
            {"start": "2026-08-03 10:00", "decision": "2026-08-11", "away": "2026-08-10..2026-08-16"},
            {},
            "2026-08-18T09:00-04:00",
            True,
        ),
        (
            {"start": "2026-10-07 10:00", "decision": "2026-10-14", "playbook": "early-bird"},
            {},
            "2026-10-13T16:00-04:00",
            False,
        ),
        (
            {"start": "2026-03-16 10:00", "decision": "2026-03-23"},
            {"timezone": "Europe/London"},
            "2026-03-24T13:00+00:00",
            False,
        ),
        (
            {"start": "2026-04-13 10:00", "decision": "2026-04-20"},
            {"timezone": "Europe/London"},
            "2026-04-21T14:00+01:00",
            False,
        ),
    ],
)
def test_the_status_call_is_where_the_table_says(record, settings, start, late):
    event = _event("status", settings, **record)
    assert datetime.fromisoformat(event["start"]) == datetime.fromisoformat(start)
    assert (event["action"], event["late"]) == ("call", late)


@pytest.mark.parametrize(
    ("start", "minutes", "action", "thanked"),
    [
        ("2026-06-05 14:20", 60, "call", "2026-06-05T16:30-04:00"),
        ("2026-06-05 15:50", 60, "email", "2026-06-05T19:00-04:00"),
    ],
)
def test_a_warm_thank_you_on_a_friday_is_a_call_only_while_there_is_a_slot(start, minutes, action, thanked):
    event = _event("thank-you", start=start, minutes=minutes, playbook="warm-call")
    assert event["action"] == action
    assert datetime.fromisoformat(event["start"]) == datetime.fromisoformat(thanked)


def test_the_whole_forecast_of_the_default_playbook_is_anchored_step_on_step():
    record = {"id": "a", "start": "2026-11-12 14:00", "country": "US", "phone": "+12125550142"}
    (plan,) = follow_ups([record], {"timezone": NEW_YORK})
    assert [(event["step"], event["start"][:16], event["status"]) for event in plan["events"]] == [
        ("ask", "2026-11-12T13:30", "confirmed"),
        ("thank-you", "2026-11-12T17:00", "confirmed"),
        ("status", "2026-11-24T09:00", "confirmed"),
        ("prepare", "2026-11-23T18:00", "confirmed"),
        ("second", "2026-12-01T09:00", "tentative"),
        ("closing", "2026-12-15T09:00", "tentative"),
    ]


def test_an_earlier_interview_takes_the_slot_from_a_later_one():
    both = [
        {"id": "b", "start": "2026-11-12 15:00", "country": "US", "phone": "+12125550142", "minutes": 60},
        {"id": "a", "start": "2026-11-12 14:00", "country": "US", "phone": "+12125550143", "minutes": 60},
    ]
    plans = follow_ups(both, {"timezone": NEW_YORK})
    calls = {
        plan["id"]: event["start"] for plan in plans for event in plan["events"] if event["step"] == "status"
    }
    assert calls == {"a": "2026-11-24T09:00:00-05:00", "b": "2026-11-24T09:15:00-05:00"}


def test_where_the_hours_never_meet_an_email_leaves_the_evening_before():
    event = _event("status", timezone="Asia/Kolkata", country="IN", channel="email")
    assert event["start"] == "2026-11-25T07:15:00+05:30"  # Monday is a bridge day, Tuesday a holiday


@pytest.mark.parametrize(
    ("country", "weekday"), [("US", 0), ("IL", 6), ("IR", 5), ("BN", 0), ("", 0), ("AE", 0), ("EG", 6)]
)
def test_the_default_kept_free_weekday_is_the_first_of_the_working_week(country, weekday):
    record = {"id": "a", "start": "2026-11-12 14:00", "country": country}
    assert _Case(record, {"timezone": NEW_YORK}, DEFAULT).kept_free == {weekday}


def test_the_same_seed_draws_the_same_cases():
    assert list(cases(3, 5)) == list(cases(3, 5)) != list(cases(4, 5))


def test_comparing_finds_nothing_where_there_is_nothing_and_an_event_moved_by_a_minute():
    assert not list(
        compare(cases(5, 10), lambda records, settings: {"interviews": follow_ups(records, settings)})
    )

    def moved(records, settings):
        plans = follow_ups(records, settings)
        event = plans[0]["events"][-1]
        event["start"] = (datetime.fromisoformat(event["start"]) + timedelta(minutes=1)).isoformat()
        return {"interviews": plans}

    assert len(list(compare(cases(5, 10), moved))) == 10


def test_a_difference_names_the_sentence_that_was_read_otherwise():
    def otherwise(records, settings):
        return {"interviews": follow_ups(records, settings, Readings(gap_after_thank_you=False))}

    found = list(compare(cases(6, 60), otherwise))
    assert found
    assert all("gap_after_thank_you" in difference.explained_by for difference in found)

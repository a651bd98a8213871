"""Call or email: who asked for what, and what speaks against a call."""

import pytest

from tests import dates as d
from tests.planner.planning import meeting, one, said, table


def _status(keys, settings):
    return one(meeting(d.THU_2026_11_12, **keys), **settings)


@table(
    ("keys", "settings", "action", "told"),
    ("a number and nothing against it", {}, {}, "call", "nothing speaks against a call"),
    ("they asked for a call", {"channel": "phone"}, {}, "call", "They asked to be called"),
    ("they asked for email", {"channel": "email"}, {}, "email", "They asked for email"),
    ("formal", {"culture": "formal"}, {}, "email", "formal"),
    ("regulated", {"culture": "regulated"}, {}, "email", "regulated"),
    ("casual", {"culture": "casual"}, {}, "call", "nothing speaks"),
    ("no number", {"phone": ""}, {}, "email", "no phone number"),
    ("the candidate does not call", {}, {"phone": False}, "email", "rather not call"),
    ("the playbook does not call", {"playbook": "email-only"}, {}, "email", "playbook writes"),
    ("it felt poor", {"felt": "poor"}, {}, "email", "felt poor"),
    ("it felt good", {"felt": "good"}, {}, "call", "nothing speaks"),
    (
        "formal, but they asked for a call",
        {"culture": "formal", "channel": "phone"},
        {},
        "call",
        "asked to be",
    ),
    (
        "regulated, but they asked for a call",
        {"culture": "regulated", "channel": "phone"},
        {},
        "call",
        "asked to be",
    ),
    ("poor, but they asked for a call", {"felt": "poor", "channel": "phone"}, {}, "call", "asked to be"),
    (
        "they asked for a call and gave no number",
        {"phone": "", "channel": "phone"},
        {},
        "email",
        "no phone number",
    ),
    (
        "no number, and email asked for",
        {"phone": "", "channel": "email"},
        {},
        "email",
        "They asked for email",
    ),
    (
        "they asked for a call, the candidate does not call",
        {"channel": "phone"},
        {"phone": False},
        "email",
        "rather not call",
    ),
    (
        "they asked for a call, the playbook does not call",
        {"channel": "phone", "playbook": "email-only"},
        {},
        "email",
        "playbook writes",
    ),
)
@pytest.mark.parametrize("known", [{}, {"decision": d.TUE_2026_11_17}, {"agreed": d.WED_2026_11_18}])
def test_a_status_touch_is_a_call_unless_something_speaks_against_it(keys, settings, action, told, known):
    event = _status(keys | known, settings)
    assert event.action == action
    assert told in said(event)
    assert [reason.rule for reason in event.trace].count("channel") == 1


@table(
    ("keys", "settings", "action"),
    ("a number and nothing against it", {}, {}, "call"),
    ("they asked for email", {"channel": "email"}, {}, "email"),
    ("formal", {"culture": "formal"}, {}, "email"),
    ("formal, but they asked for a call", {"culture": "formal", "channel": "phone"}, {}, "call"),
    ("no number", {"phone": ""}, {}, "email"),
    ("it felt poor", {"felt": "poor"}, {}, "email"),
    ("the candidate does not call", {}, {"phone": False}, "email"),
)
def test_the_same_holds_for_a_thank_you_by_telephone(keys, settings, action):
    event = one(meeting(d.TUE_2026_11_17, "10:00", playbook="warm-call", **keys), "thank-you", **settings)
    assert event.action == action
    assert event.trace[0].rule == "channel"


def test_second_and_closing_are_emails_whoever_asked_for_calls():
    for step in ("second", "closing"):
        assert one(meeting(d.THU_2026_11_12, channel="phone"), step).action == "email"

"""``next`` and ``today``: the one thing to do now, and all that is due."""

import pytest

from tests.cli.person import ACME, CALL, Person

EVENT_KEYS = {
    "uid", "step", "action", "status", "summary", "start", "end", "timezone", "earliest", "preferred",
    "latest", "late", "overdue", "alarms", "number", "description", "trace", "interview", "ref", "state", "next_slot",
}  # fmt: skip


@pytest.fixture
def person(tmp_path):
    person = Person(tmp_path / "home")
    person.does("add", *ACME)
    return person


def test_the_next_thing_has_its_number_its_address_and_what_to_say(person):
    person.does("log", "1", "sent")
    out = person.does("next", now="2026-11-24T08:00:00-05:00").out
    lines = out.splitlines()
    assert lines[0].endswith("Call Sarah Smith (Acme)")
    assert lines[1] == "Tue 24 Nov 2026 09:00"
    assert "+1 212-555-0142" in lines
    assert "sarah@acme.example" in lines
    assert "Say this:" in out
    assert all(len(line) <= 80 for line in lines)


def test_both_clocks_are_shown_where_they_differ(tmp_path):
    person = Person(tmp_path / "other", settings='timezone = "Europe/London"\n')
    person.does(
        "add",
        "Acme",
        "PM",
        "--at",
        "2026-11-12 14:00",
        "--timezone",
        "America/New_York",
        "--phone",
        "+12125550142",
    )
    person.does("log", "1", "sent")
    out = person.does("next", now="2026-11-24T08:00:00-05:00").out
    assert "Tue 24 Nov 2026 14:00 for you, 09:00 in New York" in out


def test_what_was_missed_comes_first_and_is_called_overdue(person):
    person.does("log", "1", "sent")
    out = person.does("next", now="2026-11-24T12:00:00-05:00").out
    assert "overdue since Tue 24 Nov 2026 09:00" in out


def test_a_preparation_waits_until_its_call_begins(person):
    person.does("log", "1", "sent")
    evening = person.does("next", "--json", now="2026-11-23T18:10:00-05:00").json["events"]
    morning = person.does("next", "--json", now="2026-11-24T07:40:00-05:00").json["events"]
    calling = person.does("next", "--json", now="2026-11-24T09:05:00-05:00").json["events"]
    assert [event["step"] for event in evening + morning + calling] == ["prepare", "prepare", "status"]
    assert [event["state"] for event in evening + morning + calling] == ["today", "today", "now"]


def test_as_json_next_is_one_event_and_none_is_an_empty_list(person):
    document = person.does("next", "--json").json
    assert document["schema"] == 1
    (event,) = document["events"]
    assert set(event) >= EVENT_KEYS
    assert (event["interview"], event["step"], event["number"]) == (
        "acme-product-manager-20261112",
        "thank-you",
        1,
    )
    person.does("log", "1", "withdrew")
    assert person.does("next", "--json").json == {"schema": 1, "events": []}
    assert person.does("next").out == "Nothing is pending.\n"


def test_today_is_what_is_due_and_what_is_overdue(person):
    person.does("add", "Beta", "Clerk", "--at", "2026-11-24 08:30", "--phone", "+12125550143")
    person.does("log", "1", "sent")
    out = person.does("today", now="2026-11-24T08:45:00-05:00").out
    lines = [" ".join(line.split()[1:]) for line in out.splitlines()]
    assert out.splitlines()[0] == "Now"
    assert lines[1] == "09:30 Call Sarah Smith (Acme)"
    assert "11:30 Thank your contact by email (Beta)" in lines
    assert not any("Second" in line for line in lines)
    assert all(len(line) <= 80 for line in out.splitlines())


def test_what_is_long_overdue_comes_last_with_its_next_good_time(person):
    person.does("log", "1", "sent")
    late = "2026-12-05T20:00:00-05:00"
    out = person.does("today", now=late).out
    assert out.splitlines() == [
        "Overdue",
        "1.4   Tue 1 Dec 09:00  Second email to Sarah Smith (Acme)",
        "      the next good time: Mon 7 Dec 2026 09:00",
        "Older",
        "1.3   Tue 24 Nov 09:00  Call Sarah Smith (Acme)",
        "      the next good time: Tue 8 Dec 2026 09:00",
    ]
    states = [
        (each["state"], each["next_slot"]) for each in person.does("today", "--json", now=late).json["events"]
    ]
    assert states == [("overdue", "2026-12-07T09:00:00-05:00"), ("overdue", "2026-12-08T09:00:00-05:00")]


def test_thanks_expire_after_three_days(person):
    (thanks,) = person.does("next", "--json", now="2026-11-15T14:59:00-05:00").json["events"]
    assert (thanks["step"], thanks["state"]) == ("thank-you", "overdue")
    (other,) = person.does("next", "--json", now="2026-11-15T15:01:00-05:00").json["events"]
    assert other["step"] == "prepare"


def test_as_json_today_is_the_same_in_order(person):
    person.does("log", "1", "sent")
    document = person.does("today", "--json", now=CALL).json
    assert [event["step"] for event in document["events"]] == ["status"]
    assert set(document["events"][0]) >= EVENT_KEYS
    assert document["events"][0]["description"].startswith("+1 212-555-0142\nsarah@acme.example\n")


def test_a_day_with_nothing_says_so(person):
    person.does("log", "1", "sent")
    assert person.does("today").out == "Nothing is due today.\n"
    assert person.does("today", "--json").json == {"schema": 1, "events": []}


def test_today_ends_at_the_candidate_s_midnight(person):
    person.does("log", "1", "sent")
    (event,) = person.does("today", "--json", now="2026-11-23T23:59:00-05:00").json["events"]
    assert event["step"] == "prepare"
    *_, event = person.does("today", "--json", now="2026-11-24T00:00:00-05:00").json["events"]
    assert event["step"] == "status"


def test_today_can_be_kept_short_and_says_so(person):
    for name in ("Hooli", "Globex"):
        person.does(
            "add", name, "Clerk", "--at", "2026-11-12 16:00", "--phone", "+12125550147", "--contact", "Al"
        )
    late = "2026-12-12T08:45:00-05:00"
    whole = person.does("today", "--limit", "0", now=late).out.splitlines()
    short = person.does("today", "--limit", "1", now=late).out.splitlines()
    assert short[:3] == whole[:3]
    assert short[3] == "      … and more; calsync today --limit 0 shows all of them"
    assert not any("--limit" in line for line in whole)
    both = person.does("today", "--json", now=late).json["events"]
    assert [each["state"] for each in both] == ["overdue"] * 6
    assert len(person.does("today", "--json", "--limit", "1", now=late).json["events"]) == 1


def test_in_the_list_a_preparation_that_is_over_hides_no_overdue_call(person):
    person.does("log", "1", "sent")
    before = person.does("list", now="2026-11-20T08:00:00-05:00").out
    after = person.does("list", now="2026-11-24T12:00:00-05:00").out
    assert "Prepare" in before
    assert "Call Sarah Smith" in after
    assert "Prepare" not in after

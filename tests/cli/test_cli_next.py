"""``next`` and ``today``: the one thing to do now, and all that is due."""

import pytest

from tests.cli.person import ACME, CALL, Person

EVENT_KEYS = {
    "uid", "step", "action", "status", "summary", "start", "end", "timezone", "earliest", "preferred",
    "latest", "late", "overdue", "alarms", "number", "description", "trace", "interview",
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


def test_a_preparation_whose_time_has_passed_is_not_the_next_thing(person):
    person.does("log", "1", "sent")
    evening = person.does("next", "--json", now="2026-11-23T18:10:00-05:00").json["events"]
    later = person.does("next", "--json", now="2026-11-23T18:40:00-05:00").json["events"]
    assert [event["step"] for event in evening + later] == ["prepare", "status"]


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
    out = person.does("today", now="2026-11-24T08:45:00-05:00").out
    lines = [" ".join(line.split()[1:]) for line in out.splitlines()]
    assert out.splitlines()[0] == "Overdue"
    assert lines[1] == "Thu 12 Nov 17:00 Thank Sarah Smith by email (Acme)"
    assert "09:30 Call Sarah Smith (Acme)" in lines
    assert "11:30 Thank your contact by email (Beta)" in lines
    assert not any("Second" in line or "Prepare" in line for line in lines)
    assert all(len(line) <= 80 for line in out.splitlines())


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
    assert person.does("today", "--json", now="2026-11-23T23:59:00-05:00").json["events"] == []
    (event,) = person.does("today", "--json", now="2026-11-24T00:00:00-05:00").json["events"]
    assert event["step"] == "status"


def test_today_can_be_kept_short_and_says_so(person):
    for name in ("Hooli", "Globex"):
        person.does(
            "add", name, "Clerk", "--at", "2026-11-12 16:00", "--email", "x@y.example", "--contact", "Al"
        )
    late = "2026-11-24T08:45:00-05:00"
    whole = person.does("today", "--limit", "0", now=late).out.splitlines()
    short = person.does("today", "--limit", "1", now=late).out.splitlines()
    assert short[:2] == whole[:2]
    assert short[2] == "      … and more; calsync today --limit 0 shows all of them"
    assert short[3:] == whole[whole.index("Today") :]
    assert not any("--limit" in line for line in whole)
    both = person.does("today", "--json", now=late).json["events"]
    assert len(both) == len(whole) - 2
    assert len(person.does("today", "--json", "--limit", "1", now=late).json["events"]) == 2


def test_in_the_list_a_preparation_that_is_over_hides_no_overdue_call(person):
    person.does("log", "1", "sent")
    before = person.does("list", now="2026-11-20T08:00:00-05:00").out
    after = person.does("list", now="2026-11-24T12:00:00-05:00").out
    assert "Prepare" in before
    assert "Call Sarah Smith" in after
    assert "Prepare" not in after

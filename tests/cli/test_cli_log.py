"""``log``: one line of what happened, and what it changes, before and after, and why."""

import pytest

from tests.cli.person import ACME, CALL, Person
from tests.planner.planning import table

WED = "2026-11-25T16:05:00-05:00"


@pytest.fixture
def person(tmp_path):
    person = Person(tmp_path / "home")
    person.does("add", *ACME)
    return person


def test_what_moves_is_told_before_and_after_with_its_reason(person):
    person.does("log", "1", "sent")
    told = person.does("log", "1", "voicemail", now=CALL)
    assert told.out.splitlines() == [
        "Acme: Tue 24 Nov 2026 09:05 voicemail (status)",
        "  + 1.6  Tue 24 Nov 2026 18:00 Prepare the call",
        "      the evening before",
        "  + 1.7  Wed 25 Nov 2026 09:00 Call Sarah Smith again",
        "      one more try, at the other end of the day",
        "  ~ 1.4  Tue 1 Dec 2026 09:00 → Wed 2 Dec 2026 09:00 Second email to Sarah Smith",
        "      if nobody answers: day 7 after the last one",
        "  ~ 1.5  Tue 15 Dec 2026 09:00 → Wed 16 Dec 2026 09:00 Closing email to Sarah",
        "         Smith",
        "      if nobody answers: business day 10 after the last one",
        "  Next: 1.6 Tue 24 Nov 2026 18:00 Prepare the call",
    ]
    assert told.messages == ""


def test_what_ends_is_told(person):
    person.does("log", "1", "sent")
    told = person.does("log", "1", "rejected", now=CALL)
    assert told.out.splitlines() == [
        "Acme: Tue 24 Nov 2026 09:05 rejected",
        "  - 1.3  Tue 24 Nov 2026 09:00 Call Sarah Smith",
        "  + 1.6  Wed 25 Nov 2026 09:00 Courteous note to Sarah Smith",
        "      business day 1 after their refusal",
        "  - 1.4  Tue 1 Dec 2026 09:00 Second email to Sarah Smith",
        "  - 1.5  Tue 15 Dec 2026 09:00 Closing email to Sarah Smith",
        "  Next: 1.6 Wed 25 Nov 2026 09:00 Courteous note to Sarah Smith",
    ]


def test_what_changes_its_kind_is_told_by_both_names(person):
    person.does("edit", "1", "--playbook", "gentle")
    person.does("log", "1", "sent")
    told = person.does("edit", "1", "--channel", "email")
    assert "channel: – → email" in told.out
    assert "  ~ 1.3  Thu 19 Nov 2026 09:00 Call Sarah Smith → Email Sarah Smith" in told.out


def test_nothing_else_moves_is_said_too(person):
    assert "Nothing else moves." in person.does("log", "1", "sent").out


def test_as_json_it_is_the_new_plan(person):
    (plan,) = person.does("log", "1", "sent", "--json").json["interviews"]
    assert [event["step"] for event in plan["events"]] == ["prepare", "status", "second", "closing"]


def test_without_a_step_it_is_the_earliest_pending_touch_and_without_a_time_it_is_now(person):
    person.does("log", "1", "sent", now="2026-11-12T17:02:00-05:00")
    person.does("log", "1", "no-answer", now=CALL)
    person.does("log", "1", "voicemail", now=WED)
    outcomes = person.does("show", "1", "--json").json["outcomes"]
    assert [(told["result"], told["step"], told["at"][:16]) for told in outcomes] == [
        ("sent", "thank-you", "2026-11-12T17:02"),
        ("no-answer", "status", "2026-11-24T09:05"),
        ("voicemail", "retry", "2026-11-25T16:05"),
    ]
    assert person.steps() == ["second", "closing"]


def test_a_step_may_be_named_and_an_interview_called_by_its_id(person):
    person.does("log", "acme-product-manager-20261112", "skip", "--step", "second")
    assert person.steps() == ["thank-you", "status", "closing"]


@table(
    ("text", "at"),
    ("a time of today", "today 16:10", "2026-11-25T16:10:00-05:00"),
    ("yesterday", "yesterday 9:05", "2026-11-24T09:05:00-05:00"),
    ("a weekday", "last tue 4pm", "2026-11-24T16:00:00-05:00"),
    ("ISO", "2026-11-24 09:05", "2026-11-24T09:05:00-05:00"),
    ("in words", "24 Nov 2026 09:05", "2026-11-24T09:05:00-05:00"),
    ("with an offset", "2026-11-24T14:05:00Z", "2026-11-24T09:05:00-05:00"),
    ("a day alone is its noon", "yesterday", "2026-11-24T12:00:00-05:00"),
    ("today alone is now, if that is sooner", "today", "2026-11-25T11:00:00-05:00"),
    ("the day they met is when they parted", "12 Nov 2026", "2026-11-12T15:00:00-05:00"),
)
def test_when_it_happened_is_read_as_people_write_it(person, text, at):
    now = "2026-11-25T11:00:00-05:00" if "16:10" not in text else "2026-11-25T17:00:00-05:00"
    person.does("log", "1", "no-answer", "--step", "status", "--at", text, now=now)
    (told,) = person.does("show", "1", "--json").json["outcomes"]
    assert told["at"] == at


def test_a_call_of_last_week_is_tried_again_from_today_on(person):
    person.does("log", "1", "sent")
    early = ["--step", "status", "--at", "2026-11-17 09:05"]
    person.does("log", "1", "no-answer", *early, now="2026-11-20T12:10:00-05:00")
    assert person.start("retry") == "2026-11-20T16:00"


@table(
    ("result", "flag", "text", "step", "start"),
    ("a day", "call-back", "--next", "next mon", "status", "2026-11-30T09:00"),
    ("a time", "bad-time", "--next", "tomorrow 3pm", "status", "2026-11-25T15:00"),
    ("a day to count from", "reached", "--next", "2 Dec 2026", "second", "2026-12-09T09:00"),
    ("a decision day", "more-time", "--decision", "wed", "status", "2026-12-01T09:00"),
    ("a span", "more-time", "--decision", "5 business days", "status", "2026-12-03T09:00"),
    ("a spoken span", "replied", "--decision", "in 2 weeks", "status", "2026-12-09T09:00"),
    ("another's day", "competing-offer", "--by", "fri", "news", "2026-11-25T09:00"),
)
def test_days_they_named_are_read_as_people_write_them(person, result, flag, text, step, start):
    person.does("log", "1", "sent")
    person.does("log", "1", result, flag, text, now="2026-11-24T17:30:00-05:00")
    assert person.start(step) == start


def test_a_time_they_named_is_on_their_clock_and_echoed_with_its_zone(tmp_path):
    person = Person(tmp_path / "other", settings='timezone = "Europe/London"\n')
    person.does("add", "Acme", "PM", "--at", "2026-11-12 14:00", "--timezone", "America/New_York")
    told = person.does("log", "1", "replied", "--next", "2026-11-24 10:00", now="2026-11-16T10:00:00-05:00")
    assert "next Tue 24 Nov 2026 10:00 America/New_York" in told.out
    assert person.start("status") == "2026-11-24T10:00"


@table(
    ("arguments", "code", "says"),
    ("an outcome that is none", ["1", "nonsense"], 2, "'nonsense' is not one of 'sent', 'no-answer'"),
    ("a step that is none", ["1", "sent", "--step", "ask"], 2, "--step"),
    ("an interview that is none", ["9", "sent"], 66, "there is no interview 9; calsync list shows"),
    ("an id that is none", ["zeta", "sent"], 66, "there is no interview zeta"),
    (
        "no time for a bad time",
        ["1", "bad-time"],
        2,
        "bad-time needs --next; add when they asked you to call",
    ),
    ("no day for a call back", ["1", "call-back"], 2, "call-back needs --next"),
    ("no decision", ["1", "more-time"], 2, "more-time needs --decision"),
    ("no day of the other", ["1", "competing-offer"], 2, "competing-offer needs --by"),
    (
        "two readings",
        ["1", "reached", "--next", "03/04/2027"],
        65,
        "--next: '03/04/2027' can be read two ways",
    ),
    (
        "two readings of when",
        ["1", "sent", "--at", "03/04/2026 9:00"],
        65,
        "--at: '03/04/2026' can be read two ways",
    ),
    (
        "morning or evening",
        ["1", "bad-time", "--next", "tomorrow at 3"],
        65,
        "--next: 'tomorrow at 3' can mean",
    ),
    ("no span", ["1", "more-time", "--decision", "soon"], 65, "--decision: 'soon'"),
    ("more than a day", ["1", "competing-offer", "--by", "tomorrow 9:00"], 65, "--by: "),
    ("to come", ["1", "sent", "--at", "tomorrow 9:00"], 65, "that is still to come; add --force if it did"),
    ("to come, a day", ["1", "sent", "--at", "tomorrow"], 65, "that is still to come"),
    ("before they met", ["1", "sent", "--at", "yesterday"], 65, "the interview has not taken place by then"),
    ("gone by", ["1", "more-time", "--decision", "2026-11-01"], 65, "2026-11-01 was over by then"),
    (
        "a call that is an email",
        ["1", "voicemail", "--step", "thank-you"],
        65,
        "thank-you is an email, not a call",
    ),
)
def test_what_cannot_be_is_refused_and_nothing_is_recorded(person, arguments, code, says):
    told = person.tries("log", *arguments)
    assert told.code == code
    assert says in told.messages
    assert told.messages.count("\n") == 1
    assert told.out == ""
    assert person.does("show", "1", "--json").json["outcomes"] == []


def test_a_third_message_is_refused_until_it_is_forced(person):
    person.does("log", "1", "sent")
    person.does("log", "1", "voicemail", now=CALL)
    person.does("log", "1", "voicemail", now=WED)
    person.does("log", "1", "call-back", "--next", "2026-12-01")
    told = person.tries("log", "1", "voicemail", now="2026-12-01T09:05:00-05:00")
    assert (told.code, told.messages) == (
        65,
        (
            "calsync: 2 messages were left already, and the limit is 2 (002-10); "
            "add --force if it did happen. (CS-LOG-001)\n"
        ),
    )
    person.does("log", "1", "voicemail", "--force")
    assert person.steps() == ["second", "closing"]


def test_a_voicemail_after_the_offer_is_refused(person):
    person.does("log", "1", "offer")
    told = person.tries("log", "1", "voicemail", now=CALL)
    assert told.code == 65
    assert "offer was logged; to open it again: calsync edit 1 --status open" in told.messages
    assert person.record()["status"] == "offer"
    assert person.events() == []


def test_every_line_fits_eighty_columns(tmp_path):
    person = Person(tmp_path / "long")
    person.does(
        "add", "Fjordlicht Schiffselektronik Gesellschaft", "Senior engineer for very long descriptions",
        "--at", "2026-11-12 14:00", "--contact", "Dr. Wilhelmina Freifrau von und zu Hohenstein", "--phone",
        "+1 212-555-0142",
    )  # fmt: skip
    for arguments in (
        ["replied"],
        ["bad-time", "--next", "2026-11-30 10:20"],
        ["more-time", "--decision", "2 weeks"],
    ):
        told = person.does("log", "1", *arguments, now=CALL)
        assert all(len(line) <= 80 for line in told.out.splitlines()), told.out

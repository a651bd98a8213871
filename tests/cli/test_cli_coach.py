"""Several candidates in one store: theirs together or apart, and a word before two of them call the same contact."""

import pytest

from tests.cli.running import calsync, done

THU_BEFORE = "2026-11-12T09:00:00-05:00"
TUE = "2026-11-24T08:00:00-05:00"
SAME = "+1 212-555-0142"


def add(candidate, name, *arguments, phone=SAME, contact="Sarah Smith", company="Acme", role="PM"):
    return done(
        "add", company, role, "--at", "2026-11-12 14:00", "--id", name, "--candidate", candidate, "--phone", phone,
        "--contact", contact, "--country", "US", "--timezone", "America/New_York", "--now", THU_BEFORE, *arguments,
    )  # fmt: skip


def warnings(told):
    return [line for line in (told.out + told.messages).splitlines() if line.startswith("! ")]


def today(*arguments):
    return done("today", "--now", TUE, *arguments)


SAID = "! Ann Lee and Bob Roe would both call Sarah Smith on Tue 24 Nov 2026"


def test_whoever_adds_the_second_hears_of_the_first():
    assert warnings(add("Ann Lee", "ann")) == []
    assert warnings(add("Bob Roe", "bob")) == [SAID]


@pytest.mark.parametrize(
    ("phone", "contact", "clash"),
    [
        (SAME, "Somebody Else", True),
        ("+12125550142", "S. Smith", True),
        ("+1 646-555-0199", "Sarah Smith", True),
        ("+1 646-555-0199", "Tom Reyes", False),
    ],
)
def test_the_same_number_or_the_same_name_at_the_same_employer_is_the_same_contact(phone, contact, clash):
    add("Ann Lee", "ann")
    assert bool(warnings(add("Bob Roe", "bob", phone=phone, contact=contact))) is clash


def test_a_national_number_in_a_file_is_the_same_as_an_international_one(tmp_path):
    add("Ann Lee", "ann", "--country", "US")
    file = tmp_path / "jobs.toml"
    file.write_text(
        '[[interview]]\ncompany = "Other"\nrole = "PM"\nstart = "2026-11-12 14:00"\ncandidate = "Bob"\n'
        'country = "US"\ntimezone = "America/New_York"\nphone = "(212) 555-0142"\n'
    )
    done("import", file, "--now", THU_BEFORE)
    assert warnings(today("--all")) == ["! Ann Lee and Bob would both call Other on Tue 24 Nov 2026"]


def test_two_rounds_with_one_company_that_call_on_one_day_are_told_and_not_moved():
    add("Ann Lee", "ann")
    said = "! Ann Lee would call Acme twice on Tue 24 Nov 2026, about PM and Designer; log invited for a round that is over"
    assert warnings(
        add("Ann Lee", "again", role="Designer", contact="Tom Reyes", phone="+1 646-555-0199")
    ) == [said]
    (again,) = warnings(today())
    assert again.startswith("! Ann Lee would call Acme twice on Tue 24 Nov 2026, about ")
    done("log", "ann", "invited", "--now", TUE)
    assert warnings(today()) == []


def test_calls_of_one_candidate_to_two_companies_are_no_news():
    add("Ann Lee", "ann")
    assert warnings(add("Ann Lee", "again", company="Other")) == []
    assert warnings(today()) == []


def test_rounds_that_call_on_two_days_are_no_news():
    add("Ann Lee", "ann")
    assert warnings(add("Ann Lee", "again", "--agreed", "2026-11-25")) == []


def test_an_email_is_no_call():
    add("Ann Lee", "ann")
    assert warnings(add("Bob Roe", "bob", "--channel", "email")) == []


def test_today_names_everybody_and_warns_where_all_are_asked_for():
    add("Ann Lee", "ann")
    add("Bob Roe", "bob")
    told = today("--all")
    assert warnings(told) == [SAID]
    assert "Ann Lee: Call Sarah Smith (Acme)" in told.out
    assert "Bob Roe: Call Sarah Smith (Acme)" in told.out
    assert warnings(today()) == []


def test_one_s_own_name_is_not_in_front_of_one_s_own():
    done("config", "set", "candidate.name", "Ann Lee")
    add("Ann Lee", "ann")
    assert "Ann Lee:" not in today().out
    assert "Ann Lee:" in today("--all").out


def test_a_candidate_s_list_and_day_are_theirs_alone():
    add("Ann Lee", "ann")
    add("Bob Roe", "bob")
    assert [each["id"] for each in done("list", "--candidate", "Bob Roe", "--json").json["interviews"]] == [
        "bob"
    ]
    found = done("today", "--candidate", "Bob Roe", "--json", "--now", TUE).json["events"]
    assert {each["interview"] for each in found} == {"bob"}


def test_next_and_today_say_what_the_plan_says():
    """A preparation, too, speaks of the call that it prepares."""
    add("Ann Lee", "ann")
    planned = {each["uid"]: each for each in done("plan", "--json").json["interviews"][0]["events"]}
    monday = "2026-11-23T09:00:00-05:00"
    done("log", "ann", "sent", "--at", "2026-11-13 08:00", "--now", monday)
    (event,) = done("next", "--json", "--now", monday).json["events"]
    assert event["step"] == "prepare"
    planned = {each["uid"]: each for each in done("plan", "--json").json["interviews"][0]["events"]}
    assert {key: event[key] for key in planned[event["uid"]]} == planned[event["uid"]]
    for each in done("today", "--json", "--now", monday).json["events"]:
        assert each["description"] == planned[each["uid"]]["description"]


@pytest.mark.parametrize("command", ["today", "next", "list", "month", "phone"])
def test_a_candidate_nobody_knows_is_an_error_that_names_the_nearest(command):
    add("Ann Lee", "ann")
    told = calsync(command, "--candidate", "Ann Leigh", "--now", TUE)
    assert told.code == 66
    assert "there is no candidate 'Ann Leigh'; did you mean Ann Lee?" in told.messages


def test_a_beginning_in_any_case_is_enough_unless_it_begins_two_names():
    add("Ann Lee", "ann")
    add("Bob Roe", "bob")
    add("Anna Moe", "anna", phone="")
    assert "Roe" in today("--candidate", "bob").out + today("--candidate", "bob").messages
    told = calsync("list", "--candidate", "ann")
    assert told.code == 65
    assert "say which: Ann Lee, Anna Moe" in told.messages
    assert "acme" not in done("list", "--candidate", "ANN LEE").messages.lower()

"""The main view says what to do next, takes what happened, and takes it back."""

import html
import re

import pytest

from tests.cli.person import Person
from tests.web.conftest import AFTER_HOOLI, HOOLI
from tests.web.page import Page

CALL = "2026-11-24T09:05:00-05:00"


def words(answer):
    """What a person reads: without tags, one blank between words."""
    text = re.sub(r"<(script|style|dialog).*?</\1>", " ", answer.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def the_call(page):
    """The number of the status call, from its chip."""
    return re.search(r'href="/event/([\d.]+)"><b>[\d:]+</b> Status call', page.get("/").text)[1]


@pytest.fixture
def calling(person):
    """The page on the morning of the status call."""
    with Page(person.home, now=CALL) as page:
        page.enter()
        yield page


def test_do_next_has_everything_that_the_call_takes(calling):
    said = words(calling.get("/"))
    assert "Call Bob Johnson · Hooli · Data analyst" in said
    assert "Tue 24 Nov 09:00–09:15" in said
    assert "overdue · today" in said
    assert 'href="tel:+12125550123"' in calling.get("/").text
    assert "what happens next" in said
    assert "Voicemail version" in said
    assert "If somebody else answers" in said
    assert "Left voicemail (1 of 2)" in said


def test_both_clocks_are_told_where_they_differ(tmp_path):
    person = Person(tmp_path / "home", 'timezone = "America/Los_Angeles"\ncountry = "US"\n')
    person.does("add", *HOOLI, "--timezone", "America/New_York", now=AFTER_HOOLI)
    person.does("log", 1, "sent", now="2026-11-17T15:00:00-05:00")
    with Page(person.home, now="2026-11-24T16:05:00-05:00") as page:
        page.enter()
        said = words(page.get("/"))
    assert re.search(
        r"\d\d:\d\d–\d\d:\d\d \(their time, New York\) = \d\d:\d\d your time \(Los Angeles\)", said
    )


def test_an_outcome_is_logged_told_and_taken_back(calling, person):
    number = the_call(calling)
    after = calling.sends(f"/event/{number}/log", result="voicemail")
    assert "Hooli: voicemail left" in words(after)
    assert "New: Call Bob Johnson again" in words(after)
    assert [each["result"] for each in person.does("show", 1, "--json").json["outcomes"]] == [
        "sent",
        "voicemail",
    ]
    change = re.search(r'name="change" value="(\d+)"', after.text)[1]
    back = calling.sends("/undo", change=change)
    assert "Taken back: log voicemail for Hooli, Data analyst" in words(back)
    assert [each["result"] for each in person.does("show", 1, "--json").json["outcomes"]] == ["sent"]
    assert calling.posts("/undo", change=change).status == 422


def test_what_a_terminal_did_in_between_is_not_taken_back(calling, person):
    after = calling.sends(f"/event/{the_call(calling)}/log", result="no-answer")
    change = re.search(r'name="change" value="(\d+)"', after.text)[1]
    person.does("edit", 1, "--notes", "something else", now=CALL)
    answer = calling.posts("/undo", change=change)
    assert answer.status == 422
    assert "not the last change any more" in words(answer)
    assert person.record()["notes"] == "something else"


def test_a_terminal_and_two_tabs_see_the_same(calling, person):
    number = the_call(calling)
    person.does("log", 1, "no-answer", now=CALL)
    assert "Call Bob Johnson again" in words(calling.get("/"))
    late = calling.posts(f"/event/{number}/log", result="no-answer")
    assert late.status == 404
    assert "it is done, or it was removed, here or in another window" in words(late)


def test_what_cannot_be_is_refused_with_the_reason_and_can_be_recorded_anyway(calling, person):
    number = the_call(calling)
    calling.sends(f"/event/{number}/log", result="no-answer")
    retry = re.search(r'href="/event/([\d.]+)"><b>[\d:]+</b> Second try', calling.get("/").text)[1]
    refused = calling.posts(f"/event/{retry}/log", result="no-answer")
    assert refused.status == 409
    assert "a call was logged for 2026-11-24 already" in words(refused)
    assert len(person.does("show", 1, "--json").json["outcomes"]) == 2
    fields = dict(re.findall(r'type="hidden" name="(result|force)" value="([\w-]+)"', refused.text))
    assert fields == {"result": "no-answer", "force": "yes"}
    calling.sends(f"/event/{retry}/log", **fields)
    assert len(person.does("show", 1, "--json").json["outcomes"]) == 3


@pytest.mark.parametrize(
    ("fields", "logged"),
    [
        ({"result": "reached"}, {"result": "reached", "next": None}),
        ({"result": "reached", "next": "2026-12-02"}, {"result": "reached", "next": "2026-12-02"}),
        (
            {"result": "call-back", "next": "2026-12-02", "next_time": "10:30"},
            {"result": "call-back", "next": "2026-12-02T10:30:00-05:00"},
        ),
        (
            {"result": "more-time", "decision": "2026-12-04"},
            {"result": "more-time", "decision": "2026-12-04"},
        ),
        (
            {"result": "competing-offer", "by": "2026-11-30"},
            {"result": "competing-offer", "by": "2026-11-30"},
        ),
        ({"result": "gatekeeper"}, {"result": "gatekeeper", "step": "status"}),
        ({"result": "replied"}, {"result": "replied", "step": None}),
        ({"result": "offer"}, {"result": "offer"}),
        ({"result": "rejected"}, {"result": "rejected"}),
        ({"result": "skip"}, {"result": "skip", "step": "status"}),
        (
            {"result": "no-answer", "at": "2026-11-23T16:10"},
            {"result": "no-answer", "at": "2026-11-23T16:10:00-05:00"},
        ),
    ],
)
def test_every_button_logs_what_it_says(calling, person, fields, logged):
    calling.sends(f"/event/{the_call(calling)}/log", **fields)
    told = person.does("show", 1, "--json").json["outcomes"][-1]
    assert {key: told[key] for key in logged} == logged


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"result": "dance"},
        {"result": "call-back"},
        {"result": "more-time", "decision": ""},
        {"result": "reached", "next_time": "10:00"},
        {"result": "reached", "next": "someday"},
        {"result": "reached", "next": "2026-12-02", "next_time": "99:99"},
        {"result": "no-answer", "at": "never"},
    ],
)
def test_a_form_that_says_too_little_is_told_so_and_records_nothing(calling, person, fields):
    answer = calling.posts(f"/event/{the_call(calling)}/log", **fields)
    assert answer.status in {400, 422}
    assert "That did not work" in words(answer)
    assert len(person.does("show", 1, "--json").json["outcomes"]) == 1


def test_six_weeks_begin_with_this_week_and_name_what_is_closed(page):
    text = page.get("/").text
    days = re.findall(r'data-day="([\d-]+)"', text)
    assert (days[0], days[-1], len(days)) == ("2026-11-16", "2026-12-27", 42)
    assert "Thanksgiving Day (US)" in text
    assert re.search(r'<td class="now off[^"]*" data-day="2026-11-21">', text)
    assert re.search(r'<td class="off empty" data-day="2026-11-22">', text)


def test_a_ghost_says_where_it_was_and_why_not_there(page):
    said = words(page.get("/"))
    assert "Hooli · Status call was here: Monday →" in said
    assert "moved +1 day" in said


def test_the_weeks_can_be_turned(page):
    assert re.findall(r'data-day="([\d-]+)"', page.get("/?from=2027-01-06").text)[0] == "2027-01-04"
    assert (
        '<input type="hidden" name="from" value="2027-01-06">' in page.get("/?from=2027-01-06").text
    )  # for a search
    assert page.get("/?from=abc").status == 422
    assert page.get("/?from=9999-12-31").status == 422
    assert page.get("/?from=1991-01-01").status == 200


def test_a_search_leaves_the_others_out(page, person):
    person.does("add", "Acme", "PM", "--at", "2026-12-01 10:00", "--contact", "Ann Lee", now=CALL)
    assert {"Acme", "Bob Johnson"} <= set(re.findall("Acme|Bob Johnson", page.get("/").text))
    grid = page.get("/?find=ann").text.partition("<table")[2]
    assert "Bob Johnson" not in grid
    assert "Ann Lee" in grid


def test_many_on_one_day_fold_away(person):
    for number in range(6):
        person.does("add", f"Firm {number}", "PM", "--at", f"2026-12-01 {9 + number}:00", now=CALL)
    with Page(person.home, now=CALL) as page:
        page.enter()
        cell = re.search(r'data-day="2026-12-01">(.*?)</td>', page.get("/").text, re.DOTALL)[1]
    before, _, folded = cell.partition("<details>")
    assert before.count("<li") == 3
    assert f"+{folded.count('<li')} more" in folded


def test_a_coach_sees_everybody_and_one_alone(person):
    for name in ("Ann Lee", "Bob Roe"):
        person.does("add", "Acme", "PM", "--at", "2026-11-12 14:00", "--candidate", name, "--id", name.split()[0].lower(),
                    "--phone", "212-555-0142", "--contact", "Sarah Smith", now=AFTER_HOOLI)  # fmt: skip
    with Page(person.home) as page:
        page.enter()
        everybody, one = words(page.get("/")), page.get("/?candidate=Ann+Lee")
    assert "Ann Lee and Bob Roe would both call Sarah Smith on Tue 24 Nov" in everybody
    assert "Bob: " in everybody
    assert "Hooli" not in one.text
    assert "Bob: " not in one.text
    assert 'name="candidate"' in one.text
    with Page(person.home, now=CALL) as page:
        page.enter()
        due = page.get("/?candidate=Ann+Lee").text
    assert "candidate=Ann" in re.search(r'action="(/event/[\d.]+/log[^"]*)"', due)[1]


def test_an_empty_store_says_how_to_begin(tmp_path):
    with Page(Person(tmp_path / "home").home) as page:
        page.enter()
        assert "Tell calsync about an interview" in words(page.get("/"))


def test_everything_is_said_in_german(person):
    (person.home / "settings.toml").write_text(
        'timezone = "Europe/Berlin"\ncountry = "DE"\nlanguage = "de"\n', encoding="utf-8"
    )
    with Page(person.home, now=CALL) as page:
        page.enter()
        answer = page.get("/")
    said = words(answer)
    assert '<html lang="de"' in answer.text
    assert "Bob Johnson anrufen" in said
    assert "Auf Anrufbeantworter gesprochen (1 von 2)" in said
    assert not re.search(r"\b(the|today|What|Why|Call|week)\b", said), said


def test_settings_are_read_anew_for_every_visit(page, person):
    assert '<html lang="en"' in page.get("/").text
    settings = person.home / "settings.toml"
    settings.write_text('timezone = "America/New_York"\nlanguage = "de"\n', encoding="utf-8")
    assert '<html lang="de"' in page.get("/").text
    settings.write_text('timezone = "Nowhere/Land"\n', encoding="utf-8")
    broken = page.get("/")
    assert broken.status == 409
    assert "Nowhere/Land" in broken.text
    assert "Traceback" not in broken.text

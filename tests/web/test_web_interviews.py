"""Interviews on the page: listed, looked at, added, changed, ended, removed; nothing is saved before its plan was shown."""

import html
import re

import pytest

from calsync.intake import KEYS
from tests.cli.person import Person
from tests.web.conftest import AFTER_HOOLI, HOOLI
from tests.web.page import Page
from tests.web.reading import hidden, value_of, words

ACME = {
    "company": "T-Mobile",
    "role": "Product manager",
    "start.words": "last thu 2pm",
    "decision.words": "3 days",
    "contact": "Sarah Smith",
    "phone": "212-555-0142",
}
HERE = "/interviews/hooli-data-analyst-20261117"


def kept(person):
    return person.does("list", "--json").json["interviews"]


def test_the_list_says_number_next_step_and_leads_to_each(page):
    answer = page.get("/interviews")
    assert "Open 1" in words(answer)
    assert "1 Hooli · Data analyst Tue 17 Nov 10:00 Mon 23 Nov 18:00: Prepare the call" in words(answer)
    assert f'href="{HERE}"' in answer.text


def test_the_open_ones_stand_first_and_a_name_finds_one(page, person):
    person.does("add", "Umbrella", "Lead", "--at", "2026-11-10 10:00", "--no-input")
    person.does("log", 2, "rejected", now="2026-11-18T10:00:00-05:00")
    said = words(page.get("/interviews"))
    assert said.index("Hooli") < said.index("Over 1") < said.index("Umbrella")
    assert "Umbrella" not in words(page.get("/interviews?find=hooli"))
    assert "Nobody goes by that name." in words(page.get("/interviews?find=zzz"))


def test_an_interview_shows_its_record_its_follow_ups_its_log_and_its_notes(page, person):
    person.does("edit", 1, "--notes", "bring the diploma", now="2026-11-18T10:00:00-05:00")
    said = words(page.get(HERE))
    for each in (
        "bring the diploma",
        "+1 212-555-0123",
        "5 days: Sun 22 Nov 2026",
        "sent",
        "Call Bob Johnson",
    ):
        assert each in said
    assert re.search(r'href="/event/[\d.]+"', page.get(HERE).text)
    assert page.get("/interviews/nobody").status == 404


def test_the_plan_is_shown_before_anything_is_saved(page, person):
    answer = page.posts("/interviews/new", **ACME)
    said = words(answer)
    assert answer.status == 200
    assert "Nothing is saved yet." in said
    assert "Thu 19 Nov 2026 14:00 (New York)" in said
    assert "3 days: Sun 22 Nov 2026" in said
    assert "Call Sarah Smith Tue 24 Nov 09:15" in said
    assert len(kept(person)) == 1
    assert "T-Mobile" not in person.does("history").out


def test_what_was_shown_is_saved_once_however_often_the_button_is_pressed(page, person):
    sent = hidden(page.posts("/interviews/new", **ACME), "/interviews")
    after = page.sends("/interviews", **sent)
    assert "Added: T-Mobile" in words(after)
    page.sends("/interviews", **sent)
    assert [each["company"] for each in kept(person)] == ["Hooli", "T-Mobile"]
    change = re.search(r'name="change" value="(\d+)"', after.text)[1]
    page.sends("/undo", change=change)
    assert [each["company"] for each in kept(person)] == ["Hooli"]


def test_the_second_interview_of_a_day_with_one_company_is_another(page, person):
    first = hidden(page.posts("/interviews/new", **ACME), "/interviews")
    page.sends("/interviews", **first)
    second = hidden(page.posts("/interviews/new", **ACME | {"start.words": "last thu 4pm"}), "/interviews")
    assert second["id"] == f"{first['id']}-2"
    page.sends("/interviews", **second)
    assert len(kept(person)) == 3


def test_changing_something_goes_back_with_everything_that_was_typed(page):
    sent = hidden(page.posts("/interviews/new", **ACME, notes="a\r\nb"), "/interviews")
    back = page.posts("/interviews/new", **sent, back="yes")
    assert value_of(back, "company") == "T-Mobile"
    assert value_of(back, "start") == "2026-11-19T14:00"
    assert value_of(back, "decision.words") == "3 days"
    assert ">\na\nb</textarea>" in back.text


@pytest.mark.parametrize(
    ("key", "text", "what", "remedy"),
    [
        ("company", "", "there is no company", "say who the interview is with"),
        ("start.words", "3/4/2026 14:00", "3 April 2026 or 4 March 2026", "2026-04-03 or 2026-03-04"),
        ("start.words", "tomorrow 8", "morning or evening", "write 08:00 or 8pm"),
        ("start.words", "2026-11-19", "has no time of day", "add it"),
        ("timezone", "EST", "no zone 'EST'", "try America/New_York"),
        ("country", "XX", "XX", ""),
        ("phone", "12", "it is too short", "write it like"),
        ("email", "me", "is not an email address", "sarah@example.com"),
        ("minutes", "-1", "is not a number of minutes", "use 1 to 1440"),
        ("decision.words", "soonish", "is not a date", "5 business days"),
        ("busy", "always", "always", ""),
        ("url", "javascript:alert(1)", "is not a link", "https://"),
        ("playbook", "nobody", "no playbook 'nobody'", "use one of balanced"),
        ("id", "No Such Id", "cannot be an id", "a-z"),
        ("channel", "pigeon", "is not a channel", "phone or email"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field_and_nothing_is_lost(one_page, key, text, what, remedy):
    name = key.partition(".")[0]
    answer = one_page.posts("/interviews/new", **ACME | {key: text})
    assert answer.status == 422
    assert f'<a href="#{name}">' in answer.text
    told = re.search(rf'id="{name}-wrong">(.*?)</p>', answer.text, re.DOTALL)[1]
    told = words(type(answer)(200, {}, told.encode()))
    assert what in told
    assert remedy in told
    assert re.search(rf'id="{name}"[^>]*aria-describedby="[^"]*{name}-wrong', answer.text)
    assert value_of(answer, "role") == "Product manager"
    if key not in {"playbook", "channel"}:
        assert value_of(answer, key) == text


def test_every_fault_is_told_at_once(one_page):
    answer = one_page.posts("/interviews/new", company="", role="", phone="x", timezone="EST")
    assert len(re.findall(r'id="\w+-wrong"', answer.text)) == 5


def test_an_id_of_ones_own_that_is_taken_is_refused(page):
    answer = page.posts("/interviews/new", **ACME, id="hooli-data-analyst-20261117")
    assert answer.status == 422
    assert "hooli-data-analyst-20261117" in words(answer)


def test_every_key_of_a_record_has_a_field_and_comes_back_as_it_was(page, person):
    fields = page.get("/interviews/new").text
    for key in KEYS.keys() - {"status"}:
        assert f'id="{key}"' in fields
    full = {
        "whose": "Ann", "minutes": "45", "timezone": "Europe/Berlin", "country": "DE", "region": "BY",
        "contact_role": "manager", "email": "s@t.example", "interviewers": "Tom <tom@t.example>\r\nAda",
        "agreed": "2026-12-01", "agreed.time": "10:30", "channel": "phone", "culture": "formal", "felt": "good",
        "window": "late", "busy": "Mon 09:00-10:00", "away": "2026-12-24..2026-12-31", "playbook": "gentle",
        "topic": "trees", "strengths": "patient", "missed": "the thesis", "questions": "When?\r\nWho?",
        "notes": "n", "location": "Hall 3", "url": "https://t.example/x", "language": "de", "id": "mine",
    }  # fmt: skip
    page.sends("/interviews", **hidden(page.posts("/interviews/new", **ACME | full), "/interviews"))
    record = person.does("show", "mine", "--json").json["interview"]
    assert record["interviewers"] == "Tom <tom@t.example>; Ada"
    assert record["questions"] == "When?; Who?"
    assert record["candidate"] == "Ann"
    assert record["agreed"] == "2026-12-01 10:30"
    for key in full.keys() - {"whose", "interviewers", "questions", "agreed", "agreed.time"}:
        assert str(record[key]) == full[key], key
    untouched = page.posts("/interviews/mine/edit", **_form_of(page.get("/interviews/mine/edit")))
    assert "Nothing: it says all that already." in words(untouched)


def _form_of(answer):
    """Everything in the form, as a browser would send it."""
    sent = {}
    for tag in re.findall(r"<input[^>]*>", answer.text):
        if name := re.search(r'name="([^"]+)"', tag):
            sent[name[1]] = html.unescape(re.search(r'value="([^"]*)"', tag)[1]) if "value=" in tag else ""
    for name, text in re.findall(
        r'<textarea[^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', answer.text, re.DOTALL
    ):
        sent[name] = html.unescape(text).replace("\n", "\r\n")
    for name, inside in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', answer.text, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inside)
        sent[name] = chosen[1] if chosen else re.search(r'value="([^"]*)"', inside)[1]
    return {key: text for key, text in sent.items() if not key.startswith("_") and key != "find"}


def test_a_change_shows_what_it_does_and_is_saved_as_shown(page, person):
    before = person.start("status")
    looked = page.posts(f"{HERE}/edit", **_form_of(page.get(f"{HERE}/edit")) | {"decision.words": "2 weeks"})
    said = words(looked)
    assert "When they decide 5 days → 14 days" in said
    assert "Moved: Call Bob Johnson" in said
    assert person.start("status") == before
    sent = hidden(looked, HERE)
    assert sent == {"decision": "2 weeks"}
    after = page.sends(HERE, **sent)
    assert "Changed: Hooli" in words(after)
    assert person.start("status") != before
    assert person.record()["decision"] == "14 days"


def test_a_field_can_be_emptied(page, person):
    page.sends(HERE, **_form_of(page.get(f"{HERE}/edit")) | {"phone": ""})
    assert person.record()["phone"] == ""


def test_two_tabs_that_change_different_fields_both_keep_their_change(page, person):
    form = _form_of(page.get(f"{HERE}/edit"))
    person.does("edit", 1, "--notes", "from the terminal", now="2026-11-21T09:00:00-05:00")
    page.sends(HERE, **form | {"contact": "Rob Johnson"})
    assert person.record()["contact"] == "Rob Johnson"
    assert person.record()["notes"] == "from the terminal"


def test_what_is_wrong_with_a_change_is_said_at_its_field(page, person):
    answer = page.posts(HERE, **_form_of(page.get(f"{HERE}/edit")) | {"email": "nobody", "notes": "kept"})
    assert answer.status == 422
    assert 'id="email-wrong"' in answer.text
    assert ">\nkept</textarea>" in answer.text
    assert person.record()["notes"] == ""


@pytest.mark.parametrize(
    ("end", "status"),
    [
        ("withdrew", "withdrawn"),
        ("closed", "closed"),
        ("rejected", "rejected"),
        ("offer", "offer"),
        ("invited", "closed"),
    ],
)
def test_each_end_is_told_before_and_can_be_taken_back(page, person, end, status):
    assert "No longer: Call Bob Johnson" in words(page.get(f"{HERE}/end"))
    after = page.sends(f"{HERE}/end", end=end)
    assert person.record()["status"] == status
    assert "No longer: Call Bob Johnson" in words(after)
    page.sends("/undo", change=re.search(r'name="change" value="(\d+)"', after.text)[1])
    assert person.record()["status"] == "open"


def test_looking_at_the_ends_changes_nothing(page, person):
    before = person.does("history").output
    page.get(f"{HERE}/end")
    assert person.does("history").output == before
    assert page.posts(f"{HERE}/end", end="dance").status == 400


def test_what_is_over_can_be_opened_again(page, person):
    page.sends(f"{HERE}/end", end="closed")
    after = page.sends(f"{HERE}/reopen")
    assert "Hooli is open again" in words(after)
    assert "New: Call Bob Johnson" in words(after)
    assert person.record()["status"] == "open"


def test_removing_asks_first_and_undo_brings_it_back(page, person):
    assert "It goes with 4 follow-ups and 1 things that were logged." in words(page.get(f"{HERE}/remove"))
    assert len(kept(person)) == 1
    after = page.sends(f"{HERE}/remove")
    assert "Removed: Hooli" in words(after)
    assert kept(person) == []
    page.sends("/undo", change=re.search(r'name="change" value="(\d+)"', after.text)[1])
    assert len(kept(person)) == 1
    assert person.steps() == ["status", "second", "closing"]


@pytest.fixture
def coached(tmp_path):
    person = Person(tmp_path / "home")
    for name in ("Ann", "Ben"):
        person.does("add", *HOOLI, "--candidate", name, now=AFTER_HOOLI)
    with Page(person.home, now="2026-11-21T09:00:00-05:00") as page:
        page.enter()
        yield page


def test_a_coach_sees_everybody_their_next_step_and_who_would_meet(coached):
    said = words(coached.get("/interviews"))
    assert "Ann Open: 1 Overdue: 0 Mon 23 Nov 18:00" in said
    assert "Ben Open: 1 Overdue: 0 Mon 23 Nov 18:00" in said
    assert "Ann and Ben would both call Bob Johnson" in said


def test_a_chosen_candidate_stays_chosen_and_theirs_alone_are_listed(coached):
    answer = coached.get("/interviews?candidate=Ann")
    assert 'href="/interviews/hooli-data-analyst-20261117?candidate=Ann"' in answer.text
    assert "hooli-data-analyst-20261117-2" not in answer.text
    assert value_of(coached.get("/interviews/new?candidate=Ann"), "whose") == "Ann"


def test_a_clash_between_candidates_is_told_before_it_is_saved(coached):
    sent = {key.replace("--", ""): text for key, text in zip(HOOLI[2::2], HOOLI[3::2], strict=True)}
    sent["start.words"] = sent.pop("at")
    answer = coached.posts("/interviews/new", company="Hooli", role="Analyst", whose="Cleo", **sent)
    assert "Cleo would both call Bob Johnson" in words(answer)


def test_two_rounds_that_would_be_called_about_on_one_day_are_told_before(page):
    sent = {"phone": "+1 212-555-0123", "decision.words": "5 days", "start.words": "2026-11-17 14:00"}
    said = words(page.posts("/interviews/new", company="Hooli", role="Team lead", **sent))
    assert "you would call Hooli twice on Tue 24 Nov 2026, about Data analyst and Team lead" in said

"""The settings on the page: shown as they are, looked at before they are saved, written with their comments kept."""

import html
import re
import tomllib

import pytest

from calsync.settings.writing import names
from tests.web.reading import value_of, words

_NOT_ON_THE_PAGE = {"google.api_root", "google.busy", "csv.map"}
COMMENT = "# kept by hand\n"


def settings(person):
    return tomllib.loads((person.home / "settings.toml").read_text("utf-8"))


def form_of(answer):
    """Everything in the form, as a browser sends it; of several boxes of one name all that are ticked."""
    sent = {}
    for tag in re.findall(r"<input[^>]*>", answer.text):
        name = re.search(r'name="([^"]+)"', tag)
        if (
            not name
            or name[1].startswith("_")
            or name[1] == "find"
            or ('type="checkbox"' in tag and " checked" not in tag)
        ):
            continue
        sent[name[1]] = html.unescape(re.search(r'value="([^"]*)"', tag)[1])
    for name, text in re.findall(
        r'<textarea[^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', answer.text, re.DOTALL
    ):
        sent[name] = html.unescape(text).replace("\n", "\r\n")
    for name, inside in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', answer.text, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inside)
        sent[name] = chosen[1] if chosen else re.search(r'value="([^"]*)"', inside)[1]
    return sent


def saves(page, **values):
    return page.sends("/settings", **form_of(page.get("/settings")) | values)


def test_every_setting_has_a_field_that_a_link_leads_to(one_page):
    text = one_page.get("/settings").text
    for name in set(names()) - _NOT_ON_THE_PAGE:
        assert f'id="{name}"' in text, name


def test_the_form_sent_as_it_is_changes_nothing(page, person):
    before = (person.home / "settings.toml").read_bytes()
    looked = page.posts("/settings/look", **form_of(page.get("/settings")))
    assert "Nothing: it says all that already." in words(looked)
    assert "Nothing was changed" in words(saves(page))
    assert (person.home / "settings.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        ("candidate.name", "Jo Doe", "Jo Doe"),
        ("candidate.phone", "+1 212 555 0100", "+1 212 555 0100"),
        ("candidate.email", "jo@example.com", "jo@example.com"),
        ("language", "de", "de"),
        ("timezone", "Europe/Berlin", "Europe/Berlin"),
        ("country", "DE", "DE"),
        ("region", "NY", "NY"),
        ("hours", "08:00-20:00", "08:00-20:00"),
        (
            "private_hours",
            "Mon 12:00-13:00\r\nSat 08:00-10:00",
            ["Mon 12:00-13:00", "Sat 08:00-10:00"],
        ),
        ("business_hours", "08:00-16:00", "08:00-16:00"),
        ("window", "late", "late"),
        ("monday_like", "true", True),
        ("phone", "false", False),
        ("closures", "2026-12-24..2027-01-01", ["2026-12-24..2027-01-01"]),
        ("playbook", "gentle", "gentle"),
        ("alarms.call", "60, 15", [60, 15]),
        ("alarms.email", "", []),
        ("discreet", "true", True),
        ("google.calendar", "Job search", "Job search"),
    ],
)
def test_each_setting_is_written_alone_and_shown_again(page, person, key, typed, kept):
    file = person.home / "settings.toml"
    file.write_text(COMMENT + file.read_text("utf-8"), encoding="utf-8")
    before = settings(person)
    saves(page, **{key: typed})
    assert file.read_text("utf-8").startswith(COMMENT)
    after = settings(person)
    table, _, name = key.rpartition(".")
    assert (after[table] if table else after)[name] == kept
    (after[table] if table else after).pop(name)
    (before.get(table, {}) if table else before).pop(name, None)
    assert {key: value for key, value in after.items() if value != {}} == before
    again = form_of(page.get("/settings"))
    assert again[key].replace("\r\n", "\n") == typed.replace("\r\n", "\n")


def test_weekdays_without_calls_are_a_choice_a_rule_or_none(page, person):
    form = form_of(page.get("/settings"))
    assert form["kept_free"] == "auto"
    saves(page, kept_free="friday")
    assert settings(person)["kept_free"] == ["friday"]
    form = form_of(page.get("/settings"))
    del form["kept_free"]
    page.sends("/settings", **form)
    assert settings(person)["kept_free"] == []
    saves(page, kept_free="auto")
    assert "kept_free" not in settings(person)


def test_an_emptied_setting_is_as_if_it_were_not_there(page, person):
    saves(page, hours="08:00-20:00")
    saves(page, hours="")
    assert "hours" not in settings(person)
    assert value_of(page.get("/settings"), "hours") == "07:00-21:00"


def test_a_look_says_what_changes_and_what_moves_and_writes_nothing(page, person):
    before = (person.home / "settings.toml").read_bytes()
    looked = page.posts("/settings/look", **form_of(page.get("/settings")) | {"window": "late"})
    said = words(looked)
    assert "When to call: as the playbook says → late in their day" in said
    assert "Moved: Call Bob Johnson (Hooli), Tue 24 Nov 09:00 → Tue 24 Nov" in said
    assert (person.home / "settings.toml").read_bytes() == before
    assert person.start("status").endswith("09:00")
    after = page.sends("/settings", **form_of(looked))
    assert "Settings saved" in words(after)
    assert not person.start("status").endswith("09:00")


def test_changing_something_goes_back_with_what_was_typed(page):
    looked = page.posts("/settings/look", **form_of(page.get("/settings")) | {"hours": "08:00-20:00"})
    back = page.posts("/settings/look", **form_of(looked), back="yes")
    assert value_of(back, "hours") == "08:00-20:00"
    assert value_of(back, "was.hours") == "07:00-21:00"


def test_two_tabs_that_change_different_settings_both_keep_their_change(page, person):
    form = form_of(page.get("/settings"))
    person.does("config", "set", "window", "late")
    page.sends("/settings", **form | {"hours": "08:00-20:00"})
    assert settings(person)["window"] == "late"
    assert settings(person)["hours"] == "08:00-20:00"


@pytest.mark.parametrize(
    ("key", "typed", "what"),
    [
        ("timezone", "EST", "no zone 'EST'"),
        ("country", "XX", "XX"),
        ("region", "ZZ", "ZZ"),
        ("hours", "sometimes", "sometimes"),
        ("private_hours", "Mon 12:00-13:00\r\nnever ever", "'never' is not a weekday"),
        ("business_hours", "9", "9"),
        ("closures", "christmas", "christmas"),
        ("playbook", "nobody", "no playbook 'nobody'"),
        ("alarms.call", "soon", "soon"),
        ("alarms.call", "1, 2, 3, 4, 5, 6", "holds 6 alarms"),
        ("candidate.email", "jo", "is not an email address"),
        ("candidate.phone", "none", "is not a phone number"),
        ("window", "noon", "is not a part of the day"),
    ],
)
@pytest.mark.parametrize("path", ["/settings", "/settings/look"])
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_written(one_page, key, typed, what, path):
    form = form_of(one_page.get("/settings"))
    before = (one_page.home / "settings.toml").read_bytes()
    answer = one_page.posts(path, **form | {key: typed, "candidate.name": "StoredInterview"})
    assert answer.status == 422
    told = re.search(rf'id="{re.escape(key)}-wrong">(.*?)</p>', answer.text, re.DOTALL)[1]
    assert what in html.unescape(re.sub("<[^>]+>", "", told))
    assert f'<a href="#{key}">' in answer.text
    assert value_of(answer, "candidate.name") == "StoredInterview"
    assert (one_page.home / "settings.toml").read_bytes() == before


def test_playbooks_are_told_with_their_titles_and_their_sources(one_page):
    said = words(one_page.get("/settings"))
    assert "Balanced: Thank by email" in said
    assert re.search(r"Gentle .*\d{3}-\d\d", said)


def test_a_home_without_settings_gets_a_file(page, person):
    (person.home / "settings.toml").unlink()
    saves(page, hours="08:00-20:00")
    assert settings(person) == {"hours": "08:00-20:00"}


def test_the_rule_behind_a_date_leads_to_its_setting(page):
    number = re.search(r'href="/event/([\d.]+)"><b>[\d:]+</b> Status call', page.get("/").text)[1]
    links = re.findall(r'href="/settings#([\w.]+)"', page.get(f"/event/{number}").text)
    assert links
    text = page.get("/settings").text
    assert all(f'id="{key}"' in text for key in links)

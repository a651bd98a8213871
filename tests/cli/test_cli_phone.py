"""``calsync phone``: what a person sees, and that it is what goes to the phone."""

import json
import re

import pytest
from icalendar import Calendar

from tests.cli.person import ACME, CALL, Person
from tests.pictures import codes_in, picture_of_svg, picture_of_terminal

BLOCK = re.compile(r"^\x1b\[38;5;16;48;5;231m.*\x1b\[0m$", re.MULTILINE)


@pytest.fixture
def person(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm-256color")
    someone = Person(tmp_path / "home")
    someone.does("add", *ACME)
    return someone


def test_the_next_three_are_shown_each_with_a_code_and_four_links(person):
    shown = person.does("phone").out
    assert shown.count("https://calendar.google.com/") == 3
    for host in ("outlook.live.com", "outlook.office.com", "calendar.yahoo.com"):
        assert shown.count(f"https://{host}/") == 3


def test_a_reader_finds_in_the_terminal_what_json_says(person, tmp_path, outside_program):
    zbarimg = outside_program("zbarimg")
    (event,) = person.does("phone", "--json", status_call(person)).json["events"]
    shown = person.does("phone", status_call(person)).out
    picture = picture_of_terminal("\n".join(BLOCK.findall(shown)), tmp_path / "terminal.png")
    assert codes_in(picture, zbarimg).split() == event["code"].split()


def status_call(person):
    document = json.loads(person.does("plan", "--json").out)
    (event,) = (each for each in document["interviews"][0]["events"] if each["step"] == "status")
    return event["uid"]


def test_json_names_the_event_its_code_and_its_links(person):
    (event,) = person.does("phone", "--json", status_call(person)).json["events"]
    assert set(event) == {"uid", "ref", "summary", "start", "code", "links"}
    assert set(event["links"]) == {"google", "outlook", "office", "yahoo"}
    (found,) = Calendar.from_ical(event["code"]).walk("VEVENT")
    assert (str(found["UID"]), str(found["SUMMARY"])) == (event["uid"], event["summary"])
    assert str(found["LOCATION"]) == "+1 212-555-0142"


def test_a_picture_holds_the_codes(person, tmp_path, outside_program):
    zbarimg = outside_program("zbarimg")
    file = tmp_path / "code.svg"
    person.does("phone", status_call(person), "--svg", file)
    (event,) = person.does("phone", "--json", status_call(person)).json["events"]
    picture = picture_of_svg(file.read_text(encoding="utf-8"), tmp_path / "code.png")
    assert codes_in(picture, zbarimg).split() == event["code"].split()
    person.does("phone", "--svg", file)  # our own picture may be written over


def test_somebody_elses_file_is_not_written_over(person, tmp_path):
    file = tmp_path / "mine.svg"
    file.write_text("<svg/>", encoding="utf-8")
    assert person.tries("phone", "--svg", file).code == 73
    assert file.read_text(encoding="utf-8") == "<svg/>"


@pytest.mark.parametrize(("variable", "value"), [("COLUMNS", "60"), ("TERM", "dumb")])
def test_a_terminal_that_cannot_show_a_code_says_how_to_get_it(person, monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    shown = person.does("phone").out
    assert not BLOCK.search(shown)
    assert "--svg code.svg" in shown
    assert "https://calendar.google.com/" in shown


def test_what_a_copy_cannot_do_is_said_in_a_line(person):
    (line,) = person.does("phone").messages.splitlines()
    assert "do not move with the plan" in line
    assert "ring" in line


def test_a_discreet_person_has_neither_employer_nor_words_on_the_phone(tmp_path):
    person = Person(
        tmp_path / "home", 'timezone = "America/New_York"\ncountry = "US"\ndiscreet = true\nlanguage = "en"\n'
    )
    person.does("add", *ACME)
    found = person.does("phone", "--json").json["events"]
    assert found
    for each in found:  # the uid is no text that anybody sees
        seen = json.dumps([each["summary"], each["code"].partition("DTSTART")[2], each["links"]])
        assert not re.search("acme|interview|product", seen, re.IGNORECASE)


def test_another_candidates_follow_ups_hold_nothing_of_mine(person):
    person.does("config", "set", "candidate.name", "Alex Doe")
    person.does("config", "set", "candidate.phone", "+1 312-555-0199")
    person.does("add", "Globex", "Analyst", "--at", "2026-11-13 10:00", "--candidate", "Ana Lima")
    found = person.does("phone", "--candidate", "Ana Lima", "--json").json["events"]
    assert found
    assert not re.search("Alex|Acme|312-555-0199", json.dumps(found))


def test_nothing_pending_is_no_error(tmp_path):
    assert "Nothing is pending." in Person(tmp_path / "home").does("phone").out


def test_a_follow_up_that_there_is_not_is_refused(person):
    assert person.tries("phone", "99").code in {2, 66}


def test_german_settings_speak_german(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    person = Person(tmp_path / "home", 'timezone = "Europe/Berlin"\ncountry = "DE"\nlanguage = "de"\n')
    person.does("add", *ACME)
    told = person.does("phone", now=CALL)
    assert "needs" not in told.out
    assert "copies" not in told.messages

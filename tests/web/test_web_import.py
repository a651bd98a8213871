"""Files and invitations on the page: dropped, looked at, and saved only then."""

import base64
import re
from urllib.parse import urlencode

import pytest

from tests.cli.person import Person
from tests.cli.running import ROOT
from tests.web.page import Page
from tests.web.reading import words

INVITATIONS = ROOT / "fixtures" / "invitations"
GOOD = b"Employer,Position,Interview date,Phone\nAcme,PM,2026-11-12 14:00,212-555-0142\nUmbrella,Lead,2026-11-13 10:00,\n"
BAD_ROW = GOOD + b"Hooli,Analyst,3/4/2026 10:00,\n"
STRANGE = b"Employer,Position,Interview date,Pay\nAcme,PM,2026-11-12 14:00,100\n"
UNKNOWN = b"Firm I saw,Position,Interview date\nAcme,PM,2026-11-12 14:00\n"
BOUNDARY = "a-line-between-parts"


@pytest.fixture
def person(tmp_path):
    person = Person(tmp_path / "home")
    person.does("list", now="2026-11-01T09:00:00-05:00")
    return person


@pytest.fixture
def page(person):
    with Page(person.home, now="2026-11-14T09:00:00-05:00") as page:
        page.enter()
        yield page


def drops(page, *files, to="/import", **fields):
    """Files in a form, as a browser sends them: each a name and what is in it."""
    token = re.search(r'name="_token" value="(\w+)"', page.get("/import").text)[1]
    parts = [
        f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode()
        for name, value in [("_token", token), *fields.items()]
    ]
    parts += [
        b'Content-Disposition: form-data; name="files"; filename="%s"\r\nContent-Type: application/octet-stream\r\n\r\n%s'
        % (name.encode(), content)
        for name, content in files
    ]
    line = f"--{BOUNDARY}".encode()
    body = b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"
    headers = {
        "Cookie": page.cookie,
        "Origin": page.origin,
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
    }
    return page.asks("POST", to, headers, body)


def carried(*files, **fields):
    """The hidden fields of the look, as they come back."""
    return {
        "name": [name for name, _ in files],
        "data": [base64.urlsafe_b64encode(content).decode() for _, content in files],
        **fields,
    }


def sends(page, path, fields):
    token = re.search(r'name="_token" value="(\w+)"', page.get("/import").text)[1]
    headers = {
        "Cookie": page.cookie,
        "Origin": page.origin,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return page.asks("POST", path, headers, urlencode({"_token": token, **fields}, doseq=True).encode())


def saves(page, *files, **fields):
    answer = sends(page, "/import/take", carried(*files, **fields))
    assert answer.status == 303, words(answer)
    return page.get(answer.headers["location"])


def companies(person):
    return [each["company"] for each in person.does("list", "--json").json["interviews"]]


def test_a_spreadsheet_is_shown_with_its_plans_and_saved_only_then(page, person):
    looked = drops(page, ("jobs.csv", GOOD))
    assert looked.status == 200
    assert "2 new, 0 changed, 0 known already" in words(looked)
    assert "Acme · PM · Thu 12 Nov 2026 14:00 (New York)" in words(looked)
    assert "Call your contact" in words(looked)
    assert companies(person) == []
    assert f'name="data" value="{carried(("", GOOD))["data"][0]}"' in looked.text
    after = saves(page, ("jobs.csv", GOOD))
    assert "Imported 2 new" in words(after)
    assert companies(person) == ["Acme", "Umbrella"]
    page.sends("/undo", change=re.search(r'name="change" value="(\d+)"', after.text)[1])
    assert companies(person) == []


def test_the_same_file_twice_is_known_and_a_changed_one_says_what_it_changes(page, person):
    saves(page, ("jobs.csv", GOOD))
    assert "0 new, 0 changed, 2 known already" in words(drops(page, ("jobs.csv", GOOD)))
    assert "Nothing new in it" in words(saves(page, ("jobs.csv", GOOD)))
    changed = GOOD.replace(b"0142", b"0143")
    assert "The number they gave you: 212-555-0142 → 212-555-0143" in words(
        drops(page, ("jobs.csv", changed))
    )
    saves(page, ("jobs.csv", changed))
    assert person.record(1)["phone"] == "212-555-0143"


def test_bad_rows_are_listed_and_can_be_left_out(page, person):
    looked = drops(page, ("jobs.csv", BAD_ROW))
    said = words(looked)
    assert looked.status == 422
    assert "Rows that cannot be taken: 1. Good rows: 2." in said
    assert "jobs.csv, row 4 start '3/4/2026 10:00'" in said
    assert "write 2026-04-03 or 2026-03-04" in said
    refused = sends(page, "/import/take", carried(("jobs.csv", BAD_ROW)))
    assert refused.status == 422
    assert companies(person) == []
    skipping = sends(page, "/import", carried(("jobs.csv", BAD_ROW), skip_bad="yes"))
    assert skipping.status == 200
    assert 'name="skip_bad" value="yes" checked' in skipping.text
    assert "2 new, 1 left out" in words(saves(page, ("jobs.csv", BAD_ROW), skip_bad="yes"))
    assert companies(person) == ["Acme", "Umbrella"]


def test_days_that_can_be_read_two_ways_are_asked_for_on_the_page(page, person):
    open_ = ("jobs.csv", b"company,role,start\nAcme,PM,03/04/2027 10:00\n")
    assert "Days like 03/04/2026 are meant" in words(drops(page, open_))
    assert sends(page, "/import", carried(open_, dates="mdy")).status == 200
    saves(page, open_, dates="mdy")
    assert person.record(1)["start"] == "2027-03-04 10:00"


def test_a_column_that_nobody_knows_can_be_left_out_or_named(page, person):
    assert "columns left out: 'Pay'" in words(drops(page, ("jobs.csv", STRANGE)))
    looked = drops(page, ("jobs.csv", STRANGE.replace(b"Position", b"rolle")))
    assert "Not every column is understood." in words(looked)
    assert "--map" not in looked.text
    mapped = {
        "head": ["Employer", "Position", "Interview date", "Pay"],
        "key": ["company", "role", "start", "-"],
    }
    assert sends(page, "/import", carried(("jobs.csv", STRANGE), **mapped)).status == 200
    saves(page, ("jobs.csv", STRANGE), **mapped)
    named = {"head": ["Firm I saw", "Position", "Interview date"], "key": ["company", "role", "start"]}
    assert drops(page, ("more.csv", UNKNOWN)).status == 422
    assert "0 new, 0 changed, 1 known already" in words(
        sends(page, "/import", carried(("more.csv", UNKNOWN), **named))
    )
    assert companies(person) == ["Acme"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("jobs.toml", b'[[interview]]\ncompany = "Acme"\nrole = "PM"\nstart = 2026-11-12 14:00:00\n'),
        ("jobs.json", b'[{"company": "Acme", "role": "PM", "start": "2026-11-12 14:00"}]'),
    ],
)
def test_toml_and_json_are_taken_too(page, person, name, content):
    looked = drops(page, (name, content))
    assert looked.status == 200, words(looked)
    saves(page, (name, content))
    assert companies(person) == ["Acme"]


def invitation(name):
    return name, (INVITATIONS / name).read_bytes()


def test_an_invitation_proposes_and_somebody_confirms(page, person):
    looked = drops(page, invitation("google-request.ics"))
    assert looked.status == 200
    assert "A new interview Please confirm: Company from the title" in words(looked)
    assert re.search(r'name="0\.company" value="Acme"', looked.text)
    assert companies(person) == []
    after = saves(page, invitation("google-request.ics"), **{"0.company": "Acme Robotics", "0.role": "PM"})
    assert "New: Acme Robotics" in words(after)
    record = person.record()
    assert (record["company"], record["role"], record["contact"]) == ("Acme Robotics", "PM", "Sarah Smith")


def test_a_mail_is_taken_for_the_invitation_in_it(page, person):
    content = (INVITATIONS / "cases" / "mail.eml").read_bytes()
    answer = drops(page, ("mail.eml", content))
    assert answer.status == 200
    assert answer.text.count("A new interview") == 1
    data = re.search(r'name="data" value="([^"]+)"', answer.text)[1]
    sends(page, "/import/take", {"name": ["mail.eml"], "data": [data]})
    (interview,) = person.does("list", "--json").json["interviews"]
    assert (interview["company"], interview["contact"]) == ("Brightwater", "Rosa Klein")


def test_a_mail_without_an_invitation_says_so(page):
    answer = drops(page, ("mail.eml", b"From: a@b.example\r\n\r\nHello"))
    assert answer.status == 422
    assert "there is no invitation in this mail" in words(answer)


def test_what_an_invitation_does_not_tell_is_asked_for(page, person):
    looked = drops(page, invitation("mozilla-zone.ics"))
    assert looked.status == 422
    assert "the invitation does not tell it" in words(looked)
    assert '<button class="main">' not in looked.text
    assert sends(page, "/import/take", carried(invitation("mozilla-zone.ics"))).status == 422
    told = {"0.company": "Vandelay", "0.role": "Cook"}
    assert sends(page, "/import", carried(invitation("mozilla-zone.ics"), **told)).status == 200
    saves(page, invitation("mozilla-zone.ics"), **told)
    assert companies(person) == ["Vandelay"]


def test_a_zone_that_is_missing_is_asked_for(page, person):
    looked = drops(page, invitation("plain-floating.ics"))
    assert looked.status == 422
    assert 'name="0.timezone"' in looked.text
    told = {"0.timezone": "Europe/Berlin", "0.company": "Acme", "0.role": "PM"}
    saves(page, invitation("plain-floating.ics"), **told)
    assert person.record()["timezone"] == "Europe/Berlin"


def test_newer_older_and_cancelling_messages_are_told_for_what_they_are(page, person):
    page.now = "2026-11-02T09:00:00-05:00"
    saves(page, invitation("google-request.ics"))
    moved = drops(page, invitation("google-moved.ics"))
    assert "It moves an interview that is known: Moved: " in words(moved)
    assert person.record()["start"] == "2026-11-12 14:00"
    assert "Moved: Acme" in words(saves(page, invitation("google-moved.ics")))
    assert person.record()["start"] == "2026-11-17 14:00"
    assert "an older message" in words(drops(page, invitation("google-request.ics")))
    cancels = drops(page, invitation("google-cancelled.ics"))
    assert "It cancels this interview" in words(cancels)
    assert person.record()["status"] == "open"
    saves(page, invitation("google-cancelled.ics"))
    assert person.record()["status"] == "closed"


def test_several_files_are_taken_all_or_none(page, person):
    broken = ("broken.ics", b"BEGIN:VCALENDAR\nnonsense")
    refused = sends(page, "/import/take", carried(("jobs.csv", GOOD), broken))
    assert refused.status == 422
    assert companies(person) == []
    saves(page, ("jobs.csv", GOOD), invitation("greenhouse-request.ics"), **{"1.company": "Vandelay"})
    assert sorted(companies(person)) == ["Acme", "Umbrella", "Vandelay"]


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("photo.png", b"\x89PNG", "this is no file of interviews that calsync reads"),
        ("jobs.csv", b"\x81\x8d\n", "is not UTF-8"),
        ("jobs.json", b"{", "this is not JSON"),
        ("jobs.toml", b"=", "this is not TOML"),
        ("empty.csv", b"", "it does not begin with a row of headers"),
        ("a.ics", b"hello", "it is no invitation"),
        ("big.ics", b"BEGIN:VCALENDAR\n" + b"X" * (1 << 20), "it is larger than 1 MiB"),
    ],
)
def test_what_cannot_be_read_is_said_with_what_helps(page, name, content, what):
    answer = drops(page, (name, content))
    assert answer.status == 422
    assert what in words(answer)
    assert "What helps:" in words(answer)


def test_too_much_no_file_and_a_torn_one_are_refused(page):
    assert drops(page, ("a.csv", b"x" * (2 * 1024 * 1024 + 1))).status == 422
    assert drops(page).status == 400
    assert sends(page, "/import", {"name": "a.csv", "data": "%%%"}).status == 422
    assert sends(page, "/import", {"name": "a.csv", "data": "ä"}).status == 422


def test_two_megabytes_go_to_the_look_and_back_to_be_saved(page, person):
    line = b" " * 4_095 + b"\n"
    content = b"company,role,start\nAcme,PM,2026-11-12 14:00\n" + line * 511
    assert drops(page, ("jobs.csv", content)).status == 200
    saves(page, ("jobs.csv", content))
    assert companies(person) == ["Acme"]


def test_a_name_with_folders_and_marks_is_shown_as_a_plain_name(page):
    answer = drops(page, ("..\\..\\<b>jobs</b>.csv", GOOD))
    assert "<b>jobs" not in answer.text
    assert "&lt;b&gt;" in answer.text or "b&gt;.csv" in answer.text


def test_nothing_is_left_behind_between_the_look_and_the_saving(page, person):
    assert "Umbrella" in words(drops(page, ("jobs.csv", GOOD), invitation("google-request.ics")))
    assert companies(person) == []
    assert [
        path for path in person.home.rglob("*") if path.is_file() and b"Umbrella" in path.read_bytes()
    ] == []
    assert "Nothing has changed yet." in person.does("history").out


def test_an_invitation_of_half_a_megabyte_goes_to_the_look_and_back(page, person):
    name, content = invitation("google-request.ics")
    long = b"X-FILLER:" + b"n" * 60 + b"\r\n"
    content = content.replace(b"BEGIN:VEVENT\r\n", b"BEGIN:VEVENT\r\n" + long * 8_000, 1)
    looked = drops(page, (name, content))
    assert looked.status == 200, words(looked)
    told = {"0.company": "Acme", "0.role": "PM"}
    assert sends(page, "/import", carried((name, content), **told)).status == 200
    saves(page, (name, content), **told)
    assert companies(person) == ["Acme"]


def a_day():
    """The invitation for a whole day."""
    name, content = invitation("google-request.ics")
    for kind, clock in (("DTSTART", b"140000"), ("DTEND", b"150000")):
        old = kind.encode() + b";TZID=America/New_York:20261112T" + clock
        assert old in content
        content = content.replace(old, kind.encode() + b";VALUE=DATE:20261112")
    return name, content


def test_a_day_is_asked_for_its_time(page, person):
    looked = drops(page, a_day())
    assert looked.status == 422
    assert "it is for a whole day, Thu 12 Nov 2026" in words(looked)
    assert 'name="0.start"' in looked.text
    saves(page, a_day(), **{"0.start": "2026-11-12 10:00", "0.timezone": "America/New_York"})
    assert person.record()["start"] == "2026-11-12 10:00"


def test_who_is_taken_for_the_candidate_is_shown_and_can_be_corrected(page, person):
    looked = drops(page, invitation("cases/candidate-in-title.ics"))
    assert 'name="0.me" value="robin.vale@mail.example"' in looked.text
    assert "is taken for you" in words(looked)
    saves(page, invitation("cases/candidate-in-title.ics"), **{"0.me": "robin.vale@mail.example"})
    assert (person.record()["contact"], person.record()["interviewers"]) == ("Rosa Klein", "")


def test_a_cancellation_that_comes_first_can_be_saved_and_counts_later(page, person):
    page.now = "2026-11-02T09:00:00-05:00"
    looked = drops(page, invitation("google-cancelled.ics"))
    assert "should the invitation still come, it is cancelled" in words(looked)
    assert '<button class="main">' in looked.text
    saves(page, invitation("google-cancelled.ics"))
    saves(page, invitation("google-request.ics"))
    assert person.record()["status"] == "closed"

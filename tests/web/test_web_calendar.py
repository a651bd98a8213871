"""The calendar on the page: a file to take along, a sync with a Google that runs here, an address for other programs."""

import re
import stat
import sys

import pytest
from icalendar import Calendar

from tests.cli.signing_in import ACCESS
from tests.cli.signing_in import signed_in as signs_in
from tests.fakes.google import FakeGoogle
from tests.web.page import Page
from tests.web.reading import words

NOW = "2026-11-21T09:00:00-05:00"


def summaries(content):
    return [str(event["summary"]) for event in Calendar.from_ical(content).walk("VEVENT")]


# The file


def test_the_file_has_every_follow_up(page):
    answer = page.get("/calendar/follow-ups.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert 'filename="follow-ups.ics"' in answer.headers["content-disposition"]
    assert "Call Bob Johnson · Hooli" in summaries(answer.body)


def test_the_file_of_one_candidate_has_theirs_alone(page, person):
    person.does("add", "Umbrella", "Lead", "--at", "2026-11-18 10:00", "--candidate", "Zoë", now=NOW)
    assert "candidate=Zo%C3%AB" in page.get("/calendar").text
    answer = page.get("/calendar/follow-ups.ics?candidate=Zo%C3%AB")
    assert all("Umbrella" in each for each in summaries(answer.body))
    assert "filename*=UTF-8''follow-ups%20Zo%C3%AB.ics" in answer.headers["content-disposition"]


# The address


def address(page):
    found = re.search(r"<code>http://127\.0\.0\.1:\d+(/feed/[^<]+)</code>", page.get("/calendar").text)
    return found[1] if found else ""


def test_there_is_no_address_until_somebody_makes_one(page):
    assert address(page) == ""
    assert page.asks("GET", "/feed/.ics").status == 404
    said = words(page.sends("/calendar/rotate"))
    assert "Here is the address" in said
    assert "A phone cannot" in said
    assert f"calsync web --port {page.port}" in said


def test_a_program_reads_the_address_without_a_cookie_and_a_stranger_reads_nothing(page):
    page.sends("/calendar/rotate")
    path = address(page)
    answer = page.asks("GET", path)
    assert answer.status == 200
    assert "Call Bob Johnson · Hooli" in summaries(answer.body)
    assert "content-security-policy" in answer.headers
    for other in (
        f"{path[:-5]}x.ics",
        path.removesuffix(".ics"),
        "/feed/x.ics",
        "/feed/x",
        f"{path}/x",
        "/feed/",
    ):
        refused = page.asks("GET", other)
        assert refused.status in {403, 404}, other
        assert b"Hooli" not in refused.body
        assert b"_token" not in refused.body
    assert page.asks("GET", path, host="evil.example").status == 400
    assert page.asks("POST", path, {"Origin": page.origin}).status in {403, 405}
    assert page.asks("HEAD", path).status == 200


def test_a_new_address_makes_the_old_one_worthless(page):
    page.sends("/calendar/rotate")
    old = address(page)
    assert "the old one no longer works" in words(page.sends("/calendar/rotate"))
    assert address(page) != old
    assert page.asks("GET", old).status == 404
    assert page.asks("GET", address(page)).status == 200


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_the_secret_is_kept_for_its_owner_alone_and_outlives_the_page(page, person):
    page.sends("/calendar/rotate")
    path = address(page)
    assert stat.S_IMODE((person.home / "feed-secret").stat().st_mode) == 0o600
    with Page(person.home) as another:
        assert another.asks("GET", path).status == 200


def test_who_has_the_file_already_hears_that_nothing_is_new(page, person):
    page.sends("/calendar/rotate")
    path = address(page)
    first = page.asks("GET", path)
    page.now = "2026-11-21T10:00:00-05:00"
    again = page.asks("GET", path)
    assert (again.body, again.headers["etag"]) == (first.body, first.headers["etag"])
    tag, since = first.headers["etag"], first.headers["last-modified"]
    for asked in (
        {"If-None-Match": tag},
        {"If-None-Match": f'"other", W/{tag}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": since},
    ):
        answer = page.asks("GET", path, asked)
        assert (answer.status, answer.body) == (304, b"")
    for asked in (
        {"If-None-Match": '"other"', "If-Modified-Since": since},
        {"If-Modified-Since": "yesterday"},
        {"If-Modified-Since": "Mon, 01 Jan 2024 00:00:00 GMT"},
    ):
        assert page.asks("GET", path, asked).status == 200
    person.does("edit", 1, "--decision", "2 weeks", now="2026-11-21T10:30:00-05:00")
    page.now = "2026-11-21T11:00:00-05:00"
    for asked in ({"If-None-Match": tag}, {"If-Modified-Since": since}):
        answer = page.asks("GET", path, asked)
        assert answer.status == 200
        assert answer.headers["etag"] != tag


def test_the_address_of_one_candidate_has_theirs_alone(page, person):
    person.does("add", "Umbrella", "Lead", "--at", "2026-11-18 10:00", "--candidate", "Zoe", now=NOW)
    page.sends("/calendar/rotate")
    assert all(
        "Umbrella" in each for each in summaries(page.asks("GET", f"{address(page)}?candidate=Zoe").body)
    )


def test_whoever_has_no_cookie_hears_nothing_of_what_is_wrong(page, person):
    page.sends("/calendar/rotate")
    path = address(page)
    (person.home / "settings.toml").write_text('hours = "never"\n', encoding="utf-8")
    answer = page.asks("GET", path)
    assert answer.status == 503
    assert b"settings" not in answer.body


# Google


@pytest.fixture
def google():
    with FakeGoogle(token=ACCESS) as fake:
        yield fake
        assert fake.offences == []


@pytest.fixture
def signed_in(person, google):
    """The person has signed in, in a terminal."""
    signs_in(person.home, google)
    return person


def events(google):
    return google.user.events(google.user.calendars()[-1])


def there(google, word):
    (found,) = [event for event in events(google) if event["summary"].startswith(word)]
    return found


def test_who_is_not_signed_in_is_told_what_to_type(page):
    said = words(page.get("/calendar"))
    assert "Not signed in. Signing in is done in a terminal" in said
    assert "calsync auth google" in said
    assert page.posts("/calendar/sync").status == 400
    assert "you are not signed in to Google" in words(page.posts("/calendar/sync"))


@pytest.mark.usefixtures("signed_in")
def test_a_look_says_what_a_sync_would_do_and_does_nothing(google, page):
    said = words(page.posts("/calendar/sync/look"))
    assert "Nothing is done yet." in said
    assert "Would be new: 4" in said
    assert "Call Bob Johnson · Hooli" in said
    assert google.user.calendars() == ["kim@example.com"]
    assert "There was no sync yet." in words(page.get("/calendar"))


@pytest.mark.usefixtures("signed_in")
def test_a_sync_brings_the_follow_ups_there_and_says_when_it_was(google, page):
    after = words(page.sends("/calendar/sync"))
    assert "Synced New: 4" in after
    assert len(events(google)) == 4
    assert "Last sync: Sat 21 Nov 2026 09:00" in after
    assert "new: 4, changed: 0, taken away: 0, unchanged: 0" in after
    page.now = "2026-11-21T09:30:00-05:00"
    assert "Synced 30 minutes ago" in words(page.get("/"))
    assert "Unchanged: 4" in words(page.sends("/calendar/sync"))


@pytest.mark.usefixtures("google")
def test_a_sync_in_a_terminal_is_told_too(signed_in, page):
    signed_in.does("sync", "google", now=NOW)
    assert "new: 4, changed: 0" in words(page.get("/calendar"))


@pytest.mark.usefixtures("signed_in")
def test_what_the_user_changed_or_deleted_there_is_kept_and_listed(google, page):
    page.sends("/calendar/sync")
    calendar = google.user.calendars()[-1]
    call, second = there(google, "Call"), events(google)[-1]
    google.user.edit(calendar, call["id"], summary="Ring Bob")
    google.user.delete(calendar, second["id"])
    said = words(page.sends("/calendar/sync"))
    assert "Kept as you changed it" in said
    assert "you changed the title, and that stays" in said
    assert "Kept deleted, as you deleted it" in said
    page.sends("/calendar/sync", restore="yes")
    assert any(second["summary"] == each["summary"] for each in events(google))


def test_many_at_once_are_asked_about_first(signed_in, google, page):
    signed_in.does("add", "Umbrella", "Lead", "--at", "2026-11-20 10:00", now=NOW)
    page.sends("/calendar/sync")
    before = len(events(google))
    for number in (1, 2):
        signed_in.does("log", number, "offer", now=NOW)
    asked = page.posts("/calendar/sync")
    assert asked.status == 409
    assert "Yes, take all of that away" in words(asked)
    assert len(events(google)) == before
    assert f"Taken away: {before}" in words(page.sends("/calendar/sync", yes="yes"))
    assert events(google) == []


@pytest.mark.usefixtures("signed_in")
def test_a_calendar_that_is_gone_is_made_anew_only_when_asked(google, page):
    page.sends("/calendar/sync")
    google.user.delete_calendar(google.user.calendars()[-1])
    answer = page.posts("/calendar/sync")
    assert answer.status == 409
    assert "The calendar is gone" in words(answer)
    assert "New: 4" in words(page.sends("/calendar/sync", restore="yes"))


@pytest.mark.usefixtures("signed_in", "google")
def test_no_secret_of_the_sign_in_is_on_any_page(page):
    page.sends("/calendar/sync")
    for path in ("/calendar", "/", "/settings"):
        assert "canary" not in page.get(path).text


def test_a_google_that_cannot_be_reached_is_said_in_plain_words(signed_in, page):
    settings = signed_in.home / "settings.toml"
    text = re.sub(r'api_root = ".*"', 'api_root = "http://127.0.0.1:9/"', settings.read_text("utf-8"))
    settings.write_text(text, encoding="utf-8")
    answer = page.posts("/calendar/sync")
    assert answer.status in {502, 503}
    assert "What helps:" in words(answer)
    assert page.heard == []

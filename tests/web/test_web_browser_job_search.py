"""A whole job search from the page alone, with a mouse and a keyboard, over two weeks and a half."""

import base64
from datetime import datetime, timedelta
from itertools import cycle

import pytest
from icalendar import Calendar

from tests.cli.person import Person
from tests.cli.running import ROOT
from tests.cli.signing_in import ACCESS, REFRESH, SECRET, signed_in
from tests.fakes.google import FakeGoogle
from tests.web.browser import opened
from tests.web.page import Page

INVITATION = ROOT / "fixtures" / "invitations" / "google-request.ics"
BEGIN = datetime.fromisoformat("2026-11-10T12:30:00-05:00")
WEEKS = 17
DROP = """({ name, data, type }) => {
    const files = new DataTransfer();
    const bytes = Uint8Array.from(atob(data), (each) => each.charCodeAt(0));
    files.items.add(new File([bytes], name, { type }));
    for (const kind of ['dragover', 'drop']) {
        document.querySelector('[data-drops]').dispatchEvent(new DragEvent(kind, { dataTransfer: files, bubbles: true }));
    }
}"""


class Seeker:
    """The person before the page: looks, types, clicks; ``said`` is the last banner."""

    def __init__(self, tab, page):
        self.tab, self.page, self.logged = tab, page, []

    @property
    def said(self):
        return self.tab.get_by_role("status").inner_text()

    def clicks(self, name, role="button"):
        self.tab.get_by_role(role, name=name, exact=True).first.click()

    def adds(self, company, position, start, **more):
        self.tab.goto(f"{self.page.origin}/")
        self.clicks("+ Interview", "link")
        self.tab.get_by_role("textbox", name="Company").fill(company)
        self.tab.get_by_label("Position").fill(position)
        self.tab.get_by_role("textbox", name="or write it").first.fill(start)
        for label, text in more.items():
            self.tab.get_by_label(label.replace("_", " "), exact=True).first.fill(text)
        self.clicks("Show the plan")
        assert "Nothing is saved yet" in self.tab.inner_text("main")
        self.clicks("Save")
        assert f"Added: {company}" in self.said

    def drops(self, path, kind):
        self.tab.goto(f"{self.page.origin}/import")
        data = base64.b64encode(path.read_bytes()).decode()
        with self.tab.expect_navigation():
            self.tab.evaluate(DROP, {"name": path.name, "data": data, "type": kind})

    def is_due(self):
        """Whether what is to be done next is for today, or overdue."""
        when = self.tab.locator(".next .when")
        return when.count() and any(word in when.inner_text() for word in ("overdue", "today"))

    def does_what_is_due(self, results):
        """Today's calls and emails, each with what came of it; what only prepares goes by itself."""
        self.tab.goto(f"{self.page.origin}/")
        while self.is_due() and self.tab.locator(".next .outcomes").count():
            is_call = self.tab.get_by_role("button", name="No answer").count()
            name = next(results) if is_call else "Sent"
            button = self.tab.locator(".next .outcomes").get_by_role("button", name=name).first
            self.logged.append((self.page.now[:10], self.tab.inner_text(".next h3"), name))
            button.click()
            self.tab.get_by_role("button", name="Undo").wait_for()


@pytest.fixture
def google():
    with FakeGoogle(token=ACCESS) as fake:
        yield fake
        assert fake.offences == []


def test_three_interviews_an_invitation_two_weeks_of_outcomes_a_sync_and_a_file(tab, tmp_path, google):
    person = Person(tmp_path / "home")
    signed_in(person.home, google)
    with Page(person.home, now=BEGIN.isoformat()) as page:
        seeker = Seeker(opened(tab, page), page)
        assert "Nothing here yet" in tab.inner_text("main")
        seeker.adds("Hooli", "Data analyst", "today 10:00", Whom_to_call_or_write="Bob Johnson",
                    The_number_they_gave_you="+1 212-555-0123", Their_email_address="bob@hooli.example")  # fmt: skip
        seeker.adds(
            "Initech",
            "Nurse",
            "tomorrow 2pm",
            Whom_to_call_or_write="Ann Lee",
            The_number_they_gave_you="212-555-0100",
        )
        seeker.adds("Umbrella", "Lead", "13 November 2026 09:00", Their_email_address="jobs@umbrella.example")
        seeker.drops(INVITATION, "text/calendar")
        assert "Product Manager" in tab.inner_text("main")
        seeker.clicks("Save")
        assert "Acme" in seeker.said
        two_weeks(seeker, person)
        same_everywhere(seeker, person, google)
        for path in ("/", "/interviews", "/calendar", "/settings"):
            tab.goto(f"{page.origin}{path}")
            assert not any(secret in tab.content() for secret in (ACCESS, REFRESH, SECRET))
        assert page.heard == []


def two_weeks(seeker, person):
    """Every evening what is due; once a click that was a mistake, once a day that they named, and a happy end."""
    results = cycle(["No answer", "Left voicemail", "Talked"])
    for day in range(WEEKS):
        seeker.page.now = (BEGIN + timedelta(days=day, hours=5)).isoformat()
        seeker.does_what_is_due(results)
        if day == 3:
            assert len(seeker.logged) >= 4, seeker.logged
            seeker.clicks("Undo")
            assert "Taken back" in seeker.said
            mistaken = seeker.logged.pop()
            seeker.does_what_is_due(results)
            assert seeker.logged[-1][:2] == mistaken[:2]
    assert len({company for _, company, _ in seeker.logged}) > 4
    told = [
        outcome
        for number in range(1, 5)
        for outcome in person.does("show", number, "--json").json["outcomes"]
    ]
    assert len(told) == len(seeker.logged)
    seeker.tab.goto(f"{seeker.page.origin}/interviews")
    seeker.clicks("Initech", "link")
    seeker.clicks("It is over, or I withdraw", "link")
    seeker.clicks("They made an offer")
    assert person.record(2)["status"] == "offer"


def same_everywhere(seeker, person, google):
    """Sync and download; the plan in the terminal, the calendar at Google and the file say the same."""
    tab = seeker.tab
    seeker.clicks("Calendar", "link")
    seeker.clicks("Look what a sync would do")
    assert "Nothing is done yet" in tab.inner_text("main")
    assert len(google.user.calendars()) == 1
    seeker.clicks("Sync now")
    assert "New: " in seeker.said
    with tab.expect_download() as download:
        seeker.clicks("Download all", "link")
    file = Calendar.from_ical(download.value.path().read_bytes())
    plans = person.does("plan", "--json", now=seeker.page.now).json
    events = [event for plan in plans["interviews"] for event in plan["events"]]
    assert events
    wanted = sorted(event["uid"] for event in events)
    assert (
        sorted(str(event["uid"]) for event in file.walk("VEVENT") if event.get("status") != "CANCELLED")
        == wanted
    )
    there = google.user.events(google.user.calendars()[-1])
    titles = sorted(str(event["summary"]) for event in file.walk("VEVENT"))
    assert sorted(event["summary"] for event in there) == titles
    seeker.clicks("Sync now")
    assert f"Unchanged: {len(there)}" in seeker.said

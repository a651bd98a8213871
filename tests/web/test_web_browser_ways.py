"""Interviews, files, settings and candidates as a person handles them: with JavaScript, and without."""

import re

import pytest

from tests.cli.person import Person
from tests.cli.running import ROOT
from tests.web.browser import opened
from tests.web.crawl import crawl, route_of
from tests.web.life import COACH, LIFE, TUESDAY
from tests.web.page import Page

NOW = "2026-11-14T09:00:00-05:00"
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def somebody(tmp_path):
    """Somebody without an interview, and the page before them."""
    person = Person(tmp_path / "home")
    with Page(person.home, now=NOW) as page:
        page.person = person
        yield page
        assert page.heard == []


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def start(request, browse, somebody):
    """Their browser, on the overview."""
    return opened(browse(java_script_enabled=request.param, allowed=["status of 422"]), somebody)


def click(tab, name, role="button"):
    tab.get_by_role(role, name=name, exact=True).first.click()


def said(tab):
    return tab.get_by_role("status").inner_text()


def test_an_interview_is_added_mended_changed_and_removed(start, somebody):
    tab = start
    click(tab, "Add an interview", "link")
    tab.get_by_role("textbox", name="Company").fill("Acme")
    tab.get_by_label("Position").fill("PM")
    tab.get_by_role("textbox", name="or write it").first.fill("last week")
    tab.get_by_label("Their country, for its holidays").fill("Utopia")
    click(tab, "Show the plan")
    assert tab.get_by_role("alert").first.is_visible()
    assert tab.get_by_role("textbox", name="Company").input_value() == "Acme"
    tab.get_by_role("textbox", name="or write it").first.fill("12 November 2026 14:00")
    tab.get_by_label("Their country, for its holidays").fill("US")
    click(tab, "Show the plan")
    assert somebody.person.does("list", "--json").json["interviews"] == []
    click(tab, "Save")
    assert "Added: Acme" in said(tab)
    click(tab, "Change it", "link")
    tab.get_by_label("Whom to call or write").fill("Sarah Smith")
    click(tab, "Show what would change")
    click(tab, "Save")
    assert "Changed: Acme" in said(tab)
    assert somebody.person.record()["contact"] == "Sarah Smith"
    click(tab, "Remove it", "link")
    tab.locator("main form button").first.click()
    assert somebody.person.does("list", "--json").json["interviews"] == []
    click(tab, "Undo")
    assert somebody.person.record()["contact"] == "Sarah Smith"


def test_a_spreadsheet_is_looked_at_and_then_taken(start, somebody):
    tab = start
    tab.goto(f"{somebody.origin}/import")
    tab.get_by_label("Choose files, or drop them here").set_input_files(ROOT / "fixtures" / "interviews.csv")
    click(tab, "Look into it")
    assert "Nothing is saved yet" in tab.inner_text("main")
    assert somebody.person.does("list", "--json").json["interviews"] == []
    click(tab, "Save")
    assert len(somebody.person.does("list", "--json").json["interviews"]) >= 3


def test_the_address_for_other_programs_is_made_and_changed(start, somebody):
    tab = start
    click(tab, "Calendar", "link")
    click(tab, "Make an address")
    first = tab.locator("section[aria-labelledby=feed] pre").inner_text()
    assert first.startswith(f"{somebody.origin}/feed/")
    click(tab, "Make a new address")
    assert tab.locator("section[aria-labelledby=feed] pre").inner_text() != first
    assert somebody.asks("GET", first.removeprefix(somebody.origin)).status == 404


def test_settings_are_looked_at_and_then_kept(start, somebody):
    tab = start
    click(tab, "Settings", "link")
    tab.get_by_label("Your hours").fill("8 to late")
    tab.locator("main form button.main").first.click()
    assert "Your hours" in tab.get_by_role("alert").first.inner_text()
    tab.get_by_label("Your hours").fill("08:00-18:00")
    tab.locator("main form button.main").first.click()
    click(tab, "Save")
    assert said(tab)
    assert "08:00-18:00" in (somebody.home / "settings.toml").read_text("utf-8")


def test_a_coach_looks_at_one_candidate(browse, lived_in):
    for javascript in (True, False):
        tab = opened(browse(java_script_enabled=javascript), lived_in)
        tab.get_by_label("Candidate").select_option("Ann Doe")
        if not javascript:
            tab.get_by_role("button", name="Show").click()
        tab.wait_for_url("**/?candidate=Ann+Doe*")
        assert "Globex" in tab.inner_text("main")
        assert "Hooli" not in tab.inner_text("main")
        tab.get_by_role("link", name="Interviews").click()
        assert "Hooli" not in tab.inner_text("main")


def test_in_german_every_page_is_german_and_fits(browse, tmp_path):
    person = Person(tmp_path / "home", f'language = "de"\n{COACH}')
    for command, now in LIFE:
        person.does(*command, now=now)
    english = ("Follow-ups", "What happened", "Save", "Change it", "Overview", "Interviews", "Settings")
    with Page(person.home, now=TUESDAY) as page:
        page.enter()
        tab = opened(browse(), page)
        for path in [path for path in crawl(page, most=1) if route_of(path) and not path.endswith(".ics")]:
            tab.goto(f"{page.origin}{path}")
            assert tab.get_attribute("html", "lang") == "de", path
            shown = tab.inner_text("body")
            assert not any(word in shown for word in english), path
            for width in (1440, 768, 390):
                tab.set_viewport_size({"width": width, "height": 900})
                assert tab.evaluate(OVER) <= 0, (path, width)


def test_in_print_there_are_words_and_weeks_and_nothing_to_press(browse, lived_in):
    tab = opened(browse(width=1050), lived_in)
    tab.emulate_media(media="print")
    for name in ("button", "nav", "form"):
        assert tab.locator(f"{name}:visible").count() == 0, name
    assert tab.get_by_text("this is Kim Park").first.is_visible()
    assert tab.locator("table.weeks td:visible").count() == 42
    assert tab.evaluate(OVER) <= 0
    assert len(tab.pdf(landscape=True)) > 1000


def test_who_wants_no_motion_gets_none(browse, lived_in):
    tab = opened(browse(reduced_motion="reduce"), lived_in)
    assert tab.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = "[...document.querySelectorAll('*')].filter((each) => { const style = getComputedStyle(each); return style.animationName !== 'none' || style.transitionDuration !== '0s'; }).length"
    assert tab.evaluate(moving) == 0


def test_two_windows_and_a_terminal_see_the_same(browse, somebody):
    person = somebody.person
    person.does(
        "add",
        "Acme",
        "PM",
        "--at",
        "2026-11-12 14:00",
        "--contact",
        "Sarah Smith",
        "--email",
        "s@acme.example",
        now=NOW,
    )
    tab = opened(browse(allowed=["status of 404"]), somebody)
    other = tab.context.new_page()
    other.goto(f"{somebody.origin}/")
    click(tab, "Sent")
    click(other, "Sent")
    assert "it is done, or it was removed, here or in another window" in other.inner_text("main")
    click(other, "Back to the overview", "link")
    assert [told["result"] for told in person.does("show", 1, "--json").json["outcomes"]] == ["sent"]
    other.goto(f"{somebody.origin}/interviews/1/edit")
    person.does("edit", 1, "--notes", "from the terminal", now=NOW)
    other.get_by_label("Whom to call or write").fill("Sarah Jones")
    click(other, "Show what would change")
    click(other, "Save")
    assert (person.record()["contact"], person.record()["notes"]) == ("Sarah Jones", "from the terminal")


def test_a_preparation_that_is_over_hides_no_call_that_is_overdue(lived_in):
    """By what everybody's line and the list say on the Tuesday of Hooli's call, an hour after it."""
    for path in ("/", "/interviews"):
        text = lived_in.get(path).text
        assert not re.search(r"Prepare the call</bdi></a> <span class=\"quiet\">· <bdi>Hooli", text)
        assert "Call Bob Johnson" in text
    assert "overdue: 1" in lived_in.get("/").text

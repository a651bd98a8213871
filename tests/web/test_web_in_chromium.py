"""The main view in a real browser: with keys, with a mouse, without JavaScript, and on a phone."""

import pytest

from tests.cli.person import Person
from tests.web.browser import opened
from tests.web.conftest import AFTER_HOOLI, HOOLI
from tests.web.page import Page

CALL = "2026-11-24T09:05:00-05:00"


@pytest.fixture
def calling(person):
    with Page(person.home, now=CALL) as page:
        yield page


def test_the_address_opens_the_page_and_the_token_is_gone_from_it(tab, calling):
    opened(tab, calling)
    assert tab.get_by_role("heading", name="Do next").is_visible()
    assert [cookie["sameSite"] for cookie in tab.context.cookies()] == ["Strict"]
    assert "token" not in tab.url


def test_a_click_logs_and_a_click_takes_it_back(tab, calling, person):
    opened(tab, calling)
    tab.get_by_role("button", name="Left voicemail (1 of 2)").click()
    assert "New: Call Bob Johnson again" in tab.get_by_role("status").inner_text()
    assert len(person.does("show", 1, "--json").json["outcomes"]) == 2
    tab.get_by_role("button", name="Undo").click()
    assert "Taken back" in tab.get_by_role("status").inner_text()
    assert len(person.does("show", 1, "--json").json["outcomes"]) == 1


def test_another_day_is_picked_with_the_mouse(tab, calling, person):
    opened(tab, calling)
    tab.get_by_role("link", name="Status call").first.click()
    assert tab.get_by_role("heading", name="Why this date?").is_visible()
    assert tab.locator("ol.why s").inner_text().endswith("Mon 23 Nov 2026")
    tab.get_by_label("Another day").fill("2026-11-25")
    tab.get_by_role("button", name="Pin it there").click()
    assert "The day is kept" in tab.get_by_role("status").inner_text()
    assert person.start("status") == "2026-11-25T09:00"


def test_the_keys_do_what_the_help_says(tab, calling):
    opened(tab, calling)
    tab.keyboard.press("?")
    assert tab.get_by_role("dialog").is_visible()
    tab.keyboard.press("Escape")
    tab.get_by_role("dialog").wait_for(state="hidden")
    tab.keyboard.press("d")
    tab.locator("[data-day]:focus").wait_for()
    focused = "document.activeElement.dataset.day"
    assert tab.evaluate(focused) == "2026-11-24"
    for key, day in (
        ("ArrowRight", "2026-11-25"),
        ("ArrowDown", "2026-12-02"),
        ("Home", "2026-11-30"),
        ("ArrowUp", "2026-11-23"),
    ):
        tab.keyboard.press(key)
        assert tab.evaluate(focused) == day
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Enter")
    assert "Status call" in tab.evaluate("document.activeElement.textContent")
    tab.keyboard.press("n")
    assert tab.evaluate("document.activeElement.id") == "next"
    tab.keyboard.press("/")
    tab.keyboard.type("nobody of that name")
    assert tab.locator("table.weeks li:visible").count() == 0
    tab.keyboard.press("Escape")


def test_the_page_turns_with_the_keys(tab, calling):
    opened(tab, calling)
    tab.keyboard.press("d")
    tab.keyboard.press("PageDown")
    tab.wait_for_url("**/?from=2027-01-04")
    tab.keyboard.press("d")
    tab.wait_for_url(f"{calling.origin}/")


def test_a_copy_holds_the_words(tab, calling):
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(tab, calling)
    tab.get_by_role("button", name="Copy the words").first.click()
    tab.get_by_role("button", name="Copied").wait_for()
    assert "what happens next" in tab.evaluate("navigator.clipboard.readText()")


def test_without_javascript_everything_can_be_done(browse, calling, person):
    tab = opened(browse(java_script_enabled=False), calling)
    assert not tab.get_by_role("button", name="Copy the words").first.is_visible()
    tab.get_by_text("They named a day").click()
    tab.get_by_label("Day", exact=True).fill("2026-11-25")
    tab.get_by_role("button", name="Call again then").click()
    assert "Undo" in tab.get_by_role("status").inner_text()
    assert person.start("status")[:10] == "2026-11-25"


@pytest.mark.parametrize("width", [390, 768, 1440])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_nothing_is_wider_than_the_screen(tab, calling, width, direction):
    opened(tab, calling)
    tab.set_viewport_size({"width": width, "height": 844})
    tab.evaluate(f"document.documentElement.dir = '{direction}'")
    assert tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_on_a_phone_the_grid_is_an_agenda_and_do_next_comes_first(tab, calling):
    tab.set_viewport_size({"width": 390, "height": 844})
    opened(tab, calling)
    call = tab.get_by_role("link", name="Call +1 212-555-0123")
    box = call.bounding_box()
    assert box["y"] + box["height"] < 844
    assert not tab.locator("table.weeks thead").is_visible()
    days = tab.locator("table.weeks td:visible")
    assert 3 < days.count() < 20
    assert days.first.inner_text().startswith("Mon 23 Nov")


def test_what_people_typed_stays_text(tab, tmp_path):
    hostile = """</textarea></script>"'><img src=x onerror=alert(1)><svg onload=alert(1)>{{7*7}}\u202e"""
    person = Person(tmp_path / "home")
    person.does("add", f"Evil {hostile}", f"Role {hostile}", *HOOLI[2:4], "--contact", hostile,
                "--phone", "+1 212-555-0123", "--topic", hostile, "--notes", hostile, now=AFTER_HOOLI)  # fmt: skip
    tab.on("dialog", lambda _: pytest.fail("a script ran"))
    with Page(person.home, now="2026-11-17T18:00:00-05:00") as page:
        opened(tab, page)
        assert "<img src=x onerror=alert(1)>" in tab.inner_text("main")
        assert tab.locator("main img, main svg").count() == 0
        assert "\u202e" not in tab.content()
        tab.locator("ol.rest a").first.click()
        assert tab.locator("main img, main svg").count() == 0

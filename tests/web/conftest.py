"""What tests of the page share: a person with an interview behind them, and the page before them."""

import pytest
from playwright.sync_api import sync_playwright

from tests.cli.person import Person
from tests.web.page import Page

HOOLI = (
    "Hooli", "Data analyst", "--at", "2026-11-17 10:00", "--contact", "Bob Johnson",
    "--phone", "+1 212-555-0123", "--email", "bob@hooli.example", "--decision", "5 days",
)  # fmt: skip
AFTER_HOOLI = "2026-11-17T12:00:00-05:00"


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _warm(shared_cache, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(shared_cache))


@pytest.fixture
def person(tmp_path):
    """Somebody in New York after an interview with Hooli, the thank-you sent."""
    person = Person(tmp_path / "home")
    person.does("add", *HOOLI, now=AFTER_HOOLI)
    person.does("log", 1, "sent", now="2026-11-17T15:00:00-05:00")
    return person


@pytest.fixture
def page(person):
    """Their page, opened."""
    with Page(person.home) as page:
        page.enter()
        yield page


@pytest.fixture(scope="module")
def one_page(tmp_path_factory):
    """A page for many requests that change nothing."""
    person = Person(tmp_path_factory.mktemp("one") / "home")
    person.does("add", *HOOLI, now=AFTER_HOOLI)
    with Page(person.home) as page:
        page.enter()
        yield page


@pytest.fixture(scope="session")
def chromium(outside_program):
    """A real browser, without a window."""
    program = outside_program("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_QUIET)
        yield browser
        browser.close()


_QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture
def tab(chromium):
    """A new tab for one person; at the end, nothing went off this computer and no script failed."""
    context = chromium.new_context(viewport={"width": 1440, "height": 960})
    tab = context.new_page()
    wrong = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    tab.on("request", lambda asked: None if "//127.0.0.1:" in asked.url else wrong.append(asked.url))
    yield tab
    context.close()
    assert wrong == []

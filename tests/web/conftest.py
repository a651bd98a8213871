"""What tests of the page share: a person with an interview behind them, and the page before them."""

import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.cli.person import Person
from tests.web.browser import NAMES, Watched, arguments
from tests.web.life import COACH, LIFE, TUESDAY
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
    """A real browser, without a window; one for all tests of a process."""
    program = outside_program(_browser_s_name())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments())
        yield browser
        browser.close()


def _browser_s_name():
    """What the browser is called here; Debian's name where there is none."""
    return next((name for name in NAMES if shutil.which(name)), NAMES[0])


@pytest.fixture
def browse(chromium):
    """New tabs, each of a browser that knows nobody yet; at the end, nothing went wrong in any of them."""
    with Watched(chromium) as watched:
        yield watched.tab


@pytest.fixture
def tab(browse):
    """A new tab on a wide screen."""
    return browse()


@pytest.fixture(scope="session")
def axe(outside_program):
    """The source of the judge that pages have to please."""
    node = outside_program("node", package="axe-core")
    found = subprocess.run(
        [node, "-p", "require.resolve('axe-core/axe.min.js')"], capture_output=True, text=True, check=True
    )
    return Path(found.stdout.strip()).read_text("utf-8")


@pytest.fixture(scope="session")
def lived_in(tmp_path_factory):
    """The page of a coach in the middle of things, for looking alone."""
    person = Person(tmp_path_factory.mktemp("lived-in") / "home", COACH)
    for command, now in LIFE:
        person.does(*command, now=now)
    with Page(person.home, now=TUESDAY) as page:
        page.enter()
        yield page
    assert page.heard == []

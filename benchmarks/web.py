"""How long the page takes, side by side in one run: ``python -m benchmarks.web [CHROMIUM]``.

Each line is a ratio of two medians taken in turns on this machine: the first paint of the overview with few and with
five hundred follow-ups against that of an empty page from the same server, and the server's part of it.
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from playwright.sync_api import Page as Tab
from playwright.sync_api import sync_playwright
from starlette.responses import HTMLResponse

from calsync.web.routing import Route
from tests.web.browser import NAMES, arguments, opened
from tests.web.page import Page
from tests.web.test_web_size import NOW, PEOPLE, crowd

TURNS = 15
EMPTY = Route("GET", "/empty", lambda _: HTMLResponse("<!doctype html><title>Empty</title><p>Empty"))
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


def main() -> None:
    program = sys.argv[1] if len(sys.argv) > 1 else next(filter(None, map(shutil.which, NAMES)))
    print(f"{'what':<86}{'ratio':>8}")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments())
        for number in (3, PEOPLE):
            with Page(crowd(Path(folder) / str(number), number).home, now=NOW, more=[EMPTY]) as page:
                page.enter()
                measured(page, opened(browser.new_page(), page))
        browser.close()


def measured(page: Page, tab: Tab) -> None:
    text = page.get("/").text
    events = len(set(re.findall(r"/event/\d+", text)))
    what = f"with {events} follow-ups, {len(text.encode()):,} bytes"
    show(f"first paint {what} / of an empty page", lambda path: painted(tab, page, path))
    show(f"answer {what} / of an empty page", lambda path: answered(page, path))


def show(what: str, measure: Callable[[str], float]) -> None:
    turns = [(measure("/"), measure("/empty")) for _ in range(TURNS)]
    ours, empty = (median(each) for each in zip(*turns, strict=True))
    print(f"{what} ({ours:.0f} ms / {empty:.0f} ms)".ljust(86) + f"{ours / empty:>8.1f}")


def painted(tab: Tab, page: Page, path: str) -> float:
    """Milliseconds from the click to the first text that is seen."""
    tab.goto(f"{page.origin}{path}")
    tab.wait_for_function(f"({PAINT}) > 0")
    return float(tab.evaluate(PAINT))


def answered(page: Page, path: str) -> float:
    began = perf_counter()
    page.get(path)
    return (perf_counter() - began) * 1000


if __name__ == "__main__":
    main()

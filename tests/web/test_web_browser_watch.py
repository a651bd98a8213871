"""The tests in browsers see what they are there to see."""

import pytest
from starlette.responses import HTMLResponse

from calsync.web.routing import Route
from tests.web.browser import Watched, opened
from tests.web.page import Page

_BAD = {
    "a script in the page": ("<script>document.title = 'ran'</script>", "Content Security Policy"),
    "a script in an attribute": ("<p id=a onclick=\"document.title='ran'\">a</p>", "Content Security Policy"),
    "a style in an attribute": ("<p style='color:red'>a</p>", "Content Security Policy"),
    "a picture from elsewhere": ("<img src=https://evil.example/x.png>", "Content Security Policy"),
    "a frame": ("<iframe src=/></iframe>", "Content Security Policy"),
    "a link that is followed": (
        "<meta http-equiv=refresh content='0; url=https://evil.example/'>",
        "a request to",
    ),
}


@pytest.fixture(scope="module")
def bad_page(tmp_path_factory):
    ways = [
        Route("GET", f"/bad/{number}", lambda _, html=html: HTMLResponse(f"<!doctype html><body>{html}"))
        for number, (html, _) in enumerate(_BAD.values())
    ]
    with Page(tmp_path_factory.mktemp("bad"), more=ways) as page:
        page.enter()
        yield page


@pytest.mark.parametrize("what", _BAD)
def test_whatever_the_policy_forbids_is_heard(chromium, bad_page, what):
    watched = Watched(chromium)
    tab = opened(watched.tab(), bad_page, f"/bad/{list(_BAD).index(what)}")
    if tab.locator("#a").count():
        tab.locator("#a").click()
    tab.wait_for_timeout(200)
    for context in watched._contexts:
        context.close()
    assert any(_BAD[what][1] in message for message in watched.wrong), watched.wrong

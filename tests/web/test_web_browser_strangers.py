"""Another page in the same browser, with the person signed in: it cannot look, frame, send or script.

Another port of this computer is the worst neighbour there is: to a browser it is the same site, so
the cookie goes along.
"""

import json
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.cli.person import Person
from tests.web.browser import arguments, opened
from tests.web.conftest import AFTER_HOOLI, HOOLI
from tests.web.page import Page

ALLOWED = (
    "status of 403", "status of 404", "status of 405", "Content Security Policy", "refused to connect", "frame", "CORS policy",
    "ERR_BLOCKED_BY_RESPONSE", "Refused to", "MIME type", "ERR_FAILED",
)  # fmt: skip
CALL = "2026-11-24T09:05:00-05:00"


class Neighbour:
    """Somebody else's program on this computer; ``shows`` is its page."""

    def __init__(self):
        outer = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self):
                body = outer.shows.encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.shows = ""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture(scope="module")
def neighbour():
    with Neighbour() as neighbour:
        yield neighbour


@pytest.fixture(scope="module")
def victim(tmp_path_factory):
    person = Person(tmp_path_factory.mktemp("victim") / "home")
    person.does("add", *HOOLI, now=AFTER_HOOLI)
    person.does("log", 1, "sent", now="2026-11-17T15:00:00-05:00")
    with Page(person.home, now=CALL) as page:
        page.enter()
        page.person = person
        yield page


@pytest.fixture
def signed_in(browse, victim):
    """A tab of somebody whose other tab shows the page."""
    tab = opened(browse(allowed=ALLOWED), victim)
    assert tab.get_by_role("heading", name="Do next").is_visible()
    before = outcomes(victim)
    yield tab.context.new_page()
    assert outcomes(victim) == before == ["sent"]


def outcomes(victim):
    return [told["result"] for told in victim.person.does("show", 1, "--json").json["outcomes"]]


def number_of_the_call(victim):

    return re.search(r'action="/event/([\d.]+)/log"', victim.get("/").text)[1]


FORMS = {
    "a form": "application/x-www-form-urlencoded",
    "a form with files": "multipart/form-data",
    "a form of plain text": "text/plain",
}


@pytest.mark.parametrize("enctype", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("referrer", ["no-referrer", "unsafe-url"])
def test_a_form_of_another_page_is_refused_even_with_the_right_token(
    signed_in, victim, neighbour, enctype, referrer
):
    neighbour.shows = (
        f'<meta name=referrer content={referrer}><form method=post enctype="{enctype}"'
        f' action="{victim.origin}/event/{number_of_the_call(victim)}/log">'
        f'<input name=_token value="{victim.form_token}"><input name=result value=skip><button>Win</button></form>'
    )
    signed_in.goto(neighbour.origin)
    with signed_in.expect_response(lambda answer: answer.url.startswith(victim.origin)) as sent:
        signed_in.get_by_role("button", name="Win").click()
    assert sent.value.status == 403
    assert "Another page sent this" in signed_in.inner_text("main")
    assert "Hooli" not in signed_in.content()


def test_no_frame_shows_the_page(signed_in, victim, neighbour):
    neighbour.shows = "".join(
        f'<{tag} {attribute}="{victim.origin}/"></{tag}>'
        for tag, attribute in (("iframe", "src"), ("object", "data"), ("embed", "src"))
    )
    signed_in.goto(neighbour.origin)
    signed_in.wait_for_timeout(300)
    assert len(signed_in.frames) > 1
    for frame in signed_in.frames[1:]:
        assert "Hooli" not in frame.content()


def test_not_even_its_own_pages_are_framed(signed_in, victim):
    """By the headers alone: here the site is the same, and the cookie goes along."""
    signed_in.goto(f"{victim.origin}/")
    signed_in.evaluate("""() => {
        const frame = document.createElement('iframe');
        frame.src = '/';
        document.body.append(frame);
    }""")
    signed_in.wait_for_timeout(300)
    assert all("Hooli" not in frame.content() for frame in signed_in.frames[1:])


READS = {
    "fetch": "fetch(ADDRESS, {credentials: 'include'}).then((answer) => answer.text())",
    "fetch without CORS": "fetch(ADDRESS, {credentials: 'include', mode: 'no-cors'}).then((answer) => answer.text())",
    "a POST by fetch": "fetch(ADDRESS + 'undo', {method: 'POST', credentials: 'include', mode: 'no-cors', body: new URLSearchParams({_token: TOKEN, change: 1})}).then((answer) => answer.text())",
    "a beacon": "Promise.resolve(String(navigator.sendBeacon(ADDRESS + 'undo', new URLSearchParams({_token: TOKEN}))))",
    "a script": "new Promise((done) => { const tag = document.createElement('script'); tag.src = ADDRESS + 'static/page.js'; tag.onload = () => done('loaded'); tag.onerror = () => done(''); document.head.append(tag); })",
    "a style sheet": "new Promise((done) => { const tag = document.createElement('link'); tag.rel = 'stylesheet'; tag.href = ADDRESS + 'static/page.css'; tag.onload = () => done('loaded'); tag.onerror = () => done(''); document.head.append(tag); })",
    "a picture": "new Promise((done) => { const tag = new Image(); tag.src = ADDRESS + 'static/icon.svg'; tag.onload = () => done('loaded'); tag.onerror = () => done(''); })",
    "a window": "new Promise((done) => { const opened = open(ADDRESS); setTimeout(() => { try { done(opened.document.body.innerText); } catch { done(''); } }, 500); })",
}


@pytest.mark.parametrize("how", READS)
def test_nothing_of_it_is_read_by_another_page(signed_in, victim, neighbour, how):
    neighbour.shows = "<p>neighbour"
    signed_in.goto(neighbour.origin)
    script = (
        READS[how]
        .replace("ADDRESS", json.dumps(f"{victim.origin}/"))
        .replace("TOKEN", json.dumps(victim.form_token))
    )
    told = signed_in.evaluate(f"{script}.catch(() => '')")
    assert told in {"", "true"}  # a beacon never tells what became of it


def test_a_link_from_elsewhere_leads_to_a_sentence(signed_in, victim, neighbour):
    """A page of another origin may not send a person to ours with the cookie: it could only be up to something."""
    neighbour.shows = f'<a href="{victim.origin}/">Look</a>'
    signed_in.goto(neighbour.origin)
    signed_in.get_by_role("link", name="Look").click()
    signed_in.wait_for_url(f"{victim.origin}/")
    assert "Hooli" not in signed_in.content()


def test_the_cookie_is_out_of_reach_of_scripts_and_ends_with_the_browser(tab, tmp_path):
    with Page(Person(tmp_path / "home").home, now=CALL) as page:
        opened(tab, page)
        (cookie,) = tab.context.cookies()
        assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/")
        assert (cookie["domain"], cookie["expires"]) == ("127.0.0.1", -1)
        assert tab.evaluate("document.cookie") == ""


def test_a_name_that_is_pointed_here_gets_nothing(outside_program, victim, chromium):
    """DNS rebinding in a real browser: the name of somebody else leads to 127.0.0.1."""

    rules = "--host-resolver-rules=MAP rebind.example 127.0.0.1"
    kind = chromium.browser_type
    browser = kind.launch(
        executable_path=outside_program("chromium"),
        args=[each for each in arguments() if "resolver" not in each] + [rules],
    )
    try:
        tab = browser.new_page()
        answer = tab.goto(f"http://rebind.example:{victim.port}/")
        assert answer.status == 400
        assert "Hooli" not in tab.content()
    finally:
        browser.close()

"""What people typed is text, wherever it comes up: no element is made of it, and nothing of it runs.

The policy would stop most of what got through, so it is put out of force here: what holds, holds by escaping.
Every payload stands in every text of a record at once; the browser's own parser says what a page is made of.
"""

import csv
import io
import re
from urllib.parse import quote

import pytest

from calsync.texts.clean import block, clean
from tests.cli.person import Person
from tests.web.browser import Watched, opened
from tests.web.crawl import routes
from tests.web.page import Page
from tests.web.payloads import PAYLOADS

TEXTS = (
    "company", "role", "contact", "salutation", "topic", "strengths", "missed", "questions", "notes", "location", "candidate",
)  # fmt: skip
"""Keys that take any text."""
STRICT = (
    "interviewers",
    "start", "minutes", "timezone", "country", "region", "phone", "email", "decision", "contact_role", "language", "agreed",
    "channel", "window", "busy", "away", "culture", "felt", "playbook", "url", "id",
)  # fmt: skip
"""Keys that are read: what cannot be is shown again, beside what is wrong with it."""
TOGETHER = [" ".join(PAYLOADS[at : at + 8]) for at in range(0, len(PAYLOADS), 8)]
"""For what is shown once and not kept: none of them keeps the next from its chance."""
NOW, THEN = "2026-11-20T12:00:00-05:00", "2026-11-18 10:00"
PARTS = """(html) => {
    const page = new DOMParser().parseFromString(html, 'text/html');
    const parts = new Set();
    for (const each of page.querySelectorAll('*')) {
        parts.add(each.localName);
        for (const { name, value } of each.attributes) {
            parts.add(`${each.localName} ${name}`);
            if (/^(href|src|action|formaction|data)$/.test(name)) parts.add(`to ${/^[/#]/.test(value) ? 'us' : value.split(':')[0]}`);
        }
    }
    const typed = [...page.querySelectorAll('input, option')].map((each) => each.value);
    return { parts: [...parts], text: [page.body.textContent, ...typed].join('\\n') };
}"""


def text(payload, key, number):
    return f"{number} {payload} {key}"


def row(payload, number):
    usual = {"start": THEN, "timezone": "America/New_York", "country": "US", "phone": "+1 212-555-0142",
             "email": "a@b.example", "url": "https://job.example/?a=1&b=2"}  # fmt: skip
    return usual | {key: text(payload, key, number) for key in TEXTS} | {"id": f"n{number}"}


def spreadsheet(payloads):
    file = io.StringIO()
    rows = [row(payload, number) for number, payload in enumerate(payloads)]
    writer = csv.DictWriter(file, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def home(folder, payloads):
    person = Person(folder)
    person.does("import", "-", "--format", "csv", stdin=spreadsheet(payloads), now=NOW)
    return person


@pytest.fixture(scope="module")
def unguarded(chromium):
    """A tab without a policy: what gets through runs."""
    with Watched(chromium) as watched:
        yield watched.tab(bypass_csp=True)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    with Page(home(tmp_path_factory.mktemp("hostile") / "home", PAYLOADS).home, now=NOW) as page:
        page.enter()
        yield page


@pytest.fixture(scope="module")
def harmless_parts(tmp_path_factory, unguarded):
    """What pages are made of when nobody means any harm."""
    person = home(tmp_path_factory.mktemp("harmless") / "home", ["Harmless"] * 2)
    parts = set()
    with Page(person.home, now=NOW) as page:
        page.enter()
        for path in [*places(page, [0, 1]), "/?from=2026-12-07", "/nothing", "/?find=x", "/?candidate=x"]:
            parts |= set(unguarded.evaluate(PARTS, page.get(path).text)["parts"])
        wrong = dict.fromkeys(STRICT, "<x y")
        for sent in ({}, wrong):
            answer = page.posts("/interviews/new", **form(page, "Harmless", **sent))
            parts |= set(unguarded.evaluate(PARTS, answer.text)["parts"])
    return parts


def places(page, numbers):
    """The addresses where the records come up: each one's own pages, and some of its follow-ups."""
    holes = [way for way in routes() if way.startswith("/interviews/{")]
    own = [re.sub(r"\{[^}]*\}", f"n{number}", way) for way in holes for number in numbers]
    return ["/", "/interviews", *own, *follow_ups(page, numbers)]


def follow_ups(page, numbers):
    """One of each interview, another kind each time."""
    found = [
        re.findall(r'href="(/event/[\d.]+)', page.get(f"/interviews/n{number}").text) for number in numbers
    ]
    return [events[at % len(events)] for at, events in enumerate(found)] + found[0]


def visible(payload):
    """What can be read of it: without blanks, which fields and lines change, and what nobody sees."""
    return "".join(block(payload).split())


@pytest.mark.parametrize(
    "where", ["/", "/interviews", "event", *[way for way in routes() if way.startswith("/interviews/{")]]
)
def test_no_element_is_made_of_what_was_typed(hostile, unguarded, harmless_parts, where):
    if "{" in where:
        every = 1 if where.endswith(("}", "/edit")) else 4  # the others show its name alone
        found = [where.replace("{name}", f"n{number}") for number in range(0, len(PAYLOADS), every)]
    else:
        found = follow_ups(hostile, range(0, len(PAYLOADS), 3)) if where == "event" else [where]
    assert found
    for path in found:
        told = unguarded.evaluate(PARTS, hostile.get(path).text)
        assert set(told["parts"]) <= harmless_parts, path
        shown = "".join(told["text"].split())
        mine = re.search(r"/n(\d+)", path)
        for number in [int(mine[1])] if mine else range(len(PAYLOADS)) if path == "/interviews" else []:
            assert visible(text(PAYLOADS[number], "company", number)) in shown, path


def test_all_of_a_record_is_shown_as_it_was_typed(hostile, unguarded):
    for number, payload in enumerate(PAYLOADS):
        shown = "".join(unguarded.evaluate(PARTS, hostile.get(f"/interviews/n{number}").text)["text"].split())
        for key in ("company", "role", "contact", "topic", "strengths", "notes", "location", "candidate"):
            assert visible(text(payload, key, number)) in shown, (number, key)


def test_nothing_of_it_runs_in_a_real_browser(hostile, unguarded):
    """Followed by ``Watched``: a dialog, a request to elsewhere, or an error would end the test."""
    opened(unguarded, hostile, "/interviews")
    assert unguarded.locator("main tr, main li").count() >= len(PAYLOADS)
    for path in ("/", "/?find=img", "/interviews/n4", "/interviews/n37/edit", "/interviews/n44/edit"):
        unguarded.goto(f"{hostile.origin}{path}")
        unguarded.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
        unguarded.mouse.move(300, 300)
        assert unguarded.locator("main img, main svg, main iframe, main script").count() == 0
    assert unguarded.evaluate("document.cookie") == ""


def form(page, payload, **changes):
    fields = {key: text(payload, key, 0) for key in TEXTS} | {"start": "2026-11-18T10:00"} | changes
    html = page.get("/interviews/new").text
    names = {
        found[1]: found[0] for found in re.findall(r'name="((?:\w+\.)?(\w+))"', html) if found[1] in fields
    }
    return {names.get(key, key): value for key, value in fields.items()}


@pytest.mark.parametrize("strict", [False, True], ids=["taken", "refused"])
def test_what_is_typed_into_the_form_is_shown_as_text(hostile, unguarded, harmless_parts, strict):
    for payload in TOGETHER:
        wrong = dict.fromkeys(STRICT, payload) if strict else {}
        answer = hostile.posts("/interviews/new", **form(hostile, payload, **wrong))
        assert answer.status == (422 if strict else 200), payload
        told = unguarded.evaluate(PARTS, answer.text)
        assert set(told["parts"]) <= harmless_parts, payload
        assert visible(text(payload, "company", 0)) in "".join(told["text"].split())


@pytest.mark.parametrize("key", ["find", "candidate", "from", "said"])
def test_nor_is_what_stands_in_the_address(lived_in, unguarded, harmless_parts, key):
    usual = set(unguarded.evaluate(PARTS, lived_in.get("/").text)["parts"]) | harmless_parts
    for payload in TOGETHER:
        told = unguarded.evaluate(PARTS, lived_in.get(f"/?{key}={quote(payload)}").text)
        assert set(told["parts"]) <= usual, payload


def test_the_file_to_look_at_holds_texts_alone(tmp_path, unguarded):
    person = home(tmp_path / "home", PAYLOADS)
    for candidate in range(0, len(PAYLOADS), 8):
        whose = clean(text(PAYLOADS[candidate], "candidate", candidate))
        person.does("web", "--static", tmp_path, "--candidate", whose, now=NOW)
        html = (tmp_path / "follow-ups.html").read_text("utf-8")
        parts = set(unguarded.evaluate(PARTS, html)["parts"])
        assert not {
            part
            for part in parts
            if part.split()[0] in {"img", "svg", "script", "iframe", "form", "base", "link"}
        }
        assert not {part for part in parts if " on" in part or " style" in part}
        assert {part for part in parts if part.startswith("to ")} <= {"to tel", "to mailto"}
        unguarded.goto(f"file://{tmp_path}/follow-ups.html")
        assert visible(PAYLOADS[candidate])[:20] in "".join(unguarded.inner_text("main").split())

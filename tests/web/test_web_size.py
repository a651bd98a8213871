"""What a page weighs: six weeks with five hundred follow-ups fit into 80 kB, as they are sent."""

import re

import pytest

from tests.cli.person import Person
from tests.web.crawl import crawl
from tests.web.page import Page

NOW = "2026-11-16T08:00:00-05:00"
LARGEST = 80_000
PEOPLE = 85


def crowd(folder, number=PEOPLE):
    """So many interviews in one week, whose follow-ups fill the six."""
    person = Person(folder)
    rows = [
        f"Company number {each},Product manager,2026-11-{16 + each % 5} {9 + each % 8:02}:00,Person Familyname{each},"
        f"+1 212-555-{1000 + each},p{each}@ex.example"
        for each in range(number)
    ]
    text = "\n".join(["company,role,start,contact,phone,email", *rows, ""])
    person.does("import", "-", "--format", "csv", stdin=text.encode(), now=NOW)
    return person


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    with Page(crowd(tmp_path_factory.mktemp("crowd") / "home").home, now=NOW) as page:
        page.enter()
        yield page


def test_five_hundred_follow_ups_weigh_little(crowded):
    answer = crowded.get("/")
    grid = answer.text.partition("<table")[2].partition("</table")[0]
    assert len(set(re.findall(r'href="(/event/[\d.]+)', grid))) >= 500
    assert len(answer.body) == int(answer.headers["content-length"]) <= LARGEST


def test_what_belongs_to_every_page_weighs_little_too(crowded):
    parts = sorted(set(re.findall(r'"(/static/[^"]+)"', crowded.get("/").text + crowded.get("/import").text)))
    assert len(parts) >= 4
    assert sum(len(crowded.get(path).body) for path in parts) < 40_000


def test_no_page_of_a_usual_life_is_heavy(lived_in):
    heavy = {path: len(answer.body) for path, answer in crawl(lived_in).items() if len(answer.body) > 60_000}
    assert heavy == {}

"""With ``language = "de"`` every page is German, and so is what it says of a form that it does not take."""

import re
from html import unescape

import pytest

from tests.cli.person import Person
from tests.texts.english import english_in
from tests.web.crawl import crawl, route_of, routes
from tests.web.life import COACH, LIFE, TUESDAY
from tests.web.page import Page

TYPED = (
    r"the move to the new building",
    r"Data analyst|Product designer|UX lead|Engineer",
    r"NY oder BY|Thanksgiving Day|Day After Thanksgiving|Christmas Day|New Year's Day|Martin Luther King Jr. Day|Follow-ups",
    r"calsync [a-z][^.;,„“\n]*",
    r"Mon-Fri[^\n]*|next (tue|thu|fri)[^\n]*|\d (business )?days|tomorrow \d\d:\d\d|in 3 days",
    r"America/\w+|[\w-]+@[\w.]+|bridge-days|year-end|holiday-eves|warm-call|early-bird|email-only",
)


@pytest.fixture(scope="module")
def german(tmp_path_factory):
    person = Person(tmp_path_factory.mktemp("german") / "home", f'language = "de"\n{COACH}')
    for arguments, now in LIFE:
        person.does(*arguments, now=now)
    with Page(person.home, now=TUESDAY) as page:
        page.enter()
        yield page


def said(answer):
    """The words of a page, without what stands in English on purpose: the advice, which is quoted as it was given."""
    text = re.sub(r"(?s)<(script|style|datalist)\b.*?</\1>", " ", answer.text)
    text = re.sub(r"(?s)<[^>]*\blang=\"en\"[^>]*>.*?</", " </", text)
    return unescape(re.sub(r"<(?:[^>\"]|\"[^\"]*\")*>", "\n", text))


def test_every_page_is_german(german):
    answers = crawl(german)
    assert len({route_of(path) for path in answers} & set(routes())) > 10
    wrong = {
        path: lines
        for path, answer in answers.items()
        if "html" in answer.headers.get("content-type", "")
        and (lines := english_in(said(answer), allowed=TYPED))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("/interviews/new", {"company": "", "role": "PM", "start.words": "nonsense", "phone": "12", "minutes": "9999"}),
        ("/interviews/new", {"company": "A", "role": "PM", "start.words": "03/04/2026 14:00", "email": "x", "country": "XX"}),
        ("/event/1.3/log", {"result": "voicemail", "at": "nonsense"}),
        ("/event/1.9/log", {"result": "voicemail"}),
    ],
)  # fmt: skip
def test_what_is_refused_is_said_in_german(german, path, values):
    answer = german.posts(path, **values)
    assert english_in(said(answer), allowed=(*TYPED, r"'[^']*'")) == []

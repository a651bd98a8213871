"""A double click is one click."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from starlette.responses import Response

from calsync.web import submissions
from calsync.web.submissions import NUMBER, Submissions
from tests.cli.person import Person
from tests.web.browser import opened
from tests.web.conftest import AFTER_HOOLI, HOOLI
from tests.web.page import Page

CALL = "2026-11-24T09:05:00-05:00"


@pytest.fixture
def calling(person):
    with Page(person.home, now=CALL) as page:
        page.enter()
        yield page


def form_of(page):
    """Where the first form of the overview goes, and the number of that page."""
    text = page.get("/").text
    return re.search(r'action="(/event/[\d.]+/log)"', text)[1], re.search(
        rf'name="{NUMBER}" value="(\d+)"', text
    )[1]


def results(person):
    return [told["result"] for told in person.does("show", 1, "--json").json["outcomes"]]


def test_a_form_sent_twice_is_done_once_and_answered_twice(calling, person):
    path, number = form_of(calling)
    answers = [calling.posts(path, result="no-answer", **{NUMBER: number}) for _ in range(2)]
    assert [answer.status for answer in answers] == [303, 303]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert results(person) == ["sent", "no-answer"]


def test_two_at_the_same_time_too(calling, person):
    path, number = form_of(calling)
    assert calling.form_token
    together = Barrier(6)

    def sends(_):
        together.wait()
        return calling.posts(path, result="voicemail", **{NUMBER: number}).status

    with ThreadPoolExecutor(6) as crowd:
        assert list(crowd.map(sends, range(6))) == [303] * 6
    assert results(person) == ["sent", "voicemail"]


def test_another_button_or_another_window_is_another_form(calling, person):
    (path, number), (_, other) = form_of(calling), form_of(calling)
    assert number != other
    assert calling.posts(path, result="no-answer", **{NUMBER: number}).status == 303
    for again in ({"result": "voicemail", NUMBER: number}, {"result": "no-answer", NUMBER: other}):
        answer = calling.posts(path, **again)
        assert answer.status == 404
        assert "done, or it was removed, here or in another window" in answer.text
    assert results(person) == ["sent", "no-answer"]


def test_a_moment_later_it_is_meant(monkeypatch):
    seen = []

    def make():
        seen.append(len(seen))
        return Response()

    forms = Submissions()
    for wait, done in ((5.0, 1), (5.0, 1), (-1.0, 2)):
        monkeypatch.setattr(submissions, "_MOMENT_SECONDS", wait)
        forms.answer("form", make)
        assert len(seen) == done


def test_what_goes_wrong_goes_wrong_for_both():
    forms = Submissions()

    def fails():
        raise ZeroDivisionError

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            forms.answer("form", fails)


def test_a_person_clicks_twice(tab, tmp_path):
    person = Person(tmp_path / "home")
    person.does("add", *HOOLI, now=AFTER_HOOLI)
    with Page(person.home, now=AFTER_HOOLI) as page:
        opened(tab, page)
        tab.get_by_role("button", name="Sent", exact=True).dblclick()
        assert "sent" in tab.get_by_role("status").inner_text()
    assert results(person) == ["sent"]

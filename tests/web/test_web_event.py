"""Why a date is where it is, and how to have it elsewhere."""

import re
from urllib.parse import quote

import pytest

from tests.web.test_web_overview import the_call, words


def test_the_trace_is_numbered_sentences_with_struck_days(page):
    text = page.get(f"/event/{the_call(page)}").text
    why = re.search(r'<ol class="why">(.*?)</ol>', text, re.DOTALL)[1]
    assert why.count("<li") >= 4
    assert (
        '<s><span class="unseen">passed over: </span>Mon 23 Nov 2026</s> is a weekday kept free of calls.'
        in why
    )
    assert 'href="/settings#kept_free"' in why
    assert "002-07" in text
    assert "decide" in why


def test_a_record_s_own_key_leads_to_the_record(page):
    why = page.get(f"/event/{the_call(page)}").text
    assert re.search(r'href="/interviews/hooli-data-analyst-20261117/edit#decision"', why)


def test_a_day_is_kept_and_the_rest_goes_along(page, person):
    number = the_call(page)
    after = page.sends(f"/event/{number}/pin", day="2026-11-24", time="09:00")
    assert "The day is kept" in words(after)
    assert person.record()["agreed"] == "2026-11-24 09:00"
    assert person.start("status") == "2026-11-24T09:00"


@pytest.mark.parametrize(("fields", "start"), [
    ({"day": "2026-11-25", "time": "11:30"}, "2026-11-25T11:30"),
    ({"day": "2026-11-30"}, "2026-11-30T09:00"),  # a Monday, and kept all the same
])  # fmt: skip
def test_another_day_can_be_picked(page, person, fields, start):
    after = page.sends(f"/event/{the_call(page)}/pin", **fields)
    assert person.start("status") == start
    assert "Moved: Call Bob Johnson, Tue 24 Nov 09:00 →" in words(after)
    assert "agreed with them" in words(page.get(f"/event/{the_call(page)}"))


@pytest.mark.parametrize(
    "fields", [{}, {"day": "soon"}, {"day": "2026-11-01"}, {"day": "2026-11-25", "time": "25:00"}]
)
def test_a_day_that_cannot_be_is_refused(page, person, fields):
    answer = page.posts(f"/event/{the_call(page)}/pin", **fields)
    assert answer.status in {400, 422}
    assert person.record()["agreed"] in (None, "")


def test_what_counts_from_another_has_no_day_of_its_own(page):
    number = re.search(r'href="/event/([\d.]+)"><b>[\d:]+ \?</b> 2nd follow-up', page.get("/").text)[1]
    text = page.get(f"/event/{number}").text
    assert "/pin" not in text
    assert "Pin that one" in text


@pytest.mark.parametrize("name", ["9999", "0", "-1", "99999999999999999999999", "x", "%00", "é", "a" * 3000])
def test_an_event_that_is_not_there_is_told_in_a_sentence(page, name):
    answer = page.get(f"/event/{quote(name)}")
    assert answer.status in {400, 404}
    assert "Traceback" not in answer.text

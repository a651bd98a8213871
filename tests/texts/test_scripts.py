"""One text alone, and the link that opens a mail program with it."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from msgspec.structs import replace

from calsync.errors import Usage
from calsync.texts import FORMS, Words, mailto, render_plan, script
from tests.texts.rich import BARE, BARE_PREFERENCES, RICH, RICH_PREFERENCES, offering, plan, touch


def scripted(event, form=None, record=RICH):
    return script(plan(record, event), event, RICH_PREFERENCES, Words(), form)


def test_an_email_has_subject_text_and_address():
    letter = scripted(touch(action="email"))
    assert letter.subject == "Next steps for the Product Manager role"
    assert letter.text.startswith("Dear Sarah Smith,\n\n")
    assert letter.to == "sarah@acme.example"


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_text_with_a_line_to_finish_says_so(language):
    event = touch("thank-you", "email")
    letter = script(plan(RICH, event), event, RICH_PREFERENCES, Words(language))
    bare = script(plan(BARE, event), event, RICH_PREFERENCES, Words(language))
    assert (letter.unfinished, bare.unfinished) == (True, False)
    assert {"en": "[Finish the marked line before you send it.", "de": "markierte Zeile"}[
        language
    ] in letter.text
    assert "[" not in bare.text


def test_a_call_has_neither_subject_nor_address():
    found = scripted(touch())
    assert (found.subject, found.to) == ("", "")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("step", "action"), [("status", "call"), ("status", "email"), ("retry", "call"), ("news", "email")]
)
def test_a_follow_up_can_be_taken_in_every_form(step, action, form):
    assert scripted(touch(step, action), form).text


def test_without_a_form_it_is_the_form_the_event_has():
    assert scripted(touch()) == scripted(touch(), "call")
    assert scripted(touch(action="email")) == scripted(touch(action="email"), "email")


def test_a_preparation_gives_the_words_of_its_call():
    call, preparation = offering(touch()), touch("prepare", "prepare")
    both = plan(RICH, preparation, call)
    assert script(both, preparation, RICH_PREFERENCES, Words(), "call").text == scripted(call).text


@pytest.mark.parametrize("form", FORMS)
def test_the_script_and_the_event_say_the_same(form):
    event = offering(touch(action="email" if form == "email" else "call"))
    described = render_plan(plan(RICH, event), RICH_PREFERENCES, Words()).events[0].description
    assert scripted(event, form).text.partition("\n\n- May I")[0] in described


@pytest.mark.parametrize(
    ("step", "action", "form", "remedy"),
    [
        ("closing", "email", "call", "use --as email"),
        ("courtesy", "email", "gatekeeper", "use --as email"),
        ("ask", "ask", "email", "leave out --as"),
    ],
)
def test_a_form_that_a_step_does_not_have_is_refused_with_the_ones_it_has(step, action, form, remedy):
    with pytest.raises(Usage, match=f"{remedy}.*CS-TXT-007"):
        scripted(touch(step, action), form)


def test_a_closing_that_withdraws_is_no_call_either():
    with pytest.raises(Usage):
        scripted(touch("closing", "email", withdraws=True), "call")


def link(record=RICH, preferences=RICH_PREFERENCES, **changes):
    event = touch("thank-you", "email", **changes)
    return mailto(plan(record, event), event, preferences, Words())


def test_the_link_carries_address_subject_and_text():
    parts = urlsplit(link())
    found = parse_qs(parts.query, strict_parsing=True)
    letter = scripted(touch("thank-you", "email"))
    assert (parts.scheme, unquote(parts.path)) == ("mailto", letter.to)
    assert found["subject"] == [letter.subject]
    assert found["body"] == [letter.text.replace("\n", "\r\n")]
    assert "+" not in parts.query.replace("%2B", "")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "no address",
        "a@b.example?bcc=c@d.example",
        "a@b.example&cc=x",
        "a@b@c.example",
        "x" * 400 + "@b.example",
    ],
)
def test_what_is_no_address_adds_no_recipient(address):
    parts = urlsplit(link(replace(RICH, email=address)))
    assert parse_qs(parts.query).keys() == {"subject", "body"}
    assert parts.path.count("@") <= 1


def test_a_long_text_gives_up_the_candidates_words_before_its_end():
    long = link(replace(RICH, topic="王" * 300, strengths="ж" * 300))
    assert len(long) <= 1900
    assert unquote(long).endswith("Best regards,\r\nAlex Doe\r\n+1 312-555-0199")


def test_even_names_that_take_nine_bytes_a_sign_fit():
    wide = "王" * 60
    found = link(
        replace(RICH, role=wide, company=wide, contact=wide, email=f"{wide}@{wide}.example"),
        replace(RICH_PREFERENCES, candidate=replace(RICH_PREFERENCES.candidate, name=wide)),
    )
    assert len(found) <= 1900
    assert unquote(found).isprintable() or "\ufffd" not in unquote(found)


def test_nothing_at_all_is_known_and_the_link_still_opens():
    assert link(BARE, BARE_PREFERENCES).startswith("mailto:?subject=Thank%20you")

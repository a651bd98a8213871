"""The form of an event's texts: what stands where, how long it may be, and what can never get in."""

import html
import re
from datetime import date
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from calsync.domain import Candidate, Interview, Person, Reason
from calsync.texts import Words, as_html, event_text, mailto, render_plan, script
from tests.texts.rich import (
    BARE,
    BARE_PREFERENCES,
    RICH,
    RICH_PREFERENCES,
    TRACE,
    TUE_2026_11_24,
    everything,
    offering,
    plan,
    touch,
)

TEXT_FIELDS = (
    "company", "role", "candidate", "contact", "phone", "email", "topic", "strengths", "missed", "notes",
    "location", "url",
)  # fmt: skip
NASTY = (
    "\x00\x07\x1b[2J", "\u202eright to left", "a\r\nDTSTART:20260101", "$me ${role} $$ %s {contact} {0}", "x" * 10_000,
    "<script>alert(1)</script>&amp;", "\ud800", "\u2028\u2029\x85", "王" * 5_000, "👩‍👩‍👧" * 400, "\ufeff", "   ",
    "=1+1", "../..", "a" * 200 + "@" + "b" * 200 + ".example",
)  # fmt: skip
UNSEEN = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def texts_of(interview, preferences=RICH_PREFERENCES, language="en", **changes):
    one = replace(offering(touch()), **changes)
    return render_plan(plan(interview, one), preferences, Words(language)).events[0]


def head_of(event):
    return event.description.partition("\n\n")[0].splitlines()


def test_number_and_address_stand_alone_on_the_first_two_lines():
    assert head_of(texts_of(RICH)) == ["+1 212-555-0142", "sarah@acme.example"]


@pytest.mark.parametrize(
    ("number", "country", "wanted"),
    [
        ("(212) 555-0142", "US", "+1 212-555-0142"),
        ("030 901820", "DE", "+49 30 901820"),
        ("+44 20 7946 0000", "US", "+44 20 7946 0000"),
        ("212-555-0142 ext. 7", "US", "+1 212-555-0142 ext. 7"),
        ("(212) 555-0142", "none", "(212) 555-0142"),
        ("555-0142", "US", "555-0142"),
        ("call Sarah", "US", "call Sarah"),
    ],
)
def test_the_number_is_in_international_form_or_as_given(number, country, wanted):
    assert head_of(texts_of(replace(RICH, phone=number, country=country)))[0] == wanted


def test_the_settings_country_reads_a_number_where_the_record_names_none():
    preferences = replace(BARE_PREFERENCES, country="GB")
    assert head_of(texts_of(replace(BARE, phone="020 7946 0000", zone_assumed=True), preferences)) == [
        "+44 20 7946 0000"
    ]


def test_the_parts_stand_in_the_order_in_which_they_are_needed():
    labels = (
        "Do this",
        "Say this",
        "Voicemail",
        "If someone else answers",
        "Offer these dates",
        "Have at hand",
        "Why this date",
    )
    text = texts_of(RICH).description
    places = [text.index(f"\n\n{label}:\n") for label in labels]
    assert places == sorted(places)


def test_an_email_shows_its_subject_above_its_text():
    text = texts_of(RICH, action="email").description
    assert "\n\nWrite this:\nSubject: Next steps for the Product Manager role\n\nDear Sarah Smith,\n" in text


def test_why_this_date_gives_the_reasons_in_their_order():
    text = texts_of(RICH).description
    assert text.partition("Why this date:\n")[2] == "\n".join(f"- {reason.text}" for reason in TRACE)


def test_an_interviewers_thanks_carry_that_persons_address_and_no_number():
    event = texts_of(RICH, step="thank-you", action="email", person=RICH.interviewers[0])
    assert head_of(event) == ["bob@acme.example"]
    assert event.summary == "Thank Bob Jones · Acme"
    assert "Dear Bob Jones," in event.description
    assert not re.search("Sarah|212-555|hiring manager", event.description)


def test_an_interviewer_without_an_address_is_not_given_the_contacts():
    assert (
        "sarah@"
        not in texts_of(RICH, step="thank-you", action="email", person=Person("Ines Roth")).description
    )


def test_the_contacts_own_thanks_are_the_contacts():
    event = texts_of(RICH, step="thank-you", action="email", person=Person(RICH.contact, RICH.email))
    assert head_of(event) == ["+1 212-555-0142", "sarah@acme.example"]


def test_another_candidates_scripts_do_not_give_the_settings_number():
    text = texts_of(replace(RICH, candidate="Ana Lima")).description
    assert "this is Ana Lima." in text
    assert "312-555-0199" not in text
    assert "alex@doe" not in text


SUMMARIES = {
    ("ask", "ask"): "Ask about next steps · Acme",
    ("thank-you", "email"): "Thank Sarah Smith · Acme",
    ("thank-you", "call"): "Call Sarah Smith to say thanks · Acme",
    ("prepare", "prepare"): "Prepare the call to Sarah Smith · Acme",
    ("status", "call"): "Call Sarah Smith · Acme",
    ("status", "email"): "Email Sarah Smith · Acme",
    ("retry", "call"): "Call Sarah Smith again · Acme",
    ("second", "email"): "Email Sarah Smith again · Acme",
    ("closing", "email"): "Closing email to Sarah Smith · Acme",
    ("courtesy", "email"): "Courtesy note to Sarah Smith · Acme",
    ("news", "call"): "Call Sarah Smith about your other offer · Acme",
    ("no-show", "email"): "Email Sarah Smith about the missed call · Acme",
}


@pytest.mark.parametrize(("step", "action"), SUMMARIES)
def test_the_summary_says_who_and_what(step, action):
    event = render_plan(plan(RICH, touch(step, action)), RICH_PREFERENCES, Words()).events[0]
    assert event.summary == SUMMARIES[step, action]


@pytest.mark.parametrize(
    ("role", "language", "wanted"),
    [
        ("manager", "en", "Call the hiring manager · Acme"),
        ("hr", "en", "Call the HR department · Acme"),
        (None, "en", "Call the hiring team · Acme"),
        ("manager", "de", "Die Führungskraft anrufen · Acme"),
    ],
)
def test_without_a_name_the_summary_says_what_they_are(role, language, wanted):
    assert texts_of(replace(BARE, contact_role=role), language=language).summary == wanted


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("record", [RICH, BARE, replace(BARE, contact_role="manager")])
def test_a_discreet_summary_names_neither_company_nor_purpose(language, record):
    for _, event in everything("rich"):
        line = (
            render_plan(plan(record, event), RICH_PREFERENCES, Words(language, discreet=True))
            .events[0]
            .summary
        )
        assert not re.search("acme|interview|hiring|offer|führung|team", line, re.IGNORECASE), line
        assert line


def test_a_discreet_summary_is_a_call_to_somebody():
    assert (
        render_plan(plan(RICH, touch()), RICH_PREFERENCES, Words(discreet=True)).events[0].summary
        == "Call Sarah Smith"
    )


def test_a_description_too_long_keeps_number_script_and_the_last_reason():
    wordy = "word " * 400
    passed = Reason(
        "holiday",
        TUE_2026_11_24,
        TUE_2026_11_24,
        "{before} is a public holiday: {name}.",
        (),
        {"name": "Day"},
    )
    interview = replace(RICH, topic=wordy, strengths=wordy, missed=wordy, notes=wordy, questions=(wordy,) * 5)
    event = texts_of(interview, trace=(*TRACE[:1], *([passed] * 80), TRACE[-1]))
    assert len(event.description) <= 3000
    assert head_of(event) == ["+1 212-555-0142", "sarah@acme.example"]
    assert "Voicemail:\nGood morning, this is Alex Doe." in event.description
    assert event.description.endswith(f"more reasons\n- {TRACE[-1].text}")


def test_of_a_long_record_the_notes_give_way_before_what_is_said():
    event = texts_of(replace(RICH, notes="note " * 100, topic="the garden " * 12), trace=TRACE)
    assert len(event.description) <= 3000
    assert ("the garden " * 12).strip() in event.description


def assert_clean(event, said, link):
    for text in (event.summary, event.description, said.subject, said.text, said.to):
        assert not UNSEEN.search(text)
        text.encode()
    assert len(event.description) <= 3000
    assert 0 < len(event.summary) <= 180
    assert "\n" not in event.summary + said.subject + said.to
    assert len(link) <= 1900
    assert link.isascii()
    assert re.fullmatch(r"mailto:[^?&\s:/]*\?subject=[^?&\s]*&body=[^?&\s]*", link)


def all_texts(interview, preferences, language, event):
    one, words = plan(interview, event), Words(language)
    found = render_plan(one, preferences, words).events[0]
    return found, script(one, event, preferences, words, "email"), mailto(one, event, preferences, words)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("field", TEXT_FIELDS)
def test_no_text_of_a_record_breaks_an_events_text(field, language):
    for value in NASTY:
        if field in {"company", "role"} and not value.strip():
            continue
        interview = replace(RICH, **{field: value})
        for step, action in (("status", "call"), ("thank-you", "email")):
            assert_clean(*all_texts(interview, RICH_PREFERENCES, language, offering(touch(step, action))))


anything = st.text(st.characters(), max_size=300)


@given(
    st.fixed_dictionaries({}, optional=dict.fromkeys(TEXT_FIELDS, anything)),
    st.lists(anything, max_size=9),
    anything,
)
def test_whatever_is_typed_into_a_record_the_texts_are_clean(given_texts, asked, name):
    texts = {
        field: text for field, text in given_texts.items() if field not in {"company", "role"} or text.strip()
    }
    interview = replace(RICH, questions=tuple(asked), interviewers=(Person(name, name),), **texts)
    preferences = replace(RICH_PREFERENCES, candidate=Candidate(name, name, name))
    for event in (offering(touch()), touch("thank-you", "email", person=Person(name, name))):
        assert_clean(*all_texts(interview, preferences, "en", event))


@pytest.mark.parametrize("typed", ["$role", "${me}", "$$", "%s %(me)s", "{contact} {0}", "{{x}}"])
def test_what_looks_like_a_field_in_a_record_stays_what_was_typed(typed):
    assert f"talking about: {typed})" in texts_of(replace(RICH, topic=typed)).description


@given(anything.filter(lambda text: text.strip()))
def test_user_text_never_makes_a_line_of_its_own(text):
    usual = texts_of(replace(RICH, topic="tea", contact="Ann")).description.count("\n")
    assert (
        texts_of(replace(RICH, topic=f"x{text}x", contact=f"x{text}x"), trace=TRACE[:2]).description.count(
            "\n"
        )
        <= usual
    )


def test_a_reasons_details_are_cleaned_too():
    reason = Reason(
        "holiday", TUE_2026_11_24, TUE_2026_11_24, "Not on {name}.", (), {"name": "a\r\nb\u202e{x}"}
    )
    assert texts_of(RICH, trace=(reason,)).description.endswith("- Not on a b{x}.")


def test_at_google_the_number_is_a_link_and_nothing_else_is_markup():
    event = texts_of(replace(RICH, topic="<b>R&D</b>", company="<a href='x'>A&B</a>"))
    shown = as_html(event.description)
    assert shown.startswith('<a href="tel:+12125550142">+1 212-555-0142</a>\nsarah@')
    rest = shown.partition("</a>")[2]
    assert "<" not in rest
    assert html.unescape(rest) == event.description.partition("+1 212-555-0142")[2]


@pytest.mark.parametrize(
    "first", ["javascript:alert(1)", '"><img src=x onerror=alert(1)>', "call Sarah", "١٢٣٤٥٦٧", ""]
)
def test_a_first_line_that_is_no_number_is_no_link(first):
    assert "<" not in as_html(f"{first}\nrest")


def test_everything_but_the_texts_stays_as_it_was():
    one = plan(RICH, offering(touch()), touch("second", "email"))
    found = render_plan(one, RICH_PREFERENCES, Words())
    assert [replace(event, summary="", description="") for event in found.events] == list(one.events)
    assert (found.interview, found.playbook, found.notes) == (one.interview, one.playbook, one.notes)
    assert isinstance(found.interview, Interview)


def test_names_in_other_alphabets_and_joined_signs_stay_whole():
    text = texts_of(replace(RICH, contact="José Ñandú 王伟", topic="नमस्ते and 👩‍👩‍👧")).description
    assert "José Ñandú 王伟" in text
    assert "नमस्ते and 👩‍👩‍👧" in text
    assert all(category(sign) != "Cc" for sign in text.replace("\n", ""))


def test_a_link_too_long_to_keep_whole_is_left_out():
    long = "https://acme.example/" + "x" * 400
    assert "https://" not in texts_of(replace(RICH, url=long)).description
    assert f"- Link: {RICH.url}" in texts_of(RICH).description


def test_a_day_to_answer_by_that_has_passed_is_not_named():
    early = date(2026, 11, 20)
    assert "hear from you by" in texts_of(RICH, step="news").description
    assert "hear from you by" not in texts_of(RICH, step="news", latest=early).description


@pytest.mark.parametrize("reasons", [0, 1, 2, 40])
def test_even_a_users_endless_template_gives_an_event_of_bounded_length(tmp_path, reasons):
    (tmp_path / "status.call.txt").write_text("All day long. " * 400, encoding="utf-8")
    one = touch(trace=TRACE[-1:] * reasons)
    event = render_plan(plan(RICH, one), RICH_PREFERENCES, Words.load(tmp_path)).events[0]
    assert 2900 < len(event.description) <= 3000
    assert head_of(event) == ["+1 212-555-0142", "sarah@acme.example"]


def test_a_long_record_with_a_single_reason_keeps_its_script():
    wordy = "word " * 400
    event = texts_of(replace(RICH, topic=wordy, strengths=wordy, missed=wordy, notes=wordy), trace=TRACE[-1:])
    assert "Good morning, this is Alex Doe." in event.description
    assert event.description.endswith(TRACE[-1].text)


def test_a_full_stop_typed_at_the_end_is_not_doubled():
    assert "haven't said it yet: I also speak Spanish)\n" in texts_of(RICH).description


def test_their_hour_is_named_only_where_it_is_not_the_candidates():
    assert "It's 9 am where they are." in texts_of(RICH).description
    assert "where they are" not in texts_of(RICH, BARE_PREFERENCES).description


def test_a_calendar_gets_joined_what_the_page_shows_one_by_one():
    one = offering(touch())
    text = event_text(plan(RICH, one), one, RICH_PREFERENCES, Words())
    assert text.description == texts_of(RICH).description
    assert (text.phone, text.email, text.summary) == (
        "+1 212-555-0142",
        RICH.email,
        "Call Sarah Smith · Acme",
    )
    kinds = [section.kind for section in text.sections]
    assert kinds == ["do", "say", "voicemail", "gatekeeper", "offer", "hand", "why"]
    assert text.section("hand").items[0] == "The job: Product Manager at Acme."
    assert "Why this date" not in text.without("why").description

"""What the advice wants said, rule by rule; a test's name begins with the rule's id."""

import re

import pytest
from msgspec.structs import replace

from calsync.texts import Words, render_plan, script
from calsync.texts.words import TEMPLATES
from tests.dates import at
from tests.texts.advice_rules import ALL_RULES, ELSEWHERE
from tests.texts.rich import (
    BARE,
    FRI_2026_11_20,
    RICH,
    RICH_PREFERENCES,
    TUE_2026_11_24,
    offering,
    plan,
    touch,
)
from tests.texts.situations import VARIANTS

SECONDS_OF_A_MESSAGE = 25
WORDS_A_MINUTE = 150
OPENING_CALLS = ("status", "retry", "thank-you", "news")
MESSAGES = ("status", "retry", "thank-you", "news")
ASKING = (("status", "call"), ("retry", "call"), ("status", "email"), ("second", "email"))
VERDICT = re.compile(
    r"have you decided|did you decide|made (a|your|up).{0,12}(decision|mind)|did I get|have I got"
    r"|haben Sie (sich )?(schon |bereits )?entschieden|ist die Entscheidung gefallen|bekomme ich die Stelle",
    re.IGNORECASE,
)
TIMELINE = {
    "en": re.compile(r"when I might hear"),
    "de": re.compile(r"wann ich (etwa )?(von Ihnen|mit einer)"),
}
GOOD_TIME = {"en": "Is this a good time", "de": ("Passt es Ihnen gerade", "Haben Sie gerade eine Minute")}

DAY = {"en-US": "November 12", "en-GB": "12 November", "de": "12. November"}

in_each_language = pytest.mark.parametrize("language", VARIANTS)


def said(language, step, form, record=RICH, **changes):
    """One text of the rich record's follow-up, without the days that go with it."""
    action = "email" if form == "email" else "call"
    one = offering(touch(step, action, **changes))
    return script(
        plan(record, one, decision=FRI_2026_11_20), one, RICH_PREFERENCES, Words(language), form
    ).text


def described(language, step="status", action="call", record=RICH, **changes):
    """The description of the rich record's follow-up."""
    one = offering(touch(step, action, **changes))
    (event,) = render_plan(plan(record, one), RICH_PREFERENCES, Words(language)).events
    return event.description


def questions(text):
    return re.findall(r"[^.?!\n]*\?", text)


def seconds(text):
    """How long it takes to say at 150 words a minute; a digit is a syllable and counts as half a word."""
    digits = sum(map(str.isdigit, text))
    words = [word for word in text.split() if not any(map(str.isdigit, word))]
    return (len(words) + digits / 2) * 60 / WORDS_A_MINUTE


@in_each_language
def test_every_rule_is_in_a_text_or_has_its_reason_why_not(language):
    in_texts = frozenset().union(*(Words(language).template(name).rules for name in TEMPLATES))
    assert in_texts <= ALL_RULES
    assert in_texts | ELSEWHERE.keys() == ALL_RULES
    assert not in_texts & ELSEWHERE.keys()


def test_both_languages_put_the_same_rules_to_work():
    for name in TEMPLATES:
        assert Words("en").template(name).rules == Words("de").template(name).rules, name


@in_each_language
@pytest.mark.parametrize("step", OPENING_CALLS)
def test_000_16_a_call_opens_with_full_name_date_and_position(language, step):
    opening = said(language, step, "call").partition("\n")[0]
    day = DAY[language]
    assert all(part in opening for part in ("Alex Doe", day, "Product Manager"))


@in_each_language
@pytest.mark.parametrize("step", ["status", "thank-you", "second", "closing", "courtesy", "news"])
def test_000_16_an_email_names_the_position_and_the_day(language, step):
    text = said(language, step, "email")
    assert "Product Manager" in text
    assert DAY[language] in text


@in_each_language
def test_001_14_name_comes_before_position_and_both_before_the_question(language):
    text = said(language, "status", "call")
    assert (
        text.index("Alex Doe") < text.index("Product Manager") < TIMELINE[language[:2]].search(text).start()
    )


@in_each_language
@pytest.mark.parametrize(("step", "form"), ASKING)
def test_000_19_there_is_exactly_one_question_about_time(language, step, form):
    text = said(language, step, form).partition("\n\n- ")[0]
    asked = [one for one in questions(text) if not one.strip(" -").startswith(GOOD_TIME[language[:2]])]
    assert len(asked) == 1
    assert TIMELINE[language[:2]].search(asked[0])


@in_each_language
def test_001_15_no_text_asks_for_the_verdict(language):
    for name in TEMPLATES:
        known = dict.fromkeys(["me", "contact", "role"], "x")
        assert not VERDICT.search(Words(language).template(name).body(known)), name


@in_each_language
@pytest.mark.parametrize(
    ("step", "form"), [("status", "call"), ("thank-you", "email"), ("thank-you", "call")]
)
def test_000_18_there_are_thanks_and_one_topic(language, step, form):
    text = said(language, step, form)
    assert {"en": "hank you", "de": "Dank"}[language[:2]] in text
    assert text.count(RICH.topic) == 1


@in_each_language
@pytest.mark.parametrize("step", ["status", "second", "closing", "courtesy", "news", "no-show"])
def test_what_the_thanks_said_no_later_email_repeats(language, step):
    text = said(language, step, "email")
    assert not [note for note in (RICH.topic, RICH.strengths, "Spanish") if note in text]


@in_each_language
@pytest.mark.parametrize("step", MESSAGES)
def test_000_23_a_message_can_be_said_in_25_seconds(language, step):
    for record in (
        RICH,
        BARE,
        replace(RICH, role="Senior Product Manager Payments", contact="Sarah Jane Smith"),
    ):
        assert seconds(said(language, step, "voicemail", record)) <= SECONDS_OF_A_MESSAGE


@in_each_language
@pytest.mark.parametrize("step", MESSAGES)
def test_001_19_a_message_has_name_position_and_the_number_twice(language, step):
    text = said(language, step, "voicemail")
    assert "Alex Doe" in text
    assert "Product Manager" in text
    assert text.count("+1 312-555-0199") == 2


@in_each_language
@pytest.mark.parametrize("step", MESSAGES)
def test_000_24_a_message_says_when_to_call_back(language, step):
    assert {"en": "weekdays 9 to 5", "de": "von 9 bis 17 Uhr"}[language[:2]] in said(
        language, step, "voicemail"
    )


@in_each_language
@pytest.mark.parametrize("step", MESSAGES)
def test_002_09_somebody_else_hears_a_name_a_number_and_a_meeting(language, step):
    last_week = at(TUE_2026_11_24.replace(day=17), "09:00")
    text = said(language, step, "gatekeeper", start=last_week)
    assert {"en": "about our meeting last week", "de": "um unser Treffen letzte Woche"}[language[:2]] in text
    assert "Alex Doe" in text
    assert "+1 312-555-0199" in text


@in_each_language
@pytest.mark.parametrize("record", [RICH, replace(BARE, contact_role="manager")])
def test_002_09_somebody_else_hears_nothing_of_the_position_or_the_company(language, record):
    text = said(language, "status", "gatekeeper", record)
    told = (
        "Product Manager",
        "Acme",
        "position",
        "interview",
        "hiring",
        "Stelle",
        "Bewerbung",
        "Führungskraft",
    )
    assert not [word for word in told if word in text]


@in_each_language
def test_001_21_two_days_are_offered_for_a_vague_answer(language):
    days = {
        "en-US": ("Wednesday, November 25", "Tuesday, December 1"),
        "en-GB": ("Wednesday 25 November", "Tuesday 1 December"),
        "de": ("25. November", "1. Dezember"),
    }
    for text in (said(language, "status", "call"), described(language)):
        assert all(day in text for day in days[language])


@in_each_language
@pytest.mark.parametrize("step", OPENING_CALLS)
def test_003_09_a_call_asks_whether_the_time_is_good(language, step):
    second_line = said(language, step, "call").splitlines()[1]
    assert second_line.removeprefix("- ").startswith(GOOD_TIME[language[:2]])


@in_each_language
def test_003_06_strengths_and_the_missed_point_are_said_once(language):
    text = said(language, "status", "call")
    assert text.count(RICH.strengths) == 1
    assert text.count("I also speak Spanish") == 1


@in_each_language
@pytest.mark.parametrize(
    ("step", "form"), [("thank-you", "call"), ("thank-you", "voicemail"), ("status", "call")]
)
def test_004_17_more_information_is_offered(language, step, form):
    offered = {
        "en": r"anything else you need from me|need anything from me",
        "de": r"noch etwas (von mir )?brauchen|noch etwas von mir",
    }
    assert re.search(offered[language[:2]], said(language, step, form))


@in_each_language
def test_001_22_the_second_email_is_brief(language):
    assert len(said(language, "second", "email").split()) <= 60


@in_each_language
def test_001_23_only_a_closing_that_withdraws_says_so(language):
    withdrawal = {"en": "withdraw my application", "de": "ziehe meine Bewerbung zurück"}[language[:2]]
    assert withdrawal not in said(language, "closing", "email")
    assert withdrawal in said(language, "closing", "email", withdraws=True)


@in_each_language
def test_002_12_closing_and_courtesy_thank_and_ask_nothing(language):
    for step in ("closing", "courtesy"):
        text = said(language, step, "email")
        assert {"en": "Thank you", "de": "vielen Dank"}[language[:2]] in text
        assert not questions(text)


@in_each_language
@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ("000-14 004-10", {"en": ("references", "job description"), "de": ("Lebenslauf", "Referenzen")}),
        ("001-10", {"en": ("job description", "notes"), "de": ("Stellenbeschreibung", "Notizen")}),
        ("000-15 001-11", {"en": RICH.questions[:1], "de": RICH.questions[:1]}),
        (
            "001-12 003-07 004-13",
            {"en": ("quiet", "private", "reception"), "de": ("ruhig", "ungestört", "Empfang")},
        ),
        ("000-17 004-14", {"en": ("smile", "formal"), "de": ("Lächeln", "förmlich")}),
        ("003-14 002-14", {"en": ("no other number",), "de": ("keiner anderen Nummer",)}),
        ("001-13", {"en": ("even",), "de": ("gleich freundlich",)}),
        (
            "001-18",
            {"en": ("repeat the next step and its date",), "de": ("den nächsten Schritt und seinen Tag",)},
        ),
        ("000-22 002-10", {"en": ("leave the message once",), "de": ("kein zweiter Anruf",)}),
    ],
)
def test_a_call_carries_what_to_have_and_what_to_mind(language, rules, words):
    text = described(language)
    assert all(word in text for word in words[language[:2]]), rules


@in_each_language
def test_000_12_a_preparation_says_to_practise_with_the_words_of_the_call(language):
    call = offering(touch())
    preparation = touch("prepare", "prepare")
    first, _ = render_plan(plan(RICH, preparation, call), RICH_PREFERENCES, Words(language)).events
    assert {"en": "aloud, twice", "de": "zweimal laut"}[language[:2]] in first.description
    assert {"en": "at 8 am, your time", "de": "24. November, um 8 Uhr"}[language[:2]] in first.description
    assert (
        script(plan(RICH, call), call, RICH_PREFERENCES, Words(language)).text.splitlines()[0]
        in first.description
    )


@in_each_language
def test_000_06_the_interview_ends_with_the_questions_about_what_comes_next(language):
    text = described(language, "ask", "ask")
    for word in {"en": ("decide", "call or an email", "card"), "de": ("entscheiden", "E-Mail", "Karte")}[
        language[:2]
    ]:
        assert word in text


@in_each_language
def test_003_11_a_retry_leaves_no_second_message(language):
    wanted = {"en": "hang up without another", "de": "legen Sie ohne eine zweite auf"}[language[:2]]
    assert wanted in described(language, "retry")


@in_each_language
def test_004_04_a_thank_you_call_leaves_its_message_at_the_second_miss(language):
    wanted = {"en": "first time: hang up without", "de": "beim ersten Mal ohne Nachricht"}[language[:2]]
    assert wanted in described(language, "thank-you")


@in_each_language
def test_000_10_news_of_another_offer_names_no_employer_and_asks_by_when(language):
    text = said(language, "news", "call")
    assert {"en": "from you by Tuesday", "de": "bis Dienstag, 24. November"}[language[:2]] in text
    assert {"en": "no other employer", "de": "weder die andere Firma"}[language[:2]] in described(
        language, "news"
    )


@in_each_language
def test_002_24_everybody_else_met_is_to_be_thanked_too(language):
    assert "Bob Jones, Ines Roth" in described(language, "thank-you", "email")

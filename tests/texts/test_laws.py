"""What holds of every text in every language, whoever writes it to whom: lengths, no holes, nothing false, nothing stiff."""

import re
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from calsync.domain import Candidate, Contact, Interview, Person, Preferences
from calsync.texts import Words, mailto, render_plan, script
from calsync.texts.words import PARTS
from tests.dates import BERLIN, LONDON, NEW_YORK, at
from tests.texts.rich import (
    FRI_2026_11_20,
    THU_2026_11_12,
    TUE_2026_11_24,
    TUE_2026_12_01,
    WED_2026_11_25,
    plan,
    touch,
)
from tests.texts.situations import SITUATIONS, VARIANTS, events, planned

in_each_language = pytest.mark.parametrize("variant", VARIANTS)
LONGEST = {"thank-you": 110, "status": 80, "retry": 80, "second": 60, "closing": 70, "courtesy": 70}
"""Words of an email, from the first line to the name."""
VOICEMAIL, OPENING = 55, 35
MARK = re.compile(
    r"^\[(Finish the marked line before you send it|Bitte die markierte Zeile)[^\[\]]+\]$", re.MULTILINE
)
ASIDE = re.compile(r"^- \(.+\)$|^- \([^()]+:\)", re.MULTILINE)
HOLE = re.compile(
    r"\$|[{}\[\]()…]|  | [,.;:?!]|%s|None|\n\n\n|^[ \t]|[ \t]$|,\.|\.\.|^-\s*$|: *\.|: *$|^\+ |^\||^\?",
    re.MULTILINE,
)
TWICE = re.compile(r"\b([^\W\d_]+) \1\b", re.IGNORECASE)
STIFF = re.compile(
    r"gladly|kindly|desk|full weeks|I take it|once more about|other tasks|sincerely hope|wanted to reach out"
    r"|sorry to bother|busy you must|threat|voller Wochen|entschuldigen Sie die Störung",
    re.IGNORECASE,
)


def every_text(one, event, preferences, words):
    """Each form that a follow-up can be taken in, with its name."""
    forms = ("email",) if event.action == "email" else ("call", "voicemail", "gatekeeper")
    if event.action in {"call", "email"}:
        for form in forms:
            yield form, script(one, event, preferences, words, form)


def all_of(variant):
    for situation in SITUATIONS:
        for event in events():
            one, placed, preferences = planned(situation, variant, event)
            for form, said in every_text(one, placed, preferences, Words(variant)):
                yield situation, placed, form, said


@in_each_language
def test_an_email_is_short(variant):
    for situation, event, form, said in all_of(variant):
        if form == "email" and event.step in LONGEST:
            assert len(MARK.sub("", said.text).split()) <= LONGEST[event.step], (
                situation,
                event.step,
                said.text,
            )


@in_each_language
def test_a_message_takes_25_seconds_and_an_opening_is_a_breath(variant):
    for situation, _, form, said in all_of(variant):
        if form == "voicemail":
            assert len(said.text.split()) <= VOICEMAIL, (situation, said.text)
        if form == "call":
            assert len(said.text.partition("\n")[0].split()) <= OPENING, (situation, said.text)


@in_each_language
def test_no_text_is_stiff_or_guilty(variant):
    for _, _, _, said in all_of(variant):
        assert not STIFF.search(f"{said.subject} {said.text}"), said.text


TRUE_ONLY_AFTER = {
    "after a call": r"tried to|nicht erreicht|versucht",
    "after a voicemail": r"left a message|hinterlassen",
    "after an email": r"wrote to you|geschrieben",
    "after a talk": r"speaking with me last|We spoke|Telefonat am|telefoniert",
    "after a reply": r"your message|Ihre Nachricht am",
}


@in_each_language
@pytest.mark.parametrize("situation", TRUE_ONLY_AFTER)
def test_what_was_done_is_said_only_where_it_was(variant, situation):
    said_in = {
        where
        for where, event, form, said in all_of(variant)
        if form in {"call", "email"}
        and event.step not in {"courtesy", "no-show"}
        and re.search(TRUE_ONLY_AFTER[situation], said.text)
    }
    assert said_in == {situation}


def test_each_country_has_its_own_words():
    said = {variant: " ".join(one.text for *_, one in all_of(variant)) for variant in VARIANTS}
    assert "résumé" in said["en-US"]
    assert "Dear Ms. Smith," in said["en-US"]
    assert "Hi Sarah," in said["en-US"]
    assert "Tuesday, November 24" in said["en-US"]
    assert not re.search(r"\bCV\b|24 November", said["en-US"])
    assert re.search(r"\bCV\b", said["en-GB"])
    assert "Dear Ms Smith," in said["en-GB"]
    assert "Tuesday 24 November" in said["en-GB"]
    assert not re.search(r"résumé|November 24|Ms\.", said["en-GB"])
    assert "Sehr geehrte Frau Dr. Größl," in said["de"]
    assert "Lebenslauf" in said["de"]
    assert "bei der Isarwerk GmbH" in said["de"]
    assert "(m/w/d)" not in said["de"]


@in_each_language
def test_the_mark_is_in_text_event_and_link_alike(variant):
    for event in events():
        if (event.step, event.action) == ("thank-you", "email"):
            one, placed, preferences = planned("everything", variant, event)
            words = Words(variant)
            assert len(MARK.findall(script(one, placed, preferences, words).text)) == 2
            assert len(MARK.findall(render_plan(one, preferences, words).events[0].description)) == 2
            assert "%5B" in mailto(one, placed, preferences, words)


names = st.sampled_from(
    ["", "Sarah Smith", "Hank Scorpio", "Mr. Hank Scorpio", "Smith, Sarah", "Ludwina van der Berg", "Frau Ina Größl",
     "Dr. Priya Nair", "José", "王伟", "Herr Prof. Dr. Jonas Weber", "Sam Reed Jr."]
)  # fmt: skip
notes = st.sampled_from(
    ["", "pricing study I led", "I forgot to mention …", "Thirty years of", "the move to self-service.", "We laughed a lot!",
     "growth [2019-2024] (mine)", "why? because I asked:"]
)  # fmt: skip
RECORDS = st.fixed_dictionaries(
    {
        "company": st.sampled_from(
            ["Acme", "Isarwerk GmbH", "Deutsche Bahn AG", "Harwell & Sons", "Universität Wien"]
        ),
        "role": st.sampled_from(["PM", "Senior Product Manager", "Leitung Einkauf (m/w/d)", "Nurse"]),
        "contact": names,
        "salutation": st.sampled_from(
            ["", "", "Ms. Smith", "Sarah", "Frau Dr. Größl", "Mr. Hank Scorpio", "Dr Nair"]
        ),
        "contact_role": st.sampled_from([None, "manager", "hr", "recruiter"]),
        "phone": st.sampled_from(["", "+1 212-555-0142"]),
        "email": st.sampled_from(["", "sarah@acme.example"]),
        "culture": st.sampled_from([None, "formal", "regulated", "casual"]),
        "country": st.sampled_from(["", "US", "GB", "DE", "IN", "AU", "FR"]),
        "language": st.sampled_from(["", "en", "en-US", "en-GB", "de"]),
        "topic": notes,
        "strengths": notes,
        "missed": notes,
        "questions": st.sampled_from([(), ("How big is the team",), ("Why me?", "Who else")]),
        "interviewers": st.sampled_from([(), (Person("Bob Jones", "bob@acme.example"),)]),
    }
)
CONTACTS = st.none() | st.builds(
    Contact,
    st.sampled_from(["call", "message", "email", "talk", "reply"]),
    st.integers(1, 12).map(lambda days: TUE_2026_11_24 - timedelta(days)),
)
WORDS = Words()
OFFERS = (WED_2026_11_25, TUE_2026_12_01)
PLACED = st.sampled_from([*PARTS]).filter(lambda key: key[1] in {"call", "email"})


@given(
    RECORDS,
    st.sampled_from([NEW_YORK, LONDON, BERLIN]),
    PLACED,
    st.fixed_dictionaries({"last_contact": CONTACTS, "round": st.integers(1, 3)}),
    st.fixed_dictionaries(
        {"pinned": st.booleans(), "offers": st.sampled_from([(), OFFERS[:1], OFFERS])},
    ),
    st.sampled_from([Candidate(), Candidate("Alex Doe", "+1 312-555-0199", "alex@doe.example")]),
)
@settings(max_examples=2000, deadline=None)
def test_no_record_leaves_a_hole_a_bracket_or_a_word_twice(record, zone, key, happened, agreed, me):
    interview = Interview(id="x", start=at(THU_2026_11_12, "14:00", zone), **record)
    event = touch(*key, start=at(TUE_2026_11_24, "09:00", zone), **agreed)
    one = replace(plan(interview, event, decision=FRI_2026_11_20), **happened)
    preferences = Preferences(zone=NEW_YORK, candidate=me)
    for form, said in every_text(one, event, preferences, WORDS):
        assert not MARK.search(said.text) or (said.unfinished and key == ("thank-you", "email"))
        text = ASIDE.sub("- Aside", MARK.sub("Marked", said.text))
        assert text.strip(), form
        assert not HOLE.search(f"{said.subject}\n{text}"), (form, text)
        assert not TWICE.search(f"{said.subject}\n{text}"), (form, text)
        assert form == "gatekeeper" or not re.search(r"M[rs]s?\.? (Hank|Sarah) ", text), text


OPENINGS = {
    ("Sarah Smith", "", None, "en-US"): "Dear Sarah Smith,",
    ("Sarah Smith", "", "casual", "en-US"): "Hi Sarah,",
    ("Sarah Smith", "Sarah", None, "en-US"): "Hi Sarah,",
    ("Sarah Smith", "Sarah", "formal", "en-US"): "Dear Sarah,",
    ("Sarah Smith", "Sarah", None, "en-GB"): "Dear Sarah,",
    ("Sarah Smith", "Ms. Smith", "casual", "en-US"): "Dear Ms. Smith,",
    ("Sarah Smith", "Mrs Smith", None, "en-US"): "Dear Mrs. Smith,",
    ("Hank Scorpio", "Mr. Hank Scorpio", None, "en-US"): "Dear Mr. Scorpio,",
    ("", "Mr. Hank Scorpio", None, "en-US"): "Dear Mr. Scorpio,",
    ("Mr. Hank Scorpio", "", None, "en-GB"): "Dear Mr Scorpio,",
    ("Rosa García López", "Ms. García López", None, "en-US"): "Dear Ms. García López,",
    ("Frau Dr. Ina Größl", "", None, "en-GB"): "Dear Dr. Größl,",
    ("Frau Dr. Ina Größl", "", None, "de"): "Sehr geehrte Frau Dr. Größl,",
    ("Jonas Weber", "Herr Weber", "formal", "de"): "Sehr geehrter Herr Weber,",
    ("Jonas Weber", "Mr. Weber", None, "de"): "Sehr geehrter Herr Weber,",
    ("Jonas Weber", "", None, "de"): "Guten Tag Jonas Weber,",
    ("Jonas Weber", "", "casual", "de"): "Hallo Jonas,",
    ("Ludwina van der Berg", "Ms. van der Berg", None, "en-US"): "Dear Ms. van der Berg,",
    ("Ms. Ludwina van der Berg", "", None, "en-US"): "Dear Ms. van der Berg,",
    ("Smith, Sarah", "", None, "en-US"): "Dear Sarah Smith,",
    ("", "", None, "en-US"): "Dear hiring team,",
    ("", "", None, "de"): "Sehr geehrte Damen und Herren,",
}


@pytest.mark.parametrize(("contact", "salutation", "culture", "language"), OPENINGS)
def test_a_letter_begins_as_people_of_that_country_begin_one(contact, salutation, culture, language):
    interview = Interview(
        id="x", company="Acme", role="PM", start=at(THU_2026_11_12, "14:00"), contact=contact,
        salutation=salutation, culture=culture, language=language,
    )  # fmt: skip
    event = touch("status", "email")
    said = script(plan(interview, event), event, Preferences(zone=NEW_YORK), Words())
    assert said.text.partition("\n")[0] == OPENINGS[contact, salutation, culture, language]

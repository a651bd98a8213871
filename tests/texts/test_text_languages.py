"""Every language is complete: templates, short sentences, days, hours and plurals."""

import re
import subprocess
import sys
from datetime import date
from zoneinfo import ZoneInfo

import polib
import pytest
from msgspec.structs import replace

from calsync.domain import Hours, Note, Period, Reason, Span, WeeklyHours
from calsync.errors import BadSettings
from calsync.intake import KEYS
from calsync.planner import sentences as planned
from calsync.playbooks import load, names
from calsync.texts import Words, note_text, reason_text, render_plan, script
from calsync.texts.catalogue import SPANS
from calsync.texts.events import PLURALS as DESCRIPTION_PLURALS
from calsync.texts.events import SENTENCES as LABELS
from calsync.texts.events import SUMMARY_SENTENCES as SUMMARIES
from calsync.texts.fields import SENTENCES as ROLES
from calsync.texts.languages import LANGUAGES, clock, greeting, met
from calsync.texts.phone_numbers import reach
from calsync.texts.phrases import SENTENCES as PHRASES
from calsync.texts.reasons import SENTENCES as STATUSES
from tests.dates import at
from tests.texts import sentences
from tests.texts.make_catalogue import SOURCES, compiled
from tests.texts.rich import RICH, RICH_PREFERENCES, THU_2026_11_12, TUE_2026_11_24, plan, touch

HOLE = re.compile(r"\{(\w+)[!:}]")
BOOKS = [load(name) for name in names()]
OURS = {
    *(
        text
        for book in BOOKS
        for text in (book.title, book.summary, book.closing.note if book.closing else "")
        if text
    ),
    *LABELS,
    *ROLES,
    *STATUSES,
    *SUMMARIES,
    *PHRASES,
    *sentences.spoken(),
    *sentences.BY_NAME,
}
PLURALS = {*DESCRIPTION_PLURALS, *SPANS.values()}


def planners():
    """Every sentence that the planner can say: the constants and tables of its module of sentences."""
    for name, value in vars(planned).items():
        if name.isupper():
            yield from [value] if isinstance(value, str) else value.values()


PLANNERS = frozenset(planners())
TRANSLATED = [source.parent.name for source in SOURCES]


def catalogue(language):
    (source,) = (source for source in SOURCES if source.parent.name == language)
    return polib.pofile(str(source), encoding="utf-8")


def test_every_language_but_english_has_a_catalogue():
    assert sorted(["en", *TRANSLATED]) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_short_sentence_is_translated_and_none_is_left_over(language):
    entries = catalogue(language)
    asked, known = OURS | PLANNERS | {one for one, _ in PLURALS}, [entry.msgid for entry in entries]
    assert sorted(asked - set(known)) == []
    assert sorted(set(known) - asked) == []
    assert len(known) == len(set(known))
    assert {(entry.msgid, entry.msgid_plural) for entry in entries if entry.msgid_plural} == PLURALS
    assert not entries.untranslated_entries()
    assert not entries.fuzzy_entries()


def test_the_tests_would_see_a_forgotten_sentence():
    ours = {"Do next", "What happened?", "Left voicemail", "Taken back: {label}", "Forget {interview}?"}
    assert ours <= sentences.spoken()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_holes_of_its_sentence(language):
    for entry in catalogue(language):
        for text in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            assert set(HOLE.findall(text)) == set(HOLE.findall(entry.msgid)), entry.msgid


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.parent.name)
def test_the_catalogue_that_programs_read_is_made_from_the_one_people_edit(source):
    made = compiled(source)
    assert source.with_suffix(".mo").read_bytes() == made, "run python tests/texts/make_catalogue.py"


@pytest.mark.parametrize("sentence", sorted(PLANNERS))
def test_a_reason_of_the_planner_reads_in_german(sentence):
    details = dict.fromkeys(HOLE.findall(sentence), TUE_2026_11_24)
    reason = Reason("offset", THU_2026_11_12, TUE_2026_11_24, sentence, (), details)
    text = reason_text(reason, "de")
    assert text != reason.text
    assert "{" not in text
    assert not re.search(r"\b(the|is|and|day|they|email)\b", text), text


def test_english_reasons_are_the_domains_own():
    for sentence in PLANNERS:
        holes = set(HOLE.findall(sentence)) - {"before", "after"}
        details = dict.fromkeys(holes, at(TUE_2026_11_24, "09:15"))
        reason = Reason("offset", THU_2026_11_12, TUE_2026_11_24, sentence, (), details)
        assert reason_text(reason, "en") == reason.text


@pytest.mark.parametrize(
    ("value", "english", "german"),
    [
        (TUE_2026_11_24, "Tue 24 Nov 2026", "Di., 24. Nov. 2026"),
        (at(TUE_2026_11_24, "09:05"), "Tue 24 Nov 2026 09:05", "Di., 24. Nov. 2026, 9:05 Uhr"),
        (Span(1), "1 day", "1 Tag"),
        (Span(3, "business_days"), "3 business days", "3 Arbeitstage"),
        (Period(THU_2026_11_12, THU_2026_11_12), "Thu 12 Nov 2026", "Do., 12. Nov. 2026"),
        (
            Period(THU_2026_11_12, TUE_2026_11_24),
            "Thu 12 Nov 2026 – Tue 24 Nov 2026",
            "Do., 12. Nov. 2026 – Di., 24. Nov. 2026",
        ),
        (ZoneInfo("America/New_York"), "New York", "New York"),
        ("rejected", "rejected", "Absage"),
        ("Labor Day", "Labor Day", "Labor Day"),
        (7, "7", "7"),
    ],
)
def test_what_fills_a_reason_is_written_as_the_language_writes_it(value, english, german):
    note = Note("status", "{it}", {"it": value})
    assert (note_text(note, "en"), note_text(note, "de")) == (english, german)


def test_a_sentence_without_a_translation_stays_english():
    assert note_text(Note("status", "Nobody has said this before."), "de") == "Nobody has said this before."


@pytest.mark.parametrize(
    ("minute", "english", "german"),
    [(0, "midnight", "0 Uhr"), (9 * 60, "9 am", "9 Uhr"), (12 * 60, "noon", "12 Uhr"), (12 * 60 + 30, "12:30 pm", "12:30 Uhr"),
     (17 * 60 + 5, "5:05 pm", "17:05 Uhr"), (24 * 60, "midnight", "24 Uhr")],
)  # fmt: skip
def test_times_of_day_are_said_as_people_say_them(minute, english, german):
    assert (clock(minute, "en"), clock(minute, "de")) == (english, german)


@pytest.mark.parametrize(("hour", "english", "german"), [(0, "Good morning", "Guten Morgen"), (11, "Good morning", "Guten Tag"),
                                                        (12, "Good afternoon", "Guten Tag"), (23, "Good evening", "Guten Abend")])  # fmt: skip
def test_the_greeting_goes_with_the_hour(hour, english, german):
    assert (greeting(hour, "en"), greeting(hour, "de")) == (english, german)


@pytest.mark.parametrize(
    ("today", "english", "german"),
    [
        (date(2026, 11, 12), "today", "heute"),
        (date(2026, 11, 13), "yesterday", "gestern"),
        (date(2026, 11, 15), "this week", "diese Woche"),
        (date(2026, 11, 16), "last week", "letzte Woche"),
        (date(2026, 11, 22), "last week", "letzte Woche"),
        (date(2026, 11, 23), "on 12 November", "am 12. November"),
    ],
)
def test_the_meeting_was_when_one_says_it_was(today, english, german):
    assert (met(THU_2026_11_12, today, "en"), met(THU_2026_11_12, today, "de")) == (english, german)


ALL_DAY, OFFICE = Hours.parse("07:00-21:00"), Hours.parse("09:00-17:00")
LUNCH = WeeklyHours((0, 1, 2, 3), Hours.parse("12:00-13:00"))
EVENING = WeeklyHours((4,), Hours.parse("17:00-19:00"))


@pytest.mark.parametrize(
    ("own", "private", "shift", "english", "german"),
    [
        (ALL_DAY, (), 0, "weekdays 9 to 5", "werktags von 9 bis 17 Uhr"),
        (ALL_DAY, (), -600, "weekdays 9 am to 11 am, your time", "werktags von 9 bis 11 Uhr Ihrer Zeit"),
        (ALL_DAY, (), 630, "weekdays 5:30 pm to 7:30 am, your time", "werktags von 17:30 bis 7:30 Uhr Ihrer Zeit"),
        (ALL_DAY, (LUNCH,), 0, "Monday to Thursday from noon to 1", "Montag bis Donnerstag von 12 bis 13 Uhr"),
        (ALL_DAY, (LUNCH, EVENING), 0, "Monday to Thursday from noon to 1 and Friday from 5 pm to 7 pm",
         "Montag bis Donnerstag von 12 bis 13 Uhr und Freitag von 17 bis 19 Uhr"),
        (ALL_DAY, (WeeklyHours((0, 2, 4), OFFICE),), 0, "Monday, Wednesday and Friday from 9 to 5",
         "Montag, Mittwoch und Freitag von 9 bis 17 Uhr"),
        (ALL_DAY, (WeeklyHours(tuple(range(7)), OFFICE),), 0, "9 to 5", "von 9 bis 17 Uhr"),
    ],
)  # fmt: skip
def test_they_hear_when_to_reach_the_candidate_on_their_own_clock(own, private, shift, english, german):
    assert reach(own, private, OFFICE, shift, "en") == english
    assert reach(own, private, OFFICE, shift, "de") == german


@pytest.mark.parametrize("name", ["de", "DE", "de-AT", "de_DE.UTF-8"])
def test_a_language_may_come_with_its_country(name):
    assert Words(name).language == "de"


def test_a_language_that_calsync_does_not_speak_is_refused():
    with pytest.raises(
        BadSettings, match=r"language: there are no texts in the language 'fr'; use one of de, en"
    ):
        Words("fr")


def test_a_german_event_says_nothing_in_english():
    event = render_plan(plan(RICH, touch()), RICH_PREFERENCES, Words("de")).events[0]
    typed = (
        RICH.topic,
        RICH.strengths,
        "I also speak Spanish",
        *RICH.questions,
        RICH.notes,
        "Product Manager",
    )
    text = event.summary + event.description
    for words in typed:
        text = text.replace(words, "")
    assert not re.search(r"\b(the|this|you|call|when|date|Voicemail)\b", text), text


def test_a_record_may_speak_another_language_than_the_settings():
    words = Words("en")
    assert words.speaking("") is words.speaking("en-GB") is words
    assert words.speaking("de").language == "de"
    assert words.speaking("de-AT") is words.speaking("de")


def test_an_interview_in_german_gives_events_and_scripts_in_german_whatever_the_settings_say():
    german = replace(RICH, language="de")
    ours, theirs = Words("en"), Words("de")
    told = render_plan(plan(german, touch()), RICH_PREFERENCES, ours)
    assert told.events == render_plan(plan(RICH, touch()), RICH_PREFERENCES, theirs).events
    one, other = (plan(each, touch()) for each in (german, RICH))
    assert script(one, one.events[0], RICH_PREFERENCES, ours) == script(
        other, other.events[0], RICH_PREFERENCES, theirs
    )


def test_the_languages_of_a_record_are_those_that_there_are_texts_in():
    for language in LANGUAGES:
        assert KEYS["language"].read(language.upper()) == language


def test_starting_costs_no_phone_numbers():
    program = "import sys, calsync.texts; print(*sorted({'phonenumbers'} & sys.modules.keys()))"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout == "\n"

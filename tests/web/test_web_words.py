"""The page speaks every language in whole sentences."""

import re
import tomllib

import pytest

from calsync.texts.languages import LANGUAGES
from calsync.web.rendering import FOLDER, catalogue, say
from tests.web.phrases import all_phrases

HOLE = re.compile(r"\{(\w+)\}")
TRANSLATED = sorted(set(LANGUAGES) - {"en"})


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_of_the_page_is_translated_and_none_is_left_over(language):
    asked, known = all_phrases(), set(catalogue(language))
    assert sorted(asked - known) == []
    assert sorted(known - asked) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_holes_of_its_sentence(language):
    wrong = [
        key for key, text in catalogue(language).items() if set(HOLE.findall(text)) != set(HOLE.findall(key))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_is_translated_twice(language):
    seen = {}
    for file in sorted((FOLDER / language).glob("*.toml")):
        for key in tomllib.loads(file.read_text("utf-8")):
            assert key not in seen, f"{key!r} stands in {seen.get(key)} and {file.name}"
            seen[key] = file.name


def test_a_sentence_without_a_translation_stays_english():
    assert say("de", "Nobody has said this before.") == "Nobody has said this before."


def test_the_tests_would_see_a_forgotten_sentence():
    assert {"Do next", "What happened?", "Left voicemail", "Taken back: {label}"} <= all_phrases()

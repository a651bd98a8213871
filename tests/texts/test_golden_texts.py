"""Every template, filled, as a person has read and approved it."""

import pytest

from tests.texts.make_golden_texts import FOLDER, texts

TEXTS = dict(texts())


@pytest.mark.parametrize("path", sorted(TEXTS))
def test_the_text_is_the_one_that_was_read_and_approved(path):
    assert (FOLDER / path).read_text(encoding="utf-8") == TEXTS[path], "run python tests/make_golden.py"


def test_there_is_no_golden_text_of_a_template_that_is_gone():
    found = {file.relative_to(FOLDER).as_posix() for file in FOLDER.rglob("*.txt")}
    assert found == TEXTS.keys()

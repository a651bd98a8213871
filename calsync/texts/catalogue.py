"""The short sentences of a language: labels, the planner's reasons, errors, and all that terminal and page say.

English sentences are their own keys (gettext). ``<language>/calsync.po`` is the
source, edited by hand; ``calsync.mo`` beside it is made from it by
``python tests/texts/make_catalogue.py`` and is what a program reads, so that
installing needs no compiler.
"""

import gettext
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from calsync.phrase import Phrase

__all__ = ["FOLDER", "plural", "say", "translate"]

FOLDER = Path(__file__).parent


def translate(sentence: str, language: str) -> str:
    """The sentence in ``language``, its holes still in it; as it is where the catalogue does not have it.

    >>> translate("Do this", "de")
    'Das ist zu tun'
    """
    return _catalogue(language)[0](sentence)


def say(sentence: str, language: str, **values: object) -> str:
    """The sentence in ``language``, its holes filled; a phrase brings along what fills it.

    >>> say("they decide by {day}", "de", day="Di., 24. Nov. 2026")
    'Entscheidung bis Di., 24. Nov. 2026'
    """
    if isinstance(sentence, Phrase):
        return say(sentence.sentence, language, **sentence.values, **values)
    text = translate(sentence, language)
    return (
        text.format_map({name: _said(value, language) for name, value in values.items()}) if values else text
    )


def _said(value: object, language: str) -> object:
    return say(value, language) if isinstance(value, Phrase) else value


def plural(one: str, many: str, count: int, language: str) -> str:
    """The form for ``count`` things, with its holes still in it.

    >>> plural("{count} day", "{count} days", 3, "de")
    '{count} Tage'
    """
    return _catalogue(language)[1](one, many, count)


@lru_cache(maxsize=8)
def _catalogue(language: str) -> tuple[Callable[[str], str], Callable[[str, str, int], str]]:
    if language == "en":
        return str, lambda one, many, count: one if count == 1 else many
    with (FOLDER / language / "calsync.mo").open("rb") as file:
        found = gettext.GNUTranslations(file)
    return found.gettext, found.ngettext

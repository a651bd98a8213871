"""The short sentences of a language: labels, the planner's reasons, errors, and all that terminal and page say.

English sentences are their own keys (gettext). ``<language>/calsync.po`` is the
source, edited by hand; ``calsync.mo`` beside it is made from it by
``python tests/texts/make_catalogue.py`` and is what a program reads, so that
installing needs no compiler.
"""

import gettext
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from calsync.domain import Period, Span
from calsync.domain import spoken as spoken_in_english
from calsync.phrase import Phrase, Spoken
from calsync.texts.languages import LANGUAGES, spoken

__all__ = ["FOLDER", "SPANS", "plural", "say", "translate", "written"]

FOLDER = Path(__file__).parent
SPANS = {
    "days": ("{count} day", "{count} days"),
    "business_days": ("{count} business day", "{count} business days"),
}
"""Singular and plural of what a span counts."""


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
    if isinstance(sentence, Spoken):
        return str(_said(sentence, language))
    if isinstance(sentence, Phrase):
        return say(sentence.sentence, language, **sentence.values, **values)
    text = translate(sentence, language)
    return (
        text.format_map({name: _said(value, language) for name, value in values.items()}) if values else text
    )


def _said(value: object, language: str) -> object:
    if isinstance(value, Phrase):
        return say(value, language)
    if isinstance(value, Spoken) and language != "en":
        return written(value.value, language)
    return value


def written(value: object, language: str) -> str:
    """A day, a time, a zone or a span as the language writes it; anything else as text.

    >>> written(date(2026, 11, 24), "en"), written(Span(3), "de")
    ('Tue 24 Nov 2026', '3 Tage')
    """
    if isinstance(value, datetime):
        day = spoken(value.date(), language)
        return LANGUAGES[language].moment.format(day=day, hour=value.hour, minute=value.minute)
    if isinstance(value, date):
        return spoken(value, language)
    if isinstance(value, Span):
        one, many = SPANS[value.unit]
        return plural(one, many, value.count, language).format(count=value.count)
    if isinstance(value, Period):
        days = dict.fromkeys((value.first, value.last))
        return " – ".join(spoken(day, language) for day in days)
    return value if isinstance(value, str) else spoken_in_english(value)


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

"""The reasons for a date, in the reader's language.

A reason is an English sentence with named holes (``calsync.domain.reason``).
The sentence is looked up in the catalogue, and the days and times in its
holes are written as the language writes them.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from string import Formatter
from typing import get_args

from calsync.domain import Note, Period, Reason, Rule, Span
from calsync.domain.interview import Status
from calsync.texts.catalogue import translate
from calsync.texts.clean import clean
from calsync.texts.phrases import value

__all__ = ["SENTENCES", "note_text", "passes_over", "reason_text"]

SENTENCES = tuple(status for status in get_args(Status) if status != "open")
"""Words of a record that stand in a sentence: they are translated too."""


def reason_text(reason: Reason, language: str) -> str:
    """The sentence of one entry of a trace, in ``language``."""
    details = reason.details or {}
    return _fill(reason.sentence, {**details, "before": reason.before, "after": reason.after}, language)


def note_text(note: Note, language: str) -> str:
    """The sentence of a plan's note, in ``language``."""
    return _fill(note.sentence, note.details or {}, language)


def passes_over(reason: Reason) -> bool:
    """Whether the reason strikes out a day or an hour that was looked at."""
    return reason.rule in _PASSING_OVER and reason.before != reason.after


_PASSING_OVER: frozenset[Rule] = frozenset(
    {
        "weekend",
        "holiday",
        "closure",
        "away",
        "kept-free",
        "monday-like",
        "bridge",
        "year-end",
        "eve",
        "contact-busy",
        "own-hours",
        "taken",
    }
)


def _fill(sentence: str, values: Mapping[str, object], language: str) -> str:
    return "".join(
        text if name is None else text + _written(values[name], language)
        for text, name in _holes(sentence, language)
    )


@lru_cache(maxsize=1024)
def _holes(sentence: str, language: str) -> tuple[tuple[str, str | None], ...]:
    """The translated sentence, as pieces of text each with the name of the hole behind it."""
    return tuple((text, name) for text, name, _, _ in Formatter().parse(translate(sentence, language)))


def _written(given: object, language: str) -> str:
    if isinstance(given, int):
        return str(given)
    text = value(given, language)
    if isinstance(given, date | Span | Period):
        return text
    return translate(text, language) if text in SENTENCES else clean(text)

"""The reasons for a date, in the reader's language.

A reason is an English sentence with named holes (``calsync.domain.reason``).
The sentence is looked up in the catalogue, and the days and times in its
holes are written as the language writes them.
"""

from datetime import date, datetime
from string import Formatter
from typing import get_args

from calsync.domain import Note, Period, Reason, Span
from calsync.domain import spoken as in_english
from calsync.domain.interview import Status
from calsync.texts.clean import clean
from calsync.texts.languages import LANGUAGES, spoken
from calsync.texts.words import Words, plural

__all__ = ["PLURALS", "SENTENCES", "note_text", "reason_text"]

_SPANS = {
    "days": ("{count} day", "{count} days"),
    "business_days": ("{count} business day", "{count} business days"),
}
PLURALS = tuple(_SPANS.values())
"""The pairs of singular and plural of this module, for the catalogue."""
SENTENCES = tuple(status for status in get_args(Status) if status != "open")
"""Words of a record that stand in a sentence: they are translated too."""


def reason_text(reason: Reason, words: Words) -> str:
    """The sentence of one entry of a trace, in the language of ``words``."""
    pattern, names = words.patterns.get(reason.sentence) or _holes(reason.sentence, words)
    said = []
    for name in names:
        if name == "after":
            said.append(_said(reason.after, words))
        elif name == "before":
            said.append(_said(reason.before, words))
        else:
            said.append(_said((reason.details or {})[name], words))
    return pattern % tuple(said)


def note_text(note: Note, words: Words) -> str:
    """The sentence of a plan's note, in the language of ``words``."""
    pattern, names = words.patterns.get(note.sentence) or _holes(note.sentence, words)
    return pattern % tuple([_said((note.details or {})[name], words) for name in names])


def _said(value: object, words: Words) -> str:
    if isinstance(value, datetime):
        day = spoken(value.date(), words.language)
        return LANGUAGES[words.language].moment.format(day=day, hour=value.hour, minute=value.minute)
    if isinstance(value, date):
        return spoken(value, words.language)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Span):
        one, many = _SPANS[value.unit]
        return plural(one, many, value.count, words.language).format(count=value.count)
    if isinstance(value, Period):
        days = dict.fromkeys((value.first, value.last))
        return " – ".join(spoken(day, words.language) for day in days)
    text = value if isinstance(value, str) else in_english(value)
    return words.say(text) if text in SENTENCES else clean(text)


def _holes(sentence: str, words: Words) -> tuple[str, tuple[str, ...]]:
    """The translated sentence as a pattern of ``%s``, and the names of its holes in their order; remembered."""
    parts = list(Formatter().parse(words.say(sentence)))
    pattern = "".join(text.replace("%", "%%") + ("" if name is None else "%s") for text, name, _, _ in parts)
    found = pattern, tuple(name for _, name, _, _ in parts if name is not None)
    words.patterns[sentence] = found
    return found

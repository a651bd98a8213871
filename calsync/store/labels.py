"""What a change is called, kept so that every language can say it: its English, and its sentence with what fills it."""

from typing import Any

import msgspec

from calsync.phrase import Phrase

__all__ = ["read_label", "write_words"]


def write_words(label: str) -> str | None:
    """The sentence and its values as JSON; None for a text that is no sentence of ours."""
    return msgspec.json.encode(_plain(label)).decode() if isinstance(label, Phrase) else None


def read_label(label: str, words: str | None) -> str:
    """The sentence that was written; the text alone where there is none, or where nobody can read it."""
    if not words:
        return label
    try:
        found = _made(msgspec.json.decode(words))
    except (msgspec.DecodeError, LookupError, TypeError, ValueError, AttributeError):
        return label
    return found if isinstance(found, Phrase) else label


def _plain(value: object) -> object:
    if isinstance(value, Phrase):
        return [value.sentence, {name: _plain(each) for name, each in value.values.items()}]
    return value if isinstance(value, int) else str(value)


def _made(value: Any) -> Any:  # JSON
    if isinstance(value, list):
        sentence, values = value
        return Phrase(sentence, {name: _made(each) for name, each in values.items()})
    return value

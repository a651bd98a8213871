"""The page's own sentences in other languages: English is the key, ``<language>/<page>.toml`` has the rest.

    "Do next" = "Als Nächstes"

Days and times are worded by ``calsync.texts``; these are headings, buttons and hints. A test reads every template
and module and says which sentence has no German, or a translation nobody asks for.
"""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

__all__ = ["FOLDER", "catalogue", "phrase", "say"]

FOLDER = Path(__file__).parent


def phrase(sentence: str) -> str:
    """The sentence itself, marked as one that is said later."""
    return sentence


def say(language: str, sentence: str, **holes: object) -> str:
    """The sentence in ``language``, its holes filled; English where there is no translation.

    >>> say("de", "Do next"), say("en", "+{count} more", count=3)
    ('Als Nächstes', '+3 more')
    """
    text = catalogue(language).get(sentence, sentence)
    return text.format_map(holes) if holes else text


@lru_cache(maxsize=4)
def catalogue(language: str) -> Mapping[str, str]:
    """Every sentence that the language has."""
    files = sorted((FOLDER / language).glob("*.toml")) if language != "en" else []
    return {key: text for file in files for key, text in tomllib.loads(file.read_text("utf-8")).items()}

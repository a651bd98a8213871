"""Templates to HTML: everything is escaped, nothing undefined passes for empty, and no mark turns the line around.

Every value that a template prints goes through ``_visible`` first, so no page has to think of it.
"""

import tomllib
from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from calsync.texts.clean import block

__all__ = ["FOLDER", "STATIC", "catalogue", "phrase", "render", "say"]


# The page's own sentences in other languages: English is the key, ``<language>/<page>.toml`` has the rest.
#
#     "Do next" = "Als Nächstes"
#
# Days and times are worded by ``calsync.texts``; these are headings, buttons and hints. A test reads every template
# and module and says which sentence has no German, or a translation nobody asks for.

FOLDER = Path(__file__).parent / "words"


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


_HERE = Path(__file__).parent
STATIC = _HERE / "static"


def render(template: str, language: str, **values: object) -> str:
    """The page in ``language``; ``_`` says the page's own sentences in it."""
    return _environment().get_template(template).render(values, _=partial(say, language), language=language)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _visible(value: object) -> object:
    """Text without control and direction characters; None is nothing."""
    if value is None:
        return ""
    if not isinstance(value, str) or isinstance(value, Markup) or (value.isascii() and value.isprintable()):
        return value
    return block(value)

"""Templates to HTML: everything is escaped, nothing undefined passes for empty, and no mark turns the line around.

Every value that a template prints goes through ``_visible`` first, so no page has to think of it.
"""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from calsync.phrase import Phrase
from calsync.texts.catalogue import say
from calsync.texts.clean import block

__all__ = ["STATIC", "render"]

_HERE = Path(__file__).parent
STATIC = _HERE / "static"


def render(template: str, language: str, **values: object) -> str:
    """The page in ``language``; ``_`` says a sentence of the catalogue in it."""
    return _environment(language).get_template(template).render(values, language=language)


@lru_cache(maxsize=4)
def _environment(language: str) -> Environment:
    """Where every phrase that is printed is said in the language, marked by ``_`` or not."""

    def said(sentence: str, **holes: object) -> str:
        return say(sentence, language, **holes)

    def finalized(value: object) -> object:
        return _visible(said(value) if isinstance(value, Phrase) else value)

    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalized,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["_"] = said
    return environment


def _visible(value: object) -> object:
    """Text without control and direction characters; None is nothing."""
    if value is None:
        return ""
    if not isinstance(value, str) or isinstance(value, Markup) or (value.isascii() and value.isprintable()):
        return value
    return block(value)

"""A sentence for people, kept apart from what fills it until the language of whoever reads it is known.

English is written where it is said, ``phrase("there is no zone {name!r}", name=name)``, and is its own
key in the catalogue (``calsync.texts.catalogue``), which says it in other languages.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Self

__all__ = ["Phrase", "Spoken", "joined", "phrase"]

_NOTHING: Mapping[str, object] = MappingProxyType({})


class Phrase(str):
    """The English text; ``sentence`` is the key that it has in the catalogue, ``values`` fill its holes."""

    __slots__ = ("sentence", "values")
    sentence: str
    values: Mapping[str, object]

    def __new__(cls, sentence: str, values: Mapping[str, object] = _NOTHING) -> Self:
        """The sentence, filled; one without values is said as it stands."""
        made = super().__new__(cls, sentence.format_map(values) if values else sentence)
        made.sentence, made.values = sentence, values
        return made


class Spoken(str):
    """A day, a time or a span as English says it; ``value`` is what another language says in its own way."""

    __slots__ = ("value",)
    value: object

    def __new__(cls, text: str, value: object) -> Self:
        """The English text of a value."""
        made = super().__new__(cls, text)
        made.value = value
        return made


def phrase(sentence: str, **values: object) -> Phrase:
    """A sentence to be said later, in the reader's language; values may be phrases themselves.

    >>> phrase("there is no zone {name!r}", name="EST5")
    "there is no zone 'EST5'"
    """
    return Phrase(sentence, values)


def joined(parts: Iterable[str], between: str = ", ", last: str = "") -> Phrase:
    """Texts one behind the other, each still to be said in the reader's language; empty ones are left out.

    ``last`` stands before the last one, where it is another word than ``between``.

    >>> joined(["jobs.csv", phrase("row {number}", number=7), ""])
    'jobs.csv, row 7'
    """
    kept = [part for part in parts if part]
    values = {f"part{place}": part for place, part in enumerate(kept)}
    holes = [f"{{{name}}}" for name in values]
    if last and len(holes) > 1:
        holes[-2:] = [f"{holes[-2]}{{last}}{holes[-1]}"]
    return Phrase("{between}".join(holes), {**values, "between": between, "last": last})

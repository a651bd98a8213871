"""A phone number as the world dials it: the first line of an event, to tap (RFC 3966 behind it)."""

import re
from functools import lru_cache

from calsync.texts.clean import clean

__all__ = ["as_html", "country_of_number", "international", "tel"]

_LONGEST = 60
"""Characters of a number, at most."""
_NUMBER = re.compile(r"[+(]?[\d(][\d ()./~-]{3,}\d(?: (?:ext\.?|x) ?(?P<extension>\d{1,7}))?")

_WRITTEN_OUT = re.compile(r"\+[1-9][0-9]{0,2}(?: [0-9]+)(?:[ -][0-9]+)+")
"""A number in international form already, such as +1 212-555-0142: nobody needs to be asked."""


@lru_cache(maxsize=2048)
def international(number: str, country: str) -> str:
    """The international form of ``number``, read as in ``country``; as given if it cannot be read.

    >>> international("(212) 555-0142", "US"), international("030 901820", "DE")
    ('+1 212-555-0142', '+49 30 901820')
    >>> international("ask at the context", "US")
    'ask at the context'
    """
    given = clean(number, _LONGEST)
    if not given or _WRITTEN_OUT.fullmatch(given):
        return given
    import phonenumbers  # noqa: PLC0415  # 27 ms that nobody pays who writes emails

    try:
        read = phonenumbers.parse(given, country or None)
    except phonenumbers.NumberParseException:
        return given
    if phonenumbers.is_possible_number_with_reason(read) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return given
    return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


@lru_cache(maxsize=4096)
def country_of_number(number: str) -> str:
    """The country of a number that is written with its ``+`` code, "" where that says none.

    >>> country_of_number("+49 30 1234567"), country_of_number("+800 12345678")
    ('DE', '')
    """
    import phonenumbers  # noqa: PLC0415  # 27 ms, for records that tell their country in no other way

    try:
        region = phonenumbers.region_code_for_number(phonenumbers.parse(number, None))
    except phonenumbers.NumberParseException:
        return ""
    return region if region and region.isalpha() else ""


def tel(line: str) -> str:
    """The ``tel:`` link of a line that is a phone number and nothing else, else an empty string.

    >>> tel("+1 212-555-0142"), tel("+1 212-555-0142 ext. 7"), tel("javascript:alert(1)")
    ('tel:+12125550142', 'tel:+12125550142;ext=7', '')
    """
    found = _NUMBER.fullmatch(line) if line.isascii() else None
    if not found:
        return ""
    extension = found["extension"] or ""
    digits = re.sub(r"\D", "", line[: found.start("extension")] if extension else line)
    plus = "+" if line.startswith("+") else ""
    return f"tel:{plus}{digits}" + (f";ext={extension}" if extension else "")


def as_html(description: str) -> str:
    r"""The description with ``&`` and ``<`` escaped, its first line a ``tel:`` link if it is a number.

    >>> as_html("+1 212-555-0142\nR&D <b>")
    '<a href="tel:+12125550142">+1 212-555-0142</a>\nR&amp;D &lt;b>'
    """
    first, line_break, rest = description.partition("\n")
    link = tel(first)
    shown = f'<a href="{link}">{_escaped(first)}</a>' if link else _escaped(first)
    return shown + line_break + _escaped(rest)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")

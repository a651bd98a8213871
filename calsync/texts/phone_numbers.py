"""How the two sides reach each other by phone: a number as the world dials it, and the hours for a call back.

A number is the first line of an event, to tap (RFC 3966 behind it).
"""

import re
from functools import lru_cache

from calsync.domain import Hours, WeeklyHours
from calsync.texts.clean import clean
from calsync.texts.languages import LANGUAGES, hours

__all__ = ["as_html", "country_of_number", "international", "reach", "tel"]

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


# When the candidate can be reached, as one says it to the contact (000-24).
#
# The candidate's own hours (the private ones, if given) are moved to the
# contact's clock and kept within the contact's business hours, because that is
# when a call back would come. Where the two never meet, the candidate's hours
# stand as they are, on the contact's clock.

_DAY = 24 * 60
_WORKING_WEEK = (0, 1, 2, 3, 4)
_MOST_SPANS = 2


@lru_cache(maxsize=1024)
def reach(own: Hours, private: tuple[WeeklyHours, ...], business: Hours, shift: int, language: str) -> str:
    """The words for it; ``shift`` is the contact's clock less the candidate's, in minutes.

    >>> reach(Hours(420, 1260), (), Hours(540, 1020), 0, "en")
    'weekdays 9 to 5'
    >>> reach(Hours(420, 1260), (), Hours(540, 1020), -300, "en")
    'weekdays 9 to 4, your time'
    """
    tongue = LANGUAGES[language]
    spans = [(entry.weekdays, entry.hours) for entry in private[:_MOST_SPANS]] or [(_WORKING_WEEK, own)]
    said = [
        _days(weekdays, _hours_there(span, business, shift, language), language) for weekdays, span in spans
    ]
    text = said[0] if len(said) == 1 else tongue.joined.format(before=said[0], last=said[1])
    return tongue.your_time.format(hours=text) if shift else text


def _hours_there(span: Hours, business: Hours, shift: int, language: str) -> str:
    """The longest stretch of ``span`` on the contact's clock within business hours, else all of it."""
    inside = [(max(a, business.opens), min(b, business.closes)) for a, b in _moved(span, shift)]
    opens, closes = max(inside, key=lambda piece: piece[1] - piece[0])
    if opens >= closes:
        opens, closes = (span.opens + shift) % _DAY, (span.closes + shift) % _DAY or _DAY
    return hours(opens, closes, language)


def _moved(span: Hours, shift: int) -> list[tuple[int, int]]:
    """``span`` moved by ``shift``: in two pieces if it runs over midnight."""
    opens = (span.opens + shift) % _DAY
    closes = opens + span.closes - span.opens
    return [(opens, closes)] if closes <= _DAY else [(opens, _DAY), (0, closes - _DAY)]


def _days(weekdays: tuple[int, ...], said_hours: str, language: str) -> str:
    """In front of the hours, the weekdays: "on weekdays", "Monday to Thursday", "Monday and Friday"."""
    tongue = LANGUAGES[language]
    days = tuple(sorted(set(weekdays)))
    if days == _WORKING_WEEK:
        return tongue.on_weekdays.format(hours=said_hours)
    if len(days) == len(tongue.weekdays) or not days:
        return said_hours
    names = [tongue.weekdays[day] for day in days]
    if len(names) > 1 and days == tuple(range(days[0], days[-1] + 1)):
        listed = tongue.through.format(first=names[0], last=names[-1])
    elif len(names) > 1:
        listed = tongue.joined.format(before=", ".join(names[:-1]), last=names[-1])
    else:
        listed = names[0]
    return tongue.on_days.format(days=listed, hours=said_hours)

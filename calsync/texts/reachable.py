"""When the candidate can be reached, as one says it to the contact (000-24).

The candidate's own hours (the private ones, if given) are moved to the
contact's clock and kept within the contact's business hours, because that is
when a call back would come. Where the two never meet, the candidate's hours
stand as they are, on the contact's clock.
"""

from functools import lru_cache

from calsync.domain import Hours, WeeklyHours
from calsync.texts.languages import LANGUAGES, hours

__all__ = ["reach"]

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

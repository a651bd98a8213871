"""Signs, kinds and times as the page shows them, in the reader's language.

Patterns of days and times are those of ``calsync.texts.languages``; a new step is a row in ``_KINDS``.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from calsync.domain import Action, Event, Step
from calsync.domain.outcome import Result
from calsync.phrase import phrase
from calsync.texts.catalogue import say
from calsync.texts.languages import LANGUAGES
from calsync.texts.outcomes import WORDS
from calsync.texts.phrases import city

__all__ = [
    "GLYPHS",
    "clock",
    "day",
    "distance",
    "in_both",
    "kind",
    "moment",
    "outcome_name",
]

GLYPHS: Mapping[str, str] = {"interview": "◆", "call": "☎", "email": "✉", "prepare": "✎", "ask": "?"}
"""One sign for each kind of thing, in the alphabet of every font; never alone."""

_KINDS: Mapping[Step, Mapping[Action, str] | str] = {
    "ask": phrase("Questions"),
    "prepare": phrase("Preparation"),
    "thank-you": phrase("Thank-you"),
    "status": {"call": phrase("Status call"), "email": phrase("Status email")},
    "retry": {"call": phrase("Second try"), "email": phrase("Status email")},
    "second": phrase("2nd follow-up"),
    "closing": phrase("Closing"),
    "courtesy": phrase("Courtesy"),
    "news": phrase("News"),
    "no-show": phrase("Missed call"),
}
_DAY = timedelta(days=1)
_NO_DIGITS = " Uhr"
"""What a language says behind a time, and between two times only once."""


def kind(event: Event, language: str) -> str:
    """The sort of follow-up in a word or two: ``Status call``."""
    found = _KINDS[event.step]
    return say(found if isinstance(found, str) else found.get(event.action, event.step), language)


def outcome_name(result: Result, language: str) -> str:
    """What was logged, in words."""
    return say(WORDS[result].logged, language)


def day(when: date, language: str, *, year: bool = False) -> str:
    """A day in short.

    >>> day(date(2026, 11, 24), "en"), day(date(2026, 11, 24), "de", year=True)
    ('Tue 24 Nov', 'Di., 24. Nov. 2026')
    """
    tongue = LANGUAGES[language]
    return tongue.short.format(
        weekday=tongue.short_weekdays[when.weekday()],
        day=when.day,
        month=tongue.short_months[when.month],
        year=when.year if year else "",
    ).strip()


def clock(when: datetime, language: str) -> str:
    """A time of day.

    >>> clock(datetime(2026, 11, 24, 9, 5), "en"), clock(datetime(2026, 11, 24, 9, 5), "de")
    ('09:05', '9:05 Uhr')
    """
    return LANGUAGES[language].moment.format(day="", hour=when.hour, minute=when.minute).strip(" ,")


def moment(when: datetime, language: str, *, year: bool = False) -> str:
    """A day and a time.

    >>> moment(datetime(2026, 11, 24, 9, 5), "en")
    'Tue 24 Nov 09:05'
    """
    return LANGUAGES[language].moment.format(
        day=day(when, language, year=year), hour=when.hour, minute=when.minute
    )


def in_both(
    start: datetime, end: datetime, theirs: ZoneInfo, own: ZoneInfo, language: str
) -> tuple[str, str]:
    """When it is on their clock, and on the candidate's; the second is empty where the clocks agree."""
    there, there_end, mine = start.astimezone(theirs), end.astimezone(theirs), start.astimezone(own)
    span = f"{moment(there, language).rstrip(_NO_DIGITS)}–{clock(there_end, language)}"
    if mine.utcoffset() == there.utcoffset():
        return span, ""
    said = clock(mine, language) if mine.date() == there.date() else moment(mine, language)
    return f"{span} ({say('their time, {city}', language, city=city(theirs))})", say(
        "= {time} your time ({city})", language, time=said, city=city(own)
    )


def distance(start: datetime, now: datetime, own: ZoneInfo, language: str) -> str:
    """How far off it is, in days of the candidate's: ``in 10 days``."""
    days = (start.astimezone(own).date() - now.astimezone(own).date()) // _DAY
    match days:
        case 0:
            return say("today", language)
        case 1:
            return say("tomorrow", language)
        case -1:
            return say("yesterday", language)
        case _ if days < 0:
            return say("{count} days ago", language, count=-days)
        case _:
            return say("in {count} days", language, count=days)

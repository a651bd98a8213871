"""How a language says days, times and greetings: one row for each, and nothing else.

A new language is a row here, a folder of templates with the same names as
``en/``, and a catalogue (``<language>.po`` in that folder) for the short
sentences. The tests say what is still missing.

``Language.day`` is the form that stands after "on" (German: after "am").
"""

from datetime import date, timedelta
from functools import lru_cache

import msgspec

__all__ = ["LANGUAGES", "Language", "clock", "day", "greeting", "hours", "language_of", "met", "spoken"]

_WEEK = 7
_NOON = 12 * 60
_MIDNIGHT = 24 * 60


class Language(msgspec.Struct, frozen=True, kw_only=True):
    """The words and patterns of one language; months begin at index 1, Monday is 0."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    short_weekdays: tuple[str, ...]
    short_months: tuple[str, ...]
    day: str
    date: str
    with_year: str
    month_first: tuple[str, str, str]
    short: str
    narrow: str
    narrow_weekday: str
    moment: str
    greetings: tuple[tuple[int, str], ...]
    met: tuple[str, str, str, str, str]
    hours: str
    on_weekdays: str
    on_days: str
    through: str
    joined: str
    your_time: str


_ENGLISH = Language(
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        "", "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ),
    short_weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    short_months=("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    day="{weekday}, {day} {month}",
    date="{day} {month}",
    with_year="{text} {year}",
    month_first=("{weekday}, {month} {day}", "{month} {day}", "{text}, {year}"),
    short="{weekday} {day} {month} {year}",
    narrow="{weekday:.3} {day:2} {month:.3}",
    narrow_weekday="{:.3}",
    moment="{day} {hour:02}:{minute:02}",
    greetings=((12, "Good morning"), (18, "Good afternoon"), (24, "Good evening")),
    met=("today", "yesterday", "this week", "last week", "on {date}"),
    hours="from {opens} to {closes}",
    on_weekdays="on weekdays {hours}",
    on_days="{days} {hours}",
    through="{first} to {last}",
    joined="{before} and {last}",
    your_time="{hours} your time",
)  # fmt: skip
_GERMAN = Language(
    weekdays=("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    months=(
        "", "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
        "Oktober", "November", "Dezember",
    ),
    short_weekdays=("Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So."),
    short_months=(
        "", "Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.",
    ),
    day="{weekday}, dem {day}. {month}",
    date="{day}. {month}",
    with_year="{text} {year}",
    month_first=("{weekday}, dem {day}. {month}", "{day}. {month}", "{text} {year}"),
    short="{weekday}, {day}. {month} {year}",
    narrow="{weekday:.2} {day:2}. {month:.3}",
    narrow_weekday="{:.2}",
    moment="{day}, {hour}:{minute:02} Uhr",
    greetings=((11, "Guten Morgen"), (18, "Guten Tag"), (24, "Guten Abend")),
    met=("heute", "gestern", "diese Woche", "letzte Woche", "am {date}"),
    hours="von {opens} bis {closes}",
    on_weekdays="werktags {hours}",
    on_days="{days} {hours}",
    through="{first} bis {last}",
    joined="{before} und {last}",
    your_time="{hours} Ihrer Zeit",
)  # fmt: skip
LANGUAGES = {"en": _ENGLISH, "de": _GERMAN}


def language_of(name: str) -> str:
    """The language we have for a code in anybody's spelling; English where we have none.

    >>> language_of("de_AT.UTF-8"), language_of("fr")
    ('de', 'en')
    """
    code = name.lower().replace("_", "-").partition("-")[0]
    return code if code in LANGUAGES else "en"


_MONTH_FIRST = frozenset({"US", "CA", "PH", "PR", "GU", "VI", "AS", "MP", "BZ", "FM", "MH", "PW"})
"""Countries where an English date is said with the month first (CLDR, territories of en-US form)."""


@lru_cache(maxsize=4096)
def day(when: date, language: str, country: str = "", *, weekday: bool = True, year: bool = False) -> str:
    """A day in full, as it stands after "on".

    >>> day(date(2026, 11, 12), "en"), day(date(2026, 11, 12), "en", "US", year=True)
    ('Thursday, 12 November', 'Thursday, November 12, 2026')
    >>> day(date(2026, 11, 12), "de"), day(date(2026, 11, 12), "de", weekday=False)
    ('Donnerstag, dem 12. November', '12. November')
    """
    tongue = LANGUAGES[language]
    patterns = tongue.month_first if country in _MONTH_FIRST else (tongue.day, tongue.date, tongue.with_year)
    text = patterns[0 if weekday else 1].format(
        weekday=tongue.weekdays[when.weekday()], day=when.day, month=tongue.months[when.month]
    )
    return patterns[2].format(text=text, year=when.year) if year else text


@lru_cache(maxsize=4096)
def spoken(when: date, language: str) -> str:
    """A day in short, with its year: for reasons and lists.

    >>> spoken(date(2026, 11, 24), "en"), spoken(date(2026, 11, 24), "de")
    ('Tue 24 Nov 2026', 'Di., 24. Nov. 2026')
    """
    tongue = LANGUAGES[language]
    return tongue.short.format(
        weekday=tongue.short_weekdays[when.weekday()],
        day=when.day,
        month=tongue.short_months[when.month],
        year=when.year,
    )


@lru_cache(maxsize=2048)
def clock(minute: int, language: str, *, bare: bool = False) -> str:
    """A time of day as it is said; ``bare`` without the word that ends it (German "Uhr").

    >>> clock(9 * 60, "en"), clock(13 * 60 + 30, "en"), clock(9 * 60 + 30, "de")
    ('9 am', '1:30 pm', '9:30 Uhr')
    """
    hour, rest = divmod(minute, 60)
    if language == "de":
        text = f"{hour}:{rest:02}" if rest else f"{hour}"
        return text if bare else f"{text} Uhr"
    if minute == _NOON:
        return "noon"
    if minute % _MIDNIGHT == 0:
        return "midnight"
    said = f"{(hour - 1) % 12 + 1}:{rest:02}" if rest else f"{(hour - 1) % 12 + 1}"
    return f"{said} {'am' if minute < _NOON else 'pm'}"


def hours(opens: int, closes: int, language: str) -> str:
    """From one time of day to another.

    >>> hours(540, 1020, "en"), hours(540, 1020, "de")
    ('from 9 am to 5 pm', 'von 9 bis 17 Uhr')
    """
    return LANGUAGES[language].hours.format(
        opens=clock(opens, language, bare=True), closes=clock(closes, language)
    )


@lru_cache(maxsize=128)
def greeting(hour: int, language: str) -> str:
    """The greeting for an hour of the day, 0 to 23."""
    return next(words for until, words in LANGUAGES[language].greetings if hour < until)


@lru_cache(maxsize=4096)
def met(interview: date, today: date, language: str, country: str = "") -> str:
    """When the interview was, as one says it on ``today`` (002-09).

    >>> met(date(2026, 11, 12), date(2026, 11, 17), "en"), met(date(2026, 11, 12), date(2026, 11, 24), "en")
    ('last week', 'on 12 November')
    """
    same_day, day_before, this_week, last_week, else_on = LANGUAGES[language].met
    weeks = (
        (today - timedelta(today.weekday())) - (interview - timedelta(interview.weekday()))
    ).days // _WEEK
    if today == interview:
        return same_day
    if today - interview == timedelta(1):
        return day_before
    if weeks in {0, 1}:
        return last_week if weeks else this_week
    return else_on.format(date=day(interview, language, country, weekday=False))

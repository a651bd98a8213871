"""How a language says days, times and greetings: one row for each, and nothing else.

A new language is a row here, a folder of templates with the same names as
``en/``, and a catalogue (``<language>.po`` in that folder) for the short
sentences. The tests say what is still missing.

``Language.day`` is the form that stands after "on" (German: after "am").
"""

from datetime import date, timedelta
from functools import lru_cache

import msgspec
from msgspec.structs import replace

__all__ = [
    "LANGUAGES",
    "Language",
    "clock",
    "day",
    "greeting",
    "hours",
    "language_of",
    "lately",
    "met",
    "spoken",
    "variant_of",
]

_WEEK = 7
_NOON = 12 * 60
_MIDNIGHT = 24 * 60
_MORNING = range(6 * 60, _NOON + 1)
_AFTERNOON = range(_NOON + 60, 20 * 60)


class Language(msgspec.Struct, frozen=True, kw_only=True):
    """The words and patterns of one language; months begin at index 1, Monday is 0."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    short_weekdays: tuple[str, ...]
    short_months: tuple[str, ...]
    day: str
    date: str
    with_year: str
    short: str
    narrow: str
    narrow_weekday: str
    moment: str
    greetings: tuple[tuple[int, str], ...]
    met: tuple[str, str, str, str, str]
    lately: tuple[str, str, str, str, str]
    unfinished: str
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
    short="{weekday} {day} {month} {year}",
    narrow="{weekday:.3} {day:2} {month:.3}",
    narrow_weekday="{:.3}",
    moment="{day} {hour:02}:{minute:02}",
    greetings=((12, "Good morning"), (18, "Good afternoon"), (24, "Good evening")),
    met=("today", "yesterday", "this week", "last week", "on {date}"),
    lately=("today", "yesterday", "on {weekday}", "last {weekday}", "on {date}"),
    unfinished="[Finish the marked line before you send it.",
    hours="{opens} to {closes}",
    on_weekdays="weekdays {hours}",
    on_days="{days} from {hours}",
    through="{first} to {last}",
    joined="{before} and {last}",
    your_time="{hours}, your time",
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
    day="{weekday}, {day}. {month}",
    date="{day}. {month}",
    with_year="{text} {year}",
    short="{weekday}, {day}. {month} {year}",
    narrow="{weekday:.2} {day:2}. {month:.3}",
    narrow_weekday="{:.2}",
    moment="{day}, {hour}:{minute:02} Uhr",
    greetings=((11, "Guten Morgen"), (18, "Guten Tag"), (24, "Guten Abend")),
    met=("heute", "gestern", "diese Woche", "letzte Woche", "am {date}"),
    lately=("heute", "gestern", "am {weekday}", "am letzten {weekday}", "am {date}"),
    unfinished="[Bitte die markierte Zeile vor dem Senden fertigstellen.",
    hours="von {opens} bis {closes}",
    on_weekdays="werktags {hours}",
    on_days="{days} {hours}",
    through="{first} bis {last}",
    joined="{before} und {last}",
    your_time="{hours} Ihrer Zeit",
)  # fmt: skip
_BRITISH = replace(_ENGLISH, day="{weekday} {day} {month}")
_AMERICAN = replace(
    _ENGLISH, day="{weekday}, {month} {day}", date="{month} {day}", with_year="{text}, {year}"
)
LANGUAGES = {"en": _ENGLISH, "de": _GERMAN}
"""The languages that have templates and a catalogue."""
_VARIANTS = LANGUAGES | {"en-US": _AMERICAN, "en-GB": _BRITISH}
"""Those in which a text is written: English is that of a country."""
_BRITISH_COUNTRIES = frozenset(
    [
        "AU",
        "BD",
        "BW",
        "CY",
        "FJ",
        "GB",
        "GG",
        "GH",
        "GI",
        "HK",
        "IE",
        "IM",
        "IN",
        "JE",
        "JM",
        "KE",
        "LK",
        "MT",
        "MY",
        "NG",
        "NZ",
        "PK",
        "SG",
        "TT",
        "TZ",
        "UG",
        "UK",
        "ZA",
        "ZM",
        "ZW",
    ]
)


def variant_of(language: str, country: str) -> str:
    """The English of a country where none was chosen; any other language is itself.

    >>> variant_of("en", "IE"), variant_of("en", "DE"), variant_of("en-gb", "US"), variant_of("de", "US")
    ('en-GB', 'en-US', 'en-GB', 'de')
    """
    code, _, chosen = language.replace("_", "-").partition(".")[0].partition("-")
    if code.lower() != "en":
        return language_of(language)
    return "en-GB" if (chosen.upper() or country) in _BRITISH_COUNTRIES else "en-US"


def language_of(name: str) -> str:
    """The language we have for a code in anybody's spelling; English where we have none.

    >>> language_of("de_AT.UTF-8"), language_of("fr")
    ('de', 'en')
    """
    code = name.lower().replace("_", "-").partition("-")[0]
    return code if code in LANGUAGES else "en"


@lru_cache(maxsize=4096)
def day(when: date, language: str, *, weekday: bool = True, year: bool = False) -> str:
    """A day in full, as it stands after "on".

    >>> day(date(2026, 11, 12), "en-GB"), day(date(2026, 11, 12), "en-US", year=True)
    ('Thursday 12 November', 'Thursday, November 12, 2026')
    >>> day(date(2026, 11, 12), "de"), day(date(2026, 11, 12), "de", weekday=False)
    ('Donnerstag, 12. November', '12. November')
    """
    tongue = _VARIANTS[language]
    text = (tongue.day if weekday else tongue.date).format(
        weekday=tongue.weekdays[when.weekday()], day=when.day, month=tongue.months[when.month]
    )
    return tongue.with_year.format(text=text, year=when.year) if year else text


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
    """From one time of day to another; in English "am" and "pm" only where they are needed.

    >>> hours(540, 1020, "en"), hours(480, 720, "en"), hours(540, 1020, "de")
    ('9 to 5', '8 am to noon', 'von 9 bis 17 Uhr')
    """
    said = [clock(opens, language, bare=True), clock(closes, language)]
    if opens in _MORNING and closes in _AFTERNOON:
        said = [text.removesuffix(" am").removesuffix(" pm") for text in said]
    return _VARIANTS[language].hours.format(opens=said[0], closes=said[1])


@lru_cache(maxsize=128)
def greeting(hour: int, language: str) -> str:
    """The greeting for an hour of the day, 0 to 23."""
    return next(words for until, words in _VARIANTS[language].greetings if hour < until)


def met(interview: date, today: date, language: str) -> str:
    """When the interview was, as one says it on ``today`` to a stranger: no weekday (002-09).

    >>> (
    ...     met(date(2026, 11, 12), date(2026, 11, 17), "en"),
    ...     met(date(2026, 11, 12), date(2026, 11, 24), "en-US"),
    ... )
    ('last week', 'on November 12')
    """
    return _seen_from(today, interview, language, _VARIANTS[language].met)


def lately(when: date, today: date, language: str) -> str:
    """A day in the past, as one says it on ``today`` to somebody who was there.

    >>> [lately(date(2026, 11, 12), date(2026, 11, day), "en-GB") for day in (12, 13, 14, 17, 24)]
    ['today', 'yesterday', 'on Thursday', 'last Thursday', 'on 12 November']
    """
    return _seen_from(today, when, language, _VARIANTS[language].lately)


def _seen_from(today: date, when: date, language: str, patterns: tuple[str, str, str, str, str]) -> str:
    same_day, day_before, this_week, last_week, else_on = patterns
    weeks = ((today - timedelta(today.weekday())) - (when - timedelta(when.weekday()))).days // _WEEK
    if today == when:
        return same_day
    if today - when == timedelta(1):
        return day_before
    pattern = (last_week if weeks else this_week) if weeks in {0, 1} and when < today else else_on
    weekday = _VARIANTS[language].weekdays[when.weekday()]
    return pattern.format(weekday=weekday, date=day(when, language, weekday=False))

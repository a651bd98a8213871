"""How one value of settings.toml is read: one function for each form.

A reader takes what TOML gave and returns the value, or raises BadValue with what is wrong and what
to write instead; whoever calls it adds the file and the key.
"""

import re
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any, get_args
from urllib.parse import urlsplit

from calsync.domain import QUIET_DAYS, Hours, Period, QuietDays, WeeklyHours
from calsync.domain.interview import Window
from calsync.domain.times import parse_periods, parse_weekday, parse_weekly_hours
from calsync.errors import BadValue, Usage
from calsync.intake.columns import checked_renames
from calsync.intake.values import country as country_code
from calsync.intake.zones import zone as zone_named
from calsync.phrase import joined, phrase

__all__ = [
    "Reader",
    "api_root",
    "calendars",
    "country",
    "flag",
    "headers",
    "hours",
    "line",
    "matching",
    "minutes",
    "periods",
    "quiet_days",
    "weekdays",
    "weekly_hours",
    "window",
    "zone",
]

Reader = Callable[[Any], Any]

_LONGEST_ALARM = 40_320
"""Minutes, four weeks: the most Google takes."""
_MOST_ALARMS = 5
_MOST_CALENDARS = 50
_LONGEST_TEXT = 200
_SHOWN = 60
"""Characters of a wrong value that its error repeats."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""Line breaks and what a terminal obeys; joiners and wide spaces belong to people's names."""


def line(value: object) -> str:
    """One short line of text, without the spaces around it."""
    if not isinstance(value, str):
        raise _wrong(value, phrase("is not a text"), phrase('write it in quotes: "…"'))
    text = value.strip()
    if len(text) > _LONGEST_TEXT or _CONTROLS.search(text):
        raise _wrong(
            value,
            phrase("is not one short line"),
            phrase("use up to {longest_text} characters on one line", longest_text=_LONGEST_TEXT),
        )
    return text


def matching(pattern: str, what: str, remedy: str, *, empty: bool = False) -> Reader:
    """Make a reader of lines that fit a pattern; ``empty`` allows none, which means not given."""

    def read(value: object) -> str:
        text = line(value)
        if (empty and not text) or re.fullmatch(pattern, text):
            return text
        raise _wrong(value, what, remedy)

    return read


def flag(value: object) -> bool:
    """True or false; no word that looks like one."""
    if not isinstance(value, bool):
        raise _wrong(
            value, phrase("is neither true nor false"), phrase("write true or false, without quotes")
        )
    return value


def zone(value: object) -> object:
    """An IANA zone by its name."""
    return zone_named(line(value))


def country(value: object) -> str:
    """The code of a country, as in a record; empty is not given. Whether it exists is known elsewhere."""
    code = line(value)
    return country_code(code) if code else ""


def headers(value: object) -> dict[str, str]:
    """Headers of sheets, and the key of a record that each stands for; empty leaves the column out."""
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise _wrong(
            value, phrase("says of no header what it is"), phrase('write it like { "Wann" = "start" }')
        )
    try:
        return checked_renames(value, "csv.map")
    except Usage as error:
        raise BadValue(error.what, remedy=error.remedy, code="CS-SET-006") from None


def hours(value: object) -> Hours:
    """Hours of one day, like 09:00-17:00."""
    return Hours.parse(line(value))


def window(value: object) -> str:
    """The part of the day to call in."""
    text = line(value)
    if text not in get_args(Window):
        raise _wrong(value, phrase("is not a part of the day"), phrase("write early, late or any"))
    return text


def weekly_hours(value: object) -> tuple[WeeklyHours, ...]:
    """A list of hours by weekday, like Mon-Fri 12:00-13:00."""
    return tuple(span for text in _texts(value) for span in parse_weekly_hours(text))


def weekdays(value: object) -> frozenset[int]:
    """A list of weekdays' names; empty is an answer too."""
    return frozenset(parse_weekday(text) for text in _texts(value))


def periods(value: object) -> tuple[Period, ...]:
    """A list of days and of periods, like 2026-12-24..2027-01-01."""
    return tuple(period for text in _texts(value) for period in parse_periods(text))


def minutes(value: object) -> tuple[int, ...]:
    """A list of minutes before the start, in the order given; empty is no alarm."""
    remedy = phrase("write the minutes before the event in brackets: [15] or [60, 10]")
    if not isinstance(value, list):
        raise _wrong(value, phrase("is not a list"), remedy)
    for item in value:
        if type(item) is not int or not 0 <= item <= _LONGEST_ALARM:  # true is an int to isinstance
            raise _wrong(
                item,
                phrase("is not a number of minutes"),
                phrase("use whole numbers from 0 to {longest_alarm}", longest_alarm=_LONGEST_ALARM),
            )
    if len(value) > _MOST_ALARMS:
        raise _wrong(
            value,
            phrase("holds {value} alarms", value=len(value)),
            phrase("keep up to {most_alarms}", most_alarms=_MOST_ALARMS),
        )
    if len(set(value)) < len(value):
        raise _wrong(value, phrase("rings twice at one time"), phrase("name each time once"))
    return tuple(value)


def api_root(value: object) -> str:
    """The root of an API, https anywhere, http on this computer alone: the token travels with every request."""
    text = line(value)
    if re.search(r"\s", text) or not _is_root(text):
        remedy = phrase("write https://… without a query; http is for 127.0.0.1, ::1 and localhost alone")
        raise _wrong(value, phrase("cannot be the root of an API"), remedy)
    return text if text.endswith("/") else f"{text}/"


def calendars(value: object) -> tuple[str, ...]:
    """A list of calendars at Google: ``primary`` or their ids, which look like addresses."""
    found = tuple(_texts(value))
    if (
        not found
        or len(found) > _MOST_CALENDARS
        or not all(re.fullmatch(r"primary|\S+@\S+", each) for each in found)
    ):
        remedy = phrase(
            'write "primary", or calendar ids as Google shows them under Settings, Integrate calendar'
        )
        raise _wrong(value, phrase("does not name calendars"), remedy)
    return tuple(dict.fromkeys(found))


def quiet_days(value: object) -> tuple[QuietDays, ...]:
    """A list of the kinds of quiet days; empty for none."""
    found = [text.strip().lower() for text in _texts(value)]
    wrong = [text for text in found if text not in QUIET_DAYS]
    if wrong:
        raise _wrong(
            wrong[0],
            phrase("are no quiet days"),
            phrase("use any of {quiet_days}, or [] for none", quiet_days=", ".join(QUIET_DAYS)),
        )
    return tuple(each for each in QUIET_DAYS if each in found)


def _texts(value: object) -> list[str]:
    if not isinstance(value, list):
        raise _wrong(value, phrase("is not a list"), phrase('write it in brackets: ["…", "…"]'))
    return [line(item) for item in value]


def _is_root(text: str) -> bool:
    try:
        parts = urlsplit(text)
        _ = parts.port  # reading it is what checks it
    except ValueError:
        return False
    host = parts.hostname or ""
    plain = host and parts.username is None and "?" not in text and "#" not in text
    return bool(plain) and (parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host)))


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _wrong(value: object, what: str, remedy: str) -> BadValue:
    shown = repr(value) if isinstance(value, str) else str(value)
    shown = shown.lower() if isinstance(value, bool) else shown  # as TOML writes it
    shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
    return BadValue(joined((shown, what), " "), remedy=remedy)

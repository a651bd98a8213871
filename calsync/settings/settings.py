"""settings.toml becomes values, or one error that says which key is wrong and what to write.

Nothing in the file is required, nor is the file. The keys themselves are rows of
``keys.py``.
"""

import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from calsync.domain import Alarms, Candidate, Preferences
from calsync.domain.times import WEEKDAYS
from calsync.errors import BadSettings, BadValue
from calsync.phrase import joined, phrase
from calsync.settings.home import Home
from calsync.settings.keys import read, reader_of
from calsync.settings.zone import system_zone
from calsync.toml_text import parsed_toml

__all__ = [
    "CalDavSettings",
    "GoogleSettings",
    "Settings",
    "effective",
    "in_settings",
    "language_in",
    "load",
    "parse",
    "text_of",
]

_LARGEST = 256 * 1024
"""Bytes; a settings file of that size is some other file."""


class GoogleSettings(msgspec.Struct, frozen=True):
    """Where ``sync google`` writes: the name of calsync's own calendar, the root of the API.

    ``busy`` are the calendars that calls keep out of, if the user allowed to see that.
    """

    calendar: str = "Follow-ups"
    api_root: str = "https://www.googleapis.com/"
    busy: tuple[str, ...] = ("primary",)


class CalDavSettings(msgspec.Struct, frozen=True):
    """The name of the calendar that ``sync caldav`` makes, or uses where nobody else does."""

    calendar: str = "Follow-ups"


class Settings(msgspec.Struct, frozen=True):
    """Everything settings.toml can say; ``language`` is None where it says nothing.

    ``warning`` is a sentence for stderr, once, and nearly always empty: it says
    that the zone is a guess.
    """

    preferences: Preferences
    language: str | None = None
    discreet: bool = False
    google: GoogleSettings = GoogleSettings()
    csv_map: Mapping[str, str] = MappingProxyType({})
    caldav: CalDavSettings = CalDavSettings()
    warning: str = ""


def load(home: Home) -> Settings:
    """The settings in a home, or the defaults where it has no settings.toml.

    Raises BadSettings, which names file, key, value and remedy, at the first fault.
    """
    file = home.settings_file
    text = text_of(file) if file else None
    return _settings({}) if text is None or file is None else parse(text, file)


def language_in(home: Home) -> str:
    """The language that the settings name, even where the rest of them is wrong; empty where none is found."""
    try:
        found = parsed_toml(text_of(home.settings_file or "") or "").get("language", "")
    except (BadSettings, ValueError):
        return ""
    return found if isinstance(found, str) else ""


def parse(text: str, file: str = "settings.toml") -> Settings:
    """The settings in the text of a settings.toml; ``file`` stands in the errors."""
    try:
        return _settings(read(_document(text, file)))
    except BadValue as error:
        raise in_settings(error, file) from None


def text_of(file: str) -> str | None:
    """What is in the file; None where there is none. Raises BadSettings."""
    try:
        if not stat.S_ISREG(Path(file).stat().st_mode):
            raise BadSettings(
                phrase("this is not a file"), remedy=phrase("put a text file there, or nothing"), where=file
            )
        with Path(file).open("rb") as handle:
            read = handle.read(_LARGEST + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BadSettings(
            phrase("it cannot be read: {strerror}", strerror=error.strerror),
            remedy=phrase("mend that, or name another home"),
            where=file,
        ) from None
    if len(read) > _LARGEST:
        raise BadSettings(
            phrase("it is larger than {largest} KiB", largest=_LARGEST // 1024),
            remedy=phrase("is it the right file?"),
            where=file,
        )
    return _decoded(read, file)


def _decoded(read: bytes, file: str) -> str:
    try:
        return read.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = read.count(b"\n", 0, error.start) + 1
        raise BadSettings(
            phrase("this is not UTF-8"),
            remedy=phrase("save the file as UTF-8"),
            where=joined((file, phrase("line {number}", number=line))),
            code="CS-SET-003",
        ) from None


def _document(text: str, file: str) -> dict[str, Any]:
    try:
        return parsed_toml(text)
    except ValueError as error:
        problem = error.args[0]
    raise BadSettings(
        phrase("this is not TOML: {problem}", problem=problem),
        remedy=phrase('a setting is a line like hours = "07:00-21:00"'),
        where=file,
        code="CS-SET-004",
    )


def _settings(found: Mapping[str, dict[str, Any]]) -> Settings:
    top = dict(found.get("", {}))
    language, discreet = top.pop("language", None), top.pop("discreet", False)
    zone, warning = (top.pop("timezone"), "") if "timezone" in top else system_zone()
    preferences = Preferences(
        zone=zone,
        alarms=Alarms(**found.get("alarms", {})),
        candidate=Candidate(**found.get("candidate", {})),
        **top,
    )
    return Settings(
        preferences,
        language,
        discreet,
        google=GoogleSettings(**found.get("google", {})),
        csv_map=found.get("csv", {}).get("map", {}),
        caldav=CalDavSettings(**found.get("caldav", {})),
        warning=warning,
    )


def in_settings(error: BadValue, file: str) -> BadSettings:
    """What is wrong with a value, as a fault of the settings' file."""
    where = f"{file}, {error.where}" if error.where else file
    code = "" if error.code == BadValue.default_code else error.code
    return BadSettings(error.what, remedy=error.remedy, where=where, code=code)


# What each key of settings.toml amounts to, set or not, in a form that can be typed again.


def effective(settings: Settings, name: str) -> str:
    """The value of a key (``hours``, ``alarms.call``) as text; empty for one that is left to a rule or not given.

    Raises BadValue, with the nearest key, where there is none of that name.
    """
    return _text(_found(settings, name))


def value_of(settings: Settings, name: str) -> bool | int | str | list[int | str] | dict[str, str] | None:
    """The same for programs: lists, numbers and truth values are what they are. Raises BadValue as ``effective``."""
    value = _found(settings, name)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, frozenset):
        return [WEEKDAYS[weekday] for weekday in sorted(value)]
    if isinstance(value, tuple):
        return [each if isinstance(each, int) else str(each) for each in value]
    return value if value is None or isinstance(value, bool | int) else _text(value)


def _found(settings: Settings, name: str) -> object:
    table, _, key = name.rpartition(".")
    reader_of(table, key)
    found: object = _TABLES[table](settings, key)
    return found


def _top(settings: Settings, key: str) -> object:
    if key == "language":
        return settings.language or "en"
    if key == "discreet":
        return settings.discreet
    return getattr(settings.preferences, "zone" if key == "timezone" else key)


_TABLES: Mapping[str, Callable[[Settings, str], Any]] = {
    "": _top,
    "candidate": lambda settings, key: getattr(settings.preferences.candidate, key),
    "alarms": lambda settings, key: getattr(settings.preferences.alarms, key),
    "google": lambda settings, key: getattr(settings.google, key),
    "csv": lambda settings, _: settings.csv_map,
    "caldav": lambda settings, key: getattr(settings.caldav, key),
}
"""Where the values of each table are kept; the tables are those of ``keys.TABLES``."""


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, ZoneInfo):
        return value.key
    if isinstance(value, Mapping):
        return ", ".join(f"{name}={key}" for name, key in value.items())
    if isinstance(value, frozenset):
        return _array([WEEKDAYS[weekday] for weekday in sorted(value)])
    return _array(list(value)) if isinstance(value, tuple) else str(value)


def _array(values: list[object]) -> str:
    """As TOML writes it: an empty one could not be told from nothing otherwise."""
    items = (str(each) if isinstance(each, int) else f'"{each}"' for each in values)
    return f"[{', '.join(items)}]"

"""The keys of settings.toml: one row for each, with everything that anybody does with it.

How its value is read, what it is called, its field on the page and its type for editors come from
here. A new key is a row and a field of ``Preferences`` or ``Settings`` to hold it.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Literal

import msgspec

from calsync.errors import BadValue
from calsync.phrase import phrase
from calsync.settings import readers
from calsync.settings.readers import Reader, matching

__all__ = ["GROUPS", "TABLES", "Group", "Setting", "Sort", "read", "reader_of"]

Sort = Literal["text", "tel", "email", "zone", "country", "choice", "playbook", "lines", "minutes", "days"]
"""What kind of field it is on the page; of ``lines`` each is a value of its own."""
Group = Literal["", "you", "hours", "how", "alarms"]
GROUPS: Mapping[Group, str] = {
    "you": phrase("You"),
    "hours": phrase("When you call and write"),
    "how": phrase("How you follow up"),
    "alarms": phrase("Alarms"),
}
"""The groups of the form, in their order, by what stands above them."""


class Setting(msgspec.Struct, frozen=True):
    """One key: its reader, then its field; without a group it has none. ``choices`` are values with their names."""

    read: Reader
    label: str = ""
    hint: str = ""
    sort: Sort = "text"
    group: Group = ""
    choices: tuple[tuple[str, str], ...] = ()


_NO_YES = (("false", phrase("no")), ("true", phrase("yes")))
_LANGUAGES = (
    ("en", phrase("English")),
    ("en-US", phrase("English (American)")),
    ("en-GB", phrase("English (British)")),
    ("de", phrase("German")),
)
_WINDOWS = (
    ("", phrase("as the playbook says")),
    ("early", phrase("early in their day")),
    ("late", phrase("late in their day")),
    ("any", phrase("at any hour")),
)
_REGION = matching(
    r"[\w .'-]{1,60}",
    phrase("is not a code of that form"),
    phrase("write the region's letters, like NY"),
    empty=True,
)
_PLAYBOOK = matching(".+", phrase("names no playbook"), phrase('write a name or a path, like "balanced"'))
_LANGUAGE = matching(
    r"[a-z]{2,3}([_-][A-Za-z]{2,8})*",
    phrase("is not a language"),
    phrase('write its code, like "en" or "de"'),
)
_PHONE = matching(
    r"(?=(\D*\d){3})[\d\s()+./x#-]+",
    phrase("is not a phone number"),
    phrase("write it like +1 212 555 0142"),
    empty=True,
)
_EMAIL = matching(
    r"[^@\s]+@[^@\s]+",
    phrase("is not an email address"),
    phrase("write it like name@example.com"),
    empty=True,
)
_CALENDAR = matching(".+", phrase("names no calendar"), phrase('write a name, like "Follow-ups"'))
_BEFORE = phrase("minutes before, like 60, 15; empty for none")

TABLES: Mapping[str, Mapping[str, Setting]] = {
    "": {
        "timezone": Setting(readers.zone, phrase("Your time zone"), phrase("empty: as this computer has it"), "zone", "you"),
        "hours": Setting(readers.hours, phrase("Your hours"), phrase("like 07:00-21:00, on your clock"), group="hours"),
        "private_hours": Setting(
            readers.weekly_hours, phrase("When you cannot talk"), phrase("one a line, like Mon-Fri 12:00-13:00"), "lines", "hours",
        ),
        "country": Setting(
            readers.country, phrase("Country of the employers, where they name none"), phrase("two letters, like US or DE"),
            "country", "you",
        ),
        "region": Setting(_REGION, phrase("Its region"), phrase("letters, like NY or BY"), group="you"),
        "business_hours": Setting(
            readers.hours, phrase("Business hours of the employers"), phrase("like 09:00-17:00, on their clock"), group="hours"
        ),
        "window": Setting(readers.window, phrase("When to call"), "", "choice", "hours", _WINDOWS),
        "kept_free": Setting(readers.weekdays, phrase("Weekdays without calls"), "", "days", "hours"),
        "monday_like": Setting(
            readers.flag, phrase("Also spare the day after a Monday holiday"), "", "choice", "hours", _NO_YES
        ),
        "phone": Setting(
            readers.flag, phrase("You call people"), "", "choice", "hours",
            (("true", phrase("yes")), ("false", phrase("no, emails alone"))),
        ),
        "playbook": Setting(_PLAYBOOK, phrase("Playbook, where an interview names none"), "", "playbook", "how"),
        "closures": Setting(
            readers.periods, phrase("Days on which the employers are closed"),
            phrase("one a line, like 2026-12-24..2027-01-01"), "lines", "hours",
        ),
        "quiet_days": Setting(
            readers.quiet_days, phrase("Quiet days that are spared"),
            phrase("one a line: bridge-days, year-end, holiday-eves"), "lines", "hours",
        ),
        "language": Setting(_LANGUAGE, phrase("Language"), "", "choice", "you", _LANGUAGES),
        "discreet": Setting(readers.flag, phrase("Titles in the calendar tell nothing"), "", "choice", "alarms", _NO_YES),
    },
    "candidate": {
        "name": Setting(readers.line, phrase("Your name"), phrase("it opens every script"), group="you"),
        "phone": Setting(_PHONE, phrase("Your number"), "", "tel", "you"),
        "email": Setting(
            _EMAIL, phrase("Your email address"), phrase("so that you are not taken for somebody you met"), "email", "you"
        ),
    },
    "alarms": {
        "ask": Setting(readers.minutes, phrase("Before an interview"), _BEFORE, "minutes", "alarms"),
        "call": Setting(readers.minutes, phrase("Before a call"), _BEFORE, "minutes", "alarms"),
        "email": Setting(readers.minutes, phrase("Before an email"), _BEFORE, "minutes", "alarms"),
        "prepare": Setting(readers.minutes, phrase("Before a preparation"), _BEFORE, "minutes", "alarms"),
    },
    "google": {
        "calendar": Setting(
            _CALENDAR, phrase("Name of the calendar at Google"), phrase("counts when it is made"), group="alarms"
        ),
        "api_root": Setting(readers.api_root),
        "busy": Setting(readers.calendars),
    },
    "caldav": {
        "calendar": Setting(
            _CALENDAR, phrase("Name of the calendar at CalDAV servers"), phrase("counts when it is made"), group="alarms"
        ),
    },
    "csv": {
        "map": Setting(readers.headers),
    },
}  # fmt: skip
"""Each table of the file (the top is ""), and each key in it."""


def read(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Every value of the document through its reader, by table and key."""
    top = {key: value for key, value in document.items() if not key or key not in TABLES}
    found: dict[str, dict[str, Any]] = {}
    for table in TABLES:
        values = document.get(table, {}) if table else top
        if not isinstance(values, dict):
            raise BadValue(
                phrase("{values!r:.60} is not a table", values=values),
                remedy=phrase("begin it with [{table}]", table=table),
                where=table,
            )
        found[table] = {key: _value(table, key, value) for key, value in values.items()}
    return found


def reader_of(table: str, key: str) -> Reader:
    """How the key of a table is read. Raises BadValue, with the nearest key, where there is none."""
    setting = TABLES.get(table, {}).get(key)
    if setting is None:
        place = f"{table}.{key}" if table else key
        raise BadValue(
            phrase("there is no key {place!r}", place=place[:60]),
            remedy=_meant(table, key),
            code="CS-SET-005",
        )
    return setting.read


def _value(table: str, key: str, value: object) -> object:
    place = f"{table}.{key}" if table else key
    reader = reader_of(table, key)
    try:
        return reader(value)
    except BadValue as error:
        raise error.at(place) from None


def _meant(table: str, key: str) -> str:
    """Where a key that stands in the wrong table belongs, or the one that is spelt nearly so."""
    for other, keys in TABLES.items():
        if key in keys:
            return (
                phrase("it stands under [{other}], as {other}.{key}", other=other, key=key)
                if other
                else phrase("move it above the first [table]")
            )
    known = [*TABLES.get(table, ()), *(name for name in TABLES if name and not table)]
    everywhere = [name for keys in TABLES.values() for name in keys]
    near = get_close_matches(key, known, n=1) or get_close_matches(key, everywhere, n=1)
    return (
        phrase("try {near}", near=near[0]) if near else phrase("the keys are {known}", known=", ".join(known))
    )

"""The header row of a sheet: which column is which key of a record.

A header is a key in any case and with any spaces; or one of the names people give
such columns in English and German (``names.py``); or what an export of a tracker
means by it; or what ``--map`` says it is. One that is nearly ours is refused with
the nearest; any other is left out, and named.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

import msgspec

from calsync.errors import Usage
from calsync.intake.date_columns import DateOrder
from calsync.intake.names import is_of_applications, names_of_keys, nearest_key, nearly_key, simplified
from calsync.intake.records import KEYS, REQUIRED
from calsync.intake.rows import BadRow, BadRows, Fault, printable, shown
from calsync.intake.trackers import Tracker, known_tracker
from calsync.phrase import phrase

__all__ = ["DROPPED", "JOINED", "Columns", "Ways", "checked_renames", "columns", "known_headers", "meant"]

DROPPED = "-"
"""Stands for the key of a column that ``--map "Salary="`` leaves out."""

JOINED = {
    "notes": "\n",
    "topic": "\n",
    "strengths": "\n",
    "missed": "\n",
    "questions": "; ",
    "location": ", ",
}
"""Keys that several columns may fill together, and what stands between their texts."""

_FIRST_FILLED = {"phone", "email", "url"}
"""Keys of which a row takes the first that is there."""


class Ways(msgspec.Struct, frozen=True):
    """How somebody wants sheets to be read.

    ``renames`` say which key a header is (to ``DROPPED`` leaves it out), ``kept``
    are those of the settings, which a file need not have. ``strict`` refuses
    columns that nobody knows. ``dates`` is the order of day and month where a
    column does not show it.
    """

    renames: Mapping[str, str] = MappingProxyType({})
    kept: Mapping[str, str] = MappingProxyType({})
    strict: bool = False
    dates: DateOrder = ""


class Columns(msgspec.Struct, frozen=True):
    """The key of each column: empty for no header, ``DROPPED`` for one left out.

    ``recognised`` are headers that are taken for a key though they are called
    otherwise, ``left_out`` those that nobody knows. ``has_dates`` is false for a
    sheet of applications, without a column for interviews.
    """

    keys: tuple[str, ...]
    recognised: Mapping[str, str]
    renamed: frozenset[str]
    left_out: tuple[str, ...] = ()
    tracker: str = ""
    has_dates: bool = True


def columns(cells: Sequence[str], ways: Ways, row: int = 1) -> Columns:
    """Find the key of each header, which stand in a row; raises BadRows with all that cannot be found."""
    names = _names(cells)
    tracker = known_tracker(names)
    keys = [_key(name, ways, tracker) for name in names]
    theirs = tracker.keys if tracker else {}
    unknown = [
        name for name, key in zip(names, keys, strict=True) if key is None and simplified(name) not in theirs
    ]
    faults = [_nearly(name, near) for name in unknown if (near := nearly_key(name, tuple(KEYS)))]
    if ways.strict:
        faults += [_unknown(name) for name in unknown if not nearly_key(name, tuple(KEYS))]
    left_out = [name for name, key in zip(names, keys, strict=True) if key is None]
    found = [DROPPED if key is None else key for key in keys]
    left_out += _narrowed(names, found)
    faults += _twice(names, found)
    has_dates = "start" in found or not (tracker or any(map(is_of_applications, names)))
    if has_dates and not faults:
        faults += _missing(found, left_out)
    if faults:
        raise BadRows([BadRow("", phrase("row {number}", number=row), tuple(faults))])
    recognised = {
        printable(name): key
        for name, key in zip(names, found, strict=True)
        if key not in {"", DROPPED} and name not in ways.renames and simplified(name) != simplified(key)
    }
    known = frozenset(names).intersection(ways.renames)
    return Columns(
        tuple(found), recognised, known, tuple(left_out), tracker.name if tracker else "", has_dates
    )


def known_headers(cells: Sequence[str], ways: Ways) -> int:
    """In how many columns a row would be a header: what tells the headers from titles and rows."""
    names = _names(cells)
    keys = {_key(name, ways, None) or name for name in names if name and _key(name, ways, None)}
    return 99 if known_tracker(names) else len(keys)


def checked_renames(renames: Mapping[str, str], said: str = "--map") -> dict[str, str]:
    """What ``--map`` or the settings say, tidied: header to key, or to ``DROPPED``; raises Usage."""
    checked = {}
    for name, wanted in renames.items():
        key = wanted.strip().lower() or DROPPED
        if key not in KEYS and key != DROPPED:
            near = nearest_key(key, tuple(KEYS))
            raise Usage(
                phrase(
                    "{said} {it}: there is no key {wanted}",
                    said=said,
                    it=shown(f"{name}={wanted}"),
                    wanted=shown(wanted),
                ),
                remedy=phrase("try {near}", near=near)
                if near
                else phrase("the keys are {keys}", keys=", ".join(KEYS)),
                code="CS-USE-014",
            )
        checked[_tidy(name)] = key
    return checked


def meant(name: str) -> str:
    """The key that a header is taken for without being told; empty where nobody knows."""
    return _key(_tidy(name), Ways(), None) or ""


def _names(cells: Sequence[str]) -> list[str]:
    return [_tidy(cell) for cell in cells]


def _tidy(name: str) -> str:
    """In one line, without what people write around a header."""
    return " ".join(name.replace("\ufeff", "").split()).strip(" :*")


def _key(name: str, ways: Ways, tracker: Tracker | None) -> str | None:
    """The key of one header; empty for an empty one, None for one that nobody knows."""
    if not name:
        return ""
    for said in (ways.renames, ways.kept):
        if name in said:
            return said[name]
    plain = simplified(name)
    if tracker and plain in tracker.keys:
        return tracker.keys[plain] if tracker.keys[plain] != DROPPED else None
    return _keys().get(plain) or names_of_keys().get(plain) or _without_brackets(name)


def _without_brackets(name: str) -> str | None:
    """The key of ``Duration (min)``; a time with a zone in brackets would lose it, and is nobody's."""
    found = re.fullmatch(r"(.+?)\s*\((.*)\)", name)
    if not found:
        return None
    plain = simplified(found[1])
    key = _keys().get(plain) or names_of_keys().get(plain)
    return None if key == "start" and re.fullmatch(r"[A-Z]{2,5}([+-]\d+)?", found[2]) else key


def _narrowed(names: Sequence[str], keys: list[str]) -> list[str]:
    """Where several columns can mean one thing the plainer ones give way, in ``keys``; their names.

    Beside a contact the interviewers are others that were met; beside an
    interview's day a mere date is another.
    """
    if "interviewers" not in keys and keys.count("contact") > 1:
        for place, name in enumerate(names):
            if keys[place] == "contact" and simplified(name) in {"interviewer", "interviewername"}:
                keys[place] = "interviewers"
    found = _recruiters(names, keys)
    starts = [place for place, key in enumerate(keys) if key == "start"]
    days = [place for place in starts if simplified(names[place]) not in _CLOCKS]
    named = [place for place in days if simplified(names[place]) not in _BARE]
    if named and len(days) > len(named):
        bare = [place for place in days if place not in named]
        for place in bare:
            keys[place] = DROPPED
        found += [names[place] for place in bare]
    return found


def _recruiters(names: Sequence[str], keys: list[str]) -> list[str]:
    """Beside another contact the recruiter is none that is called."""
    contacts = [place for place, key in enumerate(keys) if key == "contact"]
    theirs = [place for place in contacts if simplified(names[place]) in _RECRUITERS]
    if len(theirs) == len(contacts):
        return []
    for place in theirs:
        keys[place] = DROPPED
    return [names[place] for place in theirs]


_CLOCKS = frozenset(
    map(
        simplified,
        (
            "start", "time", "interview time", "start time", "time of interview", "begins", "begin", "starts",
            "starts at", "hour", "uhrzeit", "zeit", "beginn", "startzeit", "gesprächszeit", "uhrzeit des gesprächs",
            "interviewzeit", "um",
        ),
    )
)  # fmt: skip
_RECRUITERS = frozenset(("recruiter", "recruitername", "personaler", "personalerin"))
_BARE = frozenset(map(simplified, ("date", "datum", "day", "tag", "when", "wann", "start date")))


def _nearly(name: str, near: str) -> Fault:
    return Fault(
        "",
        shown(name),
        phrase("no key is called {name}", name=shown(name)),
        phrase(
            "try {key}, or say what it is: --map {it}; --map {leave_out} leaves the column out",
            key=near,
            it=shown(f"{name}={near}"),
            leave_out=shown(f"{name}="),
        ),
        "CS-CSV-002",
    )


def _unknown(name: str) -> Fault:
    return Fault(
        "",
        shown(name),
        phrase("no key is called {name}", name=shown(name)),
        phrase("--map {it} leaves the column out", it=shown(f"{name}=")),
        "CS-CSV-002",
    )


def _twice(names: Sequence[str], keys: Sequence[str]) -> Iterator[Fault]:
    for place, key in enumerate(keys):
        if key in {"", DROPPED} or key in JOINED or key in _FIRST_FILLED or key not in keys[:place]:
            continue
        first, name = names[keys.index(key)], names[place]
        if key == "start" and not _days_twice(names, keys, place):
            continue
        yield Fault(
            key,
            shown(name),
            phrase(
                "the columns {first} and {name} both mean {key}",
                first=shown(first),
                name=shown(name),
                key=key,
            ),
            phrase("put them in one, or --map {it} leaves one out", it=shown(f"{name}=")),
            "CS-CSV-003",
        )


def _days_twice(names: Sequence[str], keys: Sequence[str], place: int) -> bool:
    """Whether a day, or a time, stands in two columns."""
    is_clock = simplified(names[place]) in _CLOCKS
    return any(
        key == "start" and (simplified(name) in _CLOCKS) == is_clock
        for name, key in zip(names[:place], keys[:place], strict=True)
    )


def _missing(keys: Sequence[str], left_out: Sequence[str]) -> Iterator[Fault]:
    header = left_out[0] if left_out else "Header"
    for key in REQUIRED:
        if key not in keys:
            yield Fault(
                key,
                "",
                phrase("there is no column {key}", key=key),
                phrase("add it, or say which it is: --map {it}", it=shown(f"{header}={key}")),
                "CS-CSV-004",
            )


@cache
def _keys() -> Mapping[str, str]:
    return {simplified(key): key for key in KEYS}

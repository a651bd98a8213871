"""The form of the settings: what stands in it, what was changed in it, and settings.toml with that and nothing else changed.

Its rows are those of ``settings.keys``, and so is how a text is read and written. A value is text all the
way: of a list a line each, of weekdays their names, ``auto`` where a rule decides.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from calsync.domain.times import WEEKDAYS
from calsync.errors import BadSettings, BadValue, CalsyncError
from calsync.settings import Settings, keys, needed, parse
from calsync.settings.keys import TABLES, Sort, reader_of
from calsync.settings.settings import effective, text_of
from calsync.settings.writing import changed, without
from calsync.texts.languages import LANGUAGES
from calsync.web.choices import playbooks
from calsync.web.request import PageRequest
from calsync.workflows import Context

__all__ = [
    "SettingChange",
    "SettingFault",
    "change_lines",
    "context_with",
    "read_changes",
    "rewrite",
    "setting_groups",
]


class SettingField(msgspec.Struct, frozen=True):
    """A key of the settings by its name; ``label`` and ``hint`` are phrases, ``choices`` pairs of a value and a phrase."""

    key: str
    label: str
    sort: Sort
    hint: str
    choices: Sequence[tuple[str, str]]


class SettingGroup(msgspec.Struct, frozen=True):
    """Settings that belong together."""

    title: str
    rows: Sequence[SettingField]


_FIELDS = [
    (
        setting.group,
        SettingField(
            f"{table}.{name}".lstrip("."), setting.label, setting.sort, setting.hint, setting.choices
        ),
    )
    for table in ("candidate", *(name for name in TABLES if name != "candidate"))
    for name, setting in TABLES[table].items()
]
GROUPS: Sequence[SettingGroup] = [
    SettingGroup(title, [row for group, row in _FIELDS if group == name])
    for name, title in keys.GROUPS.items()
]
ROWS: Sequence[SettingField] = tuple(row for group in GROUPS for row in group.rows)
"""All of them."""


_NUMBER = re.compile(r"[0-9]{1,9}")
AUTO = "auto"
"""In place of weekdays: the first of the employer's working week."""


class SettingFault(msgspec.Struct, frozen=True):
    """What is wrong with the value of a key."""

    key: str
    label: str
    what: str
    remedy: str


class SettingChange(msgspec.Struct, frozen=True):
    """A key with what it was and what it is to be."""

    row: SettingField
    before: str
    after: str


class SettingView(msgspec.Struct, frozen=True):
    """One field as it is shown; ``was`` is what it said when it was shown first."""

    field: SettingField
    value: str
    was: str
    wrong: SettingFault | None = None
    choices: Sequence[tuple[str, str]] = ()


def current_values(request: PageRequest) -> dict[str, str]:
    """Every value as the form shows it."""
    return {row.key: _shown(row, effective(request.settings, row.key)) for row in ROWS}


def setting_groups(
    request: PageRequest, values: Mapping[str, str], faults: Iterable[SettingFault] = ()
) -> list[tuple[str, list[SettingView]]]:
    """The form with these values."""
    by_key, now = {fault.key: fault for fault in faults}, current_values(request)
    return [
        (
            group.title,
            [
                SettingView(
                    row,
                    values.get(row.key, now[row.key]),
                    request.field(f"was.{row.key}") if request.every(f"was.{row.key}") else now[row.key],
                    by_key.get(row.key),
                    _choices(request, row),
                )
                for row in group.rows
            ],
        )
        for group in GROUPS
    ]


def read_changes(request: PageRequest) -> list[SettingChange]:
    """What somebody changed: it differs from how it was shown to them. Keys that were not in the form are left alone."""
    sent = (
        (row, _typed(request, row), request.field(f"was.{row.key}"))
        for row in ROWS
        if request.every(f"was.{row.key}")
    )
    return [SettingChange(row, _tidy(before), after) for row, after, before in sent if after != _tidy(before)]


def rewrite(
    request: PageRequest, changes: Sequence[SettingChange]
) -> tuple[str, Settings | None, list[SettingFault]]:
    """settings.toml with the changes, what it then says, and what is wrong with which key."""
    file = needed(request.home.settings_file)
    text, faults = text_of(file) or "", []
    for change in changes:
        row, after = change.row, change.after
        try:
            _check(row, after)
            written = _written(row, after)
            text = without(text, row.key, file) if written is None else changed(text, row.key, written, file)
        except (BadSettings, BadValue) as error:
            faults.append(SettingFault(row.key, request.say(row.label), error.what, error.remedy))
    if faults:
        return text, None, faults
    settings = parse(text, file)
    faults = list(_unknown(request, settings))
    return text, (None if faults else settings), faults


def context_with(request: PageRequest, settings: Settings) -> "Context":
    """The context that other settings would describe."""
    home = request.home
    return Context(
        settings.preferences,
        playbooks=home.playbooks,
        texts=home.texts,
        store=home.store,
        cache=home.cache and f"{home.cache}/closed-days",
        language=settings.language or "en",
        discreet=settings.discreet,
        zone_data="looked at",
    )


def change_lines(request: PageRequest, changes: Iterable[SettingChange]) -> list[str]:
    """A line for each change."""
    return [
        f"{request.say(each.row.label)}: {_named(request, each.row, each.before)} → {_named(request, each.row, each.after)}"
        for each in changes
    ]


def _named(request: PageRequest, row: SettingField, value: str) -> str:
    if row.sort == "days" and value == AUTO:
        return request.say("the first day of their working week")
    labels = dict(row.choices)
    return request.say(labels[value]) if value in labels else value.replace("\n", ", ") or "–"


def _choices(request: PageRequest, row: SettingField) -> list[tuple[str, str]]:
    if row.sort == "playbook":
        found = [
            (book.name, f"{request.say(book.title)}: {request.say(book.summary)}")
            for book in playbooks(request)
        ]
        own = request.preferences.playbook
        return found if own in dict(found) else [*found, (own, own)]
    if row.sort == "days":
        return list(zip(WEEKDAYS, LANGUAGES[request.language].weekdays, strict=True))
    found = [(value, request.say(label)) for value, label in row.choices]
    now = effective(request.settings, row.key) if found else ""
    return found if not found or now in dict(found) else [*found, (now, now)]


def _shown(row: SettingField, value: str) -> str:
    """What ``effective`` says, as the form has it."""
    if row.sort not in {"lines", "minutes", "days"}:
        return value
    if row.sort == "days" and not value:
        return AUTO
    items = [str(each) for each in tomllib.loads(f"value = {value or '[]'}")["value"]]
    return ("\n" if row.sort == "lines" else ", ").join(items)


def _typed(request: PageRequest, row: SettingField) -> str:
    if row.sort == "days" and not request.every(f"{row.key}.text"):
        days = request.every(row.key)
        return AUTO if AUTO in days else ", ".join(day for day in WEEKDAYS if day in days)
    return _tidy(request.field(f"{row.key}.text") or request.field(row.key))


def _tidy(text: str) -> str:
    return "\n".join(line.strip() for line in text.replace("\r\n", "\n").strip().split("\n") if line.strip())


def _check(row: SettingField, value: str) -> None:
    """Refuse a part of a list by its own name, and not by that of the whole list. Raises BadValue."""
    table, _, name = row.key.rpartition(".")
    parts = [part.strip() for part in value.split("\n" if row.sort == "lines" else ",") if part.strip()]
    if row.sort == "lines":
        reader_of(table, name)(parts)
    elif row.sort == "minutes":
        reader_of(table, name)([int(part) if _NUMBER.fullmatch(part) else part for part in parts])


def _written(row: SettingField, value: str) -> str | None:
    """What ``settings.writing`` takes; None for a key that is to be as if it were not there."""
    match row.sort:
        case "days":
            return None if value == AUTO else _array(value.split(","))
        case "minutes":
            return f"[{value}]"  # numbers by now
        case "lines":
            return _array(value.split("\n")) if value else None
        case _:
            return value or None


def _array(texts: Iterable[str]) -> str:
    return json.dumps([text.strip() for text in texts if text.strip()], ensure_ascii=False)


def _unknown(request: PageRequest, settings: Settings) -> Iterable[SettingFault]:
    """What only the rooms below know: countries and regions, playbooks."""
    context, mine = context_with(request, settings), settings.preferences
    labels = {row.key: request.say(row.label) for row in ROWS}
    try:
        if mine.country:
            context.closed_days(mine.country, mine.region, request.today.year)
    except BadValue as error:
        key = error.where if error.where in labels else "country"
        yield SettingFault(key, labels[key], error.what, error.remedy)
    try:
        context.playbook(mine.playbook)
    except CalsyncError as error:
        yield SettingFault("playbook", labels["playbook"], error.what, error.remedy)

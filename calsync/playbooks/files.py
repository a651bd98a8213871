"""Playbook files: finding them by name or path, reading them, laying one over the one it extends."""

import os
import re
import stat
from collections.abc import Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn, cast, get_args

from calsync.domain.interview import Window
from calsync.errors import BadSettings
from calsync.phrase import phrase
from calsync.playbooks.schema import (
    Anchor,
    Calls,
    Count,
    Days,
    FollowUp,
    Playbook,
    StatusStep,
    ThankYou,
    Unit,
    WaitWindow,
)
from calsync.toml_text import parsed_toml

__all__ = ["BUILT_IN", "DEFAULT", "Folder", "Table", "faults", "find", "is_days", "load", "merged", "names"]


BUILT_IN = str(Path(__file__).with_name("built_in"))
DEFAULT = "balanced"

Table = Mapping[str, Any]
Folder = str | os.PathLike[str] | None
"""Where the user's own playbooks are, if anywhere."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_MOST_BYTES = 256 * 1024


def names(folder: Folder = None) -> tuple[str, ...]:
    """The playbooks that can be asked for by name: ours first, the default at the head."""
    ours = sorted(_stems(BUILT_IN), key=lambda name: (name != DEFAULT, name))
    return tuple(dict.fromkeys([*ours, *sorted(_stems(folder) if folder else ())]))


def _stems(folder: str | os.PathLike[str]) -> list[str]:
    try:
        return [
            file.name.removesuffix(".toml") for file in Path(folder).iterdir() if file.name.endswith(".toml")
        ]
    except OSError:
        return []


def find(asked: str, folder: Folder = None, unless: tuple[str, ...] = ()) -> str:
    """The file of the playbook of that name (the user's before ours) or at that path.

    Capitals make no difference where no name is spelled just so. Files in ``unless``
    are passed over, so that a user's ``balanced`` can extend ours.
    """
    if asked.endswith(".toml") or "/" in asked or "\\" in asked:
        return _expand(asked)
    if _NAME.fullmatch(asked):
        for home in (folder, BUILT_IN):
            path = str(Path(home, f"{asked}.toml")) if home else ""
            if path and path not in unless and Path(path).is_file():
                return path
    for home in (folder, BUILT_IN):
        for path in _spelled(asked, home) if home else ():
            if path not in unless and Path(path).is_file():
                return path
    raise BadSettings(
        phrase("no playbook {asked!r}", asked=asked),
        remedy=phrase("use one of {names}, or the path of a .toml file", names=", ".join(names(folder))),
        code="CS-PLB-001",
    )


def _expand(path: str) -> str:
    """The path with the person's own folder for ``~``, else as it was typed."""
    if path.startswith("~"):
        with suppress(RuntimeError):  # nobody of that name
            return str(Path(path).expanduser())
    return path


def _spelled(asked: str, folder: str | os.PathLike[str]) -> list[str]:
    """The files of that name in any mixture of capitals, the one spelled just so first."""
    found = [stem for stem in sorted(_stems(folder)) if stem.casefold() == asked.casefold()]
    return [str(Path(folder, f"{stem}.toml")) for stem in sorted(found, key=lambda stem: stem != asked)]


def merged(path: str, folder: Folder = None, seen: tuple[str, ...] = ()) -> Table:
    """The file's table on top of the one it extends, and so on down."""
    table = _read(path)
    if "extends" not in table:
        return table
    chain = (*seen, path)
    parent = _parent(str(table["extends"]), folder, chain)
    own = {key: value for key, value in table.items() if key != "extends"}
    return _laid_over(merged(parent, folder, chain), own)


def is_days(value: Table) -> bool:
    """Whether a table is a number of days rather than a step."""
    return "days" in value or "business_days" in value


def _parent(asked: str, folder: Folder, chain: tuple[str, ...]) -> str:
    """The file that the last of ``chain`` extends, which is none of the chain."""
    place = f"{chain[-1]}, extends"
    try:
        parent = find(asked, folder, unless=chain)
    except BadSettings as error:
        if f"{asked}.toml" not in [Path(path).name for path in chain]:
            raise error.at(place) from None
        parent = chain[-1]
    if parent in chain:
        raise BadSettings(
            phrase("the playbooks extend each other in a circle"),
            where=place,
            remedy=phrase("let one of them stand on its own, or on one of ours"),
            code="CS-PLB-002",
        )
    return parent


def _laid_over(below: Table, above: Table) -> Table:
    """``above`` wins key by key; a step that is no table (``"none"``) and a number of days win whole."""
    laid = dict(below)
    for key, value in above.items():
        old = laid.get(key)
        deeper = isinstance(old, Mapping) and isinstance(value, Mapping) and not is_days(value)
        laid[key] = _laid_over(cast("Table", old), value) if deeper else value
    return laid


def _read(path: str) -> Table:
    try:
        if not stat.S_ISREG(Path(path).stat().st_mode):  # a pipe would keep us waiting, a device has no end
            raise _unreadable(path, phrase("this is not a file"))
        with Path(path).open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            raise _unreadable(path, phrase("this is too large for a playbook"))
        return parsed_toml(content.decode("utf-8-sig"))
    except OSError as error:
        raise _unreadable(path, error.strerror or phrase("it cannot be read")) from None
    except ValueError as error:
        raise _unreadable(path, error.args[0] if len(error.args) == 1 else str(error)) from None


def _unreadable(path: str, what: str) -> BadSettings:
    return BadSettings(
        what, where=path, remedy=phrase("name a playbook or a .toml file of one"), code="CS-PLB-002"
    )


# From the TOML of a playbook to its values; whatever is wrong is told with file, step and key.
#
# To give playbooks a new number, add a field to ``schema`` and read it here.

_RULE = r"\d{3}-\d{2}"
_MOST_DAYS = 366
_MOST_HOURS = 72
_MOST_CALLS = 9
_MOST_MESSAGES = 2  # 002-10: whatever a playbook says, never a third message


def load(asked: str, folder: Folder = None) -> Playbook:
    """The playbook of that name, or at that path; ``folder`` holds the user's own.

    Raises BadSettings for one that is not there, naming those that are, and for
    one that says what it cannot mean, naming file, step and key.
    """
    path = find(asked, folder)
    return _Reader(path).playbook(merged(path, folder))


def faults(asked: str, folder: Folder = None) -> list[BadSettings]:
    """Everything that is wrong with a playbook, one after another; empty for a good one.

    What is found wrong is put right with the default playbook's word for it, to see what comes next.
    Raises BadSettings for one that is not there or cannot be read at all.
    """
    path = find(asked, folder)
    table, good = deepcopy(dict(merged(path, folder))), merged(find(DEFAULT))
    found: list[BadSettings] = []
    while len(found) < _MOST_FAULTS:
        try:
            _Reader(path).playbook(table)
        except BadSettings as error:
            found.append(error)
            keys = error.where.removeprefix(f"{path}, ").split(".")
            if not _put_right(table, good, keys):
                break
        else:
            break
    return found


_MOST_FAULTS = 50


def _put_right(table: dict[str, Any], good: Any, keys: Sequence[str]) -> bool:
    """Give the key its good value, or take away one that there is not; whether that changed anything."""
    *above, last = keys
    for key in above:
        inner = table.get(key)
        if not isinstance(inner, dict):
            return False
        table, good = inner, good.get(key, {}) if isinstance(good, Mapping) else {}
    before = table.get(last)
    table.pop(last, None)
    if isinstance(good, Mapping) and last in good:
        table[last] = deepcopy(good[last])
    return bool(before != table.get(last))


class _Reader:
    """Reads the table of one file, and can therefore say which file is wrong."""

    def __init__(self, path: str) -> None:
        self.path = path

    @property
    def _name(self) -> str:
        return Path(self.path).name.removesuffix(".toml")

    def refuse(self, where: str, what: str, remedy: str) -> NoReturn:
        raise BadSettings(what, where=f"{self.path}, {where}", remedy=remedy, code="CS-PLB-003")

    def playbook(self, table: Table) -> Playbook:
        self._only(table, "", "title summary window thank-you status calls second closing")
        window = table.get("window")
        if window is not None and window not in get_args(Window):
            self.refuse(
                "window",
                phrase("{window!r} is not a time of day", window=window),
                phrase("write early, late or any"),
            )
        return Playbook(
            name=self._name,
            title=self._text(table, "title") or self._name,
            summary=self._text(table, "summary"),
            thank_you=self._thank_you(table),
            status=self._status(self._table(table, "status")),
            calls=self._calls(self._table(table, "calls")),
            second=self._follow_up(table, "second"),
            closing=self._follow_up(table, "closing"),
            window=window,
        )

    def _thank_you(self, table: Table) -> ThankYou | None:
        if self._is_none(table, "thank-you"):
            return None
        step = self._table(table, "thank-you")
        self._only(step, "thank-you", "action within_hours source")
        action = step.get("action")
        if action not in ("email", "call"):
            self.refuse(
                "thank-you.action",
                phrase("{action!r} is no way to thank", action=action),
                phrase('write "email" or "call"'),
            )
        hours = self._whole(step, "within_hours", "thank-you", 24, _MOST_HOURS)
        return ThankYou(action, hours, self._source(step, "thank-you"))

    def _status(self, step: Table) -> StatusStep:
        self._only(step, "status", "no-decision decision channel source")
        known: Table = {} if self._is_none(step, "decision") else self._table(step, "decision")
        before = self._yes_or_no(known, "status.decision", "before")
        if before:
            self._only(known, "status.decision", "earliest preferred latest before source")
        if step.get("channel", "any") not in ("any", "email"):
            self.refuse(
                "status.channel",
                phrase("{step!r} is not a channel", step=step["channel"]),
                phrase('write "any" or "email"'),
            )
        return StatusStep(
            no_decision=None
            if self._is_none(step, "no-decision")
            else self._window(step, "status", "no-decision"),
            decision=None if before or not known else self._window(step, "status", "decision"),
            before_decision=before,
            email_only=step.get("channel") == "email",
            source=self._source(known if before else step, "status"),
        )

    def _calls(self, step: Table) -> Calls:
        self._only(step, "calls", "message_on_miss retries retry_after messages")
        after = step.get("retry_after", "next-slot")
        messages = self._count(step, "messages")
        if messages.count > _MOST_MESSAGES:
            self.refuse(
                "calls.messages",
                phrase("{count} messages are too many", count=messages.count),
                phrase("leave two at most (002-10)"),
            )
        return Calls(
            message_on_miss=self._count(step, "message_on_miss"),
            retries=self._count(step, "retries"),
            retry_after=None if after == "next-slot" else self._days(after, "calls.retry_after"),
            messages=messages,
        )

    def _follow_up(self, table: Table, name: str) -> FollowUp | None:
        if self._is_none(table, name):
            return None
        step = self._table(table, name)
        self._only(step, name, "earliest preferred latest after withdraws note")
        after = step.get("after", "last-touch")
        if after not in get_args(Anchor):
            self.refuse(
                f"{name}.after",
                phrase("{after!r} is nothing to count from", after=after),
                phrase('write "last-touch" or "decision"'),
            )
        withdraws = self._yes_or_no(step, name, "withdraws")
        return FollowUp(self._window(table, "", name), after, withdraws, self._text(step, "note"))

    def _window(self, table: Table, above: str, name: str) -> WaitWindow:
        where = f"{above}.{name}".lstrip(".")
        step = self._table(table, name)
        if above:
            self._only(step, where, "earliest preferred latest before source")
        window = WaitWindow(
            *(self._days(step.get(key), f"{where}.{key}") for key in ("earliest", "preferred", "latest"))
        )
        earliest, preferred, latest = window.earliest, window.preferred, window.latest
        if not earliest.unit == preferred.unit == latest.unit:
            self.refuse(
                where,
                phrase("days and business_days are mixed in one window"),
                phrase("use one of them for all three"),
            )
        for key, first, then in (("preferred", earliest, preferred), ("latest", preferred, latest)):
            if then.count < first.count:
                self.refuse(
                    f"{where}.{key}",
                    phrase("{then} is before {first}", then=then, first=first),
                    phrase("let them grow from earliest to latest"),
                )
        return window

    def _days(self, value: object, where: str) -> Days:
        example = phrase('write it like { business_days = 7, source = ["001-07"] }')
        if not isinstance(value, Mapping) or ("days" in value) == ("business_days" in value):
            self.refuse(where, phrase("this is not a number of days"), example)
        self._only(value, where, "days business_days source")
        unit: Unit = "business_days" if "business_days" in value else "days"
        return Days(self._whole(value, unit, where, 0, _MOST_DAYS), unit, self._source(value, where))

    def _count(self, step: Table, key: str) -> Count:
        value = step.get(key, {"count": 0})
        if not isinstance(value, Mapping):
            self.refuse(
                f"calls.{key}",
                phrase("{value!r} is not a count", value=value),
                phrase('write it like { count = 1, source = ["000-21"] }'),
            )
        self._only(value, f"calls.{key}", "count source")
        return Count(
            self._whole(value, "count", f"calls.{key}", 0, _MOST_CALLS), self._source(value, f"calls.{key}")
        )

    def _whole(self, table: Table, key: str, where: str, default: int, most: int) -> int:
        value = table.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
            self.refuse(
                f"{where}.{key}",
                phrase("{value!r} is out of range", value=value),
                phrase("write a whole number up to {most}", most=most),
            )
        return value

    def _yes_or_no(self, table: Table, where: str, key: str) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            self.refuse(
                f"{where}.{key}",
                phrase("{value!r} is neither yes nor no", value=value),
                phrase("write true or false"),
            )
        return value

    def _source(self, table: Table, where: str) -> tuple[str, ...]:
        value = table.get("source", [])
        ids = value if isinstance(value, list) else [value]
        for each in ids:
            if not isinstance(each, str) or not re.fullmatch(_RULE, each):
                self.refuse(
                    f"{where}.source",
                    phrase("{each!r} is no rule id", each=each),
                    phrase('write ids like ["001-07"]'),
                )
        return tuple(ids)

    def _text(self, table: Table, key: str) -> str:
        value = table.get(key, "")
        if not isinstance(value, str):
            self.refuse(key, phrase("{value!r} is not text", value=value), phrase("put it in quotes"))
        return value.strip()

    def _table(self, table: Table, key: str) -> Table:
        value = table.get(key, {})
        if not isinstance(value, Mapping):
            self.refuse(
                key,
                phrase("{value!r} is not a table", value=value),
                phrase("write a section [{key}]", key=key),
            )
        return value

    def _is_none(self, table: Table, key: str) -> bool:
        return bool(table.get(key, "none") == "none")

    def _only(self, table: Table, where: str, keys: str) -> None:
        known = keys.split()
        for key in table:
            if key not in known:
                near = get_close_matches(key, known, 1, 0.4)
                place = f"{where}.{key}".lstrip(".")
                self.refuse(
                    place,
                    phrase("no key {key!r} here", key=key),
                    phrase("did you mean {near}?", near=near[0]) if near else f"use {', '.join(known)}",
                )

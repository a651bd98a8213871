"""The form of an interview's record: what stands in it, what was typed into it, and what is wrong with that.

``typed`` takes what was sent, ``read`` makes an interview of it or says what is wrong, ``form`` shows it all again.
A day may be picked, or written as people say it; what is written counts.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from calsync.domain import Interview
from calsync.errors import BadData, BadValue, CalsyncError
from calsync.intake import KEYS, Fault, as_record
from calsync.web.fields import FIRST, LABELS, MORE, Field

if TYPE_CHECKING:
    from calsync.web.visit import Visit

__all__ = ["Box", "Form", "Wrong", "changed", "form", "name_of", "read", "shown", "typed", "was", "wrong"]

_PICKED = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d))?")
_T = re.compile(r"(?<=\d)T(?=\d)")
_WITH_PICKER = ("moment", "day", "agreed")


class Wrong(NamedTuple):
    """What is wrong with a field, and what to do; an empty key is none of the fields."""

    key: str
    label: str
    what: str
    remedy: str


class Box(NamedTuple):
    """One field as it is shown; ``picked`` and ``hour`` stand in its picker, ``value`` in its line."""

    field: Field
    value: str
    picked: str = ""
    hour: str = ""
    wrong: Wrong | None = None
    choices: Sequence[tuple[str, str]] = ()

    @property
    def name(self) -> str:
        """What it is called in the form."""
        return name_of(self.field.key)


class Block(NamedTuple):
    """A group of fields; ``open`` where one of them has something to show."""

    title: str
    boxes: Sequence[Box]
    open: bool


class Form(NamedTuple):
    """The whole form. ``was`` is what the record said when it was shown, for a second tab to be noticed by."""

    first: Sequence[Box]
    more: Sequence[Block]
    faults: Sequence[Wrong]
    was: str
    zones: Sequence[str]
    countries: Sequence[tuple[str, str]]


def shown(interview: Interview) -> dict[str, str]:
    """The record as the form shows it: texts alone, the empty one for nothing."""
    return {key: "" if value is None else str(value) for key, value in as_record(interview).items()}


def typed(visit: "Visit") -> dict[str, str]:
    """What was sent, key by key; keys that were not in the form are left out."""
    found = {}
    for key in KEYS:
        if visit.every(name_of(key)) or visit.every(f"{key}.words"):
            found[key] = visit.field(f"{key}.words") or _picked(visit, key)
    return {key: _tidy(key, text) for key, text in found.items()}


def _picked(visit: "Visit", key: str) -> str:
    """What stands in the field, or in its pickers for day and hour."""
    text = visit.field(name_of(key))
    if LABELS[key].sort not in _WITH_PICKER:
        return text
    return f"{_T.sub(' ', text)} {visit.field(f'{key}.time')}".strip()


def name_of(key: str) -> str:
    """What the field of a key is called in the form; the page's own ``candidate`` is whose things are looked at."""
    return "whose" if key == "candidate" else key


def was(visit: "Visit") -> Mapping[str, str]:
    """What the record said when the form was shown; nothing where it does not tell."""
    try:
        told = json.loads(visit.field("was") or "{}")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def changed(sent: Mapping[str, str], before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """What somebody changed in the form: it differs from how it was shown to them, and from how it is now."""
    return {
        key: text
        for key, text in sent.items()
        if text != _tidy(key, before.get(key, now.get(key, ""))) and text != _tidy(key, now.get(key, ""))
    }


def read(
    visit: "Visit", sent: Mapping[str, str], record: Mapping[str, str] | None = None
) -> tuple[Interview | None, dict[str, str], list[Fault]]:
    """The interview that was meant, the values a verb takes, and all that is wrong; over a ``record`` that there is.

    Raises BadSettings where it is the settings that are wrong.
    """
    from calsync.intake.by_hand import typed_in  # noqa: PLC0415  # looking at interviews needs no reader
    from calsync.intake.record import drafted  # noqa: PLC0415  # as above

    beside = {key: record[key] for key in ("country", "timezone") if record} if record else {}
    given = typed_in(sent, visit.preferences, visit.now, beside)
    draft = drafted({**(record or {}), **given.values}, visit.preferences)
    faults = [*given.faults, *draft.faults]
    faults += _judged(visit, {**(record or {}), **given.values}, faults)
    once = list({fault.key: fault for fault in reversed(faults)}.values())
    order = list(LABELS)
    once.sort(key=lambda fault: order.index(fault.key) if fault.key in LABELS else -1)
    return (draft.interview if not once else None), given.values, once


def _judged(visit: "Visit", values: Mapping[str, str], faults: list[Fault]) -> list[Fault]:
    """What only the desk knows is wrong: country, region, playbook; looked at whatever else is.

    A number is read by its country, so what is wrong with the one says nothing where the other is wrong too.
    """
    from calsync.intake.record import drafted  # noqa: PLC0415  # as above

    bad = {fault.key for fault in faults}
    sound = drafted({key: text for key, text in values.items() if key not in bad}, visit.preferences)
    if sound.interview is None:
        return []
    try:
        visit.desk.check(sound.interview)
    except BadValue as error:
        found = fault_of(error)
        if found.key == "country":
            faults[:] = [fault for fault in faults if fault.key != "phone"]
        return [found]
    return []


def fault_of(error: CalsyncError) -> Fault:
    """What a verb has against a record, as a fault of the key that it names."""
    key, _, deeper = error.where.partition(", ")
    what = f"{deeper}: {error.what}" if deeper else error.what
    return Fault(key if key in KEYS else "", "", what, error.remedy, error.code)


def refused(error: BadData) -> list[Fault]:
    """The same for whatever it raises."""
    rows = getattr(error, "rows", ())
    return [fault for row in rows for fault in row.faults] or [fault_of(error)]


def wrong(visit: "Visit", faults: Iterable[Fault]) -> list[Wrong]:
    """The faults with the labels of their fields."""
    return [
        Wrong(
            fault.key if fault.key in LABELS else "",
            visit.say(LABELS[fault.key].label) if fault.key in LABELS else "",
            fault.what,
            fault.remedy,
        )
        for fault in faults
    ]


def form(
    visit: "Visit",
    values: Mapping[str, str],
    faults: Sequence[Fault] = (),
    *,
    before: Mapping[str, str] | None = None,
) -> Form:
    """The form with ``values`` in it; ``before`` is the record that is changed, None for a new one."""
    from calsync.web.places import countries, zones  # noqa: PLC0415  # only where somebody types

    told = wrong(visit, faults)
    by_key = {each.key: each for each in told if each.key}
    only = "new" if before is None else "edit"
    first = [_box(visit, field, values, by_key) for field in FIRST]
    more = []
    for group in MORE:
        boxes = [_box(visit, field, values, by_key) for field in group.fields if field.only in ("", only)]
        filled = any(box.wrong or (_filled(box) and before is None) for box in boxes)
        more.append(Block(group.title, boxes, filled))
    kept = "" if before is None else json.dumps(dict(was(visit) or before), ensure_ascii=False)
    return Form(first, more, told, kept, zones(), countries(visit))


def _filled(box: Box) -> bool:
    return bool(box.value or box.picked)


def _box(visit: "Visit", field: Field, values: Mapping[str, str], faults: Mapping[str, Wrong]) -> Box:
    value = values.get(field.key, "")
    picked = hour = ""
    if field.sort in _WITH_PICKER and (found := _PICKED.fullmatch(value)):
        day, hour = found[1], found[2] or ""
        fits = bool(hour) if field.sort == "moment" else field.sort == "agreed" or not hour
        picked, value = (day, "") if fits else ("", value)
        if field.sort == "moment" and picked:
            picked, hour = f"{day}T{hour}", ""
    if field.sort == "list":
        value = "\n".join(_parts(value))
    choices = [(known, visit.say(label)) for known, label in field.choices]
    if field.sort == "playbook":
        from calsync.web.playbooks import playbooks  # noqa: PLC0415  # as above

        choices = [(book.name, f"{book.title}: {book.summary}") for book in playbooks(visit)]
        choices += [(value, value)] if value and value not in dict(choices) else []
    return Box(field, value, picked, hour, faults.get(field.key), choices)


def _tidy(key: str, text: str) -> str:
    """Two texts that mean the same are the same: line ends, and what stands between the parts of a list."""
    plain = text.replace("\r\n", "\n").strip()
    field = LABELS.get(key)
    return "; ".join(_parts(plain)) if field and field.sort == "list" else plain


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split("[;\n]", text) if part.strip()]

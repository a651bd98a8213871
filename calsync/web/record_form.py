"""The form of an interview's record: what stands in it, what was typed into it, and what is wrong with that.

``read_fields`` takes what was sent, ``read_interview`` makes an interview of it or says what is wrong, ``build_form``
shows it all again. A day may be picked, or written as people say it; what is written counts.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from calsync.domain import Interview
from calsync.errors import BadData, BadValue, CalsyncError
from calsync.intake import KEYS, Fault, as_record
from calsync.intake.records import draft_record, read_typed
from calsync.phrase import joined
from calsync.web.choices import countries, playbooks, zones
from calsync.web.record_fields import FIRST, LABELS, MORE, RecordField
from calsync.web.request import PageRequest

__all__ = [
    "FieldError",
    "FieldGroupView",
    "FieldView",
    "RecordForm",
    "build_form",
    "changed_fields",
    "faults_of",
    "field_errors",
    "field_name",
    "read_fields",
    "read_interview",
    "read_original",
    "record_texts",
]


_PICKED = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d))?")
_T = re.compile(r"(?<=\d)T(?=\d)")
_WITH_PICKER = ("moment", "day", "agreed")


class FieldError(msgspec.Struct, frozen=True):
    """What is wrong with a field, and what to do; an empty key is none of the fields."""

    key: str
    label: str
    what: str
    remedy: str


class FieldView(msgspec.Struct, frozen=True):
    """One field as it is shown; ``picked`` and ``hour`` stand in its picker, ``value`` in its line."""

    field: RecordField
    value: str
    picked: str = ""
    hour: str = ""
    wrong: FieldError | None = None
    choices: Sequence[tuple[str, str]] = ()

    @property
    def name(self) -> str:
        """What it is called in the form."""
        return field_name(self.field.key)


class FieldGroupView(msgspec.Struct, frozen=True):
    """A group of fields; ``open`` where one of them has something to show."""

    title: str
    boxes: Sequence[FieldView]
    open: bool


class RecordForm(msgspec.Struct, frozen=True):
    """The whole form. ``was`` is what the record said when it was shown, for a second tab to be noticed by."""

    first: Sequence[FieldView]
    more: Sequence[FieldGroupView]
    faults: Sequence[FieldError]
    was: str
    zones: Sequence[str]
    countries: Sequence[tuple[str, str]]


def record_texts(interview: Interview) -> dict[str, str]:
    """The record as the form shows it: texts alone, the empty one for nothing."""
    return {key: "" if value is None else str(value) for key, value in as_record(interview).items()}


def read_fields(request: PageRequest) -> dict[str, str]:
    """What was sent, key by key; keys that were not in the form are left out."""
    found = {}
    for key in KEYS:
        if request.every(field_name(key)) or request.every(f"{key}.words"):
            found[key] = request.field(f"{key}.words") or _picked(request, key)
    return {key: _tidy(key, text) for key, text in found.items()}


def _picked(request: PageRequest, key: str) -> str:
    """What stands in the field, or in its pickers for day and hour."""
    text = request.field(field_name(key))
    if LABELS[key].sort not in _WITH_PICKER:
        return text
    return f"{_T.sub(' ', text)} {request.field(f'{key}.time')}".strip()


def field_name(key: str) -> str:
    """What the field of a key is called in the form; the page's own ``candidate`` is whose things are looked at."""
    return "whose" if key == "candidate" else key


def read_original(request: PageRequest) -> Mapping[str, str]:
    """What the record said when the form was shown; nothing where it does not tell."""
    try:
        told = json.loads(request.field("was") or "{}")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def changed_fields(
    sent: Mapping[str, str], before: Mapping[str, str], now: Mapping[str, str]
) -> dict[str, str]:
    """What somebody changed in the form: it differs from how it was shown to them, and from how it is now."""
    return {
        key: text
        for key, text in sent.items()
        if text != _tidy(key, before.get(key, now.get(key, ""))) and text != _tidy(key, now.get(key, ""))
    }


def read_interview(
    request: PageRequest, sent: Mapping[str, str], record: Mapping[str, str] | None = None
) -> tuple[Interview | None, dict[str, str], list[Fault]]:
    """The interview that was meant, the values a verb takes, and all that is wrong; over a ``record`` that there is.

    Raises BadSettings where it is the settings that are wrong.
    """
    beside = {key: record[key] for key in ("country", "timezone") if record} if record else {}
    given = read_typed(sent, request.preferences, request.now, beside)
    draft = draft_record({**(record or {}), **given.values}, request.preferences)
    faults = [*given.faults, *draft.faults]
    faults += _judged(request, {**(record or {}), **given.values}, faults)
    once = list({fault.key: fault for fault in reversed(faults)}.values())
    order = list(LABELS)
    once.sort(key=lambda fault: order.index(fault.key) if fault.key in LABELS else -1)
    return (draft.interview if not once else None), given.values, once


def _judged(request: PageRequest, values: Mapping[str, str], faults: list[Fault]) -> list[Fault]:
    """What only the context knows is wrong: country, region, playbook; looked at whatever else is.

    A number is read by its country, so what is wrong with the one says nothing where the other is wrong too.
    """
    bad = {fault.key for fault in faults}
    sound = draft_record({key: text for key, text in values.items() if key not in bad}, request.preferences)
    if sound.interview is None:
        return []
    try:
        request.context.check(sound.interview)
    except BadValue as error:
        found = fault_of(error)
        if found.key == "country":
            faults[:] = [fault for fault in faults if fault.key != "phone"]
        return [found]
    return []


def fault_of(error: CalsyncError) -> Fault:
    """What a verb has against a record, as a fault of the key that it names."""
    key, _, deeper = error.where.partition(", ")
    what = joined((deeper, error.what), ": ")
    return Fault(key if key in KEYS else "", "", what, error.remedy, error.code)


def faults_of(error: BadData) -> list[Fault]:
    """The same for whatever it raises."""
    rows = getattr(error, "rows", ())
    return [fault for row in rows for fault in row.faults] or [fault_of(error)]


def field_errors(request: PageRequest, faults: Iterable[Fault]) -> list[FieldError]:
    """The faults with the labels of their fields."""
    return [
        FieldError(
            fault.key if fault.key in LABELS else "",
            request.say(LABELS[fault.key].label) if fault.key in LABELS else "",
            fault.what,
            fault.remedy,
        )
        for fault in faults
    ]


def build_form(
    request: PageRequest,
    values: Mapping[str, str],
    faults: Sequence[Fault] = (),
    *,
    before: Mapping[str, str] | None = None,
) -> RecordForm:
    """The form with ``values`` in it; ``before`` is the record that is changed, None for a new one."""
    told = field_errors(request, faults)
    by_key = {each.key: each for each in told if each.key}
    only = "new" if before is None else "edit"
    first = [_box(request, field, values, by_key) for field in FIRST]
    more = []
    for group in MORE:
        boxes = [_box(request, field, values, by_key) for field in group.fields if field.only in ("", only)]
        filled = any(box.wrong or (_filled(box) and before is None) for box in boxes)
        more.append(FieldGroupView(group.title, boxes, filled))
    kept = "" if before is None else json.dumps(dict(read_original(request) or before), ensure_ascii=False)
    return RecordForm(first, more, told, kept, zones(), countries(request))


def _filled(box: FieldView) -> bool:
    return bool(box.value or box.picked)


def _box(
    request: PageRequest, field: RecordField, values: Mapping[str, str], faults: Mapping[str, FieldError]
) -> FieldView:
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
    choices = [(known, request.say(label)) for known, label in field.choices]
    if field.sort == "playbook":
        choices = [
            (book.name, f"{request.say(book.title)}: {request.say(book.summary)}")
            for book in playbooks(request)
        ]
        choices += [(value, value)] if value and value not in dict(choices) else []
    return FieldView(field, value, picked, hour, faults.get(field.key), choices)


def _tidy(key: str, text: str) -> str:
    """Two texts that mean the same are the same: line ends, and what stands between the parts of a list."""
    plain = text.replace("\r\n", "\n").strip()
    field = LABELS.get(key)
    return "; ".join(_parts(plain)) if field and field.sort == "list" else plain


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split("[;\n]", text) if part.strip()]

"""The form of an interview's record: what stands in it, what was typed into it, and what is wrong with that.

``typed`` takes what was sent, ``read`` makes an interview of it or says what is wrong, ``form`` shows it all again.
A day may be picked, or written as people say it; what is written counts.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal
from zoneinfo import available_timezones

import msgspec

from calsync.domain import Interview
from calsync.errors import BadData, BadValue, CalsyncError
from calsync.intake import KEYS, Fault, as_record
from calsync.intake.records import drafted, typed_in
from calsync.playbooks import names
from calsync.web.rendering import phrase

__all__ = [
    "FIRST",
    "LABELS",
    "MORE",
    "Box",
    "Field",
    "Form",
    "Group",
    "Sort",
    "Wrong",
    "changed",
    "countries",
    "form",
    "name_of",
    "playbooks",
    "read",
    "shown",
    "sources",
    "typed",
    "was",
    "wrong",
    "zones",
]


# The keys of an interview's record as fields of a form: a row for each, in the order and the groups a person meets them.
#
# A new key of the record is a row here; how its text is read is for ``calsync.intake``.

Sort = Literal[
    "text", "long", "list", "moment", "day", "agreed", "number", "email", "tel", "url", "choice", "zone",
    "country", "playbook",
]  # fmt: skip
"""What kind of field it is: ``moment``, ``day`` and ``agreed`` have a picker and a line for words beside it."""


class Field(msgspec.Struct, frozen=True):
    """``label`` and ``hint`` are phrases, ``choices`` pairs of a value and a phrase; ``only`` where it is asked for."""

    key: str
    label: str
    sort: Sort = "text"
    hint: str = ""
    choices: Sequence[tuple[str, str]] = ()
    only: Literal["", "new", "edit"] = ""
    needed: bool = False


class Group(msgspec.Struct, frozen=True):
    """Fields that belong together."""

    title: str
    fields: Sequence[Field]


FIRST: Sequence[Field] = (
    Field("company", phrase("Company"), needed=True),
    Field("role", phrase("Position"), needed=True),
    Field(
        "start",
        phrase("When the interview is, on their clock"),
        "moment",
        phrase("tomorrow 14:00, next thu 2pm, 24 November 2026 14:00"),
        needed=True,
    ),
    Field("minutes", phrase("Minutes it takes"), "number", phrase("60 if you do not know")),
    Field("timezone", phrase("Their time zone"), "zone", phrase("like America/New_York; yours if empty")),
    Field(
        "country", phrase("Their country, for its holidays"), "country", phrase("two letters, like US or DE")
    ),
    Field("contact", phrase("Whom to call or write")),
    Field("phone", phrase("The number they gave you"), "tel"),
    Field("email", phrase("Their email address"), "email"),
    Field(
        "decision",
        phrase("When they decide"),
        "day",
        phrase("3 days, 5 business days, 2 weeks, next fri"),
    ),
)
"""The few that matter."""
MORE: Sequence[Group] = (
    Group(
        phrase("Whom you met"),
        (
            Field(
                "contact_role",
                phrase("What your contact is"),
                "choice",
                choices=(
                    ("manager", phrase("hiring manager")),
                    ("interviewer", phrase("interviewer")),
                    ("recruiter", phrase("recruiter")),
                    ("hr", phrase("HR department")),
                ),
            ),
            Field(
                "salutation",
                phrase("How you address your contact"),
                "text",
                phrase("Ms. Smith, Sarah"),
            ),
            Field(
                "interviewers",
                phrase("Everybody else you met"),
                "list",
                phrase("one a line: Tom Reyes <tom@example.com>"),
            ),
            Field(
                "language",
                phrase("The language you speak with them"),
                "choice",
                choices=(
                    ("en", phrase("English")),
                    ("en-US", phrase("English (American)")),
                    ("en-GB", phrase("English (British)")),
                    ("de", phrase("German")),
                ),
            ),
        ),
    ),
    Group(
        phrase("What they said"),
        (
            Field(
                "agreed",
                phrase("The day they named for the next contact"),
                "agreed",
                phrase("next tue, or next tue 10:30"),
            ),
            Field(
                "channel",
                phrase("How they want to hear from you"),
                "choice",
                choices=(("phone", phrase("by phone")), ("email", phrase("by email"))),
            ),
            Field(
                "window",
                phrase("When to call"),
                "choice",
                choices=(
                    ("early", phrase("early in their day")),
                    ("late", phrase("late in their day")),
                    ("any", phrase("at any hour")),
                ),
            ),
            Field(
                "busy", phrase("When they are busy"), hint=phrase("like Mon-Fri 09:00-11:00; with ; between")
            ),
            Field(
                "away",
                phrase("When they are away"),
                hint=phrase("like 2026-08-03..2026-08-16; with ; between"),
            ),
            Field(
                "culture",
                phrase("What kind of house it is"),
                "choice",
                choices=(
                    ("formal", phrase("formal")),
                    ("regulated", phrase("regulated, like banks and authorities")),
                    ("casual", phrase("casual")),
                ),
            ),
            Field(
                "felt",
                phrase("How it felt"),
                "choice",
                choices=(("good", phrase("good")), ("poor", phrase("not so good"))),
            ),
        ),
    ),
    Group(
        phrase("What you talked about"),
        (
            Field("topic", phrase("Something to recall"), "long"),
            Field("strengths", phrase("Why you fit"), "long"),
            Field("missed", phrase("What you forgot to say"), "long"),
            Field("questions", phrase("Your questions"), "list", phrase("one a line")),
            Field("notes", phrase("Notes"), "long"),
        ),
    ),
    Group(
        phrase("Everything else"),
        (
            Field("playbook", phrase("Playbook"), "playbook"),
            Field("region", phrase("Their region, for its holidays"), hint=phrase("letters, like NY or BY")),
            Field("location", phrase("Where it is")),
            Field("url", phrase("A link to the job or the meeting"), "url"),
            Field("candidate", phrase("Whose interview it is, for coaches")),
            Field(
                "id",
                phrase("A name of your own for it"),
                hint=phrase("a-z, 0-9 and -; made up if empty"),
                only="new",
            ),
            Field(
                "status",
                phrase("How it stands"),
                "choice",
                choices=(
                    ("open", phrase("open")),
                    ("offer", phrase("they made an offer")),
                    ("rejected", phrase("they said no")),
                    ("withdrawn", phrase("you withdrew")),
                    ("closed", phrase("over")),
                ),
                only="edit",
            ),
        ),
    ),
)
LABELS: Mapping[str, Field] = {field.key: field for field in (*FIRST, *(f for g in MORE for f in g.fields))}
"""Every field by its key."""

if TYPE_CHECKING:
    from calsync.web.request import Visit


_PICKED = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d))?")
_T = re.compile(r"(?<=\d)T(?=\d)")
_WITH_PICKER = ("moment", "day", "agreed")


class Wrong(msgspec.Struct, frozen=True):
    """What is wrong with a field, and what to do; an empty key is none of the fields."""

    key: str
    label: str
    what: str
    remedy: str


class Box(msgspec.Struct, frozen=True):
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


class Block(msgspec.Struct, frozen=True):
    """A group of fields; ``open`` where one of them has something to show."""

    title: str
    boxes: Sequence[Box]
    open: bool


class Form(msgspec.Struct, frozen=True):
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
    """What only the context knows is wrong: country, region, playbook; looked at whatever else is.

    A number is read by its country, so what is wrong with the one says nothing where the other is wrong too.
    """
    bad = {fault.key for fault in faults}
    sound = drafted({key: text for key, text in values.items() if key not in bad}, visit.preferences)
    if sound.interview is None:
        return []
    try:
        visit.context.check(sound.interview)
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


# Zones and countries to choose from while typing; any other that calsync knows is taken too.

if TYPE_CHECKING:
    from calsync.web.request import Visit


_REGIONS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
_COUNTRIES = (
    ("AT", phrase("Austria")),
    ("AU", phrase("Australia")),
    ("BE", phrase("Belgium")),
    ("BR", phrase("Brazil")),
    ("CA", phrase("Canada")),
    ("CH", phrase("Switzerland")),
    ("CN", phrase("China")),
    ("CZ", phrase("Czechia")),
    ("DE", phrase("Germany")),
    ("DK", phrase("Denmark")),
    ("ES", phrase("Spain")),
    ("FI", phrase("Finland")),
    ("FR", phrase("France")),
    ("GB", phrase("United Kingdom")),
    ("IE", phrase("Ireland")),
    ("IL", phrase("Israel")),
    ("IN", phrase("India")),
    ("IT", phrase("Italy")),
    ("JP", phrase("Japan")),
    ("LU", phrase("Luxembourg")),
    ("MX", phrase("Mexico")),
    ("NL", phrase("Netherlands")),
    ("NO", phrase("Norway")),
    ("NZ", phrase("New Zealand")),
    ("PL", phrase("Poland")),
    ("PT", phrase("Portugal")),
    ("SE", phrase("Sweden")),
    ("SG", phrase("Singapore")),
    ("US", phrase("United States")),
    ("ZA", phrase("South Africa")),
)
"""Those that are met most; the hint says that two letters of any other are taken."""


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """The zones that are named by a city."""
    return tuple(sorted(name for name in available_timezones() if name.partition("/")[0] in _REGIONS))


def countries(visit: "Visit") -> list[tuple[str, str]]:
    """Code and name."""
    return [(code, visit.say(name)) for code, name in _COUNTRIES]


# The playbooks that can be chosen, the user's own among them; one that cannot be read is left out.

if TYPE_CHECKING:
    from calsync.playbooks import Playbook
    from calsync.web.request import Visit


def playbooks(visit: "Visit") -> "list[Playbook]":
    """Every playbook that has a name, in order of the names."""
    found = []
    for name in names(visit.home.playbooks):
        try:
            found.append(visit.context.playbook(name))
        except CalsyncError:  # ``calsync playbook list`` says what is wrong with it
            continue
    return found


def sources(book: "Playbook") -> list[str]:
    """The ids of all the advice that its numbers come from, in order."""
    return sorted(set(_sources(book)))


def _sources(value: object) -> Iterator[str]:
    """Those of a value and of all that is in it."""
    if isinstance(value, str | int | None):
        return
    own = getattr(value, "source", ())
    yield from own if isinstance(own, tuple) else ()
    names: tuple[str, ...] = getattr(value, "__struct_fields__", ())
    for name in names:
        yield from _sources(getattr(value, name, None))

"""The settings: a form, a look at what moves, and settings.toml written with its comments kept."""

from collections.abc import Sequence

from starlette.responses import Response

from calsync.settings import Settings, needed
from calsync.settings.writing import write
from calsync.web.changes import changes_between
from calsync.web.choices import countries, playbooks, sources, zones
from calsync.web.rendering import phrase
from calsync.web.request import Banner, PageRequest
from calsync.web.routing import Route, Tab
from calsync.web.settings_form import (
    SettingChange,
    SettingFault,
    change_lines,
    context_with,
    read_changes,
    rewrite,
    setting_groups,
)
from calsync.workflows.replanning import refresh

<<<<<<< HEAD
__all__ = ["ROUTES", "TAB"]
=======
__all__ = [
    "AUTO",
    "GROUPS",
    "ROWS",
    "TAB",
    "WAYS",
    "Box",
    "Change",
    "Fault",
    "Group",
    "Row",
    "changed_in",
    "context_with",
    "groups",
    "now_set",
    "rewritten",
    "said",
]


# The settings as fields of a form: a row for each key, in the groups a person meets them.
#
# A new key is a row here; how its text is read and written is for ``calsync.settings``.


class Row(msgspec.Struct, frozen=True):
    """``label`` and ``hint`` are phrases, ``choices`` pairs of a value and a phrase."""

    key: str
    label: str
    sort: Literal[
        "text", "tel", "email", "zone", "country", "choice", "playbook", "lines", "minutes", "days"
    ] = "text"
    hint: str = ""
    choices: Sequence[tuple[str, str]] = ()


class Group(msgspec.Struct, frozen=True):
    """Settings that belong together."""

    title: str
    rows: Sequence[Row]


_MINUTES = phrase("minutes before, like 60, 15; empty for none")
GROUPS: Sequence[Group] = (
    Group(
        phrase("You"),
        (
            Row("candidate.name", phrase("Your name"), hint=phrase("it opens every script")),
            Row("candidate.phone", phrase("Your number"), "tel"),
            Row(
                "candidate.email",
                phrase("Your email address"),
                "email",
                phrase("so that you are not taken for somebody you met"),
            ),
            Row(
                "language",
                phrase("Language"),
                "choice",
                choices=(
                    ("en", phrase("English")),
                    ("en-US", phrase("English (American)")),
                    ("en-GB", phrase("English (British)")),
                    ("de", phrase("German")),
                ),
            ),
            Row("timezone", phrase("Your time zone"), "zone", phrase("empty: as this computer has it")),
            Row(
                "country",
                phrase("Country of the employers, where they name none"),
                "country",
                phrase("two letters, like US or DE"),
            ),
            Row("region", phrase("Its region"), hint=phrase("letters, like NY or BY")),
        ),
    ),
    Group(
        phrase("When you call and write"),
        (
            Row("hours", phrase("Your hours"), hint=phrase("like 07:00-21:00, on your clock")),
            Row(
                "business_hours",
                phrase("Business hours of the employers"),
                hint=phrase("like 09:00-17:00, on their clock"),
            ),
            Row(
                "window",
                phrase("When to call"),
                "choice",
                choices=(
                    ("", phrase("as the playbook says")),
                    ("early", phrase("early in their day")),
                    ("late", phrase("late in their day")),
                    ("any", phrase("at any hour")),
                ),
            ),
            Row("kept_free", phrase("Weekdays without calls"), "days"),
            Row(
                "monday_like",
                phrase("Also spare the day after a Monday holiday"),
                "choice",
                choices=(("false", phrase("no")), ("true", phrase("yes"))),
            ),
            Row(
                "quiet_days",
                phrase("Quiet days that are spared"),
                "lines",
                phrase("one a line: bridge-days, year-end, holiday-eves"),
            ),
            Row(
                "phone",
                phrase("You call people"),
                "choice",
                choices=(("true", phrase("yes")), ("false", phrase("no, emails alone"))),
            ),
            Row(
                "private_hours",
                phrase("When you cannot talk"),
                "lines",
                phrase("one a line, like Mon-Fri 12:00-13:00"),
            ),
            Row(
                "closures",
                phrase("Days on which the employers are closed"),
                "lines",
                phrase("one a line, like 2026-12-24..2027-01-01"),
            ),
        ),
    ),
    Group(
        phrase("How you follow up"),
        (Row("playbook", phrase("Playbook, where an interview names none"), "playbook"),),
    ),
    Group(
        phrase("Alarms"),
        (
            Row("alarms.call", phrase("Before a call"), "minutes", _MINUTES),
            Row("alarms.email", phrase("Before an email"), "minutes", _MINUTES),
            Row("alarms.prepare", phrase("Before a preparation"), "minutes", _MINUTES),
            Row("alarms.ask", phrase("Before an interview"), "minutes", _MINUTES),
            Row(
                "discreet",
                phrase("Titles in the calendar tell nothing"),
                "choice",
                choices=(("false", phrase("no")), ("true", phrase("yes"))),
            ),
            Row(
                "google.calendar",
                phrase("Name of the calendar at Google"),
                hint=phrase("counts when it is made"),
            ),
        ),
    ),
)
ROWS: Sequence[Row] = tuple(row for group in GROUPS for row in group.rows)
"""All of them."""


# The form of the settings: what stands in it, what was changed in it, and settings.toml with that and nothing else changed.
#
# A value is text all the way: of a list a line each, of weekdays their names, ``auto`` where a rule decides.

if TYPE_CHECKING:
    from calsync.web.request import Visit
    from calsync.workflows import Context


_NUMBER = re.compile(r"[0-9]{1,9}")
AUTO = "auto"
"""In place of weekdays: the first of the employer's working week."""


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with the value of a key."""

    key: str
    label: str
    what: str
    remedy: str


class Change(msgspec.Struct, frozen=True):
    """A key with what it was and what it is to be."""

    row: Row
    before: str
    after: str


class Box(msgspec.Struct, frozen=True):
    """One field as it is shown; ``was`` is what it said when it was shown first."""

    field: Row
    value: str
    was: str
    wrong: Fault | None = None
    choices: Sequence[tuple[str, str]] = ()


def now_set(visit: "Visit") -> dict[str, str]:
    """Every value as the form shows it."""
    return {row.key: _shown(row, effective(visit.settings, row.key)) for row in ROWS}


def groups(
    visit: "Visit", values: Mapping[str, str], faults: Iterable[Fault] = ()
) -> list[tuple[str, list[Box]]]:
    """The form with these values."""
    by_key, now = {fault.key: fault for fault in faults}, now_set(visit)
    return [
        (
            group.title,
            [
                Box(
                    row,
                    values.get(row.key, now[row.key]),
                    visit.field(f"was.{row.key}") if visit.every(f"was.{row.key}") else now[row.key],
                    by_key.get(row.key),
                    _choices(visit, row),
                )
                for row in group.rows
            ],
        )
        for group in GROUPS
    ]


def changed_in(visit: "Visit") -> list[Change]:
    """What somebody changed: it differs from how it was shown to them. Keys that were not in the form are left alone."""
    sent = (
        (row, _typed(visit, row), visit.field(f"was.{row.key}"))
        for row in ROWS
        if visit.every(f"was.{row.key}")
    )
    return [Change(row, _tidy(before), after) for row, after, before in sent if after != _tidy(before)]


def rewritten(visit: "Visit", changes: Sequence[Change]) -> tuple[str, Settings | None, list[Fault]]:
    """settings.toml with the changes, what it then says, and what is wrong with which key."""
    file = needed(visit.home.settings_file)
    text, faults = text_of(file) or "", []
    for change in changes:
        row, after = change.row, change.after
        try:
            _check(row, after)
            written = _written(row, after)
            text = without(text, row.key, file) if written is None else changed(text, row.key, written, file)
        except (BadSettings, BadValue) as error:
            faults.append(Fault(row.key, visit.say(row.label), error.what, error.remedy))
    if faults:
        return text, None, faults
    settings = parse(text, file)
    faults = list(_unknown(visit, settings))
    return text, (None if faults else settings), faults


def context_with(visit: "Visit", settings: Settings) -> "Context":
    """The context that other settings would describe."""
    home = visit.home
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


def said(visit: "Visit", changes: Iterable[Change]) -> list[str]:
    """A line for each change."""
    return [
        f"{visit.say(each.row.label)}: {_named(visit, each.row, each.before)} → {_named(visit, each.row, each.after)}"
        for each in changes
    ]


def _named(visit: "Visit", row: Row, value: str) -> str:
    if row.sort == "days" and value == AUTO:
        return visit.say("the first day of their working week")
    labels = dict(row.choices)
    return visit.say(labels[value]) if value in labels else value.replace("\n", ", ") or "–"


def _choices(visit: "Visit", row: Row) -> list[tuple[str, str]]:
    if row.sort == "playbook":
        from calsync.web.forms import playbooks  # noqa: PLC0415  # as above

        found = [(book.name, f"{book.title}: {book.summary}") for book in playbooks(visit)]
        own = visit.preferences.playbook
        return found if own in dict(found) else [*found, (own, own)]
    if row.sort == "days":
        return list(zip(WEEKDAYS, LANGUAGES[visit.language].weekdays, strict=True))
    found = [(value, visit.say(label)) for value, label in row.choices]
    now = effective(visit.settings, row.key) if found else ""
    return found if not found or now in dict(found) else [*found, (now, now)]


def _shown(row: Row, value: str) -> str:
    """What ``effective`` says, as the form has it."""
    if row.sort not in {"lines", "minutes", "days"}:
        return value
    if row.sort == "days" and not value:
        return AUTO
    items = [str(each) for each in tomllib.loads(f"value = {value or '[]'}")["value"]]
    return ("\n" if row.sort == "lines" else ", ").join(items)


def _typed(visit: "Visit", row: Row) -> str:
    if row.sort == "days" and not visit.every(f"{row.key}.text"):
        days = visit.every(row.key)
        return AUTO if AUTO in days else ", ".join(day for day in WEEKDAYS if day in days)
    return _tidy(visit.field(f"{row.key}.text") or visit.field(row.key))


def _tidy(text: str) -> str:
    return "\n".join(line.strip() for line in text.replace("\r\n", "\n").strip().split("\n") if line.strip())


def _check(row: Row, value: str) -> None:
    """Refuse a part of a list by its own name, and not by that of the whole list. Raises BadValue."""
    table, _, name = row.key.rpartition(".")
    parts = [part.strip() for part in value.split("\n" if row.sort == "lines" else ",") if part.strip()]
    if row.sort == "lines":
        reader_of(table, name)(parts)
    elif row.sort == "minutes":
        reader_of(table, name)([int(part) if _NUMBER.fullmatch(part) else part for part in parts])


def _written(row: Row, value: str) -> str | None:
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


def _unknown(visit: "Visit", settings: Settings) -> Iterable[Fault]:
    """What only the rooms below know: countries and regions, playbooks."""
    context, mine = context_with(visit, settings), settings.preferences
    labels = {row.key: visit.say(row.label) for row in ROWS}
    try:
        if mine.country:
            context.closed_days(mine.country, mine.region, visit.today.year)
    except BadValue as error:
        key = error.where if error.where in labels else "country"
        yield Fault(key, labels[key], error.what, error.remedy)
    try:
        context.playbook(mine.playbook)
    except CalsyncError as error:
        yield Fault("playbook", labels["playbook"], error.what, error.remedy)
>>>>>>> e6bc1cf (country: of the record, the zone it names, its number, the settings; said in notes and in plan --json; names are understood)


_WRONG = 422
_MANY = 300
"""Open interviews; with more of them, planning all anew only to look takes too long."""


def show_settings(request: PageRequest) -> Response:
    """Every setting as it stands."""
    return _form(request, {})


def _form(request: PageRequest, values: dict[str, str], faults: Sequence[SettingFault] = ()) -> Response:
    return request.page(
        "settings.html",
        status=_WRONG if faults else 200,
        groups=setting_groups(request, values, faults),
        faults=faults,
        file=request.home.settings_file,
        zones=zones(),
        countries=countries(request),
        books=[(book.title, book.summary, sources(book)) for book in playbooks(request)],
    )


def preview_settings(request: PageRequest) -> Response:
    """What the changes are, and how many follow-ups would move."""
    changes = read_changes(request)
    values = {change.row.key: change.after for change in changes}
    if request.field("back"):
        return _form(request, values)
    _, settings, faults = rewrite(request, changes)
    if settings is None:
        return _form(request, values, faults)
    moved = _moved(request, settings) if changes else []
    return request.page(
        "settings_foretold.html", changes=changes, lines=change_lines(request, changes), moved=moved
    )


def _moved(request: PageRequest, settings: Settings) -> list[str] | None:
    """A line for each follow-up that would be new, moved or gone; None where that takes too long."""
    store = request.store
    if sum(1 for _, _ in zip(store.interviews(open_only=True), range(_MANY + 1), strict=False)) > _MANY:
        return None
    with store.rehearsal():
        before = [planned.event for planned in store.planned()]
        refresh(context_with(request, settings), store, request.now)
        after = [planned.event for planned in store.planned()]
        return changes_between(request, before, after)


def save_settings(request: PageRequest) -> Response:
    """Write what was changed, and nothing else; the next page is planned by it."""
    changes = read_changes(request)
    text, settings, faults = rewrite(request, changes)
    if settings is None:
        return _form(request, {change.row.key: change.after for change in changes}, faults)
    if not changes:
        return request.redirect("/settings", banner=Banner(title=request.say("Nothing was changed")))
    write(needed(request.home.settings_file), text)
    return request.redirect(
        "/settings", banner=Banner(title=request.say("Settings saved"), lines=_told(request, changes))
    )


def _told(request: PageRequest, changes: Sequence[SettingChange]) -> list[str]:
    return [*change_lines(request, changes), request.say("The follow-ups are planned by them from now on.")]


ROUTES = (
    Route("GET", "/settings", show_settings),
    Route("POST", "/settings/look", preview_settings),
    Route("POST", "/settings", save_settings),
)
TAB = Tab(40, "/settings", phrase("Settings"))

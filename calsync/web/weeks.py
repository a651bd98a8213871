"""Six weeks as the template draws them: a row a week, a cell a day, a chip a thing.

A day shows three chips and folds the rest; the order is that of ``calsync.workflows.agenda``.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import msgspec

from calsync.business_days import home_place
from calsync.domain import Event, Interview, Reason
from calsync.domain.interview import YEARS
from calsync.domain.times import parse_day
from calsync.errors import BadValue
from calsync.phrase import phrase
from calsync.texts import passes_over, phrases
from calsync.texts.languages import LANGUAGES
from calsync.texts.phrases import quiet_day
from calsync.web import wording
from calsync.web.request import PageRequest
from calsync.workflows.agenda import (
    WEEKS,
    AgendaEntry,
    Day,
    month,
    moved_from,
)

__all__ = ["Weeks", "build_weeks"]


_WEEK = 7
_SHOWN = 3
"""Chips of a day before the others fold away; one more is not worth a fold."""
_CLASSES = {
    "interview": "i",
    "call": "c",
    "thank-you": "t",
    "second": "s",
    "closing": "x",
    "ask": "p",
    "prepare": "p",
}
_ASIDE = {"p", "g"}
"""Classes of what is only prepared, and of what is not there."""
_STRUCK = {
    "weekend": phrase("weekend"),
    "closure": phrase("they are closed"),
    "away": phrase("they are away"),
    "monday-like": phrase("a day like a Monday"),
    "bridge": phrase("a bridge day"),
    "year-end": phrase("around New Year"),
    "eve": phrase("the eve of a holiday"),
    "contact-busy": phrase("they are busy"),
    "own-hours": phrase("outside your hours"),
    "taken": phrase("a full day"),
    "overdue": phrase("that day has passed"),
}


class Chip(msgspec.Struct, frozen=True):
    """One thing on a day. ``sort`` is its class for the eye, ``text`` says the same in words."""

    sort: str
    path: str
    time: str
    text: str
    badge: str = ""


class Cell(msgspec.Struct, frozen=True):
    """One day."""

    day: date
    label: str
    weekday: str
    month: str
    begins: bool
    is_today: bool
    is_closed: bool
    holidays: Sequence[str]
    quiet: str
    shown: Sequence[Chip]
    folded: Sequence[Chip]


class Week(msgspec.Struct, frozen=True):
    """Seven days and their ISO number."""

    number: int
    cells: Sequence[Cell]


class Weeks(msgspec.Struct, frozen=True, kw_only=True):
    """The whole grid, and where to go from it."""

    title: str
    weekdays: Sequence[tuple[str, str]]
    rows: Sequence[Week]
    earlier: str
    later: str
    is_now: bool
    find: str


def build_weeks(request: PageRequest) -> Weeks:
    """The six weeks that the address names, or those from this week on. Raises BadValue for a day that is none."""
    first = _first(request)
    days = month(request.context, request.store, first, candidate=request.candidate)
    find, tongue = request.query("find").strip(), LANGUAGES[request.language]
    cells = [_cell(request, day, find, number) for number, day in enumerate(days)]
    step = timedelta(weeks=WEEKS)
    return Weeks(
        title=_span(first, days[-1].day, request.language),
        weekdays=list(zip(tongue.short_weekdays, tongue.weekdays, strict=True)),
        rows=[
            Week(week[0].day.isocalendar().week, week)
            for week in (cells[at : at + _WEEK] for at in range(0, len(cells), _WEEK))
        ],
        earlier=_there(request, first - step),
        later=_there(request, first + step),
        is_now=first == _monday(request.today),
        find=find,
    )


def _first(request: PageRequest) -> date:
    text = request.query("from")
    if not text:
        return _monday(request.today)

    day = parse_day(text)
    if day.year not in YEARS[1:-1]:
        raise BadValue(
            request.say("there is no calendar for that year"),
            remedy=request.say("stay between 1991 and 2098"),
        )
    return _monday(day)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _there(request: PageRequest, first: date) -> str:
    """The address of other weeks; empty where there are none."""
    return (
        request.url("/", **{"from": first, "find": request.query("find")})
        if first.year in YEARS[1:-1]
        else ""
    )


def _span(first: date, last: date, language: str) -> str:
    tongue = LANGUAGES[language]

    def said(day: date) -> str:
        return tongue.date.format(day=day.day, month=tongue.short_months[day.month])

    year = tongue.with_year.format(text=said(last), year=last.year)
    start = (
        said(first) if first.year == last.year else tongue.with_year.format(text=said(first), year=first.year)
    )
    return f"{start} – {year}"


def _cell(request: PageRequest, each: Day, find: str, number: int) -> Cell:
    tongue, day = LANGUAGES[request.language], each.day
    shown, folded = _folded([_chip(request, entry) for entry in each.entries if _is_found(entry, find)])
    return Cell(
        day=day,
        label=str(day.day),
        weekday=tongue.short_weekdays[day.weekday()],
        month=tongue.short_months[day.month],
        begins=number == 0 or day.day == 1,
        is_today=day == request.today,
        is_closed=each.weekend or bool(each.holidays),
        holidays=[
            f"{found.name} ({found.country or home_place(request.preferences)[0]})" for found in each.holidays
        ],
        quiet=quiet_day(each.quiet, request.language) if each.quiet else "",
        shown=shown,
        folded=folded,
    )


def _folded(chips: list[Chip]) -> tuple[list[Chip], list[Chip]]:
    """What is seen at once and what folds away: preparations and ghosts fold first."""
    if len(chips) <= _SHOWN + 1:
        return chips, []
    seen = sorted(chips, key=lambda chip: chip.sort in _ASIDE)[:_SHOWN]
    return seen, [chip for chip in chips if chip not in seen]


def _is_found(entry: AgendaEntry, find: str) -> bool:
    """Whether what the reader looks for is in anybody's name."""
    interview = entry.interview
    person = entry.planned.event.person if entry.planned else None
    names = (
        interview.company,
        interview.role,
        interview.contact,
        interview.candidate,
        person.name if person else "",
    )
    return not find or any(find.casefold() in name.casefold() for name in names)


def _chip(request: PageRequest, entry: AgendaEntry) -> Chip:
    interview, who = entry.interview, _whose(request, entry.interview)
    if entry.planned is None:
        text = f"{who}{request.say('Interview')} · {interview.company} · {interview.role}"
        return Chip("i", request.url(f"/interviews/{interview.id}"), f"{entry.at:%H:%M}", text)
    event, path = entry.planned.event, request.url(f"/event/{entry.planned.ref}")
    kind = wording.kind(event, request.language)
    if entry.kind == "moved":
        struck = request.say(
            "{kind} was here: {reason} →", kind=kind, reason=_why_not(request, event, entry.at.date())
        )
        return Chip("g", path, "", f"{who}{interview.company} · {struck}")
    whom = (
        phrases.whom(event, interview, request.language)
        if event.person or interview.contact
        else interview.company
    )
    sort = _CLASSES.get(event.step) or _CLASSES.get(event.action, "e")
    tentative = event.status == "tentative"
    badge = _badge(request, entry)
    return Chip(
        f"{sort} q" if tentative else sort,
        path,
        f"{entry.at:%H:%M}{' ?' if tentative else ''}",
        f"{who}{kind} · {whom}",
        badge,
    )


def _badge(request: PageRequest, entry: AgendaEntry) -> str:
    """That it is overdue, else by how much it had to move."""
    event = entry.planned.event if entry.planned else None
    if entry.is_overdue(request.now):
        return request.say("overdue")
    was = moved_from(event) if event else None
    if was is None or event is None or event.pinned:
        return ""
    days = (event.start.date() - was).days
    return request.say("moved {days}", days=f"{days:+d} {request.say('day' if abs(days) == 1 else 'days')}")


def _whose(request: PageRequest, interview: Interview) -> str:
    """The candidate's first name, where it is not the reader's own."""
    name = interview.candidate
    if not name or name in {request.preferences.candidate.name, request.candidate}:
        return ""
    return f"{name.split()[0]}: "


def _why_not(request: PageRequest, event: Event, day: date) -> str:
    """Why the follow-up could not stay on the day, in a word: the first reason that struck it out."""
    reasons = [reason for reason in event.trace if _day(reason.before) == day]
    found = next((each for each in reasons if passes_over(each) or each.rule == "overdue"), None)
    if found is None:
        return request.say("no hour was free")
    return _in_a_word(request, found, day)


def _in_a_word(request: PageRequest, reason: Reason, day: date) -> str:
    if reason.rule == "holiday":
        return str((reason.details or {}).get("name", request.say("public holiday")))
    if reason.rule == "kept-free":
        return LANGUAGES[request.language].weekdays[day.weekday()]
    return request.say(_STRUCK[reason.rule])


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment

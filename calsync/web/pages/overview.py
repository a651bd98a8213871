"""The main view: what to do next, what comes after it, everybody for a coach, and six weeks at a glance."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.responses import Response

from calsync.domain import Event, Interview, Reason
from calsync.domain.interview import YEARS
from calsync.domain.times import parse_day
from calsync.errors import BadValue
from calsync.store import StoredEvent
from calsync.texts.languages import LANGUAGES
from calsync.web import wording
from calsync.web.app import Tab, Way
from calsync.web.pages.event import touch
from calsync.web.rendering import phrase
from calsync.web.request import Visit
from calsync.workflows.agenda import (
    WEEKS,
    AgendaEntry,
    Clash,
    Day,
    clashes,
    first_of_each,
    is_touch,
    month,
    moved_from,
    waiting,
)
from calsync.workflows.saying import is_passed_over

__all__ = [
    "TAB",
    "WAYS",
    "Cell",
    "Chip",
    "Coach",
    "Person",
    "Week",
    "Weeks",
    "clash_line",
    "coach",
    "view",
    "weeks",
]


# Everybody at a glance, for whoever looks after several candidates: who is next, who waits, who would collide.

if TYPE_CHECKING:
    from calsync.store import StoredEvent
    from calsync.web.request import Visit


_AHEAD = timedelta(weeks=6)


class Person(msgspec.Struct):
    """One candidate: how many interviews still run, how many touches are overdue, and what comes next."""

    name: str
    path: str
    open: int = 0
    overdue: int = 0
    next: str = ""
    next_path: str = ""


class Coach(msgspec.Struct, frozen=True):
    """The names to choose from, and everybody's state where nobody is chosen."""

    names: Sequence[str]
    people: Sequence[Person] = ()
    clashes: Sequence[str] = ()


def coach(visit: "Visit") -> Coach:
    """The candidates; with less than two, nothing but their names."""
    names = visit.store.candidates()
    if len(names) == 1 and visit.candidate is None:
        return Coach([])
    if visit.candidate is not None:
        return Coach([name for name in names if name])
    people = {name: Person(name, visit.url("/", candidate=name) if name else "") for name in names}
    whose: dict[str, str] = {}
    for kept in visit.store.interviews():
        whose[kept.interview.id] = kept.interview.candidate
        people[kept.interview.candidate].open += kept.interview.status == "open"
    for planned in first_of_each(visit.store, visit.now):
        _count(visit, people[whose[planned.event.interview]], planned)
    return Coach([name for name in names if name], list(people.values()), _clashes(visit))


def _count(visit: "Visit", person: Person, planned: "StoredEvent") -> None:
    """The first pending follow-up of an interview; the first of them all is the person's next."""
    event = planned.event
    person.overdue += is_touch(planned) and event.start < visit.now
    if not person.next:
        interview = visit.store.interview(event.interview).interview
        when = wording.moment(event.start.astimezone(visit.zone), visit.language)
        person.next = f"{when}: {wording.what(event, interview, visit.language)} ({interview.company})"
        person.next_path = visit.url(f"/event/{planned.number}")


def _clashes(visit: "Visit") -> list[str]:
    """Two who would call the same person on one day."""
    near = visit.store.planned(since=visit.now, until=visit.now + _AHEAD)
    return [clash_line(visit, clash) for clash in clashes(visit.store, near)]


def clash_line(visit: "Visit", clash: Clash) -> str:
    """Two calls in each other's way, of one candidate or of two."""
    day = wording.day(clash.day, visit.language)
    one, company = clash.first.candidate or visit.say("you"), clash.second.company
    if clash.first.candidate == clash.second.candidate:
        return visit.say(
            "{company} would be called twice on {day}, about {one} and {other}; log the round that is over",
            company=company,
            day=day,
            one=clash.first.role,
            other=clash.second.role,
        )
    return visit.say(
        "{one} and {other} would both call {whom} on {day}",
        one=one,
        other=clash.second.candidate or visit.say("you"),
        whom=clash.second.contact or company,
        day=day,
    )


# Six weeks as the template draws them: a row a week, a cell a day, a chip a thing.
#
# A day shows three chips and folds the rest; the order is that of ``calsync.workflows.agenda``.

if TYPE_CHECKING:
    from calsync.web.request import Visit


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


def weeks(visit: "Visit") -> Weeks:
    """The six weeks that the address names, or those from this week on. Raises BadValue for a day that is none."""
    first = _first(visit)
    days = month(visit.context, visit.store, first, candidate=visit.candidate)
    find, tongue = visit.query("find").strip(), LANGUAGES[visit.language]
    cells = [_cell(visit, day, find, number) for number, day in enumerate(days)]
    step = timedelta(weeks=WEEKS)
    return Weeks(
        title=_span(first, days[-1].day, visit.language),
        weekdays=list(zip(tongue.short_weekdays, tongue.weekdays, strict=True)),
        rows=[
            Week(week[0].day.isocalendar().week, week)
            for week in (cells[at : at + _WEEK] for at in range(0, len(cells), _WEEK))
        ],
        earlier=_there(visit, first - step),
        later=_there(visit, first + step),
        is_now=first == _monday(visit.today),
        find=find,
    )


def _first(visit: "Visit") -> date:
    text = visit.query("from")
    if not text:
        return _monday(visit.today)

    day = parse_day(text)
    if day.year not in YEARS[1:-1]:
        raise BadValue(
            visit.say("there is no calendar for that year"), remedy=visit.say("stay between 1991 and 2098")
        )
    return _monday(day)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _there(visit: "Visit", first: date) -> str:
    """The address of other weeks; empty where there are none."""
    return visit.url("/", **{"from": first, "find": visit.query("find")}) if first.year in YEARS[1:-1] else ""


def _span(first: date, last: date, language: str) -> str:
    tongue = LANGUAGES[language]

    def said(day: date) -> str:
        return tongue.date.format(day=day.day, month=tongue.short_months[day.month])

    year = tongue.with_year.format(text=said(last), year=last.year)
    start = (
        said(first) if first.year == last.year else tongue.with_year.format(text=said(first), year=first.year)
    )
    return f"{start} – {year}"


def _cell(visit: "Visit", each: Day, find: str, number: int) -> Cell:
    tongue, day = LANGUAGES[visit.language], each.day
    shown, folded = _folded([_chip(visit, entry) for entry in each.entries if _is_found(entry, find)])
    return Cell(
        day=day,
        label=str(day.day),
        weekday=tongue.short_weekdays[day.weekday()],
        month=tongue.short_months[day.month],
        begins=number == 0 or day.day == 1,
        is_today=day == visit.today,
        is_closed=each.weekend or bool(each.holidays),
        holidays=[f"{found.name} ({found.country or visit.preferences.country})" for found in each.holidays],
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


def _chip(visit: "Visit", entry: AgendaEntry) -> Chip:
    interview, who = entry.interview, _whose(visit, entry.interview)
    if entry.planned is None:
        text = f"{who}{visit.say('Interview')} · {interview.company} · {interview.role}"
        return Chip("i", visit.url(f"/interviews/{interview.id}"), f"{entry.at:%H:%M}", text)
    event, path = entry.planned.event, visit.url(f"/event/{entry.planned.number}")
    kind = wording.kind(event, visit.language)
    if entry.kind == "moved":
        struck = visit.say(
            "{kind} was here: {reason} →", kind=kind, reason=_why_not(visit, event, entry.at.date())
        )
        return Chip("g", path, "", f"{who}{interview.company} · {struck}")
    whom = (
        wording.person(event, interview, visit.language)
        if event.person or interview.contact
        else interview.company
    )
    sort = _CLASSES.get(event.step) or _CLASSES.get(event.action, "e")
    tentative = event.status == "tentative"
    badge = _badge(visit, entry)
    return Chip(
        f"{sort} q" if tentative else sort,
        path,
        f"{entry.at:%H:%M}{' ?' if tentative else ''}",
        f"{who}{kind} · {whom}",
        badge,
    )


def _badge(visit: "Visit", entry: AgendaEntry) -> str:
    """That it is overdue, else by how much it had to move."""
    event = entry.planned.event if entry.planned else None
    if entry.is_overdue(visit.now):
        return visit.say("overdue")
    was = moved_from(event) if event else None
    if was is None or event is None or event.pinned:
        return ""
    days = (event.start.date() - was).days
    return visit.say("moved {days}", days=f"{days:+d} {visit.say('day' if abs(days) == 1 else 'days')}")


def _whose(visit: "Visit", interview: Interview) -> str:
    """The candidate's first name, where it is not the reader's own."""
    name = interview.candidate
    if not name or name in {visit.preferences.candidate.name, visit.candidate}:
        return ""
    return f"{name.split()[0]}: "


def _why_not(visit: "Visit", event: Event, day: date) -> str:
    """Why the follow-up could not stay on the day, in a word: the first reason that struck it out."""
    reasons = [reason for reason in event.trace if _day(reason.before) == day]
    found = next((each for each in reasons if is_passed_over(each) or each.rule == "overdue"), None)
    if found is None:
        return visit.say("no hour was free")
    return _in_a_word(visit, found, day)


def _in_a_word(visit: "Visit", reason: Reason, day: date) -> str:
    if reason.rule == "holiday":
        return str((reason.details or {}).get("name", visit.say("public holiday")))
    if reason.rule == "kept-free":
        return LANGUAGES[visit.language].weekdays[day.weekday()]
    return visit.say(_STRUCK[reason.rule])


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


_AFTER = 4
"""Follow-ups below the first."""


def overview(visit: Visit) -> Response:
    """Do next, then the weeks."""
    return visit.page("overview.html", **view(visit))


def view(visit: Visit) -> dict[str, Any]:
    """What the template shows."""
    coming = list(islice(waiting(visit.store, visit.now, candidate=visit.candidate), _AFTER + 1))
    return {
        "touch": touch(visit, coming[0]) if coming else None,
        "rest": [_line(visit, planned) for planned in coming[1:]],
        "is_empty": not coming and next(visit.store.interviews(), None) is None,
        "coach": coach(visit),
        "weeks": weeks(visit),
    }


def _line(visit: Visit, planned: StoredEvent) -> dict[str, str]:
    event, interview = planned.event, visit.store.interview(planned.event.interview).interview
    start = event.start.astimezone(visit.zone)
    late = is_touch(planned) and event.start < visit.now
    return {
        "path": visit.url(f"/event/{planned.number}"),
        "glyph": wording.GLYPHS[event.action],
        "what": wording.what(event, interview, visit.language),
        "company": interview.company,
        "whose": interview.candidate if interview.candidate != visit.preferences.candidate.name else "",
        "when": wording.moment(start, visit.language),
        "distance": visit.say("overdue")
        if late
        else wording.distance(event.start, visit.now, visit.zone, visit.language),
        "state": "overdue" if late else event.status,
    }


WAYS = (Way("GET", "/", overview),)
TAB = Tab(10, "/", phrase("Overview"))
